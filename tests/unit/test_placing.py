# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections that several kinds of objects have, objects without a name, and what only newer versions know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import Ref
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.service import own_selector
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import id_field, parent_fields
from unit.mounted import Mounted
from unit.planned import plan_of

PARK = Resource("park", "parks", "park", (Field("name"),))
TREE = Resource("tree", "parks/{park}/trees", "tree", (Field("name"),))
HOUSE = Resource("house", "houses", "house", (Field("name"),))
SIGN = Resource(
    "sign",
    "parks/{park}/signs",
    "sign",
    (Field("kind", beside=True, read_only=True), Field("text")),
    elsewhere=("houses/{house}/signs", "parks/{park}/trees/{tree}/signs"),
    identity="text",
    since=6,
)
RESOURCES = {each.kind: each for each in (PARK, TREE, HOUSE, SIGN)}


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"park": "p"}, "parks/{park}/signs"),
        ({"park": "p", "tree": "t", "text": "x"}, "parks/{park}/trees/{tree}/signs"),
        ({"house": "h", "park": "", "tree": None}, "houses/{house}/signs"),
    ],
)
def test_the_named_parents_say_which_collection_is_meant(options: dict[str, str], path: str) -> None:
    placed = SIGN.placed(options)
    assert placed.path == path and sorted(placed.paths) == sorted(SIGN.paths)
    assert set(placed.decode({}, {})) == set(SIGN.decode({}, {}))
    # Once more from there, with other options.
    assert placed.placed({"park": "p"}).path == "parks/{park}/signs"


def test_other_combinations_of_parents_are_refused() -> None:
    with pytest.raises(
        InvalidOption, match="^tree: say what the sign belongs to with one of these: tree with"
    ):
        SIGN.placed({"tree": "t"})
    with pytest.raises(InvalidOption, match="^house, park: "):
        SIGN.placed({"house": "h", "park": "p"})


def test_a_resource_with_one_collection_is_always_there() -> None:
    assert TREE.placed({"house": "h"}) is TREE


def test_the_result_says_the_ids_of_all_that_may_be_above() -> None:
    result = SIGN.decode({"id": "1", "kind": "wooden", "properties": {"text": "x"}}, {"house": "h"})
    assert result == {
        "id": "1",
        "kind": "wooden",
        "text": "x",
        "park_id": None,
        "tree_id": None,
        "house_id": "h",
    }


def test_a_parent_that_is_not_always_above_need_not_be_named() -> None:
    fields = {field.name: field for field in parent_fields(RESOURCES, SIGN)}
    assert set(fields) == {"park", "tree", "house"} and not any(each.required for each in fields.values())
    assert fields["park"].help == "Name or UUID of the park of the tree or the sign. It must exist."
    (everywhere,) = parent_fields(RESOURCES, replace(SIGN, elsewhere=("parks/{park}/notices",)))
    assert everywhere.required


@pytest.mark.parametrize(("version", "known"), [(5, False), (6, True)])
def test_what_only_newer_versions_know(version: int, known: bool) -> None:
    if known:
        SIGN.exists_in(version)
        return
    with pytest.raises(
        InvalidOption, match="^api_url: the service has signs from version 6 of its API on, .* version 5"
    ):
        SIGN.exists_in(version)


def test_the_only_one_needs_no_name() -> None:
    lone = replace(HOUSE, lone=True, identity="")
    wanted = own_selector(lone, {})
    assert wanted.pick([]) is None
    assert wanted.pick([{"id": "1"}]) == {"id": "1"}
    with pytest.raises(AmbiguousName, match="^id: 2 houses match 'any'; name one by its id: 1, 2"):
        wanted.pick([{"id": "2"}, {"id": "1"}])
    with pytest.raises(InvalidOption, match="^name or id: give one of them, to say which house is meant"):
        own_selector(HOUSE, {})
    assert "By default the only one is meant" in str(id_field(lone).help)
    assert "Only needed to change" in str(id_field(HOUSE).help) and "needed to change" not in str(
        id_field(lone).help
    )


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"open": False}), ("PUT", None)])
def test_what_the_service_takes_later_is_sent_in_its_own_way(
    method: str, body: dict[str, Any] | None
) -> None:
    shop = replace(
        HOUSE, update_method=method, fields=(Field("name"), Field("open", "bool", on_create=False))
    )
    create, update = plan_of(shop, {"name": "a", "open": False}, None).steps
    assert create.body == {"properties": {"name": "a"}}
    assert (update.method, update.url) == (method, ("houses", Ref(())))
    assert update.body == (body or {"properties": {"name": "a", "open": False}})


@pytest.mark.parametrize(("most", "count", "calls"), [(0, 5, 3), (1, 1, 1), (2, 2, 1), (3, 3, 2), (9, 5, 3)])
def test_no_more_of_a_list_is_read_than_is_wanted(most: int, count: int, calls: int) -> None:
    mounted = Mounted()
    for number in range(5):
        mounted.run("datacenter", name=f"dc{number}", location="de/fra")
    mounted.service.settings.page_limit = 2
    mounted.service.journal.clear()
    paged = replace(HOUSE, path="datacenters", page_limit=1000)
    assert len(mounted.cloud.items(paged, {}, most=most)) == count
    assert len(mounted.calls) == calls
