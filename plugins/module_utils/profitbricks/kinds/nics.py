# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs and the firewall rules on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import InvalidOption
from ...engine.kind import Kind, Situation
from ...engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import FIREWALL_RULE, NIC
from .references import resolve_lan


def _resolve_nic(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    resolve_lan(situation, want)


def _check_nic(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    check_rules(want, situation.have)


def check_rules(nic: Mapping[str, Any], have: Item | None) -> None:
    """Check the rules listed with a NIC, each together with what it already is."""
    present = {each["name"]: each for each in (have or {}).get("firewall_rules", ())}
    for given in nic.get("firewall_rules") or ():
        check_rule({**present.get(given.get("name"), {}), **given}, given)


def _check_rule(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    check_rule({**(situation.have or {}), **want}, want)


def check_rule(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The rules of contract section 10.13, on the rule as it would be; ``given`` is what the task names of it."""
    protocol = rule.get("protocol")
    ports = ("port_range_start", "port_range_end")
    icmp = ("icmp_type", "icmp_code")
    if protocol not in ("TCP", "UDP"):
        _refuse(given, ports, f"goes with protocol TCP or UDP only, not with {protocol}")
    if protocol not in ("ICMP", "ICMPv6"):
        _refuse(given, icmp, f"goes with protocol ICMP or ICMPv6 only, not with {protocol}")
    start, end = rule.get(ports[0]), rule.get(ports[1])
    if (start is None) != (end is None):
        missing = ports[0] if start is None else ports[1]
        raise InvalidOption(f"{missing}: a range of ports needs both port_range_start and port_range_end")
    if start is not None and end is not None and start > end:
        raise InvalidOption(f"port_range_end: {end} is below port_range_start, {start}")


def _refuse(given: Mapping[str, Any], names: tuple[str, ...], why: str) -> None:
    for name in names:
        if given.get(name) is not None:
            raise InvalidOption(f"{name}: it {why}")


NICS = Kind(PROFITBRICKS, NIC, resolve=_resolve_nic, check=_check_nic)
FIREWALL_RULES = Kind(PROFITBRICKS, FIREWALL_RULE, check=_check_rule)
