# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LANs: public or private, known by name or number, and IP failover groups as a set."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

DC = {"datacenter": "shop"}


@pytest.mark.parametrize("version", [4, 5, 6])
def test_public_is_changed_only_when_named(play: Runner, version: int) -> None:
    play.shop()
    done = play(
        [
            task("rename", "lan", {"diff": True}, **DC, id="1", name="outside"),
            task("rename again", "lan", **DC, id=1, name="outside"),
            task("close", "lan", {"diff": True}, **DC, name="private", public=False),
            task("open", "lan", {"diff": True}, **DC, name="private", public=True),
            task("create", "lan", **DC, name="third"),
            task("by number", "lan_info", **DC, id="1"),
            task("all", "lan_info", **DC),
            task("delete by number", "lan", **DC, id=3, state="absent"),
            task("delete by number again", "lan", **DC, id=3, state="absent"),
        ],
        version=version,
    )
    renamed = done["rename"]
    assert renamed.diff == {"before": {"name": "public"}, "after": {"name": "outside"}}
    assert renamed["lan"]["public"] is True and not done["rename again"].changed
    assert not done["close"].changed
    assert done["open"].diff == {"before": {"public": False}, "after": {"public": True}}
    assert done["create"]["lan"]["public"] is False and done["create"]["lan"]["id"] == "3"
    assert [each["name"] for each in done["by number"]["lans"]] == ["outside"]
    assert sorted(each["name"] for each in done["all"]["lans"]) == ["outside", "private", "third"]
    assert len(done["by number"]["lans"][0]["nics"]) == 1
    assert done["delete by number"].changed and not done["delete by number again"].changed


def test_a_name_of_digits_is_a_name(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("create", "lan", **DC, name="2026"),
            task("again", "lan", **DC, name="2026"),
            task("by id", "lan", **DC, id="2026"),
        ]
    )
    assert done["create"].changed and done["create"]["lan"]["name"] == "2026"
    assert not done["again"].changed
    assert done["by id"].msg.startswith("id: there is no LAN '2026'")


@pytest.mark.parametrize("version", [4, 6])
def test_ip_failover_groups_are_a_set(play: Runner, version: int) -> None:
    ids = play.shop()
    block = play.call("POST", "ipblocks", {"properties": {"name": "block", "location": "de/fra", "size": 2}})
    one, two = block["properties"]["ips"]
    nic = f"datacenters/{ids['datacenter']}/servers/{ids['server']}/nics/{ids['nic']}"
    play.call("PATCH", nic, {"ips": [one, two]})
    first, second = ({"ip": ip, "nic_id": ids["nic"]} for ip in (one, two))
    public = {**DC, "name": "public"}
    done = play(
        [
            task("foretell", "lan", {"check_mode": True, "diff": True}, **public, ip_failover=[first]),
            task("one", "lan", {"diff": True}, **public, ip_failover=[first]),
            task("one again", "lan", **public, ip_failover=[first]),
            task("two", "lan", **public, ip_failover=[first, second]),
            task("turned round", "lan", **public, ip_failover=[second, first]),
            task("left out", "lan", **public),
            task("one less", "lan", **public, ip_failover=[second]),
            task("none", "lan", **public, ip_failover=[]),
            task("none again", "lan", **public, ip_failover=[]),
            task("not its own", "lan", **public, ip_failover=[{"ip": "203.0.113.250", "nic_id": ids["nic"]}]),
            task("half", "lan", **public, ip_failover=[{"ip": one}]),
        ],
        version=version,
    )
    assert (
        done["foretell"].diff
        == done["one"].diff
        == {
            "before": {"ip_failover": []},
            "after": {"ip_failover": [first]},
        }
    )
    assert done["foretell"].writes == [] and done["one"]["lan"]["ip_failover"] == [first]
    for name in ("one again", "turned round", "left out", "none again"):
        assert not done[name].changed and done[name].writes == [], name
    assert len(done["two"]["lan"]["ip_failover"]) == len(done["left out"]["lan"]["ip_failover"]) == 2
    assert done["one less"]["lan"]["ip_failover"] == [second]
    assert done["none"].changed and done["none"]["lan"]["ip_failover"] == []
    assert "203.0.113.250" in done["not its own"].msg or "ipFailover" in done["not its own"].msg
    assert "nic_id" in done["half"].msg and done["half"].calls == []


def test_a_new_lan_gets_its_failover_groups_in_a_second_write(play: Runner) -> None:
    """The service takes them in updates only, so that a wrong one leaves the LAN and says so."""
    ids = play.shop()
    group = [{"ip": "203.0.113.250", "nic_id": ids["nic"]}]
    done = play(
        [
            task("wrong", "lan", **DC, name="new", public=True, ip_failover=group),
            task("foretell", "lan", {"check_mode": True}, **DC, name="other", public=True, ip_failover=group),
        ]
    )
    assert done["foretell"]["actions"] == ["create", "update"]
    assert done["wrong"].writes == ["POST", "PATCH"]
    assert done["wrong"].msg.endswith("Done before: create of LAN new")
