# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift: each kind of foreign change is reported with its author, and nothing of what is untouched."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.profitbricks.cloud.plugins.filter import drift as plugin
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.mounted import Mounted
from unit.test_plan_file import FOREIGN, RICH, find_url
from unit.test_topology import ODD

drift = plugin.FilterModule().filters()["drift"]
OPTIONS = {name: value for name, value in RICH.items() if name != "purge"}
AUTHOR = "; changed 2026-09-22T"


def looked(mounted: Mounted, folder: Path) -> dict[str, Any]:
    """What a look at the shop finds, as the playbook hands it to the filter."""
    path = folder / "plan.json"
    try:
        tree = mounted.check("datacenter", **OPTIONS, plan_file=str(path), preflight=False)["tree"]
    except CloudError as error:
        return {"name": "shop", "failed": str(error)}
    return {"name": "shop", "plan": json.loads(path.read_text(encoding="utf-8")), "tree": tree}


def test_there_are_thirty_kinds_of_foreign_change() -> None:
    assert len(FOREIGN) >= 30


@pytest.mark.parametrize(("method", "path_of", "body", "_names"), FOREIGN)
def test_a_foreign_change_is_reported(
    tmp_path: Path, method: str, path_of: str, body: Any, _names: str
) -> None:
    mounted = Mounted()
    tree = mounted.run("datacenter", **RICH)["tree"]
    assert drift([looked(mounted, tmp_path)]) == "No drift: shop\n"
    mounted.clock.time += 86400
    above, _slash, last = path_of.rpartition("/")
    url = find_url(tree, path_of) if method != "POST" else f"{find_url(tree, above)}/{last}"
    mounted.client(6).transport.call(method, url, body=body)
    entry = looked(mounted, tmp_path)
    found = json.loads(drift([entry], "json"))["differences"]
    assert found and drift([entry]).count("\n") == len(found)
    named = body["properties"]["name"] if body and "name" in body.get("properties", {}) else path_of
    assert named.rpartition("/")[2].removesuffix("stop") in drift([entry])
    # The service tells nothing of labels, of what is gone, and of which NIC a balancer has.
    changed = [
        each
        for each in found
        if each["difference"] in ("changed", "not described", "other") and "balanced_nics" not in each["path"]
    ]
    gone = method == "DELETE" or "labels" in path_of
    assert gone or "failed" in entry or all(each["by"] == "demo@example.com" for each in changed)
    assert gone or not changed or AUTHOR in drift([entry])


def test_what_could_not_be_looked_at_is_told() -> None:
    entry = {"name": "shop", "failed": "the service could not be reached"}
    assert drift([entry]) == "shop: could not be checked: the service could not be reached\n"
    (found,) = json.loads(drift([entry], "json"))["differences"]
    assert found["difference"] == "not checked"


def plan(*steps: dict[str, Any], unmanaged: Any = ()) -> dict[str, Any]:
    return {
        "format": "profitbricks.cloud/plan",
        "version": 1,
        "steps": list(steps),
        "unmanaged": list(unmanaged),
    }


def step(verb: str, path: str, **more: Any) -> dict[str, Any]:
    return {"verb": verb, "path": path, "call": "PATCH x", "before": None, "after": None, **more}


TREE = {
    "servers": [
        {"name": "a/b", "last_modified_date": "2026-11-28T14:02:11Z", "last_modified_by": "eve@example.com",
         "nics": [{"name": None, "lan": 1, "id": "n", "last_modified_date": "2026-11-29T00:00:00Z"}]},
    ]
}  # fmt: skip


def test_each_kind_of_difference_is_a_sentence() -> None:
    entry = {
        "name": "shop",
        "tree": TREE,
        "plan": plan(
            step("update", "servers/a/b", before={"ram": 1}, after={"ram": 2}),
            step("create", "lans/new"),
            step("start", "servers/a/b"),
            unmanaged=["servers/a/b/nics/lan 1"],
        ),
    }
    by_eve = "; changed 2026-11-28T14:02:11Z by eve@example.com"
    assert drift([entry]).splitlines() == [
        f"shop/servers/a/b: ram is 1, described as 2{by_eve}",
        "shop/lans/new: is described, but does not exist",
        f"shop/servers/a/b: needs start to match its description{by_eve}",
        "shop/servers/a/b/nics/lan 1: exists, but is not described; changed 2026-11-29T00:00:00Z",
    ]


def test_junit_has_a_case_for_each_difference_and_one_for_none() -> None:
    entry = {"name": "shop", "tree": {}, "plan": plan(step("create", "lans/a"), step("create", "lans/b"))}
    root = ElementTree.fromstring(drift([entry, {"name": "other", "plan": plan(), "tree": {}}], "junit"))
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    suites = {suite.get("name"): suite for suite in root}
    assert [case.get("name") for case in suites["shop"]] == ["lans/a missing", "lans/b missing"]
    (passed,) = suites["other"]
    assert passed.get("name") == "no drift" and list(passed) == []


@pytest.mark.parametrize("text", ODD)
def test_no_text_breaks_out(text: str) -> None:
    changed = step("update", f"servers/{text}", before={text: text}, after={text: "x"})
    entry = {"name": text, "tree": {}, "plan": plan(changed, unmanaged=[text])}
    assert len(drift([entry]).splitlines()) == 2
    root = ElementTree.fromstring(drift([entry], "junit"))
    assert root.get("failures") == "2"
    assert len(json.loads(drift([entry], "json"))["differences"]) == 2


@pytest.mark.parametrize(
    ("value", "format", "why"),
    [
        ({}, "text", "the input must be a list"),
        ([{}], "text", "each with a name"),
        ([{"name": "a", "plan": {}}], "text", "drift: the plan of a is not a plan"),
        ([], "xml", "format must be one of text, json, junit"),
    ],
)
def test_what_it_cannot_read_is_refused(value: Any, format: str, why: str) -> None:
    with pytest.raises(AnsibleFilterError, match=re.escape(why)):
        drift(value, format)
