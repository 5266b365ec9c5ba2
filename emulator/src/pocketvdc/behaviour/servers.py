# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers: their rules, actions, attached volumes and CD-ROMs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from ..call import Call
from ..errors import ServiceError, backend, not_found
from ..operations import build as build_draft
from ..permissions import refuse_managed
from ..seed import CONFIDENTIAL
from ..store import Record, remove
from ..table import Built
from ..tokens import jwt
from ..validate import Draft
from . import contracts, datacenters, nics, secgroups, servertypes, volumes

MOST_CDROMS = 2
HOT_PLUG_RAM = 1024  # MB; the least that a server with RAM hot plug can have


def _broken_hostname(value: str | None) -> str | None:
    if not value or re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", value):
        return None
    return "Attribute 'hostname' holds a-z, 0-9 and '-', no leading '-', at most 63 characters"


def check(call: Call, draft: Draft) -> None:
    servertypes.check(call, draft)
    if text := _broken_hostname(draft.properties.get("hostname")):
        draft.refuse("hostname", text)
    _check_boot(call, draft)
    drafts = draft.children.get("volumes", ())
    if (
        len(drafts) + len(draft.linked.get("volumes", ())) + len(draft.children.get("nics", ()))
        > nics.MOST_DEVICES
    ):
        draft.refuse_backend(
            f"[VDC-5-1041] A server cannot have more than {nics.MOST_DEVICES} volumes and NICs."
        )
    ram = draft.properties.get("ram")
    if ram is not None and ram < HOT_PLUG_RAM and any(volumes.draft_hot_plugs_ram(call, v) for v in drafts):
        draft.refuse("ram", _hot_plug_text())


def _hot_plug_text() -> str:
    return f"Attribute 'ram' must not be less than {HOT_PLUG_RAM} when a volume has RAM hot plug"


def _check_boot(call: Call, draft: Draft) -> None:
    volume, cdrom = draft.properties.get("bootVolume"), draft.properties.get("bootCdrom")
    if volume and cdrom:
        draft.refuse("bootCdrom", "Attributes 'bootVolume' and 'bootCdrom' exclude each other")
    datacenter = datacenters.datacenter_of(draft)
    if volume and (datacenter is None or volume not in datacenter.children.get("volumes", {})):
        draft.refuse("bootVolume", f"Volume '{volume}' does not exist in this data center")
    if cdrom and (text := _broken_cdrom(call, cdrom, datacenters.location_of(draft))):
        draft.refuse("bootCdrom", text)


def _broken_cdrom(call: Call, ident: str, location: str | None) -> str | None:
    image = call.store.find("images", ident)
    if image is None:
        return f"Image '{ident}' does not exist"
    if image.properties["imageType"] != "CDROM":
        return f"Image '{ident}' is not of type CDROM"
    if location is not None and not datacenters.reaches(call, location, image.properties["location"]):
        return f"Image '{ident}' is from location {image.properties['location']}, not from {location}"
    return None


def build(call: Call, server: Record, draft: Draft) -> None:
    properties = server.properties
    if datacenters.location_of(server) in call.cloud.settings.full:
        call.fail("[VDC-5-601] The location has no room for the server. Please contact support.")
    confidential = bool(volumes.confidential_drafts(call, draft))
    if properties["type"] in servertypes.TEMPLATED:
        template = call.store.find("templates", properties["templateUuid"])
        assert template is not None
        properties["cores"] = int(template.properties["cores"])
        properties["ram"] = int(template.properties["ram"])
        _add_cards(call, server, template.properties["gpus"])
    if confidential:
        properties["enabledFeatures"] = [CONFIDENTIAL]
        properties["cores"] = servertypes.CONFIDENTIAL_CORES
    if properties["type"] == servertypes.ENTERPRISE and not properties["cpuFamily"]:
        properties["cpuFamily"] = servertypes.family_of(call, server, confidential=confidential)
    if properties["type"] == "CUBE":
        properties["nicMultiQueue"] = None
    if properties["bootVolume"]:
        attach_volume(call, server, properties["bootVolume"])
    if properties["bootCdrom"]:
        attach_cdrom(call, server, properties["bootCdrom"])


def _add_cards(call: Call, server: Record, gpus: list[dict[str, Any]]) -> None:
    """The cards come with the template of the server (contract section 10.36)."""
    for gpu in gpus:
        for number in range(1, gpu["count"] + 1):
            card = call.make(call.cloud.table["gpu"], "gpus", server)
            card.properties = {
                "name": f"{gpu['model']} {number}",
                **{name: gpu[name] for name in ("vendor", "model", "type")},
            }


def ready(call: Call, server: Record) -> None:
    """Servers start automatically; the first volume becomes the boot volume (inferred)."""
    if not server.alive:
        return
    properties = server.properties
    server.properties = {
        **properties,
        "vmState": "RUNNING",
        "hostname": properties["hostname"] or properties["name"],
        "cpuFamily": properties["cpuFamily"] or servertypes.family_of(call, server, confidential=False),
    }
    choose_boot_volume(server)
    server.changed()


def choose_boot_volume(server: Record) -> None:
    """A server without boot device boots from its first volume that may be booted from."""
    properties = server.properties
    if properties["bootVolume"] is None and properties["bootCdrom"] is None:
        found = (v for v in server.linked("volumes").values() if v.properties["bootOrder"] != "NONE")
        first = next(found, None)
        if first is not None:
            server.properties = {**properties, "bootVolume": first.id}
            server.changed()


def boot_volume(server: Record) -> dict[str, Record]:
    """What v4 shows whole of it (contract section 4)."""
    volume = server.linked("volumes").get(server.properties["bootVolume"] or "")
    return {"bootVolume": volume} if volume is not None else {}


def view(server: Record, properties: dict[str, Any], base: str) -> None:
    """Boot devices are kept as ids and read as references."""
    datacenter = server.parent
    assert datacenter is not None and server.store is not None
    for name, found in (
        ("bootVolume", datacenter.children.get("volumes", {}).get(properties["bootVolume"] or "")),
        ("bootCdrom", server.store.find("images", properties["bootCdrom"] or "")),
    ):
        if properties[name] is not None:
            properties[name] = (
                {"id": found.id, "type": found.type, "href": base + found.path} if found is not None else None
            )


def check_update(call: Call, server: Record, changed: dict[str, Any]) -> None:
    if changed.get("cpuFamily", True) in ("", None):
        changed["cpuFamily"] = server.properties["cpuFamily"]  # chosen by the service already
    servertypes.settle_family(call, changed)
    if messages := [
        (code, text if code == "200" else f"[(root).properties.{name}] {text}")
        for code, name, text in _broken_update(call, server, changed)
    ]:
        raise ServiceError(422, messages)
    if server.properties["type"] == "CUBE":
        changed.pop("nicMultiQueue", None)  # null is no value of it
    _choose_boot_device(call, server, changed)


def _broken_update(call: Call, server: Record, changed: dict[str, Any]) -> Iterable[servertypes.Problem]:
    datacenter = server.parent
    assert datacenter is not None
    location, family = datacenter.properties["location"], server.properties["cpuFamily"]
    given = {name: value for name, value in changed.items() if value != server.properties.get(name)}
    yield from servertypes.broken_sizes(call, given, location, changed.get("cpuFamily") or family)
    yield from servertypes.fixed_values(server, changed)
    if text := _broken_hostname(given.get("hostname")):
        yield "100", "hostname", text
    hot_plug = any(volume.properties["ramHotPlug"] for volume in server.linked("volumes").values())
    if changed.get("ram") is not None and changed["ram"] < HOT_PLUG_RAM and hot_plug:
        yield "100", "ram", _hot_plug_text()
    volume, cdrom = changed.get("bootVolume"), changed.get("bootCdrom")
    if volume and cdrom:
        yield "100", "bootCdrom", "Attributes 'bootVolume' and 'bootCdrom' exclude each other"
    if volume and volume not in datacenter.children.get("volumes", {}):
        yield "100", "bootVolume", f"Volume '{volume}' does not exist in this data center"
    if cdrom and (text := _broken_cdrom(call, cdrom, location)):
        yield "100", "bootCdrom", text


def _choose_boot_device(call: Call, server: Record, changed: dict[str, Any]) -> None:
    """Setting one boot device clears the other, and attaches what is not attached yet."""
    volume, cdrom = changed.get("bootVolume"), changed.get("bootCdrom")
    if volume:
        changed["bootCdrom"] = None
        if volume not in server.linked("volumes"):
            attach_volume(call, server, volume)
        call.on_done(partial(volumes.boots, server.linked("volumes")[volume]))
    elif cdrom:
        changed["bootVolume"] = None
        if cdrom not in server.linked("cdroms"):
            attach_cdrom(call, server, cdrom)


def check_delete(call: Call, server: Record) -> None:
    """Volumes stay unless the caller wants them gone; those that came with a template go (contract section 10.3)."""
    everything = call.version >= 6 and call.flag("deleteVolumes")
    for volume in list(server.linked("volumes").values()):
        if everything or volume.private.get("templated"):
            call.touch(volume)
            call.on_done(partial(remove, volume))
        else:
            call.touch(volume, listed=False)


def removed(server: Record) -> None:
    secgroups.withdraw(server)
    for volume in list(server.linked("volumes").values()):
        volumes.unplug(volume, server)
    server.links.clear()


def select(call: Call, servers: list[Record]) -> list[Record]:
    """``upgradeNeeded`` asks for outdated servers, or for the others; v5 alone knows it (contract section 1.2)."""
    if call.version != 5 or "upgradeNeeded" not in call.query:
        return servers
    wanted = call.flag("upgradeNeeded")
    return [server for server in servers if bool(server.private.get("outdated")) is wanted]


# Actions


def start(call: Call, server: Record) -> None:
    _refuse_cube(server, "start")
    if server.properties["vmState"] == "SHUTOFF":
        contracts.refuse_excess(call, contracts.use(server, {**server.properties, "vmState": "RUNNING"}))
    _switch(call, server, "RUNNING", "AVAILABLE")


def stop(call: Call, server: Record) -> None:
    _refuse_cube(server, "stop")
    _switch(call, server, "SHUTOFF", "INACTIVE")


def reboot(call: Call, server: Record) -> None:
    _switch(call, server, "RUNNING", "AVAILABLE")


def suspend(call: Call, server: Record) -> None:
    _only_templated(server, "suspend")
    _switch(call, server, "SUSPENDED", "INACTIVE")


def resume(call: Call, server: Record) -> None:
    _only_templated(server, "resume")
    _switch(call, server, "RUNNING", "AVAILABLE")


def upgrade(call: Call, server: Record) -> None:
    """Moves the server to a new hypervisor version; the control path says which ones are outdated."""
    call.touch(server)
    call.on_done(lambda: server.private.pop("outdated", None))


def _refuse_cube(server: Record, action: str) -> None:
    if server.properties["type"] == "CUBE":
        raise backend(f"[VDC-5-1923] The action '{action}' is not possible for Cube servers.")  # (inferred)


def _only_templated(server: Record, action: str) -> None:
    """GPU servers take both pairs of actions: which one is theirs is unsettled (contract section 10.3)."""
    if server.properties["type"] not in servertypes.TEMPLATED:
        raise backend(f"[VDC-5-1924] The action '{action}' is only possible for Cube servers.")  # (inferred)


def _switch(call: Call, server: Record, vm_state: str, rest: str) -> None:
    """Another power state once the request is DONE. Dynamic public addresses live while it runs."""
    call.touch(server)

    def apply() -> None:
        if not server.alive:
            return
        server.properties = {**server.properties, "vmState": vm_state}
        server.rest = rest
        server.stamp(call.user, call.now)
        for nic in server.children.get("nics", {}).values():
            if vm_state == "SHUTOFF" and nics.public_addresses(nic):
                nics.drop_automatic(call.cloud, nic)
            elif vm_state == "RUNNING" and not nic.properties["ips"]:
                nics.assign(call.cloud, nic)

    call.on_done(apply)


def token(call: Call, server: Record) -> dict[str, str]:
    """A JWT for the server's console, good for an hour; what it says is our own choice."""
    issued = int(call.now)
    payload = {"iat": issued, "exp": issued + 3600, "server": server.id}
    return {"token": jwt(call.cloud, call.cloud.new_id(), payload)}


def remote_console(call: Call, server: Record) -> dict[str, str]:
    return {"url": f"https://console.example.com/?jwToken={token(call, server)['token']}"}


# Attached volumes


def attached_volumes(server: Record) -> Iterable[Record]:
    return server.linked("volumes").values()


def attach_volume(call: Call, server: Record, ident: str) -> Record:
    """Attach a volume of the same data center; device number and slot follow when it is DONE.

    One that is being detached, or whose server is being deleted, is attached behind that (contract section 11, item 6).
    """
    datacenter = server.parent
    assert datacenter is not None
    volume = datacenter.children.get("volumes", {}).get(ident)
    if volume is None:
        raise not_found()
    refuse_managed(volume)
    holder: Record | None = volume.private.get("server")
    parting = holder is not None and (holder.leaving or volume.private.get("parting"))
    if holder is not None and holder is not server and not parting:
        raise backend(f"[VDC-5-1031] Volume {volume.id} is already attached to server {holder.id}.")
    call.touch(volume)
    call.touch(server, listed=False)
    if holder is server and not parting:
        return volume
    if holder is not server:
        nics.check_room(server)
    if volume.properties["ramHotPlug"] and server.properties["ram"] < HOT_PLUG_RAM:
        raise ServiceError(422, [("100", f"[(root).id] {_hot_plug_text()}")])
    if holder is not server:
        call.on_undo(partial(_stay, server, volume, holder))
    volume.private["server"] = server
    volume.private.pop("parting", None)
    server.linked("volumes")[volume.id] = volume
    # It cannot be attached where it is still attached elsewhere, its detachment having failed.
    call.request.doomed = lambda: volume.properties["bootServer"] not in (None, server.id)
    call.on_done(partial(_plugged, server, volume))
    return volume


def _stay(server: Record, volume: Record, holder: Record | None) -> None:
    """The attachment is taken back."""
    server.linked("volumes").pop(volume.id, None)
    if holder is None or volume.id not in holder.linked("volumes"):
        volume.private.pop("server", None)
    else:
        volume.private["server"] = holder


def create_volume(call: Call, server: Record, draft: Draft) -> Built:
    """Create a volume beside the server and attach it."""
    built = build_draft(call, draft, "volumes", server.parent)
    attach_volume(call, server, built[0].id)
    return built


def _plugged(server: Record, volume: Record) -> None:
    if server.alive and volume.alive:
        server.linked("volumes")[volume.id] = volume
        volumes.plug(volume, server)
        if len(server.linked("volumes")) == 1:
            choose_boot_volume(server)
        server.changed()


def detach_volume(call: Call, server: Record, volume: Record) -> None:
    volumes.keep_bound(volume)
    call.touch(volume)
    call.touch(server, listed=False)
    volume.private["parting"] = True
    call.on_undo(lambda: volume.private.pop("parting", None))
    call.on_done(partial(volumes.unplug, volume, server))


# Attached CD-ROMs


def attached_cdroms(server: Record) -> Iterable[Record]:
    return server.linked("cdroms").values()


def attach_cdrom(call: Call, server: Record, ident: str) -> Record:
    image = call.store.find("images", ident)
    if image is None:
        raise not_found()
    datacenter = server.above("datacenter")
    if text := _broken_cdrom(call, ident, datacenter.properties["location"] if datacenter else None):
        raise ServiceError(422, [("100", f"[(root).id] {text}")])
    if ident not in server.linked("cdroms") and len(server.linked("cdroms")) >= MOST_CDROMS:
        raise backend(f"[VDC-5-1042] Server {server.id} cannot have more than {MOST_CDROMS} CD-ROMs.")
    call.touch(server)
    if ident not in server.linked("cdroms"):
        server.linked("cdroms")[ident] = image
        call.on_undo(lambda: server.linked("cdroms").pop(ident, None))

    def apply() -> None:
        # Again where an earlier request of the line has taken it out meanwhile.
        server.linked("cdroms")[ident] = image
        _reset(call, server)

    call.on_done(apply)
    return image


def detach_cdrom(call: Call, server: Record, image: Record) -> None:
    """Without its boot CD-ROM a server has no boot device, whatever volumes it has (contract section 17, no. 15)."""
    call.touch(server)

    def apply() -> None:
        server.linked("cdroms").pop(image.id, None)
        if server.properties["bootCdrom"] == image.id:
            server.properties = {**server.properties, "bootCdrom": None}
        _reset(call, server)

    call.on_done(apply)


def _reset(call: Call, server: Record) -> None:
    """The server starts again with another set of discs."""
    if server.alive:
        server.stamp(call.user, call.now)
