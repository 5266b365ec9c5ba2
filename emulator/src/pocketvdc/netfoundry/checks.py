# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What NetFoundry refuses: types, required fields, enumerations, role attributes (sections 8.0 and 10.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ..table import NEWEST, Field, enum
from ..validate import Messages, Wrong, coerce
from .table import REQUIRED, Values


def like(pattern: str, text: Any) -> bool:
    """SQL's LIKE, ignoring case: ``%`` is any text and ``_`` one character."""
    return _regular(pattern).fullmatch(str(text)) is not None


@lru_cache(maxsize=256)
def _regular(pattern: str) -> re.Pattern[str]:
    parts = (".*" if char == "%" else "." if char == "_" else re.escape(char) for char in pattern)
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def tags(value: list[str]) -> str | None:
    """The rule of attributes that an entity has."""
    wrong = [text for text in value if not text.startswith("#") or len(text) < 2]
    return f"Role attributes must begin with #: {', '.join(wrong)}" if wrong else None


def mentions(value: list[str]) -> str | None:
    """The rule of the lists of a policy: attributes, and names of entities."""
    wrong = [text for text in value if text[:1] not in ("#", "@") or len(text) < 2]
    return f"Role attributes of a policy must begin with # or @: {', '.join(wrong)}" if wrong else None


def filled(value: str) -> str | None:
    """The rule of names."""
    return None if value.strip() else "A name must not be blank"


def attributes(name: str = "attributes") -> Field:
    return Field(name, "strings", (), rule=tags)


def policy_list(name: str, *, required: bool = True) -> Field:
    return Field(name, "strings", (), required=REQUIRED if required else (), rule=mentions)


def choice(
    name: str, *values: str, default: str | None = None, required: bool = False, mode: str = "rw"
) -> Field:
    return Field(
        name, default=default, values=enum(*values), required=REQUIRED if required else (), mode=mode
    )


def _pruned(value: Any) -> Any:
    """Without the members that nobody gave."""
    if isinstance(value, dict):
        return {name: _pruned(item) for name, item in value.items() if item is not None}
    return [_pruned(item) for item in value] if isinstance(value, list) else value


def typed(given: Any, fields: Iterable[Field], where: str, problems: list[str]) -> Values:
    """The given values of known fields in their proper types; what is wrong is added to ``problems``."""
    if not isinstance(given, Mapping):
        problems.append(f"[{where}] An object is expected")
        return {}
    known = [field for field in fields if field.name in given and field.mode != "read"]
    free = {field.name: given[field.name] for field in known if field.type == "json"}
    rest = tuple(field for field in known if field.type != "json")
    messages: Messages = []
    try:
        found = coerce(dict(given), Field(where, "object", fields=rest), NEWEST, where, messages)
    except Wrong as error:
        messages.append(("", f"[{where}] must be {error}"))
        found = {}
    # What it does not know this service passes over, unlike ProfitBricks.
    problems += [text for code, text in messages if code != "106"]
    for field in rest:
        value = found.get(field.name)
        found[field.name] = field.initial() if value is None else _pruned(value)
    return {**found, **free}


def missing(given: Mapping[str, Any], fields: Iterable[Field], where: str) -> list[str]:
    """What is wrong because it is not there."""
    return [
        f"[{where}.{field.name}] Attribute '{field.name}' is required"
        for field in fields
        if field.required and given.get(field.name) is None
    ]
