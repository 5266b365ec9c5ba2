# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LANs and their members."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..._engine.schema.resource import Child
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.lans import LAN
from ..resources.nics import MEMBER
from ..rules.lans import LanRules
from ..rules.nic_facts import NicFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan

MEMBERS = Child(
    "members",
    "nics",
    MEMBER,
    help="The NICs in the LAN with all their properties, such as their servers and addresses.",
)


def foresee(facts: NicFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.failover import of_failover, with_nics  # here, because only check mode needs it
    from ..rules.fitting import Checks, would_fit

    would_fit(facts, plan, with_nics, Checks(lacks=(of_failover,)))


LANS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS._replace(facts=NicFacts, foresee=foresee),
    replace(LAN, children=(*LAN.children, MEMBERS)),
    {LAN.kind: LanRules()},
)
