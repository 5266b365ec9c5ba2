# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs and their firewalls (contract sections 10.12 and 10.13)."""

from __future__ import annotations

from dataclasses import replace

from ..._engine import addresses
from ..._engine.schema.checks import between, matches
from ..._engine.schema.comparison import any_if_empty, as_set, as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES
from .common import ADDRESS, COMMON, MAC, RESERVED_HELP, SECURITY_GROUPS, reserved

FIREWALL_RULE = Resource(
    kind="firewall_rule",
    path="datacenters/{datacenter}/servers/{server}/nics/{nic}/firewallrules",
    label="firewall rule",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the rule.", sample="ssh"),
        Field(
            "protocol",
            choices=("TCP", "UDP", "ICMP", "ICMPv6", "GRE", "VRRP", "ESP", "AH", "ANY"),
            needed=True,
            mutable=False,
            help=(
                "Protocol that the rule lets in. It cannot be changed later.",
                "V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.",
            ),
            sample="TCP",
        ),
        Field(
            "source_mac",
            nullable=True,
            compare=as_text,
            checks=(matches(MAC, "a MAC address such as 02:01:0a:0b:0c:0d"),),
            help="Only let in traffic from this MAC address; V(null) or an empty string means any.",
            sample=None,
        ),
        Field(
            "source_ip",
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Only let in traffic from this address, or in version 6 of the API from this network in "
            "CIDR notation; V(null) or an empty string means any.",
            sample="198.51.100.7",
        ),
        Field(
            "target_ip",
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Only let in traffic to this address of the NIC; V(null) or an empty string means any.",
            sample=None,
        ),
        Field(
            "icmp_type",
            "int",
            nullable=True,
            checks=(between(0, 254),),
            help="ICMP type, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null) means any.",
            sample=None,
        ),
        Field(
            "icmp_code",
            "int",
            nullable=True,
            checks=(between(0, 254),),
            help="ICMP code, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null) means any.",
            sample=None,
        ),
        Field(
            "port_range_start",
            "int",
            nullable=True,
            checks=(between(1, 65535),),
            help="First port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_end); "
            "V(null) for both means any port. Before version 6 of the API at most V(65534).",
            sample=22,
        ),
        Field(
            "port_range_end",
            "int",
            nullable=True,
            checks=(between(1, 65535),),
            help="Last port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_start).",
            sample=22,
        ),
        Field(
            "type",
            since=6,
            choices=("INGRESS", "EGRESS"),
            help="Direction of the traffic. A new rule gets V(INGRESS) by default.",
            sample="INGRESS",
        ),
        Field(
            "ip_version",
            since=6,
            nullable=True,
            choices=("IPv4", "IPv6"),
            help="IP version of the rule. By default the service derives it from the addresses.",
            sample="IPv4",
        ),
        *COMMON,
    ),
)

NIC = Resource(
    kind="nic",
    path="datacenters/{datacenter}/servers/{server}/nics",
    label="NIC",
    page_limit=1000,
    fallback="lan",
    fields=(
        Field("name", help="Name of the NIC.", sample="public"),
        Field(
            "lan",
            needed=True,
            refers="lan",
            shown_type="int",
            help=(
                "Name or number of the LAN. If neither a name nor an id is given, it also identifies the "
                "NIC of the server.",
                "If there is no LAN of that number, the service creates a private one; a name must exist.",
            ),
            sample=1,
        ),
        Field(
            "ips",
            "list",
            elements="str",
            compare=any_if_empty,
            parse=reserved,
            refers=ADDRESS,
            help=(
                "Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN's "
                f"network. {RESERVED_HELP}",
                "With an empty list, the service chooses one address.",
            ),
            sample=["203.0.113.17"],
        ),
        Field(
            "dhcp",
            "bool",
            help="Whether the NIC gets its address by DHCP. The service defaults to V(true).",
            sample=True,
        ),
        Field(
            "firewall_active",
            "bool",
            help="Whether the firewall of the NIC is active. With an active firewall and no rules, nothing "
            "gets in.",
            sample=True,
        ),
        Field(
            "firewall_type",
            since=6,
            choices=("INGRESS", "EGRESS", "BIDIRECTIONAL"),
            help="Traffic that the firewall filters. The service defaults to V(INGRESS).",
            sample="INGRESS",
        ),
        Field(
            "nat",
            "bool",
            until=5,
            help="Whether private addresses reach the internet through an address of the service. Only in "
            "versions 4 and 5 of the API.",
            sample=None,
        ),
        Field(
            "ipv6_ips",
            "list",
            elements="str",
            since=6,
            compare=as_set,
            parse=addresses.address,
            help="IPv6 addresses of the NIC, as a set.",
            sample=[],
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="IPv6 network of the NIC, a C(/80) inside that of the LAN.",
            sample=None,
        ),
        Field("dhcpv6", "bool", since=6, help="Whether the NIC gets IPv6 addresses by DHCP.", sample=None),
        Field("mac", read_only=True, help="MAC address.", sample="02:01:0a:0b:0c:0d"),
        Field(
            "device_number",
            "int",
            read_only=True,
            since=6,
            help="Position of the NIC among the server's devices.",
            sample=1,
        ),
        Field("pci_slot", "int", read_only=True, since=6, help="PCI slot of the NIC.", sample=6),
        SECURITY_GROUPS,
        *COMMON,
    ),
    children=(
        Child(
            "firewall_rules",
            "firewallrules",
            FIREWALL_RULE,
            creatable=True,
            help="Firewall rules of the NIC. Missing ones are created, different ones changed, others left "
            "alone.",
        ),
    ),
)

# A NIC as a member of something else: without its firewall rules, and with the server that it is at.
MEMBER = replace(NIC, children=())

RESOURCES.update({r.kind: r for r in (FIREWALL_RULE, NIC)})
