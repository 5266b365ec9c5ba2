# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names: one of a kind in a network, and of networks in a group, in which case does not matter (contract section 3.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.steps import Key, Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item

if TYPE_CHECKING:
    from .facts import NetworkFacts

AGAIN = "and the case of names does not matter"
ROUTER = "Router"  # the type of the endpoint that belongs to an edge router


def check_name(resource: Resource, want: Node, have: Item | None, facts: Facts) -> None:
    """Refuse a new name that something else of the kind has, or will have. Raises InvalidOption."""
    name = str(want.get("name") or "")
    if not name or (have is not None and name.lower() == str(have["name"]).lower()):
        return
    for other in cast("NetworkFacts", facts).namesakes(resource, name, have):
        if other.get("typeId") == ROUTER:
            raise InvalidOption(
                f"name: this is the name of the endpoint of the edge router {other['name']!r}"
            )
        where = "network group" if "network_group_id" in (have or {}) else "network"
        raise InvalidOption(f"name: the {where} has another {resource.label} {other['name']!r}, {AGAIN}")


def check_config_names(want: Node, have: Item | None, facts: Facts) -> None:
    """The same for the configurations of a service. Raises InvalidOption."""
    present = {str(each["name"]).lower() for each in (have or {}).get("configs") or ()}
    seen: set[str] = set()
    for each in want.get("configs") or ():
        name = str(each["name"]).lower()
        if name in seen:
            raise InvalidOption(f"configs: name {each['name']!r} is listed twice, {AGAIN}")
        seen.add(name)
        for other in cast("NetworkFacts", facts).other_configs(name, have) if name not in present else ():
            raise config_taken(str(other["name"]))


def config_taken(name: str, service: str = "") -> InvalidOption:
    """For the name of another configuration in the network, whose service the plan may know."""
    owner = f"the service {service!r}" if service else "the network"
    return InvalidOption(f"configs: a configuration of {owner} has the name {name!r} already")


def name_waits(steps: Sequence[Step]) -> dict[Key, Key]:
    """What has to wait until another call has given up the name that it takes: each by the key of that call.

    Raises InvalidOption where calls wait for each other.
    """
    frees = {(place, name): step.key for step in steps for place, name in _freed(step)}
    waits = {
        step.key: frees[taken]
        for step in steps
        for taken in _taken(step)
        if frees.get(taken, step.key) != step.key
    }
    for key in waits:
        before = ahead(waits, key)
        if key in before:
            names = ", ".join(repr(_named(each)) for each in (key, *before[:-1]))
            raise InvalidOption(
                f"name: {names} would exchange names, which the service cannot do in one step; first give one of "
                "them another name, in a task of its own"
            )
    return waits


def ahead(waits: Mapping[Key, Key], key: Key) -> list[Key]:
    """What a call waits for, the next one first; the call itself comes last if it waits for itself."""
    found: dict[Key, None] = {}
    while (following := waits.get(key)) is not None and following not in found:
        found[following] = None
        key = following
    return list(found)


def queued(steps: Sequence[Step]) -> list[Step]:
    """Calls in an order in which each finds the name free that it takes. Raises InvalidOption."""
    waits = name_waits(steps)
    return [
        each.but(waits_for=(*each.waits_for, waits[each.key])) if each.key in waits else each
        for each in sorted(steps, key=lambda step: len(ahead(waits, step.key)))
    ]


def _named(key: Key) -> str:
    return key[1][-1]


def _taken(step: Step) -> Iterable[tuple[Any, str]]:
    """Where a call gives something a name, and the name."""
    name = (step.after or {}).get("name")
    if step.path and name and step.verb in ("create", "update"):
        yield step.path[:-1], str(name).lower()


def _freed(step: Step) -> Iterable[tuple[Any, str]]:
    """Where a call gives up a name, and the name; the endpoint of an edge router goes with it."""
    before, after = (str((each or {}).get("name") or "").lower() for each in (step.before, step.after))
    if step.path and before and (step.verb == "delete" or after not in ("", before)):
        yield step.path[:-1], before
        if step.path[0] == "edge_routers":
            yield ("endpoints",), before
