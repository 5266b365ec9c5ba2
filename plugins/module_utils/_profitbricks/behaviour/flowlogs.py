# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Flow logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.flowlogs import FLOWLOG
from ..rules.inside import InsideFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: InsideFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.fitting import Checks, would_fit  # here, because only check mode needs it
    from ..rules.flow_logs import second_log, with_other_logs

    would_fit(facts, plan, with_other_logs, Checks(lacks=(second_log,)))


FLOWLOGS: Behaviour[Cloud] = Behaviour(PROFITBRICKS._replace(facts=InsideFacts, foresee=foresee), FLOWLOG)
