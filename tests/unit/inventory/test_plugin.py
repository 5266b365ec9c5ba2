# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The edge to Ansible, where no service is needed: names of variables, marks, entries of options, documentation."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.inventory import profitbricks as plugin
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.hosts import FACTS
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _expressions as expressions
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _inventory as shared

DOCUMENTATION = yaml.safe_load(plugin.DOCUMENTATION)


# -- names of variables -------------------------------------------------------------------------------------------


def test_by_default_each_fact_has_its_prefix() -> None:
    default = DOCUMENTATION["options"]["hostvars_prefix"]["default"]
    assert shared.variable_names(default, FACTS, "profitbricks_") == {
        fact: f"profitbricks_{fact}" for fact in FACTS
    }


def test_a_name_that_ansible_reserves_keeps_the_default_prefix() -> None:
    names = shared.variable_names("", FACTS, "profitbricks_")
    assert names["name"] == "profitbricks_name"
    assert names["datacenter"] == "datacenter"
    assert len(set(names.values())) == len(FACTS)


@pytest.mark.parametrize("prefix", ["1st_", "my-", "a b", "ansible_", "ümlaut_", "x{{ y }}"])
def test_a_prefix_that_makes_no_names(prefix: str) -> None:
    with pytest.raises(InvalidOption, match="hostvars_prefix: .* cannot begin the name of a variable"):
        shared.variable_names(prefix, FACTS, "profitbricks_")


# -- text from outside --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "web-01", "de/fra", "2001:db8::1", "Büro 3", "demo@example.com", "02:01:0a:0b:0c:0d", "#tag"]
)
def test_ordinary_text_is_harmless(text: str) -> None:
    assert shared.HARMLESS.fullmatch(text)


@pytest.mark.parametrize(
    "text",
    ["{{ x }}", "{% if x %}", "{# x #}", "#jinja2: x", "lookup('pipe', 'id')", "x|f", "x[0]", "'x'", "a{b"],
)
def test_text_that_could_be_evaluated_is_not(text: str) -> None:
    assert not shared.HARMLESS.fullmatch(text)


def test_marking_copies_and_changes_no_value() -> None:
    value = {
        "name": "web",
        "nics": [{"ips": ["10.0.0.1"], "lan": 1, "dhcp": True, "mac": None}],
        "odd": "{{ x }}",
    }
    before = json.dumps(value)
    marked = shared.marked(value, {})
    assert marked == value and marked is not value and marked["nics"] is not value["nics"]
    assert json.dumps(value) == before


def test_equal_texts_are_marked_once() -> None:
    first, second = shared.marked(["AVAILABLE", "".join(["AVAIL", "ABLE"])], {})
    assert first is second


# -- entries of options -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry, rule",
    [
        ({"include": "x > 1"}, (True, "x > 1")),
        ({"exclude": True}, (False, True)),
        ({"include": False}, (True, False)),
    ],
)
def test_an_entry_of_filters(entry: Any, rule: Any) -> None:
    assert expressions.filter_rule(entry) == rule


@pytest.mark.parametrize(
    "entry, message",
    [
        ({}, "each entry must be one of include and exclude"),
        ({"include": "x", "exclude": "y"}, "each entry must be one of include and exclude"),
        ({"only": "x"}, "each entry must be one of include and exclude"),
        ("include", "each entry must be one of include and exclude"),
        (None, "each entry must be one of include and exclude"),
        ({"include": 3}, "include must be a Jinja expression, not 3"),
        ({"exclude": None}, "exclude must be a Jinja expression, not None"),
        ({"exclude": "x ="}, "'x =' is not a valid Jinja expression"),
        ({"include": "{{ x }}"}, "'{{ x }}' is not a valid Jinja expression"),
        ({"include": "a }} b {{ c"}, "'a }} b {{ c' is not a valid Jinja expression"),
        ({"include": "a b"}, "'a b' is not a valid Jinja expression: there is more text after its end"),
        ({"include": ""}, "'' is not a valid Jinja expression"),
    ],
)
def test_an_entry_that_is_none(entry: Any, message: str) -> None:
    with pytest.raises(InvalidOption, match=f"^filters: {re.escape(message)}"):
        expressions.filter_rule(entry)


NAMES = shared.variable_names("cloud_", FACTS, "profitbricks_")


@pytest.mark.parametrize(
    "text, expression",
    [
        ("name", "cloud_name"),
        ("cloud_name", "cloud_name"),
        ("cloud_name ~ '.example.com'", "cloud_name ~ '.example.com'"),
    ],
)
def test_an_entry_of_hostnames(text: str, expression: str) -> None:
    assert expressions.hostname_expression("hostnames", text, NAMES) == expression


def test_a_misspelt_variable_is_an_error_that_lists_them() -> None:
    with pytest.raises(
        InvalidOption, match="hostnames: there is no host variable nmae; there are: cloud_id, .*cloud_ipv6"
    ):
        expressions.hostname_expression("hostnames", "nmae", NAMES)


HOSTS: list[dict[str, Any]] = [{"id": "a", "name": "Büro \ud83d", "nics": [{"ips": ["192.0.2.1"]}]}]
SEALED = shared.sealed(HOSTS, ["mine"])


@pytest.mark.parametrize(
    "held",
    [
        None,
        3,
        True,
        [],
        {},
        [SEALED],
        "",
        "[]",
        "{",
        SEALED.encode(),
        SEALED[1:],
        SEALED[:-1],
        SEALED.replace('"a"', "null"),
        SEALED.partition(" ")[2],
        shared.sealed(HOSTS, ["other"]),
    ],
    ids=repr,
)
def test_a_cache_that_holds_something_else_holds_nothing(held: Any) -> None:
    assert shared.unsealed(held, ["mine"]) is None


def test_a_cache_is_asked_by_scope() -> None:
    assert shared.unsealed(SEALED, ["mine"]) == HOSTS


def test_a_warning_shows_names_as_plain_text() -> None:
    assert shared._some(["web", "a\x1b[2J\nb", "c"], most=2) == "web, a\\u001b[2J\\u000ab and 1 more"


# -- documentation ------------------------------------------------------------------------------------------------


def test_every_host_variable_is_documented_and_no_other() -> None:
    notes = " ".join(DOCUMENTATION["notes"])
    of_nics = {"mac", "ips", "ipv6_ips", "lan", "lan_name", "lan_public"}
    assert set(re.findall(r"C\((\w+)\)", notes)) == {*FACTS, *of_nics}


def test_examples_use_only_options_that_exist() -> None:
    own = set(DOCUMENTATION["options"])
    constructed = {"keyed_groups", "groups", "compose", "strict"}
    connection = {"token"}
    cache = {"cache", "cache_plugin", "cache_connection", "cache_timeout"}
    used: set[str] = set()
    for example in yaml.safe_load_all(plugin.EXAMPLES):
        assert example["plugin"] == plugin.InventoryModule.NAME
        used |= set(example)
    assert used - own <= constructed | connection | cache
    assert own - used == {"concurrency", "password_file", "wait_timeout"}
