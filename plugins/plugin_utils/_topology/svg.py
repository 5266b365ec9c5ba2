# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center as SVG: servers as cards in a grid, LANs as lines that run beside them, the internet on top.

A LAN is one horizontal line above the grid, and from it one vertical line beside each column that has NICs in it. A NIC
is joined to the vertical line of its LAN; where lines cross without a dot they do not touch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import shapes
from .cards import CARD, Card, cards
from .lettering import fit, width
from .shapes import MUTED, PAPER, SIZE, SMALL
from .site import Lan, Site

MARGIN = 24
LANE = 14  # between the lines of two LANs
GUTTER = 18  # from a card to the first line, and from the last line to the next card
GAP = 22  # between two cards, one above the other
TRUNK = 24  # height of a LAN's horizontal line with its label
LABEL = 210  # room of that label where the LAN is public
UPLINKS = 8  # between the lines of two public LANs to the internet
LEAST_WIDTH = 584
SKY, SKY_EDGE = "#e3f1fb", "#7fb2d9"
FONT = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"


def draw(site: Site, title: str, direction: str) -> str:
    """The picture; servers follow one another along rows when ``direction`` is LR, down columns when it is TB."""
    grid = _Grid(cards(site), direction == "LR")
    trunks = _Trunks(site.lans, 74 + _header_lines(site) * 18)
    grid.place(trunks.bottom + 16)
    across = max(grid.right, LEAST_WIDTH)
    body = [
        *_header(site, title, across),
        *trunks.draw(grid, across),
        *grid.wires(site.lans, trunks),
        *(part for placed in grid.cards for part in placed.draw()),
        *_legend(site, grid.bottom + 26),
    ]
    return _document(across + MARGIN, grid.bottom + 48, title, site.summary, body)


def columns(count: int) -> int:
    """How many columns a grid of so many cards has: few enough that the picture stays legible when it is fitted to a page's width."""
    if count <= 3:
        return max(1, count)
    return max(2 if count == 4 else 3 if count <= 6 else 4, round(0.6 * count**0.5))


@dataclass
class _Trunks:
    """The horizontal lines of the LANs below the band of the internet."""

    lans: Sequence[Lan]
    top: float

    @property
    def band(self) -> int:
        """Height of the internet's band."""
        return 36 if any(lan.public for lan in self.lans) else 0

    def y(self, index: int) -> float:
        return self.top + self.band + (14 if self.band else 0) + index * TRUNK + 10

    @property
    def bottom(self) -> float:
        return self.y(len(self.lans)) - 4 if self.lans else self.top

    def draw(self, grid: _Grid, across: float) -> list[str]:
        parts: list[str] = []
        if self.band:
            parts = [
                shapes.rect(MARGIN, self.top, across - MARGIN, self.band, SKY, SKY_EDGE, 9),
                shapes.cloud(MARGIN + 14, self.top + 8),
                shapes.text(MARGIN + 48, self.top + 23, "Internet", 13.5, bold=True),
                shapes.text(across - 14, self.top + 22, "public side", SIZE, MUTED, anchor="end"),
            ]
        for index, lan in enumerate(self.lans):
            parts += self._trunk(index, lan, grid.reach(index))
        return parts

    def _trunk(self, index: int, lan: Lan, reach: float | None) -> list[str]:
        y, look = self.y(index), shapes.look_of(index, lan)
        label = fit(lan.label, SMALL, 110, True)
        start = MARGIN + shapes.chip_width(label) + 6
        words = lan.about if reach else ", ".join(filter(None, (lan.about, "no NIC")))
        # Where a public LAN reaches the internet, each at a place of its own.
        uplink = MARGIN + LABEL + 12 + index * UPLINKS
        note = fit(words, SMALL, (uplink - 12 if lan.public else MARGIN + CARD - 6) - start)
        end = max(reach or MARGIN + CARD + GUTTER / 2, uplink + 12 if lan.public else 0)
        parts = [shapes.text(start, y + 4, note, SMALL, MUTED)]
        parts += shapes.line(
            f"M{start + width(note, SMALL) + 6:g} {y:g}H{end:g}", look.colour, look.dash, look.thick
        )
        if lan.public:
            parts += shapes.line(
                f"M{uplink:g} {self.top + self.band:g}V{y:g}", look.colour, look.dash, look.thick
            )
            parts += [shapes.dot(uplink, each, look.colour) for each in (y, self.top + self.band)]
        return parts + shapes.tip(
            f"{lan.label}: {words}" if words else lan.label, shapes.chip(MARGIN, y - 8, label, look.colour)
        )


@dataclass
class _Grid:
    """The cards in rows and columns, each column with a gutter for the lines of its LANs on the right."""

    cards: list[Card]
    by_row: bool
    right: float = 0
    bottom: float = 0
    _columns: list[list[Card]] = field(default_factory=list)
    _lanes: list[dict[int, float]] = field(default_factory=list)

    def place(self, top: float) -> None:
        """Give each card its place, and each LAN its line beside each column, from this y on."""
        count = columns(len(self.cards))
        down = -(-len(self.cards) // count)
        places = [
            (index // count, index % count) if self.by_row else (index % down, index // down)
            for index in range(len(self.cards))
        ]
        heights = [0] * (down + 1)
        for (row, _column), card in zip(places, self.cards, strict=True):
            heights[row] = max(heights[row], card.height)
        self._columns = [[] for _each in range(count)]
        for (row, column_index), card in zip(places, self.cards, strict=True):
            card.y = top + sum(heights[:row]) + GAP * row
            self._columns[column_index].append(card)
        x: float = MARGIN
        for column in self._columns:
            for card in column:
                card.x = x
            used = sorted({lan for card in column for _y, lan in card.ports()})
            x += CARD + GUTTER
            self._lanes.append({lan: x + LANE * lane for lane, lan in enumerate(used)})
            self.right = x + LANE * max(0, len(used) - 1)
            x = self.right + GUTTER
        self.bottom = top + sum(heights) + GAP * max(0, down - 1)

    def reach(self, lan: int) -> float | None:
        """The x of the last vertical line of a LAN, if it has one."""
        return max((lanes[lan] for lanes in self._lanes if lan in lanes), default=None)

    def wires(self, lans: Sequence[Lan], trunks: _Trunks) -> list[str]:
        """The vertical lines, then the NICs' lines to them, so that each stands out from what it crosses."""
        parts: list[str] = []
        dots: list[str] = []
        for column, lanes in zip(self._columns, self._lanes, strict=True):
            ports = [(card.x + CARD, y, lan) for card in column for y, lan in card.ports()]
            for lan, x in lanes.items():
                look = shapes.look_of(lan, lans[lan])
                end = max(y for _x, y, own in ports if own == lan)
                parts += shapes.line(f"M{x:g} {trunks.y(lan):g}V{end:g}", look.colour, look.dash, look.thick)
                dots.append(shapes.dot(x, trunks.y(lan), look.colour))
            for start, y, lan in ports:
                look = shapes.look_of(lan, lans[lan])
                parts += shapes.line(f"M{start:g} {y:g}H{lanes[lan]:g}", look.colour, look.dash, look.thick)
                dots.append(shapes.dot(lanes[lan], y, look.colour))
        return parts + dots


def _header_lines(site: Site) -> int:
    return 1 if site.description else 0


def _header(site: Site, title: str, across: float) -> list[str]:
    room = across - MARGIN
    parts = [
        shapes.text(MARGIN, 38, fit(title, 20, room, True), 20, bold=True),
        shapes.text(MARGIN, 58, fit(site.summary, 13, room), 13, MUTED),
    ]
    if site.description:
        parts += shapes.tip(
            site.description, [shapes.text(MARGIN, 76, fit(site.description, 13, room), 13, MUTED)]
        )
    return parts


def _legend(site: Site, y: float) -> list[str]:
    """What the signs mean, of those that are there."""
    if not site.servers:
        return [shapes.text(MARGIN, y, "There are no servers.", fill=MUTED)]
    nics = [nic for server in site.servers for nic in server.nics]
    active = {nic.firewall.active for nic in nics if nic.firewall}
    volumes = bool(site.loose) or any(server.volumes for server in site.servers)
    signs: list[tuple[bool, Callable[[float], str], str]] = [
        (volumes, lambda x: shapes.cylinder(x, y - 10), "volume"),
        (bool(nics), lambda x: shapes.plug(x, y - 10), "NIC"),
        (True in active, lambda x: shapes.shield(x, y - 11, True), "let through by the firewall"),
        (False in active, lambda x: shapes.shield(x, y - 11, False), "firewall not known to be active"),
    ]
    parts: list[str] = []
    x: float = MARGIN
    for there, sign, words in signs:
        if there:
            parts += [sign(x), shapes.text(x + 17, y, words, SMALL, MUTED)]
            x += 17 + width(words, SMALL) + 18
    return parts


def _document(across: float, down: float, title: str, summary: str, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:g} {down:g}" width="{across:g}" '
        f'height="{down:g}" role="img" font-family="{FONT}">'
    )
    about = [f"<title>{shapes.clean(title)}</title>", f"<desc>{shapes.clean(summary)}</desc>"]
    return "\n".join([head, *about, shapes.rect(0, 0, across, down, PAPER), *body, "</svg>"]) + "\n"
