# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LANs, NICs, firewall rules, classic load balancers, IP blocks."""

from __future__ import annotations

from ..behaviour import balancers, consumers, firewall, ipblocks, lans, nics, secgroups
from ..table import Field, Hooks, Link, Row, enum

PORT_LIMITS = {4: 65534, 5: 65534, 6: 65535}

LAN = Row(
    "lan",
    "lan",
    {"datacenter": "lans"},
    (
        Field("name"),
        Field(
            "ipFailover",
            "objects",
            keep=True,
            fields=(Field("ip", required=(4, 5, 6)), Field("nicUuid", required=(4, 5, 6))),
        ),
        Field("ipv4CidrBlock", since=6, mode="read"),
        Field("ipv6CidrBlock", since=6, keep=True, clears=True),
        Field("pcc", since=5, keep=True, clears=True),
        Field("public", "boolean", False),
    ),
    order=1,
    paged=(5, 6),
    links=(Link("nics", lans.members, attach=lans.join, paged=(5, 6)),),
    hooks=Hooks(
        ident=lans.number,
        rules=lans.rules,
        build=lans.build,
        ready=lans.ready,
        check_update=lans.check_update,
        updated=lans.updated,
        settled=lans.settled,
        check_delete=lans.check_delete,
        removed=lans.removed,
    ),
)

NIC = Row(
    "nic",
    "nic",
    {"server": "nics"},
    (
        Field("name"),
        Field("mac", mode="read", until=5),
        Field("mac", mode="create", since=6, rule=firewall.mac_rule),
        Field("ips", "strings", keep=True),
        Field("dhcp", "boolean", True),
        Field("ipv6Ips", "strings", since=6, keep=True),
        Field("ipv6CidrBlock", since=6, keep=True),
        Field("dhcpv6", "boolean", since=6, keep=True),
        Field("lan", "integer", required=(4, 5, 6)),
        Field("firewallActive", "boolean", False),
        Field(
            "firewallType",
            default="INGRESS",
            values=enum("INGRESS", "EGRESS", "BIDIRECTIONAL", since=6),
            since=6,
        ),
        Field("nat", "boolean", until=5, keep=True),
        Field("deviceNumber", "integer", since=6, mode="read"),
        Field("pciSlot", "integer", since=6, mode="read"),
        # For the operator's own use.
        Field("vnet", since=6, mode="ignore", served=False),
    ),
    order=3,
    paged=(5, 6),
    links=(
        Link(
            "securitygroups",
            secgroups.groups_of,
            replace=secgroups.assign,
            gettable=False,
            readable=False,
            since=6,
        ),
    ),
    hooks=Hooks(
        rules=nics.rules,
        check=nics.check,
        build=nics.build,
        ready=nics.ready,
        check_update=nics.check_update,
        updated=nics.updated,
        settled=nics.settled,
        removed=nics.removed,
    ),
)

PROTOCOLS = {**enum("TCP", "UDP", "ICMP", "ANY"), **enum("ICMPv6", "GRE", "VRRP", "ESP", "AH", since=6)}

FIREWALL_RULE = Row(
    "firewall-rule",
    "firewall-rule",
    {"nic": "firewallrules", "security-group": "rules"},
    (
        Field("name"),
        Field("protocol", required=(4, 5), values=PROTOCOLS, mode="create"),
        Field("sourceMac", rule=firewall.mac_rule),
        Field("ipVersion", values=enum("IPv4", "IPv6", since=6), since=6, keep=True),
        Field("sourceIp", rule=firewall.address_rule),
        Field("targetIp", rule=firewall.address_rule),
        Field("icmpCode", "integer", minimum=0, maximum=254),
        Field("icmpType", "integer", minimum=0, maximum=254),
        Field("portRangeStart", "integer", minimum=1, maximum=PORT_LIMITS),
        Field("portRangeEnd", "integer", minimum=1, maximum=PORT_LIMITS),
        Field("type", values=enum("INGRESS", "EGRESS", since=6), since=6, keep=True),
    ),
    under_since={"security-group": 6},
    order=1,
    paged=(5, 6),
    hooks=Hooks(rules=firewall.rules, check=secgroups.check_rule, ready=firewall.ready),
)

LOADBALANCER = Row(
    "loadbalancer",
    "loadbalancer",
    {"datacenter": "loadbalancers"},
    (
        Field("name"),
        Field("ip", keep=True),
        Field("dhcp", "boolean", True),
    ),
    order=4,
    paged=(5, 6),
    links=(
        Link(
            "balancednics", balancers.balanced, attach=balancers.attach, detach=balancers.detach, paged=(5,)
        ),
    ),
    hooks=Hooks(
        check=balancers.check,
        build=consumers.build,
        ready=balancers.ready,
        check_update=balancers.check_update,
        updated=consumers.updated,
        settled=balancers.settled,
        removed=balancers.removed,
    ),
)

IPBLOCK = Row(
    "ipblock",
    "ipblock",
    {"": "ipblocks"},
    (
        Field("ips", "strings", mode="read"),
        Field("location", required=(4, 5, 6), mode="create"),
        Field("size", "integer", required=(4, 5, 6), minimum=1, mode="create"),
        Field("name", keep=True),
        Field("ipConsumers", "objects", since=5, mode="read"),
    ),
    verb_since={"P": 5, "M": 5},
    paged=(5, 6),
    page_size=(100, 1000),
    volatile=True,
    hooks=Hooks(
        check=ipblocks.check,
        build=ipblocks.build,
        check_delete=ipblocks.check_delete,
        removed=ipblocks.removed,
        view=ipblocks.view,
    ),
)

ROWS = (LAN, NIC, FIREWALL_RULE, LOADBALANCER, IPBLOCK)
