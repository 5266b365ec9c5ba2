# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's v4 seen by the public client library ``profitbricks`` 4.1.

There is one test for each method of the library, named after it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from profitbricks.client import (
    LAN,
    NIC,
    Datacenter,
    FirewallRule,
    Group,
    IPBlock,
    LoadBalancer,
    ProfitBricksService,
    User,
    Volume,
)
from profitbricks.client import Server as NewServer
from profitbricks.errors import (
    PBError,
    PBFailedRequest,
    PBNotAuthorizedError,
    PBNotFoundError,
    PBRateLimitExceededError,
    PBTimeoutError,
    PBValidationError,
)

from contract.schema.ladder import check_collection, check_resource
from pocketvdc import Cloud, Server

NO_SUCH_ID = "00000000-0000-0000-0000-000000000000"
PASSWORD = "abc123XYZ9"
Answer = dict[str, Any]


def connect(
    url: str, username: str = "demo@example.com", password: str = "demo-password"
) -> ProfitBricksService:
    return ProfitBricksService(
        username=username,
        password=password,
        host_base=f"{url}/cloudapi/v4",
        use_config=False,
        use_keyring=False,
    )


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Server(Cloud()) as server:
        yield server.url


@pytest.fixture
def client(url: str) -> ProfitBricksService:
    requests.post(f"{url}/_emulator/reset").raise_for_status()
    return connect(url)


@dataclass
class Shop:
    """The data center that most tests start with: two LANs, two servers, a spare volume, a load balancer."""

    answer: Answer
    dc: str
    server: str
    volume: str
    nic: str
    rule: str
    other_server: str
    other_nic: str
    spare: str
    balancer: str


def composite() -> Datacenter:
    """A data center with everything nested, as the library's user writes it."""
    rule = FirewallRule(name="ssh", protocol="TCP", port_range_start=22, port_range_end=22)
    boot = Volume(name="boot", size=10, image_alias="ubuntu:latest", image_password=PASSWORD)
    nic = NIC(name="front", lan=1, dhcp=True, firewall_active=True, firewall_rules=[rule])
    web = NewServer(name="web", cores=2, ram=4096, create_volumes=[boot], nics=[nic])
    database = NewServer(name="db", cores=1, ram=1024, nics=[NIC(name="back", lan=2, dhcp=False)])
    return Datacenter(
        name="shop",
        location="de/fra",
        description="from the library",
        servers=[web, database],
        volumes=[Volume(name="spare", size=2)],
        lans=[LAN(name="public", public=True), LAN(name="private", public=False)],
        loadbalancers=[LoadBalancer(name="balancer", dhcp=True)],
    )


@pytest.fixture
def shop(client: ProfitBricksService) -> Shop:
    answer = client.create_datacenter(composite())
    client.wait_for_completion(answer, initial_wait=0)
    entities = answer["entities"]
    web, database = entities["servers"]["items"]
    nic = web["entities"]["nics"]["items"][0]
    return Shop(
        answer=answer,
        dc=answer["id"],
        server=web["id"],
        volume=web["entities"]["volumes"]["items"][0]["id"],
        nic=nic["id"],
        rule=nic["entities"]["firewallrules"]["items"][0]["id"],
        other_server=database["id"],
        other_nic=database["entities"]["nics"]["items"][0]["id"],
        spare=entities["volumes"]["items"][0]["id"],
        balancer=entities["loadbalancers"]["items"][0]["id"],
    )


def ids(collection: Answer) -> set[str]:
    return {item["id"] for item in collection["items"]}


def names(collection: Answer) -> list[str]:
    return [item["properties"]["name"] for item in collection["items"]]


def image_id(client: ProfitBricksService, image_type: str = "CDROM", location: str = "de/fra") -> str:
    return next(
        str(image["id"])
        for image in client.list_images()["items"]
        if (image["properties"]["imageType"], image["properties"]["location"]) == (image_type, location)
    )


def private_image(url: str) -> str:
    image = {"name": "own", "location": "de/fra", "size": 3, "licenceType": "LINUX", "imageType": "HDD"}
    return str(requests.post(f"{url}/_emulator/images", json=image).json()["id"])


def new_group(client: ProfitBricksService) -> str:
    return str(client.create_group(Group(name="operators", create_datacenter=True))["id"])


def new_user(client: ProfitBricksService) -> str:
    user = User(firstname="Ada", lastname="L", email="ada@example.org", password=PASSWORD, administrator=True)
    return str(client.create_user(user)["id"])


def snapshot_of(client: ProfitBricksService, shop: Shop) -> str:
    answer = client.create_snapshot(shop.dc, shop.volume, name="before", description="first")
    client.wait_for_completion(answer, initial_wait=0)
    return str(answer["id"])


# -- data centers and locations --


def test_create_datacenter(client: ProfitBricksService, shop: Shop) -> None:
    assert shop.answer["metadata"]["state"] == "BUSY"
    assert shop.answer["requestId"]
    # The service tells both later (contract section 10.1), and adds a version for what came with it.
    assert (shop.answer["properties"]["version"], shop.answer["properties"]["features"]) == (None, [])
    tree = client.get_datacenter(shop.dc, depth=5)
    assert tree["metadata"]["state"] == "AVAILABLE"
    assert (tree["properties"]["version"], "SSD" in tree["properties"]["features"]) == (2, True)
    assert sorted(names(tree["entities"]["servers"])) == ["db", "web"]
    assert sorted(names(tree["entities"]["volumes"])) == ["boot", "spare"]
    lans = {lan["id"]: lan["properties"] for lan in tree["entities"]["lans"]["items"]}
    assert {number: lan["public"] for number, lan in lans.items()} == {"1": True, "2": False}
    server = next(item for item in tree["entities"]["servers"]["items"] if item["id"] == shop.server)
    assert server["properties"]["vmState"] == "RUNNING"
    assert server["properties"]["bootVolume"]["id"] == shop.volume
    nic = server["entities"]["nics"]["items"][0]
    assert nic["properties"]["lan"] == 1
    assert nic["properties"]["nat"] is False
    assert len(nic["properties"]["ips"]) == 1
    assert ids(nic["entities"]["firewallrules"]) == {shop.rule}
    rule = client.get_firewall_rule(shop.dc, shop.server, shop.nic, shop.rule)["properties"]
    assert (rule["protocol"], rule["portRangeStart"]) == ("TCP", 22)
    volume = server["entities"]["volumes"]["items"][0]["properties"]
    assert (volume["licenceType"], volume["imagePassword"], volume["deviceNumber"]) == ("LINUX", None, 1)
    assert volume["image"]


def test_get_datacenter(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_datacenter(shop.dc)
    assert answer["properties"]["name"] == "shop"
    assert answer["properties"]["location"] == "de/fra"
    assert {"servers", "volumes", "lans", "loadbalancers"} == set(answer["entities"])


@pytest.mark.parametrize("name", ["shop", "SHOP", "sh", "HO"])
def test_get_datacenter_by_name(client: ProfitBricksService, shop: Shop, name: str) -> None:
    assert client.get_datacenter_by_name(name)["id"] == shop.dc
    with pytest.raises(NameError, match="No data center found"):
        client.get_datacenter_by_name("elsewhere")


def test_list_datacenters(client: ProfitBricksService, shop: Shop) -> None:
    collection = client.list_datacenters()
    assert ids(collection) == {shop.dc}
    assert {"offset", "limit", "_links"}.isdisjoint(collection)


def test_update_datacenter(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.update_datacenter(shop.dc, name="renamed", description="again")
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_datacenter(shop.dc)["properties"]
    assert (properties["name"], properties["description"]) == ("renamed", "again")


def test_delete_datacenter(client: ProfitBricksService, shop: Shop) -> None:
    assert client.delete_datacenter(shop.dc) is True
    with pytest.raises(PBNotFoundError):
        client.get_datacenter(shop.dc)


def test_list_locations(client: ProfitBricksService) -> None:
    assert {"de/fkb", "de/fra", "us/las", "us/ewr"} <= ids(client.list_locations())
    assert all("properties" in item for item in client.list_locations(depth=1)["items"])


def test_get_location(client: ProfitBricksService) -> None:
    properties = client.get_location("de/fra")["properties"]
    assert properties["name"] == "frankfurt"
    assert "ubuntu:latest" in properties["imageAliases"]
    assert "cpuArchitecture" not in properties
    child = client.get_location("de/fra/2")  # this library does not escape the slash
    assert (child["id"], "metadata" in child) == ("de/fra/2", False)


# -- servers --


def test_create_server(client: ProfitBricksService, shop: Shop) -> None:
    server = NewServer(
        name="worker",
        cores=4,
        ram=2048,
        cpu_family="INTEL_XEON",
        availability_zone="ZONE_1",
        attach_volumes=[shop.spare],
        create_volumes=[Volume(name="data", size=5, disk_type="SSD")],
        nics=[NIC(name="n0", lan=1, nat=True)],
    )
    answer = client.create_server(shop.dc, server)
    assert answer["properties"]["vmState"] is None
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_server(shop.dc, answer["id"])["properties"]
    assert (properties["cores"], properties["ram"], properties["cpuFamily"]) == (4, 2048, "INTEL_XEON")
    assert properties["vmState"] == "RUNNING"
    assert shop.spare in ids(client.get_attached_volumes(shop.dc, answer["id"]))
    assert client.list_nics(shop.dc, answer["id"])["items"][0]["properties"]["nat"] is True


def test_get_server(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_server(shop.dc, shop.server)
    assert answer["properties"]["name"] == "web"
    assert answer["properties"]["cpuFamily"] == "AMD_OPTERON"
    assert "hostname" not in answer["properties"]
    assert ids(answer["entities"]["nics"]) == {shop.nic}
    # v4 shows the boot volume whole at depth 2 and more (contract section 4).
    deep = client.get_server(shop.dc, shop.server, depth=2)["properties"]["bootVolume"]
    assert (deep["id"], deep["properties"]["name"]) == (shop.volume, "boot")


def test_list_servers(client: ProfitBricksService, shop: Shop) -> None:
    assert sorted(names(client.list_servers(shop.dc))) == ["db", "web"]


def test_update_server(client: ProfitBricksService, shop: Shop) -> None:
    client.attach_volume(shop.dc, shop.server, shop.spare)
    answer = client.update_server(
        shop.dc, shop.server, name="web01", cores=4, ram=8192, boot_volume=shop.spare, allow_reboot=True
    )
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_server(shop.dc, shop.server)["properties"]
    assert (properties["name"], properties["cores"], properties["ram"]) == ("web01", 4, 8192)
    assert properties["bootVolume"]["id"] == shop.spare
    assert "allowReboot" not in properties


def test_delete_server(client: ProfitBricksService, shop: Shop) -> None:
    assert client.delete_server(shop.dc, shop.server) is True
    with pytest.raises(PBNotFoundError):
        client.get_server(shop.dc, shop.server)
    volume = client.get_volume(shop.dc, shop.volume)
    assert volume["properties"]["deviceNumber"] is None


def test_stop_server(client: ProfitBricksService, shop: Shop) -> None:
    assert client.stop_server(shop.dc, shop.server) is True
    answer = client.get_server(shop.dc, shop.server)
    assert (answer["metadata"]["state"], answer["properties"]["vmState"]) == ("INACTIVE", "SHUTOFF")


def test_start_server(client: ProfitBricksService, shop: Shop) -> None:
    client.stop_server(shop.dc, shop.server)
    assert client.start_server(shop.dc, shop.server) is True
    answer = client.get_server(shop.dc, shop.server)
    assert (answer["metadata"]["state"], answer["properties"]["vmState"]) == ("AVAILABLE", "RUNNING")


def test_reboot_server(client: ProfitBricksService, shop: Shop) -> None:
    assert client.reboot_server(shop.dc, shop.server) is True
    assert client.get_server(shop.dc, shop.server)["properties"]["vmState"] == "RUNNING"


# -- attached volumes and CD-ROMs --


def test_attach_volume(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.attach_volume(shop.dc, shop.server, shop.spare)
    assert (answer["id"], answer["type"], answer["metadata"]["state"]) == (shop.spare, "volume", "BUSY")
    client.wait_for_completion(answer, initial_wait=0)
    assert ids(client.get_attached_volumes(shop.dc, shop.server)) == {shop.volume, shop.spare}


def test_get_attached_volumes(client: ProfitBricksService, shop: Shop) -> None:
    collection = client.get_attached_volumes(shop.dc, shop.server)
    assert collection["id"] == f"{shop.server}/volumes"
    assert names(collection) == ["boot"]


def test_get_attached_volume(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_attached_volume(shop.dc, shop.server, shop.volume)
    assert answer["properties"]["deviceNumber"] == 1
    assert "bootServer" not in answer["properties"]


def test_detach_volume(client: ProfitBricksService, shop: Shop) -> None:
    assert client.detach_volume(shop.dc, shop.server, shop.volume) is True
    with pytest.raises(PBNotFoundError):
        client.get_attached_volume(shop.dc, shop.server, shop.volume)
    assert client.get_volume(shop.dc, shop.volume)["properties"]["deviceNumber"] is None


def test_attach_cdrom(client: ProfitBricksService, shop: Shop) -> None:
    disc = image_id(client)
    answer = client.attach_cdrom(shop.dc, shop.server, disc)
    assert (answer["id"], answer["type"]) == (disc, "image")
    client.wait_for_completion(answer, initial_wait=0)


def test_get_attached_cdroms(client: ProfitBricksService, shop: Shop) -> None:
    assert client.get_attached_cdroms(shop.dc, shop.server)["items"] == []
    client.attach_cdrom(shop.dc, shop.server, image_id(client))
    assert ids(client.get_attached_cdroms(shop.dc, shop.server)) == {image_id(client)}


def test_get_attached_cdrom(client: ProfitBricksService, shop: Shop) -> None:
    disc = image_id(client)
    client.attach_cdrom(shop.dc, shop.server, disc)
    assert client.get_attached_cdrom(shop.dc, shop.server, disc)["properties"]["imageType"] == "CDROM"


def test_detach_cdrom(client: ProfitBricksService, shop: Shop) -> None:
    disc = image_id(client)
    client.attach_cdrom(shop.dc, shop.server, disc)
    assert client.detach_cdrom(shop.dc, shop.server, disc) is True
    with pytest.raises(PBNotFoundError):
        client.get_attached_cdrom(shop.dc, shop.server, disc)


# -- volumes, snapshots, images --


def test_create_volume(client: ProfitBricksService, shop: Shop) -> None:
    volume = Volume(
        name="image",
        size=12,
        image=image_id(client, "HDD"),
        image_password=PASSWORD,
        ssh_keys=["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGyUMCYmMWKzZ1Yy+mFVJ9/0K0eYq6H9r0q2zSgPSkE1 tests"],
        availability_zone="ZONE_3",
    )
    answer = client.create_volume(shop.dc, volume)
    assert answer["properties"]["bus"] == "VIRTIO"
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_volume(shop.dc, answer["id"])["properties"]
    assert (properties["size"], properties["licenceType"]) == (12, "LINUX")
    assert (properties["imagePassword"], properties["sshKeys"]) == (None, None)


def test_get_volume(client: ProfitBricksService, shop: Shop) -> None:
    properties = client.get_volume(shop.dc, shop.spare)["properties"]
    assert (properties["name"], properties["licenceType"], properties["type"]) == ("spare", "UNKNOWN", "HDD")
    flags = ("cpuHotUnplug", "ramHotUnplug", "discScsiHotPlug", "discScsiHotUnplug", "discVirtioHotPlug")
    assert [properties[flag] for flag in flags] == [False] * 5


def test_list_volumes(client: ProfitBricksService, shop: Shop) -> None:
    assert ids(client.list_volumes(shop.dc)) == {shop.volume, shop.spare}


def test_update_volume(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.update_volume(shop.dc, shop.spare, name="bigger", size=20, bus="VIRTIO")
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_volume(shop.dc, shop.spare)["properties"]
    assert (properties["name"], properties["size"]) == ("bigger", 20)
    with pytest.raises(PBValidationError):
        client.update_volume(shop.dc, shop.spare, size=5)


def test_delete_volume(client: ProfitBricksService, shop: Shop) -> None:
    assert client.delete_volume(shop.dc, shop.spare) is True
    with pytest.raises(PBNotFoundError):
        client.get_volume(shop.dc, shop.spare)


def test_create_snapshot(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.create_snapshot(shop.dc, shop.volume, name="before", description="the change")
    assert (answer["type"], answer["metadata"]["state"]) == ("snapshot", "BUSY")
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_snapshot(answer["id"])["properties"]
    assert (properties["name"], properties["description"]) == ("before", "the change")
    assert (properties["size"], properties["location"]) == (10, "de/fra")


def test_create_snapshot_without_name(client: ProfitBricksService, shop: Shop) -> None:
    """The library writes None in letters; the service names the snapshot after its volume (contract section 10.9)."""
    answer = client.create_snapshot(shop.dc, shop.volume)
    assert answer["properties"]["size"] == 10
    properties = client.get_snapshot(answer["id"])["properties"]
    assert properties["name"].startswith("boot-Snapshot-")
    assert properties["description"] == 'Created from "boot" in Data Center "shop"'


def test_restore_snapshot(client: ProfitBricksService, shop: Shop) -> None:
    assert client.restore_snapshot(shop.dc, shop.volume, snapshot_of(client, shop)) is True


def test_get_snapshot(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_snapshot(snapshot_of(client, shop))
    assert answer["properties"]["licenceType"] == "LINUX"
    assert "exposeSerial" not in answer["properties"]


def test_list_snapshots(client: ProfitBricksService, shop: Shop) -> None:
    snapshot = snapshot_of(client, shop)
    assert ids(client.list_snapshots()) == {snapshot}


def test_update_snapshot(client: ProfitBricksService, shop: Shop) -> None:
    snapshot = snapshot_of(client, shop)
    client.update_snapshot(snapshot, name="renamed", description="again", cpu_hot_unplug=False)
    assert client.get_snapshot(snapshot)["properties"]["name"] == "renamed"


@pytest.mark.parametrize("method", ["delete_snapshot", "remove_snapshot"])
def test_delete_snapshot(client: ProfitBricksService, shop: Shop, method: str) -> None:
    snapshot = snapshot_of(client, shop)
    assert getattr(client, method)(snapshot) is True
    with pytest.raises(PBNotFoundError):
        client.get_snapshot(snapshot)


test_remove_snapshot = test_delete_snapshot


def test_list_images(client: ProfitBricksService) -> None:
    images = client.list_images()["items"]
    assert all(
        image["properties"]["public"] is (image["metadata"]["createdBy"] == "System") for image in images
    )
    found = [image for image in images if "ubuntu-16" in image["properties"]["name"].lower()]
    assert {image["properties"]["imageType"] for image in found} == {"HDD", "CDROM"}


def test_get_image(client: ProfitBricksService) -> None:
    properties = client.get_image(image_id(client, "HDD", "us/las"))["properties"]
    assert properties["location"] == "us/las"
    assert {"cloudInit", "requireLegacyBios", "requiredFeatures"}.isdisjoint(properties)


def test_update_image(client: ProfitBricksService, url: str) -> None:
    image = private_image(url)
    client.update_image(image, name="renamed", nic_hot_plug=True)
    properties = client.get_image(image)["properties"]
    assert (properties["name"], properties["nicHotPlug"], properties["public"]) == ("renamed", True, False)


def test_delete_image(client: ProfitBricksService, url: str) -> None:
    image = private_image(url)
    assert client.delete_image(image) is True
    with pytest.raises(PBNotFoundError):
        client.get_image(image)
    with pytest.raises(PBError) as caught:
        client.delete_image(image_id(client))
    assert caught.value.resp == 403


# -- LANs, NICs, firewall rules, load balancers --


def test_create_lan(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.create_lan(shop.dc, LAN(name="third", public=True, nics=[shop.other_nic]))
    assert answer["id"] == "3"
    client.wait_for_completion(answer, initial_wait=0)
    assert ids(client.get_lan_members(shop.dc, "3")) == {shop.other_nic}
    assert client.get_nic(shop.dc, shop.other_server, shop.other_nic)["properties"]["lan"] == 3


def test_get_lan(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_lan(shop.dc, "1")
    assert (answer["properties"]["name"], answer["properties"]["public"]) == ("public", True)
    assert "pcc" not in answer["properties"]
    assert ids(answer["entities"]["nics"]) == {shop.nic}


def test_list_lans(client: ProfitBricksService, shop: Shop) -> None:
    assert ids(client.list_lans(shop.dc)) == {"1", "2"}


def test_update_lan(client: ProfitBricksService, shop: Shop) -> None:
    block = client.reserve_ipblock(IPBlock(name="failover", location="de/fra", size=1))
    address = block["properties"]["ips"][0]
    client.update_nic(shop.dc, shop.server, shop.nic, ips=[address])
    group = [{"ip": address, "nicUuid": shop.nic}]
    answer = client.update_lan(shop.dc, "1", name="edge", public=True, ip_failover=group)
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_lan(shop.dc, "1")["properties"]
    assert (properties["name"], properties["ipFailover"]) == ("edge", group)


def test_delete_lan(client: ProfitBricksService, shop: Shop) -> None:
    lan = client.create_lan(shop.dc, LAN(name="short", public=False))["id"]
    assert client.delete_lan(shop.dc, lan) is True
    with pytest.raises(PBNotFoundError):
        client.get_lan(shop.dc, lan)


def test_get_lan_members(client: ProfitBricksService, shop: Shop) -> None:
    collection = client.get_lan_members(shop.dc, "1")
    assert collection["id"] == "1/nics"
    assert names(collection) == ["front"]


def test_create_nic(client: ProfitBricksService, shop: Shop) -> None:
    rules = [FirewallRule(name="ping", protocol="ICMP", icmp_type=8)]
    nic = NIC(name="extra", lan=7, ips=["10.2.2.2"], dhcp=False, firewall_active=False, firewall_rules=rules)
    answer = client.create_nic(shop.dc, shop.server, nic)
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_nic(shop.dc, shop.server, answer["id"])["properties"]
    assert (properties["lan"], properties["ips"], properties["dhcp"]) == (7, ["10.2.2.2"], False)
    assert properties["mac"].startswith("02:01:")
    assert client.get_lan(shop.dc, "7")["properties"]["public"] is False
    assert names(client.get_firewall_rules(shop.dc, shop.server, answer["id"])) == ["ping"]


def test_get_nic(client: ProfitBricksService, shop: Shop) -> None:
    properties = client.get_nic(shop.dc, shop.server, shop.nic)["properties"]
    assert (properties["name"], properties["firewallActive"]) == ("front", True)
    assert {"firewallType", "pciSlot", "ipv6Ips"}.isdisjoint(properties)


def test_list_nics(client: ProfitBricksService, shop: Shop) -> None:
    assert ids(client.list_nics(shop.dc, shop.server)) == {shop.nic}


def test_update_nic(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.update_nic(shop.dc, shop.server, shop.nic, name="renamed", dhcp=False, lan=2)
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_nic(shop.dc, shop.server, shop.nic)["properties"]
    assert (properties["name"], properties["dhcp"], properties["lan"]) == ("renamed", False, 2)


def test_delete_nic(client: ProfitBricksService, shop: Shop) -> None:
    assert client.delete_nic(shop.dc, shop.server, shop.nic) is True
    with pytest.raises(PBNotFoundError):
        client.get_nic(shop.dc, shop.server, shop.nic)
    assert client.get_lan_members(shop.dc, "1")["items"] == []


def test_create_firewall_rule(client: ProfitBricksService, shop: Shop) -> None:
    rule = FirewallRule(
        name="web",
        protocol="TCP",
        source_mac="01:23:45:67:89:00",
        source_ip="192.0.2.9",
        port_range_start=80,
        port_range_end=443,
    )
    answer = client.create_firewall_rule(shop.dc, shop.server, shop.nic, rule)
    assert answer["type"] == "firewall-rule"
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_firewall_rule(shop.dc, shop.server, shop.nic, answer["id"])["properties"]
    assert (properties["sourceMac"], properties["portRangeEnd"]) == ("01:23:45:67:89:00", 443)
    assert {"type", "ipVersion"}.isdisjoint(properties)


def test_get_firewall_rule(client: ProfitBricksService, shop: Shop) -> None:
    properties = client.get_firewall_rule(shop.dc, shop.server, shop.nic, shop.rule)["properties"]
    assert (properties["name"], properties["sourceIp"], properties["icmpType"]) == ("ssh", None, None)


def test_get_firewall_rules(client: ProfitBricksService, shop: Shop) -> None:
    collection = client.get_firewall_rules(shop.dc, shop.server, shop.nic)
    assert ids(collection) == {shop.rule}
    assert collection["id"] == f"{shop.nic}/firewallrules"


def test_update_firewall_rule(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.update_firewall_rule(
        shop.dc, shop.server, shop.nic, shop.rule, name="renamed", source_ip="192.0.2.7", port_range_end=25
    )
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_firewall_rule(shop.dc, shop.server, shop.nic, shop.rule)["properties"]
    assert (properties["name"], properties["sourceIp"], properties["portRangeEnd"]) == (
        "renamed",
        "192.0.2.7",
        25,
    )


def test_delete_firewall_rule(client: ProfitBricksService, shop: Shop) -> None:
    assert client.delete_firewall_rule(shop.dc, shop.server, shop.nic, shop.rule) is True
    with pytest.raises(PBNotFoundError):
        client.get_firewall_rule(shop.dc, shop.server, shop.nic, shop.rule)


def test_create_loadbalancer(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.create_loadbalancer(
        shop.dc, LoadBalancer(name="second", dhcp=False, balancednics=[shop.other_nic])
    )
    client.wait_for_completion(answer, initial_wait=0)
    assert client.get_loadbalancer(shop.dc, answer["id"])["properties"]["dhcp"] is False
    assert ids(client.get_loadbalancer_members(shop.dc, answer["id"])) == {shop.other_nic}


def test_get_loadbalancer(client: ProfitBricksService, shop: Shop) -> None:
    properties = client.get_loadbalancer(shop.dc, shop.balancer)["properties"]
    assert (properties["name"], properties["dhcp"]) == ("balancer", True)


def test_list_loadbalancers(client: ProfitBricksService, shop: Shop) -> None:
    assert names(client.list_loadbalancers(shop.dc)) == ["balancer"]


def test_update_loadbalancer(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.update_loadbalancer(shop.dc, shop.balancer, name="renamed")
    client.wait_for_completion(answer, initial_wait=0)
    assert client.get_loadbalancer(shop.dc, shop.balancer)["properties"]["name"] == "renamed"


def test_delete_loadbalancer(client: ProfitBricksService, shop: Shop) -> None:
    client.add_loadbalanced_nics(shop.dc, shop.balancer, shop.nic)
    assert client.delete_loadbalancer(shop.dc, shop.balancer) is True
    with pytest.raises(PBNotFoundError):
        client.get_loadbalancer(shop.dc, shop.balancer)
    assert client.get_nic(shop.dc, shop.server, shop.nic)["id"] == shop.nic


def test_add_loadbalanced_nics(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.add_loadbalanced_nics(shop.dc, shop.balancer, shop.nic)
    assert (answer["id"], answer["type"]) == (shop.nic, "nic")
    client.wait_for_completion(answer, initial_wait=0)


def test_get_loadbalancer_members(client: ProfitBricksService, shop: Shop) -> None:
    client.add_loadbalanced_nics(shop.dc, shop.balancer, shop.nic)
    collection = client.get_loadbalancer_members(shop.dc, shop.balancer)
    assert collection["id"] == f"{shop.balancer}/balancednics"
    assert names(collection) == ["front"]


def test_get_loadbalanced_nic(client: ProfitBricksService, shop: Shop) -> None:
    client.add_loadbalanced_nics(shop.dc, shop.balancer, shop.nic)
    assert client.get_loadbalanced_nic(shop.dc, shop.balancer, shop.nic)["properties"]["name"] == "front"


def test_remove_loadbalanced_nic(client: ProfitBricksService, shop: Shop) -> None:
    client.add_loadbalanced_nics(shop.dc, shop.balancer, shop.nic)
    assert client.remove_loadbalanced_nic(shop.dc, shop.balancer, shop.nic) is True
    with pytest.raises(PBNotFoundError):
        client.get_loadbalanced_nic(shop.dc, shop.balancer, shop.nic)
    assert client.get_nic(shop.dc, shop.server, shop.nic)["id"] == shop.nic


# -- IP blocks, contract, requests --


def test_reserve_ipblock(client: ProfitBricksService) -> None:
    answer = client.reserve_ipblock(IPBlock(name="edge", location="de/fra", size="4"))
    assert answer["properties"]["size"] == 4
    assert len(set(answer["properties"]["ips"])) == 4
    client.wait_for_completion(answer, initial_wait=0)


def test_get_ipblock(client: ProfitBricksService) -> None:
    block = client.reserve_ipblock(IPBlock(location="us/las", size=1))
    properties = client.get_ipblock(block["id"])["properties"]
    assert (properties["location"], properties["ips"]) == ("us/las", block["properties"]["ips"])
    assert "ipConsumers" not in properties


def test_list_ipblocks(client: ProfitBricksService) -> None:
    block = client.reserve_ipblock(IPBlock(name="edge", location="us/las", size=1))
    assert ids(client.list_ipblocks()) == {block["id"]}


def test_delete_ipblock(client: ProfitBricksService, shop: Shop) -> None:
    block = client.reserve_ipblock(IPBlock(name="edge", location="de/fra", size=1))
    client.update_nic(shop.dc, shop.server, shop.nic, ips=block["properties"]["ips"])
    with pytest.raises(PBValidationError) as caught:
        client.delete_ipblock(block["id"])
    assert "[VDC-5-1080]" in caught.value.content[0]["message"]
    client.delete_nic(shop.dc, shop.server, shop.nic)
    assert client.delete_ipblock(block["id"]) is True
    with pytest.raises(PBNotFoundError):
        client.get_ipblock(block["id"])


def test_list_contracts(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.list_contracts()
    assert answer["type"] == "contract"
    limits = answer["properties"]["resourceLimits"]
    assert limits["coresProvisioned"] == 3
    assert limits["ramProvisioned"] == 4096 + 1024
    assert limits["hddVolumeProvisioned"] == 12 * 1024
    assert {"k8sClusterLimitTotal", "nlbLimitTotal"}.isdisjoint(limits)


def test_list_requests(client: ProfitBricksService, shop: Shop) -> None:
    client.stop_server(shop.dc, shop.server)
    requests_ = client.list_requests()["items"]
    assert [request["properties"]["method"] for request in requests_] == ["POST", "POST"]
    assert requests_[0]["properties"]["url"].endswith("/stop")
    assert requests_[1]["id"] == shop.answer["requestId"]


def test_get_request(client: ProfitBricksService, shop: Shop) -> None:
    request = client.get_request(shop.answer["requestId"])
    assert request["type"] == "request"
    assert request["properties"]["url"].endswith("/cloudapi/v4/datacenters")
    assert '"shop"' in request["properties"]["body"]
    status = client.get_request(shop.answer["requestId"], status=True)
    assert status["metadata"]["status"] == "DONE"
    assert shop.dc in {target["target"]["id"] for target in status["metadata"]["targets"]}


def test_wait_for_completion(client: ProfitBricksService, shop: Shop, url: str) -> None:
    settings = {"provision_seconds": 0.3}
    requests.post(f"{url}/_emulator/settings", json=settings).raise_for_status()
    answer = client.update_server(shop.dc, shop.server, name="slow")
    assert client.get_request(answer["requestId"], status=True)["metadata"]["status"] in ("QUEUED", "RUNNING")
    with pytest.raises(PBTimeoutError) as timeout:
        client.wait_for_completion(answer, timeout=0.01, initial_wait=0.05)
    assert timeout.value.request_id == answer["requestId"]
    client.wait_for_completion(answer, timeout=10, initial_wait=0.1)
    assert client.get_server(shop.dc, shop.server)["metadata"]["state"] == "AVAILABLE"


def test_a_failed_request_is_told_with_its_reason(client: ProfitBricksService, shop: Shop) -> None:
    elsewhere = image_id(client, "HDD", "us/las")
    volume = Volume(name="far", size=20, image=elsewhere, image_password=PASSWORD)
    answer = client.create_volume(shop.dc, volume)
    with pytest.raises(PBFailedRequest) as caught:
        client.wait_for_completion(answer, initial_wait=0)
    assert "[VDC-5-622]" in caught.value.msg
    assert caught.value.request_id == answer["requestId"]
    assert ids(client.list_volumes(shop.dc)) == {shop.volume, shop.spare}


# -- user management --


def test_create_group(client: ProfitBricksService) -> None:
    answer = client.create_group(Group(name="operators", create_datacenter=True, reserve_ip=True))
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_group(answer["id"])["properties"]
    assert (properties["createDataCenter"], properties["reserveIp"]) == (True, True)
    assert properties["accessActivityLog"] is False
    assert "createPcc" not in properties


def test_get_group(client: ProfitBricksService) -> None:
    answer = client.get_group(new_group(client))
    assert answer["properties"]["name"] == "operators"
    assert "metadata" not in answer
    assert set(answer["entities"]) == {"users", "resources"}


def test_list_groups(client: ProfitBricksService) -> None:
    group = new_group(client)
    assert ids(client.list_groups()) == {group}


def test_update_group(client: ProfitBricksService) -> None:
    group = new_group(client)
    answer = client.update_group(group, name="renamed", create_datacenter=False, create_snapshot=True)
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_group(group)["properties"]
    assert (properties["name"], properties["createDataCenter"]) == ("renamed", False)
    with pytest.raises(PBValidationError) as caught:
        client.update_group(group, create_snapshot=True)
    assert "'name' is required" in caught.value.content[0]["message"]


def test_delete_group(client: ProfitBricksService) -> None:
    group = new_group(client)
    assert client.delete_group(group) is True
    with pytest.raises(PBNotFoundError):
        client.get_group(group)


def test_add_share(client: ProfitBricksService, shop: Shop) -> None:
    group = new_group(client)
    answer = client.add_share(group, shop.dc, edit_privilege=True, share_privilege=False)
    assert (answer["id"], answer["type"]) == (shop.dc, "resource")
    client.wait_for_completion(answer, initial_wait=0)
    with pytest.raises(PBNotFoundError):
        client.add_share(group, NO_SUCH_ID, edit_privilege=True)


def test_get_share(client: ProfitBricksService, shop: Shop) -> None:
    group = new_group(client)
    client.add_share(group, shop.dc, edit_privilege=True)
    answer = client.get_share(group, shop.dc)
    assert answer["properties"] == {"editPrivilege": True, "sharePrivilege": False}
    assert "metadata" not in answer


def test_list_shares(client: ProfitBricksService, shop: Shop) -> None:
    group = new_group(client)
    client.add_share(group, shop.dc, edit_privilege=True)
    assert ids(client.list_shares(group)) == {shop.dc}


def test_update_share(client: ProfitBricksService, shop: Shop) -> None:
    group = new_group(client)
    client.add_share(group, shop.dc, edit_privilege=True)
    answer = client.update_share(group, shop.dc, edit_privilege=False, share_privilege=True)
    client.wait_for_completion(answer, initial_wait=0)
    assert client.get_share(group, shop.dc)["properties"] == {"editPrivilege": False, "sharePrivilege": True}


def test_delete_share(client: ProfitBricksService, shop: Shop) -> None:
    group = new_group(client)
    client.add_share(group, shop.dc, edit_privilege=True)
    assert client.delete_share(group, shop.dc) is True
    with pytest.raises(PBNotFoundError):
        client.get_share(group, shop.dc)


def test_create_user(client: ProfitBricksService, url: str) -> None:
    user = User(
        firstname="Ada", lastname="L", email="ada@example.org", password=PASSWORD, force_sec_auth=True
    )
    answer = client.create_user(user)
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_user(answer["id"])["properties"]
    assert (properties["email"], properties["administrator"]) == ("ada@example.org", False)
    assert "password" not in properties
    assert connect(url, "ada@example.org", PASSWORD).list_datacenters()["items"] == []


def test_get_user(client: ProfitBricksService) -> None:
    answer = client.get_user(new_user(client))
    assert answer["properties"]["firstname"] == "Ada"
    assert {"active", "s3CanonicalUserId"}.isdisjoint(answer["properties"])
    assert set(answer["entities"]) == {"owns", "groups"}


def test_list_users(client: ProfitBricksService) -> None:
    user = new_user(client)
    assert user in ids(client.list_users())


def test_update_user(client: ProfitBricksService) -> None:
    user = new_user(client)
    answer = client.update_user(
        user,
        firstname="Grace",
        lastname="H",
        email="grace@example.org",
        administrator=False,
        force_sec_auth=False,
    )
    client.wait_for_completion(answer, initial_wait=0)
    properties = client.get_user(user)["properties"]
    assert (properties["firstname"], properties["email"]) == ("Grace", "grace@example.org")


def test_delete_user(client: ProfitBricksService) -> None:
    user = new_user(client)
    assert client.delete_user(user) is True
    with pytest.raises(PBNotFoundError):
        client.get_user(user)


def test_add_group_user(client: ProfitBricksService) -> None:
    user = new_user(client)
    answer = client.add_group_user(new_group(client), user)
    assert (answer["id"], answer["type"]) == (user, "user")
    client.wait_for_completion(answer, initial_wait=0)


def test_list_group_users(client: ProfitBricksService) -> None:
    group, user = new_group(client), new_user(client)
    client.add_group_user(group, user)
    members = client.list_group_users(group)
    assert members["items"][0]["properties"]["email"] == "ada@example.org"
    assert members["id"] == f"{group}/users"


def test_remove_group_user(client: ProfitBricksService) -> None:
    group, user = new_group(client), new_user(client)
    client.add_group_user(group, user)
    assert client.remove_group_user(group, user) is True
    assert client.list_group_users(group)["items"] == []
    assert client.get_user(user)["id"] == user


def test_list_resources(client: ProfitBricksService, shop: Shop) -> None:
    snapshot = snapshot_of(client, shop)
    everything = client.list_resources()
    assert everything["id"] == "resources"
    assert {shop.dc, snapshot} <= ids(everything)
    assert ids(client.list_resources(resource_type="datacenter")) == {shop.dc}
    with pytest.raises(PBNotFoundError):
        client.list_resources(resource_type="nonsense")


def test_get_resource(client: ProfitBricksService, shop: Shop) -> None:
    answer = client.get_resource("datacenter", shop.dc)
    assert (answer["type"], answer["properties"]["name"]) == ("datacenter", "shop")
    with pytest.raises(PBNotFoundError):
        client.get_resource("datacenter", NO_SUCH_ID)


# -- errors --


def missing(call: Any, *arguments: Any) -> str:
    """The first message of a validation error."""
    with pytest.raises(PBValidationError) as caught:
        call(*arguments)
    assert caught.value.resp == 422
    return str(caught.value.content[0]["message"])


def test_a_missing_field_is_named_in_the_first_message(client: ProfitBricksService, shop: Shop) -> None:
    assert "'location' is required" in missing(client.create_datacenter, Datacenter(name="x"))
    assert "'cores' is required" in missing(client.create_server, shop.dc, NewServer(name="x", ram=1024))
    assert "'size' is required" in missing(client.create_volume, shop.dc, Volume(name="x"))
    assert "'location' is required" in missing(client.reserve_ipblock, IPBlock(name="x", size=1))
    assert "'lan' is required" in missing(client.create_nic, shop.dc, shop.server, NIC(name="x"))
    rule = FirewallRule(name="x")
    assert "'protocol' is required" in missing(
        client.create_firewall_rule, shop.dc, shop.server, shop.nic, rule
    )
    assert "'name' is required" in missing(client.create_group, Group(create_datacenter=True))
    user = User(firstname="x", lastname="y", password=PASSWORD)
    assert "'email' is required" in missing(client.create_user, user)


def test_an_unknown_image_is_refused(client: ProfitBricksService, shop: Shop) -> None:
    volume = Volume(name="x", size=10, image="fake_image_id", image_password=PASSWORD)
    with pytest.raises(PBValidationError):
        client.create_volume(shop.dc, volume)


def test_unknown_things_are_not_found(client: ProfitBricksService, shop: Shop) -> None:
    for call, *arguments in (
        (client.get_datacenter, "fake_id"),
        (client.get_location, "de/nowhere"),
        (client.get_lan, shop.dc, "0"),
        (client.create_lan, NO_SUCH_ID, LAN(name="x", public=True)),
        (client.get_request, NO_SUCH_ID),
        (client.get_share, NO_SUCH_ID, shop.dc),
    ):
        with pytest.raises(PBNotFoundError) as caught:
            call(*arguments)
        assert caught.value.content[0]["message"] == "Resource does not exist"


def test_wrong_credentials(url: str) -> None:
    stranger = connect(url, password="wrong")
    with pytest.raises(PBNotAuthorizedError):
        stranger.list_datacenters()
    with pytest.raises(requests.HTTPError):
        stranger.start_server(NO_SUCH_ID, NO_SUCH_ID)


def test_the_rate_limit(client: ProfitBricksService, url: str) -> None:
    fault = {"kind": "status", "method": "*", "path": "datacenters", "status": 429, "retry_after": 1}
    requests.post(f"{url}/_emulator/faults", json=fault).raise_for_status()
    with pytest.raises(PBRateLimitExceededError):
        client.list_datacenters()
    assert client.list_datacenters()["items"] == []


# -- depth --

WITH_DEPTH = [
    name
    for name, method in vars(ProfitBricksService).items()
    if not name.startswith("_") and "depth" in inspect.signature(method).parameters
]


@pytest.fixture(scope="module")
def reading() -> Iterator[tuple[ProfitBricksService, dict[str, str]]]:
    """An account for tests that change nothing, and the arguments by which the library finds what it holds."""
    with Server(Cloud()) as server:
        client = connect(server.url)
        made = client.create_datacenter(composite())
        web = made["entities"]["servers"]["items"][0]
        nic = web["entities"]["nics"]["items"][0]["id"]
        dc, balancer = made["id"], made["entities"]["loadbalancers"]["items"][0]["id"]
        client.add_loadbalanced_nics(dc, balancer, nic)
        client.attach_cdrom(dc, web["id"], image_id(client))
        client.create_snapshot(dc, web["entities"]["volumes"]["items"][0]["id"], name="before")
        client.reserve_ipblock(IPBlock(name="block", location="de/fra", size=1))
        group, user = new_group(client), new_user(client)
        client.add_group_user(group, user)
        client.add_share(group, dc, edit_privilege=True)
        yield (
            client,
            {
                "datacenter_id": dc,
                "name": "shop",
                "server_id": web["id"],
                "nic_id": nic,
                "lan_id": "1",
                "loadbalancer_id": balancer,
                "location_id": "de/fra",
                "group_id": group,
                "user_id": user,
                "resource_id": dc,
                "resource_type": "datacenter",
            },
        )


@pytest.mark.parametrize("depth", range(6))
@pytest.mark.parametrize("method", WITH_DEPTH)
def test_depth(reading: tuple[ProfitBricksService, dict[str, str]], method: str, depth: int) -> None:
    client, known = reading
    call = getattr(client, method)
    parameters = inspect.signature(call).parameters
    arguments = {name: known[name] for name in parameters if name != "depth"}
    if method == "get_datacenter_by_name":  # an item of a list: what it shows is one level less deep
        check_resource(call(**arguments, depth=depth + 1), depth)
        return
    answer = call(**arguments, depth=depth)
    if method == "list_contracts":  # one object, which has no children
        assert answer["properties"]["contractNumber"]
    elif answer["type"] == "collection":
        assert answer["items"]
        check_collection(answer, depth)
    else:
        check_resource(answer, depth)


def test_all_reads_are_made_at_each_depth() -> None:
    lists = {name for name in vars(ProfitBricksService) if name.startswith("list_")}
    assert lists <= set(WITH_DEPTH)
    assert len(WITH_DEPTH) == 33


def test_every_method_of_the_library_has_a_test() -> None:
    methods = {name for name in vars(ProfitBricksService) if not name.startswith("_")}
    assert len(methods) == 93
    assert {name for name in methods if f"test_{name}" not in globals()} == set()
