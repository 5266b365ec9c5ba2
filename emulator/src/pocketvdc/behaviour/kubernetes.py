# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes clusters, node pools and nodes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_network
from typing import Any

from ..call import Answer, Call
from ..errors import ServiceError, backend, invalid, not_found
from ..store import Record, date, precise_date, remove
from ..table import Broken
from ..tokens import jwt
from ..validate import Draft, Site
from . import consumers, datacenters, gateways, lans, nics, nodes, servertypes

VERSIONS = ("1.32.11", "1.33.7", "1.34.3")
DEFAULT_VERSION = VERSIONS[1]
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAME = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d('?Z'?)?")


def name_rule(value: str) -> str | None:
    if _NAME.fullmatch(value):
        return None
    return "Attribute 'name' has at most 63 of the characters a-z, A-Z, 0-9, '-', '_', '.'"


def time_rule(value: str) -> str | None:
    return None if _TIME.fullmatch(value) else f"'{value}' is not a time of the form HH:mm:ss"


def ram_rule(value: int) -> str | None:
    return None if value % 1024 == 0 else "Attribute 'ramSize' must be a multiple of 1024"


def _later(version: str) -> list[str]:
    return list(VERSIONS[VERSIONS.index(version) + 1 :])


# Clusters


def _must_be_active(record: Record, kind: str) -> None:
    """What is not ACTIVE, and above all what is being deleted, takes no work (contract sections 7, 10.27)."""
    if kind == "Nodepool" and record.pending and not record.leaving:
        raise backend("[VDC-14-1832] Operation cannot be executed until Nodepool state is ACTIVE.")
    failed = record.row.failed
    if record.leaving or (failed is not None and record.state == failed[2]):
        reason = "is already marked for deletion"
    elif record.state != record.row.rest:
        reason = "is not active"
    else:
        return
    raise backend(
        f"[VDC-5-2201] Operation cannot be executed since this Kubernetes {kind} {reason}. "
        f"Current state of the resource is {record.state}."
    )


def _not_viable(version: str, where: str, viable: Iterable[str]) -> tuple[str, ...]:
    """The refusal of a version that is gone, or that a cluster cannot have (contract section 7)."""
    text = f"[VDC-14-1830] Operation cannot be executed because the K8s version {version} is not viable for {where}."
    return "k8sVersion", f"{text} Available versions are [{', '.join(viable)}]", "200"


def rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    version, location = values["k8sVersion"], values["location"]
    if version and version not in VERSIONS:
        yield _not_viable(version, "cluster", VERSIONS)
    if values["public"] is False:
        for name in ("location", "natGatewayIp"):
            if values[name] is None:
                yield name, f"Attribute '{name}' is required"
    if location is not None and call.store.find("locations", location) is None:
        yield "location", f"Location '{location}' does not exist"
    elif location is not None and datacenters.metro_region(call, location) != location:
        yield "location", f"Private clusters cannot be made in location '{location}'"
    elif values["natGatewayIp"] is not None:
        yield from gateways.public_ips(call, site, "natGatewayIp", [values["natGatewayIp"]], location)
    if values["nodeSubnet"] is not None and not _is_node_subnet(values["nodeSubnet"]):
        yield "nodeSubnet", f"'{values['nodeSubnet']}' is not a private subnet with the prefix /16"
    if values["apiSubnetAllowList"] and "apiSubnetAllowList" in call.cloud.settings.lacks:
        yield "apiSubnetAllowList", "Attribute 'apiSubnetAllowList' is not supported in your contract", "439"
    for entry in values["apiSubnetAllowList"] or ():
        if not gateways.is_subnet(entry):
            yield "apiSubnetAllowList", f"'{entry}' is not an IP address or subnet"
    if len(values["s3Buckets"] or ()) > 1:
        yield "s3Buckets", "Attribute 's3Buckets' holds one bucket at most"


def _is_node_subnet(text: str) -> bool:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return False
    return network.version == 4 and network.prefixlen == 16 and network.is_private


def build(call: Call, cluster: Record, draft: Draft) -> None:
    """Its version is not told before it is ACTIVE (contract section 10.27)."""
    cluster.private["version"] = cluster.properties["k8sVersion"] or DEFAULT_VERSION
    cluster.properties["k8sVersion"] = None
    consumers.hold(cluster)


def ready(call: Call, cluster: Record) -> None:
    if cluster.alive:
        _fill_in(call, cluster, cluster.private["version"])
        _derive(cluster)
        cluster.changed()


def _fill_in(call: Call, record: Record, version: str) -> None:
    """What the service sets where nobody did."""
    window = {
        "dayOfTheWeek": call.cloud.random.choice(_DAYS),
        "time": f"{call.cloud.random.randrange(24):02}:00:00Z",
    }
    given = record.properties
    record.properties = {
        **given,
        "k8sVersion": version,
        "maintenanceWindow": given["maintenanceWindow"] or window,
    }


def _derive(cluster: Record) -> None:
    """Upgrades that are possible; the addresses of the allow list with their prefixes."""
    version, allowed = cluster.properties["k8sVersion"], cluster.properties["apiSubnetAllowList"]
    if version is None:
        return
    cluster.properties["availableUpgradeVersions"] = _later(version)
    cluster.properties["viableNodePoolVersions"] = list(VERSIONS[: VERSIONS.index(version) + 1])
    if allowed is not None:
        cluster.properties["apiSubnetAllowList"] = [_with_prefix(entry) for entry in allowed]


def _with_prefix(entry: str) -> str:
    """A bare address is a network of its own (contract section 10.27); what has a prefix stays as it was sent."""
    return entry if "/" in entry else str(ip_network(entry))


def check_update(call: Call, cluster: Record, changed: dict[str, Any]) -> None:
    _must_be_active(cluster, "Cluster")
    _refuse_downgrade(cluster, changed)


def _refuse_downgrade(record: Record, changed: dict[str, Any]) -> None:
    version, present = changed.get("k8sVersion"), record.properties["k8sVersion"]
    if version in VERSIONS and version not in (present, *_later(present)):
        raise invalid(
            "(root).properties.k8sVersion", f"An upgrade from {present} to '{version}' is not possible"
        )
    if version is None:
        changed.pop("k8sVersion", None)


def updated(call: Call, cluster: Record, before: dict[str, Any]) -> None:
    _derive(cluster)


def check_delete(call: Call, cluster: Record) -> None:
    """Node pools go first (inferred)."""
    if any(not pool.leaving for pool in cluster.children.get("nodepools", {}).values()):
        raise backend(f"[VDC-5-2200] Kubernetes Cluster {cluster.id} still has node pools.")


def kubeconfig(call: Call, cluster: Record) -> Any:
    """Wrapped up to v5; since v6 the document itself, YAML or JSON as the client accepts."""
    if cluster.state != cluster.row.rest:
        raise not_found()
    config = _config(call, cluster)
    if call.version < 6:
        return {
            "id": cluster.id,
            "type": "kubeconfig",
            "href": f"{call.base}{cluster.path}/kubeconfig",
            "properties": {"kubeconfig": _yaml(config)},
        }
    if "yaml" in call.headers.get("Accept", ""):
        return Answer(200, _yaml(config), content_type="application/yaml", raw=True)
    return config


def _config(call: Call, cluster: Record) -> dict[str, Any]:
    """A document that clients of Kubernetes can read; nobody answers at its address (our own choice)."""
    name = cluster.properties["name"]
    authority = base64.b64encode(f"The certificate authority of {cluster.id}.".encode()).decode()
    server = f"https://{cluster.id}.k8s.example.com"
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": f"cluster-admin@{name}",
        "clusters": [{"name": name, "cluster": {"server": server, "certificate-authority-data": authority}}],
        "contexts": [
            {"name": f"cluster-admin@{name}", "context": {"cluster": name, "user": "cluster-admin"}}
        ],
        "users": [
            {"name": "cluster-admin", "user": {"token": jwt(call.cloud, cluster.id, {"sub": "admin"})}}
        ],
    }


def _yaml(config: Mapping[str, Any]) -> str:
    import yaml

    return yaml.safe_dump(config, sort_keys=False)


def versions(call: Call) -> Answer:
    return Answer(200, list(VERSIONS))


def default_version(call: Call) -> Answer:
    return Answer(200, DEFAULT_VERSION)


def compatibilities(call: Call, version: str) -> Answer:
    if version not in VERSIONS:
        raise not_found()
    return Answer(200, list(VERSIONS[: VERSIONS.index(version) + 1]))


# Node pools


def pool_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    datacenter = call.store.root("datacenters").get(values["datacenterId"] or "")
    cluster = site.parent
    assert cluster is not None
    if datacenter is None or datacenter.leaving:
        yield "datacenterId", f"Data center '{values['datacenterId']}' does not exist"
        return
    location, home = datacenter.properties["location"], cluster.properties["location"]
    if home is not None and home != location:
        yield "datacenterId", f"The data center is in location {location}, the cluster in {home}"
    version, most = values["k8sVersion"], cluster.properties["k8sVersion"]
    viable = VERSIONS[: VERSIONS.index(most) + 1] if most else VERSIONS
    if version and version not in viable:
        yield _not_viable(version, "nodepools in cluster", viable)
    if values["cpuFamily"] is not None and values["cpuFamily"] not in (known := servertypes.families(call)):
        text = f"Attribute value '{values['cpuFamily']}' not allowed. Expected one of [{', '.join(known)}]"
        yield "cpuFamily", text
    if text_ := _broken_scaling(values):
        yield "autoScaling", text_
    yield from _broken_lans(datacenter, values["lans"] or ())
    if values["publicIps"]:
        yield from gateways.public_ips(call, site, "publicIps", values["publicIps"], location)
        needed = max(values["nodeCount"] or 0, (values["autoScaling"] or {}).get("maxNodeCount") or 0) + 1
        if len(values["publicIps"]) < needed:
            yield (
                "publicIps",
                f"Attribute 'publicIps' needs {needed} addresses, one more than there can be nodes",
            )


def _broken_lans(datacenter: Record, wanted: Iterable[Mapping[str, Any]]) -> Broken:
    for lan in wanted:
        if lans.is_public(datacenter, lan["id"]) is None:
            yield "lans", f"LAN {lan['id']} does not exist in data center {datacenter.id}"
        for route in lan.get("routes") or ():
            network, gateway = route["network"], route["gatewayIp"]
            if not (network or gateway):
                yield "lans", "A route needs 'network' or 'gatewayIp'"
            if network and not gateways.is_subnet(network):
                yield "lans", f"'{network}' is not a subnet, such as 10.0.0.0/24"
            if gateway and not nics.is_address(gateway):
                yield "lans", f"'{gateway}' is not an IP address"


def _scaling(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Least and most nodes; None when scaling is off, which 0/0 says, too (inferred)."""
    given = values["autoScaling"] or {}
    least, most = given.get("minNodeCount") or 0, given.get("maxNodeCount") or 0
    return (least, most) if least or most else None


def _broken_scaling(values: Mapping[str, Any]) -> str | None:
    limits = _scaling(values)
    if limits is None or 1 <= limits[0] <= limits[1] >= (values["nodeCount"] or 0):
        return None
    return "Attribute 'autoScaling' needs 1 <= minNodeCount <= maxNodeCount, and nodeCount <= maxNodeCount"


def check_pool(call: Call, draft: Draft) -> None:
    assert draft.parent is not None
    servertypes.settle_family(call, draft.properties)
    _must_be_active(draft.parent, "Cluster")


def build_pool(call: Call, pool: Record, draft: Draft) -> None:
    cluster = pool.parent
    assert cluster is not None
    pool.private["version"] = pool.properties["k8sVersion"] or cluster.properties["k8sVersion"]
    pool.properties["k8sVersion"] = None
    consumers.hold(pool)


def pool_ready(call: Call, pool: Record) -> None:
    if pool.alive:
        _fill_in(call, pool, pool.private["version"])
        fill_pool(call, pool)
        pool.changed()


def view_pool(pool: Record, properties: dict[str, Any], base: str) -> None:
    """A pool can be upgraded up to the version of its cluster; without scaling it reads 0/0."""
    assert pool.parent is not None
    least, most = _scaling(properties) or (0, 0)
    properties["autoScaling"] = {"minNodeCount": least, "maxNodeCount": most}
    if properties["k8sVersion"] is None:
        return
    last = VERSIONS.index(pool.parent.properties["k8sVersion"]) + 1
    properties["availableUpgradeVersions"] = list(
        VERSIONS[VERSIONS.index(properties["k8sVersion"]) + 1 : last]
    )


def check_pool_update(call: Call, pool: Record, changed: dict[str, Any]) -> None:
    _must_be_active(pool, "Nodepool")
    _refuse_downgrade(pool, changed)
    if (changed.get("autoScaling") or {}).get("minNodeCount") == 0:
        raise ServiceError(422, [("110", "autoScaling.minNodeCount must be > 0")])
    if _scaling({**pool.properties, **changed}) is not None:
        changed.pop("nodeCount", None)  # the scaling sees to that


def check_pool_delete(call: Call, pool: Record) -> None:
    if pool.leaving or pool.pending:
        _must_be_active(pool, "Nodepool")


def fill_pool(call: Call, pool: Record) -> None:
    """Add or remove nodes until the pool has as many as it should; scaling adds up to its least (inferred)."""
    if not pool.alive:
        return
    limits = _scaling(pool.properties)
    if limits is not None and pool.properties["nodeCount"] < limits[0]:
        pool.properties = {**pool.properties, "nodeCount": limits[0]}
        pool.changed()
    present = pool.collection("nodes")
    while len(present) > pool.properties["nodeCount"]:
        remove(next(reversed(present.values())))
    while len(present) < pool.properties["nodeCount"]:
        _add_node(call, pool)
    for node in present.values():
        nodes.connect(call, node)
    nodes.address(call, pool)


def _add_node(call: Call, pool: Record) -> None:
    node = call.make(call.cloud.table["node"], "nodes", pool)
    number = pool.private["nodes"] = pool.private.get("nodes", 0) + 1
    node.properties = {
        "name": f"{pool.properties['name']}-{node.id[:8]}",
        "publicIP": None,
        "privateIP": f"10.255.{number >> 8 & 255}.{number & 255}",
        "k8sVersion": pool.properties["k8sVersion"],
    }
    nodes.add(call, node)


def resize_pool(call: Call, pool: Record, before: dict[str, Any]) -> None:
    fill_pool(call, pool)
    for node in pool.collection("nodes").values():
        node.properties = {**node.properties, "k8sVersion": pool.properties["k8sVersion"]}
        node.changed()


# Nodes


def replace_node(call: Call, node: Record) -> None:
    """A new node joins first, then the old one goes (contract section 10.29)."""
    pool = node.parent
    assert pool is not None
    node.phase = node.row.phases[1]
    call.touch(node)

    def exchange() -> None:
        if pool.alive and node.alive:
            _add_node(call, pool)
            remove(node)
            fill_pool(call, pool)

    call.on_done(exchange)


def check_node_delete(call: Call, node: Record) -> None:
    """A pool of fixed size is filled up again; one that scales stays smaller, but not below its least."""
    pool = node.parent
    assert pool is not None
    limits = _scaling(pool.properties)
    left = sum(not other.leaving for other in pool.collection("nodes").values()) - 1
    if limits is not None and left < limits[0]:
        raise backend("[VDC-14-1826] Operation failed, as last node can not be deleted from nodepool")

    def fill() -> None:
        remove(node)
        if limits is not None and pool.alive:
            pool.properties = {**pool.properties, "nodeCount": len(pool.collection("nodes"))}
            pool.changed()
        fill_pool(call, pool)

    call.on_done(fill)


def node_metadata(node: Record, base: str, depth: int) -> dict[str, Any]:
    return {
        "etag": node.etag,
        "createdDate": date(node.created),
        "lastModifiedDate": date(node.modified),
        "state": node.row.phases[2] if node.leaving else node.state,
        "lastSoftwareUpdatedDate": precise_date(node.created),
    }
