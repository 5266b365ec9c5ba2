# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks and what comes with them: controller, host, config types, roles (contract sections 8.1, 8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from . import places, roles
from .errors import conflict, forbidden, invalid
from .state import Entity, Execution
from .table import Values
from .work import transition

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform

# The collections that a network links to.
COLLECTIONS = (
    "app-wans", "certificate-authorities", "config-types", "configs", "edge-router-policies", "edge-routers",
    "endpoints", "hosts", "network-controllers", "posture-checks", "process-executions",
    "service-edge-router-policies", "service-policies", "services", "terminators",
)  # fmt: skip
CONFIG_TYPES = ("ziti-tunneler-client.v1", "ziti-tunneler-server.v1", "intercept.v1", "host.v1")


def profile(call: Call) -> str:
    return call.href("/core/v2/docs/index.html")


def check(call: Call, network: Entity | None, values: Values, problems: list[str]) -> None:
    """Both dialects of a creation: provider and region, or the older locationCode (section 8.1)."""
    if network is not None:
        return
    check_place(values, problems)
    values["productVersion"] = values["productVersion"] or places.DEFAULT_VERSION
    if values["productVersion"] not in places.ACTIVE_VERSIONS:
        problems.append(f"[body.productVersion] {values['productVersion']} is not an active version")


def check_place(values: Values, problems: list[str]) -> None:
    """Size and place, completed with what holds where nothing is said."""
    values["size"] = values["size"] or places.SIZE_IDS.get(values["networkConfigMetadataId"] or "")
    if values["size"] is None:
        problems.append("[body.size] Attribute 'size' is required")
    if values["locationCode"] is not None:
        values["region"], values["provider"] = values["locationCode"], values["provider"] or "AWS"
    values["provider"] = values["provider"] or places.DEFAULT_PLACE[0]
    values["region"] = values["region"] or places.DEFAULT_PLACE[1]
    # The older names have served; a document made from this network uses the newer ones.
    values["locationCode"] = values["networkConfigMetadataId"] = None
    if not places.has_region(values["provider"], values["region"]):
        problems.append(f"[body.region] There is no region {values['region']} of {values['provider']}")


def ready(platform: Platform, network: Entity) -> None:
    values = network.values
    machine = host_values(platform, values["provider"], values["region"], values["size"])
    host = platform.make_side("hosts", network, **machine)
    controller = platform.make_side(
        "network-controllers",
        network,
        name=f"{network.name} Network Controller",
        domainName=f"{network.id}.controller.example.invalid",
        hostId=host.id,
    )
    network.values["networkController"] = {
        "id": controller.id,
        "name": controller.name,
        "networkId": network.id,
        "status": controller.status,
        "domainName": controller.values["domainName"],
        "hostId": host.id,
    }
    for name in () if is_v3(network) else CONFIG_TYPES:
        platform.make_side("config-types", network, name=name, schema={"type": "object"})
    roles.make(platform, network)


def host_values(platform: Platform, provider: str, region: str | None, size: str | None) -> Values:
    """A machine of the service, with an address for documentation."""
    address = f"192.0.2.{platform.random.randint(1, 254)}"
    return {"provider": provider, "region": region, "ipAddress": address, "port": 443, "size": size}


def removed(platform: Platform, network: Entity) -> None:
    """Everything in a network goes with it."""
    for entities in list(platform.entities.values()):
        for entity in list(entities.values()):
            if entity.network_id == network.id and entity.deleted is None and entity.row.verbs != "LR":
                platform.remove(entity, network.deleted_by)
    for kind in ("hosts", "network-controllers"):
        for entity in platform.members(network, kind):
            platform.remove(entity, network.deleted_by)


def view(call: Call, network: Entity, shown: Values) -> None:
    """The place is shown only where one network is read by its id, in what a test wants of its forms."""
    single = call.method in ("GET", "HEAD") and call.path.endswith(network.id)
    form = call.platform.settings.place if single else "none"
    place = {name: shown.pop(name) for name in ("region", "provider")}
    if form != "none":
        shown["locationCode"] = place["region"]
    if form == "all":
        shown.update(place)


def links(call: Call, network: Entity, found: Values) -> None:
    for kind in COLLECTIONS:
        found[kind] = {"href": call.href(f"/core/v2/{kind}?networkId={network.id}")}
    found["networks"] = {"href": call.href("/core/v2/networks"), "profile": profile(call)}


def is_v3(network: Entity) -> bool:
    """Whether Core v3 manages it, which it does from version 8 on (section 8.15)."""
    return int(network.values["productVersion"].partition(".")[0]) >= places.V3_MAJOR


def require_manager(network: Entity, root: str) -> None:
    """400 where a write of one version of Core is about what the other one manages (inferred)."""
    manager = "core/v3" if is_v3(network) else "core/v2"
    if root != manager:
        version = network.values["productVersion"]
        raise invalid(f"Network {network.id} has version {version}, which is managed by {manager}")


def suspend(call: Call, network: Entity) -> Execution:
    return transition(call, network, "Suspend", "PROVISIONED", "SUSPENDED")


def resume(call: Call, network: Entity) -> Execution:
    return transition(call, network, "Resume", "SUSPENDED", "PROVISIONED")


def privileged(call: Call, controller: Entity) -> NoReturn:
    """What only the vendor's support staff may read."""
    raise forbidden("Access Denied: for support staff only")


def check_group_delete(call: Call, group: Entity) -> None:
    for network in call.platform.entities["networks"].values():
        if network.scope == group.path and network.deleted is None:
            raise conflict(f"Network group {group.id} has networks")


def build_group(call: Call, group: Entity) -> None:
    group.values["organizationId"] = group.organization


def group_ready(platform: Platform, group: Entity) -> None:
    roles.make(platform, group)
