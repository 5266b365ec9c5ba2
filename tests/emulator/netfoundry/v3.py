# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Core v3: networks of version 8 and later, as far as it shows where Core v2 stops (contract section 8.15).

Core v2 lists and reads these networks, and refuses to change them. What is in them belongs to the network's
controller, for which ``exchange`` gives a session; the controller itself is not emulated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import networks, places
from .errors import invalid
from .rows import ROWS
from .state import Entity
from .table import Action, Values

if TYPE_CHECKING:
    from .call import Call


def _check(call: Call, network: Entity | None, values: Values, problems: list[str]) -> None:
    version = values["productVersion"] or places.V3_VERSIONS[-1]
    if version not in places.V3_VERSIONS:
        problems.append(f"[body.productVersion] {version} is not an active version")
    networks.check_place(values, problems)
    values["productVersion"] = version


def _view(call: Call, network: Entity, shown: Values) -> None:
    shown["_links"]["self"] = {"href": call.href(f"{NETWORKS.path}/{network.id}")}


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
