# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP blocks: addresses that are reserved, named and released."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
from ..resources.network import IPBLOCK
from ..rules.ipblocks import IpBlockRules

IPBLOCKS: Behaviour[Cloud] = Behaviour(LIMITED, IPBLOCK, {IPBLOCK.kind: IpBlockRules()})
