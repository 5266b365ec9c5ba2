# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that were lost: nothing is made twice.

A service may carry out late what it got in time, and so may whatever is between. Before a creation is repeated, the task
looks for what it makes, time and again, for twice as long as a call may take. What cannot be decided ends in an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from .apply import PASSING, Applied
from .clock import Deadline
from .deciding import decide
from .errors import ApiError, ConnectionFailed, Unanswered
from .http.retry import retry_pause
from .outcome import Task
from .plan.facts import Facts
from .plan.planner import Plan
from .plan.steps import Key, Step

if TYPE_CHECKING:
    from .behaviour import Behaviour

LONGEST = 5.0  # seconds between two looks
MARGIN = 1.0
REFUSALS = (400, 409, 422)  # of what is there already


class Undecided(Unanswered):
    """Nothing tells whether the service took a write."""

    def __init__(self, steps: Sequence[Step], seconds: float) -> None:
        names = ", ".join(map(str, steps))
        super().__init__(
            f"{names}: the answer was lost, and nothing told within {seconds:g} seconds whether the service took it: it may "
            "have been made. Run the task again: it takes up what it finds"
        )


class Lost:
    """What a task knows of answers that were lost."""

    def __init__(self, task: Task[Any], behaviour: Behaviour[Any]) -> None:
        self._task = task
        self._behaviour = behaviour
        self._times = 0
        self._sent = 0.0
        self._doubtful: set[Key] = set()

    def begin(self) -> None:
        """Steps are about to be made."""
        self._sent = self._task.cloud.clock.now()

    def settled(self, done: list[Step], applied: Applied) -> tuple[Facts, Plan]:
        """Look until it is known what became of the steps without an answer; what is known then, and what is still to be
        done.

        Raises the error of the first step where that is not to be repeated, `Undecided` where time ran out; either only
        when no creation can arrive any more, so that whoever runs the task again at once makes nothing twice.
        """
        task, clock = self._task, self._task.cloud.clock
        unknown = self._unknown(applied)
        if not unknown or task.state in self._behaviour.always_creates:
            raise self._behaviour.failure(done, applied)
        window = Deadline.after(clock, min(2 * task.cloud.timeout + MARGIN, task.deadline.left()))
        facts, left = self._watch(unknown, window)
        missing = [step for step in unknown if step.key in {each.key for each in left.steps}]
        done += applied.found(step for step in unknown if step not in missing)
        creating = [step for step in missing if step.verb == "create"]
        if applied.failed or any(step not in creating and not step.safe for step in missing):
            # Refused, or what would be done twice, done once more.
            raise self._behaviour.failure(done, applied)
        if not creating:
            return facts, left
        if task.deadline.left() <= 0 or self._taken(creating):
            raise Undecided(creating, clock.now() - self._sent)
        if self._times >= task.cloud.retries:
            raise self._behaviour.failure(done, applied)
        self._times += 1
        self._doubtful |= {step.key for step in creating}
        return facts, left

    def _unknown(self, applied: Applied) -> list[Step]:
        """The steps of which nobody knows whether they were carried out.

        One that is refused after its answer was lost may be refused because it was.
        """
        refused = [
            step
            for step, error in applied.failed
            if step.key in self._doubtful and isinstance(error, ApiError) and error.status in REFUSALS
        ]
        return [*(step for step, _error in applied.unclear), *refused]

    def _watch(self, unknown: Sequence[Step], window: Deadline) -> tuple[Facts, Plan]:
        """Look until all creations are there, or the window has passed; what was seen last.

        Raises `Undecided` where the last look failed.
        """
        for attempt in count():
            self._task.cloud.clock.sleep(min(retry_pause(attempt), LONGEST, window.left()))
            last = window.left() <= 0
            try:
                facts = self._behaviour.look(self._task)
                left = decide(self._task, self._behaviour, facts)
            except (ApiError, ConnectionFailed) as error:
                if isinstance(error, ApiError) and error.status not in (500, *PASSING):
                    raise
                if last:
                    raise Undecided(unknown, self._task.cloud.clock.now() - self._sent) from error
                continue
            missing = {step.key for step in left.steps if step.verb == "create"}
            if last or not any(step.key in missing for step in unknown):
                return facts, left
        raise AssertionError("a window passes")

    def _taken(self, steps: Sequence[Step]) -> bool:
        """Whether the service tells of a request for one of the steps."""
        seconds = self._task.cloud.clock.now() - self._sent
        calls = [
            step.call(self._task.ids)
            for step in steps
            if all(ref.path in self._task.ids for ref in step.refs())
        ]
        return self._behaviour.provider.taken(self._task.cloud, calls, seconds)
