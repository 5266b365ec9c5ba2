# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services with the configurations that they are made of (contract section 8.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._engine.service import Item
from .client import Cloud
from .resources.services import CONFIG, CONFIG_TYPE

FEW = 4  # configurations that are read one by one, and not with all of the network


def with_configs(cloud: Cloud, services: Sequence[Item], parents: Mapping[str, str]) -> list[Item]:
    """Services of one network with the configurations that those without a model are made of (contract section 8.9)."""
    linked = {
        str(each["id"]): list((each.get("configIdByConfigTypeId") or {}).values())
        for each in services
        if not each.get("modelType")
    }
    ids = [config_id for each in linked.values() for config_id in each]
    if not ids:
        return list(services)
    if len(ids) <= FEW:
        found = [item for item in (cloud.find(CONFIG, each) for each in ids) if item is not None]
    else:
        found = cloud.items(CONFIG, parents)
    types = {str(each["id"]): each.get("name") for each in cloud.items(CONFIG_TYPE, parents)}
    known = {
        str(each["id"]): {**each, "configTypeName": types.get(str(each.get("configTypeId")))}
        for each in found
    }
    return [
        {**each, "configs": [known[one] for one in linked.get(str(each["id"]), ()) if one in known]}
        for each in services
    ]
