# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's v4 seen by the driver ``profitbricks`` of apache-libcloud, whose last release is 3.7.

The driver takes the hrefs of answers apart, so the emulator stands at the address that it knows.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.base import NodeAuthPassword, NodeAuthSSHKey
from libcloud.compute.drivers.profitbricks import ProfitBricksIPFailover, ProfitBricksNodeDriver

from pocketvdc import Cloud, mount

KEY = "ssh-ed25519 AAAA me@example.com"


@dataclass
class Shop:
    """What most tests start with: a data center with two LANs, and a server in both of them."""

    dc: Any
    node: Any
    volume: Any
    nics: list[Any]


def connect(password: str = "demo-password") -> Any:
    """The driver, whose session reaches a cloud of its own."""
    found: Any = ProfitBricksNodeDriver(key="demo@example.com", secret=password)
    mount(found.connection.connection.session, Cloud(seed=7), url="https://api.profitbricks.com")
    return found


@pytest.fixture
def driver() -> Any:
    return connect()


def image(driver: Any, location: str = "us/las", public: bool = True) -> Any:
    images = driver.list_images(image_type="HDD", is_public=public)
    return next(
        i for i in images if i.extra["location"] == location and "linux" in i.extra["licence_type"].lower()
    )


@pytest.fixture
def shop(driver: Any) -> Shop:
    place = driver.ex_describe_location(ex_location_id="us/las")
    made = driver.ex_create_datacenter("shop", place, description="by the driver")
    dc = driver.ex_describe_datacenter(ex_href=made.href)
    node = driver.create_node(
        "web",
        image=image(driver),
        size=driver.list_sizes()[1],
        ex_datacenter=dc,
        ex_password=NodeAuthPassword("abc123XYZ9"),
        ex_exposed_public_ports=[80],
        ex_cpu_family="INTEL_XEON",
    )
    node = driver.ex_describe_node(ex_href=node.extra["href"])
    (volume,) = driver.ex_list_attached_volumes(node)
    return Shop(dc, node, volume, driver.ex_list_network_interfaces())


def refusal(call: Callable[..., Any], *arguments: Any, **options: Any) -> tuple[int, str]:
    """Status and text of a refused call; the library keeps an error of its own as the message."""
    with pytest.raises(BaseHTTPError) as caught:
        call(*arguments, **options)
    return caught.value.code, caught.value.message.value


def state(driver: Any, node: Any) -> str:
    return str(driver.ex_describe_node(ex_href=node.extra["href"]).state)


def test_places_and_sizes(driver: Any) -> None:
    places = driver.list_locations()
    assert {"de/fkb", "de/fra", "us/las", "us/ewr"} <= {place.id for place in places}
    assert next(place for place in places if place.id == "us/las").country == "us"
    assert [zone.name for zone in driver.ex_list_availability_zones()] == ["AUTO", "ZONE_1", "ZONE_2"]
    assert len(driver.list_sizes()) == 7


def test_images(driver: Any) -> None:
    assert all(one.extra["description"] is None for one in driver.list_images())
    own = image(driver, "de/fra", public=False)
    changed = driver.ex_update_image(
        own, name="renamed", description="mine", licence_type="LINUX", cpu_hot_plug=False, cpu_hot_unplug=False,
        ram_hot_plug=False, ram_hot_unplug=False, nic_hot_plug=True, nic_hot_unplug=True, disc_virtio_hot_plug=True,
        disc_virtio_hot_unplug=True, disc_scsi_hot_plug=False, disc_scsi_hot_unplug=False,
    )  # fmt: skip
    assert changed.extra["status_url"].endswith("/status")
    found = driver.ex_describe_image(ex_image_id=own.id)
    assert (found.name, found.extra["description"], found.extra["cpu_hot_plug"]) == ("renamed", "mine", False)
    assert driver.ex_delete_image(found)
    status, text = refusal(driver.ex_describe_image, ex_image_id=own.id)
    assert (status, "Resource does not exist" in text) == (404, True)


def test_data_centers(driver: Any, shop: Shop) -> None:
    place = driver.ex_describe_location(ex_location_id="de/fra")
    made = driver.ex_create_datacenter("other", place)
    # The service tells the version later (contract section 11, item 18).
    assert (made.version, made.extra["features"], made.extra["provisioning_state"]) == (None, [], "pending")
    found = driver.ex_describe_datacenter(ex_datacenter_id=made.id)
    assert (found.version, found.extra["location"]) == (2, "de/fra")
    driver.ex_rename_datacenter(found, "renamed")
    assert driver.ex_describe_datacenter(ex_datacenter_id=made.id).version == 3
    assert {dc.name for dc in driver.ex_list_datacenters()} == {"shop", "renamed"}
    assert driver.ex_destroy_datacenter(found)
    assert [dc.name for dc in driver.ex_list_datacenters()] == ["shop"]


def test_nodes(driver: Any, shop: Shop) -> None:
    (node,) = driver.list_nodes()
    assert (node.id, node.state, node.extra["cpu_family"]) == (shop.node.id, "running", "INTEL_XEON")
    # v4 shows the boot volume whole (contract section 4).
    assert node.extra["boot_volume"]["properties"]["name"] == "web - volume"
    assert len(node.private_ips) == 2
    for act, expected in (
        (driver.stop_node, "stopped"),
        (driver.start_node, "running"),
        (driver.ex_stop_node, "stopped"),
        (driver.ex_start_node, "running"),
        (driver.reboot_node, "running"),
    ):
        assert act(node)
        assert state(driver, node) == expected
    zone = driver.ex_list_availability_zones()[0]
    driver.ex_update_node(
        node, name="db", cores=2, ram=4096, availability_zone=zone, ex_cpu_family="INTEL_XEON"
    )
    ids = {"ex_datacenter_id": shop.dc.id, "ex_node_id": node.id}
    changed = driver.ex_describe_node(**ids)
    assert (changed.name, changed.extra["cores"], changed.extra["ram"]) == ("db", 2, 4096)
    assert driver.destroy_node(changed, ex_remove_attached_disks=True)
    assert (driver.list_nodes(), driver.list_volumes()) == ([], [])


def test_a_family_that_the_location_lacks(driver: Any, shop: Shop) -> None:
    status, text = refusal(driver.ex_update_node, shop.node, ex_cpu_family="INTEL_ICELAKE")
    assert (status, "109" in text) == (422, True)


def test_a_node_makes_a_data_center_of_its_own(driver: Any) -> None:
    node = driver.create_node(
        "alone", image=image(driver), ex_ram=1024, ex_cores=1, ex_disk=10, ex_ssh_keys=[NodeAuthSSHKey(KEY)]
    )
    (dc,) = driver.ex_list_datacenters()
    assert (dc.name, dc.extra["location"]) == ("alone-DC", "us/las")
    assert driver.ex_describe_node(ex_href=node.extra["href"]).state == "running"


def test_volumes(driver: Any, shop: Shop) -> None:
    dc = driver.ex_describe_datacenter(ex_datacenter_id=shop.dc.id)
    made = driver.create_volume(
        10, dc, name="data", ex_image_alias="ubuntu:latest", ex_type="HDD", ex_bus_type="VIRTIO", ex_password="abc123XYZ9",
        ex_ssh_keys=[KEY], ex_availability_zone="ZONE_3",
    )  # fmt: skip
    spare = driver.create_volume(12, dc, name="spare", image=image(driver), ex_password="abc123XYZ9")
    assert made.extra["availability_zone"] == "ZONE_3"
    assert spare.extra["availability_zone"] is None
    attached = driver.attach_volume(shop.node, made)
    assert attached.extra["status_url"].endswith("/status")
    found = driver.ex_describe_volume(ex_datacenter_id=dc.id, ex_volume_id=made.id)
    assert (found.extra["device_number"], found.extra["bus"]) == (2, "VIRTIO")
    driver.ex_update_volume(found, ex_storage_name="more", size=20, ex_bus_type="IDE")
    found = driver.ex_describe_volume(ex_href=made.extra["href"])
    assert (found.name, found.size, found.extra["bus"]) == ("more", 20, "IDE")
    assert {volume.name for volume in driver.list_volumes()} == {"web - volume", "more", "spare"}
    assert driver.detach_volume(shop.node, found)
    assert [volume.name for volume in driver.ex_list_attached_volumes(shop.node)] == ["web - volume"]
    node = driver.create_node("second", volume=found, ex_ram=1024, ex_cores=1, ex_network_interface=False)
    assert [volume.id for volume in driver.ex_list_attached_volumes(node)] == [found.id]
    assert driver.destroy_volume(spare)
    assert len(driver.list_volumes()) == 2


def test_snapshots(driver: Any, shop: Shop) -> None:
    made = driver.create_volume_snapshot(shop.volume)
    # Its size is told at once, and it is called after the volume (contract section 10.9).
    assert made.size == 50
    found = driver.ex_describe_snapshot(ex_snapshot_id=made.id)
    assert found.extra["name"].startswith("web - volume-Snapshot-")
    assert found.extra["description"] == 'Created from "web - volume" in Data Center "shop"'
    driver.ex_update_snapshot(
        found, name="before", description="the upgrade", cpu_hot_plug=True, cpu_hot_unplug=False, ram_hot_plug=True,
        ram_hot_unplug=False, nic_hot_plug=True, nic_hot_unplug=True, disc_virtio_hot_plug=True,
        disc_virtio_hot_unplug=True, disc_scsi_hot_plug=False, disc_scsi_hot_unplug=False, licence_type="LINUX",
    )  # fmt: skip
    (found,) = driver.list_snapshots()
    assert (found.name, found.extra["description"]) == ("before", "the upgrade")
    assert driver.ex_restore_volume_snapshot(shop.volume, found)
    assert driver.destroy_volume_snapshot(found)
    assert driver.list_snapshots() == []


def test_network_interfaces(driver: Any, shop: Shop) -> None:
    made = driver.ex_create_network_interface(shop.node, lan_id=2, nic_name="third", dhcp_active=False)
    ids = {"ex_datacenter_id": shop.dc.id, "ex_server_id": shop.node.id, "ex_nic_id": made.id}
    found = driver.ex_describe_network_interface(**ids)
    assert (found.name, found.extra["dhcp"], found.extra["lan"], found.extra["nat"]) == (
        "third",
        False,
        2,
        False,
    )
    assert len(found.extra["ips"]) == 1
    driver.ex_update_network_interface(
        found, name="renamed", lan_id=1, ips=found.extra["ips"], dhcp_active=True
    )
    driver.ex_set_inet_access(found, internet_access=True)
    found = driver.ex_describe_network_interface(ex_href=found.href)
    assert (found.name, found.extra["lan"], found.extra["nat"]) == ("renamed", 1, True)
    assert driver.ex_destroy_network_interface(found)
    assert len(driver.ex_list_network_interfaces()) == 2


def test_firewall_rules(driver: Any, shop: Shop) -> None:
    private, public = sorted(shop.nics, key=lambda nic: nic.name)
    assert [rule.extra["port_range_start"] for rule in driver.ex_list_firewall_rules(private)] == [22]
    made = driver.ex_create_firewall_rule(
        public, "TCP", name="web", source_mac="01:23:45:67:89:00", source_ip="10.0.0.7", target_ip=None,
        port_range_start=443, port_range_end=443,
    )  # fmt: skip
    ids = {"ex_server_id": shop.node.id, "ex_nic_id": public.id, "ex_firewall_rule_id": made.id}
    driver.ex_update_firewall_rule(made, name="renamed", port_range_start=8443, port_range_end=8444)
    found = driver.ex_describe_firewall_rule(ex_datacenter_id=shop.dc.id, **ids)
    assert (found.name, found.extra["port_range_start"], found.extra["port_range_end"]) == (
        "renamed",
        8443,
        8444,
    )
    pings = driver.ex_create_firewall_rule(public, "ICMP", name="pings", icmp_type=8)
    assert pings.extra["icmp_type"] == 8
    assert driver.ex_delete_firewall_rule(found)
    assert {rule.name for rule in driver.ex_list_firewall_rules(public)} == {
        "pings", "web - firewall rule:80",
    }  # fmt: skip


def test_lans(driver: Any, shop: Shop) -> None:
    dc = driver.ex_describe_datacenter(ex_datacenter_id=shop.dc.id)
    (private,) = (nic for nic in shop.nics if "private" in nic.name)
    made = driver.ex_create_lan(dc, name="inner", is_public=False, nics=[private])
    found = driver.ex_describe_lan(ex_datacenter_id=dc.id, ex_lan_id=made.id)
    assert [item["id"] for item in found.extra["entities"]["nics"]["items"]] == [private.id]
    driver.ex_update_lan(found, False, name="renamed")
    assert driver.ex_describe_lan(ex_href=found.href).name == "renamed"
    status, text = refusal(driver.ex_delete_lan, found)  # a NIC is in it
    assert (status, "lan" in text.lower()) == (422, True)
    empty = driver.ex_create_lan(dc)
    assert {lan.name for lan in driver.ex_list_lans()} == {
        "shop - public lan", "shop - private lan", "renamed", "LAN - shop",
    }  # fmt: skip
    assert driver.ex_delete_lan(empty)
    assert len(driver.ex_list_lans(dc)) == 3


def test_ip_blocks_and_failover(driver: Any, shop: Shop) -> None:
    place = driver.ex_describe_location(ex_location_id="us/las")
    made = driver.ex_create_ip_block(place, 2, name="front")
    assert len(made.ips) == 2
    found = driver.ex_describe_ip_block(ex_ip_block_id=made.id)
    assert (found.name, found.size, found.location) == ("front", 2, "us/las")
    (public,) = (nic for nic in shop.nics if "public" in nic.name)
    driver.ex_update_network_interface(public, ips=[made.ips[0]])
    (lan,) = (lan for lan in driver.ex_list_lans(shop.dc) if lan.is_public)
    driver.ex_update_lan(lan, True, ip_failover=[ProfitBricksIPFailover(made.ips[0], public.id)])
    answer = driver.connection.request(
        lan.href, with_full_url=True
    ).object  # the driver's LANs do not tell it
    assert answer["properties"]["ipFailover"] == [{"ip": made.ips[0], "nicUuid": public.id}]
    assert [block.id for block in driver.ex_list_ip_blocks()] == [made.id]
    status, text = refusal(driver.ex_delete_ip_block, found)
    assert (status, "VDC-5-1080" in text) == (422, True)
    assert driver.ex_destroy_datacenter(shop.dc)
    assert driver.ex_delete_ip_block(found)
    assert driver.ex_list_ip_blocks() == []


def test_load_balancers(driver: Any, shop: Shop) -> None:
    dc = driver.ex_describe_datacenter(ex_datacenter_id=shop.dc.id)
    (public,) = (nic for nic in shop.nics if "public" in nic.name)
    made = driver.ex_create_load_balancer(dc, name="front", dhcp=True)
    found = driver.ex_describe_load_balancer(ex_datacenter_id=dc.id, ex_load_balancer_id=made.id)
    assert driver.ex_attach_nic_to_load_balancer(found, public)
    assert [nic.id for nic in driver.ex_list_load_balanced_nics(found)] == [public.id]
    described = driver.ex_describe_load_balanced_nic(
        ex_datacenter_id=dc.id, ex_server_id=shop.node.id, ex_nic_id=public.id
    )
    assert described.id == public.id
    driver.ex_update_load_balancer(found, name="renamed", dhcp=False)
    assert driver.ex_describe_load_balancer(ex_href=found.href).name == "renamed"
    assert driver.ex_remove_nic_from_load_balancer(found, public)
    assert driver.ex_list_load_balanced_nics(found) == []
    other = driver.ex_create_load_balancer(dc, nics=[public])
    assert {balancer.name for balancer in driver.ex_list_load_balancers()} == {
        "renamed", "Load Balancer - shop",
    }  # fmt: skip
    for balancer in (found, other):
        assert driver.ex_delete_load_balancer(balancer)
    assert driver.ex_list_load_balancers() == []


def test_wrong_credentials() -> None:
    status, text = refusal(connect("wrong").list_locations)
    assert (status, "315" in text) == (401, True)


def test_every_method_of_the_driver_is_walked() -> None:
    source = inspect.getsource(sys.modules[__name__])
    methods = [
        name
        for name, _method in inspect.getmembers(ProfitBricksNodeDriver, inspect.isfunction)
        if name in vars(ProfitBricksNodeDriver) and not name.startswith("_")
    ]
    assert [name for name in methods if f".{name}(" not in source and f"driver.{name}," not in source] == []
    assert len(methods) == 66
