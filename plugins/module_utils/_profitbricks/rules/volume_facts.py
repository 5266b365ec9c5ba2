# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans know of volumes: which one is meant, and which server each is attached to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..._engine.plan.steps import Path
from ..._engine.schema.resource import children
from ..._engine.service import Item
from ..resources.images import IMAGE
from ..resources.locations import metro_region
from ..resources.servers import SERVER, VOLUME
from .inside import InsideFacts
from .labelled import LabelledFacts

if TYPE_CHECKING:
    from .volume_plan import VolumePlan

# Which place a volume gets among the devices of a server, and in the order of booting, the service decides.
PLACE: dict[str, object] = {"device_number": None, "pci_slot": None, "boot_order": None}


class VolumeFacts(InsideFacts, LabelledFacts):
    """`InsideFacts` for kinds that have to do with volumes.

    ``compares_images`` is off once steps were made: what was foreseen of images is not looked at again.
    """

    compares_images: bool = True

    @cached_property
    def _images(self) -> dict[str, Item]:
        """Images by id, as results: often many volumes are made of the same one."""
        return {}

    @property
    def holders(self) -> Mapping[str, Path]:
        """Where in the tree the server is that a volume is attached to, by the id of the volume."""
        return {}

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

    def image(self, image_id: str) -> Item | None:
        """An image by its id, as a result; None where there is none, or none any more."""
        if image_id not in self._images:
            # One list stands in for the images of several volumes.
            home = metro_region(self.known_location)
            where = ("location", home) if home else ("imageType", "HDD")
            item = self.item(IMAGE, {}, image_id, where=(where,))
            if item is None:
                return None
            self._images[image_id] = IMAGE.decode(item, {})
        return self._images[image_id]
