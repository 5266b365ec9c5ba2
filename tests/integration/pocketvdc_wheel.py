# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as somebody else installs it: its wheel, in an environment that has nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What the wheel needs, kept so that only the first run asks the package index.
CACHE = ROOT / ".build" / "wheels"


def pip(*words: str | Path, python: str | Path = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def wheel(folder: Path) -> Path:
    """Build it, without fetching anything."""
    done = pip(
        "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, ROOT / "emulator"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("pocketvdc-*.whl")
    return built


def fetch(wanted: str) -> None:
    """See that all that is wanted can be installed from ``CACHE`` alone."""
    CACHE.mkdir(parents=True, exist_ok=True)
    alone = ("--no-index", "--find-links", CACHE)
    if pip("install", "-q", "--dry-run", "--ignore-installed", *alone, wanted).returncode:
        done = pip("download", "-q", "--only-binary", ":all:", "-d", CACHE, wanted)
        assert done.returncode == 0, done.stdout + done.stderr


def install(environment: Path, wanted: str) -> None:
    """Make an environment, and install into it what is in ``CACHE``."""
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, capture_output=True)
    done = pip(
        "install", "-q", "--no-index", "--find-links", CACHE, wanted, python=environment / "bin" / "python"
    )
    assert done.returncode == 0, done.stdout + done.stderr
