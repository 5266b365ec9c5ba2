# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether addresses that a plan sets are reserved, and free (contract section 10.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._engine.service import Item
from ..addresses import is_public
from ..resources.datacenters import DATACENTER
from ..resources.ipblocks import IPBLOCK
from .facts import CloudFacts
from .fitting import Preview
from .sending import Home, Sent, sent

# Where addresses are given, by kind; those of the first share theirs with nothing else.
ALONE = {
    "nat_gateway": "publicIps",
    "network_load_balancer": "ips",
    "application_load_balancer": "ips",
    "k8s_nodepool": "publicIps",
    "k8s_cluster": "natGatewayIp",
}
ADDRESSED = {**ALONE, "nic": "ips", "loadbalancer": "ip"}


def of_addresses(preview: Preview) -> Iterator[str]:
    """Public addresses that a plan sets and that are not reserved here, or used by something else."""
    facts = preview.facts
    given = [
        (each, ip)
        for each in sent(preview.steps)
        for ip in addresses_of(each)
        if is_public(ip) and ip not in held(each.before)
    ]
    if not given:
        return
    blocks = [IPBLOCK.decode(item, {}) for item in facts.items(IPBLOCK, {}, lenient=True)]
    home = Home(facts)
    if not blocks and not facts.open:
        facts.warnings.append(
            "preflight: there are no reserved addresses that this user can see, so none were checked"
        )
        return
    for each, ip in given:
        found = next((block for block in blocks if ip in block["ips"]), None)
        if found is None:
            yield f"{each.at}{ip} is not reserved; reserve an IP block, and use its addresses"
        elif home.location and not home.reaches(found["location"]):
            yield f"{each.at}{ip} is reserved in location {found['location']}, and cannot be used in {home.location}"
        elif each.kind in ALONE and (users := _users(facts, found, ip)):
            yield f"{each.at}{ip} is in use by {users[0]}"


def addresses_of(each: Sent) -> list[str]:
    """The addresses that an object is to have."""
    value = each.wire.get(ADDRESSED.get(each.kind, ""))
    return [str(ip) for ip in (value if isinstance(value, list) else [value]) if isinstance(ip, str) and ip]


def held(item: Mapping[str, Any] | None) -> list[str]:
    """The addresses that an object has, given its result."""
    have = item or {}
    return [*(have.get("ips") or ()), *(have.get("public_ips") or ()), *filter(None, [have.get("ip")])]


def _users(facts: CloudFacts, block: Item, ip: str) -> list[str]:
    """Who uses an address of a block; in a data center as a whole, what the plan takes it from may be who has it now."""
    own = str((facts.have or {}).get("id")) if facts.resource.kind == DATACENTER.kind else ""
    return [
        str(
            each["server_name"]
            or each["k8s_nodepool_id"]
            or each["k8s_cluster_id"]
            or each["datacenter_name"]
        )
        for each in block["ip_consumers"]
        if each["ip"] == ip and each["datacenter_id"] != own
    ]
