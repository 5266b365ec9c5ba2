# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups and their rules."""

from __future__ import annotations

from typing import Any

from ..._engine.kind import Kind, Situation
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from .rules import check_listed_rules, check_own_rule


def _check_group(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    check_listed_rules(want.get("rules") or (), (situation.have or {}).get("rules", ()))


SECURITY_GROUPS = Kind(PROFITBRICKS, SECURITY_GROUP, check=_check_group)
SECURITY_GROUP_RULES = Kind(PROFITBRICKS, SECURITY_GROUP_RULE, check=check_own_rule)
