# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the action plugin that no task of this collection leads to yet."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from ansible.module_utils.common.parameters import remove_values
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils import _secrets
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http import session
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import managing
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import MASKED_BY_CORE, Secrets
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _in_process as in_process
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _rehearsal as rehearsal
from catalogue import KINDS

try:
    from ansible.module_utils.secrets import mask_secrets
except ImportError:
    mask_secrets = None  # before ansible-core 2.22, which masks whatever it shows

SECRET = "hush-hush"
Work = Callable[[Mapping[str, Any], set[str]], dict[str, Any]]


class Edge:
    """As the edge of a module, with options such as may come one day."""

    later = ()
    spec = {
        "name": {"type": "str", "aliases": ["title"]},
        "old": {
            "type": "str",
            "removed_in_version": "2.0.0",
            "removed_from_collection": "profitbricks.cloud",
        },
        "parts": {"type": "list", "elements": "dict", "options": {"key": {"type": "str", "no_log": True}}},
        "count": {"type": "int", "default": 1},
    }

    def __init__(self, work: Work) -> None:
        self._work = work

    def begin(self) -> dict[str, Any]:
        return self.spec

    def misfit(self, arguments: Mapping[str, Any]) -> str:
        return "parts: must be a list" if isinstance(arguments.get("parts"), dict) else ""

    def secrets(self, found: Iterable[str], params: Mapping[str, Any]) -> Secrets:
        return Secrets(found)

    def shown(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return {**params, **dict.fromkeys(params.keys() & {"hidden"}, "not shown")}

    def work(
        self, params: Mapping[str, Any], check_mode: bool, secrets: set[str], progress: Any
    ) -> dict[str, Any]:
        return self._work(params, secrets)

    @staticmethod
    def failure(error: Exception) -> dict[str, Any]:
        return {"msg": str(error)}


def run(
    arguments: Mapping[str, Any], work: Work = lambda params, secrets: {"changed": False}
) -> dict[str, Any]:
    """The result of a task with those arguments."""
    action: Any = object.__new__(type("Action", (in_process.InProcess,), {"edge": Edge(work)}))
    action._task = SimpleNamespace(action="profitbricks.cloud.profitbricks_x", check_mode=False)
    plain = in_process._plain(dict(arguments))
    result: dict[str, Any] = action._work(plain, True, lambda what, says, seconds: None)
    return result


def strings(value: object) -> Iterator[str]:
    """All texts in a value, and its numbers as texts."""
    if isinstance(value, (dict, list, tuple)):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from strings(each)
    else:
        yield str(value)


def shown(value: object) -> str:
    """What people can see of a value."""
    text = "\n".join(strings(value))
    return mask_secrets(text) if mask_secrets else text


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """What core is told of secrets."""
    known: list[set[str]] = []
    monkeypatch.setattr(_secrets, "register_secrets", known.append)
    return known


def test_a_private_key_in_place_of_a_public_one_is_masked_wherever_the_result_holds_it() -> None:
    key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n"
    kind = KINDS["profitbricks_volume"]
    task = {
        "datacenter": "shop",
        "name": "boot",
        "username": "ada",
        "password": "hush-hush",
        "ssh_keys": [key],
    }
    action: Any = object.__new__(type("Action", (in_process.InProcess,), {"edge": managing(kind)}))
    action._task = SimpleNamespace(action="profitbricks.cloud.profitbricks_volume", check_mode=False)
    result = action._work(task, True, lambda what, says, seconds: None)
    assert result["failed"] and "this is a private key; give the .pub file" in result["msg"]
    assert "b3Blbn" not in shown(result)


@pytest.mark.parametrize(
    ("switch", "platform", "loaded"),
    [("", "linux", True), ("1", "linux", True), ("0", "linux", False), ("", "darwin", False)],
)
def test_certificates_are_loaded_once_before_workers_are_forked(
    switch: str, platform: str, loaded: bool
) -> None:
    code = (
        f"import sys, requests, ansible.plugins.action; sys.platform = {platform!r}; "
        f"import {in_process.__name__} as found; print(found.tls._trusting.cache_info().currsize)"
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PROFITBRICKS_IN_PROCESS": switch}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == loaded


def test_a_rehearsal_makes_whole_calls_and_never_leaves_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proxies, made = {f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "all")}, []
    for name, address in proxies.items():
        monkeypatch.setenv(name, address)
    monkeypatch.setattr(socket.socket, "connect", lambda *args: made.append(args))
    send = rehearsal.Transport.call
    answers = []
    monkeypatch.setattr(rehearsal.Transport, "call", lambda *args: answers.append(send(*args)))
    rehearsal.rehearse()
    assert [answer.data for answer in answers] == [{"items": []}] * rehearsal.TIMES
    assert not made


def test_where_no_call_can_be_made_there_is_no_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MISSING", ImportError("No module named 'requests'", name="requests"))
    rehearsal.rehearse()


def test_deprecations_and_warnings_of_the_validator_are_in_the_result() -> None:
    result = run({"old": "x", "name": "a", "title": "b"})
    assert result["warnings"] == ["Both option name and its alias title are set."]
    (deprecation,) = result["deprecations"]
    assert "'old'" in deprecation["msg"]
    assert deprecation["version"] == "2.0.0"


def test_warnings_of_the_work_follow_those_of_the_validator() -> None:
    result = run({"name": "a", "title": "b"}, lambda params, secrets: {"warnings": ["mine"]})
    assert result["warnings"] == ["Both option name and its alias title are set.", "mine"]


def test_no_warnings_no_key() -> None:
    assert not {"warnings", "deprecations"} & set(
        run({"name": "a"}, lambda params, secrets: {"warnings": []})
    )


def test_secrets_are_told_to_core_as_soon_as_they_are_known(told: list[set[str]]) -> None:
    secrets = Secrets(["a"])
    secrets.add("b")
    secrets.update(iter(["c", "d"]), {"e"})
    assert secrets == {"a", "b", "c", "d", "e"}
    assert set().union(*told) == secrets


# From ansible-core 2.22 on, results hold secrets, and core masks what it was told wherever it shows something.


def test_secrets_are_masked_wherever_they_turn_up() -> None:
    def work(params: Mapping[str, Any], secrets: set[str]) -> dict[str, Any]:
        secrets.add("from the environment")
        shown = {"before": {}, "after": {"note": f"key {SECRET}"}}
        return {"changed": True, "diff": shown, "list": [SECRET], "where": "it came from the environment"}

    result = run({"parts": [{"key": SECRET}]}, work)
    assert SECRET not in shown(result)
    assert "from the environment" not in shown(result)
    key = SECRET if MASKED_BY_CORE else "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert result["invocation"]["module_args"]["parts"] == [{"key": key}]
    assert result["changed"] is True


def test_secrets_are_masked_in_errors() -> None:
    def work(params: Mapping[str, Any], secrets: set[str]) -> dict[str, Any]:
        raise InvalidOption(f"{params['parts'][0]['key']} is wrong")

    result = run({"parts": [{"key": SECRET}]}, work)
    assert result["failed"] is True
    assert SECRET not in shown(result)
    assert result["msg"] == f"{SECRET if MASKED_BY_CORE else '********'} is wrong"


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8))
TREES = st.recursive(
    LEAVES,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.tuples(inside),
        st.dictionaries(st.text(max_size=4), inside, max_size=3),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=4), TREES, max_size=4), st.data())
def test_masking_finds_what_core_finds(result: dict[str, Any], data: st.DataObject) -> None:
    there = [text for text in strings(result) if text]
    known = st.sampled_from(there).map(lambda text: text[: len(text) // 2 + 1]) if there else st.nothing()
    secrets = data.draw(st.sets(known | st.text(min_size=1, max_size=3), max_size=3))
    assert in_process.masked(result, secrets) == (
        result if MASKED_BY_CORE else remove_values(result, secrets)
    )


@pytest.mark.parametrize("secret", ["a'b", 'a"b', "a\\b", "line\nend", "gr\u00fc\u00df", "\x00", "4711"])
def test_secrets_of_any_letters_are_masked(secret: str, told: list[set[str]]) -> None:
    tree = {"deep": [{"text": f"x\"y'{secret}'z\"", "number": 4711, "list": [f"{secret}\\"]}]}
    result = in_process.masked(tree, Secrets([secret]))
    assert told == [{secret}]
    if MASKED_BY_CORE:
        assert result is tree
    else:
        assert not [text for text in strings(result) if secret in text]
        assert result == remove_values(tree, {secret})


def test_a_large_result_without_secrets_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = {"servers": [{"name": "web", "ips": ["192.0.2.1"], "cores": 1, "ram": None}]}
    taken_apart: list[Any] = []

    def core(value: Any, secrets: set[str]) -> Any:
        taken_apart.append(value)
        return remove_values(value, secrets)

    monkeypatch.setattr(in_process, "remove_values", core, raising=not MASKED_BY_CORE)
    arguments = {"parts": [{"key": SECRET}]}
    result = run(arguments, lambda params, secrets: {"changed": False, "tree": tree})
    assert result["tree"] is tree
    assert [list(each) for each in taken_apart] == ([] if MASKED_BY_CORE else [["module_args"]])


def test_flags_survive_a_secret_that_reads_like_them() -> None:
    assert run({"parts": [{"key": "True"}]}, lambda params, secrets: {"changed": True})["changed"] is True


@pytest.mark.parametrize("arguments", [{"count": "many"}, {"colour": "blue"}, {"parts": [{"kee": "x"}]}])
def test_work_does_not_begin_with_wrong_options(arguments: dict[str, Any]) -> None:
    def work(params: Mapping[str, Any], secrets: set[str]) -> dict[str, Any]:
        raise AssertionError("it began")

    result = run(arguments, work)
    assert result["failed"] is True
    assert "it began" not in result["msg"]


def test_an_argument_of_the_wrong_type_shows_no_argument() -> None:
    result = run({"name": "one", "parts": {"key": SECRET}})
    assert result == {"failed": True, "msg": "parts: must be a list", "invocation": {"module_args": {}}}


def test_arguments_arrive_as_through_json() -> None:
    seen: list[Mapping[str, Any]] = []

    def work(params: Mapping[str, Any], secrets: set[str]) -> dict[str, Any]:
        seen.append(params)
        return {}

    run({"name": date(2026, 11, 2), "count": "3", "parts": ({"key": "k"},)}, work)
    (params,) = seen
    assert params["name"] == "2026-11-02"
    assert params["count"] == 3
    assert params["parts"] == [{"key": "k"}]


@pytest.mark.parametrize("value", [b"x", [b"x"], {"a": {"b": (b"x",)}}])
def test_bytes_are_left_to_the_module_which_ansible_cannot_give_them(value: Any) -> None:
    assert in_process._plain({"name": value}) is None


@pytest.mark.parametrize("error", [TypeError("'int' object is not iterable"), KeyError("properties")])
def test_what_nobody_foresaw_is_told_as_a_fault_of_the_collection(error: Exception) -> None:
    from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge

    told = Edge.failure(error)["msg"]
    assert told.startswith(f"Unexpected {type(error).__name__}: {error}. ")
    assert told.endswith("This is a bug in the collection; please report it")
