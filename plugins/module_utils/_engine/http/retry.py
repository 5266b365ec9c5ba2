# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long to wait before a call is repeated."""

from __future__ import annotations

import random
import time

from ..clock import LONGEST_PAUSE
from .request import header_date


def retry_pause(attempt: int) -> float:
    """Seconds before a call is repeated for the first (0), second (1) ... time: half a second, doubled each time."""
    return min(0.5 * float(2**attempt) * random.uniform(0.8, 1.2), LONGEST_PAUSE)


def retry_seconds(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date; None when there is none or it is unreadable."""
    if value and value.strip().isdecimal():
        return float(value)
    moment = header_date(value)
    return max(0.0, moment.timestamp() - time.time()) if moment else None
