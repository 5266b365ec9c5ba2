# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kubernetes clusters and node pools: versions, limits, and waiting until they are ACTIVE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

from ..._engine.clock import Deadline
from ..._engine.errors import ApiError, InvalidOption, NotFound
from ..._engine.kind import Detail, Kind, Outcome, Situation, Waiting
from ..._engine.reconcile import Change
from ..._engine.resource import Field, children
from ..._engine.service import Item, Selector, Write, own_selector, selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import DATACENTER, LAN
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODE, K8S_NODEPOOL, K8S_VERSION
from .kubeconfig import read_kubeconfig

LEAVING = "DESTROYING"


# -- what clusters and node pools have in common ------------------------------------------------------------------


def _check_stays(situation: Situation[Cloud]) -> None:
    have = situation.have
    if have is not None and have["state"] == LEAVING:
        raise InvalidOption(
            f"state: the {situation.resource.label} {have['name']} is being deleted; run the task again when it is gone"
        )


def _settle_version(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """Only what makes it newer is wanted; the service raises the last part of a version by itself."""
    have, version = situation.have or {}, want.get("k8s_version")
    now = have.get("k8s_version")
    if not version or not now or _numbers(version) >= _numbers(now):
        return
    if _numbers(version)[:2] == _numbers(now)[:2]:
        del want["k8s_version"]
        return
    newer = ", ".join(have["available_upgrade_versions"]) or "none at present"
    raise InvalidOption(
        f"k8s_version: the {situation.resource.label} {have['name']} has {now} and cannot go back to {version}; it can be "
        f"upgraded to {newer}"
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _settle_window(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """One time has several forms: with the zone, always UTC, or without."""
    window, now = want.get("maintenance_window"), (situation.have or {}).get("maintenance_window")
    if window and now and str(window["time"])[:8] == str(now.get("time"))[:8]:
        want["maintenance_window"] = {**window, "time": now["time"]}


def _busy_until_ready(situation: Situation[Cloud], deadline: Deadline) -> None:
    """The service changes only what is ACTIVE."""
    cloud, have, item = situation.cloud, situation.have, situation.place.item
    if have is not None and item is not None and cloud.busy(situation.resource, item):
        cloud.settled(situation.resource, situation.place.parents, have["id"], deadline)


def _arrange(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """What is being deleted is not deleted again; to what an upgraded one can be upgraded, only the service knows."""
    if change.verb == "delete" and (situation.have or {}).get("state") == LEAVING:
        return []
    if change.verb == "update" and "k8s_version" in change.patch:
        lists = ("available_upgrade_versions", "viable_node_pool_versions")
        shows = {name: None for name in lists if name in (change.after or {})}
        return [replace(write, shows=shows) for write in writes]
    return writes


def _conclude(situation: Situation[Cloud], item: Item | None, outcome: Outcome) -> None:
    """Wait for a deletion that is under way; be no success where the service could not bring its work to an end."""
    have, waiting = situation.have, Waiting.asked(situation.options)
    leaving = situation.state == "absent" and have is not None and have["state"] == LEAVING
    result = outcome.result or {}
    failed = str(result.get("state")).startswith("FAILED")
    if have is None or not (leaving or failed):
        return
    if waiting.wait and not situation.check_mode:
        deadline = Deadline.after(situation.cloud.clock, waiting.seconds)
        situation.cloud.settled(situation.resource, situation.place.parents, have["id"], deadline)
    elif failed:
        outcome.warnings.append(
            f"The {situation.resource.label} {result['name']} is in the state {result['state']}"
        )


# -- clusters -----------------------------------------------------------------------------------------------------


def _resolve_cluster(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    _check_stays(situation)
    _settle_version(situation, want)
    _settle_window(situation, want)
    if want.get("api_subnet_allow_list"):
        wanted = [_network(each) for each in want["api_subnet_allow_list"]]
        now = (situation.have or {}).get("api_subnet_allow_list") or []
        want["api_subnet_allow_list"] = now if sorted(map(_network, now)) == sorted(set(wanted)) else wanted


def _network(text: str) -> str:
    """An address is a network of itself."""
    try:
        return str(ip_network(text))
    except ValueError:
        raise InvalidOption(
            f"api_subnet_allow_list: {text!r} is not an address or a network such as 198.51.100.0/24"
        ) from None


def _check_cluster(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """The rules of contract section 10.27."""
    if situation.have is None and want.get("public") is False:
        missing = [name for name in ("location", "nat_gateway_ip") if not want.get(name)]
        if missing:
            raise InvalidOption(f"{', '.join(missing)}: needed to create a cluster with public=false")
    if len(want.get("s3_buckets") or ()) > 1:
        raise InvalidOption("s3_buckets: the service takes one bucket at most")
    subnet = want.get("node_subnet")
    if subnet and not re.fullmatch(r"\d+(\.\d+){3}/16", subnet):
        raise InvalidOption(
            f"node_subnet: {subnet!r} is not a network with the prefix /16, such as 10.9.0.0/16"
        )


def _guard_pools(situation: Situation[Cloud]) -> None:
    """The service refuses to delete a cluster with node pools; here the error says which."""
    have = situation.have or {}
    pools = (
        situation.cloud.items(K8S_NODEPOOL, {K8S_CLUSTER.kind: have["id"]}) if have.get("nodepools") else []
    )
    left = [each["properties"].get("name") or each["id"] for each in pools if _state(each) != LEAVING]
    if left:
        raise InvalidOption(
            f"state: the Kubernetes cluster {have['name']} still has node pools: {', '.join(sorted(left))}. Delete them "
            "first, with profitbricks_k8s_nodepool"
        )


def _state(item: Item) -> str:
    return str((item.get("metadata") or {}).get("state") or "")


def _kubeconfig(cloud: Cloud, cluster: Item) -> Item:
    return {"kubeconfig": read_kubeconfig(cloud, cluster["id"])}


K8S_CLUSTERS = Kind(
    PROFITBRICKS,
    K8S_CLUSTER,
    resolve=_resolve_cluster,
    check=_check_cluster,
    before_delete=_guard_pools,
    prepare=_busy_until_ready,
    arrange=_arrange,
    conclude=_conclude,
    details=(
        Detail(
            Field(
                "kubeconfig",
                "bool",
                default=False,
                help="Whether to tell the kubeconfig of each cluster, at one request more for each. It lets whoever has it "
                "administer the cluster: set C(no_log) on the task.",
            ),
            (
                Field(
                    "kubeconfig",
                    help="The kubeconfig as YAML; V(null) while the cluster is not active.",
                    sample="apiVersion: v1\nkind: Config\n",
                ),
            ),
            _kubeconfig,
        ),
    ),
)


# -- node pools ---------------------------------------------------------------------------------------------------


def _resolve_pool(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    _check_stays(situation)
    _settle_version(situation, want)
    _settle_window(situation, want)
    _resolve_places(situation, want)
    _settle_scaling(situation, want)
    for name in ("labels", "annotations"):
        if name in want:
            want[name] = {str(key): str(value) for key, value in (want[name] or {}).items()}
            if not want[name] and situation.have is not None and not situation.have[name]:
                del want[name]


def _resolve_places(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """The data center and its LANs by their ids, with one read for what is named."""
    cloud, have = situation.cloud, situation.have or {}
    home = selector(DATACENTER, "datacenter", want.get("datacenter") or have.get("datacenter") or "")
    named = [each for each in want.get("lans") or () if not LAN.is_id(each["lan"])]
    lans: Sequence[Item] = ()
    if not home.by_id and want.get("datacenter"):
        found = home.pick(cloud.items(DATACENTER, {}, 3 if named else 1, {"name": home.value}))
        if found is None:
            raise NotFound(DATACENTER.label, home.option, home.value)
        want["datacenter"], lans = found["id"], children(found, LAN.collection)
    elif named and home.by_id:
        lans = _lans(cloud, home)
    for each in want.get("lans") or ():
        each["lan"] = int(each["lan"]) if LAN.is_id(each["lan"]) else _number(each["lan"], lans)


def _lans(cloud: Cloud, home: Selector) -> list[Item]:
    try:
        return cloud.items(LAN, {DATACENTER.kind: home.value})
    except ApiError as error:
        if error.status == 404:
            raise NotFound(DATACENTER.label, home.option, home.value) from None
        raise


def _number(name: str, lans: Sequence[Item]) -> int:
    found = selector(LAN, "lans.lan", name).pick(lans)
    if found is None:
        raise NotFound(LAN.label, "lans.lan", name, "the data center")
    return int(found["id"])


def _scaling(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Least and largest number of nodes; None where the service leaves the number alone."""
    limits = values.get("auto_scaling") or {}
    least, most = limits.get("min_node_count") or 0, limits.get("max_node_count") or 0
    return (least, most) if least or most else None


def _settle_scaling(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """Leave alone what the service has made of the number of nodes; scaling that is off has two forms."""
    have = situation.have
    if have is None:
        return
    if "auto_scaling" in want and _scaling(want) is None and _scaling(have) is None:
        del want["auto_scaling"]
    limits = _scaling({**have, **want})
    if limits and have["node_count"] is not None and limits[0] <= have["node_count"] <= limits[1]:
        want.pop("node_count", None)


def _check_pool(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """The rules of contract section 10.28."""
    both = {**(situation.have or {}), **want}
    count, limits = both.get("node_count") or 0, _scaling(both)
    if situation.have is None and situation.cloud.version < 6 and not want.get("cpu_family"):
        raise InvalidOption("cpu_family: version 5 of the API needs it to create a node pool")
    if limits and not 1 <= limits[0] <= limits[1]:
        raise InvalidOption(
            f"auto_scaling: min_node_count {limits[0]} has to be at least 1, and max_node_count {limits[1]} no smaller; "
            "both 0 turn it off"
        )
    if limits and count > limits[1]:
        raise InvalidOption(f"node_count: {count} is above auto_scaling.max_node_count, {limits[1]}")
    needed = max(count, limits[1] if limits else 0) + 1
    if both.get("public_ips") and len(both["public_ips"]) < needed:
        raise InvalidOption(
            f"public_ips: {needed} addresses are needed, one more than there can be nodes, not {len(both['public_ips'])}"
        )


def _prepare_pool(situation: Situation[Cloud], deadline: Deadline) -> None:
    """The service takes a new node pool only while its cluster is ACTIVE."""
    cloud, place = situation.cloud, situation.place
    if situation.have is not None:
        _busy_until_ready(situation, deadline)
        return
    cluster_id, item = place.parents[K8S_CLUSTER.kind], place.known.get(K8S_CLUSTER.kind)
    if item is None or cloud.busy(K8S_CLUSTER, item):
        cloud.settled(K8S_CLUSTER, {}, cluster_id, deadline)


def _nodes(cloud: Cloud, pool: Item) -> Item:
    parents = {K8S_CLUSTER.kind: pool["k8s_cluster_id"], K8S_NODEPOOL.kind: pool["id"]}
    names = [field.name for field in NODE_FIELDS]
    nodes: Iterable[Item] = (K8S_NODE.decode(item, parents) for item in cloud.items(K8S_NODE, parents))
    return {"nodes": [{name: node[name] for name in names} for node in nodes]}


NODE_FIELDS = (
    Field("id", help="UUID of the node.", sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c"),
    *K8S_NODE.shown,
)

K8S_NODEPOOLS = Kind(
    PROFITBRICKS,
    K8S_NODEPOOL,
    resolve=_resolve_pool,
    check=_check_pool,
    prepare=_prepare_pool,
    arrange=_arrange,
    conclude=_conclude,
    details=(
        Detail(
            Field(
                "nodes",
                "bool",
                default=False,
                help="Whether to tell the nodes of each node pool, at one request more for each.",
            ),
            (
                Field(
                    "nodes", "list", elements="dict", options=NODE_FIELDS, help="The nodes of the node pool."
                ),
            ),
            _nodes,
        ),
    ),
)


# -- nodes --------------------------------------------------------------------------------------------------------


def _node_must_exist(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    if situation.have is None:
        own = own_selector(K8S_NODE, situation.options)
        advice = "the node pool makes its nodes: set its node_count"
        raise NotFound(K8S_NODE.label, own.option, own.value, "the node pool", advice)


def _arrange_node(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    have = situation.have
    if situation.state != "replaced" or have is None:
        return writes
    path = K8S_NODE.item_path(situation.place.parents, have["id"])
    return [Write("replace", f"node {have['name']}", "POST", f"{path}/replace")]


K8S_NODES = Kind(
    PROFITBRICKS,
    K8S_NODE,
    states=(
        (
            "replaced",
            "the node is replaced by a new one of the same kind, each time the task runs, and what ran on it runs "
            "elsewhere meanwhile",
        ),
    ),
    resolve=_node_must_exist,
    prepare=_busy_until_ready,
    arrange=_arrange_node,
)


# -- versions -----------------------------------------------------------------------------------------------------


def _versions(cloud: Cloud, kind: Kind, options: Mapping[str, Any]) -> list[Item]:
    """The service tells them as plain strings (contract section 10.27)."""
    kind.resource.exists_in(cloud.version)
    path = kind.resource.path
    versions = cloud.transport.call("GET", path).data or []
    default = cloud.transport.call("GET", f"{path}/default").data
    return [{"id": version, "default": version == default} for version in versions]


K8S_VERSIONS = Kind(PROFITBRICKS, K8S_VERSION, search=_versions, info_fields=())
