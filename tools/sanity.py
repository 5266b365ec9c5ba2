# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run `ansible-test sanity` on a copy of the checkout; by itself it wants a folder of a certain name.

    python -m tools.sanity [options of ansible-test sanity]

ansible-test wants the collection in a folder named ansible_collections/<namespace>/<name>, reads what git
knows, follows no link that leaves the tree and keeps its environments in the home directory: so it gets a
copy, a repository and a home directory below .build.
"""

from __future__ import annotations

import ast
import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".build" / "sanity"
COPY = PLACE / "ansible_collections" / "profitbricks" / "cloud"
HOME = PLACE / "home"
# The checkout may belong to someone else, in a container for instance; it is only read.
GIT = ["git", "-c", "safe.directory=*", "-c", "init.defaultBranch=main"]


def copy_checkout() -> None:
    """Lay a fresh copy of what git tracks, or would track, where ansible-test expects a collection."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(
        [*GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if name.startswith("emulator/"):
            continue  # a distribution of its own, no part of the collection
        source, target = ROOT / name, COPY / name
        if source.is_file():  # a tracked file may have been removed from the work tree
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    subprocess.run([*GIT, "init", "--quiet", "."], cwd=COPY, check=True)


def bootstrap_pip_version() -> str:
    """The version of pip that the installed ansible-test puts into its environments."""
    package = find_spec("ansible_test._internal")
    if package is None or package.origin is None:
        raise SystemExit("ansible-test is not installed beside this Python")
    source = (Path(package.origin).parent / "python_requirements.py").read_text(encoding="utf-8")
    found = re.search(r"\bpip='([0-9.]+)'", source)
    if found is None:
        raise SystemExit("This ansible-test names the pip of its environments in an unknown way")
    return found[1]


def pip_settings() -> str:
    """The settings of pip that hold here, from files and environment, as one quiet configuration file.

    ansible-test hands only HOME on to pip: settings that lie elsewhere (a proxy, a mirror) would be lost.
    """
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    sections: dict[str, dict[str, str]] = defaultdict(dict)
    for line in listed.stdout.splitlines():
        name, value = line.split("=", maxsplit=1)
        section, option = name.rsplit(".", maxsplit=1)
        sections[section][option] = str(ast.literal_eval(value))
    sections["global"].update(sections.pop(":env:", {}))  # the environment precedes the files
    sections["global"]["quiet"] = "2"
    lines = []
    for section, options in sections.items():
        lines.append(f"[{section}]")
        lines += [f"{option} = " + "\n    ".join(value.split()) for option, value in options.items()]
    return "\n".join(lines) + "\n"


def prepare_home() -> None:
    """Give ansible-test a home directory with our pip bootstrap and the caller's pip settings."""
    cache = HOME / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    bootstrap = cache / f"get_pip_{bootstrap_pip_version().replace('.', '_')}.py"
    shutil.copyfile(ROOT / "tools" / "get_pip.py", bootstrap)
    settings = HOME / ".config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(pip_settings(), encoding="utf-8")


def run(arguments: list[str]) -> int:
    """Run all tests, or those the arguments choose, on the Python and the ansible-core of this environment."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    program = Path(sys.executable).parent / "ansible-test"
    command = [str(program), "sanity", "--local", "--requirements", "--python", python, "--color", "no"]
    environment = {
        **os.environ,
        "HOME": str(HOME),
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        # Only the copy is looked at, and none of the caller's installed collections.
        "ANSIBLE_COLLECTIONS_PATH": str(PLACE),
    }
    environment.pop("XDG_CONFIG_HOME", None)
    return subprocess.run([*command, *arguments], cwd=COPY, env=environment, check=False).returncode


def main() -> int:
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # there is one copy; a second run waits
        copy_checkout()
        prepare_home()
        return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
