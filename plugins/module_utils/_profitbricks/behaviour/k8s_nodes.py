# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes of Kubernetes clusters."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.kubernetes import K8S_NODE
from ..rules.k8s_nodes import NODE_RULES

K8S_NODES: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS,
    K8S_NODE,
    NODE_RULES,
    states=(
        (
            "replaced",
            "the node is replaced by a new one of the same kind each time the task runs; meanwhile its "
            "workload runs elsewhere",
        ),
    ),
)
