# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: their power, boot devices and what is created along with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._engine.answers import an_object_at_all
from ..._engine.behaviour import Behaviour, Reading
from ..._engine.outcome import Detail, Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.servers import GPU, SERVER
from ..rules.servers import SERVER_RULES, ServerFacts
from ..rules.volumes import goes_with

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan

POWER_STATES = ("running", "stopped", "restarted", "upgraded")


class Servers(Behaviour[Cloud]):
    def wanted(self, facts: Facts) -> Item:
        want = super().wanted(facts)
        return {**want, "power": facts.state} if facts.state in POWER_STATES else want

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The servers that the options ask for; which of them are outdated, another list tells."""
        wanted = options.get(UPGRADE_NEEDED.name)
        if wanted is not None:
            UPGRADE_NEEDED.check(wanted, cloud.version)
        found = super().search(cloud, options, read)
        if wanted is None or not found:
            return found
        parents = {"datacenter": found[0]["datacenter_id"]}
        items = cloud.items(SERVER, parents, 0, also={"upgradeNeeded": "true"})
        outdated = {item["id"] for item in items}
        return [each for each in found if (each["id"] in outdated) == wanted]

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        """Which volumes a deleted server leaves behind."""
        have = (facts.have if task.absent else None) or {}
        told: dict[bool, list[Item]] = {True: [], False: []}
        for each in have.get("volumes", ()):
            gone = bool(task.options.get(DELETE_VOLUMES.name)) or goes_with(have, each)
            told[gone].append({"id": each["id"], "name": each["name"]})
        outcome.extra["deleted_volumes"], outcome.extra["kept_volumes"] = told[True], told[False]


def _console(cloud: Cloud, server: Item) -> Item:
    path = SERVER.item_path({"datacenter": server["datacenter_id"]}, server["id"])
    url = cloud.transport.call("GET", f"{path}/remoteconsole", expects=an_object_at_all).data
    token = cloud.transport.call("GET", f"{path}/token", expects=an_object_at_all).data
    return {"console_url": url.get("url"), "console_token": token.get("token")}


UPGRADE_NEEDED = Field(
    "upgrade_needed",
    "bool",
    since=5,
    until=5,
    help="Whether to return only outdated servers, or only up-to-date ones. O(upgrade_needed=true) finds those that "
    "C(state=upgraded) of M(profitbricks.cloud.profitbricks_server) would upgrade. This needs version 5 of the API, and "
    "one more request.",
)


def _gpus(cloud: Cloud, server: Item) -> Item:
    parents = {"datacenter": server["datacenter_id"], SERVER.kind: server["id"]}
    cards = (GPU.decode(item, parents) for item in cloud.items(GPU, parents))
    return {GPUS.option.name: [{name: card[name] for name in ("id", *GPU.by_name)} for card in cards]}


GPUS = Detail(
    Field(
        "gpus",
        "bool",
        default=False,
        since=6,
        help="Whether to return the graphics cards of each server, with one more request for each. Needs version 6 of the "
        "API.",
    ),
    (
        Field(
            "gpus",
            "list",
            elements="dict",
            help="The graphics cards of the server; only servers of type C(GPU) have any.",
            options=(
                Field("id", help="UUID of the card.", sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1"),
                *GPU.fields,
            ),
        ),
    ),
    _gpus,
)
CONSOLE = Detail(
    Field(
        "console",
        "bool",
        default=False,
        since=6,
        help="Whether to return the link to the console of each server, at the cost of two more requests "
        "for each. Whoever has it can control the server: set C(no_log) on the task. Needs version 6 "
        "of the API.",
    ),
    (
        Field(
            "console_url",
            help="URL of the console for a browser, valid for a short time.",
            sample="https://console.example.com/?jwToken=...",
        ),
        Field("console_token", help="Token for the console.", sample="eyJ0eXAi..."),
    ),
    _console,
)
DELETE_VOLUMES = Field(
    "delete_volumes",
    "bool",
    default=False,
    help="With O(state=absent): also delete the volumes that are attached to the server. Otherwise they "
    "are detached and kept. RV(deleted_volumes) and RV(kept_volumes) list them.",
)


def _volumes_field(name: str, fate: str) -> Field:
    return Field(
        name,
        "list",
        elements="dict",
        help=f"With C(state=absent), the volumes of the server that were {fate}.",
        options=(
            Field("id", help="The UUID of the volume.", sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1"),
            Field("name", help="The name of the volume.", sample="web-01-boot"),
        ),
    )


def foresee(facts: ServerFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.devices import (  # here, because only check mode needs it
        doubles,
        of_assignments,
        of_servers,
        of_volumes,
        with_volumes,
    )
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import of_contract, unread
    from ..rules.offers import of_location
    from ..rules.reserved import of_addresses

    checks = Checks(
        limits=(of_contract, of_servers, of_volumes, of_assignments),
        location=(of_location,),
        addresses=(of_addresses,),
        doubts=(doubles, unread),
    )
    would_fit(facts, plan, with_volumes, checks)


SERVERS = Servers(
    PROFITBRICKS._replace(facts=ServerFacts, foresee=foresee),
    SERVER,
    SERVER_RULES,
    options=(DELETE_VOLUMES,),
    results=(
        _volumes_field("deleted_volumes", "deleted"),
        _volumes_field("kept_volumes", "kept, detached"),
    ),
    states=(
        ("running", "like V(present), and the server is started if it is not running"),
        (
            "stopped",
            "like V(present), and the server is powered off if it is running, without a shutdown; a "
            "server of type CUBE or GPU is suspended",
        ),
        (
            "restarted",
            "like V(present), and the server is reset each time the task runs, without a shutdown; a "
            "server that is not running is started",
        ),
        (
            "upgraded",
            "like V(present), and the server is moved to a newer version of the hypervisor, which may restart it. "
            "With version 5 of the API, one more request finds out which servers are outdated, and the others are left "
            "alone. Version 6 does not show this, so the server is moved each time the task runs. A new server is left alone",
        ),
    ),
    more_info_fields=(UPGRADE_NEEDED,),
    details=(CONSOLE, GPUS),
)
