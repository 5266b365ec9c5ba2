# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edge router policies, service policies and AppWANs."""

from __future__ import annotations

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.service import Write
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.policies import APP_WAN, EDGE_ROUTER_POLICY, SERVICE_POLICY

SYSTEM = "-system"  # ends the names of what the service makes by itself (contract section 8.4)


def _spare_system(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    name = str((situation.have or {}).get("name") or "")
    if writes and name.endswith(SYSTEM):
        raise InvalidOption(
            f"name: {name} was made by the service for another object, changes and goes with that, and must be left alone"
        )
    return writes


EDGE_ROUTER_POLICIES = Kind(NETFOUNDRY, EDGE_ROUTER_POLICY, arrange=_spare_system)
SERVICE_POLICIES = Kind(NETFOUNDRY, SERVICE_POLICY, arrange=_spare_system)
APP_WANS = Kind(NETFOUNDRY, APP_WAN)
