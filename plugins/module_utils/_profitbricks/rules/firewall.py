# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall rules, of a NIC or of a security group (contract section 10.13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import Rules
from ..._engine.service import Item

PORTS = ("port_range_start", "port_range_end")
ICMP = ("icmp_type", "icmp_code")


class FirewallRules(Rules):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        rule = {**(have or {}), **want}
        protocol = rule.get("protocol")
        if protocol not in ("TCP", "UDP"):
            _refuse(want, PORTS, f"goes with protocol TCP or UDP only, not with {protocol}")
        if protocol not in ("ICMP", "ICMPv6"):
            _refuse(want, ICMP, f"goes with protocol ICMP or ICMPv6 only, not with {protocol}")
        start, end = rule.get(PORTS[0]), rule.get(PORTS[1])
        if (start is None) != (end is None):
            missing = PORTS[0] if start is None else PORTS[1]
            raise InvalidOption(f"{missing}: a range of ports needs both port_range_start and port_range_end")
        if start is not None and end is not None and start > end:
            raise InvalidOption(f"port_range_end: {end} is below port_range_start, {start}")


def _refuse(want: Mapping[str, Any], names: tuple[str, ...], why: str) -> None:
    for name in names:
        if want.get(name) is not None:
            raise InvalidOption(f"{name}: it {why}")
