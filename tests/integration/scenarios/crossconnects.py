# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cross connects."""

from __future__ import annotations

from .scenario import Clearing, Scenario

SCENARIOS = {
    "pcc": Scenario(
        create={"name": "new"},
        change={"name": "newer"},
        clearing=Clearing("description", "Databases", "", "description"),
        twin={"name": "twin"},
    ),
}
