# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of the wrong type, in a sentence that begins with the option, before Ansible's own validator sees them.

The validator names no option where a nested one has to be a dictionary, breaks with a TypeError over some values there,
silently turns a dictionary into text, and accepts ``true`` as a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.common.parameters import DEFAULT_TYPE_VALIDATORS

from ._engine.errors import InvalidOption, within
from ._engine.schema.field import Field

_WORDS = {
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "path": "text",
    "str": "text",
}
# What a message may quote: no JSON and no key=value, which may hold a secret.
_PLAIN = re.compile(r"[^\n\"'{}=]{0,60}")


def check_shapes(fields: Sequence[Field], arguments: Mapping[str, Any]) -> None:
    """Raise InvalidOption for the first value that is not, and cannot be converted to, what its option holds."""
    for field in fields:
        value = arguments.get(field.name)
        if value is None:
            continue
        converted = _converted(field, field.type, value, "must be")
        for each in converted if field.type == "list" and field.elements else ():
            _check_parts(field, _converted(field, field.elements, each, "each entry must be"))
        if field.type == "dict":
            _check_parts(field, converted)


def _check_parts(field: Field, value: Any) -> None:
    """Check the options in a value; the error says where they are."""
    if field.options:
        listed = field.type == "list"
        name = value.get("name") if listed else None
        with within(field.name, name if isinstance(name, str) else None, part=not listed):
            check_shapes(field.options, value)


def _converted(field: Field, kind: str, value: Any, must_be: str) -> Any:
    """The value as Ansible would convert it."""
    number = kind in ("int", "float")
    text = kind in ("str", "path")
    if not (number and isinstance(value, bool)) and not (text and isinstance(value, (dict, list))):
        try:
            if value is not None:
                return DEFAULT_TYPE_VALIDATORS[kind](value)
        except (TypeError, ValueError):
            pass
    but = f", not {_shown(value)}" if not field.secret or isinstance(value, (dict, list)) else ""
    raise InvalidOption(f"{field.name}: {must_be} {_wanted(field, kind, value)}{but}")


def _wanted(field: Field, kind: str, value: Any) -> str:
    """What kind of value an option holds, in words."""
    if kind == "list" and field.elements == "dict":
        return "a list of dictionaries"
    if kind != "dict":
        return _WORDS[kind] + (f" of {field.unit}" if field.unit and kind == "int" else "")
    if not field.options:
        return "a dictionary"
    names = [each.name for each in field.options]
    if "name" in names:
        named = value if isinstance(value, str) and re.fullmatch(r"[\w.-]+", value) else "..."
        return f"a dictionary of options, such as {{name: {named}}}"
    return f"a dictionary of options ({', '.join(names)})"


def _shown(value: Any) -> str:
    """A value as a message may show it."""
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null; the filter select() leaves out entries without a value"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        return "this text"
    return repr(value)
