# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a data center that is there to its description: the options that, fed back, change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from ..._engine.service import Item
from ..addresses import is_private
from ..resources.lans import LAN
from ..resources.loadbalancers import LOADBALANCER
from ..resources.machines import TEMPLATED
from ..resources.nics import NIC
from ..resources.servers import SERVER, VOLUME
from .options import LABELLED, SITE, SITE_NIC

CHILDREN = {child.name: child for child in SITE.children}
# What is described by its fields and what is below it, and by nothing else.
BY_CHILDREN = ("security_groups", "nat_gateways", "network_load_balancers", "application_load_balancers")
# What the service makes of an option that is left out, by the kind of object (contract sections 10.1 to 10.35); of one
# that consists of others, the same for these.
RULE = {"type": "INGRESS", "ip_version": "IPv4"}
BALANCER = {"central_logging": False}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "datacenter": {"sec_auth_protection": False},
    "lan": {"public": False},
    "server": {
        "availability_zone": "AUTO",
        "type": "ENTERPRISE",
        "nic_multi_queue": False,
        "state": "running",
    },
    "volume": {
        "disk_type": "HDD",
        "bus": "VIRTIO",
        "availability_zone": "AUTO",
        "boot_order": "AUTO",
        "expose_serial": False,
    },
    "nic": {"dhcp": True, "firewall_active": False, "firewall_type": "INGRESS", "nat": False},
    "firewall_rule": RULE,
    "security_group_rule": RULE,
    "loadbalancer": {"dhcp": True},
    "nat_gateway_rule": {"type": "SNAT", "protocol": "ALL"},
    "network_load_balancer": BALANCER,
    "application_load_balancer": BALANCER,
    "network_load_balancer_rule": {
        "health_check": {
            "client_timeout": 50000,
            "connect_timeout": 5000,
            "target_timeout": 50000,
            "retries": 3,
        },
        "targets": {"proxy_protocol": "none", "health_check": {"check_interval": 2000}},
    },
    "application_load_balancer_rule": {
        "client_timeout": 50000,
        "http_rules": {"drop_query": False, "conditions": {"negate": False}},
    },
}
STATUS_CODES = {"REDIRECT": 301, "STATIC": 503}  # of HTTP rules, by type
# What a volume has of its image, and one of no image in any case.
OF_IMAGE = {
    "cpu_hot_plug": False,
    "ram_hot_plug": False,
    "nic_hot_plug": False,
    "nic_hot_unplug": False,
    "disc_virtio_hot_plug": False,
    "disc_virtio_hot_unplug": False,
    "require_legacy_bios": True,
}


@dataclass
class Account:
    """What a description tells of the account beside the data center.

    ``labels`` are by the id of what has them, ``reserved`` the public addresses of the IP blocks; others the service
    assigns by itself. ``names`` hold, by kind, what options can call an object in place of its id, and ``images`` those
    that the user may see, as results by id.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reserved: Collection[str] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    images: Mapping[str, Item] = field(default_factory=dict)


def write_description(tree: Item, account: Account, version: int, defaults: bool = False) -> dict[str, Any]:
    """The options that describe a tree as it is: fed back, they change nothing.

    What ``version`` of the API does not have is left out, and without ``defaults`` what would be so in any case.
    """
    known = _Known(tree, account, version, defaults)
    described = known.fields(SITE, tree, unique=True)
    described["lans"] = known.all(LAN, tree["lans"])
    attached = {volume["id"] for server in tree["servers"] for volume in server["volumes"]}
    described["volumes"] = known.all(VOLUME, [each for each in tree["volumes"] if each["id"] not in attached])
    own = [server for server in tree["servers"] if not server["k8s_nodepool"]]
    described["servers"] = [known.server(server) for server in _sorted(own)]
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

    def __init__(self, tree: Item, account: Account, version: int, defaults: bool) -> None:
        self._tree = tree
        self._account = account
        self._version = version
        self._defaults = defaults
        groups, lans = tree["security_groups"], tree["lans"]
        servers = Counter(server["name"] for server in tree["servers"])
        nics = {
            nic["id"]: f"{server['name']}/{nic['name']}"
            for server in tree["servers"]
            for nic in server["nics"]
            if server["name"] and servers[server["name"]] == 1 and _alone(nic, server["nics"])
        }
        self._lans = {
            each["id"]: each["name"] for each in lans if _alone(each, lans) and not LAN.is_id(each["name"])
        }
        self._named: dict[str, Callable[[str], str | None]] = {
            **{kind: names.get for kind, names in account.names.items()},
            "lan": self._lans.get,
            "nic": nics.get,
            "security_group": {each["id"]: each["name"] for each in groups if _alone(each, groups)}.get,
        }
        self._balanced = {
            nic: balancer["ip"] for balancer in tree["loadbalancers"] for nic in balancer["balanced_nics"]
        }

    def all(self, resource: Resource, items: Sequence[Item]) -> list[dict[str, Any]]:
        return [self.fields(resource, each, self._unique(resource, each, items)) for each in _sorted(items)]

    def _unique(self, resource: Resource, item: Item, items: Sequence[Item]) -> bool:
        return item["id"] in self._lans if resource is LAN else _alone(item, items)

    def below(self, child: Child, above: Item) -> list[dict[str, Any]]:
        """The objects of a collection with all that is in them."""
        items = above[child.name]
        described = []
        for item in _sorted(items):
            said = self.fields(child.resource, item, _alone(item, items))
            for inner in child.resource.children:
                if inner.creatable:
                    said[inner.name] = self.below(inner, item)
            described.append(said)
        return described

    def fields(self, resource: Resource, item: Item, unique: bool) -> dict[str, Any]:
        """The fields that an option can name and the service shows; the id where the name does not tell."""
        said = {
            each.name: item[each.name]
            for each in resource.writable
            if each.compared and not each.hidden and item.get(each.name) not in (None, "", [])
        }
        if resource is VOLUME:
            said = self._volume(said, item)
        said = self._with_names(resource.writable, said)
        if not unique:
            said = {"id": item["id"], **said}
        for rule in said.get("http_rules", ()):
            if not self._defaults and rule.get("status_code") == STATUS_CODES.get(rule["type"]):
                rule.pop("status_code", None)
        labels = self._account.labels.get(item["id"])
        if labels and resource.kind in {each.kind for each in LABELLED}:
            said["labels"] = dict(sorted(labels.items()))
        return self._without(DEFAULTS.get(resource.kind, {}), said)

    def _without(self, usual: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        """Options without those that say what would be so in any case."""
        if self._defaults:
            return said
        left = {}
        for name, value in said.items():
            default = usual.get(name)
            if isinstance(default, Mapping):
                parts = [
                    self._without(default, each) for each in (value if isinstance(value, list) else [value])
                ]
                value, default = (parts if isinstance(value, list) else parts[0]), {}
            if name not in usual or value != default:
                left[name] = value
        return left

    def _with_names(self, fields: Sequence[Field], said: Mapping[str, Any]) -> dict[str, Any]:
        """Options with names in place of the ids of other objects, and without the parts that the service left empty."""
        found = dict(said)
        for each in fields:
            value = said.get(each.name)
            if each.options and isinstance(value, list):
                found[each.name] = [self._with_names(each.options, one) for one in value]
            elif each.options and isinstance(value, Mapping):
                found[each.name] = self._with_names(each.options, value)
            elif value is not None and each.refers:
                found[each.name] = self._name(each.refers, value)
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _name(self, kind: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._name(kind, each) for each in value]
        return self._named[kind](str(value)) or value if kind in self._named else value

    def _volume(self, said: dict[str, Any], item: Item) -> dict[str, Any]:
        image = self._account.images.get(str(said.get("image")))
        usual = OF_IMAGE if "image" not in said else {name: (image or {}).get(name) for name in OF_IMAGE}
        said = self._without(usual, said)
        if "image" in said:
            # The image says it, and the service takes only one of them.
            said.pop("licence_type", None)
        if said.get("disk_type") == "DAS":
            # The template of its server says it.
            said.pop("size", None)
        if not item["server_id"]:
            # Of one that no server has, the service shows another order than it was made with.
            said = self._without({"boot_order": "NONE"}, said)
        return said

    def _groups(self, item: Item) -> dict[str, list[str]]:
        """The security groups of a server or a NIC, if it has any."""
        names = sorted(self._name("security_group", item["security_groups"]))
        return {"security_groups": names} if names else {}

    def server(self, server: Item) -> dict[str, Any]:
        said = self.fields(SERVER, server, _alone(server, self._tree["servers"]))
        said = self._without({"hostname": said.get("name")}, said)
        if server["type"] in TEMPLATED:
            # Its template says them.
            said = {name: value for name, value in said.items() if name not in ("cores", "ram", "cpu_family")}
        elif server["type"] == "VCPU" or server["enabled_features"]:
            said.pop("cpu_family", None)
        template = self._name("template", server["template_uuid"])
        if template != server["template_uuid"]:
            del said["template_uuid"]
            said["template"] = template
        boot = [each for each in server["volumes"] if each["id"] == server["boot_volume"]]
        if boot and _alone(boot[0], server["volumes"]):
            said["boot_volume"] = boot[0]["name"]
        if server["vm_state"]:
            said["state"] = "stopped" if server["vm_state"] in ("SHUTOFF", "SUSPENDED") else "running"
        said = self._without(DEFAULTS[SERVER.kind], said)
        said |= self._groups(server)
        said["volumes"] = self.all(VOLUME, server["volumes"])
        if server["type"] == "GPU":
            for volume in said["volumes"]:
                volume.pop("size", None)
        said["nics"] = [self.nic(nic, server["nics"]) for nic in _sorted(server["nics"])]
        return said

    def nic(self, nic: Item, nics: Sequence[Item]) -> dict[str, Any]:
        said = self.fields(NIC, nic, _alone(nic, nics) or _alone_in_lan(nic, nics))
        said["ips"] = [ip for ip in nic["ips"] if self._stays(ip) and ip != self._balanced.get(nic["id"])]
        if not said["ips"]:
            del said["ips"]
        said |= self._groups(nic)
        known = (child for child in SITE_NIC.children if child.resource.since <= self._version)
        return {**said, **{child.name: self.below(child, nic) for child in known}}

    def _stays(self, address: str) -> bool:
        """Whether a description may name an address: a public one only if it is reserved."""
        return address in self._account.reserved or is_private(address)

    def balancer(self, balancer: Item) -> dict[str, Any]:
        said = self.fields(LOADBALANCER, balancer, _alone(balancer, self._tree["loadbalancers"]))
        if "ip" in said and not self._stays(said["ip"]):
            del said["ip"]
        said["balanced_nics"] = sorted(self._name("nic", balancer["balanced_nics"]))
        return said


def _alone(item: Item, items: Sequence[Item]) -> bool:
    """Whether an object can be known by its name."""
    return bool(item["name"]) and sum(each["name"] == item["name"] for each in items) == 1


def _alone_in_lan(nic: Item, nics: Sequence[Item]) -> bool:
    """Whether a NIC without a name can be known by its LAN."""
    return not nic["name"] and sum(each["lan"] == nic["lan"] for each in nics) == 1
