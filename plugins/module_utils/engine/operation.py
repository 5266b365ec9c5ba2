# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting: one loop for whatever the services do asynchronously.

Reading a status is the caller's; when to read it next is decided here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
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


# Told while an operation lasts: what is awaited, the service's word for its state, seconds so far.
Progress = Callable[[str, str, float], None]
QUIET = 1.0  # seconds of waiting that are not worth a word


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
        backoff = backoff or Backoff()
        clock, says = deadline.clock, ""
        begun = clock.now()
        while True:
            clock.sleep(min(backoff.pause(clock.now() - begun), deadline.left()))
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
            if progress and clock.now() - begun >= QUIET:
                progress(self.what, says, clock.now() - begun)
