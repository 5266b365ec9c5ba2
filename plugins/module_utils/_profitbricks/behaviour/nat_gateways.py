# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAT gateways and their rules."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..resources.nat_gateways import NAT_GATEWAY, NAT_GATEWAY_RULE
from ..rules.nat_gateways import NAT_GATEWAY_RULES as RULES
from .gateways import OF_GATEWAYS

NAT_GATEWAYS: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, NAT_GATEWAY, RULES)
NAT_GATEWAY_RULES: Behaviour[Cloud] = Behaviour(OF_GATEWAYS, NAT_GATEWAY_RULE, RULES)
