# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the value of an option must be, as far as that is known before any request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .field import Field

Check = Callable[["Field", Any], str]
"""What is wrong with a value of a field, to be read behind it; an empty text where nothing is."""


def between(least: float | None, most: float | None = None) -> Check:
    """A number that is neither below the first nor above the second."""

    def check(field: Field, value: Any) -> str:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return ""
        if least is not None and value < least:
            return f"is below the minimum, {field.measured(least)}"
        return f"is above the maximum, {field.measured(most)}" if most is not None and value > most else ""

    return check


def multiple_of(step: int) -> Check:
    """A whole number of steps."""

    def check(field: Field, value: Any) -> str:
        wrong = isinstance(value, int) and value % step
        return f"is not a multiple of {field.measured(step)}" if wrong else ""

    return check


def matches(pattern: str, what: str) -> Check:
    """A text that matches a pattern as a whole; ``what`` says in words what that is."""

    def check(_field: Field, value: Any) -> str:
        wrong = isinstance(value, str) and not re.fullmatch(pattern, value)
        return f"is not {what}" if wrong else ""

    return check
