# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP blocks: addresses that are reserved, named and released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.ipblocks import IPBLOCK
from ..rules.ipblocks import IpBlockRules
from ..rules.labelled import LabelledFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: LabelledFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.fitting import Checks, by_itself, would_fit  # here, because only check mode needs it
    from ..rules.limits import of_contract, unread

    would_fit(facts, plan, by_itself, Checks(limits=(of_contract,), doubts=(unread,)))


IPBLOCKS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS._replace(facts=LabelledFacts, foresee=foresee), IPBLOCK, {IPBLOCK.kind: IpBlockRules()}
)
