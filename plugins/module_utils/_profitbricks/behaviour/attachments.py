# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attaching volumes and CD-ROMs to servers, and detaching them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..._engine.clock import Deadline
from ..._engine.errors import InvalidOption, NotFound
from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.service import Item, Write, selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.attachments import CDROM_ATTACHMENT, VOLUME_ATTACHMENT
from ..resources.compute import SERVER, VOLUME
from ..resources.images import IMAGE
from .references import find_image
from .volumes import VOLUMES


def _keep_name(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """The option may hold an id, which is no name to be compared."""
    mark = situation.resource.identity
    if situation.resource.is_id(want.get(mark)):
        del want[mark]


def _attach(situation: Situation[Cloud], target: Item, what: str, shows: Item) -> Write:
    resource, parents = situation.resource, situation.place.parents
    shown = {**resource.decode(target, parents), **shows}
    path = resource.collection_path(parents)
    # Repeated, it changes nothing more.
    return Write("attach", what, "POST", path, {"id": target["id"]}, shows=shown, safe=True)


def _settle(situation: Situation[Cloud], deadline: Deadline) -> None:
    """Only what is fully provisioned can be attached, or attached to (contract section 10.5)."""
    cloud, place = situation.cloud, situation.place
    if situation.state == "absent":
        return
    for resource, item_id in (
        (SERVER, place.parents[SERVER.kind]),
        (VOLUME, _known_id(situation, VOLUME.kind)),
    ):
        item = place.known.get(resource.kind)
        if item_id and (item is None or cloud.busy(resource, item)):
            cloud.settled(resource, place.parents, item_id, deadline)


def _known_id(situation: Situation[Cloud], kind: str) -> str:
    return str((situation.place.known.get(kind) or {}).get("id") or "")


# -- volumes ------------------------------------------------------------------------------------------------------


def _arrange_volume(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if change.verb == "delete":
        return [replace(write, verb="detach", what=f"volume {_name(situation)}") for write in writes]
    if change.verb != "create":
        return writes
    cloud, parents = situation.cloud, situation.place.parents
    volume = situation.place.known[VOLUME.kind] = _find_volume(situation)
    what = f"volume {volume['properties'].get('name') or volume['id']}"
    # Which place it gets among the devices, the service decides.
    attach = _attach(situation, volume, what, {"device_number": None, "pci_slot": None})
    holder = VOLUMES.decode(cloud, [volume], parents)[0]["server_id"]
    if not holder:
        return [attach]
    elsewhere = VOLUME_ATTACHMENT.item_path({**parents, SERVER.kind: holder}, volume["id"])
    return [Write("detach", what, "DELETE", elsewhere), attach]


def _find_volume(situation: Situation[Cloud]) -> Item:
    cloud, parents = situation.cloud, situation.place.parents
    wanted = selector(VOLUME, "volume", situation.options["volume"])
    if wanted.by_id:
        found = cloud.find(VOLUME.item_path(parents, wanted.value))
    else:
        found = wanted.pick(cloud.items(VOLUME, parents, 1, {"name": wanted.value}))
    if found is None:
        raise NotFound(VOLUME.label, "volume", wanted.value, "the data center")
    return found


def _name(situation: Situation[Cloud]) -> str:
    have = situation.have or {}
    return str(have.get(situation.resource.identity) or have.get("id"))


# -- CD-ROMs ------------------------------------------------------------------------------------------------------


def _arrange_cdrom(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if change.verb == "delete":
        return [replace(write, verb="detach", what=f"CD-ROM {_name(situation)}") for write in writes]
    if change.verb != "create":
        return writes
    image = _find_cdrom(situation)
    return [_attach(situation, image, f"CD-ROM {image['properties'].get('name') or image['id']}", {})]


def _find_cdrom(situation: Situation[Cloud]) -> Item:
    wanted = selector(IMAGE, "cdrom", situation.options["cdrom"])
    if not wanted.by_id:
        return find_image(situation, wanted.value, "cdrom", (IMAGE,), "CDROM")
    image = situation.cloud.find(IMAGE.item_path({}, wanted.value))
    if image is None:
        raise NotFound("image", "cdrom", wanted.value, advice="profitbricks_image_info lists the images")
    if image["properties"].get("imageType") != "CDROM":
        name = image["properties"].get("name") or wanted.value
        raise InvalidOption(f"cdrom: the image {name} is for volumes, and no CD-ROM")
    return image


VOLUME_ATTACHMENTS = Kind(
    PROFITBRICKS, VOLUME_ATTACHMENT, resolve=_keep_name, arrange=_arrange_volume, prepare=_settle
)
CDROM_ATTACHMENTS = Kind(
    PROFITBRICKS, CDROM_ATTACHMENT, resolve=_keep_name, arrange=_arrange_cdrom, prepare=_settle
)
