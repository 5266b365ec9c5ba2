# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes clusters, node pools and nodes."""

from __future__ import annotations

import re
from typing import Any

from ..call import Answer, Call
from ..errors import ServiceError, backend, not_found
from ..store import Record, date, remove
from ..validate import Draft

VERSIONS = ("1.29.10", "1.30.6", "1.31.2")
DEFAULT_VERSION = VERSIONS[1]
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


def _refuse(name: str, text: str) -> ServiceError:
    return ServiceError(422, [("100", f"[(root).properties.{name}] {text}")])


def _later(version: str) -> list[str]:
    return list(VERSIONS[VERSIONS.index(version) + 1 :])


# Clusters


def check(call: Call, draft: Draft) -> None:
    given = draft.properties
    if given.get("k8sVersion") and given["k8sVersion"] not in VERSIONS:
        draft.refuse("k8sVersion", f"Version '{given['k8sVersion']}' is not available")
    if given.get("public") is False:
        for name in ("location", "natGatewayIp"):
            if given.get(name) is None:
                draft.require(name)


def build(call: Call, cluster: Record, draft: Draft) -> None:
    cluster.properties["k8sVersion"] = cluster.properties["k8sVersion"] or DEFAULT_VERSION
    _derive(cluster)


def _derive(cluster: Record) -> None:
    version = cluster.properties["k8sVersion"]
    cluster.properties["availableUpgradeVersions"] = _later(version)
    cluster.properties["viableNodePoolVersions"] = list(VERSIONS[: VERSIONS.index(version) + 1])


def check_update(call: Call, cluster: Record, changed: dict[str, Any]) -> None:
    _refuse_downgrade(cluster, changed)


def _refuse_downgrade(record: Record, changed: dict[str, Any]) -> None:
    version, present = changed.get("k8sVersion"), record.properties["k8sVersion"]
    if version not in (None, present, *_later(present)):
        raise _refuse("k8sVersion", f"An upgrade from {present} to '{version}' is not possible")
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
    if cluster.pending:
        raise not_found()
    server = f"https://{cluster.id}.k8s.example.com"
    if call.version < 6:
        return {
            "id": cluster.id,
            "type": "kubeconfig",
            "href": f"{call.base}{cluster.path}/kubeconfig",
            "properties": {"kubeconfig": _yaml_config(cluster, server)},
        }
    if "yaml" in call.headers.get("Accept", ""):
        return Answer(200, _yaml_config(cluster, server), content_type="application/yaml", raw=True)
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "cluster-admin",
        "clusters": [{"name": cluster.properties["name"], "cluster": {"server": server}}],
        "contexts": [],
        "users": [],
    }


def _yaml_config(cluster: Record, server: str) -> str:
    return (
        "apiVersion: v1\nkind: Config\ncurrent-context: cluster-admin\nclusters:\n"
        f"- name: {cluster.properties['name']}\n  cluster:\n    server: {server}\ncontexts: []\nusers: []\n"
    )


def versions(call: Call) -> Answer:
    return Answer(200, list(VERSIONS))


def default_version(call: Call) -> Answer:
    return Answer(200, DEFAULT_VERSION)


def compatibilities(call: Call, version: str) -> Answer:
    if version not in VERSIONS:
        raise not_found()
    return Answer(200, list(VERSIONS[: VERSIONS.index(version) + 1]))


# Node pools


def check_pool(call: Call, draft: Draft) -> None:
    given = draft.properties
    if call.store.root("datacenters").get(given.get("datacenterId") or "") is None:
        draft.refuse("datacenterId", f"Data center '{given.get('datacenterId')}' does not exist")
    if given.get("k8sVersion") and given["k8sVersion"] not in VERSIONS:
        draft.refuse("k8sVersion", f"Version '{given['k8sVersion']}' is not available")
    if text := _broken_scaling(given, given.get("nodeCount")):
        draft.refuse("autoScaling", text)


def _broken_scaling(values: dict[str, Any], count: int | None) -> str | None:
    """0/0 switches scaling off (inferred)."""
    scaling = values.get("autoScaling")
    if not scaling or not (scaling["minNodeCount"] or scaling["maxNodeCount"]):
        return None
    least, most = scaling["minNodeCount"] or 0, scaling["maxNodeCount"] or 0
    if least < 1 or most < least or (count is not None and most < count):
        return (
            "Attribute 'autoScaling' needs 1 <= minNodeCount <= maxNodeCount, and nodeCount <= maxNodeCount"
        )
    return None


def build_pool(call: Call, pool: Record, draft: Draft) -> None:
    cluster = pool.parent
    assert cluster is not None
    pool.properties["k8sVersion"] = pool.properties["k8sVersion"] or cluster.properties["k8sVersion"]
    pool.properties["availableUpgradeVersions"] = []


def check_pool_update(call: Call, pool: Record, changed: dict[str, Any]) -> None:
    if pool.leaving:
        raise backend(
            "[VDC-5-2201] Operation cannot be executed since this Kubernetes Nodepool is already marked for "
            f"deletion. Current state of the resource is {pool.state}."
        )
    _refuse_downgrade(pool, changed)
    merged = {**pool.properties, **changed}
    if text := _broken_scaling(merged, merged["nodeCount"]):
        raise _refuse("autoScaling", text)


def fill_pool(call: Call, pool: Record) -> None:
    """Add or remove nodes until the pool has as many as it should."""
    if not pool.alive:
        return
    nodes = pool.collection("nodes")
    while len(nodes) > pool.properties["nodeCount"]:
        remove(next(reversed(nodes.values())))
    while len(nodes) < pool.properties["nodeCount"]:
        node = call.make(call.cloud.table["node"], "nodes", pool)
        number = len(nodes)
        node.properties = {
            "name": f"{pool.properties['name']}-{node.id[:8]}",
            "publicIP": None,
            "privateIP": f"10.255.{number >> 8}.{number & 255}",
            "k8sVersion": pool.properties["k8sVersion"],
        }


def resize_pool(call: Call, pool: Record, before: dict[str, Any]) -> None:
    fill_pool(call, pool)
    for node in pool.collection("nodes").values():
        node.properties = {**node.properties, "k8sVersion": pool.properties["k8sVersion"]}
        node.changed()


# Nodes


def replace_node(call: Call, node: Record) -> None:
    node.phase = node.row.phases[1]
    call.touch(node)


def node_removed(node: Record) -> None:
    """The pool counts one node less (inferred)."""
    pool = node.parent
    assert pool is not None
    if pool.alive and len(pool.collection("nodes")) <= pool.properties["nodeCount"]:
        pool.properties = {**pool.properties, "nodeCount": max(1, pool.properties["nodeCount"] - 1)}
        pool.changed()


def node_metadata(node: Record, base: str, depth: int) -> dict[str, Any]:
    return {
        "etag": node.etag,
        "createdDate": date(node.created),
        "lastModifiedDate": date(node.modified),
        "state": node.state,
        "lastSoftwareUpdatedDate": date(node.created),
    }
