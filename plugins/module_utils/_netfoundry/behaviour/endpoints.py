# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Endpoints and edge routers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.clock import Deadline
from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field
from ..._engine.service import Item, Write
from .. import enrollment
from ..client import Cloud, check_sound
from ..provider import NETFOUNDRY
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT

# -- endpoints ----------------------------------------------------------------------------------------------------


def _check_endpoint(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    enrollment.check_file(situation)


def _spare_routers(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """The endpoint of a router belongs to it: only its attributes can be set (contract section 8.3)."""
    if writes and (situation.have or {}).get("type") == "Router" and set(change.patch) != {"attributes"}:
        raise InvalidOption(
            f"name: {(situation.have or {})['name']} is the endpoint of an edge router; nothing of it but its attributes "
            "can be changed, and it goes with the router"
        )
    return writes


ENDPOINTS = Kind(
    NETFOUNDRY,
    ENDPOINT,
    options=enrollment.OPTIONS,
    results=enrollment.RESULTS,
    check=_check_endpoint,
    arrange=_spare_routers,
    conclude=enrollment.conclude,
)

# -- edge routers -------------------------------------------------------------------------------------------------

NEW_KEY = Field(
    "new_registration_key",
    "bool",
    default=False,
    help="Whether to make a new registration key for a router that its customer hosts, and to return it as "
    "RV(registration_key). The one before is worthless then, so that the task says changed each time.",
)
KEY_RESULTS = (
    Field(
        "registration_key",
        help="The new registration key, with O(new_registration_key=true); V(null) otherwise.",
        sample=None,
    ),
    Field("registration_key_expires_at", help="When the new registration key ends, in UTC.", sample=None),
)


def _resolve_router(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    complete_router(want, situation.have)


def complete_router(want: dict[str, Any], have: Item | None) -> None:
    """Say what the service wants to be told of a new router."""
    if have is None and want.get("provider"):
        want.setdefault("link_listener", True)


def _check_router(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    enrollment.check_file(situation)
    check_router(want, situation.have)
    provider = want.get("provider", (situation.have or {}).get("provider"))
    if provider and situation.options.get("new_registration_key"):
        raise InvalidOption(
            "new_registration_key: a router that NetFoundry hosts registers by itself and has no key"
        )


def check_router(want: Mapping[str, Any], have: Item | None) -> None:
    """Refuse what no router can be. Raises InvalidOption."""
    check_sound(EDGE_ROUTER, have)
    provider, region = (want.get(name, (have or {}).get(name)) for name in ("provider", "region"))
    if have is None and bool(provider) != bool(region):
        raise InvalidOption("provider: a router that NetFoundry hosts needs both provider and region")
    if provider and want.get("link_listener") is False:
        raise InvalidOption("link_listener: a router that NetFoundry hosts always listens for others")


def _add_key(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if situation.state == "present" and situation.options.get("new_registration_key"):
        path = EDGE_ROUTER.item_path({}, "{id}")
        name = str((change.after or {}).get("name") or "")
        what = f"{EDGE_ROUTER.label} {name}"
        writes.append(Write("new_registration_key", what, "POST", f"{path}/registration-key"))
    return writes


def _settle_first(situation: Situation[Cloud], deadline: Deadline) -> None:
    """A router that is still being made takes neither changes nor a key."""
    cloud, place = situation.cloud, situation.place
    if place.item is not None and cloud.busy(EDGE_ROUTER, place.item):
        cloud.settled(EDGE_ROUTER, place.parents, str(place.item["id"]), deadline)


def _conclude_router(situation: Situation[Cloud], item: Item | None, outcome: Outcome) -> None:
    enrollment.conclude(situation, item, outcome)
    answer = situation.answers.get("new_registration_key", {})
    outcome.extra["registration_key"] = answer.get("registrationKey")
    outcome.extra["registration_key_expires_at"] = answer.get("expiresAt")


EDGE_ROUTERS = Kind(
    NETFOUNDRY,
    EDGE_ROUTER,
    options=(*enrollment.OPTIONS, NEW_KEY),
    results=(*enrollment.RESULTS, *KEY_RESULTS),
    resolve=_resolve_router,
    check=_check_router,
    prepare=_settle_first,
    arrange=_add_key,
    conclude=_conclude_router,
)
