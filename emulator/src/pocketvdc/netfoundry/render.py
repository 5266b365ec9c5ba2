# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From entities to answers (contract sections 3.2, 3.6 and 8.16)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .call import Call
from .networks import COLLECTIONS, profile
from .rows import ROWS
from .state import Entity, Execution, instant, moment
from .table import Row, Values

# What embed=all stands for.
EMBEDDABLE = (*COLLECTIONS, "executions")
# What an exported network holds (section 8.16).
EXPORTED = (
    "edge-routers", "edge-router-policies", "services", "certificate-authorities", "endpoints", "app-wans",
    "posture-checks",
)  # fmt: skip


def show(call: Call, entity: Entity) -> Values:
    """An entity as its service shows it."""
    row = entity.row
    found: Values = {"id": entity.id}
    if row.root == "core/v2" and row.scope == "network":
        found["networkId"] = entity.network_id
    for field in row.fields:
        if field.mode != "request":
            found[field.name] = entity.values.get(field.name)
    if row.root != "core/v2":
        found.update(
            createdAt=instant(entity.created),
            updatedAt=instant(entity.updated) if entity.updated > entity.created else None,
            deletedAt=instant(entity.deleted),
        )
    else:
        found.update(_core(call, entity))
    if row.hooks.view is not None:
        row.hooks.view(call, entity, found)
    return found


def _core(call: Call, entity: Entity) -> Values:
    row = entity.row
    network = call.platform.network_of(entity)
    owner = entity.created_by or (network.created_by if network is not None else None)
    found: Values = {
        "createdAt": moment(entity.created),
        "createdBy": entity.created_by,
        "updatedAt": moment(entity.updated),
        "deletedAt": moment(entity.deleted),
        "deletedBy": entity.deleted_by,
        "ownerIdentityId": owner,
    }
    if row.status:
        found["status"] = entity.status
    if row.ziti:
        found["zitiId"] = entity.ziti_id
    links: Values = {"self": {"href": call.href(f"{row.path}/{entity.id}")}}
    if network is not None:
        links["network"] = {
            "href": call.href(f"{network.row.path}/{network.id}"),
            "title": network.name,
            "profile": profile(call),
        }
    if row.hooks.links is not None:
        row.hooks.links(call, entity, links)
    found["_links"] = links
    return found


# What is shown of an entity as it is, whatever its kind.
_PLAIN: dict[str, Callable[[Entity], Any]] = {
    "id": lambda entity: entity.id,
    "createdAt": lambda entity: moment(entity.created),
    "updatedAt": lambda entity: moment(entity.updated),
}
NOTHING = object()


def peek(call: Call, row: Row, entity: Entity, name: str) -> Any:
    """One property as ``show`` has it, at less cost; NOTHING where there is no such property."""
    if row.root == "core/v2" and not row.of:
        if name in _PLAIN:
            return _PLAIN[name](entity)
        if name == "status" and row.status:
            return entity.status
        if isinstance(entity, Execution):
            return entity.state(call.now) if name == "status" else entity.values.get(name, NOTHING)
        if row.hooks.view is None and name in row.shown:
            return entity.values.get(name)
    return show_as(call, row, entity).get(name, NOTHING)


def embedded(call: Call, entity: Entity, shown: Values) -> Values:
    """The same, with what ``embed`` asks for (section 3.5)."""
    wanted = {part.strip() for text in call.query.getlist("embed") for part in text.split(",")}
    if entity.row.host and "host" in wanted:
        host = call.platform.entities["hosts"].get(entity.values.get("hostId") or "")
        if host is not None:
            shown["_embedded"] = {"host": show(call, host)}
    if entity.row.kind == "networks":
        kinds = EMBEDDABLE if "all" in wanted else [kind for kind in EMBEDDABLE if kind in wanted]
        found = {}
        for kind in kinds:
            row = ROWS[kind]
            members = [member for owner in row.kinds for member in call.platform.members(entity, owner)]
            if members:
                found[row.key] = [show_as(call, row, member) for member in members]
        if found:
            shown["_embedded"] = found
    return shown


def show_as(call: Call, row: Row, entity: Entity) -> Values:
    """An entity in the form of a row that shows the entities of others."""
    if row.hooks.view is None or not row.of:
        return show(call, entity)
    found = show(call, entity)
    row.hooks.view(call, entity, found)
    return found


def form(call: Call, entity: Entity, which: str) -> Values:
    """What a request needs to create an entity again, or to put it as it is (section 3.6)."""
    modes = ("rw", "create", "request") if which == "create" else ("rw", "create")
    found: Values = {}
    if entity.row.scope == "network":
        found["networkId"] = entity.network_id
    for field in entity.row.fields:
        value = entity.values.get(field.name)
        if field.mode in modes and (value is not None or field.required):
            found[field.name] = value
    if entity.row.hooks.form is not None:
        entity.row.hooks.form(call, entity, which, found)
    return found


def export(call: Call, network: Entity) -> Values:
    """A whole network as one document (section 8.16)."""
    found = form(call, network, "create")
    for kind in EXPORTED:
        entities = call.platform.members(network, kind)
        found[_camel(kind)] = [_exported(call, entity) for entity in entities]
    return found


def _exported(call: Call, entity: Entity) -> Values:
    found = form(call, entity, "create")
    if entity.row.kind == "endpoints":
        found["enrollmentMethod"] = {
            "ott": True,
            "updb": None,
            "ottca": None,
            **(found.get("enrollmentMethod") or {"ott": True}),
        }
    if entity.row.kind == "app-wans":
        found.update(networkId=None, type="Dial", semantic="AnyOf")
    if entity.row.kind == "edge-routers" and found.get("provider"):
        found["datacenter"] = found.pop("locationCode")
    hosts = (found.get("model") or {}).get("edgeRouterHosts")
    if hosts:
        routers = call.platform.entities["edge-routers"]
        found["model"] = {
            **found["model"],
            "edgeRouterHosts": [
                {"edgeRouterName": routers[host["edgeRouterId"]].name, "serverEgress": host["serverEgress"]}
                for host in hosts
            ],
        }
    return found


def _camel(kind: str) -> str:
    return re.sub(r"-(\w)", lambda found: found[1].upper(), kind)


def operation_links(call: Call, execution: Execution, *, update: str = "") -> Values:
    """How an answer names the execution (section 4.2); ``update`` is the method of an update.

    A PUT gives a list where a PATCH gives an object: clients have met both.
    """
    mode = call.platform.settings.links
    if mode == "none":
        return {}
    if mode == "process":
        query = f"?networkId={execution.network_id}"
        link: Values = {
            "href": call.href(f"/core/v2/process/{execution.id}{query}"), "profile": profile(call)
        }  # fmt: skip
        deleted_network = execution.target.row.kind == "networks" and execution.target.leaving
        return {"process": link, **({"process-execution": link} if deleted_network else {})}
    kind = "executions" if mode == "execution" else mode
    link = {"href": call.href(f"/core/v2/{kind}/{execution.id}")}
    name = "execution" if mode == "execution" and not update else kind
    return {name: [link] if update == "PUT" else link}
