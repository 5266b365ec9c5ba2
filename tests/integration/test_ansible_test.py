# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is used to ansible-test gets along with it in a plain checkout; `make sanity` runs its other tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from processes import worked

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in a folder of the name that ansible-test wants."""
    folder = tmp_path_factory.mktemp("checkout") / "ansible_collections" / "profitbricks" / "cloud"
    for name in ("emulator/src", "meta", "plugins", "tests"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "output", ".build")
        )
    shutil.copy(ROOT / "galaxy.yml", folder)
    return folder


@pytest.mark.parametrize(
    "command",
    [("integration", "smoke"), ("units", "tests/unit/test_kinds_tokens.py", "-v")],
    ids=["integration", "units"],
)
def test_the_conventional_entry_works(command: tuple[str, ...], checkout: Path) -> None:
    program = Path(sys.executable).parent / "ansible-test"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTEST_"))
    }
    environment = {
        **plain,
        "HOME": str(checkout.parents[2]),
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
    }
    words: list[str | Path] = [
        program,
        command[0],
        "--local",
        "--python",
        version,
        "--color",
        "no",
        *command[1:],
    ]
    output = worked(words, checkout, environment, 600)
    assert "failed=0" in output or " passed" in output
