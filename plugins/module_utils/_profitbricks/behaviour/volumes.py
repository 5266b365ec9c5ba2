# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes, and where they are attached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field, children
from ..._engine.service import Item, Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import SERVER, VOLUME
from .references import resolve_image


def _attachments(cloud: Cloud, parents: Mapping[str, str], volumes: list[Item]) -> None:
    """Before version 6 a volume does not say where it is attached: the servers do."""
    if cloud.version >= 6 or not volumes:
        return
    servers = cloud.items(SERVER, parents, 2)
    attached = {item["id"]: server["id"] for server in servers for item in children(server, "volumes")}
    for volume in volumes:
        volume["server_id"] = attached.get(volume["id"])


def check_source(situation: Situation[Cloud], want: dict[str, Any], image: Item | None = None) -> None:
    """The rules of contract section 10.7 for a new volume."""
    named = bool(want.get("image") or want.get("image_alias"))
    das = want.get("disk_type") == "DAS"
    if das and want.get("size") is not None:
        raise InvalidOption("size: the template of the CUBE server says that of a DAS volume; leave it out")
    if want.get("size") is None and not das:
        raise InvalidOption(f"size: needed to create the volume {want.get('name') or ''}".rstrip())
    if not named and not want.get("licence_type") and not das:
        raise InvalidOption(
            "image: give an image to make the volume from, or licence_type for an empty volume"
        )
    if named and want.get("licence_type"):
        raise InvalidOption(
            "licence_type: the image says it; give licence_type only for a volume without image"
        )
    access = [name for name in ("image_password", "ssh_keys", "user_data") if want.get(name)]
    if access and not named:
        raise InvalidOption(f"{access[0]}: it needs an image to put it in; give image")
    zone = want.get("availability_zone")
    if zone not in (None, "AUTO") and want.get("disk_type") not in (None, "HDD"):
        raise InvalidOption(
            f"availability_zone: {zone} goes with disk_type HDD only; leave it out or set AUTO"
        )
    public = bool(want.get("image_alias")) or bool(image and image["properties"].get("public"))
    private = image is not None and not image["properties"].get("public")
    if public and not access:
        raise InvalidOption(
            "image_password: a public image needs image_password, ssh_keys or user_data to log in with"
        )
    if private and access:
        raise InvalidOption(
            f"{access[0]}: the image {want.get('name') or ''} is private or a snapshot and keeps its own"
        )


def _resolve_volume(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    if situation.have is None and want.get("disk_type") == "DAS":
        raise InvalidOption(
            "disk_type: a DAS volume is made together with its CUBE server; list it in volumes of profitbricks_server"
        )
    image = resolve_image(situation, want, situation.have is None)
    if situation.have is None:
        check_source(situation, want, image)


def _arrange_volume(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """Attach and detach; a new volume is made and attached in one request (contract section 10.5)."""
    if change.verb == "delete" or "server" not in situation.options:
        return writes
    place, given = situation.place, situation.options["server"]
    target = situation.cloud.sibling(SERVER.kind, "server", given, place) if given else None
    have = situation.have or {}
    current = have.get("server_id")
    if target == current:
        return writes
    servers = SERVER.collection_path(place.parents)
    name = str(have.get("name") or situation.options.get("name") or "")
    if change.verb == "create" and target:
        first, *rest = writes
        return [replace(first, path=f"{servers}/{target}/volumes", shows={"server_id": target}), *rest]
    # Which place it gets among the devices of a server, the service decides.
    shows = {"server_id": target, "device_number": None, "pci_slot": None}
    if current:
        path = f"{servers}/{current}/volumes/{{id}}"
        writes.append(Write("detach", f"volume {name}", "DELETE", path, shows=shows))
    if target:
        path = f"{servers}/{target}/volumes"
        writes.append(Write("attach", f"volume {name}", "POST", path, {"id": "{id}"}, shows=shows))
    return writes


ATTACH = Field(
    "server",
    refers="server",
    help="Name or UUID of the server that the volume shall be attached to; an empty string detaches it. Left out, the "
    "volume stays where it is.",
)


VOLUMES = Kind(
    PROFITBRICKS,
    VOLUME,
    options=(ATTACH,),
    complete=_attachments,
    resolve=_resolve_volume,
    arrange=_arrange_volume,
)
