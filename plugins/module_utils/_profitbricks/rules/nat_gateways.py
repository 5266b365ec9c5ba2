# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAT gateways (contract section 10.30)."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.errors import InvalidOption
from ..._engine.plan.compare import Change
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Step
from ..._engine.service import Item
from ..resources.nat_gateways import NAT_GATEWAY, NAT_GATEWAY_RULE

ADDRESSES = "public_ips"


class NatGatewayRules(Rules):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        if want.get(ADDRESSES) == []:
            raise InvalidOption(
                f"{ADDRESSES}: a NAT gateway needs at least one; to get rid of the gateway, delete it"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """A rule uses an address only while its gateway has it: new ones come first, and old ones go last."""
        own = next((each for each in steps if each.key == at.key("update")), None)
        if own is None or ADDRESSES not in at.change.patch:
            return steps
        have, ips = list((at.change.before or {})[ADDRESSES]), at.change.patch[ADDRESSES]
        rules = [each for each in steps if each.resource.kind == NAT_GATEWAY_RULE.kind]
        sets = {each.key: each.change.patch.get("public_ip") for each in rules if each.change}
        coming = [each.key for each in rules if sets.get(each.key) in set(ips) - set(have)]
        leaving = [
            each.key
            for each in rules
            if set(have) - set(ips) and (each.verb == "delete" or (each.verb == "update" and sets[each.key]))
        ]
        first = [_with_both(own, at.change, have, ips)] if set(leaving) & set(coming) else []
        brings = first[0] if first else own
        waits = {own.key: leaving, **dict.fromkeys(coming, [brings.key])}
        return [
            *first,
            *(each.but(waits_for=(*each.waits_for, *waits.get(each.key, ()))) for each in steps),
        ]


def _with_both(update: Step, change: Change, have: list[str], ips: list[str]) -> Step:
    """The step before the update of a gateway that gives it new addresses and leaves it the present ones."""
    both = {ADDRESSES: [*have, *(ip for ip in ips if ip not in have)]}
    return update.but(
        body={"publicIps": both[ADDRESSES]},
        before={ADDRESSES: have},
        after=both,
        change=replace(change, after={**(change.before or {}), **both}, patch={}),
        twin="first",
    )


class NatRules(Rules):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        both = {**(have or {}), **want}
        ports = both.get("target_port_range") or {}
        if both.get("protocol") == "ICMP" and any(ports.values()):
            raise InvalidOption(
                "target_port_range: ICMP has no ports; leave it out, or name another protocol"
            )
        start, end = ports.get("start"), ports.get("end")
        if (start is None) != (end is None):
            missing = "start" if start is None else "end"
            raise InvalidOption(f"target_port_range.{missing}: a range of ports needs both start and end")
        if start is not None and end is not None and start > end:
            raise InvalidOption(f"target_port_range.end: {end} is below the start, {start}")


NAT_GATEWAY_RULES = {NAT_GATEWAY.kind: NatGatewayRules(), NAT_GATEWAY_RULE.kind: NatRules()}
