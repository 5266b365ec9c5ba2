# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc snapshot``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from .remote import Refused, Remote, as_json, remote, show
from .serve import write_privately

KIND = "application/x-ndjson"
PAUSE = 0.1


@click.group()
def snapshot() -> None:
    """Save the whole state to a file, or load it again."""


@snapshot.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--wait", "seconds", type=click.FloatRange(0), default=60.0, show_default=True, metavar="S",
              help="How long to wait for what is in progress.")  # fmt: skip
@as_json
@remote
def save(file: Path, seconds: float, as_json: bool, cloud: Remote) -> None:
    """Write the state to a file that only its owner can read: passwords and keys are in it."""
    text = _idle(cloud, seconds).decode()
    try:
        write_privately(file, text)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from None
    head = _head(text.partition("\n")[0])
    show({"file": str(file), **head}, as_json, f"{file}: {_counts(head)}")


@snapshot.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, readable=True))
@as_json
@remote
def load(file: Path, as_json: bool, cloud: Remote) -> None:
    """Load the state from a file; journal and faults are kept."""
    found = json.loads(cloud.call("POST", "snapshot", file.read_bytes(), KIND))
    show(found, as_json, f"loaded {_counts({'counts': found['resources']})}")


@snapshot.command("list")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@as_json
def listed(folder: Path, as_json: bool) -> None:
    """Show the snapshots in a folder, by default the current one."""
    found = []
    for file in sorted(folder.iterdir()):
        if file.is_file() and (head := _head(_first(file))):
            found.append({"file": str(file), **head})
    show(found, as_json, *(f"{head['saved']}  {head['file']}: {_counts(head)}" for head in found))


def _idle(cloud: Remote, seconds: float) -> bytes:
    """The state, once nothing is under way."""
    ends = time.monotonic() + seconds
    while True:
        try:
            return cloud.call("GET", "snapshot")
        except Refused:
            if time.monotonic() >= ends:
                raise
        time.sleep(PAUSE)


def _first(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as lines:
            return lines.readline(10_000)
    except (OSError, UnicodeDecodeError):
        return ""


def _head(line: str) -> dict[str, Any]:
    """What the first line of a snapshot tells; nothing where it is none."""
    try:
        head = json.loads(line)
    except ValueError:
        return {}
    return head if isinstance(head, dict) and {"pocketvdc", "saved", "counts"} <= set(head) else {}


def _counts(head: dict[str, Any]) -> str:
    return ", ".join(f"{kind}: {count}" for kind, count in head["counts"].items()) or "no resources"
