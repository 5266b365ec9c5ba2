# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reserved addresses (contract section 10.10)."""

from __future__ import annotations

from ..._engine.schema.checks import between
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import COMMON
from .locations import IS_LOCATION

IPBLOCK = Resource(
    kind="ipblock",
    path="ipblocks",
    label="IP block",
    page_limit=1000,
    title="Reserve, rename and release IP addresses of the ProfitBricks cloud",
    about=(
        "An IP block is a set of public IPv4 addresses that are reserved in one location until they are "
        "released. NICs and load balancers of data centers there can use them.",
    ),
    fields=(
        Field(
            "name",
            help="Name of the IP block. In version 4 of the API it cannot be changed.",
            sample="shop-public",
        ),
        Field(
            "location",
            needed=True,
            mutable=False,
            checks=(IS_LOCATION,),
            help=(
                "Location of the addresses, such as V(de/fra). They can be used in data centers of the "
                "same location.",
                "It cannot be changed later.",
            ),
            sample="de/fra",
        ),
        Field(
            "size",
            "int",
            needed=True,
            mutable=False,
            checks=(between(1),),
            help="Number of addresses. It cannot be changed later; reserve another block for more addresses.",
            sample=2,
        ),
        Field(
            "ips",
            "list",
            elements="str",
            read_only=True,
            help="The reserved addresses.",
            sample=["203.0.113.17", "203.0.113.18"],
        ),
        Field(
            "ip_consumers",
            "list",
            elements="dict",
            read_only=True,
            since=5,
            help="What uses the addresses, with an entry for each use; empty in version 4 of the API, "
            "which does not return it.",
            options=(
                Field("ip", help="The address.", sample="203.0.113.17"),
                Field("mac", help="MAC address of the NIC.", sample="02:01:0a:0b:0c:0d"),
                Field("nic_id", help="UUID of the NIC.", sample="d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a"),
                Field(
                    "server_id",
                    help="UUID of the server of the NIC.",
                    sample="3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56",
                ),
                Field("server_name", help="Name of that server.", sample="web-01"),
                Field(
                    "datacenter_id",
                    help="UUID of the data center.",
                    sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c",
                ),
                Field("datacenter_name", help="Name of the data center.", sample="shop"),
                Field(
                    "k8s_nodepool_id",
                    wire="k8sNodePoolUuid",
                    help="UUID of the Kubernetes node pool.",
                    sample=None,
                ),
                Field(
                    "k8s_cluster_id",
                    wire="k8sClusterUuid",
                    help="UUID of the Kubernetes cluster.",
                    sample=None,
                ),
            ),
        ),
        *COMMON,
    ),
)

RESOURCES.update({IPBLOCK.kind: IPBLOCK})
