# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NICs: their LAN, their addresses as a set, and how unnamed ones are told apart."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

WEB = {"datacenter": "shop", "server": "web"}


@pytest.mark.parametrize("version", [4, 5, 6])
def test_lan_by_name_or_number_with_dhcp_and_firewall(play: Runner, version: int) -> None:
    ids = play.shop()
    new = {**WEB, "name": "new", "lan": "private", "dhcp": False, "firewall_active": True}
    done = play(
        [
            task("by name", "nic", **new),
            task("by number", "nic", **{**new, "lan": 2}),
            task("by number as text", "nic", **{**new, "lan": "2"}),
            task("by no name", "nic", **{**new, "lan": "nowhere"}),
            task("move", "nic", {"diff": True}, **WEB, name="new", lan="public"),
            task("rename", "nic", {"diff": True}, **WEB, id=ids["nic"], name="outside"),
            task("read", "nic_info", **WEB),
        ],
        version=version,
    )
    made = done["by name"]["nic"]
    assert (made["lan"], made["dhcp"], made["firewall_active"]) == (2, False, True)
    assert made["mac"].count(":") == 5 and made["ips"]
    assert version < 6 or made["device_number"] is not None or made["pci_slot"] is not None
    for name in ("by number", "by number as text"):
        assert not done[name].changed and done[name].writes == []
    assert done["by no name"].msg.startswith("lan: there is no LAN 'nowhere'")
    assert done["move"].diff["after"]["lan"] == 1 and done["move"]["nic"]["dhcp"] is False
    assert done["rename"].diff == {"before": {"name": "front"}, "after": {"name": "outside"}}
    assert done["rename"]["nic"]["firewall_active"] is True
    assert sorted(each["name"] for each in done["read"]["nics"]) == ["back", "new", "outside"]


def test_ips_are_a_set(play: Runner) -> None:
    play.shop()
    back = {**WEB, "name": "back"}
    two = ["10.9.8.7", "10.9.8.6"]
    done = play(
        [
            task("two", "nic", {"diff": True}, **back, ips=two),
            task("turned round", "nic", **back, ips=two[::-1]),
            task("left out", "nic", **back),
            task("one less", "nic", **back, ips=two[:1]),
            task("none", "nic", **back, ips=[]),
            task("none again", "nic", **back, ips=[]),
            task("not reserved", "nic", **WEB, name="front", ips=["203.0.113.250"]),
            task("no address", "nic", **back, ips=["10.9.8"]),
        ]
    )
    assert done["two"].changed and sorted(done["two"]["nic"]["ips"]) == sorted(two)
    for name in ("turned round", "left out", "none again"):
        assert not done[name].changed and done[name].writes == [], name
    assert sorted(done["left out"]["nic"]["ips"]) == sorted(two)
    assert done["one less"]["nic"]["ips"] == two[:1]
    # What is not asked for, the service chooses: one address.
    assert len(done["none"]["nic"]["ips"]) <= 1
    for name in ("not reserved", "no address"):
        assert "ips" in done[name].msg or "IP" in done[name].msg, done[name].msg


def test_nat_where_the_version_has_it(play: Runner) -> None:
    ids = play.shop()
    back = {**WEB, "name": "back"}
    for version in (4, 5):
        done = play(
            [
                task("on", "nic", **back, nat=True),
                task("on again", "nic", **back, nat=True),
                task("left out", "nic", **back),
                task("off", "nic", **back, nat=False),
                task("off again", "nic", **back, nat=False),
            ],
            version=version,
        )
        assert done["on"].changed and done["on"]["nic"]["nat"] is True
        assert done["left out"]["nic"]["nat"] is True
        assert done["off"].changed and done["off"]["nic"]["nat"] is False
        assert not any(done[name].changed for name in ("on again", "left out", "off again"))
    done = play([task("gone", "nic", **back, nat=True), task("read", "nic_info", **WEB, id=ids["back"])])
    assert done["gone"].msg == (
        "nat: the service accepts this option up to version 5 of its API, and api_url addresses version 6"
    )
    assert done["gone"].calls == []
    assert done["read"]["nics"][0]["nat"] is None


def test_two_unnamed_ones_are_told_apart_by_lan_or_id(play: Runner) -> None:
    ids = play.shop()
    nics = f"datacenters/{ids['datacenter']}/servers/{ids['server']}/nics"
    for each in (ids["nic"], ids["back"]):
        play.call("DELETE", f"{nics}/{each}")
    first, second = (play.call("POST", nics, {"properties": {"lan": lan}})["id"] for lan in (1, 2))
    done = play(
        [
            task("by LAN's name", "nic", **WEB, lan="public"),
            task("by LAN's number", "nic", **WEB, lan=2, dhcp=False),
            task("by id", "nic", **WEB, id=second, dhcp=False),
            task("read one", "nic_info", **WEB, lan="2"),
            task("a third", "nic", **WEB, name="third", lan="public"),
            task("now two are in the LAN", "nic", **WEB, lan="public"),
            task("named by id", "nic", **WEB, id=first, name="first"),
            task("found by its new name", "nic", **WEB, name="first"),
            task("no mark at all", "nic", **WEB, dhcp=True),
            task("delete by LAN", "nic", **WEB, lan="private", state="absent"),
            task("delete by LAN again", "nic", **WEB, lan="private", state="absent"),
        ]
    )
    assert done["by LAN's name"]["nic"]["id"] == first and not done["by LAN's name"].changed
    assert done["by LAN's number"]["nic"]["id"] == second and done["by LAN's number"].changed
    assert not done["by id"].changed
    assert [each["id"] for each in done["read one"]["nics"]] == [second]
    ambiguous = done["now two are in the LAN"]
    assert first in ambiguous.msg and done["a third"]["nic"]["id"] in ambiguous.msg and ambiguous.writes == []
    assert done["named by id"].changed and done["found by its new name"]["nic"]["id"] == first
    assert done["no mark at all"].msg.startswith("name") and "lan" in done["no mark at all"].msg
    assert done["delete by LAN"].changed and not done["delete by LAN again"].changed


def test_rules_listed_with_a_nic(play: Runner) -> None:
    play.shop()
    ssh = {"name": "ssh", "port_range_end": 23}
    ping = {"name": "ping", "protocol": "ICMP", "icmp_type": 0}
    done = play(
        [
            task(
                "one changed, one new", "nic", {"diff": True}, **WEB, name="front", firewall_rules=[ssh, ping]
            ),
            task("again", "nic", **WEB, name="front", firewall_rules=[ssh, ping]),
            task("along with a new NIC", "nic", **WEB, name="new", lan="private", firewall_rules=[ping]),
            task(
                "along with a new NIC again", "nic", **WEB, name="new", lan="private", firewall_rules=[ping]
            ),
        ]
    )
    changed = done["one changed, one new"]
    assert changed["actions"] == ["update", "create_firewall_rule"]
    rules = {each["name"]: each for each in changed["nic"]["firewall_rules"]}
    assert rules["ssh"]["port_range_end"] == 23 and rules["ping"]["icmp_type"] == 0
    assert not done["again"].changed
    assert done["along with a new NIC"].writes == ["POST"]
    assert not done["along with a new NIC again"].changed
