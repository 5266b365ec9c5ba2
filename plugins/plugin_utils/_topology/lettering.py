# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How much room text takes, without a font at hand: measured for the widest of the usual sans-serif fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from os.path import commonprefix
from string import digits

from .plain import BETWEEN

# Widths of characters, in parts of the font's size.
THIN = frozenset("ijlI.,:;'|! /")
NARROW = frozenset("tfr()[]-")
BROAD = frozenset("mwMW@%+<>=~\u00d7")
BOLD = 1.12
KEPT = 3  # characters at the end of a name that is cut


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text, at least what any usual font needs for ordinary words."""
    return sum(map(_part, text)) * size * (BOLD if bold else 1)


def _part(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    for chars, part in ((THIN, 0.34), (NARROW, 0.42), (BROAD, 0.98)):
        if char in chars:
            return part
    return 0.74 if char.isupper() else 0.63


def fit(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    room -= width("\u2026", size, bold)
    end = 0
    while end < len(text) and (room := room - width(text[end], size, bold)) >= 0:
        end += 1
    return text[:end].rstrip() + "\u2026"


def fit_name(text: str, size: float, room: float, bold: bool = False) -> str:
    """A name, or as much of its beginning and its end as fits: what tells names apart is often a number at the end.

    Of a range of names, such as ``web-01 \u2026 web-40``, the last may lose what it begins like the first with.
    """
    if width(text, size, bold) <= room:
        return text
    first, dots, last = text.partition(BETWEEN)
    if dots:
        alike = commonprefix([first, last]).rstrip(digits)
        short = f"{first}{BETWEEN}{last[len(alike) :]}"
        if width(short, size, bold) <= room:
            return short
    end = text[-KEPT:]
    left = room - width(end, size, bold)
    return (
        fit(text[:-KEPT], size, left, bold) + end
        if left > width(end, size, bold)
        else fit(text, size, room, bold)
    )


def flow(words: Sequence[str], size: float, room: float, lines: int) -> list[str]:
    """Words with commas between them on at most so many lines; what does not fit is counted at the end."""
    flowed: list[str] = []
    left = list(words)
    while left and len(flowed) < lines:
        last = len(flowed) == lines - 1
        fitting = (
            count for count in range(len(left), 0, -1) if width(_line(left, count, last), size) <= room
        )
        taken = next(fitting, 1)
        more = _more(len(left) - taken, last)
        flowed.append(fit(", ".join(left[:taken]), size, room - width(more, size)) + more)
        left = left[taken:]
    return flowed


def _line(words: Sequence[str], taken: int, last: bool) -> str:
    return ", ".join(words[:taken]) + _more(len(words) - taken, last)


def _more(rest: int, last: bool) -> str:
    """What follows the words of a line when there are more."""
    return (f" +{rest}" if last else ",") if rest else ""
