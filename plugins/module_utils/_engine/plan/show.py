# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan changes, for people: the diff of one object, and the values that steps show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..schema.field import Field
from ..schema.resource import Resource
from .facts import Facts
from .pairing import name_of

# -- values -------------------------------------------------------------------------------------------------------


def _tidy(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by option, and of what is in them only what is set, in one order: so no line differs without a reason."""
    fields = {name: resource.by_name[name].options if name in resource.by_name else () for name in values}
    return {name: _set(fields[name], value) for name, value in values.items()}


def _set(fields: Sequence[Field], value: Any) -> Any:
    """What is set of a value that consists of fields."""
    if isinstance(value, list):
        return [_set(fields, each) for each in value]
    if not fields or not isinstance(value, Mapping):
        return value
    said = {f.name: _set(f.options, value.get(f.name)) for f in fields}
    return {name: each for name, each in said.items() if each not in (None, [], {}, "")}


# -- one object ---------------------------------------------------------------------------------------------------


def difference(
    resource: Resource, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, dict[str, Any]]:
    """What diff mode shows of one object: the keys that differ; of a created or deleted one what an option could name."""
    if before is None or after is None:
        return {"before": _described(resource, before), "after": _described(resource, after)}
    keys = [key for key in after if before.get(key) != after[key]]
    if before.get("id") and after.get("id", ...) is None:
        # What is made anew: all that the service says of it is yet to come.
        named = {"id", *(field.name for field in resource.writable)}
        keys = [key for key in keys if key in named]
    was, will_be = {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
    return {"before": _tidy(resource, was), "after": _tidy(resource, will_be)}


def titled(
    diff: dict[str, Any],
    resource: Resource,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """A diff under the name of its object, as it was and as it will be, where they differ at all."""
    if diff["before"] == diff["after"]:
        return diff
    one, other = (
        f"{resource.label} {name_of(resource, each or {})}".rstrip()
        for each in (before or after, after or before)
    )
    return {**diff, "before_header": one, "after_header": other}


def _described(resource: Resource, result: Mapping[str, Any] | None) -> dict[str, Any]:
    if result is None:
        return {}
    described = {name: result[name] for name in ("id",) if result.get(name)} | _named(resource, result)
    for child in resource.children:
        if child.creatable and result.get(child.name):
            described[child.name] = [_described(child.resource, each) for each in result[child.name]]
        elif child.chosen and child.ids and result.get(child.name):
            described[child.name] = result[child.name]
    return described


def _named(resource: Resource, result: Mapping[str, Any]) -> dict[str, Any]:
    """What an option could name of a present object."""
    named = [f.name for f in resource.shown if not f.read_only]
    return _tidy(resource, {name: result[name] for name in named if result.get(name) not in (None, [], "")})


# -- what steps show ----------------------------------------------------------------------------------------------


class Listed(dict[str, Any]):
    """The objects of a collection, by what a path calls them."""


def in_words(fields: Iterable[Field], values: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The values of options with the names of other objects in place of their ids, as far as these are known."""
    by_name = {field.name: field for field in fields}
    return {name: _in_words(by_name[name], value, facts) for name, value in values.items() if name in by_name}


def _in_words(field: Field, value: Any, facts: Facts) -> Any:
    if isinstance(value, list):
        return [_in_words(field, each, facts) for each in value]
    if field.options and isinstance(value, Mapping):
        return in_words(field.options, _set(field.options, value), facts)
    return facts.in_words(field.refers, value)


def sealed(resource: Resource, want: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The names of the options of a node, and of all in it, whose values nothing may show."""
    shown = {field.name for field in resource.shown}
    for field in resource.writable:
        if field.name in want and field.name not in shown and not field.hidden:
            yield f"{above}{field.name}"
    for child in resource.children:
        for each in (want.get(child.name) or ()) if child.creatable else ():
            place = str(each.get(child.resource.identity) or "")
            yield from sealed(child.resource, each, f"{above}{child.name}/{place}/")
