# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Duplicates: objects that another task created with the same name at the same time, found in the result read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from .errors import Doubled
from .plan.pairing import name_of
from .plan.steps import Path, Step
from .schema.resource import Resource
from .service import Item


def refuse_doubles(
    resource: Resource, before: Item | None, after: Item | None, steps: Sequence[Step], made: Collection[str]
) -> None:
    """Raise Doubled if an object that the steps created has a duplicate that they did not create.

    ``before`` and ``after`` are the whole tree, as results; ``made`` holds the ids of created objects.
    """
    known = {*made, *_ids(resource, before)}
    for step in steps:
        for path in step.creation.paths() if step.creation else ():
            for child, several in _alike(resource, after, path):
                ids = [str(each["id"]) for each in several]
                if not known.issuperset(ids):
                    raise Doubled(child.label, "/".join(path[:-1]), path[-1], ids)


def _ids(resource: Resource, tree: Item | None) -> Iterator[str]:
    for child in resource.children:
        for each in (tree or {}).get(child.name) or () if child.creatable else ():
            yield str(each["id"])
            yield from _ids(child.resource, each)


def _alike(resource: Resource, tree: Item | None, path: Path) -> Iterator[tuple[Resource, list[Item]]]:
    """Objects with the same path and the same parent, in groups of two or more, each with the oldest first.

    The volumes of a data center include those attached to its servers, where names may repeat.
    """
    here = [tree] if tree else []
    for collection, name in zip(path[::2], path[1::2], strict=False):
        child = next((each for each in resource.children if each.name == collection), None)
        if child is None or not child.creatable:
            return
        resource = child.resource
        here = [
            item for above in here for item in above.get(collection) or () if name_of(resource, item) == name
        ]
    places: dict[Any, list[Item]] = defaultdict(list)
    for each in here if path else ():
        places[each.get("server_id")].append(each)
    for several in places.values():
        if len(several) > 1:
            yield (
                resource,
                sorted(several, key=lambda each: (str(each.get("created_date") or ""), str(each["id"]))),
            )
