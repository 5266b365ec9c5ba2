# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the plans of the overlay know beyond the common."""

from __future__ import annotations

from dataclasses import dataclass

from ..._engine.plan.facts import Facts
from ..._engine.schema.resource import Resource


@dataclass
class NetworkFacts(Facts):
    """What a plan knows of the network that its object belongs to."""

    rehearses = True

    def name_in(self, resource: Resource, value: str) -> str | None:
        """The name of an object of the same network, given by its UUID, or by its name in any case; None: there is none."""
        parents = self.around(resource)
        if self.found.missing:
            # The contents of a network that an earlier task would create cannot be predicted.
            return value
        if resource.is_id(value):
            item = self.item(resource, parents, value.lower())
            return str(item["name"]) if item and item.get("networkId") in parents.values() else None
        items = self.items(resource, parents, name=value)
        return next((str(each["name"]) for each in items if str(each["name"]).lower() == value.lower()), None)
