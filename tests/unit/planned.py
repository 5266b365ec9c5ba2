# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of resources that no service has, and of none that needs to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.compare import Change
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.facts import Facts
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.planner import Plan, Planner
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.rules import At
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import Step
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import (
    Child,
    Resource,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.service import Found

Item = dict[str, Any]


def facts(
    resource: Resource, have: Item | None = None, parents: Mapping[str, str] | None = None, **options: Any
) -> Facts:
    """What is known of an object, without names of others."""
    return Facts(6, resource, {}, options, "present", Found(dict(parents or {})), have)


def plan_of(resource: Resource, want: Item | None, have: Item | None) -> Plan:
    """The plan of one object and all that is listed in it."""
    parents = dict.fromkeys(resource.parents, "P")
    return Planner(facts(resource, have, parents), {}).single(want)


class Branch:
    """The plan of one collection below an object that is there."""

    def __init__(
        self,
        root: Resource,
        child: Child,
        wants: Sequence[Item] | None,
        haves: Sequence[Item],
        purge: Sequence[str] = (),
    ) -> None:
        have = {"id": "r", child.name: list(haves)}
        self._planner = Planner(facts(root, have, purge=purge), {})
        above = At((), (f"{root.kind}s", "r"), {}, Change(root, "none", have, have))
        want = {} if wants is None else {child.name: list(wants)}
        self.steps: list[Step] = self._planner.branch(child, want, above).steps
        self.unmanaged = self._planner.unmanaged
        self.problems = self._planner.problems
