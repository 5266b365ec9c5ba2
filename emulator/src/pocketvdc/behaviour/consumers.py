# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who uses which address: an index of each contract, kept by all that can hold one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..call import Call
from ..store import Contract, Record
from ..validate import Draft, Site

# The property that holds the addresses of a resource.
_HOLDING = {
    "nic": "ips",
    "loadbalancer": "ip",
    "natgateway": "publicIps",
    "networkloadbalancer": "ips",
    "applicationloadbalancer": "ips",
    "k8s": "natGatewayIp",
    "nodepool": "publicIps",
}
# A private cluster may have the address of a NAT gateway.
_SHARING = {"k8s": "natgateway", "natgateway": "k8s"}


def held(record: Record, properties: Mapping[str, Any]) -> list[str]:
    value = properties[_HOLDING[record.row.kind]]
    return [value] if isinstance(value, str) else list(value or ())


def register(record: Record, before: Iterable[str], after: Iterable[str]) -> None:
    """The resource holds the addresses ``after`` in the place of ``before``."""
    assert record.store is not None
    index, before, after = record.store.consumers, list(before), list(after)
    for ip in before:
        if ip not in after and ip in index:
            index[ip].pop(record.id, None)
            if not index[ip]:
                del index[ip]
    for ip in after:
        index.setdefault(ip, {})[record.id] = record


def build(call: Call, record: Record, draft: Draft) -> None:
    """A new resource holds its addresses."""
    hold(record)


def hold(record: Record) -> None:
    register(record, (), held(record, record.properties))


def updated(call: Call, record: Record, before: Mapping[str, Any]) -> None:
    register(record, held(record, before), held(record, record.properties))


def removed(record: Record) -> None:
    register(record, held(record, record.properties), ())


def of(store: Contract, ip: str) -> list[Record]:
    """What uses an address and is not on its way out."""
    return [record for record in store.consumers.get(ip, {}).values() if not record.leaving]


def taken(call: Call, ip: str, own: Site) -> bool:
    """Whether something else than ``own`` uses an address for itself."""
    beside = _SHARING.get(own.row.kind)
    others = (record for record in of(call.store, ip) if record.row.kind != beside)
    return any(record is not own and _pool(record) is not own for record in others)


def _pool(record: Record) -> Record | None:
    """The node pool that an address is used for."""
    node: Record | None = record.private.get("node")
    return (node or record).above("nodepool")


def entries(store: Contract, ip: str) -> list[dict[str, Any]]:
    """How ``ipConsumers`` shows the use of one address (contract section 10.10)."""
    found = of(store, ip)
    # The NICs behind a balancer hold its address: they tell more than the balancer.
    return [_entry(ip, record) for record in [r for r in found if r.row.kind == "nic"] or found]


def _entry(ip: str, record: Record) -> dict[str, Any]:
    nic = record if record.row.kind == "nic" else None
    server, datacenter = record.above("server"), record.above("datacenter")
    pool = _pool(record)
    cluster = (pool or record).above("k8s")
    return {
        "ip": ip,
        "mac": nic.properties["mac"] if nic else None,
        "nicId": nic.id if nic else None,
        "serverId": server.id if server else None,
        "serverName": server.properties["name"] if server else None,
        "datacenterId": datacenter.id if datacenter else None,
        "datacenterName": datacenter.properties["name"] if datacenter else None,
        "k8sNodePoolUuid": pool.id if pool else None,
        "k8sClusterUuid": cluster.id if cluster else None,
    }
