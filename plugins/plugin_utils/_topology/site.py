# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center, reduced to what a picture shows of it.

``read`` takes what the modules return and what a user describes: NICs name their LAN by number or by name, volumes
stand in their server or beside it, and any key may be missing. The order of what comes out does not depend on the order
in which the service lists things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import gateways
from .gateways import Balancer
from .plain import (
    BETWEEN,
    LARGEST,
    children,
    device_number,
    listed,
    mapping,
    name_order,
    natural,
    number,
    plain,
    text,
    texts,
)

# As many equal servers are drawn one by one; more are drawn as one, with their number.
MOST_EQUAL = 6
# What an active firewall without rules does, by the traffic that it looks at (contract section 10.12).
CLOSED = {"EGRESS": "nothing gets out", "BIDIRECTIONAL": "nothing gets in or out"}


@dataclass(frozen=True)
class Lan:
    """``number`` is empty when nobody said it; ``network`` is its IPv4 block, if known."""

    name: str
    number: str
    public: bool
    network: str = ""

    @property
    def label(self) -> str:
        return self.name or f"LAN {self.number}"

    @property
    def about(self) -> str:
        """What the label does not tell, such as ``public, LAN 1``."""
        kind = "public" if self.public else "private"
        number = f"LAN {self.number}" if self.number and self.name else ""
        return ", ".join(filter(None, ("" if self.label == kind else kind, number, self.network)))


@dataclass(frozen=True)
class Firewall:
    """``words`` say in brief what it lets through, ``details`` name each rule; ``active`` means known to act."""

    active: bool
    words: tuple[str, ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nic:
    """``lan`` is an index into ``Site.lans``; ``balancers`` are the names of those that spread traffic to it, ``groups``
    those of its security groups, and ``failover`` the addresses that move on from it if its server fails.
    """

    name: str
    lan: int | None
    ips: tuple[str, ...]
    firewall: Firewall | None
    balancers: tuple[str, ...]
    groups: tuple[str, ...] = ()
    failover: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What belongs to it beside its addresses and its firewall."""
        noted = (
            ("balanced by", self.balancers),
            ("security groups:", self.groups),
            ("failover", self.failover),
        )
        return tuple(f"{words} {brief(each, 2)}" for words, each in noted if each)


@dataclass(frozen=True)
class Volume:
    """``size`` in GB."""

    name: str
    size: int | None
    disk_type: str
    boot: bool = False

    @property
    def measure(self) -> str:
        return " ".join(filter(None, (f"{self.size} GB" if self.size is not None else "", self.disk_type)))


@dataclass(frozen=True)
class Server:
    """``ram`` in MB; ``state`` is empty when unknown; ``count`` is how many equal ones it stands for; ``groups`` are the
    names of its security groups, and ``note`` says what several servers in one are.
    """

    name: str
    cores: int | None
    ram: int | None
    traits: tuple[str, ...]
    state: str
    count: int
    volumes: tuple[Volume, ...]
    nics: tuple[Nic, ...]
    groups: tuple[str, ...] = ()
    note: str = ""

    @property
    def title(self) -> str:
        counted = self.count == 1 or self.note == _equal(self.count)
        return self.name if counted else f"{self.name} \u00d7 {self.count}"

    @property
    def measure(self) -> str:
        parts = (plural(self.cores, "core"), f"{memory(self.ram)} RAM" if self.ram is not None else "")
        return ", ".join(filter(None, (*parts, *self.traits)))


@dataclass(frozen=True)
class Site:
    """``loose`` are the volumes that no server has."""

    name: str
    location: str
    description: str
    lans: tuple[Lan, ...]
    servers: tuple[Server, ...]
    balancers: tuple[Balancer, ...]
    loose: tuple[Volume, ...]

    @property
    def summary(self) -> str:
        """Where it is and how much of everything, such as ``de/fra, 3 servers, 6 cores, 8 GB RAM, 60 GB storage``."""
        servers = sum(server.count for server in self.servers)
        cores = sum(server.count * (server.cores or 0) for server in self.servers)
        ram = sum(server.count * (server.ram or 0) for server in self.servers)
        storage = sum(volume.size or 0 for volume in self.loose) + sum(
            server.count * (volume.size or 0) for server in self.servers for volume in server.volumes
        )
        parts = (
            self.location,
            plural(servers, "server"),
            plural(cores, "core") if cores else "",
            f"{memory(ram)} RAM" if ram else "",
            f"{storage} GB storage" if storage else "",
        )
        return ", ".join(filter(None, parts))


def plural(number: int | None, noun: str) -> str:
    """``1 core``, ``2 cores``; empty for an unknown number."""
    return "" if number is None else f"{number} {noun}{'' if number == 1 else 's'}"


def memory(megabytes: int) -> str:
    """In GB where that is exact to a quarter."""
    return f"{megabytes / 1024:g} GB" if megabytes >= 1024 and megabytes % 256 == 0 else f"{megabytes} MB"


def brief(words: Sequence[str], most: int) -> str:
    """The first words with commas between them, and how many more there are."""
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" +{rest} more" if rest > 0 else "")


def read(value: object) -> Site:
    """The data center that a picture shows. Raises InvalidSite."""
    root = mapping(plain(value), "the data center")
    servers = children(root, "servers", "")
    balancers = children(root, "loadbalancers", "")
    lans = _Lans(root, servers, [*balancers, *gateways.joined(root)])
    groups = {text(each.get("id")): text(each.get("name")) for each in children(root, "security_groups", "")}
    storage = _Storage(children(root, "volumes", ""))
    nics = _Nics(servers)
    balanced = _balanced(balancers, nics)
    by_nic: dict[int, list[str]] = defaultdict(list)
    for balancer, members in balanced:
        for nic in members.nics:
            by_nic[id(nic)].append(text(balancer.get("name")) or "load balancer")
    beside = _Beside(by_nic, groups, _failover(root, nics))
    drawn = [
        (text(server.get("k8s_nodepool")), _server(server, f"servers[{index}]", lans, storage, beside))
        for index, server in sorted(enumerate(servers), key=lambda pair: name_order(pair[1]))
    ]
    return Site(
        name=text(root.get("name")),
        location=text(root.get("location")),
        description=text(root.get("description")),
        lans=tuple(lans.lans),
        servers=(*_folded([each for pool, each in drawn if not pool]), *_pools(root, drawn)),
        balancers=(
            *(
                _balancer(balancer, members, lans)
                for balancer, members in sorted(balanced, key=lambda pair: name_order(pair[0]))
            ),
            *gateways.read(root, lans.index),
        ),
        loose=tuple(_volume(volume, "") for volume in sorted(storage.loose(servers), key=name_order)),
    )


# -- LANs -----------------------------------------------------------------------------------------------------------


class _Lans:
    """The LANs of a data center: those that are listed, and those that only a NIC or a balancer names."""

    def __init__(
        self,
        root: Mapping[str, Any],
        servers: Sequence[Mapping[str, Any]],
        balancers: Sequence[Mapping[str, Any]],
    ) -> None:
        listed = [_lan(lan) for lan in children(root, "lans", "")]
        known = {key for lan in listed for key in (lan.number, lan.name)}
        named = {text(item.get("lan")) for item in (*_nics_of(servers), *balancers)} - known - {""}
        numbers = {name for name in named if number(name) is not None}
        implied = [Lan("", name, False) if name in numbers else Lan(name, "", False) for name in named]
        self.lans = sorted([*listed, *implied], key=_lan_order)
        self._numbers = {lan.number: index for index, lan in reversed([*enumerate(self.lans)]) if lan.number}
        self._names = {lan.name: index for index, lan in reversed([*enumerate(self.lans)]) if lan.name}

    def index(self, reference: object) -> int | None:
        """Where the LAN with this number or name is; a number wins over an equal name."""
        key = text(reference)
        return self._numbers.get(key, self._names.get(key))

    def public(self, index: int | None) -> bool:
        return index is not None and self.lans[index].public


def _lan(lan: Mapping[str, Any]) -> Lan:
    return Lan(
        text(lan.get("name")),
        text(lan.get("id")),
        lan.get("public") is True,
        text(lan.get("ipv4_cidr_block")),
    )


def _lan_order(lan: Lan) -> tuple[bool, bool, Any, Any]:
    return (not lan.public, not lan.number, natural(lan.number), natural(lan.name))


# -- volumes --------------------------------------------------------------------------------------------------------


class _Storage:
    """The volumes that a data center lists beside its servers."""

    def __init__(self, listed: Sequence[Mapping[str, Any]]) -> None:
        self._listed = listed
        self._found: dict[str, Mapping[str, Any]] = {}
        self._owned: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for volume in listed:
            for key in filter(None, (text(volume.get("id")), text(volume.get("name")))):
                self._found.setdefault(key, volume)
            self._owned[_owner(volume)].append(volume)

    def of(self, server: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
        """The volumes of a server: those that it lists, and those that point to it."""
        own = [
            self._found.get(entry, {"name": entry})
            if isinstance(entry, str)
            else mapping(entry, f"{path}.volumes[{index}]")
            for index, entry in enumerate(listed(server, "volumes", f"{path}."))
        ]
        told = {_key(volume) for volume in own}
        owners = dict.fromkeys(filter(None, (text(server.get("id")), text(server.get("name")))))
        pointing = (volume for owner in owners for volume in self._owned.get(owner, ()))
        return [*own, *(volume for volume in pointing if _key(volume) not in told)]

    def loose(self, servers: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Those that no server has."""
        held = [
            volume for index, server in enumerate(servers) for volume in self.of(server, f"servers[{index}]")
        ]
        same, known = {id(volume) for volume in held}, {_key(volume) for volume in held}
        for volume in self._listed:
            if id(volume) not in same and _key(volume) not in known and not _owner(volume):
                yield volume


def _owner(volume: Mapping[str, Any]) -> str:
    return text(volume.get("server_id") or volume.get("server"))


def _key(volume: Mapping[str, Any]) -> str:
    return text(volume.get("id")) or text(volume.get("name"))


def _volume(volume: Mapping[str, Any], boot: str) -> Volume:
    """``boot`` is the id or the name of the volume that its server boots from."""
    named = boot != "" and boot in (text(volume.get("id")), text(volume.get("name")))
    return Volume(
        text(volume.get("name")) or "volume",
        number(volume.get("size")),
        text(volume.get("disk_type", "HDD" if "size" in volume else "")),
        named or volume.get("boot_order") == "PRIMARY",
    )


# -- NICs and firewalls ---------------------------------------------------------------------------------------------


def _nics_of(servers: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for index, server in enumerate(servers):
        yield from children(server, "nics", f"servers[{index}].")


@dataclass(frozen=True)
class _Beside:
    """What is said of NICs and servers elsewhere: by the identity of a NIC the names of its balancers and its failover
    addresses, and the names of security groups by id.
    """

    balancers: Mapping[int, list[str]]
    groups: Mapping[str, str]
    failover: Mapping[int, list[str]]

    def groups_of(self, item: Mapping[str, Any], path: str) -> tuple[str, ...]:
        names = (self.groups.get(each) or each for each in texts(item, "security_groups", f"{path}."))
        return tuple(sorted(names, key=natural))


def _failover(root: Mapping[str, Any], nics: _Nics) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for index, lan in enumerate(children(root, "lans", "")):
        for group in children(lan, "ip_failover", f"lans[{index}]."):
            nic, _label = nics.get(group.get("nic_id"))
            if nic is not None:
                found[id(nic)].append(text(group.get("ip")))
    return found


def _nic(nic: Mapping[str, Any], path: str, lans: _Lans, beside: _Beside) -> Nic:
    lan = lans.index(nic.get("lan") or nic.get("lan_name"))
    ips = (*texts(nic, "ips", f"{path}."), *texts(nic, "ipv6_ips", f"{path}."))
    return Nic(
        text(nic.get("name")) or "NIC",
        lan,
        ips,
        _firewall(nic, path, lans.public(lan)),
        tuple(sorted(beside.balancers.get(id(nic), ()), key=natural)),
        beside.groups_of(nic, path),
        tuple(sorted(beside.failover.get(id(nic), ()), key=natural)),
    )


def _firewall(nic: Mapping[str, Any], path: str, public: bool) -> Firewall | None:
    rules = sorted(children(nic, "firewall_rules", f"{path}."), key=_rule_order)
    # One that a description leaves out is inactive.
    active = nic.get("firewall_active", False)
    words = tuple(dict.fromkeys(_rule(rule) for rule in rules))
    details = tuple(": ".join(filter(None, (text(rule.get("name")), _rule(rule)))) for rule in rules)
    if active is True:
        return Firewall(
            True, words or (CLOSED.get(text(nic.get("firewall_type")), "nothing gets in"),), details
        )
    if active is False and rules:
        return Firewall(False, ("inactive", *words), details)
    if active is False:
        return Firewall(False, ("no firewall",)) if public else None
    return Firewall(False, words, details) if words else None


def _rule_order(rule: Mapping[str, Any]) -> tuple[Any, ...]:
    """Those with ports first."""
    start = number(rule.get("port_range_start"))
    return start is None, text(rule.get("protocol")), start or 0, _rule(rule), natural(text(rule.get("name")))


def _rule(rule: Mapping[str, Any]) -> str:
    """What a rule lets through, such as ``TCP 8000-8080 from 198.51.100.7``."""
    fields = {key: text(rule.get(key)) for key in ("source_ip", "source_mac", "target_ip")}
    parts = [
        text(rule.get("protocol")) or "any",
        _span(rule, "port_range_start", "port_range_end", "-"),
        _span(rule, "icmp_type", "icmp_code", "/"),
        "out" if rule.get("type") == "EGRESS" else "",
        *(f"from {fields[key]}" for key in ("source_ip", "source_mac") if fields[key]),
        f"to {fields['target_ip']}" if fields["target_ip"] else "",
    ]
    return " ".join(filter(None, parts))


def _span(rule: Mapping[str, Any], first: str, second: str, sign: str) -> str:
    ends = [text(rule.get(key)) for key in (first, second)]
    if first == "port_range_start" and ends[0] == ends[1]:
        return ends[0]
    return sign.join(filter(None, ends))


# -- servers --------------------------------------------------------------------------------------------------------


def _server(server: Mapping[str, Any], path: str, lans: _Lans, storage: _Storage, beside: _Beside) -> Server:
    boot = text(server.get("boot_volume"))
    volumes = [(_volume(volume, boot), volume) for volume in storage.of(server, path)]
    nics = [
        (_nic(nic, f"{path}.nics[{index}]", lans, beside), nic)
        for index, nic in enumerate(children(server, "nics", f"{path}."))
    ]
    traits = (text(server.get("type")), text(server.get("availability_zone")))
    return Server(
        name=text(server.get("name")) or "server",
        cores=number(server.get("cores")),
        ram=number(server.get("ram")),
        # What every server is unless asked otherwise says nothing.
        traits=tuple(trait for trait in traits if trait not in ("", "ENTERPRISE", "AUTO")),
        state=_state(server),
        count=max(1, number(server.get("count")) or 1),
        volumes=tuple(volume for volume, _raw in sorted(volumes, key=_volume_order)),
        nics=tuple(nic for nic, _raw in sorted(nics, key=_nic_order)),
        groups=beside.groups_of(server, path),
    )


def _folded(servers: Sequence[Server]) -> list[Server]:
    """The servers, those that are equal but for numbers in names and for addresses as one where there are many."""
    alike: dict[Server, list[Server]] = defaultdict(list)
    for server in servers:
        alike[_unnumbered(server)].append(server)
    many = {id(each): group for group in alike.values() if len(group) > MOST_EQUAL for each in group}
    found = []
    for server in servers:
        group = many.get(id(server))
        if group is None:
            found.append(server)
        elif group[0] is server:
            count = sum(each.count for each in group)
            found.append(_one_for_all(group, f"{server.name}{BETWEEN}{group[-1].name}", _equal(count)))
    return found


def _unnumbered(server: Server) -> Server:
    nics = (replace(nic, name=_plain_name(nic.name), ips=()) for nic in server.nics)
    volumes = (replace(volume, name=_plain_name(volume.name)) for volume in server.volumes)
    return replace(server, name=_plain_name(server.name), nics=tuple(nics), volumes=tuple(volumes))


def _plain_name(name: str) -> str:
    return re.sub("[0-9]+", "0", name)


def _equal(count: int) -> str:
    return f"{count} equal servers"


def _one_for_all(group: Sequence[Server], name: str, note: str) -> Server:
    """A server that stands for several, with the lowest and the highest of their addresses."""
    first = group[0]
    nics = tuple(
        replace(nic, ips=_reach([each.nics[place].ips[0] for each in group if _addressed(each, place)]))
        for place, nic in enumerate(first.nics)
    )
    shown = first if len(group) == 1 else replace(first, nics=nics)
    count = sum(each.count for each in group)
    return replace(shown, name=name, count=count, note=note)


def _addressed(server: Server, place: int) -> bool:
    return len(server.nics) > place and bool(server.nics[place].ips)


def _reach(ips: Sequence[str]) -> tuple[str, ...]:
    """The lowest and the highest address, or the only one."""
    ordered = sorted(set(ips), key=natural)
    return tuple(ordered) if len(ordered) < 2 else (f"{ordered[0]}{BETWEEN}{ordered[-1]}",)


def _pools(root: Mapping[str, Any], drawn: Sequence[tuple[str, Server]]) -> list[Server]:
    """The node pools of Kubernetes, each as its nodes, of which one is like the other."""
    nodes: dict[str, list[Server]] = defaultdict(list)
    for pool, server in drawn:
        if pool:
            nodes[pool].append(server)
    note = "Kubernetes node pool"
    found = [_one_for_all(group, pool, note) for pool, group in nodes.items()]
    for each in children(root, "k8s_nodepools", ""):
        name = text(each.get("name"))
        if name not in nodes:
            count = max(1, number(each.get("node_count")) or 1)
            state = text(each.get("state"))
            found.append(Server(name, None, None, (), state, count, (), (), note=note))
    return sorted(found, key=lambda each: natural(each.name))


def _volume_order(pair: tuple[Volume, Mapping[str, Any]]) -> tuple[Any, ...]:
    volume, raw = pair
    return device_number(raw), not volume.boot, name_order(raw)


def _nic_order(pair: tuple[Nic, Mapping[str, Any]]) -> tuple[Any, ...]:
    nic, raw = pair
    return device_number(raw), LARGEST if nic.lan is None else nic.lan, name_order(raw)


def _state(server: Mapping[str, Any]) -> str:
    """What the machine does, unless the service is still at work on it or has failed."""
    if "vm_state" not in server:
        # A description, in which a server runs unless it says otherwise.
        state = text(server.get("state", "running"))
        stopped = "SUSPENDED" if server.get("type") in ("CUBE", "GPU") else "SHUTOFF"
        return {"running": "RUNNING", "stopped": stopped}.get(state, state)
    state, machine = text(server.get("state")), text(server.get("vm_state"))
    return machine if machine and state in ("", "AVAILABLE", "INACTIVE") else state


# -- load balancers -------------------------------------------------------------------------------------------------


class _Nics:
    """All NICs by what a load balancer calls them: UUID, server/NIC, or a name that only one NIC has."""

    def __init__(self, servers: Sequence[Mapping[str, Any]]) -> None:
        self._found: dict[str, tuple[Mapping[str, Any] | None, str]] = {}
        for index, server in enumerate(servers):
            for nic in children(server, "nics", f"servers[{index}]."):
                name = text(nic.get("name"))
                path = f"{text(server.get('name'))}/{name}"
                self._found[name] = (None, name) if name in self._found else (nic, path)
                self._found[path] = (nic, path)
                self._found[text(nic.get("id"))] = (nic, path)

    def get(self, reference: object) -> tuple[Mapping[str, Any] | None, str]:
        """The NIC, if it is there, and how to show it."""
        key = _reference(reference)
        return self._found.get(key, (None, key)) if key else (None, "NIC")


def _reference(reference: object) -> str:
    if not isinstance(reference, Mapping):
        return text(reference)
    path = "/".join(
        filter(None, (text(reference.get("server")), text(reference.get("nic") or reference.get("name"))))
    )
    return text(reference.get("id")) or path


@dataclass(frozen=True)
class _Members:
    nics: tuple[Mapping[str, Any], ...]
    labels: tuple[str, ...]


def _balanced(
    balancers: Sequence[Mapping[str, Any]], nics: _Nics
) -> list[tuple[Mapping[str, Any], _Members]]:
    paired = []
    for index, balancer in enumerate(balancers):
        found = [nics.get(entry) for entry in listed(balancer, "balanced_nics", f"loadbalancers[{index}].")]
        labels = tuple(sorted((label for _nic, label in found), key=natural))
        paired.append((balancer, _Members(tuple(nic for nic, _label in found if nic is not None), labels)))
    return paired


def _balancer(balancer: Mapping[str, Any], members: _Members, lans: _Lans) -> Balancer:
    # A balanced NIC joins the LAN of its balancer, so that either tells where both are.
    joined = (lans.index(item.get("lan")) for item in (balancer, *members.nics))
    lan = next((index for index in joined if index is not None), None)
    return Balancer(
        text(balancer.get("name")) or "load balancer", text(balancer.get("ip")), lan, members.labels
    )
