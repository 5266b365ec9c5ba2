# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a contract may use, and what it uses now (contract section 10.21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..call import Answer, Call
from ..errors import backend
from ..permissions import may_manage_users
from ..store import Record

Properties = Mapping[str, Any]


def _storage(*types: str) -> Callable[[Properties], int]:
    """MB of a volume of some types, 0 of others."""
    return lambda given: int((given["size"] or 0) * 1024) if given["type"] in types else 0


def _running(name: str) -> Callable[[Properties], int]:
    """What a running server of type ENTERPRISE uses (inferred for which types; contract section 16.1)."""
    return lambda given: (
        given[name] or 0 if given["type"] == "ENTERPRISE" and given["vmState"] != "SHUTOFF" else 0
    )


@dataclass(frozen=True)
class Figure:
    """One figure of use: which resources count, and how much; RAM and disks in MB.

    ``limit`` is its limit in ``resourceLimits``, None for a figure without, and ``label`` its name in a refusal.
    """

    kind: str
    amount: Callable[[Properties], int]
    limit: str | None = None
    label: str = ""


_FIGURES = {
    "coresProvisioned": Figure("server", _running("cores"), "coresPerContract", "cores"),
    "ramProvisioned": Figure("server", _running("ram"), "ramPerContract", "MB of RAM"),
    "hddVolumeProvisioned": Figure("volume", _storage("HDD"), "hddLimitPerContract", "MB of HDD storage"),
    "ssdVolumeProvisioned": Figure(
        "volume",
        _storage("SSD", "SSD Standard", "SSD Premium", "ISO"),
        "ssdLimitPerContract",
        "MB of SSD storage",
    ),
    "dasVolumeProvisioned": Figure("volume", _storage("DAS")),
    "reservedIpsOnContract": Figure(
        "ipblock", lambda given: len(given["ips"]), "reservableIps", "reserved IP addresses"
    ),
    "k8sClustersProvisioned": Figure("k8s", lambda given: 1, "k8sClusterLimitTotal", "Kubernetes clusters"),
    "nlbProvisioned": Figure(
        "networkloadbalancer", lambda given: 1, "nlbLimitTotal", "network load balancers"
    ),
    "natGatewayProvisioned": Figure("natgateway", lambda given: 1, "natGatewayLimitTotal", "NAT gateways"),
}
_SINCE = {
    **dict.fromkeys(("k8sClusterLimitTotal", "k8sClustersProvisioned"), 5),
    **dict.fromkeys(
        (
            "dasVolumeProvisioned", "nlbLimitTotal", "nlbProvisioned", "natGatewayLimitTotal",
            "natGatewayProvisioned", "securityGroupsPerVdc", "securityGroupsPerResource",
            "rulesPerSecurityGroup",
        ),
        6,
    ),
}  # fmt: skip


def use(record: Record, properties: Properties | None = None) -> Counter[str]:
    """What one resource uses, by figure."""
    given = record.properties if properties is None else properties
    return Counter(
        {name: figure.amount(given) for name, figure in _FIGURES.items() if figure.kind == record.row.kind}
    )


def _in_use(call: Call, figure: Figure) -> int:
    row = call.cloud.table[figure.kind]
    ((parent, collection),) = row.under.items()
    homes = (
        [datacenter.children.get(collection, {}) for datacenter in call.store.root("datacenters").values()]
        if parent
        else [call.store.root(collection)]
    )
    return sum(figure.amount(record.properties) for home in homes for record in home.values())


def usage(call: Call) -> dict[str, int]:
    """What the contract uses now."""
    reserved = [ip for block in call.store.root("ipblocks").values() for ip in block.properties["ips"]]
    return {
        **{name: _in_use(call, figure) for name, figure in _FIGURES.items()},
        "reservedIpsInUse": sum(1 for ip in reserved if call.store.consumers.get(ip)),
    }


def refuse_excess(call: Call, more: Mapping[str, int], *, counted: bool = False) -> None:
    """422 where the limits leave no room for ``more``; ``counted`` says that it is part of the use already."""
    for name, number in more.items():
        figure = _FIGURES[name]
        if number <= 0 or figure.limit is None:
            continue
        most = call.cloud.limits[figure.limit]
        known, room = call.store.room.get(name, (most, 0))
        # A scan is only needed where what was left at the last one is used up.
        if known != most or room < number:
            room = most - _in_use(call, figure) + (number if counted else 0)
        call.store.room[name] = (most, room - number)
        if number > room:
            del call.store.room[name]
            raise backend(
                f"[VDC-5-1084] The contract uses {most - room} of {most} {figure.label}; "
                f"{number} more are too many."
            )


def hold(call: Call) -> None:
    """Refuse the write, which is not submitted yet, when what it adds is beyond the limits."""
    more: Counter[str] = Counter()
    for record in call.created:
        more.update(use(record))
    for record, before in call.updated:
        more.update(use(record))
        more.subtract(use(record, before))
    refuse_excess(call, more, counted=True)


def read(call: Call) -> Answer:
    """One object in v4 and v5, a collection since v6."""
    may_manage_users(call)
    owner = call.store.owner
    assert owner is not None
    limits = {**call.cloud.limits, **usage(call)}
    contract = {
        "type": "contract",
        "properties": {
            "contractNumber": call.store.number,
            "owner": owner.properties["email"],
            "status": "BILLABLE",
            "regDomain": "ionos.de",
            "resourceLimits": {name: n for name, n in limits.items() if _SINCE.get(name, 4) <= call.version},
        },
    }
    if call.version < 6:
        return Answer(200, contract)
    href = f"{call.base}/contracts"
    return Answer(200, {"id": "contracts", "type": "collection", "href": href, "items": [contract]})
