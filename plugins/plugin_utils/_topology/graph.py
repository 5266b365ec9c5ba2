# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center as nodes and edges, in words: what the formats have in common that leave the layout to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .site import Nic, Server, Site, Volume, brief, plural

MOST_VOLUMES, MOST_IPS, MOST_RULES = 8, 3, 6


@dataclass(frozen=True)
class Node:
    """``lines`` are its text, the first one its name; ``kind`` is internet, lan, server, balancer, volumes."""

    key: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """``lan`` is the LAN that it belongs to."""

    start: str
    end: str
    lan: int


def nodes(site: Site) -> Iterator[Node]:
    """The internet, if a LAN reaches it, then LANs, load balancers, servers, and the volumes without a server."""
    if any(lan.public for lan in site.lans):
        yield Node("internet", "internet", ("Internet",))
    for index, lan in enumerate(site.lans):
        yield Node(f"lan{index}", "lan", _lines(lan.label, lan.about))
    for index, balancer in enumerate(site.balancers):
        behind = balancer.balanced[:MOST_VOLUMES]
        rest = len(balancer.balanced) - len(behind)
        more = f"and {rest} more" if rest else ""
        lines = _lines(balancer.name, balancer.kind, balancer.ip, balancer.about, *behind, more)
        yield Node(f"balancer{index}", "balancer", lines)
    for index, server in enumerate(site.servers):
        yield Node(f"server{index}", "server", _server(server))
    if site.loose:
        yield Node("volumes", "volumes", _lines("Volumes without a server", *_volumes(site.loose)))


def edges(site: Site) -> Iterator[Edge]:
    """From the internet to the public LANs, and from each LAN to what is in it, once.

    They bear no words, which would lie one upon the other where there are many; each NIC is told in its server.
    """
    for index, lan in enumerate(site.lans):
        if lan.public:
            yield Edge("internet", f"lan{index}", index)
    for index, balancer in enumerate(site.balancers):
        if balancer.lan is not None:
            yield Edge(f"lan{balancer.lan}", f"balancer{index}", balancer.lan)
        for lan_index in balancer.targets:
            yield Edge(f"balancer{index}", f"lan{lan_index}", lan_index)
    for index, server in enumerate(site.servers):
        for joined in dict.fromkeys(nic.lan for nic in server.nics):
            if joined is not None:
                yield Edge(f"lan{joined}", f"server{index}", joined)


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, lines))


def _server(server: Server) -> tuple[str, ...]:
    groups = f"security groups: {brief(server.groups, MOST_IPS)}" if server.groups else ""
    nics = [line for nic in server.nics for line in _nic(nic)]
    about = (server.title, server.state, server.note, server.measure, groups)
    return _lines(*about, *_volumes(server.volumes), *nics)


def _volumes(volumes: tuple[Volume, ...]) -> tuple[str, ...]:
    shown = tuple(
        ", ".join(filter(None, (volume.name, volume.measure, "boot" if volume.boot else "")))
        for volume in volumes[:MOST_VOLUMES]
    )
    rest = len(volumes) - MOST_VOLUMES
    return (*shown, f"and {plural(rest, 'more volume')}") if rest > 0 else shown


def _nic(nic: Nic) -> tuple[str, ...]:
    name = " ".join(filter(None, ("NIC", nic.name, brief(nic.ips, MOST_IPS))))
    firewall = f"firewall: {brief(nic.firewall.words, MOST_RULES)}" if nic.firewall else ""
    return _lines(name, firewall, *nic.notes)
