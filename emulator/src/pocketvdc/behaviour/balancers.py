# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classic load balancers and their NICs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..addresses import Exhausted, is_private
from ..call import Call
from ..errors import ServiceError, not_found
from ..permissions import refuse_managed
from ..store import Record
from ..validate import Draft
from . import consumers, datacenters, nics


def check(call: Call, draft: Draft) -> None:
    ip = draft.properties.get("ip")
    if ip:
        for text in nics.broken_ips(call, [ip], datacenters.location_of(draft)):
            draft.refuse("ip", text)


def ready(call: Call, balancer: Record) -> None:
    if balancer.alive and not balancer.properties["ip"]:
        _assign(call, balancer)


def _assign(call: Call, balancer: Record) -> None:
    """An automatic address out of the LAN of the first balanced NIC, else a public one (inferred)."""
    first = next(iter(balanced(balancer)), None)
    lan = nics.lan_of(first) if first is not None else None
    try:
        if lan is not None and not lan.properties["public"]:
            address = nics.private_address(call.cloud, lan)
        else:
            address = call.cloud.addresses.public.take()
    except Exhausted:
        return
    balancer.private["auto"] = address
    balancer.properties = {**balancer.properties, "ip": address}
    consumers.hold(balancer)
    balancer.changed()


def balanced(balancer: Record) -> Iterable[Record]:
    return balancer.linked("balancednics").values()


def attach(call: Call, balancer: Record, ident: str) -> Record:
    """The NIC gets the balancer's address and moves to its LAN (inferred)."""
    datacenter = balancer.parent
    assert datacenter is not None
    nic = nics.find(datacenter, ident)
    if nic is None:
        raise not_found()
    refuse_managed(nic)
    call.touch(nic)
    call.touch(balancer, listed=False)
    members = balancer.linked("balancednics")
    first = next(iter(members.values()), None)
    if ident not in members:
        members[ident] = nic
        call.on_undo(lambda: members.pop(ident, None))

    def apply() -> None:
        if not (nic.alive and balancer.alive):
            return
        # Again where an earlier request of the line has taken it out meanwhile.
        members[ident] = nic
        if first is not None and first.alive and first.properties["lan"] != nic.properties["lan"]:
            before = nic.properties
            nic.properties = {**before, "lan": first.properties["lan"]}
            nics.updated(call, nic, before)
        _share_address(call, balancer, nic)
        balancer.changed()

    call.on_done(apply)
    return nic


def _share_address(call: Call, balancer: Record, nic: Record, old: str | None = None) -> None:
    """The balancer's address is the first of the NIC; addresses that the user added stay behind it."""
    address = balancer.properties["ip"]
    nics.drop_automatic(call.cloud, nic)
    if address:
        rest = [ip for ip in nic.properties["ips"] or () if ip not in (address, old)]
        nics.set_ips(nic, [address, *rest])


def detach(call: Call, balancer: Record, nic: Record) -> None:
    call.touch(nic)
    call.touch(balancer, listed=False)

    def apply() -> None:
        if balancer.linked("balancednics").pop(nic.id, None) is not None and nic.alive:
            _release(call, balancer, nic)
        balancer.changed()

    call.on_done(apply)


def _release(call: Call, balancer: Record, nic: Record) -> None:
    """Without the balancer the NIC has an address of its own again (inferred)."""
    address = balancer.properties["ip"]
    nics.set_ips(nic, [ip for ip in nic.properties["ips"] or () if ip != address])
    if not nic.properties["ips"]:
        nics.assign(call.cloud, nic)


def check_update(call: Call, balancer: Record, changed: dict[str, Any]) -> None:
    datacenter = balancer.parent
    assert datacenter is not None
    ip = changed.get("ip")
    if ip and ip != balancer.properties["ip"]:
        texts = nics.broken_ips(call, [ip], datacenter.properties["location"])
        if texts:
            raise ServiceError(422, [("100", f"[(root).properties.ip] {text}") for text in texts])
    elif "ip" in changed and not ip:
        changed["ip"] = balancer.properties["ip"]  # null keeps the automatic address (inferred)


def settled(call: Call, balancer: Record, before: dict[str, Any]) -> None:
    if before["ip"] != balancer.properties["ip"]:
        _free_automatic(balancer, before["ip"])
        for nic in balanced(balancer):
            _share_address(call, balancer, nic, old=before["ip"])


def _free_automatic(balancer: Record, address: str | None) -> None:
    if address is None or balancer.private.get("auto") != address or balancer.store is None:
        return
    del balancer.private["auto"]
    if not is_private(address):
        balancer.store.cloud.addresses.public.free(address)


def removed(balancer: Record) -> None:
    """Its NICs stay, with addresses of their own."""
    consumers.removed(balancer)
    assert balancer.store is not None
    address = balancer.properties["ip"]
    for nic in list(balanced(balancer)):
        if nic.alive:
            nics.set_ips(nic, [ip for ip in nic.properties["ips"] or () if ip != address])
            if not nic.properties["ips"]:
                nics.assign(balancer.store.cloud, nic)
    balancer.links.clear()
    _free_automatic(balancer, address)
