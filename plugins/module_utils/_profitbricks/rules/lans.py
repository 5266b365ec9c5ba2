# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LANs and their failover groups (contract section 10.11)."""

from __future__ import annotations

from ..._engine.addresses import text_key
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import Rules
from ..._engine.plan.steps import Path
from ..._engine.schema.field import Field
from ..._engine.service import Item

APPEND = Field(
    "append",
    "bool",
    help="Whether O(ip_failover) only adds groups, or moves the group of an address to another NIC. "
    "Otherwise, groups that are not listed are removed.",
)


class LanRules(Rules):
    options = (APPEND,)

    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        if not want.get("append") or have is None or "ip_failover" not in want:
            return want
        groups = {text_key(each["ip"]): each for each in (*have["ip_failover"], *(want["ip_failover"] or ()))}
        return {**want, "ip_failover": list(groups.values())}
