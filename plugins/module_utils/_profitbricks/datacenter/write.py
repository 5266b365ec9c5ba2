# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a data center that is there to its description: the options that, fed back, change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ..._engine.resource import Child, Field, Resource
from ..._engine.service import Item
from ..addresses import is_private
from ..resources.compute import LAN, NIC, SERVER, TEMPLATED, VOLUME
from ..resources.network import LOADBALANCER
from .options import LABELLED, SITE, SITE_NIC

CHILDREN = {child.name: child for child in SITE.children}
# What is described by its fields and what is below it, and by nothing else.
BY_CHILDREN = ("security_groups", "nat_gateways", "network_load_balancers", "application_load_balancers")


def write_description(
    tree: Item,
    labels: Mapping[str, Mapping[str, str]],
    reserved: Collection[str],
    target_groups: Mapping[str, str],
    version: int,
) -> dict[str, Any]:
    """The options that describe a tree as it is: fed back, they change nothing.

    ``labels`` are by the id of what has them, ``reserved`` the public addresses of the account's IP blocks; others
    the service assigns by itself. ``target_groups`` are the names of those that can be known by them, by id.
    What ``version`` of the API does not have is left out.
    """
    known = _Known(tree, labels, reserved, target_groups, version)
    described: dict[str, Any] = known.fields(SITE, tree, unique=True)
    described["lans"] = [known.lan(lan) for lan in _sorted(tree["lans"])]
    attached = {volume["id"] for server in tree["servers"] for volume in server["volumes"]}
    loose = [volume for volume in tree["volumes"] if volume["id"] not in attached]
    described["volumes"] = known.all(VOLUME, loose)
    described["servers"] = [known.server(server) for server in _sorted(tree["servers"])]
    for name in BY_CHILDREN:
        if CHILDREN[name].resource.since <= version:
            described[name] = known.below(CHILDREN[name], tree)
    described["loadbalancers"] = [known.balancer(each) for each in _sorted(tree["loadbalancers"])]
    return described


def _sorted(items: Iterable[Item]) -> list[Item]:
    """In an order that does not depend on the service's."""
    return sorted(items, key=lambda each: (str(each.get("name") or ""), str(each["id"])))


class _Known:
    """What a description of one tree says of its parts."""

    def __init__(
        self,
        tree: Item,
        labels: Mapping[str, Mapping[str, str]],
        reserved: Collection[str],
        target_groups: Mapping[str, str],
        version: int,
    ) -> None:
        self._version = version
        self._labels = labels
        self._reserved = frozenset(reserved)
        self._tree = tree
        groups = tree["security_groups"]
        self._named: dict[str, Callable[[Any], str | None]] = {
            "lan": self._lan_name,
            "security_group": {each["id"]: each["name"] for each in groups if _alone(each, groups)}.get,
            "target_group": target_groups.get,
        }
        lans = Counter(lan["name"] for lan in tree["lans"])
        self._lans = {
            lan["id"]: lan["name"]
            for lan in tree["lans"]
            if lan["name"] and lans[lan["name"]] == 1 and not LAN.is_id(lan["name"])
        }
        servers = Counter(server["name"] for server in tree["servers"])
        self._nics = {
            nic["id"]: f"{server['name']}/{nic['name']}"
            for server in tree["servers"]
            for nic in server["nics"]
            if server["name"] and servers[server["name"]] == 1 and _alone(nic, server["nics"])
        }
        self._balanced = {
            nic: balancer["ip"] for balancer in tree["loadbalancers"] for nic in balancer["balanced_nics"]
        }

    def all(self, resource: Resource, items: Sequence[Item]) -> list[dict[str, Any]]:
        return [self.fields(resource, each, _alone(each, items)) for each in _sorted(items)]

    def below(self, child: Child, above: Item) -> list[dict[str, Any]]:
        """The objects of a collection with all that is in them, and names in place of the ids of others."""
        items = above[child.name]
        described = []
        for item in _sorted(items):
            said = self.fields(child.resource, item, _alone(item, items))
            for inner in child.resource.children:
                if inner.creatable:
                    said[inner.name] = self.below(inner, item)
            described.append(self._with_names(child.resource.writable, said))
        return described

    def _with_names(self, fields: Sequence[Field], said: Mapping[str, Any]) -> dict[str, Any]:
        """Options with names in place of the ids of other objects, and without the parts that the service left empty."""
        found = dict(said)
        for each in fields:
            value = said.get(each.name)
            if each.options and isinstance(value, list):
                found[each.name] = [self._with_names(each.options, one) for one in value]
            elif each.options and isinstance(value, Mapping):
                found[each.name] = self._with_names(each.options, value)
            elif each.refers in self._named and value is not None:
                found[each.name] = self._named[each.refers](value) or value
        return {name: value for name, value in found.items() if value is not None}

    def _lan_name(self, number: Any) -> Any:
        return self._lans.get(str(number))

    def _groups(self, item: Item) -> dict[str, list[str]]:
        """The security groups of a server or a NIC, if it has any."""
        names = [str(self._named["security_group"](each) or each) for each in item["security_groups"]]
        return {"security_groups": sorted(names)} if names else {}

    def fields(self, resource: Resource, item: Item, unique: bool) -> dict[str, Any]:
        """The fields that an option can name and the service shows; the id where the name does not tell."""
        said = {
            field.name: item[field.name]
            for field in resource.writable
            if field.compared and not field.hidden and item.get(field.name) not in (None, "", [])
        }
        if resource is VOLUME and "image" in said:
            # The image says it, and the service takes only one of them.
            said.pop("licence_type", None)
        if resource is VOLUME and said.get("disk_type") == "DAS":
            # The template of its server says it.
            said.pop("size", None)
        if not unique:
            said = {"id": item["id"], **said}
        if self._labels.get(item["id"]) and resource.kind in {each.kind for each in LABELLED}:
            said["labels"] = dict(sorted(self._labels[item["id"]].items()))
        return said

    def lan(self, lan: Item) -> dict[str, Any]:
        said = self.fields(LAN, lan, lan["id"] in self._lans)
        if "ip_failover" in said:
            said["ip_failover"] = [
                {**group, "nic_id": self._nics.get(group["nic_id"], group["nic_id"])}
                for group in said["ip_failover"]
            ]
        return said

    def server(self, server: Item) -> dict[str, Any]:
        said = self.fields(SERVER, server, _alone(server, self._tree["servers"]))
        if server["type"] in TEMPLATED:
            # Its template says them.
            said = {name: value for name, value in said.items() if name not in ("cores", "ram", "cpu_family")}
        elif server["type"] == "VCPU" or server["enabled_features"]:
            said.pop("cpu_family", None)
        boot = [each for each in server["volumes"] if each["id"] == server["boot_volume"]]
        if boot and _alone(boot[0], server["volumes"]):
            said["boot_volume"] = boot[0]["name"]
        if server["vm_state"]:
            said["state"] = "stopped" if server["vm_state"] in ("SHUTOFF", "SUSPENDED") else "running"
        said |= self._groups(server)
        said["volumes"] = self.all(VOLUME, server["volumes"])
        if server["type"] == "GPU":
            for volume in said["volumes"]:
                volume.pop("size", None)
        said["nics"] = [self.nic(nic, server["nics"]) for nic in _sorted(server["nics"])]
        return said

    def nic(self, nic: Item, nics: Sequence[Item]) -> dict[str, Any]:
        said = self.fields(NIC, nic, _alone(nic, nics) or _alone_in_lan(nic, nics))
        said["lan"] = self._lans.get(str(nic["lan"]), nic["lan"])
        said["ips"] = [ip for ip in nic["ips"] if self._stays(ip) and ip != self._balanced.get(nic["id"])]
        if not said["ips"]:
            del said["ips"]
        said |= self._groups(nic)
        known = (child for child in SITE_NIC.children if child.resource.since <= self._version)
        return {**said, **{child.name: self.below(child, nic) for child in known}}

    def _stays(self, address: str) -> bool:
        """Whether a description may name an address: a public one only if it is reserved."""
        return address in self._reserved or is_private(address)

    def balancer(self, balancer: Item) -> dict[str, Any]:
        said = self.fields(LOADBALANCER, balancer, _alone(balancer, self._tree["loadbalancers"]))
        if "ip" in said and not self._stays(said["ip"]):
            del said["ip"]
        said["balanced_nics"] = sorted(self._nics.get(nic, nic) for nic in balancer["balanced_nics"])
        return said


def _alone(item: Item, items: Sequence[Item]) -> bool:
    """Whether an object can be known by its name."""
    return bool(item["name"]) and sum(each["name"] == item["name"] for each in items) == 1


def _alone_in_lan(nic: Item, nics: Sequence[Item]) -> bool:
    """Whether a NIC without a name can be known by its LAN."""
    return not nic["name"] and sum(each["lan"] == nic["lan"] for each in nics) == 1
