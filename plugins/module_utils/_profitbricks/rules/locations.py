# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locations (contract section 10.2)."""

from __future__ import annotations

from ..._engine.errors import NotFound
from ..._engine.plan.pairing import Node
from ..._engine.service import Item
from ..resources.locations import LOCATION
from .facts import CloudFacts


def check_location(want: Node, have: Item | None, facts: CloudFacts) -> None:
    """Raise NotFound for a new object in a location that there is not.

    In check mode only, where it takes one request: otherwise the service itself refuses the object, and has changed
    nothing by then.
    """
    if not facts.check_mode or have is not None or not want.get("location"):
        return
    known = [str(each["id"]) for each in facts.items(LOCATION, {})]
    if known and want["location"] not in known:
        advice = "profitbricks_location_info lists the locations"
        raise NotFound(LOCATION.label, "location", want["location"], advice=advice, names=known)
