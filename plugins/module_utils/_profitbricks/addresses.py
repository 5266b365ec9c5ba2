# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which addresses are public, and which kinds of them NICs have: for results, descriptions and the inventory."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

KINDS = ("public_ipv4", "private_ipv4", "ipv6")
# The private address ranges (contract section 10.12).
PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))


def is_private(value: object) -> bool:
    """Whether a value is an IPv4 address of a private range, as text."""
    address = _parsed(value)
    return address is not None and any(address in network for network in PRIVATE)


def is_public(value: object) -> bool:
    """Whether a value is an IPv4 address outside the private ranges, as text."""
    return _parsed(value) is not None and not is_private(value)


def _parsed(value: object) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(str(value))
    except ValueError:
        return None


def addresses(nics: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """All addresses of NICs, by kind: ``public_ipv4``, ``private_ipv4`` and ``ipv6``."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for nic in nics:
        for address in filter(None, nic["ips"]):
            found[_kind(address, nic["lan_public"])].append(address)
        found["ipv6"] += filter(None, nic["ipv6_ips"])
    return found


def _kind(address: str, lan_public: bool | None) -> str:
    """An address is as public as its LAN; only where the LAN is unknown does the address itself decide."""
    if ":" in address:
        return "ipv6"
    if lan_public is None:
        lan_public = is_public(address)
    return "public_ipv4" if lan_public else "private_ipv4"
