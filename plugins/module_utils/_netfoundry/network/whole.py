# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network with all that is in it: brought into the state that one task describes, or described as it is.

Apart from the module's other work (`behaviour.networks`), because most tasks need none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from ..._engine.clock import last_moment
from ..._engine.errors import InvalidOption, NotFound
from ..._engine.outcome import Outcome, Task
from ..._engine.plan.description import describe
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.planner import Plan
from ..._engine.schema.resource import Resource
from ..._engine.service import Found, Item
from ..._engine.whole import Whole
from ..client import Cloud
from ..configs import with_configs
from ..look import with_group
from ..provider import NETFOUNDRY
from ..resources.networks import NETWORK
from ..resources.services import SERVICE
from ..rules.policies import is_system
from ..rules.services import uncarried
from ..states import busy_result
from .document import described, written
from .options import COLLECTIONS, OVERLAY, RULES
from .planner import OverlayFacts, plan_overlay

# -- reading ------------------------------------------------------------------------------------------------------


def read_contents(cloud: Cloud, network: Item, concurrency: int = 8) -> Item:
    """A network, given as a result, with all that is in it; without what the service makes by itself."""
    cloud.note_version(network)
    parents = {NETWORK.kind: str(network["id"])}
    with ThreadPoolExecutor(max_workers=max(1, min(concurrency, len(COLLECTIONS)))) as pool:
        found = pool.map(lambda child: _items(cloud, child.resource, parents), OVERLAY.children)
        lists = [
            [child.resource.decode(item, parents) for item in items if not is_system(child.resource, item)]
            for child, items in zip(OVERLAY.children, found, strict=True)
        ]
    return {**network, **dict(zip(COLLECTIONS, lists, strict=True))}


def _items(cloud: Cloud, resource: Resource, parents: Mapping[str, str]) -> list[Item]:
    items = cloud.items(resource, parents)
    return with_configs(cloud, items, parents) if resource is SERVICE else items


# -- describing ---------------------------------------------------------------------------------------------------


def descriptions(cloud: Cloud, found: Sequence[Item]) -> list[Item]:
    """Networks, given as results, with all that is in them, as options of the module. Raises CloudError."""
    return [write_description(read_contents(cloud, each)) for each in found]


def write_description(tree: Item) -> Node:
    """What a task would say to have a network with such contents."""
    routers = {str(each["id"]): each["name"] for each in tree["edge_routers"]}
    said = written(NETWORK.fields, tree)
    for child in OVERLAY.children:
        said[child.name] = [described(child.resource, each) for each in tree[child.name]]
    for service in said["services"]:
        for each in service.get("edge_router_hosts", ()):
            each["edge_router"] = routers.get(each["edge_router"], each["edge_router"])
    return said


# -- one task -----------------------------------------------------------------------------------------------------


class WholeNetwork(Whole[Cloud]):
    def look(self, task: Task[Cloud]) -> OverlayFacts:
        cloud = task.cloud
        found = cloud.locate(NETWORK, task.options)
        waits = task.waiting.wait and not task.check_mode
        if waits and found.item is not None and cloud.busy(NETWORK, found.item):
            found.item = cloud.settled(NETWORK, {}, str(found.item["id"]), task.deadline)
        if found.item is None and task.options.get("id"):
            raise NotFound(NETWORK.label, "id", task.options["id"])
        return self._facts(task, found)

    def look_again(self, task: Task[Cloud], facts: Facts) -> OverlayFacts:
        """The network as it is now; what was read of the account stays true."""
        network_id = task.ids.get(()) or (facts.have or {}).get("id")
        if network_id and not task.waiting.wait and facts.have is not None and () not in task.ids:
            found = facts.found
        elif network_id:
            found = Found(
                facts.found.parents, task.cloud.find(NETWORK, str(network_id), last_moment(task.deadline))
            )
        else:
            found = task.cloud.locate(NETWORK, task.options)
        again = self._facts(task, found)
        again.answers = facts.answers
        return again

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        """Wait for what is still being made, and warn of services that nobody carries."""
        if task.waiting.wait and not task.check_mode and facts.have is not None:
            self._await_contents(task, facts.have)
        tree = outcome.extra["tree"]
        outcome.warnings += [
            f"services/{each['name']}: no edge router carries it, because no service edge router policy selects it"
            for each in tree["services"]
            if uncarried(each, tree["service_edge_router_policies"])
        ]

    @staticmethod
    def _await_contents(task: Task[Cloud], tree: Item) -> None:
        """What is still being made, for a task before or since a call whose answer was lost."""
        parents = {NETWORK.kind: str(tree["id"])}
        for child in OVERLAY.children:
            described = {str(each["name"]).lower() for each in task.options.get(child.name) or ()}
            there = tree[child.name]
            for index, have in enumerate(there):
                if busy_result(have) and str(have["name"]).lower() in described:
                    item = task.cloud.settled(child.resource, parents, str(have["id"]), task.deadline)
                    there[index] = child.resource.decode(item, parents) if item else have

    def plan(self, facts: Facts) -> Plan:
        overlay = cast("OverlayFacts", facts)
        return plan_overlay(overlay, overlay.described)

    def _facts(self, task: Task[Cloud], found: Found) -> OverlayFacts:
        cloud, tree = task.cloud, None
        if found.item is not None:
            tree = read_contents(cloud, NETWORK.decode(found.item, found.parents), self.concurrency(task))
        want = _parse(task.options, tree, cloud.version)
        facts = OverlayFacts(
            version=cloud.version,
            resource=OVERLAY,
            resources=cloud.resources,
            options=task.options,
            state="present",
            found=found,
            have=tree,
            check_mode=task.check_mode,
            described=want,
        )
        with_group(cloud, facts)
        return facts


def _parse(options: Mapping[str, Any], tree: Item | None, version: int) -> Node:
    """The description, checked; each object by the very name that it has. Raises InvalidOption."""
    for child in OVERLAY.children:
        if any(not each.get("name") for each in options.get(child.name) or ()):
            raise InvalidOption(f"{child.name}: each {child.resource.label} needs a name")
    given = {name: value for name, value in options.items() if value is not None or name not in COLLECTIONS}
    want = describe(RULES, OVERLAY, given, version, _own_id)
    if tree is not None and str(want.get("name")).lower() == tree["id"]:
        del want["name"]  # the identifying option held the id, which is no new name
    for child in OVERLAY.children:
        known = {str(have["name"]).lower(): have["name"] for have in (tree or {}).get(child.name, ())}
        for node in want.get(child.name, ()):
            if "id" not in node:
                node["name"] = known.get(str(node["name"]).lower(), node["name"])
    return want


def _own_id(resource: Resource, options: Mapping[str, Any]) -> Node:
    return {"id": str(options["id"]).lower()} if resource is not OVERLAY and options.get("id") else {}


WHOLE_NETWORK = WholeNetwork(NETFOUNDRY, OVERLAY, RULES)
