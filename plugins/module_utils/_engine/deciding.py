# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what is known to a plan, with whatever has to be read for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import CloudError
from .outcome import Provider, Task
from .plan.facts import Facts
from .plan.planner import Plan
from .plan.steps import stuck

if TYPE_CHECKING:
    from .behaviour import Behaviour

T = TypeVar("T")


def decide(task: Task[Any], behaviour: Behaviour[Any], facts: Facts) -> Plan:
    """The plan, once all is read that it asks for. Raises CloudError, also where no order of its steps leads there."""
    plan = answered(task.cloud, behaviour.provider, facts, lambda: behaviour.plan(facts))
    if waiting := stuck(plan.steps):
        raise CloudError(
            f"{', '.join(map(str, waiting))}: these would wait for each other; make one of the changes in an earlier task"
        )
    return plan


def answered(cloud: Any, provider: Provider, facts: Facts, work: Callable[[], T]) -> T:
    """What pure work comes to, once all is read that it asks the facts for. Raises CloudError."""
    while True:
        try:
            found = work()
        except CloudError:
            if not facts.open:
                raise
        else:
            if not facts.open:
                return found
        # What is not known yet may be all that was wrong.
        asked, facts.open = facts.open, []
        facts.answers.update(provider.answer(cloud, asked, facts.found))
