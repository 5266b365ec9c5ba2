# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resources of the ProfitBricks API by kind (contract section 10), as far as they are loaded.

Each family of resources is a module here, which enters its own and imports those that they name.
"""

from __future__ import annotations

from ..._engine.schema.resource import Resource

RESOURCES: dict[str, Resource] = {}

# Kinds that reading itself knows, whatever it reads: only modules that have to do with one load its resource.
CONTRACT_KIND = "contract"
DATACENTER_KIND = "datacenter"
LAN_KIND = "lan"
LOCATION_KIND = "location"
