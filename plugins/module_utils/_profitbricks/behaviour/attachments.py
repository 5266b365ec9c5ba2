# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attaching volumes and CD-ROMs to servers, and detaching them."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..limited import LIMITED
from ..resources.attachments import CDROM_ATTACHMENT, VOLUME_ATTACHMENT
from ..rules.attachments import ATTACHING_RULES as RULES

VOLUME_ATTACHMENTS: Behaviour[Cloud] = Behaviour(LIMITED, VOLUME_ATTACHMENT, RULES)
CDROM_ATTACHMENTS: Behaviour[Cloud] = Behaviour(LIMITED, CDROM_ATTACHMENT, RULES)
