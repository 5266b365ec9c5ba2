# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the answers of the ProfitBricks API look like (contract sections 3 to 5); all here raise BadAnswer."""

from __future__ import annotations

from typing import Any

from .._engine.answers import a_list, an_item, an_object, sound
from .._engine.errors import BadAnswer
from .._engine.schema.resource import Resource
from .resources import RESOURCES

# The kinds of objects that a data center shows within itself, by the names of their collections.
WITHIN = {
    "servers": "server",
    "volumes": "volume",
    "lans": "lan",
    "nics": "nic",
    "firewallrules": "firewall_rule",
    "loadbalancers": "loadbalancer",
}


def check_item(data: Any, resource: Resource | None = None, depth: int = 0) -> None:
    """An object: its id, and what is known of its properties and of what is nested in it to this depth (section 4)."""
    item = an_item(data)
    if resource is not None and (resource.flat or "properties" in item):
        sound(resource, item)
    else:
        an_object(item.get("properties"), "properties")
        an_object(item.get("metadata"), "metadata")
    entities = item.get("entities")
    for name, collection in an_object(entities, "entities").items() if entities is not None else ():
        nested, child = an_object(collection, name), _within(resource, name)
        if "items" in nested or (child is not None and depth >= 1):
            for each in a_list(nested.get("items"), f"{name}.items"):
                _check_listed(each, child, depth - 1)


def _check_listed(data: Any, resource: Resource | None, depth: int) -> None:
    """An object of a list that was read to this depth: only its id, or with its properties."""
    check_item(data, resource, depth - 1)
    if (
        depth >= 1
        and resource is not None
        and not (resource.flat or isinstance(data.get("properties"), dict))
    ):
        raise BadAnswer("an object in it has no properties")


def check_collection(data: Any, resource: Resource | None = None, depth: int = 0) -> None:
    """A list is an object that holds one."""
    for item in _items(data):
        _check_listed(item, resource, depth)


def check_either(data: Any, resource: Resource | None = None) -> None:
    """An object, or a collection of them; contracts have no ids, only properties (contract section 10.25)."""
    for item in _items(data) if isinstance(data, dict) and "items" in data else [data]:
        if not (isinstance(item, dict) and "id" not in item and isinstance(item.get("properties"), dict)):
            check_item(item, resource)
        elif resource is not None:
            sound(resource, item)


def _items(data: Any) -> list[Any]:
    answer = an_object(data, "the answer")
    an_object(answer.get("_links"), "_links")
    if not isinstance(answer.get("limit", 0), int):
        raise BadAnswer("limit is not a number")
    return a_list(answer.get("items"), "items")


def _within(resource: Resource | None, name: str) -> Resource | None:
    """What the objects of a nested collection are, where that is known."""
    children = resource.children if resource is not None else ()
    found = next((child.resource for child in children if child.entity == name), None)
    return found or RESOURCES.get(WITHIN.get(name, ""))
