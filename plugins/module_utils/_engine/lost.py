# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lost answers: making sure that nothing is created twice.

The service, or whatever lies between, may process a request long after it was sent. Before a creation is repeated, the
task looks for its object again and again, for twice as long as a call may take. If the outcome stays unknown, it fails.
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

LONGEST = 5.0  # seconds between two reads
MARGIN = 1.0
REFUSALS = (400, 409, 422)  # possible answers to creating something that already exists


class Undecided(Unanswered):
    """It is unknown whether the service accepted a write."""

    def __init__(self, steps: Sequence[Step], seconds: float) -> None:
        names = ", ".join(map(str, steps))
        super().__init__(
            f"{names}: the answer was lost, and after {seconds:.0f} seconds it is still unknown whether the service accepted "
            "it: it may have been created. Run the task again: it continues from what it finds"
        )


class Lost:
    """What a task knows about lost answers."""

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
        """Poll until it is known what became of the steps without an answer; the facts then, and the plan of what remains.

        Raises the error of the first step if it must not be repeated, and `Undecided` if time ran out; both only once no
        creation can still arrive, so that running the task again at once creates nothing twice.
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
            # Refused, or not safe to repeat.
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
        """The steps that may or may not have taken effect.

        A repeated step may be refused precisely because the first attempt, whose answer was lost, succeeded.
        """
        refused = [
            step
            for step, error in applied.failed
            if step.key in self._doubtful and isinstance(error, ApiError) and error.status in REFUSALS
        ]
        return [*(step for step, _error in applied.unclear), *refused]

    def _watch(self, unknown: Sequence[Step], window: Deadline) -> tuple[Facts, Plan]:
        """Poll until everything created is there, or the window has passed; the latest facts and plan.

        Raises `Undecided` if the last read failed.
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
        """Whether the service lists a request for one of the steps."""
        seconds = self._task.cloud.clock.now() - self._sent
        calls = [
            step.call(self._task.ids)
            for step in steps
            if all(ref.path in self._task.ids for ref in step.refs())
        ]
        return self._behaviour.provider.taken(self._task.cloud, calls, seconds)
