# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where networks can be, and in which versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.networks import NETWORK_VERSION, PROVIDERS, REGION
from ..rules.versions import version_key

REGION_FIELDS = (
    Field("provider", choices=PROVIDERS, help="Only regions of this cloud provider."),
    Field("location_code", help="Only the regions with this code, such as V(us-west-2)."),
)


class Regions(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The regions that the options ask for. They have no id of their own (contract section 7.3)."""
        query = {"provider": options["provider"]} if options.get("provider") else {}
        found = []
        for item in cloud.pages(REGION.path, query, REGION):
            result = REGION.decode({**item, "id": f"{item.get('provider')}/{item.get('locationCode')}"}, {})
            if all(options.get(name) in (None, "", result[name]) for name in ("provider", "location_code")):
                found.append(result)
        return found


REGIONS = Regions(NETFOUNDRY, REGION, info_fields=REGION_FIELDS)


VERSION_FIELDS = (
    Field(
        "active",
        "bool",
        help="Only the versions that new networks can have, or with V(false) only the others.",
    ),
    Field("network_version", help="Only this version."),
)


class Versions(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The versions that the options ask for, the newest first. They have no id but their number (contract 7.4)."""
        query = {"active": "true"} if options.get("active") else {}
        items = list(cloud.pages(NETWORK_VERSION.path, query, NETWORK_VERSION))
        items.sort(key=lambda item: version_key(item["networkVersion"]), reverse=True)
        results = [NETWORK_VERSION.decode({**item, "id": item["networkVersion"]}, {}) for item in items]
        return [
            each
            for each in results
            if all(options.get(name) in (None, "", each[name]) for name in ("active", "network_version"))
        ]


NETWORK_VERSIONS = Versions(NETFOUNDRY, NETWORK_VERSION, info_fields=VERSION_FIELDS)
