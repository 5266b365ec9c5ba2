# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Distinct names for objects that may share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import count

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption


def distinct(wanted: Sequence[tuple[str, str]], rule: str, forbidden: Collection[str] = ()) -> list[str]:
    """One name for each (name, id), no two equal and none ``forbidden``; what is neither shared nor that stays as it is.

    ``rule`` says what becomes of the others: ``id`` appends the id to all who share a name, so that the others may
    come and go; ``number`` leaves it to the first, unless it is forbidden, and appends 2, 3, ... to the rest; ``error``
    raises InvalidOption.
    """
    times = Counter(name for name, _id in wanted)
    unsuitable = {name for name in times if times[name] > 1 or name in forbidden}
    taken = {*times, *forbidden} - (unsuitable - set(forbidden))
    names = []
    for name, item_id in wanted:
        unique = name
        if name in unsuitable:
            if rule == "error":
                raise InvalidOption(_clash(name, wanted, forbidden))
            unique = f"{name}_{item_id}" if rule == "id" else _numbered(name, taken)
            if unique in taken:
                raise InvalidOption(_clash(unique, wanted, forbidden))
            taken.add(unique)
        names.append(unique)
    return names


def _numbered(name: str, taken: set[str]) -> str:
    candidates = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(candidate for candidate in candidates if candidate not in taken)


def _clash(name: str, wanted: Sequence[tuple[str, str]], forbidden: Collection[str]) -> str:
    ids = sorted(item_id for each, item_id in wanted if name in (each, f"{each}_{item_id}"))
    way_out = "add an expression that tells them apart, or set hostname_duplicates to id or number"
    if name in forbidden:
        who = f"the host of id {ids[0]}" if len(ids) == 1 else f"the hosts of ids {', '.join(ids)}"
        return (
            f"hostnames: {who} would be called {name!r}, as a group or as Ansible's own localhost; {way_out}"
        )
    return f"hostnames: {len(ids)} hosts would be called {name!r} ({', '.join(ids)}); {way_out}"
