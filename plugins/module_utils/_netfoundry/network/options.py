# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network with all that is in it, as a user describes it: options of the module of networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.plan.description import own_fields
from ..._engine.plan.file import PLAN_OPTIONS
from ..._engine.plan.protect import protect_option
from ..._engine.plan.rules import RulesByKind
from ..._engine.schema.checks import between
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from ..resources.networks import NETWORK
from ..resources.policies import APP_WAN, EDGE_ROUTER_POLICY, SERVICE_EDGE_ROUTER_POLICY, SERVICE_POLICY
from ..resources.security import CERTIFICATE_AUTHORITY, POSTURE_CHECK
from ..resources.services import SERVICE
from ..rules.endpoints import ENDPOINT_RULES
from ..rules.networks import NETWORK_RULES
from ..rules.policies import POLICY_RULES
from ..rules.security import SECURITY_RULES
from ..rules.services import SERVICE_RULES

RULES: RulesByKind = {**NETWORK_RULES, **ENDPOINT_RULES, **SECURITY_RULES, **SERVICE_RULES, **POLICY_RULES}
REST = "Missing ones are created, differing ones changed, others left alone unless O(purge) names them."

# In this order they are made, where nothing else says which comes first.
CHILDREN = (
    EDGE_ROUTER,
    ENDPOINT,
    POSTURE_CHECK,
    CERTIFICATE_AUTHORITY,
    EDGE_ROUTER_POLICY,
    SERVICE,
    SERVICE_POLICY,
    SERVICE_EDGE_ROUTER_POLICY,
    APP_WAN,
)


def _child(resource: Resource) -> Child:
    name = resource.plural
    label = name.replace("_", " ").capitalize().replace("App wans", "AppWANs")
    text = f"{label} of the network. {REST}"
    return Child(name, name.replace("_", "-"), resource, creatable=True, help=text)


OVERLAY = replace(NETWORK, children=tuple(map(_child, CHILDREN)))
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
                help=f"The UUID of {child.resource.one} that already exists. Only needed to rename it.",
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
    help="Kinds of objects to delete if they exist but are not listed; V(all) stands for all of them. It "
    "only applies to lists that are given, even empty ones. What the service creates itself, such as "
    "the endpoints of edge routers, is never deleted.",
)
CONCURRENCY = Field(
    "concurrency",
    "int",
    default=8,
    checks=(between(1, 50),),
    help="How many requests to send at the same time, if contents are described.",
)
PROTECT = protect_option("services/portal", "endpoints")
DESCRIPTION = Field(
    "description",
    "dict",
    help=(
        "A network with all its contents, in the camelCase format of the console's download and of the vendor's command "
        "line client, such as C({{ lookup('file', 'network.yml') | from_yaml }}). It is used instead of the other options. "
        "Any of these that are set as well take precedence, so another O(name) makes a copy.",
        "Whatever belongs only to the original is ignored: ids, the endpoints and policies that come with edge routers, "
        "and enrollment tokens. A warning names anything else that has no matching option.",
    ),
)
TREE_OPTIONS = (*CONTENTS, DESCRIPTION, PURGE, PROTECT, *PLAN_OPTIONS, CONCURRENCY)


def describes_contents(options: Mapping[str, Any]) -> bool:
    """Whether a task says more than the network's own fields."""
    return any(options.get(name) is not None for name in COLLECTIONS)
