# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resources of the NetFoundry platform by kind (contract sections 5 to 8), as far as they are loaded.

Each family of resources is a module here, which enters its own and imports those that they name.
"""

from __future__ import annotations

from ..._engine.schema.resource import Resource

RESOURCES: dict[str, Resource] = {}

# Known to all plans; only services have any, and load the resource.
CONFIG_KIND = "config"
