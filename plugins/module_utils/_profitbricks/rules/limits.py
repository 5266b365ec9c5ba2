# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the contract allows: of cores, memory, storage, addresses, and of what there is of each kind (contract section 16.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..._engine.plan.planner import Plan
from ..._engine.plan.steps import Step
from ..._engine.service import Item
from ..resources.account import CONTRACT
from .fitting import Preview

GROWING = ("cores", "ram", "size")
COUNTED = (
    "server",
    "volume",
    "ipblock",
    "k8s_cluster",
    "nat_gateway",
    "network_load_balancer",
    "security_group",
    "security_group_rule",
)
OFF = ("SHUTOFF",)
ADDRESSES = "reserved IP addresses"
# By the name in a sentence: what is in use, and the most that can be.
FIGURES = {
    "cores": ("cores_provisioned", "cores_per_contract"),
    "MB of RAM": ("ram_provisioned", "ram_per_contract"),
    "MB of HDD storage": ("hdd_volume_provisioned", "hdd_limit_per_contract"),
    "MB of SSD storage": ("ssd_volume_provisioned", "ssd_limit_per_contract"),
    "network load balancers": ("nlb_provisioned", "nlb_limit_total"),
    "NAT gateways": ("nat_gateway_provisioned", "nat_gateway_limit_total"),
    "Kubernetes clusters": ("k8s_clusters_provisioned", "k8s_cluster_limit_total"),
    ADDRESSES: ("reserved_ips_on_contract", "reservable_ips"),
}
STORAGE = ("MB of HDD storage", "MB of SSD storage")


class Limits(NamedTuple):
    """What the contract allows and uses; empty if the user may not read it."""

    known: Mapping[str, Any]

    def most(self, name: str) -> int | None:
        value = self.known.get(name)
        return None if value is None else int(value)


def _grows(plan: Plan) -> bool:
    """Whether a plan creates or enlarges anything with a limit, at any depth."""
    for step in plan.steps:
        if step.verb == "create" and (step.resource.kind in COUNTED or _has_contents(step)):
            return True
        before, after = step.before or {}, step.after or {}
        if step.verb in ("start", "assign") or any(
            (after.get(name) or 0) > (before.get(name) or 0) for name in GROWING
        ):
            return True
    return False


def _has_contents(step: Step) -> bool:
    """Whether a data center is created with contents that a limit counts."""
    return not step.path and any((step.after or {}).get(name) for name in ("servers", "volumes"))


def limits_of(preview: Preview) -> Limits:
    """The limits of the contract; none that a plan cannot exceed because it enlarges nothing."""
    if not _grows(preview.plan):
        return Limits({})
    items = preview.facts.items(CONTRACT, {}, lenient=True)
    return Limits((CONTRACT.decode(items[0], {})["resource_limits"] or {}) if items else {})


def unread(preview: Preview) -> Iterator[str]:
    """A warning if the contract cannot be read, so that nobody knows whether a plan exceeds its limits."""
    if _grows(preview.plan) and not limits_of(preview).known:
        yield "this user cannot read the contract, so its limits were not checked"


def too_many(where: str, what: str, count: int, before: int, most: int | None) -> Iterator[str]:
    if most is not None and count > most and count > before:
        yield f"{where}: {count} {what}, but there can be at most {most}"


def of_contract(preview: Preview) -> Iterator[str]:
    """What exceeds the contract. If the unit of a limit is uncertain and only the smaller one is exceeded, that is a warning."""
    limits, warnings = limits_of(preview), preview.facts.warnings
    old, new = _use(preview.before, preview.before), _use(preview.after, preview.before)
    for what, (used_name, most_name) in FIGURES.items():
        used, most, more = limits.most(used_name), limits.most(most_name), new[what] - old[what]
        if used is None or most is None or more <= 0 or used + more <= most:
            continue
        said = f"{what}: {used} of {most} used, this plan adds {more}: {used + more - most} too many"
        # A GB of a limit may be 1000 MB (contract section 16.1).
        if what in STORAGE and used + more * 1000 // 1024 <= most:
            warnings.append(f"preflight: {said}, unless the service counts 1000 MB as a GB")
        elif what == ADDRESSES and (limits.most("reserved_ips_in_use") or 0) + more <= used:
            # Documented as the maximum of the contract, and named as what it has (contract section 16.1).
            warnings.append(
                f"preflight: {said}, unless reserved_ips_on_contract is a limit, and not what is reserved"
            )
        else:
            yield said


def _use(tree: Item, before: Item) -> dict[str, int]:
    """What a tree uses, by the keys of `FIGURES`. A new server runs, if only until it is stopped."""
    there = {each["id"] for each in before.get("servers") or ()}
    running = [
        each
        for each in tree.get("servers") or ()
        if (each.get("type") or "ENTERPRISE") == "ENTERPRISE"
        and (each["id"] not in there or each.get("vm_state") not in OFF)
    ]
    volumes = tree.get("volumes") or ()
    return {
        "cores": sum(int(each.get("cores") or 0) for each in running),
        "MB of RAM": sum(int(each.get("ram") or 0) for each in running),
        "MB of HDD storage": sum(_megabytes(each) for each in volumes if storage_of(each) == "hdd"),
        "MB of SSD storage": sum(_megabytes(each) for each in volumes if storage_of(each) == "ssd"),
        "network load balancers": len(tree.get("network_load_balancers") or ()),
        "NAT gateways": len(tree.get("nat_gateways") or ()),
        "Kubernetes clusters": len(tree.get("k8s_clusters") or ()),
        ADDRESSES: sum(int(each.get("size") or 0) for each in tree.get("ipblocks") or ()),
    }


def _megabytes(volume: Item) -> int:
    return int((volume.get("size") or 0) * 1024)


def storage_of(volume: Item) -> str:
    kind = str(volume.get("disk_type") or "HDD")
    return "" if kind == "DAS" else "hdd" if kind == "HDD" else "ssd"
