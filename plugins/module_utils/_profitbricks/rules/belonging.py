# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether objects have what a plan uses of them: the addresses of rules and failover groups, the LANs of gateways, and the one
flow log that each can have (contract sections 10.11, 10.30, 10.31 and 10.34).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..._engine.addresses import text_key
from ..._engine.plan.pairing import name_of
from ..._engine.plan.steps import Ref, Step
from ..._engine.service import Item
from ..resources.balancing import ALB, NAT_GATEWAY, NLB
from ..resources.compute import LAN, NIC, SERVER
from .offers import ALONE, addresses_of, held, nics_of, sent


class Uses(NamedTuple):
    """The addresses of a gateway or balancer, and the option by which each of its rules uses one of them.

    ``surely``: the contract says that it has to be one of them.
    """

    addresses: str
    option: str
    surely: bool = False


USES = {
    NAT_GATEWAY: Uses("public_ips", "public_ip", surely=True),
    NLB: Uses("ips", "listener_ip"),
    ALB: Uses("ips", "listener_ip"),
}


def lacking(before: Item, after: Item, steps: Sequence[Step]) -> list[str]:
    """What the service refuses of a plan, in trees of what is there before and after it."""
    return [
        *(text for text, surely in _of_rules(before, after) if surely),
        *_of_groups(after, steps),
        *_of_flow_logs(before, after),
        *_of_sharing(after, steps),
    ]


def doubtful(before: Item, after: Item, steps: Sequence[Step]) -> Iterator[str]:
    """What it may refuse: the contract does not say."""
    yield from (text for text, surely in _of_rules(before, after) if not surely)
    for each in sent(steps):
        for served in (each.wire.get("lans") or ()) if each.kind == NAT_GATEWAY.kind else ():
            lan = _lan(after, served["id"])
            if lan.get("public"):
                yield f"{each.at}lans: the LAN {name_of(LAN, lan)} is public; a NAT gateway is meant for private ones"


def _of_rules(before: Item, after: Item) -> Iterator[tuple[str, bool]]:
    """Rules with an address that their gateway or balancer does not have, and whether that is sure to be refused."""
    for resource, uses in USES.items():
        there = {each["id"]: each for each in before.get(resource.plural) or () if each.get("id")}
        for owner in after.get(resource.plural) or ():
            known = _strangers(uses, there.get(owner.get("id"), {}))
            for name, ip in _strangers(uses, owner):
                if (name, ip) not in known:
                    where = f"{resource.plural}/{name_of(resource, owner)}/rules/{name}: {uses.option}"
                    has = ", ".join(owner[uses.addresses])
                    yield (
                        f"{where}: {ip} is not among the {uses.addresses} of the {resource.label} ({has})",
                        uses.surely,
                    )


def _strangers(uses: Uses, owner: Item) -> list[tuple[str, str]]:
    """Rules and their addresses; a balancer that is given none listens on some that only the service knows."""
    has = [text_key(ip) for ip in owner.get(uses.addresses) or ()]
    rules = [(str(each.get("name")), str(each.get(uses.option) or "")) for each in owner.get("rules") or ()]
    return [(name, ip) for name, ip in rules if has and ip and text_key(ip) not in has]


def _of_groups(after: Item, steps: Sequence[Step]) -> Iterator[str]:
    """Failover groups in private LANs, or of an address that their NIC does not have."""
    for step in steps:
        change = step.change if step.verb == "update" and step.resource.kind == LAN.kind else None
        groups = change.patch.get("ip_failover") if change else None
        if not change or not groups:
            continue
        where = "/".join((*step.path, "ip_failover"))
        if not (change.after or {}).get("public"):
            yield f"{where}: only a public LAN can have failover groups"
        for group in groups:
            name, nic = _nic(after, group["nic_id"])
            if nic and text_key(group["ip"]) not in map(text_key, nic.get("ips") or ()):
                yield f"{where}: the NIC {name} does not have the address {group['ip']}; give it to the NIC as well, in ips"


def _of_flow_logs(before: Item, after: Item) -> Iterator[str]:
    there = {owner.get("id"): len(owner.get("flow_logs") or ()) for _where, owner in _logged(before)}
    for where, owner in _logged(after):
        logs = owner.get("flow_logs") or ()
        if len(logs) > max(1, there.get(owner.get("id"), 0)):
            names = " and ".join(sorted(str(each["name"]) for each in logs))
            yield f"{where}flow_logs: there can be only one, not {names}"


def _logged(tree: Item) -> Iterator[tuple[str, Item]]:
    """All that can have a flow log, each with how a sentence about it begins; in the tree of a single one, that."""
    if "flow_logs" in tree:
        yield "", tree
    yield from ((f"{where}: ", nic) for where, nic in nics_of(tree))
    for resource in USES:
        for each in tree.get(resource.plural) or ():
            yield f"{resource.plural}/{name_of(resource, each)}: ", each


def _of_sharing(after: Item, steps: Sequence[Step]) -> Iterator[str]:
    """Addresses that something is to share with a gateway or balancer."""
    new = {ip for each in sent(steps) for ip in addresses_of(each) if ip not in held(each.before)}
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for where, nic in nics_of(after):
        for ip in held(nic):
            users[ip].append((where, NIC.kind))
    for resource in USES:
        for each in after.get(resource.plural) or ():
            for ip in held(each):
                users[ip].append((f"{resource.plural}/{name_of(resource, each)}", resource.kind))
    for ip, several in users.items():
        if ip in new and len(several) > 1 and any(kind in ALONE for _where, kind in several):
            yield f"{' and '.join(where for where, _kind in several)} cannot share the address {ip}"


def _lan(tree: Item, number: Any) -> Item:
    """A LAN by its number, or by the place where it is to come; empty where nothing is known of it."""
    lans: Sequence[Item] = tree.get("lans") or ()
    if isinstance(number, Ref):
        return next((each for each in lans if name_of(LAN, each) == number.path[-1]), {})
    return next((each for each in lans if str(each.get("id")) == str(number)), {})


def _nic(tree: Item, nic_id: Any) -> tuple[str, Item]:
    """A NIC by its id, or by the place where it is to come, and how it is called; empty as `_lan`."""
    for server in tree.get("servers") or ():
        for nic in server.get("nics") or ():
            path = ("servers", name_of(SERVER, server), "nics", name_of(NIC, nic))
            if (path == nic_id.path) if isinstance(nic_id, Ref) else (nic.get("id") == nic_id):
                return f"{path[1]}/{path[3]}", nic
    return "", {}
