# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an error asks of who mistyped a name."""

from __future__ import annotations

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import NotFound

NAMES = ["web-01", "web-02", "Ubuntu-24.04", "", "db"]


@pytest.mark.parametrize(
    ("value", "asks"),
    [
        ("web-1", " (did you mean 'web-01'?)"),
        ("WEB-01x", " (did you mean 'web-01'?)"),
        ("ubuntu-2404", " (did you mean 'Ubuntu-24.04'?)"),
        ("mail", ""),
        ("", ""),
    ],
)
def test_names_that_are_much_alike_are_offered(value: str, asks: str) -> None:
    error = NotFound("server", "server", value, "the data center", names=iter(NAMES))
    advice = "check the name or id, or create it first"
    assert str(error) == f"server: there is no server {value!r} in the data center{asks}; {advice}"


def test_nothing_is_offered_where_no_names_are_known() -> None:
    assert "did you mean" not in str(NotFound("server", "server", "web-1"))
