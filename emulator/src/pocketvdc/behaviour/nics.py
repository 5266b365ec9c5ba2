# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NICs and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

from ..addresses import Exhausted, Pool, is_ipv4, is_private
from ..call import Call
from ..errors import ServiceError, backend
from ..store import Record
from ..table import Broken
from ..validate import Draft, Site
from . import consumers, datacenters, lans, secgroups

if TYPE_CHECKING:
    from ..cloud import Cloud

# IPv6 addresses that one NIC can have.
MOST_IPV6 = 50
# Volumes and NICs that one server can have.
MOST_DEVICES = 24


def check(call: Call, draft: Draft) -> None:
    lan = draft.properties.get("lan")
    if lan is not None and lan < 1:
        draft.refuse("lan", "Attribute 'lan' must not be less than 1")
    for text in broken_ips(call, draft.properties.get("ips") or (), datacenters.location_of(draft)):
        draft.refuse("ips", text)
    above = draft.parent
    if above is not None and above.row.kind == "server":
        check_room(above)


def rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    """IPv6 wants a LAN that has it; a NIC has one /80 of its LAN's /64, and its addresses in there."""
    block = lans.ipv6_block(site, values["lan"] or 0)
    ips, own = values["ipv6Ips"] or [], values["ipv6CidrBlock"]
    if block is None:
        for name, value in (("ipv6Ips", ips), ("ipv6CidrBlock", own), ("dhcpv6", values["dhcpv6"])):
            if value and (isinstance(site, Draft) or site.properties[name] != value):
                yield name, f"LAN {values['lan']} has no IPv6 block"
        return
    if len(ips) > MOST_IPV6:
        yield "ipv6Ips", f"Attribute 'ipv6Ips' holds {MOST_IPV6} addresses at most"
    if own is not None and not _is_part(own, block, 80):
        yield "ipv6CidrBlock", f"'{own}' is not a /80 block inside the LAN's, which is {block}"
        return
    if isinstance(site, Record) and site.properties["ipv6Ips"] == values["ipv6Ips"]:
        return
    for ip in ips:
        if not _is_part(ip, own or _block_of(ips[0]) or block, 128):
            yield "ipv6Ips", f"'{ip}' is not an IPv6 address inside the NIC's block {own or block}"


def _is_part(text: str, block: str, length: int) -> bool:
    """Whether a text is a network of a prefix length inside a block, which may be unknown yet (``AUTO``)."""
    try:
        network = IPv6Network(text)
        return network.prefixlen == length and (block == "AUTO" or network.subnet_of(IPv6Network(block)))
    except ValueError:
        return False


def _block_of(ip: str) -> str | None:
    """The /80 around an address."""
    try:
        return str(IPv6Network(ip).supernet(new_prefix=80))
    except ValueError:
        return None


def settle_ipv6(nic: Record, count: int = 1) -> None:
    """A block and ``count`` addresses out of the LAN's IPv6 block; nothing of it in a LAN that has none."""
    lan = lan_of(nic)
    block = lan.properties["ipv6CidrBlock"] if lan is not None else None
    given = nic.properties
    found: dict[str, Any] = dict.fromkeys(("ipv6CidrBlock", "ipv6Ips", "dhcpv6"))
    if block is not None and lan is not None:
        ips = [ip for ip in given["ipv6Ips"] or () if _is_part(ip, block, 128)]
        own = given["ipv6CidrBlock"] or (_block_of(ips[0]) if ips else None)
        if own is None or not _is_part(own, block, 80):
            own = _free_block(lan, block)
        network = IPv6Network(own)
        kept = [ip for ip in ips if _is_part(ip, own, 128)]
        found = {
            "ipv6CidrBlock": own,
            "ipv6Ips": kept or [str(network.network_address + 2 + i) for i in range(max(1, count))],
            "dhcpv6": True if given["dhcpv6"] is None else given["dhcpv6"],
        }
    if any(given[name] != value for name, value in found.items()):
        nic.properties = {**given, **found}
        nic.changed()


def _free_block(lan: Record, block: str) -> str:
    taken = {other.properties["ipv6CidrBlock"] for other in lans.members(lan)}
    return next(part for part in map(str, IPv6Network(block).subnets(new_prefix=80)) if part not in taken)


def check_room(server: Record, more: int = 1) -> None:
    """422 when a server has no slot left for another volume or NIC."""
    count = len(server.children.get("nics", ())) + len(server.links.get("volumes", ()))
    if count + more > MOST_DEVICES:
        raise backend(
            f"[VDC-5-1041] Server {server.id} cannot have more than {MOST_DEVICES} volumes and NICs."
        )


def broken_ips(call: Call, ips: Any, location: str | None) -> list[str]:
    """Why addresses cannot be set on a NIC: they are private, or reserved in the same location."""
    found = []
    for ip in ips:
        if not is_ipv4(ip):
            found.append(f"'{ip}' is not a valid IPv4 address")
        elif not is_private(ip):
            block = block_of(call, ip)
            if block is None:
                found.append(f"IP {ip} is not reserved; public addresses must be part of an IP block")
            elif location is not None and not datacenters.reaches(
                call, location, block.properties["location"]
            ):
                found.append(
                    f"IP {ip} is reserved in location {block.properties['location']}, not in {location}"
                )
    return found


def block_of(call: Call, ip: str) -> Record | None:
    """The IP block that a reserved address is part of."""
    for block in call.store.root("ipblocks").values():
        if ip in block.properties["ips"] and not block.leaving:
            return block
    return None


def build(call: Call, nic: Record, draft: Draft) -> None:
    nic.private["auto"] = []
    if call.version == 4 and draft.properties.get("firewallActive") is None:
        nic.properties["firewallActive"] = None  # until it is DONE (contract section 10.12)
    lan = lans.ensure(call, _datacenter(nic), nic.properties["lan"])
    lan.linked("nics")[nic.id] = nic
    consumers.register(nic, (), nic.properties["ips"] or ())


def ready(call: Call, nic: Record) -> None:
    """Addresses, MAC and slot come with the provisioning."""
    if not nic.alive:
        return
    nic.properties["mac"] = nic.properties["mac"] or call.cloud.addresses.mac()
    for name in ("nat", "firewallActive"):
        nic.properties[name] = bool(nic.properties[name])
    server = nic.parent
    assert server is not None
    taken = {other.properties["pciSlot"] for other in server.children["nics"].values()}
    taken |= {volume.properties["pciSlot"] for volume in server.linked("volumes").values()}
    nic.properties["pciSlot"] = free_slot(taken)
    if not nic.properties["ips"]:
        assign(call.cloud, nic)
    settle_ipv6(nic)
    nic.changed()


def free_slot(taken: set[Any], first: int = 5) -> int:
    while first in taken:
        first += 1
    return first


def _datacenter(nic: Record) -> Record:
    found = nic.above("datacenter")
    assert found is not None
    return found


def lan_of(nic: Record) -> Record | None:
    return _datacenter(nic).children.get("lans", {}).get(str(nic.properties["lan"]))


def assign(cloud: Cloud, nic: Record) -> None:
    """Give a NIC one address of its LAN. A stopped server holds no dynamic public address."""
    lan = lan_of(nic)
    if lan is None:
        return
    public = lan.properties["public"]
    server = nic.parent
    if public and server is not None and server.properties["vmState"] in ("SHUTOFF", "SUSPENDED"):
        return
    try:
        address = cloud.addresses.public.take() if public else private_address(cloud, lan)
    except Exhausted:
        return  # no address is left; the NIC stays without one
    nic.private["auto"] = [address]
    set_ips(nic, [address])


def private_address(cloud: Cloud, lan: Record) -> str:
    """The next free address of a private LAN; a full subnet is continued in another (inferred)."""
    pool: Pool = lan.private["pool"]
    try:
        return pool.take()
    except Exhausted:
        pool.add(cloud.addresses.subnet())
        return pool.take()


def drop_automatic(cloud: Cloud, nic: Record) -> None:
    """Give automatic addresses back; those the user set stay."""
    automatic = nic.private.get("auto") or []
    if automatic:
        nic.private["auto"] = []
        set_ips(nic, [ip for ip in nic.properties["ips"] or () if ip not in automatic])
        _give_back(cloud, nic, automatic)


def _give_back(cloud: Cloud, nic: Record, addresses: list[str]) -> None:
    for address in addresses:
        if is_private(address):
            for lan in _datacenter(nic).children.get("lans", {}).values():
                pool: Pool | None = lan.private.get("pool")
                if pool is not None:
                    pool.free(address)
        else:
            cloud.addresses.public.free(address)


def set_ips(nic: Record, ips: list[str]) -> None:
    before = nic.properties["ips"] or ()
    nic.properties = {**nic.properties, "ips": ips}
    consumers.register(nic, before, ips)
    nic.changed()


def check_update(call: Call, nic: Record, changed: dict[str, Any]) -> None:
    if "lan" in changed and changed["lan"] < 1:
        raise ServiceError(422, [("100", "[(root).properties.lan] Attribute 'lan' must not be less than 1")])
    present, automatic = nic.properties["ips"] or (), nic.private.get("auto") or ()
    if "ips" in changed and not changed["ips"]:
        changed["ips"] = [ip for ip in present if ip in automatic]  # it has what that asks for
    _check_balanced(nic, changed.get("ips"))
    location = _datacenter(nic).properties["location"]
    fresh = [ip for ip in changed.get("ips") or () if ip not in present]
    if texts := broken_ips(call, fresh, location):
        raise ServiceError(422, [("100", f"[(root).properties.ips] {text}") for text in texts])


def _check_balanced(nic: Record, ips: list[str] | None) -> None:
    """A balanced NIC keeps its balancer's address; that changes through the balancer only."""
    for balancer in _datacenter(nic).children.get("loadbalancers", {}).values():
        address = balancer.properties["ip"]
        if ips is not None and nic.id in balancer.linked("balancednics") and address not in ips:
            raise backend(f"[VDC-5-1045] The address {address} of load balancer {balancer.id} must stay.")


def updated(call: Call, nic: Record, before: dict[str, Any]) -> None:
    if before["lan"] != nic.properties["lan"]:
        old = _datacenter(nic).children.get("lans", {}).get(str(before["lan"]))
        if old is not None:
            lans.leave(old, nic)
        lans.ensure(call, _datacenter(nic), nic.properties["lan"]).linked("nics")[nic.id] = nic
    if before["ips"] != nic.properties["ips"]:
        consumers.register(nic, before["ips"] or (), nic.properties["ips"] or ())


def settled(call: Call, nic: Record, before: dict[str, Any]) -> None:
    """Addresses that are not the user's follow the LAN."""
    if not nic.alive:
        return
    automatic = nic.private.get("auto") or []
    kept = [ip for ip in nic.properties["ips"] or () if ip in automatic]
    lost = [ip for ip in automatic if ip not in kept]
    if lost:
        _give_back(call.cloud, nic, lost)
        nic.private["auto"] = kept
    if before["lan"] != nic.properties["lan"]:
        drop_automatic(call.cloud, nic)
    if not nic.properties["ips"]:
        assign(call.cloud, nic)
    settle_ipv6(nic, len(before["ipv6Ips"] or ()))
    if (lan := lan_of(nic)) is not None:
        lans.end_failover(lan, nic, nic.properties["ips"] or ())


def readdress(cloud: Cloud, nic: Record) -> None:
    """The LAN turned public or private: automatic addresses are exchanged (inferred)."""
    if nic.private.get("auto") or not nic.properties["ips"]:
        drop_automatic(cloud, nic)
        if not nic.properties["ips"]:
            assign(cloud, nic)


def removed(nic: Record) -> None:
    """Its addresses are free; LAN, balancer and failover group forget it."""
    assert nic.store is not None
    secgroups.withdraw(nic)
    lan = lan_of(nic)
    if lan is not None:
        lans.leave(lan, nic)
    for balancer in _datacenter(nic).children.get("loadbalancers", {}).values():
        if balancer.linked("balancednics").pop(nic.id, None) is not None:
            balancer.changed()
    _give_back(nic.store.cloud, nic, nic.private.get("auto") or [])
    consumers.register(nic, nic.properties["ips"] or (), ())


def find(datacenter: Record, ident: str) -> Record | None:
    """A NIC of any server of a data center."""
    for server in datacenter.children.get("servers", {}).values():
        nic = server.children.get("nics", {}).get(ident)
        if nic is not None:
            return nic
    return None


def public_addresses(nic: Record) -> tuple[str, ...]:
    """The addresses under which the outside reaches a NIC; none when its LAN is private."""
    lan = lan_of(nic)
    if lan is None or not lan.properties["public"]:
        return ()
    return tuple(ip for ip in nic.properties["ips"] or () if not is_private(ip))


def private_pool(network: IPv4Network) -> Pool:
    return Pool([network], first=11)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
