# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When what the service shows is what was asked for: the ways in which a `Field` is compared.

Each takes the field, what the task asks for and what the service shows, as it is decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .field import Field

Compare = Callable[["Field", Any, Any], bool]


def equal(field: Field, want: Any, have: Any) -> bool:
    return bool(want == have)


def as_text(field: Field, want: Any, have: Any) -> bool:
    """Neither case nor the form of an address matters."""
    return want is not None and have is not None and field.key(want) == field.key(have)


def as_set(field: Field, want: Any, have: Any) -> bool:
    """The order of a list does not matter, nor what does not matter in its elements."""
    return want is not None and have is not None and _spelled(field, want) == _spelled(field, have)


def as_tags(field: Field, want: Any, have: Any) -> bool:
    """A set in which case matters and nothing counts twice."""
    return want is not None and have is not None and set(want) == set(have)


def if_shown(field: Field, want: Any, have: Any) -> bool:
    """As text, where the service shows it at all."""
    return have is None or as_text(field, want, have)


def any_if_auto(field: Field, want: Any, have: Any) -> bool:
    """As text; AUTO leaves the choice to the service."""
    return have is not None and (want == "AUTO" or as_text(field, want, have))


def any_if_empty(field: Field, want: Any, have: Any) -> bool:
    """A set; where none is asked for, the service keeps one of its own choice."""
    return len(have) <= 1 if want == [] else as_set(field, want, have)


def by_parts(field: Field, want: Any, have: Any) -> bool:
    """Of an object, and of each object of a list, only what the task names."""
    if want is None or have is None:
        return want is have
    if isinstance(want, list):
        return len(want) == len(have) and all(
            other is not None and by_parts(field, one, other)
            for one, other in zip(want, partners(field, want, have), strict=True)
        )
    return all(f.same(want[f.name], have.get(f.name)) for f in field.options if f.name in want)


def partners(field: Field, want: Sequence[Any], have: Sequence[Any]) -> list[Any]:
    """For each wanted object of a list the present one that it means, or None."""
    if not field.keys:
        return [*have[: len(want)], *[None] * (len(want) - len(have))]
    present = {mark_of(field, each): each for each in have}
    return [present.get(mark_of(field, each)) for each in want]


def mark_of(field: Field, value: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells an object of a list apart."""
    return tuple(f.key(value.get(f.name) or "") for f in field.options if f.name in field.keys)


def _spelled(field: Field, values: Sequence[Any]) -> list[str]:
    """One spelling of a set."""
    keys = {f.name: f.key for f in field.options if f.folds}

    def spell(value: Any) -> str:
        if not isinstance(value, dict):
            return field.key(value)
        given = sorted((name, each) for name, each in value.items() if each is not None)
        return repr([(name, keys.get(name, str)(each)) for name, each in given])

    return sorted(map(spell, values))
