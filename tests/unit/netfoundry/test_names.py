# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names are unique: what takes one that is in use is refused beforehand, or waits until it is free."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_readiness import KINDS
from unit.refusing import refusal

Task = tuple[str, dict[str, Any]]


def refused(overlay: Overlay, task: Task, said: str) -> None:
    kind, options = task
    assert said in refusal(overlay, kind, **options)


def made(overlay: Overlay, *names: str, kind: str = "endpoint") -> dict[str, str]:
    """Objects of these names; answers their ids by name."""
    options = KINDS.get(kind, {})
    return {name: overlay.run(kind, **{**options, "name": name})[kind]["id"] for name in names}


@pytest.mark.parametrize("tree", [False, True], ids=["alone", "in its network"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_name_that_is_in_use_is_refused(kind: str, tree: bool) -> None:
    overlay = Overlay()
    ids = made(overlay, "one", "two", kind=kind)
    plural = kind[:-1] + "ies" if kind.endswith("y") else kind + "s"
    renamed = {**KINDS[kind], "id": ids["one"], "name": "TWO"}
    task = ("network", {"name": "net", plural: [renamed]}) if tree else (kind, renamed)
    refused(overlay, task, "another")
    assert not overlay.run(kind, **{**renamed, "name": "ONE"})["changed"], "its own name is free to it"


def test_a_network_is_not_given_the_name_of_another_one_of_its_group() -> None:
    overlay = Overlay()
    other = overlay.run("network", name="other")["network"]["id"]
    for more in ({}, {"endpoints": [{"name": "a"}]}):
        said = "name: the network group has another network 'net', and the case of names does not matter"
        refused(overlay, ("network", {"id": other, "name": "NET", **more}), said)


def test_the_endpoint_of_an_edge_router_has_its_name() -> None:
    overlay = Overlay()
    ids = made(overlay, "laptop")
    made(overlay, "branch", kind="edge_router")
    renamed = {"id": ids["laptop"], "name": "Branch"}
    for kind, options in (("endpoint", renamed), ("network", {"name": "net", "endpoints": [renamed]})):
        refused(
            overlay, (kind, options), "name: this is the name of the endpoint of the edge router 'branch'"
        )


# -- one after the other --------------------------------------------------------------------------------------------


def test_objects_take_over_names_one_after_the_other() -> None:
    overlay = Overlay(seconds=1)
    ids = made(overlay, "a", "b", "c")
    shifted = [{"id": ids["a"], "name": "b"}, {"id": ids["b"], "name": "c"}, {"id": ids["c"], "name": "d"}]
    task = {"name": "net", "endpoints": shifted}
    assert overlay.check("network", **task)["changed"]
    assert overlay.run("network", **task)["changed"]
    names = {each["id"]: each["name"] for each in overlay.info("endpoint")}
    assert names == {ids["a"]: "b", ids["b"]: "c", ids["c"]: "d"}
    assert not overlay.run("network", **task)["changed"]


@pytest.mark.parametrize("gone", ["b", "router"])
def test_the_name_of_what_is_purged_is_free_afterwards(gone: str) -> None:
    overlay = Overlay(seconds=1)
    ids = made(overlay, "a", "b")
    made(overlay, "router", kind="edge_router")
    overlay.run("app_wan", name="wan", endpoint_attributes=["@a"], service_attributes=[])
    task = {
        "name": "net",
        "endpoints": [{"id": ids["a"], "name": gone}],
        "edge_routers": [],
        "purge": ["endpoints", "edge_routers"],
    }
    assert overlay.check("network", **task)["changed"]
    assert overlay.run("network", **task)["changed"]
    assert [(each["id"], each["name"]) for each in overlay.info("endpoint")] == [(ids["a"], gone)]
    assert not overlay.run("network", **task)["changed"]


def test_what_mentions_a_new_name_waits_until_it_is_given() -> None:
    overlay = Overlay(seconds=1)
    ids = made(overlay, "a", "b")
    overlay.run("app_wan", name="old", endpoint_attributes=["@a"], service_attributes=[])
    wans = [
        {"name": name, "endpoint_attributes": ["@b"], "service_attributes": []} for name in ("new", "old")
    ]
    shifted = [{"id": ids["a"], "name": "b"}, {"id": ids["b"], "name": "c"}]
    overlay.run("network", name="net", endpoints=shifted, app_wans=wans)
    kinds = [re.sub("s(/.*)?$", "", call.split("/core/v2/")[1]) for call in overlay.writes]
    assert kinds == ["endpoint", "endpoint", "app-wan", "app-wan"]


def test_names_that_are_exchanged_are_refused() -> None:
    overlay = Overlay()
    ids = made(overlay, "a", "b", "c")
    circle = [{"id": ids["a"], "name": "b"}, {"id": ids["b"], "name": "c"}, {"id": ids["c"], "name": "a"}]
    refused(overlay, ("network", {"name": "net", "endpoints": circle}), "would exchange names")
    pair = [circle[0], {"id": ids["b"], "name": "a"}]
    refused(overlay, ("network", {"name": "net", "endpoints": pair}), "exchange")


# -- configurations -------------------------------------------------------------------------------------------------


def configs(inner: str, outer: str) -> list[dict[str, Any]]:
    return [
        {"name": inner, "type": "intercept.v1", "data": {"addresses": ["a.acme"]}},
        {"name": outer, "type": "host.v1", "data": {"port": 1}},
    ]


@pytest.mark.parametrize("tree", [False, True], ids=["alone", "in its network"])
def test_configurations_have_names_of_their_own(tree: bool) -> None:
    overlay = Overlay()
    overlay.run("service", name="s", configs=configs("one", "two"))
    overlay.run("service", name="t", configs=configs("three", "four"))

    def task(name: str, *names: str) -> Task:
        options = {"name": name, "configs": configs(*names)}
        return ("network", {"name": "net", "services": [options]}) if tree else ("service", options)

    for name in ("s", "new"):
        refused(overlay, task(name, "same", "SAME"), "configs: name 'SAME' is listed twice")
    refused(overlay, task("s", "THREE", "two"), "has the name")
    refused(overlay, task("s", "two", "one"), "would exchange names")
    kind, options = task("s", "two", "five")
    assert overlay.run(kind, **options)["changed"]
    shown = next(each for each in overlay.info("service") if each["name"] == "s")["configs"]
    assert [each["name"] for each in shown] == ["two", "five"]
    kind, options = task("new", "Three", "six")
    with pytest.raises(CloudError, match="has the name"):
        overlay.check(kind, **options)
    with pytest.raises(CloudError, match="has the name" if tree else "already in use"):
        overlay.run(kind, **options)


# -- names of what the service makes by itself ----------------------------------------------------------------------


def test_only_policies_are_taken_for_the_services_own_by_their_names() -> None:
    overlay = Overlay()
    contents = {
        "endpoints": [{"name": "billing-system"}],
        "services": [{"name": "pos-system", "client_ingress": {"host": "a", "port": 1}}],
    }
    overlay.run("network", name="net", **contents)
    assert not overlay.run("network", name="net", **contents)["changed"]
    (shown,) = overlay.info("network", name="net", as_description=True)
    assert [each["name"] for each in shown["endpoints"]] == ["billing-system"]
    assert overlay.run("network", name="net", purge=["all"], endpoints=[], services=[])["changed"]
    assert overlay.info("endpoint") == [] and overlay.info("service") == []


@pytest.mark.parametrize("tree", [False, True], ids=["alone", "in its network"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.endswith("policy")] + ["app_wan"])
def test_no_policy_gets_the_name_of_one_of_the_service(kind: str, tree: bool) -> None:
    """Nothing here would find it again."""
    overlay = Overlay()
    ids = made(overlay, "own", kind=kind)
    plural = kind[:-1] + "ies" if kind.endswith("y") else kind + "s"
    for options in (
        {**KINDS[kind], "name": "a-system"},
        {**KINDS[kind], "id": ids["own"], "name": "a-system"},
    ):
        task = ("network", {"name": "net", plural: [options]}) if tree else (kind, options)
        refused(
            overlay,
            task,
            "name: 'a-system' ends in -system, like the names of the policies that the service creates by itself",
        )
