# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is the same for everybody: regions, versions, sizes and download links (contract section 7).

Plain data made once at import. Lists are of finished items, but for their links, whose base URL only a
call knows.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import invalid
from .table import Values

if TYPE_CHECKING:
    from .call import Call

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "emulator.netfoundry")

DEFAULT_PLACE = ("OCI", "eu-amsterdam-1")
DEFAULT_VERSION = "7.3.43"

# provider, location code, name, latitude, longitude, country, continent
_REGIONS: tuple[tuple[str, str, str, float, float, str, str], ...] = (
    ("AWS", "us-east-1", "N. Virginia", 38.9, -77.4, "US", "NA"),
    ("AWS", "us-east-2", "Ohio", 40.0, -83.0, "US", "NA"),
    ("AWS", "us-west-1", "N. California", 37.4, -121.9, "US", "NA"),
    ("AWS", "us-west-2", "Oregon", 45.5, -122.7, "US", "NA"),
    ("AWS", "ca-central-1", "Canada Central", 45.5, -73.6, "CA", "NA"),
    ("AWS", "sa-east-1", "Sao Paulo", -23.5, -46.6, "BR", "SA"),
    ("AWS", "eu-west-1", "Ireland", 53.3, -6.3, "IE", "EU"),
    ("AWS", "eu-west-2", "London", 51.5, -0.1, "GB", "EU"),
    ("AWS", "eu-west-3", "Paris", 48.9, 2.4, "FR", "EU"),
    ("AWS", "eu-central-1", "Frankfurt", 50.1, 8.7, "DE", "EU"),
    ("AWS", "eu-north-1", "Stockholm", 59.3, 18.1, "SE", "EU"),
    ("AWS", "eu-south-1", "Milan", 45.5, 9.2, "IT", "EU"),
    ("AWS", "me-south-1", "Bahrain", 26.1, 50.6, "BH", "AS"),
    ("AWS", "af-south-1", "Cape Town South Africa", -33.9, 18.4, "ZA", "AF"),
    ("AWS", "ap-east-1", "Hong Kong", 22.3, 114.2, "HK", "AS"),
    ("AWS", "ap-south-1", "Mumbai", 19.1, 72.9, "IN", "AS"),
    ("AWS", "ap-northeast-1", "Tokyo", 35.7, 139.7, "JP", "AS"),
    ("AWS", "ap-northeast-2", "Seoul", 37.6, 127.0, "KR", "AS"),
    ("AWS", "ap-southeast-1", "Singapore", 1.3, 103.8, "SG", "AS"),
    ("AWS", "ap-southeast-2", "Sydney", -33.9, 151.2, "AU", "OC"),
    ("AZURE", "eastus2", "East US 2", 36.7, -78.4, "US", "NA"),
    ("AZURE", "westeurope", "West Europe", 52.4, 4.9, "NL", "EU"),
    ("GCP", "us-east1", "South Carolina", 33.8, -81.2, "US", "NA"),
    ("OCI", "eu-amsterdam-1", "Amsterdam", 52.4, 4.9, "NL", "EU"),
    ("OCI", "us-ashburn-1", "Ashburn", 39.0, -77.5, "US", "NA"),
)
_COUNTRIES = {
    "AU": "Australia", "BH": "Bahrain", "BR": "Brazil", "CA": "Canada", "DE": "Germany", "FR": "France",
    "GB": "United Kingdom", "HK": "Hong Kong", "IE": "Ireland", "IN": "India", "IT": "Italy", "JP": "Japan",
    "KR": "South Korea", "NL": "Netherlands", "SE": "Sweden", "SG": "Singapore", "US": "United States",
    "ZA": "South Africa",
}  # fmt: skip
_CONTINENTS = {
    "AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania", "SA": "South America"
}  # fmt: skip
# Those that a router's provider can name; CUSTOMER marks a router that NetFoundry does not host.
CUSTOMER = "CUSTOMER"
PROVIDERS = ("AWS", "AZURE", "GCP", "OCI", CUSTOMER)

# version: is it active, version of Ziti
_VERSIONS = {
    "7.2.0": (False, "0.17.0"),
    "7.3.24": (False, "0.19.13"),
    "7.3.31": (True, "0.20.14"),
    "7.3.43": (True, "0.22.0"),
    "7.3.60": (True, "0.24.5"),
}
ACTIVE_VERSIONS = tuple(version for version, (active, _ziti) in _VERSIONS.items() if active)

# Networks of these versions are Core v3's, and Core v2 does not list them.
V3_MAJOR = 8
V3_VERSIONS = {"8.0.0": "0.28.4", "8.1.4": "0.31.1"}
V3_DEFAULT = "8.1.4"
ZITI_VERSIONS = {version: ziti for version, (_active, ziti) in _VERSIONS.items()} | V3_VERSIONS

# name: controller, gateway, transfer node of the clouds in the order of the fields, disks in GB
_SIZES = {
    "small": ("t3.small", "t3.small", "Standard_B1ms", "n1-standard-1", "VM.Standard2.1", "ecs.t5", 20),
    "medium": ("t3.medium", "t3.medium", "Standard_B2s", "n1-standard-2", "VM.Standard2.2", "ecs.c5", 40),
    "large": ("c5.large", "c5.large", "Standard_F2s_v2", "n1-standard-4", "VM.Standard2.4", "ecs.c6", 80),
}


def stable_id(*parts: str) -> str:
    """An id that is the same in each run."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


SIZE_IDS = {stable_id("size", name): name for name in _SIZES}


def has_region(provider: str, code: str) -> bool:
    """Whether there is such a region. OCP is what OCI was called before."""
    provider = "OCI" if provider == "OCP" else provider
    return any(entry[:2] == (provider, code) for entry in _REGIONS)


def regions(call: Call) -> list[Values]:
    found = [
        {
            "locationCode": code,
            "name": name,
            "provider": provider,
            "latitude": latitude,
            "longitude": longitude,
            "_links": {
                "self": {"href": call.href(f"/core/v2/regions/{provider}/{code}")},
                "regions": {"href": call.href(f"/core/v2/regions?provider={provider}")},
                "provider": {"href": call.href(f"/core/v2/cloud-providers/{provider}")},
                "providers": {"href": call.href("/core/v2/cloud-providers")},
            },
        }
        for provider, code, name, latitude, longitude, _country, _continent in _REGIONS
    ]
    wanted = {*call.query.getlist("provider"), *call.query.getlist("providers")} - {""}
    found = [item for item in found if not wanted or item["provider"] in wanted]
    near = _coordinates(call)
    return sorted(found, key=lambda item: _distance(near, item)) if near else found


def _coordinates(call: Call) -> tuple[float, float] | None:
    """The place to sort by distance from (section 7.3); 400 when it is none."""
    texts = call.query.get("latitude"), call.query.get("longitude")
    if texts[0] is None or texts[1] is None:
        return None
    try:
        return float(texts[0]), float(texts[1])
    except ValueError:
        raise invalid("latitude and longitude must be numbers") from None


def _distance(near: tuple[float, float], item: Values) -> float:
    """Roughly, in degrees."""
    east = abs(item["longitude"] - near[1]) % 360
    return math.hypot(item["latitude"] - near[0], min(east, 360 - east))


def providers(call: Call) -> list[Values]:
    return [
        {
            "provider": name,
            "name": name,
            "_links": {
                "self": {"href": call.href(f"/core/v2/cloud-providers/{name}")},
                "regions": {"href": call.href(f"/core/v2/regions?provider={name}")},
            },
        }
        for name in PROVIDERS
    ]


def data_centers(call: Call) -> list[Values]:
    """The regions as they were shown until 2022."""
    return [
        {
            "id": stable_id("data-center", provider, code),
            "provider": provider,
            "locationCode": code,
            "locationName": name,
            "lat": latitude,
            "lng": longitude,
            "address": None,
            "city": name,
            "stateCode": None,
            "stateName": None,
            "countryCode": country,
            "countryName": _COUNTRIES[country],
            "continentCode": continent,
            "continentName": _CONTINENTS[continent],
            "isp": None,
            "_links": {
                "self": {
                    "href": call.href(f"/core/v2/data-centers/{stable_id('data-center', provider, code)}")
                }
            },
        }
        for provider, code, name, latitude, longitude, country, continent in _REGIONS
    ]


def place_of(data_center: str) -> tuple[str, str] | None:
    """Provider and location code of a data center's id."""
    for entry in _REGIONS:
        if stable_id("data-center", entry[0], entry[1]) == data_center:
            return entry[0], entry[1]
    return None


def versions(call: Call) -> list[Values]:
    wanted = call.query.get("zitiVersion")
    return [
        {
            "networkVersion": version,
            "active": active,
            "default": version == DEFAULT_VERSION,
            "jsonNode": {"zitiVersion": ziti, "zitiBinaryBundleLinuxAMD64": bundle(ziti)},
        }
        for version, (active, ziti) in _VERSIONS.items()
        if wanted in (None, "", ziti)
    ]


def bundle(ziti: str) -> str:
    return f"https://downloads.example.invalid/ziti-linux-amd64-{ziti}.tar.gz"


def sizes(call: Call) -> list[Values]:
    return [
        {
            "id": ident,
            "name": name,
            "awsNetworkControllerSize": _SIZES[name][0],
            "awsGatewaySize": _SIZES[name][1],
            "awsTransferNodeSize": _SIZES[name][1],
            "azureTransferNodeSize": _SIZES[name][2],
            "gcpTransferNodeSize": _SIZES[name][3],
            "ocpTransferNodeSize": _SIZES[name][4],
            "alicloudTransferNodeSize": _SIZES[name][5],
            "networkControllerVolumeSize": _SIZES[name][6],
            "transferNodeVolumeSize": _SIZES[name][6],
            "gatewayVolumeSize": _SIZES[name][6],
            "_links": {"self": {"href": call.href(f"/core/v2/network-configs/{ident}")}},
        }
        for ident, name in SIZE_IDS.items()
    ]


_BINARIES = (
    "zitiControllerBinary", "zitiRouterLinuxBinary", "zitiRouterLinuxArmBinary", "zitiTunnelLinuxBinary",
    "zitiTunnelLinuxArmBinary", "zitiCliLinuxBinary", "zitiCliLinuxArmBinary", "zitiFabricBinary",
)  # fmt: skip
_CLIENTS = ("zitiWindowsDesktopEdge", "zitiMacDesktopEdge", "zitiIosEdge", "zitiAndroidEdge")


def downloads() -> dict[str, Values]:
    """Product metadata: for each version, its binaries with their checksums, and the clients."""
    return {version: _download(active, ziti) for version, (active, ziti) in _VERSIONS.items()}


def _download(active: bool, ziti: str) -> Values:
    found: Values = {"active": active, "zitiVersion": ziti}
    for name in _BINARIES:
        found[name] = f"https://downloads.example.invalid/{ziti}/{name}.tar.gz"
        for suffix, digits in (("md5", 32), ("sha-1", 40), ("sha-256", 64)):
            found[f"{name}.{suffix}"] = (uuid.uuid5(_NAMESPACE, f"{ziti}/{name}").hex * 2)[:digits]
    for name in _CLIENTS:
        found[name] = f"https://downloads.example.invalid/clients/{name}"
    return found


@dataclass(frozen=True)
class Catalogue:
    """A list that nobody can change.

    :param key: its key under ``_embedded``.
    :param ident: the properties that make up the rest of an item's path; none where items have none.
    :param open: whether it can be read without a token.
    """

    kind: str
    key: str
    items: Callable[[Call], list[Values]]
    ident: tuple[str, ...] = ("id",)
    root: str = "core/v2"
    envelope: str = "hal"
    sortable: bool = True
    open: bool = False

    @property
    def path(self) -> str:
        return f"/{self.root}/{self.kind}"

    def find(self, call: Call, ident: tuple[str, ...]) -> Values | None:
        return next(
            (item for item in self.items(call) if tuple(item[name] for name in self.ident) == ident), None
        )


CATALOGUES: tuple[Catalogue, ...] = (
    Catalogue("regions", "regionList", regions, ("provider", "locationCode")),
    Catalogue("cloud-providers", "cloudProviderList", providers, ("provider",)),
    Catalogue("data-centers", "dataCenters", data_centers),
    Catalogue("network-versions", "network-versions", versions, (), sortable=False, open=True),
    Catalogue("network-configs", "networkConfigMetadataList", sizes),
    Catalogue("dataCenters", "dataCenters", data_centers, root="rest/v1"),
    Catalogue("networkConfigMetadata", "networkConfigMetadatas", sizes, root="rest/v1"),
)
