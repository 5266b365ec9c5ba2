# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Classic load balancers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.resource import Child
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.loadbalancers import LOADBALANCER
from ..resources.nics import MEMBER
from ..rules.loadbalancers import BALANCED_NICS, LOADBALANCER_RULES
from ..rules.nic_facts import NicFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


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


def foresee(facts: NicFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.fitting import Checks, by_itself, would_fit  # here, because only check mode needs it
    from ..rules.reserved import of_addresses

    would_fit(facts, plan, by_itself, Checks(addresses=(of_addresses,)))


LOADBALANCERS = LoadBalancers(
    PROFITBRICKS._replace(facts=NicFacts, foresee=foresee),
    replace(LOADBALANCER, children=(*LOADBALANCER.children, MEMBERS)),
    LOADBALANCER_RULES,
)
