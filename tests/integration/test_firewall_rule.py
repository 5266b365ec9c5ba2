# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firewall rules: all protocols and ranges, clearing, and the NIC left as it is."""

from __future__ import annotations

from typing import Any

import pytest

from integration.runner import Runner, task

NIC = {"datacenter": "shop", "server": "web", "nic": "front"}
OLD: list[dict[str, Any]] = [
    {"protocol": "TCP", "port_range_start": 1, "port_range_end": 65534},
    {"protocol": "UDP", "port_range_start": 53, "port_range_end": 53},
    {"protocol": "TCP"},
    {"protocol": "ICMP"},
    {"protocol": "ICMP", "icmp_type": 0},
    {"protocol": "ICMP", "icmp_type": 0, "icmp_code": 0},
    {"protocol": "ICMP", "icmp_type": 254, "icmp_code": 254},
    {"protocol": "ANY"},
    {
        "protocol": "ANY",
        "source_ip": "198.51.100.7",
        "target_ip": "10.1.2.3",
        "source_mac": "02:01:0A:0B:0C:0D",
    },
]
NEW: list[dict[str, Any]] = [
    {"protocol": "TCP", "port_range_start": 65535, "port_range_end": 65535},
    {"protocol": "ICMPv6", "icmp_type": 128, "ip_version": "IPv6"},
    {"protocol": "GRE"},
    {"protocol": "VRRP"},
    {"protocol": "ESP"},
    {"protocol": "AH"},
    {"protocol": "TCP", "type": "EGRESS", "source_ip": "198.51.100.0/24"},
]


@pytest.mark.parametrize("version", [4, 5, 6])
def test_every_protocol_and_range_reruns_unchanged(play: Runner, version: int) -> None:
    play.shop()
    rules = [
        {"name": f"rule {number}", **rule} for number, rule in enumerate(OLD + (NEW if version == 6 else []))
    ]
    tasks = [task(rule["name"], "firewall_rule", **NIC, **rule) for rule in rules]
    tasks += [task(f"{rule['name']} again", "firewall_rule", **NIC, **rule) for rule in rules]
    done = play([*tasks, task("read", "firewall_rule_info", **NIC)], version=version)
    read = {each["name"]: each for each in done["read"]["firewall_rules"]}
    for rule in rules:
        assert done[rule["name"]].changed, rule
        assert not done[f"{rule['name']} again"].changed, rule
        for option, value in rule.items():
            assert str(read[rule["name"]][option]).lower() == str(value).lower(), rule
    assert len(read) == len(rules) + 1


def test_a_changed_protocol_is_an_error(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("protocol", "firewall_rule", **NIC, name="ssh", protocol="UDP"),
            task(
                "protocol in check mode",
                "firewall_rule",
                {"check_mode": True},
                **NIC,
                name="ssh",
                protocol="ANY",
            ),
            task("as it was", "firewall_rule", **NIC, name="ssh", protocol="TCP"),
        ]
    )
    assert "protocol (is 'TCP', wanted 'UDP')" in done["protocol"].msg and done["protocol"].writes == []
    assert "protocol (is 'TCP', wanted 'ANY')" in done["protocol in check mode"].msg
    assert not done["as it was"].changed


def test_null_clears_and_left_out_leaves_alone(play: Runner) -> None:
    play.shop()
    ends = {"source_ip": "198.51.100.7", "target_ip": "10.1.2.3", "source_mac": "02:01:0a:0b:0c:0d"}
    ports = {"port_range_start": 80, "port_range_end": 90}
    rule = {**NIC, "name": "web"}
    tasks = [
        task("create", "firewall_rule", **rule, protocol="TCP", **ends, **ports),
        task("left out", "firewall_rule", **rule),
        task("null", "firewall_rule", {"diff": True}, **rule, source_ip=None),
        task("null again", "firewall_rule", **rule, source_ip=None),
        task("empty", "firewall_rule", {"diff": True}, **rule, target_ip="", source_mac=""),
        task("empty again", "firewall_rule", **rule, target_ip="", source_mac=""),
        task("ports", "firewall_rule", **rule, port_range_start=None, port_range_end=None),
        task("ports again", "firewall_rule", **rule, port_range_start=None, port_range_end=None),
        task("one port only", "firewall_rule", **rule, port_range_start=80),
        task("type 0", "firewall_rule", **NIC, name="ping", protocol="ICMP", icmp_type=0, icmp_code=0),
        task("any type", "firewall_rule", {"diff": True}, **NIC, name="ping", icmp_type=None, icmp_code=None),
        task("type 0 from any", "firewall_rule", {"diff": True}, **NIC, name="ping", icmp_type=0),
    ]
    for in_process in (True, False):
        play.cloud.reset()
        play.shop()
        done = play(tasks, in_process=in_process)
        assert done["create"].changed
        assert {name: done["left out"]["firewall_rule"][name] for name in ends | ports} == ends | ports
        assert done["null"].diff == {"before": {"source_ip": "198.51.100.7"}, "after": {"source_ip": None}}
        cleared = done["empty"]["firewall_rule"]
        assert cleared["target_ip"] is cleared["source_mac"] is cleared["source_ip"] is None
        assert cleared["port_range_start"] == 80
        assert done["ports"]["firewall_rule"]["port_range_start"] is None
        for name in ("left out", "null again", "empty again", "ports again"):
            assert not done[name].changed and done[name].writes == [], name
        assert done["one port only"].msg.startswith("port_range_end: a range of ports needs both")
        assert done["any type"].diff["before"] == {"icmp_type": 0, "icmp_code": 0}
        assert done["any type"].diff["after"] == {"icmp_type": None, "icmp_code": None}
        assert done["type 0 from any"].diff["after"] == {"icmp_type": 0}


def test_creating_a_rule_never_touches_the_nic(play: Runner) -> None:
    ids = play.shop()
    nic = f"datacenters/{ids['datacenter']}/servers/{ids['server']}/nics/{ids['back']}"
    play.call("PATCH", nic, {"dhcp": False, "ips": ["10.9.8.7", "10.9.8.6"]})
    before = play.call("GET", nic)["properties"]
    done = play(
        [
            task("create", "firewall_rule", **{**NIC, "nic": "back"}, name="all", protocol="ANY"),
            task("delete", "firewall_rule", **{**NIC, "nic": "back"}, name="all", state="absent"),
        ]
    )
    assert done["create"].changed and done["create"].writes == ["POST"]
    assert done["delete"].writes == ["DELETE"]
    assert all("firewallrules" in call["path"] for call in done["create"].calls if call["method"] != "GET")
    after = play.call("GET", nic)["properties"]
    assert (after["dhcp"], after["ips"], after["lan"], after["firewallActive"]) == (
        before["dhcp"], before["ips"], before["lan"], before["firewallActive"],
    )  # fmt: skip
