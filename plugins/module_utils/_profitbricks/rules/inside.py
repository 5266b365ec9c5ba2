# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans know of a data center that they work in: its location, what else is in it, and reserved addresses."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import AmbiguousName, InvalidOption
from ..._engine.plan.steps import Ref
from ..._engine.schema.resource import Resource
from ..._engine.service import Item, selector
from ..resources.common import ADDRESS, place_in_block
from ..resources.datacenters import DATACENTER
from ..resources.locations import metro_region
from .facts import CloudFacts


class InsideFacts(CloudFacts):
    """`CloudFacts` of one data center."""

    def refers(self, kind: str) -> bool:
        return kind == ADDRESS or super().refers(kind)

    def id_of(self, kind: str, option: str, value: Any) -> str | Ref:
        return self.address(option, str(value)) if kind == ADDRESS else super().id_of(kind, option, value)

    def address(self, option: str, value: str) -> str:
        """An address, which may be given by its place in a reserved block. Raises NotFound, and AmbiguousName.

        In check mode a block may be one that an earlier task would reserve: its addresses nobody knows yet.
        """
        named = place_in_block(value)
        if named is None:
            return value
        from ..resources.ipblocks import IPBLOCK  # here, because few tasks name one

        block, place = named
        items = [item for item in self.items(IPBLOCK, {}, name=block) if self.name_of(item) == block]
        if len(items) > 1:
            near = (self.location, metro_region(self.location))
            items = [item for item in items if IPBLOCK.properties(item).get("location") in near]
        if len(items) > 1:
            raise AmbiguousName(IPBLOCK.label, option, block, [item["id"] for item in items])
        if not items and self.check_mode:
            self.warnings.append(f"{option}: the IP block {block} does not exist yet; predicted as if it did")
            return value
        if not items:
            raise self.missing(selector(IPBLOCK, option, block), {}, *self.nowhere(IPBLOCK))
        ips: list[str] = IPBLOCK.decode(items[0], {})["ips"]
        if place >= len(ips):
            last = f"the last of its addresses is {block}.{len(ips) - 1}" if ips else "it has no addresses"
            raise InvalidOption(f"{option}: the IP block {block} has no {value}: {last}")
        return ips[place]

    def here(self, resource: Resource, depth: int = 1) -> list[Item]:
        """All objects of a kind in the data center, as the wire shows them."""
        return self.items(resource, self.around(resource), depth=depth)

    @property
    def known_location(self) -> str:
        """The location of the data center, where that was read already; else an empty text."""
        return str(DATACENTER.properties(self._on_the_way).get("location") or "")

    @property
    def location(self) -> str:
        """The location of the data center; empty as long as it is not read."""
        return str(DATACENTER.properties(self.datacenter or {}).get("location") or "")

    @property
    def datacenter(self) -> Item | None:
        """The data center as the wire shows it; None as long as it is not read."""
        if DATACENTER.properties(self._on_the_way):
            return self._on_the_way
        return self.item(DATACENTER, {}, self.found.parents[DATACENTER.kind], depth=0)

    @property
    def _on_the_way(self) -> Item:
        """What was read of the data center to find something in it."""
        return self.found.tree or self.found.known.get(DATACENTER.kind) or {}
