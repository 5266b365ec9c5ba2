# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grammar of the emulated API: depth, lists, versions, envelopes, paths."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pocketvdc import Cloud
from pocketvdc.testing import Api

NOWHERE = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def tree(api: Api) -> str:
    """A data center with one server that has a volume, a NIC and a firewall rule; answers its path."""
    rule = {"properties": {"name": "ssh", "protocol": "TCP", "portRangeStart": 22, "portRangeEnd": 22}}
    nic = {"properties": {"name": "n", "lan": 1}, "entities": {"firewallrules": {"items": [rule]}}}
    volume = {"properties": {"name": "v", "size": 10, "licenceType": "LINUX"}}
    server = {
        "properties": {"name": "s", "cores": 1, "ram": 1024},
        "entities": {"nics": {"items": [nic]}, "volumes": {"items": [volume]}},
    }
    body = {
        "properties": {"name": "dc", "location": "de/fra"},
        "entities": {"servers": {"items": [server]}},
    }
    return f"/datacenters/{api.post('/datacenters', body).id}"


def server_of(api: Api, tree: str, depth: int) -> Any:
    ident = api.get(f"{tree}/servers").json["items"][0]["id"]
    return api.get(f"{tree}/servers/{ident}?depth={depth}").json


def test_depth_of_a_list(api: Api, tree: str) -> None:
    def first(depth: int) -> Any:
        return api.get(f"{tree}/servers?depth={depth}").json["items"][0]

    assert set(first(0)) == {"id", "type", "href"}
    assert set(first(1)) == {"id", "type", "href", "metadata", "properties", "entities"}
    assert set(first(1)["entities"]["nics"]) == {"id", "type", "href"}
    assert set(first(2)["entities"]["nics"]["items"][0]) == {"id", "type", "href"}
    assert first(3)["entities"]["nics"]["items"][0]["properties"]["lan"] == 1
    assert api.get(f"{tree}/servers").json == api.get(f"{tree}/servers?depth=0").json


def test_depth_of_a_resource(api: Api, tree: str) -> None:
    assert set(server_of(api, tree, 0)["entities"]["nics"]) == {"id", "type", "href"}
    assert set(server_of(api, tree, 1)["entities"]["nics"]["items"][0]) == {"id", "type", "href"}
    nic = server_of(api, tree, 2)["entities"]["nics"]["items"][0]
    assert nic["properties"]["name"] == "n"
    assert "items" not in nic["entities"]["firewallrules"]
    rules = server_of(api, tree, 3)["entities"]["nics"]["items"][0]["entities"]["firewallrules"]["items"]
    assert [set(rule) for rule in rules] == [{"id", "type", "href"}]
    rules = server_of(api, tree, 4)["entities"]["nics"]["items"][0]["entities"]["firewallrules"]["items"]
    assert rules[0]["properties"]["portRangeEnd"] == 22


def test_collection_ids_and_hrefs(api: Api, tree: str) -> None:
    server = server_of(api, tree, 2)
    nic = server["entities"]["nics"]["items"][0]
    root = "http://localhost/cloudapi/v6"
    assert server["entities"]["volumes"]["id"] == f"{server['id']}/volumes"
    assert server["href"] == f"{root}{tree}/servers/{server['id']}"
    assert nic["entities"]["firewallrules"]["id"] == f"{nic['id']}/firewallrules"
    # An attached volume lives in the data center, whichever way one comes to it.
    volume = server["entities"]["volumes"]["items"][0]
    assert volume["href"] == f"{root}{tree}/volumes/{volume['id']}"
    assert api.get(f"{tree}/lans/1/nics").json["id"] == "1/nics"
    assert api.get("/um/users").json["id"] == "users"


@pytest.mark.parametrize("depth", ["-1", "11", "x"])
def test_bad_depth(api: Api, depth: str) -> None:
    assert api.get(f"/datacenters?depth={depth}").status == 422


def test_pages(api: Api) -> None:
    for number in range(5):
        api.datacenter(f"dc{number}")
    root = "http://localhost/cloudapi/v6/datacenters"
    page = api.get("/datacenters?offset=2&limit=2&depth=1").json
    assert [item["properties"]["name"] for item in page["items"]] == ["dc2", "dc3"]
    assert (page["offset"], page["limit"]) == (2, 2)
    assert page["_links"] == {
        "prev": f"{root}?offset=0&limit=2",
        "self": f"{root}?offset=2&limit=2",
        "next": f"{root}?offset=4&limit=2",
    }
    assert set(api.get("/datacenters").json["_links"]) == {"self"}
    assert set(api.get("/datacenters?offset=4&limit=2").json["_links"]) == {"prev", "self"}
    assert api.get("/datacenters?limit=99999").json["limit"] == 10000
    assert api.get("/um/users").json["limit"] == 100
    assert api.get("/datacenters?limit=0").status == 422
    assert api.get("/datacenters?offset=-1").status == 422


def test_page_limit_setting(api: Api) -> None:
    for number in range(5):
        api.datacenter(f"dc{number}")
    api.cloud.settings.page_limit = 2
    page = api.get("/datacenters?limit=1000").json
    assert (len(page["items"]), page["limit"]) == (2, 2)


def test_lists_that_are_never_paged(api: Api) -> None:
    for path in ("/images", "/locations", "/snapshots", "/um/groups", "/templates"):
        reply = api.get(f"{path}?limit=1").json
        assert "limit" not in reply and "_links" not in reply
    assert len(api.get("/images?limit=1").json["items"]) > 1


def test_embedded_collections_are_not_paged(api: Api, tree: str) -> None:
    assert "limit" not in api.get(f"{tree}?depth=2").json["entities"]["servers"]


def test_filters(api: Api) -> None:
    for name, location in (("Web one", "de/fra"), ("web two", "us/las"), ("db", "de/fra")):
        api.datacenter(name, location)

    def names(query: str) -> list[str]:
        return [item["properties"]["name"] for item in api.get(f"/datacenters?depth=1&{query}").json["items"]]

    assert names("filter.name=WEB") == ["Web one", "web two"]
    assert names("filter.name=web&filter.location=fra") == ["Web one"]
    assert names("filter.createdBy=demo") == ["Web one", "web two", "db"]
    assert names("filter.secAuthProtection=true") == []
    assert names("filter.nonsense=x") == []
    assert names("orderBy=name") == ["db", "Web one", "web two"]
    assert names("maxResults=2") == ["Web one", "web two"]
    # A filter acts on properties, which depth 0 does not load.
    assert len(api.get("/datacenters?filter.name=web").json["items"]) == 3
    assert len(Api(api.cloud, 5).get("/datacenters?depth=1&filter.name=web").json["items"]) == 3


def test_pretty(api: Api) -> None:
    ident = api.datacenter().rsplit("/", 1)[1]
    pretty = api.get("/datacenters?depth=0").text
    assert pretty.startswith('{\n  "id" : "datacenters",\n  "type" : "collection",\n')
    assert f'"items" : [ {{\n    "id" : "{ident}",' in pretty
    compact = api.get("/datacenters?depth=0&pretty=false").text
    assert compact.startswith('{"id":"datacenters","type":"collection",')
    assert json.loads(pretty) == json.loads(compact)
    assert '"items" : [ ]' in api.get("/snapshots").text


def test_etag_and_conditional_read(api: Api) -> None:
    path = api.datacenter()
    first = api.get(path)
    assert first.headers["ETag"] == f'"{first.json["metadata"]["etag"]}"'
    assert api.get(path, headers={"If-None-Match": first.headers["ETag"]}).status == 304
    assert "ETag" not in api.get(f"{path}?depth=1").headers
    api.patch(path, {"name": "other"})
    assert api.get(path, headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_root_needs_no_credentials(cloud: Cloud) -> None:
    reply = Api(cloud, 5, login="nobody").get("/")
    assert reply.status == 200
    assert reply.json == {"href": "http://localhost/cloudapi/v5/", "name": "CLOUD API", "version": "5.0"}


@pytest.mark.parametrize(
    "login", ["wrong-token", "demo@example.com:wrong", "nobody@example.com:demo-password"]
)
def test_wrong_credentials(cloud: Cloud, login: str) -> None:
    reply = Api(cloud, login=login).get("/datacenters")
    assert (reply.status, reply.codes, reply.message) == (401, ["315"], "Unauthorized")
    assert reply.headers["X-RateLimit-Limit"] == "120"


def test_no_credentials(cloud: Cloud) -> None:
    api = Api(cloud)
    api.headers = {}
    assert api.get("/datacenters").status == 401


def test_token_service(cloud: Cloud) -> None:
    token = Api(cloud, login="demo@example.com:demo-password").get("/auth/v1/tokens/generate").json["token"]
    assert Api(cloud, login=token).get("/datacenters").status == 200
    assert Api(cloud, login="wrong").get("/auth/v1/tokens/generate").status == 401


def test_state_is_per_contract(api: Api, cloud: Cloud) -> None:
    path = api.datacenter()
    other = Api(cloud, login="other-token")
    assert other.get("/datacenters").json["items"] == []
    assert other.get(path).status == 404
    public = "/images?depth=1&filter.public=true"
    assert other.get(public).json["items"] == api.get(public).json["items"]


@pytest.mark.parametrize(
    "path",
    [
        "/nonsense",
        "/datacenters/",
        f"/datacenters/{NOWHERE}",
        "/datacenters/fake_id",
        f"/datacenters/{NOWHERE}/servers",
        "{dc}/servers/fake",
        "{dc}/lans/0",
        "{dc}/nonsense",
        f"{{dc}}/volumes/{NOWHERE}",
        f"{{dc}}/loadbalancers/{NOWHERE}",
        f"/images/{NOWHERE}",
        f"/snapshots/{NOWHERE}",
        f"/ipblocks/{NOWHERE}",
        f"/requests/{NOWHERE}",
        f"/requests/{NOWHERE}/status",
        f"/um/users/{NOWHERE}",
        f"/um/groups/{NOWHERE}",
        f"/um/resources/datacenter/{NOWHERE}",
        "/um/resources/nonsense",
        "/locations/xx",
        "/locations/de/xxx",
        f"/templates/{NOWHERE}",
        f"/labels/urn:label:datacenter:{NOWHERE}:x",
    ],
)
def test_not_found(api: Api, path: str) -> None:
    reply = api.get(path.format(dc=api.datacenter()))
    assert (reply.status, reply.codes, reply.message) == (404, ["309"], "Resource does not exist")


def test_wrong_method(api: Api) -> None:
    assert api.put("/contracts", {}).status == 405
    assert api.delete("/datacenters").status == 405
    assert api.patch("/um/users", {}).status == 405


def test_locations(api: Api) -> None:
    assert {"de/fra", "de/fkb", "us/las", "us/ewr"} <= {
        item["id"] for item in api.get("/locations").json["items"]
    }
    region = api.get("/locations/de?depth=1").json
    assert region["id"] == "locations/de" or region["type"] == "collection"
    assert all(item["id"].startswith("de/") for item in region["items"])
    one = api.get("/locations/de/fra").json
    assert (one["id"], one["type"]) == ("de/fra", "location")
    assert one["href"].endswith("/cloudapi/v6/locations/de/fra")
    assert "ubuntu:latest" in one["properties"]["imageAliases"]


def test_content_types_of_old_clients(api: Api) -> None:
    body = {"properties": {"name": "old", "location": "de/fra"}}
    for kind in ("application/vnd.profitbricks.resource+json", "text/plain", None):
        headers = {} if kind is None else {"Content-Type": kind}
        assert api.post("/datacenters", body, headers=headers).status == 202
    path = api.datacenter()
    partial = "application/vnd.profitbricks.partial-properties+json"
    assert api.patch(path, {"name": "new"}, headers={"Content-Type": partial}).status == 202
    assert api.properties(path)["name"] == "new"


@pytest.mark.parametrize("body", [b"{", b"", b"name=x", b"\xff\xfe"])
def test_body_that_is_no_json(api: Api, body: bytes) -> None:
    assert api.post("/datacenters", body).status == 400
    assert api.patch(api.datacenter(), body).status == 400


@pytest.mark.parametrize("body", [[], "text", 7, None, {}, {"properties": []}])
def test_body_without_properties(api: Api, body: Any) -> None:
    assert api.post("/datacenters", json.dumps(body).encode()).status == 422


# Versions


def test_version_differences(cloud: Cloud) -> None:
    v4, v5, v6 = (Api(cloud, version) for version in (4, 5, 6))
    path = v6.datacenter()
    server = v6.server(path)
    nic = v6.make(f"{server}/nics", lan=1)
    assert "nat" in v4.properties(nic) and "nat" in v5.properties(nic) and "nat" not in v6.properties(nic)
    assert "firewallType" in v6.properties(nic) and "firewallType" not in v5.properties(nic)
    assert "type" in v6.properties(server) and "type" not in v4.properties(server)
    assert "cpuArchitecture" not in v5.properties(path)
    assert "createdByUserId" not in v4.get(path).json["metadata"]
    assert "createdByUserId" in v5.get(path).json["metadata"]
    assert "_links" not in v4.get("/datacenters").json and "limit" not in v4.get("/datacenters").json
    assert "_links" in v5.get("/datacenters").json
    assert set(v4.get("/contracts").json) == {"type", "properties"}
    assert v6.get("/contracts").json["items"][0]["type"] == "contract"
    assert {"servers", "volumes", "lans", "loadbalancers"} == set(v4.get(path).json["entities"])
    assert "natgateways" in v6.get(path).json["entities"]
    assert v5.get(path).json["href"].startswith("http://localhost/cloudapi/v5/")


@pytest.mark.parametrize(
    ("path", "since"),
    [("/labels", 5), ("/pccs", 5), ("/k8s", 5), ("/backupunits", 5), ("/templates", 6), ("/targetgroups", 6)],
)
def test_paths_of_later_versions(cloud: Cloud, path: str, since: int) -> None:
    statuses = [Api(cloud, version).get(path).status for version in (4, 5, 6)]
    assert statuses == [200 if version >= since else 404 for version in (4, 5, 6)]


def test_ipblock_updates_are_newer_than_ipblocks(cloud: Cloud) -> None:
    block = Api(cloud, 4).make("/ipblocks", location="de/fra", size="1")
    assert Api(cloud, 4).patch(block, {"name": "x"}).status == 404
    assert Api(cloud, 5).patch(block, {"name": "x"}).status == 202


def test_writes_take_a_depth(api: Api, tree: str) -> None:
    assert api.patch(f"{tree}?depth=3", {"name": "x"}).json["entities"]["servers"]["items"][0]["properties"]
    assert "items" not in api.patch(tree, {"name": "x"}).json["entities"]["servers"]


def test_creation_answers_what_was_sent(api: Api, tree: str) -> None:
    assert api.post("/datacenters", {"properties": {"location": "de/fra"}}).json["entities"] is None
    body = {
        "properties": {"location": "de/fra"},
        "entities": {"lans": {"items": [{"properties": {"public": "true"}}, {"properties": {}}]}},
    }
    answer = api.post("/datacenters", body).json
    assert set(answer["entities"]) == {"lans"}
    lans = answer["entities"]["lans"]["items"]
    assert [(lan["id"], lan["properties"]["public"], lan["metadata"]["state"]) for lan in lans] == [
        ("1", True, "BUSY"),
        ("2", False, "BUSY"),
    ]


def test_composite_is_all_or_nothing(api: Api) -> None:
    bad = {"properties": {"name": "s", "cores": 1, "ram": 1000}}
    body = {"properties": {"location": "de/fra"}, "entities": {"servers": {"items": [bad]}}}
    assert api.post("/datacenters", body).status == 422
    unknown = {"properties": {"name": "l"}, "entities": {"balancednics": {"items": [{"id": NOWHERE}]}}}
    body = {"properties": {"location": "de/fra"}, "entities": {"loadbalancers": {"items": [unknown]}}}
    assert api.post("/datacenters", body).status == 404
    assert api.get("/datacenters").json["items"] == []
    assert api.get("/requests").json["items"] == []


def test_strings_come_back_as_they_were(api: Api) -> None:
    text = "äöü € \U0001f600 \ud800 \t <&>"
    path = api.make("/datacenters", name="dc", description=text, location="de/fra")
    assert api.properties(path)["description"] == text
    assert api.get(f"{path}?pretty=false").json["properties"]["description"] == text


def test_message_path_of_nested_fields(api: Api) -> None:
    volume = {"properties": {"size": 5, "licenceType": "OTHER", "sshKeys": ["ssh-rsa AAAA"]}}
    server = {"properties": {"cores": 1, "ram": 1024}, "entities": {"volumes": {"items": [volume]}}}
    reply = api.post(f"{api.datacenter()}/servers", server)
    assert reply.message == (
        "[(root).entities.volumes.items.[0].properties.sshKeys] An image template not found to use SSH keys."
    )


def test_keys_for_an_image_that_is_gone(api: Api) -> None:
    """[recorded, tf#72, 2021] Public images get new ids each month; who has an old one is told of the keys only."""
    volume = {"properties": {"size": 5, "type": "HDD", "image": NOWHERE, "sshKeys": ["ssh-rsa AAAA"]}}
    server = {"properties": {"cores": 1, "ram": 1024}, "entities": {"volumes": {"items": [volume]}}}
    reply = api.post(f"{api.datacenter()}/servers", server)
    assert (reply.status, [one["message"] for one in reply.json["messages"]]) == (
        422,
        [
            "[(root).entities.volumes.items.[0].properties.sshKeys] An image template not found to use SSH keys."
        ],
    )
