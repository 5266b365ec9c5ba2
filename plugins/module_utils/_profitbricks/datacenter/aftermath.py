# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What deleting, moving and detaching objects does to others of a predicted tree: the service keeps both ends of each
reference in step (contract sections 10.3, 10.7, 10.11, 10.14 and 10.35).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..._engine.service import Item


def with_aftermath(tree: Item, before: Item) -> Item:
    """A predicted tree that refers to nothing that went, given the tree as it is.

    LANs and security groups list the members that they will have, as far as these have an id yet.
    """
    gone = set(_ids(before)) - set(_ids(tree))
    servers = {each["id"]: each for each in before["servers"]}
    ordered = {each["id"] for each in before["volumes"] if each["server_id"] and each["boot_order"]}
    default = tree["default_security_group"]
    return {
        **tree,
        "default_security_group": None if default in gone else default,
        "lans": _lans(tree, before, gone),
        "security_groups": _groups(tree),
        "servers": [_server(each, servers.get(each["id"]), gone) for each in tree["servers"]],
        "volumes": [_detached(each) if each["id"] in ordered else each for each in tree["volumes"]],
        "loadbalancers": [_without(each, "balanced_nics", gone) for each in tree["loadbalancers"]],
    }


def _ids(tree: Item) -> Iterator[str]:
    """The ids of all that others in a tree refer to."""
    for server in tree["servers"]:
        yield from (each["id"] for each in (server, *server["nics"]))
    yield from (each["id"] for each in tree["security_groups"])


def _without(item: Item, name: str, gone: set[str]) -> Item:
    return {**item, name: [each for each in item[name] if each not in gone]} if item.get(name) else item


def _lans(tree: Item, before: Item, gone: set[str]) -> list[Item]:
    """A LAN has the NICs that name it, and the failover groups of those that are left."""
    nics = [nic for server in tree["servers"] for nic in server["nics"]]
    known = {nic["id"] for server in before["servers"] for nic in server["nics"]}
    members: dict[str, list[str]] = {}
    for nic in nics:
        members.setdefault(str(nic["lan"] or nic.get("lan_name")), []).append(nic["id"])
    found = []
    for lan in tree["lans"]:
        others = [each for each in lan["nics"] if each not in known]
        own = _in_order(members.get(str(lan["id"] or lan["name"]), ()), lan["nics"])
        groups = [each for each in lan["ip_failover"] or () if each["nic_id"] not in gone]
        found.append({**lan, "nics": [*others, *own], "ip_failover": groups})
    return found


def _in_order(members: Iterable[Any], before: Sequence[str]) -> list[str]:
    """The members that have an id: those that were there, and then those that come."""
    have, known = dict.fromkeys(each for each in members if each), set(before)
    return [*(each for each in before if each in have), *(each for each in have if each not in known)]


def _groups(tree: Item) -> list[Item]:
    """A security group has the servers and NICs that name it."""
    members: dict[tuple[str, str], list[Any]] = {}
    for server in tree["servers"]:
        for name, items in (("servers", [server]), ("nics", server["nics"])):
            for each in items:
                for group in each["security_groups"] or ():
                    members.setdefault((name, group), []).append(each["id"])
    return [
        {
            **group,
            **{
                name: _in_order(members.get((name, group["id"]), ()), group[name])
                for name in ("servers", "nics")
            },
        }
        for group in tree["security_groups"]
    ]


def _server(server: Item, before: Item | None, gone: set[str]) -> Item:
    """A server without the groups that went; one that lost its boot volume boots from the next that may be booted from."""
    nics = [_without(nic, "security_groups", gone) for nic in server["nics"]]
    found = {**_without(server, "security_groups", gone), "nics": nics}
    boot, left = server["boot_volume"], {each["id"]: each for each in server["volumes"]}
    if before and boot and boot == before["boot_volume"] and boot not in left:
        rest = (each["id"] for each in before["volumes"] if each["id"] in left)
        found["boot_volume"] = next((each for each in rest if left[each]["boot_order"] != "NONE"), None)
    return found


def _detached(volume: Item) -> Item:
    """Once a volume is detached, the service shows no order of booting, if it shows any."""
    return volume if volume["server_id"] else {**volume, "boot_order": "NONE"}
