# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that a test runs to their end, with nothing to read from a terminal, and those that a machine may lack."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest


def ended(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    seconds: float = 120,
) -> subprocess.CompletedProcess[str]:
    """A program that has ended, with its output. Raises TimeoutExpired."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def worked(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    seconds: float = 120,
) -> str:
    """What a program prints that must succeed."""
    done = ended(command, folder, environment, seconds)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def needs(*programs: str) -> pytest.MarkDecorator:
    """A mark for tests of what others wrote: a contributor needs Python and make only, and goes without these tests."""
    missing = ", ".join(program for program in programs if shutil.which(program) is None)
    return pytest.mark.skipif(bool(missing), reason=f"not on this machine: {missing}")
