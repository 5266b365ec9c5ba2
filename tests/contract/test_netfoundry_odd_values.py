# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a client sends to the emulated NetFoundry, the answer is one of the service's, never a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest
import trustme

from pocketvdc import Cloud
from pocketvdc.netfoundry.rows import ROWS
from pocketvdc.netfoundry.testing import SOUND, NetFoundryApi
from pocketvdc.netfoundry.v3 import EDGE_ROUTERS

ODD: tuple[Any, ...] = (
    None, "", " ", "x", "#", "#x", "@x", "x" * 2000, "0", "-1", "true", "\u0000", "\ud800", 0, -1, 1.5, 1e300,
    2**70, True, [], [None], [[]], ["x"], ["#x"], [1], {}, {"id": None}, {"ott": []}, [{}], [{"low": 9, "high": 1}],
    [{"low": "x", "high": 1}], {"clientIngress": []}, {"clientIngress": {"host": "h", "port": 0}},
)  # fmt: skip
CREATABLE = [kind for kind, row in ROWS.items() if "C" in row.verbs]


@pytest.fixture(scope="module")
def api() -> NetFoundryApi:
    return NetFoundryApi(Cloud())


@pytest.fixture(scope="module")
def sound(api: NetFoundryApi) -> dict[str, dict[str, Any]]:
    """What a creation of each kind needs."""
    network = api.network()
    certificate = trustme.CA().cert_pem.bytes().decode()
    inside = {kind: {"networkId": network, **body} for kind, body in SOUND.items()}
    router = api.make("edge-routers", name="router", networkId=network, linkListener=False)
    service = api.make("services", name="service", networkId=network)
    identity = api.read("/identity/v1/identities/self")["id"]
    role = api.read("/auth/v1/roles")["content"][1]["id"]
    action = api.read("/auth/v1/resource-actions")[0]["id"]
    return {
        **inside,
        "certificate-authorities": {
            "networkId": network,
            "certPem": certificate,
            "autoCaEnrollmentEnabled": True,
        },
        "terminators": {
            "networkId": network,
            "serviceId": service,
            "edgeRouterId": router,
            "binding": "transport",
            "address": "tcp:a:1",
        },
        "network-groups": {"shortName": "g"},
        "networks": {"networkGroupId": api.group, "size": "small"},
        "api-account-identities": {},
        "user-identities": {"email": "a@example.com"},
        "identity-roles": {"identityId": identity, "roleId": role},
        "identity-resource-actions": {"identityId": identity, "resourceActionId": action, "path": []},
    }


def bodies(kind: str, sound: dict[str, Any]) -> list[dict[str, Any]]:
    """The sound body with one property at a time odd or missing."""
    whole = {"name": "n", **sound}
    names = [
        *whole,
        *(field.name for field in ROWS[kind].fields if field.mode != "read"),
        "networkId",
        "unknown",
    ]
    found: list[dict[str, Any]] = [{k: v for k, v in whole.items() if k != name} for name in whole]
    found += [{**whole, name: odd} for name in dict.fromkeys(names) for odd in ODD]
    if kind == "services":
        model = whole["model"]
        found += [{**whole, "model": {**model, part: odd}} for part in model for odd in ODD]
        found += [{**whole, "model": odd, "modelType": name} for name in MODEL_TYPES for odd in ODD]
        found += [
            {**whole, "model": None, "modelType": None, "configs": odd} for odd in (*ODD, [{"data": 1}])
        ]
    return found


MODEL_TYPES = ("TunnelerToSdk", "TunnelerToEdgeRouter", "AdvancedTunnelerToEndpoint", "Nonsense")


@pytest.mark.parametrize("kind", CREATABLE)
def test_creations(api: NetFoundryApi, sound: dict[str, dict[str, Any]], kind: str) -> None:
    path = ROWS[kind].path
    for body in bodies(kind, sound[kind]):
        reply = api.post(path, body)
        assert reply.status < 500, (body, reply.text)
        if reply.status < 300:
            shown = api.get(f"{path}/{reply.id}")
            assert shown.status == 200, (body, shown.text)
            if "D" in ROWS[kind].verbs:
                assert api.delete(f"{path}/{reply.id}").status in (202, 204), body
        else:
            assert reply.status in (400, 403, 404, 409), (body, reply.text)


@pytest.mark.parametrize("kind", [kind for kind in CREATABLE if {"M", "P"} & set(ROWS[kind].verbs)])
def test_updates(api: NetFoundryApi, sound: dict[str, dict[str, Any]], kind: str) -> None:
    row = ROWS[kind]
    given = {"name": "updated", **sound[kind]}
    ident = api.post(row.path, given).id
    for method, verb in (("PATCH", "M"), ("PUT", "P")):
        for body in bodies(kind, given) if verb in row.verbs else ():
            reply = api.call(method, f"{row.path}/{ident}", body)
            assert reply.status in (200, 202, 400, 409), (method, body, reply.text)
            assert api.get(f"{row.path}/{ident}").status == 200, (method, body)


def test_networks_of_core_v3(api: NetFoundryApi) -> None:
    whole = {"name": "n", "networkGroupId": api.group, "size": "small"}
    for name in (*(field.name for field in ROWS["networks"].fields if field.mode != "read"), "unknown"):
        for odd in ODD:
            reply = api.post("/core/v3/networks", {**whole, name: odd})
            assert reply.status in (202, 400, 404), (name, odd, reply.text)
            if reply.status == 202:
                path = f"/core/v3/networks/{reply.id}"
                assert api.get(path).status == 200
                session = api.post(f"{path}/exchange", {"type": odd}).status
                assert session == 400, odd
                assert api.delete(path).status == 202


def test_edge_routers_of_core_v3(api: NetFoundryApi) -> None:
    eight = api.make("/core/v3/networks", name="eight", networkGroupId=api.group, size="small")
    whole = {"name": "n", "networkId": eight, "zitiId": "abc", "linkListener": False}
    for name in (*(field.name for field in EDGE_ROUTERS.fields if field.mode != "read"), "unknown"):
        for odd in ODD:
            reply = api.post("/core/v3/edge-routers", {**whole, name: odd})
            assert reply.status in (202, 400, 404), (name, odd, reply.text)
            if reply.status == 202:
                assert api.get(f"/core/v3/edge-routers/{reply.id}").status == 200
                assert api.delete(f"/core/v3/edge-routers/{reply.id}").status == 202


@pytest.mark.parametrize("name", ["toList", "id", "subject", "from", "replacementParams"])
def test_mails(api: NetFoundryApi, sound: dict[str, dict[str, Any]], name: str) -> None:
    ident = api.post("endpoints", {"name": f"mail {name}", **sound["endpoints"]}).id
    mail = {"toList": ["a@example.com"], "subject": "s", "id": ident}
    for odd in ODD:
        for path, body in ((f"endpoints/{ident}/share", {**mail, name: odd}), ("endpoints/share", [odd])):
            assert api.post(path, body).status in (202, 400), (path, odd)
        assert api.post("endpoints/share", [{**mail, name: odd}]).status in (202, 400, 404), odd


def test_configs_of_a_service(api: NetFoundryApi, sound: dict[str, dict[str, Any]]) -> None:
    network = sound["services"]["networkId"]
    entry = {"networkId": network, "name": "c", "configTypeName": "host.v1", "data": {}}
    names = ("networkId", "name", "configTypeName", "configTypeId", "configType", "data", "unknown")
    for name in names:
        for odd in (*ODD, {"name": "host.v1"}, {"name": "own.v1", "schema": {"type": 1}}):
            body = {"networkId": network, "name": "made of configs", "encryptionRequired": True}
            reply = api.post("services", {**body, "configs": [{**entry, name: odd}]})
            assert reply.status in (202, 400, 409), (name, odd, reply.text)
            if reply.status == 202:
                form = {"Accept": "application/json;as=create"}
                assert api.get(f"services/{reply.id}", headers=form).json["configs"][0]["data"] is not None
                assert api.delete(f"services/{reply.id}").status == 202


@pytest.mark.parametrize("call", ["enroll", "heal", "fail", "reach"])
def test_control_calls(api: NetFoundryApi, call: str) -> None:
    for odd in ODD:
        assert api.control("POST", f"netfoundry/{call}", {"id": odd}).status == 404, odd


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b'"x"', b"\xff", b"[" * 5000, b"null"])
@pytest.mark.parametrize("kind", CREATABLE)
def test_bodies_that_are_no_objects(api: NetFoundryApi, kind: str, body: bytes) -> None:
    assert api.post(ROWS[kind].path, body).status == 400


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "1e3", "%", "_", "9" * 30, "name,desc", ",", "true"])
@pytest.mark.parametrize(
    "name", ["page", "size", "sort", "name", "networkId", "status", "embed", "zitiId", "provider", "latitude"]
)
def test_queries(api: NetFoundryApi, name: str, value: str) -> None:
    for path in ("endpoints", "networks", "regions", "/identity/v1/organizations", "/auth/v1/roles"):
        reply = api.get(f"{path}?{name}={value}")
        assert reply.status in (200, 400), (path, reply.text)
        json.loads(reply.text)
