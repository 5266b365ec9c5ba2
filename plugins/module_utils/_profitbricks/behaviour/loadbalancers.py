# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Classic load balancers."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.behaviour import Behaviour
from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.resource import Child
from ..client import Cloud
from ..limited import LIMITED
from ..resources.network import LOADBALANCER, MEMBER
from ..rules.loadbalancers import BALANCED_NICS, LOADBALANCER_RULES


class LoadBalancers(Behaviour[Cloud]):
    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        """Where the load balancer was not read again, its members are those of before, and new ones by their ids alone."""
        result = outcome.result
        if result is None or [each["id"] for each in result["members"]] == result[BALANCED_NICS.name]:
            return
        known = {each["id"]: each for each in result["members"]}
        parents = facts.found.parents
        result["members"] = [
            known.get(nic) or MEMBER.decode({"id": nic}, parents) for nic in result[BALANCED_NICS.name]
        ]


MEMBERS = Child(
    "members",
    "balancednics",
    MEMBER,
    help="The balanced NICs with all their properties, such as their servers and addresses.",
)
LOADBALANCERS = LoadBalancers(
    LIMITED, replace(LOADBALANCER, children=(*LOADBALANCER.children, MEMBERS)), LOADBALANCER_RULES
)
