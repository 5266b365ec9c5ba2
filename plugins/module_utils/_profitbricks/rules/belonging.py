# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether gateways and balancers have what a plan uses of them: the addresses of their rules, the LANs that they serve, and
addresses of their own (contract sections 10.30 and 10.31).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..._engine.addresses import text_key
from ..._engine.plan.pairing import name_of
from ..._engine.plan.steps import Ref
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.lans import LAN
from .facts import CloudFacts
from .fitting import Preview, Trees, by_id, by_itself, sets
from .inside import InsideFacts
from .reserved import ALONE, addresses_of, held
from .sending import sent


class Uses(NamedTuple):
    """The option with the addresses of a gateway or balancer, and that by which each of its rules uses one of them.

    ``surely``: the contract says that it has to be one of them.
    """

    addresses: str
    option: str
    surely: bool = False


NAT_GATEWAY = "nat_gateway"
USES = {
    NAT_GATEWAY: Uses("public_ips", "public_ip", surely=True),
    "network_load_balancer": Uses("ips", "listener_ip"),
    "application_load_balancer": Uses("ips", "listener_ip"),
}


def owners(tree: Item, facts: CloudFacts) -> Iterator[tuple[Resource, Item]]:
    """The gateways and balancers in a tree; a kind that is not loaded is in none."""
    for resource in filter(None, map(facts.resources.get, USES)):
        yield from ((resource, each) for each in tree.get(resource.plural) or ())


def with_owner(facts: InsideFacts, after: Item) -> Trees:
    """A rule with the gateway or balancer that it belongs to, if the plan changes the address that it uses of it; or these by
    themselves, a NAT gateway with the LANs that it is to serve.
    """
    resource, have = facts.resource, facts.have
    kind = resource.parents[-1]
    if kind not in USES:
        old, new = by_itself(facts, after)
        if resource.kind == NAT_GATEWAY and sets("lans", have, after):
            new[LAN.plural] = [LAN.decode(each, {}) for each in facts.here(LAN)]
        return old, new
    if not sets(USES[kind].option, have, after):
        return {}, {}
    owner = facts.resources[kind]
    item = facts.item(owner, facts.around(owner), facts.found.parents[kind], depth=0)
    known = owner.decode(item, {}) if item else {}
    old, new = ({**known, "rules": [each] if each else []} for each in (have, after))
    return {owner.plural: [old]}, {owner.plural: [new]}


def surely_lacking(preview: Preview) -> Iterator[str]:
    """Addresses of rules that the service refuses."""
    yield from (text for text, surely in _of_rules(preview) if surely)


def doubtful(preview: Preview) -> Iterator[str]:
    """What the service may refuse; its contract does not say."""
    yield from (text for text, surely in _of_rules(preview) if not surely)
    for each in sent(preview.steps):
        for served in (each.wire.get("lans") or ()) if each.kind == NAT_GATEWAY else ():
            lan = _lan(preview.after, served["id"])
            if lan.get("public"):
                yield f"{each.at}lans: the LAN {name_of(LAN, lan)} is public; a NAT gateway is meant for private ones"


def _of_rules(preview: Preview) -> Iterator[tuple[str, bool]]:
    """Rules with an address that their gateway or balancer does not have, and whether that is sure to be refused."""
    there = by_id(owner for _resource, owner in owners(preview.before, preview.facts))
    for resource, owner in owners(preview.after, preview.facts):
        uses = USES[resource.kind]
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


def of_sharing(preview: Preview, nics: Iterable[tuple[str, Item]] = ()) -> Iterator[str]:
    """Addresses that something is to share with a gateway or balancer; ``nics`` are those of the tree, with their paths."""
    new = {ip for each in sent(preview.steps) for ip in addresses_of(each) if ip not in held(each.before)}
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for where, nic in nics:
        for ip in held(nic):
            users[ip].append((where, "nic"))
    for resource, each in owners(preview.after, preview.facts):
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
