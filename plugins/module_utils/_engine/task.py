# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task: look, plan, and unless it is only asked what would happen, apply; for a single object and for a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .deciding import decide
from .errors import CloudError, ConnectionFailed, Unanswered
from .outcome import Outcome, Task
from .plan.facts import Facts
from .plan.planner import Plan
from .plan.steps import Step, without_refs
from .service import Service

if TYPE_CHECKING:
    from .behaviour import Behaviour


def ensure(
    cloud: Service, behaviour: Behaviour[Any], options: Mapping[str, Any], check_mode: bool = False
) -> Outcome:
    """Bring one object, and what is described in it, into the state that the options describe.

    ``options`` holds only what the user named; None clears. Raises CloudError.
    """
    task = Task(cloud, options, check_mode)
    facts = behaviour.look(task)
    plan = decide(task, behaviour, facts)
    behaviour.approve(task, facts, plan)
    outcome = behaviour.foreseen(facts, plan)
    # The assumptions of the plan; one made again after a lost answer adds nothing new.
    warnings = list(dict.fromkeys([*facts.warnings, *facts.unheard]))
    if facts.found.missing:
        warnings.insert(0, f"{facts.found.missing} does not exist yet; predicted as if it did")
    if not check_mode:
        if plan.steps:
            facts = _carried_out(task, behaviour, facts, plan, outcome)
        elif not task.absent and task.waiting.wait:
            catch_up(task, behaviour, facts, outcome)
    behaviour.results_of(task, facts, outcome)
    outcome.warnings = [*warnings, *outcome.warnings]
    if check_mode:
        # What is yet to be created has no id.
        outcome.result, outcome.extra = without_refs(outcome.result), without_refs(outcome.extra)
        outcome.diff = without_refs(outcome.diff, str)
    return outcome


def _carried_out(
    task: Task[Any], behaviour: Behaviour[Any], facts: Facts, plan: Plan, outcome: Outcome
) -> Facts:
    """`carry_out`, with errors that say what the service had already accepted, what the plan had doubts about, and which
    values the collection does not know, because one may be mistyped.
    """
    doubts, unheard = dict.fromkeys(facts.warnings), dict.fromkeys(facts.unheard)
    try:
        return carry_out(task, behaviour, facts, plan, outcome)
    except CloudError as error:
        for text in unheard:
            error.add_note(text)
        error.warnings = tuple(doubts)
        error.accepted, error.last_request = task.accepted, outcome.request_id
        if task.accepted and isinstance(error, ConnectionFailed) and not isinstance(error, Unanswered):
            # It is only known that reading failed.
            request = f" (request {outcome.request_id})" if outcome.request_id else ""
            error.add_note(f"Before that, the service accepted a change{request}: run the task again")
        raise


def carry_out(
    task: Task[Any], behaviour: Behaviour[Any], facts: Facts, plan: Plan, outcome: Outcome
) -> Facts:
    """Apply the plan; where an answer was lost, look again, and do what is then still to be done.

    Completes the outcome; returns what is known at last. Raises CloudError.
    """
    from .apply import apply  # here, because an unchanged object needs none of it
    from .lost import Lost

    done: list[Step] = []
    planned = {step.key for step in plan.steps}
    lost = Lost(task, behaviour)
    left: Plan | None = plan
    while left is not None:
        plan = left
        lost.begin()
        applied = apply(
            task.cloud,
            plan.steps,
            task.deadline,
            task.waiting.wait,
            behaviour.concurrency(task),
            facts.name_of,
        )
        done += applied.done
        outcome.request_id = applied.request_id or outcome.request_id
        task.accepted = task.accepted or bool(applied.answers)
        task.ids.update(applied.ids)
        task.answers.update({verb: answer for (verb, _path), answer in applied.answers.items()})
        if applied.failures():
            facts, left = lost.settled(done, applied)
            behaviour.approve_rest(task, planned, left.steps)
            if left.steps:
                continue
        facts, left = behaviour.read_back(task, facts, plan, applied, outcome)
    return facts


def catch_up(task: Task[Any], behaviour: Behaviour[Any], facts: Facts, outcome: Outcome) -> None:
    """Wait for what an earlier task that did not wait has left under way."""
    if not facts.busy or facts.have is None:
        return
    parents = facts.found.parents
    item = task.cloud.settled(facts.resource, parents, str(facts.have["id"]), task.deadline)
    if item is not None:
        task.item = item
        outcome.result = behaviour.decode(task.cloud, [item], parents)[0]
