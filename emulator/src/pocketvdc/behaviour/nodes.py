# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes nodes as servers, volumes and NICs of their data center (contract section 10.29).

A server has the id and the name of its node. Its first NIC is in a LAN that the service makes for the nodes of a
data center and takes away with the last of them; the others are in the LANs of the pool (all that is inferred, and
the number of that LAN our own choice, out of the way of others).
"""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..permissions import refuse_managed
from ..store import Record, remove
from ..table import Row
from ..validate import Draft
from . import consumers, datacenters, lans, nics, volumes

_FIRST_LAN = 1000
_DISKS = {"ESSENTIAL": "SSD Standard", "PERFORMANCE": "SSD Premium"}


def _initial(row: Row) -> dict[str, Any]:
    return {spec.name: spec.initial() for spec in row.fields if spec.mode != "request"}


def _make(
    call: Call, kind: str, collection: str, parent: Record, node: Record, ident: str | None = None
) -> Record:
    record = call.make(call.cloud.table[kind], collection, parent, ident)
    record.properties = _initial(record.row)
    record.private["node"] = node
    return record


def server_of(node: Record) -> Record | None:
    datacenter = _datacenter(node)
    return datacenter.children.get("servers", {}).get(node.id) if datacenter is not None else None


def _datacenter(node: Record) -> Record | None:
    assert node.parent is not None and node.store is not None
    return node.store.root("datacenters").get(node.parent.properties["datacenterId"])


def add(call: Call, node: Record) -> None:
    """Make the server of a node, with its volume and its first NIC."""
    datacenter, pool = _datacenter(node), node.parent
    if datacenter is None or pool is None:
        return
    given = pool.properties
    server = _make(call, "server", "servers", datacenter, node, node.id)
    families = [entry["cpuFamily"] for entry in datacenter.properties["cpuArchitecture"] or ()]
    server.properties |= {
        "name": node.properties["name"],
        "hostname": node.properties["name"],
        "cores": given["coresCount"],
        "ram": given["ramSize"],
        "availabilityZone": given["availabilityZone"],
        "cpuFamily": given["cpuFamily"] or next(iter(families), None),
        "type": "VCPU" if given["serverType"] == "VCPU" else "ENTERPRISE",
        "vmState": "RUNNING",
    }
    _add_volume(call, server, node, given)
    _add_nic(call, server, node, _own_lan(call, datacenter, pool))


def _add_volume(call: Call, server: Record, node: Record, given: dict[str, Any]) -> None:
    assert server.parent is not None
    volume = _make(call, "volume", "volumes", server.parent, node)
    kind = given["storageType"]
    volume.properties |= {
        "name": node.properties["name"],
        "size": given["storageSize"],
        "type": _DISKS.get(kind, kind),
        "licenceType": "LINUX",
        "availabilityZone": "AUTO",
    }
    server.linked("volumes")[volume.id] = volume
    server.properties["bootVolume"] = volume.id
    volumes.plug(volume, server)


def _own_lan(call: Call, datacenter: Record, pool: Record) -> Record:
    """The LAN of the nodes: public, but for those of a private cluster."""
    assert pool.parent is not None
    public = bool(pool.parent.properties["public"])
    for lan in datacenter.collection("lans").values():
        if lan.private.get("k8s") and lan.properties["public"] is public:
            return lan
    lan = call.make(call.cloud.table["lan"], "lans", datacenter, lans.free_number(datacenter, _FIRST_LAN))
    lan.private["k8s"] = True
    lan.properties = {**_initial(lan.row), "name": "k8s", "public": public, "ipFailover": []}
    if not public:
        lans.open_subnet(call, lan)
    return lan


def _add_nic(call: Call, server: Record, node: Record, lan: Record) -> None:
    nic = _make(call, "nic", "nics", server, node)
    nic.properties |= {"name": "k8s", "lan": int(lan.id)}
    nic.private["auto"] = []
    lan.linked("nics")[nic.id] = nic
    nics.ready(call, nic)


def connect(call: Call, node: Record) -> None:
    """A NIC in each LAN of the pool, and none in others."""
    server, pool = server_of(node), node.parent
    if server is None or server.parent is None or pool is None:
        return
    wanted = {lan["id"] for lan in pool.properties["lans"] or ()}
    _first, *others = server.collection("nics").values()
    for nic in others:
        if nic.properties["lan"] not in wanted:
            remove(nic)
    present = {nic.properties["lan"] for nic in others}
    for number in sorted(wanted - present):
        lan = server.parent.collection("lans").get(str(number))
        if lan is not None:
            _add_nic(call, server, node, lan)


def address(call: Call, pool: Record) -> None:
    """The nodes have the pool's reserved addresses, of which the last is kept for an upgrade, or any."""
    reserved = list(pool.properties["publicIps"] or ())
    found = {node.id: _first_nic(node) for node in pool.collection("nodes").values()}
    held = {ip for nic in found.values() if nic is not None for ip in nic.properties["ips"] or ()}
    free = [ip for ip in reserved if ip not in held]
    for node in pool.collection("nodes").values():
        nic = found[node.id]
        if nic is None:
            continue
        present = nic.properties["ips"] or [None]
        if reserved and present[0] not in reserved and free:
            nics.drop_automatic(call.cloud, nic)
            nics.set_ips(nic, [free.pop(0)])
        elif not reserved and present[0] not in nic.private["auto"]:
            nics.set_ips(nic, [])
            nics.assign(call.cloud, nic)
        _show(node, nic)


def _first_nic(node: Record) -> Record | None:
    server = server_of(node)
    return next(iter(server.collection("nics").values()), None) if server is not None else None


def _show(node: Record, nic: Record) -> None:
    """In a private cluster a node has no public address."""
    assert node.parent is not None and node.parent.parent is not None
    name = "publicIP" if node.parent.parent.properties["public"] else "privateIP"
    ip = next(iter(nic.properties["ips"] or ()), None)
    if node.properties[name] != ip:
        node.properties = {**node.properties, name: ip}
        node.changed()


def drop(node: Record) -> None:
    """The server of a node goes with it, and the LAN of the nodes with the last one."""
    server = server_of(node)
    if server is None or server.parent is None:
        return
    datacenter = server.parent
    for volume in list(server.linked("volumes").values()):
        remove(volume)
    remove(server)
    for lan in list(datacenter.collection("lans").values()):
        if lan.private.get("k8s") and not lan.linked("nics"):
            remove(lan)


def refuse_targets(call: Call, site: Draft | Record, targets: list[dict[str, Any]] | None) -> None:
    """403 where a rule of a network load balancer targets nodes."""
    datacenter = datacenters.datacenter_of(site)
    for ip in {target["ip"] for target in targets or ()} if datacenter is not None else ():
        for record in consumers.of(call.store, ip):
            server = record.above("server")
            if server is not None and "node" in server.private:
                refuse_managed(server)


def check_rule(call: Call, draft: Draft) -> None:
    refuse_targets(call, draft, draft.properties.get("targets"))


def check_rule_update(call: Call, rule: Record, changed: dict[str, Any]) -> None:
    refuse_targets(call, rule, changed.get("targets", rule.properties["targets"]))
