# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LANs and their members."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.behaviour import Behaviour
from ..._engine.schema.resource import Child
from ..client import Cloud
from ..limited import LIMITED
from ..resources.compute import LAN
from ..resources.network import MEMBER
from ..rules.lans import LanRules

MEMBERS = Child(
    "members",
    "nics",
    MEMBER,
    help="The NICs in the LAN with all their properties, such as their servers and addresses.",
)
LANS: Behaviour[Cloud] = Behaviour(
    LIMITED, replace(LAN, children=(*LAN.children, MEMBERS)), {LAN.kind: LanRules()}
)
