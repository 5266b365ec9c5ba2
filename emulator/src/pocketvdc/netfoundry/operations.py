# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generic operations: list, read, create, update, delete (contract sections 4 and 8)."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..call import Answer
from . import access, listing, networks
from .call import Call
from .checks import missing, typed
from .errors import conflict, forbidden, invalid, not_found
from .render import embedded, export, form, operation_links, show, show_as
from .rows import ROWS
from .state import Entity, Execution
from .table import Action, Row, Values
from .work import fail, is_stillborn, provision, start, stillborn

HAL = "application/hal+json"


def answer(status: int, body: Any, row: Row) -> Answer:
    return Answer(status, body, content_type=HAL if row.root.startswith("core/") else "application/json")


def find(call: Call, row: Row, ident: str) -> Entity:
    """The entity of an id, if the caller may see it and the time has come."""
    entity = call.platform.find(row, ident)
    if entity is None or not (row.shows is None or row.shows(entity)):
        raise not_found(row.noun, ident)
    access.require_read(call, entity)
    if isinstance(entity, Execution):
        refusal = entity.refusal(call.now)
        if refusal == 404:
            raise not_found(row.noun, ident)
        if refusal == 403:
            raise forbidden()
    if entity.gone and not (call.platform.settings.deleted_readable and row.envelope == "hal"):
        raise not_found(row.noun, ident)
    return entity


def find_alive(call: Call, row: Row, ident: str) -> Entity:
    entity = find(call, row, ident)
    if entity.deleted is not None:
        raise not_found(row.noun, ident)
    return entity


def find_own(call: Call, row: Row, ident: str) -> Entity:
    """The entity that a write is about; 400 where another version of the service manages it."""
    entity = find_alive(call, row, ident)
    if entity.row.kind == "networks":
        networks.require_manager(entity, row.root)
    return entity


def list_(call: Call, row: Row) -> Answer:
    if row.confined and not call.asked.get("networkId"):
        raise forbidden(f"Access Denied: {row.noun}s are listed by networkId")
    return answer(200, listing.entities(call, row), row)


def read(call: Call, row: Row, ident: str) -> Answer:
    entity = find(call, row, ident)
    which = call.form if row.envelope == "hal" else None
    if which == "create" and row.kind == "networks" and call.query.get("embed"):
        return answer(200, export(call, entity), row)
    if which is not None:
        return answer(200, form(call, entity, which), row)
    return answer(200, embedded(call, entity, show_as(call, row, entity)), row)


def create(call: Call, row: Row) -> Answer:
    given = call.object()
    scope = scope_of(call, row, given)
    if not row.guarded:
        access.require(call, row, "create", call.organization, scope)
    problems = missing(given, row.fields, "body")
    values = {field.name: field.initial() for field in row.fields}
    values |= typed(given, row.fields, "body", problems)
    _hook(row, call, None, values, problems)
    if problems:
        raise invalid(*dict.fromkeys(problems))
    if row.unique and call.platform.taken(row, call.organization, scope, values[row.unique]):
        raise conflict(f"{row.noun} {row.unique} {values[row.unique]!r} is already in use")
    entity = call.platform.make(row.kind, call.organization, scope, values, call.identity.id)
    if row.hooks.build is not None:
        row.hooks.build(call, entity)
    if row.synchronous:
        provision(call.platform, entity)
        shown = show_as(call, row, entity)
    else:
        done, undo = partial(provision, call.platform, entity), partial(stillborn, entity)
        shown = _linked(call, row, entity, start(call, entity, "Create", done, undo))
    if row.hooks.answer is not None:
        row.hooks.answer(call, entity, shown)
    return answer(row.codes[0], shown, row)


def _hook(row: Row, call: Call, entity: Entity | None, values: Values, problems: list[str]) -> None:
    """The rules that look at several values, once each value is sound by itself."""
    if row.hooks.check is not None and not problems:
        row.hooks.check(call, entity, values, problems)


def scope_of(call: Call, row: Row, given: Values) -> tuple[str, ...]:
    """Where a new entity is going to live; 400 where its network is not ready for it (inferred)."""
    if row.scope == "organization":
        return ()
    kind, name = ("networks", "networkId") if row.scope == "network" else ("network-groups", "networkGroupId")
    ident = given.get(name)
    if not isinstance(ident, str) or not ident:
        raise invalid(f"[body.{name}] Attribute '{name}' is required")
    around = find_alive(call, ROWS[kind], ident)
    if row.scope == "network":
        networks.require_manager(around, row.root)
        if around.status != "PROVISIONED":
            raise invalid(f"Network {around.id} is {around.status}; it must be PROVISIONED")
    return around.path


def update(call: Call, row: Row, ident: str) -> Answer:
    """PATCH changes what is given; PUT declares everything again."""
    entity = find_own(call, row, ident)
    access.require_change(call, entity)
    if entity.leaving:
        raise invalid(f"{row.noun} {ident} is being deleted")
    if is_stillborn(entity):
        raise invalid(f"{row.noun} {ident} is in ERROR: its creation failed")
    row = entity.row
    given = call.object()
    before = entity.values
    changed = changes(call, entity, given)
    call.platform.rename(entity, {**before, **changed})
    entity.updated = call.now
    code = row.codes[1]
    if row.synchronous:
        _changed(call, entity)
        return answer(code, show(call, entity), row)

    def undo() -> None:
        restored = {name: before[name] for name in changed}
        call.platform.rename(entity, {**entity.values, **restored})
        fail(entity)

    shows = "UPDATING" if call.method == "PUT" else ""
    execution = start(call, entity, "Update", partial(_changed, call, entity), undo, shows=shows)
    return answer(code, _linked(call, row, entity, execution, update=call.method), row)


def _changed(call: Call, entity: Entity) -> None:
    """An update is complete, and mends what one before has left in ERROR."""
    if entity.status in ("UPDATING", "ERROR"):
        entity.status = "PROVISIONED"
    if entity.row.hooks.updated is not None:
        entity.row.hooks.updated(call.platform, entity)


def changes(call: Call, entity: Entity, given: Values) -> Values:
    """The values that an update sets, checked. Immutable ones may only be repeated."""
    row = entity.row
    problems: list[str] = []
    values = typed(given, row.fields, "body", problems)
    replace = call.method == "PUT"
    if replace:
        problems += missing({**given, **_immutable(entity)}, row.fields, "body")
    for field in row.fields:
        if field.mode in ("read", "request"):
            values.pop(field.name, None)
        elif field.mode == "create":
            value = values.pop(field.name, None)
            if value is not None and value != entity.values[field.name]:
                problems.append(f"[body.{field.name}] Attribute '{field.name}' is immutable")
        elif field.required and field.name in given and given[field.name] is None:
            problems.append(f"[body.{field.name}] Attribute '{field.name}' is required")
        elif replace and field.name not in values:
            values[field.name] = field.initial()
    if given.get("networkId") not in (None, entity.network_id) and row.scope == "network":
        problems.append("[body.networkId] Attribute 'networkId' is immutable")
    _hook(row, call, entity, values, problems)
    if problems:
        raise invalid(*dict.fromkeys(problems))
    name = values.get(row.unique)
    if name and call.platform.taken(row, entity.organization, entity.scope, name, but=entity):
        raise conflict(f"{row.noun} {row.unique} {name!r} is already in use")
    return values


def _immutable(entity: Entity) -> Values:
    return {field.name: entity.values[field.name] for field in entity.row.fields if field.mode != "rw"}


def delete(call: Call, row: Row, ident: str) -> Answer:
    entity, asked = find_own(call, row, ident), row
    row = entity.row
    if not row.guarded:
        access.require_delete(call, entity)
    if entity.leaving:
        raise invalid(f"{row.noun} {ident} is being deleted")
    if row.hooks.check_delete is not None:
        row.hooks.check_delete(call, entity)
    entity.deleted_by = call.identity.id
    if row.codes[2] == 204:
        call.platform.remove(entity)
        return Answer(204)
    entity.leaving = True

    def undo() -> None:
        entity.leaving, entity.deleted_by, entity.deleted = False, None, None
        fail(entity)

    def done() -> None:
        entity.leaving = False
        call.platform.remove(entity)

    execution = start(call, entity, "Delete", done, undo, shows="DELETING")
    if row.kind == "services":
        # Seen already in the answer, although the work goes on (section 8.6).
        entity.deleted = call.now
    return answer(row.codes[2], _linked(call, asked, entity, execution), row)


def _linked(call: Call, row: Row, entity: Entity, execution: Execution, update: str = "") -> Values:
    shown = show_as(call, row, entity)
    shown["_links"].update(operation_links(call, execution, update=update))
    return shown


def act(call: Call, row: Row, ident: str, action: Action) -> Answer:
    entity = find_own(call, row, ident) if action.writes else find_alive(call, row, ident)
    if action.writes:
        access.require_change(call, entity)
    found = action.run(call, entity)
    if isinstance(found, Answer):
        return found
    if isinstance(found, Execution):
        return answer(202, _linked(call, row, entity, found), row)
    return answer(200, found, row)
