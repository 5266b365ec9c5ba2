# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: own ones are changed and deleted, public ones never, and none is created."""

from __future__ import annotations

from typing import Any

import pytest

from integration.runner import Runner, task
from pocketvdc.store import Record

CHECK = {"check_mode": True, "diff": True}
DIFF = {"diff": True}
FLAGS = [
    f"{device}_hot_{action}"
    for device in ("cpu", "ram", "nic", "disc_virtio", "disc_scsi")
    for action in ("plug", "unplug")
]
OWN = {"name": "appliance"}


def upload(play: Runner, name: str, location: str = "de/fra") -> Record:
    return play.cloud.add_image({"name": name, "location": location, "size": 2, "description": "first"})


@pytest.mark.parametrize("version", [4, 5, 6])
def test_the_life_of_an_own_image(play: Runner, version: int) -> None:
    image = upload(play, "appliance")
    flags = {name: number % 2 == 0 for number, name in enumerate(FLAGS)}
    change: dict[str, Any] = {**flags, "description": "second", "licence_type": "LINUX"}
    change |= {"cloud_init": "V1"} if version > 4 else {}
    change |= {"expose_serial": True, "require_legacy_bios": False} if version > 5 else {}
    by_id = {"id": image.id}
    done = play(
        [
            task("as it is", "image", DIFF, **OWN),
            task("as it is, by id", "image", **by_id),
            task("foretell", "image", CHECK, **OWN, **change),
            task("change", "image", DIFF, **OWN, **change),
            task("change again", "image", DIFF, **OWN, **change),
            task("change again by id", "image", **by_id, **change),
            task("left out", "image", **by_id),
            task("clear", "image", DIFF, **OWN, description=""),
            task("clear again", "image", **OWN, description=""),
            task("rename", "image", DIFF, **by_id, name="newer"),
            task("rename again", "image", **by_id, name="newer"),
            task("read", "image_info", **by_id),
            task("foretell delete", "image", CHECK, name="newer", state="absent"),
            task("delete", "image", DIFF, name="newer", state="absent"),
            task("delete again", "image", DIFF, name="newer", state="absent"),
            task("delete again by id", "image", **by_id, state="absent"),
        ],
        version=version,
    )
    unchanged = [
        "as it is",
        "as it is, by id",
        "change again",
        "change again by id",
        "left out",
        "clear again",
    ]
    for name in (*unchanged, "rename again", "delete again", "delete again by id"):
        assert not done[name].changed and len(done[name].calls) == 1 and done[name].writes == [], name
    assert done["foretell"].writes == [] and done["foretell"].diff == done["change"].diff
    assert done["change"].writes == ["PATCH"] and done["change"]["request_id"]
    assert done["change"].diff["after"] == {
        name: value for name, value in change.items() if done["as it is"]["image"][name] != value
    }
    changed = done["change"]["image"]
    assert {name: changed[name] for name in change} == change
    assert done["left out"]["image"] == changed and set(changed) == set(done["foretell"]["image"])
    assert done["clear"].diff == {"before": {"description": "second"}, "after": {"description": ""}}
    assert done["rename"]["image"]["name"] == "newer"
    assert done["read"]["images"] == [done["rename again"]["image"]]
    assert done["foretell delete"].writes == [] and done["foretell delete"].diff == done["delete"].diff
    assert done["delete"].writes == ["DELETE"] and done["delete"]["image"] is None


def test_a_public_image_is_refused_and_left_as_it_is(play: Runner) -> None:
    found = play.call("GET", "images?depth=1&filter.name=ubuntu-22.04&filter.location=de/fra")["items"]
    image = next(each for each in found if each["properties"]["imageType"] == "HDD")
    name, by_id = image["properties"]["name"], {"id": image["id"]}
    done = play(
        [
            task("change", "image", **by_id, description="mine"),
            task("change in check mode", "image", CHECK, **by_id, description="mine"),
            task("delete", "image", **by_id, state="absent"),
            task("delete in check mode", "image", CHECK, **by_id, state="absent"),
            task("as it is", "image", **by_id, licence_type="LINUX"),
        ]
    )
    refusal = f"id: the image {name} is public, and only the provider can change or delete it"
    for verb in ("change", "change in check mode", "delete", "delete in check mode"):
        assert done[verb].msg == refusal and done[verb].writes == []
    assert not done["as it is"].changed


def test_one_that_is_not_there_is_no_creation(play: Runner) -> None:
    twins = sorted(upload(play, "twin", location).id for location in ("de/fra", "us/las"))
    nowhere = "00000000-0000-4000-8000-000000000000"
    done = play(
        [
            task("by name", "image", name="nowhere", description="x"),
            task("by name in check mode", "image", CHECK, name="nowhere"),
            task("by id", "image", id=nowhere, description="x"),
            task("ambiguous", "image", name="twin", description="x"),
            task("ambiguous absent", "image", name="twin", state="absent"),
            task("newer option", "image", name="twin", cloud_init="V1"),
        ],
        version=4,
    )
    for way in ("by name", "by name in check mode"):
        assert done[way].msg == (
            "name: there is no image 'nowhere'; images are uploaded by FTP; this module only changes your own"
        )
    assert done["by id"].msg.startswith(f"id: there is no image '{nowhere}'")
    for name in ("ambiguous", "ambiguous absent"):
        assert done[name].result["ids"] == twins
    assert done["newer option"].msg.startswith("cloud_init: the service accepts this option from version 5")
    assert [each.writes for each in done] == [[]] * 6


def test_waiting_is_as_told(play: Runner) -> None:
    upload(play, "appliance")
    fails = (
        "faults",
        {"kind": "fail_request", "method": "PATCH", "path": "/images/", "message": "[VDC-5-601] no luck"},
    )
    slow = ("settings", {"provision_seconds": 900})
    done = play(
        [
            task("request fails", "image", {"before": [fails]}, **OWN, description="second", wait_timeout=20),
            task("request lasts", "image", {"before": [slow]}, **OWN, description="third", wait_timeout=1),
            task("no waiting", "image", **OWN, description="fourth", wait=False),
        ]
    )
    assert "[VDC-5-601] no luck" in done["request fails"].msg
    assert "wait_timeout=1 " in done["request lasts"].msg
    assert done["no waiting"]["request_id"] and done["no waiting"].polls == []
