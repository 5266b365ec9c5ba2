# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in a process of its own: what it prints, and what it never does."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from ansible.module_utils import basic

from ansible_collections.profitbricks.cloud.plugins.module_utils import _module, _secrets
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption, TooLong
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import MASKED_BY_CORE
from catalogue import KINDS

LANS = KINDS["profitbricks_lan"]
# One that Ansible takes out of the parameters, and one that only the environment tells.
TOKEN, PASSWORD = "hush-token", "hush-hush"
LONG = "x" * 3000
Work = Callable[[Mapping[str, Any]], dict[str, Any]]


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The collector of garbage, which a module spares itself."""
    yield
    gc.unfreeze()
    gc.enable()


@dataclass
class Printed:
    """The code that a module ended with, its output, and that as JSON; and of what it warned."""

    code: int
    text: str
    warned: list[str]

    @property
    def result(self) -> dict[str, Any]:
        return dict(json.loads(self.text))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Printed]:
    """Be the module of LANs, with work of the test's own."""
    monkeypatch.setenv("PROFITBRICKS_PASSWORD", PASSWORD)
    monkeypatch.setenv("PROFITBRICKS_USERNAME", "ada")

    warned: list[str] = []
    # Ansible's own way depends on what else of it is loaded.
    monkeypatch.setattr(basic.AnsibleModule, "warn", lambda self, text: warned.append(text))

    def module(work: Work, check_mode: bool = False, **options: Any) -> Printed:
        arguments = {"datacenter": "shop", "name": "front", "_ansible_check_mode": check_mode, **options}
        encoded = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", encoded)
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)

        def execute(kind: Any, options: Mapping[str, Any], check_mode: bool, cloud: Any) -> dict[str, Any]:
            return {"check_mode": check_mode, **work(options)}

        edge = _module.Edge(LANS, task_fields(LANS), execute)
        with pytest.raises(SystemExit) as ended:
            _module.run_edge(edge)
        return Printed(int(ended.value.code or 0), capsys.readouterr().out, warned)

    return module


def test_the_result_is_printed_and_warnings_are_told_as_such(run: Callable[..., Printed]) -> None:
    printed = run(lambda options: {"changed": True, "name": options["name"], "warnings": ["look out"]})
    assert printed.code == 0
    result = printed.result
    assert (result["changed"], result["name"], result["check_mode"]) == (True, "front", False)
    assert printed.warned == ["look out"]
    assert "look out" not in printed.text


def test_check_mode_reaches_the_work(run: Callable[..., Printed]) -> None:
    assert run(lambda options: {"changed": False}, check_mode=True).result["check_mode"] is True


def test_a_fault_of_the_task_fails_in_one_line_without_a_traceback(run: Callable[..., Printed]) -> None:
    def work(options: Mapping[str, Any]) -> dict[str, Any]:
        raise InvalidOption("name: there is no such LAN")

    printed = run(work)
    assert printed.code == 1
    assert printed.result["msg"] == "name: there is no such LAN"
    assert printed.result["failed"] is True
    assert "Traceback" not in printed.text


def test_what_is_too_long_for_the_service_is_told_by_its_option(run: Callable[..., Printed]) -> None:
    def work(options: Mapping[str, Any]) -> dict[str, Any]:
        raise TooLong(414, LONG, "GET", "datacenters/1/lans")

    printed = run(work, name=LONG)
    assert printed.result["msg"] == (
        "name: a text of 3000 characters is too long for the service (GET datacenters/1/lans: HTTP 414)"
    )
    assert printed.result["http_status"] == 414
    # What no option holds is told all the same.
    assert run(work).result["msg"].startswith("a text of 3000 characters is too long")


def test_an_argument_of_the_wrong_type_fails_before_the_work_and_shows_no_argument(
    run: Callable[..., Printed],
) -> None:
    def work(options: Mapping[str, Any]) -> dict[str, Any]:
        raise AssertionError("it began")

    printed = run(work, token=TOKEN, ip_failover=["203.0.113.7"])
    assert printed.code == 1
    assert printed.result["msg"] == (
        "ip_failover: each entry must be a dictionary of options (ip, nic_id), not '203.0.113.7'"
    )
    # From ansible-core 2.22 on, a module tells Ansible what to mask, and Ansible shows none of that.
    assert TOKEN not in str({**printed.result, "_ansible_new_secrets": ()})


def test_an_empty_secret_masks_nothing(run: Callable[..., Printed]) -> None:
    printed = run(lambda options: {"changed": False, "name": options["name"]}, token="")
    assert printed.result["name"] == "front"


def test_a_bug_is_told_as_one(run: Callable[..., Printed]) -> None:
    def work(options: Mapping[str, Any]) -> dict[str, Any]:
        raise LookupError("nowhere")

    printed = run(work)
    assert printed.code == 1
    assert printed.result["msg"].startswith(
        "Unexpected LookupError: nowhere. This is a bug in the collection"
    )


@pytest.mark.parametrize("fails", [False, True], ids=["result", "error"])
@pytest.mark.parametrize(
    ("options", "secret"), [({"token": TOKEN}, TOKEN), ({}, PASSWORD)], ids=["option", "environment"]
)
def test_no_secret_is_shown_wherever_it_turns_up(
    run: Callable[..., Printed],
    options: dict[str, Any],
    secret: str,
    fails: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is masked in what the module prints, or known to an Ansible that masks whatever it shows."""
    known: set[str] = set()
    if MASKED_BY_CORE:
        monkeypatch.setattr(_secrets, "register_secrets", known.update)

    def work(options: Mapping[str, Any]) -> dict[str, Any]:
        if fails:
            raise InvalidOption(f"name: {secret} is no name")
        return {"changed": False, "told": [{"deep": f"it is {secret}"}]}

    printed = run(work, **options)
    if MASKED_BY_CORE:
        assert secret in known
    else:
        assert "********" in printed.text
        assert secret not in printed.text
