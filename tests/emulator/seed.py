# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new account sees: locations, public images, Cube templates and the limits of its contract.

Everything here is plain data made once at import from a few compact tables:

* ``LOCATIONS``, ``IMAGES`` and ``TEMPLATES`` are lists of ``{"id": str, "properties": dict}`` with the
  property names of the wire (contract sections 10.2, 10.8 and 10.24). Sizes are in GB, memory in MB.
* ``CONTRACT_LIMITS`` holds the limits of ``resourceLimits`` (contract section 10.21), without the figures of
  current use; memory and disks are in MB.

Ids of images and templates are name-based UUIDs, so they are the same in each run.
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

# CPU family: most cores and most memory (MB) of one server.
_CPU_LIMITS = {
    "AMD_OPTERON": (62, 245760),
    "AMD_EPYC": (60, 230400),
    "INTEL_XEON": (51, 245760),
    "INTEL_SKYLAKE": (51, 245760),
    "INTEL_ICELAKE": (78, 819200),
}

# The four oldest locations carry the oldest CPU families; the first family is a location's default.
_CITIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("de/fkb", "karlsruhe", ("AMD_OPTERON", "INTEL_XEON", "INTEL_SKYLAKE")),
    ("de/fra", "frankfurt", ("AMD_OPTERON", "INTEL_XEON", "INTEL_SKYLAKE", "AMD_EPYC", "INTEL_ICELAKE")),
    ("de/txl", "berlin", ("INTEL_SKYLAKE", "AMD_EPYC", "INTEL_ICELAKE")),
    ("us/las", "lasvegas", ("AMD_OPTERON", "INTEL_XEON", "INTEL_SKYLAKE")),
    ("us/ewr", "newark", ("AMD_OPTERON", "INTEL_XEON", "INTEL_SKYLAKE")),
    ("us/mci", "lenexa", ("AMD_EPYC",)),
    ("gb/lhr", "london", ("INTEL_SKYLAKE", "AMD_EPYC")),
    ("gb/bhx", "worcester", ("AMD_EPYC",)),
    ("es/vit", "logrono", ("INTEL_SKYLAKE", "INTEL_ICELAKE")),
    ("fr/par", "paris", ("INTEL_SKYLAKE", "INTEL_ICELAKE")),
)


def _architecture(family: str) -> dict[str, Any]:
    cores, ram = _CPU_LIMITS[family]
    return {
        "cpuFamily": family,
        "maxCores": cores,
        "maxRam": ram,
        "vendor": _VENDORS[family.partition("_")[0]],
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
_WINDOWS = _Family(licence="WINDOWS", disc_unplug=False)
_OTHER = _Family(licence="OTHER", hot_plug=False, disc_unplug=False)
_RECENT_WINDOWS = {
    year: replace(_WINDOWS, licence=f"WINDOWS{year}", legacy_bios=int(year) < 2025)
    for year in ("2016", "2019", "2022", "2025")
}

# name, size in GB, aliases, cloud-init, family
_INSTALLED: tuple[tuple[str, float, tuple[str, ...], bool, _Family], ...] = (
    ("Ubuntu-16.04-LTS-server-2021-05-01", 3, ("ubuntu:16.04",), True, _LINUX),
    ("Ubuntu-18.04-LTS-server-2023-06-01", 3, ("ubuntu:18.04",), True, _LINUX),
    ("Ubuntu-20.04-LTS-server-2023-10-01", 3, ("ubuntu:20.04",), True, _LINUX),
    ("Ubuntu-22.04-LTS-server-2023-10-01", 3, ("ubuntu:22.04",), True, _LINUX),
    ("Ubuntu-24.04-LTS-server-2024-09-01", 4, ("ubuntu:24.04", "ubuntu:latest"), True, _LINUX),
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
        "description": "",
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


IMAGES: list[dict[str, Any]] = [image for location, *_rest in _CITIES for image in _images_of(location)]

_ALIASES = sorted(
    [alias for family in _INSTALLED for alias in family[2]]
    + [alias for family in _INSTALLERS for alias in family[2]]
)

LOCATIONS: list[dict[str, Any]] = [
    {
        "id": location,
        "properties": {
            "name": city,
            "features": ["SSD", "MULTIPLE_CPU"],
            "imageAliases": list(_ALIASES),
            "cpuArchitecture": [_architecture(family) for family in families],
        },
    }
    for location, city, families in _CITIES
]

# -- templates --

# name: cores, memory in GB, storage in GB, category
_CUBES = {
    "CUBES XS": (1, 1, 30, "Basic Cube"),
    "CUBES S": (1, 2, 50, "Basic Cube"),
    "CUBES M": (2, 4, 80, "Basic Cube"),
    "CUBES L": (4, 8, 160, "Basic Cube"),
    "CUBES XL": (6, 16, 320, "Basic Cube"),
    "CUBES XXL": (8, 32, 640, "Basic Cube"),
    "CUBES 3XL": (12, 48, 960, "Basic Cube"),
    "CUBES 4XL": (16, 64, 1280, "Basic Cube"),
    "Memory Cube S": (2, 8, 80, "Memory Cube"),
    "Memory Cube M": (4, 16, 160, "Memory Cube"),
    "Memory Cube L": (8, 32, 320, "Memory Cube"),
}

# name: cores, memory in GB, storage in GB, count, vendor and model of the cards
_GPU_SERVERS = {"GPU S": (15, 65, 1024, 1, "NVIDIA Corporation", "NVIDIA H200")}


def _template(name: str, cores: int, ram: int, storage: int, category: str, **more: Any) -> dict[str, Any]:
    properties = {"cores": cores, "ram": ram * 1024, "storageSize": storage, "category": category, **more}
    return {"id": _stable_id("template", name), "properties": {"name": name, **properties}}


TEMPLATES: list[dict[str, Any]] = [
    *(_template(name, *size) for name, size in _CUBES.items()),
    *(
        _template(
            name, cores, ram, storage, "GPU Templates", storageType="SSD Premium",
            gpus=[{"vendor": vendor, "model": model, "type": "passthrough", "count": count}],
        )
        for name, (cores, ram, storage, count, vendor, model) in _GPU_SERVERS.items()
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
