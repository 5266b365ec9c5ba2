# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of info modules: any key of the results, sent to the service where it has the filter."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import info_fields
from catalogue import KINDS
from unit.mounted import Mounted


@pytest.fixture(scope="module", params=[4, 5, 6])
def shop(request: pytest.FixtureRequest) -> tuple[Mounted, dict[str, str]]:
    mounted = Mounted(request.param)
    return mounted, mounted.shop()


@pytest.mark.parametrize(
    ("kind", "above", "filters", "names"),
    [
        ("lan", (), {"public": True}, ["public"]),
        ("lan", (), {"public": "true"}, ["public"]),
        ("lan", (), {"public": False, "name": "private"}, ["private"]),
        ("lan", (), {"public": False, "name": "public"}, []),
        ("lan", (), {"name": "Private"}, ["private"]),
        # The service narrows by parts of a text; a filter wants all of it.
        ("lan", (), {"name": "p"}, []),
        ("lan", (), {"pcc": None}, ["public", "private"]),
        ("lan", (), {"state": "available"}, ["public", "private"]),
        ("volume", (), {"size": 10, "disk_type": "HDD"}, ["boot"]),
        ("volume", (), {"size": "11"}, []),
        ("server", (), {"cores": 2, "vm_state": "RUNNING"}, ["web"]),
        ("nic", ("server",), {"lan": 1}, ["front"]),
        ("datacenter", None, {"location": "DE/FRA", "features": "SSD"}, ["shop"]),
        ("datacenter", None, {"location": "us/las"}, []),
    ],
)
def test_results_have_what_the_filters_name(
    shop: tuple[Mounted, dict[str, str]], kind: str, above: Any, filters: dict[str, Any], names: list[str]
) -> None:
    mounted, ids = shop
    parents = {} if above is None else {each: ids[each] for each in ("datacenter", *above)}
    assert [each["name"] for each in mounted.info(kind, **parents, filters=filters)] == names


def test_what_the_service_can_filter_it_is_asked_for() -> None:
    mounted = Mounted()
    mounted.shop()
    mounted.info("datacenter", filters={"location": "de/fra", "state": "AVAILABLE"})
    (call,) = mounted.service.journal.calls
    assert "filter.location" in str(call) and "filter.state" not in str(call)


@pytest.mark.parametrize("kind", ["lan", "label", "contract", "k8s_version"])
def test_a_filter_by_nothing_that_results_have_is_refused_before_any_request(kind: str) -> None:
    mounted = Mounted()
    above = {"datacenter": "shop"} if kind == "lan" else {}
    with pytest.raises(InvalidOption, match="^filters: the results have no key colour; they have "):
        mounted.info(kind, **above, filters={"colour": "red"})
    assert mounted.calls == []


@pytest.mark.parametrize("name", KINDS)
def test_every_info_module_takes_filters(name: str) -> None:
    assert [field.type for field in info_fields(KINDS[name]) if field.name == "filters"] == ["dict"]


def test_users_of_a_group_and_groups_of_a_user() -> None:
    mounted = Mounted()
    person = {"firstname": "A", "lastname": "B", "user_password": "Secret12pw"}
    mounted.run("group", name="admins")
    ada = mounted.run("user", email="ada@example.com", groups=["admins"], **person)["user"]
    mounted.run("user", email="bob@example.com", **person)
    mounted.run("group", name="others", users=["bob@example.com"])
    group = ada["groups"][0]["id"]
    for value in ("admins", group, group.upper()):
        assert [each["email"] for each in mounted.info("user", group=value)] == ["ada@example.com"]
    for value in ("ada@example.com", "ADA@example.com", ada["id"]):
        assert [each["name"] for each in mounted.info("group", user=value)] == ["admins"]
    assert mounted.info("user", group="nobody") == mounted.info("group", user="nobody") == []
    assert len(mounted.info("user", group="")) > 1 and len(mounted.info("group", user="")) > 1


@pytest.mark.parametrize("version", [4, 5, 6])
def test_volumes_of_a_server(version: int) -> None:
    mounted = Mounted(version)
    ids = mounted.shop()
    home = {"datacenter": ids["datacenter"]}
    mounted.run("volume", **home, name="spare", size=10, licence_type="OTHER")
    for server in ("web", ids["server"], ids["server"].upper()):
        assert [each["name"] for each in mounted.info("volume", **home, server=server)] == ["boot"]
    assert mounted.info("volume", **home, server="none") == []
    assert mounted.info("volume", **home, server="web", name="spare") == []
    assert {each["name"] for each in mounted.info("volume", **home, server="")} == {"boot", "spare"}
