# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots in every version, what restores them, and what locations tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    InvalidOption,
    NotFound,
    OperationTimeout,
)
from unit.mounted import Mounted
from unit.scripted import intercept

VERSIONS = [4, 5, 6]
NOWHERE = "00000000-0000-4000-8000-000000000000"


class Shop(Mounted):
    def __init__(self, version: int = 6) -> None:
        super().__init__(version)
        self.ids = self.shop()
        self.source = {"datacenter": self.ids["datacenter"], "volume": self.ids["volume"]}
        self.sent: list[tuple[str, str]] = []

        def note(request: PreparedRequest, go: Callable[[], Response]) -> Response:
            if request.method != "GET":
                body = (request.body or b"").decode()  # type: ignore[union-attr]
                self.sent.append((request.headers.get("Content-Type", ""), body))
            return go()

        intercept(self.cloud.transport, note)

    def snapshot(self, **options: Any) -> dict[str, Any]:
        return self.run("snapshot", **{"name": "kept", **options})


# -- snapshots ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_snapshot_is_made_in_the_form_that_the_version_takes(version: int) -> None:
    shop = Shop(version)
    made = shop.snapshot(**shop.source, description="before & after")
    assert made["actions"] == ["create"] and made["request_id"] and made["warnings"] == []
    result = made["snapshot"]
    assert (result["name"], result["description"], result["size"]) == ("kept", "before & after", 10)
    assert result["location"] == "de/fra" and result["licence_type"] == "LINUX"
    ((media_type, body),) = shop.sent
    if version >= 6:
        assert media_type == "application/json"
        assert json.loads(body) == {"properties": {"name": "kept", "description": "before & after"}}
    else:
        assert media_type == "application/x-www-form-urlencoded"
        assert body == "name=kept&description=before+%26+after"
    again = shop.snapshot(**shop.source, description="before & after")
    assert not again["changed"] and again["snapshot"] == result and len(shop.calls) == 1


@pytest.mark.parametrize(
    ("version", "later"), [(4, {"cpu_hot_plug", "sec_auth_protection"}), (5, {"cpu_hot_plug"})]
)
def test_what_the_call_does_not_take_is_set_afterwards(version: int, later: set[str]) -> None:
    shop = Shop(version)
    options = {**shop.source, "sec_auth_protection": True, "cpu_hot_plug": False}
    foretold = shop.check("snapshot", name="kept", **options)
    assert shop.writes == []
    made = shop.snapshot(**options)
    assert made["actions"] == foretold["actions"] == ["create", "update"]
    assert made["snapshot"]["sec_auth_protection"] is True and made["snapshot"]["cpu_hot_plug"] is False
    assert set(json.loads(shop.sent[1][1])) == {
        {"cpu_hot_plug": "cpuHotPlug", "sec_auth_protection": "secAuthProtection"}[name] for name in later
    }
    assert ("secAuthProtection=true" in shop.sent[0][1]) is ("sec_auth_protection" not in later)
    assert not shop.snapshot(**options)["changed"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "datacenter, volume: needed to create the snapshot kept"),
        ({"datacenter": "shop"}, "volume: needed to create the snapshot kept"),
        ({"volume": "boot"}, "datacenter: needed to create the snapshot kept"),
        ({"datacenter": "nowhere", "volume": "boot"}, "datacenter: there is no data center 'nowhere'"),
        (
            {"datacenter": "shop", "volume": "nowhere"},
            "volume: there is no volume 'nowhere' in the data center",
        ),
        (
            {"datacenter": "shop", "volume": NOWHERE},
            f"volume: there is no volume '{NOWHERE}' in the data center",
        ),
        ({"state": "restored"}, "name: there is no snapshot 'kept'"),
        ({"state": "restored", "id": NOWHERE}, f"id: there is no snapshot '{NOWHERE}'"),
    ],
)
def test_what_a_new_snapshot_and_a_restoration_need(options: dict[str, Any], says: str) -> None:
    shop = Shop()
    for run in (shop.run, shop.check):
        with pytest.raises((InvalidOption, NotFound)) as caught:
            run("snapshot", **{"name": "kept", **options})
        assert str(caught.value).startswith(says) and shop.writes == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_snapshot_is_restored_each_time(version: int) -> None:
    shop = Shop(version)
    kept = shop.snapshot(**shop.source)["snapshot"]
    by_names = {"datacenter": "shop", "volume": "boot", "state": "restored"}
    foretold = shop.check("snapshot", name="kept", **by_names)
    assert foretold["changed"] and foretold["actions"] == ["restore"] and shop.writes == []
    assert foretold["snapshot"] == kept and foretold["diff"] == {"before": {}, "after": {}}
    shop.sent.clear()
    for options in (by_names, {**shop.source, "id": kept["id"], "state": "restored"}):
        restored = shop.snapshot(**options)
        assert restored["changed"] and restored["actions"] == ["restore"] and restored["request_id"]
        assert restored["snapshot"] == kept
        volume = f"datacenters/{shop.ids['datacenter']}/volumes/{shop.ids['volume']}"
        assert shop.writes == [f"POST {volume}/restore-snapshot"]
    forms = {f"snapshotId={kept['id']}"}
    assert {body for _type, body in shop.sent} == (
        forms
        if version < 6
        else {json.dumps({"properties": {"snapshotId": kept["id"]}}, separators=(",", ":"))}
    )


def test_restoring_also_changes_what_the_options_say_of_the_snapshot() -> None:
    shop = Shop()
    shop.snapshot(**shop.source)
    restored = shop.snapshot(**shop.source, description="used", state="restored")
    assert restored["actions"] == ["update", "restore"]
    assert restored["snapshot"]["description"] == "used"
    name = f"snapshot {restored['snapshot']['name']}"
    assert restored["diff"] == {
        "before": {"description": 'Created from "boot" in Data Center "shop"'},
        "after": {"description": "used"},
        "before_header": name,
        "after_header": name,
    }


def test_a_restoration_is_awaited_or_left_to_go_on() -> None:
    shop = Shop()
    shop.snapshot(**shop.source)
    shop.service.settings.provision_seconds = 30.0
    begun = shop.clock.now()
    restored = shop.snapshot(**shop.source, state="restored")
    assert restored["changed"] and shop.clock.now() - begun >= 30
    begun = shop.clock.now()
    assert shop.snapshot(**shop.source, state="restored", wait=False)["request_id"]
    assert shop.clock.now() == begun
    with pytest.raises(
        OperationTimeout, match="restore of snapshot kept was not finished after wait_timeout=5 "
    ):
        shop.snapshot(**shop.source, state="restored", wait_timeout=5)


def test_a_restoration_whose_answer_was_lost_is_repeated_and_a_snapshot_is_made_once() -> None:
    shop = Shop()
    shop.fault("drop_after", "POST", "create-snapshot$")
    shop.snapshot(**shop.source)
    assert len(shop.info("snapshot")) == 1
    shop.fault("drop_after", "POST", "restore-snapshot$")
    assert shop.snapshot(**shop.source, state="restored")["changed"]
    assert len(shop.writes) == 2


def test_a_snapshot_is_restored_in_its_own_location_only() -> None:
    shop = Shop()
    shop.snapshot(**shop.source)
    shop.run("datacenter", name="west", location="us/las")
    shop.run("volume", datacenter="west", name="disk", size=10, licence_type="OTHER")
    with pytest.raises(ApiError, match="VDC-5-622"):
        shop.snapshot(datacenter="west", volume="disk", state="restored")


def test_a_snapshot_outlives_its_data_center() -> None:
    shop = Shop()
    kept = shop.snapshot(**shop.source)["snapshot"]
    shop.run("datacenter", name="shop", state="absent", force=True)
    assert not shop.snapshot(**shop.source)["changed"]
    assert [each["id"] for each in shop.info("snapshot", name="kept")] == [kept["id"]]
    assert shop.snapshot(state="absent")["changed"] and not shop.snapshot(state="absent")["changed"]


# -- locations ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_locations_tell_their_aliases_and_from_version_6_on_their_cpus(version: int) -> None:
    mounted = Mounted(version)
    locations = {each["id"]: each for each in mounted.info("location")}
    assert len(mounted.calls) == 1
    assert {"de/fra", "de/fkb", "us/las", "us/ewr"} <= set(locations)
    frankfurt = locations["de/fra"]
    assert frankfurt["name"] == "frankfurt" and "SSD" in frankfurt["features"]
    assert "ubuntu:latest" in frankfurt["image_aliases"]
    if version < 6:
        assert frankfurt["cpu_architecture"] == []
    else:
        assert frankfurt["cpu_architecture"]
        for each in frankfurt["cpu_architecture"]:
            assert each["cpu_family"] and each["max_cores"] > 0 and each["max_ram"] > 0 and each["vendor"]


@pytest.mark.parametrize(
    "options", [{"id": "de/fra"}, {"name": "frankfurt"}, {"name": "Frankfurt"}, {"name": "de/fra"}]
)
def test_one_location_is_read_by_id_or_name(options: dict[str, str]) -> None:
    mounted = Mounted()
    assert [each["id"] for each in mounted.info("location", **options)] == ["de/fra"]
    assert len(mounted.calls) == 1


def test_a_child_location_and_what_it_takes_over() -> None:
    """Images, aliases and addresses are those of the metro region too (contract section 10.2)."""
    mounted = Mounted()
    (child,) = mounted.info("location", id="de/fra/2")
    assert mounted.calls == ["GET locations/de/fra/2"]
    assert (child["id"], child["metro_region"]) == ("de/fra/2", "de/fra")
    assert child["gpu_architecture"] and child["cpu_architecture"][0]["enabled_features"] is not None
    made = mounted.run("datacenter", name="near", location="de/fra/2")["datacenter"]
    assert made["location"] == "de/fra/2" and made["gpu_architecture"] == child["gpu_architecture"]
    mounted.run("ipblock", name="front", location="de/fra", size=2)
    mounted.run("lan", datacenter="near", name="public", public=True)
    login = {"image_password": "secret12pw"}
    server = mounted.run(
        "server",
        datacenter="near", name="web", cores=1, ram=2048,
        volumes=[{"name": "boot", "size": 10, "image": "ubuntu:22.04", "licence_type": "LINUX", **login}],
        nics=[{"lan": "public", "ips": ["front.0"]}],
    )["server"]  # fmt: skip
    (image,) = mounted.info("image", location="de/fra", alias="ubuntu:22.04")
    assert server["volumes"][0]["image"] == image["id"] and server["public_ipv4"]
    named = mounted.run("volume", datacenter="near", name="data", size=10, image=image["name"], **login)
    assert named["volume"]["image"] == image["id"]


def test_a_location_that_is_nowhere_is_an_empty_list() -> None:
    mounted = Mounted()
    assert mounted.info("location", name="atlantis") == [] == mounted.info("location", id="xx/yyy")
    with pytest.raises(InvalidOption, match="^id: 'atlantis' is not the id such as de/fra or de/fra/2 of"):
        mounted.info("location", id="atlantis")


def test_the_aliases_of_a_location_make_volumes_there() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="us/las")
    (location,) = mounted.info("location", id="us/las")
    alias = next(
        each for each in location["image_aliases"] if each.startswith("debian:") and "iso" not in each
    )
    options = {
        "datacenter": "shop",
        "name": "disk",
        "size": 10,
        "image": alias,
        "image_password": "secret12pw",
    }
    image = mounted.run("volume", **options)["volume"]["image"]
    (found,) = mounted.info("image", id=image)
    assert alias in found["image_aliases"] and found["location"] == "us/las"
