# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways, balancers, their rules, and target groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integration.runner import Runner

from .scenario import Clearing, Make, Scenario

TARGETS = [{"ip": "10.7.222.11", "port": 8080, "weight": 1}, {"ip": "10.7.222.12", "port": 8080, "weight": 2}]


def address(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """Reserved addresses, as variables: one for most, and more for what may not share it."""
    block = play.call("POST", "ipblocks", {"properties": {"location": "de/fra", "size": 4}})
    return dict(zip(("address", "second", "third", "fourth"), block["properties"]["ips"], strict=True))


def gateway(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """A NAT gateway ``front``."""
    made = address(play, ids)
    properties = {"name": "front", "publicIps": [made["address"]]}
    path = f"datacenters/{ids['datacenter']}/natgateways"
    return {**made, "nat_gateway": play.call("POST", path, {"properties": properties})["id"]}


def balancer(collection: str, kind: str) -> Any:
    """Makes a load balancer ``front`` that listens at the address, and a target group ``group``."""

    def make(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
        made = address(play, ids)
        properties = {"name": "front", "listenerLan": 1, "targetLan": 2, "ips": [made["address"]]}
        path = f"datacenters/{ids['datacenter']}/{collection}"
        group = {"name": "group", "algorithm": "RANDOM", "protocol": "HTTP"}
        made["group"] = play.call("POST", "targetgroups", {"properties": group})["id"]
        return {**made, kind: play.call("POST", path, {"properties": properties})["id"]}

    return make


def twin_rule(collection: str, properties: Mapping[str, Any], ip: str) -> Make:
    """Makes a rule ``twin`` with the parent's address as ``ip``; each listens at a port of its own."""

    def make(play: Runner, ids: Mapping[str, str]) -> str:
        path = collection.format_map(ids)
        there = len(play.call("GET", f"{path}?depth=1")["items"])
        own = ids[("third", "fourth")[there]] if ip == "publicIps" else ids["address"]
        body = {"name": "twin", **properties, ip: [own] if ip == "publicIps" else own}
        if "listenerPort" in properties:
            body["listenerPort"] = 1000 + there
        return str(play.call("POST", path, {"properties": body})["id"])

    return make


BALANCER = Scenario(
    create={
        "name": "new",
        "listener_lan": "public",
        "target_lan": "private",
        "ips": ["{{ address }}"],
    },
    change={"central_logging": True},
    clearing=Clearing("logging_format", "%t %a", "", "logging_format"),
    twin={"name": "twin", "listenerLan": 1, "targetLan": 2},
    given=address,
    unawaited={"ips": ["{{ second }}"]},
)

SCENARIOS = {
    "nat_gateway": Scenario(
        create={"name": "new", "public_ips": ["{{ address }}"], "lans": [{"lan": "private"}]},
        change={"name": "newer"},
        clearing=Clearing("lans", [{"lan": 2, "gateway_ips": ["10.9.9.1/24"]}], [], "lans"),
        twin=twin_rule("datacenters/{datacenter}/natgateways", {}, "publicIps"),
        given=address,
        unawaited={"public_ips": ["{{ second }}"]},
    ),
    "nat_gateway_rule": Scenario(
        create={
            "name": "new",
            "protocol": "TCP",
            "source_subnet": "10.7.222.0/24",
            "public_ip": "{{ address }}",
            "target_port_range": {"start": 80, "end": 90},
        },
        change={"source_subnet": "10.7.223.0/24"},
        twin=twin_rule(
            "datacenters/{datacenter}/natgateways/{nat_gateway}/rules",
            {"sourceSubnet": "10.7.222.0/24"},
            "publicIp",
        ),
        given=gateway,
        lacks="the service has a value for all that a rule leaves out",
    ),
    "network_load_balancer": BALANCER,
    "network_load_balancer_rule": Scenario(
        create={
            "name": "new",
            "algorithm": "ROUND_ROBIN",
            "protocol": "TCP",
            "listener_ip": "{{ address }}",
            "listener_port": 80,
            "targets": TARGETS,
        },
        change={"algorithm": "RANDOM"},
        twin=twin_rule(
            "datacenters/{datacenter}/networkloadbalancers/{network_load_balancer}/forwardingrules",
            {
                "algorithm": "RANDOM",
                "protocol": "TCP",
                "listenerPort": 1,
                "targets": [{"ip": "10.0.0.1", "port": 1, "weight": 1}],
            },
            "listenerIp",
        ),
        given=balancer("networkloadbalancers", "network_load_balancer"),
        unawaited={"listener_port": 81},
        lacks="a rule needs targets, and has a value for all else",
    ),
    "application_load_balancer": BALANCER,
    "application_load_balancer_rule": Scenario(
        create={
            "name": "new",
            "protocol": "HTTP",
            "listener_ip": "{{ address }}",
            "listener_port": 80,
            "http_rules": [
                {
                    "name": "api",
                    "type": "FORWARD",
                    "target_group": "{{ group }}",
                    "conditions": [{"type": "PATH", "condition": "STARTS_WITH", "value": "/api"}],
                }
            ],
        },
        change={"client_timeout": 60000},
        clearing=Clearing(
            "http_rules",
            [{"name": "away", "type": "REDIRECT", "location": "https://www.example.com", "status_code": 302}],
            [],
            "http_rules",
        ),
        twin=twin_rule(
            "datacenters/{datacenter}/applicationloadbalancers/{application_load_balancer}/forwardingrules",
            {"protocol": "HTTP", "listenerPort": 1},
            "listenerIp",
        ),
        given=balancer("applicationloadbalancers", "application_load_balancer"),
        unawaited={"listener_port": 81},
    ),
    "target_group": Scenario(
        create={"name": "new", "algorithm": "ROUND_ROBIN", "protocol": "HTTP", "targets": TARGETS},
        change={"algorithm": "LEAST_CONNECTION"},
        clearing=Clearing("targets", TARGETS[:1], [], "targets"),
        twin={"name": "twin", "algorithm": "RANDOM", "protocol": "HTTP"},
    ),
}
