# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether what a service told has the shape that it is documented to have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import ConnectionFailed
from .schema.field import Field


def check_shape(fields: Iterable[Field], result: Mapping[str, Any], where: str) -> None:
    """Raise ConnectionFailed where a decoded object holds a list or an object for a plain value, or no list for a list.

    Plain values may come in more than one form, as numbers do that name a LAN.
    """
    for field in fields:
        value = result.get(field.name)
        if field.type == "list":
            kind = {"str": str, "dict": dict}.get(field.elements or "", object)
            right = isinstance(value, list) and all(each is None or isinstance(each, kind) for each in value)
        else:
            right = field.type == "dict" or not isinstance(value, (list, dict))
        if not right:
            raise unlike(where, f"{field.name} is {value!r:.60}")


def unlike(where: str, what: str) -> ConnectionFailed:
    """The error for an answer that is not what the service is documented to tell."""
    return ConnectionFailed(f"{where}: the service's answer cannot be understood: {what}")
