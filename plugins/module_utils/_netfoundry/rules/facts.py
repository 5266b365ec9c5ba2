# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the plans of the overlay know beyond the common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..._engine.plan.facts import Facts
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources import CONFIG_KIND
from ..resources.networks import NETWORK, NETWORK_GROUP


@dataclass
class NetworkFacts(Facts):
    """What a plan knows of the network that its object belongs to."""

    rehearses = True

    def names(self, resource: Resource) -> Sequence[str]:
        """The names of all objects of a kind, to suggest one; none as long as the one that is meant may turn up."""
        return (
            () if self.open else [str(each["name"]) for each in self.items(resource, self.around(resource))]
        )

    def namesakes(self, resource: Resource, name: str, have: Item | None) -> Sequence[Item]:
        """What else of the kind has a name, or will have it: with a ``name``, and a ``typeId`` if it is an endpoint.

        An object that is not there yet was looked for by its name, so that nothing else has it.
        """
        if have is None:
            return ()
        group = {NETWORK_GROUP.kind: str(have["network_group_id"])} if resource.kind == NETWORK.kind else None
        return self._named(resource, group or self.around(resource), name, str(have["id"]))

    def other_configs(self, name: str, have: Item | None) -> Sequence[Item]:
        """Configurations of that name. Only check mode looks for them where a service is new, which comes with its own."""
        if (have is None and not self.check_mode) or self.found.missing:
            return ()
        config = self.resources[CONFIG_KIND]
        return self._named(config, self.around(config), name)

    def _named(self, resource: Resource, parents: dict[str, str], name: str, but: str = "") -> Sequence[Item]:
        items = self.items(resource, parents, name=name)
        return [each for each in items if str(each["name"]).lower() == name.lower() and each["id"] != but]

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
