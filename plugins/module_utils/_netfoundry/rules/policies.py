# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies and AppWANs."""

from __future__ import annotations

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Step
from ..resources.policies import POLICIES
from .attributes import Attributed

SYSTEM = "-system"  # ends the names of what the service makes by itself (contract section 8.4)


class PolicyRules(Attributed):
    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        name = str((at.change.before or {}).get("name") or "")
        if steps and name.endswith(SYSTEM):
            raise InvalidOption(
                f"name: {name} was created by the service for another object and is changed and deleted "
                "together with it; leave it alone"
            )
        return steps


POLICY_RULES = {each.kind: PolicyRules(each) for each in POLICIES}
