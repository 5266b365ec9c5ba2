# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks drift.yml and unused.yml, run by Ansible against the emulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest

from integration.runner import COLLECTIONS, TOKEN, Runner, task
from pocketvdc.netfoundry.testing import credentials_file


def run(play: Runner, name: str, **variables: Any) -> tuple[int, str]:
    """The exit code and the output of a playbook of the collection; nothing is written at the service."""
    own = {key: text for key, text in os.environ.items() if not key.startswith(("ANSIBLE_", "IONOS_"))}
    (play.folder / "ansible.cfg").touch()
    # In the current folder, where the overlay's modules look for it.
    credentials_file(play.url, play.folder)
    environment = {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "ANSIBLE_CONFIG": str(play.folder / "ansible.cfg"),
        "ANSIBLE_HOME": str(play.folder / "home"),
        "ANSIBLE_NOCOLOR": "1",
        "PROFITBRICKS_API_URL": play.api(),
        "PROFITBRICKS_TOKEN": TOKEN,
        "NETFOUNDRY_API_URL": play.url,
    }
    extra = [word for item in variables.items() for word in ("-e", "=".join(map(str, item)))]
    play.cloud.journal.clear()
    done = subprocess.run(
        [sys.executable, "-m", "ansible", "playbook", f"profitbricks.cloud.{name}", *extra],
        cwd=play.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    calls = [(call["method"], call["path"]) for call in play.cloud.journal.calls]
    assert [call for call in calls if call[0] != "GET" and not call[1].endswith("/token")] == []
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def described(play: Runner) -> tuple[str, str]:
    """Files that describe a shop and a network as they are."""
    play.shop()
    done = play(
        [
            task("shop", "datacenter_info", name="shop", as_description=True),
            task(
                "make",
                "netfoundry_network",
                name="net",
                endpoints=[{"name": "laptop", "attributes": ["#home"]}],
            ),
            task("net", "netfoundry_network_info", name="net", as_description=True),
        ]
    )
    files = []
    for name, kind in (("shop", "datacenters"), ("net", "networks")):
        path = play.folder / f"{name}.json"
        path.write_text(json.dumps(done[name][kind][0]), encoding="utf-8")
        files.append(str(path))
    return files[0], files[1]


def test_drift_is_told_with_who_and_when(play: Runner, described: tuple[str, str]) -> None:
    shop, net = described
    code, output = run(play, "drift", drift_files=shop, drift_network_files=net)
    assert code == 0 and "No drift: shop, net" in output, output

    datacenter = play.call("GET", "datacenters")["items"][0]["id"]
    server = play.call("GET", f"datacenters/{datacenter}/servers")["items"][0]["id"]
    play.call("PATCH", f"datacenters/{datacenter}/servers/{server}", {"ram": 4096})
    play.call("POST", f"datacenters/{datacenter}/lans", {"properties": {"name": "extra"}})
    gone = play.folder / "gone.json"
    gone.write_text(
        json.dumps({"id": "11111111-2222-4333-8444-555555555555", "name": "gone"}), encoding="utf-8"
    )
    play([task("change", "netfoundry_endpoint", network="net", name="laptop", attributes=["#work"])])

    files = {"drift_files": f"{shop},{gone}", "drift_network_files": net}
    report = play.folder / "drift.json"
    code, output = run(play, "drift", **files, drift_format="json", drift_path=report)
    assert code == 2 and "There are differences" in output, output
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["checked"] == ["shop", "gone", "net"]
    told = {(each["where"], each["path"], each["difference"]): each for each in found["differences"]}
    ram = told["shop", "servers/web", "changed"]
    assert (ram["field"], ram["described"], ram["found"], ram["by"]) == (
        "ram",
        2048,
        4096,
        "demo@example.com",
    )
    assert ram["when"] and told["shop", "lans/extra", "not described"]["by"] == "demo@example.com"
    assert "there is no data center" in told["gone", "", "not checked"]["text"]
    assert told["net", "endpoints/laptop", "changed"]["when"]
    assert len(told) == 4

    junit = play.folder / "drift.xml"
    code, output = run(play, "drift", **files, drift_format="junit", drift_path=junit, drift_fails="false")
    assert code == 0, output
    assert ElementTree.parse(junit).getroot().get("failures") == "4"


def test_what_is_not_used_is_listed(play: Runner) -> None:
    ids = play.shop()
    path = play.folder / "unused.json"
    code, output = run(play, "unused", unused_path=path, unused_fails="true")
    assert code == 0 and json.loads(path.read_text(encoding="utf-8")) == [], output
    home = f"datacenters/{ids['datacenter']}"
    play.call("POST", f"{home}/volumes", {"properties": {"name": "spare", "size": 5, "licenceType": "OTHER"}})
    play.call("POST", f"{home}/lans", {"properties": {"name": "empty", "public": False}})
    play.call("POST", "ipblocks", {"properties": {"name": "block", "location": "de/fra", "size": 1}})
    play.call("POST", f"{home}/servers/{ids['server']}/stop")
    play.call("POST", f"{home}/volumes/{ids['volume']}/create-snapshot", {"properties": {"name": "before"}})
    code, output = run(play, "unused", unused_path=path, unused_snapshot_days=-1, unused_fails="true")
    assert code == 2 and "5 objects are unused" in output, output
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [(each["kind"], each["name"].split()[0], each["datacenter"]) for each in found] == [
        ("volumes", "spare", "shop"),
        ("addresses", "block", None),
        ("servers", "web", "shop"),
        ("lans", "empty", "shop"),
        ("snapshots", "before", None),
    ]
