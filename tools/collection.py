# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build and install the collection as a user would; ansible-galaxy does it anew though nothing changed.

python -m tools.collection build      prints the path of the artifact
python -m tools.collection install    installs it into .build/collections
"""

from __future__ import annotations

import argparse
import fcntl
import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
ARTIFACTS = BUILD / "artifact"
INSTALLED = BUILD / "collections"


def metadata() -> dict[str, Any]:
    """The content of galaxy.yml."""
    loaded = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise SystemExit("galaxy.yml does not hold a mapping")
    return loaded


def artifact() -> Path:
    """Where the artifact of the present version is built."""
    galaxy = metadata()
    return ARTIFACTS / f"{galaxy['namespace']}-{galaxy['name']}-{galaxy['version']}.tar.gz"


def contents(ignored: list[str]) -> Iterator[Path]:
    """The files of the checkout that go into the artifact, in a stable order.

    `ignored` are the patterns of build_ignore, matched as ansible-galaxy does: against the path from the
    root, a star crossing slashes.
    """
    patterns = [*ignored, "*.pyc", "*.retry"]
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)

        def kept(name: str, here: Path = here) -> bool:
            return not any(fnmatch.fnmatch(str(here / name), pattern) for pattern in patterns)

        folders[:] = sorted(filter(kept, folders))
        yield from (ROOT / here / name for name in sorted(filter(kept, files)))


def digest() -> str:
    """A hash over the names and bytes of everything in the artifact, and over galaxy.yml."""
    total = hashlib.sha256()
    for path in contents(metadata().get("build_ignore", [])):
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def galaxy(*arguments: str | Path) -> None:
    """Run `ansible-galaxy collection`, showing its output only when it fails."""
    command = [sys.executable, "-m", "ansible.cli.galaxy", "collection", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[2:])} failed:\n{done.stdout}{done.stderr}")


def build(state: str) -> None:
    """Build the artifact unless it was built from this very content."""
    stamp = ARTIFACTS / "digest"
    if artifact().exists() and stamp.exists() and stamp.read_text() == state:
        return
    shutil.rmtree(ARTIFACTS, ignore_errors=True)
    galaxy("build", "--force", "--output-path", ARTIFACTS)
    stamp.write_text(state)
    print(f"Built {artifact().relative_to(ROOT)}")


def install(state: str) -> None:
    """Install the artifact into a folder of its own unless this very one is there."""
    stamp = INSTALLED / "digest"
    if stamp.exists() and stamp.read_text() == state:
        return
    stamp.unlink(missing_ok=True)
    galaxy("install", "--offline", "--force", "--no-deps", "-p", INSTALLED, artifact())
    stamp.write_text(state)
    print(f"Installed it into {INSTALLED.relative_to(ROOT)}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the collection, or build and install it.")
    parser.add_argument("action", choices=["build", "install"])
    action = parser.parse_args().action
    BUILD.mkdir(exist_ok=True)
    # Two targets may run at the same time; the second finds the work of the first.
    with open(BUILD / "collection.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = digest()
        build(state)
        if action == "install":
            install(state)
    if action == "build":
        print(artifact().relative_to(ROOT))


if __name__ == "__main__":
    main()
