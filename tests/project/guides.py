# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides of the documentation site, and the examples in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCSITE = ROOT / "docs" / "docsite"
GUIDES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((DOCSITE / "rst").glob("*.rst"))}

BLOCK = re.compile(
    r"^\.\. code-block:: *(?P<language>\S+)\n(?P<options>(?:   :.*\n)*)\n(?P<text>(?:(?:   .*)?\n)+)", re.M
)
OPTION = re.compile(r":([a-z-]+): *(.*)")
FILE = re.compile(r"# (\S+)\n")


@dataclass(frozen=True)
class Block:
    """An example in a guide.

    ``options`` are those of the directive; the class ``before`` marks what other software understands. ``file`` is
    the file that the first line of the text names, a comment; empty where there is none.
    """

    guide: str
    language: str
    options: Mapping[str, str]
    text: str

    @property
    def file(self) -> str:
        named = FILE.match(self.text)
        return named[1] if named else ""

    @property
    def foreign(self) -> bool:
        return self.options.get("class") == "before"

    @property
    def data(self) -> Any:
        """The content of an example in YAML."""
        return yaml.safe_load(self.text)

    @property
    def is_inventory(self) -> bool:
        return isinstance(self.data, dict) and "plugin" in self.data

    @property
    def is_rulebook(self) -> bool:
        """Whether it is for ansible-rulebook."""
        return isinstance(self.data, list) and "sources" in self.data[0]

    @property
    def plays(self) -> list[dict[str, Any]]:
        """A playbook's plays; of a list of tasks one play that holds them; none of anything else."""
        if self.foreign or self.is_rulebook or not isinstance(self.data, list):
            return []
        if "hosts" in self.data[0]:
            return list(self.data)
        return [{"hosts": "localhost", "gather_facts": False, "tasks": self.data}]


def blocks(guide: str, language: str) -> list[Block]:
    """The examples of a guide in a language, in their order."""
    return [
        Block(
            guide,
            found["language"],
            dict(OPTION.findall(found["options"])),
            dedent(found["text"]).strip() + "\n",
        )
        for found in BLOCK.finditer(GUIDES[guide])
        if found["language"] == language
    ]
