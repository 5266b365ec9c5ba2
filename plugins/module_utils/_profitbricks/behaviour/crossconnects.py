# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cross connects."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Situation
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.crossconnects import PCC


def _guard_peers(situation: Situation[Cloud]) -> None:
    """The service refuses to delete what LANs are joined by; here the error says which."""
    have: dict[str, Any] = situation.have or {}
    if have.get("peers"):
        lans = ", ".join(
            f"{each['name'] or each['id']} of {each['datacenter_name'] or each['datacenter_id']}"
            for each in have["peers"]
        )
        raise InvalidOption(
            f"state: the cross connect {have['name']} still joins LANs: {lans}. Take them out first, with pcc: '' in "
            "profitbricks_lan"
        )


PCCS = Kind(PROFITBRICKS, PCC, before_delete=_guard_peers)
