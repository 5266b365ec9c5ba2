# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many security groups there can be, and rules in each (contract section 16.1)."""

from __future__ import annotations

from collections.abc import Iterator

from ..._engine.service import Item
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from .fitting import Preview, Trees, by_itself
from .inside import InsideFacts
from .limits import limits_of, too_many


def among_others(facts: InsideFacts, after: Item) -> Trees:
    """A group among those that are there, or a rule in its group."""
    if facts.resource.kind == SECURITY_GROUP_RULE.kind:
        parents = facts.around(SECURITY_GROUP)
        group = facts.item(SECURITY_GROUP, parents, facts.found.parents[SECURITY_GROUP.kind], depth=2)
        known = SECURITY_GROUP.decode(group, {}) if group else {"id": "", "rules": []}
        grown = {**known, "rules": [*known["rules"], *([] if facts.have else [after])]}
        return {SECURITY_GROUP.plural: [known]}, {SECURITY_GROUP.plural: [grown]}
    if facts.have is not None:
        return by_itself(facts, after)
    others = [SECURITY_GROUP.decode(item, {}) for item in facts.here(SECURITY_GROUP)]
    return {SECURITY_GROUP.plural: others}, {SECURITY_GROUP.plural: [*others, after]}


def of_groups(preview: Preview) -> Iterator[str]:
    """Security groups: how many there are, and their rules."""
    limits = limits_of(preview)
    groups, old = (tree.get("security_groups") or () for tree in (preview.after, preview.before))
    yield from too_many(
        "security_groups", "security groups", len(groups), len(old), limits.most("security_groups_per_vdc")
    )
    rules = {each["id"]: len(each.get("rules") or ()) for each in old}
    for group in groups:
        count = len(group.get("rules") or ())
        most = limits.most("rules_per_security_group")
        yield from too_many(
            f"security_groups/{group.get('name')}", "rules", count, rules.get(group.get("id"), 0), most
        )
