# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data a new account sees is complete, consistent and the same in each run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from pocketvdc.seed import CONTRACT_LIMITS, IMAGES, LOCATIONS, PRIVATE_IMAGES, TEMPLATES

LOCATION_IDS = {
    "de/fkb",
    "de/fra",
    "de/fra/2",
    "de/txl",
    "us/las",
    "us/ewr",
    "us/mci",
    "gb/lhr",
    "gb/bhx",
    "es/vit",
    "fr/par",
}
METRO_REGIONS = [
    location for location in LOCATIONS if location["properties"]["metroRegion"] == location["id"]
]
FAMILIES = {"ubuntu", "debian", "centos", "rocky", "almalinux", "fedora", "opensuse", "freebsd", "windows"}


# Recorded, or read by live tests (contract sections 10.24 and 17).
TEMPLATE_SIZES = {
    "CUBES XS": (1, 1024, 30),
    "CUBES S": (1, 2048, 50),
    "CUBES XXL": (8, 32768, 640),
    "Basic Cube XS": (1, 2048, 60),
    "Basic Cube S": (2, 4096, 120),
    "Basic Cube M": (4, 8192, 240),
    "Basic Cube XL": (16, 32768, 960),
    "Memory Cube S": (2, 8192, 120),
}


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


@pytest.mark.parametrize("location", METRO_REGIONS, ids=lambda location: location["id"])
def test_each_alias_of_a_location_names_one_of_its_images(location: dict[str, Any]) -> None:
    aliases = Counter(alias for image in images_of(location["id"]) for alias in image["imageAliases"])
    assert set(aliases.values()) == {1}
    assert set(aliases) == set(location["properties"]["imageAliases"])
    assert len(location["properties"]["imageAliases"]) == len(aliases)


@pytest.mark.parametrize("location", [location["id"] for location in METRO_REGIONS])
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
    script = "from pocketvdc.seed import IMAGES, TEMPLATES; print(IMAGES[-1]['id'], TEMPLATES[-1]['id'])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert answer.split() == [IMAGES[-1]["id"], TEMPLATES[-1]["id"]]


def test_templates_count_memory_in_megabytes() -> None:
    sizes = {template["properties"]["name"]: template["properties"] for template in TEMPLATES}
    assert {
        name: tuple(sizes[name][key] for key in ("cores", "ram", "storageSize")) for name in TEMPLATE_SIZES
    } == (TEMPLATE_SIZES)
    assert all("Templates" in size["category"] for size in sizes.values())


def test_the_contract_has_room_for_ten_thousand_servers() -> None:
    assert CONTRACT_LIMITS["coresPerContract"] >= 10_000 * 4
    assert CONTRACT_LIMITS["ramPerContract"] >= 10_000 * 16_384


def test_a_child_location_has_no_images_of_its_own() -> None:
    """[documented] 10.2: images and aliases of its metro region are used in it."""
    (child,) = (location for location in LOCATIONS if location["id"] == "de/fra/2")
    assert (child["properties"]["metroRegion"], child["properties"]["imageAliases"]) == ("de/fra", [])
    assert images_of("de/fra/2") == []


def test_the_newest_ubuntu_boots_by_uefi() -> None:
    """[live test] 17 no. 22: the image behind ubuntu:latest has requireLegacyBios false."""
    for location in METRO_REGIONS:
        (latest,) = (i for i in images_of(location["id"]) if "ubuntu:latest" in i["imageAliases"])
        assert latest["requireLegacyBios"] is False


@pytest.mark.parametrize("location", ["us/las", "de/fra"])
def test_volumes_of_two_gigabytes_hold_an_old_ubuntu(location: str) -> None:
    """[live test] The original library's: it takes the image whose name begins with Ubuntu-16, for 2 GB."""
    found = [i for i in images_of(location, imageType="HDD", public=True) if i["name"].startswith("Ubuntu-1")]
    assert {i["name"][:9] for i in found} == {"Ubuntu-16", "Ubuntu-18"}
    assert all(i["size"] <= 2 for i in found)


def test_ubuntu_images_have_different_sizes() -> None:
    sizes = {i["size"] for i in images_of("de/fra", imageType="HDD") if i["name"].startswith("Ubuntu")}
    assert {2, 10} <= sizes


def test_public_images_have_no_description() -> None:
    """[recorded, 2023] 10.8."""
    assert {image["properties"]["description"] for image in IMAGES} == {None}


@pytest.mark.parametrize(
    ("ident", "location", "image_type"),
    [
        ("912139a4-c283-11eb-a028-52d578831bb3", "de/txl", "HDD"),
        ("0e4d57f9-cd78-11e9-b88c-525400f64d8d", "de/txl", "CDROM"),
        ("83f21679-3321-11eb-a681-1e659523cb7b", "de/fra", "CDROM"),
        ("aa97f2f4-ca28-11ec-925c-46570854dba1", "de/fra", "CDROM"),
    ],
)
def test_old_ids_of_public_examples_are_known(ident: str, location: str, image_type: str) -> None:
    """[live test] Published clients' tests boot from images by these ids, in data centers of these locations."""
    (image,) = (image["properties"] for image in IMAGES if image["id"] == ident)
    assert (image["location"], image["imageType"], image["public"]) == (location, image_type, True)


def test_ids_of_templates_of_public_examples_are_known() -> None:
    ids = {template["properties"]["name"]: template["id"] for template in TEMPLATES}
    assert ids["CUBES XS"] == "15c6dd2f-02d2-4987-b439-9a58dd59ecc3"


@pytest.mark.parametrize(
    "ident", ["6913ed82-a143-4c15-89ac-08fb375a97c5", "e15d15e7-ea9a-48ae-a60a-29b9463f4519"]
)
def test_templates_of_gpu_servers_are_known_by_their_ids(ident: str) -> None:
    """[live test] Published clients make GPU servers in ``de/fra/2`` of templates that they name by these ids."""
    (template,) = (template["properties"] for template in TEMPLATES if template["id"] == ident)
    (place,) = (location["properties"] for location in LOCATIONS if location["id"] == "de/fra/2")
    offered = {(card["vendor"], card["model"]) for card in place["gpuArchitecture"]}
    assert {(gpu["vendor"], gpu["model"]) for gpu in template["gpus"]} <= offered
    assert template["storageType"] == "SSD Premium"


def test_confidential_images_are_private_and_plain() -> None:
    """[documented] 10.8: always private, cloudInit NONE, no hot plug, no legacy BIOS."""
    (image,) = (i["properties"] for i in PRIVATE_IMAGES if i["properties"]["requiredFeatures"])
    plugs = [value for name, value in image.items() if "Plug" in name or "Unplug" in name]
    assert (image["requiredFeatures"], image["cloudInit"], image["requireLegacyBios"]) == (
        ["SEV-SNP"],
        "NONE",
        False,
    )
    assert (len(plugs), any(plugs)) == (10, False)
    assert all(i["properties"]["public"] is False for i in PRIVATE_IMAGES)
    assert all(not i["properties"]["requiredFeatures"] for i in IMAGES)


def test_each_location_says_what_it_offers() -> None:
    """[recorded] 16.3: features by their names of today; [live test] 17 no. 23: INTEL_XEON leads in us/las."""
    offers = {location["id"]: location["properties"] for location in LOCATIONS}
    assert {"ssd", "ssd-storage-zoning", "k8s", "pcc", "vnf-nat", "flow-logs"} <= set(
        offers["de/fra"]["features"]
    )
    assert offers["us/las"]["cpuArchitecture"][0]["cpuFamily"] == "INTEL_XEON"
    assert offers["de/fra/2"]["gpuArchitecture"] == [{"vendor": "NVIDIA Corporation", "model": "NVIDIA H200"}]
    assert any("SEV-SNP" in cpu["enabledFeatures"] for cpu in offers["de/fra"]["cpuArchitecture"])
