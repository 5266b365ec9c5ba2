# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Core v3: networks of version 8 and later, as far as it shows where Core v2 stops (contract section 8.15).

Core v2 lists and reads these networks, and refuses to change them. What is in them belongs to the network's
controller, for which ``exchange`` gives a session; the controller itself is not emulated. Of edge routers,
which are made at the controller first, there are their creation and their registration.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..call import Answer
from . import networks, places, routers
from .errors import invalid
from .rows import ROWS, flag, request
from .state import Entity
from .table import Action, Values

if TYPE_CHECKING:
    from .call import Call


def _check(call: Call, network: Entity | None, values: Values, problems: list[str]) -> None:
    version = values["productVersion"] or places.V3_DEFAULT
    if version not in places.V3_VERSIONS:
        problems.append(f"[body.productVersion] {version} is not an active version")
    networks.check_place(values, problems)
    values["productVersion"] = version


def _view(call: Call, entity: Entity, shown: Values) -> None:
    shown["_links"]["self"] = {"href": call.href(f"/core/v3/{entity.row.kind}/{entity.id}")}


def _view_router(call: Call, router: Entity, shown: Values) -> None:
    _view(call, router, shown)
    shown["wssListener"] = router.values["wssListener"]


def _check_router(call: Call, router: Entity | None, values: Values, problems: list[str]) -> None:
    """The place is named as it is read back."""
    values["locationCode"] = values["region"]
    routers.check(call, router, values, problems)


def _build_router(call: Call, router: Entity) -> None:
    router.private["v3"] = True
    router.ziti_id = router.values["zitiId"]
    routers.build(call, router)


def _exchange(call: Call, network: Entity) -> Values:
    """A session at the network's controller, in place of the caller's token."""
    if call.object().get("type") != "session":
        raise invalid("[body.type] Attribute 'type' must be session")
    if network.status != "PROVISIONED":
        raise invalid(f"Network {network.id} is {network.status}; it must be PROVISIONED")
    domain = network.values["networkController"]["domainName"]
    return {"value": call.platform.new_id(), "networkControllerUrl": f"https://{domain}:443"}


NETWORKS = replace(
    ROWS["networks"],
    root="core/v3",
    verbs="LCRD",
    of=("networks",),
    shows=networks.is_v3,
    actions=(Action("exchange", _exchange),),
    hooks=replace(ROWS["networks"].hooks, check=_check, view=_view),
)

_ROUTERS = ROWS["edge-routers"]
EDGE_ROUTERS = replace(
    _ROUTERS,
    root="core/v3",
    verbs="LCRD",
    fields=(
        *(field for field in _ROUTERS.fields if field.name not in ("region", "locationCode")),
        request("region"),
        request("zitiId", required=True),
        flag("wssListener"),
    ),
    of=("edge-routers",),
    shows=routers.is_v3,
    hooks=replace(_ROUTERS.hooks, check=_check_router, build=_build_router, view=_view_router),
)


def registered(call: Call, key: str) -> Answer:
    """The machine is done with its key, and has enrolled."""
    routers.enroll(call.platform, routers.find_by_key(call, key))
    return Answer(204)
