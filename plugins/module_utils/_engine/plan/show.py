# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Diffs: what a plan changes, for people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..resource import Field, Resource
from .pairing import Item, Node, name_of
from .steps import Path, Step, without_refs

NOTE = "#"  # the key of a comment
RESTARTS = {True: "restarts the server", False: "no restart"}

# -- values -------------------------------------------------------------------------------------------------------


def _tidy(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by option, and of what is in them only what is set, in one order: so no line differs without a reason."""
    below = {child.name: child.resource for child in resource.children}
    found = {}
    for name, value in values.items():
        field = resource.by_name.get(name)
        if field is not None:
            value = _set(field.options, value)
        elif name in below and isinstance(value, Mapping):
            value = {each: _tidy(below[name], one) for each, one in value.items()}
        found[name] = value
    return found


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
    was, will_be = {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
    return {"before": _tidy(resource, was), "after": _tidy(resource, will_be)}


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


# -- a tree -------------------------------------------------------------------------------------------------------


def shown_node(resource: Resource, want: Node) -> dict[str, Any]:
    """A new node as it is sent, without its secrets; collections by name."""
    visible = {f.name for f in resource.shown}
    whole = {**{f.name: f.initial for f in resource.writable if f.initial is not None}, **want}
    shown = {
        name: without_refs(value, str)
        for name, value in whole.items()
        if name in visible and value not in (None, [], "")
    }
    return {**shown, **_below(resource, want, shown_node)}


def shown_item(resource: Resource, have: Item) -> dict[str, Any]:
    """What a description could say of a present object; collections by name."""
    return {**_named(resource, have), **_below(resource, have, shown_item)}


def _below(
    resource: Resource, each: Mapping[str, Any], show: Callable[[Resource, dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    return {
        child.name: {name_of(child.resource, one): show(child.resource, one) for one in each[child.name]}
        for child in resource.children
        if child.creatable and each.get(child.name)
    }


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


def tree_difference(steps: Iterable[Step]) -> dict[str, str]:
    """Before and after of a whole tree as YAML, only what the steps change; empty texts for no steps."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        _put(before, step.path, step.before and _tidy(step.resource, step.before))
        if step.restart is not None:
            _put(after, step.path, {NOTE: RESTARTS[step.restart]})
        _put(after, step.path, step.after and _tidy(step.resource, step.after))
    return {"before": to_yaml(before), "after": to_yaml(after)}


def _put(tree: dict[str, Any], path: Path, value: Mapping[str, Any] | None) -> None:
    if value is None:
        return
    here: dict[str, Any] = tree
    for part in path:
        here = here.setdefault(part, {})
    here.update(value)


PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./ -]*(?<! )")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "none"}


def to_yaml(value: Any, indent: str = "") -> str:
    """Block YAML of plain values, without a library that a module's Python may lack; an empty mapping is no text."""
    lines: list[str] = []
    for name, each in value.items():
        if name == NOTE and isinstance(each, str):
            lines.append(f"{indent}# {each}\n")
        elif isinstance(each, Mapping) and each:
            lines.append(f"{indent}{_scalar(name)}:\n{to_yaml(each, indent + '  ')}")
        elif isinstance(each, list) and each:
            lines.append(f"{indent}{_scalar(name)}:\n")
            lines += [_entry(one, indent + "  ") for one in each]
        else:
            lines.append(f"{indent}{_scalar(name)}: {_scalar(each)}\n")
    return "".join(lines)


def _entry(value: Any, indent: str) -> str:
    if isinstance(value, Mapping) and value:
        return f"{indent}- {to_yaml(value, indent + '  ')[len(indent) + 2 :]}"
    return f"{indent}- {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    """Plain where that is surely text, else quoted; what is no text as JSON, which YAML reads too."""
    if not isinstance(value, str):
        return json.dumps(value)
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    return (
        '"'
        + "".join(ESCAPES.get(each, each if each.isprintable() else f"\\U{ord(each):08x}") for each in value)
        + '"'
    )
