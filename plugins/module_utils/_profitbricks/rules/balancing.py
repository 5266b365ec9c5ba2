# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Balancers (contract sections 10.31 to 10.33)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Step
from ..._engine.service import Item
from ..resources.balancing import ALB, ALB_RULE, NLB

REDIRECTS = (301, 302, 303, 307, 308)


class BalancerRules(Rules):
    """Network and application load balancers."""

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        both = {**(have or {}), **want}
        if both.get("listener_lan") is not None and both.get("listener_lan") == both.get("target_lan"):
            raise InvalidOption(
                f"target_lan: it must be another LAN than listener_lan, {both['listener_lan']}"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """A rule listens on a new address only once its balancer has it."""
        if "ips" not in at.change.patch:
            return steps
        moves = [each.key for each in steps if each.change and "listener_ip" in each.change.patch]
        own = at.key("update")
        return [each.but(waits_for=(*each.waits_for, own)) if each.key in moves else each for each in steps]


class HttpRules(Rules):
    """Rules of application load balancers (contract section 10.32)."""

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        present = {rule["name"]: rule for rule in (have or {}).get("http_rules", ())}
        for given in want.get("http_rules") or ():
            name = given["name"]
            before = present.get(name, {})
            # A rule that becomes another type keeps nothing of what it was.
            _check_http_rule({**(before if before.get("type") == given["type"] else {}), **given}, given)
            for condition in given.get("conditions") or ():
                _check_condition(name, condition)


def _check_http_rule(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    kind, where = rule["type"], f"of the HTTP rule {rule['name']}"
    needed = {"FORWARD": "target_group", "REDIRECT": "location", "STATIC": "response_message"}
    for each, option in needed.items():
        if kind == each and not rule.get(option):
            raise InvalidOption(f"http_rules.{option}: the type {kind} {where} needs it")
        if kind != each and given.get(option):
            raise InvalidOption(
                f"http_rules.{option}: it can only be used with type {each}, not with the {kind} {where}"
            )
    others = {"drop_query": ("REDIRECT",), "content_type": ("STATIC",), "status_code": ("REDIRECT", "STATIC")}
    for option, kinds in others.items():
        if kind not in kinds and given.get(option) is not None:
            raise InvalidOption(
                f"http_rules.{option}: it can only be used with type {' or '.join(kinds)}, not with the "
                f"{kind} {where}"
            )
    status = given.get("status_code")
    if kind == "REDIRECT" and status is not None and status not in REDIRECTS:
        raise InvalidOption(
            f"http_rules.status_code: a redirect must be one of {', '.join(map(str, REDIRECTS))}, not "
            f"{status}"
        )


def _check_condition(rule: str, condition: Mapping[str, Any]) -> None:
    kind, how, where = condition["type"], condition.get("condition"), f"of the HTTP rule {rule}"
    option = "http_rules.conditions"
    if kind == "SOURCE_IP" and how is not None:
        raise InvalidOption(f"{option}.condition: SOURCE_IP {where} allows none, only a network as value")
    if kind != "SOURCE_IP" and how is None:
        raise InvalidOption(f"{option}.condition: needed for {kind} {where}")
    keyed = kind in ("COOKIE", "HEADER", "QUERY")
    if keyed != bool(condition.get("key")):
        rule_of_key = "needed for" if keyed else "it goes with COOKIE, HEADER and QUERY, not with"
        raise InvalidOption(f"{option}.key: {rule_of_key} {kind} {where}")
    if how != "EXISTS" and condition.get("value") in (None, ""):
        raise InvalidOption(f"{option}.value: needed for {kind} {where}")
    if how == "EXISTS" and condition.get("value") not in (None, ""):
        raise InvalidOption(f"{option}.value: EXISTS {where} compares with nothing; leave it out")


BALANCING_RULES = {
    NLB.kind: BalancerRules(),
    ALB.kind: BalancerRules(),
    ALB_RULE.kind: HttpRules(),
}
