# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of the wrong type: a sentence that begins with the option, for every option of every module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import reading
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import managing
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from ansible_collections.profitbricks.cloud.plugins.module_utils._shapes import check_shapes
from catalogue import KINDS

EDGES = {
    **{name: managing(kind) for name, kind in KINDS.items()},
    **{f"{name}_info": reading(kind) for name, kind in KINDS.items()},
}
INFINITE = float("inf")
WRONG: tuple[Any, ...] = (
    *("x", ["x"], [1], 5, {"a": 1}, [["x"]], [None], True, 1.5, [True], {"": []}),
    *(
        INFINITE,
        -INFINITE,
        float("nan"),
        "Infinity",
        "sNaN",
        [INFINITE],
        10**400,
        "1e99999999",
        "a\nb\x1b[0m" * 40,
    ),
)
PASSWORD = "sEcret4pass"


def complaint(module: str, **arguments: Any) -> str:
    """What is wrong with the arguments of a module; an empty text where nothing is."""
    return EDGES[module].misfit(arguments)


@pytest.mark.parametrize(
    ("module", "arguments", "expected"),
    [
        (
            "profitbricks_datacenter",
            {"servers": ["web-01"]},
            "servers: each entry must be a dictionary of options, such as {name: web-01}, not 'web-01'",
        ),
        (
            "profitbricks_datacenter",
            {"servers": "web-01"},
            "servers: each entry must be a dictionary of options, such as {name: web-01}, not 'web-01'",
        ),
        (
            "profitbricks_datacenter",
            {"servers": {"web-01": {"cores": 1}}},
            "servers: must be a list of dictionaries, not a dictionary",
        ),
        (
            "profitbricks_datacenter",
            {"servers": [{"name": "web", "nics": [{"name": "front", "firewall_rules": [22]}]}]},
            "servers/web/nics/front: firewall_rules: each entry must be a dictionary of options, such as {name: ...}, "
            "not 22",
        ),
        (
            "profitbricks_lan",
            {"append": True, "ip_failover": ["203.0.113.7"]},
            "ip_failover: each entry must be a dictionary of options (ip, nic_id), not '203.0.113.7'",
        ),
        (
            "profitbricks_k8s_cluster",
            {"maintenance_window": True},
            "maintenance_window: must be a dictionary of options (day_of_the_week, time), not true",
        ),
        ("profitbricks_server", {"ram": "4 GB"}, "ram: must be a whole number of MB, not '4 GB'"),
        (
            "profitbricks_datacenter",
            {"servers": [{"name": "web", "volumes": [{"name": "boot", "size": "10G"}]}]},
            "servers/web/volumes/boot: size: must be a whole number of GB, not '10G'",
        ),
        ("profitbricks_server", {"cores": True}, "cores: must be a whole number, not true"),
        ("profitbricks_server", {"cores": 1.5}, "cores: must be a whole number, not 1.5"),
        ("profitbricks_server", {"cores": ""}, "cores: must be a whole number, not ''"),
        ("profitbricks_lan", {"public": "perhaps"}, "public: must be true or false, not 'perhaps'"),
        ("profitbricks_nic", {"lan": {"name": "public"}}, "lan: must be text, not a dictionary"),
        (
            "profitbricks_nic",
            {"ips": [None]},
            "ips: each entry must be text, not null; the filter select() leaves out entries without a value",
        ),
        ("profitbricks_server", {"labels": ["env=prod"]}, "labels: must be a dictionary, not a list"),
        ("profitbricks_user", {"password": [PASSWORD]}, "password: must be text, not a list"),
        ("profitbricks_server", {"ram": INFINITE}, "ram: must be a whole number of MB, not inf"),
        ("profitbricks_server", {"api_timeout": 10**400}, "api_timeout: must be a number, not this one"),
        (
            "profitbricks_server",
            {"wait_timeout": 10**400},
            "wait_timeout: must be a whole number, not this one",
        ),
        ("profitbricks_server", {"api_timeout": float("nan")}, "api_timeout: must be a number, not nan"),
        ("profitbricks_server", {"api_timeout": "inf"}, "api_timeout: must be a number, not 'inf'"),
        (
            "profitbricks_datacenter",
            {"servers": [{"name": 7, "cores": "x"}]},
            "servers/7: cores: must be a whole number, not 'x'",
        ),
        (
            "profitbricks_datacenter",
            {"servers": [{"name": "web\n01" * 20, "cores": "x"}]},
            "servers/this one: cores: must be a whole number, not 'x'",
        ),
    ],
)
def test_what_is_wrong_is_said_of_the_option(module: str, arguments: dict[str, Any], expected: str) -> None:
    assert complaint(module, **arguments) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        {"cores": "2", "ram": "2048", "labels": "env=prod", "name": 2024, "api_timeout": "5"},
        {"volumes": ['{"name": "boot", "size": "10"}'], "nics": "name=front lan=1", "cores": None},
        {"security_groups": "a,b", "wait": "no", "unknown": [1]},
    ],
)
def test_what_ansible_converts_is_accepted(arguments: dict[str, Any]) -> None:
    assert complaint("profitbricks_server", **arguments) == ""


@pytest.mark.parametrize(
    "value",
    [
        {"name": "boot", "image_password": PASSWORD},
        [f"{{'name': 'boot', 'image_password': '{PASSWORD}'"],
        [f'"image_password": {PASSWORD}'],
        [[{"image_password": PASSWORD}]],
        [f"image_password: {PASSWORD}"],
        [f"image_password {PASSWORD}"],
        f"- image_password: {PASSWORD}",
    ],
)
def test_no_secret_is_quoted(value: Any) -> None:
    told = complaint("profitbricks_server", volumes=value)
    assert told.startswith("volumes: ")
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"name": "a\udcff"}, "name"),
        ({"labels": {"env": ["a", {"b": "a\udcff"}]}}, "labels"),
        ({"labels": {"a\udcff": "b"}}, "labels"),
        ({"volumes": [{"name": "boot", "user_data": {"a": [{"b": "a\udcff"}]}}]}, "volumes/boot: user_data"),
        ({"volumes": [{"name": "boot", "ssh_keys": ["a\udcff"]}]}, "volumes/boot: ssh_keys"),
    ],
)
def test_text_of_another_encoding_is_refused(arguments: dict[str, Any], where: str) -> None:
    told = "it contains something that is not UTF-8 text; check where it comes from"
    assert complaint("profitbricks_server", **arguments) == f"{where}: {told}"


def test_a_secret_number_is_not_quoted() -> None:
    with pytest.raises(InvalidOption, match=r"^pin: must be a whole number$"):
        check_shapes((Field("pin", "int", secret=True),), {"pin": PASSWORD})


def _trials(field: Field) -> Iterator[Any]:
    """Wrong values of an option, and wrong values within right ones."""
    yield from WRONG
    for inner in field.options:
        for value in _trials(inner):
            yield [{inner.name: value}] if field.type == "list" else {inner.name: value}


def _validated(edge: Edge, arguments: Mapping[str, Any]) -> str:
    """What Ansible's own validator says where it has to convert a value; it must not break."""
    messages = ArgumentSpecValidator(edge.begin()).validate(dict(arguments)).error_messages
    return "; ".join(each for each in messages if "convert" in each or "dictionary requested" in each)


@pytest.mark.parametrize("module", EDGES)
def test_whatever_is_given_the_option_is_named(module: str) -> None:
    edge, complaints = EDGES[module], 0
    for field in edge.fields:
        for value in _trials(field):
            arguments = {field.name: value}
            if told := edge.misfit(arguments):
                complaints += 1
                assert re.split("[./:]", told)[0] == field.name, told
                assert told.isprintable()
                assert len(told) < 300
            else:
                assert _validated(edge, arguments) == "", arguments
    assert complaints
