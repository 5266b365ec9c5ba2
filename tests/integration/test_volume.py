# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes: what they are made from, how they grow, and where they are attached."""

from __future__ import annotations

from typing import Any

import pytest

from integration.runner import Runner, task

PASSWORD = "sEcret4pass"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB a@example.com"
DC = {"datacenter": "shop"}
BLANK = {"size": 5, "licence_type": "OTHER"}


@pytest.mark.parametrize("version", [4, 5, 6])
def test_sources_and_reruns(play: Runner, version: int) -> None:
    """By UUID, name or alias of an image, or blank; a rerun with password, keys or user data is unchanged."""
    play.shop()
    image = play.call(
        "GET", "images?depth=1&filter.name=ubuntu-22.04&filter.location=de/fra&filter.imageType=HDD"
    )
    found = image["items"][0]
    access: dict[str, dict[str, Any]] = {
        "password": {"image_password": PASSWORD},
        "keys": {"ssh_keys": [KEY]},
        "both": {"image_password": PASSWORD, "ssh_keys": [KEY]},
    }
    if version > 4:
        access["user data"] = {"user_data": "I2Nsb3VkLWNvbmZpZwo="}
    sources = {"alias": "ubuntu:22.04", "name": found["properties"]["name"], "id": found["id"]}
    tasks = []
    for how, secret in access.items():
        for source, value in sources.items():
            options = {**DC, "name": f"{source} {how}", "size": 10, "image": value, **secret}
            tasks.append(task(f"{source} {how}", "volume", **options))
            tasks.append(task(f"{source} {how} again", "volume", **options))
            tasks.append(task(f"{source} {how} in check mode", "volume", {"check_mode": True}, **options))
    tasks += [
        task("blank", "volume", **DC, name="blank", **BLANK),
        task("blank again", "volume", **DC, name="blank", **BLANK),
        task("read", "volume_info", **DC),
    ]
    done = play(tasks, version=version, arguments=["-vvv"])
    for how in access:
        for source in sources:
            made = done[f"{source} {how}"]
            assert made.changed and made["volume"]["image"] == found["id"]
            assert made["volume"]["licence_type"] == "LINUX"
            for rerun in ("again", "in check mode"):
                assert not done[f"{source} {how} {rerun}"].changed
                assert done[f"{source} {how} {rerun}"].writes == []
    assert done["blank"]["volume"]["licence_type"] == "OTHER" and not done["blank again"].changed
    assert PASSWORD not in done.output
    assert len(done["read"]["volumes"]) == len(access) * len(sources) + 2


def test_a_snapshot_is_a_source(play: Runner) -> None:
    ids = play.shop()
    path = f"datacenters/{ids['datacenter']}/volumes/{ids['volume']}/create-snapshot"
    snapshot = play.call("POST", path, {"properties": {"name": "before"}})["id"]
    done = play(
        [
            task("by name", "volume", **DC, name="one", size=10, image="before"),
            task("by name again", "volume", **DC, name="one", size=10, image="before"),
            task("by id", "volume", **DC, name="two", size=10, image=snapshot),
            task("by id again", "volume", **DC, name="two", size=10, image=snapshot),
            task(
                "with a password",
                "volume",
                **DC,
                name="three",
                size=10,
                image="before",
                image_password=PASSWORD,
            ),
            task("another image", "volume", **DC, name="two", image="00000000-0000-4000-8000-000000000000"),
        ]
    )
    for name in ("by name", "by id"):
        assert done[name].changed and done[name]["volume"]["image"] == snapshot
        assert not done[f"{name} again"].changed
    assert done["with a password"].msg.startswith("image_password: ") and done["with a password"].writes == []
    assert f"image (is '{snapshot}'" in done["another image"].msg


def test_it_only_grows(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("grow", "volume", {"diff": True}, **DC, name="boot", size=20),
            task("grow again", "volume", **DC, name="boot", size=20),
            task("shrink", "volume", **DC, name="boot", size=15),
            task("shrink in check mode", "volume", {"check_mode": True}, **DC, name="boot", size=15),
            task("too large", "volume", **DC, name="huge", size=10_000_000, licence_type="OTHER"),
            task(
                "smaller than its image",
                "volume",
                **DC,
                name="new",
                size=1,
                image="ubuntu:22.04",
                ssh_keys=[KEY],
            ),
        ]
    )
    assert done["grow"].diff == {"before": {"size": 10}, "after": {"size": 20}}
    assert not done["grow again"].changed
    for name in ("shrink", "shrink in check mode"):
        assert done[name].msg == "size: the volume boot has 20 GB and can only grow, not shrink to 15 GB"
        assert done[name].writes == []
    assert "size" in done["too large"].msg and "size" in done["smaller than its image"].msg


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_server_attaches_and_an_empty_one_detaches(play: Runner, version: int) -> None:
    """Before version 6 the volume itself does not say where it is attached."""
    ids = play.shop()
    data = {**DC, "name": "data", **BLANK}
    own = {**DC, "name": "data"}
    check = {"check_mode": True, "diff": True}
    done = play(
        [
            task("another server", "server", {"register": "db"}, **DC, name="db", cores=1, ram=1024),
            task("create attached", "volume", {"diff": True}, **data, server="web"),
            task("create attached again", "volume", **data, server="web"),
            task("left out", "volume", **own),
            task("foretell move", "volume", check, **own, server="db"),
            task("move", "volume", {"diff": True}, **own, server="db"),
            task("move again, by id", "volume", **own, server="{{ db.server.id }}"),
            task("foretell detach", "volume", check, **own, server=""),
            task("detach", "volume", {"diff": True}, **own, server=""),
            task("detach again", "volume", **own, server=""),
            task("attach", "volume", **own, server="web"),
            task("to no server", "volume", **own, server="nowhere"),
            task("read", "volume_info", **own),
            task("absent with a server", "volume", **own, server="web", state="absent"),
            task("absent with a server again", "volume", **own, server="web", state="absent"),
        ],
        version=version,
    )
    db = done["another server"]["server"]["id"]
    created = done["create attached"]
    assert created["actions"] == ["create"] and created.writes == ["POST"]
    assert created["volume"]["server_id"] == ids["server"] and created["volume"]["device_number"]
    for name in ("create attached again", "left out", "move again, by id", "detach again"):
        assert not done[name].changed and done[name].writes == [], name
    assert done["left out"]["volume"]["server_id"] == ids["server"]
    assert done["move"]["actions"] == ["detach", "attach"] and done["move"]["volume"]["server_id"] == db
    assert done["detach"]["actions"] == ["detach"] and done["detach"]["volume"]["server_id"] is None
    for verb in ("move", "detach"):
        assert done[f"foretell {verb}"].writes == []
        assert done[f"foretell {verb}"].diff == done[verb].diff
        assert done[f"foretell {verb}"]["volume"]["server_id"] == done[verb]["volume"]["server_id"]
    assert done["attach"]["actions"] == ["attach"]
    assert done["to no server"].msg.startswith("server: there is no server 'nowhere'")
    assert done["read"]["volumes"][0]["server_id"] == ids["server"]
    assert done["absent with a server"]["actions"] == ["delete"]
    assert not done["absent with a server again"].changed and done["absent with a server again"].writes == []


def test_what_reads_null_at_first_is_no_difference(play: Runner) -> None:
    """The service shows no bus before a volume is attached, and no zone where none was asked for."""
    play.shop()
    done = play(
        [
            task("bus", "volume", **DC, name="one", **BLANK, bus="VIRTIO"),
            task("bus again", "volume", **DC, name="one", **BLANK, bus="VIRTIO"),
            task("no zone", "volume", **DC, name="two", **BLANK),
            task("any zone", "volume", **DC, name="two", **BLANK, availability_zone="AUTO"),
            task("a zone", "volume", **DC, name="three", **BLANK, availability_zone="ZONE_3"),
            task("a zone again", "volume", **DC, name="three", **BLANK, availability_zone="ZONE_3"),
            task("another zone", "volume", **DC, name="three", availability_zone="ZONE_1"),
            task("flags", "volume", **DC, name="four", **BLANK, cpu_hot_plug=True, nic_hot_unplug=False),
            task(
                "flags again", "volume", **DC, name="four", **BLANK, cpu_hot_plug=True, nic_hot_unplug=False
            ),
            task("boot order", "volume", **DC, name="boot", boot_order="NONE"),
            task("boot order again", "volume", **DC, name="boot", boot_order="NONE"),
        ]
    )
    for name in ("bus", "no zone", "a zone", "flags", "boot order"):
        assert done[name].changed
        assert not done[name].result.get("warnings")
    for name in ("bus again", "any zone", "a zone again", "flags again", "boot order again"):
        assert not done[name].changed and done[name].writes == [], name
    assert "availability_zone (is 'ZONE_3', wanted 'ZONE_1')" in done["another zone"].msg
