# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What takes part in a network: endpoints and edge routers (contract sections 8.3 and 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.schema.checks import matches
from ..._engine.schema.field import UUID, Field
from . import RESOURCES
from .common import ATTRIBUTES, COMMON, ENROLLED, in_network, name_of, told
from .networks import NETWORK, PROVIDERS, place

TOKEN_END = told(
    "jwt_expires_at", "When the enrollment token expires, in UTC; V(null) if there is none.", "2026-11-03T09:17:01Z"
)  # fmt: skip

ENDPOINT = in_network(
    kind="endpoint",
    path="core/v2/endpoints",
    label="endpoint",
    fields=(
        name_of("endpoint", "laptop"),
        ATTRIBUTES,
        Field(
            "session_identity",
            wire="sessionIdentityId",
            nullable=True,
            checks=(matches(UUID, "the UUID of an identity"),),
            help="UUID of an identity that must be logged in to the console while the endpoint is in use.",
            sample=None,
        ),
        Field(
            "enrollment_method", "dict", hidden=True, write_only=True, initial={"ott": True}
        ),
        told("type", "V(Device), or V(Router) for the endpoint that belongs to an edge router.", "Device", wire="typeId"),
        ENROLLED,
        TOKEN_END,
        told("has_api_session", "Whether it is logged in to the network's controller.", False, "bool"),
        told("has_edge_router_connection", "Whether it is connected to an edge router.", False, "bool"),
        told("session_active", "Whether the session of its identity is active.", False, "bool"),
        told("mfa_enabled", "Whether its user needs a second factor.", False, "bool"),
        told("os", "Its operating system; V(null) before it is enrolled.", None),
        told("os_version", "Version of the operating system.", None),
        told("arch", "Architecture of the machine.", None),
        told("app_version", "Version of the software that connects it to the network.", None),
        *COMMON,
    ),
)  # fmt: skip


def _provider(properties: Mapping[str, Any]) -> Any:
    """The cloud that hosts a router; None where its customer does."""
    return None if properties.get("provider") == "CUSTOMER" else properties.get("provider")


EDGE_ROUTER = in_network(
    kind="edge_router",
    path="core/v2/edge-routers",
    label="edge router",
    fields=(
        name_of("edge router", "oregon"),
        ATTRIBUTES,
        Field(
            "provider",
            choices=PROVIDERS,
            mutable=False,
            derived=_provider,
            help="Cloud in which NetFoundry hosts the router, together with O(region). Without both, you "
                 "host the router yourself. It cannot be changed later.",
            sample="AWS",
        ),
        Field(
            "region",
            wire="locationCode",
            mutable=False,
            derived=place,
            help="Code of the region in which NetFoundry hosts the router; M(profitbricks.cloud.netfoundry_region_info) lists "
            "them. It cannot be changed later.",
            sample="us-west-2",
        ),
        Field(
            "link_listener",
            "bool",
            initial=False,
            help="Whether other routers may connect to it. By default, they may connect to new routers that NetFoundry "
                 "hosts, but not to others.",
            sample=True,
        ),
        Field(
            "tunneler_enabled",
            "bool",
            help="Whether it can reach and host services itself. The service defaults to V(false).",
            sample=False,
        ),
        Field(
            "no_traversal",
            "bool",
            help="Whether to keep transit traffic away from it. The service defaults to V(false).",
            sample=False,
        ),
        told("status", "State of the router, such as V(PROVISIONED) or V(PROVISIONING).", "PROVISIONED"),
        ENROLLED,
        told("online", "Whether it is connected.", True, "bool"),
        told("verified", "Whether it is enrolled, according to the service.", True, "bool"),
        told("ip_address", "Address of the router; V(null) if there is none yet.", "192.0.2.10",
             wire="_embedded.host.ipAddress"),
        told("product_version", "Version of its software.", "7.3.43"),
        *COMMON,
    ),
)  # fmt: skip

RESOURCES.update({r.kind: r for r in (NETWORK, ENDPOINT, EDGE_ROUTER)})
