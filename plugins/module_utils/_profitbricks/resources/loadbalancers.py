# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Classic load balancers (contract section 10.14)."""

from __future__ import annotations

from ..._engine.schema.comparison import as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES, lans  # pylint: disable=unused-import  # noqa: F401  NICs name them
from .common import ADDRESS, COMMON, RESERVED_HELP, reserved
from .nics import NIC

LOADBALANCER = Resource(
    kind="loadbalancer",
    path="datacenters/{datacenter}/loadbalancers",
    label="load balancer",
    page_limit=1000,
    about=(
        "This is the classic load balancer, which shares its address with the NICs behind it. The NICs "
        "move to one LAN, that of the first NIC.",
    ),
    fields=(
        Field("name", help="Name of the load balancer.", sample="front"),
        Field(
            "ip",
            parse=reserved,
            compare=as_text,
            refers=ADDRESS,
            help="Address: a reserved public one, or a private one. By default the service chooses one for "
            f"a new load balancer. {RESERVED_HELP}",
            sample="203.0.113.17",
        ),
        Field(
            "dhcp",
            "bool",
            help="Whether the NICs get the address by DHCP. The service defaults to V(true).",
            sample=True,
        ),
        *COMMON,
    ),
    children=(
        Child(
            "balanced_nics", "balancednics", NIC, ids=True, chosen=True, help="UUIDs of the balanced NICs."
        ),
    ),
)

RESOURCES.update({LOADBALANCER.kind: LOADBALANCER})
