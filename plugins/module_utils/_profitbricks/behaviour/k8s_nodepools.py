# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Node pools of Kubernetes clusters."""

from __future__ import annotations

from collections.abc import Iterable

from ..._engine.outcome import Detail
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODE, K8S_NODEPOOL
from ..rules.k8s_nodepools import NODEPOOL_RULES
from .kubernetes import LIMITED, Clusters


def _nodes(cloud: Cloud, pool: Item) -> Item:
    parents = {K8S_CLUSTER.kind: pool["k8s_cluster_id"], K8S_NODEPOOL.kind: pool["id"]}
    names = [field.name for field in NODE_FIELDS]
    nodes: Iterable[Item] = (K8S_NODE.decode(item, parents) for item in cloud.items(K8S_NODE, parents))
    return {"nodes": [{name: node[name] for name in names} for node in nodes]}


NODE_FIELDS = (
    Field("id", help="UUID of the node.", sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c"),
    *K8S_NODE.shown,
)


K8S_NODEPOOLS = Clusters(
    LIMITED,
    K8S_NODEPOOL,
    NODEPOOL_RULES,
    details=(
        Detail(
            Field(
                "nodes",
                "bool",
                default=False,
                help="Whether to return the nodes of each node pool, at the cost of one more request for "
                "each.",
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
