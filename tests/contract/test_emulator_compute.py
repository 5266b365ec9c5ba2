# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers, volumes, snapshots and images of the emulated API."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from pocketvdc.testing import Api, Clock, Reply, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"
ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"}


def image(api: Api, location: str = "de/fra", kind: str = "HDD", licence: str = "LINUX") -> dict[str, Any]:
    items = api.get(f"/images?depth=1&filter.location={location}&filter.imageType={kind}").json["items"]
    found: dict[str, Any] = next(item for item in items if item["properties"]["licenceType"] == licence)
    return found


def server_with_volume(api: Api, dc: str) -> tuple[str, str]:
    server, volume = api.server(dc), api.volume(dc)
    assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    return server, volume


# Servers


def test_defaults_of_a_server(api: Api, dc: str) -> None:
    found = api.properties(api.server(dc))
    assert (found["vmState"], found["availabilityZone"], found["type"]) == ("RUNNING", "AUTO", "ENTERPRISE")
    assert found["cpuFamily"] in [a["cpuFamily"] for a in api.properties(dc)["cpuArchitecture"]]
    assert api.properties(Api(api.cloud, 4).server(dc))["cpuFamily"] == "AMD_OPTERON"


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"ram": 1024}, "100", "[(root).properties.cores] Attribute 'cores' is required"),
        ({"cores": 1}, "100", "[(root).properties.ram] Attribute 'ram' is required"),
        ({"cores": 0, "ram": 1024}, "100", "'cores' must not be less than 1"),
        ({"cores": 1000, "ram": 1024}, "100", "'cores' must not be greater than"),
        ({"cores": "two", "ram": 1024}, "100", "'cores' must be an integer"),
        ({"cores": 1.5, "ram": 1024}, "100", "'cores' must be an integer"),
        (
            {"cores": 1, "ram": 1000},
            "100",
            "[(root).properties.ram] RAM of requested server is not a multiple of 256",
        ),
        ({"cores": 1, "ram": 0}, "100", "'ram' must not be less than 256"),
        (
            {"cores": 1, "ram": 1024, "availabilityZone": "ZONE_3"},
            "109",
            "Expected one of [AUTO, ZONE_1, ZONE_2]",
        ),
        (
            {"cores": 1, "ram": 1024, "cpuFamily": "Z80"},
            "109",
            "Expected one of [INTEL_SKYLAKE, AMD_EPYC, INTEL_ICELAKE",
        ),
        ({"cores": 1, "ram": 1024, "type": "TOASTER"}, "109", "[ENTERPRISE, CUBE, VCPU, GPU]"),
        ({"cores": 1, "ram": 1024, "hostname": "-x"}, "100", "hostname"),
        ({"cores": 1, "ram": 1024, "name": {}}, "100", "'name' must be a string"),
        (
            {"cores": 1, "ram": 1024, "bootVolume": {"id": NOWHERE}},
            "100",
            "does not exist in this data center",
        ),
        ({"cores": 1, "ram": 1024, "bootCdrom": {"id": NOWHERE}}, "100", "does not exist"),
        ({"type": "VCPU", "cores": 1, "ram": 1024, "cpuFamily": "INTEL_XEON"}, "200", "[VDC-5-1921]"),
        ({"type": "CUBE"}, "100", "Attribute 'templateUuid' is required"),
    ],
)
def test_refused_servers(api: Api, dc: str, body: dict[str, Any], code: str, text: str) -> None:
    reply = api.post(f"{dc}/servers", {"properties": {"name": "s", **body}})
    assert reply.status == 422
    assert reply.codes[0] == code
    assert text in reply.message
    assert api.get(f"{dc}/servers").json["items"] == []


def test_strings_for_numbers(api: Api, dc: str) -> None:
    found = api.properties(api.server(dc, cores="4", ram="4096"))
    assert (found["cores"], found["ram"]) == (4, 4096)


def test_patch_merges_and_put_replaces(api: Api, dc: str) -> None:
    server = api.server(dc, name="web", cores=2, hostname="web-1")
    assert api.patch(server, {"name": "renamed"}).status == 202
    assert [api.properties(server)[k] for k in ("name", "cores", "ram", "hostname")] == [
        "renamed", 2, 2048, "web-1",
    ]  # fmt: skip
    assert api.put(server, {"properties": {"name": "put", "cores": 3}}).status == 202
    assert [api.properties(server)[k] for k in ("name", "cores", "ram", "hostname")] == [
        "put",
        3,
        2048,
        "web-1",
    ]
    assert api.patch(server, {"name": None}).status == 202
    assert api.properties(server)["name"] is None
    assert api.patch(server, {"properties": {"name": "x"}}).status == 422
    assert api.patch(server, {"allowReboot": True, "cores": 4}).status == 202
    assert api.patch(server, {"ram": 1000}).status == 422


def test_immutable_fields(api: Api, dc: str) -> None:
    reply = api.patch(dc, {"location": "us/las"})
    assert (reply.status, reply.codes) == (422, ["100"])
    assert "'location' is immutable" in reply.message
    assert api.patch(dc, {"location": "de/fra", "name": "same place"}).status == 202
    assert api.patch(api.server(dc), {"type": "CUBE"}).status == 422


def test_power(api: Api, dc: str) -> None:
    lan = api.make(f"{dc}/lans", public=True)
    server = api.server(dc)
    public, private = api.make(f"{server}/nics", lan=int(ident(lan))), api.make(f"{server}/nics", lan=9)
    stayed = api.properties(private)["ips"]
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}

    def act(name: str) -> tuple[str, str]:
        reply = api.post(f"{server}/{name}", b"", headers=form)
        assert (reply.status, reply.text) == (202, "")
        found = api.get(server).json
        return found["metadata"]["state"], found["properties"]["vmState"]

    first = api.properties(public)["ips"]
    assert len(first) == 1
    assert act("stop") == ("INACTIVE", "SHUTOFF")
    assert (api.properties(public)["ips"], api.properties(private)["ips"]) == ([], stayed)
    assert act("stop") == ("INACTIVE", "SHUTOFF")
    assert act("start") == ("AVAILABLE", "RUNNING")
    assert len(api.properties(public)["ips"]) == 1
    assert api.properties(public)["ips"] != first
    assert act("start") == ("AVAILABLE", "RUNNING")
    assert act("reboot") == ("AVAILABLE", "RUNNING")
    assert act("upgrade") == ("AVAILABLE", "RUNNING")
    for name in ("suspend", "resume"):
        assert api.post(f"{server}/{name}").codes == ["200"]
    assert api.post(f"{server}/explode").status == 404
    header, payload, _signature = api.get(f"{server}/token").json["token"].split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "=="))["typ"] == "JWT"
    assert json.loads(base64.urlsafe_b64decode(payload + "=="))["exp"] > api.cloud.now()
    assert re.match(r"https://.*jwToken=[\w-]+\.[\w-]+\.", api.get(f"{server}/remoteconsole").json["url"])
    assert Api(api.cloud, 5).post(f"{server}/suspend").status == 404


def test_deleted_server_leaves_its_volumes(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    nic = api.make(f"{server}/nics", lan=1)
    assert api.delete(server).status == 202
    assert api.get(nic).status == 404
    found = api.properties(volume)
    assert (found["deviceNumber"], found["bootServer"]) == (None, None)
    assert api.get(f"{dc}/lans/1/nics").json["items"] == []


def test_deleted_server_takes_its_volumes_when_asked(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    assert api.delete(f"{server}?deleteVolumes=true").status == 202
    assert api.get(volume).status == 404


def test_cube(api: Api, dc: str) -> None:
    template = api.get("/templates?depth=1").json["items"][0]
    assert template["metadata"]["createdBy"] == "[UNKNOWN]"
    das = {"properties": {"name": "das", "type": "DAS", **ALIAS}}
    body = {
        "properties": {"name": "cube", "type": "CUBE", "templateUuid": template["id"]},
        "entities": {"volumes": {"items": [das]}},
    }
    reply = api.post(f"{dc}/servers", body)
    assert reply.status == 202, reply.text
    server = f"{dc}/servers/{reply.id}"
    found = api.properties(server)
    assert (found["cores"], found["ram"]) == (template["properties"]["cores"], template["properties"]["ram"])
    volume = api.get(f"{server}/volumes?depth=1").json["items"][0]
    assert volume["properties"]["size"] == template["properties"]["storageSize"]
    assert api.post(f"{server}/stop").codes == ["200"]
    assert api.post(f"{server}/suspend").status == 202
    assert api.properties(server)["vmState"] == "SUSPENDED"
    assert api.post(f"{server}/resume").status == 202
    assert api.properties(server)["vmState"] == "RUNNING"
    assert api.patch(server, {"cores": 77}).status == 422
    path = f"{dc}/volumes/{volume['id']}"
    assert api.patch(path, {"size": volume["properties"]["size"] + 1}).status == 422
    assert api.patch(path, {"name": "renamed", "size": volume["properties"]["size"]}).status == 202
    assert api.delete(f"{server}/volumes/{volume['id']}").codes == ["200"]
    assert api.delete(path).codes == ["200"]
    assert api.delete(server).status == 202
    assert api.get(f"{dc}/volumes").json["items"] == []
    family = {**body, "properties": {**body["properties"], "cpuFamily": "INTEL_XEON"}}
    refused = api.post(f"{dc}/servers", family)
    assert refused.message == "[VDC-5-1921] The attribute 'cpuFamily' must not be provided for Cube servers."
    assert api.post(f"{dc}/servers", {"properties": body["properties"]}).status == 422


def test_upgrade_needed(api: Api, dc: str) -> None:
    """[documented] Only v5 knows the query: v6 has lost it, and passes over it as v4 does."""
    old, new = ident(api.server(dc)), ident(api.server(dc))
    v5 = Api(api.cloud, 5)

    def listed(wanted: str) -> set[str]:
        return {item["id"] for item in v5.get(f"{dc}/servers?upgradeNeeded={wanted}").json["items"]}

    def listed_in(version: int) -> set[str]:
        items = Api(api.cloud, version).get(f"{dc}/servers?upgradeNeeded=true").json["items"]
        return {item["id"] for item in items}

    mark = {"path": f"{dc}/servers/{old}", "outdated": True}
    assert api.post("/_emulator/marks", mark).status == 200
    assert old in listed("true") and new not in listed("true")
    assert new in listed("false") and old not in listed("false")
    assert v5.post(f"{dc}/servers/{old}/upgrade").status == 202
    assert listed("true") == set()
    assert {old, new} <= listed("false")
    assert {old, new} <= listed_in(6) and {old, new} <= listed_in(4)
    assert Api(api.cloud, 4).post(f"{dc}/servers/{old}/upgrade").status == 404


# Attached volumes and CD-ROMs


def test_attach_and_detach(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    path = f"{server}/volumes/{ident(volume)}"
    found = api.get(path).json
    assert found["href"].endswith(volume)
    assert found["properties"]["deviceNumber"] == 1
    assert found["properties"]["pciSlot"] >= 5
    assert found["properties"]["bootServer"] == ident(server)
    boot = api.properties(server)["bootVolume"]
    assert (boot["id"], boot["type"]) == (ident(volume), "volume") and boot["href"].endswith(volume)
    second = api.volume(dc)
    api.post(f"{server}/volumes", {"id": ident(second)})
    assert api.properties(second)["deviceNumber"] == 2
    assert api.delete(path).status == 202
    assert api.get(path).status == 404 and api.delete(path).status == 404
    assert api.get(volume).status == 200
    assert api.properties(server)["bootVolume"]["id"] == ident(second)


def test_attach_creates_a_volume_from_properties(api: Api, dc: str) -> None:
    server = api.server(dc)
    reply = api.post(f"{server}/volumes", {"properties": {"name": "new", "size": 5, "licenceType": "OTHER"}})
    assert reply.status == 202
    assert api.properties(f"{dc}/volumes/{reply.id}")["deviceNumber"] == 1
    assert api.post(f"{server}/volumes", {"properties": {"size": 5}}).status == 422


def test_refused_attachments(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    other = api.server(dc)
    elsewhere = api.volume(api.datacenter("elsewhere"))
    assert api.post(f"{server}/volumes", {"id": NOWHERE}).status == 404
    assert api.post(f"{server}/volumes", {"id": ident(elsewhere)}).status == 404
    assert api.post(f"{other}/volumes", {"id": ident(volume)}).codes == ["200"]
    assert api.post(f"{other}/volumes", {}).codes == ["100"]


def test_nested_volumes_mix_new_and_existing(api: Api, dc: str) -> None:
    volume = api.volume(dc, name="old")
    new = {"properties": {"name": "new", "size": 4, "licenceType": "OTHER"}}
    body = {
        "properties": {"name": "s", "cores": 1, "ram": 1024},
        "entities": {"volumes": {"items": [new, {"id": ident(volume)}]}},
    }
    server = f"{dc}/servers/{api.post(f'{dc}/servers', body).id}"
    names = [v["properties"]["name"] for v in api.get(f"{server}/volumes?depth=1").json["items"]]
    assert names == ["new", "old"]


def test_boot_device(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    second = api.volume(dc)
    api.post(f"{server}/volumes", {"id": ident(second)})
    assert api.patch(server, {"bootVolume": {"id": ident(second)}}).status == 202
    assert api.properties(server)["bootVolume"]["id"] == ident(second)
    cdrom = image(api, kind="CDROM")["id"]
    api.post(f"{server}/cdroms", {"id": cdrom})
    assert api.patch(server, {"bootCdrom": cdrom}).status == 202
    found = api.properties(server)
    assert (found["bootVolume"], found["bootCdrom"]["id"]) == (None, cdrom)
    assert api.patch(server, {"bootVolume": {"id": ident(volume)}}).status == 202
    assert api.properties(server)["bootCdrom"] is None
    both = {"bootVolume": {"id": ident(volume)}, "bootCdrom": {"id": cdrom}}
    assert api.patch(server, both).status == 422


def test_boot_order(api: Api, dc: str) -> None:
    server, one = server_with_volume(api, dc)
    two = api.volume(dc)
    api.post(f"{server}/volumes", {"id": ident(two)})
    assert api.patch(one, {"bootOrder": "PRIMARY"}).status == 422
    assert api.patch(two, {"bootOrder": "NONE"}).status == 202
    assert api.patch(one, {"bootOrder": "PRIMARY"}).status == 202
    assert api.patch(one, {"bootOrder": "FIRST"}).codes == ["109"]


def test_cdroms(api: Api, dc: str) -> None:
    server, cdrom = api.server(dc), image(api, kind="CDROM")["id"]
    reply = api.post(f"{server}/cdroms", {"id": cdrom})
    assert (reply.status, reply.json["type"], reply.id) == (202, "image", cdrom)
    assert api.properties(f"{server}/cdroms/{cdrom}")["imageType"] == "CDROM"
    assert api.delete(f"{server}/cdroms/{cdrom}").status == 202
    assert api.get(f"{server}/cdroms/{cdrom}").status == 404
    assert api.post(f"{server}/cdroms", {"id": image(api)["id"]}).status == 422
    assert api.post(f"{server}/cdroms", {"id": image(api, "us/las", "CDROM")["id"]}).status == 422
    assert api.post(f"{server}/cdroms", {"id": NOWHERE}).status == 404


def test_two_cdroms_at_most(api: Api, dc: str) -> None:
    items = api.get("/images?depth=1&filter.location=de/fra&filter.imageType=CDROM").json["items"]
    one, two, three = (item["id"] for item in items[:3])
    discs = {"cdroms": {"items": [{"id": ident_} for ident_ in (one, two, three)]}}
    body = {"properties": {"cores": 1, "ram": 1024}, "entities": discs}
    assert api.post(f"{dc}/servers", body).codes == ["200"]
    assert api.get(f"{dc}/servers").json["items"] == []
    discs["cdroms"]["items"].pop()
    server = f"{dc}/servers/{api.post(f'{dc}/servers', body).id}"
    assert api.post(f"{server}/cdroms", {"id": three}).codes == ["200"]
    assert api.post(f"{server}/cdroms", {"id": two}).status == 202
    clock = api.cloud.clock
    assert isinstance(clock, Clock)
    for call in (
        lambda: api.delete(f"{server}/cdroms/{two}"),
        lambda: api.post(f"{server}/cdroms", {"id": three}),
    ):
        before = api.get(server).json["metadata"]
        clock.advance(1)
        assert call().status == 202
        # The server was reset.
        assert api.get(server).json["metadata"]["lastModifiedDate"] > before["lastModifiedDate"]
    assert [item["id"] for item in api.get(f"{server}/cdroms").json["items"]] == [one, three]


def test_slots_of_a_server(api: Api, dc: str) -> None:
    nics = {"items": [{"properties": {"lan": 1}} for _rest in range(25)]}
    body = {"properties": {"cores": 1, "ram": 1024}, "entities": {"nics": nics}}
    assert api.post(f"{dc}/servers", body).status == 422
    nics["items"].pop()
    server = f"{dc}/servers/{api.post(f'{dc}/servers', body).id}"
    assert api.post(f"{server}/nics", {"properties": {"lan": 1}}).codes == ["200"]
    assert api.post(f"{server}/volumes", {"id": ident(api.volume(dc))}).codes == ["200"]
    assert api.get(f"{server}/volumes").json["items"] == []


# Volumes


def test_volume_of_an_alias(api: Api, dc: str) -> None:
    reply = api.post(f"{dc}/volumes", {"properties": {"size": 50, "sshKeys": ["ssh-rsa AAAA"], **ALIAS}})
    assert reply.status == 202
    assert (reply.json["properties"]["bus"], reply.json["metadata"]["state"]) == ("VIRTIO", "BUSY")
    found = api.properties(f"{dc}/volumes/{reply.id}")
    assert api.properties(f"/images/{found['image']}")["location"] == "de/fra"
    assert [found[k] for k in ("imageAlias", "imagePassword", "sshKeys")] == [None, None, None]
    assert (found["licenceType"], found["ramHotPlug"], found["type"]) == ("LINUX", True, "HDD")
    # The bus reads null until the volume is attached.
    assert found["bus"] is None
    server = api.server(dc)
    api.post(f"{server}/volumes", {"id": reply.id})
    assert api.properties(f"{dc}/volumes/{reply.id}")["bus"] == "VIRTIO"


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"licenceType": "OTHER"}, "100", "[(root).properties.size] Attribute 'size' is required"),
        ({"size": 10}, "100", "'image', 'imageAlias' and 'licenceType'"),
        ({"size": 0, "licenceType": "OTHER"}, "100", "'size' must not be less than 1"),
        ({"size": 10, "image": "fake_image_id"}, "100", "does not exist"),
        (
            {"size": 10, "imageAlias": "nonsense:latest", "imagePassword": "abc123XYZ"},
            "326",
            "'imageAlias' not found in location 'de/fra'",
        ),
        ({"size": 10, "imageAlias": "ubuntu:latest"}, "100", "'imagePassword' or 'sshKeys' is required"),
        (
            {"size": 10, "licenceType": "OTHER", "imagePassword": "abc123XYZ"},
            "100",
            "[(root).properties.imagePassword] Attribute 'image' or 'imageAlias' must be set for password",
        ),
        ({**ALIAS, "size": 10, "imagePassword": "short"}, "100", "Password syntax error. Password invalid"),
        ({**ALIAS, "size": 10, "imagePassword": "with blank and $"}, "100", "Password syntax error"),
        ({**ALIAS, "size": 1}, "100", "must not be less than the image's"),
        (
            {"size": 10, "licenceType": "OTHER", "sshKeys": ["ssh-rsa A"]},
            "100",
            "[(root).properties.sshKeys] An image template not found to use SSH keys.",
        ),
        ({"size": 10, "licenceType": "OTHER", "userData": "eA=="}, "100", "cloudInit"),
        (
            {"size": 10, "licenceType": "OTHER", "bus": ""},
            "109",
            "[(root).properties.bus] Attribute value '' not allowed. Expected one of [IDE, VIRTIO]",
        ),
        ({"size": 10, "licenceType": "DOS"}, "109", "Expected one of [LINUX"),
        ({"size": 10, "licenceType": "OTHER", "type": "TAPE"}, "109", "[HDD, SSD, SSD Standard, SSD Premium"),
        ({**ALIAS, "size": 10, "userData": "no base64!"}, "100", "must be encoded in base64"),
        ({**ALIAS, "size": 10, "backupunitId": NOWHERE}, "100", "Backup unit"),
        ({"type": "DAS", "licenceType": "OTHER"}, "100", "only be created together with its Cube"),
        ({"size": 9999999, "licenceType": "OTHER"}, "100", "'size' must not be greater than"),
        ({"size": 10, "licenceType": "OTHER", "sshKeys": "no list"}, "100", "must be a list of strings"),
    ],
)
def test_refused_volumes(api: Api, dc: str, body: dict[str, Any], code: str, text: str) -> None:
    reply = api.post(f"{dc}/volumes", {"properties": body})
    assert reply.status == 422
    assert reply.codes[0] == code
    assert text in reply.message


def test_backup_unit_of_a_volume(api: Api, dc: str) -> None:
    unit = ident(api.make("/backupunits", name="unit1", password="secret", email="a@example.com"))
    volume = api.make(f"{dc}/volumes", size=10, backupunitId=unit, userData="I2Nsb3VkLWNvbmZpZw==", **ALIAS)
    assert (api.properties(volume)["backupunitId"], api.properties(volume)["userData"]) == (unit, None)
    blank = {"size": 10, "licenceType": "OTHER", "backupunitId": unit}
    assert "public image" in api.post(f"{dc}/volumes", {"properties": blank}).message
    assert "is immutable" in api.patch(volume, {"backupunitId": NOWHERE}).message
    assert "backupunitId" not in Api(api.cloud, 4).properties(volume)


def test_a_das_volume_needs_its_cube(api: Api, dc: str) -> None:
    das = {"properties": {"type": "DAS", **ALIAS}}
    assert "Cube" in api.post(f"{api.server(dc)}/volumes", das).message
    server = {"properties": {"cores": 1, "ram": 1024}, "entities": {"volumes": {"items": [das]}}}
    assert "Cube" in api.post(f"{dc}/servers", server).message
    template = api.get("/templates").json["items"][0]["id"]
    sized = {"properties": {**das["properties"], "size": 10}}
    cube = {
        "properties": {"type": "CUBE", "templateUuid": template},
        "entities": {"volumes": {"items": [sized]}},
    }
    assert "'size' is not allowed" in api.post(f"{dc}/servers", cube).message


def test_values_newer_than_the_version(api: Api, dc: str) -> None:
    body = {"properties": {"size": 10, "licenceType": "OTHER", "type": "SSD Premium"}}
    reply = Api(api.cloud, 4).post(f"{dc}/volumes", body)
    assert reply.message == (
        "[(root).properties.type] Attribute value 'SSD Premium' not allowed. Expected one of [HDD, SSD]"
    )
    assert Api(api.cloud, 5).post(f"{dc}/volumes", body).status == 202


def test_volume_only_grows(api: Api, dc: str) -> None:
    volume = api.volume(dc, size="10")
    assert api.properties(volume)["size"] == 10
    assert api.patch(volume, {"size": 20}).status == 202
    assert api.properties(volume)["size"] == 20
    reply = api.patch(volume, {"size": 15})
    assert (reply.status, api.properties(volume)["size"]) == (422, 20)
    for name, value in (
        ("imagePassword", "abc123XYZ"),
        ("sshKeys", ["k"]),
        ("image", NOWHERE),
        ("type", "SSD"),
    ):
        assert "is immutable" in api.patch(volume, {name: value}).message
    assert api.patch(volume, {"type": "HDD", "bus": "IDE"}).status == 202


def test_licence_is_the_image_s(api: Api, dc: str) -> None:
    volume = api.make(f"{dc}/volumes", size=50, licenceType="OTHER", **ALIAS)
    assert api.properties(volume)["licenceType"] == "LINUX"
    assert api.patch(volume, {"licenceType": "OTHER"}).status == 422
    assert api.patch(volume, {"licenceType": "LINUX"}).status == 202


def test_private_image(api: Api, dc: str) -> None:
    made = api.post(
        "/_emulator/images", {"name": "mine", "location": "de/fra", "size": 2, "licenceType": "LINUX"}
    )
    assert made.status == 200
    own = f"/images/{made.id}"
    assert api.get(own).json["metadata"]["createdBy"] == "demo@example.com"
    assert api.properties(own)["public"] is False
    assert Api(api.cloud, login="other-token").get(own).status == 404
    body = {"size": 5, "image": made.id}
    refused = api.post(f"{dc}/volumes", {"properties": {**body, "imagePassword": "abc123XYZ"}})
    assert refused.status == 422
    # [recorded, thread packer#3660, 2016]
    assert refused.message == (
        "[(root).properties.image] Passwords/SSH Keys are only accepted for public ProfitBricks Images."
    )
    volume = api.make(f"{dc}/volumes", **body)
    assert api.properties(volume)["licenceType"] == "LINUX"
    assert api.patch(own, {"name": "renamed", "cpuHotPlug": True}).status == 202
    assert api.properties(own)["name"] == "renamed"
    assert api.put(own, {"properties": {"name": "x"}}).status == 422
    assert api.delete(own).status == 202
    assert api.get(own).status == 404


def test_public_image_is_protected(api: Api) -> None:
    found = image(api)
    assert (found["metadata"]["createdBy"], found["properties"]["public"]) == ("System", True)
    assert api.patch(f"/images/{found['id']}", {"name": "x"}).status == 403
    assert api.delete(f"/images/{found['id']}").status == 403
    assert api.post("/images", {"properties": {}}).status == 405


def test_hot_plug_needs_ram(api: Api, dc: str) -> None:
    volume = {"properties": {"size": 50, **ALIAS}}
    properties = {"cores": 1, "ram": 512}
    body = {"properties": properties, "entities": {"volumes": {"items": [volume]}}}
    assert "1024" in api.post(f"{dc}/servers", body).message
    properties["ram"] = 1024
    server = f"{dc}/servers/{api.post(f'{dc}/servers', body).id}"
    assert api.patch(server, {"ram": 512}).status == 422
    assert api.patch(api.server(dc), {"ram": 256}).status == 202


def test_deleted_volume_is_detached(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    assert api.delete(volume).status == 202
    assert api.get(f"{server}/volumes").json["items"] == []
    assert api.properties(server)["bootVolume"] is None


# Snapshots


def snapshot(api: Api, volume: str, body: bytes, kind: str) -> Reply:
    reply = api.post(f"{volume}/create-snapshot", body, headers={"Content-Type": kind})
    assert reply.status == 202, reply.text
    return reply


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (b"name=snap+one&description=None", "application/x-www-form-urlencoded; charset=UTF-8", "snap one"),
        (b'{"properties": {"name": "snap one"}}', "application/json", "snap one"),
        (b'{"properties": {"name": "snap one"}}', "application/x-www-form-urlencoded", "snap one"),
        (b"", "application/x-www-form-urlencoded", None),
    ],
)
def test_create_snapshot(api: Api, dc: str, body: bytes, kind: str, name: str | None) -> None:
    volume = api.volume(dc)
    reply = snapshot(api, volume, body, kind)
    assert (reply.json["type"], reply.json["properties"]["size"]) == ("snapshot", 10)
    found = api.properties(f"/snapshots/{reply.id}")
    assert found["name"] == (name or "data-Snapshot-11/14/2023")
    assert found["description"] == 'Created from "data" in Data Center "dc"'
    assert (found["location"], found["size"], found["licenceType"]) == ("de/fra", 10, "OTHER")


def test_form_of_a_snapshot_in_v5(api: Api, dc: str) -> None:
    volume, v5 = api.volume(dc), Api(api.cloud, 5)
    form = b"name=s&description=d&secAuthProtection=true&licenceType=LINUX"
    path = f"/snapshots/{v5.post(f'{volume}/create-snapshot', form).id}"
    found = v5.properties(path)
    assert [found[k] for k in ("name", "description", "secAuthProtection", "licenceType")] == [
        "s", "d", True, "LINUX",
    ]  # fmt: skip
    assert v5.post(f"{volume}/create-snapshot", b"licenceType=DOS").codes == ["109"]
    assert v5.post(f"{volume}/restore-snapshot", f"snapshotId={ident(path)}".encode()).text == ""


def test_life_of_a_snapshot(api: Api, dc: str) -> None:
    volume = api.volume(dc)
    path = f"/snapshots/{snapshot(api, volume, b'name=s', 'application/x-www-form-urlencoded').id}"
    for body in (f"snapshotId={ident(path)}".encode(), {"properties": {"snapshotId": ident(path)}}):
        assert api.post(f"{volume}/restore-snapshot", body).status == 202
    assert api.post(f"{volume}/restore-snapshot", b"snapshotId=" + NOWHERE.encode()).status == 422
    assert api.post(f"{volume}/restore-snapshot", b"").status == 422
    assert api.patch(path, {"description": "d"}).status == 202
    copy = api.make(f"{dc}/volumes", size=20, image=ident(path))
    assert api.properties(copy)["image"] == ident(path)
    refused = {"size": 20, "image": ident(path), "imagePassword": "abc123XYZ"}
    assert api.post(f"{dc}/volumes", {"properties": refused}).status == 422
    api.delete(dc)
    assert api.properties(path)["description"] == "d"
    assert api.delete(path).status == 202
    assert api.get(path).status == 404


# Data centers


@pytest.mark.parametrize("name", ["a@b", "a/b", "a\\b", "a,b", "a'b", 'a"b', "a|b"])
def test_bad_names(api: Api, name: str) -> None:
    assert api.post("/datacenters", {"properties": {"name": name, "location": "de/fra"}}).codes == ["100"]


def test_location_is_required_and_known(api: Api) -> None:
    reply = api.post("/datacenters", {"properties": {"name": "dc"}})
    assert reply.message == "[(root).properties.location] Attribute 'location' is required"
    assert api.post("/datacenters", {"properties": {"location": "xx/yyy"}}).status == 422


def test_datacenter_deletion_takes_everything(api: Api, dc: str) -> None:
    server, volume = server_with_volume(api, dc)
    block = api.make("/ipblocks", location="de/fra", size=1)
    ip = api.properties(block)["ips"][0]
    lan = api.make(f"{dc}/lans", public=True)
    nic = api.make(f"{server}/nics", lan=int(ident(lan)), ips=[ip])
    assert len(api.properties(block)["ipConsumers"]) == 1
    api.delete(dc)
    for path in (dc, server, volume, lan, nic):
        assert api.get(path).status == 404
    assert api.properties(block)["ipConsumers"] == []


def test_contract_counts_what_is_used(api: Api, dc: str) -> None:
    api.server(dc, cores=3, ram=4096)
    api.volume(dc, size=10)
    api.volume(dc, size=5, type="SSD")
    api.make("/ipblocks", location="de/fra", size=2)
    limits = api.get("/contracts").json["items"][0]["properties"]["resourceLimits"]
    expected = {
        "coresProvisioned": 3,
        "ramProvisioned": 4096,
        "hddVolumeProvisioned": 10240,
        "ssdVolumeProvisioned": 5120,
        "reservedIpsOnContract": 2,
        "reservedIpsInUse": 0,
    }
    assert {name: limits[name] for name in expected} == expected
