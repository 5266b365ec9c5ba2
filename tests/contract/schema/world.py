# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account that holds one of everything, and what to send to each operation of the contract.

``World`` remembers the id of one resource per collection, so that any path of the contract can be filled in.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import requests

from pocketvdc import Cloud, mount

HOST = "http://emulator.test"
BASE = f"{HOST}/cloudapi/v6"
AUTH = ("demo@example.com", "demo-password")
Body = dict[str, Any]

DC = "/datacenters/{datacenterId}"
SERVER = DC + "/servers/{serverId}"
NIC = SERVER + "/nics/{nicId}"
GPUS = SERVER + "/gpus"
VOLUME = DC + "/volumes/{volumeId}"
LAN = DC + "/lans/{lanId}"
BALANCER = DC + "/loadbalancers/{loadbalancerId}"
NAT = DC + "/natgateways/{natGatewayId}"
NLB = DC + "/networkloadbalancers/{networkLoadBalancerId}"
ALB = DC + "/applicationloadbalancers/{applicationLoadBalancerId}"
SECURITY_GROUP = DC + "/securitygroups/{securityGroupId}"
GROUP = "/um/groups/{groupId}"
USER = "/um/users/{userId}"
SHARE = GROUP + "/shares/{resourceId}"
CLUSTER = "/k8s/{k8sClusterId}"
POOL = CLUSTER + "/nodepools/{nodepoolId}"
LOCATION = "de/fra"


def session_of(cloud: Cloud) -> requests.Session:
    """A session that calls an emulator without a socket, with the credentials of its first account."""
    session = requests.Session()
    session.auth = AUTH
    mount(session, cloud, url=HOST)
    return session


class World:
    """One account reached through ``session`` at the versioned base ``url``.

    ``ids`` maps the template of a collection (``/datacenters/{datacenterId}/servers``) to the id of a member.
    """

    def __init__(self, session: requests.Session, url: str) -> None:
        self.session = session
        self.url = url
        self.ids: dict[str, str] = {}
        self.others: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._addresses: list[str] = []

    def path(self, template: str) -> str:
        """The path of the remembered resources; ``{…}`` is the member of the collection before it."""
        parts, prefix = [], ""
        ids = {**self.ids, DC + "/servers": self.others["gpu"]} if template.startswith(GPUS) else self.ids
        for segment in template.split("/")[1:]:
            parts.append(ids[prefix] if segment.startswith("{") else segment)
            prefix += f"/{segment}"
        return "/" + "/".join(parts)

    def call(self, method: str, template: str, body: Body | None = None, **query: Any) -> requests.Response:
        return self.session.request(method, self.url + self.path(template), json=body, params=query or None)

    def fresh(self, stem: str) -> str:
        """A name that nothing has yet."""
        return f"{stem}{next(self._numbers)}"

    def port(self) -> int:
        """A port that nothing listens on yet."""
        return 8000 + next(self._numbers)

    def address(self) -> str:
        """A reserved public address that nothing uses yet."""
        return self._addresses.pop()

    def build(self) -> World:
        """Create one of everything, the data center and what it holds with a single request."""
        self._read_seed()
        self._reserve(16)
        self._compose()
        for template in BODIES:
            if template not in self.ids:
                self.create(template)
        self._complete()
        return self

    def create(self, template: str) -> Body:
        """Create a member of a collection and remember its id."""
        answer = self._done(self.call("POST", template, BODIES[template](self)))
        self.ids[template] = answer["id"]
        return answer

    def share(self, resource: str) -> None:
        """Share a resource with the group."""
        self.ids[GROUP + "/shares"] = resource
        self._done(self.call("POST", SHARE, SHARED))

    def _done(self, answer: requests.Response) -> Body:
        assert answer.status_code in (200, 201, 202), f"{answer.url}: {answer.text}"
        body: Body = answer.json() if answer.content else {}
        return body

    def _read_seed(self) -> None:
        query = {"depth": "1", "filter.location": LOCATION, "filter.imageType": "CDROM"}
        discs = self.session.get(self.url + "/images", params=query).json()["items"]
        self.others["disc"], self.others["second disc"] = (disc["id"] for disc in discs[:2])
        templates = self.session.get(self.url + "/templates", params={"depth": 1}).json()["items"]
        self.ids["/templates"] = templates[0]["id"]
        self.others["gpu template"] = next(t["id"] for t in templates if t["properties"]["gpus"])
        self.ids["/locations"], self.ids["/locations/{regionId}"] = LOCATION.split("/")

    def _reserve(self, size: int) -> None:
        body = {"properties": {"location": LOCATION, "size": size, "name": "supply"}}
        answer = self.session.post(self.url + "/ipblocks", json=body)
        self._addresses = self._done(answer)["properties"]["ips"]
        self.ids["/requests"] = answer.headers["Location"].split("/")[-2]

    def _compose(self) -> None:
        answer = self.create("/datacenters")
        entities = answer["entities"]
        first, second, cube, gpu = entities["servers"]["items"]
        nic = first["entities"]["nics"]["items"][0]
        self.ids |= {
            DC + "/servers": first["id"],
            SERVER + "/nics": nic["id"],
            NIC + "/firewallrules": nic["entities"]["firewallrules"]["items"][0]["id"],
            SERVER + "/volumes": first["entities"]["volumes"]["items"][0]["id"],
            DC + "/volumes": entities["volumes"]["items"][0]["id"],
            DC + "/lans": entities["lans"]["items"][0]["id"],
            LAN + "/nics": nic["id"],
            DC + "/loadbalancers": entities["loadbalancers"]["items"][0]["id"],
        }
        self.others["cube"], self.others["gpu"] = cube["id"], gpu["id"]
        self.others["second nic"] = second["entities"]["nics"]["items"][0]["id"]

    def _complete(self) -> None:
        """What does not come from a POST to a collection."""
        snapshot = self._done(
            self.call("POST", VOLUME + "/create-snapshot", {"properties": {"name": "before"}})
        )
        self.ids["/snapshots"] = snapshot["id"]
        image = {"name": "own", "location": LOCATION, "size": 3, "licenceType": "LINUX", "imageType": "HDD"}
        root = self.url.partition("/cloudapi")[0]
        self.ids["/images"] = self._done(self.session.post(root + "/_emulator/images", json=image))["id"]
        for owner in ("/snapshots/{snapshotId}", "/images/{imageId}"):
            self.ids[owner + "/labels"] = self.create_label(owner)
        self.ids["/labels"] = self.session.get(self.url + "/labels").json()["items"][0]["id"]
        self.ids[GPUS] = self.call("GET", GPUS).json()["items"][0]["id"]
        self.ids[POOL + "/nodes"] = self.call("GET", POOL + "/nodes").json()["items"][0]["id"]
        self.ids["/um/resources"] = "datacenter"
        self.ids["/um/resources/{resourceType}"] = self.ids["/datacenters"]
        self.share(self.ids["/datacenters"])

    def create_label(self, owner: str) -> str:
        return str(self._done(self.call("POST", owner + "/labels", _label(self)))["id"])


def _composite(world: World) -> Body:
    rule = {"properties": {"name": "ssh", "protocol": "TCP", "portRangeStart": 22, "portRangeEnd": 22}}
    boot = {
        "name": "boot",
        "size": 10,
        "type": "HDD",
        "imageAlias": "ubuntu:latest",
        "imagePassword": "abc123XYZ9",
    }
    first = {
        "properties": {"name": "web", "cores": 2, "ram": 4096},
        "entities": {
            "volumes": {"items": [{"properties": boot}]},
            "nics": {
                "items": [
                    {
                        "properties": {"name": "front", "lan": 1},
                        "entities": {"firewallrules": {"items": [rule]}},
                    }
                ]
            },
        },
    }
    second = {
        "properties": {"name": "db", "cores": 1, "ram": 1024},
        "entities": {"nics": {"items": [{"properties": {"name": "back", "lan": 2}}]}},
    }
    disk = {"name": "disk", "type": "DAS", "imageAlias": "debian:latest", "imagePassword": "abc123XYZ9"}
    cube = {
        "properties": {"name": "cube", "type": "CUBE", "templateUuid": world.ids["/templates"]},
        "entities": {"volumes": {"items": [{"properties": disk}]}},
    }
    ssd = {"name": "ssd", "type": "SSD Premium", "imageAlias": "debian:latest", "imagePassword": "abc123XYZ9"}
    gpu = {
        "properties": {"name": "gpu", "type": "GPU", "templateUuid": world.others["gpu template"]},
        "entities": {"volumes": {"items": [{"properties": ssd}]}},
    }
    spare = {"properties": {"name": "spare", "size": 2, "licenceType": "OTHER"}}
    lans = [
        {"properties": {"name": "public", "public": True}},
        {"properties": {"name": "private", "public": False}},
    ]
    return {
        "properties": {"name": world.fresh("shop"), "location": LOCATION, "description": "one of everything"},
        "entities": {
            "servers": {"items": [first, second, cube, gpu]},
            "volumes": {"items": [spare]},
            "lans": {"items": lans},
            "loadbalancers": {"items": [{"properties": {"name": "balancer"}}]},
        },
    }


def _label(world: World) -> Body:
    return {"properties": {"key": world.fresh("key"), "value": "prod"}}


def _flow_log(world: World) -> Body:
    properties = {"name": world.fresh("log"), "action": "ALL", "direction": "INGRESS", "bucket": "logs"}
    return {"properties": properties}


def _rule(world: World) -> Body:
    return {"properties": {"name": world.fresh("ping"), "protocol": "ICMP", "icmpType": 0, "icmpCode": 0}}


def _balancer(world: World) -> Body:
    return {
        "properties": {"name": world.fresh("lb"), "listenerLan": 1, "targetLan": 2, "ips": [world.address()]}
    }


def _target() -> Body:
    return {"ip": "10.1.1.1", "port": 80, "weight": 1}


def _user(world: World) -> Body:
    email = world.fresh("user") + "@example.org"
    properties = {
        "firstname": "Ada",
        "lastname": "L",
        "email": email,
        "password": "abc123-XYZ.9",
        "administrator": True,
    }
    return {"properties": properties}


def _named(stem: str, **properties: Any) -> Callable[[World], Body]:
    return lambda world: {"properties": {"name": world.fresh(stem), **properties}}


def _other(name: str) -> Callable[[World], Body]:
    return lambda world: {"id": world.others[name]}


def _of(template: str) -> Callable[[World], Body]:
    return lambda world: {"id": world.ids[template]}


NODES: Body = {
    "nodeCount": 1,
    "cpuFamily": "INTEL_SKYLAKE",
    "coresCount": 2,
    "ramSize": 2048,
    "availabilityZone": "AUTO",
    "storageType": "HDD",
    "storageSize": 100,
}

# What to POST to a collection, in an order in which each finds what it needs.
BODIES: dict[str, Callable[[World], Body]] = {
    "/datacenters": _composite,
    "/ipblocks": _named("block", location=LOCATION, size=1),
    DC + "/servers": _named("server", cores=1, ram=1024),
    DC + "/volumes": _named("volume", size=5, licenceType="LINUX"),
    DC + "/lans": _named("lan", public=False),
    DC + "/loadbalancers": _named("balancer", dhcp=True),
    SERVER + "/nics": _named("nic", lan=2, dhcp=True),
    NIC + "/firewallrules": _rule,
    SERVER + "/volumes": _of(DC + "/volumes"),
    SERVER + "/cdroms": _other("disc"),
    LAN + "/nics": _of(SERVER + "/nics"),
    BALANCER + "/balancednics": _other("second nic"),
    DC + "/labels": _label,
    SERVER + "/labels": _label,
    VOLUME + "/labels": _label,
    "/ipblocks/{ipblockId}/labels": _label,
    DC + "/securitygroups": _named("wall", description="inner"),
    SECURITY_GROUP + "/rules": _rule,
    NIC + "/flowlogs": _flow_log,
    DC + "/natgateways": lambda world: {
        "properties": {"name": world.fresh("nat"), "publicIps": [world.address()], "lans": [{"id": 2}]}
    },
    NAT + "/rules": lambda world: {
        "properties": {
            "name": world.fresh("snat"),
            "sourceSubnet": "10.0.0.0/24",
            "publicIp": world.call("GET", NAT).json()["properties"]["publicIps"][0],
        }
    },
    NAT + "/flowlogs": _flow_log,
    DC + "/networkloadbalancers": _balancer,
    NLB + "/forwardingrules": lambda world: {
        "properties": {
            "name": world.fresh("tcp"),
            "algorithm": "ROUND_ROBIN",
            "protocol": "TCP",
            "listenerIp": world.call("GET", NLB).json()["properties"]["ips"][0],
            "listenerPort": world.port(),
            "targets": [_target()],
        }
    },
    NLB + "/flowlogs": _flow_log,
    DC + "/applicationloadbalancers": _balancer,
    ALB + "/forwardingrules": lambda world: {
        "properties": {
            "name": world.fresh("http"),
            "protocol": "HTTP",
            "listenerIp": world.call("GET", ALB).json()["properties"]["ips"][0],
            "listenerPort": world.port(),
        }
    },
    ALB + "/flowlogs": _flow_log,
    "/targetgroups": _named("targets", algorithm="RANDOM", protocol="HTTP", targets=[_target()]),
    "/pccs": _named("cross", description="between"),
    "/backupunits": _named("backup", password="abc123XYZ9", email="backup@example.org"),
    "/um/users": _user,
    USER + "/s3keys": lambda world: {},
    "/um/groups": _named("operators", createDataCenter=True),
    GROUP + "/users": _of("/um/users"),
    "/k8s": _named("cluster"),
    CLUSTER + "/nodepools": lambda world: {
        "properties": {"name": world.fresh("pool"), "datacenterId": world.ids["/datacenters"], **NODES}
    },
}

SHARED: Body = {"properties": {"editPrivilege": True, "sharePrivilege": False}}

# What to send to the other writing operations: flat to PATCH, ``properties`` to PUT.
_DESCRIBED: Body = {"name": "renamed", "description": "changed"}
_IMAGE: Body = {**_DESCRIBED, "licenceType": "LINUX"}
_NAME: Body = {"name": "renamed"}
_PORTS: Body = {"name": "renamed", "sourceIp": "10.0.0.7"}
_SIZES: Body = {"name": "renamed", "cores": 4, "ram": 8192}
_NODE_COUNT: Body = {"nodeCount": 2}

PATCHES: dict[str, Body] = {
    DC: _DESCRIBED,
    SERVER: _SIZES,
    VOLUME: {"name": "renamed", "size": 20},
    LAN: {"name": "renamed", "public": True},
    NIC: {"name": "renamed", "dhcp": False},
    NIC + "/firewallrules/{firewallruleId}": _PORTS,
    NIC + "/flowlogs/{flowlogId}": _NAME,
    BALANCER: {"name": "renamed", "dhcp": False},
    SECURITY_GROUP: _DESCRIBED,
    SECURITY_GROUP + "/rules/{ruleId}": _PORTS,
    NAT: _NAME,
    NAT + "/rules/{natGatewayRuleId}": _NAME,
    NAT + "/flowlogs/{flowLogId}": _NAME,
    NLB: _NAME,
    NLB + "/forwardingrules/{forwardingRuleId}": _NAME,
    NLB + "/flowlogs/{flowLogId}": _NAME,
    ALB: _NAME,
    ALB + "/forwardingrules/{forwardingRuleId}": _NAME,
    ALB + "/flowlogs/{flowLogId}": _NAME,
    "/images/{imageId}": _DESCRIBED,
    "/snapshots/{snapshotId}": _DESCRIBED,
    "/ipblocks/{ipblockId}": _NAME,
    "/pccs/{pccId}": _DESCRIBED,
    "/targetgroups/{targetGroupId}": _NAME,
    "/backupunits/{backupunitId}": {"email": "other@example.org"},
}

_LABELLED = (DC, SERVER, VOLUME, "/ipblocks/{ipblockId}", "/snapshots/{snapshotId}", "/images/{imageId}")

_REPLACED: dict[str, Body] = {
    **{owner + "/labels/{key}": {"value": "test"} for owner in _LABELLED},
    NIC: {"name": "renamed", "lan": 1},
    "/images/{imageId}": _IMAGE,
    GROUP: {"name": "renamed", "reserveIp": True},
    SHARE: {"editPrivilege": False, "sharePrivilege": True},
    USER + "/s3keys/{keyId}": {"active": False},
    CLUSTER: _NAME,
    POOL: _NODE_COUNT,
}


def _whole(template: str, required: Iterable[str], world: World) -> Body:
    """A PUT repeats what the contract requires as it is and changes the fields of the PATCH."""
    now = world.call("GET", template).json()["properties"]
    return {"properties": {name: now[name] for name in required} | PATCHES[template]}


def _put_body(template: str, required: Iterable[str], world: World) -> Body:
    if template.endswith("/securitygroups"):
        return {"ids": [world.ids[DC + "/securitygroups"]]}
    if template == USER:
        email = world.fresh("renamed") + "@example.org"
        person = {"firstname": "Ada", "lastname": "Byron", "email": email}
        return {"properties": {**person, "administrator": True, "forceSecAuth": False}}
    if template in _REPLACED:
        return {"properties": dict(_REPLACED[template])}
    return _whole(template, required, world)


def _use_cube(world: World) -> None:
    world.ids[DC + "/servers"] = world.others["cube"]


def _suspended_cube(world: World) -> None:
    _use_cube(world)
    world.call("POST", SERVER + "/suspend")


def _unused(template: str) -> Callable[[World], None]:
    def prepare(world: World) -> None:
        world.create(template)

    return prepare


def _share_snapshot(world: World) -> None:
    world.ids[GROUP + "/shares"] = world.ids["/snapshots"]


def _without_pools(world: World) -> None:
    world.call("DELETE", POOL)


def _without_flow_log(parent: str, name: str = "flowLogId") -> Callable[[World], None]:
    def prepare(world: World) -> None:
        world.call("DELETE", f"{parent}/flowlogs/{{{name}}}")

    return prepare


def _balance_first_nic(world: World) -> None:
    world.others["second nic"] = world.ids[SERVER + "/nics"]


def _second_disc(world: World) -> None:
    world.others["disc"] = world.others["second disc"]


# What must be done before an operation can be called, beyond an account that holds one of everything.
PREPARATIONS: dict[str, Callable[[World], None]] = {
    f"POST {SERVER}/suspend": _use_cube,
    f"POST {SERVER}/resume": _suspended_cube,
    f"POST {SERVER}/cdroms": _second_disc,
    f"POST {SERVER}/volumes": _unused(DC + "/volumes"),
    f"POST {BALANCER}/balancednics": _balance_first_nic,
    f"POST {SHARE}": _share_snapshot,
    f"POST {GROUP}/users": _unused("/um/users"),
    f"POST {NIC}/flowlogs": _without_flow_log(NIC, "flowlogId"),
    f"POST {NAT}/flowlogs": _without_flow_log(NAT),
    f"POST {NLB}/flowlogs": _without_flow_log(NLB),
    f"POST {ALB}/flowlogs": _without_flow_log(ALB),
    f"DELETE {LAN}": _unused(DC + "/lans"),
    f"DELETE {CLUSTER}": _without_pools,
    f"DELETE {DC}": _without_pools,
}


_ACTIONS = ("start", "stop", "reboot", "suspend", "resume", "upgrade", "replace")


def body_for(method: str, template: str, required: Iterable[str], world: World) -> Body | None:
    """The body of an operation, None for those without; ``required`` names what a PUT must repeat."""
    if method == "PATCH":
        return PATCHES[template]
    if method == "PUT":
        return _put_body(template, required, world)
    if method != "POST" or template.endswith(_ACTIONS):
        return None
    if template == SHARE:
        return SHARED
    if template == VOLUME + "/create-snapshot":
        return {"properties": {"name": world.fresh("snapshot")}}
    if template == VOLUME + "/restore-snapshot":
        return {"properties": {"snapshotId": world.ids["/snapshots"]}}
    if template.endswith("/labels"):
        return _label(world)
    return BODIES[template](world) or None
