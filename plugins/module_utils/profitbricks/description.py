# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center with all in it, as a user describes it: the options, and what is made of them and of what is there.

A description is the options of the module itself. `described` turns it into nodes (`engine.tree`), which beside the
fields and children of a resource may hold ``id``, ``labels``, ``power`` (of a server: running or stopped) and
``balanced`` (of a load balancer: names of NICs).
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..engine.errors import InvalidOption
from ..engine.resource import Child, Field, Resource
from ..engine.service import Item
from ..engine.tree import Node
from .resources.compute import DATACENTER, LAN, NIC, SERVER, VOLUME
from .resources.network import LOADBALANCER

NUMBER = re.compile(r"%(0\d)?d")
NUMBERED = ("name", "hostname", "boot_volume", "ips")
LABELLED = (DATACENTER, SERVER, VOLUME)
KINDS = ("servers", "volumes", "lans", "nics", "firewall_rules", "loadbalancers", "labels")
NOT_ALONE = "Which of its fields are needed to create one, the module of its own tells."

SITE = replace(
    DATACENTER,
    children=(
        Child(
            "lans",
            "lans",
            LAN,
            creatable=True,
            help="LANs that the data center shall have. Missing ones are created, differing ones changed, others left "
            "alone unless O(purge) names them.",
        ),
        Child(
            "volumes",
            "volumes",
            VOLUME,
            creatable=True,
            help="Volumes that the data center shall have beside those of its O(servers). One that is attached to a "
            "server whose volumes are listed without it is detached.",
        ),
        Child(
            "servers",
            "servers",
            SERVER,
            creatable=True,
            help="Servers that the data center shall have, each with its volumes, NICs and firewall rules. A missing "
            "one is created with all of them in one request.",
        ),
        Child(
            "loadbalancers",
            "loadbalancers",
            LOADBALANCER,
            creatable=True,
            help="Load balancers that the data center shall have.",
        ),
    ),
)


# -- options ------------------------------------------------------------------------------------------------------

LABELS = Field(
    "labels",
    "dict",
    since=5,
    help="Labels that it shall have, values by key. Others are left alone unless O(purge) names them. Reading them "
    "costs a request more. They need version 5 of the API.",
)
COUNT = Field(
    "count",
    "int",
    minimum=0,
    maximum=10000,
    help="How many servers like this there shall be. The name then holds a place for the number, from 1 on: V(web-%02d) "
    "becomes V(web-01), V(web-02) and so on; so may the host name, and names and addresses of its volumes and NICs. "
    "With a lower count, the highest numbers are deleted, if O(purge) names servers.",
)
POWER = Field(
    "state",
    choices=("running", "stopped"),
    help="Whether the server runs; V(stopped) powers it off hard, and suspends a CUBE server. A new server runs if this "
    "is left out.",
)
BALANCED = Field(
    "balanced_nics",
    "list",
    elements="str",
    help="NICs that share the load, as a set: each as name of the server, slash, name of the NIC, or as UUID. An empty "
    "list takes all away.",
)
CHANGED_HELP: dict[tuple[str, str], str | tuple[str, ...]] = {
    (
        LAN.kind,
        "ip_failover",
    ): "IP failover groups, as a set. Each NIC must own the reserved address, and the LAN be "
    "public. The NIC is given as name of the server, slash, name of the NIC, or as UUID.",
    (
        SERVER.kind,
        "boot_volume",
    ): "Name or UUID of the volume to boot from, of its own O(volumes) or of those of the data "
    "center, which is then attached.",
    (
        SERVER.kind,
        "name",
    ): "Name of the server; with O(count) the pattern of their names, such as V(web-%02d).",
    (NIC.kind, "lan"): (
        "Name or number of the LAN; a name must be there or be listed in O(lans).",
        "Where the NIC has no name, it also says which NIC of the server is meant.",
    ),
}
EXTRAS: dict[str, tuple[Field, ...]] = {
    SERVER.kind: (COUNT, POWER, LABELS),
    VOLUME.kind: (LABELS,),
    LOADBALANCER.kind: (BALANCED,),
}


def _own_id(resource: Resource) -> Field:
    return Field(
        "id",
        help=f"The {resource.id_help} of a {resource.label} that is there already. Needed only to give it another name, "
        "or where it has none or shares it.",
    )


def _changed(resource: Resource, field: Field) -> Field:
    help_text = CHANGED_HELP.get((resource.kind, field.name))
    return field if help_text is None else replace(field, help=help_text)


def nested_fields(resource: Resource) -> tuple[Field, ...]:
    """The options of one listed object."""
    own = (_changed(resource, field) for field in resource.writable if not field.hidden)
    return (*own, _own_id(resource), *EXTRAS.get(resource.kind, ()), *collections(resource))


def collections(resource: Resource) -> tuple[Field, ...]:
    """The options that list what is below a resource."""
    return tuple(
        Field(child.name, "list", elements="dict", help=child.help, options=nested_fields(child.resource))
        for child in resource.children
        if child.creatable
    )


PURGE = Field(
    "purge",
    "list",
    elements="str",
    choices=(*KINDS, "all"),
    help=(
        "What is deleted if it is there and not listed, by kind; V(all) stands for every kind. Without it nothing is "
        "deleted, and what is not listed is told in RV(unmanaged).",
        "It acts only on lists that are given, be they empty: without O(lans), no LAN is deleted.",
        "A volume goes with all that is on it. Those of a deleted server go only if V(volumes) or V(all) is given.",
    ),
)
CONCURRENCY = Field(
    "concurrency",
    "int",
    default=8,
    minimum=1,
    maximum=50,
    help="How many requests are sent at the same time, where the contents are described. The service works on the "
    "requests for one data center in their order.",
)
CONTENTS = (*collections(SITE), LABELS)
TREE_OPTIONS = (*CONTENTS, PURGE, CONCURRENCY)


def describes_contents(options: Mapping[str, Any]) -> bool:
    """Whether a task says more than the data center's own fields."""
    return any(options.get(field.name) is not None for field in CONTENTS)


def result_fields(resource: Resource) -> tuple[Field, ...]:
    """What a result of a resource holds, for documentation."""
    own_id = Field("id", help=f"The {resource.id_help} of the {resource.label}.", sample=resource.id_sample)
    below = tuple(
        Field(child.name, "list", elements="str", help=child.help, sample=[])
        if child.ids
        else Field(
            child.name,
            "list",
            elements="dict",
            help=f"Its {child.resource.label}s.",
            options=result_fields(child.resource),
        )
        for child in resource.children
    )
    return (own_id, *resource.shown, *below)


# -- from options to nodes ----------------------------------------------------------------------------------------


def described(options: Mapping[str, Any], version: int) -> Node:
    """The root node of a task's options, checked, with servers counted out. Raises InvalidOption."""
    for field in TREE_OPTIONS:
        if options.get(field.name) is not None:
            field.check(options[field.name], version)
    given = {**options, "servers": list(_counted(options["servers"]))} if options.get("servers") else options
    node = _node(SITE, given, version)
    node.pop("id", None)
    return _boot_volumes_moved(node)


def _node(resource: Resource, given: Mapping[str, Any], version: int) -> Node:
    given = {name: value for name, value in given.items() if value is not None}
    nested = {child.name for child in resource.children}
    node: Node = resource.want({name: value for name, value in given.items() if name not in nested}, version)
    extras = {"id": "id", "labels": "labels"}
    if resource is SERVER:
        extras["state"] = "power"
    if resource is LOADBALANCER:
        extras["balanced_nics"] = "balanced"
    node |= {key: given[name] for name, key in extras.items() if name in given}
    if "labels" in node:
        LABELS.check(node["labels"], version)
        node["labels"] = {str(key): str(value) for key, value in node["labels"].items()}
    for child in resource.children:
        if child.creatable and child.name in given:
            node[child.name] = [_node(child.resource, each, version) for each in given[child.name]]
    return node


def _counted(servers: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for server in servers:
        count = server.get("count")
        if count is None:
            yield server
            continue
        if not NUMBER.search(str(server.get("name") or "")):
            raise InvalidOption(
                f"servers: the name {server.get('name')!r} needs a place for the number, such as %02d, with count"
            )
        one = {name: value for name, value in server.items() if name != "count"}
        for number in range(1, count + 1):
            yield _numbered(one, number)


def _numbered(value: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A server of a pattern, with its number wherever there is a place for it."""
    return {name: _with_number(name, each, number) for name, each in value.items()}


def _with_number(name: str, value: Any, number: int) -> Any:
    if isinstance(value, str) and name in NUMBERED:
        return NUMBER.sub(lambda match: f"{number:{match[1] or ''}d}", value)
    if isinstance(value, Mapping):
        return value if name == "labels" else _numbered(value, number)
    if isinstance(value, list):
        return [_with_number(name, each, number) for each in value]
    return value


def _boot_volumes_moved(node: Node) -> Node:
    """A volume of the data center that a server boots from is one of the server's own."""
    loose = {each["name"]: each for each in node.get("volumes") or () if each.get("name")}
    for server in node.get("servers") or ():
        boot = server.get("boot_volume")
        own = [each.get("name") for each in server.get("volumes") or ()]
        if boot in loose and boot not in own:
            moved = loose.pop(boot)
            server["volumes"] = [*(server.get("volumes") or ()), moved]
            node["volumes"] = [each for each in node["volumes"] if each is not moved]
    return node


# -- from what is there to options --------------------------------------------------------------------------------


def describe(
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
