# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How commands that run for long are ended."""

from __future__ import annotations

import signal
import threading
from types import FrameType


def ended_by_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set, from now on; to be made before anybody is told that the command runs."""
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return ended
