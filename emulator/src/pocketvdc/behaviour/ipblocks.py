# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserved addresses."""

from __future__ import annotations

from typing import Any

from ..addresses import Exhausted
from ..call import Call
from ..errors import ServiceError, backend
from ..store import Record, date
from ..validate import Draft
from . import consumers, contracts, datacenters


def check(call: Call, draft: Draft) -> None:
    location = draft.properties.get("location")
    if call.store.find("locations", location or "") is None:
        draft.refuse("location", f"Location '{location}' does not exist")
    elif datacenters.metro_region(call, location) != location:
        draft.refuse("location", f"IP blocks cannot be reserved in location '{location}'")
    contracts.refuse_excess(call, {"reservedIpsOnContract": draft.properties.get("size") or 0})


def build(call: Call, block: Record, draft: Draft) -> None:
    ips: list[str] = []
    public = call.cloud.addresses.public
    try:
        for _each in range(block.properties["size"]):
            ips.append(public.take())
    except Exhausted:
        for ip in ips:
            public.free(ip)
        raise backend("[VDC-5-1085] No more IP addresses are available in the location.") from None
    block.properties["ips"] = ips
    if block.properties["name"] is None:
        block.properties["name"] = f"IP_BLOCK_{date(call.now)}"


def view(block: Record, properties: dict[str, Any], base: str) -> None:
    if "ipConsumers" not in properties:
        return
    assert block.store is not None
    properties["ipConsumers"] = [
        entry for ip in block.properties["ips"] for entry in consumers.entries(block.store, ip)
    ]


def check_delete(call: Call, block: Record) -> None:
    for ip in block.properties["ips"]:
        if consumers.of(call.store, ip):
            raise in_use(ip)


def in_use(ip: str) -> ServiceError:
    return backend(f"[VDC-5-1080] IP {ip} is still in use.")


def removed(block: Record) -> None:
    assert block.store is not None
    for ip in block.properties["ips"]:
        block.store.cloud.addresses.public.free(ip)
