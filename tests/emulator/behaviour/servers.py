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
from ..store import Record, remove
from ..table import Built
from ..validate import Draft
from . import datacenters, nics, secgroups, volumes

CPU_FAMILIES = ("AMD_OPTERON", "AMD_EPYC", "INTEL_SKYLAKE", "INTEL_XEON", "INTEL_ICELAKE")
MOST_CDROMS = 2
# Server types whose size a template says, with the name that messages call them by.
TEMPLATED = {"CUBE": "Cube", "GPU": "GPU"}
HOT_PLUG_RAM = 1024  # MB; the least that a server with RAM hot plug can have


def hostname_rule(value: str) -> str | None:
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", value):
        return None
    return "Attribute 'hostname' holds a-z, 0-9 and '-', no leading '-', at most 63 characters"


def check(call: Call, draft: Draft) -> None:
    kind = draft.properties.get("type") or "ENTERPRISE"
    if kind in TEMPLATED:
        _check_templated(call, draft, kind)
    else:
        for name in ("cores", "ram"):
            if draft.properties.get(name) is None:
                draft.require(name)
        if draft.properties.get("templateUuid") is not None:
            draft.refuse("templateUuid", "Attribute 'templateUuid' is only allowed for Cube and GPU servers")
    if kind != "ENTERPRISE" and draft.properties.get("cpuFamily"):
        name = TEMPLATED.get(kind, kind)
        draft.refuse_backend(
            f"[VDC-5-1921] The attribute 'cpuFamily' must not be provided for {name} servers."
        )
    for code, text in _broken_values(call, draft.properties, f"{draft.path}.properties"):
        draft.messages.append((code, text))
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


def _check_templated(call: Call, draft: Draft, kind: str) -> None:
    """The template says the size; one with cards is for GPU servers, one without for Cubes."""
    for name in ("cores", "ram"):
        if draft.properties.get(name) is not None:
            draft.refuse(name, f"Attribute '{name}' is not allowed for {TEMPLATED[kind]} servers")
    ident = draft.properties.get("templateUuid")
    template = call.store.find("templates", ident or "")
    if ident is None:
        draft.require("templateUuid")
    elif template is None:
        draft.refuse("templateUuid", f"Template '{ident}' does not exist")
    elif bool(template.properties["gpus"]) is not (kind == "GPU"):
        draft.refuse("templateUuid", f"Template '{ident}' is not for {TEMPLATED[kind]} servers")
    if kind == "CUBE" and not any(
        v.properties.get("type") == "DAS" for v in draft.children.get("volumes", ())
    ):
        draft.refuse_backend("[VDC-5-1922] A Cube server needs a volume of type DAS.")  # (inferred)


def _broken_values(call: Call, values: dict[str, Any], where: str) -> Iterable[tuple[str, str]]:
    limits = call.cloud.limits
    cores, ram, family = values.get("cores"), values.get("ram"), values.get("cpuFamily")
    if cores is not None and cores > limits["coresPerServer"]:
        yield "100", f"[{where}.cores] Attribute 'cores' must not be greater than {limits['coresPerServer']}"
    if ram is not None and ram % 256:
        yield "100", f"[{where}.ram] Attribute 'ram' must be a multiple of 256"
    elif ram is not None and ram > limits["ramPerServer"]:
        yield "100", f"[{where}.ram] Attribute 'ram' must not be greater than {limits['ramPerServer']}"
    if family is not None and family not in (known := families(call)):
        names = ", ".join(known)
        yield "109", f"[{where}.cpuFamily] Attribute value '{family}' not allowed. Expected one of [{names}]"


def families(call: Call) -> list[str]:
    """CPU families that the API version and some location know."""
    if call.version == 4:
        return ["AMD_OPTERON", "INTEL_XEON"]
    found = dict.fromkeys(CPU_FAMILIES)
    for location in call.store.all("locations"):
        for architecture in location.properties.get("cpuArchitecture") or ():
            found[architecture["cpuFamily"]] = None
    return list(found)


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
    if properties["type"] in TEMPLATED:
        template = call.store.find("templates", properties["templateUuid"])
        assert template is not None
        properties["cores"] = int(template.properties["cores"])
        properties["ram"] = int(template.properties["ram"])
        _add_cards(call, server, template.properties["gpus"])
    elif properties["type"] == "ENTERPRISE" and properties["cpuFamily"] is None:
        properties["cpuFamily"] = _default_family(call, server)
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


def _default_family(call: Call, server: Record) -> str:
    datacenter = server.above("datacenter")
    architectures = datacenter.properties["cpuArchitecture"] if datacenter and call.version >= 6 else ()
    return architectures[0]["cpuFamily"] if architectures else "AMD_OPTERON"


def ready(call: Call, server: Record) -> None:
    """Servers start automatically; the first volume becomes the boot volume (inferred)."""
    if server.alive:
        server.properties["vmState"] = "RUNNING"
        choose_boot_volume(server)
        server.changed()


def choose_boot_volume(server: Record) -> None:
    properties = server.properties
    if properties["bootVolume"] is None and properties["bootCdrom"] is None:
        first = next(iter(server.linked("volumes")), None)
        if first is not None:
            server.properties = {**properties, "bootVolume": first}
            server.changed()


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
    messages = list(_broken_values(call, changed, "(root).properties"))
    kind = server.properties["type"]
    if kind in TEMPLATED:
        for name in ("cores", "ram"):
            if changed.get(name) is not None and changed[name] != server.properties[name]:
                text = f"Attribute '{name}' is fixed for {TEMPLATED[kind]} servers"
                messages.append(("100", f"[(root).properties.{name}] {text}"))
    if kind != "ENTERPRISE" and changed.get("cpuFamily"):
        name = TEMPLATED.get(kind, kind)
        messages.append(
            ("200", f"[VDC-5-1921] The attribute 'cpuFamily' must not be provided for {name} servers.")
        )
    ram = changed.get("ram")
    hot_plug = any(volume.properties["ramHotPlug"] for volume in server.linked("volumes").values())
    if ram is not None and ram < HOT_PLUG_RAM and hot_plug:
        messages.append(("100", f"[(root).properties.ram] {_hot_plug_text()}"))
    datacenter = server.parent
    assert datacenter is not None
    volume, cdrom = changed.get("bootVolume"), changed.get("bootCdrom")
    if volume and cdrom:
        text = "Attributes 'bootVolume' and 'bootCdrom' exclude each other"
        messages.append(("100", f"[(root).properties.bootCdrom] {text}"))
    if volume and volume not in datacenter.children.get("volumes", {}):
        text = f"Volume '{volume}' does not exist in this data center"
        messages.append(("100", f"[(root).properties.bootVolume] {text}"))
    if cdrom and (text_ := _broken_cdrom(call, cdrom, datacenter.properties["location"])):
        messages.append(("100", f"[(root).properties.bootCdrom] {text_}"))
    if messages:
        raise ServiceError(422, messages)
    # Setting one boot device clears the other.
    if volume:
        changed["bootCdrom"] = None
        if volume not in server.linked("volumes"):
            attach_volume(call, server, volume)
    elif cdrom:
        changed["bootVolume"] = None
        if cdrom not in server.linked("cdroms"):
            attach_cdrom(call, server, cdrom)


def check_delete(call: Call, server: Record) -> None:
    """Volumes stay unless the caller wants them gone; a DAS volume goes with its server (inferred)."""
    everything = call.version >= 6 and call.flag("deleteVolumes")
    for volume in list(server.linked("volumes").values()):
        if everything or volume.properties["type"] == "DAS":
            call.touch(volume)
            call.on_done(partial(remove, volume))
        else:
            call.touch(volume, listed=False)


def removed(server: Record) -> None:
    secgroups.withdraw(server)
    for volume in list(server.linked("volumes").values()):
        volumes.unplug(volume)
    server.links.clear()


def select(call: Call, servers: list[Record]) -> list[Record]:
    """``upgradeNeeded`` asks for outdated servers, or for the others."""
    if call.version < 5 or "upgradeNeeded" not in call.query:
        return servers
    wanted = call.flag("upgradeNeeded")
    return [server for server in servers if bool(server.private.get("outdated")) is wanted]


# Actions


def start(call: Call, server: Record) -> None:
    _refuse_cube(server, "start")
    _switch(call, server, "RUNNING", "AVAILABLE")


def stop(call: Call, server: Record) -> None:
    _refuse_cube(server, "stop")
    _switch(call, server, "SHUTOFF", "INACTIVE")


def reboot(call: Call, server: Record) -> None:
    _switch(call, server, "RUNNING", "AVAILABLE")


def suspend(call: Call, server: Record) -> None:
    _only_cube(server, "suspend")
    _switch(call, server, "SUSPENDED", "INACTIVE")


def resume(call: Call, server: Record) -> None:
    _only_cube(server, "resume")
    _switch(call, server, "RUNNING", "AVAILABLE")


def upgrade(call: Call, server: Record) -> None:
    """Moves the server to a new hypervisor version; the control path says which ones are outdated."""
    call.touch(server)
    call.on_done(lambda: server.private.pop("outdated", None))


def _refuse_cube(server: Record, action: str) -> None:
    if server.properties["type"] == "CUBE":
        raise backend(f"[VDC-5-1923] The action '{action}' is not possible for Cube servers.")  # (inferred)


def _only_cube(server: Record, action: str) -> None:
    if server.properties["type"] != "CUBE":
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
    return {"token": f"console-{server.id}"}


def remote_console(call: Call, server: Record) -> dict[str, str]:
    return {"url": f"https://console.example.com/?jwToken=console-{server.id}"}


# Attached volumes


def attached_volumes(server: Record) -> Iterable[Record]:
    return server.linked("volumes").values()


def attach_volume(call: Call, server: Record, ident: str) -> Record:
    """Attach a volume of the same data center; device number and slot follow when it is DONE."""
    datacenter = server.parent
    assert datacenter is not None
    volume = datacenter.children.get("volumes", {}).get(ident)
    if volume is None:
        raise not_found()
    refuse_managed(volume)
    holder: Record | None = volume.private.get("server")
    if holder is not None and holder is not server and not holder.leaving:
        raise backend(f"[VDC-5-1031] Volume {volume.id} is already attached to server {holder.id}.")
    call.touch(volume)
    call.touch(server, listed=False)
    if holder is server:
        return volume
    nics.check_room(server)
    if volume.properties["ramHotPlug"] and server.properties["ram"] < HOT_PLUG_RAM:
        raise ServiceError(422, [("100", f"[(root).id] {_hot_plug_text()}")])
    volume.private["server"] = server
    server.linked("volumes")[volume.id] = volume

    def undo() -> None:
        server.linked("volumes").pop(volume.id, None)
        volume.private.pop("server", None)

    call.on_undo(undo)
    call.on_done(partial(_plugged, server, volume))
    return volume


def create_volume(call: Call, server: Record, draft: Draft) -> Built:
    """Create a volume beside the server and attach it."""
    built = build_draft(call, draft, "volumes", server.parent)
    attach_volume(call, server, built[0].id)
    return built


def _plugged(server: Record, volume: Record) -> None:
    if server.alive and volume.alive:
        volumes.plug(volume, server)
        choose_boot_volume(server)
        server.changed()


def detach_volume(call: Call, server: Record, volume: Record) -> None:
    volumes.keep_das(volume)
    call.touch(volume)
    call.touch(server, listed=False)
    call.on_done(partial(volumes.unplug, volume))


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
    call.on_done(partial(_reset, call, server))
    server.linked("cdroms")[ident] = image
    call.on_undo(lambda: server.linked("cdroms").pop(ident, None))
    return image


def detach_cdrom(call: Call, server: Record, image: Record) -> None:
    call.touch(server)

    def apply() -> None:
        server.linked("cdroms").pop(image.id, None)
        if server.properties["bootCdrom"] == image.id:
            server.properties = {**server.properties, "bootCdrom": None}
            choose_boot_volume(server)
        _reset(call, server)

    call.on_done(apply)


def _reset(call: Call, server: Record) -> None:
    """The server starts again with another set of discs."""
    if server.alive:
        server.stamp(call.user, call.now)
