# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No two hosts get one name, whatever the servers are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._naming import distinct

WANTED = [("web", "a"), ("db", "b"), ("web", "c"), ("web", "d")]


@pytest.mark.parametrize(
    "rule, names",
    [
        ("id", ["web_a", "db", "web_c", "web_d"]),
        ("number", ["web", "db", "web_2", "web_3"]),
    ],
)
def test_a_shared_name_is_told_apart_by_the_rule(rule: str, names: list[str]) -> None:
    assert distinct(WANTED, rule) == names


@pytest.mark.parametrize("rule", ["id", "number", "error"])
def test_names_that_nobody_shares_stay(rule: str) -> None:
    assert distinct([("web", "a"), ("db", "b")], rule) == ["web", "db"]


def test_error_names_all_who_share() -> None:
    with pytest.raises(
        InvalidOption, match=r"hostnames: 3 hosts would be called 'web' \(a, c, d\).*duplicates"
    ):
        distinct(WANTED, "error")


def test_a_number_never_takes_the_name_of_another() -> None:
    wanted = [("web", "a"), ("web_2", "b"), ("web", "c")]
    assert distinct(wanted, "number") == ["web", "web_2", "web_3"]


def test_an_id_that_makes_the_name_of_another_is_an_error() -> None:
    with pytest.raises(InvalidOption, match=r"would be called 'web_a' \(a, x\)"):
        distinct([("web", "a"), ("web", "b"), ("web_a", "x")], "id")


@pytest.mark.parametrize(
    "rule, names",
    [("id", ["all_x", "web_a", "db", "web_c"]), ("number", ["all_2", "web_2", "db", "web_3"])],
)
def test_a_name_that_no_host_may_have_is_told_apart_by_the_rule(rule: str, names: list[str]) -> None:
    wanted = [("all", "x"), *WANTED[:3]]
    assert distinct(wanted, rule, {"all", "web", "ungrouped"}) == names


def test_a_number_makes_no_name_that_no_host_may_have() -> None:
    assert distinct([("all", "x"), ("web", "y")], "number", {"all", "all_2"}) == ["all_3", "web"]


def test_an_id_that_makes_a_name_that_no_host_may_have_is_an_error() -> None:
    with pytest.raises(InvalidOption, match=r"hostnames: the host of id x would be called 'all_x'"):
        distinct([("all", "x")], "id", {"all", "all_x"})


def test_error_names_who_would_have_a_name_that_no_host_may_have() -> None:
    with pytest.raises(InvalidOption, match=r"hostnames: the host of id x would be called 'all', .*Ansible"):
        distinct([("all", "x"), ("web", "y")], "error", {"all"})


def test_with_ids_a_name_does_not_depend_on_who_else_is_there() -> None:
    assert distinct(WANTED[:3], "id") == distinct(WANTED, "id")[:3]


LIKELY = st.sampled_from(["a", "a_2", "a_3", "b", "b_2", "a_2_2"])


@given(st.lists(LIKELY, max_size=12), st.sets(LIKELY, max_size=3))
def test_numbered_names_are_all_different_and_keep_their_beginning(
    names: list[str], forbidden: set[str]
) -> None:
    result = distinct([(name, str(position)) for position, name in enumerate(names)], "number", forbidden)
    assert len(set(result)) == len(names) and not forbidden & set(result)
    assert all(given.startswith(name) for name, given in zip(names, result, strict=True))
