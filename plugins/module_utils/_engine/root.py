# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roots: objects whose contents one task can describe, and whose plans can be held to a file.

Apart from `behaviour`, because Ansible sends along with a module whatever it may load.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from .behaviour import Behaviour
from .outcome import S, Task
from .plan.facts import Facts

if TYPE_CHECKING:
    from .plan.planner import Plan
    from .plan.steps import Key, Step


class Root(Behaviour[S]):
    """The behaviour of a root, with its contents or without."""

    def approve(self, task: Task[S], facts: Facts, plan: Plan) -> None:
        if task.options.get("plan_file"):
            from .plan_file import hold  # here, because few tasks name one

            hold(task, facts, plan)

    def approve_rest(self, task: Task[S], planned: Collection[Key], left: Sequence[Step]) -> None:
        if task.options.get("plan_file"):
            from .plan_file import only_planned

            only_planned(task, planned, left)
