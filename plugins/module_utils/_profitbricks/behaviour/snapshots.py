# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots: made of a volume, and restored onto one (contract sections 10.7 and 10.9)."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field, encode
from ..._engine.service import Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import VOLUME
from ..resources.images import SNAPSHOT

JSON_SINCE = 6  # before, the actions of volumes take forms


def _must_exist(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    if situation.state == "restored" and situation.have is None:
        raise NotFound(SNAPSHOT.label, "name", want["name"])


def _arrange(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if change.verb == "create":
        return _creation(situation, change)
    if situation.state == "restored":
        return [*writes, _restoration(situation)]
    return writes


def _creation(situation: Situation[Cloud], change: Change) -> list[Write]:
    """The call that makes one takes a few fields only; the others are set afterwards."""
    version, path = situation.cloud.version, _volume(situation, "create")
    taken = {"name", "description"} | ({"sec_auth_protection", "licence_type"} if version >= 5 else set())
    first = encode(SNAPSHOT.writable, {name: change.patch[name] for name in change.patch if name in taken})
    later = encode(
        SNAPSHOT.writable, {name: change.patch[name] for name in change.patch if name not in taken}
    )
    what = f"snapshot {change.patch['name']}"
    writes = [_action("create", what, f"{path}/create-snapshot", first, version)]
    if later:
        writes.append(Write("update", what, "PATCH", SNAPSHOT.item_path({}, "{id}"), later))
    return writes


def _restoration(situation: Situation[Cloud]) -> Write:
    have = situation.have or {}
    what, path = f"snapshot {have['name']}", f"{_volume(situation, 'restore')}/restore-snapshot"
    # Repeated, it changes nothing more.
    return _action("restore", what, path, {"snapshotId": have["id"]}, situation.cloud.version, safe=True)


def _action(
    verb: str, what: str, path: str, properties: dict[str, Any], version: int, safe: bool = False
) -> Write:
    if version >= JSON_SINCE:
        return Write(verb, what, "POST", path, {"properties": properties}, safe=safe)
    form = {name: _as_text(value) for name, value in properties.items() if value is not None}
    return Write(verb, what, "POST", path, form, safe=safe, form=True)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _volume(situation: Situation[Cloud], verb: str) -> str:
    """The path of the volume that the options name."""
    options = situation.options
    missing = [name for name in ("datacenter", "volume") if options.get(name) in (None, "")]
    if missing:
        name = (situation.have or options).get("name")
        raise InvalidOption(f"{', '.join(missing)}: needed to {verb} the snapshot {name}")
    place = situation.cloud.locate(VOLUME, {"datacenter": options["datacenter"], "name": options["volume"]})
    if place.item is None:
        raise NotFound(VOLUME.label, "volume", options["volume"], "the data center")
    return VOLUME.item_path(place.parents, place.item["id"])


SOURCE = (
    Field(
        "datacenter",
        help="Name or UUID of the data center of O(volume). Needed to create a snapshot, and for O(state=restored).",
    ),
    Field(
        "volume",
        help="Name or UUID of the volume that the snapshot is made of, or with O(state=restored) written onto. Needed for "
        "both, and not looked at otherwise.",
    ),
)


SNAPSHOTS = Kind(
    PROFITBRICKS,
    SNAPSHOT,
    options=SOURCE,
    states=(
        (
            "restored",
            "as V(present) for a snapshot that exists, and what it keeps is written onto O(volume), each time the task "
            "runs. All that is on the volume is lost. The task always says changed; in check mode it says so and does "
            "nothing",
        ),
    ),
    resolve=_must_exist,
    arrange=_arrange,
)
