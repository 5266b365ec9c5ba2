# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: their power, boot devices and what is created along with them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ...engine.errors import AmbiguousName, InvalidOption
from ...engine.kind import Kind, Situation
from ...engine.reconcile import Change
from ...engine.resource import UUID, Field
from ...engine.service import Item, Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import SERVER, VOLUME
from .assignments import ASSIGN, assigned
from .references import resolve_image, resolve_lan
from .rules import check_listed_rules
from .volumes import check_source

RUNNING = ("RUNNING", "BLOCKED")


def _resolve_server(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    have = situation.have
    if want.get("boot_volume") and want.get("boot_cdrom"):
        raise InvalidOption("boot_cdrom: a server boots from boot_volume or boot_cdrom, not from both")
    _order_boot_volume(situation, want)
    present = {each["name"] for each in (have or {}).get("volumes", ())}
    for each in want.get("volumes") or ():
        creating = each.get("name") not in present
        image = resolve_image(situation, each, creating)
        if creating:
            check_source(situation, each, image)
    for each in want.get("nics") or ():
        resolve_lan(situation, each, "nics.lan")


def _order_boot_volume(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """Resolve boot_volume; of a new server's volumes the first is booted from, so the named one goes first."""
    boot, have = want.get("boot_volume"), situation.have
    if not boot:
        return
    named = [each for each in want.get("volumes") or () if each.get("name") == boot]
    if have is None and named:
        want["volumes"] = named + [each for each in want["volumes"] if each not in named]
        del want["boot_volume"]
        return
    if re.fullmatch(UUID, str(boot)):
        return
    attached = [each["id"] for each in (have or {}).get("volumes", ()) if each["name"] == boot]
    if len(attached) > 1:
        raise AmbiguousName(VOLUME.label, "boot_volume", boot, attached)
    want["boot_volume"] = (
        attached[0]
        if attached
        else situation.cloud.sibling(VOLUME.kind, "boot_volume", boot, situation.place)
    )


def _check_server(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """The rules of contract section 10.3."""
    kind = want.get("type") or (situation.have or {}).get("type") or "ENTERPRISE"
    if situation.have is None:
        needed = ("template_uuid",) if kind == "CUBE" else ("cores", "ram")
        missing = [name for name in needed if want.get(name) is None]
        if missing:
            raise InvalidOption(
                f"{', '.join(missing)}: needed to create the server {want.get('name') or ''}".rstrip()
            )
        if kind == "CUBE" and (want.get("cores") or want.get("ram")):
            raise InvalidOption("cores, ram: the template of a CUBE server says them; leave them out")
    if kind in ("CUBE", "VCPU") and want.get("cpu_family"):
        raise InvalidOption(f"cpu_family: a server of type {kind} has none to choose; leave it out")
    nics = {each["name"]: each for each in (situation.have or {}).get("nics", ())}
    for nic in want.get("nics") or ():
        have = nics.get(nic.get("name"), {})
        check_listed_rules(nic.get("firewall_rules") or (), have.get("firewall_rules", ()))
    hot = [each for each in want.get("volumes") or () if each.get("ram_hot_plug")]
    hot += [each for each in (situation.have or {}).get("volumes", ()) if each["ram_hot_plug"]]
    if hot and want.get("ram") is not None and want["ram"] < 1024:
        raise InvalidOption(
            f"ram: the volume {hot[0].get('name')} has RAM hot plug, which needs at least 1024 MB, not {want['ram']}"
        )


def _arrange_server(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """Boot devices are attached before they are set; stopping comes before other changes, starting after them."""
    if change.verb == "delete":
        return _with_volumes(situation, writes)
    path = SERVER.item_path(situation.place.parents, str((situation.have or {}).get("id") or "{id}"))
    have = situation.have
    if have is not None:
        writes = [*_boot_devices(path, change, have), *(_one_boot_device(write, change) for write in writes)]
    writes += assigned(situation)
    name = (have or {}).get("name") or situation.options.get("name")
    for verb, shown in _power(situation):
        write = Write(verb, f"server {name}", "POST", f"{path}/{verb}", shows=shown, safe=verb != "reboot")
        first = have is not None and verb in ("stop", "suspend")
        writes = [write, *writes] if first else [*writes, write]
    return writes


def _boot_devices(path: str, change: Change, have: Item) -> list[Write]:
    writes = []
    volume, cdrom = change.patch.get("boot_volume"), change.patch.get("boot_cdrom")
    if volume and volume not in [each["id"] for each in have["volumes"]]:
        writes.append(Write("attach", f"volume {volume}", "POST", f"{path}/volumes", {"id": volume}))
    if cdrom and cdrom not in have["cdroms"]:
        shows = {"cdroms": [*have["cdroms"], cdrom]}
        writes.append(
            Write("attach", f"CD-ROM {cdrom}", "POST", f"{path}/cdroms", {"id": cdrom}, shows=shows)
        )
    return writes


def _one_boot_device(write: Write, change: Change) -> Write:
    """Setting one boot device clears the other (contract section 10.3)."""
    for given, other in (("boot_volume", "boot_cdrom"), ("boot_cdrom", "boot_volume")):
        if write.verb == "update" and change.patch.get(given):
            return replace(write, shows={other: None})
    return write


def _power(situation: Situation[Cloud]) -> list[tuple[str, dict[str, Any]]]:
    """The action that the wanted state needs, and what it shows afterwards. A new server runs by itself."""
    have, state = situation.have, situation.state
    cube = ((have or {}).get("type") or situation.options.get("type")) == "CUBE"
    off, on = ("suspend", "resume") if cube else ("stop", "start")
    stopped = {"vm_state": "SUSPENDED"} if cube else {"vm_state": "SHUTOFF", "state": "INACTIVE"}
    running = {"vm_state": "RUNNING", "state": "AVAILABLE"}
    now = (have or {}).get("vm_state")
    # While a server is being created it shows no machine state yet; it will run.
    runs = have is None or now is None or now in RUNNING
    if state == "stopped" and (runs or have is None):
        return [(off, stopped)]
    if state == "running" and not runs:
        return [(on, running)]
    if state == "restarted" and have is not None:
        return [("reboot" if runs else on, running)]
    return []


def _with_volumes(situation: Situation[Cloud], writes: list[Write]) -> list[Write]:
    """Deleting the volumes too: in one call where the version can, else one after the other."""
    have = situation.have or {}
    if not situation.options.get("delete_volumes"):
        return writes
    if situation.cloud.version >= 6:
        return [replace(write, query={"deleteVolumes": "true"}) for write in writes]
    paths = [VOLUME.item_path(situation.place.parents, each["id"]) for each in have.get("volumes", ())]
    return [*writes, *(Write("delete", "volume", "DELETE", path) for path in paths)]


def _volumes_left(situation: Situation[Cloud]) -> dict[str, Any]:
    have = (situation.have if situation.state == "absent" else None) or {}
    volumes = [{"id": each["id"], "name": each["name"]} for each in have.get("volumes", ())]
    gone = bool(situation.options.get("delete_volumes")) or have.get("type") == "CUBE"
    return {"deleted_volumes": volumes if gone else [], "kept_volumes": [] if gone else volumes}


DELETE_VOLUMES = Field(
    "delete_volumes",
    "bool",
    default=False,
    help="With O(state=absent): delete the volumes that are attached to the server too. Otherwise they are kept, detached. "
    "The result says which, in RV(deleted_volumes) and RV(kept_volumes).",
)


def _volumes_field(name: str, fate: str) -> Field:
    return Field(
        name,
        "list",
        elements="dict",
        help=f"With C(state=absent), the volumes of the server that were {fate}.",
        options=(
            Field("id", help="The UUID of the volume.", sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1"),
            Field("name", help="The name of the volume.", sample="web-01-boot"),
        ),
    )


SERVERS = Kind(
    PROFITBRICKS,
    SERVER,
    options=(ASSIGN, DELETE_VOLUMES),
    results=(
        _volumes_field("deleted_volumes", "deleted"),
        _volumes_field("kept_volumes", "kept, detached"),
    ),
    states=(
        ("running", "as V(present), and started if it does not run"),
        ("stopped", "as V(present), and powered off hard if it runs; a CUBE server is suspended"),
        (
            "restarted",
            "as V(present), and reset hard, each time the task runs; a server that does not run is started",
        ),
    ),
    resolve=_resolve_server,
    check=_check_server,
    arrange=_arrange_server,
    extra=_volumes_left,
)
