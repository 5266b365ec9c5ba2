# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network with all that is in it: brought into the state that one task describes, or described as it is.

Apart from the module's other work (`behaviour.networks`), because most tasks need none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from .._engine.clock import Deadline
from .._engine.errors import InvalidOption, NotFound
from .._engine.kind import Outcome, Situation, Waiting
from .._engine.reconcile import Change
from .._engine.resource import Child, Field, Resource, is_uuid
from .._engine.service import Item, Place
from .._engine.tree import (
    Applied,
    Key,
    Node,
    Parents,
    Path,
    Planner,
    Ref,
    Step,
    StepsFailed,
    Unplannable,
    Url,
    apply,
    difference,
    url,
)
from .behaviour.endpoints import check_router, complete_router
from .behaviour.networks import check_network, resolve_network
from .behaviour.policies import SYSTEM
from .behaviour.services import check_service, complete_service, with_model
from .client import Cloud
from .description import COLLECTIONS, OVERLAY
from .resources.endpoints import EDGE_ROUTER
from .resources.networks import NETWORK, NETWORK_GROUP
from .resources.services import SERVICE

CHILDREN = {child.name: child for child in OVERLAY.children}
# The lists in which a policy or a service names others behind an @, and where those are.
MENTIONS = {
    "endpointAttributes": "endpoints",
    "bindEndpointAttributes": "endpoints",
    "edgeRouterAttributes": "edge_routers",
    "serviceAttributes": "services",
}
# What may speak of the objects of a collection, and so is changed or deleted before them.
SPEAKERS = {
    "edge_routers": ("edge_router_policies", "services"),
    "endpoints": ("edge_router_policies", "services", "app_wans"),
    "services": ("app_wans",),
}


def manage_contents(cloud: Cloud, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """Bring a network and all that the options describe in it into that state. Raises CloudError."""
    return _Task(cloud, options).run(check_mode)


# -- reading ------------------------------------------------------------------------------------------------------


def read_contents(cloud: Cloud, network: Item, concurrency: int = 8) -> Item:
    """A network, given as a result, with all that is in it; without what the service makes by itself."""
    parents = {NETWORK.kind: str(network["id"])}
    with ThreadPoolExecutor(max_workers=max(1, min(concurrency, len(COLLECTIONS)))) as pool:
        found = pool.map(lambda child: cloud.items(child.resource, parents), OVERLAY.children)
        lists = [
            [child.resource.decode(item, parents) for item in items if _own(item)]
            for child, items in zip(OVERLAY.children, found, strict=True)
        ]
    return {**network, **dict(zip(COLLECTIONS, lists, strict=True))}


def _own(item: Item) -> bool:
    """Whether somebody made it, and not the service for another object (contract section 8.4)."""
    return item.get("typeId") != "Router" and not str(item.get("name") or "").endswith(SYSTEM)


# -- describing ---------------------------------------------------------------------------------------------------


def descriptions(cloud: Cloud, found: Sequence[Item]) -> list[Item]:
    """Networks, given as results, with all that is in them, as options of the module. Raises CloudError."""
    return [describe(read_contents(cloud, each)) for each in found]


def describe(tree: Item) -> Node:
    """What a task would say to have a network with such contents."""
    routers = {str(each["id"]): each["name"] for each in tree["edge_routers"]}
    said = _described(NETWORK.fields, tree)
    for child in OVERLAY.children:
        said[child.name] = [_described(child.resource.fields, each) for each in tree[child.name]]
    for service in said["services"]:
        for each in service.get("edge_router_hosts", ()):
            each["edge_router"] = routers.get(each["edge_router"], each["edge_router"])
    return said


def _described(fields: Iterable[Field], value: Mapping[str, Any]) -> Node:
    """The options that are set in a result, at any depth."""
    said = {}
    for field in fields:
        found = value.get(field.name)
        if field.read_only or found in (None, [], ""):
            continue
        if field.options and isinstance(found, list):
            found = [_described(field.options, each) for each in found]
        elif field.options:
            found = _described(field.options, found)
        said[field.name] = found
    return said


# -- deciding -----------------------------------------------------------------------------------------------------


class OverlayPlanner(Planner):
    """What turns the tree ``have`` (None: there is no such network) into what ``want`` describes."""

    def __init__(self, want: Node, have: Item | None, purge: Collection[str] = ()) -> None:
        super().__init__(purge)
        self._want = want
        self._have = have

    def overlay(self, group: str) -> Item:
        """Plan all of it; the tree as it will be. ``group`` is the id of the network group of a new network."""
        want, have = self._want, self._have
        own = {name: value for name, value in want.items() if name not in COLLECTIONS}
        if have is None:
            after = self.create(NETWORK, own, (), {NETWORK_GROUP.kind: group}, url(NETWORK.path, {}))
            parents: Parents = {NETWORK.kind: Ref(())}
        else:
            change = self.decide(NETWORK, own, have, ())
            if change.patch:
                self.update(change, (), (*url(NETWORK.path, {}), str(have["id"])), {})
            after = dict(change.after or have)
            parents = {NETWORK.kind: str(have["id"])}
        for child in OVERLAY.children:
            there = (have or {}).get(child.name, ())
            after[child.name] = self.branch(child, want.get(child.name), there, (), parents)
        self.steps = _ordered(self.steps)
        return after

    def prepare(self, resource: Resource, want: Node, path: Path) -> Node:
        if resource is not SERVICE or not want.get("edge_router_hosts"):
            return want
        hosts = [
            {**each, "edge_router": self._router(each["edge_router"])} for each in want["edge_router_hosts"]
        ]
        return {**want, "edge_router_hosts": hosts}

    def _router(self, value: Any) -> str | Ref:
        """The id of an edge router that a service names."""
        text = str(value)
        if is_uuid(text):
            return text.lower()
        for have in (self._have or {}).get("edge_routers", ()):
            if str(have["name"]).lower() == text.lower():
                return str(have["id"])
        for want in self._want.get("edge_routers") or ():
            if str(want.get("name")).lower() == text.lower():
                return Ref(("edge_routers", str(want["name"])))
        advice = "list it in edge_routers, or correct the name"
        raise NotFound(EDGE_ROUTER.label, "edge_router", text, "the network", advice)

    def node(self, child: Child, want: Node, have: Item | None, path: Path, parents: Parents) -> Item:
        want = dict(want)
        if child.resource is SERVICE:
            complete_service(want, have)
        if child.resource is EDGE_ROUTER:
            complete_router(want, have)
        return super().node(child, want, have, path, parents)

    def check(self, resource: Resource, want: Node, have: Item | None, path: Path) -> None:
        if resource is SERVICE:
            check_service(want, have)
        if resource is EDGE_ROUTER:
            check_router(want, have)

    def body(self, resource: Resource, want: Node, path: Path, parents: Parents) -> dict[str, Any]:
        body = super().body(resource, want, path, parents)
        if resource is SERVICE:
            body = dict(with_model(body, Change(resource, "create", None, want)))
        return body

    def update(
        self, change: Change, path: Path, item: Url, parents: Parents, waits_for: tuple[Key, ...] = ()
    ) -> None:
        super().update(change, path, item, parents, waits_for)
        if change.resource is SERVICE:
            last = self.steps[-1]
            self.steps[-1] = replace(last, body=with_model(last.body, change))


def _ordered(steps: Sequence[Step]) -> list[Step]:
    """The steps, deletions last; each waits for what it names, and each deletion for what may still name it."""
    made = {step.path: step.key for step in steps if step.verb == "create"}
    ending = defaultdict(list)
    for step in steps:
        if step.path and step.verb != "create":
            ending[step.path[0]].append(step.key)
    found = []
    for step in steps:
        if step.verb == "delete":
            waits = tuple(key for name in SPEAKERS.get(step.path[0], ()) for key in ending[name])
        else:
            waits = tuple(made[path] for path in _mentioned(step.body) if path in made)
        found.append(replace(step, waits_for=(*step.waits_for, *waits)))
    return sorted(found, key=lambda step: step.verb == "delete")


def _mentioned(body: Any) -> Iterable[Path]:
    """The paths of the objects that a body names behind an @."""
    if not isinstance(body, Mapping):
        return
    for name, value in body.items():
        if name in MENTIONS:
            yield from ((MENTIONS[name], str(each)[1:]) for each in value or () if str(each).startswith("@"))
        else:
            yield from _mentioned(value)


# -- one task -----------------------------------------------------------------------------------------------------


class _Task:
    """Bring a network and all that is described in it into that state."""

    def __init__(self, cloud: Cloud, options: Mapping[str, Any]) -> None:
        self._cloud = cloud
        self._options = options
        self._waiting = Waiting.asked(options)
        self._deadline = Deadline.after(cloud.clock, self._waiting.seconds)
        self._concurrency = int(options.get("concurrency") or 1)
        self._taken: list[Step] = []
        self._request_id: str | None = None

    def run(self, check_mode: bool) -> Outcome:
        """Plan, and unless it is only asked what would happen, do it. Raises CloudError."""
        place = self._cloud.locate(NETWORK, self._options)
        waits = self._waiting.wait and not check_mode
        if waits and place.item is not None and self._cloud.busy(NETWORK, place.item):
            place.item = self._cloud.settled(NETWORK, {}, str(place.item["id"]), self._deadline)
        if place.item is None and self._options.get("id"):
            raise NotFound(NETWORK.label, "id", self._options["id"])
        tree = self._tree(place)
        planner, after = self._plan(place, tree)
        if tree is not None and not planner.steps:
            after = tree
        outcome = Outcome(
            bool(planner.steps),
            _without_contents(after),
            difference(planner.steps),
            [f"{step.verb} {'/'.join(step.path)}".rstrip() for step in planner.steps],
            extra=_extra(after, planner),
        )
        if not check_mode and planner.steps:
            after = self._carry_out(place, planner.steps) or after
            outcome.result, outcome.request_id = _without_contents(after), self._request_id
            outcome.extra["tree"] = after
        return outcome

    def _tree(self, place: Place) -> Item | None:
        if place.item is None:
            return None
        return read_contents(self._cloud, NETWORK.decode(place.item, place.parents), self._concurrency)

    def _plan(self, place: Place, tree: Item | None) -> tuple[OverlayPlanner, Item]:
        """Raises Unplannable with all that stands in the way."""
        want = NETWORK.want(self._options, self._cloud.version)
        if tree is not None and str(want.get("name")).lower() == tree["id"]:
            del want["name"]  # the identifying option held the id, which is no new name
        situation = Situation(self._cloud, NETWORK, self._options, "present", place, tree)
        resolve_network(situation, want)
        check_network(situation, want)
        want.update(described(self._options, tree, self._cloud.version))
        planner = OverlayPlanner(want, tree, self._options.get("purge") or ())
        after = planner.overlay(place.parents.get(NETWORK_GROUP.kind, ""))
        if planner.problems:
            raise Unplannable(planner.problems)
        return planner, after

    def _carry_out(self, place: Place, steps: Sequence[Step]) -> Item | None:
        """Apply the steps; where answers were lost, those that then turn out to be still needed."""
        for attempt in range(self._cloud.retries + 1):
            applied = apply(self._cloud, steps, self._deadline, self._waiting.wait, self._concurrency)
            self._taken += applied.done
            self._request_id = applied.request_id or self._request_id
            if applied.failed or (applied.unclear and attempt == self._cloud.retries):
                raise StepsFailed(self._taken, _told(applied))
            made = applied.ids.get(())
            if made:
                place = replace(place, item=self._cloud.find(NETWORK, made))
            elif place.item is None or self._waiting.wait:
                place = self._cloud.locate(NETWORK, self._options)
            tree = self._tree(place)
            if not applied.unclear:
                return tree
            steps = self._plan(place, tree)[0].steps
        return None


def described(options: Mapping[str, Any], tree: Item | None, version: int) -> Node:
    """The listed objects, checked; each by the very name that it has. Raises InvalidOption."""
    want: Node = {}
    for child in OVERLAY.children:
        if options.get(child.name) is None:
            continue
        known = {str(have["name"]).lower(): str(have["name"]) for have in (tree or {}).get(child.name, ())}
        want[child.name] = []
        for each in options[child.name]:
            given = {name: value for name, value in each.items() if value is not None}
            if not given.get("name"):
                raise InvalidOption(f"{child.name}: each {child.resource.label} needs a name")
            node = child.resource.want(given, version)
            if given.get("id"):
                node["id"] = str(given["id"]).lower()
            else:
                node["name"] = known.get(str(node["name"]).lower(), node["name"])
            want[child.name].append(node)
    return want


def _told(applied: Applied) -> Applied:
    """With steps whose answers were lost time and again among the failed ones."""
    return replace(applied, failed=[*applied.failed, *applied.unclear], unclear=[])


def _without_contents(tree: Item) -> Item:
    return {name: value for name, value in tree.items() if name not in COLLECTIONS}


def _extra(tree: Item, planner: OverlayPlanner) -> dict[str, Any]:
    plan = [step.told() for step in planner.steps]
    return {"tree": tree, "plan": plan, "unmanaged": sorted(planner.unmanaged)}
