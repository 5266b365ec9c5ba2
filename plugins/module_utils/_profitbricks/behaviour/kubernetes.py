# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kubernetes clusters, and what node pools have in common with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..._engine.outcome import Detail, Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.kubernetes import K8S_CLUSTER
from ..rules.facts import CloudFacts
from ..rules.kubernetes import CLUSTER_RULES, LEAVING
from .kubeconfig import read_kubeconfig

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


class Clusters(Behaviour[Cloud]):
    """Clusters and node pools, whose own state tells how they are."""

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        """Wait for a deletion that is under way; be no success where the service could not bring its work to an end."""
        have, result = facts.have, outcome.result or {}
        leaving = task.absent and have is not None and have["state"] == LEAVING
        failed = str(result.get("state")).startswith("FAILED")
        if have is None or not (leaving or failed):
            return
        if task.waiting.wait and not task.check_mode:
            task.cloud.settled(facts.resource, facts.found.parents, have["id"], task.deadline)
        elif failed:
            outcome.warnings.append(
                f"The {facts.resource.label} {result['name']} is in the state {result['state']}"
            )


def _kubeconfig(cloud: Cloud, cluster: Item) -> Item:
    return {"kubeconfig": read_kubeconfig(cloud, cluster["id"])}


def foresee(facts: CloudFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.fitting import Checks, by_itself, would_fit  # here, because only check mode needs it
    from ..rules.limits import of_contract, unread
    from ..rules.reserved import of_addresses

    checks = Checks(limits=(of_contract,), addresses=(of_addresses,), doubts=(unread,))
    would_fit(facts, plan, by_itself, checks)


LIMITED = PROFITBRICKS._replace(foresee=foresee)
K8S_CLUSTERS = Clusters(
    LIMITED,
    K8S_CLUSTER,
    CLUSTER_RULES,
    details=(
        Detail(
            Field(
                "kubeconfig",
                "bool",
                default=False,
                help="Whether to return the kubeconfig of each cluster, at the cost of one more request "
                "for each. Whoever has it can administer the cluster: set C(no_log) on the task.",
            ),
            (
                Field(
                    "kubeconfig",
                    help="The kubeconfig as YAML; V(null) while the cluster is not active.",
                    sample="apiVersion: v1\nkind: Config\n",
                ),
            ),
            _kubeconfig,
        ),
    ),
)
