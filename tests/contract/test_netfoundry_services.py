# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of the emulated NetFoundry as a whole: tokens, lists, errors, time, roles, control."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from pocketvdc import Cloud
from pocketvdc.cli import main
from pocketvdc.netfoundry.accounts import READY_MADE
from pocketvdc.netfoundry.testing import BASE, NetFoundryApi, credentials_file
from pocketvdc.testing import Api, Clock

OTHER = READY_MADE[1]
NO_ID = "00000000-0000-4000-8000-000000000009"


@pytest.fixture
def api(cloud: Cloud) -> NetFoundryApi:
    return NetFoundryApi(cloud)


@pytest.fixture
def slow(api: NetFoundryApi) -> tuple[NetFoundryApi, str]:
    """A network that is ready, on a service that takes 100 seconds from now on."""
    network = api.network()
    api.read(f"networks/{network}")
    api.control("POST", "settings", {"provision_seconds": 100})
    return api, network


def endpoint(network: str, name: str, **more: Any) -> dict[str, Any]:
    return {"networkId": network, "name": name, "enrollmentMethod": {"ott": True}, **more}


def names(api: NetFoundryApi, path: str) -> list[str]:
    return [item["name"] for item in api.items(path)]


def execution_of(reply: Any, link: str = "execution") -> str:
    found = reply.json["_links"][link]
    href: str = (found[0] if isinstance(found, list) else found)["href"]
    return href.removeprefix(BASE)


# Tokens (sections 2.4 and 2.5)


def claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def test_a_token_by_basic_authentication(api: NetFoundryApi, clock: Clock) -> None:
    scope = "https://gateway.sandbox.netfoundry.io//ignore-scope"
    form = {"grant_type": "client_credentials", "scope": scope}
    reply = api.token(auth=("demo-client", "demo-secret"), data=form)
    assert reply.status == 200
    assert set(reply.json) == {"access_token", "expires_in", "token_type"}
    assert (reply.json["expires_in"], reply.json["token_type"]) == (3600, "Bearer")
    found = claims(reply.json["access_token"])
    assert found["iss"].startswith("https://cognito-idp.us-east-1.amazonaws.com/")
    assert (found["scope"], found["client_id"]) == (scope, "demo-client")
    assert found["exp"] == int(clock()) + 3600


def test_a_token_by_form_or_json(api: NetFoundryApi) -> None:
    whole = {"grant_type": "client_credentials", "client_id": "demo-client", "client_secret": "demo-secret"}
    assert api.token(data=whole).status == 200
    assert api.post("/oauth/token", None).status == 400
    assert api.token("/oauth/token", json={**whole, "audience": f"{BASE}/"}).status == 200


@pytest.mark.parametrize(
    ("kwargs", "status", "error"),
    [
        ({"auth": ("demo-client", "wrong")}, 401, "invalid_client"),
        ({"auth": ("nobody", "demo-secret")}, 401, "invalid_client"),
        ({}, 400, "invalid_client"),
        ({"auth": ("demo-client", "demo-secret"), "data": {"grant_type": "password"}}, 400, None),
        ({"auth": ("demo-client", "demo-secret"), "data": {}}, 400, "unsupported_grant_type"),
    ],
)
def test_refused_tokens(api: NetFoundryApi, kwargs: dict[str, Any], status: int, error: str | None) -> None:
    reply = api.token(**kwargs)
    assert (reply.status, reply.json) == (status, {"error": error or "unsupported_grant_type"})


def test_a_token_expires(api: NetFoundryApi, clock: Clock) -> None:
    clock.advance(3599)
    assert api.get("networks").status == 200
    clock.advance(1)
    assert api.get("networks").status == 401
    api.control("POST", "netfoundry/settings", {"access_seconds": 60})
    api.log_in("demo-client", "demo-secret")
    clock.advance(60)
    assert api.get("networks").status == 401


def test_a_token_outlives_a_reset_but_not_a_logout(api: NetFoundryApi) -> None:
    api.cloud.reset()
    assert api.get("networks").status == 200
    assert api.post("/identity/v1/logout").json == {"loggedOut": True}
    assert api.get("networks").status == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic ZGVtbzpkZW1v", "x"])
def test_no_token(api: NetFoundryApi, header: str) -> None:
    for path in ("networks", "/identity/v1/identities/self", "/auth/v1/roles", "/core/v2/nothing"):
        assert api.get(path, headers={"Authorization": header}).status == 401


def test_a_foreign_signature_is_no_token(api: NetFoundryApi) -> None:
    head, body, signature = api.headers["Authorization"].split(".")
    forged = ".".join((head, body, signature[:-8] + "AAAAAAAA"))
    assert api.get("networks", headers={"Authorization": forged}).status == 401


def test_what_needs_no_token(cloud: Cloud) -> None:
    nobody = NetFoundryApi(cloud, account=None)
    versions = nobody.read("/product-metadata/v2/download-urls.json")
    assert versions["7.3.43"]["active"] is True
    assert len(versions["7.3.43"]["zitiRouterLinuxBinary.sha-256"]) == 64
    assert nobody.get("network-versions").status == 200


# Errors (section 3.7)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/core/v2/nothing", 404),
        ("GET", f"/core/v2/endpoints/{NO_ID}", 404),
        ("DELETE", f"/core/v2/endpoints/{NO_ID}", 404),
        ("PATCH", "/core/v2/endpoints", 405),
        ("POST", "/core/v2/hosts", 405),
        ("GET", "/core/v2/regions/AWS/nowhere", 404),
        ("GET", "/identity/v1/nothing", 404),
        ("PATCH", f"/identity/v1/user-identities/{NO_ID}", 405),
        ("GET", f"/auth/v1/roles/{NO_ID}", 404),
    ],
)
def test_errors(api: NetFoundryApi, method: str, path: str, status: int) -> None:
    reply = api.call(method, path, {})
    assert reply.status == status
    if path.startswith("/core"):
        assert set(reply.json) == {"errors", "status", "traceId"}
        assert reply.json["status"]["code"] == status
    else:
        assert set(reply.json) == {"timestamp", "status", "error", "message"}
        assert reply.json["status"] == status


@pytest.mark.parametrize(
    "path",
    ["hosts", "terminators", "network-versions", "/identity/v1/identities", "/identity/v1/user-identities"],
)
def test_sort_is_a_server_error_in_some_lists(api: NetFoundryApi, path: str) -> None:
    assert api.get(path).status == 200
    reply = api.get(f"{path}?sort=name,asc")
    assert (reply.status, set(reply.json)) == (500, {"timestamp", "status", "error", "message"})


def test_double_slashes(api: NetFoundryApi) -> None:
    assert api.get("/core/v2//network-groups").status == 200


def test_another_organization_sees_nothing(api: NetFoundryApi) -> None:
    network = api.network()
    stranger = NetFoundryApi(api.cloud, OTHER)
    assert stranger.items("networks") == []
    assert stranger.get(f"networks/{network}").status == 403
    assert stranger.delete(f"networks/{network}").status == 403
    assert stranger.post("endpoints", endpoint(network, "spy")).status == 403
    assert len(stranger.items("network-groups")) == 1
    assert len(stranger.read("/identity/v1/organizations")) == 1
    assert stranger.network("net") != network


# Lists (sections 3.3 to 3.5)


@pytest.fixture
def filled(api: NetFoundryApi) -> tuple[NetFoundryApi, str]:
    network = api.network()
    for name in ("beta", "Alpha", "gamma_1", "delta"):
        api.make("endpoints", name=name, networkId=network)
    return api, network


def test_an_empty_list(api: NetFoundryApi) -> None:
    found = api.read("endpoints")
    assert "_embedded" not in found
    assert found["page"] == {"number": 0, "size": 0, "totalElements": 0, "totalPages": 1}


def test_a_list_without_pages(filled: tuple[NetFoundryApi, str]) -> None:
    api, network = filled
    found = api.read(f"endpoints?networkId={network}")
    assert len(found["_embedded"]["endpointList"]) == 4
    assert found["page"] == {"number": 0, "size": 4, "totalElements": 4, "totalPages": 1}
    assert found["_links"]["self"]["href"] == f"{BASE}/core/v2/endpoints?networkId={network}"


def test_pages(filled: tuple[NetFoundryApi, str]) -> None:
    api, _network = filled
    first = api.read("endpoints?size=3&sort=name,asc")
    assert first["page"] == {"number": 0, "size": 3, "totalElements": 4, "totalPages": 2}
    assert names(api, "endpoints?size=3&sort=name,asc&page=0") == ["Alpha", "beta", "delta"]
    assert names(api, "endpoints?size=3&sort=name,asc&page=1") == ["gamma_1"]
    beyond = api.read("endpoints?size=3&page=2")
    assert ("_embedded" in beyond, beyond["page"]["number"]) == (False, 2)
    assert names(api, "endpoints?sort=name,desc") == ["gamma_1", "delta", "beta", "Alpha"]
    for wrong in ("page=-1", "size=0", "size=x"):
        assert api.get(f"endpoints?{wrong}").status == 400


def test_small_pages_for_tests(filled: tuple[NetFoundryApi, str]) -> None:
    api, _network = filled
    api.control("POST", "settings", {"page_limit": 2})
    assert api.read("endpoints?size=1000")["page"]["totalPages"] == 2
    assert api.read("endpoints")["page"]["totalPages"] == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=ALPHA", ["Alpha"]),
        ("name=%25eta", ["beta"]),
        ("name=%25lt%25", ["delta"]),
        ("name=_eta", ["beta"]),
        ("name=alph", []),
        ("typeId=Device", ["Alpha", "beta", "delta", "gamma_1"]),
        ("typeId=Router", []),
        ("sessionActive=false&name=beta", ["beta"]),
        ("unknown=x&name=beta", ["beta"]),
        (f"networkId={NO_ID}", []),
        ("status=DELETED", []),
    ],
)
def test_filters(filled: tuple[NetFoundryApi, str], query: str, found: list[str]) -> None:
    api, _network = filled
    assert names(api, f"endpoints?sort=name&{query}") == found


def test_networks_are_found_by_parameters_of_their_own(api: NetFoundryApi) -> None:
    group = api.post("network-groups", {"name": "Second", "shortName": "SECOND"}).id
    for name in ("one", "two"):
        api.network(name)
    api.network("one", networkGroupId=group)
    assert names(api, "networks?name=two") == ["one", "two", "one"], "name is not honoured"
    assert names(api, f"networks?networkGroupId={group}") == ["one", "two", "one"]
    assert names(api, "networks?findByName=ONE") == ["one", "one"]
    assert names(api, f"networks?findByName=o%25&findByNetworkGroupId={group}") == ["one"]
    assert names(api, "networks?status=PROVISIONED") == ["one", "two", "one"]
    assert names(api, "networks?status=ERROR") == []
    assert api.post("networks", {"name": "ONE", "networkGroupId": group, "size": "small"}).status == 409


KEYS = {
    "networks": "networkList", "network-groups": "networkGroupList", "endpoints": "endpointList",
    "edge-routers": "edgeRouterList", "edge-router-policies": "edgeRouterPolicyList",
    "services": "serviceList", "service-policies": "servicePolicyList",
    "service-edge-router-policies": "serviceEdgeRouterPolicyList", "app-wans": "appWanList",
    "posture-checks": "postureCheckList", "certificate-authorities": "certificateAuthorityList",
    "configs": "configList", "config-types": "configTypeList", "terminators": "terminatorList",
    "hosts": "hostList", "network-controllers": "networkControllerList", "regions": "regionList",
    "executions": "executionList", "process-executions": "processExecutionList",
    "network-versions": "network-versions", "data-centers": "dataCenters",
    "network-configs": "networkConfigMetadataList", "/rest/v1/network-groups": "organizations",
    "/rest/v1/networkConfigMetadata": "networkConfigMetadatas", "/rest/v1/dataCenters": "dataCenters",
}  # fmt: skip


@pytest.mark.parametrize("path", KEYS)
def test_the_key_of_a_list(api: NetFoundryApi, path: str) -> None:
    network = api.network()
    router = api.make("edge-routers", name="r", networkId=network)
    hosts = [{"edgeRouterId": router, "serverEgress": {"protocol": "tcp", "host": "a", "port": 1}}]
    model = {"clientIngress": {"host": "a", "port": 1}, "edgeRouterHosts": hosts}
    api.make("services", name="s", networkId=network, modelType="TunnelerToEdgeRouter", model=model)
    for kind in ("endpoints", "posture-checks", "app-wans", "service-policies"):
        api.make(kind, name="x", networkId=network)
    if path == "certificate-authorities":
        assert "_embedded" not in api.read(path)
    else:
        query = f"?networkId={network}" if path == "executions" else ""
        assert list(api.read(path + query)["_embedded"]) == [KEYS[path]]


# What is the same for everybody (section 7)


def test_regions(api: NetFoundryApi) -> None:
    places = api.items("regions")
    assert {"AWS", "AZURE", "GCP", "OCI"} == {place["provider"] for place in places}
    for name in ("provider", "providers"):
        both = api.items(f"regions?{name}=AZURE&{name}=OCI")
        assert {place["provider"] for place in both} == {"AZURE", "OCI"}
    place = api.read("regions/AWS/us-west-2")
    assert (place["name"], "id" in place) == ("Oregon", False)
    assert set(place["_links"]) == {"self", "regions", "provider", "providers"}
    assert place["_links"]["self"]["href"] == f"{BASE}/core/v2/regions/AWS/us-west-2"
    assert api.items("regions?latitude=45&longitude=-122")[0]["locationCode"] == "us-west-2"
    assert api.read("cloud-providers/AWS")["provider"] == "AWS"
    [center] = api.items("data-centers?hostType=ER&provider=AWS&locationCode=eu-west-2")
    assert api.read(f"data-centers/{center['id']}")["countryCode"] == "GB"
    network = api.network()
    old = api.post(
        "edge-routers",
        {"networkId": network, "name": "r", "linkListener": True, "dataCenterId": center["id"]},
    )
    assert (old.json["provider"], old.json["region"]) == ("AWS", "eu-west-2")


def test_versions_and_sizes(api: NetFoundryApi) -> None:
    active = api.items("network-versions?active=true")
    assert [item["networkVersion"] for item in active if item["default"]] == ["7.3.43"]
    assert all(item["active"] for item in active)
    assert [item["networkVersion"] for item in api.items("network-versions?zitiVersion=0.22.0")] == ["7.3.43"]
    assert [item["name"] for item in api.items("network-configs")] == ["small", "medium", "large"]


def test_network_groups(api: NetFoundryApi) -> None:
    [first] = api.items("network-groups")
    assert (first["shortName"], first["name"]) == ("DEMOGROUP", "Demo Organization")
    assert api.post("network-groups", {"name": "x", "shortName": "demogroup"}).status == 409
    created = api.post("network-groups", {"name": "New", "shortName": "NEW"})
    assert created.status == 201
    path = f"network-groups/{created.id}"
    assert api.put(path, {"name": "Newer", "shortName": "NEW"}).json["name"] == "Newer"
    assert api.put(path, {"name": "Newer", "shortName": "OLD"}).status == 400
    assert [item["id"] for item in api.items(f"network-groups?findByNetworkGroupId={created.id}")] == [
        created.id
    ]
    network = api.network(networkGroupId=created.id)
    assert api.delete(path).status == 409
    api.delete(f"networks/{network}")
    assert api.delete(path).status == 202
    assert len(api.items("network-groups")) == 1


def test_network_groups_of_rest_v1(api: NetFoundryApi) -> None:
    api.post("network-groups", {"name": "New", "shortName": "NEW"})
    first = api.read("/rest/v1/network-groups?size=1&page=1")
    assert first["page"] == {"number": 1, "size": 1, "totalElements": 2, "totalPages": 2}
    assert set(first["_links"]) == {"first", "last"}
    [group] = api.items("/rest/v1/network-groups?size=1&page=2")
    assert group["organizationShortName"] == "NEW"
    assert group["createdAt"].endswith("+0000")
    assert api.read(f"/rest/v1/network-groups/{group['id']}") == group
    assert api.get("/rest/v1/network-groups?page=0").status == 400


# Time (section 4)


def test_the_life_of_a_network(api: NetFoundryApi, clock: Clock) -> None:
    api.control("POST", "settings", {"provision_seconds": 100})
    created = api.post("networks", {"name": "n", "networkGroupId": api.group, "size": "small"})
    path, execution = f"networks/{created.id}", execution_of(created)
    seen = [(created.json["status"], api.get(execution).status, None)]
    for _each in range(5):
        clock.advance(6 if len(seen) < 3 else 30)
        reply = api.get(execution)
        seen.append((api.read(path)["status"], reply.status, reply.json.get("status")))
    code = {"code": 403, "label": "Forbidden"}
    assert seen == [
        ("NEW", 404, None),
        ("NEW", 403, code),
        ("PROVISIONING", 200, "STARTED"),
        ("PROVISIONING", 200, "RUNNING"),
        ("PROVISIONING", 200, "RUNNING"),
        ("PROVISIONED", 200, "FINISHED"),
    ]
    done = api.read(execution)
    assert (done["name"], done["description"]) == ("Create Network", "create network n")
    assert (done["resourceId"], done["networkId"]) == (created.id, created.id)
    assert execution.endswith(done["id"])


def test_a_network_that_is_not_ready_takes_no_members(api: NetFoundryApi, clock: Clock) -> None:
    api.control("POST", "settings", {"provision_seconds": 100})
    network = api.network()
    assert api.post("endpoints", endpoint(network, "e")).status == 400
    clock.advance(100)
    assert api.post("endpoints", endpoint(network, "e")).status == 202


def test_an_endpoint_has_its_token_later(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    created = api.post("endpoints", endpoint(network, "e")).json
    assert (created["jwt"], created["zitiId"], created["typeId"]) == (None, None, None)
    assert "status" not in created
    clock.advance(99)
    assert api.read(f"endpoints/{created['id']}")["jwt"] is None
    assert api.control("POST", "netfoundry/enroll", {"id": created["id"]}).status == 409
    clock.advance(1)
    found = api.read(f"endpoints/{created['id']}")
    assert found["typeId"] == "Device"
    token = claims(found["jwt"])
    assert token["sub"] == found["zitiId"]
    assert token["exp"] == int(clock()) + 24 * 3600
    domain = api.read(f"networks/{network}")["networkController"]["domainName"]
    assert token["iss"] == f"https://{domain}:443"


def test_put_shows_updating_and_patch_does_not(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    path = f"edge-routers/{api.make('edge-routers', name='r', networkId=network)}"
    clock.advance(100)
    body = {"name": "r", "linkListener": True}
    assert api.put(path, body).json["status"] == "UPDATING"
    clock.advance(50)
    assert api.read(path)["status"] == "UPDATING"
    clock.advance(50)
    assert api.read(path)["status"] == "PROVISIONED"
    assert api.patch(path, {"name": "s"}).json["status"] == "PROVISIONED"


def test_work_on_one_thing_waits_its_turn(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    path = f"edge-routers/{api.make('edge-routers', name='r', networkId=network)}"
    assert api.put(path, {"name": "r", "linkListener": True}).json["status"] == "NEW"
    clock.advance(100)
    assert api.read(path)["status"] == "UPDATING"
    clock.advance(100)
    assert api.read(path)["status"] == "PROVISIONED"


def test_a_router_is_deleted(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    path = f"edge-routers/{api.make('edge-routers', name='r', networkId=network)}"
    clock.advance(100)
    reply = api.delete(path)
    assert (reply.json["status"], reply.json["deletedAt"]) == ("DELETING", None)
    assert api.delete(path).status == 400
    assert api.patch(path, {"name": "s"}).status == 400
    assert names(api, "edge-routers") == ["r"]
    clock.advance(100)
    assert api.read(path)["status"] == "DELETED"
    assert api.items("edge-routers") == []
    assert api.read(execution_of(reply))["status"] == "SUCCESS"
    api.control("POST", "netfoundry/settings", {"deleted_readable": False})
    assert api.get(path).status == 404


def test_failures(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    fault = {"kind": "fail_request", "method": "POST", "path": "edge-routers"}
    api.control("POST", "faults", fault)
    created = api.post("edge-routers", {"networkId": network, "name": "r", "linkListener": False})
    path = f"edge-routers/{created.id}"
    clock.advance(100)
    assert (api.read(path)["status"], api.read(path)["zitiId"]) == ("ERROR", None)
    assert api.read(execution_of(created))["status"] == "FAILED"
    api.control("POST", "faults", {"kind": "fail_request", "method": "DELETE"})
    api.delete(path)
    clock.advance(100)
    assert (api.read(path)["status"], api.read(path)["deletedBy"]) == ("ERROR", None)
    api.control("POST", "netfoundry/heal", {"id": created.id})
    assert api.read(path)["status"] == "REPLACING"
    clock.advance(100)
    assert api.read(path)["status"] == "PROVISIONED"
    api.control("POST", "faults", {"kind": "fail_request", "method": "PATCH"})
    assert api.patch(path, {"name": "renamed"}).json["name"] == "renamed"
    clock.advance(100)
    assert (api.read(path)["name"], api.read(path)["status"]) == ("r", "ERROR")


def test_suspend_and_resume(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    assert api.post(f"networks/{network}/resume").status == 409
    reply = api.post(f"networks/{network}/suspend")
    assert (reply.status, reply.json["_links"]["execution"]["href"].count("/")) == (202, 6)
    clock.advance(100)
    assert api.read(f"networks/{network}")["status"] == "SUSPENDED"
    assert api.post("endpoints", endpoint(network, "e")).status == 400
    assert api.post(f"networks/{network}/suspend").status == 409
    assert api.post(f"networks/{network}/resume").status == 202
    clock.advance(100)
    assert api.read(f"networks/{network}")["status"] == "PROVISIONED"


def test_what_is_suspended_stays_so_when_it_is_renamed(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    api.post(f"networks/{network}/suspend")
    clock.advance(100)
    api.patch(f"networks/{network}", {"name": "new"})
    clock.advance(100)
    assert api.read(f"networks/{network}")["status"] == "SUSPENDED"


def test_work_ends_with_its_network(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    path = f"edge-routers/{api.make('edge-routers', name='late', networkId=network)}"
    api.control("POST", "settings", {"provision_seconds": 5})
    api.delete(f"networks/{network}")
    clock.advance(5)
    assert api.read(path)["status"] == "DELETED"
    clock.advance(95)
    assert (api.read(path)["status"], api.read(path)["jwt"]) == ("DELETED", None)
    assert api.items("endpoints") == []


def test_a_failed_update_takes_back_only_what_it_changed(
    slow: tuple[NetFoundryApi, str], clock: Clock
) -> None:
    api, network = slow
    path = f"endpoints/{api.make('endpoints', name='e', networkId=network)}"
    api.control("POST", "faults", {"kind": "fail_request", "method": "PATCH"})
    api.patch(path, {"name": "f"})
    clock.advance(200)
    found = api.read(path)
    assert (found["name"], found["jwt"].count(".")) == ("e", 2)


def test_an_expired_token_enrolls_nobody(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    ident = api.make("endpoints", name="e", networkId=network)
    clock.advance(100)
    assert api.control("POST", "netfoundry/enroll", {"id": ident}).status == 200
    other = api.make("endpoints", name="f", networkId=network)
    clock.advance(100)
    api.control("GET", "netfoundry/settings")
    clock.advance(24 * 3600)
    assert api.control("POST", "netfoundry/enroll", {"id": other}).status == 409


def test_executions_are_listed_once_they_can_be_seen(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    before = len(api.items(f"executions?networkId={network}"))
    ident = api.post("endpoints", endpoint(network, "e")).id
    assert len(api.items(f"executions?networkId={network}")) == before
    clock.advance(10)
    assert len(api.items(f"executions?networkId={network}")) == before + 1
    assert len(api.items(f"executions?networkId={network}&resourceId={ident}")) == 1


@pytest.mark.parametrize(
    ("links", "name"),
    [("execution", "execution"), ("process-executions", "process-executions"), ("process", "process")],
)
def test_generations_of_executions(
    slow: tuple[NetFoundryApi, str], clock: Clock, links: str, name: str
) -> None:
    api, network = slow
    api.control("POST", "netfoundry/settings", {"links": links})
    reply = api.post("endpoints", endpoint(network, "e"))
    path = execution_of(reply, name)
    state = "state" if links == "process-executions" else "status"
    assert path.startswith(f"/core/v2/{'executions' if links == 'execution' else links}/")
    assert api.get(path).status == 404
    clock.advance(20)
    assert api.read(path)[state] == "STARTED"
    clock.advance(80)
    assert api.read(path)[state] == "FINISHED"


def test_the_oldest_form_of_an_execution(slow: tuple[NetFoundryApi, str], clock: Clock) -> None:
    api, network = slow
    api.control("POST", "netfoundry/settings", {"links": "process"})
    ident = api.make("endpoints", name="e", networkId=network)
    clock.advance(100)
    reply = api.delete(f"networks/{network}")
    assert reply.json["_links"]["process-execution"] == reply.json["_links"]["process"]
    clock.advance(100)
    [created] = api.items(f"executions?networkId={network}&resourceId={ident}")
    found = api.read(f"process/{created['id']}?networkId={network}")
    assert (found["processorName"], found["status"], found["payload"]) == ("CreateEndpoint", "FINISHED", None)
    assert found["stepIds"] == [step["id"] for step in found["steps"]]
    assert found["args"]["context"]["endpointId"] == ident
    [again] = api.items(f"process-executions?beta=&processId={created['id']}")
    assert (again["id"], again["state"], "status" in again) == (created["id"], "FINISHED", False)


def test_answers_without_executions(slow: tuple[NetFoundryApi, str]) -> None:
    api, network = slow
    api.control("POST", "netfoundry/settings", {"links": "none"})
    assert set(api.post("endpoints", endpoint(network, "e")).json["_links"]) == {"self", "network"}


# Identities and roles (sections 5 and 6)


def test_who_am_i(api: NetFoundryApi) -> None:
    caller = api.read("/identity/v1/identities/self")
    assert api.read("/identity/v1/api-account-identities/self") == caller
    assert api.get("/identity/v1/user-identities/self").status == 404
    assert {
        "id", "organizationId", "tenantId", "type", "name", "description", "email", "contactEmail", "active",
        "auth0ClientId", "awsCognitoClientId", "authenticationUrl", "createdAt", "updatedAt", "deletedAt",
    } == set(caller)  # fmt: skip
    assert caller["type"] == "ApiAccountIdentity"
    assert caller["awsCognitoClientId"].endswith("|demo-client")
    assert caller["authenticationUrl"] == f"{BASE}/oauth2/token"
    assert caller["createdAt"] == {"epochSecond": 1_700_000_000, "nano": 0}
    assert caller["deletedAt"] is None
    [organization] = api.read("/identity/v1/organizations")
    assert organization["id"] == caller["organizationId"] == caller["tenantId"]
    assert {
        "id", "label", "name", "active", "deleted", "mfaProvider", "identityProviders", "createdAt",
        "updatedAt", "deletedAt",
    } == set(organization)  # fmt: skip
    assert api.read("/identity/v1/organization") == organization
    assert api.read("/identity/v1/tenants") == [{"id": organization["id"]}]
    assert api.read("/identity/v1/organizations?name=nothing") == []
    assert api.read("/identity/v1/organizations?mfaProviders=GoogleAuthenticator") == []


def test_an_api_account(api: NetFoundryApi, clock: Clock) -> None:
    path = "/identity/v1/api-account-identities"
    created = api.post(path, {"name": "ci-bot", "contactEmail": "ops@example.com"})
    assert created.status == 201
    login = created.json["clientId"], created.json["password"]
    assert not {"clientId", "password"} & set(api.read(f"{path}/{created.id}"))
    bot = NetFoundryApi(api.cloud, account=None)
    bot.log_in(*login)
    assert bot.read("/identity/v1/identities/self")["name"] == "ci-bot"
    assert bot.network("bots") in [item["id"] for item in api.items("networks")], "it has the first roles"
    clock.advance(5)
    changed = api.put(f"{path}/{created.id}", {"name": "ci-bot", "description": "pipeline"}).json
    assert (changed["description"], changed["contactEmail"]) == ("pipeline", None)
    assert changed["updatedAt"]["epochSecond"] == created.json["createdAt"]["epochSecond"] + 5
    api.put(f"{path}/{created.id}", {"name": "ci-bot", "active": False})
    assert bot.get("networks").status == 401
    assert api.delete(f"{path}/{created.id}").status == 204
    assert api.get(f"{path}/{created.id}").status == 404
    assert [item["name"] for item in api.read("/identity/v1/identities")] == ["demo-client"]


def test_a_user(api: NetFoundryApi) -> None:
    path = "/identity/v1/user-identities"
    assert api.post(path, {"name": "Alice"}).status == 400
    created = api.post(path, {"name": "Alice", "email": "alice@example.com"})
    assert (created.status, created.json["type"]) == (201, "UserIdentity")
    assert api.post(path, {"name": "Other", "email": "ALICE@example.com"}).status == 409
    found = api.read("/identity/v1/identities?email=alice@example.com")
    assert [item["id"] for item in found] == [created.id]
    roles = api.read(f"/auth/v1/roles?identityId={created.id}")["content"]
    assert sorted(role["name"].partition(" - ")[0] for role in roles) == [
        "Network Group Admin",
        "Organization Admin",
    ]
    assert api.delete(f"{path}/{created.id}").status == 204
    assert api.read(f"/auth/v1/identity-roles?identityId={created.id}") == []


def test_roles_of_a_network(api: NetFoundryApi) -> None:
    network = api.network("ACME Net")
    api.read(f"networks/{network}")
    found = api.read("/auth/v1/roles?nameLike=ACME Net&size=3000")
    assert {"content", "totalElements", "totalPages", "number", "size"} == set(found)
    assert [role["name"] for role in found["content"]] == [
        "Network Admin - ACME Net",
        "Network Read-only - ACME Net",
    ]
    assert found["content"][0]["path"] == [api.group, network]
    assert api.read(f"/auth/v1/roles/{found['content'][0]['id']}") == found["content"][0]
    assert api.read("/auth/v1/roles?descriptionLike=manage network ACME Net")["totalElements"] == 1
    caller = api.read("/identity/v1/identities/self")["id"]
    assert api.read(f"/auth/v1/roles?identityId={caller}")["content"] == [], "nothing for an API account"


def test_a_grant_ends_with_its_role(api: NetFoundryApi) -> None:
    network = api.network("one")
    api.read(f"networks/{network}")
    [role, _other] = api.read("/auth/v1/roles?nameLike=- one")["content"]
    caller = api.read("/identity/v1/identities/self")["id"]
    granted = api.post("/auth/v1/identity-roles", {"identityId": caller, "roleId": role["id"]}).id
    api.delete(f"networks/{network}")
    api.read(f"networks/{network}")
    assert api.get(f"/auth/v1/identity-roles/{granted}").status == 404
    assert api.get(f"/auth/v1/roles/{role['id']}").status == 404


def only(api: NetFoundryApi, *roles: str) -> NetFoundryApi:
    """A new API account that has these roles alone."""
    limited = NetFoundryApi(api.cloud, account=None)
    limited.log_in(*api.limited(*roles))
    return limited


def test_a_role_is_granted_once(api: NetFoundryApi) -> None:
    caller = api.read("/identity/v1/identities/self")["id"]
    [granted, *_others] = api.read(f"/auth/v1/identity-roles?identityId={caller}")
    body = {"identityId": caller, "roleId": granted["roleId"]}
    assert api.post("/auth/v1/identity-roles", body).status == 409


def test_a_network_admin_neither_deletes_nor_grants(api: NetFoundryApi) -> None:
    network, second = api.network("one"), api.network("two")
    api.read(f"networks/{network}")
    limited = only(api, "Network Admin - one")
    assert names(limited, "networks") == ["one"]
    assert limited.get(f"networks/{second}").status == 403
    ident = limited.make("endpoints", name="e", networkId=network)
    assert limited.delete(f"endpoints/{ident}").status == 202
    assert limited.patch(f"networks/{network}", {"name": "uno"}).status == 202
    assert limited.delete(f"networks/{network}").status == 403
    assert limited.post("networks", {"name": "x", "networkGroupId": api.group, "size": "small"}).status == 403
    role = api.read("/auth/v1/roles?nameLike=Network Read-only - one")["content"][0]["id"]
    caller = limited.read("/identity/v1/identities/self")["id"]
    assert limited.post("/auth/v1/identity-roles", {"identityId": caller, "roleId": role}).status == 403


def test_a_group_admin_lets_others_into_networks_only(api: NetFoundryApi) -> None:
    api.network("one")
    limited = only(api, "Network Group Admin")
    caller = limited.read("/identity/v1/identities/self")["id"]
    granted = {}
    for name in ("Network Read-only - one", "Network Group Read-only", "Organization Read-only"):
        role = api.read(f"/auth/v1/roles?nameLike={name}")["content"][0]["id"]
        reply = limited.post("/auth/v1/identity-roles", {"identityId": caller, "roleId": role})
        granted[name] = reply.status
        if reply.status == 201:
            assert limited.delete(f"/auth/v1/identity-roles/{reply.id}").status == 204
    assert list(granted.values()) == [201, 403, 403]
    [own] = api.read(f"/auth/v1/identity-roles?identityId={caller}")
    assert limited.delete(f"/auth/v1/identity-roles/{own['id']}").status == 403
    assert limited.post("/identity/v1/user-identities", {"name": "a", "email": "b@example.com"}).status == 403


def test_read_only(api: NetFoundryApi) -> None:
    network = api.network("one")
    ident = api.make("endpoints", name="e", networkId=network)
    limited = only(api, "Organization Read-only")
    assert names(limited, "endpoints") == ["e"]
    assert limited.patch(f"endpoints/{ident}", {"name": "f"}).status == 403
    assert limited.delete(f"endpoints/{ident}").status == 403
    assert limited.post("/identity/v1/user-identities", {"name": "a", "email": "b@example.com"}).status == 403


def test_no_roles(api: NetFoundryApi) -> None:
    api.network()
    limited = only(api)
    assert (limited.items("networks"), limited.items("network-groups")) == ([], [])


def test_resource_actions(api: NetFoundryApi) -> None:
    [kind] = [item for item in api.read("/auth/v1/resource-types") if item["code"] == "user-identity"]
    actions = api.read(f"/auth/v1/resource-actions?resourceTypeId={kind['id']}")
    [action] = [item for item in actions if item["code"] == "update-reset-mfa"]
    caller = api.read("/identity/v1/identities/self")["id"]
    body = {"identityId": caller, "resourceActionId": action["id"], "path": []}
    granted = api.post("/auth/v1/identity-resource-actions", body)
    assert granted.status == 201
    query = f"resourceActionId={action['id']}&identityId={caller}"
    assert [item["id"] for item in api.read(f"/auth/v1/grants?{query}")] == [granted.id]
    assert api.delete(f"/auth/v1/identity-resource-actions/{granted.id}").status == 204
    assert api.read(f"/auth/v1/grants?{query}") == []


def test_as_update_is_what_a_put_takes(api: NetFoundryApi) -> None:
    network = api.network()
    path = f"services/{api.make('services', name='s', networkId=network)}"
    headers = {"Accept": "application/hal+json;as=update"}
    body = api.get(path, headers=headers).json
    assert sorted(body) == ["attributes", "encryptionRequired", "model", "modelType", "name", "networkId"]
    assert api.put(path, body).status == 202


@pytest.mark.parametrize("name", ["", " "])
def test_a_name_is_not_blank(api: NetFoundryApi, name: str) -> None:
    assert api.post("endpoints", endpoint(api.network(), name)).status == 400


# The control path


def test_one_service_does_not_hide_the_other(api: NetFoundryApi) -> None:
    profitbricks = Api(api.cloud, login="demo@example.com:demo-password")
    assert profitbricks.get("/auth/v1/tokens/generate").status == 200
    assert profitbricks.get("/datacenters").status == 200


def test_journal(api: NetFoundryApi) -> None:
    api.control("DELETE", "journal")
    api.get("networks?findByName=x")
    api.get("networks", headers={"Authorization": "Bearer wrong"})
    first, second = api.control("GET", "journal").json["items"]
    assert (first["path"], first["query"]) == ("/core/v2/networks", "findByName=x")
    assert (first["user"], first["status"]) == ("demo-client", 200)
    assert (second["user"], second["status"]) == (None, 401)


def test_faults(api: NetFoundryApi) -> None:
    api.control("POST", "faults", {"kind": "status", "status": 503, "path": "core/v2", "retry_after": 7})
    reply = api.get("networks")
    assert (reply.status, reply.json["status"]["code"], reply.headers["Retry-After"]) == (503, 503, "7")
    api.control("POST", "faults", {"kind": "status", "status": 502, "path": "identity", "message": "gone"})
    assert api.get("/identity/v1/organizations").json["message"] == "gone"
    api.control("POST", "faults", {"kind": "status", "status": 500, "path": "oauth2"})
    assert api.token(auth=("demo-client", "demo-secret")).status == 500


def test_the_rate_limit_counts_by_organization(api: NetFoundryApi) -> None:
    stranger = NetFoundryApi(api.cloud, OTHER)
    api.control("POST", "settings", {"rate_limit": "60/2"})
    assert [api.get("networks").status for _each in range(3)] == [200, 200, 429]
    assert int(api.get("networks").headers["Retry-After"]) >= 1
    assert stranger.get("networks").status == 200


def test_reset(api: NetFoundryApi) -> None:
    api.network()
    api.control("POST", "netfoundry/settings", {"links": "none"})
    api.control("POST", "reset")
    assert api.items("networks") == []
    assert api.control("GET", "netfoundry/settings").json == {
        "links": "execution",
        "deleted_readable": True,
        "access_seconds": 3600,
        "enrollment_seconds": 24 * 3600,
        "arrays": True,
        "place": "all",
    }


@pytest.mark.parametrize(
    ("call", "body", "status"),
    [
        ("settings", {"links": "x"}, 400),
        ("settings", {"unknown": 1}, 400),
        ("settings", {"deleted_readable": 1}, 400),
        ("settings", {"access_seconds": 0}, 400),
        ("settings", {"enrollment_seconds": True}, 400),
        ("settings", {"arrays": "no"}, 400),
        ("settings", {"place": "region"}, 400),
        ("enroll", {}, 404),
        ("enroll", {"id": "x"}, 404),
        ("heal", {"id": "x"}, 404),
        ("credentials", {}, 400),
        ("credentials", {"path": "/nowhere/at/all"}, 400),
        ("credentials", {"path": "x", "client_id": "nobody"}, 404),
    ],
)
def test_refused_control_calls(api: NetFoundryApi, call: str, body: dict[str, Any], status: int) -> None:
    assert api.control("POST", f"netfoundry/{call}", body).status == status


def test_credentials(api: NetFoundryApi, tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    assert api.control("POST", "netfoundry/credentials", {"path": str(path)}).status == 200
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    found = json.loads(path.read_text())
    assert found == {
        "name": "demo-client",
        "clientId": "demo-client",
        "password": "demo-secret",
        "authenticationUrl": f"{BASE}/oauth2/token",
    }
    assert found == api.control("GET", "netfoundry/credentials").json
    other = {"path": str(path), "client_id": "other-client"}
    path.chmod(0o644)
    assert api.control("POST", "netfoundry/credentials", other).status == 200
    assert json.loads(path.read_text())["password"] == "other-secret"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert json.loads(credentials_file("http://x", tmp_path).read_text())["authenticationUrl"] == (
        "http://x/oauth2/token"
    )


OWN_ACCOUNT = {
    "clientId": "mine",
    "password": "mine",
    "authenticationUrl": "https://auth.example.com/oauth2/token",
}


@pytest.mark.parametrize(
    "content",
    ["", "export PATH=/bin\n", "{", "[]", "null", "[" * 9000, json.dumps(OWN_ACCOUNT)],
    ids=lambda content: content[:9] or "empty",
)
@pytest.mark.parametrize("linked", [False, True])
def test_no_file_that_an_emulator_did_not_write_is_touched(
    api: NetFoundryApi, tmp_path: Path, content: str, linked: bool
) -> None:
    path = real = tmp_path / "theirs"
    real.write_text(content)
    if linked:
        path = tmp_path / "link"
        path.symlink_to(real)
    reply = api.control("POST", "netfoundry/credentials", {"path": str(path)})
    assert (reply.status, "no emulator wrote" in reply.json["error"]) == (400, True)
    assert (real.read_text(), path.is_symlink()) == (content, linked)


def test_a_link_to_nowhere_leads_nowhere(api: NetFoundryApi, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert api.control("POST", "netfoundry/credentials", {"path": str(tmp_path / "link")}).status == 400
    assert not (tmp_path / "nothing").exists()


def test_the_command_line_refuses_credentials_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["serve", "--netfoundry-credentials", "/nowhere/at/all"]) == 2
    assert "/nowhere/at/all" in capsys.readouterr().err


def test_the_command_line_writes_credentials_that_work(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", "serve", "--netfoundry-credentials", str(path)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            account = json.loads(path.read_text())
            login = account["clientId"], account["password"]
            form = {"grant_type": "client_credentials"}
            token = requests.post(account["authenticationUrl"], data=form, auth=login, timeout=5).json()
            headers = {"Authorization": f"Bearer {token['access_token']}"}
            found = requests.get(f"{url}/core/v2/network-groups", headers=headers, timeout=5).json()
            [group] = found["_embedded"]["networkGroupList"]
            assert group["_links"]["self"]["href"] == f"{url}/core/v2/network-groups/{group['id']}"
        finally:
            process.terminate()
