# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network groups, networks and where they can be (contract sections 7.1, 7.3 and 8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.schema.comparison import as_text, if_shown
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Owner, Resource
from . import RESOURCES
from .common import HISTORY, PAGE, name_of, told
from .organizations import IN_ORGANIZATION

PROVIDERS = ("AWS", "AZURE", "GCP", "OCI")


def place(properties: Mapping[str, Any]) -> Any:
    """The code of the region, by either of its names (contract sections 8.1 and 8.4)."""
    return properties.get("region") or properties.get("locationCode")


NETWORK_GROUP = Resource(
    kind="network_group",
    path="core/v2/network-groups",
    label="network group",
    page_limit=PAGE,
    flat=True,
    filtered=False,
    identity="short_name",
    fallback="name",
    update_method="PUT",
    replaceable=True,
    owners=IN_ORGANIZATION,
    about=("The vendor only documents how to read network groups, not how to manage them.",),
    fields=(
        Field(
            "short_name",
            needed=True,
            mutable=False,
            compare=as_text,
            help="Short name, which identifies the group; case does not matter.",
            sample="ACMEGROUP",
        ),
        Field("name", needed=True, help="Display name.", sample="ACME Group"),
        *HISTORY,
    ),
)

NETWORK = Resource(
    kind="network",
    path="core/v2/networks",
    label="network",
    page_limit=PAGE,
    about=(
        "Creating a network takes several minutes. The vendor's own client waits for up to 20, which is "
        "C(wait_timeout=1200).",
    ),
    flat=True,
    listed_whole=False,
    replaceable=True,
    repeats=("name",),
    owners=(
        Owner(
            "network_group",
            "networkGroupId",
            required=False,
            help="By default, the network is looked for in all groups, and a new one is created in the "
                 "only group.",
            variable="NETFOUNDRY_NETWORK_GROUP",
        ),
    ),
    fields=(
        name_of("network", "ACME Net"),
        Field(
            "size",
            choices=("small", "medium", "large"),
            mutable=False,
            compare=as_text,
            initial="medium",
            help="Size of the network's controller. A new network gets V(medium) by default. It cannot be "
                 "changed later.",
            sample="medium",
        ),
        Field(
            "provider",
            choices=PROVIDERS,
            mutable=False,
            compare=if_shown,
            help="Cloud provider of the controller, together with O(region). A new network gets V(OCI) and "
                 "V(eu-amsterdam-1) by default. It cannot be changed later.",
            sample="OCI",
        ),
        Field(
            "region",
            mutable=False,
            compare=if_shown,
            derived=place,
            help="Code of the controller's region; M(profitbricks.cloud.netfoundry_region_info) lists "
                 "them. It cannot be changed later.",
            sample="eu-amsterdam-1",
        ),
        Field(
            "product_version",
            mutable=False,
            compare=if_shown,
            help="Version of the network's software. V(latest) is the newest active one, and only "
                 "considered for a new network. By default the service chooses one. It cannot be changed "
                 "later.",
            sample="7.3.43",
        ),
        told("status", "State of the network, such as V(PROVISIONED), V(PROVISIONING) or V(SUSPENDED).", "PROVISIONED"),
        told(
            "controller_domain",
            "Domain name of its controller.",
            "controller.example.com",
            wire="networkController.domainName",
        ),
        told("o365_breakout_category", "Category of Office 365 traffic that leaves the network directly.", "NONE"),
        told("owner_identity_id", "UUID of the identity that owns it.", "d0d0d0d0-0000-4000-8000-00000000000a"),
        *HISTORY,
    ),
)  # fmt: skip

REGION = Resource(
    kind="region",
    path="core/v2/regions",
    label="region",
    flat=True,
    identity="location_code",
    id_pattern=r"[A-Z]+/[\w-]+",
    id_help="provider and code, such as C(AWS/us-west-2),",
    id_sample="AWS/us-west-2",
    fields=(
        told("location_code", "Code of the region.", "us-west-2"),
        told("name", "Name of the location.", "Oregon"),
        told("provider", "Cloud provider of the region.", "AWS"),
        told("latitude", "Latitude in degrees.", 45.5, "float"),
        told("longitude", "Longitude in degrees.", -122.7, "float"),
    ),
)

NETWORK_VERSION = Resource(
    kind="network_version",
    path="core/v2/network-versions",
    label="network version",
    flat=True,
    identity="network_version",
    id_pattern=r"[\w.-]+",
    id_help="number",
    id_sample="7.3.94-34108",
    fields=(
        told("network_version", "Version of the software.", "7.3.94-34108"),
        told("active", "Whether new networks can use it.", True, "bool"),
        told("default", "Whether new networks use it by default.", False, "bool"),
        told("ziti_version", "Version of OpenZiti that it contains.", "0.27.9", wire="jsonNode.zitiVersion"),
    ),
)

EXECUTION = Resource(
    kind="request",
    path="core/v2/executions",
    label="request",
    flat=True,
    owners=(Owner(NETWORK.kind, "networkId", required=False),),
    title="Read requests to the NetFoundry platform, and wait for them",
    id_sample="7a0c6f7e-0000-4000-8000-0000000000e1",
    about=(
        "The platform accepts a change at once and applies it later; a request shows its progress. With O(wait), one task "
        "waits for all changes that earlier tasks started without waiting.",
    ),
    fields=(
        told("name", "What the request does.", "Create Endpoint"),
        told("description", "Description of the request by the platform.", "create endpoint laptop"),
        told(
            "status",
            "V(NEW), V(STARTED) or V(RUNNING), and finally V(FINISHED), V(SUCCESS) or V(FAILED).",
            "SUCCESS",
        ),
        told(
            "resource_id",
            "UUID of the object that the request changes.",
            "0b5a1f0e-6a43-4a0f-8f0a-2f6c0d0a9a11",
        ),
        told("created_at", "When the platform accepted it, in UTC.", "2026-11-02T09:17:01.000000Z"),
        told("updated_at", "When its status last changed, in UTC.", "2026-11-02T09:17:04.000000Z"),
    ),
)

RESOURCES.update({r.kind: r for r in (NETWORK_GROUP, NETWORK, REGION, NETWORK_VERSION, EXECUTION)})
