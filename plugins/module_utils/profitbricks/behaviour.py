# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What single resources do beyond create, update and delete: power, attaching, boot devices, images, guards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..engine.errors import AmbiguousName, InvalidOption, NotFound
from ..engine.reconcile import Change
from ..engine.resource import UUID, Field, Resource, children
from .client import Cloud, Item, Place, Write
from .resources import DATACENTER, FIREWALL_RULE, IMAGE, NIC, SERVER, SNAPSHOT, USER, VOLUME

RUNNING = ("RUNNING", "BLOCKED")


@dataclass
class Situation:
    """All that a behaviour may look at. ``have`` is the object's result before the task, None if there is none."""

    cloud: Cloud
    resource: Resource
    options: Mapping[str, Any]
    state: str
    place: Place
    have: Item | None


def _nothing(situation: Situation) -> None:
    return None


def _no_change(situation: Situation, want: dict[str, Any]) -> None:
    return None


def _as_planned(situation: Situation, change: Change, writes: list[Write]) -> list[Write]:
    return writes


@dataclass(frozen=True)
class Behaviour:
    """What a module of a resource has beyond the common.

    ``options`` no property stands behind, ``states`` beside present and absent, each with its explanation, and
    ``results`` of its own. ``complete`` adds to the result
    what the version does not show; ``resolve`` turns names in the wanted fields into ids; ``check`` refuses what
    cannot work; ``always`` names secrets to send again; ``before_delete`` guards; ``arrange`` adds and orders the
    writes; ``extra`` gives the ``results``.
    """

    options: tuple[Field, ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    results: tuple[Field, ...] = ()
    complete: Callable[[Cloud, Mapping[str, str], list[Item]], None] = lambda cloud, parents, results: None
    resolve: Callable[[Situation, dict[str, Any]], None] = _no_change
    check: Callable[[Situation, dict[str, Any]], None] = _no_change
    always: Callable[[Situation], tuple[str, ...]] = lambda situation: ()
    before_delete: Callable[[Situation], None] = _nothing
    arrange: Callable[[Situation, Change, list[Write]], list[Write]] = _as_planned
    extra: Callable[[Situation], dict[str, Any]] = lambda situation: {}


def decode(cloud: Cloud, resource: Resource, items: list[Item], parents: Mapping[str, str]) -> list[Item]:
    """The results of objects below the same parents, with what this version of the API shows elsewhere."""
    results = [resource.decode(item, parents) for item in items]
    BEHAVIOURS.get(resource.kind, Behaviour()).complete(cloud, parents, results)
    return results


# -- data center ------------------------------------------------------------------------------------------------

CONTENTS = ("servers", "volumes", "lans", "loadbalancers")


def _guard_contents(situation: Situation) -> None:
    """A data center goes with all that it holds: only when the user says so."""
    if situation.options.get("force") or situation.have is None:
        return
    item = situation.cloud.get(DATACENTER.item_path({}, situation.have["id"]), 2)
    held = []
    for entity, collection in (item.get("entities") or {}).items():
        items = (collection or {}).get("items") or []
        if items:
            names = [str((each.get("properties") or {}).get("name") or each["id"]) for each in items]
            shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
            held.append(f"{entity}: {shown}")
    if held:
        raise InvalidOption(
            f"force: the data center {situation.have['name']} still holds {'; '.join(held)}. All of it would be lost; "
            "delete it with force=true, or remove these first"
        )


# -- references -------------------------------------------------------------------------------------------------


def _resolve_lan(situation: Situation, want: dict[str, Any], option: str = "lan") -> None:
    if want.get("lan") not in (None, ""):
        want["lan"] = int(situation.cloud.lan(option, want["lan"], situation.place))


def _resolve_image(situation: Situation, want: dict[str, Any], creating: bool) -> Item | None:
    """Turn the name or alias of an image into what the service takes; returns the image if it was looked up."""
    image = want.get("image")
    if image in (None, "") or re.fullmatch(UUID, str(image)):
        return None
    del want["image"]
    if not creating:
        return None
    if ":" in str(image):
        want["image_alias"] = image
        return None
    found = _find_image(situation, str(image))
    want["image"] = found["id"]
    return found


def _find_image(situation: Situation, name: str) -> Item:
    """An image or snapshot of the data center's location, by name."""
    cloud, place = situation.cloud, situation.place
    for source in (IMAGE, SNAPSHOT):
        items = cloud.items(source, {}, 1, {"name": name})
        found = [item for item in items if item["properties"].get("name") == name]
        if not found:
            continue
        datacenter = place.tree or cloud.get(DATACENTER.item_path({}, place.parents[DATACENTER.kind]))
        location = datacenter["properties"]["location"]
        here = [item for item in found if item["properties"].get("location") == location]
        if len(here) > 1:
            raise AmbiguousName(source.label, "image", name, [item["id"] for item in here])
        if here:
            return here[0]
        elsewhere = ", ".join(sorted({str(item["properties"].get("location")) for item in found}))
        raise NotFound("image", "image", name, f"location {location}", f"it is in {elsewhere}")
    raise NotFound("image or snapshot", "image", name, advice="profitbricks_image_info lists the images")


# -- volume -----------------------------------------------------------------------------------------------------


def _attachments(cloud: Cloud, parents: Mapping[str, str], volumes: list[Item]) -> None:
    """Before version 6 a volume does not say where it is attached: the servers do."""
    if cloud.version >= 6 or not volumes:
        return
    servers = cloud.items(SERVER, parents, 2)
    attached = {item["id"]: server["id"] for server in servers for item in children(server, "volumes")}
    for volume in volumes:
        volume["server_id"] = attached.get(volume["id"])


def _check_source(situation: Situation, want: dict[str, Any], image: Item | None = None) -> None:
    """The rules of contract section 10.7 for a new volume."""
    named = bool(want.get("image") or want.get("image_alias"))
    das = want.get("disk_type") == "DAS"
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


def _resolve_volume(situation: Situation, want: dict[str, Any]) -> None:
    image = _resolve_image(situation, want, situation.have is None)
    if situation.have is None:
        _check_source(situation, want, image)


def _arrange_volume(situation: Situation, change: Change, writes: list[Write]) -> list[Write]:
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


# -- server -----------------------------------------------------------------------------------------------------


def _resolve_server(situation: Situation, want: dict[str, Any]) -> None:
    have = situation.have
    if want.get("boot_volume") and want.get("boot_cdrom"):
        raise InvalidOption("boot_cdrom: a server boots from boot_volume or boot_cdrom, not from both")
    _order_boot_volume(situation, want)
    present = {each["name"] for each in (have or {}).get("volumes", ())}
    for each in want.get("volumes") or ():
        creating = each.get("name") not in present
        image = _resolve_image(situation, each, creating)
        if creating:
            _check_source(situation, each, image)
    for each in want.get("nics") or ():
        _resolve_lan(situation, each, "nics.lan")


def _order_boot_volume(situation: Situation, want: dict[str, Any]) -> None:
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


def _check_server(situation: Situation, want: dict[str, Any]) -> None:
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
        _check_rules(nic, nics.get(nic.get("name")))
    hot = [each for each in want.get("volumes") or () if each.get("ram_hot_plug")]
    hot += [each for each in (situation.have or {}).get("volumes", ()) if each["ram_hot_plug"]]
    if hot and want.get("ram") is not None and want["ram"] < 1024:
        raise InvalidOption(
            f"ram: the volume {hot[0].get('name')} has RAM hot plug, which needs at least 1024 MB, not {want['ram']}"
        )


def _arrange_server(situation: Situation, change: Change, writes: list[Write]) -> list[Write]:
    """Boot devices are attached before they are set; stopping comes before other changes, starting after them."""
    if change.verb == "delete":
        return _with_volumes(situation, writes)
    path = SERVER.item_path(situation.place.parents, str((situation.have or {}).get("id") or "{id}"))
    have = situation.have
    if have is not None:
        writes = [*_boot_devices(path, change, have), *(_one_boot_device(write, change) for write in writes)]
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


def _power(situation: Situation) -> list[tuple[str, dict[str, Any]]]:
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


def _with_volumes(situation: Situation, writes: list[Write]) -> list[Write]:
    """Deleting the volumes too: in one call where the version can, else one after the other."""
    have = situation.have or {}
    if not situation.options.get("delete_volumes"):
        return writes
    if situation.cloud.version >= 6:
        return [replace(write, query={"deleteVolumes": "true"}) for write in writes]
    paths = [VOLUME.item_path(situation.place.parents, each["id"]) for each in have.get("volumes", ())]
    return [*writes, *(Write("delete", "volume", "DELETE", path) for path in paths)]


def _volumes_left(situation: Situation) -> dict[str, Any]:
    have = (situation.have if situation.state == "absent" else None) or {}
    volumes = [{"id": each["id"], "name": each["name"]} for each in have.get("volumes", ())]
    gone = bool(situation.options.get("delete_volumes")) or have.get("type") == "CUBE"
    return {"deleted_volumes": volumes if gone else [], "kept_volumes": [] if gone else volumes}


# -- NIC, firewall rule -------------------------------------------------------------------------------------------


def _resolve_nic(situation: Situation, want: dict[str, Any]) -> None:
    _resolve_lan(situation, want)


def _check_nic(situation: Situation, want: dict[str, Any]) -> None:
    _check_rules(want, situation.have)


def _check_rules(nic: Mapping[str, Any], have: Item | None) -> None:
    """Check the rules listed with a NIC, each together with what it already is."""
    present = {each["name"]: each for each in (have or {}).get("firewall_rules", ())}
    for given in nic.get("firewall_rules") or ():
        check_rule({**present.get(given.get("name"), {}), **given}, given)


def _check_rule(situation: Situation, want: dict[str, Any]) -> None:
    check_rule({**(situation.have or {}), **want}, want)


def check_rule(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The rules of contract section 10.13, on the rule as it would be; ``given`` is what the task names of it."""
    protocol = rule.get("protocol")
    ports = ("port_range_start", "port_range_end")
    icmp = ("icmp_type", "icmp_code")
    if protocol not in ("TCP", "UDP"):
        _refuse(given, ports, f"goes with protocol TCP or UDP only, not with {protocol}")
    if protocol not in ("ICMP", "ICMPv6"):
        _refuse(given, icmp, f"goes with protocol ICMP or ICMPv6 only, not with {protocol}")
    start, end = rule.get(ports[0]), rule.get(ports[1])
    if (start is None) != (end is None):
        missing = ports[0] if start is None else ports[1]
        raise InvalidOption(f"{missing}: a range of ports needs both port_range_start and port_range_end")
    if start is not None and end is not None and start > end:
        raise InvalidOption(f"port_range_end: {end} is below port_range_start, {start}")


def _refuse(given: Mapping[str, Any], names: tuple[str, ...], why: str) -> None:
    for name in names:
        if given.get(name) is not None:
            raise InvalidOption(f"{name}: it {why}")


# -- user ---------------------------------------------------------------------------------------------------------


def _password_always(situation: Situation) -> tuple[str, ...]:
    if situation.options.get("update_password") == "always" and situation.options.get("user_password"):
        if situation.cloud.version < 5 and situation.have is not None:
            raise InvalidOption(
                "update_password: version 4 of the API cannot change the password of an existing user"
            )
        return ("user_password",)
    return ()


def _guard_self(situation: Situation) -> None:
    """A user that deletes itself locks itself out."""
    own = situation.cloud.connection.credentials.username
    email = str((situation.have or {}).get("email") or "")
    if own and own.lower() == email.lower():
        raise InvalidOption(
            f"email: {email} is the user that this task logs in as, and cannot delete itself; use the credentials of "
            "another administrator"
        )


FORCE = Field(
    "force",
    "bool",
    default=False,
    help="With O(state=absent): delete the data center even though it still holds something. Without it, the error lists "
    "what would be lost.",
)
DELETE_VOLUMES = Field(
    "delete_volumes",
    "bool",
    default=False,
    help="With O(state=absent): delete the volumes that are attached to the server too. Otherwise they are kept, detached. "
    "The result says which, in RV(deleted_volumes) and RV(kept_volumes).",
)
ATTACH = Field(
    "server",
    refers="server",
    help="Name or UUID of the server that the volume shall be attached to; an empty string detaches it. Left out, the "
    "volume stays where it is.",
)
UPDATE_PASSWORD = Field(
    "update_password",
    choices=("on_create", "always"),
    default="on_create",
    help="V(on_create) sets O(user_password) for a new user only; V(always) sets it each time, and says changed each time, "
    "because the service does not tell passwords.",
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


BEHAVIOURS: dict[str, Behaviour] = {
    DATACENTER.kind: Behaviour(options=(FORCE,), before_delete=_guard_contents),
    SERVER.kind: Behaviour(
        options=(DELETE_VOLUMES,),
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
    ),
    VOLUME.kind: Behaviour(
        options=(ATTACH,), complete=_attachments, resolve=_resolve_volume, arrange=_arrange_volume
    ),
    NIC.kind: Behaviour(resolve=_resolve_nic, check=_check_nic),
    FIREWALL_RULE.kind: Behaviour(check=_check_rule),
    USER.kind: Behaviour(options=(UPDATE_PASSWORD,), always=_password_always, before_delete=_guard_self),
}
