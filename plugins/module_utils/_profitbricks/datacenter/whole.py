# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center with all that is in it: brought into the state that one task describes, or described as it is.

Apart from the module's other work (`behaviour.datacenters`), because most tasks need none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, cast

from ..._engine.clock import Deadline, last_moment
from ..._engine.deciding import answered
from ..._engine.errors import ApiError, NotFound
from ..._engine.operation import Operation, Status
from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.plan.planner import Plan
from ..._engine.schema.resource import Resource, children, walk
from ..._engine.service import Found, Item, own_selector
from ..._engine.whole import Whole
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.backup import BACKUPUNIT
from ..resources.balancing import ALB
from ..resources.crossconnects import PCC
from ..resources.datacenters import DATACENTER
from ..resources.images import IMAGE
from ..resources.ipblocks import IPBLOCK
from ..resources.labels import ALL_LABELS
from ..resources.lans import LAN
from ..resources.servers import SERVER
from ..resources.target_groups import TARGET_GROUP
from ..resources.templates import TEMPLATE
from ..rules.images import aliases_are_shown
from .options import RULES, SITE
from .parse import parse_description, with_boot_volumes
from .planner import SiteFacts, learn_nodes, plan_site, with_lans, with_nodes
from .preflight import must_fit
from .write import Account, write_description

if TYPE_CHECKING:
    from ..._engine.apply import Applied

FLOW_LOG = next(each for each in walk(SITE) if each.kind == "flowlog" and ALB.kind in each.parents)


def descriptions(cloud: Cloud, found: Sequence[Item], defaults: bool = False) -> list[Item]:
    """Data centers, given as results, with all that is in them, as options of the module. Raises CloudError."""
    trees = [tree for each in found if (tree := read_whole(cloud, each)) is not None]
    account = _account(cloud, trees)
    return [write_description(tree, account, cloud.version, defaults) for tree in trees]


def _account(cloud: Cloud, trees: Sequence[Item]) -> Account:
    """What is needed of the account to describe data centers; what nothing in them refers to is not read."""
    servers = [server for tree in trees for server in tree["servers"]]
    volumes = [volume for each in (*trees, *servers) for volume in each["volumes"]]
    asked = {
        TARGET_GROUP: any(tree["application_load_balancers"] for tree in trees),
        TEMPLATE: any(server["template_uuid"] for server in servers),
        PCC: any(lan["pcc"] for tree in trees for lan in tree["lans"]),
        BACKUPUNIT: any(volume["backupunit_id"] for volume in volumes),
    }
    names = {resource.kind: _names(cloud, resource) for resource, needed in asked.items() if needed}
    images: dict[str, Item] = {}
    if any(each["boot_cdrom"] for each in servers) or any(each["image"] for each in volumes):
        images = {str(item["id"]): IMAGE.decode(item, {}) for item in cloud.items(IMAGE, {})}
        names[IMAGE.kind] = _aliases(images.values()) if aliases_are_shown(cloud.version) else {}
    return Account(_labels(cloud) if cloud.version >= 5 else {}, _reserved(cloud), names, images)


def _names(cloud: Cloud, resource: Resource) -> dict[str, str]:
    """The names of the objects that can be known by them, by id."""
    names = {str(item["id"]): SiteFacts.name_of(item) for item in cloud.items(resource, {})}
    many = Counter(names.values())
    return {each: name for each, name in names.items() if name and many[name] == 1}


def _aliases(images: Collection[Item]) -> dict[str, str]:
    """An alias of each image that has any, rather one that will not move on to the next image; of a CD-ROM its name,
    where only one image of the location has it, for servers do not take its alias.
    """
    found = {}
    many = Counter((each["location"], each["name"]) for each in images)
    for each in images:
        if each["image_type"] != "CDROM" and each["image_aliases"]:
            found[each["id"]] = min(each["image_aliases"], key=lambda alias: (":latest" in alias, alias))
        elif each["image_type"] == "CDROM" and many[each["location"], each["name"]] == 1:
            found[each["id"]] = each["name"]
    return found


def read_whole(cloud: Cloud, datacenter: Item) -> Item | None:
    """A data center, given as a result, with all that is in it, and told what of it Kubernetes manages."""
    tree = read_tree(cloud, datacenter["id"])
    if tree is None:
        return None
    facts = _facts(cloud, {}, {}, tree)
    answered(cloud, PROFITBRICKS, facts, lambda: learn_nodes(facts, tree["servers"]))
    return with_nodes(tree, facts)


def with_contents(cloud: Cloud, facts: Facts) -> Facts:
    """The facts of a data center by itself, as those of one with all that is in it."""
    tree = read_tree(cloud, str((facts.have or {})["id"]))
    if tree is None:
        return facts
    known = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return SiteFacts(**{**known, "resource": SITE, "have": tree})


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
    item = cloud.find(path, DATACENTER, SITE.depth if deep else 3, deadline)
    if item is None:
        return None
    if not deep:
        servers = cloud.items(SERVER, {DATACENTER.kind: datacenter_id}, 1 + SERVER.depth)
        item["entities"] = {**(item.get("entities") or {}), "servers": {"items": servers}}
    return _tree(cloud, item)


def _reads_whole(cloud: Cloud) -> bool:
    """Whether one read, of a list too, shows all; older versions do not get to firewall rules (contract section 4)."""
    return SITE.depth < cloud.deepest


def _tree(cloud: Cloud, item: Item) -> Item:
    """What was read of a data center as a result, with what no read of it shows (contract sections 10.1 and 10.32)."""
    parents = {DATACENTER.kind: str(item["id"])}
    # One listens in a LAN and forwards into another: where there are no two, there is none.
    if cloud.version >= ALB.since and len(children(item, LAN.collection)) > 1:
        balancers = cloud.items(ALB, parents, 1 + 2)
        for each in balancers:
            flow_logs = cloud.items(FLOW_LOG, {**parents, ALB.kind: str(each["id"])})
            each["entities"] = {**(each.get("entities") or {}), FLOW_LOG.collection: {"items": flow_logs}}
        item["entities"] = {**(item.get("entities") or {}), ALB.collection: {"items": balancers}}
    tree = SITE.decode(item, {})
    holder = {volume["id"]: server["id"] for server in tree["servers"] for volume in server["volumes"]}
    for volume in (*tree["volumes"], *(each for server in tree["servers"] for each in server["volumes"])):
        volume["server_id"] = holder.get(volume["id"])
    return with_lans(tree)


def _busy(tree: Item) -> bool:
    """Whether the service is still at work on something in it."""
    parts = [tree, *(each for child in SITE.children for each in tree[child.name])]
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
    for item in cloud.items(ALL_LABELS, {}):
        said = item.get("properties") or {}
        found.setdefault(str(said.get("resourceId")), {})[str(said.get("key"))] = str(said.get("value"))
    return found


def _facts(
    cloud: Cloud, options: Mapping[str, object], want: Item, tree: Item | None, check_mode: bool = False
) -> SiteFacts:
    if tree is not None and str(want.get("name")).lower() == tree["id"]:
        # The identifying option held the id, which is no new name.
        want = {name: value for name, value in want.items() if name != "name"}
    return SiteFacts(
        version=cloud.version,
        resource=SITE,
        resources=cloud.resources,
        options=options,
        state="present",
        found=Found({}),
        have=tree,
        check_mode=check_mode,
        want=with_boot_volumes(want, tree),
    )


class WholeDatacenter(Whole[Cloud]):
    def look(self, task: Task[Cloud]) -> SiteFacts:
        cloud, options = task.cloud, task.options
        want = parse_description(options, cloud.version)
        tree = self._read(cloud, options)
        if tree is not None and task.waiting.wait and not task.check_mode:
            tree = _settled(cloud, tree, task.deadline)
        return _facts(cloud, options, want, tree, task.check_mode)

    def look_again(self, task: Task[Cloud], facts: Facts) -> SiteFacts:
        """The tree as it is now; what was read of the account stays true, but for labels."""
        before = cast("SiteFacts", facts)
        cloud, created = task.cloud, task.ids.get(())
        if created:
            tree = self._created(task, created)
        elif before.have is not None:
            tree = read_tree(cloud, str(before.have["id"]), last_moment(task.deadline))
        else:
            tree = self._read(cloud, task.options)
        again = _facts(cloud, task.options, before.want, tree)
        again.nodes, again.pools = before.nodes, before.pools
        again.answers = {r: items for r, items in before.answers.items() if r.resource is not ALL_LABELS}
        again.compares_images = False
        return again

    @staticmethod
    def _created(task: Task[Cloud], datacenter_id: str) -> Item | None:
        """A new data center, out of one read of all of its name where that shows as much. Raises Doubled."""
        own, cloud = own_selector(SITE, task.options), task.cloud
        if not task.waiting.wait or own.by_id or not _reads_whole(cloud):
            return read_tree(cloud, datacenter_id, last_moment(task.deadline))
        item = cloud.requests.among(own, {}, datacenter_id, last_moment(task.deadline))
        return _tree(cloud, item) if item else read_tree(cloud, datacenter_id)

    def plan(self, facts: Facts) -> Plan:
        site = cast("SiteFacts", facts)
        plan = plan_site(site)
        if site.compares_images:
            # Once steps were made, the service has had its say.
            must_fit(site, plan)
        return plan

    def foreseen(self, facts: Facts, plan: Plan) -> Outcome:
        outcome = super().foreseen(facts, plan)
        outcome.extra["tree"] = with_nodes(outcome.extra["tree"], cast("SiteFacts", facts))
        return outcome

    def read_back(
        self, task: Task[Cloud], facts: Facts, plan: Plan, applied: Applied, outcome: Outcome
    ) -> tuple[Facts, Plan | None]:
        again, left = super().read_back(task, facts, plan, applied, outcome)
        outcome.extra["tree"] = with_nodes(outcome.extra["tree"], cast("SiteFacts", again))
        return again, left

    @staticmethod
    def _read(cloud: Cloud, options: Mapping[str, object]) -> Item | None:
        """The tree as it is, with at most two reads. Raises NotFound for an id that is not there."""
        own = own_selector(DATACENTER, options)
        if own.by_id:
            tree = read_tree(cloud, own.value)
            if tree is None:
                raise NotFound(DATACENTER.label, own.option, own.value)
            return tree
        whole = _reads_whole(cloud)
        item = cloud.locate(SITE if whole else DATACENTER, options).item
        if item is None:
            return None
        return _tree(cloud, item) if whole else read_tree(cloud, str(item["id"]))


WHOLE_DATACENTER = WholeDatacenter(PROFITBRICKS, SITE, RULES)
