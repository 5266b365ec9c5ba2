# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of networks."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.networks import NETWORK_GROUP

NETWORK_GROUPS: Behaviour[Cloud] = Behaviour(NETFOUNDRY, NETWORK_GROUP)
