# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan changes in a whole tree, for people: as YAML, and in a line for each step."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import several
from ..schema.field import is_uuid
from ..schema.resource import Child, Resource
from .show import Listed
from .steps import Path, Ref, Step

NOTE = "#"  # the key of a comment
RESTARTS = {True: "restarts the server", False: "no restart"}

# -- steps --------------------------------------------------------------------------------------------------------


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


# -- diffs --------------------------------------------------------------------------------------------------------


def tree_difference(root: Resource, steps: Iterable[Step]) -> dict[str, str]:
    """Before and after of a whole tree as YAML, in the form of a task and only what the steps change; empty texts for no
    steps.
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        # Nothing was there of what the plan itself creates.
        if not any(isinstance(part, Ref) for part in step.url):
            _put(before, root, step.path, step.before)
        if step.restart is not None:
            _put(after, root, step.path, {NOTE: RESTARTS[step.restart]})
        _put(after, root, step.path, step.after)
    return {"before": to_yaml(_as_told(root, before)), "after": to_yaml(_as_told(root, after))}


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


# -- YAML ---------------------------------------------------------------------------------------------------------

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
