# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pools of addresses, subnets and MACs. An address in use is never given out a second time."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

# Where dynamic public addresses come from when the documentation range is used up: the range for
# benchmarks (RFC 2544), which is as little routed.
OVERFLOW = IPv4Network("198.18.0.0/15")
DOCUMENTATION = IPv4Network("203.0.113.0/24")
_PRIVATE = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
_LOOPBACK = IPv4Network("127.0.0.0/8")
_TAKEN_LOOPBACK = IPv4Network("127.0.0.0/24")  # holds 127.0.0.1, where the machine's own services listen


class Exhausted(Exception):
    """No address is left."""


class Pool:
    """Addresses of some networks, given out in order; freed ones come round again.

    ``first`` is the first host number of each network to use. Network and broadcast address never are.
    """

    def __init__(self, networks: Sequence[IPv4Network], first: int = 1):
        self.spans = [
            (int(net.network_address) + min(first, net.num_addresses - 1), int(net.broadcast_address) - 1)
            for net in networks
        ]
        self.used: set[int] = set()
        self.position = 0
        self.skip = _TAKEN_LOOPBACK if any(net.subnet_of(_LOOPBACK) for net in networks) else None

    def add(self, network: IPv4Network) -> None:
        self.spans.append((int(network.network_address) + 1, int(network.broadcast_address) - 1))

    def _at(self, index: int) -> int:
        for low, high in self.spans:
            size = high - low + 1
            if index < size:
                return low + index
            index -= size
        raise AssertionError("index beyond the pool")

    def take(self) -> str:
        total = sum(max(0, high - low + 1) for low, high in self.spans)
        for _each in range(total):
            number = self._at(self.position)
            self.position = (self.position + 1) % total
            if self.skip is not None and number <= int(self.skip.broadcast_address):
                self.position = max(self.position, self._past_skip())
                continue
            if number not in self.used:
                self.used.add(number)
                return str(IPv4Address(number))
        raise Exhausted

    def _past_skip(self) -> int:
        assert self.skip is not None
        return max(0, int(self.skip.broadcast_address) + 1 - self.spans[0][0])

    def take_from(self, address: str) -> str:
        """This address when it is free, else the next one of the pool."""
        if int(ip_address(address)) in self.used:
            return self.take()
        self.claim(address)
        return address

    def free(self, address: str) -> None:
        self.used.discard(int(ip_address(address)))

    def claim(self, address: str) -> None:
        """Somebody chose this address: the pool must not give it out."""
        self.used.add(int(ip_address(address)))


class Addresses:
    """All addresses of the cloud."""

    def __init__(self, public_net: str = str(DOCUMENTATION)):
        network = IPv4Network(public_net)
        networks = [network, OVERFLOW] if network == DOCUMENTATION else [network]
        self.public = Pool(networks)
        self.network = network
        self._subnets = 0
        self._macs = 0
        self._prefixes = 0

    def subnet(self) -> IPv4Network:
        """A fresh private /24 out of 10.0.0.0/8."""
        self._subnets = self._subnets % 0xFFFF + 1
        return IPv4Network(f"10.{self._subnets >> 8}.{self._subnets & 255}.0/24")

    def prefix(self) -> str:
        """A fresh IPv6 /56 out of the documentation range."""
        self._prefixes += 1
        return str(IPv6Network(((0x20010DB8 << 96) + (self._prefixes << 72), 56)))

    def mac(self) -> str:
        self._macs += 1
        return "02:01:" + ":".join(f"{(self._macs >> shift) & 255:02x}" for shift in (24, 16, 8, 0))


def is_private(address: str) -> bool:
    """Whether an address is of the private ranges that NICs may use freely."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return parsed.version == 4 and any(parsed in network for network in _PRIVATE)


def is_ipv4(address: str) -> bool:
    try:
        return ip_address(address).version == 4
    except ValueError:
        return False
