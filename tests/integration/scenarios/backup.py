# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup units."""

from __future__ import annotations

from .scenario import PASSWORD, Scenario

SCENARIOS = {
    "backupunit": Scenario(
        create={"name": "new", "email": "backup@example.com", "backupunit_password": PASSWORD},
        change={"email": "admin@example.com"},
        secrets=(PASSWORD, "an0therPassword"),
        lacks="a name is unique in the contract, and an address belongs to each",
    ),
}
