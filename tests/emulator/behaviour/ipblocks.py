# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserved addresses."""

from __future__ import annotations

from typing import Any

from ..addresses import Exhausted
from ..call import Call
from ..errors import backend
from ..store import Record, date
from ..validate import Draft
from . import contracts


def check(call: Call, draft: Draft) -> None:
    location = draft.properties.get("location")
    if call.store.find("locations", location or "") is None:
        draft.refuse("location", f"Location '{location}' does not exist")
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


def _consumers(block: Record) -> list[tuple[str, Record]]:
    assert block.store is not None
    used = block.store.consumers
    found = [(ip, nic) for ip in block.properties["ips"] for nic in used.get(ip, {}).values()]
    return [(ip, nic) for ip, nic in found if not nic.leaving]


def view(block: Record, properties: dict[str, Any], base: str) -> None:
    if "ipConsumers" not in properties:
        return
    properties["ipConsumers"] = [_consumer(ip, nic) for ip, nic in _consumers(block)]


def _consumer(ip: str, nic: Record) -> dict[str, Any]:
    server, datacenter = nic.parent, nic.above("datacenter")
    assert server is not None and datacenter is not None
    return {
        "ip": ip,
        "mac": nic.properties["mac"],
        "nicId": nic.id,
        "serverId": server.id,
        "serverName": server.properties["name"],
        "datacenterId": datacenter.id,
        "datacenterName": datacenter.properties["name"],
        "k8sNodePoolUuid": None,
        "k8sClusterUuid": None,
    }


def check_delete(call: Call, block: Record) -> None:
    for ip, _rest in _consumers(block):
        raise backend(f"[VDC-5-1080] IP {ip} is still in use.")
    for datacenter in call.store.root("datacenters").values():
        for balancer in datacenter.children.get("loadbalancers", {}).values():
            ip = balancer.properties["ip"]
            if ip in block.properties["ips"] and not balancer.leaving:
                raise backend(f"[VDC-5-1080] IP {ip} is still in use.")


def removed(block: Record) -> None:
    assert block.store is not None
    for ip in block.properties["ips"]:
        block.store.cloud.addresses.public.free(ip)
