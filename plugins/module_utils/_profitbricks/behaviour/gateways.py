# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is foreseen of gateways and balancers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..provider import PROFITBRICKS
from ..rules.inside import InsideFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: InsideFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.belonging import (  # here, because only check mode needs it
        doubtful,
        of_sharing,
        surely_lacking,
        with_owner,
    )
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import of_contract, unread
    from ..rules.reserved import of_addresses

    checks = Checks(
        limits=(of_contract,),
        addresses=(of_addresses,),
        lacks=(surely_lacking, of_sharing),
        doubts=(doubtful, unread),
    )
    would_fit(facts, plan, with_owner, checks)


OF_GATEWAYS = PROFITBRICKS._replace(facts=InsideFacts, foresee=foresee)
