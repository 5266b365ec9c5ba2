# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ProfitBricks, for kinds that have a limit, use addresses, can be there only once, or need what a location may lack.

Apart from `provider`, because Ansible sends along with a module whatever it may load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .provider import PROFITBRICKS

if TYPE_CHECKING:
    from .._engine.plan.planner import Plan
    from .rules.facts import CloudFacts


def foresee(facts: CloudFacts, plan: Plan) -> None:
    """Raise DoesNotFit for the plan of a single object that exceeds a limit, or needs what its location lacks."""
    if plan.steps:
        from .rules.limits import would_fit  # here, because only check mode needs it

        would_fit(facts, plan)


LIMITED = PROFITBRICKS._replace(foresee=foresee)
