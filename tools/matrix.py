# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run make targets on each supported ansible-core and Python; tox would make environments unlike make's.

    python -m tools.matrix unit integration

Each pair has an environment of its own below .build/matrix; a Python that this machine lacks is skipped. Needs
nothing but the standard library.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = Path(".build") / "matrix"


@dataclass(frozen=True)
class Core:
    """A line of ansible-core: its name here, pip's version specifier, the Pythons its controller runs on."""

    name: str
    specifier: str
    pythons: tuple[str, ...]


# The workflow runs the same pairs; tests/project compares the two. Before 2.18, the Pythons are those that the
# tests run on as well.
CORES = (
    Core("2.16", "~=2.16.0", ("3.11", "3.12")),
    Core("2.17", "~=2.17.0", ("3.11", "3.12")),
    Core("2.18", "~=2.18.0", ("3.11", "3.12", "3.13")),
    Core("2.19", "~=2.19.0", ("3.11", "3.12", "3.13")),
    Core("2.20", "~=2.20.0", ("3.12", "3.13", "3.14")),
    Core("2.21", "~=2.21.0", ("3.12", "3.13", "3.14")),
)
# What comes next, candidates included: it may fail.
NEXT = Core("next", ">=2.22.0a0", ("3.13",))


@dataclass(frozen=True)
class Result:
    """A row of the summary."""

    core: str
    python: str
    verdict: str
    detail: str

    @property
    def line(self) -> str:
        return f"{self.core:<14}{self.python:<9}{self.verdict:<9}{self.detail}"


def candidates(version: str) -> Iterator[str]:
    """Paths that may be a Python of that version: of the search path, then of pyenv."""
    name = f"python{version}"
    for folder in os.get_exec_path():
        yield os.path.join(folder, name)
    if shutil.which("pyenv"):
        asked = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False)
        yield from sorted(glob.glob(f"{asked.stdout.strip()}/versions/{version}.*/bin/{name}"))


def usable(path: str, version: str) -> bool:
    """Whether this is a Python of that version that runs and can make virtual environments."""
    program = "import ensurepip, ssl, sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([path, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def find_python(version: str) -> str | None:
    """The first path that really is a Python of that version; shims that do not run are passed over."""
    return next((path for path in candidates(version) if usable(path, version)), None)


def core_version(venv: Path) -> str | None:
    """The version of ansible-core in an environment; None if it could not be installed."""
    program = "from ansible.release import __version__; print(__version__)"
    try:
        done = subprocess.run(
            [venv / "bin" / "python", "-c", program], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() or None


def run(core: Core, version: str, targets: list[str]) -> Result:
    """Run the targets on one pair; the later ones also where an earlier one failed."""
    python = find_python(version)
    if python is None:
        return Result(core.name, version, "skipped", f"no Python {version} that runs was found")
    venv = PLACE / f"{core.name}-python{version}"
    variables = [f"VENV={venv}", f"PYTHON={python}", f"ANSIBLE_CORE={core.specifier}"]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")
    }
    started = time.monotonic()
    make = [os.environ.get("MAKE", "make"), "--no-print-directory", "--keep-going"]
    done = subprocess.run([*make, *targets, *variables], cwd=ROOT, env=environment, check=False)
    found = core_version(ROOT / venv)
    failed = "may fail" if core is NEXT else "FAILED"
    verdict = failed if done.returncode else "ok"
    return Result(found or core.name, version, verdict, f"{time.monotonic() - started:.0f} s")


def main() -> int:
    targets = sys.argv[1:]
    results = []
    for core in (*CORES, NEXT):
        for version in core.pythons:
            print(f"\n==== ansible-core {core.name}, Python {version}: {', '.join(targets)} ====", flush=True)
            results.append(run(core, version, targets))
            print(results[-1].line, flush=True)
    print("\n" + Result("ansible-core", "Python", "result", "").line.rstrip())
    print("\n".join(result.line for result in results), flush=True)
    verdicts = [result.verdict for result in results]
    return 1 if "FAILED" in verdicts or "ok" not in verdicts else 0


if __name__ == "__main__":
    raise SystemExit(main())
