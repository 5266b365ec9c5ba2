# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deciding what one object needs by itself: pure functions of plain data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import ImmutableField, InvalidOption
from ..schema.field import encode
from ..schema.resource import Resource


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """What one object needs: ``verb`` is create, update, delete or none.

    ``before`` and ``after`` are results (`Resource.decode`), ``after`` the predicted one; None where there is no
    object. ``patch`` holds the options to send: all of them to create, those that differ to update. ``deferred`` is
    what can be sent only once the object exists.
    """

    resource: Resource
    verb: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    patch: Mapping[str, Any] = field(default_factory=dict)
    deferred: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return self.verb != "none"


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
        raise ImmutableField(
            resource.label,
            name,
            [(f.name, f.measured(have.get(f.name)), f.measured(want[f.name])) for f in frozen],
        )
    for f in moved:
        if f.grows and want[f.name] is not None and have.get(f.name) and want[f.name] < have[f.name]:
            raise InvalidOption(
                f"{f.name}: the {resource.label} {name} has {f.measured(have[f.name])} and can only grow, not shrink to {f.measured(want[f.name])}"
            )
    patch = {f.name: f.filled(want[f.name], have.get(f.name)) for f in moved}
    after = {**have, **{n: v for n, v in _predicted(resource, patch).items() if n in have}}
    return Change(resource, "update" if patch else "none", have, after, patch)


def _creation(resource: Resource, want: Mapping[str, Any]) -> Change:
    want = {**{f.name: f.initial for f in resource.writable if f.initial is not None}, **want}
    missing = [f.name for f in resource.writable if f.needed and want.get(f.name) in (None, "")]
    if missing:
        raise InvalidOption(
            f"{', '.join(missing)}: needed to create the {resource.label}"
            + (f" {want[resource.identity]}" if want.get(resource.identity) else "")
        )
    deferred = {f.name: want[f.name] for f in resource.writable if f.name in want and not f.on_create}
    after = resource.decode({}, {})
    after.update({name: value for name, value in _predicted(resource, want).items() if name in after})
    return Change(resource, "create", None, after, want, deferred)


def _predicted(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    """The result's form of options, as far as it can be known beforehand."""
    return {f.name: f.decode(f.encode(values[f.name])) for f in resource.writable if f.name in values}


def update_body(change: Change, parents: Mapping[str, Any]) -> dict[str, Any]:
    """What an update sends of an object."""
    resource, before = change.resource, change.before or {}
    if resource.update_method == "PATCH":
        # An object within the properties goes whole: the service does not merge.
        parts = {f.wire_path[0] for f in resource.writable if f.name in change.patch and len(f.wire_path) > 1}
        more = [f.name for f in resource.writable if len(f.wire_path) > 1 and f.wire_path[0] in parts]
        kept = {name: before.get(name) for name in (*resource.repeats, *more)}
        return encode(resource.writable, {**_known(kept), **change.patch})
    # PUT replaces: what is not sent would be reset (contract section 10.17).
    kept = {
        f.name: before.get(f.name)
        for f in resource.writable
        if f.compared and (f.mutable or resource.replaceable)
    }
    fields = encode(resource.writable, {**_known(kept), **change.patch})
    return resource.wrap({**resource.ownership(parents), **fields})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
