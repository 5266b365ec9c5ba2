# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plain values of whatever a user hands over as a data center."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# No number of the service comes near it.
LARGEST = 10**12
BETWEEN = " \u2026 "  # the first and the last of a range


class InvalidSite(ValueError):
    """The value is no data center; the message names the place and what is wrong with it."""


def text(value: object) -> str:
    """One line without control characters, fit for any of the formats once it is escaped; empty for nothing."""
    if value is None:
        return ""
    line = str(value)
    return " ".join((line if line.isprintable() else "".join(map(_printable, line))).split())


def _printable(char: str) -> str:
    # Characters that turn the direction of text around could make a name look like another one.
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Cn") else char


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts web-2 before web-10."""
    parts = re.split("([0-9]+)", name.casefold())
    return [(0, part) if index % 2 == 0 else _magnitude(part) for index, part in enumerate(parts)] + [
        (0, name)
    ]


def _magnitude(digits: str) -> tuple[int, str]:
    plain = digits.lstrip("0")
    return len(plain), plain


def number(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,12}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else None


def plain(value: object) -> object:
    """The value in dictionaries and lists of its own, so that none of them stands in two places."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def mapping(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        hint = "; give one of them, such as datacenters[0]" if isinstance(value, list) else ""
        raise InvalidSite(f"{path} must be a dictionary, not {kind(value)}{hint}")
    return value


def listed(parent: Mapping[str, Any], key: str, path: str) -> Sequence[Any]:
    value = parent.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise InvalidSite(f"{path}{key} must be a list, not {kind(value)}")
    return value


def children(parent: Mapping[str, Any], key: str, path: str) -> list[Mapping[str, Any]]:
    return [mapping(child, f"{path}{key}[{index}]") for index, child in enumerate(listed(parent, key, path))]


def texts(parent: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
    return tuple(filter(None, map(text, listed(parent, key, path))))


def kind(value: object) -> str:
    """The kind of a value in the words of YAML."""
    if isinstance(value, Mapping):
        return "a dictionary"
    if value is None:
        return "nothing"
    names = ((bool, "a boolean"), (str, "a string"), (int | float, "a number"), (list, "a list"))
    return next((name for kind, name in names if isinstance(value, kind)), f"a {type(value).__name__}")


def name_order(item: Mapping[str, Any]) -> tuple[list[tuple[int, str]], str]:
    return natural(text(item.get("name"))), text(item.get("id"))


def device_number(item: Mapping[str, Any]) -> int:
    """Its place among the server's devices; where nobody knows, the last."""
    found = number(item.get("device_number"))
    return LARGEST if found is None else found
