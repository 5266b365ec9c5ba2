# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens are made once, kept where only their owner reads them, renewed in time, and revoked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import execute_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour import tokens
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from unit.mounted import Mounted

NOWHERE = "00000000-0000-4000-8000-000000000000"
MADE = "GET /auth/v1/tokens/generate"


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Mounted:
    """An account whose service and whose module have one clock."""
    mounted = Mounted()
    monkeypatch.setattr(tokens.time, "time", mounted.clock.now)
    return mounted


def listed(account: Mounted) -> list[str]:
    return [each["id"] for each in account.info("token")]


def works(account: Mounted, token: str) -> bool:
    try:
        account.client(6, Credentials(token=token)).get("datacenters")
    except ApiError as error:
        assert error.status == 401
        return False
    return True


# -- a token in a file --------------------------------------------------------------------------------------------


def test_a_file_keeps_one_token(account: Mounted, tmp_path: Path) -> None:
    dest = tmp_path / "token"
    foretold = account.check("token", dest=str(dest), ttl=3600)
    assert foretold["changed"] and not dest.exists() and account.calls == []
    made = account.run("token", dest=str(dest), ttl=3600)
    assert (made["changed"], made["actions"], made["secret"]) == (True, ["create"], None)
    assert account.calls.count(MADE) == 1
    assert dest.stat().st_mode & 0o7777 == 0o600 and dest.read_text() not in str(made)
    assert listed(account) == [made["token"]["id"]] and works(account, dest.read_text())
    assert foretold["token"] == dict.fromkeys(made["token"])
    for again in (account.check("token", dest=str(dest)), account.run("token", dest=str(dest))):
        assert not again["changed"] and again["token"] == made["token"] and again["secret"] is None
        assert len(account.calls) == 1


def test_a_token_is_renewed_in_time(account: Mounted, tmp_path: Path) -> None:
    dest = str(tmp_path / "token")
    kept = {"dest": dest, "ttl": 3600, "renew_before": 600}
    first = account.run("token", **kept)["token"]["id"]
    account.clock.time += 2900
    assert not account.run("token", **kept)["changed"]
    account.clock.time += 200
    assert account.check("token", **kept)["changed"]
    second = account.run("token", **kept)
    assert second["actions"] == ["create"] and second["token"]["id"] != first
    assert set(listed(account)) == {first, second["token"]["id"]}


@pytest.mark.parametrize("content", ["", "no token", "a.b.c", "\N{SNOWMAN}.b.c", "W10.b.c", "revoked"])
def test_what_is_no_token_of_the_user_is_replaced(account: Mounted, tmp_path: Path, content: str) -> None:
    dest = tmp_path / "token"
    if content == "revoked":
        made = account.run("token", state="created")
        account.run("token", state="absent", id=made["token"]["id"])
        content = made["secret"]
    dest.write_text(content, encoding="utf-8")
    assert account.run("token", dest=str(dest))["changed"] and works(account, dest.read_text())


def test_others_lose_sight_of_the_file(account: Mounted, tmp_path: Path) -> None:
    dest = tmp_path / "token"
    account.run("token", dest=str(dest))
    text = dest.read_text()
    dest.chmod(0o644)
    assert account.check("token", dest=str(dest))["actions"] == ["protect"]
    assert dest.stat().st_mode & 0o777 == 0o644
    done = account.run("token", dest=str(dest))
    assert done["changed"] and done["actions"] == ["protect"]
    assert dest.stat().st_mode & 0o777 == 0o600 and dest.read_text() == text
    assert not account.run("token", dest=str(dest))["changed"]


def test_a_token_that_cannot_be_kept_is_revoked(
    account: Mounted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(option: str, path: Path, text: str) -> None:
        raise InvalidOption(f"{option}: {path} cannot be written: No space left on device")

    monkeypatch.setattr(tokens, "write_private", full)
    with pytest.raises(InvalidOption, match="No space left"):
        account.run("token", dest=str(tmp_path / "token"))
    assert listed(account) == []


# -- a new one each time, and revoking ----------------------------------------------------------------------------


def test_a_new_token_is_told_once(account: Mounted) -> None:
    first, second = (account.run("token", state="created", ttl=60) for _time in range(2))
    assert first["secret"] != second["secret"] and works(account, first["secret"])
    assert account.check("token", state="created")["secret"] is None
    assert set(listed(account)) == {first["token"]["id"], second["token"]["id"]}
    assert first["secret"] not in str(account.info("token", id=first["token"]["id"]))
    account.clock.time += 61
    assert not works(account, first["secret"])


def test_a_token_is_revoked_by_its_id_or_by_its_file(account: Mounted, tmp_path: Path) -> None:
    made, dest = account.run("token", state="created"), tmp_path / "token"
    account.run("token", dest=str(dest))
    for options, actions in (
        ({"id": made["token"]["id"].upper()}, ["delete"]),
        ({"dest": str(dest)}, ["delete", "delete_file"]),
    ):
        foretold = account.check("token", state="absent", **options)
        assert foretold["actions"] == actions and account.writes == []
        done = account.run("token", state="absent", **options)
        assert done["changed"] and done["actions"] == actions and done["token"] is None
        assert not account.run("token", state="absent", **options)["changed"]
    assert not dest.exists() and listed(account) == [] and not works(account, made["secret"])


def test_several_are_revoked_at_once(account: Mounted) -> None:
    old = account.run("token", state="created", ttl=60)["token"]["id"]
    kept = account.run("token", state="created")["token"]["id"]
    assert not account.run("token", state="absent", criteria="expired")["changed"]
    account.clock.time += 61
    assert account.check("token", state="absent", criteria="expired")["changed"] and old in listed(account)
    assert account.run("token", state="absent", criteria="expired")["actions"] == ["delete"]
    assert listed(account) == [kept]
    assert account.run("token", state="absent", criteria="all")["changed"] and listed(account) == []
    assert not account.run("token", state="absent", criteria="all")["changed"]


def test_the_token_of_the_task_revokes_itself(account: Mounted) -> None:
    secret = account.run("token", state="created")["secret"]
    client = account.client(6, Credentials(token=secret))
    assert execute(tokens.TOKENS, {"state": "absent", "criteria": "current"}, False, client)["changed"]
    with pytest.raises(ApiError, match="^Unauthorized"):
        execute_info(tokens.TOKENS, {}, False, client)


# -- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "dest: name the file that keeps the token"),
        ({"dest": "{folder}"}, "dest: {folder} is a folder"),
        ({"dest": "{folder}/nowhere/token"}, "dest: the folder {folder}/nowhere does not exist"),
        ({"dest": "{folder}/token", "ttl": 59}, "ttl: 59 is below the minimum, 60"),
        ({"dest": "{folder}/token", "ttl": 31536001}, "ttl: 31536001 is above the maximum"),
        ({"dest": "{folder}/token", "ttl": 60, "renew_before": 60}, "renew_before: 60 is not below ttl"),
        ({"dest": "{folder}/token", "id": NOWHERE}, "id: it selects what to revoke"),
        ({"state": "created", "criteria": "all"}, "criteria: it selects what to revoke"),
        ({"state": "absent"}, "id: say which token to revoke"),
        ({"state": "absent", "id": NOWHERE, "criteria": "all"}, "id: say which token to revoke"),
        ({"state": "absent", "id": "mine"}, "id: 'mine' is not the UUID of a token"),
    ],
)
def test_wrong_options(account: Mounted, tmp_path: Path, options: dict[str, Any], says: str) -> None:
    filled = {
        name: value.format(folder=tmp_path) if isinstance(value, str) else value
        for name, value in options.items()
    }
    with pytest.raises(InvalidOption) as caught:
        account.run("token", **filled)
    assert str(caught.value).startswith(says.format(folder=tmp_path)) and account.calls == []


def test_a_wrong_id_is_none_to_read(account: Mounted) -> None:
    with pytest.raises(InvalidOption, match="^id: 'mine' is not the UUID of a token"):
        account.info("token", id="mine")
    assert account.info("token", id=NOWHERE) == []


def test_a_lost_answer_makes_no_second_token(account: Mounted) -> None:
    """The call that makes a token is a GET, and yet is not made again."""
    account.fault("drop_after", "GET", "generate")
    with pytest.raises(CloudError):
        account.run("token", state="created")
    assert account.calls == [MADE] and len(listed(account)) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [('{"tokens": {}}', "tokens is an object instead of a list"), ('{"tokens": [{}]}', "has no id")],
)
def test_an_answer_that_is_none(
    account: Mounted, monkeypatch: pytest.MonkeyPatch, body: str, says: str
) -> None:
    from pocketvdc import tokens as service
    from pocketvdc.call import Answer

    def answer(*_given: Any) -> Answer:
        return Answer(200, body, raw=True)

    monkeypatch.setattr(service.Service, "answer", answer)
    with pytest.raises(CloudError, match=says):
        account.info("token")


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://api.ionos.com/cloudapi/v6", "https://api.ionos.com/auth/v1"),
        ("http://127.0.0.1:8080/cloudapi/v5", "http://127.0.0.1:8080/auth/v1"),
        ("https://proxy.example.com/ionos/cloudapi/v6", "https://proxy.example.com/ionos/auth/v1"),
        ("https://proxy.example.com/v6", "https://proxy.example.com/auth/v1"),
    ],
)
def test_the_service_is_beside_the_api(url: str, service: str) -> None:
    connection = Connection.resolve({"api_url": url, "token": "x.y.z"}, {})
    assert connection.auth_url == service
