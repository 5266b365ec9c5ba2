# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that are made of configurations: shown, compared by content, changed by themselves, and carried by routers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.netfoundry.overlay import Overlay

INTERCEPT: dict[str, Any] = {
    "name": "i",
    "type": "intercept.v1",
    "data": {"protocols": ["tcp"], "addresses": ["10.0.0.1"], "portRanges": [{"low": 1, "high": 2}]},
}
HOST: dict[str, Any] = {
    "name": "h",
    "type": "host.v1",
    "data": {"protocol": "tcp", "address": "a", "port": 1},
}
Form = Callable[..., dict[str, Any]]


def single(overlay: Overlay, check: bool = False, **options: Any) -> dict[str, Any]:
    return (overlay.check if check else overlay.run)("service", name="s", **options)


def tree(overlay: Overlay, check: bool = False, **options: Any) -> dict[str, Any]:
    attempt = overlay.check if check else overlay.run
    done = attempt("network", name="net", services=[{"name": "s", **options}])
    return {**done, "service": done["tree"]["services"][0]}


def changed(config: dict[str, Any], **more: Any) -> dict[str, Any]:
    new = copy.deepcopy(config)
    new["data"].update(more)
    return new


def kept(done: dict[str, Any]) -> list[str]:
    """Warnings of what the service did not take."""
    return [each for each in done["warnings"] if "no edge router carries it" not in each]


BOTH = pytest.mark.parametrize("form", [single, tree])


@BOTH
def test_they_are_shown_and_an_unchanged_task_writes_nothing(form: Form) -> None:
    overlay = Overlay()
    foretold = form(overlay, True, configs=[INTERCEPT, HOST])
    made = form(overlay, configs=[INTERCEPT, HOST])
    assert made["service"]["configs"] == foretold["service"]["configs"] == [INTERCEPT, HOST]
    again = form(overlay, configs=[HOST, INTERCEPT])
    assert not again["changed"] and overlay.writes == [] and not kept(again)
    assert overlay.info("service", name="s")[0]["configs"] == [INTERCEPT, HOST]


@BOTH
@pytest.mark.parametrize("replace", [False, True])
def test_what_differs_is_changed_where_it_is(form: Form, replace: bool) -> None:
    overlay = Overlay(seconds=2)
    form(overlay, configs=[INTERCEPT, HOST], attributes=["#a"])
    new = changed(INTERCEPT, addresses=["10.9.9.9"])
    more = {"replace": True} if replace and form is single else {}
    foretold = form(overlay, True, configs=[new, HOST], **more)
    assert overlay.writes == []
    done = form(overlay, configs=[new, HOST], **more)
    assert [call.split("/")[3] for call in overlay.writes] == ["configs"]
    assert done["changed"] and done["service"]["configs"] == [new, HOST] and not kept(done)
    assert foretold["service"]["configs"] == [new, HOST] and foretold["diff"] == done["diff"] != {}
    assert not form(overlay, configs=[new, HOST])["changed"]


@BOTH
def test_it_is_renamed_and_changed_together_with_the_service(form: Form) -> None:
    overlay = Overlay()
    form(overlay, configs=[INTERCEPT])
    new = {**changed(INTERCEPT, addresses=["b"]), "name": "other"}
    done = form(overlay, configs=[new], attributes=["#b"])
    assert sorted(call.split("/")[3] for call in overlay.writes) == ["configs", "services"]
    assert done["service"]["configs"] == [new] and done["service"]["attributes"] == ["#b"]
    assert not form(overlay, configs=[new], attributes=["#b"])["changed"]


@BOTH
@pytest.mark.parametrize(
    ("before", "wanted", "said"),
    [
        (
            {"configs": [INTERCEPT]},
            [INTERCEPT, HOST],
            "which cannot be changed (wanted host.v1, intercept.v1)",
        ),
        ({"configs": [INTERCEPT, HOST]}, [HOST], "which cannot be changed (wanted host.v1)"),
        ({"configs": [INTERCEPT]}, [], "which cannot be changed (wanted none)"),
        ({}, [HOST], "has configurations of the types none"),
        ({"client_ingress": {"host": "a", "port": 1}}, [HOST], "configs: the service s has a model"),
        ({}, [HOST, {**HOST, "name": "j"}], "configs: type 'host.v1' is listed twice"),
    ],
)
def test_what_cannot_become_of_them_is_refused(
    form: Form, before: dict[str, Any], wanted: list[Any], said: str
) -> None:
    overlay = Overlay()
    form(overlay, **before)
    for check in (True, False):
        with pytest.raises(CloudError) as caught:
            form(overlay, check, configs=wanted)
        assert said in str(caught.value) and overlay.writes == []


def test_a_task_that_names_none_leaves_them_and_models_cost_no_more_reads() -> None:
    overlay = Overlay()
    overlay.run("service", name="s", configs=[INTERCEPT])
    assert overlay.run("service", name="s", attributes=["#a"])["service"]["configs"] == [INTERCEPT]
    overlay.run("service", name="m", client_ingress={"host": "a", "port": 1})
    overlay.run("service", name="m", client_ingress={"host": "a", "port": 1})
    assert len(overlay.calls) == 2


def test_those_of_many_services_are_read_together() -> None:
    overlay = Overlay()
    for number in range(6):
        overlay.run("service", name=f"s{number}", configs=[{**INTERCEPT, "name": f"i{number}"}])
    found = overlay.info("service")
    assert [each["configs"][0]["name"] for each in found] == [f"i{number}" for number in range(6)]
    assert len(overlay.calls) == 4


def test_a_transparent_service_works_end_to_end() -> None:
    overlay = Overlay()
    overlay.run("edge_router", name="r", attributes=["#r"])
    for name in ("host", "client"):
        overlay.run("endpoint", name=name)
    overlay.run("edge_router_policy", name="all", endpoint_attributes=["#all"], edge_router_attributes=["#r"])
    overlay.run("service", name="s", configs=[INTERCEPT, HOST])
    bind = {"service_attributes": ["@s"], "endpoint_attributes": ["@host"]}
    overlay.run("service_policy", name="b", type="Bind", **bind)
    overlay.run("app_wan", name="w", endpoint_attributes=["@client"], service_attributes=["@s"])
    policy = {"name": "c", "service_attributes": ["s"], "edge_router_attributes": ["#r"]}
    made = overlay.run("service_edge_router_policy", **policy)
    assert made["service_edge_router_policy"]["semantic"] == "AnyOf" and made["changed"]
    assert not overlay.run("service_edge_router_policy", **policy)["changed"]
    from pocketvdc.netfoundry import reach

    platform = overlay.service.netfoundry
    service = next(each for each in platform.entities["services"].values() if each.name == "s")
    assert reach.of_service(platform, service)["reached_by"] == ["client"]
