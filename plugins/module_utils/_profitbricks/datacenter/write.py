# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a data center that is there to its description: the options that, fed back, change nothing."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..._engine.resource import Resource
from ..._engine.service import Item
from ..resources.compute import LAN, NIC, SERVER, VOLUME
from ..resources.network import LOADBALANCER
from .options import LABELLED, SITE


def write_description(
    tree: Item, labels: Mapping[str, Mapping[str, str]], reserved: Collection[str]
) -> dict[str, Any]:
    """The options that describe a tree as it is: fed back, they change nothing.

    ``labels`` are by the id of what has them, ``reserved`` the public addresses of the account's IP blocks; others
    the service assigns by itself.
    """
    known = _Known(tree, labels, reserved)
    described: dict[str, Any] = known.fields(SITE, tree, unique=True)
    described["lans"] = [known.lan(lan) for lan in _sorted(tree["lans"])]
    attached = {volume["id"] for server in tree["servers"] for volume in server["volumes"]}
    loose = [volume for volume in tree["volumes"] if volume["id"] not in attached]
    described["volumes"] = known.all(VOLUME, loose)
    described["servers"] = [known.server(server) for server in _sorted(tree["servers"])]
    described["loadbalancers"] = [known.balancer(each) for each in _sorted(tree["loadbalancers"])]
    return described


def _sorted(items: Iterable[Item]) -> list[Item]:
    """In an order that does not depend on the service's."""
    return sorted(items, key=lambda each: (str(each.get("name") or ""), str(each["id"])))


class _Known:
    """What a description of one tree says of its parts."""

    def __init__(
        self, tree: Item, labels: Mapping[str, Mapping[str, str]], reserved: Collection[str]
    ) -> None:
        self._labels = labels
        self._reserved = frozenset(reserved)
        self._tree = tree
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
        if server["type"] == "CUBE":
            # Its template says them.
            said = {name: value for name, value in said.items() if name not in ("cores", "ram", "cpu_family")}
        elif server["type"] == "VCPU":
            said.pop("cpu_family", None)
        boot = [each for each in server["volumes"] if each["id"] == server["boot_volume"]]
        if boot and _alone(boot[0], server["volumes"]):
            said["boot_volume"] = boot[0]["name"]
        if server["vm_state"]:
            said["state"] = "stopped" if server["vm_state"] in ("SHUTOFF", "SUSPENDED") else "running"
        said["volumes"] = self.all(VOLUME, server["volumes"])
        said["nics"] = [self.nic(nic, server["nics"]) for nic in _sorted(server["nics"])]
        return said

    def nic(self, nic: Item, nics: Sequence[Item]) -> dict[str, Any]:
        said = self.fields(NIC, nic, _alone(nic, nics) or _alone_in_lan(nic, nics))
        said["lan"] = self._lans.get(str(nic["lan"]), nic["lan"])
        said["ips"] = [ip for ip in nic["ips"] if self._stays(ip) and ip != self._balanced.get(nic["id"])]
        if not said["ips"]:
            del said["ips"]
        rules = nic["firewall_rules"]
        child = next(each for each in NIC.children if each.name == "firewall_rules")
        said["firewall_rules"] = self.all(child.resource, rules)
        return said

    def _stays(self, address: str) -> bool:
        """Whether a description may name an address: a public one only if it is reserved."""
        return address in self._reserved or ipaddress.ip_address(address) in PRIVATE

    def balancer(self, balancer: Item) -> dict[str, Any]:
        said = self.fields(LOADBALANCER, balancer, _alone(balancer, self._tree["loadbalancers"]))
        if "ip" in said and not self._stays(said["ip"]):
            del said["ip"]
        said["balanced_nics"] = sorted(self._nics.get(nic, nic) for nic in balancer["balanced_nics"])
        return said


class _Networks:
    """The private address ranges (contract section 10.12)."""

    def __init__(self, *networks: str) -> None:
        self._networks = [ipaddress.ip_network(each) for each in networks]

    def __contains__(self, address: object) -> bool:
        return any(address in network for network in self._networks)


PRIVATE = _Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


def _alone(item: Item, items: Sequence[Item]) -> bool:
    """Whether an object can be known by its name."""
    return bool(item["name"]) and sum(each["name"] == item["name"] for each in items) == 1


def _alone_in_lan(nic: Item, nics: Sequence[Item]) -> bool:
    """Whether a NIC without a name can be known by its LAN."""
    return not nic["name"] and sum(each["lan"] == nic["lan"] for each in nics) == 1
