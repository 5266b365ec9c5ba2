# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAT gateways, network and application load balancers, and target groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.balancing import (
    ALB,
    ALB_RULE,
    NAT_GATEWAY,
    NAT_GATEWAY_RULE,
    NLB,
    NLB_RULE,
    TARGET_GROUP,
)
from ..rules.balancing import BALANCING_RULES as RULES
from ..rules.inside import InsideFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: InsideFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.belonging import (  # here, because only check mode needs it
        doubtful,
        of_sharing,
        surely_lacking,
        with_owner,
    )
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import of_contract, unread
    from ..rules.reserved import of_addresses

    checks = Checks(
        limits=(of_contract,),
        addresses=(of_addresses,),
        lacks=(surely_lacking, of_sharing),
        doubts=(doubtful, unread),
    )
    would_fit(facts, plan, with_owner, checks)


LIMITED = PROFITBRICKS._replace(facts=InsideFacts, foresee=foresee)
NAT_GATEWAYS: Behaviour[Cloud] = Behaviour(LIMITED, NAT_GATEWAY, RULES)
NAT_GATEWAY_RULES: Behaviour[Cloud] = Behaviour(LIMITED, NAT_GATEWAY_RULE, RULES)
NETWORK_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(LIMITED, NLB, RULES)
NETWORK_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(LIMITED, NLB_RULE, RULES)
APPLICATION_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(LIMITED, ALB, RULES)
APPLICATION_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(LIMITED, ALB_RULE, RULES)
TARGET_GROUPS: Behaviour[Cloud] = Behaviour(PROFITBRICKS, TARGET_GROUP, RULES)
