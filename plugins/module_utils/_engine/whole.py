# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A root object with all that one task describes in it, brought into that state or described as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .apply import Applied, StepsFailed, not_taken
from .deciding import decide
from .doubles import refuse_doubles
from .errors import CloudError, OperationTimeout
from .operation import ended_by
from .outcome import Outcome, S, Task
from .plan.facts import Facts
from .plan.planner import Plan, Unplannable
from .plan.protect import warnings
from .plan.show import titled
from .plan.show_tree import brought, composition, tree_difference
from .plan.steps import Path, Step
from .root import Root
from .service import Item

# How often a plan is made anew when the service turned out to be otherwise than foreseen.
ROUNDS = 2


class Whole(Root[S]):
    """The behaviour of a root whose contents are described; ``resource`` has them as its children."""

    def look_again(self, task: Task[S], facts: Facts) -> Facts:
        """What is known after steps were made. Raises CloudError."""
        raise AssertionError("each root has its own")

    def concurrency(self, task: Task[S]) -> int:
        return int(task.options.get("concurrency") or 1)

    def foreseen(self, facts: Facts, plan: Plan) -> Outcome:
        after = plan.after if plan.steps or facts.have is None else facts.have
        facts.warnings += warnings(facts.options, self.resource, facts.have, plan.after)
        diff = titled(tree_difference(self.resource, plan.steps), self.resource, facts.have, after)
        outcome = Outcome(bool(plan.steps), self.alone(after), diff)
        outcome.actions = [_action(step) for step in plan.steps]
        outcome.extra = {
            "tree": after,
            "plan": [
                {**step.as_result(), "brings": ["/".join(path) for path in brought(step)]}
                for step in plan.steps
            ],
            "unmanaged": sorted(plan.unmanaged),
        }
        return outcome

    def failure(self, done: Sequence[Step], applied: Applied) -> CloudError:
        return StepsFailed(done, applied)

    def read_back(
        self, task: Task[S], facts: Facts, plan: Plan, applied: Applied, outcome: Outcome
    ) -> tuple[Facts, Plan | None]:
        before = facts.have
        with ended_by(task.deadline, lambda: self._too_late(task, outcome)):
            facts = self.look_again(task, facts)
        after = facts.have or plan.after
        if task.waiting.wait:
            refuse_doubles(self.resource, before, facts.have, plan.steps, task.ids.values())
        outcome.result, outcome.extra["tree"] = self.alone(after), after
        if not task.waiting.wait:
            return facts, None
        try:
            left = decide(task, self, facts)
        except Unplannable as error:
            outcome.warnings = [f"After what was done: {error.reasons}"]
            return facts, None
        task.rounds += 1
        if left.steps and task.rounds < ROUNDS and not task.options.get("plan_file"):
            return facts, left
        outcome.warnings = not_taken(left.steps, lambda path: find(self.resource, after, path)) or [
            f"{'/'.join(step.path) or self.resource.label}: the service accepted the changes, but {step.verb} would be "
            "needed again"
            for step in left.steps
        ]
        return facts, None

    def _too_late(self, task: Task[S], outcome: Outcome) -> OperationTimeout:
        """All was done, and could not be read any more."""
        name = (outcome.result or {}).get("name")
        what = f"Reading {self.resource.label} {name}"
        return OperationTimeout(what, outcome.request_id, task.deadline.seconds, "that its work is done")

    def alone(self, tree: Item | None) -> Item:
        """The root without its contents: the same keys as if they had not been described."""
        contents = {child.name for child in self.resource.children}
        return {name: value for name, value in (tree or {}).items() if name not in contents}


def _action(step: Step) -> str:
    """A step in a line, with how much of everything a creation brings along."""
    what = "/".join(step.path) or step.what
    brings = composition(step)
    return f"{step.verb} {what}: {brings}" if brings else f"{step.verb} {what}"


def find(resource: Any, tree: Item | None, path: Path) -> Item | None:
    """The object at a path of a tree; None if there is none."""
    from .plan.pairing import name_of

    here = tree
    for collection, name in zip(path[::2], path[1::2], strict=False):
        child = next((each for each in resource.children if each.name == collection), None)
        if here is None or child is None:
            return None
        resource = child.resource
        here = next((each for each in here[collection] if name_of(resource, each) == name), None)
    return here
