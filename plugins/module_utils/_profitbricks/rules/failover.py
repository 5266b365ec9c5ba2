# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether NICs have the addresses of the failover groups that they head (contract section 10.11)."""

from __future__ import annotations

from collections.abc import Iterator
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
    """Failover groups in private LANs, or of an address that their NIC does not have."""
    for step in preview.steps:
        change = step.change if step.verb == "update" and step.resource.kind == LAN.kind else None
        groups = change.patch.get("ip_failover") if change else None
        if not change or not groups:
            continue
        where = "/".join((*step.path, "ip_failover"))
        if not (change.after or {}).get("public"):
            yield f"{where}: only a public LAN can have failover groups"
        for group in groups:
            name, nic = _nic(preview.after, group["nic_id"])
            if nic and text_key(group["ip"]) not in map(text_key, nic.get("ips") or ()):
                yield f"{where}: the NIC {name} does not have the address {group['ip']}; give it to the NIC as well, in ips"


def _nic(tree: Item, nic_id: Any) -> tuple[str, Item]:
    """A NIC by its id, or by the path where it will be, and its name in a sentence; empty if nothing is known of it."""
    for server in tree.get("servers") or ():
        for nic in server.get("nics") or ():
            path = ("servers", name_of(MACHINE, server), "nics", name_of(NIC, nic))
            if (path == nic_id.path) if isinstance(nic_id, Ref) else (nic.get("id") == nic_id):
                return f"{path[1]}/{path[3]}", nic
    return "", {}
