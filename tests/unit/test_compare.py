# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deciding what would change: tables, and the property that a change carried out leaves nothing to do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    CloudError,
    ImmutableField,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.compare import Change, plan
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.planner import Plan
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.show import difference
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import Step
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.comparison import as_set
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import (
    Child,
    Resource,
)
from catalogue import KINDS as ALL
from unit.planned import plan_of

RESOURCES = {
    kind.resource.kind: kind.resource for kind in ALL.values() if kind.provider.name == "profitbricks"
}

WHEEL = Resource(
    "wheel",
    "cars/{car}/wheels",
    "wheel",
    (
        Field("name"),
        Field("place", "int"),
        Field("width", "int", needed=True),
        Field("secret", secret=True),
        Field("rim", mutable=False),
    ),
    fallback="place",
)
CAR = Resource(
    "car",
    "cars",
    "car",
    (
        Field("name"),
        Field("colour", needed=True),
        Field("doors", "int", mutable=False),
        Field("seats", "int", grows=True),
        Field("tags", "list", compare=as_set),
        Field("note", nullable=True),
        Field("pin", secret=True),
        Field("papers", write_only=True),
        Field("owners", "list", on_create=False),
        Field("mileage", "int", read_only=True),
    ),
    children=(Child("wheels", "wheels", WHEEL, creatable=True),),
)
HAVE: dict[str, Any] = {
    "id": "C",
    "name": "bee",
    "colour": "blue",
    "doors": 4,
    "seats": 2,
    "tags": ["old", "fast"],
    "note": "n",
    "owners": [],
    "mileage": 9,
    "wheels": [
        {"id": "W1", "name": "left", "place": 1, "width": 20, "rim": "steel", "car_id": "C"},
        {"id": "W2", "name": None, "place": 2, "width": 20, "rim": "steel", "car_id": "C"},
    ],
}


def wheel(plan: Plan) -> Step | None:
    """The only step, which is about a wheel."""
    (step,) = plan.steps or (None,)
    assert step is None or step.resource is WHEEL
    return step


# -- one object ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("want", "verb", "patch"),
    [
        ({}, "none", {}),
        ({"name": "bee"}, "none", {}),
        ({"colour": "blue", "doors": 4, "seats": 2}, "none", {}),
        ({"tags": ["fast", "old"]}, "none", {}),
        ({"pin": "1234"}, "none", {}),
        ({"papers": "p"}, "none", {}),
        ({"colour": "red"}, "update", {"colour": "red"}),
        ({"colour": "red", "seats": 2}, "update", {"colour": "red"}),
        ({"seats": 3}, "update", {"seats": 3}),
        ({"tags": ["fast"]}, "update", {"tags": ["fast"]}),
        ({"tags": []}, "update", {"tags": []}),
        ({"note": ""}, "update", {"note": ""}),
        ({"note": None}, "update", {"note": None}),
        ({"owners": ["ada"]}, "update", {"owners": ["ada"]}),
    ],
)
def test_an_existing_object_is_patched_with_what_differs(
    want: dict[str, Any], verb: str, patch: dict[str, Any]
) -> None:
    change = plan(CAR, want, HAVE)
    assert (change.verb, dict(change.patch), change.changed) == (verb, patch, verb != "none")
    assert change.before == HAVE


def test_the_prediction_of_an_update_keeps_all_the_rest() -> None:
    change = plan(CAR, {"colour": "red", "note": "", "pin": "1234"}, HAVE)
    assert change.after == {**HAVE, "colour": "red", "note": None}


@pytest.mark.parametrize(
    ("have", "verb", "changed"), [(HAVE, "delete", True), (None, "none", False)], ids=["there", "gone"]
)
def test_an_unwanted_object_is_deleted_once(have: dict[str, Any] | None, verb: str, changed: bool) -> None:
    change = plan(CAR, None, have)
    assert (change.verb, change.changed, change.after) == (verb, changed, None)


def test_a_missing_object_is_created_with_all_that_is_wanted() -> None:
    want = {"name": "bee", "colour": "blue", "pin": "1234", "papers": "p", "owners": ["ada"]}
    change = plan(CAR, want, None)
    assert (change.verb, change.changed, change.before) == ("create", True, None)
    assert change.patch == want
    assert change.deferred == {"owners": ["ada"]}
    assert change.after == {
        **{key: None for key in HAVE},
        "name": "bee",
        "colour": "blue",
        "owners": ["ada"],
        "tags": [],
        "wheels": [],
    }
    assert plan_of(CAR, want, None).steps[0].body == {
        "properties": {"name": "bee", "colour": "blue", "pin": "1234", "papers": "p"}
    }


@pytest.mark.parametrize(
    "want", [{"name": "bee"}, {"name": "bee", "colour": ""}, {"name": "bee", "colour": None}]
)
def test_what_creation_needs_is_named(want: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption, match="^colour: needed to create the car bee$"):
        plan(CAR, want, None)


def test_an_existing_object_needs_nothing() -> None:
    assert plan(CAR, {"name": "bee"}, HAVE).verb == "none"


def test_a_secret_is_sent_again_only_on_demand() -> None:
    assert plan(CAR, {"pin": "1234"}, HAVE, always=("pin",)).patch == {"pin": "1234"}
    assert plan(CAR, {"colour": "blue"}, HAVE, always=("pin",)).verb == "none"


def test_a_fixed_field_is_an_error_with_both_values_and_the_way_out() -> None:
    with pytest.raises(ImmutableField) as caught:
        plan(CAR, {"doors": 5, "colour": "red"}, HAVE)
    text = str(caught.value)
    assert "doors (is 4, wanted 5)" in text and "car bee" in text and "state=absent" in text
    assert "colour" not in text


def test_a_growing_number_may_stay_or_grow_and_not_shrink() -> None:
    assert plan(CAR, {"seats": 2}, HAVE).verb == "none"
    assert plan(CAR, {"seats": 9}, HAVE).patch == {"seats": 9}
    assert plan(CAR, {"seats": 1}, {**HAVE, "seats": None}).patch == {"seats": 1}
    with pytest.raises(InvalidOption, match="^seats: the car bee has 2 and can only grow, not shrink to 1$"):
        plan(CAR, {"seats": 1}, HAVE)


# -- nested objects -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "verb", "patch"),
    [
        ({"name": "left"}, "none", {}),
        ({"name": "left", "width": 20}, "none", {}),
        ({"name": "left", "width": 25}, "update", {"width": 25}),
        ({"place": 2, "width": 25}, "update", {"width": 25}),
        ({"name": "spare", "width": 25}, "create", {"name": "spare", "width": 25}),
        ({"place": 3, "width": 25}, "create", {"place": 3, "width": 25}),
    ],
)
def test_a_listed_child_is_known_by_name_or_second_mark(
    listed: dict[str, Any], verb: str, patch: dict[str, Any]
) -> None:
    step = wheel(plan_of(CAR, {"wheels": [listed]}, HAVE))
    if verb == "none":
        assert step is None
    else:
        assert step and step.change and (step.verb, dict(step.change.patch)) == (verb, patch)


def test_children_that_are_not_listed_are_left_alone() -> None:
    assert plan_of(CAR, {"wheels": []}, HAVE).steps == ()
    after = plan_of(CAR, {"wheels": [{"name": "left", "width": 25}]}, HAVE).after
    assert after is not None
    assert sorted((each["id"], each["width"]) for each in after["wheels"]) == [("W1", 25), ("W2", 20)]


def test_a_new_child_is_part_of_the_prediction() -> None:
    after = plan_of(CAR, {"wheels": [{"name": "spare", "width": 25, "secret": "s"}]}, HAVE).after
    assert after is not None and len(after["wheels"]) == 3
    assert {
        "id": None,
        "name": "spare",
        "place": None,
        "width": 25,
        "rim": None,
        "car_id": None,
    } in after["wheels"]
    assert len(HAVE["wheels"]) == 2


def test_children_are_created_along_with_their_parent() -> None:
    plan = plan_of(CAR, {"name": "bee", "colour": "blue", "wheels": [{"name": "left", "width": 1}]}, None)
    (step,) = plan.steps
    assert step.body["entities"] == {"wheels": {"items": [{"properties": {"name": "left", "width": 1}}]}}
    assert plan.after is not None and plan.after["wheels"][0]["width"] == 1


def test_what_a_child_needs_is_named_before_anything_is_created() -> None:
    with pytest.raises(InvalidOption, match="wheels/left: width: needed to create the wheel left"):
        plan_of(CAR, {"name": "bee", "colour": "blue", "wheels": [{"name": "left"}]}, None)
    with pytest.raises(InvalidOption, match="wheels/spare: width: needed to create the wheel spare"):
        plan_of(CAR, {"wheels": [{"name": "spare"}]}, HAVE)


def test_a_fixed_field_of_a_child_is_an_error_too() -> None:
    with pytest.raises(ImmutableField, match="wheel left.*rim"):
        plan_of(CAR, {"wheels": [{"name": "left", "rim": "wood"}]}, HAVE)


def test_a_child_that_nothing_names_is_an_error() -> None:
    with pytest.raises(InvalidOption, match="wheels: each wheel needs a name"):
        plan_of(CAR, {"wheels": [{"width": 3}]}, HAVE)


def test_an_ambiguous_child_is_an_error_that_lists_the_ids() -> None:
    have = {**HAVE, "wheels": [{**HAVE["wheels"][0], "id": each} for each in ("W1", "W9")]}
    with pytest.raises(AmbiguousName, match="wheels: 2 wheels match 'left'; name one by its id: W1, W9"):
        plan_of(CAR, {"wheels": [{"name": "left"}]}, have)


# -- difference ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ({"colour": "red", "seats": 2}, {"colour": "red", "seats": 3}, ({"seats": 2}, {"seats": 3})),
        ({"colour": "red"}, {"colour": "red"}, ({}, {})),
        ({"tags": []}, {"tags": ["x"]}, ({"tags": []}, {"tags": ["x"]})),
        (None, None, ({}, {})),
    ],
    ids=["changed", "same", "list", "absent"],
)
def test_the_difference_holds_what_differs_alone(before: Any, after: Any, shown: tuple[Any, Any]) -> None:
    assert difference(CAR, before, after) == {"before": shown[0], "after": shown[1]}


def test_the_difference_of_a_new_or_deleted_object_holds_what_options_can_name() -> None:
    described = {
        "id": "C",
        "name": "bee",
        "colour": "blue",
        "doors": 4,
        "seats": 2,
        "tags": ["old", "fast"],
        "note": "n",
        "wheels": [
            {"id": "W1", "name": "left", "place": 1, "width": 20, "rim": "steel"},
            {"id": "W2", "place": 2, "width": 20, "rim": "steel"},
        ],
    }
    assert difference(CAR, None, HAVE) == {"before": {}, "after": described}
    assert difference(CAR, HAVE, None) == {"before": described, "after": {}}


# -- the property -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["", "a", "A", "b", "web-01"])
KINDS = {**RESOURCES, "car": CAR}
# Quick: a found case is not made smaller.
QUICK = settings(
    max_examples=25,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "str": WORDS,
    "raw": WORDS,
    "int": st.integers(0, 5),
    "float": st.integers(0, 5).map(float),
    "bool": st.booleans(),
    "dict": st.dictionaries(WORDS, WORDS, max_size=2),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    """Values that Ansible may hand over for an option."""
    if field.options:
        entry = st.fixed_dictionaries({each.name: values(each) for each in field.options})
        apart = (lambda each: tuple(str(each[key]).lower() for key in field.keys)) if field.keys else None
        return st.lists(entry, max_size=2, unique_by=apart) if field.type == "list" else entry
    if field.type == "list":
        return st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True)
    known = field.choices or field.growing
    choices = st.sampled_from(known) if known else SIMPLE[field.type]
    return choices | st.none() if field.nullable else choices


def wants(resource: Resource) -> st.SearchStrategy[dict[str, Any]]:
    """Wanted fields of one object, with nested ones of different names."""
    fields = {f.name: values(f) for f in resource.writable if not f.needed}
    needed = {
        f.name: values(f).filter(lambda value: value not in ("", None)) for f in resource.writable if f.needed
    }
    nested = {
        child.name: st.lists(wants(child.resource), max_size=2).map(_renamed)
        for child in resource.children
        if child.creatable
    }
    return st.fixed_dictionaries(needed, optional={**fields, **nested})


def _renamed(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**child, "name": f"child-{number}"} for number, child in enumerate(children)]


def haves(resource: Resource) -> st.SearchStrategy[dict[str, Any]]:
    """What the service may show of an object."""
    shown = {f.name: _shown(f) for f in resource.shown}
    above = {f"{kind}_id": st.just("P") for kind in resource.parents}
    below = {
        child.name: st.just([]) if child.ids else st.lists(haves(child.resource), max_size=2).map(_identified)
        for child in resource.children
    }
    return st.fixed_dictionaries({"id": st.just("I"), **shown, **above, **below})


def _shown(field: Field) -> st.SearchStrategy[Any]:
    return values(field).map(lambda value: field.decode(field.encode(value)))


def _identified(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "id": f"I{number}", "name": f"child-{number}"} for number, each in enumerate(children)]


def carried_out(after: dict[str, Any] | None) -> dict[str, Any]:
    """What the service shows after the change: the prediction, with ids for what is new."""
    assert after is not None
    nested = {
        name: [carried_out({**each, "id": each["id"] or f"NEW{place}"}) for place, each in enumerate(value)]
        for name, value in after.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and "id" in value[0]
    }
    return {**after, **nested, "id": after["id"] or "NEW"}


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(data=st.data())
def test_what_was_created_needs_nothing_more(kind: str, data: st.DataObject) -> None:
    resource = KINDS[kind]
    want = data.draw(wants(resource))
    try:
        planned = plan_of(resource, want, None)
    except CloudError:
        reject()
    again = plan_of(resource, want, carried_out(planned.after))
    assert again.steps == ()


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(data=st.data())
def test_what_was_updated_needs_nothing_more(kind: str, data: st.DataObject) -> None:
    resource = KINDS[kind]
    have, want = data.draw(haves(resource)), data.draw(wants(resource))
    # What cannot change is mostly wanted as it is: two drawn at random seldom agree.
    if data.draw(st.integers(0, 4)):
        want |= {f.name: f.named(have[f.name]) for f in resource.writable if not f.mutable and f.name in want}
    try:
        planned = plan_of(resource, want, have)
    except CloudError:
        reject()
    for step in planned.steps:
        assert step.path or set((step.change or CHANGELESS).patch) <= set(want)
    again = plan_of(resource, want, carried_out(planned.after))
    assert again.steps == ()
    assert difference(resource, have, planned.after)["after"] or not planned.steps


CHANGELESS = Change(CAR, "none", None, None)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(data=st.data())
def test_wanting_what_is_there_needs_nothing(kind: str, data: st.DataObject) -> None:
    have = data.draw(haves(KINDS[kind]))
    want = {f.name: f.named(have[f.name]) for f in KINDS[kind].writable if f.name in have}
    assert plan(KINDS[kind], want, have).verb == "none"
