# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of each kind know what its options name: what they need to know, classes of facts share out among the kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.behaviour import Behaviour
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.planner import (
    SiteFacts,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.labels import LABEL
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.inside import InsideFacts
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.labelled import (
    LabelledFacts,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.nic_facts import NicFacts
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.volume_facts import (
    VolumeFacts,
)
from catalogue import KINDS

# By what the options of a kind name, the facts that know of it.
NAMED = {"address": InsideFacts, "nic": NicFacts, "image": VolumeFacts, "volume": VolumeFacts}
MANAGED = {
    name: kind for name, kind in KINDS.items() if name.startswith("profitbricks_") and kind.resource.writable
}


def named(fields: Sequence[Field]) -> Iterator[str]:
    for each in fields:
        yield from (each.refers, *named(each.options))


def within(kind: Behaviour, resource: Resource) -> Iterator[str]:
    """What the options of an object name, and those of what its module makes with it."""
    yield from named(
        (*resource.writable, *(kind.rules[resource.kind].options if resource.kind in kind.rules else ()))
    )
    for child in resource.children:
        if child.creatable:
            yield from within(kind, child.resource)


@pytest.mark.parametrize("name", MANAGED)
def test_plans_know_what_the_options_name(name: str) -> None:
    kind = MANAGED[name]
    # With contents, the plan of a data center has facts of its own.
    facts = SiteFacts if kind.tree else kind.provider.facts
    needed = {NAMED[each] for each in (*within(kind, kind.resource), *named(kind.options)) if each in NAMED}
    assert {each for each in needed if not issubclass(facts, each)} == set()


@pytest.mark.parametrize("kind", LABEL.ancestors)
def test_what_can_have_labels_is_kept_from_being_deleted_by_one(kind: str) -> None:
    assert issubclass(KINDS[f"profitbricks_{kind}"].provider.facts, LabelledFacts)


def test_kinds_that_name_something_are_found() -> None:
    assert {each for kind in MANAGED.values() for each in within(kind, kind.resource)} >= set(NAMED)
