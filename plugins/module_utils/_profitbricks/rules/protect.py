# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The label that keeps an object from being deleted (contract section 10.23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..._engine.plan.facts import Facts
from ..._engine.plan.protect import Going, Protected, manner
from ..._engine.service import Item
from ..resources.datacenters import DATACENTER
from ..resources.labels import ALL_LABELS, LABEL

KEY, VALUE = "protected", "true"
ADVICE = f"remove the label first, with profitbricks_label, key={KEY} and state=absent"


def spare_labelled(going: Sequence[Going], facts: Facts) -> None:
    """Raise Protected for a deletion of an object with the label, or of a data center that contains one.

    The labels are only read if one of the objects can have labels or contain objects that do.
    """
    if facts.version < LABEL.since or not any(each.resource.kind in LABEL.ancestors for each in going):
        return
    labels = [each for each in map(_properties, facts.items(ALL_LABELS, {})) if _protects(each)]
    bearers = {str(each.get("resourceId")) for each in labels}
    for each in going:
        if str(each.item.get("id")) in bearers:
            raise Protected(
                f"The {each.name} has the label {KEY}={VALUE} and would be deleted{manner(each)}; {ADVICE}"
            )
    for label in _below(going, labels):
        raise Protected(
            f"In the {going[0].name}, the {label.get('resourceType')} {label.get('resourceId')} has the label "
            f"{KEY}={VALUE} and would be deleted with it; {ADVICE}"
        )


def _properties(item: Item) -> Item:
    found: Item = item.get("properties") or {}
    return found


def _protects(label: Item) -> bool:
    return label.get("key") == KEY and str(label.get("value")).lower() == VALUE


def _below(going: Sequence[Going], labels: Iterable[Item]) -> Iterator[Item]:
    """The labels of objects in a data center that is to be deleted, recognized by their addresses."""
    if going[0].resource.kind == DATACENTER.kind:
        mark = f"/{going[0].item['id']}/"
        yield from (each for each in labels if mark in str(each.get("resourceHref") or ""))
