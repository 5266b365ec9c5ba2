# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a body may hold, what is refused in it, in which order, and what clears a value.

Each docstring, and the id of each case in a table, names how strong the statement is: [recorded], [live test],
[documented] or (inferred), as the contract does.
"""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc.testing import Api, Reply, ident

IMAGE = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ9"}


def told(reply: Reply) -> list[tuple[str, str]]:
    """Codes and texts of a refusal."""
    assert reply.status == 422, reply.text
    return [(message["errorCode"], message["message"]) for message in reply.json["messages"]]


def reserve(api: Api, size: int = 1) -> list[str]:
    ips: list[str] = api.properties(api.make("/ipblocks", location="de/fra", size=size))["ips"]
    return ips


# Read-only and foreign attributes (contract section 7.1)


def test_a_whole_object_is_no_reference(api: Api, dc: str) -> None:
    """[recorded, tf#112, 2021] A volume as it was read, sent to attach it."""
    volume = api.get(api.volume(dc)).json
    reply = api.post(f"{api.server(dc)}/volumes", volume)
    assert told(reply) == [
        ("105", "[(root).href] Attribute is read-only"),
        ("105", "[(root).type] Attribute is read-only"),
        ("105", "[(root).metadata] Attribute is read-only"),
        ("107", "[(root).properties] Attribute not allowed in resource reference"),
        ("107", "[(root).metadata] Attribute not allowed in resource reference"),
    ]


def test_a_read_only_property_of_a_patch(api: Api, dc: str) -> None:
    """[recorded, tf PR#982, 2026] The path is flat, as the body."""
    lan = api.make(f"{dc}/lans", public=False)
    reply = api.patch(lan, {"ipv4CidrBlock": "10.9.9.0/24"})
    assert told(reply) == [("105", "[(root).ipv4CidrBlock] Attribute is read-only")]


@pytest.mark.parametrize(
    ("collection", "body", "name"),
    [
        ("", {"name": "x"}, "version"),
        ("servers", {"cores": 1, "ram": 1024}, "vmState"),
        ("volumes", {"size": 1, "licenceType": "OTHER"}, "deviceNumber"),
        ("lans", {}, "ipv4CidrBlock"),
    ],
)
def test_read_only_properties(api: Api, dc: str, collection: str, body: dict[str, Any], name: str) -> None:
    """(inferred) Flat in a PATCH, enveloped in a POST and a PUT; a name that is null says nothing."""
    path = f"{dc}/{collection}" if collection else "/datacenters"
    sound = body if collection else {"location": "de/fra"}
    enveloped = [("105", f"[(root).properties.{name}] Attribute is read-only")]
    assert told(api.post(path, {"properties": {**sound, name: 7}})) == enveloped
    made = api.make(path, **sound, **{name: None})
    assert told(api.patch(made, {name: 7})) == [("105", f"[(root).{name}] Attribute is read-only")]
    assert told(api.put(made, {"properties": {**body, name: 7}})) == enveloped
    assert api.patch(made, {name: None}).status == 202


def test_an_unknown_property(api: Api, dc: str) -> None:
    """(inferred) 106, in nested objects, too."""
    text = "Attribute not allowed in resource definition"
    body = {"location": "de/fra", "size": 1, "colour": "red"}
    assert told(api.post("/ipblocks", {"properties": body})) == [
        ("106", f"[(root).properties.colour] {text}")
    ]
    assert told(api.patch(dc, {"colour": "red"})) == [("106", f"[(root).colour] {text}")]
    assert told(api.patch(dc, {"properties": {}})) == [("106", f"[(root).properties] {text}")]
    assert told(api.post("/ipblocks", {"properties": {"location": "de/fra", "size": 1}, "colour": 1})) == [
        ("106", f"[(root).colour] {text}")
    ]
    lan = api.make(f"{dc}/lans", public=True)
    group = {"ip": "203.0.113.1", "nicUuid": "x", "master": True}
    assert ("106", f"[(root).properties.ipFailover.[0].master] {text}") in told(
        api.patch(lan, {"ipFailover": [group]})
    )


def test_an_object_that_was_read_cannot_be_written_back(api: Api, dc: str) -> None:
    """(inferred) "Read, change, write back" fails unless the client takes out what is read-only."""
    whole = api.get(dc).json
    codes = {code for code, _text in told(api.put(dc, whole))}
    assert codes == {"105"}
    writable = {"properties": {"name": "renamed", "description": None}, "id": whole["id"]}
    assert api.put(dc, writable).status == 202


def test_the_operator_s_own_attributes_are_passed_over(api: Api, dc: str) -> None:
    """[documented] placementGroupId and vnet need system privileges (that they are no error is inferred)."""
    server = api.server(dc, placementGroupId="p")
    nic = api.make(f"{server}/nics", lan=1, vnet="v")
    assert {"placementGroupId", "vnet"}.isdisjoint(api.properties(server) | api.properties(nic))


@pytest.mark.parametrize("version", [4, 5])
def test_older_versions_pass_over_what_others_know(api: Api, version: int) -> None:
    """(inferred) Old clients do not tell versions apart; what no version knows is refused there, too."""
    old = Api(api.cloud, version)
    server = old.server(old.datacenter())
    assert old.post(f"{server}/nics", {"properties": {"lan": 1, "firewallType": "INGRESS"}}).status == 202
    assert old.post(f"{server}/nics", {"properties": {"lan": 1, "colour": 1}}).codes == ["106"]
    assert api.post(f"{server}/nics", {"properties": {"lan": 1, "nat": True}}).codes == ["106"]


def test_what_old_clients_send_stays_accepted(api: Api, dc: str) -> None:
    """[live test] Section 9, items 6 and 10: scalars as strings, allowReboot."""
    server = api.server(dc, cores="2", ram="1024")
    assert api.patch(server, {"allowReboot": True, "cores": "4"}).status == 202
    assert (api.properties(server)["cores"], "allowReboot" in api.properties(server)) == (4, False)


# The order of several messages (contract section 7.2)


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_messages_about_a_volume(api: Api, dc: str, turned: bool) -> None:
    """[recorded, tf#30, 2021] Password without image, bus, syntax of the password, whatever the body's order."""
    values = {"name": "v", "size": 10, "licenceType": "OTHER", "bus": "", "imagePassword": "short!"}
    body = dict(reversed(values.items())) if turned else values
    assert told(api.post(f"{dc}/volumes", {"properties": body})) == [
        (
            "100",
            "[(root).properties.imagePassword] Attribute 'image' or 'imageAlias' must be set for password",
        ),
        ("109", "[(root).properties.bus] Attribute value '' not allowed. Expected one of [IDE, VIRTIO]"),
        (
            "100",
            "[(root).properties.imagePassword] Password syntax error. Password invalid, valid characters are: "
            "a-zA-Z0-9. Length between 8 and 50.",
        ),
    ]


def test_an_alias_that_the_location_lacks(api: Api, dc: str) -> None:
    """[recorded, ctl#462, 2024]"""
    reply = api.post(f"{dc}/volumes", {"properties": {"size": 10, **IMAGE, "imageAlias": "beos:5"}})
    assert told(reply)[0] == (
        "326",
        "[(root).properties.imageAlias] 'imageAlias' not found in location 'de/fra' "
        "where Virtual Data Center is provisioned.",
    )


# Immutable properties (contract section 7.3)

IMMUTABLE: dict[str, tuple[str, dict[str, Any], str, Any]] = {
    "datacenter location": ("", {"location": "de/fra"}, "location", "us/las"),
    "server availabilityZone": (
        "servers",
        {"cores": 1, "ram": 1024, "availabilityZone": "ZONE_1"},
        "availabilityZone",
        "ZONE_2",
    ),
    "server type": ("servers", {"cores": 1, "ram": 1024}, "type", "VCPU"),
    "server templateUuid": ("servers", {"cores": 1, "ram": 1024}, "templateUuid", "x"),
    "volume type": ("volumes", {"size": 1, "licenceType": "OTHER"}, "type", "SSD"),
    "volume image": ("volumes", {"size": 10, **IMAGE}, "image", "x"),
    "volume imageAlias": ("volumes", {"size": 10, **IMAGE}, "imageAlias", "debian:latest"),
    "volume availabilityZone": (
        "volumes",
        {"size": 1, "licenceType": "OTHER", "availabilityZone": "ZONE_1"},
        "availabilityZone",
        "ZONE_3",
    ),
    "volume imagePassword": ("volumes", {"size": 10, **IMAGE}, "imagePassword", "abc123XYZ9"),
    "volume sshKeys": ("volumes", {"size": 10, **IMAGE}, "sshKeys", ["ssh-rsa AAAA"]),
    "volume userData": ("volumes", {"size": 10, **IMAGE}, "userData", "I2Nsb3VkLWNvbmZpZw=="),
    "volume backupunitId": ("volumes", {"size": 10, **IMAGE}, "backupunitId", "x"),
    "nic mac": ("nics", {"lan": 1, "mac": "02:01:0a:0b:0c:0d"}, "mac", "02:01:0a:0b:0c:0e"),
    "flow log action": ("flowlogs", {}, "action", "REJECTED"),
    "flow log direction": ("flowlogs", {}, "direction", "EGRESS"),
    "flow log bucket": ("flowlogs", {}, "bucket", "other"),
    "ipblock location": ("/ipblocks", {"location": "de/fra", "size": 1}, "location", "us/las"),
    "ipblock size": ("/ipblocks", {"location": "de/fra", "size": 1}, "size", 2),
}


@pytest.mark.parametrize("case", IMMUTABLE, ids=lambda case: f"[documented] {case}")
def test_immutable_properties(api: Api, dc: str, case: str) -> None:
    """[documented] Refused (code and text are inferred); the value that is there may be repeated."""
    collection, values, name, other = IMMUTABLE[case]
    path = f"{dc}/{collection}"
    if collection in ("", "/ipblocks"):
        path = collection or "/datacenters"
    elif collection in ("nics", "flowlogs"):
        path = f"{api.server(dc)}/nics"
        if collection == "flowlogs":
            path = f"{api.make(path, lan=1)}/flowlogs"
            values = {"name": "l", "action": "ALL", "direction": "INGRESS", "bucket": "logs"}
    made = api.make(path, **values)
    reply = api.patch(made, {name: other})
    assert told(reply) == [("100", f"[(root).properties.{name}] Attribute '{name}' is immutable")]
    if (present := api.properties(made)[name]) is not None:
        assert api.patch(made, {name: present}).status == 202


# What is accepted (contract sections 9 and 17)


@pytest.mark.parametrize(
    ("sent", "read"), [("linux", "LINUX"), ("Windows2019", "WINDOWS2019"), ("OTHER", "OTHER")]
)
def test_enumerations_in_any_case(api: Api, dc: str, sent: str, read: str) -> None:
    """[live test] Section 17, item 14."""
    volume = api.make(f"{dc}/volumes", size=2, licenceType=sent, bus="virtio", type="hdd")
    found = api.properties(volume)
    assert (found["licenceType"], found["type"]) == (read, "HDD")
    assert api.patch(volume, {"bus": "ide"}).status == 202


@pytest.mark.parametrize(
    ("collection", "first", "more"),
    [
        ("nics", {"lan": 1, "name": "front"}, {"firewallActive": True, "lan": 1}),
        ("lans", {"name": "front"}, {"public": True}),
        ("volumes", {"name": "front", "size": 2, "licenceType": "OTHER"}, {"size": 3}),
        ("securitygroups", {"name": "front"}, {"description": "x"}),
    ],
)
def test_a_put_without_a_name_keeps_it(
    api: Api, dc: str, collection: str, first: dict[str, Any], more: dict[str, Any]
) -> None:
    """[live test] Section 9, item 19, for NICs; for the others (inferred)."""
    above = api.server(dc) if collection == "nics" else dc
    path = api.make(f"{above}/{collection}", **first)
    assert api.put(path, {"properties": more}).status == 202
    assert api.properties(path)["name"] == "front"


def test_an_empty_ipv6_block_is_none(api: Api, dc: str) -> None:
    """[live test] Section 17, item 1: in a POST not set, in a PATCH the end of it."""
    plain = api.make(f"{dc}/lans", ipv6CidrBlock="")
    assert api.properties(plain)["ipv6CidrBlock"] is None
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    assert api.properties(lan)["ipv6CidrBlock"]
    assert api.patch(lan, {"ipv6CidrBlock": ""}).status == 202
    assert api.properties(lan)["ipv6CidrBlock"] is None


def test_an_ipv6_block_at_once(api: Api) -> None:
    """[live test] Section 17, item 2: in the answer to the creation, and on the first read."""
    api.cloud.settings.provision_seconds = 10
    answer = api.post("/datacenters", {"properties": {"location": "es/vit"}}).json
    block = answer["properties"]["ipv6CidrBlock"]
    assert block.endswith("::/56") or block.endswith("00::/56")
    assert api.properties(f"/datacenters/{answer['id']}")["ipv6CidrBlock"] == block
    other = api.post("/datacenters", {"properties": {"location": "us/las"}}).json
    assert other["properties"]["ipv6CidrBlock"] != block


def test_an_ipv6_block_is_cut_out_of_the_data_center_s(api: Api, dc: str) -> None:
    """[live test] Section 10.1: clients cut the blocks of LANs out of it right after the creation."""
    around = api.properties(dc)["ipv6CidrBlock"].removesuffix("00::/56")
    lan = api.make(f"{dc}/lans", ipv6CidrBlock=f"{around}0a::/64")
    assert api.properties(lan)["ipv6CidrBlock"] == f"{around}0a::/64"
    assert told(api.patch(dc, {"ipv6CidrBlock": None, "version": 1}))[0][0] == "105"


def test_an_empty_default_security_group_takes_it_away(api: Api, dc: str) -> None:
    """[live test] Section 17, item 9."""
    group = api.make(f"{dc}/securitygroups", name="wall")
    assert api.patch(dc, {"defaultSecurityGroupId": ident(group)}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] == ident(group)
    assert api.patch(dc, {"defaultSecurityGroupId": ""}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] is None


def test_gateway_addresses_without_prefix(api: Api, dc: str) -> None:
    """[live test] Section 17, item 8: a bare address means /24, one with a prefix stays."""
    lans = [int(ident(api.make(f"{dc}/lans", public=False))) for _each in range(2)]
    addresses = [["10.11.2.5"], ["10.11.2.6/24"]]
    entries = [{"id": lan, "gatewayIps": ips} for lan, ips in zip(lans, addresses, strict=True)]
    gateway = api.make(f"{dc}/natgateways", name="n", publicIps=reserve(api), lans=entries)
    found = [lan["gatewayIps"] for lan in api.properties(gateway)["lans"]]
    assert found == [["10.11.2.5/24"], ["10.11.2.6/24"]]


@pytest.mark.parametrize("kind", ["networkloadbalancers", "applicationloadbalancers"])
def test_balancer_addresses_without_prefix(api: Api, dc: str, kind: str) -> None:
    """(inferred) 10.31: as the addresses of a gateway."""
    lan = int(ident(api.make(f"{dc}/lans", public=False)))
    values = {"listenerLan": lan, "targetLan": lan, "lbPrivateIps": ["10.12.3.4"]}
    assert api.properties(api.make(f"{dc}/{kind}", name="b", **values))["lbPrivateIps"] == ["10.12.3.4/24"]


def test_a_gateway_without_lans_takes_rules(api: Api, dc: str) -> None:
    """[live test, 2026] Section 10.30."""
    (ip,) = reserve(api)
    gateway = api.make(f"{dc}/natgateways", name="n", publicIps=[ip])
    api.make(f"{gateway}/rules", name="r", sourceSubnet="10.0.1.0/24", publicIp=ip)


@pytest.fixture
def balancers(api: Api, dc: str) -> dict[str, tuple[str, str]]:
    """The rules of a balancer of each kind, with the address that it listens on."""
    lan = int(ident(api.make(f"{dc}/lans", public=False)))
    values = {"name": "b", "listenerLan": lan, "targetLan": lan}
    made = {}
    for kind, ip in (
        ("networkloadbalancers", "10.12.118.224"),
        ("applicationloadbalancers", "10.12.118.225"),
    ):
        made[kind] = (f"{api.make(f'{dc}/{kind}', **values, ips=[ip])}/forwardingrules", ip)
    return made


def test_a_rule_without_targets(api: Api, balancers: dict[str, tuple[str, str]]) -> None:
    """[documented] Section 17, item 12: targets follow by PATCH."""
    path, ip = balancers["networkloadbalancers"]
    values = {
        "name": "r",
        "algorithm": "round_robin",
        "protocol": "TCP",
        "listenerIp": ip,
        "listenerPort": 80,
    }
    rule = api.make(path, **values)
    assert api.properties(rule)["targets"] == []
    target = {"ip": "22.231.2.2", "port": 8080, "weight": 123}
    assert api.patch(rule, {"targets": [target]}).status == 202
    assert api.properties(rule)["targets"][0]["ip"] == "22.231.2.2"


@pytest.mark.parametrize("kind", ["networkloadbalancers", "applicationloadbalancers"])
def test_a_second_listener(api: Api, balancers: dict[str, tuple[str, str]], kind: str) -> None:
    """[recorded, tf#585, 2024] of a network load balancer; of the other kind (inferred)."""
    path, ip = balancers[kind]
    values = {"name": "r", "protocol": "HTTP", "listenerIp": ip, "listenerPort": 80}
    if kind.startswith("network"):
        values |= {"protocol": "TCP", "algorithm": "RANDOM"}
    api.make(path, **values)
    name = "Network Load Balancer" if kind.startswith("network") else "Application Load Balancer"
    text = f"Listener IP and port combination {ip}:80 already used by {name}."
    assert told(api.post(path, {"properties": values})) == [("371", f"[(root).properties.listenerIp] {text}")]
    other = api.make(path, **{**values, "listenerPort": 81})
    assert told(api.patch(other, {"listenerPort": 80})) == [("371", f"[(root).properties.listenerIp] {text}")]


def test_bits_beyond_a_prefix(api: Api, balancers: dict[str, tuple[str, str]]) -> None:
    """[live test] Section 17, item 10: in a SOURCE_IP condition."""
    path, ip = balancers["applicationloadbalancers"]
    condition = {"type": "SOURCE_IP", "value": "10.0.0.7/8"}
    http = {"name": "h", "type": "STATIC", "responseMessage": "no", "conditions": [condition]}
    rule = api.make(path, name="r", protocol="HTTP", listenerIp=ip, listenerPort=80, httpRules=[http])
    assert api.properties(rule)["httpRules"][0]["conditions"][0]["value"] == "10.0.0.7/8"


def test_bits_beyond_a_prefix_elsewhere(api: Api, dc: str) -> None:
    """(inferred) From section 17, item 10: in rules of NAT gateways, allow lists and routes, which read as sent."""
    (ip,) = reserve(api)
    gateway = api.make(f"{dc}/natgateways", name="g", publicIps=[ip])
    subnets = {"sourceSubnet": "10.0.1.5/24", "targetSubnet": "172.16.0.1/24"}
    rule = api.properties(api.make(f"{gateway}/rules", name="r", publicIp=ip, **subnets))
    assert {name: rule[name] for name in subnets} == subnets

    allowed = ["192.0.2.9/24", "2001:db8::c0a8:101/64"]
    cluster = api.make("/k8s", name="c", apiSubnetAllowList=allowed)
    assert api.properties(cluster)["apiSubnetAllowList"] == allowed
    lan = ident(api.make(f"{dc}/lans", public=False))
    route = {"network": "192.0.2.5/24", "gatewayIp": "10.1.5.17"}
    pool = api.make(
        f"{cluster}/nodepools",
        name="p", datacenterId=ident(dc), nodeCount=1, coresCount=1, ramSize=2048, availabilityZone="AUTO",
        storageType="SSD", storageSize=100, lans=[{"id": int(lan), "routes": [route]}],
    )  # fmt: skip
    assert api.properties(pool)["lans"][0]["routes"] == [route]


@pytest.mark.parametrize("route", [{"network": "10.0.0.0/24"}, {"gatewayIp": "10.0.0.1"}])
def test_half_a_route(api: Api, dc: str, route: dict[str, str]) -> None:
    """[documented, vendor, 2026] Network and gateway are each optional."""
    lan = ident(api.make(f"{dc}/lans"))
    cluster = api.make("/k8s", name="c")
    pool = api.make(
        f"{cluster}/nodepools",
        name="p", datacenterId=ident(dc), nodeCount=1, coresCount=2, ramSize=2048, availabilityZone="AUTO",
        storageType="SSD", storageSize=100, lans=[{"id": int(lan), "routes": [route]}],
    )  # fmt: skip
    (read,) = api.properties(pool)["lans"][0]["routes"]
    assert {name: value for name, value in read.items() if value is not None} == route


def test_groups_of_one_name(api: Api) -> None:
    """[live test] Section 17, item 11."""
    first, second = (api.make("/um/groups", name="operators") for _each in range(2))
    assert first != second
    third = api.make("/um/groups", name="others")
    assert api.put(third, {"properties": {"name": "operators"}}).status == 202


# LANs


def test_a_lan_with_nics_stays(api: Api, dc: str) -> None:
    """[documented, 2026] Section 10.11; the code is inferred."""
    nic = api.make(f"{api.server(dc)}/nics", lan=1)
    reply = api.delete(f"{dc}/lans/1")
    assert told(reply) == [("200", "[nics] Cannot delete lan which contains nics")]
    assert api.get(f"{dc}/lans/1/nics/{ident(nic)}").status == 200
    assert api.delete(nic).status == 202
    assert api.delete(f"{dc}/lans/1").status == 202


@pytest.mark.parametrize("left", [[], None])
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_failover_group_with_a_slave_stays(api: Api, dc: str, method: str, left: Any) -> None:
    """[recorded, tf#432, 2023; tf#902, 2025] Until no slave NIC holds the address."""
    number = int(ident(api.make(f"{dc}/lans", public=True)))
    (ip,), lan = reserve(api), f"{dc}/lans/{number}"
    server = api.server(dc)
    master = api.make(f"{server}/nics", lan=number, ips=[ip])
    slave = api.make(f"{server}/nics", lan=number)
    group = [{"ip": ip, "nicUuid": ident(master)}]
    assert api.patch(lan, {"ipFailover": group}).status == 202
    assert api.patch(slave, {"ips": [ip]}).status == 202
    given = {"ipFailover": left, "public": True}
    body = given if method == "PATCH" else {"properties": given}
    text = f"Failover IP '{ip}' found in Slave NIC '{ident(slave)}'. IP failover settings cannot be deleted."
    assert told(api.call(method, lan, body)) == [("184", f"[(root).properties.ipFailover] {text}")]
    assert api.properties(lan)["ipFailover"] == group
    assert api.patch(slave, {"ips": []}).status == 202
    assert api.call(method, lan, body).status == 202
    assert api.properties(lan)["ipFailover"] == []


def test_as_many_ipv6_addresses_as_before(api: Api, dc: str) -> None:
    """[documented] Section 10.12: null on a change of block."""
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    nic = api.make(f"{api.server(dc)}/nics", lan=int(ident(lan)))
    own = api.properties(nic)["ipv6CidrBlock"].removesuffix("::/80").removesuffix("/80")
    block = api.properties(lan)["ipv6CidrBlock"].removesuffix("::/64")
    assert own.startswith(block)
    first, second = f"{block}:5::/80", f"{block}:6::/80"
    ips = [f"{block}:5::{number}" for number in (1, 2, 3)]
    assert api.patch(nic, {"ipv6CidrBlock": first, "ipv6Ips": ips}).status == 202
    assert api.properties(nic)["ipv6Ips"] == ips
    assert api.patch(nic, {"ipv6CidrBlock": second, "ipv6Ips": None}).status == 202
    found = api.properties(nic)["ipv6Ips"]
    assert (len(found), all(ip.startswith(f"{block}:6:") for ip in found)) == (3, True)


@pytest.mark.parametrize("version", [4, 5])
def test_old_versions_take_no_mac(api: Api, dc: str, version: int) -> None:
    """[documented] Section 10.12: not before v6; refused as what is read-only (7.1)."""
    old = Api(api.cloud, version)
    server = old.server(dc)
    given = {"lan": 1, "mac": "02:01:aa:bb:cc:dd"}
    assert told(old.post(f"{server}/nics", {"properties": given})) == [
        ("105", "[(root).properties.mac] Attribute is read-only")
    ]


def test_a_mac_on_creation(api: Api, dc: str) -> None:
    """[documented] Section 10.12: in v6."""
    nic = api.make(f"{api.server(dc)}/nics", lan=1, mac="02:01:0a:0b:0c:0d")
    assert api.properties(nic)["mac"] == "02:01:0a:0b:0c:0d"
