# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserved addresses and who uses them, classic load balancers and their NICs, and the members of LANs."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    InvalidOption,
    NotFound,
    OperationFailed,
)
from unit.mounted import Mounted

VERSIONS = [4, 5, 6]


class Shop(Mounted):
    """The shop; its NICs are called front and back."""

    def __init__(self, version: int = 6) -> None:
        super().__init__(version)
        self.ids = self.shop()
        self.dc = {"datacenter": self.ids["datacenter"]}
        (back,) = self.info("nic", **self.dc, server="web", lan="2")
        self.back, self.front = back["id"], self.ids["nic"]
        self.run("nic", **self.dc, server="web", id=self.back, name="back")

    def block(self, **options: Any) -> dict[str, Any]:
        return self.run("ipblock", **{"name": "public", **options})

    def balancer(self, **options: Any) -> dict[str, Any]:
        return self.run("loadbalancer", **{**self.dc, "name": "lb", **options})


# -- IP blocks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_addresses_are_reserved_used_and_released(version: int) -> None:
    shop = Shop(version)
    block = shop.block(location="de/fra", size=2)["ipblock"]
    assert len(set(block["ips"])) == block["size"] == 2 and block["ip_consumers"] == []
    assert not shop.block(location="de/fra", size=2)["changed"]
    used = block["ips"][0]
    shop.run("nic", **shop.dc, server="web", name="front", ips=[used])

    (read,) = shop.info("ipblock", name="public")
    if version == 4:
        assert read["ip_consumers"] == []
        with pytest.raises((ApiError, OperationFailed), match="VDC-5-1080"):
            shop.block(state="absent")
    else:
        (consumer,) = read["ip_consumers"]
        assert (consumer["ip"], consumer["nic_id"], consumer["server_id"]) == (
            used,
            shop.front,
            shop.ids["server"],
        )
        assert (consumer["server_name"], consumer["datacenter_name"]) == ("web", "shop")
        for run in (shop.run, shop.check):
            with pytest.raises(InvalidOption) as caught:
                run("ipblock", name="public", state="absent")
            assert str(caught.value) == (
                f"state: the IP block public is still in use: {used} by the server web in the data center shop. Remove its "
                "addresses there first"
            )
            assert shop.writes == []
    shop.run("nic", **shop.dc, server="web", name="front", state="absent")
    assert shop.block(state="absent")["changed"] and not shop.block(state="absent")["changed"]


def test_an_address_of_a_load_balancer_is_in_use_too() -> None:
    shop = Shop()
    ip = shop.block(location="de/fra", size=1)["ipblock"]["ips"][0]
    assert shop.balancer(ip=ip)["loadbalancer"]["ip"] == ip
    with pytest.raises(InvalidOption, match=f"{ip} by the data center shop"):
        shop.block(state="absent")


@pytest.mark.parametrize("version", [5, 6])
def test_a_block_is_renamed_by_its_id(version: int) -> None:
    shop = Shop(version)
    block = shop.block(location="de/fra", size=1)["ipblock"]
    renamed = shop.block(id=block["id"], name="outside")
    assert renamed["actions"] == ["update"] and renamed["ipblock"]["ips"] == block["ips"]
    assert not shop.block(id=block["id"], name="outside")["changed"]


def test_version_4_cannot_rename_a_block() -> None:
    shop = Shop(4)
    block = shop.block(location="de/fra", size=1)["ipblock"]
    with pytest.raises(InvalidOption, match="^name: version 4 of the API cannot rename an IP block"):
        shop.block(id=block["id"], name="outside")
    assert (
        not shop.block(id=block["id"])["changed"] and not shop.block(id=block["id"], name="public")["changed"]
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "location, size: needed to create the IP block public"),
        ({"location": "de/fra"}, "size: needed to create the IP block public"),
        ({"location": "de/fra", "size": 0}, "size: 0 is below the minimum, 1"),
        ({"location": "Frankfurt", "size": 1}, "location: 'Frankfurt' is not the id of a location"),
    ],
)
def test_what_a_new_block_needs(options: dict[str, Any], says: str) -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption) as caught:
        mounted.run("ipblock", name="public", **options)
    assert str(caught.value).startswith(says) and mounted.writes == []


def test_more_addresses_than_the_contract_has_are_the_service_s_refusal() -> None:
    mounted = Mounted()
    with pytest.raises(ApiError, match="HTTP 422"):
        mounted.run("ipblock", name="public", location="de/fra", size=100_000)


# -- load balancers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_nics_are_a_set_that_is_associated_and_removed(version: int) -> None:
    shop = Shop(version)
    made = shop.balancer(balanced_nics=["web/front"])
    assert made["actions"] == ["create"] and len(shop.writes) == 1
    result = made["loadbalancer"]
    assert result["balanced_nics"] == [shop.front] and result["dhcp"] is True
    assert made["diff"]["after"] == {"name": "lb", "balanced_nics": [shop.front]}
    (member,) = result["members"]
    assert (member["id"], member["name"], member["server_id"]) == (shop.front, "front", shop.ids["server"])
    assert member["ips"] == [result["ip"]] and member["datacenter_id"] == shop.ids["datacenter"]

    both = shop.balancer(balanced_nics=["back", shop.front.upper()])
    assert both["actions"] == ["attach"]
    assert sorted(both["loadbalancer"]["balanced_nics"]) == sorted([shop.front, shop.back])
    for order in (["web/front", "web/back"], [shop.back, shop.front], ["front", "back", "web/front"]):
        assert not shop.balancer(balanced_nics=order)["changed"]
    assert not shop.balancer()["changed"]

    swapped = shop.balancer(balanced_nics=[f"{shop.ids['server']}/back"])
    assert swapped["actions"] == ["detach"] and swapped["loadbalancer"]["balanced_nics"] == [shop.back]
    assert shop.balancer(balanced_nics=["front"])["actions"] == ["attach", "detach"]
    emptied = shop.balancer(balanced_nics=[])
    assert emptied["actions"] == ["detach"] and emptied["loadbalancer"]["members"] == []
    assert not shop.balancer(balanced_nics=[])["changed"]
    assert shop.balancer(state="absent")["changed"]
    assert {each["id"] for each in shop.info("nic", **shop.dc, server="web")} == {shop.front, shop.back}


def test_check_mode_foretells_the_members() -> None:
    shop = Shop()
    shop.balancer(balanced_nics=["front"])
    options = {**shop.dc, "name": "lb", "balanced_nics": ["front", "back"], "dhcp": False}
    foretold = shop.check("loadbalancer", **options)
    assert shop.writes == [] and foretold["actions"] == ["update", "attach"]
    members = foretold["loadbalancer"]["members"]
    assert [each["id"] for each in members] == [shop.front, shop.back]
    assert (members[0]["name"], members[1]["name"]) == ("front", None)
    real = shop.run("loadbalancer", **options)
    assert foretold["diff"] == real["diff"]
    assert set(real["diff"]["after"]) == {"dhcp", "balanced_nics"}


def test_ids_alone_cost_no_look_at_the_servers() -> None:
    shop = Shop()
    lb = shop.balancer(balanced_nics=[shop.front])["loadbalancer"]["id"]
    for nics in ([shop.front], []):
        shop.check("loadbalancer", **shop.dc, id=lb, balanced_nics=nics)
        assert len(shop.calls) == 1
    shop.check("loadbalancer", **shop.dc, id=lb, balanced_nics=["front"])
    assert len(shop.calls) == 2
    shop.check("loadbalancer", datacenter="shop", name="lb", balanced_nics=["front"])
    assert len(shop.calls) == 2
    shop.check("loadbalancer", datacenter="shop", name="lb", balanced_nics=[])
    assert len(shop.calls) == 2


def test_a_nic_must_be_there_and_alone() -> None:
    shop = Shop()
    shop.run("server", **shop.dc, name="db", cores=1, ram=1024, nics=[{"name": "front", "lan": "2"}])
    with pytest.raises(AmbiguousName, match="^balanced_nics: 2 NICs match 'front'"):
        shop.balancer(balanced_nics=["front"])
    with pytest.raises(NotFound, match="no NIC 'web/side' in the data center; name it as server/nic"):
        shop.balancer(balanced_nics=["web/side"])
    assert shop.writes == []
    assert shop.balancer(balanced_nics=["web/front", "db/front"])["changed"]


def test_an_address_is_changed_and_cannot_be_emptied() -> None:
    shop = Shop()
    first, second = shop.block(location="de/fra", size=2)["ipblock"]["ips"]
    shop.balancer(ip=first, balanced_nics=["front"])
    moved = shop.balancer(ip=second)
    assert (moved["diff"]["before"], moved["diff"]["after"]) == ({"ip": first}, {"ip": second})
    assert moved["loadbalancer"]["members"][0]["ips"] == [second]
    with pytest.raises(InvalidOption, match="^ip: give an address, or leave the option out"):
        shop.balancer(ip="")


# -- members of LANs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_lan_tells_its_members_with_servers_and_addresses(version: int) -> None:
    shop = Shop(version)
    lans = {each["name"]: each for each in shop.info("lan", datacenter="shop")}
    assert len(shop.calls) == 2
    assert lans["public"]["nics"] == [shop.front] and lans["private"]["nics"] == [shop.back]
    (member,) = lans["private"]["members"]
    (nic,) = shop.info("nic", **shop.dc, server="web", id=shop.back)
    nic.pop("firewall_rules")
    assert member == nic and member["server_id"] == shop.ids["server"] and member["ips"]
    (one,) = shop.info("lan", **shop.dc, id=lans["private"]["id"])
    assert len(shop.calls) == 1 and one == lans["private"]
    assert shop.run("lan", **shop.dc, name="private")["lan"] == one
    assert shop.run("lan", **shop.dc, name="third")["lan"]["members"] == []
