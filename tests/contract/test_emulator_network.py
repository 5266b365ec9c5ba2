# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LANs, NICs, addresses, firewall rules and load balancers of the emulated API."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

import pytest

from pocketvdc import Cloud
from pocketvdc.testing import Api, Clock, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"
PUBLIC = ip_network("203.0.113.0/24")


@pytest.fixture
def server(api: Api, dc: str) -> str:
    return api.server(dc)


def public_lan(api: Api, dc: str) -> int:
    return int(ident(api.make(f"{dc}/lans", public="true")))


def reserve(api: Api, size: int = 1, location: str = "de/fra") -> list[str]:
    ips: list[str] = api.properties(api.make("/ipblocks", location=location, size=size))["ips"]
    return ips


# LANs


def test_lan_numbers(api: Api, dc: str) -> None:
    assert [ident(api.make(f"{dc}/lans", name=name)) for name in "abc"] == ["1", "2", "3"]
    assert api.delete(f"{dc}/lans/2").status == 202
    assert ident(api.make(f"{dc}/lans")) == "2"
    assert ident(api.make(f"{api.datacenter()}/lans")) == "1"


def test_lan_values(api: Api, dc: str) -> None:
    reply = api.post(f"{dc}/lans", {"properties": {"public": "false"}})
    assert (reply.json["properties"]["public"], reply.json["properties"]["ipFailover"]) == (False, None)
    found = api.properties(f"{dc}/lans/{reply.id}")
    assert found["ipFailover"] == []
    assert IPv4Network(found["ipv4CidrBlock"]).subnet_of(IPv4Network("10.0.0.0/8"))
    group = [{"ip": "203.0.113.9", "nicUuid": NOWHERE}]
    assert api.properties(api.make(f"{dc}/lans", ipFailover=group))["ipFailover"] == []
    public = api.properties(api.make(f"{dc}/lans", public=True))
    assert (public["public"], public["ipv4CidrBlock"]) == (True, None)
    assert api.post(f"{dc}/lans", {"properties": {"public": "maybe"}}).status == 422


def test_unknown_lan_is_created_private(api: Api, dc: str, server: str) -> None:
    nic = api.make(f"{server}/nics", lan="7")
    assert api.properties(nic)["lan"] == 7
    assert api.properties(f"{dc}/lans/7")["public"] is False
    assert api.patch(nic, {"lan": 8}).status == 202
    assert api.get(f"{dc}/lans/7/nics").json["items"] == []
    assert [item["id"] for item in api.get(f"{dc}/lans/8/nics").json["items"]] == [ident(nic)]
    assert api.get(f"{dc}/lans/8/nics/{ident(nic)}").status == 200
    assert api.get(f"{dc}/lans/7/nics/{ident(nic)}").status == 404
    assert api.delete(f"{dc}/lans/8/nics/{ident(nic)}").status == 405


def test_private_addresses_share_the_subnet(api: Api, dc: str, server: str) -> None:
    nics = [api.make(f"{server}/nics", lan=1) for _rest in range(3)]
    subnet = ip_network(api.properties(f"{dc}/lans/1")["ipv4CidrBlock"])
    addresses = [api.properties(nic)["ips"] for nic in nics]
    assert len({ips[0] for ips in addresses}) == 3
    assert all(len(ips) == 1 and ip_address(ips[0]) in subnet for ips in addresses)
    macs = {api.properties(nic)["mac"] for nic in nics}
    assert len(macs) == 3 and all(len(mac) == 17 for mac in macs)


def test_lan_turns_public(api: Api, dc: str, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    fixed = api.make(f"{server}/nics", lan=1, ips=["10.1.1.1"])
    assert api.patch(f"{dc}/lans/1", {"public": True}).status == 202
    assert ip_address(api.properties(nic)["ips"][0]) in PUBLIC
    assert api.properties(fixed)["ips"] == ["10.1.1.1"]
    assert api.patch(f"{dc}/lans/1", {"public": False}).status == 202
    assert api.properties(nic)["ips"][0].startswith("10.")


def test_nics_move_into_a_lan(api: Api, dc: str, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    body = {"properties": {"name": "lan"}, "entities": {"nics": {"items": [{"id": ident(nic)}]}}}
    reply = api.post(f"{dc}/lans", body)
    assert [item["id"] for item in reply.json["entities"]["nics"]["items"]] == [ident(nic)]
    assert api.properties(nic)["lan"] == int(reply.id)
    moved = api.post(f"{dc}/lans/1/nics", {"id": ident(nic)})
    assert (moved.status, moved.json["type"], api.properties(nic)["lan"]) == (202, "nic", 1)
    assert api.post(f"{dc}/lans/1/nics", {"id": NOWHERE}).status == 404


def test_lan_in_use_stays(api: Api, dc: str, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    reply = api.delete(f"{dc}/lans/1")
    assert (reply.status, reply.codes) == (422, ["200"])
    api.cloud.settings.provision_seconds = 5
    assert api.delete(nic).status == 202
    # The NIC is on its way out, so the LAN may follow.
    assert api.delete(f"{dc}/lans/1").status == 202


def test_failover_group(api: Api, dc: str, server: str) -> None:
    number, (ip,) = public_lan(api, dc), reserve(api)
    nic = api.make(f"{server}/nics", lan=number, ips=[ip])
    lan = f"{dc}/lans/{number}"
    assert api.patch(lan, {"ipFailover": [{"ip": ip, "nicUuid": ident(nic)}]}).status == 202
    assert api.properties(lan)["ipFailover"] == [{"ip": ip, "nicUuid": ident(nic)}]
    assert api.patch(lan, {"name": "kept"}).status == 202
    assert len(api.properties(lan)["ipFailover"]) == 1
    api.delete(nic)
    assert api.properties(lan)["ipFailover"] == []


def test_a_failover_group_ends_with_its_address(api: Api, dc: str, server: str) -> None:
    number, (ip, other) = public_lan(api, dc), reserve(api, 2)
    nic, lan = api.make(f"{server}/nics", lan=number, ips=[ip]), f"{dc}/lans/{number}"
    group = [{"ip": ip, "nicUuid": ident(nic)}]
    assert api.patch(lan, {"ipFailover": group}).status == 202
    assert "LAN 1 is private" in api.patch(lan, {"public": False}).message
    assert api.patch(nic, {"ips": [ip, other]}).status == 202
    assert api.properties(lan)["ipFailover"] == group
    assert api.patch(nic, {"ips": [other]}).status == 202
    assert api.properties(lan)["ipFailover"] == []
    assert api.patch(lan, {"public": False}).status == 202


def test_refused_failover_groups(api: Api, dc: str, server: str) -> None:
    number, (ip,) = public_lan(api, dc), reserve(api)
    lan = f"{dc}/lans/{number}"
    nic = api.make(f"{server}/nics", lan=number)
    private = api.make(f"{server}/nics", lan=9)
    for group in (
        {"ip": ip, "nicUuid": ident(nic)},
        {"ip": ip, "nicUuid": NOWHERE},
        {"ip": api.properties(nic)["ips"][0], "nicUuid": ident(nic)},
        {"ip": ip},
    ):
        assert api.patch(lan, {"ipFailover": [group]}).status == 422
    group = {"ip": api.properties(private)["ips"][0], "nicUuid": ident(private)}
    assert api.patch(f"{dc}/lans/9", {"ipFailover": [group]}).codes == ["200"]


def test_ipv6_lan(api: Api, dc: str) -> None:
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    block = ip_network(api.properties(lan)["ipv6CidrBlock"])
    around = ip_network(api.properties(dc)["ipv6CidrBlock"])
    assert (block.prefixlen, around.prefixlen) == (64, 56)
    assert block.subnet_of(around)  # type: ignore[arg-type]


def test_ipv6_blocks_of_lans(api: Api, dc: str) -> None:
    lans = f"{dc}/lans"
    first = api.make(lans, ipv6CidrBlock="AUTO")
    around = ip_network(api.properties(dc)["ipv6CidrBlock"])
    assert isinstance(around, IPv6Network)
    taken, *_rest, last = map(str, around.subnets(new_prefix=64))
    assert api.properties(first)["ipv6CidrBlock"] == taken
    for block, text in (
        (taken, "belongs to another LAN"),
        ("2001:db8:ffff::/64", "not a /64 block inside"),
        (str(around), "not a /64 block inside"),
        ("nonsense", "is not an IPv6 block"),
    ):
        assert text in api.post(lans, {"properties": {"ipv6CidrBlock": block}}).message
    second = api.make(lans, ipv6CidrBlock=last)
    assert api.patch(second, {"ipv6CidrBlock": "AUTO"}).status == 202
    assert api.properties(second)["ipv6CidrBlock"] == last
    assert api.patch(second, {"name": "same block", "ipv6CidrBlock": last}).status == 202
    assert api.patch(second, {"ipv6CidrBlock": None}).status == 202
    assert api.properties(second)["ipv6CidrBlock"] is None
    assert "ipv6CidrBlock" not in Api(api.cloud, 5).properties(first)


def test_ipv6_of_nics(api: Api, dc: str, server: str) -> None:
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    number = int(ident(lan))

    def ipv6(nic: str) -> tuple[Any, Any, Any]:
        found = api.properties(nic)
        return found["ipv6CidrBlock"], found["ipv6Ips"], found["dhcpv6"]

    one, two = (api.make(f"{server}/nics", lan=number) for _each in range(2))
    for nic in (one, two):
        block, (ip,), dhcp = ipv6(nic)
        network = ip_network(block)
        assert (network.prefixlen, dhcp) == (80, True)
        assert network.subnet_of(ip_network(api.properties(lan)["ipv6CidrBlock"]))  # type: ignore[arg-type]
        assert ip_address(ip) in network
    assert ipv6(one)[0] != ipv6(two)[0]
    own = str(ip_network(ipv6(one)[0]).network_address + 0x99)
    assert api.patch(one, {"ipv6Ips": [own], "dhcpv6": False}).status == 202
    assert ipv6(one)[1:] == ([own], False)
    assert api.patch(one, {"name": "kept"}).status == 202
    assert ipv6(one)[1:] == ([own], False)
    plain = api.make(f"{server}/nics", lan=77)
    assert ipv6(plain) == (None, None, None)
    assert api.patch(one, {"lan": 77}).status == 202
    assert ipv6(one) == (None, None, None)
    assert api.patch(lan, {"ipv6CidrBlock": None}).status == 202
    assert ipv6(two) == (None, None, None)
    assert api.patch(lan, {"ipv6CidrBlock": "AUTO"}).status == 202
    assert len(ipv6(two)[1]) == 1
    assert Api(api.cloud, 5).properties(two).keys().isdisjoint({"ipv6Ips", "ipv6CidrBlock", "dhcpv6"})


def test_refused_ipv6_of_nics(api: Api, dc: str, server: str) -> None:
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    block = ip_network(api.properties(lan)["ipv6CidrBlock"])
    assert isinstance(block, IPv6Network)
    first, second, *_rest = block.subnets(new_prefix=80)
    for values, text in (
        ({"lan": 7, "dhcpv6": True}, "LAN 7 has no IPv6 block"),
        ({"lan": 7, "ipv6Ips": ["2001:db8::1"]}, "LAN 7 has no IPv6 block"),
        ({"ipv6CidrBlock": str(block)}, "is not a /80 block inside"),
        ({"ipv6CidrBlock": "2001:db8:ffff::/80"}, "is not a /80 block inside"),
        ({"ipv6Ips": ["10.0.0.1"]}, "is not an IPv6 address inside"),
        ({"ipv6CidrBlock": str(first), "ipv6Ips": [str(second[1])]}, "is not an IPv6 address inside"),
        ({"ipv6Ips": [str(first[i]) for i in range(51)]}, "50 addresses at most"),
    ):
        reply = api.post(f"{server}/nics", {"properties": {"lan": 1, **values}})
        assert reply.status == 422
        assert text in reply.message
    nic = api.make(f"{server}/nics", lan=1, ipv6CidrBlock=str(second), ipv6Ips=[str(second[9])], dhcpv6=False)
    found = api.properties(nic)
    assert (found["ipv6CidrBlock"], found["ipv6Ips"], found["dhcpv6"]) == (
        str(second), [str(second[9])], False,
    )  # fmt: skip
    assert "inside the NIC's block" in api.patch(nic, {"ipv6Ips": [str(first[1])]}).message


def test_ipv6_in_a_composite(api: Api) -> None:
    nic = {"properties": {"lan": 1, "dhcpv6": True}}
    server = {"properties": {"cores": 1, "ram": 1024}, "entities": {"nics": {"items": [nic]}}}
    lans: list[dict[str, Any]] = [{"properties": {"name": "plain"}}]
    body = {
        "properties": {"location": "de/fra"},
        "entities": {"servers": {"items": [server]}, "lans": {"items": lans}},
    }
    assert "LAN 1 has no IPv6 block" in api.post("/datacenters", body).message
    lans[0]["properties"]["ipv6CidrBlock"] = "AUTO"
    dc = f"/datacenters/{api.post('/datacenters', body).id}"
    (found,) = api.get(f"{dc}/lans/1/nics?depth=1").json["items"]
    assert len(found["properties"]["ipv6Ips"]) == 1


# NICs


def test_nic_values(api: Api, server: str) -> None:
    reply = api.post(f"{server}/nics", {"properties": {"lan": 1}})
    sent = reply.json["properties"]
    assert (sent["ips"], sent["dhcp"], sent["firewallActive"], sent["firewallType"]) == (
        None,
        True,
        False,
        "INGRESS",
    )
    v4 = Api(api.cloud, 4)
    made = v4.post(f"{server}/nics", {"properties": {"lan": 1, "dhcp": False}})
    assert made.json["properties"]["nat"] is None
    nic = f"{server}/nics/{made.id}"
    assert (v4.properties(nic)["nat"], v4.properties(nic)["dhcp"]) == (False, False)
    assert v4.patch(nic, {"nat": True}).status == 202
    assert v4.properties(nic)["nat"] is True


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "[(root).properties.lan] Attribute 'lan' is required"),
        ({"lan": 0}, "'lan' must not be less than 1"),
        ({"lan": "one"}, "'lan' must be an integer"),
        ({"lan": 1, "ips": ["1.2.3.4"]}, "not reserved"),
        ({"lan": 1, "ips": ["10.1.1"]}, "not a valid IPv4 address"),
        ({"lan": 1, "dhcp": "perhaps"}, "'dhcp' must be a boolean"),
        ({"lan": 1, "firewallType": "BOTH"}, "[INGRESS, EGRESS, BIDIRECTIONAL]"),
        ({"lan": 1, "mac": "xx"}, "not a valid MAC"),
    ],
)
def test_refused_nics(api: Api, dc: str, server: str, body: dict[str, Any], text: str) -> None:
    reply = api.post(f"{server}/nics", {"properties": body})
    assert reply.status == 422
    assert text in reply.message
    assert api.get(f"{dc}/lans").json["items"] == []


def test_patch_takes_any_subset(api: Api, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    ips = api.properties(nic)["ips"]
    assert api.patch(nic, {"name": "renamed"}).status == 202
    assert (api.properties(nic)["name"], api.properties(nic)["ips"]) == ("renamed", ips)
    assert api.patch(nic, {"lan": None}).status == 422
    assert api.patch(nic, {"ips": ["10.9.9.9", "192.168.1.1"]}).status == 202
    assert api.properties(nic)["ips"] == ["10.9.9.9", "192.168.1.1"]
    assert api.patch(nic, {"ips": []}).status == 202
    assert len(api.properties(nic)["ips"]) == 1
    assert api.put(nic, {"properties": {"lan": 1}}).status == 202
    assert api.properties(nic)["name"] == "renamed"
    assert api.put(nic, {"properties": {"lan": 1, "mac": api.properties(nic)["mac"]}}).status == 202


def test_dynamic_public_addresses_are_freed(api: Api, dc: str, server: str) -> None:
    number = public_lan(api, dc)
    taken = set()
    for _each in range(3):
        nic = api.make(f"{server}/nics", lan=number)
        taken.add(api.properties(nic)["ips"][0])
        api.delete(nic)
    assert len(taken) == 3
    api.cloud.settle()
    assert not api.cloud.addresses.public.used


# IP blocks


def test_ipblock(api: Api, dc: str, server: str) -> None:
    reply = api.post("/ipblocks", {"properties": {"name": None, "location": "de/fra", "size": "2"}})
    assert (reply.status, reply.json["properties"]["size"]) == (202, 2)
    ips = reply.json["properties"]["ips"]
    assert len(ips) == 2 and all(ip_address(ip) in PUBLIC for ip in ips)
    assert reply.json["properties"]["name"].startswith("IP_BLOCK_")
    block, number = f"/ipblocks/{reply.id}", public_lan(api, dc)
    nic = api.make(f"{server}/nics", lan=number, ips=[ips[0]])
    used = api.properties(block)["ipConsumers"]
    assert [(c["ip"], c["nicId"], c["serverId"], c["datacenterId"]) for c in used] == [
        (ips[0], ident(nic), ident(server), ident(dc))
    ]
    assert used[0]["mac"] == api.properties(nic)["mac"]
    refused = api.delete(block)
    assert (refused.status, refused.codes) == (422, ["200"])
    assert refused.message == f"[VDC-5-1080] IP {ips[0]} is still in use."
    assert api.patch(block, {"name": "renamed"}).status == 202
    assert api.patch(block, {"size": 3}).status == 422
    api.delete(nic)
    assert api.properties(block)["ipConsumers"] == []
    assert api.delete(block).status == 202
    assert api.get(block).status == 404


def test_refused_ipblocks(api: Api) -> None:
    reply = api.post("/ipblocks", {"properties": {"size": 1}})
    assert reply.message == "[(root).properties.location] Attribute 'location' is required"
    for body in (
        {"location": "de/fra"},
        {"location": "xx/yyy", "size": 1},
        {"location": "de/fra", "size": 0},
        {"location": "de/fra", "size": 100000},
    ):
        assert api.post("/ipblocks", {"properties": body}).status == 422


def test_reserved_addresses_belong_to_a_location(api: Api, dc: str, server: str) -> None:
    (ip,) = reserve(api, location="us/las")
    reply = api.post(f"{server}/nics", {"properties": {"lan": public_lan(api, dc), "ips": [ip]}})
    assert "us/las" in reply.message


def test_addresses_are_given_out_once(api: Api, dc: str, server: str) -> None:
    number = public_lan(api, dc)
    nics = [api.make(f"{server}/nics", lan=number) for _rest in range(5)]
    dynamic = [api.properties(nic)["ips"][0] for nic in nics]
    other = Api(api.cloud, login="other-token")
    everything = dynamic + reserve(api, 3) + reserve(other, 3)
    assert len(set(everything)) == 11


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("ips", [[], None])
def test_an_automatic_address_is_no_change(api: Api, dc: str, public: bool, ips: list[str] | None) -> None:
    """(inferred) 10.12: [] and null ask for an automatic address, which a NIC that has one keeps."""
    lan = api.make(f"{dc}/lans", public=public)
    nic = api.make(f"{api.server(dc)}/nics", lan=int(ident(lan)))
    before = api.properties(nic)["ips"]
    assert len(before) == 1
    assert api.patch(nic, {"name": "renamed", "ips": ips}).json["properties"]["ips"] == before
    assert api.properties(nic)["ips"] == before
    assert api.put(nic, {"properties": {"lan": int(ident(lan)), "ips": ips}}).status == 202
    assert api.properties(nic)["ips"] == before
    assert api.patch(nic, {"lan": 77, "ips": ips}).status == 202
    assert api.properties(nic)["ips"] not in (before, [])


def test_loopback_net_spares_the_machine(server: str) -> None:
    api = Api(Cloud(public_net="127.0.0.0/8"))
    assert all(ip_address(ip) not in ip_network("127.0.0.0/24") for ip in reserve(api, 20))


def test_more_servers_than_documentation_addresses() -> None:
    api = Api(Cloud(clock=Clock()))
    nic = {"properties": {"lan": 1}}
    servers = [
        {"properties": {"cores": 1, "ram": 1024}, "entities": {"nics": {"items": [nic]}}}
        for _rest in range(300)
    ]
    body = {
        "properties": {"location": "de/fra"},
        "entities": {"lans": {"items": [{"properties": {"public": True}}]}, "servers": {"items": servers}},
    }
    dc = f"/datacenters/{api.post('/datacenters', body).id}"
    members = api.get(f"{dc}/lans/1/nics?depth=1").json["items"]
    assert len({item["properties"]["ips"][0] for item in members}) == 300


# Firewall rules


@pytest.mark.parametrize(
    ("body", "version", "code", "text"),
    [
        ({}, 5, "100", "[(root).properties.protocol] Attribute 'protocol' is required"),
        ({"protocol": "SMTP"}, 4, "109", "Expected one of [TCP, UDP, ICMP, ANY]"),
        ({"protocol": "GRE"}, 5, "109", "Expected one of [TCP, UDP, ICMP, ANY]"),
        ({"protocol": "TCP", "portRangeStart": 22}, 6, "100", "must be set together"),
        ({"protocol": "TCP", "portRangeStart": 30, "portRangeEnd": 22}, 6, "100", "must not be greater than"),
        ({"protocol": "TCP", "portRangeStart": 0, "portRangeEnd": 22}, 6, "100", "must not be less than 1"),
        ({"protocol": "TCP", "portRangeStart": 1, "portRangeEnd": 65535}, 5, "100", "greater than 65534"),
        ({"protocol": "TCP", "portRangeStart": 1, "portRangeEnd": 65536}, 6, "100", "greater than 65535"),
        (
            {"protocol": "ICMP", "portRangeStart": 1, "portRangeEnd": 2},
            6,
            "100",
            "not allowed for protocol ICMP",
        ),
        ({"protocol": "TCP", "icmpType": 8}, 6, "100", "not allowed for protocol TCP"),
        ({"protocol": "ICMP", "icmpType": 255}, 6, "100", "greater than 254"),
        ({"protocol": "ICMP", "icmpCode": -1}, 6, "100", "less than 0"),
        ({"protocol": "TCP", "sourceMac": "zz"}, 6, "100", "not a valid MAC"),
        ({"protocol": "TCP", "sourceIp": "1.2.3"}, 6, "100", "not a valid IP address"),
        ({"protocol": "TCP", "type": "SIDEWAYS"}, 6, "109", "[INGRESS, EGRESS]"),
        ({"protocol": "TCP", "ipVersion": "IPv6", "sourceIp": "10.0.0.1"}, 6, "100", "no IPv6 address"),
        (
            {"protocol": "TCP", "sourceIp": "10.0.0.1", "targetIp": "2001:db8::1"},
            6,
            "100",
            "of one IP version",
        ),
        ({"protocol": "TCP", "sourceIp": "10.0.0.0/24"}, 5, "100", "not a valid IP address"),
    ],
)
def test_refused_rules(
    api: Api, server: str, body: dict[str, Any], version: int, code: str, text: str
) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    reply = Api(api.cloud, version).post(f"{nic}/firewallrules", {"properties": body})
    assert (reply.status, reply.codes[0]) == (422, code)
    assert text in reply.message


def test_rule(api: Api, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    reply = api.post(
        f"{nic}/firewallrules", {"properties": {"protocol": "ICMP", "icmpType": "0", "icmpCode": 0}}
    )
    assert (reply.json["type"], reply.json["properties"]["type"]) == ("firewall-rule", None)
    rule = f"{nic}/firewallrules/{reply.id}"
    found = api.properties(rule)
    assert (found["icmpType"], found["icmpCode"], found["type"], found["ipVersion"]) == (
        0,
        0,
        "INGRESS",
        "IPv4",
    )
    assert api.properties(nic)["firewallActive"] is False
    assert "is immutable" in api.patch(rule, {"protocol": "TCP"}).message
    assert api.patch(rule, {"sourceIp": "10.1.1.0/24", "name": "ping"}).status == 202
    assert api.patch(rule, {"sourceIp": None}).status == 202
    assert (api.properties(rule)["sourceIp"], api.properties(rule)["name"]) == (None, "ping")
    assert api.patch(rule, {"portRangeStart": 1, "portRangeEnd": 2}).status == 422
    assert api.delete(rule).status == 202
    assert api.get(rule).status == 404


# Load balancers


def test_balancer(api: Api, dc: str, server: str) -> None:
    one, two = api.make(f"{server}/nics", lan=1), api.make(f"{server}/nics", lan=2)
    body = {
        "properties": {"name": "lb", "dhcp": "true"},
        "entities": {"balancednics": {"items": [{"id": ident(one)}]}},
    }
    reply = api.post(f"{dc}/loadbalancers", body)
    assert reply.json["properties"]["dhcp"] is True
    assert [n["id"] for n in reply.json["entities"]["balancednics"]["items"]] == [ident(one)]
    balancer = f"{dc}/loadbalancers/{reply.id}"
    ip = api.properties(balancer)["ip"]
    assert api.properties(one)["ips"] == [ip]
    added = api.post(f"{balancer}/balancednics", {"id": ident(two)})
    assert (added.status, added.json["type"], added.id) == (202, "nic", ident(two))
    assert (api.properties(two)["ips"], api.properties(two)["lan"]) == ([ip], 1)
    (reserved,) = reserve(api)
    assert api.patch(one, {"ips": ["10.1.1.1"]}).codes == ["200"]
    assert api.patch(balancer, {"ip": reserved, "name": "renamed"}).status == 202
    assert api.properties(one)["ips"] == [reserved]
    assert api.get(f"{balancer}/balancednics/{ident(two)}").status == 200
    assert api.delete(f"{balancer}/balancednics/{ident(two)}").status == 202
    assert api.get(f"{balancer}/balancednics/{ident(two)}").status == 404
    assert api.properties(two)["ips"] not in ([], [reserved])
    assert api.delete(balancer).status == 202
    assert api.get(one).status == 200
    assert reserved not in api.properties(one)["ips"]
    assert len(api.properties(one)["ips"]) == 1


def test_balancer_of_nothing(api: Api, dc: str) -> None:
    balancer = api.make(f"{dc}/loadbalancers")
    assert ip_address(api.properties(balancer)["ip"]) in PUBLIC
    assert api.get(f"{balancer}/balancednics").json["items"] == []
    assert api.post(f"{balancer}/balancednics", {"id": NOWHERE}).status == 404
    assert api.post(f"{dc}/loadbalancers", {"properties": {"ip": "8.8.8.8"}}).status == 422
    assert api.delete(balancer).status == 202
    api.cloud.settle()
    assert not api.cloud.addresses.public.used


def test_deleted_nic_leaves_its_balancer(api: Api, dc: str, server: str) -> None:
    nic = api.make(f"{server}/nics", lan=1)
    body = {"properties": {}, "entities": {"balancednics": {"items": [{"id": ident(nic)}]}}}
    balancer = f"{dc}/loadbalancers/{api.post(f'{dc}/loadbalancers', body).id}"
    api.delete(nic)
    assert api.get(f"{balancer}/balancednics").json["items"] == []


# Security groups


def test_security_groups(api: Api, dc: str, server: str) -> None:
    rule = {"properties": {"protocol": "TCP", "portRangeStart": 22, "portRangeEnd": 22}}
    body = {"properties": {"name": "ssh"}, "entities": {"rules": {"items": [rule]}}}
    group = f"{dc}/securitygroups/{api.post(f'{dc}/securitygroups', body).id}"
    assert len(api.get(f"{group}/rules").json["items"]) == 1
    assert api.put(group, {"properties": {"name": "ssh"}}).status == 202
    assert len(api.get(f"{group}/rules").json["items"]) == 1
    rules = {"items": [{"properties": {"protocol": name}} for name in ("ICMP", "GRE")]}
    assert api.put(group, {"properties": {"name": "other"}, "entities": {"rules": rules}}).status == 202
    found = api.get(f"{group}/rules?depth=1").json["items"]
    assert [item["properties"]["protocol"] for item in found] == ["ICMP", "GRE"]
    bad = {"items": [{"properties": {"protocol": "SMTP"}}]}
    assert api.put(group, {"properties": {"name": "x"}, "entities": {"rules": bad}}).status == 422
    reply = api.put(f"{server}/securitygroups", {"ids": [ident(group)]})
    assert reply.status == 202
    assert [item["id"] for item in reply.json["items"]] == [ident(group)]
    entities = api.get(f"{group}?depth=1").json["entities"]
    assert [item["id"] for item in entities["servers"]["items"]] == [ident(server)]
    assert api.put(f"{server}/securitygroups", {"ids": [NOWHERE]}).status == 422
    assert api.put(f"{server}/securitygroups", {"ids": []}).status == 202
    assert api.get(f"{group}?depth=1").json["entities"]["servers"]["items"] == []
    reply = api.post(
        "/datacenters", {"properties": {"location": "de/fra", "createDefaultSecurityGroup": True}}
    )
    assert api.properties(f"/datacenters/{reply.id}")["defaultSecurityGroupId"] is not None
    default = f"/datacenters/{reply.id}"
    group = api.properties(default)["defaultSecurityGroupId"]
    assert api.delete(f"{default}/securitygroups/{group}").status == 202
    assert api.properties(default)["defaultSecurityGroupId"] is None


def test_default_security_group_of_an_update(api: Api, dc: str) -> None:
    group = ident(api.make(f"{dc}/securitygroups", name="wall"))
    both = {"createDefaultSecurityGroup": True, "defaultSecurityGroupId": group}
    assert "exclude each other" in api.patch(dc, both).message
    assert api.patch(dc, {"createDefaultSecurityGroup": False}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] is None
    assert api.patch(dc, {"createDefaultSecurityGroup": True}).status == 202
    made = api.properties(dc)["defaultSecurityGroupId"]
    assert made not in (None, group)
    assert api.properties(f"{dc}/securitygroups/{made}")["name"] == "Default"
    assert "createDefaultSecurityGroup" not in api.properties(dc)
    assert api.patch(dc, {"createDefaultSecurityGroup": True}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] == made
    assert api.patch(dc, {"defaultSecurityGroupId": group}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] == group
    assert api.patch(dc, {"defaultSecurityGroupId": NOWHERE}).status == 422


def test_limits_of_security_groups(api: Api, dc: str, server: str) -> None:
    limits = {"securityGroupsPerVdc": 2, "securityGroupsPerResource": 1, "rulesPerSecurityGroup": 2}
    assert api.post("/_emulator/settings", {"limits": limits}).status == 200
    rules = {"items": [{"properties": {"protocol": "ICMP"}} for _each in range(3)]}
    group = {"properties": {"name": "g"}, "entities": {"rules": rules}}
    reply = api.post(f"{dc}/securitygroups", group)
    assert (reply.status, reply.codes) == (422, ["200"])
    rules["items"].pop()
    first = f"{dc}/securitygroups/{api.post(f'{dc}/securitygroups', group).id}"
    assert "more than 2 rules" in api.post(f"{first}/rules", {"properties": {"protocol": "TCP"}}).message
    nic = api.make(f"{server}/nics", lan=1)
    for _each in range(3):
        api.make(f"{nic}/firewallrules", protocol="TCP")
    second = api.make(f"{dc}/securitygroups", name="h")
    assert "more than 2 security groups" in api.post(f"{dc}/securitygroups", group).message
    assert (
        "more than 1" in api.put(f"{server}/securitygroups", {"ids": [ident(first), ident(second)]}).message
    )
    composite = {
        "properties": {"location": "de/fra"},
        "entities": {"securitygroups": {"items": [{"properties": {"name": name}} for name in "abc"]}},
    }
    assert api.post("/datacenters", composite).codes == ["200"]
