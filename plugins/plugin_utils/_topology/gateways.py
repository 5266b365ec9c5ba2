# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers and gateways, reduced to what a picture shows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .plain import children, name_order, natural, text, texts

KINDS = {
    "nat_gateways": "NAT gateway",
    "network_load_balancers": "Network load balancer",
    "application_load_balancers": "Application load balancer",
}
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Balancer:
    """A load balancer or a gateway: ``kind`` says which. ``ip`` is where it is reached, or reaches the internet from.

    ``lan`` is the LAN it listens in, and ``targets`` are those that it forwards to, or serves. ``balanced`` says what is
    behind it: NICs as server/NIC, or in words what its rules do.
    """

    name: str
    ip: str
    lan: int | None
    balanced: tuple[str, ...]
    kind: str = "Load balancer"
    targets: tuple[int, ...] = ()

    @property
    def about(self) -> str:
        """What it does with what is behind it."""
        verb = {"NAT gateway": "lets out", "Load balancer": "balances"}.get(self.kind, "forwards")
        return f"{verb}{'' if self.balanced else ' nothing'}"


def joined(root: Item) -> Iterator[dict[str, Any]]:
    """The LANs that gateways and balancers name, each as the ``lan`` of an object."""
    for name in KINDS:
        for index, each in enumerate(children(root, name, "")):
            yield from ({"lan": lan} for lan in _lans(each, f"{name}[{index}]."))


def _lans(each: Item, path: str) -> Iterator[Any]:
    yield from (each[key] for key in ("listener_lan", "target_lan") if each.get(key) is not None)
    yield from (lan.get("lan") for lan in children(each, "lans", path))


def read(root: Item, index_of: Callable[[object], int | None]) -> Iterator[Balancer]:
    """The gateways and balancers of a data center; ``index_of`` tells which LAN a name or number means."""
    behind = _Behind(root)
    for name, kind in KINDS.items():
        found = sorted(enumerate(children(root, name, "")), key=lambda pair: name_order(pair[1]))
        for place, each in found:
            path = f"{name}[{place}]."
            targets = [index_of(lan) for lan in _lans(each, path)]
            listener = index_of(each["listener_lan"]) if each.get("listener_lan") is not None else None
            if listener is not None:
                targets.remove(listener)
            words = (behind.words(name, rule, path) for rule in children(each, "rules", path))
            addresses = (*texts(each, "public_ips", path), *texts(each, "ips", path))
            yield Balancer(
                text(each.get("name")) or kind,
                ", ".join(addresses),
                listener,
                tuple(sorted((word for line in words for word in line), key=natural)),
                kind,
                tuple(index for index in targets if index is not None),
            )


class _Behind:
    """What is behind the rules of gateways and balancers: servers by their addresses, target groups by name or id."""

    def __init__(self, root: Item) -> None:
        self._servers: dict[str, str] = {}
        for index, server in enumerate(children(root, "servers", "")):
            for nic in children(server, "nics", f"servers[{index}]."):
                for ip in texts(nic, "ips", f"servers[{index}].nics."):
                    self._servers.setdefault(ip, text(server.get("name")))
        self._groups: dict[str, Item] = {}
        for group in children(root, "target_groups", ""):
            for key in ("id", "name"):
                self._groups[text(group.get(key))] = group

    def words(self, collection: str, rule: Item, path: str) -> list[str]:
        """What a rule does, a line for each thing behind it."""
        path = f"{path}rules."
        if collection == "nat_gateways":
            target = text(rule.get("target_subnet"))
            source = text(rule.get("source_subnet"))
            return [" ".join(filter(None, (source, f"to {target}" if target else "")))]
        came = " ".join(filter(None, (text(rule.get("protocol")), text(rule.get("listener_port")))))
        if collection == "network_load_balancers":
            return self._to(came, self._targets(rule, path))
        found = []
        for http in children(rule, "http_rules", path):
            found += self._to(came, self._http(http, path))
        return found

    @staticmethod
    def _to(came: str, where: list[str]) -> list[str]:
        return [f"{came} \u2192 {each}" for each in where]

    def _targets(self, holder: Item, path: str) -> list[str]:
        found = []
        for target in children(holder, "targets", path):
            ip = text(target.get("ip"))
            found.append(":".join(filter(None, (self._servers.get(ip) or ip, text(target.get("port"))))))
        return found

    def _http(self, http: Item, path: str) -> list[str]:
        """Where an HTTP rule leads: the targets of its group if these are known, else the group."""
        for key, words in (("location", "redirect to "), ("response_message", "answer ")):
            if http.get(key):
                return [words + text(http[key])]
        name = text(http.get("target_group"))
        group = self._groups.get(name)
        if group is None:
            return [f"target group {name}".rstrip()]
        return self._targets(group, path) or [f"target group {text(group.get('name'))}".rstrip()]
