# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge routers: placement, registration, and what appears beside them (contract section 8.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Answer
from . import places
from .errors import invalid
from .networks import host_values
from .state import Entity, moment
from .table import Values
from .tokens import has_ended

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform

KEY_SECONDS = 24 * 3600
# The length of a registration key tells who takes it (section 8.4).
KEY, V3_KEY = 10, 11


def is_hosted(router: Entity) -> bool:
    return router.values["provider"] is not None


def is_v3(router: Entity) -> bool:
    """Whether it is of a network that Core v3 manages."""
    return bool(router.private.get("v3"))


def is_v2(router: Entity) -> bool:
    return not is_v3(router)


def check(call: Call, router: Entity | None, values: Values, problems: list[str]) -> None:
    """A place makes a router hosted; without one it is the customer's."""
    if router is not None:
        return
    if values["dataCenterId"] is not None:
        place = places.place_of(values["dataCenterId"])
        if place is None:
            problems.append(f"[body.dataCenterId] There is no data center {values['dataCenterId']}")
            return
        values["provider"], values["locationCode"] = place
    if values["provider"] == places.CUSTOMER:
        values["provider"] = None
    provider, code = values["provider"], values["locationCode"]
    if (provider is None) != (code is None):
        problems.append("[body.provider] A hosted router needs both provider and locationCode")
    elif provider is not None and not places.has_region(provider, code):
        problems.append(f"[body.locationCode] There is no region {code} of {provider}")


def build(call: Call, router: Entity) -> None:
    network = call.platform.network_of(router)
    router.values["productVersion"] = network.values["productVersion"] if network is not None else None
    router.values["region"] = router.values["locationCode"]


def ready(platform: Platform, router: Entity) -> None:
    """A hosted router is connected; a customer's waits for its machine. Both get an endpoint and a policy."""
    if is_hosted(router):
        _add_host(platform, router)
        router.values.update(online=True, verified=True)
    else:
        router.values["jwt"] = platform.enrollment(router, "erott")
    if is_v2(router):
        _add_sides(platform, router)


def _add_sides(platform: Platform, router: Entity) -> None:
    endpoint = platform.attach_side("endpoints", router, name=router.name, typeId="Router")
    # In Ziti, a router and its tunneler share one identity; the policy names both by it.
    endpoint.ziti_id = router.ziti_id
    mention = [f"@{router.ziti_id}"]
    platform.attach_side(
        "edge-router-policies",
        router,
        name=f"edge-router-{router.ziti_id}-system",
        endpointAttributes=mention,
        edgeRouterAttributes=list(mention),
    )


def _add_host(platform: Platform, router: Entity) -> None:
    values = router.values
    provider = values["provider"] or places.CUSTOMER
    host = platform.attach_side(
        "hosts", router, **host_values(platform, provider, values["region"], values["hostSize"])
    )
    values["hostId"] = host.id


def updated(platform: Platform, router: Entity) -> None:
    """The endpoint beside it has its name."""
    for endpoint in platform.sides(router, "endpoints"):
        platform.rename(endpoint, {**endpoint.values, "name": router.name})


def enroll(platform: Platform, router: Entity) -> None:
    """The router has used its token and is connected."""
    if router.values["hostId"] is None:
        _add_host(platform, router)
    router.values.update(jwt=None, online=True, verified=True)


def links(call: Call, router: Entity, found: Values) -> None:
    if router.values["hostId"] is not None:
        found["host"] = {"href": call.href(f"/core/v2/hosts/{router.values['hostId']}")}


def rotate_key(call: Call, router: Entity) -> Values:
    """A new registration key; the one before is worthless from now on."""
    if is_hosted(router):
        raise invalid(f"Edge Router {router.id} is hosted by NetFoundry and needs no registration")
    if router.status != "PROVISIONED":
        raise invalid(f"Edge Router {router.id} is {router.status}; it must be PROVISIONED")
    platform = call.platform
    if has_ended(router.values["jwt"], call.now):
        # A key is worth a token that can be used (inferred).
        router.values["jwt"] = platform.enrollment(router, "erott")
    expires = moment(call.now + KEY_SECONDS)
    router.private["key_expires"] = call.now + KEY_SECONDS
    router.values["registration"] = {
        "id": platform.new_id(),
        "edgeRouterId": router.id,
        "networkId": router.network_id,
        "issuedAt": moment(call.now),
        "expiresAt": expires,
        "usedAt": None,
        "registrationAttempts": 0,
        "createdAt": moment(call.now),
        "createdBy": call.identity.id,
        "updatedAt": moment(call.now),
        "deletedAt": None,
        "deletedBy": None,
    }
    return {
        "registrationKey": platform.new_key(router, V3_KEY if is_v3(router) else KEY),
        "expiresAt": expires,
    }


def find_by_key(call: Call, key: str) -> Entity:
    """The router of a key, which the version of Core that manages it takes; 400 where there is none."""
    router = call.platform.by_key(key)
    if (
        router is None
        or is_v3(router) != call.path.startswith("/core/v3/")
        or call.now >= router.private["key_expires"]
    ):
        raise invalid("The registration key is not valid")
    return router


def register(call: Call, key: str) -> Answer:
    """A router's machine asks who it is; the token is handed out once for each key."""
    router = find_by_key(call, key)
    platform = call.platform
    if router.values["hostId"] is None:
        _add_host(platform, router)
    registration = router.values["registration"]
    unused = registration["usedAt"] is None
    registration.update(
        usedAt=registration["usedAt"] or moment(call.now),
        registrationAttempts=registration["registrationAttempts"] + 1,
        updatedAt=moment(call.now),
    )
    network = platform.network_of(router)
    controller: Values = (network.values["networkController"] or {}) if network is not None else {}
    ziti = places.ZITI_VERSIONS[router.values["productVersion"]]
    return Answer(
        200,
        {
            "edgeRouter": {
                "jwt": router.values["jwt"] if unused else None,
                "hostId": router.values["hostId"],
                "linkListener": router.values["linkListener"],
            },
            "networkControllerHost": controller.get("domainName"),
            "productMetadata": {"zitiVersion": ziti, "zitiBinaryBundleLinuxAMD64": places.bundle(ziti)},
            "haEnabled": False,
        },
    )


def registered(call: Call, key: str) -> Answer:
    """The machine tells how it went: a status of 0 means that it has enrolled."""
    router = find_by_key(call, key)
    status: Any = call.object().get("status")
    if isinstance(status, bool) or not isinstance(status, int):
        raise invalid("[body.status] Attribute 'status' must be an integer")
    if status == 0:
        enroll(call.platform, router)
    return Answer(200)
