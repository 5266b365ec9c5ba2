# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans of this service know: how NICs, LANs and images are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from ..._engine.errors import AmbiguousName, InvalidOption, NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.steps import Path, Ref
from ..._engine.schema.resource import Resource, children
from ..._engine.service import Item, Selector, selector
from ..resources.common import ADDRESS, place_in_block
from ..resources.compute import DATACENTER, NIC, SERVER, VOLUME
from ..resources.images import IMAGE, metro_region
from ..resources.network import IPBLOCK, LOADBALANCER
from ..states import busy

if TYPE_CHECKING:
    from ..._engine.plan.protect import Going
    from .volumes import VolumePlan


class CloudFacts(Facts):
    """`Facts` of one data center, or of the account."""

    rehearses = True
    measures: ClassVar = {
        "cores": ("servers", "cores"),
        "ram": ("servers", "ram"),
        "storage": ("volumes", "size"),
    }

    def spare(self, going: Sequence[Going]) -> None:
        from .protect import spare_labelled

        super().spare(going)
        spare_labelled(going, self)

    def refers(self, kind: str) -> bool:
        return kind == ADDRESS or super().refers(kind)

    def id_of(self, kind: str, option: str, value: Any) -> str | Ref:
        if kind == ADDRESS:
            return self.address(option, str(value))
        return self.nic(option, str(value)) if kind == NIC.kind else super().id_of(kind, option, value)

    def address(self, option: str, value: str) -> str:
        """An address, which may be given by its place in a reserved block. Raises NotFound, and AmbiguousName.

        In check mode a block may be one that an earlier task would reserve: its addresses nobody knows yet.
        """
        named = place_in_block(value)
        if named is None:
            return value
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

    def named(self, wanted: Selector) -> str | Ref:
        """As of any service; in check mode, a target group that an earlier task would create is taken for granted."""
        try:
            return super().named(wanted)
        except NotFound:
            if not self.check_mode or wanted.resource.kind != "target_group":
                raise
            return self.to_come(wanted)

    def to_come(self, wanted: Selector) -> Ref:
        """What stands for the id of an object that an earlier task would create, in check mode, with a warning."""
        what = f"{wanted.resource.label} {wanted.value}"
        self.warnings.append(f"{wanted.option}: {what} does not exist yet; predicted as if it did")
        return Ref((wanted.resource.kind, wanted.value))

    def nowhere(self, resource: Resource) -> tuple[str, str]:
        if resource.parents:
            return super().nowhere(resource)
        return ("", f"profitbricks_{resource.kind}_info lists the {resource.several}")

    @staticmethod
    def name_of(item: Mapping[str, Any]) -> str:
        return str((item.get("properties") or {}).get("name") or "")

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

    @property
    def holders(self) -> Mapping[str, Path]:
        """Where in the tree the server is that a volume is attached to, by the id of the volume."""
        return {}

    def image(self, image_id: str) -> Item | None:
        """An image by its id, as a result; None where there is none, or none any more."""
        # One list stands in for the images of several volumes.
        home = metro_region(self.known_location)
        where = ("location", home) if home else ("imageType", "HDD")
        item = self.item(IMAGE, {}, image_id, where=(where,))
        return IMAGE.decode(item, {}) if item else None

    def at_work(self, resource: Resource, item: Item | None = None) -> bool:
        """Whether the service is still at work on an object, or may be: where it was not read, that is not known."""
        item = item or self.found.known.get(resource.kind)
        return item is None or busy(item)

    # -- volumes and balancers ------------------------------------------------------------------------------------------

    @property
    def volumes(self) -> VolumePlan | None:
        """Which volume is which in a tree; None where the volumes of one server are all that there is to tell apart."""
        return None

    def volumes_named(self, names: Sequence[str]) -> list[Item]:
        """The volumes of the data center that have these names, as results."""
        found: dict[str, Item] = {}
        for name in names:
            for item in self.items(VOLUME, self.around(VOLUME), name=name):
                found[item["id"]] = VOLUME.decode(item, self.found.parents)
        return self.with_holders([each for each in found.values() if each["name"] in names])

    def with_holders(self, volumes: list[Item]) -> list[Item]:
        """Volumes with the ids of the servers that they are attached to, which before version 6 only these tell."""
        if not volumes or self.version >= 6:
            return volumes
        holder = {
            volume["id"]: server["id"]
            for server in self.here(SERVER, depth=2)
            for volume in children(server, VOLUME.collection)
        }
        return [{**each, "server_id": holder.get(each["id"])} for each in volumes]

    def server_names(self, volumes: Sequence[Item]) -> dict[str, str]:
        """The names of the servers that volumes are attached to, by id."""
        parents = self.around(SERVER)
        ids = {str(each["server_id"]) for each in volumes if each["server_id"]}
        found = {each: self.item(SERVER, parents, each, depth=0) for each in ids}
        return {each: str(SERVER.properties(item).get("name")) for each, item in found.items() if item}

    def balancer_addresses(self, nic_id: str) -> list[str]:
        """The addresses of the load balancers that a NIC shares the load of (contract section 10.14)."""
        return [
            str(LOADBALANCER.properties(item).get("ip"))
            for item in self.here(LOADBALANCER, depth=2)
            if nic_id in [nic["id"] for nic in children(item, "balancednics")]
        ]

    # -- NICs: as server/nic, by a name that only one has, or by UUID ---------------------------------------------------

    def nic(self, option: str, value: str) -> str | Ref:
        """The id of a NIC. Raises NotFound, and AmbiguousName."""
        if NIC.is_id(value):
            return value.lower()
        found = list(dict.fromkeys(nic for mark, nic in self.nics() if mark == value))
        if len(found) > 1:
            raise AmbiguousName(NIC.label, option, value, map(str, found))
        if not found and self.found.missing:
            return Ref((NIC.kind, value))
        if not found:
            advice = "name it as server/nic, or by its UUID"
            raise NotFound(
                NIC.label, option, value, "the data center", advice, (mark for mark, _nic in self.nics())
            )
        return found[0]

    def nics(self) -> Iterator[tuple[str, str | Ref]]:
        """All that each NIC of the data center may be called, with its id."""
        for server in self.here(SERVER, depth=3):
            for nic in children(server, NIC.collection):
                names = SERVER.properties(server).get("name"), NIC.properties(nic).get("name")
                yield from ((mark, str(nic["id"])) for mark in nic_marks(server["id"], nic["id"], *names))


def nic_marks(server_id: Any, nic_id: Any, server: Any, nic: Any) -> Iterator[str]:
    """All that a NIC may be called, given ids and names of its server and itself."""
    if nic:
        yield str(nic)
    for above in (server, server_id):
        for own in (nic, nic_id):
            if above and own:
                yield f"{above}/{own}"
