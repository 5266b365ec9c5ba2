# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attaching volumes and CD-ROMs to servers, and detaching them."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.attachments import CDROM_ATTACHMENT, VOLUME_ATTACHMENT
from ..rules.attachments import ATTACHING_RULES as RULES

VOLUME_ATTACHMENTS: Behaviour[Cloud] = Behaviour(PROFITBRICKS, VOLUME_ATTACHMENT, RULES)
CDROM_ATTACHMENTS: Behaviour[Cloud] = Behaviour(PROFITBRICKS, CDROM_ATTACHMENT, RULES)
