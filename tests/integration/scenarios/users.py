# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may work on the account."""

from __future__ import annotations

from .scenario import PASSWORD, Scenario

SCENARIOS = {
    "user": Scenario(
        create={
            "email": "new@example.com",
            "firstname": "Ada",
            "lastname": "Lovelace",
            "user_password": PASSWORD,
        },
        change={"lastname": "King"},
        secrets=(PASSWORD, "an0therPassword"),
        slow=False,
        mark="email",
        lacks="an address is unique at the service, and all that a user has is needed",
    ),
}
