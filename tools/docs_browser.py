# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look for what is cut off on the documentation site, which no checker of links or markup sees.

It also takes screenshots, for people to look at.

Chromium alone does it, in a page of frames as wide as the screens; a driver for browsers would need one of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple


class View(NamedTuple):
    """A page of the site on a screen of some width and height, in pixels."""

    name: str
    page: str
    width: int
    height: int


VIEWS = (
    View("index", "index.html", 1280, 1000),
    View("guide", "docsite/guide_everyday.html", 1280, 1000),
    View("module", "profitbricks_server_module.html", 1280, 1000),
    View("mobile-index", "index.html", 390, 844),
    View("mobile-guide", "docsite/guide_getting_started.html", 390, 844),
    View("mobile-module", "profitbricks_lan_module.html", 390, 844),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# What the frames tell, written into the page when all are loaded.
MEASURE = """
const told = [];
for (const frame of document.querySelectorAll("iframe")) {
  const page = frame.contentDocument, wide = page.documentElement.scrollWidth;
  if (wide > frame.clientWidth) told.push(`${frame.name}: the page is ${wide} pixels wide, the screen ${frame.clientWidth}`);
  const titles = [...page.querySelectorAll(".wy-menu-vertical a, .wy-menu-vertical .caption, h1")];
  if (!titles.length) told.push(`${frame.name}: there is no title`);
  for (const each of titles)
    if (each.clientWidth && each.scrollWidth > each.clientWidth + 1) told.push(`${frame.name}: the title is cut: ${each.textContent}`);
}
document.body.dataset.told = JSON.stringify(told);
"""
TOLD = re.compile(r'data-told="([^"]*)"')


def browser() -> str | None:
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def look_at(site: Path, pictures: Path, say: Callable[[str], None]) -> list[str]:
    """Take a screenshot of each view, and return what is cut off; nothing where there is no browser, which is said."""
    program = browser()
    if program is None:
        say("There is no Chromium here: no screenshots, and nobody has looked whether titles are cut off.")
        return []
    say(f"Taking {len(VIEWS)} screenshots into {pictures}.")
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as profile:
        for view in VIEWS:
            sheet = write_sheet(Path(profile), site, [view])
            size = f"--window-size={max(view.width, 600)},{view.height}"
            chromium(program, profile, sheet, size, f"--screenshot={pictures / view.name}.png")
        return measured(program, profile, write_sheet(Path(profile), site, VIEWS))


def measured(program: str, profile: str, sheet: Path) -> list[str]:
    """What the script of a page of frames tells of them."""
    found = TOLD.search(chromium(program, profile, sheet, "--dump-dom"))
    if found is None:
        raise SystemExit("Chromium did not load the pages of the documentation site.")
    told: list[str] = json.loads(unescape(found[1]))
    return told


def write_sheet(folder: Path, site: Path, views: Sequence[View]) -> Path:
    """A page with a frame for each view."""
    frames = "".join(
        f'<iframe name="{escape(view.name)}" src="{(site / view.page).as_uri()}" width="{view.width}" '
        f'height="{view.height}" style="border: 0; display: block; margin: 0 auto"></iframe>'
        for view in views
    )
    sheet = folder / "sheet.html"
    script = f"<script>addEventListener('load', () => {{{MEASURE}}})</script>"
    # Grey, to tell what is beside a narrow page, for which Chromium has no window, from the page itself.
    style = "margin: 0; background: #b0b0b0"
    sheet.write_text(f'<!doctype html><body style="{style}">{frames}{script}</body>', encoding="utf-8")
    return sheet


def chromium(program: str, profile: str, sheet: Path, *options: str) -> str:
    """What Chromium prints about a page. The frames are files, which may look at each other here only."""
    common = ["--headless", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files"]
    if os.geteuid() == 0:
        # As root, which it is in containers, Chromium has no sandbox; it shows pages of ours only.
        common.append("--no-sandbox")
    command = [program, *common, f"--user-data-dir={profile}/chromium", *options, sheet.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stderr.rstrip()}\n{program} ended with code {done.returncode}.")
    return done.stdout
