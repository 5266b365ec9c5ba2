# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAT gateways, load balancers, target groups and flow logs of the emulated API, and what they refer to."""

from __future__ import annotations

from ipaddress import ip_interface, ip_network
from typing import Any

import pytest

from pocketvdc.testing import Api, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"
TARGET = {"ip": "10.1.1.1", "port": 80, "weight": 1}


@pytest.fixture
def dc(api: Api) -> str:
    """A data center with a public LAN 1 and a private LAN 2."""
    path = api.datacenter()
    for public in (True, False):
        api.make(f"{path}/lans", public=public)
    return path


def reserve(api: Api, size: int = 1, location: str = "de/fra") -> tuple[str, list[str]]:
    block = api.make("/ipblocks", location=location, size=size)
    return block, api.properties(block)["ips"]


def refused(api: Api, path: str, values: dict[str, Any]) -> str:
    """The text of the refusal of a creation, which leaves nothing behind."""
    before = api.get(path).json["items"]
    reply = api.post(path, {"properties": values})
    assert reply.status == 422, reply.text
    assert api.get(path).json["items"] == before
    return reply.message


# NAT gateways


@pytest.fixture
def nat(api: Api, dc: str) -> str:
    return api.make(f"{dc}/natgateways", name="nat", publicIps=reserve(api)[1], lans=[{"id": 2}])


def test_gateway(api: Api, dc: str, nat: str) -> None:
    found = api.get(f"{nat}?depth=1").json
    (lan,) = found["properties"]["lans"]
    subnet = ip_network(api.properties(f"{dc}/lans/2")["ipv4CidrBlock"])
    assert (found["type"], found["metadata"]["state"], lan["id"]) == ("natgateway", "AVAILABLE", 2)
    assert [ip_interface(ip).network for ip in lan["gatewayIps"]] == [subnet]
    assert set(found["entities"]) == {"rules", "flowlogs"}
    own = [{"id": 2, "gatewayIps": ["10.7.7.1/24"]}]
    assert api.patch(nat, {"lans": own}).status == 202
    assert api.properties(nat)["lans"] == own
    assert api.patch(nat, {"lans": [{"id": 2}]}).status == 202
    assert api.properties(nat)["lans"] == [lan]
    assert api.patch(nat, {"lans": []}).status == 202
    assert api.properties(nat)["lans"] == []


def test_refused_gateways(api: Api, dc: str) -> None:
    _block, (ip, used) = reserve(api, 2)
    _rest, (elsewhere,) = reserve(api, 1, "us/las")
    path = f"{dc}/natgateways"
    api.make(path, name="first", publicIps=[used])
    for values, text in (
        ({"publicIps": []}, "at least one"),
        ({"publicIps": ["198.51.100.7"]}, "not reserved"),
        ({"publicIps": ["10.0.0.1"]}, "is private"),
        ({"publicIps": [elsewhere]}, "us/las"),
        ({"publicIps": [used]}, f"IP {used} is still in use"),
        ({"publicIps": [ip], "lans": [{"id": 9}]}, "LAN 9 does not exist"),
        ({"publicIps": [ip], "lans": [{"id": 1}]}, "LAN 1 is public"),
        ({"publicIps": [ip], "lans": [{}]}, "'id' is required"),
        ({"publicIps": [ip], "lans": [{"id": 2}, {"id": "2"}]}, "LAN 2 is there more than once"),
        ({"publicIps": [ip], "lans": [{"id": 2, "gatewayIps": ["10.0.0"]}]}, "not an IP address"),
    ):
        assert text in refused(api, path, {"name": "nat", **values})
    gateway = api.make(path, name="nat", publicIps=[ip])
    assert api.patch(gateway, {"publicIps": [elsewhere]}).status == 422
    assert api.properties(gateway)["publicIps"] == [ip]


def test_gateway_rules(api: Api, nat: str) -> None:
    (ip,) = api.properties(nat)["publicIps"]
    path = f"{nat}/rules"
    sound = {"name": "r", "sourceSubnet": "10.0.0.0/24", "publicIp": ip}
    rule = api.make(path, **sound)
    found = api.properties(rule)
    assert (found["type"], found["protocol"], found["targetPortRange"]) == ("SNAT", "ALL", None)
    for values, text in (
        ({"publicIp": "203.0.113.99"}, "no public IP address of the NAT gateway"),
        ({"sourceSubnet": "10.0.0.1/33"}, "is not a subnet"),
        ({"targetSubnet": "all"}, "is not a subnet"),
        ({"protocol": "GRE"}, "[TCP, UDP, ICMP, ALL]"),
        ({"protocol": "ICMP", "targetPortRange": {"start": 1, "end": 2}}, "not allowed for protocol ICMP"),
        ({"protocol": "TCP", "targetPortRange": {"start": 1}}, "must be set together"),
        ({"protocol": "TCP", "targetPortRange": {"start": 3, "end": 2}}, "must not be greater"),
        ({"protocol": "TCP", "targetPortRange": {"start": 0, "end": 2}}, "must not be less than 1"),
    ):
        assert text in refused(api, path, {**sound, **values})
    ports = {"protocol": "TCP", "targetPortRange": {"start": 80, "end": 81}}
    assert api.patch(rule, ports).status == 202
    assert "ICMP" in api.patch(rule, {"protocol": "ICMP"}).message
    # The address of a rule stays with its gateway.
    other = reserve(api)[1]
    assert api.patch(nat, {"publicIps": other}).codes == ["200"]
    assert api.delete(rule).status == 202
    assert api.patch(nat, {"publicIps": other}).status == 202


def test_a_composite_with_a_gateway(api: Api) -> None:
    _block, (ip,) = reserve(api)
    rule = {"properties": {"name": "r", "sourceSubnet": "10.0.0.0/24", "publicIp": ip}}
    gateway = {
        "properties": {"name": "nat", "publicIps": [ip], "lans": [{"id": 1}]},
        "entities": {"rules": {"items": [rule]}},
    }
    balancer = {"properties": {"name": "nlb", "listenerLan": 1, "targetLan": 3}}
    server = {
        "properties": {"cores": 1, "ram": 1024},
        "entities": {"nics": {"items": [{"properties": {"lan": 3}}]}},
    }
    entities = {
        "lans": {"items": [{"properties": {"public": False}}]},
        "natgateways": {"items": [gateway]},
        "networkloadbalancers": {"items": [balancer]},
    }
    body = {"properties": {"location": "de/fra"}, "entities": entities}
    assert "LAN 3 does not exist" in api.post("/datacenters", body).message
    entities["servers"] = {"items": [server]}
    dc = f"/datacenters/{api.post('/datacenters', body).id}"
    (found,) = api.get(f"{dc}/natgateways?depth=3").json["items"]
    assert found["entities"]["rules"]["items"][0]["properties"]["publicIp"] == ip
    (nlb,) = api.get(f"{dc}/networkloadbalancers?depth=1").json["items"]
    assert len(nlb["properties"]["lbPrivateIps"]) == 1


# Who uses an address


@pytest.mark.parametrize(
    ("collection", "values", "holding"),
    [
        ("natgateways", {"name": "n"}, "publicIps"),
        ("networkloadbalancers", {"name": "n", "listenerLan": 1, "targetLan": 2}, "ips"),
        ("applicationloadbalancers", {"name": "n", "listenerLan": 1, "targetLan": 2}, "ips"),
    ],
)
def test_addresses_in_use(api: Api, dc: str, collection: str, values: dict[str, Any], holding: str) -> None:
    block, ips = reserve(api, 2)
    gateway = api.make(f"{dc}/{collection}", **{**values, holding: ips[:1]})

    def consumers() -> list[tuple[Any, ...]]:
        found = api.properties(block)["ipConsumers"]
        return [
            (entry["ip"], entry["datacenterId"], entry["nicId"], entry["k8sClusterUuid"]) for entry in found
        ]

    def in_use() -> int:
        limits = api.get("/contracts").json["items"][0]["properties"]["resourceLimits"]
        return int(limits["reservedIpsInUse"])

    assert (consumers(), in_use()) == ([(ips[0], ident(dc), None, None)], 1)
    assert api.delete(block).message == f"[VDC-5-1080] IP {ips[0]} is still in use."
    assert api.patch(gateway, {holding: ips}).status == 202
    assert (len(consumers()), in_use()) == (2, 2)
    assert api.patch(gateway, {holding: ips[1:]}).status == 202
    assert [entry[0] for entry in consumers()] == [ips[1]]
    assert api.delete(gateway).status == 202
    assert (consumers(), in_use()) == ([], 0)
    assert api.delete(block).status == 202


def test_a_deleted_data_center_frees_addresses(api: Api, dc: str, nat: str) -> None:
    block, ips = reserve(api, 3)
    for kind, ip in zip(("networkloadbalancers", "applicationloadbalancers"), ips, strict=False):
        api.make(f"{dc}/{kind}", name="b", listenerLan=1, targetLan=2, ips=[ip])
    api.make(f"{dc}/loadbalancers", ip=ips[2])
    assert len(api.properties(block)["ipConsumers"]) == 3
    assert api.delete(dc).status == 202
    assert api.properties(block)["ipConsumers"] == []
    assert api.delete(block).status == 202


def test_a_classic_balancer_uses_its_address(api: Api, dc: str) -> None:
    block, (ip,) = reserve(api)
    balancer = api.make(f"{dc}/loadbalancers", ip=ip)
    assert [entry["ip"] for entry in api.properties(block)["ipConsumers"]] == [ip]
    nic = api.make(f"{api.server(dc)}/nics", lan=2)
    api.post(f"{balancer}/balancednics", {"id": ident(nic)})
    assert [entry["nicId"] for entry in api.properties(block)["ipConsumers"]] == [ident(nic)]
    api.delete(balancer)
    assert api.properties(block)["ipConsumers"] == []


# Load balancers


KINDS = pytest.mark.parametrize("kind", ["networkloadbalancers", "applicationloadbalancers"])


@KINDS
def test_balancer(api: Api, dc: str, kind: str) -> None:
    _block, ips = reserve(api)
    balancer = api.make(f"{dc}/{kind}", name="b", listenerLan=1, targetLan=2, ips=ips)
    found = api.properties(balancer)
    assert (found["ips"], found["centralLogging"]) == (ips, False)
    subnet = ip_network(api.properties(f"{dc}/lans/2")["ipv4CidrBlock"])
    assert [ip_interface(ip).network for ip in found["lbPrivateIps"]] == [subnet]
    assert api.patch(balancer, {"lbPrivateIps": ["10.9.9.9/24"], "centralLogging": True}).status == 202
    assert api.properties(balancer)["lbPrivateIps"] == ["10.9.9.9/24"]
    assert api.put(balancer, {"properties": {"name": "x", "listenerLan": 1, "targetLan": 2}}).status == 202
    assert (api.properties(balancer)["name"], api.properties(balancer)["centralLogging"]) == ("x", False)


@KINDS
def test_private_listener_gets_an_address(api: Api, dc: str, kind: str) -> None:
    """[documented] The vendor's guide to the console: on provisioning, where no private address is entered.

    A public listener needs a reserved one, so it gets none.
    """
    balancer = api.make(f"{dc}/{kind}", name="b", listenerLan=2, targetLan=2)
    (own,) = api.properties(balancer)["ips"]
    assert ip_interface(own) in ip_network(api.properties(f"{dc}/lans/2")["ipv4CidrBlock"])
    assert api.patch(balancer, {"name": "renamed"}).status == 202
    assert api.properties(balancer)["ips"] == [own]
    assert api.properties(api.make(f"{dc}/{kind}", name="b", listenerLan=1, targetLan=2))["ips"] == []


@KINDS
def test_refused_balancers(api: Api, dc: str, kind: str) -> None:
    _block, ips = reserve(api)
    for values, text in (
        ({"listenerLan": 9}, "LAN 9 does not exist"),
        ({"targetLan": 9}, "LAN 9 does not exist"),
        ({"listenerLan": None}, "'listenerLan' is required"),
        ({"ips": ["198.51.100.7"]}, "not reserved"),
        ({"ips": ["10.0.0.7"]}, "is private"),
        ({"listenerLan": 2, "targetLan": 1, "ips": ips}, "the listener LAN 2 is private"),
        ({"listenerLan": 2, "ips": ["10.0.0"]}, "not a valid IPv4"),
        ({"lbPrivateIps": ["10.0.0"]}, "not an IP address"),
    ):
        assert text in refused(api, f"{dc}/{kind}", {"name": "b", "listenerLan": 1, "targetLan": 2, **values})
    private = api.make(f"{dc}/{kind}", name="b", listenerLan=2, targetLan=2, ips=["10.0.0.7"])
    assert "LAN 9" in api.patch(private, {"targetLan": 9}).message


def test_what_is_stale_does_not_stop_an_update(api: Api, dc: str) -> None:
    balancer = api.make(f"{dc}/networkloadbalancers", name="b", listenerLan=1, targetLan=2)
    assert api.delete(f"{dc}/lans/2").status == 202
    assert api.patch(balancer, {"name": "renamed"}).status == 202
    assert "LAN 7" in api.patch(balancer, {"targetLan": 7}).message


def test_forwarding_rules(api: Api, dc: str) -> None:
    _block, ips = reserve(api, 2)
    balancer = api.make(f"{dc}/networkloadbalancers", name="b", listenerLan=1, targetLan=2, ips=ips)
    path = f"{balancer}/forwardingrules"
    sound = {
        "name": "r", "algorithm": "ROUND_ROBIN", "protocol": "TCP", "listenerIp": ips[0], "listenerPort": 80,
        "targets": [TARGET],
    }  # fmt: skip
    rule = api.make(path, **sound)
    found = api.properties(rule)
    assert found["targets"][0]["proxyProtocol"] == "none"
    for values, text in (
        ({"listenerPort": 80}, f"{ips[0]}:80 already used by Network Load Balancer."),
        ({"listenerIp": "203.0.113.99"}, "no IP address of the load balancer"),
        ({"listenerPort": 65536}, "must not be greater than 65535"),
        ({"targets": [{**TARGET, "ip": "web"}]}, "not a valid IPv4"),
        ({"targets": [{**TARGET, "weight": 257}]}, "must not be greater than 256"),
        ({"algorithm": "FASTEST"}, "LEAST_CONNECTION"),
        ({"healthCheck": {"retries": 65536}}, "must not be greater than 65535"),
    ):
        assert text in refused(api, path, {**sound, "listenerPort": 81, **values})
    second = api.make(path, **{**sound, "listenerIp": ips[1]})
    assert "already used by" in api.patch(second, {"listenerIp": ips[0]}).message
    assert api.patch(rule, {"name": "same place", "listenerPort": 80}).status == 202
    assert api.patch(second, {"healthCheck": {"retries": 5}}).status == 202
    assert api.properties(second)["healthCheck"] == {
        "clientTimeout": 50000, "connectTimeout": 5000, "targetTimeout": 50000, "retries": 5,
    }  # fmt: skip
    ips = reserve(api)[1]
    twice = {**sound, "listenerIp": ips[0]}
    body = {
        "properties": {"name": "c", "listenerLan": 1, "targetLan": 2, "ips": ips},
        "entities": {"forwardingrules": {"items": [{"properties": twice}, {"properties": twice}]}},
    }
    assert "already used by" in api.post(f"{dc}/networkloadbalancers", body).message


@pytest.fixture
def http(api: Api, dc: str) -> tuple[str, dict[str, Any]]:
    """The collection of rules of an application load balancer, and values of a rule."""
    _block, (ip,) = reserve(api)
    path = f"{dc}/applicationloadbalancers"
    balancer = api.make(path, name="b", listenerLan=1, targetLan=2, ips=[ip])
    values = {"name": "r", "protocol": "HTTP", "listenerIp": ip, "listenerPort": 80}
    return f"{balancer}/forwardingrules", values


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"type": "FORWARD"}, "'targetGroup' is required for rules of type FORWARD"),
        ({"type": "FORWARD", "targetGroup": NOWHERE}, "does not exist"),
        ({"type": "REDIRECT"}, "'location' is required for rules of type REDIRECT"),
        ({"type": "REDIRECT", "location": "/x", "statusCode": 304}, "one of 301, 302, 303, 307, 308"),
        ({"type": "REDIRECT", "location": "/x", "responseMessage": "m"}, "'responseMessage' is not allowed"),
        ({"type": "STATIC"}, "'responseMessage' is required for rules of type STATIC"),
        ({"type": "STATIC", "responseMessage": "m", "statusCode": 600}, "between 200 and 599"),
        ({"type": "STATIC", "responseMessage": "m", "dropQuery": True}, "'dropQuery' is not allowed"),
        ({"type": "MIRROR"}, "[FORWARD, STATIC, REDIRECT]"),
        ({"type": "STATIC", "responseMessage": "m", "name": None}, "'name' is required"),
    ],
)
def test_refused_http_rules(
    api: Api, http: tuple[str, dict[str, Any]], rule: dict[str, Any], text: str
) -> None:
    path, values = http
    assert text in refused(api, path, {**values, "httpRules": [{"name": "h", **rule}]})


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ({"type": "PATH"}, "'condition' is required for conditions of type PATH"),
        ({"type": "PATH", "condition": "EQUALS"}, "'value' is required for the condition EQUALS"),
        ({"type": "PATH", "condition": "EXISTS", "key": "k"}, "'key' is not allowed"),
        ({"type": "SOURCE_IP", "condition": "EQUALS", "value": "10.0.0.0/8"}, "must be null"),
        ({"type": "SOURCE_IP", "value": "home"}, "must be a subnet"),
        ({"type": "WEATHER", "condition": "EXISTS"}, "SOURCE_IP]"),
    ],
)
def test_refused_conditions(
    api: Api, http: tuple[str, dict[str, Any]], condition: dict[str, Any], text: str
) -> None:
    path, values = http
    rule = {"name": "h", "type": "STATIC", "responseMessage": "m", "conditions": [condition]}
    assert text in refused(api, path, {**values, "httpRules": [rule]})


def test_empty_attributes_of_other_rules_and_conditions(api: Api, http: tuple[str, dict[str, Any]]) -> None:
    """(inferred) Clients that know no null send false, 0 or an empty string for what a type does not have."""
    path, values = http
    condition = {"type": "SOURCE_IP", "condition": None, "key": "", "value": "10.0.0.0/8"}
    rule = {"name": "h", "type": "STATIC", "responseMessage": "m", "dropQuery": False, "location": ""}
    assert api.make(path, **values, httpRules=[{**rule, "conditions": [condition]}])


def test_http_rules(api: Api, http: tuple[str, dict[str, Any]]) -> None:
    path, values = http
    group = api.make("/targetgroups", name="t", algorithm="RANDOM", protocol="HTTP", targets=[TARGET])
    conditions = [
        {"type": "HEADER", "condition": "EQUALS", "key": "Host", "value": "x"},
        {"type": "SOURCE_IP", "value": "10.0.0.0/8"},
        {"type": "COOKIE", "condition": "EXISTS", "key": "session"},
    ]
    rules = [
        {"name": "move", "type": "REDIRECT", "location": "https://example.com"},
        {"name": "say", "type": "STATIC", "responseMessage": "closed", "conditions": conditions},
        {"name": "go", "type": "FORWARD", "targetGroup": ident(group)},
    ]
    rule = api.make(path, **values, httpRules=rules)
    found = api.properties(rule)["httpRules"]
    assert [(r["statusCode"], r["dropQuery"]) for r in found] == [(301, False), (503, None), (None, None)]
    assert [c["negate"] for c in found[1]["conditions"]] == [False, False, False]
    assert api.properties(rule)["clientTimeout"] == 50000
    assert "more than once" in api.patch(rule, {"httpRules": [rules[0], rules[0]]}).message
    # A target group in use stays.
    assert api.delete(group).codes == ["200"]
    assert api.patch(rule, {"httpRules": rules[:2]}).status == 202
    assert api.delete(group).status == 202


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"name": None}, "'name' is required"),
        ({"protocol": "TCP"}, "[HTTP]"),
        ({"protocolVersion": "HTTP3"}, "[HTTP1, HTTP2]"),
        ({"targets": [{"ip": "10.0.0.1", "port": 80}]}, "'weight' is required"),
        ({"targets": [{**TARGET, "ip": "web"}]}, "not a valid IPv4"),
        ({"httpHealthCheck": {"matchType": "STATUS_CODE"}}, "'response' is required"),
        (
            {"httpHealthCheck": {"method": "DELETE", "matchType": "STATUS_CODE", "response": "200"}},
            "OPTIONS]",
        ),
    ],
)
def test_refused_target_groups(api: Api, values: dict[str, Any], text: str) -> None:
    sound = {"name": "t", "algorithm": "RANDOM", "protocol": "HTTP", "targets": [TARGET]}
    assert text in refused(api, "/targetgroups", {**sound, **values})


def test_target_group_defaults(api: Api) -> None:
    check = {"matchType": "STATUS_CODE", "response": "200"}
    group = api.make(
        "/targetgroups",
        name="t",
        algorithm="RANDOM",
        protocol="HTTP",
        targets=[TARGET],
        httpHealthCheck=check,
    )
    found = api.properties(group)
    assert found["targets"] == [
        {**TARGET, "proxyProtocol": "none", "healthCheckEnabled": True, "maintenanceEnabled": False}
    ]
    assert [found["httpHealthCheck"][k] for k in ("path", "regex", "negate")] == ["/", False, False]


@pytest.mark.parametrize("balancers", ["networkloadbalancers", "applicationloadbalancers"])
def test_a_balancer_without_addresses_takes_rules(api: Api, dc: str, balancers: str) -> None:
    """(inferred) 10.31: addresses are optional; where a balancer names none, a rule may listen anywhere."""
    balancer = api.make(f"{dc}/{balancers}", name="b", listenerLan=2, targetLan=2)
    more = {"protocol": "HTTP"} if balancers[0] == "a" else {"protocol": "TCP", "algorithm": "RANDOM"}
    given = {"name": "r", "listenerIp": "10.1.0.9", "listenerPort": 80, **more}
    assert api.post(f"{balancer}/forwardingrules", {"properties": given}).status == 202


def test_a_health_check_has_defaults(api: Api, dc: str) -> None:
    """[documented] 10.31: of a rule that gives none, once it is DONE; in the POST answer null, as 10.32 has it (inferred)."""
    ip = "10.1.0.9"
    balancer = api.make(f"{dc}/networkloadbalancers", name="b", listenerLan=2, targetLan=2, ips=[ip])
    sound = {"name": "r", "algorithm": "RANDOM", "protocol": "TCP", "listenerIp": ip, "listenerPort": 80}
    reply = api.post(f"{balancer}/forwardingrules", {"properties": {**sound, "targets": [TARGET]}})
    assert reply.json["properties"]["healthCheck"] is None
    assert api.properties(f"{balancer}/forwardingrules/{reply.id}")["healthCheck"] == {
        "clientTimeout": 50000,
        "connectTimeout": 5000,
        "targetTimeout": 50000,
        "retries": 3,
    }


# Flow logs


@pytest.mark.parametrize("owner", ["nic", "nat", "networkloadbalancers", "applicationloadbalancers"])
def test_one_flow_log_for_each(api: Api, dc: str, nat: str, owner: str) -> None:
    if owner == "nic":
        above = api.make(f"{api.server(dc)}/nics", lan=2)
    elif owner == "nat":
        above = nat
    else:
        above = api.make(f"{dc}/{owner}", name="b", listenerLan=1, targetLan=2)
    path = f"{above}/flowlogs"
    sound = {"name": "l", "action": "ALL", "direction": "INGRESS", "bucket": "logs"}
    for name in sound:
        assert f"'{name}' is required" in refused(api, path, {**sound, name: None})
    log = api.make(path, **sound)
    assert api.get(log).json["type"] == "flow-log"
    assert "only one flow log" in refused(api, path, sound)
    assert api.patch(log, {"name": "renamed", "action": "ALL"}).status == 202
    assert api.properties(log)["name"] == "renamed"
    assert "'action' is immutable" in api.patch(log, {"action": "REJECTED"}).message
    assert "[ACCEPTED, REJECTED, ALL]" in api.patch(log, {"action": "SOME"}).message
    assert api.delete(log).status == 202
    assert api.make(path, **sound) != log
    assert Api(api.cloud, 5).get(path).status == 404
