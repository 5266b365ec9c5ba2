# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs (contract section 10.12)."""

from __future__ import annotations

from ..._engine.plan.pairing import Node
from ..._engine.plan.steps import Path
from ..._engine.service import Item
from ..resources import lans  # pylint: disable=unused-import  # noqa: F401  NICs name them
from .nic_facts import NicFacts
from .security import Assigning


class NicRules(Assigning):
    def want(self, want: Node, have: Item | None, facts: NicFacts, path: Path) -> Node:  # type: ignore[override]
        """A balanced NIC has the address of its balancer too, and must keep it (contract section 10.14)."""
        if have is None or not want.get("ips") or not set(have["ips"]) - set(want["ips"]):
            return want
        shared = [ip for ip in facts.balancer_addresses(str(have["id"])) if ip in have["ips"]]
        return {**want, "ips": [*(ip for ip in shared if ip not in want["ips"]), *want["ips"]]}
