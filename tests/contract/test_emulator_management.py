# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, groups, shares, labels and contracts of the emulated API, and who may do what."""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc import Cloud
from pocketvdc.accounts import BadAccounts, parse
from pocketvdc.testing import Api, Clock, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"
ADA = {"firstname": "Ada", "lastname": "L", "email": "ada@example.com", "password": "secret-ada"}


@pytest.fixture
def ada(api: Api) -> str:
    return api.make("/um/users", **ADA)


def login(api: Api, password: str = "secret-ada", email: str = "ada@example.com") -> Api:
    return Api(api.cloud, login=f"{email}:{password}")


def update(**changes: Any) -> dict[str, Any]:
    values = {"firstname": "Ada", "lastname": "L", "email": "ada@example.com", "administrator": False}
    return {"properties": {**values, "forceSecAuth": False, **changes}}


# Users


def test_user(api: Api, ada: str) -> None:
    found = api.get(ada).json
    assert found["metadata"].keys() == {"etag", "createdDate", "lastLogin"}
    assert found["metadata"]["lastLogin"] is None
    assert "password" not in found["properties"]
    assert (found["properties"]["active"], found["properties"]["secAuthActive"]) == (True, False)
    assert "active" not in Api(api.cloud, 4).properties(ada)
    assert login(api).get("/datacenters").status == 200
    assert api.get(ada).json["metadata"]["lastLogin"] is not None
    assert login(api, "wrong").get("/datacenters").status == 401


@pytest.mark.parametrize("name", ["firstname", "lastname", "email", "password"])
def test_required_fields_of_a_user(api: Api, name: str) -> None:
    reply = api.post("/um/users", {"properties": {k: v for k, v in ADA.items() if k != name}})
    assert (reply.status, reply.codes) == (422, ["100"])
    assert reply.message == f"[(root).properties.{name}] Attribute '{name}' is required"


def test_refused_users(api: Api, ada: str) -> None:
    reply = api.post("/um/users", {"properties": {**ADA, "email": "b@example.com", "secAuthActive": True}})
    assert reply.message == "[(root).properties.secAuthActive] Attribute is not allowed in create requests"
    assert api.post("/um/users", {"properties": {**ADA, "email": "ADA@example.com"}}).codes == ["200"]
    assert api.post("/um/users", {"properties": {**ADA, "email": "no mail"}}).codes == ["100"]
    assert api.post("/um/users", {"properties": {**ADA, "email": "other@example.com"}}).codes == ["200"]


def test_user_update_is_a_full_replacement(api: Api, ada: str) -> None:
    assert api.patch(ada, {"firstname": "x"}).status == 405
    assert api.put(ada, {"properties": {"firstname": "x"}}).status == 422
    assert api.put(ada, update(firstname="Augusta", administrator=True)).status == 202
    assert (api.properties(ada)["firstname"], api.properties(ada)["administrator"]) == ("Augusta", True)
    values = update()["properties"]
    del values["administrator"]
    assert Api(api.cloud, 4).put(ada, {"properties": values}).status == 422
    assert api.put(ada, {"properties": values}).status == 202
    assert api.properties(ada)["administrator"] is False
    assert login(api).get("/datacenters").status == 200
    assert api.put(ada, update(password="changed-secret")).status == 202
    assert login(api).get("/datacenters").status == 401
    assert login(api, "changed-secret").get("/datacenters").status == 200
    assert Api(api.cloud, 4).put(ada, update(password="another-secret")).status == 202
    assert login(api, "changed-secret").get("/datacenters").status == 200
    assert api.put(ada, update(active=False)).status == 202
    assert login(api, "changed-secret").get("/datacenters").status == 401


def test_mail_address_of_a_deleted_user_stays_taken(api: Api, ada: str) -> None:
    assert api.delete(ada).status == 202
    assert api.get(ada).status == 404
    assert login(api).get("/datacenters").status == 401
    assert api.post("/um/users", {"properties": ADA}).codes == ["200"]


def test_renamed_user_frees_its_address(api: Api, ada: str) -> None:
    assert api.put(ada, update(email="gone@example.com")).status == 202
    assert login(api, email="gone@example.com").get("/datacenters").status == 200
    assert api.post("/um/users", {"properties": ADA}).status == 202


def test_nobody_deletes_itself(api: Api, ada: str) -> None:
    me = next(u for u in api.get("/um/users?depth=1").json["items"] if u["id"] != ident(ada))
    reply = api.delete(f"/um/users/{me['id']}")
    assert (reply.status, reply.codes) == (422, ["200"])
    assert "cannot delete themselves" in reply.message
    api.put(ada, update(administrator=True))
    assert "owner" in login(api).delete(f"/um/users/{me['id']}").message


# Groups, members, shares, resources


def test_group(api: Api) -> None:
    group = api.make("/um/groups", name="ops", createDataCenter="true")
    found = api.get(group).json
    assert "metadata" not in found
    assert set(found["entities"]) == {"users", "resources"}
    assert (found["properties"]["createDataCenter"], found["properties"]["reserveIp"]) == (True, False)
    assert set(Api(api.cloud, 4).properties(group)) == {
        "name", "createDataCenter", "createSnapshot", "reserveIp", "accessActivityLog",
    }  # fmt: skip
    assert "name" in api.put(group, {"properties": {"reserveIp": True}}).message
    assert api.put(group, {"properties": {"name": "ops", "reserveIp": True}}).status == 202
    assert [api.properties(group)[k] for k in ("createDataCenter", "reserveIp")] == [False, True]
    assert "name" in api.post("/um/groups", {"properties": {}}).message
    assert api.delete(group).status == 202
    assert api.get(group).status == 404


def test_members(api: Api, ada: str) -> None:
    group = api.make("/um/groups", name="ops")
    reply = api.post(f"{group}/users", {"id": ident(ada)})
    assert (reply.status, reply.json["type"], reply.id) == (202, "user", ident(ada))
    members = api.get(f"{group}/users?depth=1").json
    assert (members["id"], members["items"][0]["properties"]["email"]) == (
        f"{ident(group)}/users",
        "ada@example.com",
    )
    groups = api.get(f"{ada}/groups").json
    assert (groups["id"], [g["id"] for g in groups["items"]]) == (f"{ident(ada)}/groups", [ident(group)])
    assert api.post(f"{group}/users", {"id": NOWHERE}).status == 404
    assert api.delete(f"{group}/users/{ident(ada)}").status == 202
    assert api.delete(f"{group}/users/{ident(ada)}").status == 404
    assert api.get(ada).status == 200
    api.post(f"{group}/users", {"id": ident(ada)})
    api.delete(ada)
    assert api.get(f"{group}/users").json["items"] == []


def test_sharing_once_more(api: Api) -> None:
    """(inferred) The enterprise library's own live tests share a data center twice and go on."""
    share = f"{api.make('/um/groups', name='ops')}/shares/{ident(api.datacenter('shared'))}"
    assert api.post(share, {"properties": {}}).status == 202
    assert api.post(share, {"properties": {"editPrivilege": True}}).status == 202
    assert api.properties(share) == {"editPrivilege": True, "sharePrivilege": False}
    assert api.post(share, b"").status == 202
    assert api.properties(share) == {"editPrivilege": True, "sharePrivilege": False}
    assert len(api.get(f"{share.rpartition('/')[0]}").json["items"]) == 1
    assert "nonsense" in api.post(share, {"properties": {"nonsense": 1}}).message


def test_shares(api: Api) -> None:
    group, dc = api.make("/um/groups", name="ops"), api.datacenter("shared")
    share = f"{group}/shares/{ident(dc)}"
    reply = api.post(share, {"properties": {"editPrivilege": True}})
    assert reply.status == 202
    assert (reply.id, reply.json["type"]) == (ident(dc), "resource")
    assert "metadata" not in reply.json
    assert reply.json["href"].endswith(share)
    assert reply.json["properties"] == {"editPrivilege": True, "sharePrivilege": False}
    assert [item["id"] for item in api.get(f"{group}/shares").json["items"]] == [ident(dc)]
    assert api.put(share, {"properties": {"sharePrivilege": True}}).status == 202
    assert api.properties(share) == {"editPrivilege": False, "sharePrivilege": True}
    assert api.put(share, b"").json["properties"] == {"editPrivilege": False, "sharePrivilege": True}
    resources = api.get(f"{group}/resources?depth=1").json["items"]
    assert [(r["type"], r["properties"]["name"]) for r in resources] == [("datacenter", "shared")]
    assert api.post(f"{group}/shares/{NOWHERE}", {"properties": {}}).status == 404
    assert api.get(f"{group}/shares/{NOWHERE}").status == 404
    assert api.delete(share).status == 202
    assert api.get(share).status == 404
    assert api.get(dc).status == 200


def test_what_is_gone_is_shared_no_more(api: Api) -> None:
    group = api.make("/um/groups", name="ops")
    unit = api.make("/backupunits", name="unit1", password="secret", email="a@example.com")
    shared = [
        api.datacenter("shared"),
        api.make("/ipblocks", location="de/fra", size=1),
        api.make("/pccs", name="p"),
        api.make("/k8s", name="c"),
        unit,
        f"/images/{api.post('/_emulator/images', {'name': 'i', 'location': 'de/fra', 'size': 1}).id}",
    ]
    volume = api.volume(api.datacenter("other"))
    shared.append(f"/snapshots/{api.post(f'{volume}/create-snapshot', b'name=s').id}")
    for path in shared:
        assert api.post(f"{group}/shares/{ident(path)}", {"properties": {}}).status == 202
    types = sorted(item["type"] for item in api.get(f"{group}/resources").json["items"])
    assert types == ["backupunit", "datacenter", "image", "ipblock", "k8s", "pcc", "snapshot"]
    for path in shared:
        assert api.delete(path).status == 202
        assert api.get(f"{group}/shares/{ident(path)}").status == 404
    assert api.get(f"{group}/shares").json["items"] == []


def test_public_images_cannot_be_shared(api: Api) -> None:
    group = api.make("/um/groups", name="ops")
    image = api.get("/images").json["items"][0]["id"]
    assert api.post(f"{group}/shares/{image}", {"properties": {}}).status == 404


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_public_image_is_a_resource(api: Api, version: int) -> None:
    """[live test, 2018 and 2020] 10.19: two clients read one under its id; lists have the account's own (inferred)."""
    old = Api(api.cloud, version)
    image = api.get("/images?depth=1&filter.public=true").json["items"][0]
    found = old.get(f"/um/resources/image/{image['id']}?depth=1").json
    assert (found["id"], found["type"]) == (image["id"], "image")
    assert found["properties"]["name"] == image["properties"]["name"]
    assert found["entities"]["groups"]["items"] == []
    assert image["id"] not in [item["id"] for item in old.get("/um/resources/image").json["items"]]


def test_metadata_of_a_resource_by_version(api: Api) -> None:
    """[v4, recorded, 2016] 1.2: the ids of users came with v5, for resources of the user management, too."""
    dc = ident(api.datacenter())
    for version, ids in ((4, False), (5, True), (6, True)):
        found = Api(api.cloud, version).get(f"/um/resources/datacenter/{dc}").json["metadata"]
        assert [name in found for name in ("createdByUserId", "lastModifiedByUserId")] == [ids, ids]
        assert found["createdBy"] == "demo@example.com" and found["state"] == "AVAILABLE"


def test_resources(api: Api) -> None:
    dc, block = api.datacenter("one"), api.make("/ipblocks", location="de/fra", size=1)
    everything = api.get("/um/resources?depth=1").json
    assert everything["id"] == "resources"
    images = api.get("/images?depth=1&filter.public=false").json["items"]
    assert {(r["type"], r["id"]) for r in everything["items"]} == {
        ("datacenter", ident(dc)),
        ("ipblock", ident(block)),
        *(("image", image["id"]) for image in images),
    }
    typed = api.get("/um/resources/datacenter?depth=1").json
    assert typed["id"] == "resources"
    assert typed["items"][0]["properties"] == {"name": "one", "secAuthProtection": False}
    one = api.get(f"/um/resources/ipblock/{ident(block)}").json
    assert (one["type"], one["properties"]["secAuthProtection"]) == ("ipblock", None)
    assert set(one["entities"]) == {"groups"}
    assert Api(api.cloud, 4).get("/um/resources/pcc").status == 404
    assert api.get("/um/resources/pcc").status == 200
    group = api.make("/um/groups", name="ops")
    api.post(f"{group}/shares/{ident(dc)}", {"properties": {}})
    assert api.get(f"/um/resources/datacenter/{ident(dc)}?depth=1").json["entities"]["groups"]["items"]


# What users may do


def test_plain_user_sees_nothing_of_others(api: Api, ada: str) -> None:
    dc, user = api.datacenter(), login(api)
    assert user.get("/datacenters").json["items"] == []
    assert user.get(dc).status == 404
    other = api.make("/um/users", **{**ADA, "email": "bob@example.com"})
    for path in ("/um/users", "/um/groups", "/um/resources", other, "/contracts"):
        assert user.get(path).status == 403
    assert user.post("/datacenters", {"properties": {"location": "de/fra"}}).status == 403
    assert user.post("/ipblocks", {"properties": {"location": "de/fra", "size": 1}}).status == 403
    assert len(user.get("/images").json["items"]) > 0


def test_everybody_reads_the_own_user(api: Api, ada: str) -> None:
    """[live test] Section 17, item 5: 200, though the user management is for administrators."""
    user = login(api)
    assert user.properties(ada)["email"] == "ada@example.com"
    assert user.put(ada, update(firstname="Eve")).status == 403
    assert user.delete(ada).status == 403


def test_group_gives_privileges(api: Api, ada: str) -> None:
    dc, user = api.datacenter("shared"), login(api)
    group = api.make("/um/groups", name="ops", createDataCenter=True)
    api.post(f"{group}/users", {"id": ident(ada)})
    api.post(f"{group}/shares/{ident(dc)}", {"properties": {}})
    assert [item["id"] for item in user.get("/datacenters").json["items"]] == [ident(dc)]
    assert user.patch(dc, {"name": "x"}).status == 403
    assert user.post(f"{dc}/lans", {"properties": {}}).status == 403
    api.put(f"{group}/shares/{ident(dc)}", {"properties": {"editPrivilege": True}})
    assert user.patch(dc, {"name": "x"}).status == 202
    assert user.post(f"{dc}/lans", {"properties": {}}).status == 202
    own = user.datacenter("own")
    assert user.get(own).json["metadata"]["createdBy"] == "ada@example.com"
    assert [r["id"] for r in api.get(f"{ada}/owns").json["items"]] == [ident(own)]
    assert user.post("/ipblocks", {"properties": {"location": "de/fra", "size": 1}}).status == 403
    volume = user.volume(own)
    assert user.post(f"{volume}/create-snapshot", b"name=s").status == 403
    api.put(group, {"properties": {"name": "ops", "createSnapshot": True}})
    assert user.post(f"{volume}/create-snapshot", b"name=s").status == 202


# Labels


def test_labels(api: Api) -> None:
    dc = api.datacenter()
    server = api.server(dc)
    for owner in (dc, server):
        reply = api.post(f"{owner}/labels", {"properties": {"key": "env", "value": "prod"}})
        assert (reply.status, reply.id, reply.json["type"]) == (201, "env", "label")
        assert "Location" not in reply.headers and "state" not in reply.json["metadata"]
    assert api.get(dc).json["metadata"]["state"] == "AVAILABLE"
    assert api.post(f"{dc}/labels", {"properties": {"key": "env", "value": "x"}}).status == 422
    assert api.put(f"{dc}/labels/env", {"properties": {"value": "test"}}).status == 200
    assert api.properties(f"{dc}/labels/env") == {"key": "env", "value": "test"}
    urns = {f"urn:label:datacenter:{ident(dc)}:env", f"urn:label:server:{ident(server)}:env"}
    listed = api.get("/labels?depth=1").json
    assert (listed["id"], {item["id"] for item in listed["items"]}) == ("labels", urns)
    one = api.get(f"/labels/urn:label:datacenter:{ident(dc)}:env").json["properties"]
    assert (one["key"], one["value"], one["resourceId"], one["resourceType"]) == (
        "env", "test", ident(dc), "datacenter",
    )  # fmt: skip
    assert one["resourceHref"].endswith(dc)
    assert (api.delete(f"{dc}/labels/env").status, api.get(f"{dc}/labels/env").status) == (200, 404)
    assert api.post(f"{dc}/labels", {"properties": {"key": "env"}}).status == 422
    assert Api(api.cloud, 4).get(f"{dc}/labels").status == 404
    image = api.post("/_emulator/images", {"name": "i", "location": "de/fra", "size": 1}).id
    assert Api(api.cloud, 5).get(f"/images/{image}/labels").status == 404
    assert api.get(f"/images/{image}/labels").status == 200


@pytest.mark.parametrize("kind", ["datacenter", "server", "volume", "ipblock", "snapshot", "image"])
def test_labels_of_each_kind(api: Api, kind: str) -> None:
    dc = api.datacenter()
    if kind == "datacenter":
        path = dc
    elif kind == "server":
        path = api.server(dc)
    elif kind == "ipblock":
        path = api.make("/ipblocks", location="de/fra", size=1)
    elif kind == "image":
        body = {"name": "i", "location": "de/fra", "size": 1}
        path = f"/images/{api.post('/_emulator/images', body).id}"
    else:
        path = api.volume(dc)
        if kind == "snapshot":
            path = f"/snapshots/{api.post(f'{path}/create-snapshot', b'name=s').id}"
    for key in ("env", "tier"):
        assert api.post(f"{path}/labels", {"properties": {"key": key, "value": "x"}}).status == 201
    assert [item["id"] for item in api.get(f"{path}/labels").json["items"]] == ["env", "tier"]
    labels = api.get("/labels?depth=1").json["items"]
    assert [item["id"] for item in labels] == [
        f"urn:label:{kind}:{ident(path)}:{key}" for key in ("env", "tier")
    ]
    assert {item["properties"]["resourceType"] for item in labels} == {kind}
    assert all(item["properties"]["resourceHref"].endswith(path) for item in labels)
    (found,) = api.get("/labels?depth=1&filter.key=tier").json["items"]
    assert api.get(f"/labels/{found['id']}").json["properties"]["key"] == "tier"
    assert api.delete(path).status == 202
    assert api.get("/labels").json["items"] == []
    assert api.get(f"/labels/{found['id']}").status == 404


# S3 keys, contracts


@pytest.fixture
def storing(api: Api, ada: str) -> str:
    """A user that may use the object storage."""
    group = api.make("/um/groups", name="storing", s3Privilege=True)
    assert api.post(f"{group}/users", {"id": ident(ada)}).status == 202
    return ada


def test_a_new_user_owns_an_inactive_s3_key_in_v5(api: Api, ada: str) -> None:
    """A test of a client of v5 says so; in v6 [live test] there is one key after the first POST."""
    old = Api(api.cloud, 5)
    bob = old.make(
        "/um/users", firstname="B", lastname="B", email="bob@example.com", password="secret-secret"
    )
    (key,) = old.get(f"{bob}/s3keys?depth=1").json["items"]
    assert (key["type"], key["properties"]["active"]) == ("s3key", False)
    assert api.get(f"{ada}/s3keys").json["items"] == []


def test_the_object_storage_knows_a_user_at_once(api: Api) -> None:
    """[recorded, 2023] A string on reads; null at first."""
    person = {"firstname": "B", "lastname": "B", "email": "bob@example.com", "password": "secret-secret"}
    answer = api.post("/um/users", {"properties": person}).json
    assert answer["properties"]["s3CanonicalUserId"] is None
    ident_ = api.properties(f"/um/users/{answer['id']}")["s3CanonicalUserId"]
    assert isinstance(ident_, str)
    (me,) = (u for u in api.get("/um/users?depth=1").json["items"] if u["properties"]["firstname"] == "Demo")
    assert me["properties"]["s3CanonicalUserId"] not in (None, ident_)


def test_s3_keys_need_a_privilege(api: Api, ada: str) -> None:
    """[recorded, tf#881] Administrators need no group (inferred), older versions ask for none (inferred)."""
    refused = api.post(f"{ada}/s3keys")
    assert (refused.status, refused.message) == (
        422,
        "The user needs to be part of a group that has ACCESS_S3_OBJECT_STORAGE privilege",
    )
    assert Api(api.cloud, 5).post(f"{ada}/s3keys").status == 200
    group = api.make("/um/groups", name="storage", s3Privilege=True)
    api.post(f"{group}/users", {"id": ident(ada)})
    assert api.post(f"{ada}/s3keys").status == 200


def test_secrets_of_s3_keys_stay_readable(api: Api, storing: str) -> None:
    """[live test] In the POST answer, later reads, and lists at depth 1; the same after active changes."""
    made = api.post(f"{storing}/s3keys")
    secret = made.json["properties"]["secretKey"]
    key = f"{storing}/s3keys/{made.id}"
    assert api.put(key, {"properties": {"active": False}}).status == 202
    (listed,) = api.get(f"{storing}/s3keys?depth=1").json["items"]
    assert [listed["properties"]["secretKey"], api.properties(key)["secretKey"]] == [secret] * 2
    assert api.post(f"{storing}/s3keys").id != made.id


def test_s3_keys(api: Api, storing: str) -> None:
    reply = api.post(f"{storing}/s3keys")
    assert (reply.status, reply.json["properties"]["active"]) == (200, True)
    assert "Location" in reply.headers
    assert not reply.json["metadata"]["createdDate"].endswith("Z")
    key = f"{storing}/s3keys/{reply.id}"
    assert api.put(key, {"properties": {"active": False}}).status == 202
    assert api.properties(key)["active"] is False
    for _each in range(4):
        assert api.post(f"{storing}/s3keys").status == 200
    assert api.post(f"{storing}/s3keys").status == 422
    assert api.delete(key).status == 202
    assert api.get(key).status == 404
    assert api.get(f"{storing}/s3ssourl").json["ssoUrl"].startswith("https://")
    assert Api(api.cloud, 4).get(f"{storing}/s3keys").status == 404


def test_contract_limits_by_version(api: Api) -> None:
    old = Api(api.cloud, 4).get("/contracts").json["properties"]
    assert (old["owner"], old["status"], old["contractNumber"]) == ("demo@example.com", "BILLABLE", 31000001)
    assert "k8sClusterLimitTotal" not in old["resourceLimits"]
    assert "k8sClusterLimitTotal" in Api(api.cloud, 5).get("/contracts").json["properties"]["resourceLimits"]
    new = api.get("/contracts").json["items"][0]["properties"]["resourceLimits"]
    assert {"nlbLimitTotal", "natGatewayProvisioned", "rulesPerSecurityGroup"} <= set(new)


LIMITED: list[tuple[str, int, str, dict[str, Any]]] = [
    ("coresPerContract", 3, "servers", {"cores": 2, "ram": 1024}),
    ("ramPerContract", 3072, "servers", {"cores": 1, "ram": 2048}),
    ("hddLimitPerContract", 15 * 1024, "volumes", {"size": 10, "licenceType": "OTHER"}),
    ("ssdLimitPerContract", 15 * 1024, "volumes", {"size": 10, "licenceType": "OTHER", "type": "SSD"}),
    ("nlbLimitTotal", 1, "networkloadbalancers", {"name": "n", "listenerLan": 1, "targetLan": 2}),
    ("reservableIps", 3, "/ipblocks", {"location": "de/fra", "size": 2}),
    ("k8sClusterLimitTotal", 1, "/k8s", {"name": "c"}),
]


def set_limits(api: Api, **limits: int) -> None:
    assert api.post("/_emulator/settings", {"limits": limits}).status == 200


@pytest.mark.parametrize(("limit", "most", "collection", "values"), LIMITED, ids=[row[0] for row in LIMITED])
def test_contract_limits_are_held(
    api: Api, limit: str, most: int, collection: str, values: dict[str, Any]
) -> None:
    dc = api.datacenter()
    for public in (True, False):
        api.make(f"{dc}/lans", public=public)
    path = collection if collection.startswith("/") else f"{dc}/{collection}"
    set_limits(api, **{limit: most})
    first = api.make(path, **values)
    refused = api.post(path, {"properties": values})
    assert (refused.status, refused.codes) == (422, ["200"])
    assert f" of {most} " in refused.message
    assert len(api.get(path).json["items"]) == 1
    limits = api.get("/contracts").json["items"][0]["properties"]["resourceLimits"]
    assert limits[limit] == most
    set_limits(api)
    api.make(path, **values)
    # An account beyond its limits can still change and release what it has.
    set_limits(api, **{limit: 0})
    assert collection == "/k8s" or api.patch(first, {"name": "renamed"}).status == 202
    assert api.delete(first).status == 202


def test_natgateway_limit(api: Api) -> None:
    dc = api.datacenter()
    ips = api.properties(api.make("/ipblocks", location="de/fra", size=2))["ips"]
    set_limits(api, natGatewayLimitTotal=1)
    api.make(f"{dc}/natgateways", name="one", publicIps=[ips[0]])
    assert api.post(f"{dc}/natgateways", {"properties": {"name": "two", "publicIps": [ips[1]]}}).status == 422


def test_updates_are_held_to_the_limits(api: Api) -> None:
    dc = api.datacenter()
    server, volume = api.server(dc, cores=2, ram=2048), api.volume(dc, size=10)
    set_limits(api, coresPerContract=3, ramPerContract=4096, hddLimitPerContract=20 * 1024)
    for path, name, allowed, refused in (
        (server, "cores", 3, 4),
        (server, "ram", 4096, 4352),
        (volume, "size", 20, 21),
    ):
        assert api.patch(path, {name: refused}).codes == ["200"]
        assert api.get(path).json["metadata"]["state"] == "AVAILABLE"
        assert api.patch(path, {name: allowed}).status == 202
        assert api.properties(path)[name] == allowed
    set_limits(api, hddLimitPerVolume=30 * 1024)
    assert "must not be greater than 30" in api.patch(volume, {"size": 31}).message
    assert api.patch(volume, {"size": 30}).status == 202


def test_a_composite_is_held_to_the_limits_as_a_whole(api: Api) -> None:
    set_limits(api, coresPerContract=3)
    servers = [{"properties": {"cores": 2, "ram": 1024}} for _each in range(2)]
    body = {"properties": {"location": "de/fra"}, "entities": {"servers": {"items": servers}}}
    refused = api.post("/datacenters", body)
    assert "0 of 3 cores; 4 more" in refused.message
    assert api.get("/datacenters").json["items"] == []
    assert api.get("/requests").json["items"] == []
    servers.pop()
    assert api.post("/datacenters", body).status == 202


@pytest.mark.parametrize(
    "limits", [{"coresPerMoon": 1}, {"coresPerServer": "1"}, {"coresPerServer": -1}, [1]]
)
def test_limits_that_make_no_sense(api: Api, limits: Any) -> None:
    assert api.post("/_emulator/settings", {"limits": limits}).status == 400


# Cross connects, backup units, Kubernetes


def test_cross_connect(api: Api) -> None:
    reply = api.post("/pccs", {"properties": {"name": "pcc"}})
    assert (reply.json["properties"]["peers"], reply.json["properties"]["connectableDatacenters"]) == ([], [])
    pcc, dc = f"/pccs/{reply.id}", api.datacenter("here")
    api.datacenter("there", "us/las")
    assert len(api.properties(pcc)["connectableDatacenters"]) == 2
    lan = api.make(f"{dc}/lans", pcc=reply.id)
    assert [(p["id"], p["datacenterId"]) for p in api.properties(pcc)["peers"]] == [("1", ident(dc))]
    assert [d["name"] for d in api.properties(pcc)["connectableDatacenters"]] == ["here"]
    assert api.delete(pcc).status == 422
    assert api.patch(lan, {"pcc": None}).status == 202
    assert api.delete(pcc).status == 202
    assert api.post(f"{dc}/lans", {"properties": {"pcc": NOWHERE}}).status == 422
    assert api.put(pcc, {"properties": {}}).status == 405


def test_a_cross_connect_names_no_users(api: Api) -> None:
    """[recorded, 2023] The ids of users are null, their mail addresses are not."""
    metadata = api.get(api.make("/pccs", name="pcc")).json["metadata"]
    assert [metadata[name] for name in ("createdByUserId", "lastModifiedByUserId")] == [None, None]
    assert metadata["createdBy"] == "demo@example.com"


def test_a_cross_connect_has_one_location(api: Api) -> None:
    pcc = api.make("/pccs", name="pcc")
    here, there = api.datacenter("here"), api.datacenter("there", "us/las")
    lan = api.make(f"{here}/lans", pcc=ident(pcc))
    refused = api.post(f"{there}/lans", {"properties": {"pcc": ident(pcc)}})
    assert "LANs of location de/fra, and this one is in us/las" in refused.message
    assert api.patch(lan, {"public": True}).status == 422
    assert api.patch(lan, {"name": "renamed"}).status == 202
    assert api.patch(api.make(f"{here}/lans", public=True), {"pcc": ident(pcc)}).status == 422
    assert api.delete(lan).status == 202
    assert api.make(f"{there}/lans", pcc=ident(pcc))
    assert api.properties(pcc)["peers"][0]["location"] == "us/las"


# Contracts of one user, and what only the service does


def test_contract_number_chooses(api: Api) -> None:
    accounts = parse(
        [
            {"email": "r@example.com", "password": "reseller", "contract": number, "token": f"t{number}"}
            for number in (1, 2)
        ]
        + [{"email": "s@example.com", "password": "single", "contract": 3}]
    )
    cloud = Cloud(clock=Clock(), accounts=accounts)
    reseller = Api(cloud, login="r@example.com:reseller")

    def number(api: Api, header: str | None) -> Any:
        headers = {} if header is None else {"X-Contract-Number": header}
        reply = api.get("/contracts", headers=headers)
        return reply.status if reply.status != 200 else reply.json["items"][0]["properties"]["contractNumber"]

    assert [number(reseller, header) for header in (None, "1", "2", "7")] == [1, 1, 2, 403]
    made = reseller.post(
        "/datacenters", {"properties": {"location": "de/fra"}}, headers={"X-Contract-Number": "2"}
    )
    assert reseller.get("/datacenters").json["items"] == []
    assert Api(cloud, login="t2").get(f"/datacenters/{made.id}").status == 200
    # Ignored for users of one contract.
    single = Api(cloud, login="s@example.com:single")
    assert [number(single, header) for header in (None, "7", "x")] == [3, 3, 3]


@pytest.mark.parametrize(
    "entries",
    [
        [{"email": "a@example.com", "password": "p", "contract": 1}] * 2,
        [{"email": "a@example.com", "password": name, "contract": i} for i, name in enumerate("pq")],
    ],
)
def test_accounts_that_contradict_each_other(entries: list[dict[str, Any]]) -> None:
    with pytest.raises(BadAccounts):
        parse(entries)


def test_a_trial_account_pays_first(api: Api) -> None:
    fault = {
        "kind": "status", "method": "POST", "path": "datacenters", "status": 402,
        "message": "Not allowed in trial accounts",
    }  # fmt: skip
    assert api.post("/_emulator/faults", fault).status == 200
    reply = api.post("/datacenters", {"properties": {"location": "de/fra"}})
    assert (reply.status, reply.json["httpStatus"]) == (402, 402)
    assert reply.message == "Not allowed in trial accounts"


def test_a_contract_without_a_feature(api: Api) -> None:
    """[recorded, tf#255, 2022] Of a contract that has no allow lists, 439; there is no code in the text."""
    cluster = api.make("/k8s", name="c")
    assert api.post("/_emulator/settings", {"lacks": ["apiSubnetAllowList"]}).status == 200
    listed = {"name": "c", "apiSubnetAllowList": ["198.51.100.0/24"]}
    for reply in (api.post("/k8s", {"properties": listed}), api.put(cluster, {"properties": listed})):
        assert (reply.status, reply.codes) == (422, ["439"])
        assert reply.message.endswith("not supported in your contract")
    assert api.post("/k8s", {"properties": {"name": "other", "apiSubnetAllowList": []}}).status == 202
    assert api.post("/_emulator/settings", {"lacks": []}).json["lacks"] == []
    assert api.post("/k8s", {"properties": listed}).status == 202


def test_a_location_without_room(api: Api) -> None:
    """[recorded, tf#532, tf#702, ma#206, 2024] The service takes the call, and its request fails."""
    dc, other = api.datacenter(), api.datacenter("other", "de/txl")
    assert api.post("/_emulator/settings", {"full": ["de/fra"]}).status == 200
    server = {"properties": {"name": "web", "cores": 1, "ram": 1024}}
    reply = api.post(f"{dc}/servers", server)
    assert reply.status == 202
    outcome = api.outcome(reply)
    assert outcome["status"] == "FAILED" and outcome["message"].startswith("[VDC-5-601] ")
    assert api.get(f"{dc}/servers/{reply.id}").status == 404
    assert api.outcome(api.post(f"{other}/servers", server))["status"] == "DONE"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"lacks": ["rain"]}, "lacks must be a list of apiSubnetAllowList"),
        ({"lacks": "apiSubnetAllowList"}, "lacks must be a list"),
        ({"full": ["Frankfurt"]}, "full must be a list of de/fkb, "),
    ],
)
def test_settings_that_make_no_sense(api: Api, settings: dict[str, Any], says: str) -> None:
    reply = api.post("/_emulator/settings", settings)
    assert reply.status == 400 and reply.json["error"].startswith(says)


def test_a_protected_lan(api: Api) -> None:
    dc = api.datacenter()
    lan = api.make(f"{dc}/lans")
    mark = {"path": lan, "protected_by": "in-memory-db"}
    assert api.post("/_emulator/marks", mark).status == 200
    for path in (lan, dc):
        reply = api.delete(path)
        assert (reply.status, reply.codes) == (403, ["451"])
        assert reply.message == "Access Denied: Lan 1 is delete-protected by 'in-memory-db'."
    assert api.post("/_emulator/marks", {**mark, "protected_by": None}).status == 200
    assert api.delete(lan).status == 202


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ({"path": "/datacenters/x", "outdated": True}, 404),
        ({"path": "/datacenters", "outdated": True}, 404),
        ({"outdated": True}, 404),
        ({"path": "{dc}", "outdated": True}, 400),
        ({"path": "{dc}"}, 400),
    ],
)
def test_marks_that_make_no_sense(api: Api, mark: dict[str, Any], status: int) -> None:
    dc = api.datacenter()
    body = {name: dc if value == "{dc}" else value for name, value in mark.items()}
    assert api.post("/_emulator/marks", body).status == status


def test_backup_unit_whose_name_has_a_blank(api: Api) -> None:
    """[live test] The enterprise library's make TEST 1; documented is only that names are alphanumeric (10.26)."""
    unit = api.make("/backupunits", name="TEST 1", password="TEST PASSWORD 1", email="TEST@TEST-EMAIL1.COM")
    assert api.properties(unit)["name"] == "TEST 1"


def test_backup_unit(api: Api) -> None:
    values = {"name": "unit1", "password": "secret", "email": "a@example.com"}
    unit = api.make("/backupunits", **values)
    assert api.properties(unit)["password"] is None
    assert api.post("/backupunits", {"properties": values}).status == 422
    for name in ("a_b", " ab", "ab ", " "):
        assert "alphanumeric" in api.post("/backupunits", {"properties": {**values, "name": name}}).message
    assert "email address" in api.post("/backupunits", {"properties": {**values, "email": "nobody"}}).message
    assert api.patch(unit, {"email": "b@example.com"}).status == 202
    assert api.patch(unit, {"name": "other"}).status == 422
    assert "ssoUrl" in api.get(f"{unit}/ssourl").json


def test_kubernetes(api: Api) -> None:
    clock = api.cloud.clock
    assert isinstance(clock, Clock)
    api.cloud.settings.provision_seconds = 10
    reply = api.post("/k8s", {"properties": {"name": "c"}})
    cluster = f"/k8s/{reply.id}"
    assert (reply.status, reply.json["metadata"]["state"]) == (202, "DEPLOYING")
    assert api.get(f"{cluster}/kubeconfig").status == 404
    clock.advance(10)
    assert api.get(cluster).json["metadata"]["state"] == "ACTIVE"
    assert api.properties(cluster)["k8sVersion"] == api.get("/k8s/versions/default").json
    dc = api.datacenter()
    pool_body = {
        "name": "pool", "datacenterId": ident(dc), "nodeCount": "2", "coresCount": 1, "ramSize": 2048,
        "availabilityZone": "AUTO", "storageType": "HDD", "storageSize": 100,
    }  # fmt: skip
    pool = api.make(f"{cluster}/nodepools", **pool_body)
    clock.advance(10)
    nodes = api.get(f"{pool}/nodes?depth=1").json["items"]
    assert [node["metadata"]["state"] for node in nodes] == ["READY", "READY"]
    assert api.put(pool, {"properties": {"nodeCount": 3}}).json["metadata"]["state"] == "UPDATING"
    clock.advance(10)
    assert len(api.get(f"{pool}/nodes").json["items"]) == 3
    assert api.delete(f"{pool}/nodes/{nodes[0]['id']}").status == 202
    clock.advance(10)
    assert api.properties(pool)["nodeCount"] == 3
    assert api.post(f"{pool}/nodes/{nodes[1]['id']}/replace").status == 202
    clock.advance(10)
    assert api.delete(cluster).status == 422
    assert api.delete(pool).status == 202
    assert api.get(pool).json["metadata"]["state"] == "DESTROYING"
    assert api.put(pool, {"properties": {"nodeCount": 3}}).codes == ["200"]
    clock.advance(10)
    assert api.get(f"{cluster}/kubeconfig", headers={"Accept": "application/yaml"}).text.startswith(
        "apiVersion"
    )
    v5 = Api(api.cloud, 5)
    assert v5.get(f"{cluster}/kubeconfig").json["type"] == "kubeconfig"
    version = api.get("/k8s/versions").json[0]
    assert v5.get(f"/k8s/versions/{version}/compatibilities").json == [version]
    assert api.get(f"/k8s/versions/{version}/compatibilities").status == 404
    assert v5.post(f"{cluster}/nodepools", {"properties": pool_body}).message.endswith(
        "'cpuFamily' is required"
    )
    assert api.delete(cluster).status == 202
    clock.advance(10)
    assert api.get(cluster).status == 404
