# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site: antsibull-docs writes no first page with captions, nor the changelog.

    python -m tools.docs_site      prints the path of the first page

antsibull-docs writes reStructuredText from the checkout, Sphinx makes HTML of it, and Chromium, where there is one,
looks at some of it. A warning of any of them fails the build. None needs the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import yaml

from tools.docs_browser import look_at

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs"
SITE = SOURCE / "build"
WORK = ROOT / ".build" / "docs"
PAGES = WORK / "rst"
# antsibull-docs writes a log into the home directory, which is nobody's but the caller's.
HOME = ROOT / ".build" / "home"
COLLECTION = "profitbricks.cloud"
TITLE = re.compile(r"^(?P<title>[^\n]+)\n=+$", re.M)
# What the caption above some guides has said already.
SAID = re.compile(r"^Coming from (?:the (\w))?")


def say(what: str) -> None:
    """Progress, which is no part of the result."""
    print(what, file=sys.stderr, flush=True)


def call(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run one of the tools on the checkout, whatever is installed elsewhere; its failure ends the build."""
    environment = {**os.environ, "HOME": str(HOME), "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "dev")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # What these tools print when nothing is wrong is nothing.
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
    (PAGES / "changelog.rst").write_text(changelog(), encoding="utf-8")
    first = (SOURCE / "index.rst").read_text(encoding="utf-8")
    (PAGES / "index.rst").write_text("\n".join([first, *captioned()]), encoding="utf-8")


def changelog() -> str:
    """The release notes, as a page: their title stands between two lines."""
    text = (ROOT / "CHANGELOG.rst").read_text(encoding="utf-8")
    return "Changelog\n=========\n" + text.split("\n", 3)[3]


def captioned() -> Iterator[str]:
    """The tables of contents of the first page, which the sidebar shows under their captions."""
    sections = yaml.safe_load((SOURCE / "docsite" / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    for section in sections:
        guides = [f"docsite/{name}" for name in section["toctree"]]
        yield toctree(section["title"], {guide: short_title(guide) for guide in guides})
    for caption, prefix in (("ProfitBricks modules", "profitbricks_"), ("NetFoundry modules", "netfoundry_")):
        pages = sorted(
            PAGES.glob(f"{prefix}*_module.rst"), key=lambda page: page.stem.removesuffix("_module")
        )
        # The caption says the prefix; whole names would be cut.
        yield toctree(
            caption,
            {page.stem: page.stem.removeprefix(prefix).removesuffix("_module") for page in pages},
        )
    plugins = sorted(path.stem for kind in ("inventory", "filter") for path in PAGES.glob(f"*_{kind}.rst"))
    yield toctree("Plugins", {name: " ".join(name.rsplit("_", 1)) for name in plugins})
    yield toctree("Project", {"changelog": "Changelog", "environment_variables": "Environment variables"})


def short_title(page: str) -> str:
    """The title of a guide, without what the caption above it says."""
    found = TITLE.search((PAGES / f"{page}.rst").read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{page}.rst has no title")
    return SAID.sub(lambda said: (said[1] or "").upper(), found["title"])


def toctree(caption: str, pages: dict[str, str]) -> str:
    """A hidden table of contents: the titles of pages, by their paths."""
    entries = "".join(f"   {title} <{page}>\n" for page, title in pages.items())
    return f".. toctree::\n   :caption: {caption}\n   :hidden:\n\n{entries}"


def state() -> str:
    """A hash over all that the site is made from."""
    total = hashlib.sha256()
    for tool in ("Sphinx", "sphinx-ansible-theme", "antsibull-docs"):
        total.update(f"{tool} {metadata.version(tool)}\0".encode())
    pages = (path for path in PAGES.rglob("*") if path.is_file())
    for path in (SOURCE / "conf.py", SOURCE / "static" / "site.css", ROOT / "galaxy.yml", *sorted(pages)):
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def render() -> None:
    """HTML from the pages, all of it anew: Sphinx does not warn again of pages that it rendered before."""
    stamp, wanted = WORK / "digest", state()
    if (SITE / "index.html").exists() and stamp.exists() and stamp.read_text() == wanted:
        say("Nothing has changed since the last build.")
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(SITE, ignore_errors=True)
    say(f"Rendering {sum(1 for _page in PAGES.rglob('*.rst'))} pages; this takes about half a minute.")
    options = ("--fresh-env", "--quiet", "--fail-on-warning", "--keep-going", "--jobs", "2")
    folders = ("--conf-dir", SOURCE, "--doctree-dir", WORK / "doctrees", PAGES, SITE)
    call(("sphinx-build", "--builder", "html", *options, *folders))
    for complaint in look_at(SITE, WORK / "screenshots", say):
        raise SystemExit(complaint)
    stamp.write_text(wanted)


def main() -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    # Two targets may run at the same time; the second finds the work of the first.
    with open(ROOT / ".build" / "docs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        say("Reading the documentation of the modules and plugins.")
        write_pages()
        render()
    print((SITE / "index.html").relative_to(ROOT))


if __name__ == "__main__":
    main()
