# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each resource of the emulated NetFoundry against the tables of its contract, sections 5 to 8.

The tables here are written from the contract, not from the emulator's rows: for each kind, the properties
of an answer with their types, which of them a creation needs, and which never change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
import trustme

from pocketvdc import Cloud
from pocketvdc.netfoundry.testing import MODEL, NetFoundryApi

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
ZITI_ID = re.compile(r"[A-Za-z0-9.-]{9,10}")
NULL = type(None)
TEXT = (str, NULL)
COMMON = {
    "id": str, "networkId": str, "name": str, "createdAt": str, "createdBy": TEXT, "updatedAt": str,
    "deletedAt": TEXT, "deletedBy": TEXT, "ownerIdentityId": TEXT, "zitiId": TEXT, "_links": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One kind: a creation, the types of what is read, what a creation needs, a change, what cannot change."""

    body: dict[str, Any]
    shape: dict[str, Any]
    required: tuple[str, ...]
    change: dict[str, Any]
    immutable: dict[str, Any] = field(default_factory=dict)
    code: int = 202
    status: bool = False


TABLES = {
    "endpoints": Table(
        {"attributes": ["#a"], "enrollmentMethod": {"ott": True}},
        {
            "attributes": list, "sessionIdentityId": TEXT, "jwt": TEXT, "jwtExpiresAt": TEXT, "typeId": TEXT,
            "type": TEXT, "hasApiSession": bool, "hasEdgeRouterConnection": bool, "sessionActive": bool,
            "mfaEnabled": bool, "os": TEXT, "osVersion": TEXT, "osRelease": TEXT, "arch": TEXT, "appId": TEXT,
            "appVersion": TEXT, "version": TEXT, "revision": TEXT, "branch": TEXT, "syncId": NULL,
            "syncResourceId": NULL,
        },
        ("name", "enrollmentMethod"),
        {"attributes": ["#b", "#c"]},
    ),
    "edge-routers": Table(
        {"attributes": [], "linkListener": False, "tunnelerEnabled": True, "noTraversal": True},
        {
            "attributes": list, "provider": TEXT, "region": TEXT, "dataCenterId": TEXT, "linkListener": bool,
            "tunnelerEnabled": bool, "noTraversal": bool, "hostSize": TEXT, "online": bool, "verified": bool,
            "jwt": TEXT, "registration": (dict, NULL), "hostId": TEXT, "productVersion": str,
        },
        ("name", "linkListener"),
        {"attributes": ["#b"], "tunnelerEnabled": False, "linkListener": True},
        {"provider": "AWS"},
        status=True,
    ),
    "edge-router-policies": Table(
        {"endpointAttributes": ["#all"], "edgeRouterAttributes": ["@router"]},
        {"endpointAttributes": list, "edgeRouterAttributes": list, "semantic": str},
        ("name", "endpointAttributes", "edgeRouterAttributes"),
        {"endpointAttributes": ["@laptop"]},
    ),
    "services": Table(
        {"encryptionRequired": True, "attributes": ["#a"], "modelType": "TunnelerToEndpoint", "model": MODEL},
        {
            "attributes": list, "encryptionRequired": bool, "modelType": TEXT, "model": (dict, NULL),
            "configIdByConfigTypeId": (dict, NULL), "authority": NULL,
        },
        ("name", "encryptionRequired"),
        {"attributes": ["#b"], "encryptionRequired": False},
        {"modelType": "TunnelerToSdk"},
    ),
    "service-policies": Table(
        {
            "type": "Bind", "semantic": "AnyOf", "serviceAttributes": ["@a"], "endpointAttributes": ["#b"],
            "postureCheckAttributes": [],
        },
        {
            "type": str, "semantic": str, "serviceAttributes": list, "endpointAttributes": list,
            "postureCheckAttributes": list, "authority": NULL,
        },
        ("name", "type", "semantic", "serviceAttributes", "endpointAttributes", "postureCheckAttributes"),
        {"semantic": "AllOf", "serviceAttributes": []},
    ),
    "service-edge-router-policies": Table(
        {"semantic": "AnyOf", "serviceAttributes": ["@a"], "edgeRouterAttributes": ["#b"]},
        {"semantic": str, "serviceAttributes": list, "edgeRouterAttributes": list, "authority": NULL},
        ("name", "semantic", "serviceAttributes", "edgeRouterAttributes"),
        {"edgeRouterAttributes": ["#all"]},
    ),
    "app-wans": Table(
        {"endpointAttributes": ["#a"], "serviceAttributes": ["#b"]},
        {"endpointAttributes": list, "serviceAttributes": list, "postureCheckAttributes": list},
        ("name", "endpointAttributes", "serviceAttributes"),
        {"postureCheckAttributes": ["#strict"]},
        code=200,
    ),
    "posture-checks": Table(
        {"type": "OS", "operatingSystems": [{"type": "Linux", "versions": ["6"]}], "attributes": ["#os"]},
        {"type": str, "attributes": list, "operatingSystems": list},
        ("name", "type", "operatingSystems"),
        {"operatingSystems": [{"type": "macOS", "versions": []}]},
        {"type": "MFA"},
    ),
    "certificate-authorities": Table(
        {"certPem": trustme.CA().cert_pem.bytes().decode(), "autoCaEnrollmentEnabled": True},
        {
            "certPem": str, "autoCaEnrollmentEnabled": bool, "ottCaEnrollmentEnabled": bool,
            "authEnabled": bool, "endpointAttributes": list, "identityNameFormat": str,
            "verificationToken": str, "verified": bool, "fingerprint": str, "jwt": TEXT,
        },
        ("name", "certPem", "autoCaEnrollmentEnabled"),
        {"authEnabled": True, "endpointAttributes": ["#a"]},
        {"certPem": trustme.CA().cert_pem.bytes().decode()},
    ),
    "configs": Table(
        {"configTypeName": "host.v1", "data": {"port": 1}},
        {"configTypeId": str, "data": dict},
        ("name", "configTypeName", "data"),
        {"data": {"port": 2}},
    ),
    "config-types": Table(
        {"schema": {"type": "object"}}, {"schema": dict}, ("name",), {"schema": {"type": "array"}}
    ),
}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", TABLES)
SYNCHRONOUS = ("edge-router-policies", "service-policies", "service-edge-router-policies", "app-wans")


@pytest.fixture
def api(cloud: Cloud) -> NetFoundryApi:
    return NetFoundryApi(cloud)


@pytest.fixture
def network(api: NetFoundryApi) -> str:
    return api.network()


def creation(network: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"networkId": network, "name": "Thing", **TABLES[kind].body, **more}


def hold(answer: dict[str, Any], shape: dict[str, Any]) -> None:
    """The answer has exactly these properties, of these types."""
    assert sorted(answer) == sorted(shape)
    wrong = {name: answer[name] for name, kinds in shape.items() if not isinstance(answer[name], kinds)}
    assert wrong == {}


@KINDS
def test_shape(api: NetFoundryApi, network: str, kind: str) -> None:
    table = TABLES[kind]
    shape = {**COMMON, **table.shape, **({"status": str} if table.status else {})}
    reply = api.post(kind, creation(network, kind))
    assert (reply.status, reply.headers["Content-Type"]) == (table.code, "application/hal+json")
    hold(reply.json, shape)
    found = api.read(f"{kind}/{reply.id}")
    hold(found, shape)
    for name, value in {**table.body, "name": "Thing", "networkId": network}.items():
        assert name in ("enrollmentMethod", "configTypeName") or found[name] == value, name
    assert UUID.fullmatch(found["id"])
    assert ZITI_ID.fullmatch(found["zitiId"])
    assert MOMENT.fullmatch(found["createdAt"])
    assert MOMENT.fullmatch(found["updatedAt"])
    assert found["createdBy"] == found["ownerIdentityId"] == api.read("/identity/v1/identities/self")["id"]
    links = found["_links"]
    assert links["self"]["href"] == f"http://emulator.test/core/v2/{kind}/{found['id']}"
    assert links["network"]["href"] == f"http://emulator.test/core/v2/networks/{network}"
    assert links["network"]["title"] == "net"


@KINDS
def test_the_list_has_the_same_shape(api: NetFoundryApi, network: str, kind: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    [found] = [item for item in api.items(f"{kind}?networkId={network}") if item["id"] == ident]
    assert found == api.read(f"{kind}/{ident}")


@KINDS
def test_required(api: NetFoundryApi, network: str, kind: str) -> None:
    whole = creation(network, kind)
    for name in ("networkId", *TABLES[kind].required):
        for body in ({k: v for k, v in whole.items() if k != name}, {**whole, name: None}):
            reply = api.post(kind, body)
            assert reply.status == 400, name
            assert any(name in text for text in reply.json["errors"]), reply.text
    assert api.items(f"{kind}?networkId={network}&name=Thing") == []


@KINDS
def test_patch_changes_what_is_given(api: NetFoundryApi, network: str, kind: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    before = api.read(f"{kind}/{ident}")
    reply = api.patch(f"{kind}/{ident}", {"name": "Thing", **TABLES[kind].change})
    assert reply.status in (200, 202)
    after = api.read(f"{kind}/{ident}")
    assert {name for name in after if after[name] != before[name]} - {"updatedAt"} == set(TABLES[kind].change)
    assert api.patch(f"{kind}/{ident}", {"name": "Renamed"}).json["name"] == "Renamed"
    assert api.items(f"{kind}?networkId={network}&name=renamed")[0]["id"] == ident


@KINDS
def test_put_declares_everything_again(api: NetFoundryApi, network: str, kind: str) -> None:
    table = TABLES[kind]
    ident = api.post(kind, creation(network, kind)).id
    before = api.read(f"{kind}/{ident}")
    assert api.put(f"{kind}/{ident}", before).status in (200, 202)
    same = api.read(f"{kind}/{ident}")
    volatile = ("updatedAt", "configIdByConfigTypeId")
    assert {k: v for k, v in same.items() if k not in volatile} == {
        k: v for k, v in before.items() if k not in volatile
    }
    for name in {*table.required, "name"} - {"enrollmentMethod", "autoCaEnrollmentEnabled", *table.immutable}:
        if name not in ("type", "certPem", "configTypeName"):
            whole = {k: v for k, v in before.items() if k != name}
            assert api.put(f"{kind}/{ident}", whole).status == 400, name
    assert api.put(f"{kind}/{ident}", {**before, **table.change}).status in (200, 202)
    after = api.read(f"{kind}/{ident}")
    assert {name: after[name] for name in table.change} == table.change


@KINDS
def test_what_is_left_out_of_a_put_is_reset(api: NetFoundryApi, network: str, kind: str) -> None:
    table = TABLES[kind]
    optional = {
        "attributes": [],
        "postureCheckAttributes": [],
        "tunnelerEnabled": False,
        "authEnabled": False,
    }
    ident = api.post(kind, creation(network, kind)).id
    before = api.read(f"{kind}/{ident}")
    present = {name for name in optional if name in before and name not in table.required}
    reply = api.put(f"{kind}/{ident}", {k: v for k, v in before.items() if k not in present})
    assert reply.status in (200, 202)
    assert {name: reply.json[name] for name in present} == {name: optional[name] for name in present}


@pytest.mark.parametrize("kind", [kind for kind, table in TABLES.items() if table.immutable])
def test_immutable(api: NetFoundryApi, network: str, kind: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    before = api.read(f"{kind}/{ident}")
    for method in ("PATCH", "PUT"):
        body = {**(before if method == "PUT" else {"name": "Thing"}), **TABLES[kind].immutable}
        assert api.call(method, f"{kind}/{ident}", body).status == 400
    moved = {"name": "Thing", "networkId": "00000000-0000-4000-8000-000000000009"}
    assert api.patch(f"{kind}/{ident}", moved).status == 400
    assert api.read(f"{kind}/{ident}") == before


@KINDS
def test_delete(api: NetFoundryApi, network: str, kind: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    reply = api.delete(f"{kind}/{ident}")
    assert reply.status == 202
    assert UUID.fullmatch(reply.json["deletedBy"])
    assert (reply.json["deletedAt"] is not None) == (kind == "services")
    assert UUID.fullmatch(reply.json["_links"]["execution"]["href"].split("/")[6])
    gone = api.read(f"{kind}/{ident}")
    assert MOMENT.fullmatch(gone["deletedAt"])
    assert gone.get("status") == ("DELETED" if TABLES[kind].status else None)
    assert ident not in [item["id"] for item in api.items(f"{kind}?networkId={network}")]
    assert ident in [item["id"] for item in api.items(f"{kind}?networkId={network}&status=DELETED")]
    assert api.delete(f"{kind}/{ident}").status == 404
    assert api.patch(f"{kind}/{ident}", {"name": "x"}).status == 404
    assert api.post(kind, creation(network, kind)).status in (200, 202), "the name is free again"


@KINDS
def test_names_are_unique_ignoring_case(api: NetFoundryApi, network: str, kind: str) -> None:
    first = api.post(kind, creation(network, kind)).id
    assert api.post(kind, creation(network, kind, name="THING")).status == 409
    second = api.post(kind, creation(network, kind, name="Other")).id
    assert api.patch(f"{kind}/{second}", {"name": "thing"}).status == 409
    assert api.patch(f"{kind}/{first}", {"name": "THING"}).status in (200, 202)
    elsewhere = api.network("second")
    assert api.post(kind, creation(elsewhere, kind)).status in (200, 202)


@KINDS
def test_as_create_makes_the_same_again(api: NetFoundryApi, network: str, kind: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    headers = {"Accept": "application/json;as=create"}
    body = api.get(f"{kind}/{ident}", headers=headers).json
    assert "id" not in body
    assert {name: body[name] for name in TABLES[kind].body} == TABLES[kind].body
    api.delete(f"{kind}/{ident}")
    assert api.post(kind, body).status in (200, 202)
    listed = api.get(f"{kind}?networkId={network}&name=Thing", headers=headers).json["_embedded"]
    [(key, items)] = listed.items()
    assert key.startswith("create")
    assert {name: items[0][name] for name in body} == body


@KINDS
def test_an_execution_is_named_where_there_is_one(api: NetFoundryApi, network: str, kind: str) -> None:
    created = api.post(kind, creation(network, kind)).json
    synchronous = kind in SYNCHRONOUS
    assert ("execution" in created["_links"]) == (not synchronous)
    assert (created["zitiId"] is not None) == synchronous
    patched = api.patch(f"{kind}/{created['id']}", {"name": "New"}).json
    put = api.put(f"{kind}/{created['id']}", api.read(f"{kind}/{created['id']}")).json
    if synchronous:
        assert "executions" not in patched["_links"]
        assert "executions" not in put["_links"]
    else:
        assert "/core/v2/executions/" in patched["_links"]["executions"]["href"]
        assert "/core/v2/executions/" in put["_links"]["executions"][0]["href"]


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        ("endpoints", "attributes", ["work"]),
        ("endpoints", "attributes", ["@laptop"]),
        ("endpoints", "attributes", ["#"]),
        ("endpoints", "attributes", "#work"),
        ("endpoints", "enrollmentMethod", {"ott": False}),
        ("edge-routers", "attributes", ["x"]),
        ("edge-routers", "provider", "NOWHERE"),
        ("edge-routers", "provider", "AWS"),
        ("edge-routers", "locationCode", "us-west-2"),
        ("edge-router-policies", "endpointAttributes", ["all"]),
        ("services", "attributes", ["@x"]),
        ("services", "modelType", "Nonsense"),
        ("services", "modelType", None),
        ("services", "model", None),
        ("service-policies", "type", "Both"),
        ("service-policies", "semantic", "SomeOf"),
        ("service-policies", "postureCheckAttributes", ["x"]),
        ("app-wans", "serviceAttributes", ["x"]),
        ("posture-checks", "type", "WEATHER"),
        ("posture-checks", "operatingSystems", []),
        ("posture-checks", "operatingSystems", [{"type": "BeOS"}]),
        ("certificate-authorities", "certPem", "no certificate"),
        ("certificate-authorities", "autoCaEnrollmentEnabled", False),
    ],
)
def test_refused(api: NetFoundryApi, network: str, kind: str, name: str, wrong: Any) -> None:
    reply = api.post(kind, creation(network, kind, **{name: wrong}))
    assert reply.status == 400
    assert reply.headers["Content-Type"] == "application/hal+json"
    assert reply.json["status"] == {"code": 400, "label": "Bad Request"}
    assert reply.json["errors"]
    assert UUID.fullmatch(reply.json["traceId"])


# Service models (section 8.7)

INGRESS = {"host": "a.example.com", "port": 80}
EGRESS = {"protocol": "tcp", "host": "10.0.0.5", "port": 1443}
ADVANCED = {
    "addresses": ["a.example.com"],
    "ports": [{"low": 5201, "high": 5202}],
    "protocols": ["tcp", "udp"],
}
FORWARD = {
    "forwardHost": True, "allowedHosts": ["a.example.com"],
    "forwardPort": True, "allowedPortRanges": [{"low": 1, "high": 2}],
    "forwardProtocol": True, "allowedProtocols": ["tcp"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("model_type", "model"),
    [
        ("TunnelerToSdk", {"clientIngress": INGRESS, "bindEndpointAttributes": ["@server"]}),
        ("TunnelerToEndpoint", {"clientIngress": INGRESS, "serverEgress": EGRESS}),
        ("AdvancedTunnelerToEndpoint", {"clientIngress": ADVANCED, "serverEgress": EGRESS}),
        ("AdvancedTunnelerToEndpoint", {"clientIngress": ADVANCED, "serverEgress": FORWARD}),
    ],
)
def test_models(api: NetFoundryApi, network: str, model_type: str, model: dict[str, Any]) -> None:
    body = {"networkId": network, "name": "s", "encryptionRequired": True}
    created = api.post("services", {**body, "modelType": model_type, "model": model}).json
    defaults = {"bindEndpointAttributes": [], "edgeRouterAttributes": ["#all"]}
    assert created["model"] == {**defaults, **model}
    for part in ("clientIngress", "serverEgress"):
        without = {k: v for k, v in model.items() if k != part}
        reply = api.post("services", {**body, "name": part, "modelType": model_type, "model": without})
        assert reply.status == (400 if part in model else 202)


def test_ports_may_be_texts(api: NetFoundryApi, network: str) -> None:
    model = {**MODEL, "clientIngress": {"host": "a", "port": "80"}}
    assert api.post("services", creation(network, "services", model=model)).json["model"][
        "clientIngress"
    ] == {
        "host": "a",
        "port": 80,
    }


@pytest.mark.parametrize(
    "egress",
    [
        {**FORWARD, "host": "both"},
        {**FORWARD, "allowedHosts": []},
        {"host": "a", "port": 1},
        {**FORWARD, "allowedPortRanges": [{"low": 3, "high": 2}]},
        {**FORWARD, "allowedProtocols": ["icmp"]},
        {"address": "a", "port": 1, "protocol": "tcp"},
    ],
)
def test_refused_advanced_egress(api: NetFoundryApi, network: str, egress: dict[str, Any]) -> None:
    model = {"clientIngress": ADVANCED, "serverEgress": egress}
    body = creation(network, "services", modelType="AdvancedTunnelerToEndpoint", model=model)
    assert api.post("services", body).status == 400


def test_a_model_needs_its_type_in_a_patch(api: NetFoundryApi, network: str) -> None:
    ident = api.post("services", creation(network, "services")).id
    model = {**MODEL, "clientIngress": INGRESS}
    assert api.patch(f"services/{ident}", {"name": "Thing", "model": model}).status == 400
    whole = {"name": "Thing", "model": model, "modelType": "TunnelerToEndpoint"}
    assert api.patch(f"services/{ident}", whole).status == 202
    assert api.read(f"services/{ident}")["model"]["clientIngress"] == INGRESS


def built(api: NetFoundryApi, network: str) -> dict[str, list[Any]]:
    """What the platform has made for services, by kind."""
    kinds = ("configs", "service-policies", "service-edge-router-policies", "terminators")
    return {kind: api.items(f"{kind}?networkId={network}") for kind in kinds}


def test_what_a_model_builds(api: NetFoundryApi, network: str) -> None:
    service = api.post("services", creation(network, "services")).id
    found = built(api, network)
    types = {item["id"]: item["name"] for item in api.items(f"config-types?networkId={network}")}
    assert sorted(types[config["configTypeId"]] for config in found["configs"]) == [
        "ziti-tunneler-client.v1",
        "ziti-tunneler-server.v1",
    ]
    by_type = {config["configTypeId"]: config["id"] for config in found["configs"]}
    assert api.read(f"services/{service}")["configIdByConfigTypeId"] == by_type
    [bind] = found["service-policies"]
    assert (bind["type"], bind["serviceAttributes"], bind["endpointAttributes"]) == (
        "Bind",
        ["@Thing"],
        ["#exits"],
    )
    [routers] = found["service-edge-router-policies"]
    assert routers["edgeRouterAttributes"] == ["#all"]
    assert all(item["name"].endswith("-system") for kind in found for item in found[kind] if "name" in item)
    model = {**MODEL, "bindEndpointAttributes": ["#others"]}
    api.patch(f"services/{service}", {"name": "T2", "model": model, "modelType": "TunnelerToEndpoint"})
    [bind] = built(api, network)["service-policies"]
    assert (bind["serviceAttributes"], bind["endpointAttributes"]) == (["@T2"], ["#others"])
    api.delete(f"services/{service}")
    assert built(api, network) == dict.fromkeys(found, [])


def test_a_router_hosted_service_has_terminators(api: NetFoundryApi, network: str) -> None:
    router = api.make("edge-routers", name="r", networkId=network)
    model = {"clientIngress": INGRESS, "edgeRouterHosts": [{"edgeRouterId": router, "serverEgress": EGRESS}]}
    body = creation(network, "services", modelType="TunnelerToEdgeRouter", model=model)
    service = api.post("services", body).id
    [terminator] = built(api, network)["terminators"]
    assert (terminator["serviceId"], terminator["edgeRouterId"]) == (service, router)
    assert (terminator["binding"], terminator["address"]) == ("transport", "tcp:10.0.0.5:1443")
    unknown = [{"edgeRouterId": service, "serverEgress": EGRESS}]
    body["model"] = {"clientIngress": INGRESS, "edgeRouterHosts": unknown}
    assert api.post("services", {**body, "name": "other"}).status == 400


def test_a_service_of_configs(api: NetFoundryApi, network: str) -> None:
    configs = [
        {"networkId": network, "name": "a", "configTypeName": "intercept.v1", "data": {"ports": [1]}},
        {
            "networkId": network,
            "name": "b",
            "configType": {"networkId": network, "name": "mine.v1", "schema": {"type": "object"}},
            "data": {"x": 1},
        },
    ]
    body = {"networkId": network, "name": "pfcp", "encryptionRequired": True, "configs": configs}
    service = api.post("services", body).id
    found = api.read(f"services/{service}")
    assert (found["model"], found["modelType"]) == (None, None)
    assert len(found["configIdByConfigTypeId"]) == 2
    assert {config["name"] for config in built(api, network)["configs"]} == {"a", "b"}
    assert built(api, network)["service-policies"] == []
    assert "mine.v1" in [item["name"] for item in api.items(f"config-types?networkId={network}")]


# Networks (section 8.1)

NETWORK = {
    "id": str, "name": str, "networkGroupId": str, "status": str, "size": str, "productVersion": str,
    "o365BreakoutCategory": str, "networkController": (dict, NULL), "ownerIdentityId": str, "createdBy": str,
    "createdAt": str, "updatedAt": str, "deletedAt": TEXT, "deletedBy": TEXT, "_links": dict,
}  # fmt: skip
COLLECTIONS = (
    "app-wans", "certificate-authorities", "config-types", "configs", "edge-router-policies", "edge-routers",
    "endpoints", "hosts", "network-controllers", "posture-checks", "process-executions",
    "service-edge-router-policies", "service-policies", "services", "terminators",
)  # fmt: skip


def test_the_shape_of_a_network(api: NetFoundryApi) -> None:
    body = {
        "name": "n",
        "networkGroupId": api.group,
        "size": "medium",
        "provider": "AWS",
        "region": "us-east-1",
    }
    created = api.post("networks", body)
    assert created.status == 202
    hold(created.json, NETWORK)
    assert created.json["networkController"] is None
    found = api.read(f"networks/{created.id}")
    hold(found, {**NETWORK, "region": str, "provider": str, "locationCode": str})
    assert (found["provider"], found["region"], found["size"]) == ("AWS", "us-east-1", "medium")
    assert set(COLLECTIONS) | {"self", "networks"} == set(found["_links"])
    controller = found["networkController"]
    assert {"id", "name", "networkId", "status", "domainName", "hostId"} == set(controller)
    read = api.read(f"network-controllers/{controller['id']}?embed=host")
    assert read["_embedded"]["host"]["id"] == controller["hostId"]
    for secret in ("secrets", "session"):
        assert api.get(f"network-controllers/{controller['id']}/{secret}").status == 403


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"size": "small"}, ("OCI", "eu-amsterdam-1")),
        ({"size": "small", "locationCode": "us-west-2"}, ("AWS", "us-west-2")),
        ({"size": "small", "provider": "OCI", "region": "us-ashburn-1"}, ("OCI", "us-ashburn-1")),
    ],
)
def test_dialects_of_a_network(api: NetFoundryApi, body: dict[str, str], place: tuple[str, str]) -> None:
    ident = api.post("networks", {"name": "n", "networkGroupId": api.group, **body}).id
    found = api.read(f"networks/{ident}")
    assert (found["provider"], found["region"]) == place


def test_a_network_of_the_oldest_dialect(api: NetFoundryApi) -> None:
    [size] = [item["id"] for item in api.items("network-configs") if item["name"] == "large"]
    body = {"name": "n", "networkGroupId": api.group, "networkConfigMetadataId": size}
    assert api.post("networks", body).json["size"] == "large"


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": None}, {"size": "huge"}, {"productVersion": "7.2.0"}, {"productVersion": "9.9"},
        {"provider": "AWS", "region": "eu-amsterdam-1"}, {"name": None}, {"name": " "},
        {"networkGroupId": None},
    ],
)  # fmt: skip
def test_refused_networks(api: NetFoundryApi, wrong: dict[str, Any]) -> None:
    body = {"name": "n", "networkGroupId": api.group, "size": "small", **wrong}
    assert api.post("networks", body).status == 400


def test_a_network_is_renamed_but_never_moved(api: NetFoundryApi, network: str) -> None:
    assert api.patch(f"networks/{network}", {"name": "new"}).json["name"] == "new"
    for name, value in {"size": "large", "region": "us-ashburn-1", "productVersion": "7.3.60"}.items():
        assert api.patch(f"networks/{network}", {"name": "new", name: value}).status == 400, name
    assert api.put(f"networks/{network}", api.read(f"networks/{network}")).status == 202


def test_deleting_a_network_deletes_what_is_in_it(api: NetFoundryApi, network: str) -> None:
    for kind in TABLES:
        api.post(kind, creation(network, kind))
    api.make("edge-routers", name="r", networkId=network, provider="AWS", locationCode="us-west-2")
    reply = api.delete(f"networks/{network}")
    assert (reply.status, reply.json["status"]) == (202, "DELETING")
    assert reply.json["deletedBy"] is not None
    assert api.read(f"networks/{network}")["status"] == "DELETED"
    for kind in COLLECTIONS:
        if kind != "process-executions":
            assert api.items(f"{kind}?networkId={network}") == [], kind
    assert api.get(f"endpoints?networkId={network}").status == 200
    roles = api.read("/auth/v1/roles?nameLike=net")["content"]
    assert not [role for role in roles if network in role["path"]]


def test_embed_and_export(api: NetFoundryApi, network: str) -> None:
    for kind in TABLES:
        api.post(kind, creation(network, kind))
    api.make("edge-routers", name="Oregon", networkId=network, provider="AWS", locationCode="us-west-2")
    some = api.read(f"networks/{network}?embed=endpoints,services")["_embedded"]
    assert set(some) == {"endpointList", "serviceList"}
    assert {"appWanList", "hostList", "executionList"} < set(
        api.read(f"networks/{network}?embed=all")["_embedded"]
    )
    accept = {"Accept": "application/json;as=create"}
    document = api.get(f"networks/{network}?embed=all", headers=accept).json
    lists = (
        "edgeRouters", "edgeRouterPolicies", "services", "certificateAuthorities", "endpoints", "appWans",
        "postureChecks",
    )  # fmt: skip
    assert set(lists) <= set(document)
    assert {name: document[name] for name in ("name", "size", "o365BreakoutCategory")} == {
        "name": "net",
        "size": "small",
        "o365BreakoutCategory": "NONE",
    }
    [hosted] = [router for router in document["edgeRouters"] if router.get("provider")]
    assert hosted["datacenter"] == "us-west-2"
    assert {"ott": True, "updb": None, "ottca": None} in [
        e["enrollmentMethod"] for e in document["endpoints"]
    ]
    assert [(wan["networkId"], wan["type"], wan["semantic"]) for wan in document["appWans"]] == [
        (None, "Dial", "AnyOf")
    ]
    assert any(policy["name"].endswith("-system") for policy in document["edgeRouterPolicies"])


def test_an_export_names_the_routers_of_a_service(api: NetFoundryApi, network: str) -> None:
    router = api.make("edge-routers", name="Branch", networkId=network)
    model = {"clientIngress": INGRESS, "edgeRouterHosts": [{"edgeRouterId": router, "serverEgress": EGRESS}]}
    api.make("services", name="s", networkId=network, modelType="TunnelerToEdgeRouter", model=model)
    accept = {"Accept": "application/hal+json;as=create"}
    [service] = api.get(f"networks/{network}?embed=all", headers=accept).json["services"]
    assert service["model"]["edgeRouterHosts"] == [{"edgeRouterName": "Branch", "serverEgress": EGRESS}]


# Edge routers and enrollment (sections 8.3 and 8.4)


def test_a_hosted_router(api: NetFoundryApi, network: str) -> None:
    ident = api.make(
        "edge-routers", name="Oregon", networkId=network, provider="AWS", locationCode="us-west-2"
    )
    found = api.read(f"edge-routers/{ident}?embed=host")
    assert (found["provider"], found["region"]) == ("AWS", "us-west-2")
    assert (found["online"], found["verified"]) == (True, True)
    assert (found["jwt"], found["registration"]) == (None, None)
    host = found["_embedded"]["host"]
    assert (host["id"], host["provider"]) == (found["hostId"], "AWS")
    assert found["_links"]["host"]["href"].endswith(f"/core/v2/hosts/{host['id']}")
    assert api.post(f"edge-routers/{ident}/registration-key").status == 400


def test_a_router_of_the_customer_has_no_place(api: NetFoundryApi, network: str) -> None:
    ident = api.make("edge-routers", name="Branch", networkId=network, provider="CUSTOMER")
    found = api.read(f"edge-routers/{ident}")
    assert (found["provider"], found["region"], found["hostId"]) == (None, None, None)
    unknown = {"networkId": network, "name": "x", "linkListener": False, "dataCenterId": network}
    assert api.post("edge-routers", unknown).status == 400


def test_what_appears_beside_a_router(api: NetFoundryApi, network: str) -> None:
    ident = api.make("edge-routers", name="Branch", networkId=network)
    router = api.read(f"edge-routers/{ident}")
    [endpoint] = api.items(f"endpoints?networkId={network}&typeId=Router")
    assert (endpoint["name"], endpoint["attributes"], endpoint["createdBy"]) == ("Branch", [], None)
    [policy] = api.items(f"edge-router-policies?networkId={network}")
    assert policy["name"] == f"edge-router-{router['zitiId']}-system"
    assert policy["endpointAttributes"] == policy["edgeRouterAttributes"] == [f"@{router['zitiId']}"]
    assert api.delete(f"endpoints/{endpoint['id']}").status == 400
    assert api.patch(f"endpoints/{endpoint['id']}", {"name": "other"}).status == 400
    change = {"name": "Branch", "attributes": ["#exits"]}
    assert api.patch(f"endpoints/{endpoint['id']}", change).status == 202
    assert api.put(f"endpoints/{endpoint['id']}", change).status == 400
    api.delete(f"edge-routers/{ident}")
    assert api.items(f"endpoints?networkId={network}") == []
    assert api.items(f"edge-router-policies?networkId={network}") == []


def test_a_router_registers_with_its_key(api: NetFoundryApi, network: str) -> None:
    ident = api.make("edge-routers", name="Branch", networkId=network)
    router = api.read(f"edge-routers/{ident}")
    assert (router["online"], router["jwt"].count(".")) == (False, 2)
    old = api.post(f"edge-routers/{ident}/registration-key").json["registrationKey"]
    reply = api.post(f"edge-routers/{ident}/registration-key")
    key = reply.json["registrationKey"]
    assert re.fullmatch(r"[A-Z0-9]{10}", key)
    assert MOMENT.fullmatch(reply.json["expiresAt"])
    machine = NetFoundryApi(api.cloud, account=None)
    assert machine.post(f"/core/v2//edge-routers/register/{old}").status == 400
    first = machine.post(f"edge-routers/register/{key}")
    assert first.json["edgeRouter"]["jwt"] == router["jwt"]
    assert {"edgeRouter", "networkControllerHost", "productMetadata", "haEnabled"} == set(first.json)
    assert machine.post(f"edge-routers/register/{key}").json["edgeRouter"]["jwt"] is None
    assert (
        machine.post(f"edge-routers/register/{key}/registered", {"status": 1, "message": "no"}).status == 200
    )
    assert api.read(f"edge-routers/{ident}")["online"] is False
    assert machine.post(f"edge-routers/register/{key}/registered", {"status": 0}).status == 200
    after = api.read(f"edge-routers/{ident}")
    assert (after["online"], after["verified"], after["jwt"]) == (True, True, None)
    assert after["zitiId"] == router["zitiId"]
    assert after["registration"]["usedAt"] is not None
    assert after["registration"]["registrationAttempts"] == 2


@pytest.mark.parametrize("kind", ["endpoints", "edge-routers"])
@pytest.mark.parametrize("by", ["id", "jwt"])
def test_enrollment(api: NetFoundryApi, network: str, kind: str, by: str) -> None:
    ident = api.post(kind, creation(network, kind)).id
    before = api.read(f"{kind}/{ident}")
    reply = api.control("POST", "netfoundry/enroll", {by: before[by]})
    assert reply.json == {"id": ident, "name": "Thing", "zitiId": before["zitiId"]}
    after = api.read(f"{kind}/{ident}")
    assert (after["jwt"], after["zitiId"]) == (None, before["zitiId"])
    assert api.control("POST", "netfoundry/enroll", {by: before[by]}).status == (409 if by == "id" else 404)


def test_share(api: NetFoundryApi, network: str) -> None:
    ident = api.post("endpoints", creation(network, "endpoints")).id
    mail = {"toList": ["alice@example.com"], "subject": "token", "id": ident}
    assert api.post("endpoints/share", [mail]).status == 202
    refused: list[Any] = [[], {}, [{}], [{**mail, "id": network}], [{**mail, "toList": []}]]
    for wrong in refused:
        assert api.post("endpoints/share", wrong).status in (400, 404), wrong
    api.control("POST", "netfoundry/enroll", {"id": ident})
    assert api.post("endpoints/share", [mail]).status == 400, "there is no token any more"


def test_a_certificate_authority_is_verified(api: NetFoundryApi, network: str) -> None:
    authority = trustme.CA()
    ident = api.post(
        "certificate-authorities",
        creation(network, "certificate-authorities", certPem=authority.cert_pem.bytes().decode()),
    ).id
    path = f"certificate-authorities/{ident}"
    token = api.read(path)["verificationToken"]
    good = authority.issue_cert(common_name=token).cert_chain_pems[0].bytes()
    wrong_name = authority.issue_cert(common_name="x").cert_chain_pems[0].bytes()
    stranger = trustme.CA().issue_cert(common_name=token).cert_chain_pems[0].bytes()
    for body in (b"", wrong_name, stranger):
        assert api.post(f"{path}/verify", body).status == 400
    assert api.read(path)["verified"] is False
    assert api.post(f"{path}/verify", good).status == 200
    assert api.read(path)["verified"] is True


@pytest.mark.parametrize(
    ("type_", "needed"),
    [
        ("MAC", {"macAddresses": ["AA:BB:CC:11:22:33"]}),
        ("DOMAIN", {"domains": ["example.com"]}),
        ("PROCESS", {"process": {"osType": "Linux", "path": "/bin/x", "hashes": []}}),
        ("PROCESS_MULTI", {"processes": [{"osType": "Linux", "path": "/bin/x", "hashes": []}]}),
        ("MFA", {}),
    ],
)
def test_posture_checks(api: NetFoundryApi, network: str, type_: str, needed: dict[str, Any]) -> None:
    body = {"networkId": network, "name": "p", "type": type_}
    assert api.post("posture-checks", body).status == (400 if needed else 202)
    found = api.post("posture-checks", {**body, "name": "q", **needed}).json
    for name, value in needed.items():
        assert type(found[name]) is type(value)
    assert ("timeoutSeconds" in found) == (type_ == "MFA")
    assert "operatingSystems" not in found
