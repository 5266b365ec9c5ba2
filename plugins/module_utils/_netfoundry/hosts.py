# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Endpoints and edge routers as an inventory wants them: one flat description each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .._engine.errors import InvalidOption
from .._engine.schema.resource import Resource
from .._engine.service import Item, selector
from .._engine.shape import check_shape
from .client import Cloud
from .resources.endpoints import EDGE_ROUTER, ENDPOINT
from .resources.networks import NETWORK, NETWORK_GROUP
from .resources.organizations import ORGANIZATION

Host = dict[str, Any]
KINDS: Mapping[str, Resource] = {"endpoint": ENDPOINT, "edge_router": EDGE_ROUTER}

ABOUT_NETWORK = ("network", "network_id", "network_group_id")


def _facts() -> tuple[str, ...]:
    """The keys of every description: those of both kinds of results."""
    named = [name for resource in KINDS.values() for name in resource.decode({}, {})]
    return tuple(dict.fromkeys(("kind", "id", "name", *ABOUT_NETWORK, *named)))


FACTS = _facts()


def read(
    cloud: Cloud,
    networks: Sequence[str] = (),
    group: str = "",
    kinds: Sequence[str] = tuple(KINDS),
    concurrency: int = 8,
    organization: str = "",
) -> list[Host]:
    """The hosts of all networks, or of those that match the names or ids, the group and the organization.

    Each is a dict with the keys `FACTS`. Costs a request for the networks and one for each kind, of all networks
    together or of each that was chosen, the latter at most ``concurrency`` at once. Raises CloudError.
    """
    above = {NETWORK_GROUP.kind: group, ORGANIZATION.kind: organization}
    present = cloud.items(NETWORK, cloud.above(NETWORK, above))
    chosen = {str(each["id"]): each for each in choose(present, networks)}
    for network in chosen.values():
        cloud.note_version(network)
    scopes: list[dict[str, str]] = (
        [{NETWORK.kind: network} for network in chosen] if networks or group or organization else [{}]
    )
    asked = [(kind, scope) for scope in scopes for kind in kinds]
    with ThreadPoolExecutor(max_workers=max(1, min(concurrency, len(asked)))) as pool:
        found = pool.map(lambda each: _described(cloud, each[0], each[1], chosen), asked)
        return [host for hosts in found for host in hosts]


def choose(present: Sequence[Item], names: Sequence[str]) -> list[Item]:
    """The networks that names or ids mean, all without any. Raises InvalidOption and AmbiguousName."""
    if not names:
        return list(present)
    chosen = []
    for name in names:
        item = selector(NETWORK, "networks", name).pick(present)
        if item is None:
            known = ", ".join(sorted(str(each.get("name")) for each in present)) or "none"
            raise InvalidOption(f"networks: there is no network {name!r}; there are: {known}")
        chosen.append(item)
    return chosen


def _described(cloud: Cloud, kind: str, scope: Mapping[str, str], networks: Mapping[str, Item]) -> list[Host]:
    """The hosts of one kind; the endpoint of an edge router is no host of its own beside it."""
    resource = KINDS[kind]
    items = [each for each in cloud.items(resource, scope) if each.get("networkId") in networks]
    return [
        describe(kind, each, networks[each["networkId"]]) for each in items if each.get("typeId") != "Router"
    ]


def describe(kind: str, item: Item, network: Item) -> Host:
    """One endpoint or edge router, as the service sent it. Its enrollment token is not in it."""
    host: Host = dict.fromkeys(FACTS)
    resource = KINDS[kind]
    told = resource.decode(item, {})
    check_shape(resource.shown, told, f"{resource.label} {told['id']}")
    host.update(told, kind=kind, network=network.get("name"))
    host["network_group_id"] = network.get("networkGroupId")
    return host


def tags(host: Host) -> list[str]:
    """The role attributes without their leading mark, as names of groups."""
    return [tag for each in host["attributes"] if (tag := str(each).removeprefix("#"))]
