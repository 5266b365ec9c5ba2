# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is who: which present object a described one means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import AmbiguousName, InvalidOption, NotFound
from ..schema.resource import Child, Resource

Item = dict[str, Any]
Node = dict[str, Any]
Pairs = list[tuple[Node, "Item | None"]]


def pair(child: Child, wants: Sequence[Node], haves: Sequence[Item]) -> tuple[Pairs, list[Item]]:
    """Each listed object with the present one that it means, and the present ones that nobody listed.

    One is known by its id where that is given, else by its name. One without either is known by the resource's second
    mark, among those that no other entry means. Raises InvalidOption for one listed twice, AmbiguousName, and NotFound
    for an id that is not there.
    """
    resource = child.resource
    option = child.name
    marks = [marked(resource, want, option) for want in wants]
    listed: set[tuple[str, str]] = set()
    for (mark, value), want in zip(marks, wants, strict=True):
        if (mark, value) in listed:
            advice = f"; give each a {resource.identity}" if mark == resource.fallback else ""
            raise InvalidOption(f"{option}: the {resource.label} {want[mark]!r} is listed twice{advice}")
        listed.add((mark, value))
    taken: dict[str, str] = {}
    meant: dict[int, Item] = {}
    # Names and ids first: an entry without them means what these leave.
    for late in (False, True):
        known = _by_mark(resource, [have for have in haves if not late or str(have["id"]) not in taken])
        for place, (mark, value) in enumerate(marks):
            if (mark == resource.fallback) is not late:
                continue
            found = known.get((mark, value), [])
            if len(found) > 1:
                raise AmbiguousName(resource.label, option, value, [str(each["id"]) for each in found])
            if not found and mark == "id":
                raise NotFound(resource.label, f"{option}.id", value, advice="leave the id out to create one")
            if found and taken.setdefault(str(found[0]["id"]), value) != value:
                first = taken[str(found[0]["id"])]
                raise InvalidOption(f"{option}: {first!r} and {value!r} are the same {resource.label}")
            if found:
                meant[place] = found[0]
    pairs = [(want, meant.get(place)) for place, want in enumerate(wants)]
    return pairs, [have for have in haves if str(have["id"]) not in taken]


def _by_mark(resource: Resource, haves: Sequence[Item]) -> Mapping[tuple[str, str], list[Item]]:
    known: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for have in haves:
        for mark in ("id", resource.identity, resource.fallback):
            if mark and have.get(mark) not in (None, ""):
                known[mark, _plain(resource, mark, have[mark])].append(have)
    return known


def _plain(resource: Resource, mark: str, value: Any) -> str:
    """What a mark is compared by: case does not matter in ids, nor where the service does not mind it in names."""
    text = str(value)
    folds = mark == "id" or (mark in resource.by_name and resource.by_name[mark].folds)
    return text.lower() if folds else text


def marked(resource: Resource, want: Node, option: str) -> tuple[str, str]:
    """By which field a listed object is known, and its value there."""
    for mark in ("id", resource.identity, resource.fallback):
        if mark and want.get(mark) not in (None, ""):
            return mark, _plain(resource, mark, want[mark])
    raise InvalidOption(f"{option}: each {resource.label} needs a {resource.identity}")


def name_of(resource: Resource, each: Mapping[str, Any]) -> str:
    """What a path calls an object, wanted or present: its name, else its second mark or its id."""
    if each.get(resource.identity) not in (None, ""):
        return str(each[resource.identity])
    if resource.fallback and each.get(resource.fallback) not in (None, ""):
        return f"{resource.fallback} {each[resource.fallback]}"
    return str(each.get("id") or "")
