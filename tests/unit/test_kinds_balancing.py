# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateways, balancers, flow logs and security groups do beyond create, update and delete."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
    NotFound,
)
from unit.mounted import Mounted

NAT_RULE = {"name": "web", "source_subnet": "10.7.222.0/24", "nat_gateway": "out"}
FORWARD = {"name": "api", "type": "FORWARD", "target_group": "00000000-0000-4000-8000-000000000001"}
REDIRECT = {"name": "away", "type": "REDIRECT", "location": "https://www.example.com"}
STATIC = {"name": "no", "type": "STATIC", "response_message": "no"}
PATH = {"type": "PATH", "condition": "STARTS_WITH", "value": "/api"}


class World(Mounted):
    """A shop with reserved addresses, a gateway ``out``, a balancer of each kind ``front`` and a target group."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = self.shop()
        self.dc = {"datacenter": self.ids["datacenter"]}
        block = self.run("ipblock", name="reserved", location="de/fra", size=4)["ipblock"]
        self.ips = block["ips"]
        self.run("nat_gateway", **self.dc, name="out", public_ips=self.ips[:1], lans=[{"lan": "private"}])
        for kind, ip in (("network", self.ips[1]), ("application", self.ips[2])):
            self.run(
                f"{kind}_load_balancer", **self.dc, name="front", listener_lan="1", target_lan="2", ips=[ip]
            )
        self.group = self.run("target_group", name="web", algorithm="RANDOM", protocol="HTTP")["target_group"]

    def refused(self, kind: str, **options: Any) -> str:
        with pytest.raises(CloudError) as caught:
            self.run(kind, **{**self.dc, **options})
        assert self.writes == []
        assert "\n" not in str(caught.value)
        return str(caught.value)


@pytest.fixture(scope="module")
def world() -> World:
    """Read only by the tests that use it: each is refused."""
    return World()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"protocol": "ICMP", "target_port_range": {"start": 1, "end": 2}},
            "target_port_range: ICMP has no ports",
        ),
        ({"target_port_range": {"start": 1}}, "target_port_range.end: a range of ports needs both"),
        ({"target_port_range": {"start": 9, "end": 8}}, "target_port_range.end: 8 is below the start, 9"),
        ({"target_port_range": {"start": 0, "end": 8}}, "target_port_range.start: 0 is below the minimum, 1"),
    ],
)
def test_nat_rules_that_cannot_work_are_refused(world: World, options: dict[str, Any], says: str) -> None:
    assert says in world.refused("nat_gateway_rule", **NAT_RULE, public_ip=world.ips[0], **options)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            {**FORWARD, "target_group": None},
            "http_rules.target_group: the type FORWARD of the HTTP rule api needs it",
        ),
        (
            {**FORWARD, "location": "https://a"},
            "http_rules.location: it can only be used with type REDIRECT, not with the FORWARD",
        ),
        (
            {**FORWARD, "drop_query": True},
            "http_rules.drop_query: it can only be used with type REDIRECT, not with the FORWARD",
        ),
        (
            {**FORWARD, "status_code": 200},
            "http_rules.status_code: it can only be used with type REDIRECT or STATIC",
        ),
        (
            {**REDIRECT, "location": None},
            "http_rules.location: the type REDIRECT of the HTTP rule away needs it",
        ),
        ({**REDIRECT, "status_code": 200}, "a redirect must be one of 301, 302, 303, 307, 308, not 200"),
        (
            {**STATIC, "response_message": ""},
            "http_rules.response_message: the type STATIC of the HTTP rule no",
        ),
        ({**STATIC, "status_code": 199}, "status_code: 199 is below the minimum, 200"),
        ({**STATIC, "conditions": [{**PATH, "condition": None}]}, "conditions.condition: needed for PATH"),
        ({**STATIC, "conditions": [{**PATH, "value": None}]}, "conditions.value: needed for PATH"),
        (
            {**STATIC, "conditions": [{**PATH, "key": "k"}]},
            "conditions.key: it goes with COOKIE, HEADER and QUERY",
        ),
        ({**STATIC, "conditions": [{**PATH, "type": "HEADER"}]}, "conditions.key: needed for HEADER"),
        (
            {**STATIC, "conditions": [{**PATH, "condition": "EXISTS"}]},
            "EXISTS of the HTTP rule no compares with nothing",
        ),
        (
            {**STATIC, "conditions": [{**PATH, "type": "SOURCE_IP"}]},
            "SOURCE_IP of the HTTP rule no allows none",
        ),
    ],
)
def test_http_rules_that_cannot_work_are_refused(world: World, rule: dict[str, Any], says: str) -> None:
    listener = {"protocol": "HTTP", "listener_ip": world.ips[2], "listener_port": 80}
    options = {"application_load_balancer": "front", "name": "new", **listener, "http_rules": [rule]}
    assert says in world.refused("application_load_balancer_rule", **options)


def test_a_balancer_forwards_into_another_lan(world: World) -> None:
    options = {"name": "new", "listener_lan": "public", "target_lan": "1"}
    assert "another LAN than listener_lan, 1" in world.refused("network_load_balancer", **options)


def test_names_that_nothing_bears_are_told(world: World) -> None:
    rule = {**FORWARD, "target_group": "nowhere"}
    listener = {"protocol": "HTTP", "listener_ip": world.ips[2], "listener_port": 80}
    options = {"application_load_balancer": "front", "name": "new", **listener, "http_rules": [rule]}
    assert "target group 'nowhere'" in world.refused("application_load_balancer_rule", **options)
    assert "'nowhere'" in world.refused(
        "nat_gateway", name="new", public_ips=["1.2.3.4"], lans=[{"lan": "nowhere"}]
    )
    assert "'nowhere'" in world.refused("server", name="web", security_groups=["nowhere"])


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("nat_gateway", {"datacenter": "shop", "name": "out"}),
        ("network_load_balancer", {"datacenter": "shop", "name": "front"}),
        (
            "application_load_balancer_rule",
            {"datacenter": "shop", "application_load_balancer": "a", "name": "b"},
        ),
        ("target_group", {"name": "web"}),
        ("flowlog", {"datacenter": "shop", "nat_gateway": "out", "name": "a"}),
        ("security_group", {"datacenter": "shop", "name": "web"}),
    ],
)
@pytest.mark.parametrize("version", [4, 5])
def test_versions_that_have_none_say_so_before_any_request(
    kind: str, options: dict[str, Any], version: int
) -> None:
    mounted = Mounted(version)
    with pytest.raises(InvalidOption, match=f"^api_url: .* from version 6 .* version {version}$"):
        mounted.run(kind, **options)
    assert mounted.calls == []


# -- what they do -------------------------------------------------------------------------------------------------


def test_a_target_group_is_named_by_name() -> None:
    world = World()
    options = {
        **world.dc,
        "application_load_balancer": "front",
        "name": "new",
        "protocol": "HTTP",
        "listener_ip": world.ips[2],
        "listener_port": 80,
        "http_rules": [{**FORWARD, "target_group": "web", "conditions": [PATH]}, STATIC],
    }
    made = world.run("application_load_balancer_rule", **options)["application_load_balancer_rule"]
    assert made["http_rules"][0]["target_group"] == world.group["id"]
    again = world.run(
        "application_load_balancer_rule", **{**options, "http_rules": options["http_rules"][::-1]}
    )
    assert not again["changed"] and world.writes == []
    less = world.run("application_load_balancer_rule", **{**options, "http_rules": [STATIC]})
    assert [rule["name"] for rule in less["application_load_balancer_rule"]["http_rules"]] == ["no"]


def test_what_a_task_leaves_out_of_a_target_stays() -> None:
    world = World()
    balanced = {**world.dc, "network_load_balancer": "front", "name": "https"}
    target = {"ip": "10.7.222.11", "port": 443, "weight": 1}
    world.run(
        "network_load_balancer_rule",
        **balanced,
        algorithm="RANDOM",
        protocol="TCP",
        listener_ip=world.ips[1],
        listener_port=443,
        targets=[{**target, "proxy_protocol": "v2", "health_check": {"check_interval": 500}}],
    )
    change = world.run("network_load_balancer_rule", **balanced, targets=[{**target, "weight": 9}])
    [shown] = change["network_load_balancer_rule"]["targets"]
    assert (shown["weight"], shown["proxy_protocol"], shown["health_check"]["check_interval"]) == (
        9,
        "v2",
        500,
    )


@pytest.mark.parametrize("kind", ["nat_gateway", "network_load_balancer", "application_load_balancer"])
def test_flow_logs_are_found_below_each_kind_of_object(kind: str) -> None:
    world = World()
    parent = {"datacenter": "shop", kind: "out" if kind == "nat_gateway" else "front"}
    log = {"name": "all", "action": "ALL", "direction": "BIDIRECTIONAL", "bucket": "logs"}
    made = world.run("flowlog", **parent, **log)
    assert made["changed"] and made["flowlog"][f"{kind}_id"]
    again = world.run("flowlog", **parent, **log)
    assert not again["changed"] and again["flowlog"] == made["flowlog"]
    # No read of an application load balancer shows its flow logs.
    assert len(world.calls) == (3 if kind == "application_load_balancer" else 2)
    assert world.info("flowlog", **parent) == [made["flowlog"]]
    assert world.run("flowlog", **parent, name="all", state="absent")["changed"]
    assert world.info("flowlog", **parent) == []


def test_a_flow_log_needs_one_object_that_it_is_on(world: World) -> None:
    both = {"nat_gateway": "out", "network_load_balancer": "front", "name": "a"}
    assert "nat_gateway" in world.refused("flowlog", **both)


@pytest.mark.parametrize("kind", ["server", "nic"])
def test_security_groups_are_a_set(kind: str) -> None:
    world = World()
    own = {"datacenter": "shop", "name": "web" if kind == "server" else "front"}
    if kind == "nic":
        own["server"] = "web"
    ids = {
        name: world.run("security_group", **world.dc, name=name)["security_group"]["id"]
        for name in ("one", "two")
    }

    def run(*groups: str) -> dict[str, Any]:
        return world.run(kind, **own, security_groups=list(groups))

    assert run("one", ids["two"])["actions"] == ["assign"]
    assert [call.split(" ")[0] for call in world.writes] == ["PUT"]
    again = run("two", "one")
    assert not again["changed"] and len(world.calls) == 2
    assert set(again[kind]["security_groups"]) == set(ids.values())
    untouched = world.run(kind, **own)
    assert not untouched["changed"] and set(untouched[kind]["security_groups"]) == set(ids.values())
    foretold = world.check(kind, **own, security_groups=["one"])
    assert foretold["changed"] and foretold[kind]["security_groups"] == [ids["one"]] and world.writes == []
    [shown] = world.info("security_group", **world.dc, name="one")
    assert shown[f"{kind}s"] == [again[kind]["id"]]
    assert run()[kind]["security_groups"] == []
    assert not run()["changed"]


def test_a_new_server_gets_its_security_groups() -> None:
    world = World()
    group = world.run("security_group", **world.dc, name="one")["security_group"]["id"]
    made = world.run("server", **world.dc, name="new", cores=1, ram=1024, security_groups=["one"])
    assert made["actions"] == ["create", "assign"]
    assert made["server"]["security_groups"] == [group]


def test_rules_listed_with_a_security_group_are_checked_and_made() -> None:
    world = World()
    ping = {"name": "ping", "protocol": "ICMP", "icmp_type": 8, "icmp_code": 0}
    made = world.run("security_group", **world.dc, name="one", rules=[ping])["security_group"]
    assert [rule["name"] for rule in made["rules"]] == ["ping"]
    wrong = {**ping, "port_range_start": 1, "port_range_end": 2}
    assert "port_range_start: it goes with protocol TCP" in world.refused(
        "security_group", name="one", rules=[wrong]
    )
    more = world.run("security_group", **world.dc, name="one", rules=[{"name": "gre", "protocol": "GRE"}])
    assert sorted(rule["name"] for rule in more["security_group"]["rules"]) == ["gre", "ping"]


def test_a_missing_group_is_not_made_by_its_rule(world: World) -> None:
    with pytest.raises(NotFound):
        world.run("security_group_rule", **world.dc, security_group="nowhere", name="a", protocol="ANY")
    assert world.writes == []
