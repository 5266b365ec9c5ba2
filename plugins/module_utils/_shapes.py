# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of the wrong type, in a sentence that begins with the option, before Ansible's own validator sees them.

The validator names no option where a nested one has to be a dictionary, breaks with a TypeError over some values there,
silently turns a dictionary into text, and accepts ``true`` as a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.common.parameters import DEFAULT_TYPE_VALIDATORS

from ._engine.errors import InvalidOption, within
from ._engine.schema.field import Field
from ._engine.settings import utf8

_WORDS = {
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "path": "text",
    "str": "text",
}
# What a message may quote: no JSON, YAML or key=value, which may hold a secret.
_PLAIN = re.compile(r"(?!.*: )[^\n\"'{}=]{0,60}")
# And where a dictionary belongs, of which a secret may be part.
_WORD = re.compile(r"[\w.-]{0,60}")


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
        if not field.options:
            _check_texts(field.name, value)


def _check_parts(field: Field, value: Any) -> None:
    """Check the options in a value; the error says where they are."""
    if field.options:
        listed = field.type == "list"
        with within(field.name, _called(value) if listed else None, part=not listed):
            check_shapes(field.options, value)


def _check_texts(option: str, value: Any) -> None:
    """Check all texts in a value."""
    if isinstance(value, str):
        utf8(option, value)
    elif isinstance(value, (dict, list)):
        for each in (*value, *value.values()) if isinstance(value, dict) else value:
            _check_texts(option, each)


def _converted(field: Field, kind: str, value: Any, must_be: str) -> Any:
    """The value as Ansible would convert it."""
    number = kind in ("int", "float")
    text = kind in ("str", "path")
    if not (number and isinstance(value, bool)) and not (text and isinstance(value, (dict, list))):
        try:
            # Ansible breaks over infinity, and takes forever for text such as 1e99999999; a clock breaks over 10**400.
            endless = number and value is not None and not math.isfinite(float(value))
            if value is not None and not endless:
                return DEFAULT_TYPE_VALIDATORS[kind](value)
        except (OverflowError, TypeError, ValueError):
            pass
    but = (
        f", not {_shown(value, _WORD if kind == 'dict' else _PLAIN)}"
        if not field.secret or isinstance(value, (dict, list))
        else ""
    )
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
        named = value if isinstance(value, str) and value and _WORD.fullmatch(value) else "..."
        return f"a dictionary of options, such as {{name: {named}}}"
    return f"a dictionary of options ({', '.join(names)})"


def _called(value: Mapping[str, Any]) -> str | None:
    """What a message calls the object that a value describes, whose name may be a number, or anything else."""
    name = value.get("name")
    if name is None or name == "" or isinstance(name, (bool, dict, list)):
        return None
    text = str(name)
    return text if text.isprintable() and len(text) <= 100 else "this one"


def _shown(value: Any, plain: re.Pattern[str]) -> str:
    """A value as a message may show it, text if it is ``plain``."""
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null; the filter select() leaves out entries without a value"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not plain.fullmatch(value):
        return "this text"
    text = repr(value)
    return text if isinstance(value, str) or len(text) <= 60 else "this one"
