# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as bars, in SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .report import Results, Row

WIDTH = 860
LABELS = 330  # of the width
BAR = 14
STEP = 20
COLOURS = {True: "#8a97a8", False: "#2f6fb3"}  # baselines, ours
BASELINES = (
    "ping", "debug", "bare client", "static YAML", "without hosts", "python -c", "http.server", "json.dumps", "one after",
)  # fmt: skip


def picture(results: Results) -> str:
    """A bar for each row, sections one below the other, each with a scale of its own; spreads as thin lines."""
    setting = ", ".join(f"{name} {value}" for name, value in results.setting.items())
    parts = [_text(10, 24, "Seconds, medians with least and most", 16), _text(10, 44, setting, 11)]
    y = 66
    for section in dict.fromkeys(row.section for row in results.rows):
        rows = [row for row in results.rows if row.section == section and row.drawn and row.seconds.most > 0]
        parts.append(_text(10, y + 12, section, 13, "bold"))
        y += 24
        most = max(row.seconds.most for row in rows)
        for row in rows:
            parts.append(_bar(row, y, (WIDTH - LABELS - 90) / most))
            y += STEP
        y += 14
    parts.append(_text(10, y + 12, "Targets", 13, "bold"))
    y += 24
    for target in results.targets:
        word = "reached" if target.reached else "missed"
        line = f"{target.name}: {target.measured:.2f} of at most {target.limit:.2f} {target.unit}, {word}"
        parts.append(_text(20, y + 11, line, 11))
        y += STEP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 10}" font-family="sans-serif">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="#ffffff"/>', *parts, "</svg>"]) + "\n"


def _bar(row: Row, y: int, scale: float) -> str:
    seconds = row.seconds
    middle, left, right = y + BAR / 2, LABELS + seconds.least * scale, LABELS + seconds.most * scale
    colour = COLOURS[any(word in row.name for word in BASELINES)]
    return "\n".join(
        [
            _text(20, y + 11, row.name, 11),
            f'<rect x="{LABELS}" y="{y}" width="{max(1.0, seconds.median * scale):.1f}" height="{BAR}" fill="{colour}"/>',
            f'<path d="M{left:.1f} {middle}H{right:.1f}" stroke="#202020" stroke-width="1.5"/>',
            _text(right + 6, y + 11, f"{seconds.median:.3f}", 11),
        ]
    )


def _text(x: float, y: float, text: str, size: int, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>'
