# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes, images, snapshots and IP blocks as the service has them (contract sections 10.7 to 10.10)."""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc.testing import Api, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"
ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"}
BLANK = {"size": 10, "licenceType": "OTHER"}
KEY = "ssh-ed25519 AAAA me@example.com"


# Accepted on creation


@pytest.mark.parametrize("version", [4, 5, 6])
@pytest.mark.parametrize("licence", ["OTHER", "windows2016", "Linux"])
def test_a_licence_beside_an_image(api: Api, dc: str, version: int, licence: str) -> None:
    """[live test] 10.7: accepted; the image's counts (inferred). Enumerations are taken in any case (17 no. 14)."""
    api = Api(api.cloud, version)
    volume = api.make(f"{dc}/volumes", size=10, licenceType=licence, **ALIAS)
    assert api.properties(volume)["licenceType"] == "LINUX"


def test_a_licence_in_lower_case(api: Api, dc: str) -> None:
    """[live test] 17 no. 14."""
    assert api.properties(api.volume(dc, licenceType="linux"))["licenceType"] == "LINUX"


@pytest.mark.parametrize("data", ["I2Nsb3VkLWNvbmZpZw==", "I2Nsb3VkLWNvbmZpZw", "I2Nsb3VkLWNvbmZpZwo"])
def test_user_data_with_and_without_padding(api: Api, dc: str, data: str) -> None:
    """[live test] 17 no. 6."""
    volume = api.make(f"{dc}/volumes", size=10, userData=data, **ALIAS)
    assert api.properties(volume)["userData"] is None


@pytest.mark.parametrize("data", ["no base64!", "a", "#cloud-config"])
def test_user_data_that_is_no_base64(api: Api, dc: str, data: str) -> None:
    refused = api.post(f"{dc}/volumes", {"properties": {"size": 10, "userData": data, **ALIAS}})
    assert (refused.status, "base64" in refused.message) == (422, True)


@pytest.mark.parametrize("zone", ["ZONE_1", "ZONE_2", "ZONE_3", "AUTO"])
@pytest.mark.parametrize("kind", ["HDD", "SSD Standard"])
@pytest.mark.parametrize("location", ["de/fra", "us/ewr"])
def test_zones(api: Api, location: str, kind: str, zone: str) -> None:
    """[live test] 10.7 and 17 no. 7: HDD and SSD Standard take the zones, wherever they are."""
    volume = api.volume(api.datacenter(location=location), type=kind, availabilityZone=zone)
    assert api.properties(volume)["availabilityZone"] == zone


@pytest.mark.parametrize(("location", "status"), [("de/fra", 202), ("us/ewr", 422)])
def test_zones_of_other_ssds(api: Api, location: str, status: int) -> None:
    """(inferred) 10.7 and 16.3: subject to availability, which the feature ssd-storage-zoning tells."""
    dc = api.datacenter(location=location)
    given = {**BLANK, "type": "SSD Premium", "availabilityZone": "ZONE_1"}
    assert api.post(f"{dc}/volumes", {"properties": given}).status == status


@pytest.mark.parametrize(("image", "sent"), [("ubuntu:latest", True), ("ubuntu:22.04", False)])
def test_the_legacy_bios_of_the_image_counts(api: Api, dc: str, image: str, sent: bool) -> None:
    """[live test] 17 nos. 17 and 22: on creation the image's wins over a given value; a PATCH changes it."""
    given = {"imageAlias": image, "imagePassword": "abc123XYZ", "requireLegacyBios": sent}
    volume = api.make(f"{dc}/volumes", size=10, **given)
    assert api.properties(volume)["requireLegacyBios"] is not sent
    assert api.patch(volume, {"requireLegacyBios": sent}).status == 202
    assert api.properties(volume)["requireLegacyBios"] is sent


def test_images_of_different_sizes(api: Api, dc: str) -> None:
    """10.7: a size below the image's fails (inferred)."""
    assert api.post(f"{dc}/volumes", {"properties": {"size": 2, **ALIAS}}).status == 202
    large = {"imageAlias": "ubuntu:26.04", "imagePassword": "abc123XYZ"}
    assert api.post(f"{dc}/volumes", {"properties": {"size": 9, **large}}).status == 422
    assert api.post(f"{dc}/volumes", {"properties": {"size": 10, **large}}).status == 202


# Refused on creation


def test_messages_about_a_volume_have_their_order(api: Api, dc: str) -> None:
    """[recorded, tf#30, 2021] 7.2: the password without image, then the bus, then the password's syntax."""
    refused = api.post(f"{dc}/volumes", {"properties": {**BLANK, "imagePassword": "short", "bus": ""}})
    assert refused.codes[:3] == ["100", "109", "100"]
    texts = [message["message"] for message in refused.json["messages"]]
    assert "'image' or 'imageAlias' must be set for password" in texts[0]
    assert texts[1] == (
        "[(root).properties.bus] Attribute value '' not allowed. Expected one of [IDE, VIRTIO]"
    )
    assert "Password syntax error" in texts[2]


@pytest.mark.parametrize("location", ["de/fra", "us/las"])
def test_an_unknown_alias(api: Api, location: str) -> None:
    """[recorded, ctl#462, 2024] 7 and 10.7."""
    dc = api.datacenter(location=location)
    refused = api.post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS, "imageAlias": "nonsense:1"}})
    assert (refused.codes, refused.message) == (
        ["326"],
        f"[(root).properties.imageAlias] 'imageAlias' not found in location '{location}' where Virtual Data Center is "
        "provisioned.",
    )  # fmt: skip


@pytest.mark.parametrize("length", [0, 8193])
def test_the_length_of_a_key(api: Api, dc: str, length: int) -> None:
    """Quoted by clients (7): 8192 characters at most, and not empty."""
    refused = api.post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS, "sshKeys": [KEY, "x" * length]}})
    assert refused.codes == ["100"]
    assert refused.message == (
        "[(root).properties.sshKeys] Invalid SSH key. Maximum allowed key size is 8K (8192 characters) and it can not "
        f"be empty. Given ssh key length: {length} characters"
    )
    assert (
        api.post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS, "sshKeys": ["x" * 8192]}}).status
        == 202
    )


# What reads back


def test_what_a_creation_tells_of_a_volume(api: Api, dc: str) -> None:
    """[recorded, 2016 and 2023] 10.7: zone null and order AUTO in the answer, AUTO and NONE on reads after DONE."""
    reply = api.post(f"{dc}/volumes", {"properties": BLANK})
    names = ("availabilityZone", "bootOrder", "bus", "deviceNumber")
    assert [reply.json["properties"][name] for name in names] == [None, "AUTO", "VIRTIO", None]
    found = api.properties(f"{dc}/volumes/{reply.id}")
    assert [found[name] for name in names] == ["AUTO", "NONE", None, None]


def test_the_boot_order_reads_none_only_while_it_is_loose(api: Api, dc: str) -> None:
    """[recorded, 2023] 10.7."""
    server, volume = api.server(dc), api.volume(dc, bootOrder="AUTO")
    orders = [api.properties(volume)["bootOrder"]]
    assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    orders.append(api.properties(volume)["bootOrder"])
    assert api.delete(f"{server}/volumes/{ident(volume)}").status == 202
    orders.append(api.properties(volume)["bootOrder"])
    assert orders == ["NONE", "AUTO", "NONE"]
    assert "bootOrder" not in Api(api.cloud, 5).properties(volume)


@pytest.mark.parametrize(("keys", "told"), [([], []), ([KEY], None)])
def test_keys_in_the_answer_to_a_creation(api: Api, dc: str, keys: list[str], told: list[str] | None) -> None:
    """[recorded, 2023] 10.7: [] if [] was sent; always read as null."""
    reply = api.post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS, "sshKeys": keys}})
    assert reply.json["properties"]["sshKeys"] == told
    assert api.properties(f"{dc}/volumes/{reply.id}")["sshKeys"] is None


@pytest.mark.parametrize("version", [4, 5])
def test_old_versions_repeat_keys_in_the_answer_to_a_creation(api: Api, dc: str, version: int) -> None:
    """[live test, 2018 and 2020] 10.7, of two clients: what was sent; read as null from then on, as 10.7 says."""
    old = Api(api.cloud, version)
    reply = old.post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS, "sshKeys": [KEY]}})
    assert reply.json["properties"]["sshKeys"] == [KEY]
    assert old.properties(f"{dc}/volumes/{reply.id}")["sshKeys"] is None


def test_v4_answers_do_not_name_the_alias(api: Api, dc: str) -> None:
    """[v4, recorded, 2016] 10.7: the key is missing; later it reads null."""
    volume = api.make(f"{dc}/volumes", size=10, **ALIAS)
    assert "imageAlias" not in Api(api.cloud, 4).properties(volume)
    assert Api(api.cloud, 5).properties(volume)["imageAlias"] is None
    old = Api(api.cloud, 4).post(f"{dc}/volumes", {"properties": {"size": 10, **ALIAS}})
    assert (old.status, "imageAlias" in old.json["properties"]) == (202, False)
    assert api.properties(f"{dc}/volumes/{old.id}")["image"]


# Updates


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "SSD"),
        ("image", NOWHERE),
        ("imageAlias", "debian:latest"),
        ("availabilityZone", "ZONE_2"),
        ("imagePassword", "otherPassw0rd"),
        ("sshKeys", [KEY]),
        ("userData", "eA=="),
        ("backupunitId", NOWHERE),
    ],
)
def test_what_stays_of_a_volume(api: Api, dc: str, name: str, value: Any) -> None:
    """[documented] 7.3 and 10.7; code and text are unknown."""
    volume = api.make(f"{dc}/volumes", size=10, **ALIAS)
    before = api.properties(volume)
    refused = api.patch(volume, {name: value})
    assert (refused.status, name in refused.message) == (422, True)
    assert api.properties(volume) == before


def test_an_update_may_repeat_what_stays(api: Api, dc: str) -> None:
    """Clients send all they know of a volume, changed or not."""
    volume = api.make(f"{dc}/volumes", name="boot", size=10, **ALIAS)
    found = api.properties(volume)
    same = {name: found[name] for name in ("type", "image", "availabilityZone", "licenceType", "bootOrder")}
    assert api.patch(volume, {**same, "name": "renamed", "size": 12}).status == 202
    assert api.put(volume, {"properties": {**same, "size": 14}}).status == 202
    found = api.properties(volume)
    assert (found["name"], found["size"]) == ("renamed", 14)


def test_a_put_without_name_keeps_it(api: Api, dc: str) -> None:
    """[live test] 9 item 19."""
    for path, properties in ((api.server(dc), {"cores": 3}), (api.volume(dc), {"size": 20}), (dc, {})):
        name = api.properties(path)["name"]
        assert api.put(path, {"properties": {"description": "d"} if path == dc else properties}).status == 202
        assert api.properties(path)["name"] == name


# Images


def test_public_images(api: Api) -> None:
    """[recorded, 2023] 10.8: description null; createdBy System."""
    images = api.get("/images?depth=1&filter.public=true").json["items"]
    assert {image["properties"]["description"] for image in images} == {None}
    assert {image["metadata"]["createdBy"] for image in images} == {"System"}
    assert api.get(f"/images/{'912139a4-c283-11eb-a028-52d578831bb3'}").status == 200


def test_private_images_belong_to_one_account(api: Api) -> None:
    """10.8: they come in by upload; nobody else sees them."""
    images = api.get("/images?depth=1&filter.public=false").json["items"]
    assert {image["metadata"]["createdBy"] for image in images} == {"demo@example.com"}
    assert {image["properties"]["imageType"] for image in images} == {"HDD", "CDROM"}
    assert Api(api.cloud, login="other-token").get(f"/images/{images[0]['id']}").status == 404
    path = f"/images/{images[0]['id']}"
    assert api.patch(path, {"name": "renamed", "description": "mine"}).status == 202
    assert api.delete(path).status == 202
    api.cloud.reset()
    assert api.properties(path)["name"] == images[0]["properties"]["name"]


def test_a_private_image_makes_a_volume(api: Api, dc: str) -> None:
    """10.7 rule 2: it forbids password and keys."""
    query = "/images?depth=1&filter.public=false&filter.location=de/fra&filter.cloudInit=V1"
    (image,) = api.get(query).json["items"]
    volume = api.make(f"{dc}/volumes", size=10, image=image["id"])
    assert api.properties(volume)["licenceType"] == "LINUX"
    for secret in ({"imagePassword": "abc123XYZ"}, {"sshKeys": [KEY]}):
        given = {"size": 10, "image": image["id"], **secret}
        assert api.post(f"{dc}/volumes", {"properties": given}).status == 422


def test_confidential_images_are_found_by_what_they_require(api: Api) -> None:
    """[documented, 2026] 10.8."""
    (found,) = api.get("/images?depth=1&filter.requiredFeatures=SEV-SNP").json["items"]
    assert (found["properties"]["public"], found["properties"]["cloudInit"]) == (False, "NONE")
    assert "requiredFeatures" not in Api(api.cloud, 5).properties(f"/images/{found['id']}")


# Snapshots


@pytest.mark.parametrize("version", [4, 5, 6])
@pytest.mark.parametrize("body", [b"", b"name=None&description=None", b'{"properties": {}}'])
def test_a_snapshot_without_name(api: Api, version: int, body: bytes) -> None:
    """[recorded, 2016 and 2020] 10.9: it is called after volume, day and data center; its size is told at once, but in v5."""
    api = Api(api.cloud, version)
    volume = api.volume(api.datacenter("shop"), name="disk", size=12)
    reply = api.post(f"{volume}/create-snapshot", body)
    assert reply.json["properties"]["size"] == (None if version == 5 else 12)
    assert api.properties(f"/snapshots/{reply.id}")["size"] == 12
    found = api.properties(f"/snapshots/{reply.id}")
    assert (found["name"], found["size"]) == ("disk-Snapshot-11/14/2023", 12)
    assert found["description"] == 'Created from "disk" in Data Center "shop"'


def test_a_snapshot_keeps_what_it_was_given(api: Api, dc: str) -> None:
    """10.9."""
    body = {"properties": {"name": "before", "description": "the upgrade"}}
    found = api.properties(f"/snapshots/{api.post(f'{api.volume(dc)}/create-snapshot', body).id}")
    assert (found["name"], found["description"]) == ("before", "the upgrade")


@pytest.mark.parametrize(
    ("version", "size", "licence"),
    [
        pytest.param(4, 10, None, id="v4: size [recorded, 2016], licence null [live test, 2018]"),
        pytest.param(5, None, "LINUX", id="v5: size null [recorded, live test 2020]"),
        pytest.param(6, 10, "LINUX", id="v6: size [recorded, 2023]"),
    ],
)
def test_what_a_creation_tells_of_a_snapshot(
    api: Api, dc: str, version: int, size: int | None, licence: str | None
) -> None:
    """[recorded, 2016 and 2023] 10.9: what is null there comes when it is DONE."""
    volume = api.make(f"{dc}/volumes", size=10, **ALIAS)
    old = Api(api.cloud, version)
    reply = old.post(f"{volume}/create-snapshot", b"name=s")
    told = reply.json["properties"]
    assert (told["size"], told["licenceType"]) == (size, licence)
    found = old.properties(f"/snapshots/{reply.id}")
    assert (found["size"], found["licenceType"]) == (10, "LINUX")


@pytest.mark.parametrize("body", [b"", b"{}", b'{"properties": {}}', b'{"properties": {"name": null}}'])
def test_a_snapshot_needs_no_body(api: Api, dc: str, body: bytes) -> None:
    """[documented] 10.7: all fields are optional, and so is the body."""
    volume = api.volume(dc)
    reply = api.post(f"{volume}/create-snapshot", body, headers={"Content-Type": "application/json"})
    assert (reply.status, reply.json["properties"]["name"][:14]) == (202, "data-Snapshot-")


def test_flat_json_is_no_snapshot(api: Api, dc: str) -> None:
    """(inferred) 10.7 and 7.1: no client sends it; what is beside the properties is refused."""
    assert api.post(f"{api.volume(dc)}/create-snapshot", {"name": "s"}).codes == ["106"]


# IP blocks


@pytest.mark.parametrize("change", [{"size": 3}, {"location": "us/las"}])
def test_only_the_name_of_an_ip_block_changes(api: Api, change: dict[str, Any]) -> None:
    """[documented] 7.3 and 10.10."""
    block = api.make("/ipblocks", name="front", location="de/fra", size=2)
    assert api.patch(block, change).status == 422
    assert api.put(block, {"properties": {"name": "other", "location": "de/fra", "size": 2}}).status == 202
    assert api.patch(block, {"name": "third", "location": "de/fra", "size": 2}).status == 202
    assert api.properties(block)["name"] == "third"


def test_the_name_of_an_unnamed_ip_block(api: Api) -> None:
    """10.10: IP_BLOCK_ and the time."""
    block = api.make("/ipblocks", location="de/fra", size=1)
    assert api.properties(block)["name"] == "IP_BLOCK_2023-11-14T22:13:20Z"
