# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private cross connects: which LANs are joined, and which could be."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import backend
from ..render import standard_metadata
from ..store import Record


def peers(pcc: Record) -> list[tuple[Record, Record]]:
    """Data center and LAN of every peer."""
    assert pcc.store is not None
    return [
        (datacenter, lan)
        for datacenter in pcc.store.root("datacenters").values()
        for lan in datacenter.children.get("lans", {}).values()
        if lan.properties["pcc"] == pcc.id and not lan.leaving
    ]


def view(pcc: Record, properties: dict[str, Any], base: str) -> None:
    """Peers fix the location of what can still join; a new cross connect shows empty lists."""
    joined = peers(pcc)
    properties["peers"] = [
        {
            "id": lan.id,
            "name": lan.properties["name"],
            "datacenterId": datacenter.id,
            "datacenterName": datacenter.properties["name"],
            "location": datacenter.properties["location"],
        }
        for datacenter, lan in joined
    ]
    assert pcc.store is not None
    places = {datacenter.properties["location"] for datacenter, _rest in joined}
    properties["connectableDatacenters"] = [
        {"id": dc.id, "name": dc.properties["name"], "location": dc.properties["location"]}
        for dc in pcc.store.root("datacenters").values()
        if not pcc.pending and (not places or dc.properties["location"] in places)
    ]


def metadata(pcc: Record, base: str, depth: int) -> dict[str, Any]:
    """Without the ids of users (contract section 3.1)."""
    found = standard_metadata(pcc, int(base[-1]))
    return {**found, "createdByUserId": None, "lastModifiedByUserId": None}


def check_delete(call: Call, pcc: Record) -> None:
    """A cross connect with peers stays (inferred)."""
    for datacenter, lan in peers(pcc):
        raise backend(f"[VDC-5-1951] LAN {lan.id} of data center {datacenter.id} is still connected.")
