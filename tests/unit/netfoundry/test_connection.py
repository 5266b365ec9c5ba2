# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where credentials of the overlay come from, and how tokens are had, renewed and kept."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    BadAnswer,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.auth import Account, Auth
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.connection import (
    Connection,
)
from unit.scripted import Reply, Script, transport

OAUTH = "https://netfoundry-staging-mlvyyc.auth.us-east-1.amazoncognito.com/oauth2/token"
THREE = {"client_id": "a", "password": "b", "oauth_url": OAUTH}
FILE = {"name": "ci", "clientId": "3abc", "password": "s3cret", "authenticationUrl": OAUTH}
TRIPLE = {
    "NETFOUNDRY_CLIENT_ID": "env",
    "NETFOUNDRY_PASSWORD": "envs3cret",
    "NETFOUNDRY_OAUTH_URL": "https://login.test/token",
}


def jwt(**claims: Any) -> str:
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"head.{part}.sign"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current directory and a home without any credentials."""
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def write(path: Path, data: Any = None) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(FILE if data is None else data), encoding="utf-8")
    return str(path)


def account_of(options: dict[str, Any], environ: dict[str, str]) -> str:
    account = Connection.resolve(options, environ).account
    return account.client_id if account else ""


# -- where credentials come from ----------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["here", "home/.netfoundry", "home/.config/netfoundry"])
def test_the_usual_file_is_searched(folder: str, elsewhere: Path) -> None:
    write(elsewhere / folder / "credentials.json")
    assert account_of({}, {}) == "3abc"
    assert Connection.resolve({}, {}).secrets() == {"s3cret", "M2FiYzpzM2NyZXQ=", "M2FiYzpzM2NyZXQ"}


def test_the_first_folder_wins(elsewhere: Path) -> None:
    write(elsewhere / "home" / ".netfoundry" / "credentials.json")
    write(elsewhere / "here" / "credentials.json", {**FILE, "clientId": "project"})
    assert account_of({}, {}) == "project"


@pytest.mark.parametrize(
    "foreign", ["no JSON", [], {"installed": {"client_id": "x"}}, "[" * 100_000], ids=type
)
def test_a_file_of_another_service_is_passed_over_with_a_word(foreign: Any, elsewhere: Path) -> None:
    path = elsewhere / "here" / "credentials.json"
    path.write_text(foreign if isinstance(foreign, str) else json.dumps(foreign), encoding="utf-8")
    with pytest.raises(InvalidOption, match="No credentials: .*credentials.json .*; the file is skipped"):
        Connection.resolve({}, {})
    for options, environ in (({"token": "t"}, {}), ({}, {"NETFOUNDRY_API_TOKEN": "t"})):
        found = Connection.resolve(options, environ)
        assert (found.account, found.token) == (None, "t")
        assert [each.rpartition("; ")[2] for each in found.warnings] == ["the file is skipped"]
    # What says whose credentials are meant is not searched for.
    assert Connection.resolve({}, TRIPLE).warnings == []
    write(elsewhere / "home" / ".netfoundry" / "credentials.json")
    found = Connection.resolve({}, {})
    assert found.account is not None and len(found.warnings) == 1
    # One that a task names is no mistake to pass over.
    with pytest.raises(InvalidOption, match="^credentials: .*credentials.json"):
        Connection.resolve({"credentials": "credentials.json"}, {})


def test_a_file_of_another_name_is_searched_too(elsewhere: Path) -> None:
    write(elsewhere / "home" / ".netfoundry" / "ci.json")
    assert account_of({"credentials": "ci.json"}, {}) == "3abc"
    assert account_of({}, {"NETFOUNDRY_API_ACCOUNT": "ci.json"}) == "3abc"


def test_options_win_over_the_environment_and_that_over_files(elsewhere: Path) -> None:
    write(elsewhere / "here" / "credentials.json", {**FILE, "clientId": "file"})
    path = write(elsewhere / "other.json", {**FILE, "clientId": "named"})
    own = {"client_id": "own", "password": "x", "oauth_url": OAUTH}
    assert account_of({}, TRIPLE) == "env"
    assert account_of({}, {**TRIPLE, "NETFOUNDRY_API_ACCOUNT": path}) == "named"
    assert account_of({"credentials": path}, TRIPLE) == "named"
    assert account_of({**own, "credentials": path}, TRIPLE) == "own"


def test_what_is_missing_of_the_three_may_stand_in_the_environment() -> None:
    account = Connection.resolve({"client_id": "own"}, TRIPLE).account
    assert account == Account("own", "envs3cret", "https://login.test/token")


def test_a_token_needs_no_account_and_goes_with_one() -> None:
    assert Connection.resolve({}, {"NETFOUNDRY_API_TOKEN": " t0ken\n"}).token == "t0ken"
    both = Connection.resolve({"token": "mine"}, {"NETFOUNDRY_API_TOKEN": "other", **TRIPLE})
    assert (both.token, both.account and both.account.client_id) == ("mine", "env")


def test_the_token_of_the_environment_does_not_displace_an_account_of_the_options(elsewhere: Path) -> None:
    path = write(elsewhere / "ci.json")
    found = Connection.resolve({"credentials": path}, {"NETFOUNDRY_API_TOKEN": "other"})
    assert (found.token, found.account and found.account.client_id) == ("", "3abc")


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        ({}, {}, "No credentials: give credentials"),
        ({"credentials": "no.json"}, {}, "credentials: there is no file no.json"),
        ({}, {"NETFOUNDRY_API_ACCOUNT": "no.json"}, "NETFOUNDRY_API_ACCOUNT: there is no file no.json"),
        (
            {"client_id": "own"},
            {},
            "password and oauth_url: not set; give them as options, or set NETFOUNDRY_PASSWORD and "
            "NETFOUNDRY_OAUTH_URL",
        ),
        ({}, {"NETFOUNDRY_CLIENT_ID": "a"}, "password and oauth_url: "),
        ({**THREE, "client_id": "a\udcff"}, {}, "client_id: it contains something that is not UTF-8 text"),
        (
            {},
            {**{f"NETFOUNDRY_{x.upper()}": y for x, y in THREE.items()}, "NETFOUNDRY_PASSWORD": "a\udcff"},
            "password: it contains something that is not UTF-8 text",
        ),
        ({"token": "two words"}, {}, "token: it contains a space"),
        ({"token": "t", "api_url": "gateway"}, {}, "api_url: this is not an http"),
        ({"token": "t", "api_url": "https://a:b@c"}, {}, "use credentials, or client_id and password"),
        ({"token": "t", "api_url": "https://c/;pw=b"}, {}, "api_url: its path seems to contain credentials"),
        ({"token": "t", "api_timeout": 0.0}, {}, "api_timeout: it must be more than 0"),
        (
            {"token": "t"},
            {"NETFOUNDRY_API_RETRIES": "many"},
            "api_retries: 'many', from the environment, is not a number",
        ),
    ],
)
def test_what_cannot_work_is_refused(options: dict[str, Any], environ: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        Connection.resolve(options, environ)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"clientId": "a"}, "it has no password, authenticationUrl"),
        (["a"], "it has no clientId, "),
        ({"clientId": "a", "password": "\ud83d", "authenticationUrl": "u"}, "not UTF-8 text"),
    ],
)
def test_a_file_that_is_none_of_an_account_is_refused(data: Any, said: str, elsewhere: Path) -> None:
    path = write(elsewhere / "odd.json", data)
    with pytest.raises(InvalidOption, match=f"^credentials: .*{said}"):
        Connection.resolve({"credentials": path}, {})
    Path(path).write_text("no JSON", encoding="utf-8")
    with pytest.raises(InvalidOption, match="cannot be read as JSON"):
        Connection.resolve({"credentials": path}, {})


@pytest.mark.parametrize(
    ("options", "url"),
    [
        ({"client_id": "a", "password": "b", "oauth_url": OAUTH}, "https://gateway.staging.netfoundry.io"),
        ({"token": jwt(iss="https://cognito-idp.example", scope="https://gateway.sandbox.netfoundry.io//x")},
         "https://gateway.sandbox.netfoundry.io"),
        ({"token": jwt(iss="https://netfoundry-staging.auth0.com/")}, "https://gateway.staging.netfoundry.io"),
        ({"token": "opaque"}, "https://gateway.production.netfoundry.io"),
        ({"token": "opaque", "api_url": "http://127.0.0.1:8080/"}, "http://127.0.0.1:8080"),
    ],
    ids=["account", "token", "Auth0", "neither", "option"],
)  # fmt: skip
def test_the_environment_is_found_from_the_credentials(options: dict[str, Any], url: str) -> None:
    assert Connection.resolve(options, {}).url == url


# -- tokens -------------------------------------------------------------------------------------------------------

ACCOUNT = Account("3abc", "s3cret", "https://login.test/oauth2/token")


class Endpoint(Script):
    """A token endpoint; ``forms`` holds what it was asked."""

    def __init__(self, *steps: Any) -> None:
        super().__init__(*steps)
        self.forms: list[tuple[str, str, str]] = []

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        answer = super().send(request, *args, **options)
        sent = self.sent[-1]
        self.forms.append((sent.url, sent.headers["Authorization"], sent.body.decode()))
        return answer


class Clocked:
    """A login whose time is ``now``."""

    def __init__(self, endpoint: Script, token: str = "", account: Account | None = ACCOUNT, **more: Any):
        self.now = 1000.0
        self.told: list[str] = []

        basic = Credentials(username="3abc", password="s3cret")
        ask = transport(endpoint, auth=basic, url="https://login.test", retries=0)
        self.auth = Auth(
            token,
            account,
            ask,
            "scope",
            "https://gateway.test",
            tell=self.told.append,
            now=lambda: self.now,
            **more,
        )


def given(token: str, seconds: int = 3600) -> Reply:
    return Reply(200, {"access_token": token, "expires_in": seconds, "token_type": "Bearer"})


def test_a_token_is_asked_for_once_and_renewed_before_its_end() -> None:
    endpoint = Endpoint(given("one"), given("two"))
    clocked = Clocked(endpoint)
    assert [clocked.auth.header() for _twice in range(2)] == ["Bearer one", "Bearer one"]
    url, authorization, form = endpoint.forms[0]
    assert url == "https://login.test/oauth2/token" and len(endpoint.forms) == 1
    assert authorization == "Basic " + base64.b64encode(b"3abc:s3cret").decode()
    assert form == "grant_type=client_credentials&scope=scope"
    clocked.now += 3600 - 59
    assert clocked.auth.header() == "Bearer two"
    assert clocked.told == ["one", "two"]


def test_a_ready_made_token_is_used_to_its_end() -> None:
    endpoint = Endpoint(given("new"))
    clocked = Clocked(endpoint, token=jwt(exp=2000))
    assert clocked.auth.header() == f"Bearer {jwt(exp=2000)}"
    clocked.now = 1950
    assert clocked.auth.header() == "Bearer new"


def test_without_an_account_an_expired_token_is_an_error() -> None:
    clocked = Clocked(Endpoint(given("new")), token=jwt(exp=2000), account=None)
    clocked.now = 1999
    assert clocked.auth.header().startswith("Bearer head.")
    clocked.now = 2000
    with pytest.raises(InvalidOption, match="token: it has expired"):
        clocked.auth.header()


def test_a_token_whose_end_nobody_knows_is_used() -> None:
    assert Clocked(Endpoint(given("new")), token="opaque").auth.header() == "Bearer opaque"


def test_a_refused_account_says_why() -> None:
    with pytest.raises(ApiError, match="invalid_client .POST oauth2/token: HTTP 400"):
        Clocked(Endpoint(Reply(400, {"error": "invalid_client"}))).auth.header()


def test_a_token_is_kept_on_disk_when_asked_and_readable_by_its_owner_alone(elsewhere: Path) -> None:
    cache = elsewhere / "token.json"
    Clocked(Endpoint(given("one")), cache=cache).auth.header()
    assert cache.stat().st_mode & 0o777 == 0o600
    silent = Endpoint(Reply(500, b""))
    again = Clocked(silent, cache=cache)
    assert again.auth.header() == "Bearer one" and silent.forms == [] and again.told == ["one"]
    late = Clocked(Endpoint(given("two")), cache=cache)
    late.now += 3600
    assert late.auth.header() == "Bearer two"


@pytest.mark.parametrize("odd", ["no JSON", "[]", '{"token": "a"}'])
def test_a_cache_that_cannot_be_read_is_written_anew(odd: str, elsewhere: Path) -> None:
    cache = elsewhere / "token.json"
    cache.write_text(odd, encoding="utf-8")
    assert Clocked(Endpoint(given("one")), cache=cache).auth.header() == "Bearer one"
    assert json.loads(cache.read_text())["token"] == "one"


def test_the_token_of_another_account_is_not_used(elsewhere: Path) -> None:
    cache = elsewhere / "token.json"
    Clocked(Endpoint(given("one")), cache=cache).auth.header()
    other = Account("other", "s3cret", ACCOUNT.oauth_url)
    assert Clocked(Endpoint(given("two")), account=other, cache=cache).auth.header() == "Bearer two"


def test_a_kept_token_that_is_refused_is_given_up_once(elsewhere: Path) -> None:
    cache = elsewhere / "token.json"
    Clocked(Endpoint(given("one")), cache=cache).auth.header()
    clocked = Clocked(Endpoint(given("two")), cache=cache)
    clocked.auth.header()
    assert clocked.auth.forget("Bearer one") and not cache.exists()
    assert clocked.auth.header() == "Bearer two"
    assert not clocked.auth.forget("Bearer two")
    clocked.now += 600
    assert clocked.auth.forget("Bearer two")


def test_a_token_that_another_thread_has_renewed_is_kept() -> None:
    clocked = Clocked(Endpoint(given("one"), given("two"), given("three")))
    assert clocked.auth.header() == "Bearer one"
    assert clocked.auth.forget("Bearer one") and clocked.auth.header() == "Bearer two"
    # A second call was under way with the first token.
    assert clocked.auth.forget("Bearer one") and clocked.auth.header() == "Bearer two"


def test_a_token_without_an_account_is_not_given_up() -> None:
    assert not Clocked(Endpoint(given("new")), token="opaque", account=None).auth.forget("Bearer opaque")


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"access_token": 7}, {"access_token": ""}, {"access_token": "a\nb"}, {"error": "busy"}],
    ids=str,
)
def test_a_token_endpoint_that_gives_no_token_is_told_in_one_line(body: Any) -> None:
    with pytest.raises(
        BadAnswer, match="no token in it, so that oauth_url may not be a token endpoint"
    ) as caught:
        Clocked(Endpoint(Reply(body=body))).auth.header()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("lasts", ["x", None, [], {}, "nan", "inf", -5, 0, 10**400])
def test_a_lifetime_that_is_none_is_the_usual_one(lasts: Any) -> None:
    endpoint = Endpoint(Reply(200, {"access_token": "one", "expires_in": lasts}))
    clocked = Clocked(endpoint)
    assert clocked.auth.header() == "Bearer one"
    clocked.now += 3600 - 61
    assert clocked.auth.header() == "Bearer one" and len(endpoint.forms) == 1


def test_a_cache_that_cannot_be_written_is_an_error(elsewhere: Path) -> None:
    clocked = Clocked(Endpoint(given("one")), cache=elsewhere / "no" / "token.json")
    with pytest.raises(InvalidOption, match="token_cache: .* cannot be written: No such file"):
        clocked.auth.header()
