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
    """``lines`` are its text, the first one its name; ``kind`` is internet, public, private, server, balancer, volumes."""

    key: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """``lines`` stand at it, if there are any."""

    start: str
    end: str
    lines: tuple[str, ...] = ()


def nodes(site: Site) -> Iterator[Node]:
    """The internet, if a LAN reaches it, then LANs, load balancers, servers, and the volumes without a server."""
    if any(lan.public for lan in site.lans):
        yield Node("internet", "internet", ("Internet",))
    for index, lan in enumerate(site.lans):
        yield Node(f"lan{index}", "public" if lan.public else "private", _lines(lan.label, lan.about))
    for index, balancer in enumerate(site.balancers):
        about = f"balances {brief(balancer.balanced, MOST_VOLUMES) or 'nothing'}"
        yield Node(f"balancer{index}", "balancer", _lines(balancer.name, "load balancer", balancer.ip, about))
    for index, server in enumerate(site.servers):
        yield Node(f"server{index}", "server", _server(server))
    if site.loose:
        yield Node("volumes", "volumes", _lines("Volumes without a server", *_volumes(site.loose)))


def edges(site: Site) -> Iterator[Edge]:
    """From the internet to the public LANs, and from each LAN to what is in it, with the NIC's name and firewall."""
    for index, lan in enumerate(site.lans):
        if lan.public:
            yield Edge("internet", f"lan{index}")
    for index, balancer in enumerate(site.balancers):
        if balancer.lan is not None:
            yield Edge(f"lan{balancer.lan}", f"balancer{index}")
    for index, server in enumerate(site.servers):
        for nic in server.nics:
            if nic.lan is not None:
                yield Edge(f"lan{nic.lan}", f"server{index}", _nic(nic))


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, lines))


def _server(server: Server) -> tuple[str, ...]:
    apart = [" ".join(("NIC", *_nic(nic))) for nic in server.nics if nic.lan is None]
    return _lines(server.title, server.state, server.measure, *_volumes(server.volumes), *apart)


def _volumes(volumes: tuple[Volume, ...]) -> tuple[str, ...]:
    shown = tuple(
        ", ".join(filter(None, (volume.name, volume.measure, "boot" if volume.boot else "")))
        for volume in volumes[:MOST_VOLUMES]
    )
    rest = len(volumes) - MOST_VOLUMES
    return (*shown, f"and {plural(rest, 'more volume')}") if rest > 0 else shown


def _nic(nic: Nic) -> tuple[str, ...]:
    name = " ".join(filter(None, (nic.name, brief(nic.ips, MOST_IPS))))
    balancers = f"balanced by {brief(nic.balancers, MOST_IPS)}" if nic.balancers else ""
    return _lines(
        name, f"firewall: {brief(nic.firewall.words, MOST_RULES)}" if nic.firewall else "", balancers
    )
