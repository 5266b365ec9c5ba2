# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a data center needs to be as it is described: a pure plan.

What is special beside the rules of each kind: NICs name LANs, load balancers and failover groups NICs, that are yet to be
created; volumes change hands; and some things must go before others can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from ..._engine.errors import AmbiguousName, CloudError, InvalidOption, NotFound
from ..._engine.plan.facts import Reference, references
from ..._engine.plan.pairing import Node, Pairs, name_of, pair
from ..._engine.plan.planner import New, Plan, Planned, Planner
from ..._engine.plan.rules import At, RulesByKind
from ..._engine.plan.steps import Key, Parents, Path, Ref, Step, distinct, url
from ..._engine.schema.resource import Child, Resource
from ..._engine.service import Item, Selector
from ..addresses import addresses, is_public
from ..resources.balancing import ALB, NLB
from ..resources.common import ADDRESS
from ..resources.datacenters import DATACENTER
from ..resources.flowlogs import FLOWLOG
from ..resources.ipblocks import IPBLOCK
from ..resources.kubernetes import K8S_CLUSTER
from ..resources.lans import LAN
from ..resources.loadbalancers import LOADBALANCER
from ..resources.nat_gateways import NAT_GATEWAY
from ..resources.nics import NIC
from ..resources.security import SECURITY_GROUP
from ..resources.servers import SERVER, VOLUME
from ..rules.loadbalancers import BALANCED_NICS
from ..rules.nic_facts import nic_marks
from ..rules.nodes import MANAGED, managed, node_pools, refusal
from ..rules.servers import ServerFacts
from ..rules.volume_facts import PLACE
from ..rules.volume_plan import Listed, VolumePlan
from ..rules.volumes import ask_image, goes_with
from .aftermath import with_aftermath
from .handover import in_turn
from .options import POOL_OF_SERVER, RULES, SITE, SITE_POOL
from .preflight import misfits

CHILDREN = {child.name: child for child in SITE.children}
# Results and diffs tell the steps in this order, deletions last and the other way round.
ORDER = tuple(CHILDREN)

# What serves LANs, and must let go of one before that is deleted.
SERVING = ("nat_gateways", "network_load_balancers", "application_load_balancers")

# What others in a data center refer to by an id that deletions make void, and where it is listed to be kept.
MEMBERS = {
    NIC.kind: (NIC, "the nics of its server"),
    LAN.kind: (LAN, "lans"),
    SECURITY_GROUP.kind: (SECURITY_GROUP, "security_groups"),
}

# What has addresses; rules only name those of what they belong to.
HOLDERS = (NIC.kind, LOADBALANCER.kind, NAT_GATEWAY.kind, NLB.kind, ALB.kind)


@dataclass
class SiteFacts(ServerFacts):
    """What the plan of a data center knows: ``have`` is its tree, ``want`` what shall be in it.

    ``volumes`` tells which volume is which. ``compares_images`` is off once steps were made: what was foreseen of images
    is not looked at again. ``nodes`` are the names of the node pools of the servers that Kubernetes manages, by the id of
    the server, and ``pools`` the node pools, as results, where the plan had to know.
    """

    want: Node = field(default_factory=dict)
    assigned: VolumePlan | None = None
    compares_images: bool = True
    nodes: dict[str, str] = field(default_factory=dict)
    pools: list[Item] = field(default_factory=list)

    def present(self, collection: str) -> Sequence[Item]:
        return (self.have or {}).get(collection) or ()

    def listed(self, collection: str) -> Sequence[Node]:
        return self.want.get(collection) or ()

    def leaves(self, collection: str, name: str) -> bool:
        """Whether what bears a name in a collection is deleted because nobody lists it."""
        names = [each.get("name") for each in self.listed(collection)]
        return self.want.get(collection) is not None and name not in names and self.purges(collection)

    # -- names --------------------------------------------------------------------------------------------------------

    def around(self, resource: Resource) -> dict[str, str]:
        return {DATACENTER.kind: str(self.have["id"])} if self.have and resource.parents else {}

    @property
    def known_location(self) -> str:
        return str((self.have or self.want).get("location") or "")

    @property
    def location(self) -> str:
        return self.known_location

    def named(self, wanted: Selector) -> Any:
        if wanted.resource.kind == LAN.kind:
            return self._lan(wanted)
        if wanted.resource.kind == VOLUME.kind:
            return self._volume(wanted)
        if wanted.resource.kind == SECURITY_GROUP.kind:
            return self._listed_or_present(wanted, "security_groups")
        if wanted.resource.parents and self.have is None:
            raise NotFound(wanted.resource.label, wanted.option, wanted.value, "the data center")
        return super().named(wanted)

    def id_of(self, kind: str, option: str, value: Any) -> str | Ref:
        text = str(value)
        if kind == LAN.kind and LAN.is_id(text) and self._is_only_a_name(text):
            return self._lan(Selector(LAN, option, text, LAN.identity))
        return super().id_of(kind, option, value)

    def _is_only_a_name(self, digits: str) -> bool:
        """Whether a LAN is called so, and none has that number; a new data center numbers them from 1."""
        new = [] if self.have is not None else range(1, len(self.listed("lans")) + 1)
        numbers = {str(each["id"]) for each in self.present("lans")} | set(map(str, new))
        names = {str(each.get("name")) for each in (*self.listed("lans"), *self.present("lans"))}
        return digits in names - numbers

    def _lan(self, wanted: Selector) -> str | Ref:
        """The number of the LAN that is meant."""
        names = [str(each.get("name")) for each in self.listed("lans")]
        if self.have is None and wanted.value in names:
            # A new data center numbers its LANs in their order (contract section 10.1.2).
            return str(names.index(wanted.value) + 1)
        return self._listed_or_present(wanted, "lans")

    def _listed_or_present(self, wanted: Selector, collection: str) -> str | Ref:
        """The id of the object that is meant, among those that stay and those that are yet to be created."""
        name, label = wanted.value, wanted.resource.label
        listed = {str(each.get("name")): each for each in self.listed(collection)}
        if name in listed and listed[name].get("id"):
            return str(listed[name]["id"])
        found = [each["id"] for each in self.present(collection) if each["name"] == name]
        if len(found) > 1:
            raise AmbiguousName(label, wanted.option, name, found)
        if found and not self.leaves(collection, name):
            return str(found[0])
        if name in listed:
            return Ref((collection, name))
        there = [*listed, *(str(each["name"]) for each in self.present(collection))]
        advice = f"list it in {collection}, or correct the name"
        raise NotFound(label, wanted.option, name, "the data center", advice, there)

    def _volume(self, wanted: Selector) -> str:
        found = [each["id"] for each in self.present("volumes") if each["name"] == wanted.value]
        if len(found) > 1:
            raise AmbiguousName(VOLUME.label, wanted.option, wanted.value, found)
        if not found:
            names = [str(each["name"]) for each in self.present("volumes")]
            raise NotFound(
                VOLUME.label, wanted.option, wanted.value, "the data center", "list it in volumes", names
            )
        return str(found[0])

    def nics(self) -> Iterator[tuple[str, str | Ref]]:
        present = set()
        for server, nic in self._staying():
            present.add(f"{server['name']}/{nic['name']}")
            for mark in nic_marks(server["id"], nic["id"], server["name"], nic["name"]):
                yield mark, str(nic["id"])
        for node in self.listed("servers"):
            server_name = name_of(SERVER, node)
            server = _meant(SERVER, node, self.present("servers")) or {}
            for nic in node.get("nics") or ():
                name = name_of(NIC, nic)
                if f"{server_name}/{name}" not in present:
                    renamed = _meant(NIC, nic, server.get("nics") or ())
                    there = str(renamed["id"]) if renamed else Ref(("servers", server_name, "nics", name))
                    yield from ((mark, there) for mark in nic_marks(None, None, server_name, name))

    def _staying(self) -> Iterator[tuple[Item, Item]]:
        """The present NICs that the plan does not delete, each with its server."""
        described = {
            server["id"]: node
            for node in self.listed("servers")
            if (server := _meant(SERVER, node, self.present("servers")))
        }
        purged = self.want.get("servers") is not None and self.purges("servers")
        for server in self.present("servers"):
            if purged and server["id"] not in described and server["id"] not in self.nodes:
                continue
            nodes = described.get(server["id"], {}).get("nics")
            stay = [_meant(NIC, each, server["nics"]) for each in nodes or ()]
            for nic in server["nics"]:
                if nodes is None or not self.purges("nics") or nic in stay:
                    yield server, nic

    def called(self, resource: Resource, have: Item, path: Path) -> tuple[Path, ...]:
        holder = self.holders.get(have["id"]) if resource.kind == VOLUME.kind else None
        return (path, (*holder, "volumes", name_of(VOLUME, have))) if holder else (path,)

    # -- what the tree tells ------------------------------------------------------------------------------------------

    @property
    def volumes(self) -> VolumePlan | None:
        return self.assigned

    def image(self, image_id: str) -> Item | None:
        return super().image(image_id) if self.compares_images else None

    @cached_property
    def _holders(self) -> dict[str, Path]:
        return {
            volume["id"]: ("servers", name_of(SERVER, server))
            for server in self.present("servers")
            for volume in server["volumes"]
        }

    @property
    def holders(self) -> dict[str, Path]:
        return self._holders

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The names of what is there, by kind and id."""
        nics = {
            nic["id"]: f"{name_of(SERVER, server)}/{name_of(NIC, nic)}"
            for server in self.present("servers")
            for nic in server["nics"]
        }
        others = {
            resource.kind: {each["id"]: each["name"] for each in self.present(resource.plural)}
            for resource in (LAN, VOLUME, SECURITY_GROUP)
        }
        return {NIC.kind: nics, **others}

    def in_words(self, kind: str, value: Any) -> Any:
        return self._names.get(kind, {}).get(str(value)) or super().in_words(kind, value)

    def balancer_addresses(self, nic_id: str) -> list[str]:
        return [each["ip"] for each in self.present("loadbalancers") if nic_id in each["balanced_nics"]]


def _meant(resource: Resource, node: Node, present: Sequence[Item]) -> Item | None:
    """The present object that a node means by its id, or by its name if it gives none."""
    if node.get("id"):
        return next((each for each in present if each["id"] == str(node["id"]).lower()), None)
    return next((each for each in present if name_of(resource, each) == name_of(resource, node)), None)


def plan_site(facts: SiteFacts) -> Plan:
    """What turns the tree into what is described. Raises Unplannable with all that stands in the way."""
    planner = SitePlanner(facts, RULES)
    planned = planner.new() if facts.have is None else planner.changed(facts.have)
    holders = {volume["id"]: each["id"] for each in facts.present("servers") for volume in each["volumes"]}
    steps = in_turn(distinct(sorted(planned.steps, key=_rank)), holders)
    after = planned.after if facts.have is None else with_aftermath(planned.after, facts.have)
    plan = Plan(tuple(steps), with_lans(after), tuple(planner.unmanaged))
    if planner.problems and facts.compares_images:
        planner.problems += [((), CloudError(each)) for each in misfits(facts, plan)]
    planner.must_be_possible()
    return plan


def learn_nodes(facts: SiteFacts, servers: Sequence[Item]) -> None:
    """Note which of these servers Kubernetes manages, and its node pools; costs nothing where there are no servers."""
    if not servers or facts.have is None:
        return
    datacenter = str(facts.have["id"])
    facts.nodes |= managed(facts, datacenter, servers)
    facts.pools = [
        SITE_POOL.decode(pool, {K8S_CLUSTER.kind: cluster}) for cluster, pool in node_pools(facts, datacenter)
    ]


def with_lans(tree: Item) -> Item:
    """A tree whose NICs tell of their LANs, and whose servers tell their addresses; a LAN that is yet to get its number is
    known by its name.
    """
    lans = {str(lan["id"] or lan["name"]): lan for lan in tree["lans"]}

    def told(nic: Item) -> Item:
        lan = lans.get(str(nic["lan"] or nic.get("lan_name")), {})
        # A new LAN is private by default.
        return {**nic, "lan_name": lan.get("name"), "lan_public": bool(lan.get("public")) if lan else None}

    servers = [{**server, "nics": [told(nic) for nic in server["nics"]]} for server in tree["servers"]]
    return {**tree, "servers": [{**server, **addresses(server["nics"])} for server in servers]}


def with_nodes(tree: Item, facts: SiteFacts) -> Item:
    """A tree that tells what Kubernetes manages in it."""
    servers = [{**each, POOL_OF_SERVER.name: facts.nodes.get(each["id"])} for each in tree["servers"]]
    return {**tree, "servers": servers, "k8s_nodepools": facts.pools}


def _rank(step: Step) -> tuple[bool, int]:
    place = ORDER.index(step.path[0]) if step.path and step.path[0] in ORDER else -1
    return (True, -place) if step.verb == "delete" else (False, place)


class SitePlanner(Planner):
    facts: SiteFacts

    def __init__(self, facts: SiteFacts, rules: RulesByKind) -> None:
        super().__init__(facts, rules)
        self._referred: list[tuple[Path, Reference]] = []

    def new(self) -> Planned:
        """One request for the whole; load balancers with NICs, whose ids it tells, follow."""
        want = self.facts.want
        balanced = [each for each in want.get("loadbalancers") or () if each.get(BALANCED_NICS.name)]
        alone = [each for each in want.get("loadbalancers") or () if each not in balanced]
        self._assign(self._listed(()), ())
        node = {**want, "loadbalancers": alone}
        node = self.completed(SITE, self.resolved(SITE, node, ()), None, ())
        site = self.create(SITE, node, (), {}, ("datacenters",))
        after, steps = dict(site.after), list(site.steps)
        # It numbers its LANs in their order (contract section 10.1.2).
        after["lans"] = [{**lan, "id": str(number)} for number, lan in enumerate(after["lans"], 1)]
        parents: Parents = {DATACENTER.kind: Ref(())}
        child = CHILDREN["loadbalancers"]
        for each, _there in self.paired(SITE, child, {"loadbalancers": balanced}, None, ())[0]:
            path = ("loadbalancers", name_of(LOADBALANCER, each))
            created = self.create(LOADBALANCER, each, path, parents, url(LOADBALANCER.path, parents))
            after["loadbalancers"] = [*after["loadbalancers"], created.after]
            steps += created.steps
        attached = [{**each, "server_id": None} for server in after["servers"] for each in server["volumes"]]
        return Planned({**after, "volumes": [*after["volumes"], *attached]}, steps)

    def changed(self, have: Item) -> Planned:
        facts, want = self.facts, self.facts.want
        listed = self._listed(have["servers"])
        meant = {each.have["id"] for each in listed if each.have}
        others = [each for each in have["servers"] if each["id"] not in meant]
        learn_nodes(facts, others)
        volumes = self._assign(listed, have["volumes"])
        if self._lacks_images(listed, volumes):
            return Planned(have, [])
        node = self.completed(SITE, self.resolved(SITE, want, ()), have, ())
        site = self.present(SITE, node, have, (), {})
        self._refuse_nodes(site.steps)
        purged = want.get("servers") is not None and facts.purges("servers")
        leaving = [each for each in others if purged and each["id"] not in facts.nodes]
        orphans = self._orphans(leaving, volumes, {DATACENTER.kind: str(have["id"])})
        after, steps = dict(site.after), [*site.steps, *orphans.steps]
        attached = [volume for server in after["servers"] for volume in server["volumes"]]
        after["volumes"] = [*after["volumes"], *attached, *orphans.after]
        self._refuse_what_goes(steps)
        self._refuse_lost_boots(after["servers"], steps)
        self._refuse_lans_in_use(after["servers"], steps)
        return Planned(after, steps)

    def _listed(self, present: Sequence[Item]) -> list[Listed]:
        """The described servers, each with the present one that it means."""
        nobody: tuple[Pairs, list[Item]] = ([], [])
        child, nodes = CHILDREN["servers"], self.facts.listed("servers")
        pairs, _rest = self.attempt((), nobody, lambda: pair(child, nodes, present), own=False)
        return [Listed(("servers", name_of(SERVER, node)), node, there) for node, there in pairs]

    def _assign(self, servers: Sequence[Listed], present: Sequence[Item]) -> VolumePlan:
        """Tell all volumes apart, before any server is planned. Raises CloudError where that cannot be done."""
        self.must_be_possible()
        names = {str(each["id"]): str(each["name"]) for each in self.facts.present("servers")}
        self.facts.assigned = VolumePlan(present, servers, names).assign(self.facts.listed("volumes"))
        return self.facts.assigned

    def _lacks_images(self, servers: Sequence[Listed], volumes: VolumePlan) -> bool:
        """Whether images of present volumes must be read first, because planning the servers takes long.

        With anything new they are planned all the same, so that its images are read in the same list.
        """
        pairs = [*chain(*volumes.of.values(), volumes.loose)]
        made = {(node.get("image"), there["image"]): (node, there) for node, there in pairs if there}
        for node, there in made.values():
            ask_image(node, there, self.facts)
        new = not all(each.have for each in servers) or not all(there for _node, there in pairs)
        return bool(self.facts.open) and not new

    def _orphans(self, leaving: Sequence[Item], volumes: VolumePlan, parents: Parents) -> Planned:
        """The volumes of servers that are deleted; those that came with a template go with them (contract
        section 10.3)."""
        left = {each["id"] for each in volumes.rest}
        after: list[Item] = []
        steps: list[Step] = []
        for server in leaving:
            gone = ("delete", ("servers", name_of(SERVER, server)))
            for volume in server["volumes"]:
                path = ("volumes", name_of(VOLUME, volume))
                if volume["id"] not in left or goes_with(server, volume):
                    continue
                if self.facts.purges("volumes"):
                    deleting = self.delete(VOLUME, volume, path, parents)
                    steps += [step.but(waits_for=(*step.waits_for, gone)) for step in deleting]
                else:
                    self.unmanaged.append("/".join(path))
                    after.append({**volume, "server_id": None, **PLACE})
        return Planned(after, steps)

    def resolved(self, resource: Resource, want: Node, path: Path) -> Node:
        """As of any tree; what the node refers to is noted."""
        node = super().resolved(resource, want, path)
        fields = (*resource.writable, *self.rules(resource).options)
        self._referred += [(path, each) for each in references(fields, node) if each.kind in MEMBERS]
        return node

    def _refuse_what_goes(self, steps: Sequence[Step]) -> None:
        """Nothing refers by its id to what the plan deletes, as nothing can by its name.

        A LAN that NICs are left in is told by itself, and so is a volume to boot from.
        """
        gone = {(step.resource.kind, step.url[-1]) for step in steps if step.verb == "delete"}
        for server in self.facts.present("servers"):
            if (SERVER.kind, server["id"]) in gone:
                gone |= {(NIC.kind, nic["id"]) for nic in server["nics"]}
        for path, each in self._referred:
            told_below = path[-2:-1] == ("nics",) and each.kind == LAN.kind
            is_new = isinstance(each.value, Ref)  # whose text is a name
            if (each.kind, str(each.value)) in gone and not (told_below or is_new):
                member, where = MEMBERS[each.kind]
                words = self.facts.in_words(each.kind, each.value)
                reason = f"{each.option}: purge would delete the {member.label} {words}; list it in {where}"
                self.problems.append((path, InvalidOption(reason)))

    def _refuse_lost_boots(self, servers: Sequence[Item], steps: Sequence[Step]) -> None:
        """No server boots from a volume that the plan deletes, or that another server keeps or boots from."""
        deleted = {step.url[-1] for step in steps if step.verb == "delete" and step.resource is VOLUME}
        holders = {volume["id"]: name_of(SERVER, each) for each in servers for volume in each["volumes"]}
        named = {
            name_of(SERVER, each): each for each in self.facts.listed("servers") if each.get("boot_volume")
        }
        rest = {each["id"] for each in self.facts.volumes.rest} if self.facts.volumes else set()
        first: dict[str, str] = {}
        for name, boot in ((name_of(SERVER, each), each["boot_volume"]) for each in servers):
            if name not in named or not boot:
                continue
            volume = self.facts.in_words(VOLUME.kind, boot)
            reason = ""
            # What this run attaches to a server whose volumes are listed without it, the next one would delete.
            unlisted = boot in rest and "volumes" in named[name] and self.facts.purges("volumes")
            elsewhere = holders.get(boot, name) != name
            if boot in deleted or (unlisted and not elsewhere):
                reason = f"purge would delete the volume {volume}; list it in volumes"
            elif elsewhere:
                reason = (
                    f"the volume {volume} stays attached to the server {holders[boot]}; to move it, list it in the "
                    "volumes of this server instead"
                )
            elif first.setdefault(boot, name) != name:
                reason = f"the server {first[boot]} would boot from the volume {volume}, too; name it for one of them"
            if reason:
                self.problems.append((("servers", name), InvalidOption(f"boot_volume: {reason}")))

    def _refuse_lans_in_use(self, servers: Sequence[Item], steps: Sequence[Step]) -> None:
        """The service deletes no LAN that NICs are left in (contract section 10.11)."""
        deleted = {
            step.url[-1]: step.path for step in steps if step.verb == "delete" and step.resource is LAN
        }
        members: dict[Path, list[str]] = {}
        for server in servers:
            for nic in server["nics"]:
                if path := deleted.get(str(nic["lan"])):
                    members.setdefault(path, []).append(f"{name_of(SERVER, server)}/{name_of(NIC, nic)}")
        for path, nics in members.items():
            reason = (
                f"purge would delete the LAN, but NICs are left in it: {', '.join(nics)}; list it in lans"
            )
            self.problems.append((path, InvalidOption(reason)))

    # -- what a copy of another data center cannot have ---------------------------------------------------------------

    def compose(self, resource: Resource, want: Node, path: Path, parents: Parents) -> New:
        self.attempt(path, None, lambda: self._of_its_own(resource, want))
        new = super().compose(resource, want, path, parents)
        lan = want.get("lan") if resource.kind == NIC.kind else None
        return new._replace(after={**new.after, "lan_name": lan.path[-1]}) if isinstance(lan, Ref) else new

    def _of_its_own(self, resource: Resource, want: Node) -> None:
        """Raise InvalidOption for what belongs to another data center: addresses in use there, and blocks out of its
        IPv6 block.
        """
        block = str(want.get("ipv6_cidr_block") or "AUTO")
        if self.facts.have is None and (want.get("ipv6_ips") or block.upper() != "AUTO"):
            option = "ipv6_ips" if want.get("ipv6_ips") else "ipv6_cidr_block"
            raise InvalidOption(
                f"{option}: each new data center gets its own IPv6 block from the service; leave it out"
            )
        if resource.kind not in HOLDERS:
            return
        own = str((self.facts.have or {}).get("id"))
        for option in (each.name for each in resource.writable if each.refers == ADDRESS):
            given = want.get(option) or ()
            for ip in filter(is_public, [given] if isinstance(given, str) else given):
                used = [each for each in self._consumers(ip) if each["datacenter_id"] != own]
                if used:
                    raise InvalidOption(
                        f"{option}: {ip} is in use in the data center {used[0]['datacenter_name']}; give another reserved "
                        "address"
                    )

    def _consumers(self, ip: str) -> list[Item]:
        blocks = (IPBLOCK.decode(item, {}) for item in self.facts.items(IPBLOCK, {}, lenient=True))
        return [each for block in blocks for each in block["ip_consumers"] if each["ip"] == ip]

    # -- what Kubernetes manages --------------------------------------------------------------------------------------

    def leftover(
        self, child: Child, rest: Sequence[Item], at: Path, parents: Parents, listed: bool
    ) -> Planned:
        """Node pools, their servers and the LANs of these belong to the service (contract section 10.29): they are
        reported and left alone.
        """
        theirs = self._managed(child, rest)
        others = super().leftover(child, [each for each in rest if each not in theirs], at, parents, listed)
        self.unmanaged += [f"{child.name}/{name_of(child.resource, each)} {MANAGED}" for each in theirs]
        if child.resource.kind == SERVER.kind:
            self.unmanaged += sorted(f"k8s_nodepools/{each['name']} {MANAGED}" for each in self.facts.pools)
        return Planned([*others.after, *theirs], others.steps)

    def _managed(self, child: Child, rest: Sequence[Item]) -> list[Item]:
        nodes = self.facts.nodes
        if child.resource.kind == SERVER.kind:
            return [each for each in rest if each["id"] in nodes]
        if child.resource.kind != LAN.kind or not nodes:
            return []
        nics = {nic["id"] for s in self.facts.present("servers") if s["id"] in nodes for nic in s["nics"]}
        return [each for each in rest if nics.intersection(each["nics"])]

    def _refuse_nodes(self, steps: Sequence[Step]) -> None:
        """Note a problem for each Kubernetes node that the plan would change, or take a volume from."""
        touched = {part for step in steps for part in step.url}
        servers = [
            each
            for each in self.facts.present("servers")
            if touched.intersection((each["id"], *(volume["id"] for volume in each["volumes"])))
        ]
        learn_nodes(self.facts, servers)
        for each in servers:
            if each["id"] in self.facts.nodes:
                refused = refusal(each, self.facts.nodes[each["id"]])
                self.problems.append((("servers", name_of(SERVER, each)), refused))

    # -- the order of flow logs ---------------------------------------------------------------------------------------

    def branch(self, child: Child, want: Node, above: At) -> Planned:
        """Where an object takes only one flow log, the present one has to go before another is created."""
        planned = super().branch(child, want, above)
        if child.resource.kind != FLOWLOG.kind:
            return planned
        gone = tuple(step.key for step in planned.steps if step.verb == "delete")
        steps = [
            step.but(waits_for=(*step.waits_for, *gone)) if step.verb == "create" else step
            for step in planned.steps
        ]
        return planned._replace(steps=steps)

    # -- the order of failover groups ---------------------------------------------------------------------------------

    def updating(self, at: At, want: Node) -> Step:
        """A NIC heads a group only once it has the address, and a group goes only once others have given it up or are gone
        (contract section 10.11).
        """
        step = super().updating(at, want)
        if at.change.resource.kind != LAN.kind or "ip_failover" not in at.change.patch:
            return step
        nics = (
            ("update", ("servers", name_of(SERVER, server), "nics", name_of(NIC, nic)))
            for server in self.facts.listed("servers")
            for nic in server.get("nics") or ()
        )
        return step.but(waits_for=(*step.waits_for, *nics, *self._followers(at.change.before or {})))

    def _followers(self, lan: Mapping[str, Any]) -> Iterator[Key]:
        """The deletions of what shares the addresses of a LAN's groups, and heads none: what does waits for its LAN."""
        heads = {group["nic_id"] for each in self.facts.present("lans") for group in each["ip_failover"]}
        shared = {group["ip"] for group in lan.get("ip_failover") or ()}
        for server in self.facts.present("servers"):
            home: Path = ("servers", name_of(SERVER, server))
            following = [nic for nic in server["nics"] if shared.intersection(nic["ips"])]
            if heads.isdisjoint(nic["id"] for nic in server["nics"]) and following:
                yield "delete", home
            for nic in following:
                if nic["id"] not in heads:
                    yield "delete", (*home, "nics", name_of(NIC, nic))

    # -- the order of deletions ---------------------------------------------------------------------------------------

    def delete(self, resource: Resource, have: Item, path: Path, parents: Parents) -> list[Step]:
        waits = self._before_deletion(resource, have)
        steps = super().delete(resource, have, path, parents)
        return [step.but(waits_for=(*step.waits_for, *waits)) for step in steps]

    def _before_deletion(self, resource: Resource, have: Item) -> tuple[Key, ...]:
        """What must be done before something can go; steps that are not in the plan do not count."""
        if resource.kind == LAN.kind:
            return self._emptying(have)
        if resource.kind == SECURITY_GROUP.kind:
            return (("update", ()),)
        if resource.kind == VOLUME.kind:
            holder = self.facts.holders.get(have["id"])
            return (("update", holder),) if holder else ()
        if resource.kind in (SERVER.kind, NIC.kind):
            nics = {nic["id"] for nic in have["nics"]} if resource.kind == SERVER.kind else {have["id"]}
            return tuple(
                ("update", ("lans", name_of(LAN, lan)))
                for lan in self.facts.present("lans")
                if any(group["nic_id"] in nics for group in lan["ip_failover"])
            )
        return ()

    def _emptying(self, lan: Item) -> tuple[Key, ...]:
        """Whatever takes NICs out of a LAN: one that has any cannot be deleted (contract section 10.11)."""
        keys: list[Key] = []
        members = set(lan["nics"])
        for server in self.facts.present("servers"):
            home: Path = ("servers", name_of(SERVER, server))
            for nic in server["nics"]:
                if nic["id"] in members:
                    path = (*home, "nics", name_of(NIC, nic))
                    keys += [("delete", home), ("delete", path), ("update", path)]
        for collection in SERVING:
            for each in self.facts.present(collection):
                here: Path = (collection, name_of(CHILDREN[collection].resource, each))
                keys += [("delete", here), ("update", here)]
        return tuple(keys)
