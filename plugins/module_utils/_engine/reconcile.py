# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deciding what would change: pure functions of plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import ImmutableField, InvalidOption
from .resource import Child, Resource


@dataclass(frozen=True)
class Change:
    """What one object needs: ``verb`` is create, update, delete or none.

    ``before`` and ``after`` are results (`Resource.decode`), ``after`` the predicted one; None where there is no
    object. ``patch`` holds the options to send: all of them to create, those that differ to update.
    ``nested`` holds the changes of listed children, ``deferred`` what can be sent only once the object exists.
    """

    resource: Resource
    verb: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    patch: Mapping[str, Any] = field(default_factory=dict)
    deferred: Mapping[str, Any] = field(default_factory=dict)
    nested: tuple[tuple[Child, Change], ...] = ()

    @property
    def changed(self) -> bool:
        return self.verb != "none" or any(change.changed for _child, change in self.nested)


def plan(
    resource: Resource,
    want: Mapping[str, Any] | None,
    have: Mapping[str, Any] | None,
    always: Collection[str] = (),
) -> Change:
    """What turns ``have`` (decoded, or None) into ``want`` (`Resource.want`, or None: it shall not exist).

    ``always`` names secret fields to be sent although they cannot be compared. Raises ImmutableField, and
    InvalidOption for a missing option or a number that may not shrink.
    """
    if want is None:
        return Change(resource, "delete" if have else "none", have, None)
    if have is None:
        return _creation(resource, want)
    moved = [
        f
        for f in resource.writable
        if f.name in want
        and (f.name in always or (f.compared and not f.same(want[f.name], have.get(f.name))))
    ]
    name = str(have.get(resource.identity) or have["id"])
    if frozen := [f for f in moved if not f.mutable]:
        raise ImmutableField(resource.label, name, [(f.name, have.get(f.name), want[f.name]) for f in frozen])
    for f in moved:
        if f.grows and want[f.name] is not None and have.get(f.name) and want[f.name] < have[f.name]:
            raise InvalidOption(
                f"{f.name}: the {resource.label} {name} has {have[f.name]} and can only grow, not become {want[f.name]}"
            )
    patch = {f.name: f.filled(want[f.name], have.get(f.name)) for f in moved}
    after = {**have, **{n: v for n, v in _predicted(resource, patch).items() if n in have}}
    nested = _nested(resource, want, have)
    for child, change in nested:
        if change.verb != "none":
            kept = [each for each in after[child.name] if each is not change.before]
            after[child.name] = [*kept, change.after]
    return Change(resource, "update" if patch else "none", have, after, patch, nested=nested)


def _creation(resource: Resource, want: Mapping[str, Any]) -> Change:
    want = {**{f.name: f.initial for f in resource.writable if f.initial is not None}, **want}
    missing = [f.name for f in resource.writable if f.needed and want.get(f.name) in (None, "")]
    if missing:
        raise InvalidOption(
            f"{', '.join(missing)}: needed to create the {resource.label}"
            + (f" {want[resource.identity]}" if want.get(resource.identity) else "")
        )
    for child, each in _listed(resource, want):
        plan(child.resource, each, None)
    deferred = {f.name: want[f.name] for f in resource.writable if f.name in want and not f.on_create}
    return Change(resource, "create", None, _predicted_new(resource, want), want, deferred)


def _predicted(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    """The result's form of options, as far as it can be known beforehand."""
    return {f.name: f.decode(f.encode(values[f.name])) for f in resource.writable if f.name in values}


def _predicted_new(resource: Resource, want: Mapping[str, Any]) -> dict[str, Any]:
    after = resource.decode({}, {})
    after.update({name: value for name, value in _predicted(resource, want).items() if name in after})
    for child in resource.children:
        after[child.name] = [_predicted_new(child.resource, each) for each in want.get(child.name) or ()]
    return after


def _nested(
    resource: Resource, want: Mapping[str, Any], have: Mapping[str, Any]
) -> tuple[tuple[Child, Change], ...]:
    """Changes of the listed children, paired by name; children that are not listed are left alone."""
    return tuple(
        (child, plan(child.resource, each, pick(child, each, have[child.name])))
        for child, each in _listed(resource, want)
    )


def _listed(resource: Resource, want: Mapping[str, Any]) -> Iterator[tuple[Child, Mapping[str, Any]]]:
    """The listed children, each known by a mark of its own: a rerun must find it again."""
    for child in resource.children:
        seen: list[tuple[str, Any]] = []
        for each in want.get(child.name) or ():
            mark = _mark(child, each)
            if (mark, each[mark]) in seen:
                raise InvalidOption(
                    f"{child.name}: the {child.resource.label} {each[mark]!r} is listed twice"
                )
            seen.append((mark, each[mark]))
            yield child, each


def _mark(child: Child, want: Mapping[str, Any]) -> str:
    """The field that a listed child is known by: its name, or its second mark when it has no name."""
    resource = child.resource
    for mark in (resource.identity, resource.fallback):
        if mark and want.get(mark) not in (None, ""):
            return mark
    raise InvalidOption(f"{child.name}: each {resource.label} needs a {resource.identity}")


def pick(
    child: Child, want: Mapping[str, Any], present: Collection[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The present child that a listed one means."""
    resource, mark = child.resource, _mark(child, want)
    found = [each for each in present if resource.by_name[mark].same(want[mark], each.get(mark))]
    if len(found) > 1:
        raise InvalidOption(
            f"{child.name}: {len(found)} {resource.label}s have {mark} {want[mark]!r}: "
            + ", ".join(str(each["id"]) for each in found)
        )
    return found[0] if found else None


def difference(
    resource: Resource, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, dict[str, Any]]:
    """What diff mode shows: the keys that differ; of a created or deleted object what an option could name."""
    if before is None or after is None:
        return {"before": _described(resource, before), "after": _described(resource, after)}
    keys = [key for key in after if before.get(key) != after[key]]
    return {"before": {key: before.get(key) for key in keys}, "after": {key: after[key] for key in keys}}


def _described(resource: Resource, result: Mapping[str, Any] | None) -> dict[str, Any]:
    if result is None:
        return {}
    named = [f.name for f in resource.shown if not f.read_only]
    described = {name: result[name] for name in ("id", *named) if result.get(name) not in (None, [], "")}
    for child in resource.children:
        if child.creatable and result.get(child.name):
            described[child.name] = [_described(child.resource, each) for each in result[child.name]]
        elif child.chosen and child.ids and result.get(child.name):
            described[child.name] = result[child.name]
    return described
