# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Flow logs of what traffic passes (contract section 10.34)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES, balancing, machines, nat_gateways  # pylint: disable=unused-import  # noqa: F401  what can have flow logs
from .common import COMMON
from .nics import NIC

FLOWLOG = Resource(
    kind="flowlog",
    path=f"{NIC.path}/{{nic}}/flowlogs",
    elsewhere=tuple(
        f"{resource.path}/{{{resource.kind}}}/flowlogs"
        for resource in (nat_gateways.NAT_GATEWAY, balancing.NLB, balancing.ALB)
    ),
    unlisted=(balancing.ALB.kind,),
    label="flow log",
    since=6,
    page_limit=1000,
    about=(
        "A flow log records network traffic in a bucket of the object storage. Give O(server) and O(nic) "
        "for the flow log of a NIC, or O(nat_gateway), O(network_load_balancer) or "
        "O(application_load_balancer) for that of a gateway or load balancer.",
        "An application load balancer that is given by name takes one more request.",
    ),
    fields=(
        Field("name", help="Name of the flow log.", sample="refused"),
        Field(
            "action",
            needed=True,
            choices=("ACCEPTED", "REJECTED", "ALL"),
            mutable=False,
            help="Which packets to log. It cannot be changed later.",
            sample="REJECTED",
        ),
        Field(
            "direction",
            needed=True,
            choices=("INGRESS", "EGRESS", "BIDIRECTIONAL"),
            mutable=False,
            help="Direction of the packets to log. It cannot be changed later.",
            sample="INGRESS",
        ),
        Field(
            "bucket",
            needed=True,
            mutable=False,
            help="Bucket of the object storage, which must exist. It cannot be changed later.",
            sample="shop-logs",
        ),
        *COMMON,
    ),
)

RESOURCES.update({FLOWLOG.kind: FLOWLOG})
