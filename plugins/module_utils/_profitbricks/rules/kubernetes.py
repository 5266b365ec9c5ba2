# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kubernetes clusters, and when they and what is in them can be changed (contract section 10.27)."""

from __future__ import annotations

import re

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Rest, Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODEPOOL
from ..states import state_of
from .facts import CloudFacts
from .locations import check_location

LEAVING = "DESTROYING"


# -- what clusters and node pools have in common ------------------------------------------------------------------


class Orchestrated(Rules):
    """What has a version and a maintenance window, and is changed only while it is ACTIVE."""

    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        if have is None:
            return want
        if have["state"] == LEAVING:
            raise InvalidOption(
                f"state: the {facts.resource.label} {have['name']} is being deleted; run the task again "
                "once it is gone"
            )
        return _with_window(_with_version(want, have, facts.resource), have)

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """What is being deleted is not deleted again; to what an upgraded one can be upgraded, only the service knows."""
        change = at.change
        if change.verb == "delete" and (change.before or {}).get("state") == LEAVING:
            return []
        if change.verb == "update" and "k8s_version" in change.patch:
            lists = ("available_upgrade_versions", "viable_node_pool_versions")
            shows = {name: None for name in lists if name in (change.after or {})}
            steps = [step.but(shows=shows) for step in steps]
        return once_at_rest(steps, at, facts)


def once_at_rest(steps: list[Step], at: At, facts: Facts) -> list[Step]:
    """The service changes only what is ACTIVE."""
    have = at.change.before
    if have is None or not facts.busy:
        return steps
    rest = Rest(facts.resource, at.parents, str(have["id"]))
    return [step.but(rests=(rest,)) for step in steps]


def _with_version(want: Node, have: Item, resource: Resource) -> Node:
    """Only what makes it newer is wanted; the service raises the last part of a version by itself."""
    version, now = want.get("k8s_version"), have.get("k8s_version")
    if not version or not now or _numbers(version) >= _numbers(now):
        return want
    if _numbers(version)[:2] == _numbers(now)[:2]:
        return {name: value for name, value in want.items() if name != "k8s_version"}
    newer = ", ".join(have["available_upgrade_versions"]) or "none at present"
    raise InvalidOption(
        f"k8s_version: the {resource.label} {have['name']} has {now} and cannot go back to {version}; it can be "
        f"upgraded to {newer}"
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _with_window(want: Node, have: Item) -> Node:
    """One time has several forms: with the zone, always UTC, or without."""
    window, now = want.get("maintenance_window"), have.get("maintenance_window")
    if not window or not now or str(window["time"])[:8] != str(now.get("time"))[:8]:
        return want
    return {**want, "maintenance_window": {**window, "time": now["time"]}}


class ClusterRules(Orchestrated):
    def check(self, want: Node, have: Item | None, facts: CloudFacts) -> None:  # type: ignore[override]
        """The rules of contract section 10.27."""
        check_location(want, have, facts)
        if have is None and want.get("public") is False:
            missing = [name for name in ("location", "nat_gateway_ip") if not want.get(name)]
            if missing:
                raise InvalidOption(f"{', '.join(missing)}: needed to create a cluster with public=false")
        if len(want.get("s3_buckets") or ()) > 1:
            raise InvalidOption("s3_buckets: the service accepts at most one bucket")
        subnet = want.get("node_subnet")
        if subnet and not re.fullmatch(r"\d+(\.\d+){3}/16", subnet):
            raise InvalidOption(
                f"node_subnet: {subnet!r} is not a network with the prefix /16, such as 10.9.0.0/16"
            )

    def guard(self, have: Item, facts: Facts) -> None:
        """The service refuses to delete a cluster with node pools; here the error says which."""
        pools = facts.items(K8S_NODEPOOL, {K8S_CLUSTER.kind: have["id"]}) if have["nodepools"] else []
        left = [each["properties"].get("name") or each["id"] for each in pools if state_of(each) != LEAVING]
        if left:
            raise InvalidOption(
                f"state: the Kubernetes cluster {have['name']} still has node pools: {', '.join(sorted(left))}. Delete them "
                "first, with profitbricks_k8s_nodepool"
            )


CLUSTER_RULES = {K8S_CLUSTER.kind: ClusterRules()}
