# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that hold a secret."""

from __future__ import annotations

import os
from pathlib import Path

from .._engine.errors import InvalidOption

PRIVATE = 0o600


def write_private(option: str, path: Path, text: str) -> None:
    """Write a file that its owner alone may read, whole or not at all. Raises InvalidOption, naming the option."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        raise InvalidOption(f"{option}: {path} cannot be written: {error.strerror}") from None


def holds_private(path: Path, text: str) -> bool:
    """Whether a file is there with this text, and its owner alone may read it."""
    try:
        return path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == PRIVATE
    except (OSError, ValueError):
        return False
