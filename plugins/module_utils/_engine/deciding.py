# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what is known to a plan, with whatever has to be read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import CloudError
from .outcome import Task
from .plan.facts import Facts
from .plan.planner import Plan

if TYPE_CHECKING:
    from .behaviour import Behaviour


def decide(task: Task[Any], behaviour: Behaviour[Any], facts: Facts) -> Plan:
    """The plan, once all is read that it asks for. Raises CloudError."""
    while True:
        try:
            plan = behaviour.plan(facts)
        except CloudError:
            if not facts.open:
                raise
        else:
            if not facts.open:
                return plan
        # What is not known yet may be all that was wrong.
        asked, facts.open = facts.open, []
        facts.answers.update(behaviour.provider.answer(task.cloud, asked, facts.found))
