# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the options of a task to the description of a data center (`engine.plan`).

Beside the fields and children of a resource, a node may hold ``id``, ``power`` (of a server: running or stopped) and what
the rules of its kind take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.description import describe
from ..._engine.plan.pairing import Node
from ..._engine.resource import Resource
from ..resources.compute import SERVER
from .options import RULES, SITE, TREE_OPTIONS

NUMBER = re.compile(r"%(0\d)?d")
NUMBERED = ("name", "hostname", "boot_volume", "ips")


def parse_description(options: Mapping[str, Any], version: int) -> Node:
    """The root node of a task's options, checked, with servers counted out. Raises InvalidOption."""
    for field in TREE_OPTIONS:
        if options.get(field.name) is not None:
            field.check(options[field.name], version)
    given = {name: value for name, value in options.items() if value is not None}
    if given.get("servers"):
        given["servers"] = list(_counted(given["servers"]))
    node = describe(RULES, SITE, given, version, _more)
    return _boot_volumes_moved(node)


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
        if not NUMBER.search(str(server.get("name") or "")):
            raise InvalidOption(
                f"servers: the name {server.get('name')!r} needs a place for the number, such as %02d, with count"
            )
        one = {name: value for name, value in server.items() if name != "count"}
        for number in range(1, count + 1):
            yield _numbered(one, number)


def _numbered(value: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A server of a pattern, with its number wherever there is a place for it."""
    return {name: _with_number(name, each, number) for name, each in value.items()}


def _with_number(name: str, value: Any, number: int) -> Any:
    if isinstance(value, str) and name in NUMBERED:
        return NUMBER.sub(lambda match: f"{number:{match[1] or ''}d}", value)
    if isinstance(value, Mapping):
        return value if name == "labels" else _numbered(value, number)
    if isinstance(value, list):
        return [_with_number(name, each, number) for each in value]
    return value


def _boot_volumes_moved(node: Node) -> Node:
    """A volume of the data center that a server boots from is one of the server's own."""
    loose = {each["name"]: each for each in node.get("volumes") or () if each.get("name")}
    for server in node.get("servers") or ():
        boot = server.get("boot_volume")
        own = [each.get("name") for each in server.get("volumes") or ()]
        if boot in loose and boot not in own:
            moved = loose.pop(boot)
            server["volumes"] = [*(server.get("volumes") or ()), moved]
            node["volumes"] = [each for each in node["volumes"] if each is not moved]
    return node
