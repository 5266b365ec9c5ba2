# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time, as far as every task needs it: a clock that tests replace, and moments on it. Waiting is `operation`'s."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

# Told while an operation lasts: what is awaited, the service's word for its state, seconds so far.
Progress = Callable[[str, str, float], None]

LONGEST_PAUSE = 30.0  # seconds that nothing pauses longer than, whatever a service asks for


class Clock:
    """Real time; tests give one that jumps."""

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def date(self) -> datetime:
        """The wall-clock time, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Deadline(NamedTuple):
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


def last_moment(deadline: Deadline) -> Deadline:
    """The deadline for reading the result of finished work: the task's own, but at least a second from now."""
    return Deadline.after(deadline.clock, max(1.0, deadline.left()))
