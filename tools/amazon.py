# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lay amazon.aws into .build/amazon out of pip's index; ansible-galaxy would ask a server of its own.

python -m tools.amazon

The tests of the playbooks that use it need to reach nothing else. The package "ansible" holds it, a hundred other
collections and half a gigabyte; what is not wanted of it is not kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
INSTALLED = BUILD / "amazon"
WANTED = "ansible_collections/amazon/aws/"


def download(folder: Path) -> Path:
    """Fetch the package with pip; answers its wheel."""
    wanted = ROOT / "tests" / "requirements-collections.txt"
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", "download", "--no-deps"]
    subprocess.run([*command, "--only-binary", ":all:", "-d", folder, "-r", wanted], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def lay(wheel: Path, folder: Path) -> None:
    """Unpack the collection, and nothing else of the wheel."""
    with zipfile.ZipFile(wheel) as package:
        members = [name for name in package.namelist() if name.startswith(WANTED)]
        if not members:
            raise SystemExit(f"{wheel.name} holds no {WANTED}")
        package.extractall(folder, members)


def main() -> None:
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        beside = Path(folder) / "collections"
        lay(download(Path(folder)), beside)
        shutil.rmtree(INSTALLED, ignore_errors=True)
        beside.rename(INSTALLED)


if __name__ == "__main__":
    main()
