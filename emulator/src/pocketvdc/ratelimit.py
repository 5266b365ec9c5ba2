# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's rate limit: an average a minute, and a burst (contract section 8)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

USUAL = (120, 50)


def parse(text: str | None) -> tuple[int, int] | None:
    """``"120/50"`` as numbers. ValueError when it has another form."""
    if not text:
        return None
    found = re.fullmatch(r"\s*(\d+)\s*/\s*(\d+)\s*", text)
    if found is None or not int(found[1]) or not int(found[2]):
        raise ValueError(f"rate limit {text!r} is not of the form AVERAGE/BURST, such as 120/50")
    return int(found[1]), int(found[2])


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """A token bucket for each contract. ``limits`` None switches it off; the headers are sent anyway."""

    def __init__(self, limits: tuple[int, int] | None, clock: Callable[[], float]):
        self.limits = limits
        self.clock = clock
        self.buckets: dict[int, _Bucket] = {}

    def headers(self) -> dict[str, str]:
        """The headers of an answer that nobody is charged for."""
        average, burst = self.limits or USUAL
        return _headers(average, burst, burst - 1)

    def take(self, contract: int) -> tuple[bool, dict[str, str]]:
        """Whether a call may pass, and the headers of its answer (with Retry-After when it may not)."""
        average, burst = self.limits or USUAL
        if self.limits is None:
            return True, self.headers()
        now = self.clock()
        bucket = self.buckets.setdefault(contract, _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + max(0.0, now - bucket.filled_at) * average / 60)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return True, _headers(average, burst, int(bucket.tokens))
        wait = max(1, math.ceil((1 - bucket.tokens) * 60 / average))
        return False, {**_headers(average, burst, 0), "Retry-After": str(wait)}


def _headers(average: int, burst: int, remaining: int) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(average),
        "X-RateLimit-Burst": str(burst),
        "X-RateLimit-Remaining": str(remaining),
    }
