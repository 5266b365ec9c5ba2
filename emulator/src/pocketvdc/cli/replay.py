# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc replay``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .remote import Remote, as_json, remote, show

if TYPE_CHECKING:
    from ..recording.play import Difference, Report

_SAID = {True: "there", False: "missing"}


class _Differs(click.ClickException):
    exit_code = 1


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, readable=True))
@click.option("--wait", "seconds", type=click.FloatRange(0), default=10.0, show_default=True, metavar="S",
              help="How long a read waits for what is in progress.")  # fmt: skip
@click.option("--reset", is_flag=True, help="Reset the emulator first.")
@as_json
@remote
def replay(file: Path, seconds: float, reset: bool, as_json: bool, cloud: Remote) -> None:
    """Repeat recorded requests on the emulator, and show which answers differ.

    The status of each answer is compared, and the keys, types and states in it, but not the values. The exit status
    is 1 if anything differs.
    """
    from ..recording.file import BadRecording, read
    from ..recording.play import Player

    try:
        exchanges = read(file)
    except BadRecording as error:
        raise click.UsageError(f"{file}: {error}") from None
    if reset:
        cloud.post("reset")
    report = Player(cloud, seconds).play(exchanges)
    show(_data(file, report), as_json, *_lines(report))
    if report.differences:
        answers = {each.number for each in report.differences}
        raise _Differs(f"{len(answers)} of {report.played} answers differ")


def _data(file: Path, report: Report) -> dict[str, Any]:
    return {
        "file": str(file),
        "played": report.played,
        "skipped": [{"number": number, "reason": reason} for number, reason in report.passed],
        "differences": [
            {"number": each.number, "method": each.method, "path": each.path, **asdict(each.found)}
            for each in report.differences
        ],
    }


def _lines(report: Report) -> Iterator[str]:
    for each in report.differences:
        yield f"{each.number:>4} {each.method:<6} {each.path}: {_line(each)}"
    for number, reason in report.passed:
        yield f"{number:>4} skipped: {reason}"
    yield f"{report.played} played, {len(report.passed)} skipped"


def _line(each: Difference) -> str:
    found = each.found
    at = f" {found.where}" if found.where else ""
    recorded, here = (
        _SAID.get(said, said) if found.what == "keys" else said for said in (found.recorded, found.here)
    )
    return f"{found.what}{at}: {recorded} in the recording, {here} here"
