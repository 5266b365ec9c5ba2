# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a data center needs to be as it is described: a pure plan.

What is special about this service: NICs name LANs, servers their boot volume, load balancers and failover groups NICs;
volumes belong to the data center and are attached to servers; servers run or do not; labels are objects of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._engine.errors import AmbiguousName, NotFound
from .._engine.resource import Child, Resource, is_uuid
from .._engine.service import Item
from .._engine.tree import Key, Node, Parents, Path, Planner, Ref, Step, Unplannable, Url, name_of, pair, url
from .description import SITE
from .resources.compute import DATACENTER, LAN, NIC, SERVER, VOLUME
from .resources.network import LOADBALANCER

CHILDREN = {child.name: child for child in SITE.children}
OF_SERVER = {child.name: child for child in SERVER.children}
RUNNING = ("RUNNING", "BLOCKED")
# Results and diffs tell the steps in this order, deletions last and the other way round.
ORDER = ("lans", "volumes", "servers", "loadbalancers")

Labels = Mapping[str, Mapping[str, str]]
Check = Callable[[Resource, Node, "Item | None"], None]
Rewrite = Callable[[Resource, Node], Node]
OtherImage = Callable[[str, str], "str | None"]


@dataclass(frozen=True)
class Plan:
    """The steps to take, paths of what nobody described, and the tree as it will be."""

    steps: tuple[Step, ...]
    unmanaged: tuple[str, ...]
    after: Item


def plan_site(
    want: Node,
    have: Item | None,
    purge: Collection[str] = (),
    labels: Labels | None = None,
    check: Check = lambda resource, want, have: None,
    source: Rewrite = lambda resource, want: want,
    names: Rewrite = lambda resource, want: want,
    other_image: OtherImage = lambda named, image_id: None,
) -> Plan:
    """What turns the tree ``have`` (None: there is no such data center) into what ``want`` describes.

    ``labels`` are those that are there, by the id of what has them. ``check`` raises CloudError for what the service
    would refuse, ``source`` says what a new volume is made from, and ``names`` puts ids in place of the names of what is
    outside of the data center. ``other_image`` tells the name of an image, given by its id, which a name or an alias
    does not stand for. Raises Unplannable with all that stands in the way.
    """
    planner = _SitePlanner(want, have, purge, labels or {}, check, source, names, other_image)
    after = planner.site()
    if planner.problems:
        raise Unplannable(planner.problems)
    return Plan(tuple(sorted(planner.steps, key=_rank)), tuple(planner.unmanaged), after)


def _rank(step: Step) -> tuple[bool, int]:
    place = ORDER.index(step.path[0]) if step.path and step.path[0] in ORDER else -1
    return (True, -place) if step.verb == "delete" else (False, place)


@dataclass
class _Disks:
    """Which present volume each described one is, None where it must be created.

    ``of`` is by the path of a server, ``loose`` those of no server, ``rest`` what nobody described, ``holder`` the
    server by the id of a volume that is attached to it.
    """

    of: dict[Path, list[tuple[Node, Item | None]]] = field(default_factory=dict)
    loose: list[tuple[Node, Item | None]] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)
    holder: dict[str, Item] = field(default_factory=dict)


class _SitePlanner(Planner):
    def __init__(
        self,
        want: Node,
        have: Item | None,
        purge: Collection[str],
        labels: Labels,
        check: Check,
        source: Rewrite,
        names: Rewrite,
        other_image: OtherImage,
    ) -> None:
        super().__init__(purge)
        self._want = want
        self._have = have
        self._labels = labels
        self._check = check
        self._source = source
        self._names = names
        self._other_image = other_image
        self._disks = _Disks()
        self._undescribed: frozenset[str] = frozenset()
        self._nics: dict[str, list[str | Ref]] = defaultdict(list)
        for server in (have or {}).get("servers", ()):
            for nic in server["nics"]:
                self._nics[f"{server['name']}/{nic['name']}"].append(str(nic["id"]))
        for server in want.get("servers") or ():
            for nic in server.get("nics") or ():
                name = f"{server.get('name')}/{nic.get('name')}"
                if name not in self._nics:
                    self._nics[name].append(
                        Ref(("servers", str(server.get("name")), "nics", str(nic.get("name"))))
                    )

    # -- the whole ------------------------------------------------------------------------------------------------

    def site(self) -> Item:
        """Plan all of it; the tree as it will be."""
        if self._have is None:
            return self._new_site()
        have, want = self._have, self._want
        parents: Parents = {DATACENTER.kind: str(have["id"])}
        item: Url = ("datacenters", str(have["id"]))
        change = self.decide(SITE, want, have, ())
        if change.patch:
            self.update(change, (), item, {})
        self._label(DATACENTER, want, have, (), item)
        servers, unwanted = pair(CHILDREN["servers"], want.get("servers") or (), have["servers"], ())
        gone = unwanted if want.get("servers") is not None and self.purges("servers") else []
        self._disks = assign_volumes(want, have, servers)
        self._undescribed = frozenset(each["id"] for each in self._disks.rest)
        after = {**(change.after or have)}
        after["servers"] = self.branch(CHILDREN["servers"], want.get("servers"), have["servers"], (), parents)
        after["volumes"] = self._volumes(parents, gone, after["servers"])
        after["loadbalancers"] = self.branch(
            CHILDREN["loadbalancers"], want.get("loadbalancers"), have["loadbalancers"], (), parents
        )
        after["lans"] = self.branch(CHILDREN["lans"], want.get("lans"), have["lans"], (), parents)
        return after

    def _new_site(self) -> Item:
        """One request for the whole; what needs the ids of NICs follows."""
        want = dict(self._want)
        balancers = want.pop("loadbalancers", ())
        alone = [each for each in balancers if not each.get("balanced")]
        want |= {"loadbalancers": alone} if alone else {}
        want["servers"] = [_boot_first(each) for each in want.get("servers") or ()]
        for collection in ("lans", "volumes", "servers", "loadbalancers"):
            child = CHILDREN[collection]
            pair(child, want.get(collection) or (), (), ())
            want[collection] = [
                self._prepared(child.resource, each, (collection,)) for each in want.get(collection) or ()
            ]
        for server in want["servers"]:
            path = ("servers", name_of(SERVER, server))
            for name in ("volumes", "nics"):
                pair(OF_SERVER[name], server.get(name) or (), (), path)
            self.decide(SERVER, server, None, path)
        after = self.create(SITE, want, (), {}, ("datacenters",))
        parents: Parents = {DATACENTER.kind: Ref(())}
        rest = [each for each in balancers if each.get("balanced")]
        after["loadbalancers"] += self.branch(CHILDREN["loadbalancers"], rest, (), (), parents)
        attached = [{**each, "server_id": None} for server in after["servers"] for each in server["volumes"]]
        after["volumes"] += attached
        return after

    # -- what is special ------------------------------------------------------------------------------------------

    def check(self, resource: Resource, want: Node, have: Item | None, path: Path) -> None:
        self._check(resource, want, have)

    def source(self, resource: Resource, want: Node) -> Node:
        return self._source(resource, want)

    def prepare(self, resource: Resource, want: Node, path: Path) -> Node:
        want = self._names(resource, want)
        if resource is NIC and want.get("lan") not in (None, ""):
            return {**want, "lan": self._lan(want["lan"])}
        if resource is LAN and want.get("ip_failover"):
            groups = [
                {**each, "nic_id": self._nic("ip_failover", each["nic_id"])} for each in want["ip_failover"]
            ]
            return {**want, "ip_failover": groups}
        if resource is LOADBALANCER and want.get("balanced"):
            nics = {str(each): self._nic("balanced_nics", each) for each in want["balanced"]}
            return {**want, "balanced": list(nics.values())}
        return want

    def body(self, resource: Resource, want: Node, path: Path, parents: Parents) -> dict[str, Any]:
        if "adopt" in want:
            return {"id": want["adopt"]}
        body = super().body(resource, want, path, parents)
        if resource is LOADBALANCER and want.get("balanced"):
            body["entities"] = {"balancednics": {"items": [{"id": nic} for nic in want["balanced"]]}}
        return body

    def follow(self, resource: Resource, want: Node, path: Path, item: Url, parents: Parents) -> None:
        super().follow(resource, want, path, item, parents)
        if resource is SERVER and want.get("power") == "stopped":
            self._switch(want, path, item, "stopped", ("create", path))
        self._label(resource, want, None, path, item)

    def node(self, child: Child, want: Node, have: Item | None, path: Path, parents: Parents) -> Item:
        if child.resource is SERVER:
            return self._server(child, want, have, path, parents)
        if child.resource is NIC and have is not None:
            want = self._with_shared_address(want, have)
        after = super().node(child, want, have, path, parents)
        if have is not None:
            item = (*url(child.resource.path, parents), str(have["id"]))
            self._label(child.resource, want, have, path, item)
            if child.resource is LOADBALANCER:
                self._balance(want, have, path, item)
        return after

    def delete(
        self, child: Child, have: Item, at: Path, parents: Parents, waits_for: tuple[Key, ...] = ()
    ) -> None:
        super().delete(child, have, at, parents, (*waits_for, *self._before_deletion(child.resource, have)))

    # -- references -----------------------------------------------------------------------------------------------

    def _lan(self, value: Any) -> int | Ref:
        """The number of the LAN that a NIC names."""
        name = str(value)
        if LAN.is_id(name):
            return int(name)
        wanted = [each.get("name") for each in self._want.get("lans") or ()]
        if self._have is None:
            if name in wanted:
                # A new data center numbers its LANs in their order (contract section 10.1.2).
                return wanted.index(name) + 1
        elif name in wanted and (number := self._want["lans"][wanted.index(name)].get("id")):
            return int(number)
        else:
            found = [lan["id"] for lan in self._have["lans"] if lan["name"] == name]
            if len(found) > 1:
                raise AmbiguousName(LAN.label, "lan", name, found)
            leaving = self._want.get("lans") is not None and name not in wanted and self.purges("lans")
            if found and not leaving:
                return int(found[0])
            if name in wanted:
                return Ref(("lans", name), number=True)
        raise NotFound(LAN.label, "lan", name, "the data center", "list it in lans, or correct the name")

    def _nic(self, option: str, value: Any) -> str | Ref:
        """The id of a NIC that is given by the names of its server and itself."""
        text = str(value)
        if is_uuid(text):
            return text.lower()
        found = self._nics.get(text, [])
        if len(found) > 1:
            raise AmbiguousName(NIC.label, option, text, map(str, found))
        if found:
            return found[0]
        advice = "give it as name of the server, slash, name of the NIC"
        raise NotFound(NIC.label, option, text, "the data center", advice)

    # -- servers --------------------------------------------------------------------------------------------------

    def _server(self, child: Child, want: Node, have: Item | None, path: Path, parents: Parents) -> Item:
        disks = self._disks.of.get(path, [])
        if have is None:
            return self._new_server(want, disks, path, parents)
        item = (*url(SERVER.path, parents), str(have["id"]))
        below = {**parents, SERVER.kind: str(have["id"])}
        now_stopped = self._power_of(have) == "stopped"
        if want.get("power") == "stopped" and not now_stopped:
            self._switch(want | {"type": have["type"]}, path, item, "stopped")
        boot = self._boot_volume(want, have, disks, path)
        volumes = [self._attached(each, there, have, path, parents) for each, there in disks]
        change = self.decide(SERVER, {**want, **boot}, have, path)
        if change.patch.get("boot_cdrom") and change.patch["boot_cdrom"] not in have["cdroms"]:
            self._attach_cdrom(change.patch["boot_cdrom"], path, item)
        if change.patch:
            waits = [("stop", path), ("attach", path)]
            waits += [("attach", (*path, "volumes", name_of(VOLUME, each))) for each, _there in disks]
            self.update(change, path, item, parents, tuple(waits))
        self._label(SERVER, want, have, path, item)
        nics = self.branch(OF_SERVER["nics"], want.get("nics"), have["nics"], path, below)
        if want.get("power") == "running" and now_stopped:
            before = tuple(step.key for step in self.steps if step.path[:2] == path)
            self._switch(want | {"type": have["type"]}, path, item, "running", *before)
        kept = [each for each in have["volumes"] if each["id"] in self._undescribed]
        return {**(change.after or have), "volumes": [*volumes, *kept], "nics": nics}

    def _new_server(
        self, want: Node, disks: Sequence[tuple[Node, Item | None]], path: Path, parents: Parents
    ) -> Item:
        volumes = [each if there is None else {**each, "adopt": str(there["id"])} for each, there in disks]
        waits = tuple(
            self._detach(there, path) for _each, there in disks if there and there["id"] in self._disks.holder
        )
        for each, there in disks:
            if there is not None:
                self._change_volume(each, there, (*path, "volumes", name_of(VOLUME, each)), parents)
        new = _boot_first({**want, "volumes": volumes} if disks else want)
        if new.get("boot_volume") and not is_uuid(new["boot_volume"]):
            name, have = str(new["boot_volume"]), self._have or {"volumes": ()}
            found = [each for each in have["volumes"] if each["name"] == name]
            new = {**new, "boot_volume": self._one_volume(name, found)["id"]}
        return self.create(SERVER, new, path, parents, url(SERVER.path, parents), waits)

    def _boot_volume(
        self, want: Node, have: Item, disks: Sequence[tuple[Node, Item | None]], path: Path
    ) -> dict[str, Any]:
        """The field boot_volume by id, and the volume attached if it is not."""
        boot = want.get("boot_volume")
        if not boot:
            return {}
        for each, there in disks:
            if boot == each.get("name") or (there and boot == there["id"]):
                return {
                    "boot_volume": str(there["id"])
                    if there
                    else Ref((*path, "volumes", name_of(VOLUME, each)))
                }
        attached = [each for each in have["volumes"] if boot in (each["name"], each["id"])]
        elsewhere = [each for each in (self._have or have)["volumes"] if boot in (each["name"], each["id"])]
        try:
            found = self._one_volume(str(boot), attached or elsewhere)
        except (NotFound, AmbiguousName) as error:
            self.problems.append((path, error))
            return {}
        if not attached:
            self._attach(found, found, have, path)
        return {"boot_volume": str(found["id"])}

    def _one_volume(self, name: str, found: Sequence[Item]) -> Item:
        if len(found) > 1:
            raise AmbiguousName(VOLUME.label, "boot_volume", name, [each["id"] for each in found])
        if not found:
            raise NotFound(VOLUME.label, "boot_volume", name, "the data center", "list it in volumes")
        return found[0]

    def _switch(self, want: Node, path: Path, item: Url, power: str, *waits_for: Key) -> None:
        """Start or stop a server; a CUBE is suspended and resumed instead (contract section 10.4)."""
        verb = "stop" if power == "stopped" else "start"
        action = {"stop": "suspend", "start": "resume"}[verb] if want.get("type") == "CUBE" else verb
        before = {"state": "running" if power == "stopped" else "stopped"}
        self.steps.append(
            Step(
                verb,
                path,
                SERVER.label,
                "POST",
                (*item, action),
                before=None if ("create", path) in waits_for else before,
                after={"state": power},
                waits_for=waits_for,
                safe=True,
            )
        )

    @staticmethod
    def _power_of(have: Item) -> str:
        """While a server is being created it shows no machine state yet; it will run."""
        return "running" if have["vm_state"] in (None, *RUNNING) else "stopped"

    def _attach_cdrom(self, image: str, path: Path, item: Url) -> None:
        self.steps.append(
            Step(
                "attach",
                path,
                "CD-ROM of server",
                "POST",
                (*item, "cdroms"),
                {"id": image},
                after={"cdroms": [image]},
            )
        )

    # -- volumes --------------------------------------------------------------------------------------------------

    def _attached(self, want: Node, there: Item | None, server: Item, path: Path, parents: Parents) -> Item:
        """Plan a volume of a server that is there."""
        own = (*path, "volumes", name_of(VOLUME, want))
        if there is None:
            # One request makes and attaches it (contract section 10.5).
            home = (*url(SERVER.path, parents), str(server["id"]), "volumes")
            return {**self.create(VOLUME, want, own, parents, home), "server_id": server["id"]}
        after = self._change_volume(want, there, own, parents)
        holder = self._disks.holder.get(there["id"])
        if holder is None or holder["id"] != server["id"]:
            self._attach(want, there, server, path)
        return {**after, "server_id": server["id"]}

    def _change_volume(self, want: Node, there: Item, path: Path, parents: Parents) -> Item:
        item = (*url(VOLUME.path, parents), str(there["id"]))
        image, compared = want.get("image"), there
        if image and there["image"] and not is_uuid(image):
            other = self._other_image(str(image), str(there["image"]))
            if other is None:
                want = {name: value for name, value in want.items() if name != "image"}
            else:
                compared = {**there, "image": other}
        change = self.decide(VOLUME, want, compared, path)
        if change.patch:
            # One volume boots first only while no other does (contract section 10.7).
            before: tuple[Key, ...] = ()
            if change.patch.get("boot_order") == "PRIMARY":
                beside = (step for step in self.steps if step.path[:-1] == path[:-1])
                before = tuple(step.key for step in beside if "boot_order" in (step.after or {}))
            self.update(change, path, item, parents, before)
        self._label(VOLUME, want, there, path, item)
        return dict(change.after or there)

    def _attach(self, want: Mapping[str, Any], there: Item, server: Item, path: Path) -> None:
        waits = (self._detach(there, path),) if there["id"] in self._disks.holder else ()
        own = (*path, "volumes", name_of(VOLUME, want))
        datacenter = str((self._have or {})["id"])
        home = ("datacenters", datacenter, "servers", str(server["id"]), "volumes")
        self.steps.append(
            Step(
                "attach",
                own,
                VOLUME.label,
                "POST",
                home,
                {"id": there["id"]},
                after={"attached": True},
                waits_for=waits,
            )
        )

    def _detach(self, there: Item, path: Path) -> Key:
        """Take a volume from its server; the step's key."""
        holder = self._disks.holder[there["id"]]
        own = ("servers", name_of(SERVER, holder), "volumes", name_of(VOLUME, there))
        datacenter = str((self._have or {})["id"])
        home = ("datacenters", datacenter, "servers", str(holder["id"]), "volumes", str(there["id"]))
        step = Step(
            "detach",
            own,
            VOLUME.label,
            "DELETE",
            home,
            before={"attached": True},
            waits_for=(("update", own[:2]),),
            safe=True,
        )
        self.steps.append(step)
        return step.key

    def _volumes(self, parents: Parents, gone: Sequence[Item], servers: Sequence[Item]) -> list[Item]:
        """Plan the volumes that no server has and those that nobody described; all volumes as they will be."""
        child, disks = CHILDREN["volumes"], self._disks
        listed = {name_of(SERVER, each): each for each in self._want.get("servers") or ()}
        after = []
        for want, there in disks.loose:
            path = ("volumes", name_of(VOLUME, want))
            if there is None:
                after.append(self.create(VOLUME, want, path, parents, url(VOLUME.path, parents)))
                continue
            after.append(self._change_volume(want, there, path, parents))
            holder = disks.holder.get(there["id"])
            if holder and (listed.get(name_of(SERVER, holder)) or {}).get("volumes") is not None:
                self._detach(there, path)
                after[-1] = {**after[-1], "server_id": None, "device_number": None, "pci_slot": None}
        leaving = {server["id"] for server in gone}
        for there in sorted(disks.rest, key=lambda each: name_of(VOLUME, each)):
            holder = disks.holder.get(there["id"])
            if holder is None:
                after += self.leftover(child, [there], (), parents, self._want.get("volumes") is not None)
            elif holder["id"] in leaving:
                after += self._orphan(there, holder, parents)
            elif (node := listed.get(name_of(SERVER, holder))) is not None:
                at = ("servers", name_of(SERVER, holder))
                self.leftover(OF_SERVER["volumes"], [there], at, parents, node.get("volumes") is not None)
        return after + [volume for server in servers for volume in server["volumes"]]

    def _orphan(self, volume: Item, server: Item, parents: Parents) -> list[Item]:
        """A volume of a server that is deleted; one of type DAS goes with it (contract section 10.3)."""
        if volume["disk_type"] == "DAS":
            return []
        if self.purges("volumes"):
            after_server = ("delete", ("servers", name_of(SERVER, server)))
            self.delete(CHILDREN["volumes"], volume, (), parents, (after_server,))
            return []
        self.unmanaged.append(f"volumes/{name_of(VOLUME, volume)}")
        return [{**volume, "server_id": None, "device_number": None, "pci_slot": None}]

    # -- NICs and load balancers -------------------------------------------------------------------------------------

    def _with_shared_address(self, want: Node, have: Item) -> Node:
        """A balanced NIC has the address of its balancer too, and must keep it (contract section 10.14)."""
        shared = [
            balancer["ip"]
            for balancer in (self._have or {})["loadbalancers"]
            if have["id"] in balancer["balanced_nics"] and balancer["ip"] in have["ips"]
        ]
        if not want.get("ips") or not shared:
            return want
        return {**want, "ips": [*(ip for ip in shared if ip not in want["ips"]), *want["ips"]]}

    def _balance(self, want: Node, have: Item, path: Path, item: Url) -> None:
        """The balanced NICs are a set."""
        if want.get("balanced") is None:
            return
        wanted, present = want["balanced"], have["balanced_nics"]
        names = self._nic_names()
        for nic in present:
            if nic not in wanted:
                own = (*path, "balanced_nics", names.get(nic, nic))
                before = {"balanced": True}
                self.steps.append(
                    Step(
                        "detach",
                        own,
                        NIC.label,
                        "DELETE",
                        (*item, "balancednics", nic),
                        before=before,
                        safe=True,
                    )
                )
        for nic in wanted:
            if isinstance(nic, Ref) or nic not in present:
                name = f"{nic.path[1]}/{nic.path[3]}" if isinstance(nic, Ref) else names.get(nic, nic)
                own = (*path, "balanced_nics", name)
                body = {"id": nic}
                self.steps.append(
                    Step(
                        "attach",
                        own,
                        NIC.label,
                        "POST",
                        (*item, "balancednics"),
                        body,
                        after={"balanced": True},
                    )
                )

    def _nic_names(self) -> dict[str, str]:
        return {
            nic["id"]: f"{name_of(SERVER, server)}/{name_of(NIC, nic)}"
            for server in (self._have or {}).get("servers", ())
            for nic in server["nics"]
        }

    # -- labels ---------------------------------------------------------------------------------------------------

    def _label(self, resource: Resource, want: Node, have: Item | None, path: Path, item: Url) -> None:
        """Labels are objects of their own, changed at once (contract section 10.23)."""
        if want.get("labels") is None:
            return
        present = self._labels.get(str(have["id"]), {}) if have else {}
        for key, value in want["labels"].items():
            own = (*path, "labels", key)
            properties = {"properties": {"key": key, "value": value}}
            after = {"value": value}
            if key not in present:
                self.steps.append(
                    Step("create", own, "label", "POST", (*item, "labels"), properties, after=after)
                )
            elif present[key] != value:
                before = {"value": present[key]}
                self.steps.append(
                    Step(
                        "update",
                        own,
                        "label",
                        "PUT",
                        (*item, "labels", key),
                        properties,
                        before=before,
                        after=after,
                    )
                )
        for key in present:
            if key not in want["labels"]:
                self._label_left(key, present[key], path, item)

    def _label_left(self, key: str, value: str, path: Path, item: Url) -> None:
        own = (*path, "labels", key)
        if self.purges("labels"):
            before = {"value": value}
            self.steps.append(
                Step("delete", own, "label", "DELETE", (*item, "labels", key), before=before, safe=True)
            )
        else:
            self.unmanaged.append("/".join(own))

    # -- the order of deletions -----------------------------------------------------------------------------------

    def _before_deletion(self, resource: Resource, have: Item) -> tuple[Key, ...]:
        """What must be done before something can go; steps that are not in the plan do not count."""
        if resource is LAN:
            return self._emptying(have)
        if resource is VOLUME:
            holder = self._disks.holder.get(have["id"])
            return (("update", ("servers", name_of(SERVER, holder))),) if holder else ()
        if resource in (SERVER, NIC):
            nics = {nic["id"] for nic in have["nics"]} if resource is SERVER else {have["id"]}
            groups = [
                lan
                for lan in (self._have or {})["lans"]
                if any(group["nic_id"] in nics for group in lan["ip_failover"])
            ]
            return tuple(("update", ("lans", name_of(LAN, lan))) for lan in groups)
        return ()

    def _emptying(self, lan: Item) -> tuple[Key, ...]:
        """Whatever takes NICs out of a LAN: one that has any cannot be deleted (contract section 10.11)."""
        keys: list[Key] = []
        members = set(lan["nics"])
        home: Path
        for server in (self._have or {})["servers"]:
            for nic in server["nics"]:
                if nic["id"] in members:
                    home = ("servers", name_of(SERVER, server))
                    path = (*home, "nics", name_of(NIC, nic))
                    keys += [("delete", home), ("delete", path), ("update", path)]
        return tuple(keys)


def _boot_first(server: Node) -> Node:
    """A server boots from its first volume by itself, so the named one goes first."""
    boot, volumes = server.get("boot_volume"), server.get("volumes") or ()
    named = [each for each in volumes if boot and boot in (each.get("name"), each.get("adopt"))]
    if not named:
        return server
    rest = [each for each in volumes if each is not named[0]]
    return {**{k: v for k, v in server.items() if k != "boot_volume"}, "volumes": [named[0], *rest]}


def assign_volumes(want: Node, have: Item, servers: Sequence[tuple[Node, Item | None]]) -> _Disks:
    """Find out which present volume each described one is.

    One that is attached to its server comes first, then one that no server has, then one of another described server
    that does not list it any more. Where a name does not tell which, a server gets a new one.
    """
    disks = _Disks(holder={each["id"]: server for server in have["servers"] for each in server["volumes"]})
    present = {each["id"]: each for server in have["servers"] for each in server["volumes"]}
    present |= {each["id"]: each for each in have["volumes"]}
    taken: set[str] = set()
    open_: list[tuple[Path, int, Node]] = []
    path: Path
    for node, server in servers:
        path = ("servers", name_of(SERVER, node))
        named = [each for each in node.get("volumes") or () if each.get("id") is None]
        pairs, _rest = pair(OF_SERVER["volumes"], named, server["volumes"] if server else (), path)
        found = {id(each): there for each, there in pairs}
        disks.of[path] = []
        for place, each in enumerate(node.get("volumes") or ()):
            there = found.get(id(each)) or _by_id(each, present, path)
            disks.of[path].append((each, there))
            if there is None:
                open_.append((path, place, each))
            else:
                taken.add(there["id"])
    loose, _rest = pair(
        CHILDREN["volumes"],
        [each for each in want.get("volumes") or () if each.get("id") is None],
        [each for each in have["volumes"] if each["id"] not in disks.holder and each["id"] not in taken],
        (),
    )
    by_id = [(each, _by_id(each, present, ())) for each in want.get("volumes") or () if each.get("id")]
    taken |= {there["id"] for _each, there in (*loose, *by_id) if there}
    listed = {id(server) for node, server in servers if server and node.get("volumes") is not None}
    free = [volume for volume in present.values() if volume["id"] not in taken]
    unattached = _by_name(each for each in free if each["id"] not in disks.holder)
    given_up = _by_name(each for each in free if id(disks.holder.get(each["id"])) in listed)
    asked = Counter(each.get("name") for _path, _place, each in open_)
    for path, place, each in open_:
        name = each.get("name")
        for source in (unattached, given_up):
            if asked[name] == 1 and len(source.get(name, ())) == 1:
                disks.of[path][place] = (each, source[name][0])
                taken.add(source[name][0]["id"])
                break
    attached = _by_name(each for each in free if each["id"] in disks.holder and each["id"] not in taken)
    for each, there in loose:
        found_ = attached.get(each.get("name"), []) if there is None else [there]
        if len(found_) > 1:
            raise AmbiguousName(VOLUME.label, "volumes", each.get("name"), [one["id"] for one in found_])
        disks.loose.append((each, found_[0] if found_ else None))
        taken |= {one["id"] for one in found_}
    disks.loose += by_id
    disks.rest = [volume for volume in present.values() if volume["id"] not in taken]
    return disks


def _by_id(want: Node, present: Mapping[str, Item], path: Path) -> Item | None:
    if want.get("id") is None:
        return None
    found = present.get(str(want["id"]).lower())
    if found is None:
        option = "/".join((*path, "volumes"))
        raise NotFound(VOLUME.label, f"{option}.id", want["id"], advice="leave the id out to create one")
    return found


def _by_name(volumes: Any) -> dict[Any, list[Item]]:
    named: dict[Any, list[Item]] = defaultdict(list)
    for each in volumes:
        named[each["name"]].append(each)
    return named
