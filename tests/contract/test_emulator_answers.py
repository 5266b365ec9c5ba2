# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are no more complete than the recorded ones, and what they carry (contract sections 3, 6, 8, 11)."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from contract.schema.world import AUTH
from pocketvdc import Server
from pocketvdc.testing import Api, ident

MILLISECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.mark.parametrize(("version", "form"), [(4, MILLISECONDS), (6, WHOLE)])
def test_the_date_of_a_request(api: Api, version: int, form: re.Pattern[str]) -> None:
    """[v4, recorded, 2019] With milliseconds; later recordings have whole seconds."""
    api.datacenter()
    (request,) = Api(api.cloud, version).get("/requests?depth=1").json["items"]
    assert form.fullmatch(request["metadata"]["createdDate"])


def test_the_request_of_a_deletion(api: Api) -> None:
    """[v4, recorded, 2019] No key body; the headers still hold content-length."""
    with Server(api.cloud) as server:
        url, auth = f"{server.url}/cloudapi/v6{api.datacenter()}", AUTH
        location = requests.delete(url, auth=auth).headers["Location"]
    request = api.get(location.split("/v6")[1].removesuffix("/status")).json["properties"]
    assert (request["method"], "body" in request) == ("DELETE", False)
    assert request["headers"]["content-length"] == "0"


def test_a_v4_creation_has_no_entities(api: Api) -> None:
    """[v4, recorded, 2016] The key is missing, not null; what was nested is echoed."""
    old = Api(api.cloud, 4)
    answer = old.post("/datacenters", {"properties": {"location": "de/fra"}}).json
    assert "entities" not in answer
    assert "entities" in old.get(f"/datacenters/{answer['id']}").json
    lans = {"lans": {"items": [{"properties": {"name": "x"}}]}}
    nested = old.post("/datacenters", {"properties": {"location": "de/fra"}, "entities": lans}).json
    assert set(nested["entities"]) == {"lans"}


@pytest.mark.parametrize(
    ("version", "given", "answered"), [(4, None, None), (4, True, True), (6, None, False)]
)
def test_the_firewall_of_a_new_nic(api: Api, version: int, given: bool | None, answered: bool | None) -> None:
    """[v4, recorded, 2016] Null in the answer when omitted, false once it is DONE."""
    client = Api(api.cloud, version)
    path = f"{client.server(client.datacenter())}/nics"
    body: dict[str, Any] = {"lan": 1} if given is None else {"lan": 1, "firewallActive": given}
    answer = client.post(path, {"properties": body}).json
    assert answer["properties"]["firewallActive"] is answered
    assert client.properties(f"{path}/{answer['id']}")["firewallActive"] is bool(given)


def test_defaults_of_an_http_rule_appear_later(api: Api) -> None:
    """[recorded, 2023] clientTimeout and statusCode that were not given are null in the POST answer."""
    dc = api.datacenter()
    lan = int(ident(api.make(f"{dc}/lans", public=False)))
    balancer = api.make(
        f"{dc}/applicationloadbalancers", name="b", listenerLan=lan, targetLan=lan, ips=["10.1.1.1"]
    )
    rules = [
        {"name": "static", "type": "STATIC", "responseMessage": "no"},
        {"name": "away", "type": "REDIRECT", "location": "www.example.com"},
    ]
    values = {"name": "r", "protocol": "HTTP", "listenerIp": "10.1.1.1", "listenerPort": 80}
    path = f"{balancer}/forwardingrules"
    answer = api.post(path, {"properties": {**values, "httpRules": rules}}).json
    properties = answer["properties"]
    assert (properties["clientTimeout"], [r["statusCode"] for r in properties["httpRules"]]) == (
        None,
        [None, None],
    )
    found = api.properties(f"{path}/{answer['id']}")
    assert (found["clientTimeout"], [r["statusCode"] for r in found["httpRules"]]) == (50000, [503, 301])
    assert api.put(f"{path}/{answer['id']}", {"properties": {**values, "httpRules": rules}}).status == 202
    assert api.properties(f"{path}/{answer['id']}") == found


# Headers (contract section 8.1)

RATE = {"X-RateLimit-Limit", "X-RateLimit-Burst", "X-RateLimit-Remaining"}
OPEN = {
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Server",
    "X-Frame-Options",
}


def test_headers_of_each_kind_of_answer(api: Api) -> None:
    """[documented], the CORS set [recorded, 2023]: which answers have which headers."""
    dc = api.datacenter()
    user = api.make("/um/users", firstname="A", lastname="A", email="a@example.com", password="secret-se",
                    administrator=True)  # fmt: skip
    label = {"properties": {"key": "k", "value": "v"}}
    answers = {
        "read": (api.get(dc), 200, True, False),
        "read with depth": (api.get(f"{dc}?depth=1"), 200, False, False),
        "list": (api.get("/datacenters"), 200, False, False),
        "write": (api.patch(dc, {"name": "x"}), 202, False, True),
        "user management": (api.post("/um/groups", {"properties": {"name": "g"}}), 202, False, True),
        "s3 key": (api.post(f"{user}/s3keys"), 200, False, True),
        "label": (api.post(f"{dc}/labels", label), 201, False, False),
        "deletion of a label": (api.delete(f"{dc}/labels/k"), 200, False, False),
        "deletion": (api.delete(dc), 202, False, True),
    }
    for name, (reply, status, etag, location) in answers.items():
        assert reply.status == status, (name, reply.text)
        assert set(reply.headers.keys()) >= RATE | OPEN, name
        assert ("ETag" in reply.headers, "Location" in reply.headers) == (etag, location), name
    assert answers["deletion"][0].text == ""


def test_headers_of_a_limited_call(api: Api) -> None:
    """[documented] A 429 has the rate-limit headers and Retry-After."""
    assert api.post("/_emulator/settings", {"rate_limit": "1/1"}).status == 200
    reply = next(r for r in (api.get("/datacenters") for _each in range(5)) if r.status == 429)
    assert set(reply.headers.keys()) >= RATE | {"Retry-After"}
    assert int(reply.headers["Retry-After"]) >= 1


# Filters (contract section 5)


def test_a_filter_in_any_case(api: Api) -> None:
    """[live test] imageType=hdd finds HDD."""
    images = api.get("/images?depth=1&filter.imageType=hdd").json["items"]
    assert {image["properties"]["imageType"] for image in images} == {"HDD"}


def test_a_filter_on_what_does_not_exist(api: Api) -> None:
    """[documented] No error: the list is empty."""
    api.datacenter()
    assert api.get("/datacenters?depth=1&filter.colour=red").json["items"] == []
