# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that their owner alone may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .errors import InvalidOption

PRIVATE = 0o600


def write_private(option: str, path: Path, text: str) -> None:
    """Write a file that its owner alone may read, whole or not at all. Raises InvalidOption, naming the option."""
    check_name(option, str(path))
    # A name that nobody can foresee, and neither a file nor a link that somebody has put there.
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidOption(f"{option}: {path} cannot be written: {error.strerror}") from None


def check_folder(option: str, path: Path, foreseen: bool) -> list[str]:
    """Check, before anything is sent, that the folder of a file exists. In a rehearsal, an earlier task may create it.

    Returns warnings. Raises InvalidOption, naming the option.
    """
    if path.parent.is_dir():
        return []
    if not foreseen:
        raise InvalidOption(f"{option}: the folder {path.parent} does not exist")
    return [f"{option}: the folder {path.parent} does not exist yet; predicted as if it did"]


def check_name(option: str, name: str) -> None:
    """Refuse what no file can be called. Raises InvalidOption, naming the option."""
    if "\0" in name:
        raise InvalidOption(f"{option}: {name!r} contains a NUL character, which a file name cannot")


def holds_private(path: Path, text: str) -> bool:
    """Whether a file is there with this text, and its owner alone may read it."""
    try:
        return path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == PRIVATE
    except (OSError, ValueError):
        return False
