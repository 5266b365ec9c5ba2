# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether NICs have the addresses of the failover groups that they head (contract section 10.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._engine.addresses import text_key
from ..._engine.plan.pairing import name_of
from ..._engine.plan.steps import Ref
from ..._engine.service import Item
from ..resources.lans import LAN
from ..resources.machines import MACHINE
from ..resources.nics import NIC
from .fitting import Preview, Trees, sets
from .nic_facts import NicFacts


def with_nics(facts: NicFacts, after: Item) -> Trees:
    """A LAN's NICs that may head its groups; nothing where the plan changes none of them."""
    changed = sets("ip_failover", facts.have, after)
    items = facts.here(facts.resources[MACHINE.kind], depth=3) if changed else []
    servers = [MACHINE.decode(each, {}) for each in items]
    return {MACHINE.plural: servers}, {MACHINE.plural: servers}


def of_failover(preview: Preview) -> Iterator[str]:
    """Failover groups in private LANs, or of an address that their NIC does not have, or that others keep at their end."""
    for step in preview.steps:
        change = step.change if step.verb == "update" and step.resource.kind == LAN.kind else None
        groups = change.patch.get("ip_failover") if change else None
        if not change or groups is None:
            continue
        where = "/".join((*step.path, "ip_failover"))
        yield from (f"{where}: {each}" for each in _held(preview.after, change.before or {}, groups))
        if groups and not (change.after or {}).get("public"):
            yield f"{where}: only a public LAN can have failover groups"
        for group in groups:
            name, nic = _nic(preview.after, group["nic_id"])
            if nic and text_key(group["ip"]) not in map(text_key, nic.get("ips") or ()):
                yield f"{where}: the NIC {name} does not have the address {group['ip']}; give it to the NIC as well, in ips"


def _held(tree: Item, lan: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Addresses of groups that end while a NIC other than their first one keeps them."""
    left = {text_key(group["ip"]) for group in groups}
    for group in lan.get("ip_failover") or ():
        for server in tree.get("servers") or () if text_key(group["ip"]) not in left else ():
            for nic in server.get("nics") or ():
                here = str(nic.get("lan")) == str(lan["id"]) and nic.get("id") != group["nic_id"]
                if here and text_key(group["ip"]) in map(text_key, nic.get("ips") or ()):
                    name = f"{name_of(MACHINE, server)}/{name_of(NIC, nic)}"
                    yield (
                        f"the NIC {name} still has the address {group['ip']}; take it from the NIC as well, or keep "
                        "the group"
                    )


def _nic(tree: Item, nic_id: Any) -> tuple[str, Item]:
    """A NIC by its id, or by the path where it will be, and its name in a sentence; empty if nothing is known of it."""
    for server in tree.get("servers") or ():
        for nic in server.get("nics") or ():
            path = ("servers", name_of(MACHINE, server), "nics", name_of(NIC, nic))
            if (path == nic_id.path) if isinstance(nic_id, Ref) else (nic.get("id") == nic_id):
                return f"{path[1]}/{path[3]}", nic
    return "", {}
