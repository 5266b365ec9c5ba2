# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A resource said once: names, values, comparison, checks and bodies."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.description import describe
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.checks import between
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.comparison import (
    any_if_auto,
    any_if_empty,
    as_set,
    as_tags,
    as_text,
    by_parts,
    if_shown,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import (
    Field,
    camel,
    encode,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import (
    Child,
    Owner,
    Resource,
    walk,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.datacenters import (
    DATACENTER,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.lans import LAN
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.locations import (
    LOCATION,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.nics import (
    FIREWALL_RULE,
    NIC,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.servers import (
    SERVER,
    VOLUME,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.users import (
    USER,
)
from catalogue import KINDS as ALL

RESOURCES = {
    kind.resource.kind: kind.resource for kind in ALL.values() if kind.provider.name == "profitbricks"
}

UUID = "15f67991-0f51-4efc-a8ad-ef1fb31a480c"


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("name", "name"),
        ("port_range_start", "portRangeStart"),
        ("ipv6_cidr_block", "ipv6CidrBlock"),
        ("disc_virtio_hot_unplug", "discVirtioHotUnplug"),
        ("cpu_hot_plug", "cpuHotPlug"),
    ],
)
def test_option_names_become_wire_names(name: str, wire: str) -> None:
    assert camel(name) == Field(name).wire_name == wire


def test_a_field_may_have_a_wire_name_of_its_own() -> None:
    assert VOLUME.by_name["disk_type"].wire_name == "type"
    assert VOLUME.by_name["server_id"].wire_name == "bootServer"


# -- values -------------------------------------------------------------------------------------------------------

FAILOVER = LAN.by_name["ip_failover"]


@pytest.mark.parametrize(
    ("field", "value", "wire"),
    [
        (Field("name"), "web", "web"),
        (Field("name"), "", ""),
        (Field("name"), None, None),
        (Field("ip", nullable=True), "", None),
        (Field("port", "int", nullable=True), "", None),
        (Field("icmp_type", "int", nullable=True), 0, 0),
        (Field("dhcp", "bool"), False, False),
        (Field("ips", "list"), [], []),
        (Field("boot_volume", reference=True), UUID, {"id": UUID}),
        (Field("boot_volume", reference=True), "", None),
        (FAILOVER, [{"ip": "203.0.113.4", "nic_id": UUID}], [{"ip": "203.0.113.4", "nicUuid": UUID}]),
        (Field("rule", "dict", options=(Field("max_ram", "int"),)), {"max_ram": 3}, {"maxRam": 3}),
    ],
)
def test_encode(field: Field, value: Any, wire: Any) -> None:
    assert field.encode(value) == wire


@pytest.mark.parametrize(
    ("field", "wire", "value"),
    [
        (Field("name"), "web", "web"),
        (Field("name"), None, None),
        (Field("ips", "list"), None, []),
        (Field("size", "int"), 10.0, 10),
        (Field("size", "int"), 10.5, 10.5),
        (Field("size", "float"), 0.39, 0.39),
        (Field("boot_volume", reference=True), {"id": UUID, "type": "volume"}, UUID),
        (Field("boot_cdrom", reference=True), UUID, UUID),
        (FAILOVER, [{"ip": "203.0.113.4", "nicUuid": UUID}], [{"ip": "203.0.113.4", "nic_id": UUID}]),
        (Field("rule", "dict", options=(Field("max_ram", "int"),)), {"maxRam": 3.0}, {"max_ram": 3}),
        (Field("rule", "dict", options=(Field("max_ram", "int"),)), {}, {"max_ram": None}),
    ],
)
def test_decode(field: Field, wire: Any, value: Any) -> None:
    assert field.decode(wire) == value


EQUAL, SET = Field("x"), Field("x", "list", compare=as_set)
TEXT, ANY, OWN = (
    Field("x", compare=as_text),
    Field("x", compare=any_if_auto),
    Field("x", "list", compare=any_if_empty),
)


@pytest.mark.parametrize(
    ("field", "want", "have", "same"),
    [
        (EQUAL, "a", "a", True),
        (EQUAL, "a", "A", False),
        (EQUAL, "", None, True),
        (EQUAL, None, "", True),
        (EQUAL, "", "a", False),
        (EQUAL, None, "a", False),
        (EQUAL, 0, None, False),
        (EQUAL, 0, 0, True),
        (EQUAL, None, 0, False),
        (EQUAL, False, None, False),
        (EQUAL, [], None, True),
        (SET, ["a", "b"], ["b", "a"], True),
        (SET, ["a"], ["a", "b"], False),
        (SET, [], ["a"], False),
        (SET, ["a", "a"], ["a"], False),
        (SET, [{"ip": "1", "nic": "N"}], [{"nic": "n", "ip": "1"}], False),
        (SET, [{"ip": "1", "nic": "n"}], [{"nic": "n", "ip": "1"}], True),
        (SET, [{"ip": "1", "nic": None}], [{"ip": "1"}], True),
        (TEXT, "AA:BB", "aa:bb", True),
        (TEXT, "AA:BB", "aa:bc", False),
        (TEXT, "2001:DB8:0:0::1", "2001:db8::1", True),
        (TEXT, "2001:db8::1", "2001:db8::2", False),
        (TEXT, "A1-B2", "a1-b2", True),
        (SET, ["2001:DB8:0:0::1", "10.1.1.1"], ["10.1.1.1", "2001:db8::1"], True),
        (ANY, "2001:DB8::/64", "2001:db8::/64", True),
        (ANY, "AUTO", "2001:db8::/64", True),
        (ANY, "AUTO", None, False),
        (ANY, "2001:db8::/64", "2001:db8:1::/64", False),
        (VOLUME.by_name["bus"], "IDE", None, True),
        (VOLUME.by_name["bus"], "IDE", "VIRTIO", False),
        (VOLUME.by_name["availability_zone"], "AUTO", None, True),
        (VOLUME.by_name["availability_zone"], "ZONE_1", None, False),
        (OWN, [], ["10.1.1.1"], True),
        (OWN, [], ["10.1.1.1", "10.1.1.2"], False),
        (OWN, ["10.1.1.1"], ["10.1.1.1"], True),
        (OWN, ["10.1.1.2", "10.1.1.1"], ["10.1.1.1", "10.1.1.2"], True),
    ],
)
def test_same(field: Field, want: Any, have: Any, same: bool) -> None:
    assert field.same(want, have) is same


# -- checks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "option", "value", "says"),
    [
        (SERVER, "ram", 100, "ram: 100 MB is below the minimum, 256 MB"),
        (SERVER, "ram", 1000, "ram: 1000 MB is not a multiple of 256 MB"),
        (SERVER, "cores", 0, "cores: 0 is below"),
        (SERVER, "hostname", "-web", "hostname: '-web' is not a host name"),
        (SERVER, "hostname", "Web", "hostname: 'Web' is not a host name"),
        (SERVER, "template_uuid", "x", "template_uuid: 'x' is not a UUID"),
        (SERVER, "template_uuid", "ubuntu", "template_uuid: 'ubuntu' is not a UUID"),
        (DATACENTER, "name", "a/b", "name: 'a/b' is not a name that the service accepts"),
        (DATACENTER, "location", "fra", "location: 'fra' is not the id of a location"),
        (VOLUME, "size", 0, "size: 0 GB is below"),
        (
            FIREWALL_RULE,
            "port_range_start",
            65536,
            "port_range_start: 65536 is above the maximum, 65535",
        ),
        (FIREWALL_RULE, "port_range_end", 0, "port_range_end: 0 is below"),
        (FIREWALL_RULE, "icmp_type", 255, "icmp_type: 255 is above"),
        (FIREWALL_RULE, "icmp_code", -1, "icmp_code: -1 is below"),
        (FIREWALL_RULE, "source_mac", "00:11", "source_mac: '00:11' is not a MAC address"),
        (USER, "email", "ada", "email: 'ada' is not an e-mail address"),
        (NIC, "nat", True, "nat: the service accepts this option up to version 5 of its API"),
    ],
)
def test_a_value_that_cannot_work_names_option_and_rule(
    resource: Resource, option: str, value: Any, says: str
) -> None:
    with pytest.raises(InvalidOption) as caught:
        resource.want({option: value}, 6)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("resource", "option", "value"),
    [(SERVER, "nic_multi_queue", True), (NIC, "firewall_type", "EGRESS"), (FIREWALL_RULE, "type", "EGRESS")],
)
def test_an_option_of_a_newer_version_is_refused_before(resource: Resource, option: str, value: Any) -> None:
    with pytest.raises(InvalidOption, match="from version 6 of its API, and api_url addresses version 5"):
        resource.want({option: value}, 5)
    assert resource.want({option: value}, 6) == {option: value}


def test_a_bad_secret_is_not_shown() -> None:
    with pytest.raises(InvalidOption) as caught:
        VOLUME.want({"image_password": "bad-$-word"}, 6)
    assert str(caught.value).startswith(
        "image_password: the given value is not a password that the service accepts"
    )
    assert "bad-$-word" not in str(caught.value)


@pytest.mark.parametrize("value", [None, ""])
def test_clearing_is_never_a_bad_value(value: Any) -> None:
    assert FIREWALL_RULE.want({"source_mac": value}, 6) == {"source_mac": value}


def test_each_item_and_each_suboption_is_checked() -> None:
    field = Field("ranges", "list", options=(Field("port", "int", checks=(between(None, 10),)),))
    with pytest.raises(InvalidOption, match="port: 11 is above"):
        field.check([{"port": 1}, {"port": 11}], 6)
    field.check([{"port": None}], 6)


def test_nested_objects_are_checked_too() -> None:
    nic = {"lan": "1", "firewall_rules": [{"name": "ssh", "port_range_start": 70000, "protocol": None}]}
    with pytest.raises(InvalidOption, match="^nics/firewall_rules/ssh: port_range_start: 70000"):
        describe({}, SERVER, {"name": "web", "nics": [nic]}, 6)


def test_what_is_left_out_is_not_wanted() -> None:
    options = {"name": "web", "cores": 2, "state": "present", "wait": True, "datacenter": "shop"}
    assert SERVER.want(options, 6) == {"name": "web", "cores": 2}


def test_nested_options_that_ansible_fills_with_null_are_left_out() -> None:
    volume = {"name": "boot", "size": 10, "bus": None, "image": None}
    assert describe({}, SERVER, {"volumes": [volume]}, 6) == {"volumes": [{"name": "boot", "size": 10}]}


# -- bodies and results -------------------------------------------------------------------------------------------


def test_the_body_nests_what_is_created_along() -> None:
    want = {
        "name": "web",
        "cores": 2,
        "volumes": [
            {"name": "boot", "size": 10, "image_alias": "ubuntu:latest", "image_password": "s3cretpw"}
        ],
        "nics": [{"lan": 1, "ips": [], "firewall_rules": [{"protocol": "ICMP", "icmp_type": 0}]}],
    }
    assert SERVER.body(want) == {
        "properties": {"name": "web", "cores": 2},
        "entities": {
            "volumes": {
                "items": [
                    {
                        "properties": {
                            "name": "boot",
                            "size": 10,
                            "imageAlias": "ubuntu:latest",
                            "imagePassword": "s3cretpw",
                        }
                    }
                ]
            },
            "nics": {
                "items": [
                    {
                        "properties": {"lan": 1, "ips": []},
                        "entities": {
                            "firewallrules": {"items": [{"properties": {"protocol": "ICMP", "icmpType": 0}}]}
                        },
                    }
                ]
            },
        },
    }


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_no_option_is_declared_and_ignored(resource: Resource) -> None:
    for field in resource.writable:
        if field.on_create:
            sent = resource.body({field.name: "given"})["properties"]
        else:
            sent = encode([field], {field.name: [{"ip": "203.0.113.4"}]})
        assert sent and set(sent) == {field.wire_name}


def test_the_body_leaves_out_what_the_service_takes_in_updates_only() -> None:
    failover = [{"ip": "203.0.113.4", "nic_id": UUID}]
    assert LAN.body({"name": "public", "ip_failover": failover}) == {"properties": {"name": "public"}}


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_a_result_has_the_same_keys_whatever_the_service_left_out(resource: Resource) -> None:
    bare = resource.decode({"id": UUID}, {})
    full = resource.decode({"id": UUID, "properties": {"name": "x"}, "metadata": {"state": "BUSY"}}, {})
    assert set(bare) == set(full) and bare["id"] == UUID
    assert not {f.name for f in resource.fields if f.secret or f.write_only or f.hidden} & set(bare)
    assert set(bare) >= {f"{kind}_id" for kind in resource.parents}


def test_a_result_shows_what_is_nested_with_its_parents() -> None:
    rule = {"id": "R", "properties": {"name": "ssh", "protocol": "TCP"}}
    nic = {"id": "N", "properties": {"lan": 1, "ips": None}, "entities": {"firewallrules": {"items": [rule]}}}
    server = {
        "id": "S",
        "properties": {"name": "web"},
        "entities": {"nics": {"items": [nic]}, "volumes": {"items": []}, "cdroms": {"items": [{"id": "C"}]}},
    }
    result = SERVER.decode(server, {"datacenter": "D"})
    assert result["datacenter_id"] == "D" and result["cdroms"] == ["C"] and result["volumes"] == []
    shown = result["nics"][0]
    assert (shown["id"], shown["server_id"], shown["datacenter_id"], shown["ips"]) == ("N", "S", "D", [])
    assert shown["firewall_rules"][0]["nic_id"] == "N"


def test_whether_a_read_went_deep_enough() -> None:
    reference = {"id": "N", "type": "nic"}
    bare = {"id": "S", "entities": {name: {"id": name} for name in ("volumes", "nics", "cdroms")}}
    assert not SERVER.complete(bare)
    empty = {"id": "S", "entities": {name: {"items": []} for name in ("volumes", "nics", "cdroms")}}
    assert SERVER.complete(empty)
    assert not SERVER.complete({"entities": {**empty["entities"], "nics": {"items": [reference]}}})  # type: ignore[dict-item]
    assert LAN.complete({"entities": {"nics": {"items": [reference]}}})
    assert VOLUME.complete({"id": "V"})


def test_depth_is_what_shows_the_whole_result() -> None:
    assert [r.depth for r in (DATACENTER, VOLUME, LAN, FIREWALL_RULE, NIC, SERVER)] == [0, 0, 1, 0, 2, 4]


def test_paths_and_parents() -> None:
    parents = {"datacenter": "D", "server": "S", "nic": "N"}
    assert FIREWALL_RULE.parents == ("datacenter", "server", "nic")
    assert FIREWALL_RULE.collection == "firewallrules"
    assert FIREWALL_RULE.item_path(parents, "R") == "datacenters/D/servers/S/nics/N/firewallrules/R"
    assert USER.collection_path({}) == "um/users"


@pytest.mark.parametrize(
    ("resource", "value", "is_id"),
    [
        (SERVER, UUID, True),
        (SERVER, UUID.upper(), True),
        (SERVER, "web", False),
        (SERVER, UUID + "0", False),
        (LAN, "1", True),
        (LAN, 12, True),
        (LAN, "lan1", False),
        (LOCATION, "de/fra", True),
        (LOCATION, "frankfurt", False),
    ],
)
def test_what_an_id_looks_like(resource: Resource, value: object, is_id: bool) -> None:
    assert resource.is_id(value) is is_id


def test_walk_reaches_all_below() -> None:
    kinds = [resource.kind for resource in walk(SERVER)]
    assert kinds == ["server", "volume", "nic", "firewall_rule", "image"]


def test_the_plural_is_made_of_the_kind_unless_said() -> None:
    assert Resource("nic", "nics", "NIC", ()).plural == "nics"
    assert Resource("x", "xs", "X", (), plural="exes").plural == "exes"


def test_ids_alone_are_shown_for_a_child_that_is_listed_by_id() -> None:
    child = Child("nics", "nics", NIC, ids=True)
    resource = Resource("lan", "lans", "LAN", (), children=(child,))
    item = {"id": "1", "entities": {"nics": {"items": [{"id": "N"}]}}}
    assert resource.decode(item, {}) == {"id": "1", "nics": ["N"]}


@pytest.mark.parametrize("entity", ["nics", "balancednics"])
def test_what_is_listed_elsewhere_tells_its_parents_by_its_address(entity: str) -> None:
    member = Resource("nic", "datacenters/{datacenter}/servers/{server}/nics", "NIC", ())
    resource = Resource(
        "lan", "datacenters/{datacenter}/lans", "LAN", (), children=(Child("members", entity, member),)
    )
    href = "https://api.example.com/cloudapi/v6/datacenters/OTHER/servers/S/nics/N"
    item = {"id": "1", "entities": {entity: {"items": [{"id": "N", "href": href}, {"id": "M"}]}}}
    first, second = resource.decode(item, {"datacenter": "D"})["members"]
    assert first == {"id": "N", "datacenter_id": "D", "server_id": "S"}
    assert second == {"id": "M", "datacenter_id": "D", "server_id": None}


# -- what services without envelopes and nested paths need --------------------------------------------------------

INGRESS = Field("ingress", "dict", wire="model.ingress", options=(Field("host"), Field("port", "int")))
TAGGED = Resource(
    kind="tagged",
    path="tagged",
    label="tagged object",
    flat=True,
    owners=(Owner("lan", "lanId"),),
    repeats=("name",),
    replaceable=True,
    fields=(
        Field("name", compare=as_text),
        INGRESS,
        Field("routers", "list", elements="str", wire="model.routers", compare=as_tags),
        Field("tags", "list", elements="str", compare=as_tags, initial=[]),
        Field(
            "region", wire="place", mutable=False, compare=if_shown, derived=lambda item: item.get("where")
        ),
        Field("ready", "bool", read_only=True, derived=lambda item: item.get("state") == "UP"),
    ),
)


def test_a_wire_name_may_lead_into_an_object() -> None:
    ingress = {"host": "a", "port": 1}
    assert encode(TAGGED.fields, {"ingress": ingress, "routers": ["#a"]}) == {
        "model": {"ingress": ingress, "routers": ["#a"]}
    }
    shown = TAGGED.decode({"id": "1", "model": {"ingress": ingress}}, {})
    assert (shown["ingress"], shown["routers"]) == (ingress, [])
    assert TAGGED.decode({"id": "1", "model": None}, {})["ingress"] is None


def test_a_field_may_be_shown_otherwise_than_it_is_written() -> None:
    assert encode(TAGGED.fields, {"region": "eu"}) == {"place": "eu"}
    shown = TAGGED.decode({"id": "1", "where": "eu", "state": "UP"}, {})
    assert (shown["region"], shown["ready"]) == ("eu", True)


def test_an_owner_is_named_in_the_body_and_shown_in_the_result() -> None:
    assert TAGGED.parents == ("lan",)
    assert TAGGED.body({"name": "a"}, {"lan": "7"}) == {"lanId": "7", "name": "a"}
    assert TAGGED.decode({"id": "1", "lanId": "7"}, {})["lan_id"] == "7"
    assert TAGGED.decode({"id": "1"}, {"lan": "8"})["lan_id"] == "8"


@pytest.mark.parametrize(
    ("name", "want", "have", "same"),
    [
        ("tags", ["#a", "#b"], ["#b", "#a"], True),
        ("tags", ["#a"], ["#A"], False),
        ("tags", ["#a"], ["#a", "#b"], False),
        ("region", "EU", "eu", True),
        ("region", "eu", None, True),
        ("region", "eu", "us", False),
    ],
)
def test_tags_and_what_is_not_always_told_are_compared(name: str, want: Any, have: Any, same: bool) -> None:
    assert TAGGED.by_name[name].same(want, have) is same


# -- objects of which a task names a part -------------------------------------------------------------------------

HEALTH = Field(
    "health",
    "dict",
    compare=by_parts,
    options=(Field("interval", "int"), Field("retries", "int"), Field("up", "bool", read_only=True)),
)
TARGETS = Field(
    "targets",
    "list",
    elements="dict",
    compare=by_parts,
    keys=("ip", "port"),
    options=(Field("ip"), Field("port", "int"), Field("weight", "int"), HEALTH),
)
ONE = {"ip": "10.0.0.1", "port": 80, "weight": 1, "health": {"interval": 2000, "retries": 3}}
TWO = {"ip": "10.0.0.2", "port": 80, "weight": 5, "health": None}


@pytest.mark.parametrize(
    ("want", "same"),
    [
        ([{"ip": "10.0.0.2", "port": 80}, {"ip": "10.0.0.1", "port": 80}], True),
        ([{"ip": "10.0.0.1", "port": 80, "health": {"retries": 3}}, {"ip": "10.0.0.2", "port": 80}], True),
        ([{"ip": "10.0.0.1", "port": 80, "health": {"retries": 4}}, {"ip": "10.0.0.2", "port": 80}], False),
        ([{"ip": "10.0.0.1", "port": 80, "weight": 2}, {"ip": "10.0.0.2", "port": 80}], False),
        ([{"ip": "10.0.0.1", "port": 80}], False),
        ([{"ip": "10.0.0.1", "port": 80}, {"ip": "10.0.0.3", "port": 80}], False),
        ([], False),
    ],
)
def test_of_objects_only_what_is_named_counts(want: Any, same: bool) -> None:
    assert TARGETS.same(want, [ONE, TWO]) is same


def test_objects_without_a_key_are_compared_in_their_order() -> None:
    rules = Field("rules", "list", elements="dict", compare=by_parts, options=(Field("name"), Field("code")))
    have = [{"name": "a", "code": "1"}, {"name": "b", "code": "2"}]
    assert rules.same([{"name": "a"}, {"name": "b"}], have)
    assert not rules.same([{"name": "b"}, {"name": "a"}], have)
    assert not rules.same([{"name": "a"}, {"name": "b"}, {"name": "c"}], have)


def test_parts_of_objects_that_are_not_named_are_sent_as_they_are() -> None:
    named = TARGETS.named(
        [
            {"ip": "10.0.0.1", "port": 80, "weight": 7, "health": {"interval": None, "retries": 5}},
            {"ip": "10.0.0.9", "port": 80, "weight": None, "health": None},
        ]
    )
    assert TARGETS.filled(named, [TWO, ONE]) == [
        {"ip": "10.0.0.1", "port": 80, "weight": 7, "health": {"interval": 2000, "retries": 5}},
        {"ip": "10.0.0.9", "port": 80},
    ]


def test_objects_that_cannot_be_told_apart_are_refused() -> None:
    twice = [{"ip": "10.0.0.1", "port": 80}, {"ip": "10.0.0.1", "port": 80, "weight": 2}]
    with pytest.raises(InvalidOption, match="^targets: ip '10.0.0.1' and port 80 is listed twice$"):
        TARGETS.check(twice, 6)
