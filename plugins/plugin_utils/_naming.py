# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Distinct names for objects that may share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption


def distinct(wanted: Sequence[tuple[str, str]], rule: str) -> list[str]:
    """One name for each (name, id), no two equal; a name that nobody else wants stays as it is.

    ``rule`` says what becomes of a shared one: ``id`` appends the id to all who share it, so that the others may come
    and go; ``number`` leaves it to the first and appends 2, 3, ... to the rest; ``error`` raises InvalidOption.
    """
    shared = {name for name, times in Counter(name for name, _id in wanted).items() if times > 1}
    taken = {name for name, _id in wanted} - shared
    names = []
    for name, item_id in wanted:
        unique = name
        if name in shared:
            if rule == "error":
                raise InvalidOption(_clash(name, wanted))
            unique = f"{name}_{item_id}" if rule == "id" else _numbered(name, taken)
            if unique in taken:
                raise InvalidOption(_clash(unique, wanted))
            taken.add(unique)
        names.append(unique)
    return names


def _numbered(name: str, taken: set[str]) -> str:
    candidates = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(candidate for candidate in candidates if candidate not in taken)


def _clash(name: str, wanted: Sequence[tuple[str, str]]) -> str:
    ids = sorted(item_id for each, item_id in wanted if name in (each, f"{each}_{item_id}"))
    return (
        f"hostnames: {len(ids)} hosts would be called {name!r} ({', '.join(ids)}); add an expression that tells them "
        "apart, or set hostname_duplicates to id or number"
    )
