# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token service, and the vendor's configuration file (contract sections 14 and 15)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from pocketvdc import Cloud, Server
from pocketvdc.accounts import Account
from pocketvdc.testing import Api, Clock
from pocketvdc.vendorfile import config_file

TOKENS = "/auth/v1/tokens"
PASSWORD = "demo@example.com:demo-password"
YEAR = 365 * 24 * 3600


@pytest.fixture
def api(cloud: Cloud) -> Api:
    return Api(cloud, login=PASSWORD)


def generate(api: Api, **query: Any) -> str:
    reply = api.get(f"{TOKENS}/generate", query_string=query)
    assert reply.status == 200, reply.text
    assert set(reply.json) == {"token"}
    return str(reply.json["token"])


def parts(token: str) -> tuple[Any, Any]:
    """Header and payload of a JWT."""
    header, payload, signature = token.split(".")
    assert signature
    texts = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in (header, payload))
    first, second = (json.loads(text) for text in texts)
    return first, second


def bearer(api: Api, token: str) -> Api:
    return Api(api.cloud, login=token)


def test_a_token_is_a_jwt(api: Api) -> None:
    """[live test] Three parts; kid is its id; identity holds uuid, contractNumber, role and privileges."""
    header, payload = parts(generate(api))
    listed = api.get(TOKENS).json["tokens"]
    assert [entry["id"] for entry in listed] == [header["kid"]]
    me = api.get("/um/users?depth=1").json["items"][0]["id"]
    identity = payload["identity"]
    assert set(identity) == {"uuid", "contractNumber", "role", "privileges"}
    assert (identity["uuid"], identity["contractNumber"]) == (me, 31000001)


def test_a_token_ends(api: Api, clock: Clock) -> None:
    """[live test] One with ttl=60 is refused after 61 s."""
    user = bearer(api, generate(api, ttl=60))
    clock.advance(59)
    assert user.get("/datacenters").status == 200
    clock.advance(2)
    refused = user.get("/datacenters")
    assert (refused.status, refused.codes, refused.message) == (401, ["315"], "Unauthorized")


def test_a_token_ends_after_a_year(api: Api, clock: Clock) -> None:
    """[documented] Without ttl."""
    user = bearer(api, generate(api))
    clock.advance(YEAR - 1)
    assert user.get("/datacenters").status == 200
    clock.advance(2)
    assert user.get("/datacenters").status == 401


def test_entries(api: Api) -> None:
    """[documented] Four strings; the token itself is shown once."""
    kid = parts(generate(api, ttl=3600))[0]["kid"]
    (entry,) = api.get(TOKENS).json["tokens"]
    assert entry == {
        "id": kid,
        "href": f"http://localhost{TOKENS}/{kid}",
        "createdDate": "2023-11-14T22:13:20Z",
        "expirationDate": "2023-11-14T23:13:20Z",
    }
    assert api.get(f"{TOKENS}/{kid}").json == entry


def test_a_deleted_token_is_refused(api: Api) -> None:
    """[live test] 401 at the cloud API after DELETE."""
    token = generate(api)
    kid = parts(token)[0]["kid"]
    deleted = api.delete(f"{TOKENS}/{kid}")
    assert (deleted.status, deleted.json) == (200, {"success": True})
    assert bearer(api, token).get("/datacenters").status == 401
    assert (api.get(f"{TOKENS}/{kid}").status, api.get(TOKENS).json["tokens"]) == (404, [])


def test_tokens_by_criteria(api: Api, clock: Clock) -> None:
    """[documented] ALL, EXPIRED, and CURRENT, which needs Bearer."""
    generate(api, ttl=60)
    second, third = (generate(api) for _each in range(2))
    clock.advance(61)
    assert len(api.get(TOKENS).json["tokens"]) == 3
    assert api.delete(f"{TOKENS}?criteria=EXPIRED").json == {"success": True}
    assert len(api.get(TOKENS).json["tokens"]) == 2
    assert api.delete(f"{TOKENS}?criteria=CURRENT").status == 404
    assert bearer(api, second).delete(f"{TOKENS}?criteria=CURRENT").status == 200
    assert bearer(api, second).get("/datacenters").status == 401
    assert bearer(api, third).get("/datacenters").status == 200
    assert api.delete(f"{TOKENS}?criteria=ALL").status == 200
    assert api.get(TOKENS).json["tokens"] == []
    assert bearer(api, "demo-token").get("/datacenters").status == 200


def test_a_token_makes_tokens(api: Api) -> None:
    """[documented] Basic or Bearer."""
    made = generate(bearer(api, generate(api)))
    assert bearer(api, made).get("/datacenters").status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "", 422),
        ("DELETE", "?criteria=SOME", 422),
        ("GET", "/nonsense", 422),
        ("DELETE", "/00000000-0000-0000-0000-000000000000", 404),
        ("GET", "/generate?ttl=soon", 422),
        ("GET", "/generate?ttl=0", 422),
        ("POST", "", 405),
        ("POST", "/generate", 405),
    ],
)
def test_refused_calls(api: Api, method: str, path: str, status: int) -> None:
    """[documented] The shape of errors and the codes 404 and 422; which case has which is (inferred)."""
    reply = api.call(method, TOKENS + path)
    assert (reply.status, reply.json["httpStatus"]) == (status, status)


def test_tokens_are_one_s_own(api: Api) -> None:
    """(inferred) A list holds the tokens of its user."""
    kid = parts(generate(api))[0]["kid"]
    other = Api(api.cloud, login="other@example.com:other-password")
    assert other.get(TOKENS).json["tokens"] == []
    assert other.delete(f"{TOKENS}/{kid}").status == 404
    assert Api(api.cloud, login="nobody@example.com:x").get(TOKENS).status == 401


def test_users_of_several_contracts_name_one(clock: Clock) -> None:
    """[documented] The header is required here; the token then needs none for the other APIs."""
    accounts = [Account("ada@example.com", "secret", number) for number in (31000001, 31000002)]
    api = Api(Cloud(clock=clock, accounts=accounts), login="ada@example.com:secret")
    assert api.get(f"{TOKENS}/generate").status == 403
    reply = api.get(f"{TOKENS}/generate", headers={"X-Contract-Number": "31000002"})
    token = reply.json["token"]
    assert parts(token)[1]["identity"]["contractNumber"] == 31000002
    (contract,) = bearer(api, token).get("/contracts").json["items"]
    assert contract["properties"]["contractNumber"] == 31000002


def test_two_factors_leave_no_password(api: Api) -> None:
    """[documented] Since March 2024: Basic is refused, and tokens are made in the console only."""
    admin = bearer(api, "demo-token")
    person = {"firstname": "A", "lastname": "A", "email": "ada@example.com", "password": "secret-secret"}
    ada = admin.make("/um/users", **person)
    login = Api(api.cloud, login="ada@example.com:secret-secret")
    token = generate(login)
    given = {**person, "administrator": False, "forceSecAuth": True, "secAuthActive": True}
    assert admin.put(ada, {"properties": given}).status == 202
    assert login.get("/datacenters").status == 401
    assert bearer(api, token).get("/datacenters").status == 200
    assert bearer(api, token).get(f"{TOKENS}/generate").status == 403


# The configuration file


def test_the_vendor_s_configuration_file() -> None:
    """[documented] Section 15: the profile names the environment, whose endpoints reach a running emulator."""
    with Server(Cloud()) as server:
        file = yaml.safe_load(config_file(server.url))
        (profile,) = file["profiles"]
        (environment,) = file["environments"]
        assert file["currentProfile"] == profile["name"]
        assert profile["environment"] == environment["name"]
        assert (file["version"], file["failover"]) == (1.0, {"strategy": "none"})
        urls = {product["name"]: product["endpoints"][0]["name"] for product in environment["products"]}
        assert urls["cloud"] == urls["compute"]
        login = profile["credentials"]
        headers = {"Authorization": f"Bearer {login['token']}"}
        assert requests.get(f"{urls['cloud']}/datacenters", headers=headers).status_code == 200
        basic = (login["username"], login["password"])
        assert requests.get(f"{urls['auth']}/tokens/generate", auth=basic).status_code == 200


def test_the_file_trusts_the_emulator_s_certificate(tmp_path: Path) -> None:
    """[documented] certificateAuthData of the environment is the PEM; without a token none is named."""
    pem = tmp_path / "ca.pem"
    pem.write_text("-----BEGIN CERTIFICATE-----\n", encoding="utf-8")
    account = Account("ada@example.com", "secret", 31000001)
    file = yaml.safe_load(config_file("https://127.0.0.1:1/", account, pem))
    (environment,) = file["environments"]
    assert environment["certificateAuthData"] == pem.read_text(encoding="utf-8")
    assert environment["products"][0]["endpoints"][0]["name"] == "https://127.0.0.1:1/cloudapi/v6"
    assert file["profiles"][0]["credentials"] == {"username": "ada@example.com", "password": "secret"}
