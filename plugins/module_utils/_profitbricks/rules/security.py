# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups, and who has them (contract section 10.35)."""

from __future__ import annotations

from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.show import in_words
from ..._engine.plan.steps import Step, without_refs
from ..._engine.schema.field import Field
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from .facts import CloudFacts
from .firewall import FirewallRules

ASSIGN = Field(
    "security_groups",
    "list",
    elements="str",
    since=6,
    refers=SECURITY_GROUP.kind,
    help="Names or UUIDs of all its security groups; an empty list removes all.",
)
SECURITY_GROUP_RULES = {SECURITY_GROUP_RULE.kind: FirewallRules()}


def assigned(want: Node, at: At, facts: CloudFacts) -> list[Step]:
    """The call that replaces the set of groups, where the task names another one."""
    groups = want.get(ASSIGN.name)
    have = (at.change.before or {}).get(ASSIGN.name) or ()
    if at.change.verb == "delete":
        return []
    if groups is None:
        names = (facts.in_words(ASSIGN.refers, each) for each in have)
        facts.unmanaged += ["/".join((*at.path, ASSIGN.name, name)) for name in names]
        return []
    if set(groups) == set(have):
        return []
    label = f"security groups of {at.change.resource.label}"
    return [
        at.step(
            "assign",
            "PUT",
            "securitygroups",
            label=label,
            body={"ids": groups},
            before=in_words((ASSIGN,), {ASSIGN.name: list(have)}, facts),
            after=in_words((ASSIGN,), {ASSIGN.name: groups}, facts),
            shows={ASSIGN.name: without_refs(groups)},
            safe=True,
        )
    ]


class Assigning(Rules):
    """Whatever has security groups."""

    options = (ASSIGN,)

    def steps(self, steps: list[Step], want: Node, at: At, facts: CloudFacts) -> list[Step]:  # type: ignore[override]
        return [*steps, *assigned(want, at, facts)]
