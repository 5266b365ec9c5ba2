# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes and CD-ROMs at servers: attached when both are ready, moved, detached, and found in every version."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    InvalidOption,
    NotFound,
    OperationTimeout,
)
from unit.mounted import Mounted

BLANK = {"size": 1, "licence_type": "OTHER"}
VERSIONS = [4, 5, 6]


class Shop(Mounted):
    """A shop with a second server, and a volume that is not attached."""

    def __init__(self, version: int = 6) -> None:
        super().__init__(version)
        self.ids = self.shop()
        self.dc = {"datacenter": self.ids["datacenter"]}
        self.db = self.run("server", **self.dc, name="db", cores=1, ram=1024)["server"]["id"]
        self.data = self.run("volume", **self.dc, name="data", **BLANK)["volume"]["id"]

    def image(self, name: str, location: str = "de/fra", kind: str = "CDROM") -> str:
        return self.service.add_image({"name": name, "location": location, "size": 1, "imageType": kind}).id

    def volume(self, **options: Any) -> dict[str, Any]:
        return self.run("volume_attachment", **{**self.dc, "server": "web", "volume": "data", **options})

    def cdrom(self, **options: Any) -> dict[str, Any]:
        return self.run("cdrom_attachment", **{**self.dc, "server": "web", **options})


# -- volumes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_volume_is_attached_moved_and_detached(version: int) -> None:
    shop = Shop(version)
    attached = shop.volume()
    assert attached["actions"] == ["attach"] and attached["request_id"]
    result = attached["volume_attachment"]
    assert (result["id"], result["volume"], result["server_id"]) == (shop.data, "data", shop.ids["server"])
    assert result["device_number"] == 2 and result["datacenter_id"] == shop.ids["datacenter"]
    assert not shop.volume()["changed"] and not shop.volume(volume=shop.data.upper())["changed"]

    moved = shop.volume(server="db", volume=shop.data)
    assert moved["actions"] == ["detach", "attach"]
    assert moved["volume_attachment"]["server_id"] == shop.db
    assert moved["warnings"] == []
    assert shop.info("volume_attachment", **shop.dc, server="web", volume="data") == []
    assert shop.info("volume_attachment", **shop.dc, server="db") == [moved["volume_attachment"]]

    assert not shop.volume(state="absent")["changed"]
    detached = shop.volume(server=shop.db, state="absent")
    assert detached["actions"] == ["detach"] and detached["volume_attachment"] is None
    assert shop.info("volume", **shop.dc, id=shop.data)[0]["server_id"] is None
    assert not shop.volume(server=shop.db, volume=shop.data, state="absent")["changed"]


@pytest.mark.parametrize("version", VERSIONS)
def test_check_mode_foretells_where_the_volume_comes_from(version: int) -> None:
    shop = Shop(version)
    shop.volume()
    options = {**shop.dc, "server": "db", "volume": "data"}
    foretold = shop.check("volume_attachment", **options)
    assert shop.writes == [] and foretold["actions"] == ["detach", "attach"]
    result = foretold["volume_attachment"]
    assert (result["id"], result["server_id"], result["size"]) == (shop.data, shop.db, 1)
    assert result["device_number"] is None
    assert foretold["diff"] == shop.run("volume_attachment", **options)["diff"]


def test_an_unnamed_volume_is_attached_by_its_id() -> None:
    shop = Shop()
    path = f"datacenters/{shop.ids['datacenter']}/volumes"
    body = {"properties": {"size": 1, "licenceType": "OTHER"}}
    unnamed = shop.cloud.transport.call("POST", path, body=body).data["id"]
    result = shop.volume(volume=unnamed)
    assert result["volume_attachment"]["id"] == unnamed and result["volume_attachment"]["volume"] is None
    assert not shop.volume(volume=unnamed)["changed"]
    assert shop.volume(volume=unnamed, state="absent")["changed"]


def test_a_volume_that_is_nowhere_or_twice_there_is_refused() -> None:
    shop = Shop()
    nowhere = "00000000-0000-4000-8000-000000000000"
    for given in ("nowhere", nowhere):
        with pytest.raises(NotFound, match=f"^volume: there is no volume '{given}' in the data center"):
            shop.volume(volume=given)
        assert not shop.volume(volume=given, state="absent")["changed"]
    shop.cloud.transport.call(
        "POST",
        f"datacenters/{shop.ids['datacenter']}/volumes",
        body={"properties": {"name": "data", "size": 1, "licenceType": "OTHER"}},
    )
    with pytest.raises(AmbiguousName, match="^volume: 2 volumes match 'data'"):
        shop.volume()
    assert shop.writes == []


def test_a_server_that_is_not_there_is_told_from_a_volume_that_is_not_attached() -> None:
    shop = Shop()
    nowhere = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(NotFound, match=f"^server: there is no server '{nowhere}'"):
        shop.volume(server=nowhere, volume=shop.data)
    assert not shop.volume(server=nowhere, volume=shop.data, state="absent")["changed"]


def test_it_waits_until_server_and_volume_are_ready() -> None:
    shop = Shop()
    shop.service.settings.provision_seconds = 30.0
    new = shop.run("volume", **shop.dc, name="new", **BLANK, wait=False)["volume"]["id"]
    result = shop.volume(volume="new")
    assert result["volume_attachment"]["state"] == "AVAILABLE"
    before_attaching = shop.calls[: shop.calls.index(shop.writes[0])]
    assert f"GET datacenters/{shop.ids['datacenter']}/volumes/{new}" in before_attaching


def test_waiting_for_what_it_needs_counts_too() -> None:
    shop = Shop()
    shop.service.settings.provision_seconds = 30.0
    shop.run("volume", **shop.dc, name="new", **BLANK, wait=False)
    begun = shop.clock.now()
    with pytest.raises(OperationTimeout, match="wait_timeout=40 "):
        shop.volume(volume="new", wait_timeout=40)
    assert 40 <= shop.clock.now() - begun < 41 and len(shop.writes) == 1


def test_without_waiting_the_service_queues_it() -> None:
    shop = Shop()
    shop.service.settings.provision_seconds = 30.0
    shop.run("volume", **shop.dc, name="new", **BLANK, wait=False)
    begun = shop.clock.now()
    result = shop.volume(volume="new", wait=False)
    assert result["changed"] and result["request_id"] and shop.clock.now() == begun
    assert result["volume_attachment"]["id"]


def test_a_lost_answer_is_no_second_attachment() -> None:
    shop = Shop()
    shop.fault("drop_after", "POST", "/volumes$")
    assert shop.volume()["volume_attachment"]["device_number"] == 2
    assert len(shop.info("volume_attachment", **shop.dc, server="web")) == 2


# -- CD-ROMs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_cdrom_is_attached_by_name_or_id_and_detached(version: int) -> None:
    shop = Shop(version)
    here, _there = shop.image("setup.iso"), shop.image("setup.iso", "us/las")
    attached = shop.cdrom(cdrom="setup.iso")
    assert attached["actions"] == ["attach"]
    result = attached["cdrom_attachment"]
    assert (result["id"], result["cdrom"], result["location"]) == (here, "setup.iso", "de/fra")
    assert result["server_id"] == shop.ids["server"] and result["image_type"] == "CDROM"
    for given in ("setup.iso", here):
        again = shop.cdrom(cdrom=given)
        assert not again["changed"] and again["cdrom_attachment"] == result and len(shop.calls) <= 2
    assert shop.info("cdrom_attachment", **shop.dc, server="web") == [result]
    assert shop.cdrom(cdrom=here, state="absent")["actions"] == ["detach"]
    assert shop.cdrom(cdrom=here)["changed"]


def test_an_image_for_volumes_is_no_cdrom() -> None:
    shop = Shop()
    disk = shop.image("disk.qcow2", kind="HDD")
    with pytest.raises(
        InvalidOption, match="^cdrom: the image disk.qcow2 is an image for volumes, not a CD-ROM"
    ):
        shop.cdrom(cdrom=disk)
    with pytest.raises(NotFound, match="^cdrom: there is no image 'disk.qcow2'"):
        shop.cdrom(cdrom="disk.qcow2")
    with pytest.raises(NotFound, match="^cdrom: there is no image '00000000-"):
        shop.cdrom(cdrom="00000000-0000-4000-8000-000000000000")
    assert shop.writes == []


def test_a_cdrom_of_another_location_is_refused() -> None:
    shop = Shop()
    elsewhere = shop.image("setup.iso", "us/las")
    with pytest.raises(NotFound, match="'setup.iso' in location de/fra; it is in us/las"):
        shop.cdrom(cdrom="setup.iso")
    with pytest.raises(ApiError, match="location"):
        shop.cdrom(cdrom=elsewhere)


def test_one_of_two_cdroms_of_a_name_is_detached_by_its_id() -> None:
    shop = Shop()
    first, second = sorted(shop.image("setup.iso") for _each in range(2))
    shop.cdrom(cdrom=first)
    shop.cdrom(cdrom=second)
    for state in ("present", "absent"):
        with pytest.raises(AmbiguousName, match="^cdrom: 2 CD-ROM attachments match 'setup.iso'") as caught:
            shop.cdrom(cdrom="setup.iso", state=state)
        assert caught.value.ids == [first, second]
    assert shop.cdrom(cdrom=second, state="absent")["changed"]
    assert not shop.cdrom(cdrom="setup.iso")["changed"]
