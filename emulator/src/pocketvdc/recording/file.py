# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a recording: lines of JSON.

The first line is ``{"pocketvdc": VERSION, "recording": FORMAT, "began": TIME}``; each one after it is an exchange, see
``Exchange``. Lines are added as exchanges end, so that a recording is whole whenever it stops.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import __version__

FORMAT = 1
Body = dict[str, Any]


class BadRecording(ValueError):
    """The file is no recording that this version can read; the message says why."""


@dataclass(frozen=True)
class Exchange:
    """What was asked and what was answered, without secrets.

    :param path: from the root of the host.
    :param query: names and values in their order.
    :param login: ``bearer``, ``basic``, ``other`` or ``none``.
    :param asked, answered: ``{"json": ...}``, ``{"form": {...}}``, or ``{"left_out": TYPE, "bytes": N}``; None is an
        empty body.
    :param headers: of the answer, those that clients act on.
    :param seconds: since the recording began.
    """

    method: str
    path: str
    query: list[list[str]]
    login: str
    asked: Body | None
    status: int
    headers: dict[str, str]
    answered: Body | None
    seconds: float


class Writer:
    """A new recording, which only its owner can read.

    :raises OSError: when the file cannot be made, FileExistsError when there is one.
    """

    def __init__(self, path: Path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self.exchanges = 0
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self._line({"pocketvdc": __version__, "recording": FORMAT, "began": began})

    def elapsed(self) -> float:
        return round(time.monotonic() - self._began, 3)

    def add(self, exchange: Exchange) -> None:
        with self._lock:
            self._line(asdict(exchange))
            self.exchanges += 1

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _line(self, content: dict[str, Any]) -> None:
        if not self._file.closed:
            self._file.write(json.dumps(content, separators=(",", ":")) + "\n")
            self._file.flush()


def read(path: Path) -> list[Exchange]:
    """The exchanges of a recording. BadRecording when it is none, OSError when it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadRecording("not a recording made by pocketvdc") from None
    head = _object(lines[0]) if lines else None
    if head is None or "recording" not in head:
        raise BadRecording("not a recording made by pocketvdc")
    if head["recording"] != FORMAT:
        raise BadRecording(f"the recording has format {head['recording']}, but this version reads {FORMAT}")
    return list(_exchanges(lines[1:]))


def _exchanges(lines: list[str]) -> Iterator[Exchange]:
    for number, line in enumerate(lines, 2):
        found = _object(line)
        try:
            yield Exchange(**(found or {}))
        except TypeError:
            raise BadRecording(f"line {number} is not a recorded exchange") from None


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
