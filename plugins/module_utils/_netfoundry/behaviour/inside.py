# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs to a network."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..._engine.plan.facts import Facts
from ..._engine.plan.planner import Plan
from ..client import Cloud
from ..rules.inside import in_network


class Inside(Behaviour[Cloud]):
    """What belongs to a network, and waits for it."""

    def plan(self, facts: Facts) -> Plan:
        plan = super().plan(facts)
        return plan._replace(steps=tuple(in_network(plan.steps, facts)))
