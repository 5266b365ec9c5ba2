# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAT gateways and their rules (contract section 10.30)."""

from __future__ import annotations

from ..._engine import addresses
from ..._engine.schema.checks import between
from ..._engine.schema.comparison import as_set, as_text, by_parts
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES, datacenters, lans  # pylint: disable=unused-import  # noqa: F401  named below
from .common import ADDRESS, COMMON, PRIVATE_IPS, RESERVED_HELP, reserved

NAT_GATEWAY_RULE = Resource(
    kind="nat_gateway_rule",
    path="datacenters/{datacenter}/natgateways/{nat_gateway}/rules",
    label="NAT gateway rule",
    since=6,
    fields=(
        Field("name", help="Name of the rule.", sample="web"),
        Field(
            "type",
            choices=("SNAT",),
            help="Type of translation. V(SNAT), the only one, translates source addresses, and is the "
            "service's default.",
            sample="SNAT",
        ),
        Field(
            "protocol",
            choices=("TCP", "UDP", "ICMP", "ALL"),
            help="Protocol of the packets. A new rule gets V(ALL) by default.",
            sample="TCP",
        ),
        Field(
            "source_subnet",
            needed=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Subnet in CIDR notation whose packets are translated.",
            sample="10.7.222.0/24",
        ),
        Field(
            "public_ip",
            needed=True,
            compare=as_text,
            parse=reserved,
            refers=ADDRESS,
            help=f"Public address that the packets get, one of the gateway's. {RESERVED_HELP}",
            sample="203.0.113.10",
        ),
        Field(
            "target_subnet",
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Subnet in CIDR notation; only packets to it are translated. By default, packets to any "
            "address are.",
            sample="203.0.113.0/24",
        ),
        Field(
            "target_port_range",
            "dict",
            compare=by_parts,
            help="Ports; only packets to them are translated. Not with O(protocol=ICMP).",
            options=(
                Field("start", "int", checks=(between(1, 65535),), help="First port.", sample=80),
                Field("end", "int", checks=(between(1, 65535),), help="Last port.", sample=443),
            ),
        ),
        *COMMON,
    ),
)

NAT_GATEWAY = Resource(
    kind="nat_gateway",
    path="datacenters/{datacenter}/natgateways",
    label="NAT gateway",
    since=6,
    fields=(
        Field("name", help="Name of the NAT gateway.", sample="way-out"),
        Field(
            "public_ips",
            "list",
            elements="str",
            needed=True,
            compare=as_set,
            parse=reserved,
            refers=ADDRESS,
            help="Reserved addresses in the data center's location; "
            f"M(profitbricks.cloud.profitbricks_ipblock) reserves them. {RESERVED_HELP}",
            sample=["203.0.113.10"],
        ),
        Field(
            "lans",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("lan",),
            help="All private LANs whose servers use the gateway; an empty list for none.",
            options=(
                Field(
                    "lan",
                    wire="id",
                    required=True,
                    refers="lan",
                    shown_type="int",
                    help="Name or number of the LAN.",
                    sample=2,
                ),
                Field(
                    "gateway_ips",
                    "list",
                    elements="str",
                    compare=as_set,
                    parse=addresses.interface,
                    key=addresses.private_key,
                    help=f"The gateway's addresses in the LAN. {PRIVATE_IPS}",
                    sample=["10.7.222.225/24"],
                ),
            ),
        ),
        *COMMON,
    ),
    children=(Child("rules", "rules", NAT_GATEWAY_RULE, help="Rules of the NAT gateway."),),
)

RESOURCES.update({r.kind: r for r in (NAT_GATEWAY_RULE, NAT_GATEWAY)})
