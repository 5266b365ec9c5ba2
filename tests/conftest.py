# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: where modules are found, and how Hypothesis looks for examples."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
# Here and not in pyproject.toml, which `ansible-test units` does not read.
sys.path[:0] = [str(ROOT / name) for name in (".", "tests", "emulator/src", ".build/dev")]

# The same examples on each machine, fast or slow: a failure is one of the code, and the next run shows it again.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("steady")
