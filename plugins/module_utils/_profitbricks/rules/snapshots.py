# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots: made of a volume, and restored onto one (contract sections 10.7 and 10.9)."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Step, Url
from ..._engine.schema.field import encode
from ..._engine.service import Item, selector
from ..resources.datacenters import DATACENTER
from ..resources.images import SNAPSHOT
from ..resources.servers import VOLUME

JSON_SINCE = 6  # before, the actions of volumes take forms


class SnapshotRules(Rules):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        if facts.state == "restored" and have is None:
            raise NotFound(SNAPSHOT.label, "name", want["name"])
        return want

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        if at.change.verb == "create":
            return _creation(steps[0], at, facts)
        if facts.state == "restored":
            have = at.change.before or {}
            home = (*_volume(facts, "restore", have), "restore-snapshot")
            # Repeated, it changes nothing more.
            step = _action(at.step("restore", "POST", safe=True), {"snapshotId": have["id"]}, facts)
            return [*steps, step.but(url=home)]
        return steps


def _creation(first: Step, at: At, facts: Facts) -> list[Step]:
    """The call that makes one takes a few fields only; the others are set afterwards."""
    patch, home = at.change.patch, _volume(facts, "create", facts.options)
    taken = {"name", "description"} | (
        {"sec_auth_protection", "licence_type"} if facts.version >= 5 else set()
    )
    properties = encode(SNAPSHOT.writable, {name: patch[name] for name in patch if name in taken})
    later = encode(SNAPSHOT.writable, {name: patch[name] for name in patch if name not in taken})
    first = _action(first.but(url=(*home, "create-snapshot")), properties, facts)
    return [first, at.step("update", "PATCH", body=later)] if later else [first]


def _action(step: Step, properties: dict[str, Any], facts: Facts) -> Step:
    if facts.version >= JSON_SINCE:
        return step.but(body={"properties": properties})
    form = {name: _as_text(value) for name, value in properties.items() if value is not None}
    return step.but(body=form, form=True)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _volume(facts: Facts, verb: str, snapshot: Any) -> Url:
    """The path of the volume that the options name."""
    options = facts.options
    missing = [name for name in ("datacenter", "volume") if options.get(name) in (None, "")]
    if missing:
        raise InvalidOption(f"{', '.join(missing)}: needed to {verb} the snapshot {snapshot.get('name')}")
    datacenter = str(facts.id_of(DATACENTER.kind, "datacenter", options["datacenter"]))
    wanted = selector(VOLUME, "volume", options["volume"])
    parents = {DATACENTER.kind: datacenter}
    item = (
        facts.item(VOLUME, parents, wanted.value, depth=0)
        if wanted.by_id
        else wanted.pick(facts.items(VOLUME, parents, name=wanted.value))
    )
    if item is None:
        raise facts.missing(wanted, parents, "the data center")
    return ("datacenters", datacenter, "volumes", str(item["id"]))
