# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting: one loop for whatever the services do asynchronously.

Reading a status is the caller's; when to read it next is decided here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .clock import Deadline, Progress
from .errors import ConnectionFailed, OperationFailed, OperationTimeout


@dataclass(frozen=True)
class Status:
    """What one look at an operation told: ``says`` is the service's own word for it."""

    done: bool = False
    failed: bool = False
    says: str = ""
    message: str = ""


QUIET = 1.0  # seconds of waiting that are not worth a word
GRACE = 0.1  # seconds: what ends so close before a deadline was ended by it
NAMED = 3  # how many of several operations a message names


@dataclass(frozen=True)
class Backoff:
    """Pauses between two looks, in seconds.

    A pause grows with the time waited so far, so that the end is seen late by no more than ``first`` seconds and a
    ``share`` of the whole, at a number of looks that grows with the logarithm of the time only. ``jitter`` shortens
    pauses by up to that part, so that tasks that began together do not look together.
    """

    first: float = 0.3
    share: float = 0.08
    longest: float = 5.0
    jitter: float = 0.1

    def pause(self, waited: float) -> float:
        pause = min(self.first + self.share * waited, self.longest)
        return pause * (1 - random.uniform(0, self.jitter))


@dataclass(frozen=True)
class Operation:
    """Something the service is still doing.

    ``read`` looks once, taking the seconds it may last; ``what`` names it in messages.
    """

    what: str
    read: Callable[[float], Status]
    request_id: str | None = None

    def wait(
        self, deadline: Deadline, backoff: Backoff | None = None, progress: Progress | None = None
    ) -> Status:
        """Look until done, telling ``progress`` after each look that it is not.

        Raises OperationFailed with the service's message, OperationTimeout when the deadline passes first. No
        look begins after the deadline, and none may outlast it.
        """
        watch = Watch(lambda _ids, seconds: {"": self.read(seconds)}, deadline, backoff, progress)
        watch.add("", self.what, self.request_id)
        status = watch.wait()[""]
        if status.failed:
            raise OperationFailed(self.what, self.request_id, status.message or "the service gave no reason")
        return status


@contextmanager
def ended_by(deadline: Deadline, too_late: Callable[[], OperationTimeout]) -> Iterator[None]:
    """A call that the deadline ends: a service that hangs and a time that is over are one event to the user."""
    try:
        yield
    except ConnectionFailed:
        if deadline.left() > GRACE:
            raise
        raise too_late() from None


Look = Callable[[Sequence[str], float], Mapping[str, Status]]


class Watch:
    """Operations of one service that are awaited together, with one look a round.

    ``look`` looks once at the operations of the given ids, taking the seconds it may last; one that is not in its
    answer is not yet done. Operations may be added while others are under way.
    """

    def __init__(
        self,
        look: Look,
        deadline: Deadline,
        backoff: Backoff | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._look = look
        self._deadline = deadline
        self._backoff = backoff or Backoff()
        self._progress = progress
        self._begun = deadline.clock.now()
        self._ended = 0
        self._pending: dict[str, _Pending] = {}

    @property
    def pending(self) -> tuple[str, ...]:
        """Ids of what is still under way, oldest first."""
        return tuple(self._pending)

    def add(self, operation_id: str, what: str, request_id: str | None = None) -> None:
        """Await one more; ``what`` names it in messages."""
        self._pending[operation_id] = _Pending(what, request_id or operation_id, self._deadline.clock.now())

    def wait(self) -> dict[str, Status]:
        """Look until none is under way; the last status of each, failed or done. Raises as `round`."""
        ended: dict[str, Status] = {}
        while self._pending:
            ended.update(self.round())
        return ended

    def round(self) -> dict[str, Status]:
        """Pause, look once, and tell which ended, failed or done.

        Raises OperationTimeout when the deadline passes first. No look begins after it, and none may outlast it.
        """
        deadline, clock = self._deadline, self._deadline.clock
        youngest = max(each.since for each in self._pending.values())
        clock.sleep(min(self._backoff.pause(clock.now() - youngest), deadline.left()))
        if deadline.left() <= 0:
            raise self._too_late()
        with ended_by(deadline, self._too_late):
            seen = self._look(self.pending, deadline.left())
        ended = {}
        for each, status in seen.items():
            self._pending[each].says = status.says
            if status.done or status.failed:
                ended[each] = status
        for each in ended:
            del self._pending[each]
        self._ended += len(ended)
        if self._pending and self._progress and clock.now() - self._begun >= QUIET:
            self._progress(*self._state(), clock.now() - self._begun)
        return ended

    def _state(self) -> tuple[str, str]:
        """What is awaited, and how far it is."""
        first = next(iter(self._pending.values()))
        count, total = len(self._pending), len(self._pending) + self._ended
        if total == 1:
            return first.what, first.says
        names = ", ".join(each.what for each in list(self._pending.values())[:NAMED])
        more = f" and {count - NAMED} more" if count > NAMED else ""
        return f"{names}{more}", f"{self._ended} of {total} done"

    def _too_late(self) -> OperationTimeout:
        first = next(iter(self._pending.values()))
        what, says = self._state()
        if not self._ended:
            # All of them were accepted, which "0 of 3 done" would not say.
            says = ", ".join(dict.fromkeys(each.says for each in self._pending.values() if each.says))
        return OperationTimeout(
            what, first.request_id or None, self._deadline.seconds, says, several=len(self._pending) > 1
        )


@dataclass
class _Pending:
    what: str
    request_id: str
    since: float
    says: str = ""
