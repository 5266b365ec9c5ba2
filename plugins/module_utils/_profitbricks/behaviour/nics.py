# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources import machines  # pylint: disable=unused-import  # noqa: F401  enters servers, which NICs belong to
from ..resources.nics import FIREWALL_RULE, NIC
from ..rules.firewall import FirewallRules
from ..rules.nic_facts import NicFacts
from ..rules.nics import NicRules

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan

RULES = {NIC.kind: NicRules(), FIREWALL_RULE.kind: FirewallRules()}


def foresee(facts: NicFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.devices import (  # here, because only check mode needs it
        doubles,
        of_assignments,
        of_servers,
        with_server,
    )
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import unread
    from ..rules.reserved import of_addresses

    checks = Checks(limits=(of_servers, of_assignments), addresses=(of_addresses,), doubts=(doubles, unread))
    would_fit(facts, plan, with_server, checks)


NICS: Behaviour[Cloud] = Behaviour(PROFITBRICKS._replace(facts=NicFacts, foresee=foresee), NIC, RULES)
