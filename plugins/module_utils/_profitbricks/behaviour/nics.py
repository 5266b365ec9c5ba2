# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NICs and the firewall rules on them."""

from __future__ import annotations

from typing import Any

from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.service import Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import FIREWALL_RULE, NIC
from .assignments import ASSIGN, assigned
from .references import resolve_lan
from .rules import check_listed_rules, check_own_rule


def _resolve_nic(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    resolve_lan(situation, want)


def _check_nic(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    check_listed_rules(want.get("firewall_rules") or (), (situation.have or {}).get("firewall_rules", ()))


def _arrange_nic(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    return writes if change.verb == "delete" else [*writes, *assigned(situation)]


NICS = Kind(
    PROFITBRICKS, NIC, options=(ASSIGN,), resolve=_resolve_nic, check=_check_nic, arrange=_arrange_nic
)
FIREWALL_RULES = Kind(PROFITBRICKS, FIREWALL_RULE, check=check_own_rule)
