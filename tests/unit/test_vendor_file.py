# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration file of the vendor's tools as the last source of credentials (contract section 15)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine import yamls
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    InvalidOption,
    MissingLibrary,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import (
    DEFAULT_URL,
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.vendor_file import PLACES
from pocketvdc.vendorfile import config_file

SECRET = "s3cretInTheFile"
LOGIN = {"username": "ada@example.com", "password": SECRET}
PEM = trustme.CA().cert_pem.bytes().decode()

Write = Callable[..., dict[str, str]]


def content(**more: Any) -> dict[str, Any]:
    """A file with one profile and one environment; ``more`` are keys of its endpoint."""
    endpoint = {"name": "https://api.test/cloudapi/v6", **more}
    return {
        "version": 1.0,
        "currentProfile": "ada",
        "profiles": [
            {"name": "other", "environment": "prod", "credentials": {"token": "0ther"}},
            {"name": "Ada", "environment": "prod", "credentials": LOGIN},
        ],
        "environments": [
            {
                "name": "staging",
                "products": [{"name": "cloud", "endpoints": [{"name": "https://staging.test"}]}],
            },
            {"name": "prod", "products": [{"name": " Compute", "endpoints": [endpoint]}]},
        ],
    }


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below a home folder; returns the environment of a task there."""

    def written(data: Any, place: str = PLACES[0]) -> dict[str, str]:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(data if isinstance(data, str) else yaml.safe_dump(data), encoding="utf-8")
        return {"HOME": str(tmp_path)}

    return written


def resolve(environ: dict[str, str], **options: Any) -> Connection:
    return Connection.resolve(options, environ)


@pytest.mark.parametrize("place", PLACES)
def test_the_file_is_found_where_the_vendor_s_tools_keep_it(write: Write, place: str) -> None:
    connection = resolve(write(content(), place))
    assert (connection.credentials.username, connection.credentials.password) == (LOGIN["username"], SECRET)
    assert (connection.url, connection.version, connection.verify) == (
        "https://api.test/cloudapi/v6",
        6,
        True,
    )


def test_the_first_place_wins(write: Write) -> None:
    for place, name in zip(PLACES, ("first", "second", "third"), strict=True):
        environ = write(
            {"currentProfile": "x", "profiles": [{"name": "x", "credentials": {"token": name}}]}, place
        )
    assert resolve(environ).credentials.token == "first"


def test_the_command_line_client_s_folder_may_be_elsewhere(write: Write, tmp_path: Path) -> None:
    environ = write(content(), "elsewhere/ionosctl/config.yaml")
    assert resolve({**environ, "XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}).credentials.password == SECRET


@pytest.mark.parametrize("variable", ["PROFITBRICKS_CONFIG_FILE", "IONOS_CONFIG_FILE"])
def test_a_variable_names_the_file(write: Write, tmp_path: Path, variable: str) -> None:
    write({"currentProfile": "x", "profiles": [{"name": "x", "credentials": {"token": "usual"}}]})
    environ = write(content(), "mine.yml")
    assert resolve({**environ, variable: str(tmp_path / "mine.yml")}).credentials.password == SECRET
    assert resolve({**environ, variable: "~/mine.yml"}).credentials.password == SECRET


def test_a_variable_names_the_profile(write: Write) -> None:
    environ = write(content())
    assert resolve({**environ, "IONOS_CURRENT_PROFILE": " OTHER "}).credentials.token == "0ther"


@pytest.mark.parametrize(
    ("options", "environ"),
    [({"token": "own"}, {}), ({}, {"PROFITBRICKS_TOKEN": "own"}), ({}, {"IONOS_TOKEN": "own"})],
)
def test_credentials_from_elsewhere_leave_the_whole_file_aside(
    write: Write, options: dict[str, str], environ: dict[str, str]
) -> None:
    connection = resolve({**write("]: not YAML"), **environ}, **options)
    assert (connection.credentials.token, connection.url) == ("own", DEFAULT_URL)


def test_half_a_login_is_not_completed_from_the_file(write: Write) -> None:
    with pytest.raises(InvalidOption, match="password: not set; give the option"):
        resolve(write(content()), username="eve@example.com")


@pytest.mark.parametrize(
    ("options", "environ"),
    [({"use_config_file": False}, {}), ({}, {"PROFITBRICKS_USE_CONFIG_FILE": "no"})],
)
def test_one_option_switches_it_off(write: Write, options: dict[str, Any], environ: dict[str, str]) -> None:
    with pytest.raises(InvalidOption, match="No credentials") as caught:
        resolve({**write(content()), **environ}, **options)
    assert "configuration file" not in str(caught.value)


def test_the_token_of_a_profile_wins(write: Write) -> None:
    both = content()
    both["profiles"][1]["credentials"] = {**LOGIN, "token": " t0ken\n"}
    assert resolve(write(both)).credentials.header() == "Bearer t0ken"


def test_a_password_of_digits_stays_as_it_is_written(write: Write) -> None:
    text = (
        "{currentProfile: x, profiles: [{name: x, credentials: {username: a@b.c, password: 0123, token: }}]}"
    )
    assert resolve(write(text)).credentials.password == "0123"


# -- endpoints -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("https://api.test", "https://api.test/cloudapi/v6"),
        ("https://api.test/cloudapi/v5/", "https://api.test/cloudapi/v5"),
        ("api.test", "https://api.test/cloudapi/v6"),
        ("http://127.0.0.1:8080/cloudapi/v6", "http://127.0.0.1:8080/cloudapi/v6"),
    ],
)
def test_an_endpoint_is_an_address_with_or_without_a_path(write: Write, name: str, url: str) -> None:
    assert resolve(write(content(name=name))).url == url


def test_an_address_that_a_task_gives_wins_with_its_own_tls(write: Write) -> None:
    environ = write(content(skipTlsVerify=True, certificateAuthData=PEM))
    for connection in (
        resolve(environ, api_url="https://own.test"),
        resolve({**environ, "IONOS_API_URL": "https://own.test"}),
    ):
        assert connection.url == "https://own.test/cloudapi/v6"
        assert (connection.verify, connection.authorities) == (True, "")
        assert connection.credentials.password == SECRET


def test_a_file_without_environments_leads_to_the_living_service(write: Write) -> None:
    bare = content()
    del bare["environments"]
    assert resolve(write(bare)).url == DEFAULT_URL


def test_without_an_environment_the_first_that_has_the_product_counts(write: Write) -> None:
    bare = content()
    del bare["profiles"][1]["environment"]
    assert resolve(write(bare)).url == "https://staging.test/cloudapi/v6"


def test_an_endpoint_for_one_location_is_passed_over(write: Write) -> None:
    several = content()
    endpoints = several["environments"][1]["products"][0]["endpoints"]
    endpoints.insert(0, {"name": "https://fra.test", "location": "de/fra"})
    assert resolve(write(several)).url == "https://api.test/cloudapi/v6"
    del endpoints[1]
    with pytest.raises(InvalidOption, match="api_url: .*single locations only"):
        resolve(write(several))
    assert resolve(write(several), api_url="https://own.test").url == "https://own.test/cloudapi/v6"


def test_tls_is_as_the_file_says_unless_the_task_does(write: Write) -> None:
    environ = write(content(skipTlsVerify=True, certificateAuthData=PEM))
    connection = resolve(environ)
    assert (connection.verify, connection.authorities) == (False, PEM)
    assert resolve(environ, validate_certs=True).verify is True
    own = resolve(environ, ca_path=__file__)
    assert (own.verify, own.authorities) == (__file__, "")


def test_authorities_are_trusted_beside_the_others(write: Write) -> None:
    transport = resolve(write(content(certificateAuthData=PEM))).transport()
    adapter = transport.session.get_adapter("https://api.test/")
    subjects = [dict(each[0] for each in ca["subject"]) for ca in adapter._context.get_ca_certs()]  # type: ignore[attr-defined]
    assert any("trustme" in each.get("organizationName", "") for each in subjects)
    assert len(subjects) > 1


def test_an_authority_that_is_none_is_told(write: Write) -> None:
    with pytest.raises(InvalidOption, match="certificateAuthData"):
        resolve(write(content(certificateAuthData="no PEM"))).transport()


def test_the_emulator_s_own_file_is_read(write: Write) -> None:
    connection = resolve(write(config_file("http://127.0.0.1:8080")))
    assert connection.url == "http://127.0.0.1:8080/cloudapi/v6"


# -- what is wrong with it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({**content(), "currentProfile": "nobody"}, "has no profile 'nobody'"),
        ({"profiles": content()["profiles"]}, "has no currentProfile"),
        ({**content(), "profiles": []}, "has no profile 'ada'"),
        ({**content(), "profiles": SECRET}, "has no profile 'ada'"),
        ({"currentProfile": "x", "profiles": [{"name": "x"}]}, "the profile 'x' in .* has no token"),
        (
            {
                "currentProfile": "x",
                "profiles": [{"name": "x", "credentials": {"username": "a", "password": None}}],
            },
            "the profile 'x' in .* has no token, and no username with a password",
        ),
    ],
)
def test_what_lacks_credentials_tells_why(write: Write, data: Any, says: str) -> None:
    with pytest.raises(InvalidOption, match=f"No credentials: give token.*{says}"):
        resolve(write(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff\xfe\xff",
        b"- a list",
        f"password: {SECRET}\n  token: {SECRET}".encode(),
        f"password: '{SECRET}".encode(),
        b"[" * 5000,
        b"a: *unknown",
        b"? [a]\n: b",
    ],
)
def test_a_file_of_anything_else_is_one_line_without_its_content(write: Write, data: bytes) -> None:
    with pytest.raises(InvalidOption, match="use_config_file: .*config.yaml") as caught:
        resolve(write(data))
    text = str(caught.value)
    assert SECRET not in text and "\n" not in text
    assert "set use_config_file to false" in text


@pytest.mark.parametrize("key", ["environments", "products", "endpoints", "profiles", "credentials"])
@pytest.mark.parametrize("value", [SECRET, 7, None, {}, [], [[]], [None], {"name": []}])
def test_words_of_another_shape_raise_nothing_but_our_own_errors(write: Write, key: str, value: Any) -> None:
    data = content()
    holders = {
        "environments": data,
        "profiles": data,
        "products": data["environments"][1],
        "endpoints": data["environments"][1]["products"][0],
        "credentials": data["profiles"][1],
    }
    holders[key][key] = value
    try:
        resolve(write(data))
    except InvalidOption as error:
        assert SECRET not in str(error)


def test_an_environment_that_is_not_there_never_leads_to_another(write: Write) -> None:
    data = content()
    data["profiles"][1]["environment"] = "gone"
    with pytest.raises(InvalidOption, match="use_config_file: .* has no environment 'gone'"):
        resolve(write(data))


def test_an_endpoint_that_is_no_address_names_the_file(write: Write) -> None:
    with pytest.raises(InvalidOption, match="use_config_file: the endpoint.*http"):
        resolve(write(content(name="ftp://api.test")))


def test_a_named_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match="No credentials.*there is no file /nowhere/config"):
        resolve({"HOME": str(tmp_path), "IONOS_CONFIG_FILE": "/nowhere/config"})


def test_a_missing_library_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamls, "MISSING", ImportError("No module named 'yaml'"))
    with pytest.raises(MissingLibrary, match="PyYAML cannot be imported by .*-m pip install PyYAML"):
        resolve(write(content()))
