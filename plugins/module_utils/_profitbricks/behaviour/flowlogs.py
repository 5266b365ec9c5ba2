# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Flow logs."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
from ..resources.flowlogs import FLOWLOG

FLOWLOGS: Behaviour[Cloud] = Behaviour(LIMITED, FLOWLOG)
