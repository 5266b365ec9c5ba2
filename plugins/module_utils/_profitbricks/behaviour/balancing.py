# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network and application load balancers, and their rules."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..resources.balancing import ALB, ALB_RULE, NLB, NLB_RULE
from ..rules.balancing import BALANCING_RULES as RULES
from .gateways import OF_GATEWAYS

NETWORK_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, NLB, RULES)
NETWORK_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, NLB_RULE, RULES)
APPLICATION_LOAD_BALANCERS: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, ALB, RULES)
APPLICATION_LOAD_BALANCER_RULES: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, ALB_RULE, RULES)
