# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter topology: what it shows, in which order, how it is laid out, and that no text breaks out of its place."""

from __future__ import annotations

import copy
import html
import inspect
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.filter import topology as plugin
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology import cards, shapes
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.lettering import (
    fit,
    fit_name,
    flow,
    width,
)
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.plain import natural, text
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.site import brief, memory, read
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.svg import columns

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("svg", "mermaid", "dot")
SVG = "{http://www.w3.org/2000/svg}"
ODD = [
    'a "quoted" name',
    "it's",
    "<script>alert(1)</script>",
    "a|b",
    "two\nlines\tand a tab",
    "]]>",
    "--> end",
    "{{ lookup('pipe', 'id') }} {% raw %}",
    "back\\slash \\N \\l",
    "%%{init: {'theme': 'dark'}}%%",
    "`code` **bold** _low_",
    "1. first",
    "- item",
    "www.example.com",
    "&amp; &#35; #35;",
    "nul\x00 bell\x07 \ud800",
    "b\u202eackwards",
    "日本語 \U0001f680",
    "x" * 300,
]

topology = plugin.FilterModule().filters()["topology"]


def rule(**fields: Any) -> dict[str, Any]:
    return {"name": "rule", "protocol": "TCP", **fields}


def server(number: int) -> dict[str, Any]:
    """A server as the modules return it, with a public and a private NIC."""
    name = f"web-{number}"
    return {
        "id": f"id-{number}",
        "name": name,
        "cores": 2,
        "ram": 4096,
        "state": "AVAILABLE",
        "vm_state": "RUNNING",
        "boot_volume": f"boot-{number}",
        "volumes": [
            {
                "id": f"data-{number}",
                "name": f"{name}-data",
                "size": 100,
                "disk_type": "HDD",
                "device_number": 2,
            },
            {
                "id": f"boot-{number}",
                "name": f"{name}-boot",
                "size": 10,
                "disk_type": "SSD",
                "device_number": 1,
            },
        ],
        "nics": [
            {
                "id": f"back-{number}",
                "name": "back",
                "lan": 2,
                "ips": [f"10.0.0.{number}"],
                "device_number": 2,
            },
            {
                "id": f"front-{number}",
                "name": "front",
                "lan": 1,
                "ips": [f"203.0.113.{number}"],
                "device_number": 1,
                "firewall_active": True,
                "firewall_rules": [
                    rule(name="http", port_range_start=80, port_range_end=80),
                    rule(name="ssh", port_range_start=22, port_range_end=22),
                ],
            },
        ],
    }


def datacenter(servers: int) -> dict[str, Any]:
    """A data center as the modules return it."""
    return {
        "id": "dc",
        "name": "shop",
        "location": "de/fra",
        "lans": [
            {"id": "2", "name": "private", "public": False},
            {"id": "1", "name": "public", "public": True},
        ],
        "servers": [server(number) for number in range(1, servers + 1)],
        "volumes": [{"id": "old", "name": "old", "size": 50, "disk_type": "HDD", "server_id": None}],
        "loadbalancers": [
            {"name": "balancer", "ip": "203.0.113.99", "balanced_nics": ["front-1", "front-2"]}
        ],
    }


def various(servers: int) -> dict[str, Any]:
    """A data center whose servers are all drawn, because none is like the other."""
    value = datacenter(servers)
    for cores, each in enumerate(value["servers"], 1):
        each["cores"] = cores
    return value


DESCRIPTION: dict[str, Any] = {
    "name": "shop",
    "lans": [{"name": "public", "public": True}, {"name": "private"}],
    "servers": [
        {
            "name": "web-%02d",
            "count": 3,
            "cores": 2,
            "ram": 2048,
            "boot_volume": "boot",
            "volumes": [{"name": "data", "size": 20}, {"name": "boot", "size": 10, "disk_type": "SSD"}],
            "nics": [
                {"name": "b", "lan": "public", "firewall_rules": [rule()]},
                {"name": "a", "lan": "private"},
            ],
        }
    ],
}


def shown(picture: str) -> list[str]:
    """The texts of an SVG."""
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def tips(picture: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}title")]


# -- what is read -------------------------------------------------------------------------------------------------


def test_a_tree_of_the_service_is_read() -> None:
    site = read(datacenter(3))
    assert [lan.label for lan in site.lans] == ["public", "private"]
    assert [lan.public for lan in site.lans] == [True, False]
    assert site.summary == "de/fra, 3 servers, 6 cores, 12 GB RAM, 380 GB storage"
    first = site.servers[0]
    assert (first.title, first.measure, first.state) == ("web-1", "2 cores, 4 GB RAM", "RUNNING")
    assert [(volume.name, volume.measure, volume.boot) for volume in first.volumes] == [
        ("web-1-boot", "10 GB SSD", True),
        ("web-1-data", "100 GB HDD", False),
    ]
    front, back = first.nics
    assert (front.name, front.lan, front.ips) == ("front", 0, ("203.0.113.1",))
    assert front.firewall is not None and front.firewall.active
    assert front.firewall.words == ("TCP 22", "TCP 80")
    assert front.firewall.details == ("ssh: TCP 22", "http: TCP 80")
    assert (back.lan, back.firewall) == (1, None)
    assert [volume.name for volume in site.loose] == ["old"]


def test_a_description_names_lans_and_the_boot_volume_by_name() -> None:
    site = read(DESCRIPTION)
    (web,) = site.servers
    assert web.title == "web-%02d × 3"
    assert site.summary == "3 servers, 6 cores, 6 GB RAM, 90 GB storage"
    assert [(volume.name, volume.boot) for volume in web.volumes] == [("boot", True), ("data", False)]
    assert [(nic.name, site.lans[nic.lan or 0].label) for nic in web.nics] == [
        ("b", "public"),
        ("a", "private"),
    ]
    assert web.nics[0].firewall is not None and not web.nics[0].firewall.active


def test_lans_that_only_a_nic_names_are_there_and_private() -> None:
    site = read({"servers": [{"name": "s", "nics": [{"lan": 7}, {"lan": "spare"}, {"lan": None}]}]})
    assert [(lan.label, lan.public) for lan in site.lans] == [("LAN 7", False), ("spare", False)]
    assert [nic.lan for nic in site.servers[0].nics] == [0, 1, None]


def test_the_number_of_a_lan_wins_over_an_equal_name() -> None:
    lans = [{"id": "1", "name": "2"}, {"id": "2", "name": "1"}]
    site = read({"lans": lans, "servers": [{"nics": [{"lan": 2}]}]})
    assert site.lans[site.servers[0].nics[0].lan or 0].name == "1"


def test_volumes_are_joined_to_servers_that_do_not_list_them() -> None:
    volumes = [
        {"id": "v1", "name": "one", "server_id": "s1"},
        {"id": "v2", "name": "two", "server": "second"},
        {"id": "v3", "name": "three"},
    ]
    site = read({"servers": [{"id": "s1", "name": "first"}, {"name": "second"}], "volumes": volumes})
    assert [[volume.name for volume in each.volumes] for each in site.servers] == [["one"], ["two"]]
    assert [volume.name for volume in site.loose] == ["three"]


def test_a_volume_may_point_to_a_server_that_lists_others() -> None:
    servers = [{"name": "web", "volumes": [{"name": "boot"}]}]
    volumes = [{"name": "data", "server": "web"}, {"name": "boot", "server": "web"}]
    site = read({"servers": servers, "volumes": volumes})
    assert [volume.name for volume in site.servers[0].volumes] == ["boot", "data"]
    assert site.loose == ()


def test_volumes_that_a_server_lists_are_not_shown_twice() -> None:
    volumes = [{"id": "v1", "name": "one", "size": 5}, {"name": "two", "size": 6}]
    site = read(
        {"servers": [{"name": "s", "volumes": [{"id": "v1", "name": "one"}, "two"]}], "volumes": volumes}
    )
    assert [(volume.name, volume.size) for volume in site.servers[0].volumes] == [("one", None), ("two", 6)]
    assert site.loose == ()


@pytest.mark.parametrize(
    "reference",
    ["n1", "web/front", "front", {"id": "n1"}, {"server": "web", "nic": "front"}, {"name": "front"}],
)
def test_a_balanced_nic_is_found_and_tells_the_lan_of_its_balancer(reference: Any) -> None:
    servers = [{"name": "web", "nics": [{"id": "n1", "name": "front", "lan": 4}]}]
    site = read({"servers": servers, "loadbalancers": [{"name": "lb", "balanced_nics": [reference]}]})
    assert site.balancers[0].balanced == ("web/front",)
    assert site.balancers[0].lan == site.servers[0].nics[0].lan == 0
    assert site.servers[0].nics[0].balancers == ("lb",)


def test_a_name_that_several_nics_have_means_none_of_them() -> None:
    servers = [{"name": name, "nics": [{"name": "front", "lan": 1}]} for name in ("a", "b")]
    site = read({"servers": servers, "loadbalancers": [{"name": "lb", "balanced_nics": ["front"]}]})
    assert site.balancers[0].balanced == ("front",)
    assert [nic.balancers for server in site.servers for nic in server.nics] == [(), ()]


def test_what_stands_in_two_places_is_two_things() -> None:
    nics = [{"name": "front", "lan": 1}]
    servers = [{"name": "a", "nics": nics}, {"name": "b", "nics": nics}]
    site = read({"servers": servers, "loadbalancers": [{"name": "lb", "balanced_nics": ["b/front"]}]})
    assert [nic.balancers for server in site.servers for nic in server.nics] == [(), ("lb",)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"port_range_start": 22, "port_range_end": 22}, "TCP 22"),
        ({"port_range_start": 8000, "port_range_end": 8080, "protocol": "UDP"}, "UDP 8000-8080"),
        ({"protocol": "ICMP", "icmp_type": 8, "icmp_code": 0}, "ICMP 8/0"),
        ({"protocol": "ICMP", "icmp_type": 0}, "ICMP 0"),
        ({}, "TCP"),
        ({"protocol": None}, "any"),
        ({"type": "EGRESS", "target_ip": "192.0.2.1"}, "TCP out to 192.0.2.1"),
        (
            {"source_ip": "192.0.2.0/24", "source_mac": "02:01:00:00:00:01"},
            "TCP from 192.0.2.0/24 from 02:01:00:00:00:01",
        ),
    ],
)
def test_a_rule_in_words(fields: dict[str, Any], words: str) -> None:
    nic = {"firewall_active": True, "firewall_rules": [rule(**fields)]}
    firewall = read({"servers": [{"nics": [nic]}]}).servers[0].nics[0].firewall
    assert firewall is not None and firewall.words == (words,)


@pytest.mark.parametrize(
    ("nic", "public", "words"),
    [
        ({"firewall_active": True}, True, ("nothing gets in",)),
        ({"firewall_active": True, "firewall_type": "EGRESS"}, True, ("nothing gets out",)),
        ({"firewall_active": True, "firewall_type": "BIDIRECTIONAL"}, True, ("nothing gets in or out",)),
        ({"firewall_active": False, "firewall_rules": [rule()]}, True, ("inactive", "TCP")),
        ({"firewall_active": False}, True, ("no firewall",)),
        ({"firewall_active": False}, False, None),
        ({"firewall_active": None}, True, None),
        ({"firewall_rules": [rule()]}, True, ("inactive", "TCP")),
        ({}, True, ("no firewall",)),
    ],
)
def test_what_a_firewall_does(nic: dict[str, Any], public: bool, words: tuple[str, ...] | None) -> None:
    site = read({"lans": [{"id": "1", "public": public}], "servers": [{"nics": [{"lan": 1, **nic}]}]})
    firewall = site.servers[0].nics[0].firewall
    assert (firewall and firewall.words) == words


@pytest.mark.parametrize(
    ("state", "machine", "told"),
    [
        ("AVAILABLE", "SHUTOFF", "SHUTOFF"),
        ("BUSY", "RUNNING", "BUSY"),
        ("INACTIVE", "SUSPENDED", "SUSPENDED"),
        (None, None, ""),
        (None, "RUNNING", "RUNNING"),
    ],
)
def test_the_state_is_that_of_the_machine_once_the_service_is_done(
    state: Any, machine: Any, told: str
) -> None:
    assert read({"servers": [{"state": state, "vm_state": machine}]}).servers[0].state == told


@pytest.mark.parametrize(
    ("megabytes", "words"), [(512, "512 MB"), (1024, "1 GB"), (2560, "2.5 GB"), (1025, "1025 MB")]
)
def test_memory_in_words(megabytes: int, words: str) -> None:
    assert memory(megabytes) == words


def test_names_are_sorted_as_people_count() -> None:
    names = ["web-10", "web-2", "Web-1", "db", "web", "2", "10", "web-02"]
    assert sorted(names, key=natural) == ["2", "10", "db", "web", "Web-1", "web-02", "web-2", "web-10"]


def test_text_is_one_line_without_what_cannot_be_seen() -> None:
    assert text(" a\n\tb\x00c\u202ed\ud800 ") == "a b cd"
    assert (text(None), text(0), text("")) == ("", "0", "")


# -- what is beside servers and LANs ------------------------------------------------------------------------------


def everything() -> dict[str, Any]:
    """A data center with a gateway, balancers, groups, failover and a node pool, as a tree."""
    value = datacenter(2)
    front = value["servers"][0]["nics"][1]
    front["security_groups"] = ["g1", "g2"]
    value["servers"][0]["security_groups"] = ["g1"]
    value["security_groups"] = [{"id": "g1", "name": "web"}, {"id": "g2", "name": "strict"}]
    value["lans"][1]["ip_failover"] = [{"ip": "203.0.113.40", "nic_id": "front-2"}]
    both = {"listener_lan": 1, "target_lan": 2}
    value["nat_gateways"] = [
        {
            "name": "way-out",
            "public_ips": ["203.0.113.50"],
            "lans": [{"lan": 2}],
            "rules": [{"name": "all", "source_subnet": "10.0.0.0/8"}],
        }
    ]
    targets = [{"ip": "10.0.0.1", "port": 8080}, {"ip": "192.0.2.9", "port": 8080}]
    value["network_load_balancers"] = [
        {"name": "tcp", "ips": ["203.0.113.51"], **both}
        | {"rules": [{"protocol": "TCP", "listener_port": 443, "targets": targets}]}
    ]
    http = [
        {"type": "FORWARD", "target_group": "t1"},
        {"type": "FORWARD", "target_group": "elsewhere"},
        {"type": "REDIRECT", "location": "https://example.com"},
    ]
    value["application_load_balancers"] = [
        {"name": "http", "ips": ["203.0.113.52"], **both}
        | {"rules": [{"protocol": "HTTP", "listener_port": 80, "http_rules": http}]}
    ]
    value["target_groups"] = [{"id": "t1", "name": "shop", "targets": [{"ip": "10.0.0.2", "port": 80}]}]
    nodes = [{**server(number), "name": f"workers-{number}", "k8s_nodepool": "workers"} for number in (7, 8)]
    value["servers"] += nodes
    value["k8s_nodepools"] = [
        {"name": "workers", "node_count": 2},
        {"name": "empty", "node_count": 3, "state": "DEPLOYING"},
    ]
    return value


def test_gateways_and_balancers_tell_their_lans_and_what_is_behind_them() -> None:
    site = read(everything())
    assert [lan.label for lan in site.lans] == ["public", "private"]
    told = {each.name: (each.kind, each.ip, each.lan, each.targets, each.balanced) for each in site.balancers}
    assert told.pop("balancer")[:2] == ("Load balancer", "203.0.113.99")
    assert told == {
        "way-out": ("NAT gateway", "203.0.113.50", None, (1,), ("10.0.0.0/8",)),
        "tcp": (
            "Network load balancer",
            "203.0.113.51",
            0,
            (1,),
            ("TCP 443 \u2192 192.0.2.9:8080", "TCP 443 \u2192 web-1:8080"),
        ),
        "http": (
            "Application load balancer",
            "203.0.113.52",
            0,
            (1,),
            (
                "HTTP 80 \u2192 redirect to https://example.com",
                "HTTP 80 \u2192 target group elsewhere",
                "HTTP 80 \u2192 web-2:80",
            ),
        ),
    }


def test_groups_and_failover_are_told_at_servers_and_nics() -> None:
    one, other = read(everything()).servers[:2]
    assert one.groups == ("web",)
    assert one.nics[0].groups == ("strict", "web") and one.nics[0].failover == ()
    assert other.nics[0].failover == ("203.0.113.40",)


def test_the_nodes_of_a_pool_are_one_box_with_their_number() -> None:
    pools = {each.name: each for each in read(everything()).servers[2:]}
    assert list(pools) == ["empty", "workers"]
    assert pools["workers"].title == "workers \u00d7 2" and pools["workers"].note == "Kubernetes node pool"
    assert [nic.lan for nic in pools["workers"].nics] == [0, 1]
    assert pools["empty"].count == 3 and pools["empty"].state == "DEPLOYING"


@pytest.mark.parametrize("form", FORMATS)
def test_all_of_it_is_in_the_picture(form: str) -> None:
    picture = html.unescape(
        re.sub(r"#(\d+);", lambda match: chr(int(match[1])), topology(everything(), form))
    )
    needed = [
        "way-out",
        "NAT gateway",
        "203.0.113.50",
        "10.0.0.0/8",
        "tcp",
        "Network load balancer",
        "web-1:8080",
    ]
    needed += [
        "http",
        "Application load balancer",
        "web-2:80",
        "security groups: web",
        "strict",
        "203.0.113.40",
    ]
    needed += ["failover", "workers \u00d7 2", "Kubernetes node pool", "empty \u00d7 3"]
    assert [word for word in needed if word not in picture] == []


def test_many_equal_servers_are_one_card_with_their_number() -> None:
    value = datacenter(50)
    value["loadbalancers"] = []
    (fifty,) = read(value).servers
    assert (fifty.title, fifty.note, fifty.count) == ("web-1 \u2026 web-50", "50 equal servers", 50)
    assert [nic.ips for nic in fifty.nics] == [
        ("203.0.113.1 \u2026 203.0.113.50",),
        ("10.0.0.1 \u2026 10.0.0.50",),
    ]
    assert len(read({**value, "servers": value["servers"][:6]}).servers) == 6
    value["servers"][20]["cores"] = 8
    assert [each.count for each in read(value).servers] == [49, 1]
    assert "50 servers, 106 cores" in read(value).summary


def test_a_description_draws_as_what_is_built_of_it() -> None:
    nics = [{"name": "front", "lan": "public"}]
    disk = {"name": "boot", "size": 10}
    servers = [
        {"name": "on", "nics": nics, "volumes": [disk]},
        {"name": "off", "state": "stopped"},
        {"name": "cube", "type": "CUBE", "state": "stopped"},
        {"name": "said", "state": "running"},
    ]
    site = read({"lans": [{"name": "public", "public": True}], "servers": servers})
    assert {each.name: each.state for each in site.servers} == {
        "on": "RUNNING",
        "off": "SHUTOFF",
        "cube": "SUSPENDED",
        "said": "RUNNING",
    }
    on = next(each for each in site.servers if each.name == "on")
    assert on.volumes[0].measure == "10 GB HDD"
    assert on.nics[0].firewall is not None and on.nics[0].firewall.words == ("no firewall",)


def test_the_lines_of_mermaid_bear_no_words_and_the_colours_of_their_lans() -> None:
    picture = topology(various(12), "mermaid")
    joined = re.findall(r"^ +(\w+) ---(.*) (\w+)$", picture, re.M)
    assert len(joined) == 1 + 1 + 24 and {words for _start, words, _end in joined} == {""}
    styles = re.findall(r"linkStyle ([\d,]+) stroke:(#\w+)", picture)
    assert [colour for _lines, colour in styles] == list(shapes.LAN_COLOURS[:2])
    for index, (numbers, _colour) in enumerate(styles):
        for number in map(int, numbers.split(",")):
            assert f"lan{index}" in joined[number]


# -- all formats --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "value", [{}, datacenter(2), DESCRIPTION, datacenter(50)], ids=["empty", "two", "plan", "fifty"]
)
def test_the_order_in_which_things_are_listed_changes_no_byte(form: str, value: dict[str, Any]) -> None:
    shuffled = copy.deepcopy(value)
    lists = [shuffled.get(key, []) for key in ("lans", "servers", "volumes", "loadbalancers")]
    for each in shuffled.get("servers", []):
        lists += [each["volumes"], each["nics"], *(nic.get("firewall_rules", []) for nic in each["nics"])]
    lists += [balancer["balanced_nics"] for balancer in shuffled.get("loadbalancers", [])]
    for each in lists:
        random.Random(7).shuffle(each)
    assert topology(shuffled, form) == topology(value, form)


@pytest.mark.parametrize("form", FORMATS)
def test_everything_that_matters_is_in_the_picture(form: str) -> None:
    picture = html.unescape(
        re.sub(r"#(\d+);", lambda match: chr(int(match[1])), topology(datacenter(2), form))
    )
    needed = [
        "shop",
        "de/fra",
        "2 servers",
        "Internet",
        "public",
        "private",
        "web-1",
        "web-2",
        "2 cores",
        "4 GB RAM",
    ]
    needed += ["RUNNING", "web-1-boot", "10 GB SSD", "boot", "100 GB HDD", "front", "203.0.113.1", "10.0.0.2"]
    needed += [
        "TCP 22, TCP 80",
        "balancer",
        "203.0.113.99",
        "web-1/front",
        "balanced by balancer",
        "old",
        "50 GB HDD",
    ]
    assert [word for word in needed if word not in picture] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_title_replaces_the_name(form: str) -> None:
    assert "Planned" in topology(datacenter(1), form, title="Planned")
    assert "Data center" in topology({}, form)
    assert "Data center" in topology({}, form, title="")


def test_the_direction_is_that_of_the_graph() -> None:
    assert topology({}, "mermaid", "TB").startswith("flowchart TB\n")
    assert "  rankdir=TB;\n" in topology({}, "dot", "TB")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({}, "png"), "format must be one of svg, mermaid, dot, not 'png'"),
        (({}, ["svg"]), "format must be one of svg, mermaid, dot, not ['svg']"),
        (({}, "svg", "RL"), "direction must be one of LR, TB, not 'RL'"),
        (({}, "svg", "LR", 3), "title must be a string, not 3"),
        (([],), "the data center must be a dictionary, not a list; give one of them, such as datacenters[0]"),
        ((None,), "the data center must be a dictionary, not nothing"),
        (("shop",), "the data center must be a dictionary, not a string"),
        (({"servers": {}},), "servers must be a list, not a dictionary"),
        (({"servers": "web"},), "servers must be a list, not a string"),
        (({"lans": [1]},), "lans[0] must be a dictionary, not a number"),
        (({"servers": [{}, {"nics": 3}]},), "servers[1].nics must be a list, not a number"),
        (({"servers": [{"nics": [{}, True]}]},), "servers[0].nics[1] must be a dictionary, not a boolean"),
        (
            ({"servers": [{"nics": [{"ips": "1.2.3.4"}]}]},),
            "servers[0].nics[0].ips must be a list, not a string",
        ),
        (({"servers": [{"volumes": [3]}]},), "servers[0].volumes[0] must be a dictionary, not a number"),
        (
            ({"servers": [{"name": "z"}, {"name": "a", "nics": [{"firewall_rules": 1}]}]},),
            "servers[1].nics[0].firewall_rules must be a list, not a number",
        ),
        (
            ({"loadbalancers": [{"balanced_nics": "n"}]},),
            "loadbalancers[0].balanced_nics must be a list, not a string",
        ),
    ],
)
def test_what_is_no_data_center_is_an_error_that_names_the_place(arguments: Any, message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=f"^topology: {re.escape(message)}$"):
        topology(*arguments)


KEYS = st.sampled_from(
    [
        "name",
        "id",
        "lans",
        "servers",
        "volumes",
        "nics",
        "lan",
        "ips",
        "firewall_rules",
        "loadbalancers",
        "count",
        "size",
    ]
    + [
        "public",
        "ram",
        "cores",
        "balanced_nics",
        "firewall_active",
        "device_number",
        "boot_volume",
        "server_id",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=30,
)


@settings(max_examples=150)
@given(value=st.dictionaries(KEYS, TREES, max_size=5), form=st.sampled_from(FORMATS))
def test_any_value_gives_a_picture_or_the_filters_own_error(value: Any, form: str) -> None:
    try:
        picture = topology(value, form)
    except AnsibleFilterError as error:
        assert str(error).startswith("topology: ")
    else:
        assert picture.endswith("\n")
        assert form != "svg" or ElementTree.fromstring(picture).tag == f"{SVG}svg"


# -- no text breaks out -------------------------------------------------------------------------------------------


def named(name: str) -> dict[str, Any]:
    """A data center in which everything that has a name has this one."""
    nic = {
        "name": name,
        "lan": 1,
        "ips": [name],
        "firewall_active": True,
        "firewall_rules": [rule(name=name, source_ip=name)],
    }
    volume = {"name": name, "size": 1, "disk_type": name}
    balancer = {"name": name, "ip": name, "balanced_nics": [f"{text(name)}/{text(name)}"]}
    return {
        "name": name,
        "location": name,
        "description": name,
        "lans": [{"id": "1", "name": name, "public": True, "ipv4_cidr_block": name}],
        "servers": [{"name": name, "type": name, "vm_state": name, "volumes": [volume], "nics": [nic]}],
        "volumes": [volume],
        "loadbalancers": [balancer],
    }


def dot_labels(picture: str) -> list[str]:
    return re.findall(r"label=<(.*?/>)>(?=, |;$|\])", picture, re.M)


@pytest.mark.parametrize("name", ODD)
def test_svg_keeps_odd_text_as_text(name: str) -> None:
    picture = topology(named(name))
    plain = topology(named("plain"))
    elements = [element.tag for element in ElementTree.fromstring(picture).iter()]
    assert set(elements) == {element.tag for element in ElementTree.fromstring(plain).iter()}
    assert text(name) in tips(picture)
    assert "{{" not in picture and "{%" not in picture and "{#" not in picture


@pytest.mark.parametrize("name", ODD)
def test_mermaid_keeps_odd_text_inside_its_labels(name: str) -> None:
    picture, plain = (topology(named(each), "mermaid") for each in (name, "plain"))
    labels = re.findall(r'"([^"\n]*)"', picture)
    assert re.sub(r'"[^"\n]*"', '""', picture) == re.sub(r'"[^"\n]*"', '""', plain)
    for label in labels:
        lines = label.split("<br/>")
        assert not re.search(r"[<>{}|`\\%&*_\[\]~@]|#(?!\d+;)", "".join(lines))
        assert not re.search(r"^([-+]|\d+[.)]) |www\.", "\n".join(lines), re.M)
    decoded = [re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label) for label in labels]
    assert any(label.startswith(text(name)) for label in decoded)


@pytest.mark.parametrize("name", ODD)
def test_dot_keeps_odd_text_inside_its_labels(name: str) -> None:
    picture, plain = (topology(named(each), "dot") for each in (name, "plain"))
    labels = dot_labels(picture)
    assert len(labels) == len(dot_labels(plain))
    for label in labels:
        parsed = ElementTree.fromstring(f"<label>{label}</label>")
        assert {element.tag for element in parsed.iter()} <= {"label", "b", "br"}
    assert any(
        text(name) in "".join(ElementTree.fromstring(f"<l>{label}</l>").itertext()) for label in labels
    )
    assert "{{" not in picture and "{%" not in picture and "{#" not in picture


# -- the layout of the SVG ----------------------------------------------------------------------------------------


def boxes(picture: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each card."""
    found = []
    for element in ElementTree.fromstring(picture).iter(f"{SVG}rect"):
        if element.get("rx") == "7" and element.get("fill") == "none":
            x, y, across, down = (float(element.attrib[key]) for key in ("x", "y", "width", "height"))
            found.append((x, y, x + across, y + down))
    return found


def lines(picture: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Colour and ends of each straight line of a LAN."""
    for element in ElementTree.fromstring(picture).iter(f"{SVG}path"):
        straight = re.fullmatch(r"M([\d.]+) ([\d.]+)([HV])([\d.]+)", element.attrib["d"])
        if straight and element.attrib["stroke"] != shapes.PAPER:
            x, y, end = float(straight[1]), float(straight[2]), float(straight[4])
            yield element.attrib["stroke"], x, y, *((end, y) if straight[3] == "H" else (x, end))


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("count", [1, 3, 4, 6, 7, 50, 200])
def test_cards_do_not_overlap_and_stay_inside_the_picture(count: int, direction: str) -> None:
    picture = topology(various(count), direction=direction)
    found = boxes(picture)
    assert len(found) == count + 2
    across, down = map(float, ElementTree.fromstring(picture).attrib["viewBox"].split()[2:])
    assert all(
        left >= 0 and top >= 0 and right <= across and bottom <= down for left, top, right, bottom in found
    )
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            beside = one[2] <= other[0] or other[2] <= one[0]
            assert beside or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("count", [3, 50])
def test_each_nic_is_joined_to_its_lan(count: int) -> None:
    picture = topology(various(count))
    found = boxes(picture)
    drawn = list(lines(picture))
    for colour, of_cards in ((shapes.LAN_COLOURS[0], count + 1), (shapes.LAN_COLOURS[1], count)):
        own = [line for line in drawn if line[0] == colour]
        wires = [
            line for line in own if any(line[1] == box[2] and box[1] < line[2] < box[3] for box in found)
        ]
        vertical = [line for line in own if line[1] == line[3]]
        (trunk,) = [line for line in own if line[2] == line[4] and line not in wires]
        assert len(wires) == of_cards
        for _colour, _x, y, end, _y in wires:
            (bus,) = [line for line in vertical if line[1] == end and line[2] < y <= line[4]]
            assert bus[2] == trunk[2] and trunk[1] < end <= trunk[3]


def test_no_line_of_a_lan_runs_through_a_card() -> None:
    picture = topology(various(50))
    for _colour, x, y, end_x, end_y in lines(picture):
        for left, top, right, bottom in boxes(picture):
            assert end_x <= left or x >= right or end_y <= top or y >= bottom


def test_the_line_of_a_lan_without_nics_ends_before_those_of_others() -> None:
    value = datacenter(1)
    value["lans"] += [{"id": str(number), "name": f"spare{number}"} for number in range(3, 10)]
    drawn = list(lines(topology(value)))
    vertical = [x for _colour, x, _y, end_x, end_y in drawn if x == end_x and end_y > 300]
    spare = [end_x for _colour, x, y, end_x, end_y in drawn if y == end_y and x < 240 and end_x < 300]
    assert len(spare) == 7
    assert max(spare) < min(vertical)


def test_servers_follow_one_another_along_rows_or_down_columns() -> None:
    def order(direction: str) -> list[str]:
        return [word for word in shown(topology(places, direction=direction)) if re.fullmatch(r"s\d+", word)]

    places = {"servers": [{"name": f"s{number}", "cores": number} for number in range(1, 13)]}
    drawn = boxes(topology(places, direction="LR"))
    assert len({top for _left, top, _right, _bottom in drawn[:4]}) == 1
    drawn = boxes(topology(places, direction="TB"))
    assert len({left for left, _top, _right, _bottom in drawn[:3]}) == 1
    assert order("LR") == order("TB") == [f"s{number}" for number in range(1, 13)]


def test_the_grid_stays_narrow_enough_for_a_page() -> None:
    assert [columns(count) for count in (0, 1, 2, 3, 4, 5, 7, 50)] == [1, 1, 2, 3, 2, 3, 4, 4]
    assert columns(1000) == 19
    width_of_fifty = float(ElementTree.fromstring(topology(various(50))).attrib["width"])
    assert width_of_fifty < 1400


@pytest.mark.parametrize("name", ["x" * 300, "W" * 300, "界" * 300])
def test_long_text_stays_inside_its_card_and_is_whole_where_the_pointer_rests(name: str) -> None:
    picture = topology({"servers": named(name)["servers"]})
    ((left, _top, right, _bottom),) = boxes(picture)
    for element in ElementTree.fromstring(picture).iter(f"{SVG}text"):
        if name[0] not in (element.text or "") or float(element.attrib["y"]) < _top:
            continue
        x, size = float(element.attrib["x"]), float(element.attrib["font-size"])
        across = width(element.text or "", size, "font-weight" in element.attrib)
        start = {"end": x - across, "middle": x - across / 2}.get(element.get("text-anchor", ""), x)
        assert left <= start and start + across <= right
    assert any(name in tip for tip in tips(picture))


def test_what_there_is_too_much_of_is_counted() -> None:
    volumes = [{"name": f"v{number}", "size": 2} for number in range(20)]
    words = shown(topology({"servers": [{"name": "s", "volumes": volumes}]}))
    assert "v7" in words and "v8" not in words
    assert "and 12 more, 24 GB" in words


def test_only_a_public_lan_reaches_the_internet() -> None:
    private = {"lans": [{"id": "1", "name": "inside", "public": False}]}
    public = {"lans": [{"id": "1", "name": "outside", "public": True}]}
    for form in FORMATS:
        assert "Internet" not in topology(private, form)
        assert "Internet" in topology(public, form)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_the_contrast_that_wcag_asks_for() -> None:
    assert all(contrast(colour, shapes.PAPER) >= 4.5 for colour in shapes.LAN_COLOURS)
    on_heads = (*cards.STATES.values(), cards.BUSY, shapes.INK, shapes.MUTED)
    grounds = (shapes.PAPER, cards.HEAD, cards.HEAD_STOPPED)
    assert all(contrast(colour, ground) >= 4.5 for colour in on_heads for ground in grounds)


def test_lans_beyond_the_colours_are_dashed() -> None:
    names = [f"lan{number}" for number in range(2 * len(shapes.LAN_COLOURS))]
    lans = [read({"lans": [{"name": name}]}).lans[0] for name in names]
    looks = {shapes.look_of(index, lan) for index, lan in enumerate(lans)}
    assert len(looks) == len(names)


# -- lettering ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["short", "a name that is too long for its place", "界" * 30, ""])
def test_text_is_cut_to_its_room(name: str) -> None:
    cut = fit(name, 12, 100)
    assert width(cut, 12) <= 100
    assert cut == name or (cut.endswith("…") and name.startswith(cut[:-1]))


@pytest.mark.parametrize(
    "name", ["short", "cache-with-a-rather-long-name-12", "界" * 30, "web-1 \u2026 web-50", ""]
)
@pytest.mark.parametrize("room", [20, 60, 100])
def test_a_name_is_cut_to_its_room_and_keeps_its_ends(name: str, room: float) -> None:
    cut = fit_name(name, 12, room)
    assert width(cut, 12) <= room
    head, dots, tail = cut.rpartition("\u2026")
    assert cut == name or (
        dots and name.startswith(head.removesuffix(" \u2026")) and name.endswith(tail.strip())
    )


def test_names_that_differ_at_their_ends_differ_in_the_picture() -> None:
    servers = [{"name": f"cache-with-a-rather-long-name-{n}", "cores": n, "ram": 1024} for n in (1, 2, 12)]
    shown = re.findall(r">(cache[^<]*\u2026[^<]*)</text>", topology({"servers": servers}))
    assert len(set(shown)) == 3
    assert [each.rpartition("-")[2] for each in shown] == ["1", "2", "12"]
    workers = [
        {"name": f"all-work-{n:02d}", "cores": 4, "ram": 8192, "state": "stopped"} for n in range(6, 41)
    ]
    assert ">all-work-06 \u2026 40</text>" in topology({"servers": workers})


def test_the_addresses_of_many_reach_from_the_lowest_to_the_highest() -> None:
    value = datacenter(50)
    value["loadbalancers"] = []
    value["servers"].reverse()
    for place, server in enumerate(value["servers"]):
        server["nics"][1]["ips"] = ["10.0.0.9"]
        server["nics"][0]["ips"] = [f"203.0.113.{(place * 7) % 50 + 1}"]
    (fifty,) = read(value).servers
    assert {nic.ips for nic in fifty.nics} == {("203.0.113.1 \u2026 203.0.113.50",), ("10.0.0.9",)}


def test_words_flow_over_lines_and_the_rest_is_counted() -> None:
    words = [f"TCP {port}" for port in range(8000, 8010)]
    first, second = flow(words, 11, 200, 2)
    assert first == "TCP 8000, TCP 8001, TCP 8002,"
    assert second == "TCP 8003, TCP 8004 +5"
    assert all(width(line, 11) <= 200 for line in (first, second))
    assert flow([], 11, 200, 2) == []


def test_words_are_brief() -> None:
    assert brief(["a", "b"], 2) == "a, b"
    assert brief(["a", "b", "c", "d"], 2) == "a, b +2 more"


# -- the picture of the README and the documentation --------------------------------------------------------------


def test_the_committed_picture_is_what_the_filter_draws() -> None:
    images = ROOT / "docs" / "images"
    site = yaml.safe_load((images / "topology.yml").read_text(encoding="utf-8"))["site"]
    assert (images / "topology.svg").read_text(encoding="utf-8") == topology(site)


def test_the_documented_options_are_those_of_the_filter() -> None:
    options = yaml.safe_load(plugin.DOCUMENTATION)["options"]
    parameters = inspect.signature(plugin.topology).parameters
    assert list(options) == ["_input", *list(parameters)[1:]]
    defaults = {name: each.default for name, each in parameters.items() if name != "value"}
    assert {name: options[name].get("default") for name in defaults} == defaults
    assert tuple(options["format"]["choices"]) == FORMATS == tuple(plugin.DRAW)
    assert tuple(options["direction"]["choices"]) == plugin.DIRECTIONS
