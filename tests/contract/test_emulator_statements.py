# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the contract's section 10, row by row: what fields have by default, and what they cannot have.

The id of each case names section, statement and strength; what the contract does not mark is [documented].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from pocketvdc.testing import Api, Reply, ident

Values = Mapping[str, Any]
ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ9"}
TARGET = {"ip": "10.0.0.9", "port": 80, "weight": 1}
NOWHERE = "00000000-0000-0000-0000-000000000000"
LONG = "n" * 301


@dataclass(frozen=True)
class Kind:
    """A collection, made where it is not there yet, and the least that a creation in it needs."""

    collection: Callable[[Api], str]
    sound: Values


def make(api: Api, kind: str) -> str:
    """The path of a new member of a kind."""
    path, values = sound(api, kind)
    return f"{path}/{create(api, path, values).id}"


def create(api: Api, path: str, values: Values) -> Reply:
    reply = api.post(path, {"properties": dict(values)})
    assert reply.status in (200, 201, 202), reply.text
    return reply


def root(path: str) -> Callable[[Api], str]:
    return lambda api: path


def in_datacenter(collection: str) -> Callable[[Api], str]:
    """A collection of a data center whose LAN 1 is public and whose LAN 2 is private."""

    def found(api: Api) -> str:
        dc = api.datacenter()
        api.make(f"{dc}/lans", public=True)
        api.make(f"{dc}/lans", public=False)
        return f"{dc}/{collection}"

    return found


def of(kind: str, collection: str) -> Callable[[Api], str]:
    return lambda api: f"{make(api, kind)}/{collection}"


def gateways(api: Api) -> str:
    api.make("/ipblocks", location="de/fra", size=2)
    return in_datacenter("natgateways")(api)


BALANCER = {"name": "b", "listenerLan": 2, "targetLan": 2, "ips": ["10.1.0.9"]}
LISTENER = {"name": "r", "listenerIp": "10.1.0.9", "listenerPort": 80}
POOL = {
    "name": "p",
    "nodeCount": 1,
    "coresCount": 1,
    "ramSize": 2048,
    "availabilityZone": "AUTO",
    "storageType": "HDD",
    "storageSize": 10,
}
LOG = {"name": "l", "action": "ALL", "direction": "INGRESS", "bucket": "b"}
USER = {"firstname": "A", "lastname": "B", "email": "a@example.com", "password": "Secret12345"}
UNIT = {"name": "unit", "password": "Secret12345", "email": "u@example.com"}
# The first address of the first block of a new account.
RESERVED = "203.0.113.1"

KINDS = {
    "datacenter": Kind(root("/datacenters"), {"location": "de/fra"}),
    "server": Kind(in_datacenter("servers"), {"name": "s", "cores": 1, "ram": 1024}),
    "volume": Kind(in_datacenter("volumes"), {"size": 10, "licenceType": "OTHER"}),
    "image volume": Kind(in_datacenter("volumes"), {"size": 10, **ALIAS}),
    "lan": Kind(in_datacenter("lans"), {}),
    "nic": Kind(of("server", "nics"), {"lan": 2}),
    "rule": Kind(of("nic", "firewallrules"), {"protocol": "TCP"}),
    "balancer": Kind(in_datacenter("loadbalancers"), {}),
    "ipblock": Kind(root("/ipblocks"), {"location": "de/fra", "size": 1}),
    "group": Kind(root("/um/groups"), {"name": "g"}),
    "user": Kind(root("/um/users"), USER),
    "pcc": Kind(root("/pccs"), {"name": "p"}),
    "unit": Kind(root("/backupunits"), UNIT),
    "cluster": Kind(root("/k8s"), {"name": "c"}),
    "pool": Kind(of("cluster", "nodepools"), POOL),
    "gateway": Kind(gateways, {"name": "n", "publicIps": [RESERVED]}),
    "gateway rule": Kind(
        of("gateway", "rules"), {"name": "r", "sourceSubnet": "10.0.0.0/24", "publicIp": RESERVED}
    ),
    "nlb": Kind(in_datacenter("networkloadbalancers"), BALANCER),
    "nlb rule": Kind(
        of("nlb", "forwardingrules"),
        {**LISTENER, "algorithm": "RANDOM", "protocol": "TCP", "targets": [TARGET]},
    ),
    "alb": Kind(in_datacenter("applicationloadbalancers"), BALANCER),
    "alb rule": Kind(of("alb", "forwardingrules"), {**LISTENER, "protocol": "HTTP"}),
    "target group": Kind(
        root("/targetgroups"),
        {"name": "t", "algorithm": "RANDOM", "protocol": "HTTP", "targets": [TARGET]},
    ),
    "flow log": Kind(of("gateway", "flowlogs"), LOG),
    "security group": Kind(in_datacenter("securitygroups"), {"name": "g"}),
    "group rule": Kind(of("security group", "rules"), {"protocol": "TCP"}),
    "label": Kind(of("datacenter", "labels"), {"key": "k", "value": "v"}),
}


def sound(api: Api, kind: str) -> tuple[str, dict[str, Any]]:
    """A collection and values that a creation in it is accepted with; a pool names a data center of its own."""
    more = {"datacenterId": ident(api.datacenter())} if kind == "pool" else {}
    return KINDS[kind].collection(api), {**KINDS[kind].sound, **more}


def documented(table: Mapping[str, Values]) -> list[Any]:
    """Kind, name and value of each row of a table; its test is called by section, row and strength."""
    return [
        pytest.param(row.split(" ", 1)[1], name, value, id=f"{row} {name} [documented]")
        for row, values in table.items()
        for name, value in values.items()
    ]


# What reads back of what nobody gave


DEFAULTS: dict[str, dict[str, Any]] = {
    "10.1 datacenter": {"description": None, "secAuthProtection": False, "defaultSecurityGroupId": None},
    "10.3 server": {
        "availabilityZone": "AUTO", "type": "ENTERPRISE", "templateUuid": None, "nicMultiQueue": False,
        "vmState": "RUNNING", "bootVolume": None, "bootCdrom": None, "hostname": "s",
    },
    "10.7 volume": {
        "name": None, "type": "HDD", "bus": None, "image": None, "imageAlias": None, "imagePassword": None,
        "sshKeys": None, "availabilityZone": "AUTO", "cpuHotPlug": False, "ramHotPlug": False, "nicHotPlug": False,
        "nicHotUnplug": False, "discVirtioHotPlug": False, "discVirtioHotUnplug": False, "deviceNumber": None,
        "pciSlot": None, "backupunitId": None, "userData": None, "bootServer": None, "bootOrder": "NONE",
        "exposeSerial": False, "requireLegacyBios": True, "applicationType": "UNKNOWN",
    },
    "10.7 image volume": {
        "licenceType": "LINUX", "imageAlias": None, "imagePassword": None, "cpuHotPlug": True, "ramHotPlug": True,
        "nicHotPlug": True, "nicHotUnplug": True, "discVirtioHotPlug": True, "discVirtioHotUnplug": True,
        "requireLegacyBios": False,
    },
    "10.11 lan": {"name": None, "public": False, "ipFailover": [], "pcc": None, "ipv6CidrBlock": None},
    "10.12 nic": {
        "name": None, "dhcp": True, "firewallActive": False, "firewallType": "INGRESS", "deviceNumber": None,
        "ipv6Ips": None, "ipv6CidrBlock": None, "dhcpv6": None,
    },
    "10.13 rule": {
        "name": None, "sourceMac": None, "sourceIp": None, "targetIp": None, "icmpType": None, "icmpCode": None,
        "portRangeStart": None, "portRangeEnd": None, "type": "INGRESS", "ipVersion": "IPv4",
    },
    "10.14 balancer": {"name": None, "dhcp": True},
    "10.10 ipblock": {"ipConsumers": []},
    "10.15 group": dict.fromkeys(
        (
            "createDataCenter", "createSnapshot", "reserveIp", "accessActivityLog", "createPcc", "s3Privilege",
            "createBackupUnit", "createInternetAccess", "createK8sCluster", "createFlowLog",
            "accessAndManageMonitoring", "accessAndManageCertificates", "manageDBaaS", "accessAndManageDns",
            "manageRegistry", "manageDataplatform", "accessAndManageLogging", "accessAndManageCdn",
            "accessAndManageVpn", "accessAndManageApiGateway", "accessAndManageKaas",
            "accessAndManageNetworkFileStorage", "accessAndManageAiModelHub", "accessAndManageIamResources",
            "createNetworkSecurityGroups",
        ),
        False,
    ),
    "10.17 user": {"administrator": False, "forceSecAuth": False, "secAuthActive": False, "active": True},
    "10.25 pcc": {"description": None, "peers": []},
    "10.26 unit": {"password": None},
    "10.27 cluster": {"public": True, "location": None, "natGatewayIp": None, "nodeSubnet": None},
    "10.28 pool": {"serverType": "DedicatedCore", "autoScaling": {"minNodeCount": 0, "maxNodeCount": 0}},
    "10.30 gateway": {"lans": []},
    "10.30 gateway rule": {
        "type": "SNAT", "protocol": "ALL", "targetSubnet": None, "targetPortRange": None,
    },
    "10.31 nlb": {"centralLogging": False, "loggingFormat": None},
    "10.31 nlb rule": {
        "healthCheck": {
            "clientTimeout": 50000, "connectTimeout": 5000, "targetTimeout": 50000, "retries": 3,
        },
        "targets": [{**TARGET, "proxyProtocol": "none", "healthCheck": None}],
    },
    "10.32 alb": {"centralLogging": False, "loggingFormat": None},
    "10.32 alb rule": {"clientTimeout": 50000, "serverCertificates": [], "httpRules": []},
    "10.33 target group": {
        "targets": [
            {**TARGET, "proxyProtocol": "none", "healthCheckEnabled": True, "maintenanceEnabled": False}
        ],
    },
    "10.35 security group": {"description": None},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    documented(DEFAULTS),
)
def test_defaults(api: Api, kind: str, name: str, value: Any) -> None:
    """[documented] Section 10: what a field reads once the creation is DONE, where nobody gave it."""
    path, values = sound(api, kind)
    made = create(api, path, values)
    assert api.properties(f"{path}/{made.id}")[name] == value


# What a creation must have


REQUIRED = {
    "10.1 datacenter": ("location",),
    "10.3 server": ("cores", "ram"),
    "10.7 volume": ("size", "licenceType"),
    "10.12 nic": ("lan",),
    "10.10 ipblock": ("location", "size"),
    "10.15 group": ("name",),
    "10.17 user": ("firstname", "lastname", "email", "password"),
    "10.23 label": ("key", "value"),
    "10.25 pcc": ("name",),
    "10.26 unit": ("name", "password", "email"),
    "10.27 cluster": ("name",),
    "10.28 pool": (
        "name", "datacenterId", "nodeCount", "coresCount", "ramSize", "availabilityZone", "storageType", "storageSize",
    ),
    "10.30 gateway": ("name", "publicIps"),
    "10.30 gateway rule": ("name", "sourceSubnet", "publicIp"),
    "10.31 nlb": ("name", "listenerLan", "targetLan"),
    "10.31 nlb rule": ("name", "algorithm", "protocol", "listenerIp", "listenerPort"),
    "10.32 alb": ("name", "listenerLan", "targetLan"),
    "10.32 alb rule": ("name", "protocol", "listenerIp", "listenerPort"),
    "10.33 target group": ("name", "algorithm", "protocol"),
    "10.34 flow log": ("name", "action", "direction", "bucket"),
    "10.35 security group": ("name",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param(row.split(" ", 1)[1], name, id=f"{row} {name} [documented]")
        for row, names in REQUIRED.items()
        for name in names
    ],
)
def test_what_a_creation_must_have(api: Api, kind: str, name: str) -> None:
    """[documented] Section 10, with the code of section 7; the first message names the field."""
    path, values = sound(api, kind)
    del values[name]
    reply = api.post(path, {"properties": values})
    assert (reply.status, reply.codes[0]) == (422, "100"), reply.text
    assert reply.message.startswith(f"[(root).properties.{name}] ") and "required" in reply.message


# What a creation cannot have


def row(statement: str, kind: str, given: Values, code: str, text: str, strength: str = "documented") -> Any:
    mark = f"({strength})" if strength == "inferred" else f"[{strength}]"
    return pytest.param(kind, given, code, text, id=f"{statement} {mark}")


REFUSED = [
    *(
        row(f"10.1 no {sign} in a name", "datacenter", {"name": f"a{sign}b"}, "100", "must not contain")
        for sign in "@/\\,'\"|"
    ),
    row("10.1 location known", "datacenter", {"location": "xx/yy"}, "100", "does not exist"),
    row("10.3 one core", "server", {"cores": 0}, "100", "less than 1"),
    row("10.3 ram of 256", "server", {"ram": 128}, "100", "less than 256"),
    row("10.3 ram in steps", "server", {"ram": 1000}, "100", "RAM of requested server is not a multiple of 256"),
    row("10.3 zones", "server", {"availabilityZone": "ZONE_3"}, "109", "[AUTO, ZONE_1, ZONE_2]"),
    row("10.3 types", "server", {"type": "BARE"}, "109", "[ENTERPRISE, CUBE, VCPU, GPU]"),
    row("10.3 family of VCPU", "server", {"type": "VCPU", "cpuFamily": "AMD_EPYC"}, "200", "[VDC-5-1921]"),
    row("10.3 family of the location", "server", {"cpuFamily": "Z80"}, "109", "Expected one of [INTEL"),
    row("10.3 hostname", "server", {"hostname": "-a"}, "100", "no leading '-'"),
    row("10.7 one GB", "volume", {"size": 0}, "100", "less than 1"),
    row("10.7 types", "volume", {"type": "TAPE"}, "109", "[HDD, SSD, SSD Standard, SSD Premium, DAS, ISO]"),
    row("10.7 bus", "volume", {"bus": "UNKNOWN"}, "109", "[IDE, VIRTIO]"),
    row("10.7 zones", "volume", {"availabilityZone": "ZONE_4"}, "109", "[AUTO, ZONE_1, ZONE_2, ZONE_3]"),
    row("10.7 licences", "volume", {"licenceType": "BSD"}, "109", "[LINUX, WINDOWS"),
    row("10.7 boot orders", "volume", {"bootOrder": "LAST"}, "109", "[AUTO, NONE, PRIMARY]"),
    row("10.7 unknown image", "volume", {"image": "fake_image_id"}, "100", "does not exist"),
    row("10.7 one source", "image volume", {"image": NOWHERE}, "100", "exclude each other"),
    row("10.7 keys need an image", "volume", {"sshKeys": ["ssh-rsa A"]}, "100", "An image template not found"),
    row("10.7 password of 8", "image volume", {"imagePassword": "short"}, "100", "Password syntax error."),
    row("10.7 password of letters", "image volume", {"imagePassword": "not-plain!"}, "100", "a-zA-Z0-9"),
    row("10.7 the image's size", "image volume", {"size": 1}, "100", "less than the image's", "inferred"),
    row("10.7 DAS has its Cube", "volume", {"type": "DAS"}, "100", "together with its Cube"),
    row("10.10 known location", "ipblock", {"location": "xx/yy"}, "100", "does not exist"),
    row("10.10 one address", "ipblock", {"size": 0}, "100", "less than 1"),
    row("10.11 known cross connect", "lan", {"pcc": NOWHERE}, "100", "does not exist"),
    row("10.11 block of IPv6", "lan", {"ipv6CidrBlock": "2001:db8::/63"}, "100", "is not a /64 block"),
    row("10.12 reserved addresses", "nic", {"ips": ["198.51.100.7"]}, "100", "is not reserved"),
    row("10.12 addresses", "nic", {"ips": ["10.0.0"]}, "100", "not a valid IPv4 address"),
    row("10.12 directions", "nic", {"firewallType": "UP"}, "109", "[INGRESS, EGRESS, BIDIRECTIONAL]"),
    row("10.12 IPv6 LANs only", "nic", {"dhcpv6": True}, "100", "has no IPv6 block"),
    row("10.13 protocols", "rule", {"protocol": "FOO"}, "109", "ICMPv6, GRE, VRRP, ESP, AH"),
    row("10.13 both ports", "rule", {"portRangeStart": 80}, "100", "set together"),
    row("10.13 ports from 1", "rule", {"portRangeStart": 0, "portRangeEnd": 1}, "100", "less than 1"),
    row("10.13 ports to 65535", "rule", {"portRangeStart": 1, "portRangeEnd": 65536}, "100", "greater than 65535"),
    row("10.13 ports of TCP, UDP", "rule", {"protocol": "ICMP", "portRangeStart": 1, "portRangeEnd": 2}, "100", "ICMP"),
    row("10.13 types of ICMP", "rule", {"icmpType": 8}, "100", "not allowed for protocol TCP"),
    row("10.13 types to 254", "rule", {"protocol": "ICMP", "icmpType": 255}, "100", "greater than 254"),
    row("10.13 codes to 254", "rule", {"protocol": "ICMP", "icmpCode": 255}, "100", "greater than 254"),
    row("10.13 source MAC", "rule", {"sourceMac": "aa:bb"}, "100", "not a valid MAC"),
    row("10.13 source address", "rule", {"sourceIp": "10.0.0"}, "100", "not a valid IP"),
    row("10.13 target address", "rule", {"targetIp": "10.0.0"}, "100", "not a valid IP"),
    row("10.13 version agrees", "rule", {"ipVersion": "IPv6", "sourceIp": "10.0.0.1"}, "100", "no IPv6 address"),
    row("10.13 directions", "rule", {"type": "BOTH"}, "109", "[INGRESS, EGRESS]"),
    row("10.14 reserved address", "balancer", {"ip": "198.51.100.7"}, "100", "is not reserved"),
    row("10.17 secAuthActive", "user", {"secAuthActive": True}, "100", "not allowed in create requests"),
    row("10.17 unique mail", "user", {"email": "demo@example.com"}, "200", "registered already"),
    row("10.26 alphanumeric", "unit", {"name": "a-b"}, "100", "alphanumeric"),
    row("10.27 name of 63", "cluster", {"name": "n" * 64}, "100", "at most 63"),
    row("10.27 name begins", "cluster", {"name": "-c"}, "100", "at most 63"),
    row("10.27 name ends", "cluster", {"name": "c."}, "100", "at most 63"),
    row("10.27 one bucket", "cluster", {"s3Buckets": [{"name": "a"}, {"name": "b"}]}, "100", "one bucket"),
    row("10.27 allow list", "cluster", {"apiSubnetAllowList": ["10.0.0"]}, "100", "not an IP address or subnet"),
    row("10.27 private: location", "cluster", {"public": False}, "100", "'location' is required"),
    row(
        "10.27 days", "cluster", {"maintenanceWindow": {"dayOfTheWeek": "Caturday", "time": "01:00:00"}}, "109",
        "Monday, Tuesday",
    ),
    row(
        "10.27 times", "cluster", {"maintenanceWindow": {"dayOfTheWeek": "Monday", "time": "1 pm"}}, "100",
        "HH:mm:ss",
    ),
    row("10.27 a version that is gone", "cluster", {"k8sVersion": "1.18.5"}, "200", "[VDC-14-1830]", "recorded"),
    row("10.28 name as cluster", "pool", {"name": "-p"}, "100", "at most 63"),
    row("10.28 one node", "pool", {"nodeCount": 0}, "100", "less than 1"),
    row("10.28 one core", "pool", {"coresCount": 0}, "100", "less than 1"),
    row("10.28 ram of 2048", "pool", {"ramSize": 1024}, "100", "less than 2048"),
    row("10.28 ram in steps", "pool", {"ramSize": 2560}, "100", "multiple of 1024"),
    row("10.28 zones", "pool", {"availabilityZone": "ZONE_3"}, "109", "[AUTO, ZONE_1, ZONE_2]"),
    row("10.28 storage", "pool", {"storageType": "TAPE"}, "109", "[HDD, SSD, ESSENTIAL, PERFORMANCE]"),
    row("10.28 types", "pool", {"serverType": "CUBE"}, "109", "[DedicatedCore, VCPU]"),
    row("10.28 known data center", "pool", {"datacenterId": NOWHERE}, "100", "does not exist"),
    row("10.28 existing LANs", "pool", {"lans": [{"id": 9}]}, "100", "LAN 9 does not exist"),
    row("10.28 effects", "pool", {"taints": [{"key": "k", "effect": "Never"}]}, "109", "[NoSchedule, NoExecute"),
    row("10.28 keys of taints", "pool", {"taints": [{"effect": "NoExecute"}]}, "100", "'key' is required"),
    row(
        "10.28 a version that is gone", "pool", {"k8sVersion": "1.18.5"}, "200",
        "1.18.5 is not viable for nodepools in cluster. Available versions are [", "recorded",
    ),
    row("10.30 reserved addresses", "gateway", {"publicIps": ["198.51.100.7"]}, "100", "is not reserved"),
    row("10.30 known LANs", "gateway", {"lans": [{"id": 9}]}, "100", "LAN 9 does not exist"),
    row("10.30 ids of LANs", "gateway", {"lans": [{"gatewayIps": []}]}, "100", "'id' is required"),
    row("10.30 the gateway's address", "gateway rule", {"publicIp": "203.0.113.9"}, "100", "no public IP"),
    row("10.30 types", "gateway rule", {"type": "DNAT"}, "109", "[SNAT]"),
    row("10.30 protocols", "gateway rule", {"protocol": "GRE"}, "109", "[TCP, UDP, ICMP, ALL]"),
    row(
        "10.30 no ports of ICMP", "gateway rule",
        {"protocol": "ICMP", "targetPortRange": {"start": 1, "end": 2}}, "100", "not allowed for protocol ICMP",
    ),
    row(
        "10.30 ports to 65535", "gateway rule", {"targetPortRange": {"start": 1, "end": 65536}}, "100",
        "greater than 65535",
    ),
    *(
        row(f"{section} {text}", kind, given, code, part)
        for section, kind in (("10.31", "nlb"), ("10.32", "alb"))
        for text, given, code, part in (
            ("known listener LAN", {"listenerLan": 9}, "100", "LAN 9 does not exist"),
            ("known target LAN", {"targetLan": 9}, "100", "LAN 9 does not exist"),
            ("reserved addresses", {"listenerLan": 1, "ips": ["198.51.100.7"]}, "100", "is not reserved"),
            ("private otherwise", {"ips": ["198.51.100.7"]}, "100", "is public"),
        )
    ),
    *(
        row(f"{section} {text}", kind, given, "100", part)
        for section, kind in (("10.31", "nlb rule"), ("10.32", "alb rule"))
        for text, given, part in (
            ("ports from 1", {"listenerPort": 0}, "less than 1"),
            ("ports to 65535", {"listenerPort": 65536}, "greater than 65535"),
        )
    ),
    row("10.31 algorithms", "nlb rule", {"algorithm": "BEST"}, "109", "[ROUND_ROBIN, LEAST_CONNECTION, RANDOM"),
    row("10.31 protocols", "nlb rule", {"protocol": "UDP"}, "109", "TCP"),
    row("10.31 retries", "nlb rule", {"healthCheck": {"retries": 65536}}, "100", "greater than 65535"),
    *(
        row(f"{section} {text}", kind, {"targets": [{**TARGET, **given}]}, code, part)
        for section, kind in (("10.31", "nlb rule"), ("10.33", "target group"))
        for text, given, code, part in (
            ("address of a target", {"ip": None}, "100", "'ip' is required"),
            ("port of a target", {"port": None}, "100", "'port' is required"),
            ("weight of a target", {"weight": None}, "100", "'weight' is required"),
            ("weight to 256", {"weight": 257}, "100", "greater than 256"),
            ("proxy protocols", {"proxyProtocol": "v3"}, "109", "[none, v1, v2, v2ssl]"),
        )
    ),
    row("10.32 protocols", "alb rule", {"protocol": "TCP"}, "109", "[HTTP]"),
    *(
        row(f"10.32 {text}", "alb rule", {"httpRules": [{"name": "h", **given}]}, code, part)
        for text, given, code, part in (
            ("types of rules", {"type": "DROP"}, "109", "[FORWARD, STATIC, REDIRECT]"),
            ("group of FORWARD", {"type": "FORWARD"}, "100", "'targetGroup' is required"),
            ("location of REDIRECT", {"type": "REDIRECT"}, "100", "'location' is required"),
            ("message of STATIC", {"type": "STATIC"}, "100", "'responseMessage' is required"),
            ("codes of REDIRECT", {"type": "REDIRECT", "location": "x", "statusCode": 200}, "100", "301"),
            ("codes of STATIC", {"type": "STATIC", "responseMessage": "x", "statusCode": 600}, "100", "200 and 599"),
            (
                "types of conditions",
                {"type": "STATIC", "responseMessage": "x", "conditions": [{"type": "BODY"}]}, "109", "SOURCE_IP",
            ),
            (
                "conditions",
                {"type": "STATIC", "responseMessage": "x", "conditions": [{"type": "PATH", "condition": "IS"}]}, "109",
                "[EXISTS, CONTAINS, EQUALS, MATCHES, STARTS_WITH, ENDS_WITH]",
            ),
            (
                "values of conditions",
                {"type": "STATIC", "responseMessage": "x", "conditions": [{"type": "PATH", "condition": "EQUALS"}]},
                "100", "'value' is required",
            ),
            (
                "keys of conditions",
                {
                    "type": "STATIC", "responseMessage": "x",
                    "conditions": [{"type": "PATH", "condition": "EXISTS", "key": "k"}],
                },
                "100", "'key' is not allowed",
            ),
            (
                "a SOURCE_IP compares nothing",
                {
                    "type": "STATIC", "responseMessage": "x",
                    "conditions": [{"type": "SOURCE_IP", "condition": "EQUALS", "value": "10.0.0.0/8"}],
                },
                "100", "must be null",
            ),
            (
                "a SOURCE_IP is a network",
                {"type": "STATIC", "responseMessage": "x", "conditions": [{"type": "SOURCE_IP", "value": "x"}]},
                "100", "must be a subnet",
            ),
        )
    ),
    row("10.33 protocols", "target group", {"protocol": "TCP"}, "109", "[HTTP]"),
    row("10.33 versions", "target group", {"protocolVersion": "HTTP3"}, "109", "[HTTP1, HTTP2]"),
    row("10.33 algorithms", "target group", {"algorithm": "BEST"}, "109", "SOURCE_IP"),
    row("10.33 match types", "target group", {"httpHealthCheck": {"response": "x"}}, "100", "'matchType' is required"),
    row(
        "10.33 responses", "target group", {"httpHealthCheck": {"matchType": "STATUS_CODE"}}, "100",
        "'response' is required",
    ),
    row(
        "10.33 methods", "target group",
        {"httpHealthCheck": {"matchType": "STATUS_CODE", "response": "200", "method": "DELETE"}}, "109", "HEAD, PUT",
    ),
    row("10.34 actions", "flow log", {"action": "SOME"}, "109", "[ACCEPTED, REJECTED, ALL]"),
    row("10.34 directions", "flow log", {"direction": "UP"}, "109", "[INGRESS, EGRESS, BIDIRECTIONAL]"),
    row("10.35 name of 60", "security group", {"name": "n" * 61}, "100", "longer than 60"),
    row("10.35 description of 300", "security group", {"description": LONG}, "100", "longer than 300"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "code", "text"), REFUSED)
def test_what_a_creation_cannot_have(api: Api, kind: str, given: Values, code: str, text: str) -> None:
    """[documented], or as the id of the row says: refused with 422, and nothing is made."""
    path, values = sound(api, kind)
    before = api.get(path).text
    reply = api.post(path, {"properties": {**values, **given}})
    assert reply.status == 422, reply.text
    assert code in reply.codes and any(text in one["message"] for one in reply.json["messages"]), reply.text
    assert api.get(path).text == before


# What an update cannot change


IMMUTABLE: dict[str, Values] = {
    "7.3 datacenter": {"location": "us/las"},
    "7.3 ipblock": {"location": "us/las", "size": 2},
    "7.3 cluster": {"public": False, "location": "de/fra", "natGatewayIp": "203.0.113.7", "nodeSubnet": "10.1.0.0/16"},
    "7.3 pool": {
        "name": "q", "datacenterId": NOWHERE, "cpuFamily": "AMD_EPYC", "coresCount": 4, "ramSize": 4096,
        "availabilityZone": "ZONE_1", "storageType": "SSD", "storageSize": 20,
    },
    "10.13 rule": {"protocol": "UDP"},
    "10.26 unit": {"name": "other"},
    "10.34 flow log": {"action": "REJECTED", "direction": "EGRESS", "bucket": "c"},
}  # fmt: skip
# What a PUT must repeat.
KEPT: dict[str, Values] = {"cluster": {"name": "c"}, "pool": {"nodeCount": 1}, "flow log": LOG, "unit": UNIT}


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    documented(IMMUTABLE),
)
def test_what_stays(api: Api, kind: str, name: str, value: Any) -> None:
    """[documented] 7.3 and 10: refused by PATCH, where there is one, and by PUT; code and text are unknown."""
    made = make(api, kind)
    before = api.properties(made)
    text = f"[(root).properties.{name}] Attribute '{name}' is immutable"
    put = api.put(made, {"properties": {**KEPT.get(kind, {}), name: value}})
    assert put.status == 422 and text in [one["message"] for one in put.json["messages"]]
    patch = api.patch(made, {name: value})
    assert patch.status == (405 if kind in ("cluster", "pool") else 422)
    assert api.properties(made) == before


# What a PUT keeps, replaces and must have


@pytest.mark.parametrize(
    ("kind", "name", "version"),
    [
        pytest.param(kind, name, version, id=f"{section} {kind} {name} v{version} [documented]")
        for section, kind, names, versions in (
            ("10.15", "group", ("name",), (4, 5, 6)),
            ("10.17", "user", ("firstname", "lastname", "email"), (4, 5, 6)),
            ("10.17", "user", ("administrator", "forceSecAuth"), (4,)),
            ("10.27", "cluster", ("name",), (5, 6)),
            ("10.28", "pool", ("nodeCount",), (5, 6)),
        )
        for name in names
        for version in versions
    ],
)
def test_what_a_put_must_have(api: Api, kind: str, name: str, version: int) -> None:
    """[documented] Section 10: changed or not."""
    path, values = sound(api, kind)
    made = f"{path}/{create(api, path, values).id}"
    whole = {**USER, "administrator": False, "forceSecAuth": False} if kind == "user" else dict(values)
    whole = {"nodeCount": 1} if kind == "pool" else whole
    whole.pop("password", None)
    old = Api(api.cloud, version)
    assert old.put(made, {"properties": whole}).status == 202
    del whole[name]
    reply = old.put(made, {"properties": whole})
    assert (reply.status, reply.message) == (
        422,
        f"[(root).properties.{name}] Attribute '{name}' is required",
    )


# Paths that lead nowhere (contract section 7)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"7 {path} [live test]")
        for path in (
            *(f"/{name}/{NOWHERE}" for name in ("datacenters", "snapshots", "images", "ipblocks", "requests")),
            *(f"/um/{name}/{NOWHERE}" for name in ("groups", "users", "resources/datacenter")),
            *(f"{{dc}}/{name}/{NOWHERE}" for name in ("servers", "volumes", "loadbalancers")),
            *(f"{{server}}/{name}/{NOWHERE}" for name in ("nics", "volumes", "cdroms")),
            f"{{nic}}/firewallrules/{NOWHERE}", f"{{group}}/shares/{NOWHERE}", f"/requests/{NOWHERE}/status",
            "/datacenters/fake_id", "{dc}/lans/0", "/locations/xx/yy", "/um/resources/unknown", "/nowhere",
            "/datacenters/",
        )
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", [4, 6])
def test_what_is_not_there(api: Api, path: str, version: int) -> None:
    """[live test] Section 7: 404, 309 and the same text; a path never ends in a slash (section 1)."""
    dc = api.datacenter()
    server = api.server(dc)
    nic, group = api.make(f"{server}/nics", lan=1), api.make("/um/groups", name="g")
    reply = Api(api.cloud, version).get(path.format(dc=dc, server=server, nic=nic, group=group))
    assert reply.status == 404
    assert reply.json["messages"] == [{"errorCode": "309", "message": "Resource does not exist"}]


# References that say too much (contract section 7.1)


@pytest.mark.parametrize("collection", ["volumes", "cdroms", "lan nics", "balancednics", "group users"])
def test_a_reference_is_an_id(api: Api, dc: str, collection: str) -> None:
    """[recorded, tf#112, 2021] 7.1 of a volume; of the other collections of references (inferred)."""
    server = api.server(dc)
    nic = api.make(f"{server}/nics", lan=1)
    disc = api.get("/images?depth=1&filter.imageType=CDROM&filter.location=de/fra").json["items"][0]
    path, whole = {
        "volumes": (f"{server}/volumes", api.get(api.volume(dc)).json),
        "cdroms": (f"{server}/cdroms", disc),
        "lan nics": (f"{api.make(f'{dc}/lans')}/nics", api.get(nic).json),
        "balancednics": (f"{api.make(f'{dc}/loadbalancers', name='b')}/balancednics", api.get(nic).json),
        "group users": (f"{make(api, 'group')}/users", api.get(make(api, "user")).json),
    }[collection]
    reply = api.post(path, whole)
    read_only = [
        (code, one["message"]) for code, one in zip(reply.codes, reply.json["messages"], strict=True)
    ]
    for name in ("href", "type", "metadata"):
        assert ("105", f"[(root).{name}] Attribute is read-only") in read_only
    for name in ("properties", "metadata"):
        assert ("107", f"[(root).{name}] Attribute not allowed in resource reference") in read_only
    assert api.post(path, {"id": whole["id"]}).status == 202


# What the text says beside the tables


def test_the_features_of_a_recorded_location(api: Api) -> None:
    """[recorded, 2022/23] 16.3: all names that were recorded of de/fra."""
    recorded = (
        "ssd ssd-storage-zoning cloud-init cloud-init-private-image core-vps cpu-hot-plug mem-hot-plug nic-hot-plug "
        "nic-hot-unplug disk-vio-hot-plug disk-vio-hot-unplug k8s k8s-cidr-s3-support pcc private-loadbalancer "
        "vnf-nat vnf-lb vnf-alb flow-logs monitoring vm-autoscaling acronis-api-v2 contract-identities"
    )
    assert set(recorded.split()) <= set(api.properties("/locations/de/fra")["features"])


@pytest.mark.parametrize(
    ("name", "size", "category"),
    [
        pytest.param(name, size, category, id=f"17 no. 21 {name} [live test]")
        for name, size, category in (
            ("Basic Cube XS", (1, 2048, 60), "Basic Templates"),
            ("Basic Cube S", (2, 4096, 120), "Basic Templates"),
            ("Basic Cube M", (4, 8192, 240), "Basic Templates"),
            ("Memory Cube S", (2, 8192, 120), "Memory Templates"),
        )
    ],
)
def test_templates(api: Api, name: str, size: tuple[int, int, int], category: str) -> None:
    """[live test] 10.24 and 17 no. 21: read-only sizes, in MB and GB, made by nobody who is known."""
    listed = {item["properties"]["name"]: item for item in api.get("/templates?depth=1").json["items"]}
    found = api.get(f"/templates/{listed[name]['id']}").json
    assert tuple(found["properties"][key] for key in ("cores", "ram", "storageSize")) == size
    assert (found["properties"]["category"], found["metadata"]["createdBy"]) == (category, "[UNKNOWN]")


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_ends_ipv6_of_a_lan(api: Api, dc: str, nothing: str | None) -> None:
    """[documented] 9 item 18 and [live test] 17 no. 1: null, or the empty string, in an update; its NICs have none left."""
    lan = api.make(f"{dc}/lans", ipv6CidrBlock="AUTO")
    nic = api.make(f"{api.server(dc)}/nics", lan=int(ident(lan)))
    assert api.properties(nic)["ipv6Ips"]
    assert api.patch(lan, {"ipv6CidrBlock": nothing}).status == 202
    assert api.properties(lan)["ipv6CidrBlock"] is None
    assert [api.properties(nic)[name] for name in ("ipv6Ips", "ipv6CidrBlock", "dhcpv6")] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("slave_first", [True, False])
def test_a_slave_takes_the_address_before_or_after(api: Api, dc: str, slave_first: bool) -> None:
    """[documented] 10.11: either way the list shows the master only (inferred)."""
    ip = api.properties(api.make("/ipblocks", location="de/fra", size=1))["ips"][0]
    lan = api.make(f"{dc}/lans", public=True)
    master, slave = (api.make(f"{api.server(dc)}/nics", lan=1) for _each in range(2))
    assert api.patch(master, {"ips": [ip]}).status == 202
    group = {"ipFailover": [{"ip": ip, "nicUuid": ident(master)}]}
    steps = [(slave, {"ips": [ip]}), (lan, group)]
    for path, change in steps if slave_first else reversed(steps):
        assert api.patch(path, change).status == 202
    assert api.properties(lan)["ipFailover"] == group["ipFailover"]
    assert api.properties(slave)["ips"] == [ip]


@pytest.mark.parametrize("kind", ["volumes", "nics", "cdroms"])
def test_a_server_has_24_devices(api: Api, dc: str, kind: str) -> None:
    """[documented] 10.3 and 16.2: volumes and NICs together; discs do not count, of which there are two."""
    volumes = [{"properties": {"size": 1, "licenceType": "OTHER"}} for _each in range(12)]
    nics = [{"properties": {"lan": 1}} for _each in range(12)]
    entities = {"volumes": {"items": volumes}, "nics": {"items": nics}}
    made = api.post(f"{dc}/servers", {"properties": {"cores": 1, "ram": 1024}, "entities": entities})
    path = f"{dc}/servers/{made.id}/{kind}"
    discs = api.get("/images?depth=1&filter.imageType=CDROM&filter.location=de/fra").json["items"]
    if kind == "cdroms":
        assert [api.post(path, {"id": disc["id"]}).status for disc in discs[:3]] == [202, 202, 422]
        return
    one_more = {"lan": 1} if kind == "nics" else {"size": 1, "licenceType": "OTHER"}
    assert api.post(path, {"properties": one_more}).codes == ["200"]


@pytest.mark.parametrize(
    ("path", "usual", "most"),
    [
        pytest.param(path, usual, most, id=f"5 {path} {usual}, at most {most} [documented]")
        for path, usual, most in (
            ("/datacenters", 1000, 10000),
            ("/ipblocks", 100, 1000),
            ("/targetgroups", 100, 200),
            ("/um/users", 100, 100),
        )
    ],
)
def test_the_size_of_a_page(api: Api, path: str, usual: int, most: int) -> None:
    """[documented] 5 and 16.2; that a larger limit is cut is inferred."""
    assert api.get(path).json["limit"] == usual
    assert api.get(f"{path}?limit={most}").json["limit"] == most
    assert api.get(f"{path}?limit={most + 1}").json["limit"] == most
