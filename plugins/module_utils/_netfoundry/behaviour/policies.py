# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edge router policies, service policies, service edge router policies and AppWANs."""

from __future__ import annotations

from ..provider import NETFOUNDRY
from ..resources.policies import APP_WAN, EDGE_ROUTER_POLICY, SERVICE_EDGE_ROUTER_POLICY, SERVICE_POLICY
from ..rules.policies import POLICY_RULES as RULES
from .inside import Inside

EDGE_ROUTER_POLICIES = Inside(NETFOUNDRY, EDGE_ROUTER_POLICY, RULES)
SERVICE_POLICIES = Inside(NETFOUNDRY, SERVICE_POLICY, RULES)
SERVICE_EDGE_ROUTER_POLICIES = Inside(NETFOUNDRY, SERVICE_EDGE_ROUTER_POLICY, RULES)
APP_WANS = Inside(NETFOUNDRY, APP_WAN, RULES)
