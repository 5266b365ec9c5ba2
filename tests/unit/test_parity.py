# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both forms say the same: every rule of the service, through the single module and through the whole data center.

A rule is one row: what it refuses or takes, said once for both forms. A new rule gets a row here.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.options import (
    CONTENTS,
)
from catalogue import KINDS
from unit.mounted import Mounted

Options = Mapping[str, Any]

LOGIN = {"image_password": "secret12pw"}
UBUNTU = {"size": 10, "image": "ubuntu:22.04", **LOGIN}
BLANK = {"size": 10, "licence_type": "OTHER"}
SIZE = {"cores": 1, "ram": 1024}
NOBODY = "00000000-0000-4000-8000-000000000000"
NOBODY_AT_ALL = "00000000-0000-4000-8000-00000000abcd"
TCP = {"name": "r", "protocol": "TCP"}
ABOVE: dict[str, Options] = {
    "nic": {"server": "web"},
    "firewall_rule": {"server": "web", "nic": "front"},
    "security_group_rule": {"security_group": "strict"},
    "nat_gateway_rule": {"nat_gateway": "out"},
    "network_load_balancer_rule": {"network_load_balancer": "in"},
    "application_load_balancer_rule": {"application_load_balancer": "http"},
    "flowlog": {"server": "web", "nic": "front"},
}


class World(Mounted):
    """A data center ``shop`` with two servers: ``web`` with a volume ``boot`` and a NIC ``front`` in the public LAN and
    one without a name in the private one, ``db`` with a NIC ``back``; a load balancer, a volume that no server has, and
    of the account a snapshot, a cross connect, a backup unit, a security group and a reserved address.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ids = self.shop()
        self.dc = {"datacenter": self.ids["datacenter"]}
        self.run("server", **self.dc, name="db", **SIZE, nics=[{"name": "back", "lan": "private"}])
        self.run("loadbalancer", **self.dc, name="lb")
        self.run("volume", **self.dc, name="spare", **BLANK)
        self.run("snapshot", **self.dc, name="kept", volume="spare")
        self.run("pcc", name="joint")
        self.run("backupunit", name="safe", backupunit_password="Secret12pw", email="a@example.com")
        self.run("security_group", **self.dc, name="strict")
        self.run("ipblock", name="reserved", location="de/fra", size=1)
        self.nics = {nic["name"]: nic["id"] for nic in self.info("nic", **self.dc, server="web")}
        image = self.info("image", alias="ubuntu:22.04", location="de/fra", image_type="HDD")[0]
        cdrom = self.info("image", location="de/fra", image_type="CDROM")[0]
        self.names = {"IMAGE": image["name"], "CDROM": cdrom["name"], "NIC": self.nics["front"]}

    def filled(self, value: Any) -> Any:
        """The value with what only this world knows in place of words in capitals."""
        if isinstance(value, Mapping):
            return {key: self.filled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        return self.names.get(value, value) if isinstance(value, str) else value


class Form(NamedTuple):
    """How options of one kind of object are said: by its own module, or within the data center."""

    name: str
    say: Callable[[str, Options], tuple[str, dict[str, Any]]]


def alone(kind: str, options: Options) -> tuple[str, dict[str, Any]]:
    return kind, {"datacenter": "shop", **ABOVE.get(kind, {}), **options}


def within(kind: str, options: Options) -> tuple[str, dict[str, Any]]:
    server = {"name": "web"}
    lists: dict[str, dict[str, Any]] = {
        "server": {"servers": [options]},
        "volume": {"volumes": [options]},
        "lan": {"lans": [options]},
        "loadbalancer": {"loadbalancers": [options]},
        "security_group": {"security_groups": [options]},
        "security_group_rule": {"security_groups": [{"name": "strict", "rules": [options]}]},
        "nat_gateway": {"nat_gateways": [options]},
        "network_load_balancer": {"network_load_balancers": [options]},
        "application_load_balancer": {"application_load_balancers": [options]},
        "nic": {"servers": [{**server, "nics": [options]}]},
        "flowlog": {"servers": [{**server, "nics": [{"name": "front", "flow_logs": [options]}]}]},
        "nat_gateway_rule": {"nat_gateways": [{"name": "out", "rules": [options]}]},
        "network_load_balancer_rule": {"network_load_balancers": [{"name": "in", "rules": [options]}]},
        "application_load_balancer_rule": {
            "application_load_balancers": [{"name": "http", "rules": [options]}]
        },
        "firewall_rule": {"servers": [{**server, "nics": [{"name": "front", "firewall_rules": [options]}]}]},
    }
    return "datacenter", {"name": "shop", **lists[kind]}


FORMS = [Form("single", alone), Form("tree", within)]
forms = pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
modes = pytest.mark.parametrize("check", [True, False], ids=["check", "real"])


@pytest.fixture(scope="module")
def quiet() -> World:
    """Nothing in it changes: every row that uses it is refused, or only checked."""
    return World()


# -- what is refused, in the same words ---------------------------------------------------------------------------

REFUSED: list[tuple[str, Options, str]] = [
    # Volumes.
    ("volume", {"name": "new", "licence_type": "OTHER"}, "size: needed to create the volume new"),
    (
        "volume",
        {"name": "new", "size": 10},
        "image: give an image to create the volume from, or licence_type",
    ),
    (
        "volume",
        {"name": "new", **UBUNTU, "licence_type": "WINDOWS"},
        "licence_type: a volume has the licence of its image, LINUX",
    ),
    ("volume", {"name": "new", **BLANK, **LOGIN}, "image_password: it only works together with an image"),
    (
        "volume",
        {"name": "new", **BLANK, "user_data": "YQ=="},
        "user_data: it only works together with an image",
    ),
    (
        "volume",
        {"name": "new", "size": 10, "image": "ubuntu:22.04"},
        "image_password: a public image needs image_password, ssh_keys or user_data",
    ),
    (
        "volume",
        {"name": "new", "size": 10, "image": "kept", **LOGIN},
        "image_password: the image kept is private or a snapshot, and keeps its own",
    ),
    (
        "volume",
        {"name": "new", "size": 10, "image": "none", **LOGIN},
        "image: there is no image or snapshot 'none'",
    ),
    # That there is no such image is told first, whatever else is wrong.
    *(
        (kind, put({"name": "new", "size": 10, "image": named, **more}), f"{where}image: {says}")
        for named, says in (
            (NOBODY, f"there is no image or snapshot '{NOBODY}'; profitbricks_image_info"),
            (NOBODY_AT_ALL.upper(), f"there is no image or snapshot '{NOBODY_AT_ALL}'; "),
        )
        for more in ({}, LOGIN, {"licence_type": "LINUX"}, {"user_data": "I2Nsb3VkLWNvbmZpZwo=", **LOGIN})
        for kind, put, where in (
            ("volume", dict, ""),
            ("server", lambda volume: {"name": "web", "cores": 2, "volumes": [volume]}, "volumes/new: "),
            ("server", lambda volume: {"name": "new", **SIZE, "volumes": [volume]}, "volumes/new: "),
        )
    ),
    *(
        (
            kind,
            put({"name": "new", "size": 10, "image": "plan9:latest", **more}),
            f"{where}image: 'plan9:latest' not",
        )
        for more in ({}, {"licence_type": "LINUX"}, {"licence_type": "LINUX", **LOGIN})
        for kind, put, where in (
            ("volume", dict, ""),
            ("server", lambda volume: {"name": "web", "volumes": [volume]}, "volumes/new: "),
        )
    ),
    (
        "volume",
        {"name": "new", "disk_type": "DAS"},
        "disk_type: a DAS volume is created together with its CUBE server",
    ),
    ("volume", {"name": "spare", "disk_type": "SSD"}, "disk_type (is 'HDD', wanted 'SSD')"),
    (
        "volume",
        {"name": "spare", "size": 5},
        "size: the volume spare has 10 GB and can only grow, not shrink to 5 GB",
    ),
    ("volume", {"name": "boot", "image": "debian:12"}, "wanted 'debian:12')"),
    ("volume", {"name": "new", **UBUNTU, "ssh_keys": [""]}, "ssh_keys: an empty text is not a public key"),
    (
        "volume",
        {"name": "new", **UBUNTU, "ssh_keys": ["~/.ssh/id.pub"]},
        "ssh_keys: '~/.ssh/id.pub' is a path",
    ),
    ("volume", {"name": "spare", "labels": {"a": None}}, "labels: a has no value"),
    ("volume", {"name": "spare", "labels": {"a": {"b": 1}}}, "labels: a has a dictionary"),
    # Servers.
    ("server", {"name": "new"}, "cores, ram: needed to create the server new"),
    ("server", {"name": "new", "type": "CUBE"}, "template_uuid: needed to create the server new"),
    (
        "server",
        {"name": "new", "type": "CUBE", "template": "CUBES XS"},
        "volumes: a CUBE server needs a volume with disk_type=DAS",
    ),
    (
        "server",
        {
            **{"name": "new", "type": "CUBE", "template": "CUBES XS"},
            "volumes": [{"name": "das", "disk_type": "DAS", "availability_zone": "ZONE_1"}],
        },
        "volumes/das: availability_zone: ZONE_1 cannot be used with disk_type DAS",
    ),
    ("server", {"name": "new", "type": "GPU"}, "template_uuid: needed to create the server new"),
    (
        "server",
        {"name": "new", "type": "GPU", "template": "GPU S", **SIZE},
        "cores, ram: the size of a GPU server comes from its template",
    ),
    (
        "server",
        {"name": "new", "type": "GPU", "template": "GPU S"},
        "volumes: a GPU server is created together with one volume",
    ),
    (
        "server",
        {"name": "new", "type": "GPU", "template": "GPU S", "volumes": [{"name": "v", **BLANK}]},
        "size: the size of the volume comes from the template of its GPU server",
    ),
    (
        "server",
        {
            **{"name": "new", "type": "GPU", "template": "GPU S"},
            "volumes": [{"name": "v", "licence_type": "OTHER", "disk_type": "HDD"}],
        },
        "disk_type: the volume of a GPU server is of type SSD Premium",
    ),
    (
        "server",
        {
            **{"name": "new", "type": "GPU", "template": "GPU S", "cpu_family": "AMD_EPYC"},
            "volumes": [{"name": "v", "licence_type": "OTHER"}],
        },
        "cpu_family: it cannot be chosen for a server of type GPU",
    ),
    ("server", {"name": "new", "type": "CUBE", "template": "none"}, "template: there is no template 'none'"),
    (
        "server",
        {"name": "new", "type": "CUBE", "template": NOBODY, "template_uuid": NOBODY},
        "template: it means the same as template_uuid",
    ),
    (
        "server",
        {"name": "web", "template_uuid": NOBODY},
        "template_uuid: only a CUBE or GPU server has a template",
    ),
    (
        "server",
        {"name": "new", **SIZE, "type": "VCPU", "cpu_family": "X"},
        "cpu_family: it cannot be chosen for a server of type VCPU",
    ),
    (
        "server",
        {"name": "new", **SIZE, "boot_volume": "spare", "boot_cdrom": NOBODY},
        "boot_cdrom: a server boots from either boot_volume or boot_cdrom, not from both",
    ),
    ("server", {"name": "web", "boot_volume": "none"}, "boot_volume: there is no volume 'none'"),
    ("server", {"name": "web", "boot_cdrom": "none"}, "boot_cdrom: there is no image 'none'"),
    (
        "server",
        {"name": "web", "security_groups": ["none"]},
        "security_groups: there is no security group 'none'",
    ),
    (
        "server",
        {"name": "web", "ram": 512, "volumes": [{"name": "new", **BLANK, "ram_hot_plug": True}]},
        "ram: the volume new has RAM hot plug, which needs at least 1024 MB",
    ),
    (
        "server",
        {"name": "web", "volumes": [{"name": "new", "disk_type": "DAS"}]},
        "volumes: the volume new cannot have disk_type=DAS",
    ),
    (
        "server",
        {"name": "web", "volumes": [{"name": "new", **BLANK}, {"name": "new", **BLANK}]},
        "volumes: the volume 'new' is listed twice",
    ),
    (
        "server",
        {"name": "db", "volumes": [{"name": "boot", **BLANK}]},
        "volumes: the volume 'boot' is attached to the server 'web', not to 'db'",
    ),
    (
        "server",
        {"name": "web", "volumes": [{"name": "new"}]},
        "volumes/new: size: needed to create the volume new",
    ),
    # NICs.
    (
        "server",
        {"name": "db", "nics": [{"lan": "public"}, {"lan": "public"}]},
        "nics: the NIC 1 is listed twice",
    ),
    (
        "server",
        {"name": "web", "nics": [{"name": "x", "lan": "none"}]},
        "nics/x: lan: there is no LAN 'none'",
    ),
    ("nic", {"name": "new", "lan": "none"}, "lan: there is no LAN 'none' in the data center; "),
    (
        "nic",
        {"name": "new", "lan": "Privat"},
        "lan: there is no LAN 'Privat' in the data center (did you mean 'private'?); ",
    ),
    (
        "loadbalancer",
        {"name": "lb", "balanced_nics": ["web/font"]},
        "in the data center (did you mean 'web/front'?); ",
    ),
    ("nic", {"name": "new"}, "lan: needed to create the NIC new"),
    (
        "nic",
        {"name": "front", "security_groups": ["none"]},
        "security_groups: there is no security group 'none'",
    ),
    # Firewall rules.
    ("firewall_rule", {"name": "r"}, "protocol: needed to create the firewall rule r"),
    (
        "firewall_rule",
        {"name": "r", "protocol": "ICMP", "port_range_start": 1, "port_range_end": 2},
        "port_range_start: it goes with protocol TCP or UDP only, not with ICMP",
    ),
    (
        "firewall_rule",
        {**TCP, "icmp_type": 8},
        "icmp_type: it goes with protocol ICMP or ICMPv6 only, not with TCP",
    ),
    ("firewall_rule", {**TCP, "port_range_start": 1}, "port_range_end: a range of ports needs both"),
    (
        "firewall_rule",
        {**TCP, "port_range_start": 9, "port_range_end": 8},
        "port_range_end: 8 is below port_range_start, 9",
    ),
    ("firewall_rule", {"name": "ssh", "protocol": "UDP"}, "protocol (is 'TCP', wanted 'UDP')"),
    (
        "firewall_rule",
        {**TCP, "source_ip": "10.0.0.256"},
        "source_ip: '10.0.0.256' is not an IP address or a network",
    ),
    # LANs and load balancers.
    (
        "lan",
        {"name": "public", "ip_failover": [{"ip": "203.0.113.9", "nic_id": "web/none"}]},
        "ip_failover.nic_id: there is no NIC 'web/none' in the data center",
    ),
    ("nic", {"name": "front", "ips": ["10.7.222"]}, "ips: '10.7.222' is not an IP address, such as"),
    ("lan", {"name": "public", "ipv6_cidr_block": "auto"}, "ipv6_cidr_block: 'auto' is not a network"),
    (
        "lan",
        {"name": "public", "ip_failover": [{"ip": "203.0.113", "nic_id": "web/front"}]},
        "ip: '203.0.113' is not an IP address",
    ),
    ("loadbalancer", {"name": "lb", "ip": "10.7.222.3/24"}, "ip: '10.7.222.3/24' is not an IP address"),
    ("loadbalancer", {"name": "lb", "ip": ""}, "ip: give an address, or leave the option out"),
    ("loadbalancer", {"name": "lb", "balanced_nics": ["none"]}, "balanced_nics: there is no NIC 'none'"),
    ("nic", {"name": "front", "ips": ["reserved.1"]}, "ips: the IP block reserved has no reserved.1"),
    # Security groups, gateways and balancers.
    ("security_group", {"name": "x" * 61}, "is not a name of at most 60 characters"),
    ("security_group_rule", {"name": "r"}, "protocol: needed to create the security group rule r"),
    ("security_group_rule", {**TCP, "port_range_start": 1}, "port_range_end: a range of ports needs both"),
    ("nat_gateway", {"name": "new"}, "public_ips: needed to create the NAT gateway new"),
    ("nat_gateway", {"name": "new", "public_ips": []}, "public_ips: a NAT gateway needs at least one"),
    (
        "nat_gateway",
        {"name": "new", "public_ips": ["reserved.0"], "lans": [{"lan": "none"}]},
        "lans.lan: there is no LAN 'none'",
    ),
    *(
        (
            kind,
            {"name": "new", "listener_lan": "public", "target_lan": "1"},
            "target_lan: it must be another LAN than listener_lan",
        )
        for kind in ("network_load_balancer", "application_load_balancer")
    ),
]


@forms
@modes
@pytest.mark.parametrize(("kind", "options", "words"), REFUSED, ids=[row[2][:48] for row in REFUSED])
def test_what_one_form_refuses_the_other_refuses_in_the_same_words(
    quiet: World, kind: str, options: Options, words: str, form: Form, check: bool
) -> None:
    module, asked = form.say(kind, quiet.filled(options))
    with pytest.raises(CloudError) as caught:
        (quiet.check if check else quiet.run)(module, **asked)
    assert words in str(caught.value)
    assert quiet.writes == [] and "\n" not in str(caught.value)


# What an earlier task of the play may create in the account.
COMING: list[tuple[str, Options, str, str]] = [
    (
        "volume",
        {"name": "new", **UBUNTU, "backupunit_id": "saef"},
        "backupunit_id: there is no backup unit 'saef' (did you mean 'safe'?)",
        "backupunit_id: backup unit saef does not exist yet (did you mean 'safe'?); predicted as if it did",
    ),
    (
        "lan",
        {"name": "private", "pcc": "none"},
        "pcc: there is no cross connect 'none'",
        "pcc: cross connect none does not exist yet; predicted as if it did",
    ),
    (
        "lan",
        {"name": "new", "public": False, "pcc": "none"},
        "pcc: there is no cross connect 'none'",
        "pcc: cross connect none does not exist yet; predicted as if it did",
    ),
]


@forms
@pytest.mark.parametrize(("kind", "options", "words", "warning"), COMING, ids=["volume", "lan", "new lan"])
def test_what_one_form_takes_for_granted_in_check_mode_the_other_does_too(
    quiet: World, kind: str, options: Options, words: str, warning: str, form: Form
) -> None:
    module, asked = form.say(kind, quiet.filled(options))
    checked = quiet.check(module, **asked)
    assert checked["changed"] and checked["warnings"] == [warning]
    with pytest.raises(CloudError) as caught:
        quiet.run(module, **asked)
    assert words in str(caught.value)
    assert quiet.writes == [] and "\n" not in str(caught.value)


# -- what one object has of another -------------------------------------------------------------------------------


class Owned(World):
    """With a gateway and balancers that have a reserved address each, and a flow log on the NIC of ``web``."""

    def __init__(self) -> None:
        super().__init__()
        ips = self.run("ipblock", name="more", location="de/fra", size=5)["ipblock"]["ips"]
        self.names |= {f"IP{place}": ip for place, ip in enumerate(ips)}
        lans = {"listener_lan": "public", "target_lan": "private"}
        self.run("nat_gateway", **self.dc, name="out", public_ips=[ips[0]])
        self.run("network_load_balancer", **self.dc, name="in", ips=[ips[1]], **lans)
        self.run("application_load_balancer", **self.dc, name="http", ips=[ips[2]], **lans)
        self.run("nic", **self.dc, server="web", name="front", ips=[ips[3]])
        self.run("flowlog", **self.dc, server="web", nic="front", **LOG)
        # Balanced NICs share a private address.
        nics = [self.nics[None], *(nic["id"] for nic in self.info("nic", **self.dc, server="db"))]
        self.run("loadbalancer", **self.dc, name="lb", ip="10.0.0.99", balanced_nics=nics)


LOG = {"name": "log", "action": "ALL", "direction": "INGRESS", "bucket": "logs"}
NAT = {"name": "r", "source_subnet": "10.0.0.0/8"}
TO = {"targets": [{"ip": "10.0.0.9", "port": 80, "weight": 1}], "algorithm": "RANDOM", "protocol": "TCP"}
HTTP = {"name": "r", "listener_port": 80, "protocol": "HTTP"}
# Whether the contract says that the service refuses it; if not, both forms only warn.
LACKING: list[tuple[str, Options, str, bool]] = [
    ("nat_gateway_rule", {**NAT, "public_ip": "IP1"}, "is not among the public_ips of the NAT gateway", True),
    (
        "network_load_balancer_rule",
        {"name": "r", "listener_port": 80, **TO, "listener_ip": "IP0"},
        "is not among the ips of the network load balancer",
        False,
    ),
    (
        "application_load_balancer_rule",
        {**HTTP, "listener_ip": "IP0"},
        "is not among the ips of the application load balancer",
        False,
    ),
    (
        "lan",
        {"name": "public", "ip_failover": [{"ip": "IP4", "nic_id": "web/front"}]},
        "ip_failover: the NIC web/front does not have the address",
        True,
    ),
    (
        "lan",
        {"name": "private", "ip_failover": [{"ip": "IP3", "nic_id": "web/front"}]},
        "ip_failover: only a public LAN can have failover groups",
        True,
    ),
    ("flowlog", {**LOG, "name": "second"}, "flow_logs: there can be only one, not log and second", True),
    (
        "nat_gateway",
        {"name": "new", "public_ips": ["IP4"], "lans": [{"lan": "public"}]},
        "lans: the LAN public is public; a NAT gateway is meant for private ones",
        False,
    ),
]


@pytest.fixture(scope="module")
def owned() -> Owned:
    """Nothing in it changes: every row that uses it is refused, or only checked."""
    return Owned()


@pytest.mark.parametrize(
    ("kind", "options", "words", "surely"), LACKING, ids=[row[2][:48] for row in LACKING]
)
def test_what_an_object_lacks_is_told_by_the_single_form_and_refused_by_the_whole_one(
    owned: Owned, kind: str, options: Options, words: str, surely: bool
) -> None:
    single, tree = alone(kind, owned.filled(options)), within(kind, owned.filled(options))
    checked = owned.check(single[0], **single[1])
    # An earlier task of the same play may give it.
    assert checked["changed"] and sum(words in each for each in checked["warnings"]) == 1
    if not surely:
        assert sum(words in each for each in owned.check(tree[0], **tree[1])["warnings"]) == 1
        return
    for way in (owned.check, owned.run):
        with pytest.raises(CloudError) as caught:
            way(tree[0], **tree[1])
        assert words in str(caught.value) and owned.writes == []
    with pytest.raises(CloudError):
        owned.run(single[0], **single[1])
    assert len(owned.writes) == 1


GIVEN: list[tuple[str, Options]] = [
    ("nat_gateway_rule", {**NAT, "public_ip": "IP0"}),
    ("network_load_balancer_rule", {"name": "r", "listener_port": 80, **TO, "listener_ip": "IP1"}),
    ("application_load_balancer_rule", {**HTTP, "listener_ip": "IP2"}),
    ("lan", {"name": "public", "ip_failover": [{"ip": "IP3", "nic_id": "web/front"}]}),
    ("flowlog", {**LOG, "name": "log"}),
    ("nat_gateway", {"name": "new", "public_ips": ["IP4"], "lans": [{"lan": "private"}]}),
]


@forms
@pytest.mark.parametrize(("kind", "options"), GIVEN, ids=[row[0] for row in GIVEN])
def test_what_an_object_has_is_not_spoken_of(owned: Owned, kind: str, options: Options, form: Form) -> None:
    module, asked = form.say(kind, owned.filled(options))
    assert owned.check(module, **asked)["warnings"] == []


@pytest.mark.parametrize(
    "owner",
    [
        {"server": "web", "nic": "front"},
        {"nat_gateway": "out"},
        {"network_load_balancer": "in"},
        {"application_load_balancer": "http"},
    ],
    ids=lambda owner: [*owner][-1],
)
def test_a_second_flow_log_is_spoken_of_wherever_the_first_one_is(owner: Options) -> None:
    world = Owned()
    where = {**world.dc, **owner}
    world.run("flowlog", **where, **LOG)
    checked = world.check("flowlog", **where, **{**LOG, "name": "second"})
    assert any("flow_logs: there can be only one, not log and second" in each for each in checked["warnings"])


def test_an_address_that_two_gateways_are_to_have_is_refused_before_anything_is_written(owned: Owned) -> None:
    gateways = [{"name": name, "public_ips": [owned.names["IP4"]]} for name in ("one", "two")]
    one = {**within("nat_gateway", {})[1], "nat_gateways": gateways}
    nic = {"name": "front", "ips": [owned.names["IP0"]]}
    both = {"name": "shop", "servers": [{"name": "web", "nics": [nic]}]}
    for options, users in ((one, ("one", "two")), (both, ("servers/web/nics/front", "nat_gateways/out"))):
        for way in (owned.check, owned.run):
            with pytest.raises(CloudError, match="cannot share the address") as caught:
                way("datacenter", **options)
            assert all(each in str(caught.value) for each in users) and owned.writes == []


def test_a_change_of_something_else_costs_no_look_at_what_an_object_belongs_to() -> None:
    owned = Owned()
    rule = {**owned.dc, "nat_gateway": "out", **NAT, "public_ip": owned.names["IP0"]}
    listens = {**owned.dc, "network_load_balancer": "in", "name": "r", "listener_port": 80, **TO}
    log = {**owned.dc, "server": "web", "nic": "front", **LOG}
    gateway = {**owned.dc, "name": "out", "lans": [{"lan": "private"}]}
    for kind, there, changed in (
        ("nat_gateway_rule", rule, {**rule, "source_subnet": "10.0.0.0/16"}),
        (
            "network_load_balancer_rule",
            {**listens, "listener_ip": owned.names["IP1"]},
            {**listens, "listener_port": 81},
        ),
        ("flowlog", log, {**log, "name": "all"}),
        ("nat_gateway", gateway, {**gateway, "name": "west"}),
    ):
        found = owned.run(kind, **there)[kind]
        reads = []
        for options in (there, {**changed, "id": found["id"]}):
            assert owned.check(kind, **{**options, "id": found["id"]})["changed"] is (options is not there)
            reads.append(owned.calls)
        assert reads[0] == reads[1], kind


# -- what is taken, and then needs nothing more -------------------------------------------------------------------

TAKEN: list[tuple[str, Options, Options]] = [
    # An option takes names, UUIDs and whatever else is usual; the last column is what the result then holds.
    ("volume", {"name": "new", **UBUNTU}, {}),
    ("volume", {"name": "new", **UBUNTU, "licence_type": "LINUX"}, {"licence_type": "LINUX"}),
    ("volume", {"name": "new", "size": 10, "image": "IMAGE", **LOGIN}, {}),
    ("volume", {"name": "new", "size": 10, "image": "kept"}, {}),
    ("volume", {"name": "new", **UBUNTU, "backupunit_id": "safe"}, {}),
    ("volume", {"name": "spare", "labels": {"monitored": False, "level": 3}}, {}),
    ("volume", {"name": "boot", "image": "ubuntu:latest"}, {}),
    (
        "server",
        {"name": "new", **SIZE, "volumes": [{"name": "root", "size": 10, "image": "IMAGE", **LOGIN}]},
        {},
    ),
    ("server", {"name": "new", **SIZE, "volumes": [{"name": "root", "size": 10, "image": "kept"}]}, {}),
    ("server", {"name": "new", **SIZE, "volumes": [{"name": "spare"}]}, {}),
    ("server", {"name": "web", "volumes": [{"name": "spare", "size": 12}]}, {}),
    ("server", {"name": "web", "boot_volume": "spare"}, {}),
    ("server", {"name": "web", "boot_cdrom": "CDROM"}, {"boot_volume": None}),
    ("server", {"name": "web", "security_groups": ["strict"]}, {}),
    ("server", {"name": "web", "labels": {"gpu": True}}, {}),
    ("server", {"name": "web", "state": "stopped"}, {"vm_state": "SHUTOFF"}),
    ("server", {"name": "new", **SIZE, "state": "stopped"}, {"vm_state": "SHUTOFF"}),
    ("server", {"name": "new", **SIZE, "nics": [{"name": "n1", "lan": "private"}, {"lan": "private"}]}, {}),
    ("server", {"name": "db", "nics": [{"lan": "private"}, {"name": "back", "lan": "private"}]}, {}),
    (
        "server",
        {
            "name": "cube",
            "type": "CUBE",
            "template": "CUBES XS",
            "volumes": [{"name": "d", "disk_type": "DAS", "licence_type": "LINUX"}],
        },
        {"type": "CUBE"},
    ),
    ("nic", {"name": "new", "lan": "private"}, {"lan": 2}),
    ("nic", {"name": "new", "lan": "1"}, {"lan": 1}),
    ("nic", {"name": "front", "security_groups": ["strict"]}, {}),
    ("firewall_rule", {"name": "ping", "protocol": "ICMP", "icmp_type": 0}, {"icmp_type": 0}),
    ("lan", {"name": "private", "pcc": "joint"}, {}),
    ("loadbalancer", {"name": "lb", "balanced_nics": ["front"]}, {}),
    ("loadbalancer", {"name": "lb", "balanced_nics": ["web/front"]}, {}),
    ("loadbalancer", {"name": "lb", "balanced_nics": ["NIC"]}, {}),
    ("loadbalancer", {"name": "new", "balanced_nics": ["web/front", "front"]}, {}),
    ("security_group", {"name": "new", "description": "d", "rules": [TCP]}, {"description": "d"}),
    ("security_group_rule", {**TCP, "port_range_start": 1, "port_range_end": 2}, {"port_range_end": 2}),
    ("nat_gateway", {"name": "new", "public_ips": ["reserved.0"], "lans": [{"lan": "private"}]}, {}),
    (
        "network_load_balancer",
        {"name": "new", "listener_lan": "public", "target_lan": "2", "ips": ["reserved.0"]},
        {"target_lan": 2},
    ),
    (
        "application_load_balancer",
        {"name": "new", "listener_lan": "1", "target_lan": "private", "ips": ["reserved.0"]},
        {"listener_lan": 1},
    ),
]


def shown(world: World, kind: str, name: str) -> dict[str, Any]:
    (found,) = world.info(kind, datacenter="shop", **ABOVE.get(kind, {}), name=name)
    return found


@pytest.mark.parametrize(
    ("kind", "options", "holds"), TAKEN, ids=[f"{row[0]}-{'-'.join(map(str, row[1]))}"[:60] for row in TAKEN]
)
def test_what_one_form_takes_the_other_takes_and_a_rerun_of_either_changes_nothing(
    kind: str, options: Options, holds: Options
) -> None:
    results = []
    for form, other in ((alone, within), (within, alone)):
        world = World()
        asked = world.filled(options)
        before = shown_or_none(world, kind, asked["name"])
        foretold = world.check(form(kind, asked)[0], **form(kind, asked)[1])
        assert world.writes == [] and shown_or_none(world, kind, asked["name"]) == before
        done = world.run(form(kind, asked)[0], **form(kind, asked)[1])
        assert done["changed"] == foretold["changed"] and done["warnings"] == []
        for again in (form, other):
            module, same = again(kind, asked)
            assert world.run(module, **same)["changed"] is False, again
            assert world.check(module, **same)["changed"] is False, again
        result = shown(world, kind, asked["name"])
        assert {key: result[key] for key in holds} == holds
        results.append(without_ids(result))
    assert results[0] == results[1]


def shown_or_none(world: World, kind: str, name: str) -> dict[str, Any] | None:
    found = world.info(kind, datacenter="shop", **ABOVE.get(kind, {}), name=name)
    return found[0] if found else None


def without_ids(value: Any) -> Any:
    """What is the same in two worlds: all but ids, addresses of hardware, and moments."""
    if isinstance(value, Mapping):
        return {
            key: without_ids(each)
            for key, each in value.items()
            if not key.endswith(("id", "_date", "mac", "slot", "_uuid")) and key not in ("ips", "members")
        }
    if isinstance(value, list):
        return [without_ids(each) for each in value if not isinstance(each, str)]
    return "a UUID" if isinstance(value, str) and value.count("-") == 4 and len(value) == 36 else value


# -- ip_failover needs a reserved address -------------------------------------------------------------------------


@forms
@pytest.mark.parametrize("named", ["web/front", "front", "NIC"])
def test_a_failover_group_takes_a_nic_as_it_is_called(form: Form, named: str) -> None:
    world = World()
    (ip,) = world.run("ipblock", name="failover", location="de/fra", size=1)["ipblock"]["ips"]
    world.run("nic", **world.dc, server="web", name="front", ips=[ip])
    options = {"name": "public", "ip_failover": [{"ip": ip, "nic_id": world.filled(named)}]}
    module, asked = form.say("lan", options)
    assert world.run(module, **asked)["changed"]
    assert shown(world, "lan", "public")["ip_failover"] == [{"ip": ip, "nic_id": world.nics["front"]}]
    for again in FORMS:
        module, same = again.say("lan", options)
        assert not world.run(module, **same)["changed"]


@forms
def test_a_failover_group_can_be_added_to_those_that_are_there(form: Form) -> None:
    world = World()
    first, second = world.run("ipblock", name="failover", location="de/fra", size=2)["ipblock"]["ips"]
    world.run("nic", **world.dc, server="db", name="back", lan="public", ips=[first, second])
    world.run("nic", **world.dc, server="web", name="front", ips=[])
    world.run("lan", **world.dc, name="public", ip_failover=[{"ip": first, "nic_id": "db/back"}])
    more = {"name": "public", "ip_failover": [{"ip": second, "nic_id": "db/back"}]}
    module, asked = form.say("lan", {**more, "append": True})
    assert world.run(module, **asked)["changed"]
    assert {group["ip"] for group in shown(world, "lan", "public")["ip_failover"]} == {first, second}
    for again in FORMS:
        module, same = again.say("lan", {**more, "append": True})
        assert not world.run(module, **same)["changed"]
    module, asked = form.say("lan", more)
    world.run(module, **asked)
    assert [group["ip"] for group in shown(world, "lan", "public")["ip_failover"]] == [second]


# -- what a volume is given only once --------------------------------------------------------------------------


OF_WEB = [
    *FORMS[:1],
    Form("server of tree", lambda _, options: within("server", {"name": "web", "volumes": [options]})),
    Form("server", lambda _, options: alone("server", {"name": "web", "volumes": [options]})),
]


@pytest.mark.parametrize("form", OF_WEB, ids=[form.name for form in OF_WEB])
@modes
def test_access_to_a_volume_that_exists_is_warned_of_where_it_is_all_that_is_meant(
    form: Form, check: bool
) -> None:
    world = World()
    act = world.check if check else world.run
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB"
    rows: list[tuple[Options, str]] = [
        ({**LOGIN, "ssh_keys": [key]}, "image_password, ssh_keys: only applied when a volume is created"),
        ({"user_data": "YQ=="}, "user_data: only applied when a volume is created"),
        # A task that would have made the volume means more than that.
        ({**UBUNTU, "image": "ubuntu:latest", "ssh_keys": [key]}, ""),
        ({"bus": "VIRTIO", **LOGIN}, ""),
        ({}, ""),
    ]
    for more, late in rows:
        module, asked = form.say("volume", {"name": "boot", **more})
        result = act(module, **asked)
        assert result["changed"] is False
        assert len(result["warnings"]) == bool(late), (more, asked)
        assert all(late in each for each in result["warnings"])


# -- keys ---------------------------------------------------------------------------------------------------------

ADA = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB ada@example.com"
BOB = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY="
TOKEN = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t Token of Ada, kept at home"
OLD = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== old"
PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n"


CONFIG = {"packages": ["nginx"], "users": [{"name": "ada", "sudo": "ALL"}], "motd": "Grüß Gott: %"}


def in_server(kind: str, options: Options) -> tuple[str, dict[str, Any]]:
    return "server", {"datacenter": "shop", "name": "new", **SIZE, "volumes": [options]}


def in_server_of_tree(kind: str, options: Options) -> tuple[str, dict[str, Any]]:
    return "datacenter", {"name": "shop", "servers": [{"name": "new", **SIZE, "volumes": [options]}]}


PLACES_OF_VOLUMES = [*FORMS, Form("server", in_server), Form("server of tree", in_server_of_tree)]
everywhere = pytest.mark.parametrize("form", PLACES_OF_VOLUMES, ids=[form.name for form in PLACES_OF_VOLUMES])


def private(world: World, name: str) -> list[Any]:
    """What the service got for its volumes and never shows."""
    roots = [contract.root("datacenters").values() for contract in world.service.contracts.values()]
    (datacenter,) = (each for root in roots for each in root)
    return [volume.private.get(name) for volume in datacenter.children["volumes"].values()]


@everywhere
def test_keys_are_sent_one_by_one_however_many_a_text_holds(form: Form) -> None:
    world = World()
    texts = [f"  {ADA}\n\n# from the second laptop\n{BOB}\n", TOKEN, f"{OLD}\r\n"]
    module, asked = form.say(
        "volume", {"name": "new", "size": 10, "image": "ubuntu:22.04", "ssh_keys": texts}
    )
    world.run(module, **asked)
    assert [ADA, BOB, TOKEN, OLD] in private(world, "sshKeys")


@everywhere
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "an empty text is not a public key; read the file with lookup('file', "),
        (" \n", "an empty text is not a public key"),
        ("# nobody", "an empty text is not a public key"),
        ("~/.ssh/id_ed25519.pub", "'~/.ssh/id_ed25519.pub' is a path, not a public key"),
        ("/home/ada/.ssh/id_rsa", "'/home/ada/.ssh/id_rsa' is a path, not a public key"),
        ("id_ed25519.pub", "'id_ed25519.pub' is a path"),
        ("C:\\keys\\ada", "is a path"),
        ("hunter2hunter2", "this is not a public key, which starts with its type, such as ssh-ed25519"),
        ("AAAAC3NzaC1lZDI1NTE5AAAAIMhX ada@example.com", "this is not a public key"),
        ("ssh-ed25519", "this is not a public key"),
        (f"{ADA}\nhunter2hunter2", "this is not a public key"),
        ('command="/bin/true" ' + ADA, "this is not a public key"),
        (PRIVATE, "this is a private key; give the .pub file"),
        (
            "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n",
            "this is a private key; give the .pub file",
        ),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", "ssh-keygen -i -f"),
    ],
)
def test_what_is_no_public_key_is_refused_before_any_request_and_no_secret_is_shown(
    quiet: World, form: Form, text: str, words: str
) -> None:
    options = {"name": "new", "size": 10, "image": "ubuntu:22.04", "ssh_keys": [ADA, text]}
    module, asked = form.say("volume", options)
    with pytest.raises(CloudError) as caught:
        quiet.run(module, **asked)
    said = str(caught.value)
    # In a list of named objects, the place of the one at fault comes first.
    assert re.match(r"((servers/new/)?volumes/new: )?ssh_keys: ", said)
    assert words in said and quiet.calls == []
    assert not any(secret in said for secret in ("hunter2", "b3BlbnNz", "Private-Lines"))
    assert caught.value.secrets == ((text,) if "private key" in words else ())


# -- every option that both forms have ----------------------------------------------------------------------------

# Said in another way by one of the forms, because of where the object is.
PLACES = {"datacenter", "server", "nic", "wait", "wait_timeout", "progress", "id"} | {
    "nat_gateway",
    "network_load_balancer",
    "application_load_balancer",
    "security_group",
}
SINGLE_ONLY = {"server": {"delete_volumes"}}
# What modules of their own manage outside of the tree.
APART = {"rules", "flow_logs"}
TREE_ONLY = {
    "server": {"count"},
    "nic": {"flow_logs"},
    "nat_gateway": APART,
    "network_load_balancer": APART,
    "application_load_balancer": APART,
}
NESTED = {
    "lan": ("lans",),
    "volume": ("volumes",),
    "server": ("servers",),
    "loadbalancer": ("loadbalancers",),
    "nic": ("servers", "nics"),
    "firewall_rule": ("servers", "nics", "firewall_rules"),
    "security_group": ("security_groups",),
    "security_group_rule": ("security_groups", "rules"),
    "nat_gateway": ("nat_gateways",),
    "nat_gateway_rule": ("nat_gateways", "rules"),
    "network_load_balancer": ("network_load_balancers",),
    "network_load_balancer_rule": ("network_load_balancers", "rules"),
    "application_load_balancer": ("application_load_balancers",),
    "application_load_balancer_rule": ("application_load_balancers", "rules"),
    "flowlog": ("servers", "nics", "flow_logs"),
}


@pytest.mark.parametrize("kind", NESTED)
def test_both_forms_have_the_same_options(kind: str) -> None:
    single = {field.name for field in task_fields(KINDS[f"profitbricks_{kind}"])} - PLACES
    fields = CONTENTS
    for name in NESTED[kind]:
        fields = next(field.options for field in fields if field.name == name)
    tree = {field.name for field in fields} - PLACES
    # Whether it exists is said by listing it; a server's power is its state in both.
    extra = {"state"} if kind != "server" else set()
    assert single - SINGLE_ONLY.get(kind, set()) - extra == tree - TREE_ONLY.get(kind, set())


# -- user data ----------------------------------------------------------------------------------------------------


@everywhere
@pytest.mark.parametrize(
    ("options", "begins", "warned"),
    [
        ({"user_data": CONFIG}, "#cloud-config\n", False),
        ({"user_data": {}}, "#cloud-config\n", False),
        ({"user_data": {"a": 1}, "encode_user_data": True}, "#cloud-config\n", False),
        ({"user_data": "#!/bin/sh\ndate\n", "encode_user_data": True}, "#!/bin/sh\ndate", False),
        ({"user_data": "abcd", "encode_user_data": True}, "abcd", True),
        ({"user_data": "I2Nsb3VkLWNvbmZpZwo="}, "#cloud-config\n", False),
        ({"user_data": "I2Nsb3VkLWNvbmZpZwo=", "encode_user_data": False}, "#cloud-config\n", False),
        ({"user_data": "# cloud-config\n", "encode_user_data": True}, "# cloud-config\n", True),
        ({"user_data": "\n#cloud-config\n", "encode_user_data": True}, "\n#cloud-config\n", True),
        ({"user_data": "Content-Type: multipart/mixed\n", "encode_user_data": True}, "Content-Type", False),
        ({"user_data": "## template: jinja\n#cloud-config", "encode_user_data": True}, "## template", False),
    ],
)
def test_user_data_is_a_dictionary_a_plain_text_or_base64(
    form: Form, options: Options, begins: str, warned: bool
) -> None:
    world = World()
    asked = {"name": "new", "size": 10, "image": "ubuntu:22.04", **LOGIN, **options}
    module, said = form.say("volume", asked)
    foreseen, done = world.check(module, **said), world.run(module, **said)
    for result in (foreseen, done):
        assert ["user_data: cloud-init ignores it" in each for each in result["warnings"]] == [True] * warned
    (sent,) = filter(None, private(world, "userData"))
    text = base64.b64decode(sent).decode()
    assert text.startswith(begins)
    if isinstance(options["user_data"], dict):
        assert yaml.safe_load(text) == options["user_data"]


def test_gzip_begins_as_cloud_init_knows_it() -> None:
    packed = base64.b64encode(gzip.compress(b"#cloud-config")).decode()
    asked = {"name": "new", "size": 10, "image": "ubuntu:22.04", "user_data": packed}
    assert World().run("volume", datacenter="shop", **asked)["warnings"] == []


@everywhere
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "#cloud-config s3cret",
            "user_data: the given value is not base64; set encode_user_data to true for plain text",
        ),
        ("YWJjZ", "user_data: the given value is not base64"),
        (["s3cret"], "user_data: give text, or a dictionary that becomes cloud-config"),
        (True, "user_data: give text, or a dictionary that becomes cloud-config"),
    ],
)
def test_user_data_of_any_other_form_is_refused_before_any_request(
    form: Form, value: Any, words: str
) -> None:
    world = World()
    module, said = form.say(
        "volume", {"name": "new", "size": 10, "image": "ubuntu:22.04", "user_data": value}
    )
    with pytest.raises(CloudError, match=words) as caught:
        world.run(module, **said)
    assert "s3cret" not in str(caught.value)
    assert world.calls == []


# -- ids of images ------------------------------------------------------------------------------------------------


@everywhere
@pytest.mark.parametrize("what", ["image", "snapshot"])
def test_an_image_is_known_by_its_id_in_capitals_too(form: Form, what: str) -> None:
    world = World()
    found = (
        world.info("image", alias="ubuntu:22.04", location="de/fra", image_type="HDD")[0]
        if what == "image"
        else world.info("snapshot", name="kept")[0]
    )
    volume = {"name": "new", "size": 10, "image": found["id"].upper(), **(LOGIN if what == "image" else {})}
    module, asked = form.say("volume", volume)
    assert world.check(module, **asked)["changed"] and world.writes == []
    assert world.run(module, **asked)["warnings"] == []
    assert len(world.writes) == 1
    (made,) = world.info("volume", **world.dc, name="new")
    assert made["image"] == found["id"]
    again = world.run(module, **asked)
    assert (
        not again["changed"]
        and [call for call in world.calls if "images" in call or "snapshots" in call] == []
    )


def test_devices_and_templates_are_known_by_their_ids_in_capitals_too() -> None:
    world = World()
    template = world.info("template", name="CUBES XS")[0]["id"]
    (spare,) = world.info("volume", **world.dc, name="spare")
    cdrom = world.info("image", location="de/fra", image_type="CDROM")[0]["id"]
    das = [{"name": "das", "disk_type": "DAS", "licence_type": "OTHER"}]
    for options in (
        {"name": "cube", "type": "CUBE", "template_uuid": template.upper(), "volumes": das},
        {"name": "reads", **SIZE, "boot_cdrom": cdrom.upper()},
        {"name": "boots", **SIZE, "boot_volume": spare["id"].upper()},
    ):
        assert world.check("server", **world.dc, **options)["changed"]
        assert world.run("server", **world.dc, **options)["changed"]
        assert not world.run("server", **world.dc, **options)["changed"]
    mark = spare["id"].upper()
    servers = [
        {"name": "db", "boot_volume": mark, "volumes": [{"id": mark}]},
        {"name": "boots", "volumes": []},
    ]
    asked: dict[str, Any] = {"name": "shop", "servers": servers}
    assert world.run("datacenter", **asked)["warnings"] == []
    assert world.info("server", **world.dc, name="db")[0]["boot_volume"] == spare["id"]
    assert not world.run("datacenter", **asked)["changed"]


@everywhere
def test_what_the_id_of_an_image_costs(form: Form) -> None:
    """One read for each new volume, two for a snapshot; one list stands in for several; nothing for one that is there."""
    world = World()
    found = world.info("image", alias="ubuntu:22.04", location="de/fra", image_type="HDD")[0]["id"]
    module, asked = form.say("volume", {"name": "new", "size": 10, "image": found, **LOGIN})
    world.run(module, **asked)
    assert [call for call in world.calls if "images" in call] == [f"GET images/{found}"]
    module, asked = form.say("volume", {"name": "blank", **BLANK})
    world.run(module, **asked)
    assert [call for call in world.calls if "images" in call or "snapshots" in call] == []


def test_of_several_ids_the_one_that_is_no_image_is_named() -> None:
    """Also where one list stands in for the images, which does not hold those of elsewhere."""
    world = World()
    here = world.info("image", alias="ubuntu:22.04", location="de/fra", image_type="HDD")[0]["id"]
    away = world.info("image", alias="ubuntu:22.04", location="us/las", image_type="HDD")[0]["id"]
    (kept,) = world.info("snapshot", name="kept")
    volumes = [
        {"name": "here", "size": 10, "image": here, **LOGIN},
        {"name": "kept", "size": 10, "image": kept["id"]},
        {"name": "none", "size": 10, "image": NOBODY, **LOGIN},
        {"name": "away", "size": 10, "image": away, **LOGIN},
    ]
    for do in (world.check, world.run):
        with pytest.raises(CloudError) as caught:
            do("datacenter", name="shop", volumes=volumes)
        assert f"volumes/none: image: there is no image or snapshot '{NOBODY}'" in str(caught.value)
        assert str(caught.value).count("there is no image") == 1 and world.writes == []
        with pytest.raises(CloudError, match="volumes/away: image: .* is in location us/las"):
            do("datacenter", name="shop", volumes=volumes[:2] + volumes[3:])
        assert world.writes == []


# -- near matches -------------------------------------------------------------------------------------------------


@forms
@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        (
            "volume",
            {"name": "new", **UBUNTU, "image": "ubunut:24.04"},
            "image: 'ubunut:24.04' not found in location 'de/fra' .* \\(did you mean 'ubuntu:24.04'\\?\\)",
        ),
        (
            "server",
            {"name": "new", **SIZE, "volumes": [{"name": "root", **UBUNTU, "image": "debiann:12"}]},
            "volumes/root: image: 'debiann:12' not found .* \\(did you mean 'debian:12'",
        ),
        (
            "volume",
            {"name": "new", **UBUNTU, "image": "kpet"},
            "image or snapshot 'kpet' \\(did you mean 'kept'\\?\\)",
        ),
        (
            "nic",
            {"name": "new", "lan": "pubic"},
            "LAN 'pubic' in the data center \\(did you mean 'public'\\?\\)",
        ),
        (
            "server",
            {"name": "web", "boot_volume": "bott"},
            "volume 'bott' in the data center \\(did you mean 'boot'",
        ),
        (
            "nic",
            {"name": "new", "lan": "public", "ips": ["reservd.0"]},
            "ips: there is no IP block 'reservd' \\(did you mean 'reserved'\\?\\)",
        ),
        (
            "lan",
            {"name": "private", "pcc": "jiont"},
            "pcc: there is no cross connect 'jiont' \\(did you mean 'joint'",
        ),
        (
            "server",
            {"name": "new", **SIZE, "cpu_family": "INTEL_SKYLAK"},
            "cpu_family: .*'INTEL_SKYLAK'",
        ),
    ],
)
def test_a_name_that_is_nearly_right_is_offered(
    quiet: World, form: Form, kind: str, options: Options, words: str
) -> None:
    module, asked = form.say(kind, options)
    with pytest.raises(CloudError, match=words):
        quiet.run(module, **asked)


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        (
            "datacenter",
            {"name": "new", "location": "de/fre"},
            "location: Location 'de/fre' does not exist (did you mean 'de/fra'?)",
        ),
        (
            "ipblock",
            {"name": "new", "size": 1, "location": "de/fre"},
            "location: Location 'de/fre' does not exist (did you mean 'de/fra'?)",
        ),
        (
            "lan",
            {"datacenter": "shpo", "name": "new"},
            "datacenter: there is no data center 'shpo' (did you mean 'shop'?)",
        ),
        ("nic", {"datacenter": "shop", "server": "wbe", "name": "new", "lan": 1}, "(did you mean 'web'?)"),
        (
            "server",
            {"datacenter": "nothing alike", "name": "new"},
            "there is no data center 'nothing alike'; check",
        ),
    ],
)
def test_so_is_one_of_what_is_above(quiet: World, module: str, options: Options, words: str) -> None:
    with pytest.raises(CloudError) as caught:
        quiet.run(module, **options)
    assert words in str(caught.value)
