# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Classic load balancers, and the NICs that share their load (contract section 10.14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..._engine.errors import AmbiguousName, InvalidOption, NotFound
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Child, Field, children
from ..._engine.service import Item, Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import NIC, SERVER
from ..resources.network import LOADBALANCER, MEMBER

OPTION = "balanced_nics"


def _check_address(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    if want.get("ip") == "":
        raise InvalidOption("ip: give an address, or leave the option out: the service then chooses one")


def _arrange(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """Associate and remove; a new load balancer is made with its NICs in one request."""
    if change.verb == "delete" or OPTION not in situation.options:
        return writes
    present = list((situation.have or {}).get(OPTION) or ())
    wanted = _chosen(situation)
    if change.verb == "create":
        first, *rest = writes
        items = [{"id": nic} for nic in wanted]
        body = {**first.body, "entities": {"balancednics": {"items": items}}} if items else first.body
        return [replace(first, body=body, shows={OPTION: wanted}), *rest]
    path = (
        f"{LOADBALANCER.item_path(situation.place.parents, str((situation.have or {})['id']))}/balancednics"
    )
    # Added before others are taken away, so that some NIC serves at any time.
    for nic in [each for each in wanted if each not in present]:
        present = [*present, nic]
        shows = {OPTION: present}
        writes.append(Write("associate", f"NIC {nic}", "POST", path, {"id": nic}, shows=shows, safe=True))
    for nic in [each for each in present if each not in wanted]:
        present = [each for each in present if each != nic]
        writes.append(Write("remove", f"NIC {nic}", "DELETE", f"{path}/{nic}", shows={OPTION: present}))
    return writes


def _chosen(situation: Situation[Cloud]) -> list[str]:
    """The ids of the NICs that the option names, each once."""
    given = [str(each) for each in situation.options[OPTION]]
    if all(NIC.is_id(each) for each in given):
        return list(dict.fromkeys(each.lower() for each in given))
    cloud, place = situation.cloud, situation.place
    servers = (
        children(place.tree, SERVER.collection)
        if place.tree is not None
        else cloud.items(SERVER, place.parents, 1 + 2)
    )
    return list(dict.fromkeys(_one(value, servers) for value in given))


def _one(value: str, servers: list[Item]) -> str:
    if NIC.is_id(value):
        return value.lower()
    found = [
        str(nic["id"])
        for server in servers
        for nic in children(server, NIC.collection)
        if value in _marks(server, nic)
    ]
    if len(found) > 1:
        raise AmbiguousName(NIC.label, OPTION, value, found)
    if not found:
        advice = "name it as server/nic, or by its UUID"
        raise NotFound(NIC.label, OPTION, value, "the data center", advice)
    return found[0]


def _marks(server: Item, nic: Item) -> Iterator[str]:
    """All that a NIC may be called beside its id."""
    name = nic["properties"].get("name")
    if name:
        yield str(name)
    for above in (server["properties"].get("name"), server["id"]):
        for own in (name, nic["id"]):
            yield f"{above}/{own}"


def _foretell_members(situation: Situation[Cloud], item: Item | None, outcome: Outcome) -> None:
    """Where the load balancer was not read again, its members are those of before, and new ones by their ids alone."""
    result = outcome.result
    if result is None or [each["id"] for each in result["members"]] == result[OPTION]:
        return
    known = {each["id"]: each for each in result["members"]}
    parents = situation.place.parents
    result["members"] = [known.get(nic) or MEMBER.decode({"id": nic}, parents) for nic in result[OPTION]]


BALANCED_NICS = Field(
    OPTION,
    "list",
    elements="str",
    refers=NIC.kind,
    help=(
        "NICs that share the load, as a set: each as V(server/nic), by names or UUIDs, as UUID, or by a name that only "
        "one NIC of the data center has. Others are removed. An empty list removes all.",
        "Left out, they stay as they are.",
    ),
)


LOADBALANCERS = Kind(
    PROFITBRICKS,
    replace(
        LOADBALANCER,
        children=(
            *LOADBALANCER.children,
            Child(
                "members",
                "balancednics",
                MEMBER,
                help="The balanced NICs with all that is known of them, such as their servers and addresses.",
            ),
        ),
    ),
    options=(BALANCED_NICS,),
    check=_check_address,
    arrange=_arrange,
    conclude=_foretell_members,
)
