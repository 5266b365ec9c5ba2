# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP addresses and networks as tasks give them: one spelling to compare them by, and what is none."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from .errors import InvalidOption


def text_key(value: Any) -> str:
    """One spelling of a text whose case does not matter, or of an address, which may have a prefix."""
    text = str(value).strip().lower()
    for read in (ipaddress.ip_address, ipaddress.ip_interface):
        try:
            return str(read(text))
        except ValueError:
            continue
    return text


def block_key(value: Any) -> str:
    """One spelling of a network, in which the bits of a host do not matter; an address is the smallest one."""
    try:
        return str(ipaddress.ip_network(str(value).strip(), strict=False))
    except ValueError:
        return text_key(value)


def private_key(value: Any) -> str:
    """One spelling of a private address with its prefix, which is 24 where none is said (contract section 10.30)."""
    text = str(value)
    return text_key(text if "/" in text or ":" in text else f"{text}/24")


def _taken(
    read: Callable[[str], Any], key: Callable[[Any], str], what: str, *words: str
) -> Callable[[str, Any], Any]:
    """A check of an option that takes such a text, one of the ``words``, or a list, of which repetitions are dropped."""

    def check(option: str, text: Any) -> None:
        try:
            read(str(text).strip())
        except ValueError:
            if text not in words:
                raise InvalidOption(f"{option}: {text!r} is not {what}") from None

    def taken(option: str, value: Any) -> Any:
        values = value if isinstance(value, list) else [value]
        for each in values:
            check(option, each)
        return list({key(each): each for each in values}.values()) if isinstance(value, list) else value

    return taken


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(text, strict=False)


address = _taken(ipaddress.ip_address, text_key, "an IP address, such as 203.0.113.10")
interface = _taken(
    ipaddress.ip_interface, private_key, "an IP address with its prefix, such as 10.7.222.225/24"
)
network = _taken(_network, block_key, "an IP address or a network in CIDR form, such as 10.7.222.0/24")
network_or_auto = _taken(
    _network, block_key, "a network in CIDR form, such as 2001:db8:1200::/64, nor AUTO", "AUTO"
)
