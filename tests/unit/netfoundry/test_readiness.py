# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to a network waits for it, and is refused where nothing can be made in it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    InvalidOption,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.hosts import read
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.network.options import OVERLAY
from pocketvdc.netfoundry.testing import NetFoundryApi
from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_random import PEM

POLICY = {"name": "a", "endpoint_attributes": ["#a"]}
KINDS: dict[str, dict[str, Any]] = {
    "endpoint": {"name": "a"},
    "edge_router": {"name": "a"},
    "service": {"name": "a"},
    "app_wan": {**POLICY, "service_attributes": ["#a"]},
    "edge_router_policy": {**POLICY, "edge_router_attributes": ["#a"]},
    "service_policy": {**POLICY, "type": "Bind", "service_attributes": ["#a"]},
    "service_edge_router_policy": {"name": "a", "service_attributes": ["#a"]},
    "posture_check": {"name": "a", "type": "MAC", "mac_addresses": ["00:11:22:33:44:55"]},
    "certificate_authority": {"name": "a", "cert_pem": PEM, "auto_ca_enrollment_enabled": True},
}


def test_every_kind_that_a_network_has_is_among_them() -> None:
    assert {child.resource.kind for child in OVERLAY.children} == set(KINDS)


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


@pytest.mark.parametrize("state", ["NEW", "PROVISIONING", "UPDATING", "REPLACING"])
@pytest.mark.parametrize("tree", [False, True], ids=["alone", "in its network"])
def test_it_waits_in_each_status_that_passes(state: str, tree: bool) -> None:
    overlay = Overlay()
    status(overlay, "net", state)
    ends = overlay.clock.now() + 45
    overlay.service.netfoundry.agenda.at(ends, lambda: status(overlay, "net", "PROVISIONED"))
    for attempt in (overlay.check, overlay.run):
        done = (
            attempt("network", name="net", endpoints=[{"name": "a"}], wait_timeout=60)
            if tree
            else attempt("endpoint", name="a", wait_timeout=60)
        )
        assert done["changed"]
    assert ends <= overlay.clock.now() < ends + 10


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
    [
        ("SUSPENDED", "network: net is suspended; resume it first"),
        (
            "ERROR",
            "network: net has the status ERROR, in which nothing can be created; a netfoundry_network task repairs it, "
            "or recreates it with replace=true",
        ),
    ],
)
def test_a_network_that_takes_nothing_is_told_before_anything_is_sent(
    kind: str, state: str, said: str
) -> None:
    overlay = Overlay()
    status(overlay, "net", state)
    for attempt in (overlay.check, overlay.run):
        for wait in (True, False):
            with pytest.raises(InvalidOption, match=said):
                attempt(kind, wait=wait, **KINDS[kind])
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


def test_a_network_is_read_by_itself_only_where_that_tells_more() -> None:
    """Its name was looked up in a list, which tells its status as well; nothing is told of an id."""
    overlay = Overlay()
    overlay.run("endpoint", name="a")
    overlay.run("endpoint", network=overlay.network, name="a")
    assert [call for call in overlay.reads if "/networks" in call] == []
    overlay.run("endpoint", network=overlay.network, name="b")
    assert [call for call in overlay.reads if "/networks" in call] == [
        f"GET /core/v2/networks/{overlay.network}"
    ]
    overlay.run("endpoint", name="c")
    assert [call for call in overlay.reads if "/networks" in call] == ["GET /core/v2/networks"]


# -- networks of version 8 ----------------------------------------------------------------------------------------

NEWER = "network: eight has version 8.*, and networks of version 8 and later are managed by Core v3"


@pytest.fixture
def overlay() -> Overlay:
    """An account with the networks ``net``, and ``eight`` of version 8."""
    overlay = Overlay()
    api = NetFoundryApi(overlay.service)
    place = {"provider": "AWS", "region": "us-east-1"}
    api.make("/core/v3/networks", name="eight", networkGroupId=api.group, size="small", **place)
    return overlay


def warnings(overlay: Overlay) -> list[str]:
    """Those that are not about the connection."""
    return [each for each in overlay.cloud.warnings if "_url" not in each]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("named", ["eight", "id"])
def test_what_would_be_written_in_a_network_of_version_8_is_told(
    overlay: Overlay, kind: str, named: str
) -> None:
    network = overlay.info("network", name="eight")[0]["id"] if named == "id" else named
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match=f"{NEWER}, which this collection does not support"):
            attempt(kind, network=network, **KINDS[kind])
        assert overlay.writes == []
    assert not overlay.run(kind, network=network, name="a", state="absent")["changed"]
    assert overlay.info(kind, network=network) == []
    assert [re.match(NEWER, each) is not None for each in warnings(overlay)] == [True]


@pytest.mark.parametrize(
    "options",
    [{"state": "absent"}, {"state": "suspended"}, {"endpoints": [{"name": "a"}]}],
    ids=["delete", "suspend", "describe"],
)
def test_a_network_of_version_8_itself_is_left_alone(overlay: Overlay, options: dict[str, Any]) -> None:
    assert not overlay.run("network", name="eight")["changed"]
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match=NEWER):
            attempt("network", name="eight", **options)
        assert overlay.writes == []
    (told,) = overlay.info("network", name="eight", as_description=True)
    assert told["product_version"].startswith("8.") and len(warnings(overlay)) == 1
    with pytest.raises(
        InvalidOption, match="product_version: networks of version 8 and later are managed by Core v3"
    ):
        overlay.run("network", name="new", product_version="8.0.0")


def test_the_inventory_warns_of_a_network_of_version_8(overlay: Overlay) -> None:
    assert read(overlay.cloud, ["net"]) == [] and warnings(overlay) == []
    assert read(overlay.cloud) == []
    assert [re.match(NEWER, each) is not None for each in warnings(overlay)] == [True]
