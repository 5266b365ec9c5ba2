# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kubernetes clusters, their node pools and nodes, and versions (contract sections 10.27 to 10.29)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine import addresses
from ..._engine.schema.checks import between, matches, multiple_of
from ..._engine.schema.comparison import as_set, as_text, by_parts
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES
from .common import CPU_FAMILIES, HISTORY
from .datacenters import DATACENTER

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAME = r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
NAME_HELP = "a name that the service accepts: up to 63 letters and digits, inside also - _ and ."
STATE = Field(
    "state",
    read_only=True,
    metadata=True,
    help="Provisioning state, such as V(ACTIVE), V(DEPLOYING), V(UPDATING) or V(FAILED).",
    sample="ACTIVE",
)


def _window(label: str) -> Field:
    return Field(
        "maintenance_window",
        "dict",
        compare=by_parts,
        help=f"Start of the weekly maintenance window, in which the service may work on the {label} for "
        f"several hours. By default the service chooses one for a new {label}.",
        options=(
            Field(
                "day_of_the_week",
                required=True,
                choices=DAYS,
                help="Day on which it starts.",
                sample="Sunday",
            ),
            Field(
                "time",
                required=True,
                checks=(
                    matches(
                        r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d('?Z'?)?",
                        "a time such as 03:00:00, in UTC; quote it, or YAML turns it into a number",
                    ),
                ),
                help="Time at which it starts, in UTC, such as V(03:00:00).",
                sample="03:00:00",
            ),
        ),
    )


def _version(sample: str) -> Field:
    return Field(
        "k8s_version",
        checks=(
            matches(r"\d+\.\d+\.\d+", "a version such as 1.31.2; profitbricks_k8s_version_info lists them"),
        ),
        help=(
            "Version of Kubernetes; M(profitbricks.cloud.profitbricks_k8s_version_info) lists the versions. "
            "It can only become newer.",
            "If the service itself has raised the patch version in the meantime, that is left alone.",
        ),
        sample=sample,
    )


UPGRADES = Field(
    "available_upgrade_versions",
    "list",
    elements="str",
    read_only=True,
    help="Versions that it can be upgraded to.",
    sample=["1.31.2"],
)

K8S_NODEPOOL = Resource(
    kind="k8s_nodepool",
    path="k8s/{k8s_cluster}/nodepools",
    label="node pool",
    since=5,
    update_method="PUT",
    stateful=True,
    title="Create, change, upgrade and delete node pools of Kubernetes clusters of the ProfitBricks cloud",
    about=(
        "A node pool is a set of servers of one size that are nodes of a Kubernetes cluster. The service "
        "creates and replaces them in a data center.",
        "Unless O(wait=false), a change first waits until the node pool, or for a new node pool its "
        "cluster, is ready for it.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field(
            "name",
            mutable=False,
            checks=(matches(NAME, NAME_HELP),),
            help="Name of the node pool. It cannot be changed later.",
            sample="workers",
        ),
        Field(
            "datacenter",
            wire="datacenterId",
            refers=DATACENTER.kind,
            needed=True,
            mutable=False,
            compare=as_text,
            help="Name or UUID of the data center in which the nodes run. A name takes one more request. "
            "It cannot be changed later.",
            sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c",
        ),
        Field(
            "node_count",
            "int",
            needed=True,
            checks=(between(1),),
            help=(
                "Number of nodes.",
                "With O(auto_scaling) it is the initial number: any number that the service has scaled to "
                "since, within the limits, is left alone.",
            ),
            sample=3,
        ),
        Field(
            "cores_count",
            "int",
            needed=True,
            mutable=False,
            checks=(between(1),),
            help="CPU cores of each node. It cannot be changed later.",
            sample=2,
        ),
        Field(
            "ram_size",
            "int",
            unit="MB",
            needed=True,
            mutable=False,
            checks=(
                between(2048),
                multiple_of(1024),
            ),
            help="Memory of each node in MB, a multiple of 1024. It cannot be changed later.",
            sample=4096,
        ),
        Field(
            "storage_type",
            needed=True,
            mutable=False,
            growing=("HDD", "SSD", "ESSENTIAL", "PERFORMANCE"),
            help="Type of storage of each node. It cannot be changed later.",
            sample="SSD",
        ),
        Field(
            "storage_size",
            "int",
            unit="GB",
            needed=True,
            mutable=False,
            checks=(between(10),),
            help="Storage of each node in GB; the service recommends 100 or more. It cannot be changed "
            "later.",
            sample=100,
        ),
        Field(
            "availability_zone",
            needed=True,
            mutable=False,
            choices=("AUTO", "ZONE_1", "ZONE_2"),
            help="Availability zone of the nodes. It cannot be changed later.",
            sample="AUTO",
        ),
        Field(
            "cpu_family",
            growing=CPU_FAMILIES,
            mutable=False,
            help="CPU family of the nodes; M(profitbricks.cloud.profitbricks_location_info) lists those of a location. "
            "Needed in version 5 of the API. It cannot be changed later.",
            sample="INTEL_SKYLAKE",
        ),
        Field(
            "server_type",
            since=6,
            growing=("DedicatedCore", "VCPU"),
            help="Type of CPU cores of the nodes. The service defaults to V(DedicatedCore).",
            sample="DedicatedCore",
        ),
        _version("1.30.6"),
        _window("node pool"),
        Field(
            "auto_scaling",
            "dict",
            compare=by_parts,
            help="Limits within which the service adjusts the number of nodes to demand. V(0) for both "
            "switches that off.",
            options=(
                Field(
                    "min_node_count",
                    "int",
                    required=True,
                    checks=(between(0),),
                    help="Minimum number of nodes.",
                    sample=2,
                ),
                Field(
                    "max_node_count",
                    "int",
                    required=True,
                    checks=(between(0),),
                    help="Maximum number of nodes.",
                    sample=5,
                ),
            ),
        ),
        Field(
            "lans",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("lan",),
            help="All LANs of the data center in which the nodes have a NIC; an empty list for none. What "
            "is left out of an existing one does not change.",
            options=(
                Field(
                    "lan",
                    wire="id",
                    required=True,
                    shown_type="int",
                    help="Name or number of the LAN. A name may take one more request.",
                    sample=2,
                ),
                Field(
                    "dhcp",
                    "bool",
                    since=6,
                    help="Whether the nodes get an address by DHCP. The service defaults to V(true).",
                    sample=True,
                ),
                Field(
                    "routes",
                    "list",
                    elements="dict",
                    since=6,
                    compare=as_set,
                    help="Routes of the nodes through this LAN, as a set.",
                    options=(
                        Field(
                            "network",
                            required=True,
                            parse=addresses.network,
                            key=addresses.block_key,
                            compare=as_text,
                            help="Network in CIDR notation.",
                            sample="10.9.0.0/16",
                        ),
                        Field(
                            "gateway_ip",
                            required=True,
                            parse=addresses.address,
                            compare=as_text,
                            help="Address of the gateway.",
                            sample="10.7.222.1",
                        ),
                    ),
                ),
            ),
        ),
        Field(
            "labels",
            "dict",
            help="All Kubernetes labels of the nodes; an empty dictionary for none.",
            sample={"role": "web"},
        ),
        Field(
            "annotations",
            "dict",
            help="All Kubernetes annotations of the nodes; an empty dictionary for none.",
            sample={},
        ),
        Field(
            "taints",
            "list",
            elements="dict",
            since=6,
            compare=as_set,
            help="All Kubernetes taints of the nodes, as a set; an empty list for none. They repel pods that do not tolerate "
            "them.",
            options=(
                Field("key", required=True, help="Key of the taint.", sample="dedicated"),
                Field("value", help="Value of the taint.", sample="web"),
                Field(
                    "effect",
                    required=True,
                    choices=("NoSchedule", "PreferNoSchedule", "NoExecute"),
                    help="What happens to pods that do not tolerate it.",
                    sample="NoSchedule",
                ),
            ),
            sample=[],
        ),
        Field(
            "public_ips",
            "list",
            elements="str",
            compare=as_set,
            parse=addresses.address,
            help="Reserved public addresses of the nodes, one more than the maximum number of nodes, "
            "because an upgrade needs it.",
            sample=[],
        ),
        UPGRADES,
        STATE,
        *HISTORY,
    ),
)

K8S_NODE = Resource(
    kind="k8s_node",
    path="k8s/{k8s_cluster}/nodepools/{k8s_nodepool}/nodes",
    label="node",
    since=5,
    embedded=False,
    stateful=True,
    title="Replace and delete nodes of Kubernetes clusters of the ProfitBricks cloud",
    about=(
        "Nodes are created by their node pool, and M(profitbricks.cloud.profitbricks_k8s_nodepool) sets "
        "their number. This module creates none: the node must exist, unless O(state=absent).",
        "When a node is deleted, a node pool of a fixed size is filled up again; one that scales by itself may stay "
        "smaller.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field(
            "name",
            mutable=False,
            help="Name of the node, given by the service.",
            sample="workers-15f67991",
        ),
        Field(
            "public_ip", wire="publicIP", read_only=True, help="Its public address.", sample="203.0.113.17"
        ),
        Field(
            "private_ip", wire="privateIP", read_only=True, help="Its private address.", sample="10.7.222.11"
        ),
        Field("k8s_version", read_only=True, help="Its Kubernetes version.", sample="1.30.6"),
        Field(
            "state",
            read_only=True,
            metadata=True,
            help="Its state, such as V(READY) or V(PROVISIONING).",
            sample="READY",
        ),
    ),
)

K8S_CLUSTER = Resource(
    kind="k8s_cluster",
    path="k8s",
    label="Kubernetes cluster",
    since=5,
    update_method="PUT",
    stateful=True,
    title="Create, change, upgrade and delete Kubernetes clusters of the ProfitBricks cloud",
    about=(
        "A cluster is the control plane; M(profitbricks.cloud.profitbricks_k8s_nodepool) gives it nodes, and "
        "M(profitbricks.cloud.profitbricks_k8s_config) writes the file that clients need.",
        "Unless O(wait=false), a change first waits until the cluster is ready for it.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field(
            "name",
            checks=(matches(NAME, NAME_HELP),),
            help="Name of the Kubernetes cluster.",
            sample="shop",
        ),
        _version("1.30.6"),
        _window("Kubernetes cluster"),
        Field(
            "api_subnet_allow_list",
            "list",
            elements="str",
            compare=as_set,
            parse=addresses.network,
            key=addresses.block_key,
            help="All addresses and networks in CIDR notation that may reach the API server, as a set. An "
            "empty list allows any.",
            sample=["198.51.100.0/24"],
        ),
        Field(
            "s3_buckets",
            "list",
            elements="dict",
            compare=as_set,
            help="The bucket of the object storage for audit logs, at most one; an empty list for none.",
            options=(Field("name", required=True, help="Name of the bucket.", sample="shop-audit"),),
        ),
        Field(
            "public",
            "bool",
            since=6,
            mutable=False,
            help="Whether nodes reach the internet through addresses of their own; otherwise they use "
            "O(nat_gateway_ip). The service defaults to V(true). It cannot be changed later.",
            sample=True,
        ),
        Field(
            "location",
            since=6,
            mutable=False,
            help="Location of the cluster, and of the data centers of its nodes. Needed with O(public=false). It cannot be "
            "changed later.",
            sample=None,
        ),
        Field(
            "nat_gateway_ip",
            since=6,
            mutable=False,
            compare=as_text,
            parse=addresses.address,
            help="Reserved address in the location through which nodes reach the internet. Needed with "
            "O(public=false). It cannot be changed later.",
            sample=None,
        ),
        Field(
            "node_subnet",
            since=6,
            mutable=False,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Private network of the nodes in CIDR notation, a C(/16). It cannot be changed later.",
            sample=None,
        ),
        UPGRADES,
        Field(
            "viable_node_pool_versions",
            "list",
            elements="str",
            read_only=True,
            help="Versions that its node pools can have.",
            sample=["1.29.10", "1.30.6"],
        ),
        STATE,
        *HISTORY,
    ),
    children=(Child("nodepools", "nodepools", K8S_NODEPOOL, ids=True, help="UUIDs of the node pools."),),
)

K8S_VERSION = Resource(
    kind="k8s_version",
    path="k8s/versions",
    label="Kubernetes version",
    since=5,
    identity="",
    id_pattern=r"\d+(\.\d+)+",
    id_help="number",
    id_sample="1.30.6",
    about=("Needs version 5 or 6 of the API.",),
    fields=(
        Field(
            "default",
            "bool",
            read_only=True,
            help="Whether it is the default version of new clusters.",
            sample=True,
        ),
    ),
)

K8S_CONFIG = Resource(
    kind="k8s_config",
    path="k8s/kubeconfig",
    label="kubeconfig",
    since=5,
    identity="dest",
    id_help="id, which is that of the cluster,",
    title="Write the kubeconfig of a Kubernetes cluster of the ProfitBricks cloud to a file",
    about=(
        "Whoever can read the file can administer the cluster, so that only its owner can (mode 0600). It "
        "is written on the host that runs the task, and only if it differs.",
        "The contents do not appear in results, diffs or logs. "
        "M(profitbricks.cloud.profitbricks_k8s_cluster_info) returns them on request.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field("dest", help="Path of the file.", sample="/home/ada/.kube/shop"),
        Field("mode", help="Mode of the file.", sample="0600"),
        Field(
            "checksum",
            help="SHA-256 of the contents; V(null) in check mode if the cluster has none yet.",
            sample="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
    ),
)


def node_marks(item: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells that a server is this node: its id, or the name or the public address that the service gave it."""
    node = K8S_NODE.decode(item, {})
    return tuple(str(node[mark]) for mark in ("id", "name", "public_ip") if node[mark])


RESOURCES.update({r.kind: r for r in (K8S_NODEPOOL, K8S_NODE, K8S_CLUSTER, K8S_VERSION, K8S_CONFIG)})
