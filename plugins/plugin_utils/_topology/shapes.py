# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes of an SVG and their colours. Each takes the left and the top of its place, a text its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .lettering import width
from .site import Lan

# Each is dark enough for white text on it and for a thin line on white, and they differ in lightness or hue for all
# kinds of colour vision. What has no colour of its own left is dashed.
LAN_COLOURS = ("#b3400a", "#0b5cad", "#00694f", "#8a2c6b", "#6b5400", "#3d4a5c")
DASHES = ("", "8 4", "3 3", "10 3 3 3")
INK, MUTED, PAPER, GOOD = "#1f2328", "#57606a", "#ffffff", "#116329"
SIZE, SMALL = 12.0, 11.0  # of text


def clean(words: str) -> str:
    """Words as the text of an element."""
    # Braces are written as references, so that nobody takes the picture for a template.
    return escape(words, {'"': "&quot;", "'": "&#39;", "{": "&#123;", "}": "&#125;"})


def text(
    x: float, y: float, words: str, size: float = SIZE, fill: str = INK, bold: bool = False, anchor: str = ""
) -> str:
    weight = ' font-weight="600"' if bold else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{weight}{end}>{clean(words)}</text>'


def rect(
    x: float, y: float, across: float, down: float, fill: str, stroke: str = "none", radius: int = 0
) -> str:
    corners = f' rx="{radius}"' if radius else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{across:g}" height="{down:g}"{corners} fill="{fill}" stroke="{stroke}"/>'


def path(d: str, fill: str = "none", stroke: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" stroke="{stroke}"{more}/>'


def tip(words: str, parts: Iterable[str]) -> list[str]:
    """The parts, with words that show where the pointer rests on them."""
    return [f"<g><title>{clean(words)}</title>", *parts, "</g>"]


def chip(x: float, y: float, words: str, fill: str) -> list[str]:
    """White text on a coloured ground, 16 high."""
    across = chip_width(words)
    return [
        rect(x, y, across, 16, fill, radius=4),
        text(x + across / 2, y + 12, words, SMALL, PAPER, True, "middle"),
    ]


def chip_width(words: str) -> float:
    return round(width(words, SMALL, True) + 10)


def shield(x: float, y: float, active: bool) -> str:
    d = f"M{x + 5:g} {y:g}l5 2v4q0 4-5 6q-5-2-5-6v-4z"
    return path(d, GOOD if active else PAPER, GOOD if active else MUTED)


def cylinder(x: float, y: float) -> str:
    d = f"M{x:g} {y + 2:g}v7a5 2 0 0 0 10 0v-7a5 2 0 0 0-10 0a5 2 0 0 0 10 0"
    return path(d, "#f6f8fa", MUTED)


def plug(x: float, y: float) -> str:
    return path(f"M{x:g} {y + 1:g}h10v9h-3v-3h-4v3h-3z", "#f6f8fa", MUTED)


def cloud(x: float, y: float) -> str:
    d = f"M{x + 6:g} {y + 17:g}a6 6 0 0 1 0-12a8 7 0 0 1 14-1a6 6 0 0 1 3 13z"
    return path(d, PAPER, "#2f6f9f", ' stroke-width="1.5"')


def line(d: str, colour: str, dash: str, thick: float) -> list[str]:
    """A line with a white edge, which sets it off from those that it crosses."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        path(d, stroke=PAPER, more=f' stroke-width="{thick + 4:g}"'),
        path(d, stroke=colour, more=f' stroke-width="{thick:g}"{dashes}'),
    ]


def dot(x: float, y: float, colour: str) -> str:
    """A dot around this place."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{colour}" stroke="{PAPER}"/>'


@dataclass(frozen=True)
class Look:
    """How the lines of a LAN look."""

    colour: str
    dash: str
    thick: float


def look_of(index: int, lan: Lan) -> Look:
    dash = DASHES[index // len(LAN_COLOURS) % len(DASHES)]
    return Look(LAN_COLOURS[index % len(LAN_COLOURS)], dash, 3.5 if lan.public else 2.5)
