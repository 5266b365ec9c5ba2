# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generic operations: list, read, create, update, delete, and those of links and actions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from .call import Answer, Call
from .errors import ServiceError, not_found
from .listing import listing
from .permissions import may_change, may_create, may_see, visible
from .queue import Request, status_object
from .registry import Entity
from .render import Renderer
from .store import Record, remove
from .table import Action, Built, Row
from .validate import ROOT, Draft, alien_keys, changes, draft, nested, properties_of, told


def locate(call: Call, chain: Sequence[str], ids: Sequence[str]) -> Record:
    """The record at the end of a path: collection and id, step by step. 404 where a step fails."""
    record = call.find(chain[0], ids[0])
    may_see(call, record)
    for collection, ident in zip(chain[1:], ids[1:], strict=True):
        child = record.children.get(collection, {}).get(ident)
        if child is None:
            raise not_found()
        record = child
    return record


def list_root(call: Call, row: Row, collection: str) -> Answer:
    return list_records(call, row, collection, visible(call, row, call.store.all(collection)))


def list_records(call: Call, row: Row, collection: str, records: list[Record]) -> Answer:
    ident = collection.rsplit("/", 1)[-1] if collection.startswith("um/") else collection
    return listing(call, row, ident, f"/{collection}", records)


def list_owned(call: Call, row: Row, name: str, parent: Record) -> Answer:
    records = list(parent.children.get(name, {}).values())
    if row.hooks.select is not None:
        records = row.hooks.select(call, records)
    paged = () if parent.row.kind in row.unpaged else row.paged
    return listing(call, row, f"{parent.id}/{name}", f"{parent.path}/{name}", records, paged=paged)


def list_below(call: Call, entity: Entity, parent: Record) -> Answer:
    """The members of a linked collection."""
    assert entity.link is not None
    ident, path = f"{parent.id}/{entity.name}", f"{parent.path}/{entity.name}"
    return listing(call, None, ident, path, list(entity.records(parent)), paged=entity.link.paged)


def read(call: Call, record: Record) -> Answer:
    """One resource."""
    return tagged(call, call.renderer.resource(record, call.depth))


def tagged(call: Call, body: dict[str, Any]) -> Answer:
    """An answer whose etag is a header, too, where no depth was asked for (contract section 3)."""
    etag = (body.get("metadata") or {}).get("etag")
    if etag is None or "depth" in call.query:
        return Answer(200, body)
    headers = {"ETag": f'"{etag}"'}
    if etag in call.headers.get("If-None-Match", ""):
        return Answer(304, None, headers)
    return Answer(200, body, headers)


def check_tree(call: Call, checked: Draft) -> None:
    """The rules of every draft of a tree, parents first."""
    hooks = checked.row.hooks
    if hooks.check is not None:
        hooks.check(call, checked)
    if hooks.rules is not None:
        values = {spec.name: spec.initial() for spec in checked.row.fields} | {
            name: value for name, value in checked.properties.items() if value is not None
        }
        for broken in hooks.rules(call, checked, values):
            checked.refuse(*broken)
    for children in checked.children.values():
        for child in children:
            check_tree(call, child)


def checked_draft(call: Call, row: Row, body: Any, parent: Record | None) -> Draft:
    """A creation that breaks no rule; 422 with one message for each rule broken."""
    result = draft(call.cloud.table, row, body, call.version, parent=parent)
    if not result.messages:
        check_tree(call, result)
    if result.messages:
        raise ServiceError(422, result.messages)
    return result


def build(call: Call, checked: Draft, collection: str, parent: Record | None) -> Built:
    """Make the records of a draft and of everything nested in it."""
    hooks = checked.row.hooks
    ident = hooks.ident(call, checked, parent) if hooks.ident else None
    record = call.new(checked, collection, parent, ident)
    if hooks.build is not None:
        hooks.build(call, record, checked)
    if hooks.ready is not None:
        call.on_done(partial(hooks.ready, call, record))
    tree: dict[str, list[Any]] = {}
    for entity in call.cloud.table.nestable(checked.row.kind, call.version):
        drafts = checked.children.get(entity.name, ())
        idents = checked.linked.get(entity.name, ())
        if not drafts and not idents:
            continue
        items = tree[entity.name] = []
        for child in drafts:
            if entity.link is None:
                items.append(build(call, child, entity.name, record))
            elif entity.link.create is not None:
                items.append(entity.link.create(call, record, child))
        for known in idents:
            if entity.link is not None and entity.link.attach is not None:
                items.append((entity.link.attach(call, record, known), None))
    return record, tree


def create(call: Call, row: Row, collection: str, parent: Record | None) -> Answer:
    may_create(call, row, parent)
    checked = checked_draft(call, row, call.json(optional=row.body_optional), parent)
    record, tree = build(call, checked, collection, parent)
    if parent is not None:
        call.touch(record)
    if row.plain:
        call.discard()
        return Answer(row.create_status, call.renderer.resource(record, call.depth))
    call.request.doomed = lambda: not record.alive
    headers = call.submit(immediate=row.immediate)
    return Answer(row.create_status, created(call.renderer, call, record, tree), headers)


def created(renderer: Renderer, call: Call, record: Record, tree: dict[str, list[Any]]) -> dict[str, Any]:
    """The body of a creation: the tree that was sent, or what the depth asked for shows."""
    if "depth" in call.query and not tree:
        return renderer.resource(record, call.depth)
    return renderer.echo(record, tree)


def update(call: Call, record: Record, *, replace: bool) -> Answer:
    row = record.row
    may_change(call, record)
    body = call.json()
    given = properties_of(body) if replace else body
    if replace and (alien := alien_keys(body)):
        raise ServiceError(422, alien)
    changed = changes(record, given, call.version, replace=replace)
    if row.hooks.check_update is not None:
        row.hooks.check_update(call, record, changed)
    _keep_rules(call, record, changed)
    if replace and row.replaceable and isinstance(body.get("entities"), dict):
        _replace_children(call, record, body["entities"])
    before = dict(record.properties)
    record.phase = row.phases[1]
    known = row.field_map(call.version)
    unserved = [name for name in changed if known[name].secret or known[name].mode == "request"]
    secrets = {name: changed.pop(name) for name in unserved}
    call.touch(record)
    record.private.update(secrets)
    _set(call, record, {**before, **changed})
    # Only what this update changed: others may have changed the rest meanwhile.
    old = {name: before[name] for name in changed}
    call.on_undo(lambda: _set(call, record, {**record.properties, **old}))
    call.updated.append((record, before))
    call.rests_after(record, 1)
    if row.hooks.settled is not None:
        call.on_done(partial(row.hooks.settled, call, record, before))
    if row.plain:
        call.discard()
        return Answer(200, call.renderer.resource(record, call.depth))
    call.request.doomed = lambda: not record.alive
    headers = call.submit(immediate=row.immediate)
    return Answer(202, call.renderer.resource(record, call.depth), headers)


def _keep_rules(call: Call, record: Record, changed: dict[str, Any]) -> None:
    """422 where an update breaks a rule. What is broken already (a reference that went stale) is left alone."""
    rules = record.row.hooks.rules
    if rules is None or not changed:
        return
    before = set(rules(call, record, record.properties))
    broken = [one for one in rules(call, record, {**record.properties, **changed}) if one not in before]
    if broken:
        raise ServiceError(422, [told(f"{ROOT}.properties", *one) for one in broken])


def _replace_children(call: Call, record: Record, entities: dict[str, Any]) -> None:
    """New resources in the place of those that a collection holds now."""
    holder = Draft(record.row, ROOT, record, None)
    given = {name: entities[name] for name in record.row.replaceable if entities.get(name) is not None}
    nested(call.cloud.table, holder, given, call.version)
    drafts = [draft_ for children in holder.children.values() for draft_ in children]
    for draft_ in drafts:
        check_tree(call, draft_)
    if holder.messages:
        raise ServiceError(422, holder.messages)
    for name in given:
        for old in list(record.collection(name).values()):
            call.touch(old, listed=False)
            call.on_done(partial(remove, old))
        for draft_ in holder.children.get(name, ()):
            build(call, draft_, name, record)


def _set(call: Call, record: Record, properties: dict[str, Any]) -> None:
    before, record.properties = record.properties, properties
    record.stamp(call.user, call.now)
    if record.row.hooks.updated is not None and record.alive:
        record.row.hooks.updated(call, record, before)


def delete(call: Call, record: Record) -> Answer:
    may_change(call, record)
    if record.row.hooks.check_delete is not None:
        record.row.hooks.check_delete(call, record)
    if record.row.plain:
        remove(record)
        return Answer(200)
    record.phase = record.row.phases[2]
    call.touch(record)
    record.private["leaving"] = True
    call.on_undo(lambda: record.private.pop("leaving", None))
    call.rests_after(record, 2)
    call.on_done(partial(remove, record))
    return Answer(202, None, call.submit(immediate=record.row.immediate))


def member(entity: Entity, parent: Record, ident: str) -> Record:
    """A member of a linked collection; 404 when it is none."""
    for record in entity.records(parent):
        if record.id == ident:
            return record
    raise not_found()


def read_member(call: Call, entity: Entity, parent: Record, ident: str) -> Answer:
    return read(call, member(entity, parent, ident))


def replace_members(call: Call, entity: Entity, parent: Record) -> Answer:
    """PUT on a linked collection: ``{"ids": [...]}`` replaces the whole set."""
    may_change(call, parent)
    assert entity.link is not None and entity.link.replace is not None
    body = call.json()
    ids = body.get("ids") if isinstance(body, dict) else None
    if not isinstance(ids, list) or any(not isinstance(ident, str) for ident in ids):
        raise ServiceError(422, [("100", "[(root).ids] Attribute 'ids' is required")])
    entity.link.replace(call, parent, ids)
    headers = call.submit()
    path = f"{parent.path}/{entity.name}"
    body = call.renderer.collection(
        f"{parent.id}/{entity.name}", path, entity.records(parent), max(call.depth, 1)
    )
    return Answer(202, body, headers)


def attach(call: Call, entity: Entity, parent: Record) -> Answer:
    """POST on a linked collection: ``{"id": ...}`` adds a member, ``properties`` may create one."""
    may_change(call, parent)
    assert entity.link is not None and entity.link.attach is not None
    body = call.json()
    if not isinstance(body, dict):
        raise ServiceError(422, [("100", "[(root)] An object is expected")])
    if body.get("id") is not None:
        if alien := alien_keys(body, reference=True):
            raise ServiceError(422, alien)
        record = entity.link.attach(call, parent, str(body["id"]))
    elif entity.link.create is not None and entity.row is not None:
        record, _rest = entity.link.create(call, parent, checked_draft(call, entity.row, body, parent))
    else:
        raise ServiceError(422, [("100", "[(root).id] Attribute 'id' is required")])
    doomed = call.request.doomed
    call.request.doomed = lambda: doomed() or not (parent.alive and record.alive)
    headers = call.submit(immediate=parent.row.immediate)
    return Answer(202, call.renderer.resource(record, call.depth), headers)


def detach(call: Call, entity: Entity, parent: Record, ident: str) -> Answer:
    may_change(call, parent)
    assert entity.link is not None and entity.link.detach is not None
    entity.link.detach(call, parent, member(entity, parent, ident))
    return Answer(202, None, call.submit(immediate=parent.row.immediate))


def act(call: Call, record: Record, action: Action) -> Answer:
    """Run an action. What it returns is the body: a record, plain JSON, or nothing."""
    if action.method != "GET":
        may_change(call, record)
    result = action.run(call, record)
    if isinstance(result, Answer):
        return result
    if isinstance(result, Record):
        result = call.renderer.resource(result, call.depth)
    if action.method == "GET":
        return Answer(action.status, result)
    call.request.doomed = lambda: not record.alive
    return Answer(action.status, result, call.submit())


def read_status(call: Call, record: Record) -> Answer:
    assert isinstance(record, Request)
    return tagged(call, status_object(record, call.base, call.now, full=True))
