# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups and their rules."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from ..rules.security import SECURITY_GROUP_RULES as RULES

SECURITY_GROUPS: Behaviour[Cloud] = Behaviour(LIMITED, SECURITY_GROUP, RULES)
SECURITY_GROUP_RULES: Behaviour[Cloud] = Behaviour(LIMITED, SECURITY_GROUP_RULE, RULES)
