# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserved addresses and classic load balancers."""

from __future__ import annotations

from .scenario import Clearing, Scenario

SCENARIOS = {
    "ipblock": Scenario(
        create={"name": "new", "location": "de/fra", "size": 2},
        change={"name": "newer"},
        fixed=("size", 2, 3),
        twin={"name": "twin", "location": "de/fra", "size": 1},
        lacks="all that a block has but its name is fixed",
    ),
    "loadbalancer": Scenario(
        create={"name": "new", "dhcp": True, "balanced_nics": ["web/back"]},
        change={"dhcp": False},
        clearing=Clearing("balanced_nics", ["web/front"], [], "balanced_nics"),
        twin={"name": "twin"},
    ),
}
