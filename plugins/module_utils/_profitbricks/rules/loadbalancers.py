# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Classic load balancers, and the NICs that share their load (contract section 10.14)."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.compare import Change
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Ref, Step, without_refs
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..resources.loadbalancers import LOADBALANCER
from ..resources.nics import NIC
from .facts import CloudFacts

BALANCED_NICS = Field(
    "balanced_nics",
    "list",
    elements="str",
    refers=NIC.kind,
    help=(
        "NICs that share the load, as a set: each as V(server/nic), by names or UUIDs, as UUID, or by a name that only "
        "one NIC of the data center has. Others are removed. An empty list removes all.",
        "If left out, they do not change.",
    ),
)


class LoadBalancerRules(Rules):
    """In a node, ``balanced_nics`` are the ids of all NICs that share the load."""

    options = (BALANCED_NICS,)

    def check(self, want: Node, have: Item | None, facts: CloudFacts) -> None:  # type: ignore[override]
        if want.get("ip") == "":
            raise InvalidOption("ip: give an address, or leave the option out to let the service choose one")

    def body(self, body: Any, want: Node, change: Change) -> Any:
        """A new load balancer is made with its NICs in one request."""
        if change.verb != "create" or not want.get(BALANCED_NICS.name):
            return body
        items = [{"id": nic} for nic in want[BALANCED_NICS.name]]
        return {**body, "entities": {"balancednics": {"items": items}}}

    def steps(self, steps: list[Step], want: Node, at: At, facts: CloudFacts) -> list[Step]:  # type: ignore[override]
        wanted = want.get(BALANCED_NICS.name)
        if at.change.verb == "delete" or wanted is None:
            return steps
        if at.change.verb == "create":
            return [step.but(shows={BALANCED_NICS.name: without_refs(wanted)}) for step in steps]
        # Added before others are taken away, so that some NIC serves at any time.
        present = list((at.change.before or {})[BALANCED_NICS.name])
        joining = [nic for nic in wanted if nic not in present]
        leaving = [nic for nic in present if nic not in wanted]
        added = []
        for nic in joining:
            present = [*present, nic]
            more: Any = {"body": {"id": nic}, "after": {}, "safe": True}
            added.append(self._member(at, "attach", "POST", nic, present, facts, **more))
        waits = tuple(step.key for step in added)
        for nic in leaving:
            present = [each for each in present if each != nic]
            more = {"before": {}, "safe": True, "waits_for": waits}
            added.append(self._member(at, "detach", "DELETE", nic, present, facts, nic, **more))
        return [*steps, *added]

    @staticmethod
    def _member(
        at: At,
        verb: str,
        method: str,
        nic: str | Ref,
        shown: list[Any],
        facts: CloudFacts,
        *item: str,
        **more: Any,
    ) -> Step:
        name = facts.in_words(NIC.kind, nic)
        shows = {BALANCED_NICS.name: without_refs(shown)}
        step = at.step(verb, method, "balancednics", *item, label=NIC.label, shows=shows, **more)
        return step.but(path=(*at.path, BALANCED_NICS.name, name))


LOADBALANCER_RULES = {LOADBALANCER.kind: LoadBalancerRules()}
