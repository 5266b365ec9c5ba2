# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: their power, boot devices and what is created along with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.errors import AmbiguousName, InvalidOption
from ..._engine.interface import info_fields
from ..._engine.kind import Detail, Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field, is_uuid
from ..._engine.service import Item, Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import SERVER, VOLUME
from ..resources.templates import TEMPLATE
from .assignments import ASSIGN, assigned
from .references import account_wide, resolve_image, resolve_lan
from .rules import check_listed_rules
from .volumes import check_source

RUNNING = ("RUNNING", "BLOCKED")


def _resolve_server(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    have = situation.have
    if want.get("boot_volume") and want.get("boot_cdrom"):
        raise InvalidOption("boot_cdrom: a server boots from boot_volume or boot_cdrom, not from both")
    _resolve_template(situation, want)
    _order_boot_volume(situation, want)
    present = {each["name"] for each in (have or {}).get("volumes", ())}
    for each in want.get("volumes") or ():
        creating = each.get("name") not in present
        image = resolve_image(situation, each, creating)
        if creating:
            check_source(situation, each, image)
    for each in want.get("nics") or ():
        resolve_lan(situation, each, "nics.lan")


def _resolve_template(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    given, option = situation.options.get("template"), BY_TEMPLATE.name
    if given in (None, ""):
        return
    BY_TEMPLATE.check(given, situation.cloud.version)
    if want.get("template_uuid"):
        raise InvalidOption("template: it says the same as template_uuid; give one of them")
    want["template_uuid"] = account_wide(situation.cloud, TEMPLATE, option, given)


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
    if is_uuid(boot):
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
    if kind != "CUBE" and want.get("template_uuid"):
        raise InvalidOption(
            f"template_uuid: a template is the size of a CUBE server, not of one of type {kind}"
        )
    if kind in ("CUBE", "VCPU") and want.get("cpu_family"):
        raise InvalidOption(f"cpu_family: a server of type {kind} has none to choose; leave it out")
    _check_das(situation, want, kind)
    if situation.state == "upgraded" and situation.cloud.version < 5:
        raise InvalidOption("state: the service upgrades servers from version 5 of its API on")
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


def _check_das(situation: Situation[Cloud], want: dict[str, Any], kind: str) -> None:
    """The volume that a template gives a CUBE server is made together with it, and with no other server."""
    present = {each["name"] for each in (situation.have or {}).get("volumes", ())}
    new = [each for each in want.get("volumes") or () if each.get("name") not in present]
    direct = [each for each in new if each.get("disk_type") == "DAS"]
    if kind == "CUBE" and situation.have is None and not direct:
        raise InvalidOption("volumes: a CUBE server needs a volume with disk_type=DAS; list it")
    if direct and (kind != "CUBE" or situation.have is not None):
        raise InvalidOption(
            f"volumes: the volume {direct[0].get('name')} cannot have disk_type=DAS, which comes together with a new CUBE "
            "server only"
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
    if situation.state == "upgraded" and have is not None:
        if have["id"] in _outdated(situation.cloud, situation.place.parents):
            writes = [*writes, Write("upgrade", f"server {name}", "POST", f"{path}/upgrade", safe=True)]
        return writes
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


def _outdated(cloud: Cloud, parents: Mapping[str, str]) -> set[str]:
    """The ids of the servers of a data center that need an upgrade, with one read."""
    return {item["id"] for item in cloud.items(SERVER, parents, 0, also={"upgradeNeeded": "true"})}


def _search(cloud: Cloud, kind: Kind, options: Mapping[str, Any]) -> list[Item]:
    """The servers that the options ask for; which of them are outdated, another list tells."""
    from ..._engine.query import read  # here, because a module that manages servers needs none of it

    wanted = options.get(UPGRADE_NEEDED.name)
    if wanted is not None:
        UPGRADE_NEEDED.check(wanted, cloud.version)
    found = read(cloud, kind, options)
    if wanted is None or not found:
        return found
    outdated = _outdated(cloud, {"datacenter": found[0]["datacenter_id"]})
    return [each for each in found if (each["id"] in outdated) == wanted]


def _console(cloud: Cloud, server: Item) -> Item:
    path = SERVER.item_path({"datacenter": server["datacenter_id"]}, server["id"])
    url = cloud.transport.call("GET", f"{path}/remoteconsole").data or {}
    token = cloud.transport.call("GET", f"{path}/token").data or {}
    return {"console_url": url.get("url"), "console_token": token.get("token")}


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


BY_TEMPLATE = Field(
    "template",
    since=6,
    help="Name or UUID of the template that says the size of a server of O(type=CUBE), in place of O(template_uuid). A name "
    "costs one request more.",
)
UPGRADE_NEEDED = Field(
    "upgrade_needed",
    "bool",
    since=5,
    help="Whether only servers are returned that are outdated, or only others. O(upgrade_needed=true) finds those that "
    "C(state=upgraded) of M(profitbricks.cloud.profitbricks_server) would upgrade. From version 5 of the API on, at one "
    "request more.",
)
CONSOLE = Detail(
    Field(
        "console",
        "bool",
        default=False,
        since=6,
        help="Whether to tell the way into the console of each server, at two requests more for each. It lets whoever has "
        "it control the server: set C(no_log) on the task. From version 6 of the API on.",
    ),
    (
        Field(
            "console_url",
            help="URL of the console in a browser, for a short time.",
            sample="https://console.example.com/?jwToken=...",
        ),
        Field("console_token", help="Token for the console.", sample="eyJ0eXAi..."),
    ),
    _console,
)
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
    options=(BY_TEMPLATE, ASSIGN, DELETE_VOLUMES),
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
        (
            "upgraded",
            "as V(present), and moved to a newer version of the hypervisor if the service says that it is outdated, for "
            "which the service may restart it. A new server and one that is up to date are left alone. From version 5 of "
            "the API on, at one request more",
        ),
    ),
    resolve=_resolve_server,
    check=_check_server,
    arrange=_arrange_server,
    extra=_volumes_left,
    search=_search,
    info_fields=(*info_fields(Kind(PROFITBRICKS, SERVER)), UPGRADE_NEEDED),
    details=(CONSOLE,),
)
