# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the options of a task to the description of a data center (`engine.plan`).

Beside the fields and children of a resource, a node may hold ``id``, ``power`` (of a server: running or stopped) and what
the rules of its kind take.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.description import describe
from ..._engine.plan.pairing import Node, name_of
from ..._engine.schema.field import SPELLED, is_uuid
from ..._engine.schema.resource import Resource
from ..addresses import is_private
from ..resources.access import decoded
from ..resources.nics import NIC
from ..resources.servers import SERVER
from .options import RULES, SITE, TREE_OPTIONS

# The place of the number in a pattern; behind a second sign, the text itself.
NUMBER = re.compile(r"%(%?)((?:0\d)?)d")
NUMBERED = ("name", "hostname", "boot_volume", "ips")


def parse_description(options: Mapping[str, Any], version: int) -> Node:
    """The root node of a task's options, checked, with servers counted out. Raises InvalidOption."""
    for field in TREE_OPTIONS:
        value = options.get(field.name)
        if value is not None:
            # Of a pattern, its first server stands for all: the pattern itself need not be a host name.
            field.check([_first(each) for each in value] if field.name == "servers" else value, version)
    given = {name: value for name, value in options.items() if value is not None}
    if given.get("servers"):
        given["servers"] = list(_counted(given["servers"]))
    node = describe(RULES, SITE, given, version, _more)
    _own_addresses(node.get("servers") or ())
    return node


def _more(resource: Resource, options: Mapping[str, Any]) -> Node:
    if resource is SITE:
        return {}
    more = {"id": options["id"]} if "id" in options else {}
    return (
        {**more, "power": options["state"]} if resource.kind == SERVER.kind and "state" in options else more
    )


def _counted(servers: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for server in servers:
        count = server.get("count")
        if count is None:
            yield server
            continue
        if not any(not each[1] for each in NUMBER.finditer(str(server.get("name") or ""))):
            raise InvalidOption(
                f"servers/{server.get('name')}: name: needs a placeholder for the number, such as %02d, because of "
                "count"
            )
        one = {name: value for name, value in server.items() if name != "count"}
        for number in range(1, count + 1):
            yield _numbered(one, number)


def _first(server: Mapping[str, Any]) -> Mapping[str, Any]:
    return server if server.get("count") is None else _numbered(server, 1)


def _numbered(value: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What a pattern describes, with its number wherever there is a place for it, and the name that the task spells."""
    numbered = {name: _with_number(name, each, number) for name, each in value.items()}
    return {**numbered, SPELLED: value["name"]} if value.get("name") else numbered


def _with_number(name: str, value: Any, number: int) -> Any:
    if isinstance(value, str) and name in NUMBERED:
        return _filled(value, number)
    if name == "user_data":
        return _with_number_inside(value, number)
    if isinstance(value, Mapping):
        return value if name == "labels" else _numbered(value, number)
    if isinstance(value, list):
        return [_with_number(name, each, number) for each in value]
    return value


def _filled(pattern: str, number: int) -> str:
    return NUMBER.sub(lambda match: match[0][1:] if match[1] else f"{number:{match[2]}d}", pattern)


def _with_number_inside(user_data: Any, number: int) -> Any:
    """A configuration with the number in all its texts; one in base64 that is no text as it is."""
    content = decoded(user_data) if isinstance(user_data, str) else None
    if content is None:
        return _everywhere(user_data, number)
    try:
        text = content.decode()
    except ValueError:
        return user_data
    filled = _filled(text, number)
    return user_data if filled == text else base64.b64encode(filled.encode()).decode()


def _everywhere(value: Any, number: int) -> Any:
    if isinstance(value, Mapping):
        return {key: _everywhere(each, number) for key, each in value.items()}
    if isinstance(value, list):
        return [_everywhere(each, number) for each in value]
    return _filled(value, number) if isinstance(value, str) else value


def _own_addresses(servers: Iterable[Node]) -> None:
    """Raise InvalidOption for a private address that two NICs of one LAN shall have; public ones may fail over."""
    owners: dict[tuple[str, str], str] = {}
    for server in servers:
        for nic in server.get("nics") or ():
            owner = f"{name_of(SERVER, server)}/{name_of(NIC, nic)}"
            for ip in filter(is_private, nic.get("ips") or ()):
                other = owners.setdefault((str(nic.get("lan")), ip), owner)
                if other != owner:
                    raise InvalidOption(
                        f"servers: {other} and {owner} would both have the address {ip}; with count, it "
                        "needs a placeholder for the number, such as 10.0.0.1%d"
                    )


def with_boot_volumes(node: Node, tree: Mapping[str, Any] | None) -> Node:
    """A described volume of the data center that a server boots from is one of the server's own, whether the task gives
    its name or its id, here or there.
    """
    names = {each["id"]: each["name"] for each in (tree or {}).get("volumes") or ()}
    for server in (tree or {}).get("servers") or ():
        names |= {each["id"]: each["name"] for each in server["volumes"]}

    # An id means one volume; only what is given without one can be meant by the name of the volume that has the id.
    def keys(volume: Node) -> set[Any]:
        ident = str(volume["id"]).lower() if volume.get("id") else None
        name = volume.get("name") or names.get(ident or "")
        return {ident or name, ("named", name)}

    loose = {key: each for each in node.get("volumes") or () for key in keys(each)}
    moved: set[int] = set()
    for server in node.get("servers") or ():
        boot = str(server.get("boot_volume") or "")
        meant: tuple[Any, ...] = (boot.lower(), names.get(boot.lower(), boot))
        if not is_uuid(boot):
            meant = (("named", boot),)
        own = server.get("volumes") or ()
        found = next((loose[key] for key in meant if key in loose), None)
        if found and id(found) not in moved and not any(keys(each) & set(meant) for each in own):
            server["volumes"] = [*own, found]
            moved.add(id(found))
    if moved:
        node["volumes"] = [each for each in node["volumes"] if id(each) not in moved]
    return node
