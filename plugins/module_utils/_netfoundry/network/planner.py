# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a network needs to be as it is described: a pure plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..._engine.errors import CloudError, NotFound
from ..._engine.plan.pairing import Node
from ..._engine.plan.planner import Plan, Planner
from ..._engine.plan.steps import Key, Path, Ref, Step, url
from ..._engine.schema.field import camel
from ..._engine.schema.resource import Resource
from ..._engine.service import Item, Selector
from ..resources import RESOURCES
from ..resources.common import MENTION_FORM, MENTIONS
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from ..resources.networks import NETWORK
from ..rules.facts import NetworkFacts
from ..rules.inside import check_usable
from ..rules.names import ROUTER, ahead, config_taken, name_waits
from ..states import BROKEN
from .options import COLLECTIONS, OVERLAY, RULES

# By the wire's name of a list the collections of what it may name: a router has an endpoint of its own name.
MEANT = {
    camel(name): ("endpoints", "edge_routers") if kind == "endpoint" else (RESOURCES[kind].plural,)
    for name, kind in MENTIONS.items()
}
# By collection those whose objects may speak of its own, and so are changed or deleted before them.
SPEAKERS = {
    name: tuple(
        child.name
        for child in OVERLAY.children
        if any(
            MENTION_FORM in each.checks and name in MEANT[camel(each.name)]
            for each in child.resource.writable
        )
    )
    for name in COLLECTIONS
}


class _Member(NamedTuple):
    """What a collection will hold: its id, empty for a new object, its name, and whether it has another one now."""

    item_id: str
    name: str
    renamed: bool = False


@dataclass
class OverlayFacts(NetworkFacts):
    """What the plan of a network knows: ``have`` is its tree, ``want`` what shall be in it."""

    described: Node = field(default_factory=dict)
    _collections: dict[str, Mapping[str, list[_Member]]] = field(default_factory=dict, init=False)

    def named(self, wanted: Selector) -> Any:
        """The id of an edge router that will be there when all is done, which may be yet to come."""
        if wanted.resource is not EDGE_ROUTER:
            return super().named(wanted)
        collection = EDGE_ROUTER.plural
        for member in self._to_be(collection).get(wanted.value.lower(), ()):
            return member.item_id or Ref((collection, member.name))
        advice = "list it in edge_routers, or correct the name"
        names = self.names(EDGE_ROUTER)
        raise NotFound(EDGE_ROUTER.label, wanted.option, wanted.value, "the network", advice, names)

    def around(self, resource: Resource) -> dict[str, Any]:
        """The network itself, which may be yet to come."""
        if NETWORK.kind in resource.parents:
            return {NETWORK.kind: str(self.have["id"]) if self.have else Ref(())}
        return super().around(resource)

    def name_in(self, resource: Resource, value: str) -> str | None:
        """The name of what will be there when all is done."""
        for collection in (resource.plural, *_beside(resource)):
            for member in self._to_be(collection).get(value.lower(), ()):
                return member.name
        return None

    def names(self, resource: Resource) -> Sequence[str]:
        """The names of what will be there when all is done."""
        kept = [self._to_be(each) for each in (resource.plural, *_beside(resource))]
        return list(
            dict.fromkeys(each.name for found in kept for several in found.values() for each in several)
        )

    def namesakes(self, resource: Resource, name: str, have: Item | None) -> Sequence[Item]:
        """What else will have the name when all is done; of networks, what has it now."""
        if resource.kind == NETWORK.kind:
            return super().namesakes(resource, name, have)
        found = [
            {"name": each.name}
            for each in self._to_be(resource.plural).get(name.lower(), ())
            # A new one may take the place of one that has the name now.
            if (each.renamed if have is None else each.item_id != have["id"])
        ]
        for collection in _beside(resource):
            others = self._to_be(collection).get(name.lower(), ())
            found += [{"name": each.name, "typeId": ROUTER} for each in others]
        return found

    def other_configs(self, name: str, have: Item | None) -> Sequence[Item]:
        """The plan compares those of all services."""
        return ()

    def _to_be(self, collection: str) -> Mapping[str, list[_Member]]:
        """What a collection will hold, by id and by name in small letters: what is listed, and what else stays."""
        if collection not in self._collections:
            found = defaultdict(list)
            for each in self._members(collection):
                for mark in {each.item_id, each.name.lower()} - {""}:
                    found[mark].append(each)
            self._collections[collection] = found
        return self._collections[collection]

    def _members(self, collection: str) -> Iterator[_Member]:
        listed = self.described.get(collection) or ()
        own = {str(each["id"]): str(each["name"]) for each in (self.have or {}).get(collection, ())}
        said = {str(each["name"]).lower() for each in listed if each.get("name") and not each.get("id")}
        named = {str(each["id"]): str(each.get("name") or "") for each in listed if each.get("id")}
        stays = collection not in self.described or not self.purges(collection)
        for item_id, name in own.items():
            if stays or item_id in named or name.lower() in said:
                new = named.get(item_id) or name
                yield _Member(item_id, new, new.lower() != name.lower())
        there = {name.lower() for name in own.values()}
        for each in listed:
            if each.get("name") and not each.get("id") and str(each["name"]).lower() not in there:
                yield _Member("", str(each["name"]))


def _beside(resource: Resource) -> tuple[str, ...]:
    """The collection whose objects bring one of the kind along, of the same name."""
    return (EDGE_ROUTER.plural,) if resource.kind == ENDPOINT.kind else ()


def plan_overlay(facts: OverlayFacts, want: Node) -> Plan:
    """What turns the network into what is described. Raises Unplannable with all that stands in the way."""
    planner = Planner(facts, RULES)
    home = url(NETWORK.path, {})
    node = planner.resolved(OVERLAY, want, ())
    have = facts.have
    gone: list[Step] = []
    if have is not None and planner.is_hopeless(OVERLAY, have, ()):
        gone, have = planner.delete(OVERLAY, have, (), {}), None
    node = planner.completed(OVERLAY, node, have, ())
    if have is None:
        # Nothing comes along with a network: what is in it follows.
        alone = {name: value for name, value in node.items() if name not in COLLECTIONS}
        waits_for = tuple(step.key for step in gone)
        planned = planner.create(OVERLAY, alone, (), facts.found.parents, home, waits_for)
        after, steps = dict(planned.after), [*gone, *planned.steps]
        parents = {NETWORK.kind: Ref(())}
        for child in OVERLAY.children:
            after[child.name] = []
            for each, _there in planner.paired(OVERLAY, child, node, None, ())[0]:
                path = (child.name, str(each["name"]))
                created = planner.create(child.resource, each, path, parents, url(child.resource.path, {}))
                after[child.name].append(created.after)
                steps += created.steps
    else:
        planned = planner.present(OVERLAY, node, have, (), {})
        after, steps = planned.after, planned.steps
        if have.get("status") in BROKEN:
            # Nothing can be done in a network until an update has mended it.
            mends = tuple(step.key for step in steps if not step.path)
            steps = [step.but(waits_for=(*step.waits_for, *mends)) if step.path else step for step in steps]
    planner.problems += _shared_configs(
        after, {step.path[:2] for step in steps if step.path[:1] == ("services",)}
    )
    waits: dict[Key, Key] = planner.attempt((), {}, lambda: name_waits(steps))
    planner.must_be_possible()
    if have is not None and have.get("status") not in BROKEN:
        check_usable(have, [step for step in steps if step.path])
    return Plan(tuple(_ordered(steps, waits)), after, tuple(planner.unmanaged))


def _shared_configs(after: Mapping[str, Any], changed: Container[Path]) -> Iterator[tuple[Path, CloudError]]:
    """Services that would have a configuration of one name: the network has each name only once."""
    owner: dict[str, Path] = {}
    for service in after["services"]:
        path = ("services", str(service["name"]))
        for config in service.get("configs") or ():
            first = owner.setdefault(str(config["name"]).lower(), path)
            if first != path and (path in changed or first in changed):
                yield path, config_taken(str(config["name"]), first[1])


def _ordered(steps: Sequence[Step], names: Mapping[Key, Key]) -> list[Step]:
    """The steps, deletions last; each waits for what it names, and each deletion for what may still name it.

    ``names`` tells what has to give up a name before another step takes it.
    """
    made = {step.path: step.key for step in steps if step.verb == "create" or _renames(step, names)}
    ending = defaultdict(list)
    for step in steps:
        if step.path and step.verb != "create":
            ending[step.path[0]].append(step.key)
    found = []
    for step in steps:
        if step.verb == "delete":
            speakers = SPEAKERS[step.path[0]] if step.path else ()
            waits = tuple(key for name in speakers for key in ending[name])
        else:
            waits = tuple(made[path] for path in _mentioned(step.body) if path in made)
        room = (names[step.key],) if step.key in names else ()
        found.append(step.but(waits_for=(*step.waits_for, *waits, *room)))
    # What makes room for something else is no deletion of its own.
    first = {key for step in found if step.verb != "delete" for key in step.waits_for}
    return sorted(found, key=lambda step: step.verb == "delete" and step.key not in first)


def _renames(step: Step, names: Mapping[Key, Key]) -> bool:
    """Whether it gives an object another name, for which nothing has to be deleted: that waits for what mentions it."""
    verb, _path = (step.key, *ahead(names, step.key))[-1]
    return step.verb == "update" and bool((step.after or {}).get("name")) and verb != "delete"


def _mentioned(body: Any) -> Iterable[Path]:
    """The paths of the objects that a body names behind an @."""
    if not isinstance(body, Mapping):
        return
    for name, value in body.items():
        if name in MEANT:
            named = [str(each)[1:] for each in value or () if str(each).startswith("@")]
            yield from ((collection, each) for collection in MEANT[name] for each in named)
        else:
            yield from _mentioned(value)
