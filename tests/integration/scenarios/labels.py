# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels."""

from __future__ import annotations

from .scenario import Scenario

SCENARIOS = {
    "label": Scenario(
        create={"key": "env", "value": "production"},
        change={"value": "test"},
        slow=False,
        mark="key",
        requests=False,
        lacks="an object has a key only once, and a label is nothing without its value",
    ),
}
