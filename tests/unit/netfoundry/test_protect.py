# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task protects from deletion in a network."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.netfoundry.overlay import NET, Overlay
from unit.refusing import refusal

CONTENTS: dict[str, Any] = {
    "endpoints": [{"name": "laptop"}, {"name": "exit"}],
    "edge_routers": [{"name": "branch"}],
}
PURGED: dict[str, Any] = {"name": NET, "endpoints": [], "edge_routers": [], "purge": ["all"]}


@pytest.mark.parametrize("entry", ["laptop", "endpoints/laptop", "endpoints"])
def test_a_purge_spares_what_is_named(entry: str) -> None:
    overlay = Overlay()
    overlay.run("network", name=NET, **CONTENTS)
    text = refusal(overlay, "network", **PURGED, protect=[entry])
    assert (
        f"endpoints/laptop: protect: {entry!r} protects the endpoint laptop, which would be deleted;" in text
    )


def test_what_is_not_named_goes() -> None:
    overlay = Overlay()
    overlay.run("network", name=NET, **CONTENTS)
    done = overlay.run("network", **{**PURGED, "endpoints": [{"name": "laptop"}]}, protect=["laptop"])
    assert sorted(done["actions"]) == ["delete edge_routers/branch", "delete endpoints/exit"]


@pytest.mark.parametrize("entry", [NET, "laptop", "edge_routers"])
def test_a_network_is_not_deleted_with_what_is_named(entry: str) -> None:
    overlay = Overlay()
    overlay.run("network", name=NET, **CONTENTS)
    assert refusal(overlay, "network", name=NET, state="absent", protect=[entry]).startswith(
        f"protect: {entry!r} protects the"
    )
    gone = overlay.run("network", name=NET, state="absent", protect=["other", "endpoint"])
    assert gone["changed"] and [each.split(",")[0] for each in gone["warnings"]] == [
        f"protect: nothing is called {each!r}" for each in ("other", "endpoint")
    ]


def test_what_failed_is_not_replaced_where_it_is_named() -> None:
    overlay = Overlay(seconds=2)
    overlay.fault("fail_request", "POST", "/endpoints")
    with pytest.raises(CloudError, match="its execution ended as FAILED"):
        overlay.run("network", name=NET, endpoints=[{"name": "laptop"}])
    task: dict[str, Any] = {"name": NET, "endpoints": [{"name": "laptop"}], "replace": True}
    text = refusal(overlay, "network", **task, protect=["laptop"])
    assert "protect: 'laptop' protects the endpoint laptop, which would be deleted" in text
    assert overlay.run("network", **task)["changed"]
