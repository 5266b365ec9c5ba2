# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who reaches a service: what the policies of a network come to (contract sections 8.0, 8.8 and 8.10).

A client needs a policy that lets it dial, a service one who hosts it, and both a router that the policies of
routers and of services let them share. Posture checks are taken as passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .state import Entity
from .table import Values

if TYPE_CHECKING:
    from .platform import Platform


def matches(entity: Entity, policy: Entity, name: str) -> bool:
    """Whether a list of a policy means an entity: by ``@name`` or, for the service's own, by its zitiId; by any of
    its attributes or, under AllOf, by all of them."""
    wanted = policy.values[name]
    if any(entry[1:].casefold() == entity.name.casefold() for entry in wanted if entry[:1] == "@"):
        return True
    if f"@{entity.ziti_id}" in wanted:
        return True
    own = {*entity.values["attributes"], "#all"}
    asked = [entry in own for entry in wanted if entry[:1] == "#"]
    return bool(asked) and (all if policy.values.get("semantic") == "AllOf" else any)(asked)


def of_service(platform: Platform, service: Entity) -> Values:
    """Names of the routers that may carry a service, of who may host and who may dial it, and of who reaches it."""
    network = platform.network_of(service)
    assert network is not None
    kinds = (
        "endpoints",
        "edge-routers",
        "edge-router-policies",
        "service-policies",
        "app-wans",
        "terminators",
    )
    inside = {kind: platform.members(network, kind) for kind in (*kinds, "service-edge-router-policies")}

    def meant(kind: str, name: str, policies: Iterable[Entity]) -> list[Entity]:
        """The entities of a kind that policies join with the service."""
        mine = [policy for policy in policies if matches(service, policy, "serviceAttributes")]
        return [each for each in inside[kind] if any(matches(each, policy, name) for policy in mine)]

    bind = [policy for policy in inside["service-policies"] if policy.values["type"] == "Bind"]
    dial = [policy for policy in inside["service-policies"] if policy.values["type"] == "Dial"]
    routers = meant("edge-routers", "edgeRouterAttributes", inside["service-edge-router-policies"])
    hosts = meant("endpoints", "endpointAttributes", bind)
    clients = meant("endpoints", "endpointAttributes", (*dial, *inside["app-wans"]))
    ends = {
        each.values["edgeRouterId"]
        for each in inside["terminators"]
        if each.values["serviceId"] == service.id
    }

    def connected(endpoint: Entity) -> bool:
        mine = [
            each for each in inside["edge-router-policies"] if matches(endpoint, each, "endpointAttributes")
        ]
        return any(matches(router, policy, "edgeRouterAttributes") for policy in mine for router in routers)

    hosted = any(connected(host) for host in hosts) or any(router.id in ends for router in routers)
    terminating = [router for router in inside["edge-routers"] if router.id in ends]
    return {
        "routers": _names(routers),
        "hosts": _names((*hosts, *terminating)),
        "clients": _names(clients),
        "reached_by": _names(client for client in clients if hosted and connected(client)),
    }


def _names(entities: Iterable[Entity]) -> list[str]:
    return sorted(entity.name for entity in entities)
