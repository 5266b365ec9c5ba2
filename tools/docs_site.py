# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site: the guides, and a page for each module and inventory plugin.

    python -m tools.docs_site      prints the path of the first page

antsibull-docs writes reStructuredText from the checkout, Sphinx makes HTML of it. A warning of either fails the
build. Neither needs the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from tools.runner import LOGGING

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs"
SITE = SOURCE / "build"
WORK = ROOT / ".build" / "docs"
PAGES = WORK / "rst"
COLLECTION = "profitbricks.cloud"


def call(command: Sequence[str | Path]) -> None:
    """Run one of the tools on the checkout, whatever is installed elsewhere; its failure ends the build."""
    environment = {**os.environ, **LOGGING, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "dev")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # What both tools print when nothing is wrong is nothing.
    if done.returncode or done.stdout.strip():
        raise SystemExit(
            f"{done.stdout.rstrip()}\n{command[0]} complains: the documentation site is not built."
        )


def write_pages() -> None:
    """The reStructuredText of the collection as it stands in the checkout; what is gone from it goes here too."""
    WORK.mkdir(parents=True, exist_ok=True)
    # antsibull-docs refuses a folder that others may write to.
    PAGES.mkdir(mode=0o755, exist_ok=True)
    options = ("--use-current", "--squash-hierarchy", "--fail-on-error", "--cleanup", "everything")
    call(("antsibull-docs", "collection", *options, "--dest-dir", PAGES, COLLECTION))
    # The pictures of guides, which antsibull-docs does not know.
    shutil.copytree(SOURCE / "images", PAGES / "images")


def state() -> str:
    """A hash over all that the site is made from."""
    total = hashlib.sha256()
    for tool in ("Sphinx", "sphinx-ansible-theme", "antsibull-docs"):
        total.update(f"{tool} {metadata.version(tool)}\0".encode())
    pages = (path for path in PAGES.rglob("*") if path.is_file())
    for path in (SOURCE / "conf.py", ROOT / "galaxy.yml", *sorted(pages)):
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def render() -> None:
    """HTML from the pages, all of it anew: Sphinx does not warn again of pages that it rendered before."""
    stamp, wanted = WORK / "digest", state()
    if (SITE / "index.html").exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(SITE, ignore_errors=True)
    options = ("--fresh-env", "--quiet", "--fail-on-warning", "--keep-going", "--jobs", "2")
    folders = ("--conf-dir", SOURCE, "--doctree-dir", WORK / "doctrees", PAGES, SITE)
    call(("sphinx-build", "--builder", "html", *options, *folders))
    stamp.write_text(wanted)


def main() -> None:
    Path(LOGGING["HOME"]).mkdir(parents=True, exist_ok=True)
    # Two targets may run at the same time; the second finds the work of the first.
    with open(ROOT / ".build" / "docs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write_pages()
        render()
    print((SITE / "index.html").relative_to(ROOT))


if __name__ == "__main__":
    main()
