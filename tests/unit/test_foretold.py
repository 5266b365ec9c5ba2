# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service would refuse is foretold: of one object in check mode, of a data center before anything is written."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.fitting import DoesNotFit
from unit.mounted import Mounted

WORLDS = int(os.environ.get("PREFLIGHT_WORLDS", "25"))
Options = Mapping[str, Any]
Prepare = Callable[[Mounted], Any]

DC = {"datacenter": "shop"}
WEB = {**DC, "server": "web"}
DISK = {"name": "data", "size": 10, "licence_type": "OTHER"}
SERVER = {**DC, "name": "new", "cores": 1, "ram": 1024}
FROM_IMAGE = {"name": "boot", "size": 10, "image_password": "invented12pw"}
UBUNTU = {**FROM_IMAGE, "image": "ubuntu:latest"}
ELSEWHERE = "us/las"
# Locations of the emulator: de/fra has all families and zones; de/fra/2 is within it, us/las has other images.


def shop(location: str = "de/fra") -> Mounted:
    """A data center ``shop`` with a server ``web`` and two LANs, and four reserved addresses in ``de/fra``."""
    world = Mounted()
    world.run("datacenter", name="shop", location=location)
    world.run("lan", **DC, name="public", public=True)
    world.run("lan", **DC, name="private", public=False)
    world.run("server", **DC, name="web", cores=1, ram=1024)
    world.run("ipblock", name="here", location="de/fra", size=4)
    return world


def limits(**figures: int) -> Prepare:
    return lambda world: world.service.settings.limits.update(figures)


def image(location: str, **more: Any) -> Prepare:
    """A private image in a location, whose id the options are told as IMAGE."""

    def prepare(world: Mounted) -> str:
        [found] = [
            each
            for each in world.info("image", filters={"public": True, "image_type": "HDD"})
            if each["location"] == location and "ubuntu:latest" in each["image_aliases"]
        ]
        return str(found["id"])

    return prepare


def addresses(world: Mounted, location: str = "de/fra", used: bool = False) -> str:
    """A reserved address, as ADDRESS; ``used`` by a gateway of another data center."""
    block = world.run("ipblock", name=f"in-{location}", location=location, size=1)["ipblock"]
    if used:
        world.run("datacenter", name="other", location=location)
        world.run("lan", datacenter="other", name="in", public=False)
        world.run(
            "nat_gateway", datacenter="other", name="nat", public_ips=block["ips"], lans=[{"lan": "in"}]
        )
    return str(block["ips"][0])


def full(kind: str) -> Prepare:
    """The server has as many devices as it can."""

    def prepare(world: Mounted) -> None:
        for number in range(24 if kind == "nic" else 2):
            world.run("nic", **WEB, name=f"nic-{number}", lan="1")

    return prepare


def cdroms(world: Mounted) -> str:
    found = [
        each for each in world.info("image", filters={"image_type": "CDROM"}) if each["location"] == "de/fra"
    ]
    first, second, third = (str(each["id"]) for each in found[:3])
    for each in (first, second):
        world.run("cdrom_attachment", **WEB, cdrom=each)
    return third


def loose(world: Mounted) -> str:
    full("nic")(world)
    world.run("volume", **DC, **DISK)
    return "data"


def filled(**figures: int) -> Prepare:
    def prepare(world: Mounted) -> None:
        world.run("security_group", **DC, name="a", rules=[{"name": "x", "protocol": "ANY"}])
        limits(**figures)(world)

    return prepare


def groups(world: Mounted) -> None:
    for name in "ab":
        world.run("security_group", **DC, name=name)
    limits(securityGroupsPerResource=1)(world)


def nothing(world: Mounted) -> None:
    """Nothing is special."""


GIVEN = "<given>"  # stands for what the preparation returns
PUBLIC_IPS = {"public_ips": [GIVEN], "lans": [{"lan": "private"}]}
POOL = {
    "k8s_cluster": "shop",
    "name": "workers",
    "datacenter": "shop",
    "node_count": 1,
    "cores_count": 2,
    "ram_size": 4096,
    "storage_type": "SSD",
    "storage_size": 100,
    "availability_zone": "AUTO",
}

# By what is refused: what is prepared, the kind and its options, and what is said.
SINGLE: dict[str, tuple[Prepare, str, Options, str]] = {
    "cores of the contract": (
        limits(coresPerContract=2),
        "server",
        {**SERVER, "cores": 2},
        "cores: 1 of 2 used, this plan adds 2: 1 too many",
    ),
    "more cores": (
        limits(coresPerContract=2),
        "server",
        {**DC, "name": "web", "cores": 3},
        "cores: 1 of 2 used, this plan adds 2: 1 too many",
    ),
    "RAM of the contract": (
        limits(ramPerContract=1024),
        "server",
        SERVER,
        "MB of RAM: 1024 of 1024 used, this plan adds 1024",
    ),
    "HDD of the contract": (
        limits(hddLimitPerContract=5000),
        "volume",
        {**DC, **DISK},
        "MB of HDD storage: 0 of 5000 used, this plan adds 10240",
    ),
    "HDD along with a server": (
        limits(hddLimitPerContract=5000),
        "server",
        {**SERVER, "volumes": [DISK]},
        "MB of HDD storage: 0 of 5000",
    ),
    "SSD of the contract": (
        limits(ssdLimitPerContract=5000),
        "volume",
        {**DC, **DISK, "disk_type": "SSD"},
        "MB of SSD storage: 0 of 5000",
    ),
    "cores of a server": (
        limits(coresPerServer=3),
        "server",
        {**SERVER, "cores": 4},
        "servers/new: cores: 4, but a server can have at most 3",
    ),
    "RAM of a server": (
        limits(ramPerServer=1024),
        "server",
        {**DC, "name": "web", "ram": 2048},
        "servers/web: ram: 2048 MB, but a server can have at most 1024 MB",
    ),
    "cores of a family": (
        nothing,
        "server",
        {**SERVER, "cores": 52, "cpu_family": "INTEL_XEON"},
        "servers/new: cores: 52, but a server can have at most 51",
    ),
    "a family that is not there": (
        nothing,
        "server",
        {**SERVER, "cpu_family": "INTEL_OTHER"},
        "cpu_family: the location has no 'INTEL_OTHER'",
    ),
    "another family": (
        nothing,
        "server",
        {**DC, "name": "web", "cpu_family": "INTEL_OTHER"},
        "cpu_family: the location has no 'INTEL_OTHER'",
    ),
    "size of a HDD": (
        limits(hddLimitPerVolume=5120),
        "volume",
        {**DC, **DISK},
        "volumes/data: size: 10 GB, but a volume of its type can have at most 5 GB",
    ),
    "size of an SSD": (
        limits(ssdLimitPerVolume=5120),
        "volume",
        {**DC, **DISK, "disk_type": "SSD Premium"},
        "volumes/data: size: 10 GB, but",
    ),
    "an alias that is not there": (
        nothing,
        "volume",
        {**DC, **FROM_IMAGE, "image": "ubunut:latest"},
        "image: 'ubunut:latest' not found in location 'de/fra' of the data center (did you mean 'ubuntu:latest'?)",
    ),
    "an alias along with a server": (
        nothing,
        "server",
        {**SERVER, "volumes": [{**UBUNTU, "image": "plan9:latest"}]},
        "volumes/boot: image: 'plan9:latest' not found in location 'de/fra'",
    ),
    "an image of elsewhere": (
        image(ELSEWHERE),
        "volume",
        {**DC, **FROM_IMAGE, "image": GIVEN},
        "is in location us/las, and cannot be used in de/fra",
    ),
    "smaller than its image": (nothing, "volume", {**DC, **UBUNTU, "size": 1}, "size: 1 GB, but the image"),
    "a template that is not there": (
        nothing,
        "server",
        {
            **DC,
            "name": "new",
            "type": "CUBE",
            "template_uuid": "00000000-0000-4000-8000-00000000abcd",
            "volumes": [{"name": "das", "disk_type": "DAS", "licence_type": "OTHER"}],
        },
        "template_uuid: there is no template",
    ),
    "a NIC too many": (
        full("nic"),
        "nic",
        {**WEB, "name": "more", "lan": "1"},
        "servers/web: 25 volumes and NICs, but a server can have at most 24",
    ),
    "NICs along with a server": (
        nothing,
        "server",
        {**SERVER, "nics": [{"name": f"nic-{number}", "lan": "1"} for number in range(25)]},
        "servers/new: 25 volumes and NICs",
    ),
    "a volume too many": (
        full("nic"),
        "volume",
        {**DC, **DISK, "server": "web"},
        "servers/web: 25 volumes and NICs",
    ),
    "an attached volume too many": (
        loose,
        "volume_attachment",
        {**WEB, "volume": GIVEN},
        "servers/web: 25 volumes and NICs",
    ),
    "a moved volume too many": (
        loose,
        "volume",
        {**DC, "name": GIVEN, "server": "web"},
        "servers/web: 25 volumes and NICs",
    ),
    "a CD-ROM too many": (
        cdroms,
        "cdrom_attachment",
        {**WEB, "cdrom": GIVEN},
        "servers/web: 3 CD-ROMs, but a server can have at most 2",
    ),
    "an address that is not reserved": (
        nothing,
        "nic",
        {**WEB, "name": "more", "lan": "1", "ips": ["198.51.100.200"]},
        "198.51.100.200 is not reserved",
    ),
    "a changed address": (
        partial(lambda world: world.run("nic", **WEB, name="more", lan="1")),
        "nic",
        {**WEB, "name": "more", "ips": ["198.51.100.200"]},
        "198.51.100.200 is not reserved",
    ),
    "an address of elsewhere": (
        partial(addresses, location=ELSEWHERE),
        "nic",
        {**WEB, "name": "more", "lan": "1", "ips": [GIVEN]},
        "is reserved in location us/las, and cannot be used in de/fra",
    ),
    "an address of a balancer": (
        nothing,
        "loadbalancer",
        {**DC, "name": "old", "ip": "198.51.100.200"},
        "198.51.100.200 is not reserved",
    ),
    "an address in use": (
        partial(addresses, used=True),
        "nat_gateway",
        {**DC, "name": "nat", **PUBLIC_IPS},
        "is in use by other",
    ),
    "an unreserved address of a gateway": (
        nothing,
        "nat_gateway",
        {**DC, "name": "nat", "public_ips": ["198.51.100.200"], "lans": [{"lan": "private"}]},
        "198.51.100.200 is not reserved",
    ),
    "NAT gateways": (
        partial(lambda world: (limits(natGatewayLimitTotal=0)(world), addresses(world))[1]),
        "nat_gateway",
        {**DC, "name": "nat", **PUBLIC_IPS},
        "NAT gateways: 0 of 0 used, this plan adds 1: 1 too many",
    ),
    "network load balancers": (
        limits(nlbLimitTotal=0),
        "network_load_balancer",
        {**DC, "name": "nlb", "listener_lan": "public", "target_lan": "private"},
        "network load balancers: 0 of 0",
    ),
    "Kubernetes clusters": (
        limits(k8sClusterLimitTotal=0),
        "k8s_cluster",
        {"name": "shop"},
        "Kubernetes clusters: 0 of 0 used, this plan adds 1",
    ),
    "addresses of a pool": (
        lambda world: world.run("k8s_cluster", name="shop"),
        "k8s_nodepool",
        {**POOL, "public_ips": ["198.51.100.200", "198.51.100.201"]},
        "198.51.100.200 is not reserved",
    ),
    "the address of a cluster": (
        nothing,
        "k8s_cluster",
        {"name": "inner", "public": False, "location": "de/fra", "nat_gateway_ip": "198.51.100.200"},
        "198.51.100.200 is not reserved",
    ),
    "an address of a pool in use": (
        lambda world: (world.run("k8s_cluster", name="shop"), addresses(world, used=True))[1],
        "k8s_nodepool",
        {**POOL, "public_ips": [GIVEN, "198.51.100.200"]},
        "is in use by other",
    ),
    "addresses of a network balancer": (
        nothing,
        "network_load_balancer",
        {**DC, "name": "nlb", "listener_lan": "public", "target_lan": "private", "ips": ["198.51.100.200"]},
        "198.51.100.200 is not reserved",
    ),
    "addresses of an application balancer": (
        nothing,
        "application_load_balancer",
        {**DC, "name": "alb", "listener_lan": "public", "target_lan": "private", "ips": ["198.51.100.200"]},
        "198.51.100.200 is not reserved",
    ),
    "reserved addresses": (
        limits(reservableIps=5),
        "ipblock",
        {"name": "more", "location": "de/fra", "size": 20},
        "reserved IP addresses: 4 of 5 used, this plan adds 20: 19 too many",
    ),
    "security groups": (
        filled(securityGroupsPerVdc=1),
        "security_group",
        {**DC, "name": "b"},
        "security_groups: 2 security groups, but there can be at most 1",
    ),
    "rules of a group": (
        filled(rulesPerSecurityGroup=1),
        "security_group_rule",
        {**DC, "security_group": "a", "name": "y", "protocol": "ANY"},
        "security_groups/a: 2 rules, but there can be at most 1",
    ),
    "groups of a server": (
        groups,
        "server",
        {**DC, "name": "web", "security_groups": ["a", "b"]},
        "server: 2 security groups, but there can be at most 1",
    ),
    "groups of a NIC": (
        groups,
        "nic",
        {**WEB, "name": "more", "lan": "1", "security_groups": ["a", "b"]},
        "NIC: 2 security groups, but there can be at most 1",
    ),
    "rules along with a group": (
        limits(rulesPerSecurityGroup=1),
        "security_group",
        {**DC, "name": "b", "rules": [{"name": name, "protocol": "ANY"} for name in "xy"]},
        "security_groups/b: 2 rules, but there can be at most 1",
    ),
}

CARDS = "e15d15e7-ea9a-48ae-a60a-29b9463f4519"  # a template whose servers have cards
ZONED = {**DISK, "disk_type": "SSD Premium", "availability_zone": "ZONE_1"}
ON_CARDS = {"name": "cards", "type": "GPU", "template_uuid": CARDS, "volumes": [{**UBUNTU, "size": None}]}
# The same in a data center in de/fkb, which has neither zones for such volumes nor cards.
POORER: dict[str, tuple[str, Options, str]] = {
    "a zone": (
        "volume",
        {**DC, **ZONED},
        "availability_zone: the location has no zones for volumes of type SSD Premium",
    ),
    "a zone along with a server": (
        "server",
        {**SERVER, "volumes": [ZONED]},
        "volumes/data: availability_zone: the location has no zones",
    ),
    "cards": (
        "server",
        {**DC, **ON_CARDS},
        "template_uuid: the location has no graphics cards of model NVIDIA H200",
    ),
    "a family of elsewhere": (
        "server",
        {**SERVER, "cpu_family": "AMD_EPYC"},
        "servers/new: cpu_family: the location has no 'AMD_EPYC'; it has AMD_OPTERON, INTEL_SKYLAKE, INTEL_XEON",
    ),
    "reserved elsewhere": (
        "nic",
        {**WEB, "name": "more", "lan": "1", "ips": ["here.0"]},
        "is reserved in location de/fra, and cannot be used in de/fkb",
    ),
}


def told(options: Any, given: Any) -> Any:
    if isinstance(options, Mapping):
        return {name: told(value, given) for name, value in options.items()}
    if isinstance(options, list):
        return [told(each, given) for each in options]
    return given if options == GIVEN else options


@pytest.mark.parametrize("case", SINGLE)
def test_check_mode_foretells_what_the_service_refuses(case: str) -> None:
    prepare, kind, options, says = SINGLE[case]
    world = shop()
    options = told(options, prepare(world))
    with pytest.raises(DoesNotFit) as caught:
        world.check(kind, **options)
    assert world.writes == []
    assert says in str(caught.value)
    assert str(caught.value).endswith("Nothing was changed")
    with pytest.raises(CloudError) as refused:
        world.run(kind, **options)
    assert not isinstance(refused.value, DoesNotFit), "a single object the service refuses by itself"
    assert world.writes != []


@pytest.mark.parametrize("case", POORER)
def test_check_mode_foretells_what_the_location_lacks(case: str) -> None:
    kind, options, says = POORER[case]
    world = shop("de/fkb")
    with pytest.raises(DoesNotFit) as caught:
        world.check(kind, **options)
    assert world.writes == []
    assert says in str(caught.value)
    with pytest.raises(CloudError) as refused:
        world.run(kind, **options)
    assert not isinstance(refused.value, DoesNotFit)
    assert world.writes != []


def server(**more: Any) -> Options:
    return {"servers": [{"name": "new", "cores": 1, "ram": 1024, **more}]}


NIC = {"name": "front", "lan": "public"}
# By what is refused: where, what is prepared, what is described beside the LANs, and what is said.
WHOLE: dict[str, tuple[str, Prepare, Options, str]] = {
    "an alias": (
        "de/fra",
        nothing,
        server(volumes=[{**UBUNTU, "image": "plan9:latest"}]),
        "volumes/boot: image: 'plan9:latest' not found in location 'de/fra'",
    ),
    "an alias at no server": (
        "de/fra",
        nothing,
        {"volumes": [{**UBUNTU, "image": "plan9:latest"}]},
        "volumes/boot: image: 'plan9:latest' not found in location 'de/fra'",
    ),
    "an image of elsewhere": (
        "de/fra",
        image(ELSEWHERE),
        server(volumes=[{**FROM_IMAGE, "image": GIVEN}]),
        "is in location us/las, and cannot be used in de/fra",
    ),
    "smaller than its image": (
        "de/fra",
        image("de/fra"),
        server(volumes=[{**FROM_IMAGE, "image": GIVEN, "size": 1}]),
        "volumes/boot: size: 1 GB, but the image",
    ),
    "a template": (
        "de/fra",
        nothing,
        server(
            type="CUBE",
            cores=None,
            ram=None,
            template_uuid="00000000-0000-4000-8000-00000000abcd",
            volumes=[{"name": "das", "disk_type": "DAS", "licence_type": "OTHER"}],
        ),
        "servers/new: template_uuid: there is no template",
    ),
    "cards": (
        "de/fkb",
        nothing,
        {"servers": [ON_CARDS]},
        "servers/cards: template_uuid: the location has no graphics cards of model NVIDIA H200",
    ),
    "a zone": (
        "de/fkb",
        nothing,
        {"volumes": [ZONED]},
        "volumes/data: availability_zone: the location has no zones",
    ),
    "a family": (
        "de/fkb",
        nothing,
        server(cpu_family="AMD_EPYC"),
        "servers/new: cpu_family: the location has no 'AMD_EPYC'",
    ),
    "an address": (
        "de/fra",
        nothing,
        server(nics=[{**NIC, "ips": ["198.51.100.200"]}]),
        "servers/new/nics/front: 198.51.100.200 is not reserved",
    ),
    "an address of elsewhere": (
        "de/fra",
        partial(addresses, location=ELSEWHERE),
        server(nics=[{**NIC, "ips": [GIVEN]}]),
        "is reserved in location us/las, and cannot be used in de/fra",
    ),
    "groups of a server": (
        "de/fra",
        limits(securityGroupsPerResource=1),
        {"security_groups": [{"name": "a"}, {"name": "b"}], **server(security_groups=["a", "b"])},
        "servers/new: 2 security groups, but there can be at most 1",
    ),
    "an address of a gateway": (
        "de/fra",
        nothing,
        {"nat_gateways": [{"name": "nat", "public_ips": ["198.51.100.200"], "lans": [{"lan": "private"}]}]},
        "nat_gateways/nat: 198.51.100.200 is not reserved",
    ),
}
LANS = [{"name": "public", "public": True}, {"name": "private", "public": False}]


@pytest.mark.parametrize("there", [False, True], ids=["new", "grown"])
@pytest.mark.parametrize("case", WHOLE)
def test_a_data_center_is_refused_before_anything_is_written(case: str, there: bool) -> None:
    location, prepare, described, says = WHOLE[case]
    world = Mounted()
    world.run("ipblock", name="here", location="de/fra", size=4)
    task = {"name": "shop", "location": location, "lans": LANS, **told(described, prepare(world))}
    if there:
        world.run("datacenter", name="shop", location=location)
    for run in (world.check, world.run):
        with pytest.raises(DoesNotFit) as caught:
            run("datacenter", **task)
        assert world.writes == []
        assert says in str(caught.value)
    with pytest.raises(CloudError) as refused:
        world.run("datacenter", **task, preflight=False)
    assert not isinstance(refused.value, DoesNotFit)
    assert world.writes != []


# -- no false alarm -------------------------------------------------------------------------------------------------------


def test_who_sees_no_reserved_address_is_told_that_none_was_checked() -> None:
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    task = {"name": "shop", "lans": LANS, **server(nics=[{**NIC, "ips": ["198.51.100.200"]}])}
    assert (
        "preflight: there are no reserved addresses that this user can see, so none were checked"
        in (world.check("datacenter", **task)["warnings"])
    )


def test_what_a_limit_of_addresses_means_is_not_certain() -> None:
    """Documented as the maximum of the contract, and named as what it has."""
    world = shop()
    world.service.settings.limits["reservableIps"] = 5
    (warning,) = world.check("ipblock", name="more", location="de/fra", size=2)["warnings"]
    assert warning == (
        "preflight: reserved IP addresses: 4 of 5 used, this plan adds 2: 1 too many, unless reserved_ips_on_contract "
        "is a limit, and not what is reserved"
    )


def test_one_address_for_two_nics_of_a_lan_is_a_warning() -> None:
    world = shop()
    world.run("nic", **WEB, name="first", lan="private", ips=["10.9.9.9"])
    world.run("server", **DC, name="new", cores=1, ram=1024)
    nic = {"name": "second", "lan": "private", "ips": ["10.9.9.9"]}
    said = "preflight: servers/new/nics/second and servers/web/nics/first would both have the address 10.9.9.9, in one LAN"
    for kind, options in (
        ("datacenter", {"name": "shop", **server(nics=[nic])}),
        ("nic", {**DC, "server": "new", **nic}),
    ):
        assert world.check(kind, **options)["warnings"] == [said]
    for other in ({"lan": "public"}, {"ips": ["10.9.9.10"]}):
        assert world.check("nic", **DC, server="new", **{**nic, **other})["warnings"] == []
    world.run("nic", **DC, server="new", **nic)
    assert world.check("nic", **DC, server="new", name="second", dhcp=False)["warnings"] == [], (
        "it was so before"
    )


def test_what_is_there_already_is_left_alone() -> None:
    """Only what a task creates or changes is held against limits and locations."""
    world = shop()
    world.run("nic", **WEB, name="front", lan="1", ips=["here.0"])
    world.run("volume", **DC, **UBUNTU, server="web")
    world.service.settings.limits.update(
        coresPerContract=0, ramPerContract=0, hddLimitPerContract=0, coresPerServer=1, hddLimitPerVolume=1024
    )
    for kind, options in (
        ("server", {**DC, "name": "web", "hostname": "other"}),
        ("nic", {**WEB, "name": "front", "dhcp": False}),
        ("volume", {**DC, "name": "boot", "bus": "IDE"}),
        ("server", {**DC, "name": "web", "state": "absent", "delete_volumes": True}),
    ):
        assert world.check(kind, **options)["changed"]
        assert "GET contracts" not in world.calls


def test_below_what_an_earlier_task_would_create_nothing_is_known_of_the_location() -> None:
    world = Mounted()
    for kind, options in (
        (
            "server",
            {"datacenter": "yet-to-come", "name": "new", "cores": 1, "ram": 1024, "cpu_family": "INTEL_XEON"},
        ),
        ("volume", {"datacenter": "yet-to-come", **UBUNTU}),
        ("nic", {"datacenter": "yet-to-come", "server": "new", "name": "a", "lan": "front"}),
        ("security_group", {"datacenter": "yet-to-come", "name": "a"}),
        (
            "security_group_rule",
            {"datacenter": "yet-to-come", "security_group": "a", "name": "x", "protocol": "ANY"},
        ),
    ):
        assert world.check(kind, **options)["changed"]


def test_addresses_may_be_kept_shared_and_moved() -> None:
    """What has an address keeps it, NICs share one for failover, and a plan may hand one from a gateway to another."""
    world = shop()
    first, second, third, _fourth = world.info("ipblock", name="here")[0]["ips"]
    world.run("nic", **WEB, name="front", lan="1", ips=[first])
    world.run("server", **DC, name="standby", cores=1, ram=1024)
    assert world.check("nic", **DC, server="standby", name="front", lan="1", ips=[first])["changed"]
    nat = {"lans": [{"lan": "private"}]}
    world.run("nat_gateway", **DC, name="nat", public_ips=[second], **nat)
    wider = {"name": "nat", "public_ips": [second, third]}
    for kind, options in (
        ("nat_gateway", {**DC, **wider}),
        ("datacenter", {"name": "shop", "nat_gateways": [wider]}),
        (
            "datacenter",
            {
                "name": "shop",
                "nat_gateways": [{"name": "other", "public_ips": [second], **nat}],
                "purge": ["nat_gateways"],
            },
        ),
    ):
        assert world.check(kind, **options)["changed"]
    with pytest.raises(DoesNotFit, match=f"{second} is in use by shop"):
        world.check("nat_gateway", **DC, name="other", public_ips=[second], **nat)


def test_a_location_within_another_one_has_its_images_and_addresses() -> None:
    world = shop("de/fra/2")
    own = world.service.shared("locations")["de/fra/2"]
    own.properties = {**own.properties, "imageAliases": ["inner:latest"]}
    server_options = {**SERVER, "cpu_family": "AMD_EPYC", "volumes": [UBUNTU]}
    for kind, options in (
        ("server", server_options),
        ("nic", {**WEB, "name": "more", "lan": "1", "ips": ["here.0"]}),
    ):
        assert world.check(kind, **options)["changed"]
        assert world.run(kind, **options)["changed"]


def test_what_it_costs() -> None:
    """Of single objects, reads in check mode alone; of a data center, one for the contract and one for the location."""
    world = shop()
    for kind, options, reads in (
        ("server", SERVER, ["contracts"]),
        ("volume", {**DC, **DISK}, ["contracts"]),
        ("nic", {**WEB, "name": "more", "lan": "1"}, ["datacenters/ID/servers/ID"]),
        ("ipblock", {"name": "more", "location": "de/fra", "size": 1}, ["contracts"]),
        ("lan", {**DC, "name": "more", "public": False}, []),
    ):
        world.run(kind, **options, wait=False)
        before = [_plain(call) for call in world.calls if not call.startswith("POST")]
        world.run(kind, **{**options, "state": "absent"})
        world.check(kind, **options)
        more = Counter(map(_plain, world.calls)) - Counter(before)
        assert [
            each for each in more if each in reads or "contracts" in each or "locations/" in each
        ] == reads, kind
    world.run("nic", **WEB, name="more", lan="1")
    unchanged = (world.check("nic", **WEB, name="more", lan="1"), world.calls)
    renamed = (world.check("nic", **WEB, name="more", dhcp=False), world.calls)
    assert (unchanged[0]["changed"], renamed[0]["changed"]) == (False, True)
    assert renamed[1] == unchanged[1], "what stays where it is takes no look at its server"
    mounted = Mounted()
    task = {"name": "new", "location": "de/fra", **server(cpu_family="INTEL_XEON", volumes=[UBUNTU])}
    mounted.run("datacenter", **task, wait=False)
    before_it = mounted.calls[: mounted.calls.index("POST datacenters")]
    assert before_it == ["GET datacenters", "GET contracts", "GET locations/de/fra"]


@pytest.mark.parametrize(
    ("kind", "options"),
    [("volume", {**DC, **UBUNTU}), ("nic", {**WEB, "name": "more", "lan": "1", "ips": ["here.0"]})],
)
def test_a_data_center_that_was_read_on_the_way_is_not_read_again(kind: str, options: Options) -> None:
    world = shop()
    assert world.check(kind, **options)["changed"]
    read = [call for call in map(_plain, world.calls) if re.fullmatch("datacenters(/ID)?", call)]
    assert read in ([], ["datacenters"])


def test_who_uses_an_address_is_asked_only_where_that_matters() -> None:
    """A rule names an address of its gateway, which uses it."""
    world = shop()
    ip = addresses(world)
    gateway = {"name": "nat", "public_ips": [ip], "lans": [{"lan": "private"}]}
    world.run("datacenter", name="shop", nat_gateways=[gateway])
    rule = {"name": "out", "public_ip": ip, "source_subnet": "10.7.0.0/24"}
    assert world.check("datacenter", name="shop", nat_gateways=[{**gateway, "rules": [rule]}])["changed"]
    assert "GET ipblocks" not in world.calls


def _plain(call: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", call).removeprefix("GET ")


FAMILIES = ("INTEL_SKYLAKE", "AMD_EPYC", "INTEL_XEON")
ZONES = st.sampled_from(
    [{}, {"disk_type": "SSD", "availability_zone": "ZONE_2"}, {"disk_type": "SSD Standard"}]
)


@st.composite
def disks(draw: st.DrawFn, name: str) -> dict[str, Any]:
    size = {"name": name, "size": draw(st.integers(10, 60))}
    made: dict[str, Any] = draw(
        st.sampled_from([{"licence_type": "OTHER"}, {**UBUNTU}, {**FROM_IMAGE, "image": "debian:latest"}])
    )
    return {**made, **size, **draw(ZONES)}


@st.composite
def machines(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A server that fits: with any family of de/fra, disks, and NICs with addresses or without."""
    nics: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 3))):
        nic: dict[str, Any] = {"name": f"nic-{number}", "lan": draw(st.sampled_from(["public", "private"]))}
        if nic["lan"] == "public" and draw(st.booleans()):
            nic["ips"] = [f"here.{draw(st.integers(0, 3))}"]
        elif draw(st.booleans()):
            nic["ips"] = [f"10.7.0.{draw(st.integers(2, 200))}"]
        nics.append(nic)
    family = draw(st.sampled_from([{}, *({"cpu_family": each} for each in FAMILIES)]))
    return {
        "name": name,
        "cores": draw(st.integers(1, 8)),
        "ram": 1024 * draw(st.integers(1, 8)),
        "nics": nics,
        "volumes": [draw(disks(f"{name}-{number}")) for number in range(draw(st.integers(0, 2)))],
        **family,
    }


def alike(wanted: Mapping[str, Any]) -> bool:
    """Whether a private address is there twice in what is described, which is refused for its own sake."""
    given = [
        (nic["lan"], ip) for each in wanted["servers"] for nic in each["nics"] for ip in nic.get("ips", ())
    ]
    private = [each for each in given if each[1].startswith("10.")]
    return len(private) != len(set(private))


@settings(max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_that_the_service_takes_is_refused(data: st.DataObject) -> None:
    """As a whole, or piece by piece."""
    world = shop()
    wanted: dict[str, Any] = {
        "name": "shop",
        "servers": [data.draw(machines(f"s{number}")) for number in range(data.draw(st.integers(1, 3)))],
        "volumes": [data.draw(disks("loose"))] if data.draw(st.booleans()) else [],
    }
    if alike(wanted):
        return
    whole: bool = data.draw(st.booleans())
    pieces = [each for machine in wanted["servers"] for each in _pieces(machine)]
    for kind, options in [("datacenter", wanted)] if whole else pieces:
        assert world.check(kind, **options)["changed"]
        assert world.run(kind, **options)["changed"]


def _pieces(machine: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A server, and what is at it, by tasks of their own."""
    name = {**DC, "server": machine["name"]}
    yield "server", {**DC, **{key: value for key, value in machine.items() if key not in ("nics", "volumes")}}
    for volume in machine["volumes"]:
        yield "volume", {**name, **volume}
    for nic in machine["nics"]:
        yield "nic", {**name, **nic}
