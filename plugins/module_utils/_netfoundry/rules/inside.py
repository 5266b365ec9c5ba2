# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs to a network waits for it (contract section 8.1)."""

from __future__ import annotations

from collections.abc import Sequence

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.steps import Rest, Step
from ..._engine.service import Item
from ..resources.networks import NETWORK
from ..states import BROKEN, PROGRESS, managed_elsewhere


def in_network(steps: Sequence[Step], facts: Facts) -> list[Step]:
    """The steps, which wait until their network is at rest, where the task waits at all.

    Raises InvalidOption for a network in which nothing can be made.
    """
    if not steps:
        return []
    network = facts.item(NETWORK, {}, facts.found.parents[NETWORK.kind]) or {}
    check_usable(network, steps)
    if network.get("status") not in PROGRESS or not facts.options.get("wait", True):
        return list(steps)
    rest = Rest(NETWORK, {}, str(network["id"]))
    return [step.but(rests=(rest, *step.rests)) for step in steps]


def check_usable(network: Item, steps: Sequence[Step]) -> None:
    """Refuse to make or change something in a network that takes nothing. Raises InvalidOption."""
    status, name = network.get("status"), network.get("name")
    if steps and managed_elsewhere(network):
        raise InvalidOption(f"{managed_elsewhere(network)}, which this collection does not support")
    if all(step.verb == "delete" for step in steps):
        return
    if status == "SUSPENDED":
        raise InvalidOption(
            f"network: {name} is suspended; resume it first, with state=active of netfoundry_network"
        )
    if status in BROKEN or status == "DELETING":
        reason = (
            "in which nothing can be created; a netfoundry_network task repairs it, or recreates it with replace=true if "
            "it was never built"
            if status in BROKEN
            else "and will be gone soon"
        )
        raise InvalidOption(f"network: {name} has the status {status}, {reason}")
