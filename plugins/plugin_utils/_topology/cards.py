# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cards: what a picture shows of a server, a load balancer, or the volumes without a server, as a box with rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import shapes
from .lettering import fit, fit_name, flow, width
from .shapes import GOOD, INK, MUTED, PAPER, SIZE, SMALL
from .site import Balancer, Firewall, Lan, Nic, Server, Site, Volume, brief, plural

CARD = 264  # width
PAD = 12
TITLE = 30  # height of a card's head
HEAD, HEAD_STOPPED, EDGE, RULE = "#e9f0f8", "#eeeff1", "#8c959f", "#d0d7de"
STATES = {"RUNNING": GOOD, "SHUTOFF": MUTED, "CRASHED": "#b42318", "BLOCKED": "#b42318"}
BUSY = "#7a4d00"
MOST_VOLUMES, MOST_LOOSE, MOST_GROUPS = 8, 12, 4
RULE_LINES = 3


@dataclass(frozen=True)
class Row:
    """A part of a card; ``lan`` is the LAN that a line leads to from its right edge, 11 below its top."""

    height: int
    draw: Callable[[float, float], list[str]]
    lan: int | None = None


@dataclass
class Card:
    """A box with a head and rows below one another; x and y are set when it finds its place."""

    title: str
    state: str
    tip: str
    rows: Sequence[Row]
    # Drawn as several, one behind the other.
    double: bool = False
    x: float = 0
    y: float = 0

    @property
    def height(self) -> int:
        return TITLE + 6 + sum(row.height for row in self.rows) + 6

    def ports(self) -> list[tuple[float, int]]:
        """Where lines leave the right edge: y and LAN."""
        found, y = [], self.y + TITLE + 6
        for row in self.rows:
            if row.lan is not None:
                found.append((y + 11, row.lan))
            y += row.height
        return found

    def draw(self) -> list[str]:
        parts = self._frame()
        y = self.y + TITLE + 6
        for row in self.rows:
            parts += row.draw(self.x, y)
            y += row.height
        return parts

    def _frame(self) -> list[str]:
        stopped = self.state not in ("", "RUNNING")
        dash = ' stroke-dasharray="5 3"' if stopped else ""
        head = f"M{self.x:g} {self.y + TITLE:g}v-{TITLE - 7}q0-7 7-7h{CARD - 14}q7 0 7 7v{TITLE - 7}z"
        edge = (
            f'<rect x="{self.x:g}" y="{self.y:g}" width="{CARD}" height="{self.height}" rx="7" fill="none" '
            f'stroke="{EDGE}" stroke-width="1.25"{dash}/>'
        )
        ground = [shapes.rect(self.x, self.y, CARD, self.height, PAPER, radius=7)]
        if self.double:
            ground.insert(0, shapes.rect(self.x + 5, self.y + 5, CARD, self.height, PAPER, EDGE, 7))
        room: float = CARD - 2 * PAD
        state: list[str] = []
        if self.state:
            colour = STATES.get(self.state, BUSY)
            word = fit(self.state, SMALL, 90, True)
            across = width(word, SMALL, True)
            room -= across + 24
            state = [
                shapes.text(self.x + CARD - PAD, self.y + 19, word, SMALL, colour, True, "end"),
                f'<circle cx="{self.x + CARD - PAD - across - 8:g}" cy="{self.y + 15:g}" r="4" fill="{colour}"/>',
            ]
        title = shapes.text(
            self.x + PAD, self.y + 20, fit_name(self.title, 13.5, room, True), 13.5, bold=True
        )
        band = shapes.path(head, HEAD_STOPPED if stopped else HEAD)
        return [*ground, *shapes.tip(self.tip, [band, title, *state]), edge]


def cards(site: Site) -> list[Card]:
    """Load balancers first, then the servers, then the volumes that no server has."""
    made = [_balancer_card(balancer, site.lans) for balancer in site.balancers]
    made += [_server_card(server, site.lans) for server in site.servers]
    if site.loose:
        rows = _volume_rows(site.loose, MOST_LOOSE)
        made.append(Card("Volumes without a server", "", plural(len(site.loose), "volume"), rows))
    return made


def _server_card(server: Server, lans: Sequence[Lan]) -> Card:
    rows = [_words_row(words) for words in (server.note, server.measure) if words]
    if server.groups:
        rows.append(_words_row(f"security groups: {brief(server.groups, MOST_GROUPS)}"))
    if server.volumes:
        rows += [_RULE, *_volume_rows(server.volumes, MOST_VOLUMES)]
    if server.nics:
        rows += [_RULE, *(row for nic in server.nics for row in _nic_rows(nic, lans))]
    tip = ", ".join(filter(None, (server.title, server.note, server.measure, server.state)))
    return Card(server.title, server.state, tip, rows, double=server.count > 1)


def _balancer_card(balancer: Balancer, lans: Sequence[Lan]) -> Card:
    rows = [*(_words_row(words) for words in (balancer.kind, balancer.ip) if words), _RULE]
    ports: list[tuple[str, int | None]] = [
        ("serves" if balancer.lan is None else "forwards to", lan) for lan in balancer.targets
    ]
    if balancer.lan is not None:
        ports.insert(0, ("listens" if balancer.targets else balancer.about, balancer.lan))
    rows += [_port_row(_muted(label), lan, lans) for label, lan in ports or [(balancer.about, None)]]
    if ports and balancer.balanced and balancer.kind != "Load balancer":
        rows += [_RULE, _words_row(balancer.about, MUTED)]
    rows += [_words_row(member) for member in balancer.balanced[:MOST_VOLUMES]]
    if len(balancer.balanced) > MOST_VOLUMES:
        rows.append(_words_row(f"and {len(balancer.balanced) - MOST_VOLUMES} more"))
    tip = " ".join(filter(None, (balancer.name, balancer.about, ", ".join(balancer.balanced))))
    return Card(balancer.name, "", tip, rows)


def _muted(label: str) -> Callable[[float, float], list[str]]:
    return lambda x, y: [shapes.text(x + PAD, y + 15, label, fill=MUTED)]


_RULE = Row(9, lambda x, y: [shapes.path(f"M{x:g} {y + 4:g}h{CARD}", stroke=RULE)])


def _words_row(words: str, fill: str = INK) -> Row:
    shown = fit(words, SIZE, CARD - 2 * PAD)
    return Row(21, lambda x, y: shapes.tip(words, [shapes.text(x + PAD, y + 15, shown, fill=fill)]))


def _volume_rows(volumes: Sequence[Volume], most: int) -> list[Row]:
    rows = [_volume_row(volume) for volume in volumes[:most]]
    if len(volumes) > most:
        rest = volumes[most:]
        size = sum(volume.size or 0 for volume in rest)
        rows.append(_words_row(f"and {len(rest)} more, {size} GB"))
    return rows


def _volume_row(volume: Volume) -> Row:
    measure = fit(volume.measure, SIZE, 140)
    room = CARD - 2 * PAD - 18 - width(measure, SIZE) - 8 - (44 if volume.boot else 0)
    name = fit_name(volume.name, SIZE, room)
    tip = " ".join(filter(None, (volume.name, volume.measure, "boots the server" if volume.boot else "")))

    def paint(x: float, y: float) -> list[str]:
        boot_x = x + PAD + 18 + width(name, SIZE) + 6
        boot = [
            shapes.rect(boot_x, y + 3, 34, 16, PAPER, INK, 8),
            shapes.text(boot_x + 17, y + 15, "boot", SMALL, anchor="middle"),
        ]
        return shapes.tip(
            tip,
            [
                shapes.cylinder(x + PAD, y + 5),
                shapes.text(x + PAD + 18, y + 15, name),
                *(boot if volume.boot else []),
                shapes.text(x + CARD - PAD, y + 15, measure, fill=MUTED, anchor="end"),
            ],
        )

    return Row(21, paint)


def _port_row(draw: Callable[[float, float], list[str]], lan: int | None, lans: Sequence[Lan]) -> Row:
    """A row that a line leaves, with the name of the LAN where it does."""
    if lan is None:
        return Row(22, draw)
    label, look = _lan_chip(lans[lan]), shapes.look_of(lan, lans[lan])
    across = shapes.chip_width(label)
    return Row(
        22, lambda x, y: [*draw(x, y), *shapes.chip(x + CARD - across - 5, y + 3, label, look.colour)], lan
    )


def _lan_chip(lan: Lan) -> str:
    return fit(lan.label, SMALL, 62, True)


def _nic_rows(nic: Nic, lans: Sequence[Lan]) -> list[Row]:
    chip = shapes.chip_width(_lan_chip(lans[nic.lan])) + 8 if nic.lan is not None else 0
    room = CARD - 2 * PAD - 18 - chip
    ips = brief(nic.ips, 2)
    name = fit_name(nic.name, SIZE, room)
    beside = bool(ips) and width(name, SIZE) + 8 + width(ips, SMALL) <= room
    details = nic.firewall.details or nic.firewall.words if nic.firewall else ()
    several = [f"balanced by {each}" for each in nic.balancers]
    tip = ", ".join([nic.name, *nic.ips, *several, *nic.groups, *details])

    def paint(x: float, y: float) -> list[str]:
        parts = [shapes.plug(x + PAD, y + 6), shapes.text(x + PAD + 18, y + 15, name)]
        if beside:
            parts.append(shapes.text(x + PAD + 18 + width(name, SIZE) + 8, y + 15, ips, SMALL, MUTED))
        return shapes.tip(tip, parts)

    rows = [_port_row(paint, nic.lan, lans)]
    if ips and not beside:
        rows.append(_below([ips]))
    if nic.firewall:
        rows.append(_below(flow(nic.firewall.words, SMALL, CARD - 2 * PAD - 34, RULE_LINES), nic.firewall))
    return [*rows, *(_below([note]) for note in nic.notes)]


def _below(lines: Sequence[str], firewall: Firewall | None = None) -> Row:
    """Smaller lines below a NIC, with a shield where they are what its firewall lets through."""
    indent = PAD + 18 + (16 if firewall else 0)
    shown = [fit(line, SMALL, CARD - indent - PAD) for line in lines]

    def paint(x: float, y: float) -> list[str]:
        parts = [
            shapes.text(x + indent, y + 12 + 16 * row, line, SMALL, MUTED) for row, line in enumerate(shown)
        ]
        return [*([shapes.shield(x + PAD + 18, y + 2, firewall.active)] if firewall else []), *parts]

    return Row(16 * len(shown) + 2, paint)
