# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAT gateways, network and application load balancers, and target groups."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
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

NAT_GATEWAYS: Behaviour[Cloud] = Behaviour(LIMITED, NAT_GATEWAY, RULES)
NAT_GATEWAY_RULES: Behaviour[Cloud] = Behaviour(LIMITED, NAT_GATEWAY_RULE, RULES)
NETWORK_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(LIMITED, NLB, RULES)
NETWORK_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(LIMITED, NLB_RULE, RULES)
APPLICATION_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(LIMITED, ALB, RULES)
APPLICATION_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(LIMITED, ALB_RULE, RULES)
TARGET_GROUPS: Behaviour[Cloud] = Behaviour(PROFITBRICKS, TARGET_GROUP, RULES)
