# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Kubernetes manages in a data center, and nobody else may change (contract section 10.29)."""

from __future__ import annotations

from collections.abc import Sequence

from ..._engine.errors import InvalidOption
from ..._engine.schema.resource import children
from ..._engine.service import Item
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODE, K8S_NODEPOOL, node_marks
from .facts import CloudFacts

MANAGED = "(managed by Kubernetes)"


def node_pools(facts: CloudFacts, datacenter_id: str) -> list[tuple[str, Item]]:
    """The node pools whose nodes are in a data center, each with the id of its cluster; those that the user may see."""
    if facts.version < K8S_NODEPOOL.since:
        return []
    return [
        (str(cluster["id"]), pool)
        for cluster in facts.items(K8S_CLUSTER, {}, depth=3, lenient=True)
        for pool in children(cluster, K8S_NODEPOOL.collection)
        if K8S_NODEPOOL.properties(pool).get("datacenterId") == datacenter_id
    ]


def managed(facts: CloudFacts, datacenter_id: str, servers: Sequence[Item]) -> dict[str, str]:
    """The name of the node pool of each of these servers that is a node, by the id of the server.

    Costs nothing where there are no servers, else a read of the clusters and one of each node pool.
    """
    pools: dict[str, str] = {}
    for cluster_id, pool in node_pools(facts, datacenter_id) if servers else ():
        parents = {K8S_CLUSTER.kind: cluster_id, K8S_NODEPOOL.kind: str(pool["id"])}
        for item in facts.items(K8S_NODE, parents, lenient=True):
            pools.update(dict.fromkeys(node_marks(item), facts.name_of(pool)))
    return {each["id"]: pools[mark] for each in servers for mark in _marks(each) if mark in pools}


def refusal(server: Item, pool: str) -> InvalidOption:
    """Why a server that is a node cannot be planned over."""
    return InvalidOption(
        f"the server {server['name']} is a node of the Kubernetes node pool {pool}, and only Kubernetes may change it; leave "
        "it and its contents out, and change the node pool with profitbricks_k8s_nodepool"
    )


def _marks(server: Item) -> tuple[str, ...]:
    return (str(server["id"]), str(server["name"]), *(ip for nic in server["nics"] for ip in nic["ips"]))
