# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What servers can hold, and how large they and their volumes can be (contract section 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._engine.errors import did_you_mean
from ..._engine.plan.pairing import name_of
from ..._engine.plan.planner import Plan
from ..._engine.plan.steps import Ref
from ..._engine.service import Item
from ..addresses import is_private
from ..resources.datacenters import DATACENTER
from ..resources.nics import NIC
from ..resources.servers import SERVER, VOLUME
from .fitting import Preview, Trees, by_id
from .inside import InsideFacts
from .limits import limits_of, storage_of, too_many
from .sending import Home, sent

MOST_DEVICES = 24  # volumes and NICs of a server
MOST_CDROMS = 2
# What its own module adds to a server: its kind, and the collection of the server.
DEVICES = {
    "nic": "nics",
    "volume": "volumes",
    "volume_attachment": "volumes",
    "cdrom_attachment": "cdroms",
}


def with_volumes(facts: InsideFacts, after: Item) -> Trees:
    """A server and what is in it."""
    have = facts.have
    old = {SERVER.plural: [have], VOLUME.plural: have.get("volumes") or ()} if have else {}
    return old, {SERVER.plural: [after], VOLUME.plural: after.get("volumes") or ()}


def with_server(facts: InsideFacts, after: Item) -> Trees:
    """A volume, NIC or CD-ROM, and the server that it is added to."""
    resource, have = facts.resource, facts.have
    server_id = facts.found.parents.get(SERVER.kind) or after.get("server_id")
    own = {VOLUME.plural: [after]} if resource.kind == VOLUME.kind else {}
    old = {VOLUME.plural: [have]} if have and own else {}
    stays = have is not None and (have.get("server_id"), have.get("ips")) == (server_id, after.get("ips"))
    if server_id is None or isinstance(server_id, Ref) or stays:
        return old, own
    # A NIC with addresses is compared with those of all servers.
    all_of_them = resource.kind == NIC.kind and after.get("ips")
    if all_of_them:
        items = facts.here(SERVER, depth=3)
    else:
        items = [item for item in [facts.item(SERVER, facts.around(SERVER), str(server_id), depth=2)] if item]
    servers = [SERVER.decode(item, {}) for item in items]
    name = DEVICES[resource.kind]
    more = [
        {**each, name: [*(one for one in each[name] if _id(one) != after.get("id")), after]}
        if each["id"] == server_id
        else each
        for each in servers
    ]
    return {**old, SERVER.plural: servers}, {**own, SERVER.plural: more}


def _id(each: Any) -> Any:
    """The id of a device of a server, which may be all that is shown of it."""
    return each["id"] if isinstance(each, Mapping) else each


def of_servers(preview: Preview) -> Iterator[str]:
    """New and changed servers that exceed what the contract and the location allow."""
    limits, offered = limits_of(preview), _offered(preview)
    there = by_id(preview.before.get("servers") or ())
    for server in preview.after.get("servers") or ():
        old = there.get(server.get("id"), {})
        name = f"servers/{name_of(SERVER, server)}"
        own = offered.get(server.get("cpu_family"), {})
        for field, unit, most_name, own_name in (
            ("cores", "", "cores_per_server", "max_cores"),
            ("ram", " MB", "ram_per_server", "max_ram"),
        ):
            bounds = [each for each in (limits.most(most_name), own.get(own_name)) if each]
            value = server.get(field)
            if value and bounds and value > min(bounds) and value != old.get(field):
                most = f"a server can have at most {min(bounds)}{unit}"
                yield f"{name}: {field}: {value}{unit}, but {most}"
        family = server.get("cpu_family")
        if family and offered and family not in offered and family != old.get("cpu_family"):
            meant = did_you_mean(family, offered)
            yield f"{name}: cpu_family: the location has no {family!r}{meant}; it has {', '.join(sorted(offered))}"
        cdroms = len(server.get("cdroms") or ())
        if cdroms > MOST_CDROMS and cdroms > len(old.get("cdroms") or ()):
            yield f"{name}: {cdroms} CD-ROMs, but a server can have at most {MOST_CDROMS}"
        devices = len(server.get("volumes") or ()) + len(server.get("nics") or ())
        if devices > MOST_DEVICES and devices > len(old.get("volumes") or ()) + len(old.get("nics") or ()):
            yield f"{name}: {devices} volumes and NICs, but a server can have at most {MOST_DEVICES}"


def of_volumes(preview: Preview) -> Iterator[str]:
    """New and changed volumes that exceed what the contract allows."""
    limits, there = limits_of(preview), by_id(preview.before.get("volumes") or ())
    for volume in preview.after.get("volumes") or ():
        kind, size = storage_of(volume), volume.get("size") or 0
        most = limits.most(f"{kind}_limit_per_volume") if kind else None
        # With the smaller of the two possible units, so that nothing is refused that might fit.
        if most and size * 1000 > most and size != there.get(volume.get("id"), {}).get("size"):
            limit = f"a volume of its type can have at most {most // 1024} GB"
            yield f"volumes/{name_of(VOLUME, volume)}: size: {size} GB, but {limit}"


def of_assignments(preview: Preview) -> Iterator[str]:
    """Security groups of one server or NIC, whose number a call of its own sets."""
    most = limits_of(preview).most("security_groups_per_resource")
    for step in preview.steps:
        if step.verb == "assign":
            count, before = len(set(step.body["ids"])), len((step.before or {}).get("security_groups") or ())
            yield from too_many(
                "/".join(step.path) or step.resource.label, "security groups", count, before, most
            )


def _offered(preview: Preview) -> dict[str, Item]:
    """The CPU families of the location. A data center that was read lists them; otherwise they take a request."""
    facts, plan, after = preview.facts, preview.plan, preview.after
    whole = facts.resource.kind == DATACENTER.kind
    named = any(each.get("cpu_family") for each in after.get("servers") or ())
    if whole and facts.have is not None or named and (whole or _sizes(plan)):
        return Home(facts).families
    return {}


def _sizes(plan: Plan) -> bool:
    """Whether a plan sets the size or the CPU family of a server."""
    return any(
        each.kind == SERVER.kind and {"cores", "ram", "cpuFamily"} & set(each.wire)
        for each in sent(plan.steps)
    )


# -- addresses of NICs --------------------------------------------------------------------------------------------------


def doubles(preview: Preview) -> Iterator[str]:
    """Private addresses that a plan gives to a NIC, and another one of its LAN has. The service takes them.

    Public ones may be there twice: NICs that share the address of a failover group join it (contract section 10.11).
    """
    old = {(nic.get("id"), ip) for _where, nic in nics_of(preview.before) for ip in nic.get("ips") or ()}
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for where, nic in nics_of(preview.after):
        lan = str(nic.get("lan_name") or nic.get("lan"))
        for ip in filter(is_private, nic.get("ips") or ()):
            found.setdefault((lan, ip), []).append((where, (nic.get("id"), ip) not in old))
    for (_lan, ip), several in found.items():
        if len(several) > 1 and any(new for _where, new in several):
            yield f"{' and '.join(sorted(where for where, _new in several))} would both have the address {ip}, in one LAN"


def nics_of(tree: Item) -> Iterator[tuple[str, Item]]:
    """All NICs of a tree, each with its path."""
    for server in tree.get("servers") or ():
        for nic in server.get("nics") or ():
            yield f"servers/{name_of(SERVER, server)}/nics/{name_of(NIC, nic)}", nic
