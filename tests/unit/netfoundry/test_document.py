# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks from files that the console and the vendor's command line client have written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.network.document import (
    read_document,
)
from pocketvdc.netfoundry.testing import NetFoundryApi
from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_contents import SITE

CONSOLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "console.yml").read_text(encoding="utf-8"))
CREATE = {"Accept": "application/json;as=create"}


def exported(overlay: Overlay, headers: dict[str, str]) -> dict[str, Any]:
    """The network ``demo`` as the command line client saves it: JSON, by one read of it with all that is in it."""
    network = overlay.info("network", name="demo")[0]["id"]
    reply = NetFoundryApi(overlay.service).get(f"networks/{network}?embed=all", headers=headers)
    found: dict[str, Any] = json.loads(reply.text)
    return found


def described(overlay: Overlay, name: str) -> dict[str, Any]:
    (found,) = overlay.info("network", name=name, as_description=True)
    return {key: value for key, value in found.items() if key != "name"}


def test_a_download_of_the_console_is_built_as_it_is() -> None:
    overlay = Overlay()
    foretold = overlay.check("network", description=CONSOLE)
    built = overlay.run("network", description=CONSOLE)
    assert built["changed"] and foretold["plan"] == built["plan"]
    assert built["warnings"] == [
        "description: terminators is ignored, because no option of this module corresponds to it",
        "description: edgeRouters.wssListener is ignored, because no option of this module corresponds to it",
        "services/pfcp: no edge router carries it, because no service edge router policy selects it",
    ]
    tree = built["tree"]
    assert (tree["name"], tree["size"], tree["provider"], tree["region"]) == (
        "ACME Net", "small", "AWS", "us-east-1",
    )  # fmt: skip
    routers = {each["name"]: each for each in tree["edge_routers"]}
    assert (routers["Oregon [AWS]"]["region"], routers["Oregon [AWS]"]["link_listener"]) == (
        "us-west-2",
        False,
    )
    assert (routers["Branch"]["provider"], routers["Branch"]["no_traversal"]) == (None, True)
    assert [each["name"] for each in tree["endpoints"]] == ["Laptop"]
    assert [each["name"] for each in tree["edge_router_policies"]] == ["Default Edge Router Policy"]
    (echo, pfcp) = sorted(tree["services"], key=lambda each: each["name"])
    assert echo["client_ingress"]["port"] == 80
    assert echo["edge_router_hosts"][0]["edge_router"] == routers["Branch"]["id"]
    assert sorted(each["type"] for each in pfcp["configs"]) == ["host.v1", "intercept.v1"]
    again = overlay.run("network", description=CONSOLE)
    assert not again["changed"] and again["unmanaged"] == []


@pytest.mark.parametrize("headers", [CREATE, {}], ids=["as=create", "as it is read"])
def test_a_file_of_the_command_line_client_makes_a_copy(headers: dict[str, str]) -> None:
    overlay = Overlay()
    overlay.run("network", **SITE)
    file = exported(overlay, headers)
    assert not overlay.run("network", description=file)["changed"]
    copy = overlay.run("network", name="copy", description=file)
    original = described(overlay, "demo")
    # The form to create from does not hold these two kinds (contract section 8.16).
    beyond = ("service_policies", "service_edge_router_policies") if headers else ()
    assert described(overlay, "copy") == {**original, **dict.fromkeys(beyond, [])}
    assert not overlay.run("network", name="copy", description=file)["changed"]
    assert copy["network"]["id"] != overlay.info("network", name="demo")[0]["id"]


def test_options_win_over_the_file() -> None:
    overlay = Overlay()
    made = overlay.run("network", name="other", size="large", endpoints=[], description=CONSOLE)["tree"]
    assert (made["name"], made["size"], made["endpoints"]) == ("other", "large", [])
    gone = overlay.run("network", name="other", description=CONSOLE, state="absent")
    assert gone["actions"] == ["delete"] and gone["network"] is None


def test_what_a_file_does_not_list_is_not_purged() -> None:
    overlay = Overlay()
    overlay.run("network", **SITE)
    purged = overlay.run("network", description=exported(overlay, CREATE), purge=["all"])
    assert not purged["changed"]
    file = {**exported(overlay, CREATE), "appWans": []}
    purged = overlay.run("network", description=file, purge=["all"])
    assert [each["path"] for each in purged["plan"]] == ["app_wans/welcome"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            {"name": "n", "edge_routers": []},
            "description: edge_routers is an option of this module.*edgeRouters",
        ),
        ({"name": "n", "endpoints": {"a": 1}}, "description: endpoints must be a list of objects with names"),
        (
            {"name": "n", "endpoints": [{"attributes": []}]},
            "description: endpoints must be a list of objects",
        ),
        (
            {"name": "n", "endpoints": [{"name": "e", "enrollmentMethod": {"ottca": {}}}]},
            "description: the endpoint e does not enroll with a one-time token",
        ),
        ({"endpoints": []}, "name or id: give one of them, to say which network is meant"),
    ],
)
def test_what_is_no_such_file_is_refused(document: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    with pytest.raises(InvalidOption, match=said):
        overlay.run("network", description=document)
    assert overlay.writes == []


def spoiled(value: Any, wrong: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The value once for each place in it, with something else there, and the path of the place."""
    if path:
        yield path, wrong
    if not isinstance(value, (dict, list)):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        for where, other in spoiled(each, wrong, (*path, key)):
            copied = value.copy()
            copied[key] = other
            yield where, copied


@pytest.mark.parametrize("wrong", [None, 7, "x", True, [None], ["x"], [[]], {"x": [None]}], ids=repr)
def test_no_value_of_a_file_ends_in_a_traceback(wrong: Any) -> None:
    for _path, document in spoiled(CONSOLE, wrong):
        with suppress(InvalidOption):
            read_document(document)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"size": 5}, "the network: size is a number instead of text"),
        (
            {"endpoints": [{"name": "e", "attributes": "#x"}]},
            "the endpoint e: attributes is text instead of a list",
        ),
        (
            {"edgeRouters": [{"name": "r", "noTraversal": "x"}]},
            "the edge router r: noTraversal is text instead of a b",
        ),
        (
            {"services": [{"name": "s", "configs": [None]}]},
            "the service s: configs must be a list of objects",
        ),
        (
            {"services": [{"name": "s", "model": {"edgeRouterHosts": [None]}}]},
            "the service s: model.edgeRouterHosts must be a list of objects",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_by_its_key(document: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    for do in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match=f"^description: {said}"):
            do("network", name="net", description=document)
        assert overlay.writes == []
