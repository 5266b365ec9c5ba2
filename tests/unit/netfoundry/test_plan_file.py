# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files of networks."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.file import PlanChanged
from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_contents import SITE
from unit.test_plan_file import SCHEMA

CERTIFICATE = SITE["certificate_authorities"][0]["cert_pem"]


def plan_of(overlay: Overlay, path: Path, **options: Any) -> dict[str, Any]:
    overlay.check("network", **options, plan_file=str(path))
    assert overlay.writes == []
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA)
    return found


def test_a_network_becomes_what_the_file_says(tmp_path: Path) -> None:
    overlay, path = Overlay(), tmp_path / "plan.json"
    changed = copy.deepcopy(SITE)
    changed["endpoints"] = [{"name": "laptop", "attributes": ["#home"]}]
    changed["services"][0]["server_egress"]["port"] = 9443
    for options in (SITE, {**changed, "purge": ["endpoints"]}):
        plan = plan_of(overlay, path, **options)
        done = overlay.run("network", **options, plan_file=str(path))
        told = [(each["verb"], each["path"]) for each in done["plan"]]
        assert told == [(step["verb"], step["path"]) for step in plan["steps"]] and told
        assert plan["sums"]["after"]["endpoints"] == len(options["endpoints"])
    assert plan_of(overlay, path, **changed)["steps"] == []


def test_what_changed_meanwhile_is_named(tmp_path: Path) -> None:
    overlay, path = Overlay(), tmp_path / "plan.json"
    overlay.run("network", **SITE)
    wish = {"name": "demo", "endpoints": [{"name": "laptop", "attributes": ["#home"]}]}
    plan_of(overlay, path, **wish)
    overlay.run("endpoint", network="demo", name="laptop", attributes=["#elsewhere"])
    with pytest.raises(PlanChanged) as caught:
        overlay.run("network", **wish, plan_file=str(path))
    assert overlay.writes == []
    (difference,) = caught.value.differences
    assert difference.startswith(
        'endpoints/laptop attributes was ["#work"] when the plan was made, and is now ["#elsewhere"]; changed 2026-'
    )


def test_a_network_that_goes_tells_what_goes_with_it(tmp_path: Path) -> None:
    overlay, path = Overlay(), tmp_path / "plan.json"
    overlay.run("network", **SITE)
    plan = plan_of(overlay, path, name="demo", state="absent")
    (step,) = plan["steps"]
    assert "endpoints/laptop" in step["goes_with"] and "services/portal" in step["goes_with"]
    assert overlay.run("network", name="demo", state="absent", plan_file=str(path))["changed"]
