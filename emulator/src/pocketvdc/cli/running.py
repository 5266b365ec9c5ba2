# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which emulators of this user run: each notes its URL in a file that goes when it does."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path


def folder() -> Path:
    """Where the notes are: a place that only the user can write to."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(runtime or cache) / "pocketvdc"


@contextlib.contextmanager
def noted(url: str, certificate: str | None) -> Iterator[None]:
    """Let other commands find the emulator at this URL; where no file can be written, they need ``--url``."""
    note = folder() / f"{os.getpid()}.json"
    said = {"url": url, "certificate": certificate and os.path.abspath(certificate)}
    with contextlib.suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(json.dumps(said), encoding="utf-8")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink()


def newest() -> tuple[str, str | None] | None:
    """URL and certificate of the emulator that was started last."""
    found = []
    for note in folder().glob("*.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads(note.read_text(encoding="utf-8"))
            if _lives(int(note.stem)):
                found.append((note.stat().st_mtime, str(said["url"]), said["certificate"]))
    return max(found)[1:] if found else None


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
