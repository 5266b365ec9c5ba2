# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LANs (contract section 10.11)."""

from __future__ import annotations

from ..._engine import addresses
from ..._engine.schema.comparison import any_if_auto, as_set, as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES, crossconnects, datacenters  # pylint: disable=unused-import  # noqa: F401  named below
from .common import ADDRESS, COMMON, RESERVED_HELP, reserved
from .nics import NIC

LAN = Resource(
    kind="lan",
    path="datacenters/{datacenter}/lans",
    label="LAN",
    page_limit=1000,
    id_pattern=r"\d+",
    id_help="number",
    id_sample="1",
    fields=(
        Field("name", help="Name of the LAN.", sample="public"),
        Field(
            "public",
            "bool",
            help="Whether the LAN is connected to the internet. The service defaults to V(false).",
            sample=True,
        ),
        Field(
            "ip_failover",
            "list",
            elements="dict",
            compare=as_set,
            on_create=False,
            help="IP failover groups, as a set, and no others, unless O(append) is set. Each NIC must already own the "
            "reserved address, and the LAN be public.",
            options=(
                Field(
                    "ip",
                    required=True,
                    parse=reserved,
                    compare=as_text,
                    refers=ADDRESS,
                    help=f"Reserved address that moves if a server fails. {RESERVED_HELP}",
                    sample="203.0.113.40",
                ),
                Field(
                    "nic_id",
                    wire="nicUuid",
                    required=True,
                    refers="nic",
                    help="NIC that has the address initially: as V(server/nic), by a name that only one "
                    "NIC of the data center has, or by UUID. Results have the UUID.",
                    sample="d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a",
                ),
            ),
            sample=[],
        ),
        Field(
            "pcc",
            since=5,
            nullable=True,
            compare=as_text,
            refers="pcc",
            help="Name or UUID of the cross connect that the private LAN joins; an empty string removes "
            "it. A name takes one more request.",
            sample=None,
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare=any_if_auto,
            parse=addresses.network_or_auto,
            key=addresses.block_key,
            help="IPv6 network of the LAN, a C(/64) inside that of the data center. With V(AUTO) the "
            "service chooses one; an empty string switches IPv6 off.",
            sample=None,
        ),
        Field(
            "ipv4_cidr_block",
            read_only=True,
            since=6,
            help="IPv4 network of a private LAN.",
            sample=None,
        ),
        *COMMON,
    ),
    children=(Child("nics", "nics", NIC, ids=True, help="UUIDs of the NICs in the LAN."),),
)

RESOURCES.update({LAN.kind: LAN})
