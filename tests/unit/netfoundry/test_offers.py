# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform does not offer is told beforehand: regions, versions and types of configurations."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import ApiError, CloudError
from pocketvdc.netfoundry.testing import NetFoundryApi
from unit.netfoundry.overlay import Overlay

ROUTER = {"name": "r", "provider": "AWS", "region": "us-west-9"}
SERVICE = {"name": "s", "configs": [{"name": "c", "type": "host.v9", "data": {}}]}
REGION = "region: there is no region of AWS 'us-west-9' (did you mean 'us-west-2'"
TYPE = "configs.type: there is no type of configurations 'host.v9' in the network (did you mean 'host.v1'?)"
VERSION = "product_version: there is no active version '7.3.1'"
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("edge_router", ROUTER, REGION),
    ("network", {"name": "net", "edge_routers": [ROUTER]}, f"edge_routers/r: {REGION}"),
    ("network", {"name": "new", "edge_routers": [ROUTER]}, f"edge_routers/r: {REGION}"),
    ("network", {"name": "new", "provider": "AWS", "region": "us-west-9"}, REGION),
    ("network", {"name": "new", "product_version": "7.3.1"}, VERSION),
    ("network", {"name": "new", "product_version": "7.3.1", "endpoints": [{"name": "a"}]}, VERSION),
    ("service", SERVICE, TYPE),
    ("network", {"name": "net", "services": [SERVICE]}, f"services/s: {TYPE}"),
    ("network", {"name": "new", "services": [SERVICE]}, f"services/s: {TYPE}"),
]


@pytest.mark.parametrize(("kind", "options", "said"), CASES)
def test_what_is_not_offered_is_told_before_anything_is_made(
    kind: str, options: dict[str, Any], said: str
) -> None:
    overlay = Overlay()
    with pytest.raises(CloudError) as caught:
        overlay.check(kind, **options)
    assert said in str(caught.value) and overlay.writes == []
    several = any(isinstance(value, list) for value in options.values())
    with pytest.raises(CloudError) as caught:
        overlay.run(kind, **options)
    if several:
        assert said in str(caught.value) and overlay.writes == []
    else:
        assert isinstance(caught.value, ApiError), "of a single object, the platform says it itself"


@pytest.mark.parametrize("status", [403, 404])
def test_an_account_that_may_not_see_what_is_offered_goes_on(status: int) -> None:
    overlay = Overlay()
    for path in ("regions", "network-versions"):
        overlay.fault("status", "GET", path, status=status, times=0)
    place = {"provider": "AWS", "region": "us-west-2"}
    task = {"name": "new", **place, "product_version": "7.3.43", "edge_routers": [{"name": "r", **place}]}
    assert overlay.check("network", **task)["changed"]
    assert overlay.run("network", **task)["changed"]


def test_a_type_that_the_network_has_got_is_offered() -> None:
    overlay = Overlay()
    api = NetFoundryApi(overlay.service)
    api.make("config-types", networkId=overlay.network, name="own.v1")
    own = {"name": "s", "configs": [{"name": "c", "type": "own.v1", "data": {}}]}
    for kind, task in (("service", own), ("network", {"name": "net", "services": [own]})):
        assert overlay.check(kind, **task)["changed"]
    assert overlay.run("service", **own)["changed"]
    assert not overlay.run("network", name="net", services=[own])["changed"]


def test_what_is_there_already_costs_no_look_at_what_is_offered() -> None:
    overlay = Overlay()
    task = {"name": "net", "edge_routers": [{**ROUTER, "region": "us-west-2"}], "product_version": "7.3.43"}
    overlay.run("network", **task)
    overlay.run("network", **task)
    assert not [call for call in overlay.reads if "regions" in call or "versions" in call]


@pytest.mark.parametrize("more", [{}, {"endpoints": [{"name": "a"}]}], ids=["alone", "with contents"])
def test_the_newest_version_takes_one_look_at_what_is_offered(more: dict[str, Any]) -> None:
    overlay = Overlay()
    overlay.reads.clear()
    overlay.check("network", name="new", product_version="latest", **more)
    assert len([call for call in overlay.reads if "versions" in call]) == 1
