# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Node pools of Kubernetes clusters (contract section 10.28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Path, Ref, Rest, Step
from ..._engine.schema.resource import children
from ..._engine.service import Item, selector
from ..resources.datacenters import DATACENTER
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODEPOOL
from ..resources.lans import LAN
from .facts import CloudFacts
from .kubernetes import Orchestrated
from .labels import texts


class NodePoolRules(Orchestrated):
    resolves = ("datacenter",)

    def want(self, want: Node, have: Item | None, facts: CloudFacts, path: Path) -> Node:  # type: ignore[override]
        want = _with_places(super().want(want, have, facts, path), have or {}, facts)
        for name in ("labels", "annotations"):
            if name in want:
                values = texts(name, want[name] or {})
                want = {**want, name: values}
                if not values and have is not None and not have[name]:
                    want.pop(name)
        return want if have is None else _with_scaling(want, have)

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        both = {**(have or {}), **want}
        count, limits = both.get("node_count") or 0, _scaling(both)
        if have is None and facts.version < 6 and not want.get("cpu_family"):
            raise InvalidOption("cpu_family: version 5 of the API needs it to create a node pool")
        if limits and not 1 <= limits[0] <= limits[1]:
            raise InvalidOption(
                f"auto_scaling: min_node_count {limits[0]} must be at least 1, and max_node_count "
                f"{limits[1]} at least as large; set both to 0 to turn it off"
            )
        if limits and count > limits[1]:
            raise InvalidOption(f"node_count: {count} is above auto_scaling.max_node_count, {limits[1]}")
        needed = max(count, limits[1] if limits else 0) + 1
        if both.get("public_ips") and len(both["public_ips"]) < needed:
            raise InvalidOption(
                f"public_ips: {needed} addresses are needed, one more than the maximum number of nodes, "
                f"not {len(both['public_ips'])}"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: CloudFacts) -> list[Step]:  # type: ignore[override]
        """The service takes a new node pool only while its cluster is ACTIVE.

        Scaling that is off reads 0/0, and an update may not hold that: the empty object says the same.
        """
        steps = super().steps(steps, want, at, facts)
        if at.change.verb == "update":
            return [step.but(body=_without_zeros(step.body)) for step in steps]
        if at.change.verb != "create" or not facts.at_work(K8S_CLUSTER):
            return steps
        rest = Rest(K8S_CLUSTER, {}, str(at.parents[K8S_CLUSTER.kind]))
        return [step.but(rests=(rest,)) for step in steps]


def _without_zeros(body: Mapping[str, Any]) -> dict[str, Any]:
    properties = dict(body["properties"])
    if not any((properties.get("autoScaling") or {"": 1}).values()):
        properties["autoScaling"] = {}
    return {**body, "properties": properties}


def _with_places(want: Node, have: Item, facts: CloudFacts) -> Node:
    """The data center and its LANs by their ids, with one read for what is named."""
    home = selector(DATACENTER, "datacenter", want.get("datacenter") or have.get("datacenter") or "")
    named = [each for each in want.get("lans") or () if not LAN.is_id(each["lan"])]
    lans: list[Item] = []
    if want.get("datacenter") and not home.by_id:
        item = home.pick(facts.items(DATACENTER, {}, name=home.value, depth=3 if named else 1))
        if item is None and (facts.open or not facts.check_mode):
            raise facts.missing(home, {})
        want = {**want, "datacenter": item["id"] if item else facts.to_come(home)}
        lans = children(item, LAN.collection) if item else []
    elif named and home.by_id:
        lans = facts.items(LAN, {DATACENTER.kind: home.value})
    if not want.get("lans"):
        return want
    coming = isinstance(want.get("datacenter"), Ref)
    return {**want, "lans": [{**each, "lan": _number(each["lan"], lans, coming)} for each in want["lans"]]}


def _number(lan: Any, lans: Sequence[Item], coming: bool) -> int | Ref:
    """The number of a LAN; in a data center that an earlier task would create it is yet to come."""
    wanted = selector(LAN, "lans.lan", lan)
    if wanted.by_id:
        return int(wanted.value)
    item = wanted.pick(lans)
    if item is None and coming:
        return Ref((LAN.kind, wanted.value), number=True)
    if item is None:
        names = [name for each in lans for name in LAN.called(each)]
        raise NotFound(LAN.label, "lans.lan", wanted.value, "the data center", names=names)
    return int(item["id"])


def _scaling(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Least and largest number of nodes; None where the service leaves the number alone."""
    limits = values.get("auto_scaling") or {}
    least, most = limits.get("min_node_count") or 0, limits.get("max_node_count") or 0
    return (least, most) if least or most else None


def _with_scaling(want: Node, have: Item) -> Node:
    """Leave alone what the service has made of the number of nodes; scaling that is off has two forms."""
    left = []
    if "auto_scaling" in want and _scaling(want) is None and _scaling(have) is None:
        left.append("auto_scaling")
    limits = _scaling({**have, **want})
    if limits and have["node_count"] is not None and limits[0] <= have["node_count"] <= limits[1]:
        left.append("node_count")
    return {name: value for name, value in want.items() if name not in left}


NODEPOOL_RULES = {K8S_NODEPOOL.kind: NodePoolRules()}
