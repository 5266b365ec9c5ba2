# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How options and environment become a connection."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.settings import secrets_in
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import managing
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import (
    CONNECTION,
    DEFAULT_URL,
    Connection,
    variables,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils.version import COLLECTION_VERSION
from catalogue import KINDS
from unit.mounted import Mounted

LOGIN = {"username": "ada@example.com", "password": "s3cret"}
# Paths that are there, as ca_path wants them.
AUTHORITIES = (__file__, str(Path(__file__).parent), sys.executable)
NAMES = ("api_url", "username", "password", "token", "contract_number", "validate_certs", "ca_path")


def resolve(options: dict[str, Any] | None = None, **environ: str) -> Connection:
    return Connection.resolve(options or {}, environ)


def test_the_living_service_is_the_default() -> None:
    connection = resolve(LOGIN)
    assert connection.url == DEFAULT_URL == "https://api.ionos.com/cloudapi/v6"
    assert (connection.version, connection.verify, connection.timeout, connection.retries) == (
        6,
        True,
        30.0,
        4,
    )
    assert connection.contract_number == ""


@pytest.mark.parametrize(
    ("option", "field", "own", "profitbricks", "ionos"),
    [
        ("api_url", "url", "http://own.test/v5", "http://pb.test/v5", "http://io.test/v5"),
        ("contract_number", "contract_number", "1", "2", "3"),
        ("ca_path", "verify", *AUTHORITIES),
    ],
)
def test_an_option_wins_over_profitbricks_over_ionos(
    option: str, field: str, own: str, profitbricks: str, ionos: str
) -> None:
    first, second = variables(option)
    assert (first, second) == (f"PROFITBRICKS_{option.upper()}", f"IONOS_{option.upper()}")
    environ = {first: profitbricks, second: ionos}
    assert getattr(resolve({**LOGIN, option: own}, **environ), field) == own
    assert getattr(resolve({**LOGIN, option: None}, **environ), field) == profitbricks
    assert getattr(resolve({**LOGIN, option: ""}, **environ), field) == profitbricks
    assert getattr(resolve(LOGIN, **{first: "", second: ionos}), field) == ionos


@pytest.mark.parametrize(
    ("option", "field", "values"),
    [
        ("api_timeout", "timeout", (5.0, "2.5", "7")),
        ("api_retries", "retries", (0, "1", "2")),
        ("validate_certs", "verify", (False, "true", "no")),
    ],
)
def test_numbers_and_switches_have_environment_names_too(
    option: str, field: str, values: tuple[Any, str, str]
) -> None:
    own, profitbricks, ionos = values
    environ = {f"PROFITBRICKS_{option.upper()}": profitbricks, f"IONOS_{option.upper()}": ionos}
    read: Any = {"timeout": float, "retries": int, "verify": lambda text: text == "true"}[field]
    assert getattr(resolve({**LOGIN, option: own}, **environ), field) == own
    assert getattr(resolve(LOGIN, **environ), field) == read(profitbricks)
    del environ[f"PROFITBRICKS_{option.upper()}"]
    assert getattr(resolve(LOGIN, **environ), field) == read(ionos)


PLACES = {
    "options": lambda values: ({**values}, {}),
    "PROFITBRICKS_": lambda values: ({}, {f"PROFITBRICKS_{k.upper()}": v for k, v in values.items()}),
    "IONOS_": lambda values: ({}, {f"IONOS_{k.upper()}": v for k, v in values.items()}),
}


@pytest.mark.parametrize("place", PLACES)
def test_credentials_come_from_each_place(place: str) -> None:
    login = Connection.resolve(*PLACES[place](LOGIN)).credentials
    assert (login.username, login.password, login.token) == ("ada@example.com", "s3cret", "")
    token = Connection.resolve(*PLACES[place]({"token": "t0ken"})).credentials
    assert (token.username, token.password, token.token) == ("", "", "t0ken")


@pytest.mark.parametrize("place", PLACES)
def test_the_token_wins_where_one_place_gives_both_kinds(place: str) -> None:
    credentials = Connection.resolve(*PLACES[place]({**LOGIN, "token": "t0ken"})).credentials
    assert credentials.header() == "Bearer t0ken"


def test_a_login_in_the_options_wins_over_a_token_in_the_environment() -> None:
    credentials = resolve(LOGIN, PROFITBRICKS_TOKEN="env", IONOS_TOKEN="env").credentials
    assert credentials.header().startswith("Basic ")


def test_a_token_in_the_options_wins_over_a_login_in_the_environment() -> None:
    environ = {"PROFITBRICKS_USERNAME": "x@example.com", "PROFITBRICKS_PASSWORD": "y"}
    assert resolve({"token": "own"}, **environ).credentials.header() == "Bearer own"


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_token_does_not_hide_the_login(empty: str | None) -> None:
    assert resolve({**LOGIN, "token": empty}).credentials.header().startswith("Basic ")
    environ = {"PROFITBRICKS_TOKEN": "", "IONOS_TOKEN": "", "IONOS_USERNAME": "a@b.c", "IONOS_PASSWORD": "p"}
    assert resolve({"token": empty}, **environ).credentials.username == "a@b.c"


def test_a_half_login_is_completed_from_the_next_place() -> None:
    credentials = resolve({"username": "ada@example.com"}, PROFITBRICKS_PASSWORD="env").credentials
    assert (credentials.username, credentials.password) == ("ada@example.com", "env")


def test_a_half_login_that_nothing_completes_gives_way_to_a_token() -> None:
    credentials = resolve({"username": "ada@example.com"}, IONOS_TOKEN="t0ken").credentials
    assert credentials.header() == "Bearer t0ken"


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "No credentials: give token, or username and password"),
        (
            {"username": "ada@example.com"},
            "password: not set; give the option, or set PROFITBRICKS_PASSWORD or IONOS",
        ),
        (
            {"password": "s3cret"},
            "username: not set; give the option, or set PROFITBRICKS_USERNAME or IONOS",
        ),
    ],
)
def test_missing_credentials_say_what_to_give(options: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidOption, match=text) as caught:
        resolve(options)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("token", ["two\nlines", "two words", "t\u00f6ken", "dash\u2013", "nul\0"])
def test_a_token_that_no_header_can_hold_is_refused_unseen(token: str) -> None:
    for options, environ in (({"token": token}, {}), ({}, {"IONOS_TOKEN": token})):
        with pytest.raises(
            InvalidOption, match="^token: it contains a space, a line break or another"
        ) as caught:
            resolve(options, **environ)
        assert token not in str(caught.value)


@pytest.mark.parametrize("option", LOGIN)
def test_a_login_that_is_not_utf8_is_refused_unseen(option: str) -> None:
    odd = os.fsdecode("s3cr\u00e9t".encode("latin-1"))
    for given, environ in (({option: odd}, {}), ({option: None}, {f"IONOS_{option.upper()}": odd})):
        with pytest.raises(
            InvalidOption, match=f"^{option}: it contains something that is not UTF-8"
        ) as caught:
            resolve({**LOGIN, **given}, **environ)
        assert "s3cr" not in str(caught.value)


def test_the_end_of_a_file_s_line_is_no_part_of_a_token() -> None:
    assert resolve({"token": " t0ken\n"}).credentials.header() == "Bearer t0ken"


def test_a_task_s_result_holds_the_warning_of_its_connection() -> None:
    mounted = Mounted()
    mounted.cloud.connection = resolve({**LOGIN, "api_url": "http://api.ionos.com"})
    kind = KINDS["profitbricks_datacenter"]
    kind = replace(kind, provider=kind.provider._replace(connect=lambda *_parts: mounted.cloud))
    result = managing(kind).work({"name": "shop", "location": "de/fra", "state": "present"}, False, set())
    assert result["changed"] and result["warnings"] == mounted.cloud.warnings
    (text,) = mounted.cloud.warnings
    assert text.startswith("api_url: credentials are sent to api.ionos.com without TLS")


def test_so_does_the_result_of_one_that_fails() -> None:
    """Its credentials may have been sent all the same."""
    mounted = Mounted()
    mounted.cloud.connection = resolve({**LOGIN, "api_url": "http://api.ionos.com"})
    mounted.fault("status", "GET", status=401)
    kind = KINDS["profitbricks_datacenter"]
    kind = replace(kind, provider=kind.provider._replace(connect=lambda *_parts: mounted.cloud))
    edge = managing(kind)
    with pytest.raises(ApiError) as caught:
        edge.work({"name": "shop", "location": "de/fra", "state": "present"}, False, set())
    assert edge.failure(caught.value)["warnings"] == mounted.cloud.warnings != []


def test_secrets_are_known_and_never_shown() -> None:
    credentials = resolve(LOGIN).credentials
    # A service may show what it was sent: the pair as the header holds it is a secret too.
    assert credentials.secrets() == {
        "s3cret",
        "YWRhQGV4YW1wbGUuY29tOnMzY3JldA==",
        # However it escapes the padding.
        "YWRhQGV4YW1wbGUuY29tOnMzY3JldA",
    }
    odd = resolve({**LOGIN, "password": "a/b c+ä"}).credentials.secrets()
    assert {"a/b c+ä", "a/b%20c%2B%C3%A4", "a%2Fb%20c%2B%C3%A4", "a%2Fb+c%2B%C3%A4"} < odd
    assert credentials.header().endswith(" YWRhQGV4YW1wbGUuY29tOnMzY3JldA==")
    assert resolve({"token": "t0ken"}).credentials.secrets() == {"t0ken"}
    assert "s3cret" not in repr(credentials) and "ada" not in repr(credentials)
    assert "s3cret" not in repr(resolve(LOGIN))


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("https://api.ionos.com/cloudapi/v6", set()),
        ("https://api.ionos.com:443/cloudapi/v6?depth=1&page=2", set()),
        ("https://ada:s3cret@api.ionos.com/v6", {"s3cret"}),
        ("https://ada:s3/cr@et@api.ionos.com/v6", {"s3/cr@et"}),
        ("ada:s3cret@api.ionos.com", {"s3cret"}),
        ("https://t0ken@api.ionos.com", {"t0ken"}),
        ("https://t0ken:@api.ionos.com", {"t0ken"}),
        ("https://ada:s3%21@api.ionos.com", {"s3%21", "s3!"}),
        ("https://ada%3As3%21cret%40api.ionos.com/v6", {"s3!cret", "s3%21cret"}),
        ("https://ada:s3cret", {"s3cret"}),
        ("ada:s3cret/v6", {"s3cret"}),
        ("https://[::1]:8080/v6", set()),
        ("https://api.ionos.com/v6?token=t0k&depth=1", {"t0k"}),
        ("https://api.ionos.com/v6?x=a-long-secret", {"a-long-secret"}),
        ("https://api.ionos.com/v6?a-long-secret", {"a-long-secret"}),
        ("https://api.ionos.com/v6#a-long-secret", {"a-long-secret"}),
        ("https://api.ionos.com/v6;pw=t0k", {"t0k"}),
        ("https://api.ionos.com/token=t0k/v6", {"t0k"}),
        ("https://api.ionos.com/region=fra/v6", set()),
        ("", set()),
    ],
)
def test_what_may_be_a_secret_in_an_address_is_kept_out_of_sight(url: str, secrets: set[str]) -> None:
    assert secrets_in(url) == secrets


@pytest.mark.parametrize(
    ("url", "warns"),
    [
        ("https://api.ionos.com/cloudapi/v6", False),
        ("http://127.0.0.1:8080", False),
        ("http://127.9.9.9", False),
        ("http://[::1]:8080", False),
        ("http://localhost:8080", False),
        ("http://api.localhost", False),
        ("http://api.ionos.com", True),
        ("http://10.0.0.1", True),
        ("http://localhost.example.com", True),
    ],
)
def test_credentials_without_tls_are_warned_of_unless_they_stay_on_the_machine(url: str, warns: bool) -> None:
    assert bool(resolve({**LOGIN, "api_url": url}).warnings) is warns


@pytest.mark.parametrize(
    ("given", "url", "version"),
    [
        ("https://api.profitbricks.com/cloudapi/v4", "https://api.profitbricks.com/cloudapi/v4", 4),
        ("https://api.ionos.com/cloudapi/v5/", "https://api.ionos.com/cloudapi/v5", 5),
        ("https://api.ionos.com", "https://api.ionos.com/cloudapi/v6", 6),
        ("https://api.ionos.com/", "https://api.ionos.com/cloudapi/v6", 6),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/cloudapi/v6", 6),
        ("http://[::1]:8080/cloudapi/v4", "http://[::1]:8080/cloudapi/v4", 4),
        ("https://proxy.example.com/ionos", "https://proxy.example.com/ionos", 6),
        ("https://proxy.example.com/ionos/v5", "https://proxy.example.com/ionos/v5", 5),
    ],
)
def test_forms_of_the_address(given: str, url: str, version: int) -> None:
    connection = resolve({**LOGIN, "api_url": given})
    assert (connection.url, connection.version) == (url, version)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("api.ionos.com", "not an http or https address"),
        ("ftp://api.ionos.com", "not an http or https address"),
        ("http://", "not an http or https address"),
        ("nonsense", "not an http or https address"),
        ("https://ada:s3cret@api.ionos.com/cloudapi/v6", "must not contain credentials"),
        ("https://api.ionos.com/cloudapi/v6?depth=5", "without [?] or #"),
        ("https://api.ionos.com/cloudapi/v6#top", "without [?] or #"),
        ("https://api.ionos.com/cloudapi/v3", "version 3 of the API is not supported"),
        ("https://api.ionos.com/cloudapi/v7", "version 7 of the API is not supported"),
        ("https://api.ionos.com:notaport/cloudapi/v6", "not an http or https address"),
        ("https://api.ionos.com:99999/cloudapi/v6", "not an http or https address"),
        ("https://[::1/cloudapi/v6", "not an http or https address"),
        ("https://ada%3As3cret%40api.ionos.com/cloudapi/v6", "not an http or https address"),
        ("https://api.ionos.com/s3cret@/cloudapi/v6", "its path seems to contain credentials; use username"),
        ("https://api.ionos.com/cloudapi/v6;pw=s3cret", "its path seems to contain credentials"),
        ("https://api.ionos.com/token=s3cret/cloudapi/v6", "its path seems to contain credentials"),
        ("https://api.ionos.com/cloudapi/v6&s3cret-and-long", "its path seems to contain credentials"),
    ],
)
def test_a_bad_address_is_refused(given: str, text: str) -> None:
    with pytest.raises(InvalidOption, match=text) as caught:
        resolve({**LOGIN, "api_url": given})
    assert str(caught.value).startswith("api_url: ")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "environ", "text"),
    [
        ({"api_timeout": -1.0}, {}, "api_timeout: -1.0 is below"),
        ({"api_timeout": 0.0}, {}, "api_timeout: it must be more than 0 seconds"),
        ({}, {"IONOS_API_TIMEOUT": "0"}, "api_timeout: it must be more than 0 seconds"),
        ({"api_retries": -1}, {}, "api_retries: -1 is below"),
        ({"api_retries": 21}, {}, "api_retries: 21 is above the maximum, 20"),
        ({"contract_number": "12x"}, {}, "contract_number: '12x' is not a number"),
        ({}, {"IONOS_CONTRACT_NUMBER": "12x"}, "contract_number: '12x' is not a number"),
        (
            {},
            {"PROFITBRICKS_API_TIMEOUT": "soon"},
            "api_timeout: 'soon', from the environment, is not a number",
        ),
        ({}, {"IONOS_API_RETRIES": "many"}, "api_retries: 'many', from the environment, is not a number"),
        ({}, {"IONOS_API_RETRIES": "1e400"}, "api_retries: '1e400', from the environment, is not a number"),
        ({}, {"IONOS_API_TIMEOUT": "nan"}, "api_timeout: 'nan', from the environment, is not a number"),
        ({}, {"IONOS_API_RETRIES": "-3"}, "api_retries: it must not be negative"),
        (
            {},
            {"PROFITBRICKS_VALIDATE_CERTS": "maybe"},
            "validate_certs: 'maybe', from the environment, is neither true nor false",
        ),
    ],
)
def test_other_bad_values_are_refused(options: dict[str, Any], environ: dict[str, str], text: str) -> None:
    with pytest.raises(InvalidOption, match=text):
        resolve({**LOGIN, **options}, **environ)


@pytest.mark.parametrize(
    ("options", "environ", "verify"),
    [
        ({}, {}, True),
        ({"validate_certs": True}, {"PROFITBRICKS_VALIDATE_CERTS": "false"}, True),
        ({"validate_certs": False}, {}, False),
        ({}, {"PROFITBRICKS_VALIDATE_CERTS": "0"}, False),
        ({"ca_path": __file__}, {}, __file__),
        ({"ca_path": __file__, "validate_certs": False}, {}, False),
    ],
)
def test_how_the_certificate_is_checked(
    options: dict[str, Any], environ: dict[str, str], verify: bool | str
) -> None:
    assert resolve({**LOGIN, **options}, **environ).verify == verify


def test_a_file_of_authorities_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidOption, match="ca_path: there is no file /nowhere/ca.pem"):
        resolve({**LOGIN, "ca_path": "/nowhere/ca.pem"})


def test_the_transport_carries_agent_contract_and_limits() -> None:
    connection = resolve({**LOGIN, "contract_number": "31415", "api_timeout": 3.0, "api_retries": 1})
    transport = connection.transport()
    headers = transport.session.headers
    assert str(headers["User-Agent"]).startswith(f"profitbricks.cloud/{COLLECTION_VERSION} Python/")
    assert headers["X-Contract-Number"] == "31415"
    assert (transport.timeout, transport.retries) == (3.0, 1)
    assert "X-Contract-Number" not in resolve(LOGIN).transport().session.headers


def test_secret_options_are_marked_as_such() -> None:
    assert {field.name for field in CONNECTION if field.secret} == {"password", "token"}
    assert {field.name for field in CONNECTION} >= set(NAMES)
