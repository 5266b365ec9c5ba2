# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall rules of NICs."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources import machines  # pylint: disable=unused-import  # noqa: F401  enters servers, which NICs belong to
from ..resources.nics import FIREWALL_RULE
from ..rules.firewall import FirewallRules
from ..rules.inside import InsideFacts

FIREWALL_RULES: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS._replace(facts=InsideFacts), FIREWALL_RULE, {FIREWALL_RULE.kind: FirewallRules()}
)
