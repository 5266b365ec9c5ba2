# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a contract may use, and what it uses now (contract section 10.21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..call import Answer, Call
from ..errors import backend
from ..permissions import may_manage_users
from ..store import Contract, Record

# Each figure of use that has a limit, and what both are called in the text of a refusal.
_LIMITED = {
    "coresProvisioned": ("coresPerContract", "cores"),
    "ramProvisioned": ("ramPerContract", "MB of RAM"),
    "hddVolumeProvisioned": ("hddLimitPerContract", "MB of HDD storage"),
    "ssdVolumeProvisioned": ("ssdLimitPerContract", "MB of SSD storage"),
    "reservedIpsOnContract": ("reservableIps", "reserved IP addresses"),
    "k8sClustersProvisioned": ("k8sClusterLimitTotal", "Kubernetes clusters"),
    "nlbProvisioned": ("nlbLimitTotal", "network load balancers"),
    "natGatewayProvisioned": ("natGatewayLimitTotal", "NAT gateways"),
}
_FIGURES = (*_LIMITED, "dasVolumeProvisioned", "reservedIpsInUse")
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
_ONE_EACH = {
    "k8s": "k8sClustersProvisioned",
    "networkloadbalancer": "nlbProvisioned",
    "natgateway": "natGatewayProvisioned",
}


def storage(kind: str | None) -> str:
    """The pool that a volume type draws on: ``hdd``, ``ssd`` or ``das``."""
    return {"HDD": "hdd", None: "hdd", "DAS": "das"}.get(kind, "ssd")


def use(record: Record, properties: Mapping[str, Any] | None = None) -> Counter[str]:
    """What one resource uses, by figure; RAM and disks in MB."""
    given = record.properties if properties is None else properties
    kind = record.row.kind
    if kind == "server":
        return Counter(coresProvisioned=given["cores"] or 0, ramProvisioned=given["ram"] or 0)
    if kind == "volume":
        return Counter({f"{storage(given['type'])}VolumeProvisioned": int((given["size"] or 0) * 1024)})
    if kind == "ipblock":
        return Counter(reservedIpsOnContract=len(given["ips"]))
    return Counter({_ONE_EACH[kind]: 1}) if kind in _ONE_EACH else Counter()


def usage(store: Contract) -> Counter[str]:
    """What the contract uses now."""
    found = Counter(dict.fromkeys(_FIGURES, 0))
    for datacenter in store.root("datacenters").values():
        for collection in datacenter.children.values():
            for record in collection.values():
                found.update(use(record))
    for block in store.root("ipblocks").values():
        found.update(use(block))
        found["reservedIpsInUse"] += sum(1 for ip in block.properties["ips"] if store.consumers.get(ip))
    found["k8sClustersProvisioned"] = len(store.root("k8s"))
    return found


def refuse_excess(call: Call, more: Mapping[str, int], *, counted: bool = False) -> None:
    """422 when the contract's limits do not leave room for ``more``; ``counted`` says that it is in use already."""
    wanted = {name: number for name, number in more.items() if number > 0 and name in _LIMITED}
    if not wanted:
        return
    present = usage(call.store)
    for name, number in wanted.items():
        limit, label = _LIMITED[name]
        most, before = call.cloud.limits[limit], present[name] - (number if counted else 0)
        if before + number > most:
            raise backend(
                f"[VDC-5-1084] The contract uses {before} of {most} {label}; {number} more are too many."
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
    limits = {**call.cloud.limits, **usage(call.store)}
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
