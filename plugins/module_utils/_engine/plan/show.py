# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Diffs: what a plan changes, for people."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import several
from ..schema.field import Field, is_uuid
from ..schema.resource import Child, Resource
from .facts import Facts
from .pairing import name_of
from .steps import Path, Step

NOTE = "#"  # the key of a comment
RESTARTS = {True: "restarts the server", False: "no restart"}

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


# -- a tree -------------------------------------------------------------------------------------------------------


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


def composition(step: Step) -> str:
    """How many objects of each kind a creation brings along, such as ``2 LANs, 1 server``; empty where it brings none."""
    kinds = Counter(_kind(step, path) for path in brought(step))
    return ", ".join(
        f"{number} {label if number == 1 else several(label)}" for label, number in kinds.items()
    )


def brought(step: Step) -> list[Path]:
    """The paths of what a creation brings along with its object: first what is in it, then what is in that."""
    paths = [path for path in step.creation.paths() if path != step.path] if step.creation else []
    return sorted(paths, key=len)


def _kind(step: Step, path: Path) -> str:
    resource = step.resource
    for collection in path[len(step.path) :: 2]:
        resource = next(child.resource for child in resource.children if child.name == collection)
    return resource.label


def tree_difference(root: Resource, steps: Iterable[Step]) -> dict[str, str]:
    """Before and after of a whole tree as YAML, in the form of a task and only what the steps change; empty texts for no
    steps.
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        _put(before, root, step.path, step.before)
        if step.restart is not None:
            _put(after, root, step.path, {NOTE: RESTARTS[step.restart]})
        _put(after, root, step.path, step.after)
    return {"before": to_yaml(_as_told(root, before)), "after": to_yaml(_as_told(root, after))}


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


def _put(tree: dict[str, Any], resource: Resource, path: Path, value: Mapping[str, Any] | None) -> None:
    if value is None:
        return
    here = tree
    for collection, name in zip(path[::2], path[1::2], strict=True):
        child = _child(resource, collection)
        if child is None:
            _put_member(here, collection, name, value)
            return
        resource = child.resource
        here = here.setdefault(collection, Listed()).setdefault(name, {})
    here.update(value)


def _child(resource: Resource, collection: str) -> Child | None:
    return next((each for each in resource.children if each.name == collection and each.creatable), None)


def _put_member(here: dict[str, Any], collection: str, name: str, value: Mapping[str, Any]) -> None:
    """What an option holds as values by key, or lists: by names alone, or as objects that are none of the service's."""
    if "value" in value:
        here.setdefault(collection, {})[name] = value["value"]
    else:
        here.setdefault(collection, []).append({"name": name, **value} if value else name)


def _as_told(resource: Resource, tree: Mapping[str, Any]) -> dict[str, Any]:
    """A tree with its collections as lists, as a task has them, in which each object says which one it is."""
    told = dict(tree)
    for child in resource.children:
        if isinstance(tree.get(child.name), Listed):
            told[child.name] = [
                {**_mark(child.resource, name, each), **_as_told(child.resource, each)}
                for name, each in tree[child.name].items()
            ]
    return told


def _mark(resource: Resource, name: str, each: Mapping[str, Any]) -> dict[str, Any]:
    """What tells which object is meant, where what is shown of it does not."""
    second = f"{resource.fallback} "
    if each.get(resource.identity) not in (None, ""):
        return {}
    if resource.fallback and name.startswith(second):
        return {} if resource.fallback in each else {resource.fallback: name.removeprefix(second)}
    return {"id" if is_uuid(name) else resource.identity: name}


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
