# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks, their groups, and where they can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.interface import parent_fields, result_fields
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field
from ..._engine.service import Item, Write
from ..client import Cloud, check_sound, listed, only
from ..description import OVERLAY, TREE_OPTIONS, describes_contents
from ..provider import NETFOUNDRY
from ..resources import RESOURCES
from ..resources.networks import NETWORK, NETWORK_GROUP, PROVIDERS, REGION

NETWORK_GROUPS = Kind(NETFOUNDRY, NETWORK_GROUP)

# -- networks -----------------------------------------------------------------------------------------------------

DEFAULT_PLACE = {"provider": "OCI", "region": "eu-amsterdam-1"}
STATES = (
    ("suspended", "as V(present), and it is suspended"),
    ("active", "as V(present), and it is resumed if it is suspended"),
)
# The status that each state asks for, the one it leaves, and the call that leads there (contract section 8.1).
TURNS = {"suspended": ("SUSPENDED", "suspend"), "active": ("PROVISIONED", "resume")}


def resolve_network(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    """What a new network needs, and an old one keeps."""
    version = want.get("product_version")
    if situation.have is not None:
        if version == "latest":
            del want["product_version"]
        return
    cloud, parents = situation.cloud, situation.place.parents
    if NETWORK_GROUP.kind not in parents:
        group = only(cloud.items(NETWORK_GROUP, {}), NETWORK_GROUP.kind, NETWORK_GROUP.label)
        parents[NETWORK_GROUP.kind] = group["id"]
    if not want.get("provider") and not want.get("region"):
        want.update(DEFAULT_PLACE)
    if version == "latest":
        want["product_version"] = _latest(cloud)


def check_network(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    check_sound(NETWORK, situation.have)
    if situation.have is None and bool(want.get("provider")) != bool(want.get("region")):
        raise InvalidOption("region: provider and region go together; name both or neither")


def _latest(cloud: Cloud) -> str:
    """The newest active version (contract section 7.4)."""
    found = [
        str(item["networkVersion"])
        for item in listed(cloud.get("core/v2/network-versions", {"active": "true"}))
        if item.get("active", True)
    ]
    if not found:
        raise NotFound("active version", "product_version", "latest", advice="name one, or none")
    return max(found, key=lambda text: [int(part) if part.isdigit() else 0 for part in text.split(".")])


def _turn(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if situation.state not in TURNS:
        return writes
    status, verb = TURNS[situation.state]
    now = (situation.have or {}).get("status") or "PROVISIONED"
    if now != status:
        what = f"{NETWORK.label} {(change.after or {}).get('name')}"
        path = f"{NETWORK.item_path({}, '{id}')}/{verb}"
        writes.append(Write(verb, what, "POST", path, shows={"status": status}))
    return writes


def _manage(cloud: Cloud, kind: Kind, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """The network by itself, or with the contents that the options describe."""
    if options.get("state") == "absent" or not describes_contents(options):
        from ..._engine.task import ensure

        return ensure(cloud, kind, options, check_mode)
    if options.get("state") in TURNS:
        raise InvalidOption(
            f"state: what is in a network is described with state=present, not {options['state']}; use two tasks"
        )
    from ..contents import manage_contents

    return manage_contents(cloud, options, check_mode)


def _search(cloud: Cloud, kind: Kind, options: Mapping[str, Any]) -> list[Item]:
    """The networks that the options ask for, as results or as descriptions."""
    from ..._engine.query import read

    found = read(cloud, kind, options)
    if not options.get("as_description"):
        return found
    from ..contents import descriptions

    return descriptions(cloud, found)


STEP = (
    Field("verb", help="One of V(create), V(update), V(delete).", sample="update"),
    Field("path", help="Where it is in the network.", sample="services/portal"),
    Field("name", help="The last part of the path.", sample="portal"),
    Field("fields", "list", elements="str", help="What an update changes.", sample=["attributes"]),
)
RESULTS = (
    Field(
        "tree",
        "dict",
        help="The network with all that is in it, after the task; in check mode as it would be. V(null) where the task "
        "describes no contents.",
        options=result_fields(OVERLAY),
    ),
    Field(
        "plan",
        "list",
        elements="dict",
        help="What was done, or in check mode would be done, to match the described contents.",
        options=STEP,
    ),
    Field(
        "unmanaged",
        "list",
        elements="str",
        help="Paths of what is there and not described, where the task describes contents.",
        sample=["endpoints/old laptop"],
    ),
)
AS_DESCRIPTION = Field(
    "as_description",
    "bool",
    default=False,
    help="Whether to return each network with all that is in it as the options of "
    "M(profitbricks.cloud.netfoundry_network), and nothing else. Fed back to that module, they change nothing. What the "
    "service makes by itself, configurations of services and enrollment tokens are not in it.",
)

NETWORKS = Kind(
    NETFOUNDRY,
    NETWORK,
    options=TREE_OPTIONS,
    states=STATES,
    results=RESULTS,
    resolve=resolve_network,
    check=check_network,
    arrange=_turn,
    extra=lambda situation: {"tree": None, "plan": [], "unmanaged": []},
    manage=_manage,
    search=_search,
    info_fields=(
        *parent_fields(RESOURCES, NETWORK),
        Field("id", help=f"Only the {NETWORK.label} with this {NETWORK.id_help}."),
        Field("name", help=f"Only the {NETWORK.label} with this name."),
        AS_DESCRIPTION,
    ),
)

# -- regions ------------------------------------------------------------------------------------------------------

REGION_FIELDS = (
    Field("provider", choices=PROVIDERS, help="Only regions of this cloud."),
    Field("location_code", help="Only the regions with this code, such as V(us-west-2)."),
)


def _regions(cloud: Cloud, kind: Kind, options: Mapping[str, Any]) -> list[Item]:
    """The regions that the options ask for. They have no id of their own (contract section 7.3)."""
    query = {"provider": options["provider"]} if options.get("provider") else {}
    found = []
    for item in listed(cloud.get(REGION.path, query)):
        result = REGION.decode({**item, "id": f"{item.get('provider')}/{item.get('locationCode')}"}, {})
        if all(options.get(name) in (None, "", result[name]) for name in ("provider", "location_code")):
            found.append(result)
    return found


REGIONS = Kind(NETFOUNDRY, REGION, search=_regions, info_fields=REGION_FIELDS)
