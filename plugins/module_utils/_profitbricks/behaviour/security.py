# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups and their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from ..rules.inside import InsideFacts
from ..rules.security import SECURITY_GROUP_RULES as RULES

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: InsideFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.fitting import Checks, would_fit  # here, because only check mode needs it
    from ..rules.groups import among_others, of_groups
    from ..rules.limits import unread

    would_fit(facts, plan, among_others, Checks(limits=(of_groups,), doubts=(unread,)))


COUNTED = PROFITBRICKS._replace(facts=InsideFacts, foresee=foresee)
SECURITY_GROUPS: Behaviour[Cloud] = Behaviour(COUNTED, SECURITY_GROUP, RULES)
SECURITY_GROUP_RULES: Behaviour[Cloud] = Behaviour(COUNTED, SECURITY_GROUP_RULE, RULES)
