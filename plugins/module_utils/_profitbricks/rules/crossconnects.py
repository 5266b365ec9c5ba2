# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cross connects (contract section 10.25)."""

from __future__ import annotations

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.rules import Rules
from ..._engine.service import Item


class CrossConnectRules(Rules):
    def guard(self, have: Item, facts: Facts) -> None:
        """The service refuses to delete what LANs are joined by; here the error says which."""
        if have["peers"]:
            lans = ", ".join(
                f"{each['name'] or each['id']} of {each['datacenter_name'] or each['datacenter_id']}"
                for each in have["peers"]
            )
            raise InvalidOption(
                f"state: the cross connect {have['name']} still joins LANs: {lans}. Remove them first, "
                "with pcc: '' in profitbricks_lan"
            )
