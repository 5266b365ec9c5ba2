# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module of the overlay has: lists in pages, filters, and how groups and organizations are named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
    NotFound,
    OperationsFailed,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import info_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from catalogue import KINDS
from unit.netfoundry.overlay import NET, Overlay
from unit.netfoundry.test_kinds import certificate

KEY = ec.generate_private_key(ec.SECP256R1())
PEM = certificate("ca", KEY, "ca", KEY)
OVERLAY = {name.removeprefix("netfoundry_"): kind for name, kind in KINDS.items() if name.startswith("netf")}
SEVERAL: dict[str, dict[str, Any]] = {
    "app_wan": {},
    "certificate_authority": {"cert_pem": PEM, "auto_ca_enrollment_enabled": True},
    "edge_router": {},
    "edge_router_policy": {},
    "endpoint": {},
    "posture_check": {"type": "MFA"},
    "service": {"client_ingress": {"host": "one.acme", "port": 80}},
    "service_edge_router_policy": {},
    "service_policy": {"type": "Dial"},
    "network": {},
    "network_group": {},
    "identity": {"type": "api_account", "return_credentials": True},
}


def furnished() -> Overlay:
    """An account in which there are several of each kind."""
    overlay = Overlay()
    for kind, options in SEVERAL.items():
        for name in ("one", "two", "three"):
            mark = {"network_group": "short_name"}.get(kind, "name")
            group = {"network_group": "DEMOGROUP"} if kind == "network" else {}
            overlay.run(kind, **{mark: name, "name": name}, **options, **group)
    for role in ("Network Admin - net", "Network Read-only - net", "Network Admin - one"):
        overlay.run("role", identity="one", role=role)
    for action in ("create", "read", "update"):
        overlay.run("grant", identity="two", resource_type="endpoint", action=action)
    return overlay


@pytest.mark.parametrize("arrays", [True, False], ids=["arrays", "pages"])
def test_every_list_is_read_page_by_page(arrays: bool) -> None:
    overlay = furnished()
    settings = overlay.service.netfoundry.settings
    whole = {kind: overlay.info(kind, **of_net(kind)) for kind in OVERLAY}
    overlay.service.netfoundry.settings = replace(settings, arrays=arrays)
    overlay.service.settings.page_limit = 2
    for kind, found in whole.items():
        paged = overlay.info(kind, **of_net(kind))
        assert sorted(map(str, paged)) == sorted(map(str, found)), kind
        assert len(found) > 2 or kind == "organization", kind
    # Names are resolved from whichever page they are on.
    given = overlay.run("role", identity="three", role="Network Read-only - two")
    assert given["changed"] and not overlay.run("role", identity="three", role=given["role"]["id"])["changed"]
    assert overlay.info("role", identity="three", name="- two")[0]["id"] == given["role"]["id"]
    again = {"identity": "two", "resource_type": "endpoint", "action": "update"}
    assert not overlay.run("grant", **again)["changed"]
    assert overlay.run("network", name="newest", network_group="three", product_version="latest")["changed"]


def of_net(kind: str) -> dict[str, str]:
    return {"network": NET} if kind == "request" else {}


@pytest.mark.parametrize("kind", OVERLAY)
def test_every_info_module_takes_filters(kind: str) -> None:
    overlay = furnished()
    every = overlay.info(kind, **of_net(kind))
    key, value = next((name, each[name]) for each in every for name in sorted(each) if each[name] is not None)
    found = overlay.info(kind, filters={key: value}, **of_net(kind))
    assert found and found == [each for each in every if each[key] == value]
    with pytest.raises(InvalidOption, match="filters: the results have no key nothing"):
        overlay.info(kind, filters={"nothing": 1}, **of_net(kind))


# -- groups and organizations -------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["DEMOGROUP", "demogroup", "Demo Organization", "id"])
def test_a_group_is_named_by_either_of_its_names_or_its_id(said: str) -> None:
    overlay = Overlay()
    (group,) = overlay.info("network_group")
    group_id, name = group["id"], group["name"]
    said = {"id": group_id, "Demo Organization": name}.get(said, said)
    assert [each["name"] for each in overlay.info("network", network_group=said)] == [NET]
    assert overlay.run("network", name="two", network_group=said)["network"]["network_group_id"] == group_id
    assert overlay.run("endpoint", name="e", network_group=said)["changed"]
    assert overlay.info("endpoint", network_group=said)[0]["name"] == "e"
    overlay.run("identity", type="user", email="ada@example.com", name="Ada")
    role = {"identity": "Ada", "role": "Network Group Read-only", "network_group": said}
    assert overlay.run("role", **role)["changed"]
    grant = {"identity": "Ada", "resource_type": "network", "action": "create", "network_group": said}
    assert overlay.run("grant", **grant)["grant"]["path"] == [group_id]
    assert [each["name"] for each in overlay.info("request", network=NET, network_group=said, limit=1)]


def test_a_group_of_that_short_name_goes_before_one_of_that_name() -> None:
    overlay = Overlay()
    overlay.run("network_group", short_name="other", name="DEMOGROUP")
    (network,) = overlay.info("network", network_group="DEMOGROUP")
    assert network["name"] == NET
    for name in ("third", "fourth"):
        overlay.run("network_group", short_name=name, name="same")
    with pytest.raises(CloudError, match="network_group: several network groups are called 'same'|same"):
        overlay.info("network", network_group="same")


def test_every_module_of_what_belongs_to_an_organization_takes_it() -> None:
    for kind, behaviour in OVERLAY.items():
        names = {field.name: field for field in (*task_fields(behaviour), *info_fields(behaviour))}
        if "network_group" in names or kind in ("identity", "grant", "role"):
            assert names["organization"].variable == "NETFOUNDRY_ORGANIZATION", kind


@pytest.mark.parametrize("said", ["DEMO", "Demo Organization", "id"])
def test_an_organization_limits_what_is_found(said: str) -> None:
    overlay = Overlay()
    overlay.run("network_group", short_name="second", name="Second")
    (organization,) = overlay.info("organization")
    said = organization["id"] if said == "id" else said
    mine = {"organization": said}
    assert overlay.run("network", name="two", network_group="second", **mine)["changed"]
    assert {each["name"] for each in overlay.info("network", **mine)} == {NET, "two"}
    assert overlay.run("endpoint", name="e", **mine)["changed"]
    assert not overlay.run("endpoint", name="e", **mine)["changed"]
    assert (
        overlay.run("network_group", short_name="third", name="Third", **mine)["network_group"][
            "organization_id"
        ]
        == organization["id"]
    )
    assert overlay.run("identity", type="user", email="ada@example.com", name="Ada", **mine)["changed"]
    assert {each["organization_id"] for each in overlay.info("identity", **mine)} == {organization["id"]}
    assert overlay.run("role", identity="Ada", role="Network Admin - net", **mine)["changed"]


def test_what_another_organization_has_is_not_found() -> None:
    overlay = Overlay()
    other = "bbbbbbbb-0000-4000-8000-000000000009"
    for kind in ("network", "network_group", "identity"):
        with pytest.raises(NotFound, match=f"organization: there is no organization '{other}'"):
            overlay.info(kind, organization=other)
    for kind, options in (("endpoint", {"name": "e"}), ("network", {"name": "new"})):
        with pytest.raises(CloudError, match=r"(organization|network|network_group): there (is no|are 0)"):
            overlay.run(kind, organization=other, **options)
        assert overlay.writes == []
    with pytest.raises(NotFound, match="organization: there is no organization 'ACME'"):
        overlay.run("endpoint", name="e", organization="ACME")


# -- requests -----------------------------------------------------------------------------------------------------


def begun(overlay: Overlay, count: int, **options: Any) -> list[str]:
    """The ids of so many creations that nobody has waited for."""
    ids = []
    for each in range(count):
        ids.append(overlay.run("endpoint", name=f"e{each}", wait=False, **options)["request_id"])
        overlay.clock.sleep(0.001)
    return ids


@pytest.mark.parametrize("count", [1, 3, 30])
def test_many_requests_are_awaited_together(count: int) -> None:
    overlay = Overlay(seconds=5)
    ids = begun(overlay, count)
    assert {each["status"] for each in overlay.info("request", id=ids)} <= {"NEW", "STARTED", "RUNNING"}
    before = overlay.clock.now()
    found = overlay.info("request", id=ids, wait=True, wait_timeout=60)
    assert [each["id"] for each in found] == ids
    assert {each["status"] for each in found} <= {"SUCCESS", "FINISHED"}
    assert overlay.clock.now() - before < 8
    assert len(overlay.calls) < 3 * count + 40
    assert {each["network_id"] for each in found} == {overlay.network}
    named = overlay.info("endpoint", name="e0")[0]["id"]
    assert [each["id"] for each in overlay.info("request", network=NET, resource=named)] == ids[:1]


def test_requests_of_a_network_are_listed_and_awaited() -> None:
    overlay = Overlay(seconds=5)
    ids = begun(overlay, 3)
    overlay.clock.sleep(3)
    newest = overlay.info("request", network=NET, limit=2)
    assert [each["id"] for each in newest] == ids[:0:-1]
    ended = overlay.info("request", network=NET, wait=True)
    assert {*ids} <= {each["id"] for each in ended}
    assert {each["status"] for each in ended} <= {"SUCCESS", "FINISHED"}
    assert overlay.info("request", network=NET, status="RUNNING") == []
    with pytest.raises(
        InvalidOption, match="network: give the name or id of the network, or the ids of the requests"
    ):
        overlay.info("request", network=None)


def test_a_request_that_failed_is_named() -> None:
    overlay = Overlay(seconds=1)
    overlay.fault("fail_request", path="endpoints")
    ids = begun(overlay, 2)
    with pytest.raises(OperationsFailed, match=r"^\d requests? failed: .*e0.*FAILED") as caught:
        overlay.info("request", id=ids, wait=True)
    assert ids[0] in str(caught.value)


def test_what_is_not_finished_in_time_says_how_far_it_is() -> None:
    overlay = Overlay(seconds=50)
    with pytest.raises(
        OperationTimeout, match="wait_timeout=2 seconds; the service last said (accepted|NEW|RUNNING|STARTED)"
    ):
        overlay.info("request", id=begun(overlay, 3), wait=True, wait_timeout=2)


def test_a_request_that_is_unknown_is_left_out_or_an_error() -> None:
    overlay = Overlay()
    wrong = "00000000-0000-4000-8000-000000000000"
    assert overlay.info("request", id=[wrong]) == []
    with pytest.raises(CloudError, match="404|not found"):
        overlay.info("request", id=[wrong], wait=True, wait_timeout=90)
    with pytest.raises(InvalidOption, match="id: 'x' is not the UUID of a request"):
        overlay.info("request", id=["x"])
    with pytest.raises(InvalidOption, match="limit: 0 is below the minimum, 1"):
        overlay.info("request", network=NET, limit=0)
    with pytest.raises(NotFound, match=f"network: there is no network '{wrong}'"):
        overlay.info("request", network=wrong)


def test_where_requests_may_not_be_listed_they_are_read_one_by_one() -> None:
    overlay = Overlay(seconds=2)
    ids = begun(overlay, 8)
    overlay.fault("refuse", "GET", "core/v2/executions", status=403)
    found = overlay.info("request", id=ids, wait=True)
    assert [each["id"] for each in found] == ids
    assert {each["status"] for each in found} <= {"SUCCESS", "FINISHED"}


# -- grants -------------------------------------------------------------------------------------------------------


def test_a_single_action_is_granted_and_taken_back() -> None:
    overlay = Overlay()
    overlay.run("identity", type="api_account", name="bot", return_credentials=True)
    wanted = {"identity": "bot", "resource_type": "endpoint", "action": "create", "network": NET}
    foretold = overlay.check("grant", **wanted)
    assert foretold["changed"] and overlay.writes == []
    given = overlay.run("grant", **wanted)
    assert (
        given["grant"] == {**foretold["grant"], "id": given["grant"]["id"]}
        and given["diff"] == foretold["diff"]
    )
    assert given["grant"]["path"][-1] == overlay.network and given["grant"]["id"]
    again = overlay.run("grant", **wanted)
    assert not again["changed"] and again["grant"] == given["grant"]
    # For the whole organization, it is another one.
    wide = {**wanted, "network": None, "action": "CREATE"}
    assert overlay.run("grant", **wide)["grant"]["path"] == []
    assert len(overlay.info("grant", identity="bot")) == 2
    assert overlay.info("grant", identity="bot", resource_type="service") == []
    for options in (wanted, wide):
        assert overlay.run("grant", state="absent", **options)["actions"] == ["delete"]
        assert not overlay.run("grant", state="absent", **options)["changed"]
    assert overlay.info("grant", identity="bot") == []


def test_what_can_be_granted_is_told() -> None:
    overlay = Overlay()
    (found,) = (each for each in beside(overlay) if each["code"] == "user-identity")
    assert "update-reset-mfa" in found["actions"]
    assert [each["code"] for each in beside(overlay, resource_type="endpoint")] == ["endpoint"]
    with pytest.raises(NotFound, match="resource_type: there is no resource type 'endpointed'.*endpoint"):
        overlay.run("grant", identity="demo-client", resource_type="endpointed", action="create")
    with pytest.raises(NotFound, match="action: there is no action 'creat'.*create"):
        overlay.run("grant", identity="demo-client", resource_type="endpoint", action="creat")
    assert not overlay.run(
        "grant", identity="nobody", resource_type="endpoint", action="create", state="absent"
    )["changed"]


def beside(overlay: Overlay, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = OVERLAY["grant"].beside(overlay.cloud, options)["resource_types"]
    return found
