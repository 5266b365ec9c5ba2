# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network with all that is in it, as a user describes it: options of the module of networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.plan.description import own_fields
from ..._engine.plan.rules import RulesByKind
from ..._engine.resource import Child, Field
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from ..resources.networks import NETWORK
from ..resources.policies import APP_WAN, EDGE_ROUTER_POLICY
from ..resources.services import SERVICE
from ..rules.endpoints import ENDPOINT_RULES
from ..rules.networks import NETWORK_RULES
from ..rules.policies import POLICY_RULES
from ..rules.services import SERVICE_RULES

RULES: RulesByKind = {**NETWORK_RULES, **ENDPOINT_RULES, **SERVICE_RULES, **POLICY_RULES}
REST = "Missing ones are created, differing ones changed, others left alone unless O(purge) names them."

OVERLAY = replace(
    NETWORK,
    children=(
        Child("edge_routers", "edge-routers", EDGE_ROUTER, creatable=True, help=f"Edge routers that it shall have. {REST}"),
        Child("endpoints", "endpoints", ENDPOINT, creatable=True, help=f"Endpoints that it shall have. {REST}"),
        Child(
            "edge_router_policies",
            "edge-router-policies",
            EDGE_ROUTER_POLICY,
            creatable=True,
            help=f"Edge router policies that it shall have. {REST}",
        ),
        Child("services", "services", SERVICE, creatable=True, help=f"Services that it shall have. {REST}"),
        Child("app_wans", "app-wans", APP_WAN, creatable=True, help=f"AppWANs that it shall have. {REST}"),
    ),
)  # fmt: skip
COLLECTIONS = tuple(child.name for child in OVERLAY.children)

CONTENTS = tuple(
    Field(
        child.name,
        "list",
        elements="dict",
        help=child.help,
        options=(
            *own_fields(child.resource, RULES),
            Field(
                "id",
                help=f"The UUID of {child.resource.one} that is there already. Needed only to give it another name.",
            ),
        ),
    )
    for child in OVERLAY.children
)
PURGE = Field(
    "purge",
    "list",
    elements="str",
    choices=(*COLLECTIONS, "all"),
    help="What is deleted if it is there and not listed; V(all) stands for all of them. It acts only on lists that are given, "
    "be they empty. What the service makes by itself, such as the endpoints of edge routers, is never touched.",
)
CONCURRENCY = Field(
    "concurrency",
    "int",
    default=8,
    minimum=1,
    maximum=50,
    help="How many requests are sent at the same time, where the contents are described.",
)
TREE_OPTIONS = (*CONTENTS, PURGE, CONCURRENCY)


def describes_contents(options: Mapping[str, Any]) -> bool:
    """Whether a task says more than the network's own fields."""
    return any(options.get(name) is not None for name in COLLECTIONS)
