# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center with all that is in it: brought into the state that one task describes, or described as it is.

Apart from the module's other work (`behaviour.datacenters`), because most tasks need none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._engine.clock import Deadline
from .._engine.errors import ApiError, InvalidOption, NotFound
from .._engine.http.failures import retry_pause
from .._engine.kind import Outcome, Situation, Waiting
from .._engine.operation import Operation, Status
from .._engine.resource import Resource
from .._engine.service import Item, Place, own_selector
from .._engine.tree import Applied, Node, Step, StepsFailed, Unplannable, apply, difference
from .behaviour.references import account_wide, other_image, resolve_image
from .behaviour.servers import SERVERS
from .behaviour.volumes import check_source
from .client import Cloud
from .description import SITE
from .nodes import describe, described
from .resources.compute import DATACENTER, LAN, SERVER, VOLUME
from .resources.crossconnects import PCC
from .resources.images import IMAGE
from .resources.network import IPBLOCK
from .resources.templates import TEMPLATE
from .site import Labels, Plan, plan_site

# How often a plan is made anew when the service turned out to be otherwise than foreseen.
ROUNDS = 2


def manage_contents(cloud: Cloud, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """Bring a data center and all that the options describe in it into that state. Raises CloudError."""
    return _Task(cloud, options).run(check_mode)


def descriptions(cloud: Cloud, found: Sequence[Item]) -> list[Item]:
    """Data centers, given as results, with all that is in them, as options of the module. Raises CloudError."""
    labels = _labels(cloud) if cloud.version >= 5 else {}
    reserved = _reserved(cloud)
    trees = (read_tree(cloud, each["id"]) for each in found)
    return [describe(tree, labels, reserved) for tree in trees if tree is not None]


def _reserved(cloud: Cloud) -> set[str]:
    """The addresses of all IP blocks that the user may see."""
    try:
        items = cloud.items(IPBLOCK, {})
    except ApiError as error:
        if error.status == 403:
            return set()
        raise
    return {ip for item in items for ip in IPBLOCK.decode(item, {})["ips"]}


# -- reading ------------------------------------------------------------------------------------------------------


def read_tree(cloud: Cloud, datacenter_id: str, deadline: Deadline | None = None) -> Item | None:
    """A data center with all in it, as a result of `SITE`; None if there is none. One read from version 6 on."""
    path = DATACENTER.item_path({}, datacenter_id)
    deep = _reads_whole(cloud)
    item = cloud.find(path, SITE.depth if deep else 3, deadline)
    if item is None:
        return None
    if not deep:
        servers = cloud.items(SERVER, {DATACENTER.kind: datacenter_id}, 1 + SERVER.depth)
        item["entities"] = {**(item.get("entities") or {}), "servers": {"items": servers}}
    return _tree(item)


def _reads_whole(cloud: Cloud) -> bool:
    """Whether one read, of a list too, shows all; older versions do not get to firewall rules (contract section 4)."""
    return SITE.depth < cloud.deepest


def _tree(item: Mapping[str, Any]) -> Item:
    tree = SITE.decode(item, {})
    holder = {volume["id"]: server["id"] for server in tree["servers"] for volume in server["volumes"]}
    for volume in (*tree["volumes"], *(each for server in tree["servers"] for each in server["volumes"])):
        volume["server_id"] = holder.get(volume["id"])
    return tree


def _busy(tree: Item) -> bool:
    """Whether the service is still at work on something in it."""
    parts = [tree, *tree["lans"], *tree["volumes"], *tree["servers"], *tree["loadbalancers"]]
    return any(each["state"] == "BUSY" for each in parts)


def _settled(cloud: Cloud, tree: Item, deadline: Deadline) -> Item | None:
    """The tree once nothing more is under way in it: what is planned before would be too much."""
    found: Item | None = tree
    first = True

    def look(seconds: float) -> Status:
        nonlocal found
        found = read_tree(cloud, tree["id"], Deadline.after(cloud.clock, seconds))
        return Status(done=found is None or not _busy(found), says="BUSY")

    while found is not None and _busy(found):
        what = f"Waiting for data center {tree['name']}"
        if first and found["state"] == "BUSY":
            # The whole is read again only when the data center itself is at rest.
            cloud.settled(DATACENTER, {}, tree["id"], deadline)
            found, first = read_tree(cloud, tree["id"]), False
        else:
            Operation(what, look).wait(deadline, progress=cloud.progress)
    return found


def _labels(cloud: Cloud) -> dict[str, dict[str, str]]:
    """All labels of the account, by the id of what has them (contract section 10.23)."""
    found: dict[str, dict[str, str]] = {}
    for item in cloud.get("labels", 1).get("items") or []:
        said = item.get("properties") or {}
        found.setdefault(str(said.get("resourceId")), {})[str(said.get("key"))] = str(said.get("value"))
    return found


def _names_labels(node: Node) -> bool:
    return "labels" in node or any(
        _names_labels(each)
        for value in node.values()
        if isinstance(value, list)
        for each in value
        if isinstance(each, dict)
    )


# -- one task -----------------------------------------------------------------------------------------------------


class _Task:
    """Bring a data center and all that is described in it into that state."""

    def __init__(self, cloud: Cloud, options: Mapping[str, Any]) -> None:
        self._cloud = cloud
        self._options = options
        self._waiting = Waiting.asked(options)
        self._want = described(options, cloud.version)
        self._deadline = Deadline.after(cloud.clock, self._waiting.seconds)
        self._images: dict[str, tuple[dict[str, Any], Item | None]] = {}
        self._others: dict[tuple[str, Any], str] = {}
        self._made_of: dict[str, Item | None] | None = None
        self._taken: list[Step] = []
        self._request_id: str | None = None
        self._id: str | None = None

    def run(self, check_mode: bool) -> Outcome:
        """Plan, and unless it is only asked what would happen, do it. Raises CloudError."""
        tree = self._read()
        if tree is not None and self._waiting.wait and not check_mode:
            tree = _settled(self._cloud, tree, self._deadline)
        plan = self._plan(tree, images=True)
        foreseen = plan.after if plan.steps or tree is None else tree
        outcome = Outcome(
            bool(plan.steps),
            _own(foreseen),
            difference(plan.steps),
            [f"{step.verb} {'/'.join(step.path)}".rstrip() for step in plan.steps],
            extra=_extra(foreseen, plan),
        )
        if not check_mode and plan.steps:
            after = self._carry_out(plan, outcome)
            outcome.result, outcome.request_id = _own(after), self._request_id
            outcome.extra["tree"] = after
        return outcome

    def _read(self) -> Item | None:
        """The tree as it is, with at most two reads."""
        if self._id is None:
            own = own_selector(DATACENTER, self._options)
            self._id = own.value if own.by_id else None
            if own.by_id:
                tree = read_tree(self._cloud, own.value)
                if tree is None:
                    raise NotFound(DATACENTER.label, own.option, own.value)
                if str(self._want.get("name")).lower() == own.value:
                    # The identifying option held the id, which is no new name.
                    del self._want["name"]
                return tree
            whole = _reads_whole(self._cloud)
            item = self._cloud.locate(SITE if whole else DATACENTER, self._options).item
            if item is None:
                return None
            self._id = str(item["id"])
            if whole:
                return _tree(item)
        return read_tree(self._cloud, self._id)

    def _plan(self, tree: Item | None, images: bool = False) -> Plan:
        """What is to be done; with ``images`` those of the volumes are compared, which takes a read."""
        situation = self._situation(tree)
        labels: Labels = {}
        if tree is not None and _names_labels(self._want):
            labels = _labels(self._cloud)

        def check(resource: Resource, want: Node, have: Item | None) -> None:
            if resource is SERVER:
                SERVERS.check(Situation(self._cloud, SERVER, want, "present", situation.place, have), want)

        def source(resource: Resource, want: Node) -> Node:
            return self._made_from(situation, want) if resource is VOLUME else want

        purge = self._options.get("purge") or ()

        def other(named: str, image_id: str) -> str | None:
            aliases = IMAGE.by_name["image_aliases"].known(self._cloud.version)
            if tree is None or not images or (":" in named and not aliases):
                return None
            if self._made_of is None:
                self._made_of = self._images_of(tree)
            return other_image(named, self._made_of.get(image_id))

        return plan_site(self._want, tree, purge, labels, check, source, self._ids_of_others, other)

    def _images_of(self, tree: Item) -> dict[str, Item | None]:
        """The images that the volumes were made of, by id; None where there is none any more. One read."""
        ids = {str(volume["image"]) for volume in tree["volumes"] if volume["image"]}
        if len(ids) == 1:
            items = [self._cloud.find(IMAGE.item_path({}, *ids))]
        else:
            items = [*self._cloud.items(IMAGE, {}, 1, {"location": str(tree["location"])})]
        listed = {str(item["id"]): IMAGE.decode(item, {}) for item in items if item}
        return {image_id: listed.get(image_id) for image_id in ids}

    def _ids_of_others(self, resource: Resource, want: Node) -> Node:
        """The node with the ids of what it names outside of the data center, each looked up once."""
        if resource is LAN and want.get("pcc"):
            return {**want, "pcc": self._looked_up(PCC, "pcc", want["pcc"])}
        if resource is SERVER and want.get("template"):
            if want.get("template_uuid"):
                raise InvalidOption("template: it says the same as template_uuid; give one of them")
            return {**want, "template_uuid": self._looked_up(TEMPLATE, "template", want["template"])}
        return want

    def _looked_up(self, resource: Resource, option: str, value: Any) -> str:
        if (resource.kind, value) not in self._others:
            self._others[resource.kind, value] = account_wide(self._cloud, resource, option, value)
        return self._others[resource.kind, value]

    def _situation(self, tree: Item | None) -> Situation[Cloud]:
        """Where images are looked up: in the location of the data center."""
        location = (tree or self._want).get("location")
        place = Place({}, tree={"properties": {"location": location}})
        return Situation(self._cloud, VOLUME, {}, "present", place, None)

    def _made_from(self, situation: Situation[Cloud], want: Node) -> Node:
        """A new volume with the id of its image, which is looked up once for all volumes."""
        name = str(want.get("image") or "")
        if name not in self._images:
            asked = {"image": want["image"]} if name else {}
            image = resolve_image(situation, asked, creating=True)
            self._images[name] = asked, image
        asked, image = self._images[name]
        made = {**{key: value for key, value in want.items() if key != "image"}, **asked}
        check_source(situation, made, image)
        return made

    def _carry_out(self, plan: Plan, outcome: Outcome) -> Item:
        """Apply the plan, and where the service turns out otherwise than foreseen, what is left then."""
        lost = 0
        rounds = 1
        while True:
            applied = self._apply(plan)
            if applied.failed or (applied.unclear and lost >= self._cloud.retries):
                raise StepsFailed(self._taken, _all_failed(applied))
            after = self._after(plan, applied)
            if not self._waiting.wait and not applied.unclear:
                return after or plan.after
            try:
                left = self._plan(after)
            except Unplannable as error:
                outcome.warnings = [f"After what was done: {error}"]
                break
            if not left.steps:
                break
            if applied.unclear:
                self._cloud.clock.sleep(min(retry_pause(lost), self._deadline.left()))
                lost += 1
            elif rounds < ROUNDS:
                rounds += 1
            else:
                outcome.warnings = _not_taken(left.steps)
                break
            plan = left
        return after or plan.after

    def _apply(self, plan: Plan) -> Applied:
        concurrency = int(self._options.get("concurrency") or 1)
        applied = apply(
            self._cloud, plan.steps, self._deadline, self._waiting.wait, concurrency, _name_on_wire
        )
        self._taken += applied.done
        self._request_id = applied.request_id or self._request_id
        self._id = self._id or applied.ids.get(())
        return applied

    def _after(self, plan: Plan, applied: Applied) -> Item | None:
        """The tree as it is now, at rest if the task waits."""
        tree = self._read()
        if tree is not None and self._waiting.wait and applied.unclear:
            return _settled(self._cloud, tree, self._deadline)
        return tree


def _own(tree: Item) -> Item:
    """The data center without its contents: the same keys as if they had not been described."""
    contents = {child.name for child in SITE.children}
    return {name: value for name, value in tree.items() if name not in contents}


def _extra(tree: Item | None, plan: Plan) -> dict[str, Any]:
    return {"tree": tree, "plan": [step.told() for step in plan.steps], "unmanaged": sorted(plan.unmanaged)}


def _name_on_wire(item: Mapping[str, Any]) -> str:
    return str((item.get("properties") or {}).get("name") or "")


def _all_failed(applied: Applied) -> Applied:
    """The same, with steps whose answers were lost among those that failed."""
    return replace(applied, failed=[*applied.failed, *applied.unclear], unclear=[])


def _not_taken(steps: tuple[Step, ...]) -> list[str]:
    """Warnings for what the service accepted and did not do."""
    return [
        f"{'/'.join(step.path) or 'data center'}: the service accepted the changes, but {step.verb} would be needed again"
        + (f" of {', '.join(sorted(step.after or {}))}" if step.verb == "update" else "")
        for step in steps
    ]
