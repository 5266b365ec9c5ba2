# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes of Kubernetes clusters (contract section 10.29)."""

from __future__ import annotations

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Step
from ..._engine.service import Item, own_selector
from ..resources.kubernetes import K8S_NODE
from .kubernetes import once_at_rest


class NodeRules(Rules):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        if have is None:
            own = own_selector(K8S_NODE, facts.options)
            advice = "nodes are created by their node pool: set its node_count"
            raise NotFound(K8S_NODE.label, own.option, own.value, "the node pool", advice)
        return want

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        if facts.state == "replaced" and at.change.before is not None:
            steps = [*steps, at.step("replace", "POST", "replace", label="node")]
        return once_at_rest(steps, at, facts)


NODE_RULES = {K8S_NODE.kind: NodeRules()}
