# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting: one loop for whatever the services do asynchronously.

Reading a status is the caller's; when to read it next is decided here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .errors import ConnectionFailed, OperationFailed, OperationTimeout


class Clock:
    """Real time; tests give one that jumps."""

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(frozen=True)
class Deadline:
    """A moment on a clock, made from a number of seconds."""

    clock: Clock
    seconds: float
    at: float

    @classmethod
    def after(cls, clock: Clock, seconds: float) -> Deadline:
        return cls(clock, seconds, clock.now() + seconds)

    def left(self) -> float:
        """Seconds left; never negative."""
        return max(0.0, self.at - self.clock.now())


@dataclass(frozen=True)
class Status:
    """What one look at an operation told: ``says`` is the service's own word for it."""

    done: bool = False
    failed: bool = False
    says: str = ""
    message: str = ""


@dataclass(frozen=True)
class Backoff:
    """Pauses between two looks, in seconds: soon at first, then ever longer, spread by jitter."""

    first: float = 0.3
    growth: float = 1.5
    longest: float = 5.0
    jitter: float = 0.1

    def pauses(self) -> Iterator[float]:
        pause = self.first
        while True:
            yield pause * (1 + random.uniform(-self.jitter, self.jitter))
            pause = min(pause * self.growth, self.longest)


@dataclass(frozen=True)
class Operation:
    """Something the service is still doing.

    ``read`` looks once, taking the seconds it may last; ``what`` names it in messages.
    """

    what: str
    read: Callable[[float], Status]
    request_id: str | None = None

    def wait(self, deadline: Deadline, backoff: Backoff | None = None) -> Status:
        """Look until done.

        Raises OperationFailed with the service's message, OperationTimeout when the deadline passes first. No
        look begins after the deadline, and none may outlast it.
        """
        clock, says = deadline.clock, ""
        for pause in (backoff or Backoff()).pauses():
            clock.sleep(min(pause, deadline.left()))
            if deadline.left() <= 0:
                raise OperationTimeout(self.what, self.request_id, deadline.seconds, says)
            try:
                status = self.read(deadline.left())
            except ConnectionFailed:
                # A hanging service and a passed deadline are one event to the user: the timeout.
                if deadline.left() > 0:
                    raise
                raise OperationTimeout(self.what, self.request_id, deadline.seconds, says) from None
            says = status.says
            if status.failed:
                raise OperationFailed(
                    self.what, self.request_id, status.message or "the service gave no reason"
                )
            if status.done:
                return status
        raise AssertionError("a backoff never ends")
