# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall rules, of a NIC or of a security group (contract section 10.13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Situation
from ..._engine.service import Item
from ..client import Cloud


def check_own_rule(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """Check the rule that the task is about."""
    check_rule({**(situation.have or {}), **want}, want)


def check_listed_rules(rules: Iterable[Mapping[str, Any]], have: Iterable[Item]) -> None:
    """Check the rules that a task lists, each together with what it already is."""
    present = {each["name"]: each for each in have}
    for given in rules:
        check_rule({**present.get(given.get("name"), {}), **given}, given)


def check_rule(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse what cannot work, on the rule as it would be; ``given`` is what the task names of it."""
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
