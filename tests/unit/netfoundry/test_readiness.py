# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to a network waits for it, and is refused where nothing can be made in it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    InvalidOption,
    OperationTimeout,
)
from unit.netfoundry.overlay import Overlay

POLICY = {"name": "a", "endpoint_attributes": ["#a"]}
KINDS: dict[str, dict[str, Any]] = {
    "endpoint": {"name": "a"},
    "edge_router": {"name": "a"},
    "service": {"name": "a"},
    "app_wan": {**POLICY, "service_attributes": ["#a"]},
    "edge_router_policy": {**POLICY, "edge_router_attributes": ["#a"]},
    "service_policy": {**POLICY, "type": "Bind", "service_attributes": ["#a"]},
    "posture_check": {"name": "a", "type": "MAC", "mac_addresses": ["00:11:22:33:44:55"]},
}


def status(overlay: Overlay, name: str, status: str) -> None:
    for each in overlay.service.netfoundry.entities["networks"].values():
        if each.name == name:
            each.status = status


@pytest.mark.parametrize("kind", KINDS)
def test_what_belongs_to_a_network_waits_for_it(kind: str) -> None:
    overlay = Overlay(seconds=30)
    overlay.run("network", name="new", wait=False)
    begun = overlay.clock.now()
    assert overlay.check(kind, network="new", **KINDS[kind])["changed"]
    assert overlay.clock.now() == begun, "check mode waits for nothing"
    assert overlay.run(kind, network="new", **KINDS[kind])["changed"]
    assert overlay.clock.now() - begun >= 30
    assert not overlay.run(kind, network="new", **KINDS[kind])["changed"]


def test_the_time_for_it_is_that_of_the_task() -> None:
    overlay = Overlay(seconds=300)
    overlay.run("network", name="new", wait=False)
    begun = overlay.clock.now()
    with pytest.raises(OperationTimeout, match="network"):
        overlay.run("endpoint", network="new", name="a", wait_timeout=60)
    assert overlay.clock.now() - begun <= 61 and overlay.writes == []


def test_a_task_that_does_not_wait_takes_the_services_word() -> None:
    overlay = Overlay(seconds=30)
    overlay.run("network", name="new", wait=False)
    with pytest.raises(ApiError, match="must be PROVISIONED"):
        overlay.run("endpoint", network="new", name="a", wait=False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("state", "said"),
    [("SUSPENDED", "network: net is suspended; resume it first"), ("ERROR", "network: net has the status ERROR")],
)  # fmt: skip
def test_a_network_that_takes_nothing_is_told_before_anything_is_sent(
    kind: str, state: str, said: str
) -> None:
    overlay = Overlay()
    status(overlay, "net", state)
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match=said):
            attempt(kind, **KINDS[kind])
        assert overlay.writes == []
    assert not overlay.run(kind, name="a", state="absent")["changed"]


@pytest.mark.parametrize("contents", [{"endpoints": [{"name": "a"}]}, {"services": [{"name": "a"}]}])
def test_a_suspended_network_keeps_what_it_has_but_takes_nothing(contents: dict[str, Any]) -> None:
    overlay = Overlay()
    overlay.run("network", name="net", **contents)
    status(overlay, "net", "SUSPENDED")
    assert not overlay.run("network", name="net", **contents)["changed"]
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match="network: net is suspended"):
            attempt("network", name="net", app_wans=[KINDS["app_wan"]])
        assert overlay.writes == []


def test_nothing_is_read_of_the_network_where_nothing_is_written() -> None:
    overlay = Overlay()
    overlay.run("endpoint", name="a")
    overlay.run("endpoint", network=overlay.network, name="a")
    assert [call for call in overlay.reads if "/networks" in call] == []
