# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may reach what: policies of routers and of services, and AppWANs (contract sections 8.5, 8.10 and 8.11)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from . import RESOURCES
from .common import COMMON, SEMANTIC, in_network, mentions, name_of
from .endpoints import EDGE_ROUTER, ENDPOINT
from .networks import NETWORK
from .security import POSTURE_CHECK
from .services import SERVICE

ENDPOINTS = mentions("endpoint_attributes", "Endpoints", ["#work_from_anywhere"])
SERVICES = mentions("service_attributes", "Services", ["#welcome_wagon"])
POSTURE_CHECKS = mentions(
    "posture_check_attributes", "Posture checks, all of which an endpoint must pass", ["#managed"]
)
ANY_OF = Field(
    "semantic",
    choices=("AnyOf", "AllOf"),
    initial="AnyOf",
    help="Whether to select objects with any of the attributes, or only those with all of them. A "
    "new policy gets V(AnyOf) by default.",
    sample="AnyOf",
)

EDGE_ROUTER_POLICY = in_network(
    kind="edge_router_policy",
    path="core/v2/edge-router-policies",
    label="edge router policy",
    plural="edge_router_policies",
    fields=(
        name_of("policy", "default routers"),
        ENDPOINTS,
        mentions("edge_router_attributes", "Edge routers that the endpoints may use", ["#hosted_routers"]),
        SEMANTIC,
        *COMMON,
    ),
)

SERVICE_POLICY = in_network(
    kind="service_policy",
    path="core/v2/service-policies",
    label="service policy",
    plural="service_policies",
    fields=(
        name_of("policy", "exits offer"),
        Field(
            "type",
            needed=True,
            mutable=False,
            choices=("Bind", "Dial"),
            help="Whether the endpoints may host (V(Bind)) or reach (V(Dial)) the services. It cannot be "
            "changed later.",
            sample="Bind",
        ),
        ANY_OF,
        SERVICES,
        ENDPOINTS,
        POSTURE_CHECKS,
        *COMMON,
    ),
)

SERVICE_EDGE_ROUTER_POLICY = in_network(
    kind="service_edge_router_policy",
    path="core/v2/service-edge-router-policies",
    label="service edge router policy",
    plural="service_edge_router_policies",
    about=(
        "Without such a policy, no router carries a service that consists of configurations. For a service "
        "with a model, the platform creates one itself.",
    ),
    fields=(
        name_of("policy", "portal routers"),
        ANY_OF,
        SERVICES,
        mentions("edge_router_attributes", "Edge routers that may carry the services", ["#hosted_routers"]),
        *COMMON,
    ),
)

APP_WAN = in_network(
    kind="app_wan",
    path="core/v2/app-wans",
    label="AppWAN",
    fields=(name_of("AppWAN", "welcome"), ENDPOINTS, SERVICES, POSTURE_CHECKS, *COMMON),
)

MENTIONED = (ENDPOINT, EDGE_ROUTER, SERVICE, POSTURE_CHECK)

POLICIES = (EDGE_ROUTER_POLICY, SERVICE_POLICY, SERVICE_EDGE_ROUTER_POLICY, APP_WAN)

RESOURCES.update({r.kind: r for r in (NETWORK, *MENTIONED, *POLICIES)})
