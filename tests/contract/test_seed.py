# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data a new account sees is complete, consistent and the same in each run."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from emulator.seed import CONTRACT_LIMITS, IMAGES, LOCATIONS, TEMPLATES

LOCATION_IDS = {
    "de/fkb",
    "de/fra",
    "de/txl",
    "us/las",
    "us/ewr",
    "us/mci",
    "gb/lhr",
    "gb/bhx",
    "es/vit",
    "fr/par",
}
FAMILIES = {"ubuntu", "debian", "centos", "rocky", "almalinux", "fedora", "opensuse", "freebsd", "windows"}


def images_of(location: str, **wanted: Any) -> list[dict[str, Any]]:
    """Properties of the images of a location whose fields have the wanted values."""
    properties = [image["properties"] for image in IMAGES if image["properties"]["location"] == location]
    return [p for p in properties if all(p[key] == value for key, value in wanted.items())]


def test_all_locations_are_there() -> None:
    assert {location["id"] for location in LOCATIONS} == LOCATION_IDS


def test_the_oldest_locations_know_the_oldest_cpu_family() -> None:
    families = {
        location["id"]: [cpu["cpuFamily"] for cpu in location["properties"]["cpuArchitecture"]]
        for location in LOCATIONS
    }
    assert all("AMD_OPTERON" in families[old] for old in ("de/fkb", "de/fra", "us/las", "us/ewr"))
    assert all(families.values())


@pytest.mark.parametrize("location", LOCATIONS, ids=lambda location: location["id"])
def test_each_alias_of_a_location_names_one_of_its_images(location: dict[str, Any]) -> None:
    aliases = Counter(alias for image in images_of(location["id"]) for alias in image["imageAliases"])
    assert set(aliases.values()) == {1}
    assert set(aliases) == set(location["properties"]["imageAliases"])
    assert len(location["properties"]["imageAliases"]) == len(aliases)


@pytest.mark.parametrize("location", sorted(LOCATION_IDS))
@pytest.mark.parametrize("image_type", ["HDD", "CDROM"])
def test_each_family_has_disks_and_installers_in_each_location(location: str, image_type: str) -> None:
    aliases = [
        alias for image in images_of(location, imageType=image_type) for alias in image["imageAliases"]
    ]
    assert {alias.partition(":")[0] for alias in aliases} == FAMILIES
    assert all(alias.endswith("_iso") == (image_type == "CDROM") for alias in aliases)


def test_windows_images_cannot_unplug_discs_and_carry_their_licence() -> None:
    windows = images_of("de/fra", imageType="HDD", discVirtioHotPlug=True, discVirtioHotUnplug=False)
    assert {image["licenceType"] for image in windows} == {
        "WINDOWS",
        "WINDOWS2016",
        "WINDOWS2019",
        "WINDOWS2022",
        "WINDOWS2025",
    }


def test_names_and_ids_are_unique() -> None:
    names = Counter((image["properties"]["location"], image["properties"]["name"]) for image in IMAGES)
    ids = Counter(entry["id"] for entry in (*IMAGES, *TEMPLATES))
    assert max(names.values()) == 1
    assert max(ids.values()) == 1


def test_ids_are_the_same_in_another_process() -> None:
    script = "from emulator.seed import IMAGES, TEMPLATES; print(IMAGES[-1]['id'], TEMPLATES[-1]['id'])"
    tests = Path(__file__).parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=tests, capture_output=True, text=True, check=True
    ).stdout
    assert answer.split() == [IMAGES[-1]["id"], TEMPLATES[-1]["id"]]


def test_templates_count_memory_in_megabytes() -> None:
    sizes = {template["properties"]["name"]: template["properties"] for template in TEMPLATES}
    xxl = sizes["CUBES XXL"]
    assert (xxl["cores"], xxl["ram"], xxl["storageSize"]) == (8, 32768, 640)


def test_the_contract_has_room_for_ten_thousand_servers() -> None:
    assert CONTRACT_LIMITS["coresPerContract"] >= 10_000 * 4
    assert CONTRACT_LIMITS["ramPerContract"] >= 10_000 * 16_384
