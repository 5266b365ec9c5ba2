# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies and AppWANs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.policies import POLICIES
from .attributes import Attributed
from .names import ROUTER

SYSTEM = "-system"  # ends the names of what the service makes by itself (contract section 8.4)


def is_system(resource: Resource, item: Mapping[str, Any]) -> bool:
    """Whether the service made it by itself for another object (contract sections 8.4 and 8.8)."""
    if item.get("typeId") == ROUTER:
        return True
    return resource.kind in POLICY_RULES and str(item.get("name") or "").endswith(SYSTEM)


class PolicyRules(Attributed):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        super().check(want, have, facts)
        name = str(want.get("name") or "")
        if name.endswith(SYSTEM) and not str((have or {}).get("name") or "").endswith(SYSTEM):
            raise InvalidOption(
                f"name: {name!r} ends in {SYSTEM}, like the names of the policies that the service creates by itself; "
                "choose another"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        name = str((at.change.before or {}).get("name") or "")
        if steps and name.endswith(SYSTEM):
            raise InvalidOption(
                f"name: {name} was created by the service for another object and is changed and deleted "
                "together with it; leave it alone"
            )
        return steps


POLICY_RULES = {each.kind: PolicyRules(each) for each in POLICIES}
