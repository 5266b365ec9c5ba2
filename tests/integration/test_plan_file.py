# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan is written with --check, read, and applied as it is; the playbooks are those of the guide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from integration.runner import Runner, task
from project.guides import blocks

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB a@b"


def of_guide(name: str) -> list[dict[str, Any]]:
    """The tasks of a playbook in the guide, with the variables of its play."""
    (play,) = next(block.plays for block in blocks("guide_review", "yaml") if block.file == name)
    return [{**each, "vars": {**play.get("vars", {}), **each.get("vars", {})}} for each in play["tasks"]]


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
def test_what_is_reviewed_is_what_is_done(play: Runner, tmp_path: Path, in_process: bool) -> None:
    plan, shown = tmp_path / "store.plan.json", tmp_path / "store.plan.md"
    key = tmp_path / "id.pub"
    key.write_text(KEY, encoding="utf-8")
    variables = {"public_key_file": str(key), "plan_file": str(plan), "dest": str(shown)}

    def run(name: str, *arguments: str) -> Any:
        return play(of_guide(name), arguments=arguments, variables=variables, in_process=in_process)

    checked = run("store.yml", "--check")
    assert checked["Build the data center"].changed and checked["Build the data center"].writes == []
    assert plan.stat().st_mode & 0o777 == 0o600 and KEY not in plan.read_text(encoding="utf-8")
    assert run("show.yml")["Write it down"].changed
    assert "+     name: store" in shown.read_text(encoding="utf-8")
    assert KEY not in shown.read_text(encoding="utf-8")

    done = run("store.yml")["Build the data center"]
    assert done.changed and done.writes == ["POST"] * 5
    again = run("store.yml")["Build the data center"]
    assert "store already exists" in again.msg and again.writes == []

    run("store.yml", "--check")
    datacenter = play.call("GET", "datacenters")["items"][0]["id"]
    servers = play.call("GET", f"datacenters/{datacenter}/servers?depth=1")["items"]
    database = next(each["id"] for each in servers if each["properties"]["name"] == "db-01")
    play.call("PATCH", f"datacenters/{datacenter}/servers/{database}", {"ram": 6144})
    refused = run("store.yml")["Build the data center"]
    assert refused.writes == [] and "Nothing was changed" in refused.msg
    (difference,) = refused.result["differences"]
    assert difference.startswith(
        "servers/db-01 ram is 6144 and would become 8192, which is not in the plan; changed "
    )
    assert difference.endswith(" by demo@example.com")


def test_a_network_has_plans_too(play: Runner, tmp_path: Path) -> None:
    plan = tmp_path / "net.plan.json"
    network = {"name": "net", "endpoints": [{"name": "laptop"}], "plan_file": str(plan)}
    done = play(
        [
            task("plan", "netfoundry_network", {"check_mode": True}, **network),
            task("apply", "netfoundry_network", **network),
            task("plan again", "netfoundry_network", {"check_mode": True}, **network),
            task("protect", "netfoundry_network", name="net", state="absent", protect=["laptop"]),
            task("other", "netfoundry_endpoint", network="net", name="laptop", attributes=["#work"]),
            task("apply again", "netfoundry_network", **{**network, "endpoints": [{"name": "other"}]}),
        ]
    )
    assert done["plan"].changed and done["plan"].writes == []
    assert done["apply"].changed
    assert json.loads(plan.read_text(encoding="utf-8"))["steps"] == [] and not done["plan again"].changed
    assert "protect: 'laptop' protects the endpoint laptop" in done["protect"].msg
    assert "create of endpoint other would be needed now, but is not in the plan" in done["apply again"].msg
    assert done["protect"].writes == done["apply again"].writes == []
