# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of evidence has a row for each operation, and names tests that there are."""

from __future__ import annotations

from tools.evidence import PAGE, problems


def test_the_table_is_complete_and_names_tests_that_there_are() -> None:
    assert list(problems(PAGE.read_text(encoding="utf-8"))) == []


def test_what_is_wrong_with_a_table_is_told() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if "| `GET /datacenters` |" not in line)
    assert list(problems(text + "\n`test_schemas::test_nothing`\n")) == [
        "GET /datacenters has no row",
        "there is no test test_schemas::test_nothing",
    ]
