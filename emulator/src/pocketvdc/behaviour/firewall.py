# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firewall rules, below NICs and security groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from ..call import Call
from ..store import Record
from ..table import Broken
from ..validate import Site

_MAC = re.compile(r"[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")
_PORTS = ("TCP", "UDP")
_ICMP = ("ICMP", "ICMPv6")


def mac_rule(value: str) -> str | None:
    return None if _MAC.fullmatch(value) else f"'{value}' is not a valid MAC address"


def address_rule(value: str) -> str | None:
    try:
        ip_network(value, strict=False) if "/" in value else ip_address(value)
    except ValueError:
        return f"'{value}' is not a valid IP address"
    return None


def rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    """What protocol, ports, ICMP and addresses forbid each other."""
    protocol = values.get("protocol")
    first, last = values.get("portRangeStart"), values.get("portRangeEnd")
    if (first is None) != (last is None):
        missing = "portRangeStart" if first is None else "portRangeEnd"
        yield missing, "Attributes 'portRangeStart' and 'portRangeEnd' must be set together"
    elif first is not None and protocol not in _PORTS:
        yield "portRangeStart", f"Attribute 'portRangeStart' is not allowed for protocol {protocol}"
    elif first is not None and last is not None and first > last:
        yield "portRangeStart", "Attribute 'portRangeStart' must not be greater than 'portRangeEnd'"
    for name in ("icmpType", "icmpCode"):
        if values.get(name) is not None and protocol not in _ICMP:
            yield name, f"Attribute '{name}' is not allowed for protocol {protocol}"
    yield from _broken_addresses(call, values)


def _broken_addresses(call: Call, values: Mapping[str, Any]) -> Broken:
    given = {name: values[name] for name in ("sourceIp", "targetIp") if values.get(name)}
    families = {name: "IPv6" if ":" in text else "IPv4" for name, text in given.items()}
    version = values.get("ipVersion")
    for name, text in given.items():
        if "/" in text and call.version < 6:
            yield name, f"'{text}' is not a valid IP address"
        elif version and families[name] != version:
            yield name, f"Attribute '{name}' is no {version} address"
    if not version and len(set(families.values())) > 1:
        yield "targetIp", "Attributes 'sourceIp' and 'targetIp' must be addresses of one IP version"


def ready(call: Call, rule: Record) -> None:
    properties = rule.properties
    properties["type"] = properties["type"] or "INGRESS"
    if properties["ipVersion"] is None:
        addresses = [properties[name] or "" for name in ("sourceIp", "targetIp")]
        properties["ipVersion"] = "IPv6" if any(":" in text for text in addresses) else "IPv4"
    rule.changed()
