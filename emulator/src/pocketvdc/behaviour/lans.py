# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LANs, their members and IP failover groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from ipaddress import IPv6Network
from typing import Any

from ..call import Call
from ..errors import ServiceError, backend, not_found
from ..permissions import refuse_managed
from ..store import Record
from ..table import Broken
from ..validate import Draft, Site
from . import crossconnects, datacenters, nics


def number(call: Call, draft: Draft, datacenter: Record | None) -> str:
    """The lowest free number of the data center (inferred)."""
    assert datacenter is not None
    return free_number(datacenter)


def free_number(datacenter: Record, first: int = 1) -> str:
    taken = datacenter.collection("lans")
    candidate = first
    while str(candidate) in taken:
        candidate += 1
    return str(candidate)


def rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    """A cross connect joins private LANs of one location; an IPv6 block is part of the data center's."""
    if values["pcc"] is not None:
        yield from _broken_pcc(call, site, values["pcc"], public=bool(values["public"]))
    if values["ipv6CidrBlock"] not in (None, "AUTO"):
        yield from (("ipv6CidrBlock", text) for text in _broken_ipv6(site, values["ipv6CidrBlock"]))


def _broken_pcc(call: Call, site: Site, ident: str, *, public: bool) -> Broken:
    pcc = call.store.root("pccs").get(ident)
    if pcc is None or pcc.leaving:
        yield "pcc", f"Cross connect '{ident}' does not exist"
        return
    if public:
        yield "pcc", "Only private LANs can join a cross connect"  # (inferred)
    here = datacenters.location_of(site)
    for datacenter, lan in crossconnects.peers(pcc):
        there = datacenter.properties["location"]
        if lan is not site and here is not None and there != here:
            yield "pcc", f"The cross connect joins LANs of location {there}, and this one is in {here}"
            return


def _broken_ipv6(site: Site, text: str) -> Iterable[str]:
    home = datacenters.datacenter_of(site)
    try:
        block = IPv6Network(text)
    except ValueError:
        yield f"'{text}' is not an IPv6 block"
        return
    around = home.properties["ipv6CidrBlock"] if home is not None else None
    if block.prefixlen != 64 or around is None or not block.subnet_of(IPv6Network(around)):
        yield f"'{text}' is not a /64 block inside the data center's, which is {around or 'not there yet'}"
    elif home is not None and any(
        other is not site and other.properties["ipv6CidrBlock"] == str(block)
        for other in home.children.get("lans", {}).values()
    ):
        yield f"The block {text} belongs to another LAN"


def build(call: Call, lan: Record, draft: Draft | None) -> None:
    """Failover groups come with an update: a creation does not take them (contract section 10.11)."""
    lan.properties["ipFailover"] = None
    if not lan.properties["public"]:
        open_subnet(call, lan)
    _resolve_ipv6(call, lan)


def ready(call: Call, lan: Record) -> None:
    if lan.alive and lan.properties["ipFailover"] is None:
        lan.properties["ipFailover"] = []
        lan.changed()


def open_subnet(call: Call, lan: Record) -> None:
    if "pool" not in lan.private:
        network = call.cloud.addresses.subnet()
        lan.private["pool"] = nics.private_pool(network)
        lan.private["subnet"] = str(network)
    lan.properties["ipv4CidrBlock"] = lan.private["subnet"]


def _resolve_ipv6(call: Call, lan: Record, before: str | None = None) -> None:
    """``AUTO`` keeps the block, or takes the first free /64 of the data center's /56."""
    if lan.properties["ipv6CidrBlock"] != "AUTO":
        return
    datacenter = lan.parent
    assert datacenter is not None
    taken = {other.properties["ipv6CidrBlock"] for other in datacenter.collection("lans").values()}
    blocks = map(str, IPv6Network(datacenter.properties["ipv6CidrBlock"]).subnets(new_prefix=64))
    block = before or next((block for block in blocks if block not in taken), None)
    if block is None:
        raise backend("[VDC-5-1971] No IPv6 block is left in the data center.")
    lan.properties["ipv6CidrBlock"] = block


def ipv6_block(site: Site, number: int) -> str | None:
    """The IPv6 block of a LAN around ``site``, ``AUTO`` while it is not known; None when there is none."""
    home = datacenters.home_of(site)
    if isinstance(home, Record):
        lan = home.children.get("lans", {}).get(str(number))
        return lan.properties["ipv6CidrBlock"] if lan is not None else None
    declared = home.children.get("lans", []) if home is not None else []
    return declared[number - 1].properties.get("ipv6CidrBlock") if 1 <= number <= len(declared) else None


def ensure(call: Call, datacenter: Record, lan_number: int) -> Record:
    """The LAN of a number. A number nobody declared becomes a private LAN."""
    lan = datacenter.collection("lans").get(str(lan_number))
    if lan is not None:
        return lan
    draft = Draft(call.cloud.table["lan"], "(root)", datacenter, None)
    lan = call.new(draft, "lans", datacenter, str(lan_number))
    build(call, lan, None)
    call.on_done(partial(ready, call, lan))
    return lan


def is_public(site: Site, number: int) -> bool | None:
    """Whether a LAN of the data center around ``site`` is public; None when it has no such LAN."""
    home = datacenters.home_of(site)
    if isinstance(home, Record):
        lan = home.children.get("lans", {}).get(str(number))
        return bool(lan.properties["public"]) if lan is not None and not lan.leaving else None
    if home is None:
        return None
    # The LANs of a composite creation are numbered in their order; NICs bring further, private ones.
    declared = home.children.get("lans", [])
    if 1 <= number <= len(declared):
        return bool(declared[number - 1].properties.get("public"))
    used = (nic for server in home.children.get("servers", ()) for nic in server.children.get("nics", ()))
    return False if any(nic.properties.get("lan") == number for nic in used) else None


def members(lan: Record) -> Any:
    return lan.linked("nics").values()


def join(call: Call, lan: Record, ident: str) -> Record:
    """Move a NIC into the LAN."""
    datacenter = lan.parent
    nic = nics.find(datacenter, ident) if datacenter else None
    if nic is None:
        raise not_found()
    refuse_managed(nic)
    call.touch(nic)
    call.touch(lan, listed=False)
    before = nic.properties

    def move(properties: dict[str, Any], old: dict[str, Any]) -> None:
        nic.properties = properties
        nic.stamp(call.user, call.now)
        nics.updated(call, nic, old)

    move({**before, "lan": int(lan.id)}, before)

    def undo() -> None:
        if nic.alive:
            move({**nic.properties, "lan": before["lan"]}, nic.properties)

    call.on_undo(undo)
    call.on_done(partial(nics.settled, call, nic, before))
    return nic


def leave(lan: Record, nic: Record) -> None:
    """The NIC is no member any more, nor of the LAN's failover groups."""
    lan.linked("nics").pop(nic.id, None)
    end_failover(lan, nic, ())
    lan.changed()


def end_failover(lan: Record, nic: Record, held: Iterable[str]) -> None:
    """The NIC heads failover groups only of addresses that it still holds (inferred)."""
    groups = lan.properties["ipFailover"] or []
    left = [group for group in groups if group["nicUuid"] != nic.id or group["ip"] in held]
    if left != groups:
        lan.properties = {**lan.properties, "ipFailover": left}
        lan.changed()


def check_update(call: Call, lan: Record, changed: dict[str, Any]) -> None:
    public = changed.get("public", lan.properties["public"])
    if "ipFailover" in changed:
        _keep_slaves(lan, changed["ipFailover"] or ())
    groups = changed.get("ipFailover", () if public else lan.properties["ipFailover"])
    for i, group in enumerate(groups or ()):
        _check_group(call, lan, group, f"(root).properties.ipFailover.[{i}]", public)


def _keep_slaves(lan: Record, groups: Iterable[Mapping[str, Any]]) -> None:
    """A failover group stays while a NIC other than its master holds the address (contract section 10.11)."""
    left = {group["ip"] for group in groups}
    for group in lan.properties["ipFailover"] or ():
        for nic in members(lan):
            slave = nic.id != group["nicUuid"] and group["ip"] in (nic.properties["ips"] or ())
            if slave and group["ip"] not in left and not nic.leaving:
                text = f"Failover IP '{group['ip']}' found in Slave NIC '{nic.id}'."
                raise ServiceError(
                    422,
                    [
                        (
                            "184",
                            f"[(root).properties.ipFailover] {text} IP failover settings cannot be deleted.",
                        )
                    ],
                )


def _check_group(call: Call, lan: Record, group: dict[str, Any], where: str, public: bool) -> None:
    """A failover group wants a reserved address that its NIC, a member of the public LAN, holds."""
    nic = lan.linked("nics").get(group["nicUuid"] or "")
    if not public:
        raise backend(f"[VDC-5-1960] IP failover needs a public LAN; LAN {lan.id} is private.")  # (inferred)
    if nic is None:
        raise ServiceError(
            422, [("100", f"[{where}.nicUuid] NIC {group['nicUuid']} is not part of LAN {lan.id}")]
        )
    if group["ip"] not in (nic.properties["ips"] or ()) or nics.block_of(call, group["ip"]) is None:
        raise ServiceError(
            422, [("100", f"[{where}.ip] IP {group['ip']} is not a reserved address of the NIC")]
        )


def updated(call: Call, lan: Record, before: dict[str, Any]) -> None:
    if lan.properties["public"]:
        lan.properties["ipv4CidrBlock"] = None
    else:
        open_subnet(call, lan)
    if lan.properties["ipFailover"] is None:
        lan.properties["ipFailover"] = []
    _resolve_ipv6(call, lan, before["ipv6CidrBlock"])


def settled(call: Call, lan: Record, before: dict[str, Any]) -> None:
    if before["public"] != lan.properties["public"]:
        for nic in list(members(lan)):
            nics.readdress(call.cloud, nic)
    if before["ipv6CidrBlock"] != lan.properties["ipv6CidrBlock"]:
        for nic in list(members(lan)):
            nics.settle_ipv6(nic)


def check_delete(call: Call, lan: Record) -> None:
    """A LAN that still has NICs cannot be deleted (the code is inferred), nor one that something protects."""
    refuse_protected(lan)
    if any(not nic.leaving for nic in members(lan)):
        raise backend("[nics] Cannot delete lan which contains nics")


def refuse_protected(lan: Record) -> None:
    """403 with code 451 (contract section 7); the control path says what is protected."""
    if protector := lan.private.get("protected_by"):
        raise ServiceError(
            403, [("451", f"Access Denied: Lan {lan.id} is delete-protected by '{protector}'.")]
        )


def removed(lan: Record) -> None:
    lan.links.clear()
