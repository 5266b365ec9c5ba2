# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What single resources do beyond create, update and delete: the rules that are checked before a request."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    CloudError,
    InvalidOption,
    NotFound,
    OperationFailed,
)
from unit.mounted import Mounted

PASSWORD = {"image_password": "secret12pw"}
KEYS = {"ssh_keys": ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB a@b"]}
USER_DATA = {"user_data": "I2Nsb3VkLWNvbmZpZwo="}
UBUNTU = {"size": 10, "image": "ubuntu:22.04"}
BLANK = {"size": 10, "licence_type": "OTHER"}


@pytest.fixture(scope="module")
def world() -> tuple[Mounted, dict[str, str]]:
    """A shop in which nothing is changed: all tests that use it are refused or only check."""
    mounted = Mounted()
    return mounted, mounted.shop()


def refused(world: tuple[Mounted, dict[str, str]], kind: str, **options: Any) -> str:
    """The error of a task that must not write."""
    mounted, ids = world
    above = {"volume": ("datacenter",), "server": ("datacenter",), "nic": ("datacenter", "server")}
    above["firewall_rule"] = ("datacenter", "server", "nic")
    parents = {name: ids[name] for name in above.get(kind, ())}
    with pytest.raises(CloudError) as caught:
        mounted.run(kind, **{**parents, **options})
    assert mounted.writes == []
    assert "\n" not in str(caught.value)
    return str(caught.value)


# -- volume -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"licence_type": "OTHER"}, "size: needed to create the volume new"),
        ({"size": 10}, "image: give an image to make the volume from, or licence_type"),
        (
            {**UBUNTU, **PASSWORD, "licence_type": "WINDOWS"},
            "licence_type: a volume has the licence of its image, LINUX",
        ),
        ({**BLANK, **PASSWORD}, "image_password: it only works together with an image"),
        ({**BLANK, **KEYS}, "ssh_keys: it only works together with an image"),
        ({**BLANK, **USER_DATA}, "user_data: it only works together with an image"),
        (UBUNTU, "image_password: a public image needs image_password, ssh_keys or user_data"),
        ({**UBUNTU, "image_password": "short"}, "image_password: the given value is not a password"),
        (
            {**UBUNTU, "image_password": "with blanks and $"},
            "image_password: the given value is not a password",
        ),
        ({**UBUNTU, "image_password": "x" * 51}, "image_password: the given value is not a password"),
        (
            {"size": 10, "image": "No-such-image", **PASSWORD},
            "image: there is no image or snapshot 'No-such-image'",
        ),
        ({**BLANK, "size": 0}, "size: 0 GB is below"),
    ],
)
def test_volume_rules(world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str) -> None:
    assert refused(world, "volume", name="new", **options).startswith(says)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"size": 5}, "size: the volume boot has 10 GB and can only grow, not shrink to 5 GB"),
        ({"disk_type": "SSD"}, "disk_type (is 'HDD', wanted 'SSD')"),
        ({"availability_zone": "ZONE_2"}, "availability_zone (is "),
        ({"image": "00000000-0000-4000-8000-000000000000"}, "image (is "),
        ({"backupunit_id": "00000000-0000-4000-8000-000000000000"}, "backupunit_id (is "),
    ],
)
def test_what_a_volume_cannot_become(
    world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str
) -> None:
    text = refused(world, "volume", name="boot", **options)
    assert says in text and "boot" in text


@pytest.mark.parametrize("access", [PASSWORD, KEYS, USER_DATA, {**PASSWORD, **KEYS}], ids="+".join)
@pytest.mark.parametrize("image", ["alias", "name", "id"])
def test_a_rerun_of_a_volume_from_an_image_is_unchanged(image: str, access: dict[str, Any]) -> None:
    mounted = Mounted()
    ids = mounted.shop()
    found = mounted.info("image", alias="ubuntu:22.04", location="de/fra", image_type="HDD")[0]
    given = {"alias": "ubuntu:22.04", "name": found["name"], "id": found["id"]}[image]
    options = {"datacenter": ids["datacenter"], "name": "root", "size": 10, "image": given, **access}
    created = mounted.run("volume", **options)
    assert created["volume"]["image"] == found["id"]
    again = mounted.run("volume", **options)
    # A name or an alias is compared with the image that the volume was made of, which takes one read more.
    assert not again["changed"] and len(mounted.calls) == (1 if image == "id" else 2)
    assert again["volume"] == created["volume"]


def test_an_image_of_another_location_is_told_before_anything_is_made(
    world: tuple[Mounted, dict[str, str]],
) -> None:
    mounted, _ids = world
    elsewhere = mounted.info("image", location="us/las", image_type="HDD")
    here = {image["name"] for image in mounted.info("image", location="de/fra")}
    mounted.service.add_image(
        {"name": "only-there", "size": 2, "location": "us/las", "imageType": "HDD"}, None
    )
    assert elsewhere and "only-there" not in here
    text = refused(world, "volume", name="new", size=10, image="only-there")
    assert text.startswith("image: there is no image 'only-there' in location de/fra") and "us/las" in text


def test_an_image_of_another_location_given_by_id_fails_with_the_service_s_reason() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    image = mounted.info("image", alias="ubuntu:22.04", location="us/las", image_type="HDD")[0]["id"]
    with pytest.raises(OperationFailed, match="VDC-5-622"):
        mounted.run("volume", datacenter=ids["datacenter"], name="new", size=10, image=image, **PASSWORD)


def test_a_private_image_keeps_its_own_password() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    mounted.service.add_image({"name": "mine", "size": 2, "location": "de/fra", "imageType": "HDD"}, None)
    options = {"datacenter": ids["datacenter"], "name": "new", "size": 10, "image": "mine"}
    with pytest.raises(
        InvalidOption, match="^image_password: .* is private or a snapshot, and keeps its own"
    ):
        mounted.run("volume", **options, **PASSWORD)
    assert mounted.run("volume", **options)["changed"]


def test_two_images_of_one_name_are_told_apart_by_id() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    for _number in range(2):
        mounted.service.add_image({"name": "mine", "size": 2, "location": "de/fra", "imageType": "HDD"}, None)
    with pytest.raises(AmbiguousName, match="^image: 2 images match 'mine'"):
        mounted.run("volume", datacenter=ids["datacenter"], name="new", size=10, image="mine")


# -- server -------------------------------------------------------------------------------------------------------

SIZE = {"cores": 1, "ram": 1024}
TEMPLATE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "cores, ram: needed to create the server new"),
        ({"cores": 1}, "ram: needed to create the server new"),
        (
            {**SIZE, "boot_volume": "boot", "boot_cdrom": TEMPLATE},
            "boot_cdrom: a server boots from either boot_volume or boot_cdrom",
        ),
        ({"type": "CUBE"}, "template_uuid: needed to create the server new"),
        (
            {"type": "CUBE", "template_uuid": TEMPLATE, "cores": 1},
            "cores, ram: the size of a CUBE server comes from its template",
        ),
        (
            {"type": "CUBE", "template_uuid": TEMPLATE, "cpu_family": "AMD_EPYC"},
            "cpu_family: it cannot be chosen for a server of type CUBE",
        ),
        (
            {**SIZE, "type": "VCPU", "cpu_family": "AMD_EPYC"},
            "cpu_family: it cannot be chosen for a server of type VCPU",
        ),
        (
            {"cores": 1, "ram": 512, "volumes": [{"name": "v", **BLANK, "ram_hot_plug": True}]},
            "ram: the volume v has RAM hot",
        ),
        ({**SIZE, "boot_volume": "nowhere"}, "boot_volume: there is no volume 'nowhere'"),
        ({**SIZE, "volumes": [{"name": "v"}]}, "volumes/v: size: needed to create the volume v"),
        ({**SIZE, "volumes": [{"name": "v", **UBUNTU}]}, "volumes/v: image_password: a public image needs"),
        ({**SIZE, "volumes": [{**BLANK}]}, "volumes: each volume needs a name"),
        (
            {**SIZE, "volumes": [{"name": "v", **BLANK}, {"name": "v", **BLANK}]},
            "volumes: the volume 'v' is listed twice",
        ),
        ({**SIZE, "nics": [{"name": "n"}]}, "nics/n: lan: needed to create the NIC n"),
        ({**SIZE, "nics": [{"name": "n", "lan": "nowhere"}]}, "nics/n: lan: there is no LAN 'nowhere'"),
        ({**SIZE, "nics": [{"lan": "1"}, {"lan": "1"}]}, "nics: the NIC 1 is listed twice"),
        (
            {**SIZE, "nics": [{"lan": "1", "firewall_rules": [{"name": "r"}]}]},
            "nics/lan 1/firewall_rules/r: protocol: needed to create the firewall rule r",
        ),
        (
            {**SIZE, "nics": [{"lan": "1", "firewall_rules": [{"protocol": "ANY"}]}]},
            "nics/lan 1: firewall_rules: each firewall rule needs a name",
        ),
        (
            {
                **SIZE,
                "nics": [
                    {"lan": "1", "firewall_rules": [{"name": "r", "protocol": "ICMP", "port_range_start": 1}]}
                ],
            },
            "nics/lan 1/firewall_rules/r: port_range_start: it goes with protocol TCP or UDP only, not with ICMP",
        ),
    ],
)
def test_server_rules(world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str) -> None:
    assert refused(world, "server", name="new", **options).startswith(says)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"type": "VCPU"}, "type (is 'ENTERPRISE', wanted 'VCPU')"),
        ({"ram": 512}, "ram: the volume boot has RAM hot plug, which needs at least 1024 MB, not 512"),
        ({"volumes": [{"name": "boot", "size": 5}]}, "size: the volume boot has 10 GB and can only grow"),
        ({"volumes": [{"name": "boot", "disk_type": "SSD"}]}, "disk_type (is 'HDD', wanted 'SSD')"),
        (
            {"nics": [{"name": "front", "firewall_rules": [{"name": "ssh", "protocol": "UDP"}]}]},
            "protocol (is 'TCP', wanted",
        ),
    ],
)
def test_what_a_server_cannot_become(
    world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str
) -> None:
    assert says in refused(world, "server", name="web", **options)


# -- firewall rule ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "protocol: needed to create the firewall rule new"),
        (
            {"protocol": "ICMP", "port_range_start": 1, "port_range_end": 2},
            "port_range_start: it goes with protocol TCP",
        ),
        (
            {"protocol": "TCP", "icmp_type": 0},
            "icmp_type: it goes with protocol ICMP or ICMPv6 only, not with TCP",
        ),
        ({"protocol": "ANY", "icmp_code": 1}, "icmp_code: it goes with protocol ICMP"),
        ({"protocol": "TCP", "port_range_start": 80}, "port_range_end: a range of ports needs both"),
        ({"protocol": "UDP", "port_range_end": 80}, "port_range_start: a range of ports needs both"),
        (
            {"protocol": "TCP", "port_range_start": 80, "port_range_end": 79},
            "port_range_end: 79 is below port_range_start, 80",
        ),
        (
            {"protocol": "TCP", "port_range_start": 0, "port_range_end": 79},
            "port_range_start: 0 is below the minimum",
        ),
        (
            {"protocol": "TCP", "port_range_start": 1, "port_range_end": 65536},
            "port_range_end: 65536 is above the maximum",
        ),
        ({"protocol": "ICMP", "icmp_type": 255}, "icmp_type: 255 is above the maximum, 254"),
        ({"protocol": "TCP", "source_mac": "zz"}, "source_mac: 'zz' is not a MAC address"),
    ],
)
def test_firewall_rule_rules(
    world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str
) -> None:
    assert refused(world, "firewall_rule", name="new", **options).startswith(says)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"protocol": "UDP"}, "protocol (is 'TCP', wanted 'UDP')"),
        ({"port_range_start": 23}, "port_range_end: 22 is below port_range_start, 23"),
        ({"icmp_type": 1}, "icmp_type: it goes with protocol ICMP or ICMPv6 only, not with TCP"),
        ({"port_range_end": None}, "port_range_end: a range of ports needs both"),
    ],
)
def test_what_a_firewall_rule_cannot_become(
    world: tuple[Mounted, dict[str, str]], options: dict[str, Any], says: str
) -> None:
    assert says in refused(world, "firewall_rule", name="ssh", **options)


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("protocol", ["ICMPv6", "GRE", "VRRP", "ESP", "AH"])
def test_newer_protocols_are_refused_by_older_versions(version: int, protocol: str) -> None:
    mounted = Mounted(version)
    ids = mounted.shop()
    with pytest.raises(CloudError, match="protocol") as caught:
        mounted.run(
            "firewall_rule",
            datacenter=ids["datacenter"],
            server=ids["server"],
            nic=ids["nic"],
            name="new",
            protocol=protocol,
        )
    assert "\n" not in str(caught.value)


# -- user ---------------------------------------------------------------------------------------------------------

ADA = {"email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace", "user_password": "secret12pw"}


@pytest.mark.parametrize("name", ["firstname", "lastname", "user_password"])
def test_what_a_new_user_needs(world: tuple[Mounted, dict[str, str]], name: str) -> None:
    options = {key: value for key, value in ADA.items() if key != name}
    assert refused(world, "user", **options) == f"{name}: needed to create the user ada@example.com"


def test_a_user_that_deletes_itself_is_stopped(world: tuple[Mounted, dict[str, str]]) -> None:
    text = refused(world, "user", email="Demo@Example.com", state="absent")
    assert text.startswith("email: demo@example.com is the user that this task logs in as")


@pytest.mark.parametrize(("update", "changed"), [("on_create", False), ("always", True), (None, False)])
def test_a_password_is_set_again_only_on_demand(update: str | None, changed: bool) -> None:
    mounted = Mounted()
    mounted.run("user", **ADA)
    options = ADA | ({"update_password": update} if update else {})
    result = mounted.run("user", **{**options, "user_password": "another34pw"})
    assert result["changed"] is changed
    assert "another34pw" not in str(result) and "secret12pw" not in str(result)


def test_version_4_cannot_change_a_password() -> None:
    mounted = Mounted(4)
    mounted.run("user", **ADA)
    with pytest.raises(InvalidOption, match="^update_password: version 4 of the API cannot change"):
        mounted.run("user", **ADA, update_password="always")
    assert mounted.run("user", **{**ADA, "lastname": "King"})["user"]["lastname"] == "King"


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_change_of_one_field_keeps_the_others(version: int) -> None:
    mounted = Mounted(version)
    mounted.run("user", **ADA, administrator=True, force_sec_auth=True)
    changed = mounted.run("user", email="ada@example.com", firstname="Augusta")["user"]
    assert (changed["firstname"], changed["lastname"]) == ("Augusta", "Lovelace")
    assert changed["administrator"] is changed["force_sec_auth"] is True


# -- data center --------------------------------------------------------------------------------------------------

EVERYTHING: dict[str, Any] = {
    "name": "shop",
    "default_security_group": "strict",
    "security_groups": [{"name": "strict"}],
    "volumes": [{"name": "loose", "size": 10, "licence_type": "OTHER"}],
    "loadbalancers": [{"name": "lb", "balanced_nics": ["web/front"]}],
    "nat_gateways": [
        {
            "name": "nat",
            "public_ips": ["block.0"],
            "rules": [{"name": "out", "source_subnet": "10.0.0.0/24", "public_ip": "block.0"}],
        }
    ],
    "network_load_balancers": [{"name": "nlb", "listener_lan": "public", "target_lan": "private"}],
    "application_load_balancers": [{"name": "alb", "listener_lan": "public", "target_lan": "private"}],
}


def test_deleting_a_full_data_center_lists_what_would_be_lost(world: tuple[Mounted, dict[str, str]]) -> None:
    text = refused(world, "datacenter", name="shop", state="absent")
    assert text.startswith("force: the data center shop still contains ")
    assert all(word in text for word in ("servers: web", "volumes: boot", "lans: ", "public", "private"))


def test_a_data_center_that_holds_nothing_but_an_application_load_balancer_holds_something() -> None:
    mounted = Mounted()
    datacenter = mounted.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
    lans = [mounted.run("lan", datacenter=datacenter, name=name)["lan"]["id"] for name in ("a", "b")]
    options = {"name": "alb1", "listener_lan": lans[0], "target_lan": lans[1]}
    mounted.run("application_load_balancer", datacenter=datacenter, **options)
    for number in lans:
        mounted.run("lan", datacenter=datacenter, id=number, state="absent")
    for way in (mounted.check, mounted.run):
        with pytest.raises(InvalidOption, match="^force: .* still contains application_load_balancers: alb1"):
            way("datacenter", name="shop", state="absent")
        assert mounted.writes == []
    assert mounted.run("datacenter", name="shop", state="absent", force=True)["changed"]


def test_a_full_data_center_tells_its_contents_by_the_options_that_hold_them() -> None:
    mounted = Mounted()
    mounted.shop()
    mounted.run("ipblock", name="block", location="de/fra", size=2)
    mounted.run("datacenter", **EVERYTHING)
    with pytest.raises(InvalidOption) as caught:
        mounted.run("datacenter", name="shop", state="absent")
    for name in EVERYTHING.keys() - {"name", "default_security_group"}:
        assert f"{name}: " in str(caught.value), name


def test_a_forced_deletion_shows_all_that_is_lost_in_the_words_of_a_task() -> None:
    mounted = Mounted()
    mounted.shop()
    mounted.run("ipblock", name="block", location="de/fra", size=2)
    mounted.run("datacenter", **EVERYTHING)
    shown = []
    for way in (mounted.check, mounted.run):
        diff = way("datacenter", name="shop", state="absent", force=True)["diff"]
        assert diff["before_header"] == "data center shop" and diff["after"] == ""
        shown.append(yaml.safe_load(diff["before"]))
    assert shown[0] == shown[1]
    gone = shown[0]
    for name in EVERYTHING.keys() - {"name", "default_security_group"}:
        assert {each["name"] for each in EVERYTHING[name]} <= {each["name"] for each in gone[name]}, name
    assert gone["default_security_group"] == "strict"
    (web,) = gone["servers"]
    assert [each["name"] for each in gone["volumes"]] == ["loose"]
    assert [each["name"] for each in web["volumes"]] == ["boot"]
    assert [nic["lan"] for nic in web["nics"]] == ["public", "private"]
    assert gone["nat_gateways"][0]["rules"][0]["name"] == "out"
    assert gone["loadbalancers"][0]["balanced_nics"] == ["web/front"]


def test_check_mode_tells_of_the_guard_too(world: tuple[Mounted, dict[str, str]]) -> None:
    mounted, _ids = world
    with pytest.raises(InvalidOption, match="^force: "):
        mounted.check("datacenter", name="shop", state="absent")


def test_a_long_list_is_cut_with_its_number() -> None:
    mounted = Mounted()
    datacenter = mounted.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
    for number in range(13):
        mounted.run("lan", datacenter=datacenter, name=f"lan-{number}")
    with pytest.raises(InvalidOption, match="and 3 more"):
        mounted.run("datacenter", name="shop", state="absent")


def test_an_empty_data_center_and_a_forced_one_are_deleted() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="empty", location="de/fra")
    assert mounted.run("datacenter", name="empty", state="absent")["changed"]
    mounted.shop()
    assert mounted.run("datacenter", name="shop", state="absent", force=True)["changed"]
    assert mounted.info("datacenter") == []


def test_a_location_must_be_known_to_the_service() -> None:
    mounted = Mounted()
    with pytest.raises(CloudError, match="location"):
        mounted.run("datacenter", name="shop", location="xx/yyy")
    with pytest.raises(InvalidOption, match="^location: needed to create the data center shop"):
        mounted.run("datacenter", name="shop")
    assert mounted.info("datacenter") == []


def test_a_snapshot_is_a_source_by_name_and_by_id() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    path = f"datacenters/{ids['datacenter']}/volumes/{ids['volume']}/create-snapshot"
    snapshot = mounted.cloud.transport.call("POST", path, body={"properties": {"name": "before"}}).data["id"]
    for number, source in enumerate(("before", snapshot)):
        options = {"datacenter": "shop", "name": f"copy-{number}", "size": 10, "image": source}
        assert mounted.run("volume", **options)["volume"]["image"] == snapshot
        assert mounted.run("volume", **options)["changed"] is False
    with pytest.raises(InvalidOption, match="image_password: .*snapshot"):
        mounted.run("volume", datacenter="shop", name="copy", size=10, image="before", **PASSWORD)


def test_a_snapshot_that_is_nowhere_is_not_found() -> None:
    mounted = Mounted()
    mounted.shop()
    with pytest.raises(NotFound):
        mounted.run("volume", datacenter="shop", name="copy", size=10, image="before")
