# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services."""

from __future__ import annotations

from ..provider import NETFOUNDRY
from ..resources.services import SERVICE
from ..rules.services import SERVICE_RULES as RULES
from .inside import Inside

SERVICES = Inside(NETFOUNDRY, SERVICE, RULES)
