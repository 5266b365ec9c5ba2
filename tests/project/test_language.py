# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read is spelt as they spell it; codespell, a part of make lint, knows the common mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import several

ROOT = Path(__file__).resolve().parents[2]
READ_BY_PEOPLE = (
    "*.md",
    "docs/docsite/**/*.rst",
    "playbooks/**/*.yml",
    "plugins/**/*.py",
    "changelogs/**/*.yml",
)
# A y behind a consonant turns into ies; a name such as capsys or sys is none of these words.
PLURAL = re.compile(r"\b[a-z]{2,}[bcdfghjklmnpqrtvwxz]ys\b")


def texts() -> Iterator[tuple[str, str]]:
    for pattern in READ_BY_PEOPLE:
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_no_plural_is_made_by_adding_s_to_y() -> None:
    found = {f"{name}: {word}" for name, text in texts() for word in PLURAL.findall(text)}
    assert found == set()


@pytest.mark.parametrize("word", ["authority", "policy", "identity", "entry"])
def test_the_pattern_finds_such_plurals(word: str) -> None:
    assert PLURAL.search(f"The {word}s.")


@pytest.mark.parametrize("word", ["keys", "sys", "gateways", "NICs", "ssh_keys", "arrays"])
def test_the_pattern_leaves_others_alone(word: str) -> None:
    assert not PLURAL.search(f"The {word}.")


@pytest.mark.parametrize(
    ("label", "expected"),
    [("image", "images"), ("identity", "identities"), ("S3 key", "S3 keys"), ("NAT gateway", "NAT gateways")],
)
def test_the_plural_of_a_label(label: str, expected: str) -> None:
    assert several(label) == expected
