# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carrying a plan out: its steps are made and awaited, those that depend on no other at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .clock import Deadline
from .errors import ApiError, CloudError, NotBegun, OperationFailed, OutOfTime, Unanswered
from .operation import Operation
from .plan.steps import Key, Path, Step, needs, without_refs
from .service import Item, Service

PASSING = (429, 502, 503, 504)  # HTTP statuses of failures that may pass


@dataclass
class Applied:
    """What became of the steps of a plan.

    ``unclear`` are steps whose answer was lost, and ``left`` those that could not begin because of them or of a
    failure: a new plan tells what of them is still to be done.
    """

    done: list[Step] = field(default_factory=list)
    failed: list[tuple[Step, CloudError]] = field(default_factory=list)
    unclear: list[tuple[Step, CloudError]] = field(default_factory=list)
    left: list[Step] = field(default_factory=list)
    ids: dict[Path, str] = field(default_factory=dict)
    answers: dict[Key, Item] = field(default_factory=dict)
    request_ids: dict[Key, str] = field(default_factory=dict)
    request_id: str | None = None

    def found(self, steps: Iterable[Step]) -> list[Step]:
        """Note that steps without an answer, or refused after one was lost, did take effect. Returns them, each once."""
        taken = {step.key: step for step in steps}
        self.unclear = [each for each in self.unclear if each[0].key not in taken]
        self.failed = [each for each in self.failed if each[0].key not in taken]
        return list(taken.values())

    def failures(self) -> list[tuple[Step, CloudError]]:
        """All that went wrong, steps whose answers were lost among them."""
        return [*self.failed, *self.unclear]


class StepsFailed(CloudError):
    """Some steps failed. The rest was done; what depends on them was not begun."""

    def __init__(self, applied: Sequence[Step], outcome: Applied) -> None:
        self.applied = tuple(applied)
        self.outcome = outcome
        failures = outcome.failures()
        left = f". Not begun because of that: {', '.join(map(str, outcome.left))}" if outcome.left else ""
        accepted = sum(
            step.key in outcome.answers and not isinstance(error, OperationFailed) for step, error in failures
        )
        more = f", {accepted} more accepted" if accepted else ""
        total = len(self.applied) + len(failures) + len(outcome.left)
        again = "; run the task again to do the rest" if all(map(_passes, self._errors())) else ""
        super().__init__(
            f"{'; '.join(self._reasons())}{left}. Done: {_of(len(self.applied), total)}{more}{again}"
        )

    def _errors(self) -> list[CloudError]:
        """The errors, each only once, even if several steps share it."""
        return list({id(error): error for _step, error in self.outcome.failures()}.values())

    def _reasons(self) -> Iterator[str]:
        for each in self._errors():
            steps = ", ".join(str(step) for step, error in self.outcome.failures() if error is each)
            text = str(each)
            # These already name their step.
            yield text if isinstance(each, (OperationFailed, OutOfTime)) else f"{steps}: {text}"

    def facts(self) -> dict[str, Any]:
        failed = [
            {
                **step.as_result(),
                "request_id": self.outcome.request_ids.get(step.key) or getattr(error, "request_id", None),
                "message": str(error),
            }
            for step, error in self.outcome.failures()
        ]
        return {
            "changed": bool(self.applied),
            "applied": [step.as_result() for step in self.applied],
            "failed_steps": failed,
            "left_steps": [step.as_result() for step in self.outcome.left],
            "request_id": failed[0]["request_id"] if failed else None,
        }


def _of(done: int, total: int) -> str:
    return f"{done} of {total} step{'s' if total != 1 else ''}"


def _passes(error: CloudError) -> bool:
    """Whether running the task again may help. A refusal would be repeated, and a timeout has advice of its own."""
    if isinstance(error, ApiError):
        return error.status in PASSING
    return not isinstance(error, OutOfTime)


def not_taken(steps: Sequence[Step], result_at: Callable[[Path], Item | None]) -> list[str]:
    """Warnings for fields that the service accepted and did not change."""
    warnings = []
    for step in steps:
        change, result = step.change, result_at(step.path)
        if change is None or result is None:
            continue
        sent = {**change.patch, **change.deferred}
        where = f"{'/'.join(step.path)}: " if step.path else ""
        warnings += [
            f"{where}{f.name}: the service accepted {sent[f.name]!r} but keeps {result.get(f.name)!r}"
            for f in change.resource.writable
            if f.name in sent and f.compared and not f.same(without_refs(sent[f.name]), result.get(f.name))
        ]
    return warnings


def apply(
    cloud: Service,
    steps: Sequence[Step],
    deadline: Deadline,
    wait: bool = True,
    concurrency: int = 8,
    name_of: Callable[[Mapping[str, Any]], str] = lambda item: "",
) -> Applied:
    """Carry out the steps of a plan: those that depend on no other at the same time, up to ``concurrency`` calls.

    Each step begins once all that it needs is done. All that is under way is awaited together; without ``wait`` only
    what another step needs. With a ``concurrency`` of 0 they are made one after the other, each awaited before the
    next, and none after one that failed. ``name_of`` reads an object's name from the service's answer. Raises no
    CloudError: what went wrong is in the result.
    """
    return _Work(cloud, steps, deadline, wait, name_of, one_by_one=concurrency == 0).run(max(1, concurrency))


class _Work:
    def __init__(
        self,
        cloud: Service,
        steps: Sequence[Step],
        deadline: Deadline,
        wait: bool,
        name_of: Callable[[Mapping[str, Any]], str],
        one_by_one: bool,
    ) -> None:
        self._cloud = cloud
        self._deadline = deadline
        self._wait = wait
        self._name_of = name_of
        self._one_by_one = one_by_one
        self._total = len(steps)
        self._open = {step.key: step for step in steps}
        self._needs = needs(steps)
        self._needed_by: dict[Key, list[Key]] = defaultdict(list)
        for key, asked in self._needs.items():
            for each in asked:
                self._needed_by[each].append(key)
        self._under_way: dict[str, Step] = {}
        self._late: NotBegun | None = None
        self._watch = cloud.watch(deadline, self._progress if cloud.progress and not one_by_one else None)
        self.outcome = Applied()

    def run(self, concurrency: int) -> Applied:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(concurrency)
        try:
            while True:
                ready = self._ready()
                if ready:
                    for step in ready:
                        del self._open[step.key]
                    send = map if concurrency == 1 or len(ready) == 1 else pool.map
                    for step, answer in zip(ready, send(self._send, ready), strict=True):
                        self._sent(step, answer)
                elif self._under_way:
                    self._round()
                else:
                    break
        finally:
            # What has not begun when the task is interrupted shall not begin any more.
            pool.shutdown(cancel_futures=True)
        self.outcome.left += self._open.values()
        if self._late and not self.outcome.failures():
            # Otherwise what failed, or was not finished, is the better reason.
            self.outcome.failed.append((self.outcome.left.pop(0), self._late))
        return self.outcome

    def _ready(self) -> list[Step]:
        ready = [step for key, step in self._open.items() if not self._needs[key]]
        if not self._one_by_one:
            return ready
        stopped = self._under_way or self.outcome.failed or self.outcome.unclear
        return [] if stopped else ready[:1]

    def _send(self, step: Step) -> tuple[Item, Operation | None] | CloudError:
        if self._deadline.left() <= 0:
            return NotBegun(str(step), self._deadline.seconds)
        try:
            if self._wait:
                for rest in step.rests:
                    self._cloud.settled(rest.resource, rest.parents, rest.item_id, self._deadline)
            return self._cloud.send(step.call(self.outcome.ids), self._deadline)
        except CloudError as error:
            return self._cloud.explained(error, step)
        except KeyError:
            return Unanswered(f"The service did not return the id of what the {step} refers to")

    def _sent(self, step: Step, answer: tuple[Item, Operation | None] | CloudError) -> None:
        if isinstance(answer, NotBegun):
            self._late = self._late or answer
            self.outcome.left.append(step)
            return
        if isinstance(answer, CloudError):
            # A gateway's error says as little about a POST as a lost connection does.
            lost = isinstance(answer, Unanswered) or (
                step.method == "POST" and isinstance(answer, ApiError) and answer.status in (502, 503, 504)
            )
            (self.outcome.unclear if lost else self.outcome.failed).append((step, answer))
            return
        item, operation = answer
        self.outcome.answers[step.key] = item
        if step.creation is not None:
            self.outcome.ids.update(step.creation.ids(item, self._name_of))
        if operation is None:
            self._done(step)
            return
        request_id = operation.request_id or f"{step.verb} {step.what}"
        self.outcome.request_ids[step.key] = request_id
        self.outcome.request_id = operation.request_id or self.outcome.request_id
        if self._wait or self._needed_by[step.key] or (self._one_by_one and self._open):
            self._under_way[request_id] = step
            self._watch.add(request_id, str(step), operation.request_id)
        else:
            self._done(step)

    def _round(self) -> None:
        try:
            ended = self._watch.round()
        except CloudError as error:
            # Too late, or the service does not answer: nothing is known of what is under way.
            self.outcome.failed += [(step, error) for step in self._under_way.values()]
            self._under_way.clear()
            return
        for request_id, status in ended.items():
            step = self._under_way.pop(request_id)
            if status.failed:
                said = status.message or "the service gave no reason"
                self.outcome.failed.append((step, OperationFailed(str(step), request_id, said)))
            else:
                self._done(step)

    def _done(self, step: Step) -> None:
        self.outcome.done.append(step)
        for key in self._needed_by[step.key]:
            self._needs[key].discard(step.key)

    def _progress(self, what: str, says: str, seconds: float) -> None:
        if self._cloud.progress is not None:
            done = len(self.outcome.done)
            self._cloud.progress(what, f"{_of(done, self._total)} done", seconds)
