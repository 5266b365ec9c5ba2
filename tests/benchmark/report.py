# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results: medians with their spread, and what they have to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Seconds:
    """The median of several measurements, the least and the greatest."""

    median: float
    least: float
    most: float
    times: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Seconds:
        return cls(round(median(values), 4), round(min(values), 4), round(max(values), 4), len(values))


@dataclass(frozen=True)
class Row:
    """One thing that was measured; ``memory`` in MiB, each of them None where it says nothing.

    ``drawn`` is False for what the picture leaves to the table.
    """

    section: str
    name: str
    seconds: Seconds
    requests: float | None = None
    memory: float | None = None
    drawn: bool = True


@dataclass(frozen=True)
class Target:
    """A limit, and what was measured beside it, both in ``unit``."""

    name: str
    measured: float
    limit: float
    unit: str

    @property
    def reached(self) -> bool:
        return self.measured <= self.limit


@dataclass
class Results:
    """All of one run; ``setting`` says what it ran on."""

    setting: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def row(self, section: str, name: str) -> Row:
        return next(row for row in self.rows if (row.section, row.name) == (section, name))

    def reach(self, name: str, measured: float, limit: float, unit: str) -> None:
        self.targets.append(Target(name, round(measured, 3), round(limit, 3), unit))

    def as_json(self) -> dict[str, Any]:
        targets = [{**asdict(target), "reached": target.reached} for target in self.targets]
        return {"setting": self.setting, "targets": targets, "rows": [asdict(row) for row in self.rows]}

    def table(self) -> str:
        """All rows and targets in columns."""
        lines: list[str] = []
        section = ""
        for row in self.rows:
            if row.section != section:
                section = row.section
                lines += [
                    "",
                    f"{section:<44}{'median s':>10}{'least':>9}{'most':>9}{'requests':>10}{'MiB':>8}",
                ]
            seconds = row.seconds
            numbers = f"{seconds.median:>10.3f}{seconds.least:>9.3f}{seconds.most:>9.3f}"
            lines.append(
                f"  {row.name:<42}{numbers}{_number(row.requests):>10}{_number(row.memory):>8}".rstrip()
            )
        lines += ["", f"{'Targets':<66}{'measured':>10}{'at most':>10}"]
        for target in self.targets:
            word = "reached" if target.reached else "MISSED"
            lines.append(
                f"  {target.name:<64}{target.measured:>10.3f}{target.limit:>10.3f} {target.unit:<5} {word}"
            )
        return "\n".join(lines)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}" if value == round(value) or value >= 10 else f"{value:.1f}"
