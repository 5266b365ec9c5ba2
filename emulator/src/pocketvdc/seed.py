# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new account sees: locations, images, templates and the limits of its contract.

Everything here is plain data made once at import from a few compact tables:

* ``LOCATIONS``, ``IMAGES`` and ``TEMPLATES`` are lists of ``{"id": str, "properties": dict}`` with the
  property names of the wire (contract sections 10.2, 10.8 and 10.24). Sizes are in GB, memory in MB.
* ``PRIVATE_IMAGES`` has the same form; they belong to the first account alone.
* ``CONTRACT_LIMITS`` holds the limits of ``resourceLimits`` (contract section 10.21), without the figures of
  current use; memory and disks are in MB.

Ids are the same in each run: those of templates, and of images that public examples name, are the service's,
the others are name-based UUIDs.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "emulator.profitbricks.cloud")


def _stable_id(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


# -- locations --

_VENDORS = {"AMD": "AuthenticAMD", "INTEL": "GenuineIntel"}

# Images that need it make confidential servers.
CONFIDENTIAL = "SEV-SNP"

# CPU family: most cores and most memory (MB) of one server.
_CPU_LIMITS = {
    "AMD_OPTERON": (62, 245760),
    "AMD_EPYC": (60, 230400),
    "INTEL_XEON": (51, 245760),
    "INTEL_SKYLAKE": (51, 245760),
    "INTEL_ICELAKE": (78, 819200),
}

# What all locations offer, under the names of v3 and under those of today (contract section 16.3).
_FEATURES = (
    "SSD", "MULTIPLE_CPU", "ssd", "cloud-init", "cloud-init-private-image", "core-vps", "cpu-hot-plug",
    "mem-hot-plug", "nic-hot-plug", "nic-hot-unplug", "disk-vio-hot-plug", "disk-vio-hot-unplug", "k8s",
    "k8s-cidr-s3-support", "pcc", "private-loadbalancer", "vnf-nat", "vnf-lb", "vnf-alb", "flow-logs", "monitoring",
    "vm-autoscaling", "acronis-api-v2", "contract-identities",
)  # fmt: skip
# The feature of a location whose SSDs have zones.
SSD_ZONES = "ssd-storage-zoning"


@dataclass(frozen=True)
class _Place:
    """A location. The first family is its default; a child has the images of its metro region."""

    id: str
    name: str
    families: tuple[str, ...]
    metro: str = ""
    ssd_zones: bool = True
    cards: bool = False
    confidential: bool = False

    @property
    def metro_region(self) -> str:
        return self.metro or self.id


# The four oldest locations carry the family that clients of v4 ask for.
_PLACES = (
    _Place("de/fkb", "karlsruhe", ("INTEL_XEON", "INTEL_SKYLAKE", "AMD_OPTERON"), ssd_zones=False),
    _Place(
        "de/fra", "frankfurt", ("INTEL_SKYLAKE", "AMD_EPYC", "INTEL_ICELAKE", "INTEL_XEON", "AMD_OPTERON"),
        cards=True, confidential=True,
    ),
    _Place("de/fra/2", "frankfurt2", ("AMD_EPYC", "INTEL_ICELAKE"), "de/fra", cards=True, confidential=True),
    _Place("de/txl", "berlin", ("INTEL_SKYLAKE", "AMD_EPYC", "INTEL_ICELAKE")),
    _Place("us/las", "lasvegas", ("INTEL_XEON", "INTEL_SKYLAKE", "AMD_OPTERON")),
    _Place("us/ewr", "newark", ("INTEL_XEON", "INTEL_SKYLAKE", "AMD_OPTERON"), ssd_zones=False),
    _Place("us/mci", "lenexa", ("AMD_EPYC",)),
    _Place("gb/lhr", "london", ("INTEL_SKYLAKE", "AMD_EPYC")),
    _Place("gb/bhx", "worcester", ("AMD_EPYC",)),
    _Place("es/vit", "logrono", ("INTEL_SKYLAKE", "INTEL_ICELAKE")),
    _Place("fr/par", "paris", ("INTEL_SKYLAKE", "INTEL_ICELAKE")),
)  # fmt: skip


def _architecture(family: str, *, confidential: bool) -> dict[str, Any]:
    cores, ram = _CPU_LIMITS[family]
    return {
        "cpuFamily": family,
        "maxCores": cores,
        "maxRam": ram,
        "vendor": _VENDORS[family.partition("_")[0]],
        "enabledFeatures": [CONFIDENTIAL] if confidential and family == "AMD_EPYC" else [],
    }


# -- images --


@dataclass(frozen=True)
class _Family:
    """What the images of one operating system have in common."""

    licence: str = "LINUX"
    hot_plug: bool = True  # CPU, memory, NICs and VirtIO discs can be added to a running server
    disc_unplug: bool = True
    legacy_bios: bool = True


_LINUX = _Family()
_UEFI = replace(_LINUX, legacy_bios=False)
_WINDOWS = _Family(licence="WINDOWS", disc_unplug=False)
_OTHER = _Family(licence="OTHER", hot_plug=False, disc_unplug=False)
_RECENT_WINDOWS = {
    year: replace(_WINDOWS, licence=f"WINDOWS{year}", legacy_bios=int(year) < 2025)
    for year in ("2016", "2019", "2022", "2025")
}

# name, size in GB, aliases, cloud-init, family
_INSTALLED: tuple[tuple[str, float, tuple[str, ...], bool, _Family], ...] = (
    ("Ubuntu-16.04-LTS-server-2021-05-01", 2, ("ubuntu:16.04",), True, _LINUX),
    ("Ubuntu-18.04-LTS-server-2023-06-01", 2, ("ubuntu:18.04",), True, _LINUX),
    ("Ubuntu-20.04-LTS-server-2023-10-01", 2, ("ubuntu:20.04",), True, _LINUX),
    ("Ubuntu-22.04-LTS-server-2023-10-01", 2, ("ubuntu:22.04",), True, _LINUX),
    ("Ubuntu-24.04-LTS-server-2026-03-01", 2, ("ubuntu:24.04", "ubuntu:latest"), True, _UEFI),
    ("Ubuntu-26.04-LTS-server-2026-05-01", 10, ("ubuntu:26.04",), True, _UEFI),
    ("Debian-8-server-2020-07-01", 2, ("debian:8",), False, _LINUX),
    ("Debian-9-server-2022-07-01", 2, ("debian:9",), True, _LINUX),
    ("Debian-10-server-2023-10-01", 2, ("debian:10",), True, _LINUX),
    ("Debian-11-server-2023-10-01", 2, ("debian:11",), True, _LINUX),
    ("Debian-12-server-2024-09-01", 2, ("debian:12", "debian:latest"), True, _LINUX),
    ("CentOS-7-server-2023-10-01", 4, ("centos:7",), True, _LINUX),
    ("CentOS-8-stream-server-2023-10-01", 4, ("centos:8-stream", "centos:latest"), True, _LINUX),
    ("Rocky-8-server-2023-10-01", 4, ("rocky:8",), True, _LINUX),
    ("Rocky-9-server-2024-09-01", 4, ("rocky:9", "rocky:latest"), True, _LINUX),
    ("AlmaLinux-8-server-2023-10-01", 4, ("almalinux:8",), True, _LINUX),
    ("AlmaLinux-9-server-2024-09-01", 4, ("almalinux:9", "almalinux:latest"), True, _LINUX),
    ("Fedora-40-server-2024-09-01", 4, ("fedora:40", "fedora:latest"), True, _LINUX),
    ("openSUSE-Leap-15.5-server-2023-10-01", 4, ("opensuse:15.5", "opensuse:latest"), True, _LINUX),
    ("FreeBSD-13.2-RELEASE-2023-10-01", 4, ("freebsd:13", "freebsd:latest"), False, _OTHER),
    ("windows-2012-r2-server-2023-10", 11, ("windows:2012",), False, _WINDOWS),
    ("windows-2016-server-2024-09", 13, ("windows:2016",), False, _RECENT_WINDOWS["2016"]),
    ("windows-2019-server-2024-09", 13, ("windows:2019",), False, _RECENT_WINDOWS["2019"]),
    ("windows-2022-server-2024-09", 14, ("windows:2022", "windows:latest"), False, _RECENT_WINDOWS["2022"]),
    ("windows-2025-server-2025-02", 15, ("windows:2025",), False, _RECENT_WINDOWS["2025"]),
)
_INSTALLERS: tuple[tuple[str, float, tuple[str, ...], _Family], ...] = (
    ("ubuntu-16.04.7-server-amd64.iso", 0.88, ("ubuntu:16.04_iso",), _LINUX),
    ("ubuntu-18.04.6-server-amd64.iso", 0.97, ("ubuntu:18.04_iso",), _LINUX),
    ("ubuntu-20.04.6-live-server-amd64.iso", 1.39, ("ubuntu:20.04_iso",), _LINUX),
    ("ubuntu-22.04.3-live-server-amd64.iso", 1.97, ("ubuntu:22.04_iso",), _LINUX),
    ("ubuntu-24.04.1-live-server-amd64.iso", 2.59, ("ubuntu:24.04_iso", "ubuntu:latest_iso"), _LINUX),
    ("debian-8.11.1-amd64-netinst.iso", 0.28, ("debian:8_iso",), _LINUX),
    ("debian-9.13.0-amd64-netinst.iso", 0.29, ("debian:9_iso",), _LINUX),
    ("debian-10.13.0-amd64-netinst.iso", 0.35, ("debian:10_iso",), _LINUX),
    ("debian-11.8.0-amd64-netinst.iso", 0.39, ("debian:11_iso",), _LINUX),
    ("debian-12.7.0-amd64-netinst.iso", 0.63, ("debian:12_iso", "debian:latest_iso"), _LINUX),
    ("CentOS-7-x86_64-Minimal-2009.iso", 0.97, ("centos:7_iso",), _LINUX),
    ("CentOS-Stream-8-x86_64-boot.iso", 0.86, ("centos:8-stream_iso", "centos:latest_iso"), _LINUX),
    ("Rocky-9.4-x86_64-minimal.iso", 1.65, ("rocky:9_iso", "rocky:latest_iso"), _LINUX),
    ("AlmaLinux-9.4-x86_64-minimal.iso", 1.73, ("almalinux:9_iso", "almalinux:latest_iso"), _LINUX),
    ("Fedora-Server-netinst-x86_64-40-1.14.iso", 0.7, ("fedora:40_iso", "fedora:latest_iso"), _LINUX),
    ("openSUSE-Leap-15.5-NET-x86_64.iso", 0.22, ("opensuse:15.5_iso", "opensuse:latest_iso"), _LINUX),
    ("FreeBSD-13.2-RELEASE-amd64-disc1.iso", 1.02, ("freebsd:13_iso", "freebsd:latest_iso"), _OTHER),
    ("windows-2012-r2-server.iso", 4.25, ("windows:2012_iso",), _WINDOWS),
    ("windows-2016-server.iso", 5.64, ("windows:2016_iso",), _RECENT_WINDOWS["2016"]),
    ("windows-2019-server.iso", 5.02, ("windows:2019_iso",), _RECENT_WINDOWS["2019"]),
    ("windows-2022-server.iso", 4.7, ("windows:2022_iso", "windows:latest_iso"), _RECENT_WINDOWS["2022"]),
    ("windows-2025-server.iso", 5.61, ("windows:2025_iso",), _RECENT_WINDOWS["2025"]),
)


# Public images get new ids each month; those of other months that public examples and tests still name. Without
# a recording of the image its name and size are our own choice.
_OLD_IMAGES = (
    ("912139a4-c283-11eb-a028-52d578831bb3", "de/txl", "Ubuntu-20.04-LTS-server-2021-06-01", 2, "HDD"),
    ("0e4d57f9-cd78-11e9-b88c-525400f64d8d", "de/txl", "debian-10.0.0-amd64-netinst.iso", 0.33, "CDROM"),
    ("83f21679-3321-11eb-a681-1e659523cb7b", "de/fra", "debian-10.7.0-amd64-netinst.iso", 0.34, "CDROM"),
    ("aa97f2f4-ca28-11ec-925c-46570854dba1", "de/fra", "debian-11.3.0-amd64-netinst.iso", 0.38, "CDROM"),
)


def _image(
    location: str,
    name: str,
    size: float,
    aliases: tuple[str, ...],
    family: _Family,
    image_type: str,
    cloud_init: bool,
) -> dict[str, Any]:
    properties = {
        "name": name,
        "description": None,
        "location": location,
        "size": size,
        "cpuHotPlug": family.hot_plug,
        "cpuHotUnplug": False,
        "ramHotPlug": family.hot_plug,
        "ramHotUnplug": False,
        "nicHotPlug": family.hot_plug,
        "nicHotUnplug": family.hot_plug,
        "discVirtioHotPlug": family.hot_plug,
        "discVirtioHotUnplug": family.disc_unplug,
        "discScsiHotPlug": False,
        "discScsiHotUnplug": False,
        "licenceType": family.licence,
        "imageType": image_type,
        "public": True,
        "imageAliases": list(aliases),
        "requiredFeatures": [],
        "cloudInit": "V1" if cloud_init else "NONE",
        "exposeSerial": False,
        "requireLegacyBios": family.legacy_bios,
        "applicationType": "UNKNOWN",
    }
    return {"id": _stable_id("image", location, name), "properties": properties}


def _images_of(location: str) -> list[dict[str, Any]]:
    installed = [
        _image(location, name, size, aliases, family, "HDD", cloud_init)
        for name, size, aliases, cloud_init, family in _INSTALLED
    ]
    installers = [
        _image(location, name, size, aliases, family, "CDROM", False)
        for name, size, aliases, family in _INSTALLERS
    ]
    return installed + installers


IMAGES: list[dict[str, Any]] = [
    *(image for place in _PLACES if not place.metro for image in _images_of(place.id)),
    *(
        {**_image(location, name, size, (), _LINUX, image_type, image_type == "HDD"), "id": ident}
        for ident, location, name, size, image_type in _OLD_IMAGES
    ),
]


def _private(location: str, name: str, image_type: str = "HDD", **properties: Any) -> dict[str, Any]:
    """What somebody has uploaded."""
    found = _image(location, name, 3, (), _LINUX, image_type, False)
    return {**found, "properties": {**found["properties"], "public": False, **properties}}


# A confidential image has no cloud-init, nothing that can be plugged and no legacy BIOS (contract section 10.8).
_CONFIDENTIAL: dict[str, Any] = {
    **{name: False for name in _private("", "")["properties"] if "Plug" in name or "Unplug" in name},
    "requireLegacyBios": False,
    "requiredFeatures": [CONFIDENTIAL],
}

PRIVATE_IMAGES: list[dict[str, Any]] = [
    *(
        _private(location, "golden-linux.qcow2", cloudInit="V1")
        for location in ("de/fra", "de/txl", "us/las")
    ),
    _private("de/fra", "rescue-disc.iso", "CDROM"),
    _private("de/fra", "confidential-linux.qcow2", **_CONFIDENTIAL),
]

_ALIASES = sorted(
    [alias for family in _INSTALLED for alias in family[2]]
    + [alias for family in _INSTALLERS for alias in family[2]]
)

# name: id, cores, memory in GB, storage in GB, count, vendor and model of the cards
_GPU_SERVERS = {
    "GPU S": (
        "e15d15e7-ea9a-48ae-a60a-29b9463f4519", 15, 65, 1024, 1, "NVIDIA Corporation", "NVIDIA H200",
    ),
    # The vendor's own tests name it by its id; all else of it is our own choice.
    "GPU XS": (
        "6913ed82-a143-4c15-89ac-08fb375a97c5", 4, 16, 256, 1, "NVIDIA Corporation", "NVIDIA H200",
    ),
}  # fmt: skip


def _location(place: _Place) -> dict[str, Any]:
    cards = sorted({tuple(row[-2:]) for row in _GPU_SERVERS.values()}) if place.cards else []
    return {
        "id": place.id,
        "properties": {
            "name": place.name,
            "features": [*_FEATURES, *([SSD_ZONES] if place.ssd_zones else [])],
            "imageAliases": [] if place.metro else list(_ALIASES),
            "cpuArchitecture": [
                _architecture(family, confidential=place.confidential) for family in place.families
            ],
            "gpuArchitecture": [{"vendor": vendor, "model": model} for vendor, model in cards],
            "metroRegion": place.metro_region,
        },
    }


LOCATIONS: list[dict[str, Any]] = [_location(place) for place in _PLACES]

# -- templates --

# name: the service's id, cores, memory in GB, storage in GB, category; the names of 2021 are not sold any more.
_CUBES = {
    "CUBES XS": ("15c6dd2f-02d2-4987-b439-9a58dd59ecc3", 1, 1, 30, "Basic Templates"),
    "CUBES S": ("5ae1bfbd-05f2-47f5-a736-eaca3dcce41b", 1, 2, 50, "Basic Templates"),
    "CUBES M": ("7f8dfdb3-594b-4ae2-ae2e-a9dfcbf05f74", 2, 4, 80, "Basic Templates"),
    "CUBES L": ("99d022bd-55ea-4af1-9ba7-6d4174d9fc22", 4, 8, 160, "Basic Templates"),
    "CUBES XL": ("5e98b425-1887-44e4-b782-a654bfbe7eaa", 6, 16, 320, "Basic Templates"),
    "CUBES XXL": ("56ce4e71-b03a-42b2-85be-9a4520aa40be", 8, 32, 640, "Basic Templates"),
    "CUBES 3XL": ("ebf7a788-28ed-4693-ae6d-411c288176db", 12, 48, 960, "Basic Templates"),
    "CUBES 4XL": ("5f56da3e-3549-4639-a19e-e8fc94323556", 16, 64, 1280, "Basic Templates"),
    "Basic Cube XS": ("72e73b81-8551-4e74-b398-fc63b39994af", 1, 2, 60, "Basic Templates"),
    "Basic Cube S": ("864c2c89-ea4d-4bf9-9a27-9acfeb436666", 2, 4, 120, "Basic Templates"),
    "Basic Cube M": ("eda8d3b1-4d71-4502-8f22-2452adac0dc5", 4, 8, 240, "Basic Templates"),
    "Basic Cube L": ("253eef63-b8b8-4c8e-9084-3ca298b3593f", 8, 16, 480, "Basic Templates"),
    "Basic Cube XL": ("6382dca7-d4de-4238-b138-bdc600dc733b", 16, 32, 960, "Basic Templates"),
    "Memory Cube S": ("987fb209-cc10-4acb-82d7-07833919f40f", 2, 8, 120, "Memory Templates"),
    "Memory Cube M": ("e8a56b84-b717-42d9-85f6-123d12ed212e", 4, 16, 240, "Memory Templates"),
    "Memory Cube L": ("639f65b6-48e5-4b12-b447-947385276a52", 8, 32, 480, "Memory Templates"),
    "Memory Cube XL": ("8937cbb6-11a0-4e98-b2a5-d076cbaba3af", 16, 64, 960, "Memory Templates"),
}


def _template(
    ident: str, name: str, cores: int, ram: int, storage: int, category: str, **more: Any
) -> dict[str, Any]:
    properties = {"cores": cores, "ram": ram * 1024, "storageSize": storage, "category": category, **more}
    return {"id": ident, "properties": {"name": name, **properties}}


TEMPLATES: list[dict[str, Any]] = [
    *(
        _template(ident, name, cores, ram, storage, category)
        for name, (ident, cores, ram, storage, category) in _CUBES.items()
    ),
    *(
        _template(
            ident, name, cores, ram, storage, "GPU Templates", storageType="SSD Premium",
            gpus=[{"vendor": vendor, "model": model, "type": "passthrough", "count": count}],
        )
        for name, (ident, cores, ram, storage, count, vendor, model) in _GPU_SERVERS.items()
    ),
]  # fmt: skip

# -- contract --

# Wide enough for an account of 10,000 servers.
CONTRACT_LIMITS: dict[str, int] = {
    "coresPerServer": 78,
    "coresPerContract": 200_000,
    "ramPerServer": 819_200,
    "ramPerContract": 1_000_000_000,
    "hddLimitPerVolume": 4_194_304,
    "hddLimitPerContract": 2_000_000_000,
    "ssdLimitPerVolume": 4_194_304,
    "ssdLimitPerContract": 2_000_000_000,
    "reservableIps": 250,
    "k8sClusterLimitTotal": 50,
    "nlbLimitTotal": 50,
    "natGatewayLimitTotal": 50,
    "securityGroupsPerVdc": 50,
    "securityGroupsPerResource": 10,
    "rulesPerSecurityGroup": 100,
}
