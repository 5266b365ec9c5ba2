# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields that several resources have (contract sections 3.2 and 8.0)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..._engine.schema.checks import matches
from ..._engine.schema.comparison import as_tags, as_text, if_shown
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Owner, Resource

PAGE = 1000  # items a page may hold (contract section 3.4)

IN_NETWORK = (Owner("network", "networkId", variable="NETFOUNDRY_NETWORK"),)
# A resource of a network: each update has to repeat its name, and PUT declares all of it anew.
in_network = partial(
    Resource, page_limit=PAGE, flat=True, replaceable=True, repeats=("name",), owners=IN_NETWORK
)

TAG_FORM = matches("#.+", "a role attribute: # followed by at least one character")
MENTION_FORM = matches(
    "[#@].+|[^#@].*",
    "a role attribute, which begins with #, or the name of an object, with or without an @",
)
# The lists in which a policy or a service says what it is about, each with the kind that it may name.
MENTIONS = {
    "endpoint_attributes": "endpoint",
    "bind_endpoint_attributes": "endpoint",
    "edge_router_attributes": "edge_router",
    "service_attributes": "service",
    "posture_check_attributes": "posture_check",
}

ATTRIBUTES = Field(
    "attributes",
    "list",
    elements="str",
    compare=as_tags,
    initial=[],
    checks=(TAG_FORM,),
    help="Role attributes, as a set, by which policies select it; each begins with C(#). An empty list "
    "removes all of them.",
    sample=["#work_from_anywhere"],
)
SEMANTIC = Field(
    "semantic",
    choices=("AnyOf", "AllOf"),
    compare=if_shown,
    help="Whether to select objects with any of the attributes, or only those with all of them. The "
    "service defaults to V(AnyOf).",
    sample="AnyOf",
)


def name_of(label: str, sample: str) -> Field:
    return Field(
        "name",
        compare=as_text,
        help=f"Name of the {label}; case does not matter. To change it, give O(id) as well.",
        sample=sample,
    )


def mentions(name: str, what: str, sample: list[str], wire: str = "", initial: Any = ()) -> Field:
    """A list in which a policy says what it is about; ``initial`` None: it need not be told."""
    return Field(
        name,
        "list",
        wire=wire,
        elements="str",
        compare=as_tags,
        initial=list(initial) if initial is not None else None,
        checks=(MENTION_FORM,),
        help=f"{what}, as a set of role attributes such as V(#all) and of names such as V(@laptop). "
        "Objects that are named must exist; a name without the C(@) and a UUID work as well.",
        sample=sample,
    )


def told(name: str, help: str, sample: Any = None, type: str = "str", wire: str = "") -> Field:
    """What only the service says."""
    return Field(name, type, wire=wire, read_only=True, help=help, sample=sample)


def enrolled(properties: Mapping[str, Any]) -> bool | None:
    """Whether the one-time token was used: it is null before it is issued and after (contract section 8.3)."""
    if "id" not in properties:
        return None
    return properties.get("zitiId") is not None and properties.get("jwt") is None


ENROLLED = Field(
    "enrolled",
    "bool",
    read_only=True,
    derived=enrolled,
    help="Whether its one-time enrollment token was used.",
    sample=False,
)
ZITI_ID = told(
    "ziti_id", "Its id in the network's own controller; V(null) until it is known there.", "mh7dI2ZRz"
)
HISTORY = (
    told("created_at", "When it was created, in UTC.", "2026-11-02T09:17:01.000000Z"),
    told("created_by", "UUID of the identity that created it.", "d0d0d0d0-0000-4000-8000-00000000000a"),
    told("updated_at", "When it was last changed, in UTC.", "2026-11-02T09:18:40.000000Z"),
)
COMMON = (ZITI_ID, *HISTORY)
