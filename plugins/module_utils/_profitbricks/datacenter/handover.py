# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What changes hands within one plan: addresses, which are taken once they are free, and volumes that servers boot from.

Only NICs can share an address, as those of a failover group do (contract section 10.11); a gateway or a balancer takes one
that nothing else uses (10.30 to 10.32).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from ..._engine.plan.steps import Key, Step, needs
from ..._engine.schema.resource import Resource
from ..resources.servers import SERVER
from ..rules.reserved import ADDRESSED, ALONE, addresses_of, held
from ..rules.sending import sent

BOOT_DEVICES = frozenset({"boot_volume", "boot_cdrom"})


def in_turn(steps: Sequence[Step], holders: Mapping[str, str]) -> list[Step]:
    """The steps, each with a key of its own, in which what takes an address waits for what frees it, a volume leaves a
    server once that boots from something else, and another server boots from it once it has left. ``holders`` are the
    ids of the servers that volumes are attached to, by theirs.

    Those that would wait for each other do not. Whether they can exchange addresses is for the service to say; a server
    that its boot volume leaves has none until it gets the next.
    """
    first = defaultdict(list)
    for step, other in (*_taking(steps), *_leaving(steps), *_joining(steps, holders)):
        first[step.key].append(other.key)
    if not first:
        return list(steps)
    waits = needs(steps)
    found = []
    for step in steps:
        for key in first[step.key]:
            if not _way(waits, key, step.key):
                waits[step.key].add(key)
                step = step.but(waits_for=(*step.waits_for, key))
        found.append(step)
    return found


def _taking(steps: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """What takes an address, with what frees it."""
    free = _free(steps)
    return ((step, other) for step in steps if free for other in _before(step, free))


def _leaving(steps: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """What detaches a volume from a server, with what sets another boot device of that."""
    booting = {
        step.url: step
        for step in steps
        if step.verb == "update" and step.change and not BOOT_DEVICES.isdisjoint(step.change.patch)
    }
    for step in steps:
        if step.verb == "detach" and (other := booting.get(step.url[:-2])):
            yield step, other


def _joining(steps: Sequence[Step], holders: Mapping[str, str]) -> Iterator[tuple[Step, Step]]:
    """What makes a server boot from a volume, with what takes that from another: the end of this one as well."""
    free = {step.url[-1]: step for step in steps if step.verb == "detach" or _ends(step)}
    for step in steps if free else ():
        for volume in _ids(step.body, holders) if step.verb in ("attach", "create", "update") else ():
            for other in (free.get(volume), free.get(holders[volume])):
                if other:
                    yield step, other


def _ends(step: Step) -> bool:
    return step.verb == "delete" and step.resource.kind == SERVER.kind


def _ids(body: Any, known: Container[str]) -> Iterator[str]:
    """The known ids in what a step sends."""
    if isinstance(body, Mapping):
        body = body.values()
    elif isinstance(body, str):
        if body in known:
            yield body
        return
    elif not isinstance(body, (list, tuple)):
        return
    for each in body:
        yield from _ids(each, known)


def exchanges(steps: Sequence[Step]) -> Iterator[str]:
    """Objects that take addresses from each other, as `in_turn` left them."""
    free, waits = _free(steps), needs(steps)
    by_key = {step.key: step for step in steps}
    told = set()
    for step in steps:
        for other in _before(step, free):
            circle = [by_key[key] for key in _way(waits, other.key, step.key)]
            where = list(
                dict.fromkeys("/".join(each.path) for each in circle if each.resource.kind in ADDRESSED)
            )
            if len(where) > 1 and frozenset(where) not in told:
                told.add(frozenset(where))
                yield (
                    f"{' and '.join(where)} would exchange addresses, which the service may refuse; first give one of them "
                    "another address, or delete it, in a task of its own"
                )


def _free(steps: Sequence[Step]) -> dict[str, list[Step]]:
    """By address, the steps that free it."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        for ip in _freed(step):
            found[ip].append(step)
    return found


def _before(step: Step, free: Mapping[str, Sequence[Step]]) -> Iterator[Step]:
    """The other steps that free an address that a step takes, unless both share it."""
    for each in sent([step]):
        for ip in addresses_of(each):
            for other in free.get(ip, ()) if ip not in held(each.before) else ():
                if other.key != step.key and (each.kind in ALONE or other.resource.kind in ALONE):
                    yield other


def _freed(step: Step) -> set[str]:
    """The addresses that an object has before a step, and not after it."""
    if step.verb == "delete":
        return set(_within(step.resource, step.before or {}))
    change = step.change if step.verb == "update" and step.resource.kind in ADDRESSED else None
    return set(held(change.before)) - set(held(change.after)) if change else set()


def _within(resource: Resource, shown: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of an object and of all in it, as a step shows what it deletes."""
    if resource.kind in ADDRESSED:
        yield from held(shown)
    for child in resource.children:
        if isinstance(below := shown.get(child.name), Mapping):
            for each in below.values():
                yield from _within(child.resource, each)


def _way(waits: Mapping[Key, set[Key]], one: Key, other: Key) -> list[Key]:
    """The steps from one that waits for another to that, the shortest way; none where it does not wait for it."""
    ways, seen = [[one]], {one}
    for way in ways:
        if way[-1] == other:
            return way
        found = waits.get(way[-1], set()) - seen
        seen |= found
        ways += [[*way, key] for key in found]
    return []
