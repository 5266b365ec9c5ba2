# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who reaches a service: what the policies of a network come to (contract sections 8.0, 8.8 and 8.10).

A client needs a policy that lets it dial, a service one who hosts it, and both a router that the policies of
routers and of services let them share. Posture checks are taken as passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .state import Entity
from .table import Values

if TYPE_CHECKING:
    from .platform import Platform


def matches(entity: Entity, policy: Entity, name: str) -> bool:
    """Whether a list of a policy means an entity: by ``@name`` or, as the service's own policies do, by its
    zitiId; by any of its attributes or, under AllOf, by all of them."""
    wanted = policy.values[name]
    mentioned = {entry[1:].casefold() for entry in wanted if entry[:1] == "@"}
    if entity.name.casefold() in mentioned or f"@{entity.ziti_id}" in wanted:
        return True
    own = {*entity.values["attributes"], "#all"}
    asked = [entry in own for entry in wanted if entry[:1] == "#"]
    return bool(asked) and (all if policy.values.get("semantic") == "AllOf" else any)(asked)


class _Network:
    """What is in a network, for the questions about one of its services."""

    def __init__(self, platform: Platform, service: Entity) -> None:
        network = platform.network_of(service)
        assert network is not None
        self._platform, self._network, self._service = platform, network, service

    def inside(self, kind: str) -> list[Entity]:
        return self._platform.members(self._network, kind)

    def policies(self, kind: str, type_: str | None = None) -> list[Entity]:
        """The policies of a kind, and where given of a type, that mean the service."""
        return [
            policy
            for policy in self.inside(kind)
            if matches(self._service, policy, "serviceAttributes")
            and type_ in (None, policy.values.get("type"))
        ]

    def meant(self, kind: str, name: str, policies: Sequence[Entity]) -> list[Entity]:
        """The entities of a kind that one of the policies means."""
        return [each for each in self.inside(kind) if any(matches(each, policy, name) for policy in policies)]

    def connected(self, endpoint: Entity, routers: Sequence[Entity]) -> bool:
        """Whether an endpoint may use one of the routers."""
        return any(
            matches(endpoint, policy, "endpointAttributes")
            and matches(router, policy, "edgeRouterAttributes")
            for policy in self.inside("edge-router-policies")
            for router in routers
        )


def of_service(platform: Platform, service: Entity) -> Values:
    """Names of the routers that may carry a service, of who may host and dial it, and of who reaches it."""
    net = _Network(platform, service)
    carrying = net.policies("service-edge-router-policies")
    routers = net.meant("edge-routers", "edgeRouterAttributes", carrying)
    hosts = net.meant("endpoints", "endpointAttributes", net.policies("service-policies", "Bind"))
    dial = [*net.policies("service-policies", "Dial"), *net.policies("app-wans")]
    clients = net.meant("endpoints", "endpointAttributes", dial)
    terminators = [each for each in net.inside("terminators") if each.values["serviceId"] == service.id]
    ends = {each.values["edgeRouterId"] for each in terminators}
    terminating = [router for router in net.inside("edge-routers") if router.id in ends]
    hosted = any(net.connected(host, routers) for host in hosts) or any(
        each in routers for each in terminating
    )
    return {
        "routers": _names(routers),
        "hosts": _names((*hosts, *terminating)),
        "clients": _names(clients),
        "reached_by": _names(client for client in clients if hosted and net.connected(client, routers)),
    }


def _names(entities: Iterable[Entity]) -> list[str]:
    return sorted(entity.name for entity in entities)
