# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs and the firewall rules on them."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
from ..provider import PROFITBRICKS
from ..resources.compute import FIREWALL_RULE, NIC
from ..rules.firewall import FirewallRules
from ..rules.nics import NicRules

RULES = {NIC.kind: NicRules(), FIREWALL_RULE.kind: FirewallRules()}
NICS: Behaviour[Cloud] = Behaviour(LIMITED, NIC, RULES)
FIREWALL_RULES: Behaviour[Cloud] = Behaviour(PROFITBRICKS, FIREWALL_RULE, RULES)
