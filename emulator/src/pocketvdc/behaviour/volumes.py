# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes and the snapshots made of them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from ..call import Call
from ..errors import ServiceError, backend, invalid
from ..permissions import may_create
from ..seed import CONFIDENTIAL, SSD_ZONES
from ..store import Record
from ..validate import FOREIGN, Draft, alien_keys, properties_of
from ..validate import draft as checked
from . import datacenters
from .nics import free_slot

# The only disk type of GPU servers.
GPU_STORAGE = "SSD Premium"

PASSWORD = re.compile(r"[a-zA-Z0-9]{8,50}")
PASSWORD_TEXT = (
    "Password syntax error. Password invalid, valid characters are: a-zA-Z0-9. Length between 8 and 50."
)
HOT_PLUG = (
    "cpuHotPlug", "cpuHotUnplug", "ramHotPlug", "ramHotUnplug", "nicHotPlug", "nicHotUnplug",
    "discVirtioHotPlug", "discVirtioHotUnplug", "discScsiHotPlug", "discScsiHotUnplug",
)  # fmt: skip
LONGEST_KEY = 8192  # characters
# What a snapshot takes over from its volume.
_INHERITED = (*HOT_PLUG, "exposeSerial", "requireLegacyBios", "applicationType")
# What the answer to its creation has null, by API version (contract section 10.9).
_TOLD_LATER = {4: ("licenceType",), 5: ("size",)}


def user_data_rule(value: str) -> str | None:
    """The padding may be missing (contract section 17, no. 6)."""
    try:
        base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except ValueError:
        return "Attribute 'userData' must be encoded in base64"
    return None


def password_rule(value: str) -> str | None:
    return None if PASSWORD.fullmatch(value) else PASSWORD_TEXT


def keys_rule(keys: list[str]) -> str | None:
    wrong = next((len(key) for key in keys if not 0 < len(key) <= LONGEST_KEY), None)
    if wrong is None:
        return None
    return (
        f"Invalid SSH key. Maximum allowed key size is 8K ({LONGEST_KEY} characters) and it can not be empty. "
        f"Given ssh key length: {wrong} characters"
    )


def source(call: Call, draft: Draft) -> Record | None:
    """The image or snapshot that a volume is to be made of."""
    ident, alias = draft.properties.get("image"), draft.properties.get("imageAlias")
    if ident:
        return call.store.find("images", ident) or call.store.find("snapshots", ident)
    if alias:
        return image_by_alias(call, alias, datacenters.location_of(draft))
    return None


def image_by_alias(call: Call, alias: str, location: str | None) -> Record | None:
    """What an alias of the location, or of its metro region, stands for."""
    metro = datacenters.metro_region(call, location)
    return call.cloud.aliases.get((location or "", alias)) or call.cloud.aliases.get((metro, alias))


def draft_hot_plugs_ram(call: Call, draft: Draft) -> bool:
    found = source(call, draft)
    return bool(draft.properties.get("ramHotPlug") or (found is not None and found.properties["ramHotPlug"]))


def first(draft: Draft, given: Mapping[str, Any]) -> None:
    """Told before all else about a volume (contract section 7.2)."""
    if given.get("imagePassword") is not None and not (given.get("image") or given.get("imageAlias")):
        draft.refuse("imagePassword", "Attribute 'image' or 'imageAlias' must be set for password")


def confidential_drafts(call: Call, server: Draft) -> list[Draft]:
    """The volumes of a new server whose images make it a confidential one."""
    return [volume for volume in server.children.get("volumes", ()) if _is_confidential(source(call, volume))]


def _is_confidential(found: Record | None) -> bool:
    return found is not None and CONFIDENTIAL in (found.properties.get("requiredFeatures") or ())


def check(call: Call, draft: Draft) -> None:
    given = draft.properties
    kind = given.get("type") or "HDD"
    if kind == "DAS":
        _check_das(draft)
    elif _in_gpu_server(draft):
        if given.get("type") not in (None, GPU_STORAGE):
            draft.refuse("type", f"A GPU server has a volume of type {GPU_STORAGE}")
    elif given.get("size") is None:
        draft.require("size")
    found = source(call, draft)
    if given.get("image") and given.get("imageAlias"):
        draft.refuse("imageAlias", "Attributes 'image' and 'imageAlias' exclude each other")
    elif given.get("image") and found is None:
        if not given.get("sshKeys"):  # else the keys are what is wrong
            draft.refuse("image", f"Image or snapshot '{given['image']}' does not exist")
    elif given.get("imageAlias") and found is None:
        home = datacenters.location_of(draft)
        missing = f"'imageAlias' not found in location '{home}' where Virtual Data Center is provisioned."
        draft.refuse("imageAlias", missing, "326")
    elif found is None and not given.get("licenceType"):
        draft.refuse(
            "licenceType", "One of the attributes 'image', 'imageAlias' and 'licenceType' is required"
        )
    _check_access(call, draft, found)
    _check_confidential(draft, found)
    if (
        found is not None
        and given.get("size") is not None
        and given["size"] < (found.properties["size"] or 0)
    ):
        draft.refuse(
            "size", f"Attribute 'size' must not be less than the image's {found.properties['size']} GB"
        )
    if given.get("availabilityZone") not in (None, "AUTO") and not _has_zones(call, draft, kind):
        draft.refuse(
            "availabilityZone", f"Attribute 'availabilityZone' must be AUTO for volumes of type {kind}"
        )
    if text := _too_large(call, kind, given.get("size")):
        draft.refuse("size", text)


def _has_zones(call: Call, draft: Draft, kind: str) -> bool:
    """HDD and SSD Standard have zones, DAS has none, the others have them where the location says so."""
    place = call.store.find("locations", datacenters.location_of(draft) or "")
    offered = place is not None and SSD_ZONES in (place.properties["features"] or ())
    return kind in ("HDD", "SSD Standard") or (offered and kind != "DAS")


def _check_confidential(draft: Draft, found: Record | None) -> None:
    """A confidential image comes with its server, which it boots for good (contract section 10.3)."""
    if not _is_confidential(found):
        return
    if draft.above is None or draft.above.row.kind != "server":
        draft.refuse("image", "A confidential image can only be used together with its new server")
    if draft.properties.get("bootOrder") == "NONE":
        draft.refuse("bootOrder", "Attribute 'bootOrder' must be PRIMARY with a confidential image")


def _too_large(call: Call, kind: str, size: float | None) -> str | None:
    largest = call.cloud.limits["hddLimitPerVolume" if kind == "HDD" else "ssdLimitPerVolume"] // 1024
    return f"Attribute 'size' must not be greater than {largest}" if size and size > largest else None


def _in_gpu_server(draft: Draft) -> bool:
    """The template of a GPU server says the size of its volume, too (contract section 10.3)."""
    return draft.above is not None and draft.above.properties.get("type") == "GPU"


def _check_das(draft: Draft) -> None:
    """A DAS volume comes with its Cube, and is as large as the template says (contract section 10.3)."""
    if draft.above is None or draft.above.properties.get("type") != "CUBE":
        draft.refuse("type", "A volume of type DAS can only be created together with its Cube server")
    if draft.properties.get("size") is not None:
        draft.refuse("size", "Attribute 'size' is not allowed for volumes of type DAS")


def _check_access(call: Call, draft: Draft, found: Record | None) -> None:
    """A public image wants a way to log in; nothing else may have one (contract section 10.7)."""
    given = draft.properties
    password, keys, data = (given.get(name) for name in ("imagePassword", "sshKeys", "userData"))
    public = found is not None and bool(found.properties.get("public"))
    if password is not None and found is not None and not public:
        draft.refuse("image", "Passwords/SSH Keys are only accepted for public ProfitBricks Images.")
    gone = found is None and not given.get("imageAlias")  # an unknown alias is told already
    if keys and (gone or (found is not None and not (public and _is_linux(found)))):
        draft.refuse("sshKeys", "An image template not found to use SSH keys.")
    if data and (found is None or found.properties.get("cloudInit") != "V1"):
        draft.refuse("userData", "Attribute 'userData' needs an image with cloudInit V1")
    unit = given.get("backupunitId")
    if unit is not None and call.store.root("backupunits").get(unit) is None:
        draft.refuse("backupunitId", f"Backup unit '{unit}' does not exist")
    elif unit is not None and not public:
        draft.refuse("backupunitId", "Attribute 'backupunitId' is only allowed with a public image")
    if (
        public
        and not (password or keys or data)
        and found is not None
        and found.properties["imageType"] != "CDROM"
    ):
        draft.refuse("imagePassword", "Attribute 'imagePassword' or 'sshKeys' is required for a public image")


def _is_linux(image: Record) -> bool:
    return image.properties["licenceType"] in ("LINUX", "RHEL", "OTHER")


def build(call: Call, volume: Record, draft: Draft) -> None:
    found = source(call, draft)
    properties = volume.properties
    properties["imageAlias"] = None
    keys = draft.properties.get("sshKeys")
    if keys == [] or call.version < 6:
        # The answer echoes them: that of old versions all, that of v6 an empty list.
        properties["sshKeys"] = keys
    if _in_gpu_server(draft):
        properties["type"] = GPU_STORAGE
    volume.private["templated"] = properties["type"] == "DAS" or _in_gpu_server(draft)
    if _is_confidential(found):
        volume.private["confidential"] = True
        properties["bootOrder"] = "PRIMARY"
    if found is not None:
        properties["image"] = found.id
        properties["licenceType"] = found.properties["licenceType"]
        for name in (*HOT_PLUG, "exposeSerial"):
            if draft.properties.get(name) is None:
                properties[name] = bool(found.properties.get(name))
        # The image's counts, whatever was sent (contract section 17, no. 17).
        properties["requireLegacyBios"] = bool(found.properties.get("requireLegacyBios"))
        properties["applicationType"] = found.properties.get("applicationType") or "UNKNOWN"
        datacenter = volume.above("datacenter")
        home = datacenter.properties["location"] if datacenter else None
        if not datacenters.reaches(call, home, found.properties["location"]):
            call.fail(_wrong_location("Image", found, home))
    if properties["size"] is None:
        properties["size"] = _template_size(call, draft)
    volume.private["new"] = True


def _wrong_location(kind: str, found: Record, home: str | None) -> str:
    return (
        f"[VDC-5-622] {kind} {found.id} is from location {found.properties['location']} "
        f"but Virtual Data Center is from another location {home}"
    )


def _template_size(call: Call, draft: Draft) -> Any:
    """A DAS volume is as large as its Cube's template says."""
    template = draft.above.properties.get("templateUuid") if draft.above else None
    found = call.store.find("templates", template or "")
    return found.properties["storageSize"] if found else None


def ready(call: Call, volume: Record) -> None:
    volume.private.pop("new", None)
    if volume.alive:
        zone = volume.properties["availabilityZone"] or "AUTO"
        volume.properties = {**volume.properties, "availabilityZone": zone, "sshKeys": None}
    volume.changed()


def view(volume: Record, properties: dict[str, Any], base: str) -> None:
    """Once it is made: the bus reads null until it is attached for the first time, the boot order ``NONE`` while
    it is not attached."""
    new = volume.private.get("new")
    if not (new or volume.private.get("bus")):
        properties["bus"] = None
    if not new and volume.properties["deviceNumber"] is None and "bootOrder" in properties:
        properties["bootOrder"] = "NONE"


def check_update(call: Call, volume: Record, changed: dict[str, Any]) -> None:
    if volume.private.get("server") is None and changed.get("bootOrder") == "NONE":
        del changed["bootOrder"]  # what every loose volume reads
    size = changed.get("size")
    if size is not None and volume.properties["type"] == "DAS" and size != volume.properties["size"]:
        raise invalid("(root).properties.size", "Attribute 'size' is fixed for volumes of type DAS")
    if size is not None and size < volume.properties["size"]:
        text = f"Attribute 'size' must not be less than {volume.properties['size']}; a volume cannot shrink"
        raise invalid("(root).properties.size", text)
    if text_ := _too_large(call, volume.properties["type"], size):
        raise invalid("(root).properties.size", text_)
    _check_boot_order(volume, changed.get("bootOrder"))
    licence = changed.get("licenceType")
    if volume.properties["image"] and licence not in (None, volume.properties["licenceType"]):
        text = "Attribute 'licenceType' is fixed by the image"
        raise ServiceError(422, [("100", f"[(root).properties.licenceType] {text}")])


def _check_boot_order(volume: Record, order: str | None) -> None:
    """``PRIMARY`` needs all other volumes of the server to be ``NONE``.

    The converse rule for ``AUTO`` is not held to: it would leave no order in which to go back (inferred).
    """
    if order not in (None, "PRIMARY") and volume.private.get("confidential"):
        raise invalid(
            "(root).properties.bootOrder", "Attribute 'bootOrder' is PRIMARY on a confidential server"
        )
    server: Record | None = volume.private.get("server")
    if order != "PRIMARY" or server is None:
        return
    for other in server.linked("volumes").values():
        if other is not volume and other.properties["bootOrder"] != "NONE":
            text = f"Attribute 'bootOrder' can be PRIMARY only while volume {other.id} has NONE"
            raise ServiceError(422, [("100", f"[(root).properties.bootOrder] {text}")])


def settled(call: Call, volume: Record, before: dict[str, Any]) -> None:
    """``NONE`` takes the boot volume from its server, ``PRIMARY`` makes it that (contract section 17, no. 16)."""
    server: Record | None = volume.private.get("server")
    order = volume.properties["bootOrder"]
    if server is None or not server.alive or order == before["bootOrder"]:
        return
    boots_ = server.properties["bootVolume"] == volume.id
    if order == "NONE" and boots_:
        server.properties = {**server.properties, "bootVolume": None}
    elif order == "PRIMARY" and not boots_:
        server.properties = {**server.properties, "bootVolume": volume.id, "bootCdrom": None}
    server.changed()


def boots(volume: Record) -> None:
    """A server is told to boot from it, which it may do again if it might not (inferred)."""
    if volume.alive and volume.properties["bootOrder"] == "NONE":
        volume.properties = {**volume.properties, "bootOrder": "AUTO"}
        volume.changed()


def plug(volume: Record, server: Record) -> None:
    """The volume is attached: it has a device number, a slot and a server."""
    others = [other for other in server.linked("volumes").values() if other is not volume]
    number = 1
    while any(other.properties["deviceNumber"] == number for other in others):
        number += 1
    taken = {other.properties["pciSlot"] for other in others}
    taken |= {nic.properties["pciSlot"] for nic in server.children.get("nics", {}).values()}
    slot = free_slot(taken)
    volume.private["server"] = server
    volume.private["bus"] = True
    volume.properties = {
        **volume.properties, "deviceNumber": number, "pciSlot": slot, "bootServer": server.id,
    }  # fmt: skip
    volume.changed()


def unplug(volume: Record, server: Record) -> None:
    """The volume is detached; its server boots from the next one, if there is one (inferred)."""
    if volume.private.get("server") is server:
        del volume.private["server"]
    volume.private.pop("parting", None)
    volume.properties = {**volume.properties, "deviceNumber": None, "pciSlot": None, "bootServer": None}
    volume.changed()
    server.linked("volumes").pop(volume.id, None)
    if server.properties["bootVolume"] == volume.id:
        others = server.linked("volumes").items()
        following = next((other for other, one in others if one.properties["bootOrder"] != "NONE"), None)
        server.properties = {**server.properties, "bootVolume": following}
    server.changed()


def check_delete(call: Call, volume: Record) -> None:
    keep_bound(volume)


def keep_bound(volume: Record) -> None:
    """What came with a template, or makes its server confidential, stays until that is deleted (inferred)."""
    server: Record | None = volume.private.get("server")
    if server is None or server.leaving:
        return
    if volume.private.get("templated"):
        name = "GPU" if server.properties["type"] == "GPU" else "Cube"
        raise backend(f"[VDC-5-1925] Volume {volume.id} is part of {name} server {server.id}.")
    if volume.private.get("confidential"):
        raise backend(
            f"[VDC-5-1926] Volume {volume.id} is the boot volume of confidential server {server.id}."
        )


def removed(volume: Record) -> None:
    server: Record | None = volume.private.get("server")
    if server is not None:
        unplug(volume, server)


# Snapshots


def _action_body(call: Call) -> dict[str, Any]:
    """The fields of a snapshot action: a form from old clients, an envelope from new ones."""
    text = call.body.decode("utf-8", "replace").strip()
    if not text:
        return {}
    if text.startswith("{"):
        body = json.loads(text) if _is_json(text) else call.json()
        if alien := alien_keys(body):
            raise ServiceError(422, alien)
        return dict(properties_of(body, required=False))
    form = dict(parse_qsl(text, keep_blank_values=True))
    if not form:
        call.json()  # neither a form nor JSON: 400
    # Old clients write Python's None out in letters.
    return {name: value for name, value in form.items() if value != "None"}


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def create_snapshot(call: Call, volume: Record) -> Record:
    may_create(call, call.cloud.table["snapshot"], None)
    body = {"properties": _action_body(call)}
    result = checked(call.cloud.table, call.cloud.table["snapshot"], body, call.version)
    if result.messages:
        raise ServiceError(422, result.messages)
    datacenter = volume.above("datacenter")
    assert datacenter is not None
    snapshot = call.new(result, "snapshots", None)
    call.touch(volume, listed=False)
    properties = snapshot.properties
    properties["location"] = datacenter.properties["location"]
    properties["licenceType"] = properties["licenceType"] or volume.properties["licenceType"]
    properties["size"] = volume.properties["size"]
    day = datetime.fromtimestamp(call.now, UTC).strftime("%m/%d/%Y")
    name = volume.properties["name"] or volume.id
    properties["name"] = properties["name"] or f"{name}-Snapshot-{day}"
    home = datacenter.properties["name"] or datacenter.id
    properties["description"] = properties["description"] or f'Created from "{name}" in Data Center "{home}"'
    for name in _INHERITED:
        properties[name] = volume.properties.get(name)
    for name in _TOLD_LATER.get(call.version, ()):
        call.on_done(partial(_tell, snapshot, name, properties[name]))
        properties[name] = None
    return snapshot


def _tell(snapshot: Record, name: str, value: Any) -> None:
    """What the answer to the creation did not say; an update may have been faster."""
    if snapshot.properties[name] is None:
        snapshot.properties = {**snapshot.properties, name: value}
        snapshot.changed()


def restore_snapshot(call: Call, volume: Record) -> None:
    body = _action_body(call)
    ident = body.pop("snapshotId", None)
    if body:
        raise ServiceError(422, [("106", f"[(root).properties.{name}] {FOREIGN}") for name in body])
    if not ident:
        raise ServiceError(
            422, [("100", "[(root).properties.snapshotId] Attribute 'snapshotId' is required")]
        )
    snapshot = call.store.find("snapshots", str(ident))
    if snapshot is None:
        raise ServiceError(
            422, [("100", f"[(root).properties.snapshotId] Snapshot '{ident}' does not exist")]
        )
    datacenter = volume.above("datacenter")
    home = datacenter.properties["location"] if datacenter is not None else None
    if not datacenters.reaches(call, home, snapshot.properties["location"]):
        raise backend(_wrong_location("Snapshot", snapshot, home))
    call.touch(volume)
    volume.stamp(call.user, call.now)
