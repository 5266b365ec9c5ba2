# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers as an inventory wants them: one flat description each, read with one request a data center."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import Any

from .._engine.errors import InvalidOption
from .._engine.schema.field import decode
from .._engine.schema.resource import Resource, children
from .._engine.service import Item, selector
from .._engine.shape import check_shape, unlike
from .addresses import addresses
from .client import Cloud
from .resources.datacenters import DATACENTER
from .resources.images import IMAGE
from .resources.kubernetes import K8S_CLUSTER, K8S_NODE, K8S_NODEPOOL, node_marks
from .resources.labels import LABEL
from .resources.lans import LAN
from .resources.locations import LOCATION
from .resources.nics import NIC
from .resources.servers import SERVER

# Only a data center's own read tells the names of its LANs, and which are public, in the same answer as the servers
# with their volumes and NICs: a list of servers would need a second request. Its nested collections come whole
# (contract section 5). Depth 4 is the least that shows the properties of NICs (contract section 4); firewall rules,
# two levels below, stay references.
TREE_DEPTH = 4
SERVERS_DEPTH = TREE_DEPTH - 1

# The list of all labels, which tells what each is on.
LABELS = replace(LABEL, path="labels")

LAN_FACTS = (LAN.by_name["name"], LAN.by_name["public"])

# Clusters with the properties of their node pools, which tell the data center of each (contract section 10.28).
POOLS_DEPTH = 3

Host = dict[str, Any]
Detail = Callable[[Host], Host]  # what a list of its own tells of a host


def read(
    cloud: Cloud,
    datacenters: Sequence[str] = (),
    locations: Sequence[str] = (),
    concurrency: int = 8,
    also: Collection[str] = (),
) -> list[Host]:
    """The servers of all data centers, or of those that the names or ids and the locations leave.

    Each is a dict with the keys `FACTS`. Costs one request, one more for each data center read, the latter at most
    ``concurrency`` at once, and one for each of `DETAILS` in ``also``, or as many as that one says. Raises CloudError.
    """
    details = [DETAILS[name] for name in also]
    for resource, _list in details:
        resource.exists_in(cloud.version)
    chosen = choose(cloud.items(DATACENTER, {}), datacenters, locations)
    if not chosen:
        return []
    with ThreadPoolExecutor(max_workers=max(1, min(concurrency, len(chosen)))) as pool:
        try:
            lists = [pool.submit(each, cloud, [item["id"] for item in chosen]) for _resource, each in details]
            # Decoded by the workers, so that no more than ``concurrency`` whole answers are held at a time.
            found = [
                host
                for hosts in pool.map(
                    _until_one_fails(partial(_hosts_in, cloud)), [item["id"] for item in chosen]
                )
                for host in hosts
            ]
            for each in lists:
                tell = each.result()
                for host in found:
                    host.update(tell(host))
            return found
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _until_one_fails(work: Callable[[str], list[Host]]) -> Callable[[str], list[Host]]:
    """The same work, begun no more once it has failed: a worker of a pool takes up the next before anybody knows."""
    failed = Event()

    def begun(each: str) -> list[Host]:
        if failed.is_set():
            return []
        try:
            return work(each)
        except BaseException:
            failed.set()
            raise

    return begun


def _labels(cloud: Cloud, _datacenters: Sequence[str]) -> Detail:
    """All labels by the id of what bears them, with one request (contract section 10.23)."""
    found: dict[str, dict[str, str]] = {}
    for item in cloud.items(LABELS, {}):
        bearer, label = str(_property(item, "resourceId")), LABEL.decode(item, {})
        found.setdefault(bearer, {})[label["key"]] = label["value"]
    return lambda host: {
        "labels": dict(found.get(host["id"], {})),
        "datacenter_labels": dict(found.get(host["datacenter_id"], {})),
    }


def _images(cloud: Cloud, _datacenters: Sequence[str]) -> Detail:
    """Names and aliases of images by their ids, with one request; old ones and snapshots are not among them."""
    found = {item["id"]: IMAGE.decode(item, {}) for item in cloud.items(IMAGE, {})}
    unknown: Item = {"name": None, "image_aliases": []}

    def tell(host: Host) -> Host:
        image = found.get(host["image"], unknown)
        return {"image_name": image["name"], "image_aliases": list(image["image_aliases"])}

    return tell


def _nodes(cloud: Cloud, datacenters: Sequence[str]) -> Detail:
    """Who is a node of Kubernetes, with a request for the clusters and one for each node pool in the data centers.

    Nodes are servers like others (contract section 10.29). They are known by their id or their public address, or by
    the name that the service made up for them.
    """
    marks: set[tuple[str, str]] = set()
    for cluster in cloud.items(K8S_CLUSTER, {}, POOLS_DEPTH):
        for pool in children(cluster, "nodepools"):
            datacenter = str(_property(pool, "datacenterId"))
            if datacenter not in datacenters:
                continue
            for item in cloud.items(
                K8S_NODE, {K8S_CLUSTER.kind: cluster["id"], K8S_NODEPOOL.kind: pool["id"]}
            ):
                marks.update((datacenter, mark) for mark in node_marks(item))

    def tell(host: Host) -> Host:
        own = {(host["datacenter_id"], mark) for mark in (host["id"], host["name"], *host["public_ipv4"])}
        return {"managed_by": "kubernetes" if own & marks else None}

    return tell


# What is told with more requests: which kind of objects the version must have, and what reads them.
DETAILS: Mapping[str, tuple[Resource, Callable[[Cloud, Sequence[str]], Detail]]] = {
    "labels": (LABEL, _labels),
    "images": (IMAGE, _images),
    "kubernetes": (K8S_CLUSTER, _nodes),
}


def choose(items: Sequence[Item], datacenters: Sequence[str], locations: Sequence[str]) -> list[Item]:
    """The data centers to read. Raises InvalidOption and AmbiguousName, naming the option."""
    for location in locations:
        if not LOCATION.is_id(location):
            raise InvalidOption(f"locations: {location!r} is not the {LOCATION.id_help} of a location")
    if datacenters:
        wanted = {_named(items, name)["id"] for name in datacenters}
        items = [item for item in items if item["id"] in wanted]
    return [item for item in items if not locations or _property(item, "location") in locations]


def _named(items: Sequence[Item], name: str) -> Item:
    found = selector(DATACENTER, "datacenters", name).pick(items)
    if found is None:
        present = sorted(str(_property(item, "name")) for item in items)
        shown = ", ".join(present[:20]) + (f" and {len(present) - 20} more" if len(present) > 20 else "")
        raise InvalidOption(f"datacenters: there is no data center {name!r}; there are: {shown or 'none'}")
    return found


def _property(item: Item, name: str) -> Any:
    return (item.get("properties") or {}).get(name)


def _hosts_in(cloud: Cloud, datacenter_id: str) -> list[Host]:
    tree = cloud.find(DATACENTER.item_path({}, datacenter_id), None, TREE_DEPTH)
    if tree is None:  # deleted since it was listed
        return []
    return describe(tree, _servers(cloud, tree))


def _servers(cloud: Cloud, tree: Item) -> list[Item]:
    """The data center's servers; should the service page nested lists after all, they are read page by page."""
    items = _nested(tree, "servers")
    collection = tree["entities"]["servers"]
    if "next" in (collection.get("_links") or {}) or 0 < collection.get("limit", 0) <= len(items):
        return cloud.items(SERVER, {DATACENTER.kind: tree["id"]}, SERVERS_DEPTH)
    return items


def _nested(item: Item, entity: str) -> list[Item]:
    """The items of a nested collection, which a read of this depth always shows: no list is not an empty one."""
    try:
        items = item["entities"][entity]["items"]
    except (LookupError, TypeError):
        items = None
    if not isinstance(items, list) or not all(
        isinstance(each, dict) and isinstance(each.get("id"), str) for each in items
    ):
        raise unlike(f"data center {item.get('id')}", f"{entity} is not a list of objects")
    return items


# -- one server -------------------------------------------------------------------------------------------------


def describe(tree: Item, servers: Iterable[Item]) -> list[Host]:
    """The servers of a data center that was read to `TREE_DEPTH`, as the service sent them, in its order."""
    datacenter = DATACENTER.decode(tree, {})
    lans = {lan["id"]: decode(LAN_FACTS, lan.get("properties") or {}) for lan in _nested(tree, "lans")}
    return [_describe(server, datacenter, lans) for server in servers]


def _describe(server: Item, datacenter: Item, lans: Mapping[str, Item]) -> Host:
    host = SERVER.decode(server, {DATACENTER.kind: datacenter["id"]})
    check_shape(SERVER.shown, host, f"server {host['id']}")
    for nic in host["nics"]:
        check_shape(NIC.shown, nic, f"NIC {nic['id']}")
    host["volumes"] = [_volume(volume, host["id"]) for volume in _by_device(host["volumes"])]
    host["nics"] = [_nic(nic, lans.get(str(nic["lan"]))) for nic in _by_device(host["nics"])]
    boot: Item = next((volume for volume in host["volumes"] if volume["id"] == host["boot_volume"]), {})
    host["datacenter"] = datacenter["name"]
    host["location"] = datacenter["location"]
    host["image"] = boot.get("image")
    host["licence_type"] = boot.get("licence_type")
    host.update(addresses(host["nics"]))
    host["labels"], host["datacenter_labels"] = {}, {}
    host["image_name"], host["image_aliases"] = None, []
    host["managed_by"] = None
    return host


def _by_device(devices: Sequence[Item]) -> list[Item]:
    """In the order of the server's device numbers, so that the first address stays the first."""
    return sorted(devices, key=lambda each: (each["device_number"] or 0, each["pci_slot"] or 0))


def _volume(volume: Item, server_id: str) -> Item:
    del volume["datacenter_id"]
    volume["server_id"] = server_id  # which older versions of the API do not show
    return volume


def _nic(nic: Item, lan: Item | None) -> Item:
    for name in ("datacenter_id", "server_id", "firewall_rules", "security_groups"):
        del nic[name]
    nic["lan_name"] = lan["name"] if lan else None
    nic["lan_public"] = lan["public"] if lan else None
    return nic


# The keys of every description, whatever the service leaves out.
FACTS = tuple(_describe({}, DATACENTER.decode({}, {}), {}))


@dataclass(frozen=True)
class Endpoint:
    """One way to reach a server: by its first address of a kind, of a LAN if one is named, or by its name."""

    kind: str
    lan: str = ""

    KINDS = ("public_ipv4", "private_ipv4", "ipv6", "name")

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """From ``KIND`` or ``KIND:LAN``. Raises InvalidOption."""
        kind, colon, lan = text.partition(":")
        if kind not in cls.KINDS or (colon and (not lan or kind == "name")):
            raise InvalidOption(
                f"connect_with: {text!r} is none of {', '.join(cls.KINDS)}; a kind of address may be followed by a "
                "colon and the name or number of a LAN"
            )
        return cls(kind, lan)

    def of(self, host: Host) -> str | None:
        """What to connect to; None if the server has no such address."""
        if self.kind == "name":
            return host["name"] or None
        found = host
        if self.lan:
            found = addresses(n for n in host["nics"] if self.lan in (n["lan_name"], str(n["lan"])))
        return found[self.kind][0] if found[self.kind] else None
