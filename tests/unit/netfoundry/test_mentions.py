# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What policies and services mention is there, in whichever form it is named, through both forms of a task."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.resources.common import (
    MENTION_FORM,
)
from catalogue import KINDS
from unit.netfoundry.overlay import Overlay

# By kind: what it takes to make one, and the lists of it that mention others, each with the name of one that is there.
SPEAKERS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "app_wan": (
        {},
        {"endpoint_attributes": "laptop", "service_attributes": "portal", "posture_check_attributes": "managed"},
    ),
    "edge_router_policy": ({}, {"endpoint_attributes": "laptop", "edge_router_attributes": "oregon"}),
    "service_edge_router_policy": ({}, {"service_attributes": "portal", "edge_router_attributes": "oregon"}),
    "service_policy": (
        {"type": "Bind"},
        {"endpoint_attributes": "laptop", "service_attributes": "portal", "posture_check_attributes": "managed"},
    ),
    "service": (
        {"client_ingress": {"host": "a", "port": 1}},
        {"bind_endpoint_attributes": "laptop", "edge_router_attributes": "oregon"},
    ),
}  # fmt: skip
LISTS = [(kind, name) for kind, (_more, lists) in SPEAKERS.items() for name in lists]
KIND_OF = {"laptop": "endpoint", "portal": "service", "oregon": "edge_router", "managed": "posture_check"}
PLURAL = {kind: KINDS[f"netfoundry_{kind}"].resource.plural for kind in SPEAKERS}
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def overlay() -> Overlay:
    made = Overlay()
    made.run("endpoint", name="laptop")
    made.run("edge_router", name="oregon")
    made.run("service", name="portal")
    made.run("posture_check", name="managed", type="MAC", mac_addresses=["00:11:22:33:44:55"])
    return made


def single(overlay: Overlay, kind: str, check: bool = False, **options: Any) -> dict[str, Any]:
    attempt: Callable[..., dict[str, Any]] = overlay.check if check else overlay.run
    return attempt(kind, name="new", **SPEAKERS[kind][0], **options)


def tree(overlay: Overlay, kind: str, check: bool = False, **options: Any) -> dict[str, Any]:
    attempt: Callable[..., dict[str, Any]] = overlay.check if check else overlay.run
    done = attempt("network", name="net", **{PLURAL[kind]: [{"name": "new", **SPEAKERS[kind][0], **options}]})
    new = next(each for each in done["tree"][PLURAL[kind]] if each["name"] == "new")
    return {**done, kind: new}


FORMS = [(single, *each) for each in LISTS] + [(tree, *each) for each in LISTS]


def test_every_list_that_mentions_others_is_among_them() -> None:
    """Those that name routers by ids and names alone are no lists of role attributes."""
    mentioning = {
        (name.removeprefix("netfoundry_"), field.name)
        for name, kind in KINDS.items()
        if name.startswith("netfoundry_")
        for field in kind.resource.writable
        if MENTION_FORM in field.checks
    }
    assert mentioning == set(LISTS)


@pytest.mark.parametrize("unknown", ["@laptpo", "laptpo", NOBODY, f"@{NOBODY}"])
@pytest.mark.parametrize(("form", "kind", "name"), FORMS)
def test_what_is_not_there_is_told_by_name_and_option(
    overlay: Overlay, form: Any, kind: str, name: str, unknown: str
) -> None:
    for check in (True, False):
        with pytest.raises(CloudError) as caught:
            form(overlay, kind, check, **{name: ["#a", unknown]})
        label = KIND_OF[SPEAKERS[kind][1][name]].replace("_", " ")
        said = f"{name}: there is no {label} {unknown.removeprefix('@')!r} in the network"
        assert said in str(caught.value) and overlay.writes == []


@pytest.mark.parametrize(("form", "kind", "name"), FORMS)
def test_every_form_of_a_name_comes_to_the_same(overlay: Overlay, form: Any, kind: str, name: str) -> None:
    known = SPEAKERS[kind][1][name]
    (there,) = overlay.info(KIND_OF[known], name=known)
    given = [f"@{known}", known, known.upper(), there["id"], there["id"].upper(), "#a"]
    foretold = form(overlay, kind, True, **{name: given})
    done = form(overlay, kind, **{name: given})
    assert done[kind][name] == foretold[kind][name] == [f"@{known}", "#a"]
    for each in given[:-1]:
        assert not form(overlay, kind, **{name: ["#a", each]})["changed"], each


@pytest.mark.parametrize(("form", "kind", "name"), FORMS)
def test_single_attributes_are_added_and_taken_away(
    overlay: Overlay, form: Any, kind: str, name: str
) -> None:
    known = SPEAKERS[kind][1][name]
    form(overlay, kind, **{name: ["#a", "#b"]})
    added = form(overlay, kind, append={name: ["#b", "#c", known]})
    assert added["changed"] and set(added[kind][name]) == {"#a", "#b", "#c", f"@{known}"}
    assert not form(overlay, kind, append={name: ["#c", f"@{known.upper()}"]})["changed"]
    taken = form(overlay, kind, append={name: ["#d"]}, remove={name: ["#a", known, "nobody", "#nothing"]})
    assert set(taken[kind][name]) == {"#b", "#c", "#d"}
    with pytest.raises(CloudError, match=f"append.{name}: there is no"):
        form(overlay, kind, append={name: ["@nobody"]})


def test_a_name_much_like_it_is_suggested(overlay: Overlay) -> None:
    said = re.escape(
        "endpoint_attributes: there is no endpoint 'labtop' in the network (did you mean 'laptop'?)"
    )
    policy = {"name": "new", "endpoint_attributes": ["@labtop"]}
    for attempt in (overlay.check, overlay.run):
        for kind, task in (("app_wan", policy), ("network", {"name": "net", "app_wans": [policy]})):
            with pytest.raises(CloudError, match=said):
                attempt(kind, **task)


def test_attributes_of_what_mentions_nothing_are_added_and_taken_away(overlay: Overlay) -> None:
    for kind, name in (("endpoint", "laptop"), ("edge_router", "oregon"), ("posture_check", "managed")):
        done = overlay.run(
            kind, name=name, append={"attributes": ["#a", "#b"]}, remove={"attributes": ["#b"]}
        )
        assert done[kind]["attributes"] == ["#a"]
        with pytest.raises(CloudError, match="append.attributes: 'a' is not a role attribute"):
            overlay.run(kind, name=name, append={"attributes": ["a"]})


def test_what_was_mentioned_before_is_left_alone_though_it_is_gone(overlay: Overlay) -> None:
    overlay.run("app_wan", name="new", endpoint_attributes=["@laptop"])
    overlay.run("endpoint", name="laptop", state="absent")
    again = overlay.run(
        "app_wan", name="new", endpoint_attributes=["@LAPTOP"], service_attributes=["@portal"]
    )
    assert again["app_wan"]["endpoint_attributes"] == ["@laptop"]


def test_an_unchanged_task_reads_nothing_of_what_it_mentions(overlay: Overlay) -> None:
    overlay.run("app_wan", name="new", endpoint_attributes=["@laptop"])
    overlay.run("app_wan", name="new", endpoint_attributes=["@laptop"])
    assert len(overlay.calls) == 2


def test_a_task_may_mention_what_it_creates_itself(overlay: Overlay) -> None:
    done = overlay.run(
        "network",
        name="net",
        endpoints=[{"name": "Tablet"}],
        edge_routers=[{"name": "Vienna"}],
        app_wans=[{"name": "new", "endpoint_attributes": ["tablet", "@vienna"]}],
    )
    assert done["tree"]["app_wans"][0]["endpoint_attributes"] == ["@Tablet", "@Vienna"]
    order = [call.split("/")[3] for call in overlay.writes]
    assert order.index("app-wans") == 2


def test_what_a_task_deletes_or_renames_is_no_longer_there(overlay: Overlay) -> None:
    (laptop,) = overlay.info("endpoint", name="laptop")
    for endpoints in ([], [{"id": laptop["id"], "name": "tablet"}]):
        with pytest.raises(CloudError, match="endpoint_attributes: there is no endpoint 'laptop'"):
            overlay.run(
                "network",
                name="net",
                endpoints=endpoints,
                purge=["endpoints"],
                app_wans=[{"name": "new", "endpoint_attributes": ["@laptop"]}],
            )
    done = overlay.run(
        "network",
        name="net",
        endpoints=[{"id": laptop["id"], "name": "tablet"}],
        app_wans=[{"name": "new", "endpoint_attributes": ["@tablet", laptop["id"]]}],
    )
    assert done["tree"]["app_wans"][0]["endpoint_attributes"] == ["@tablet"]


@pytest.mark.parametrize("module", ["policies", "services", "security", "endpoints"])
def test_each_module_knows_by_itself_what_it_may_mention(module: str) -> None:
    package = "ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry"
    code = (
        f"from {package}.resources import RESOURCES\n"
        f"from {package}.behaviour import {module}\n"
        f"from {package}.resources.common import MENTION_FORM, MENTIONS\n"
        "kinds = {MENTIONS[each.name] for one in module.RULES.values() for each in one.lists if MENTION_FORM in each.checks}\n"
        "assert kinds <= set(RESOURCES), kinds - set(RESOURCES)\n"
    ).replace("module.RULES", f"{module}.RULES")
    # In an interpreter of its own: here all kinds are known.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, env=environment)
