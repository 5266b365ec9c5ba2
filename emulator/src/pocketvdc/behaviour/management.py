# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, groups, shares and the resources of the user management."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from ..call import Answer, Call
from ..errors import backend, not_found
from ..listing import listing
from ..operations import checked_draft, read, update
from ..permissions import may_manage_users
from ..render import standard_metadata
from ..store import Contract, Record, date
from ..table import Hooks, Link, Row
from ..validate import Draft
from . import s3keys

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")
# Root collections of what a group can share, by resource type, with the version that brought them.
SHARED_TYPES = {
    "datacenter": ("datacenters", 4),
    "image": ("images", 4),
    "snapshot": ("snapshots", 4),
    "ipblock": ("ipblocks", 4),
    "pcc": ("pccs", 5),
    "backupunit": ("backupunits", 5),
    "k8s": ("k8s", 5),
}

# Users


def mail_rule(value: str) -> str | None:
    return None if _MAIL.fullmatch(value) else f"'{value}' is not a valid email address"


def check_user(call: Call, draft: Draft) -> None:
    if draft.properties.get("secAuthActive") is not None:
        draft.messages.append(
            ("100", f"[{draft.where('secAuthActive')}] Attribute is not allowed in create requests")
        )
    mail = draft.properties.get("email")
    if mail is not None and call.cloud.mail_taken(mail):
        draft.refuse_backend(_taken_text(mail))


def _taken_text(mail: str) -> str:
    return f"[VDC-5-1200] The email address {mail} is, or once was, registered already."  # (inferred)


def build_user(call: Call, user: Record, draft: Draft) -> None:
    # No longer a property: it is refused on creation and reads false.
    user.properties["secAuthActive"] = False
    if call.version < 6:
        s3keys.give_first(call, user)
    call.on_done(partial(s3keys.introduce, call.cloud, user))
    call.cloud.register(user)
    call.on_undo(lambda: call.cloud.forget(user))


def check_user_update(call: Call, user: Record, changed: dict[str, Any]) -> None:
    mail = changed.get("email")
    if mail and mail.lower() != user.properties["email"].lower() and call.cloud.mail_taken(mail):
        raise backend(_taken_text(mail))
    if call.version == 4:
        changed.pop("password", None)  # only later versions change passwords
    if user is call.user and changed.get("active") is False:
        raise backend("[VDC-5-1201] Users cannot deactivate themselves.")  # (inferred)


def user_updated(call: Call, user: Record, before: dict[str, Any]) -> None:
    if before["email"].lower() != user.properties["email"].lower():
        # A renamed user leaves its address free for others.
        call.cloud.rename(user, before["email"])


def check_user_delete(call: Call, user: Record) -> None:
    if user is call.user:
        raise backend("[VDC-5-1202] Users cannot delete themselves.")  # (inferred)
    if user is call.store.owner:
        raise backend("[VDC-5-1203] The owner of the contract cannot be deleted.")  # (inferred)


def user_removed(user: Record) -> None:
    for group in user.linked("groups").values():
        group.linked("users").pop(user.id, None)
    user.links.clear()


def user_metadata(user: Record, base: str, depth: int) -> dict[str, Any]:
    login = user.private.get("login")
    return {
        "etag": user.etag,
        "createdDate": date(user.created),
        "lastLogin": date(login) if login is not None else None,
    }


def user_groups(user: Record) -> Iterable[Record]:
    return user.linked("groups").values()


def user_owns(user: Record) -> list[Record]:
    """What a user created, as resources."""
    assert user.store is not None
    found = []
    for name, _rest in SHARED_TYPES.values():
        found += [as_resource(r) for r in user.store.root(name).values() if r.created_by_id == user.id]
    return found


# Groups


def group_removed(group: Record) -> None:
    for user in group.linked("users").values():
        user.linked("groups").pop(group.id, None)
        user.changed()
    group.links.clear()


def group_users(group: Record) -> Iterable[Record]:
    return group.linked("users").values()


def add_user(call: Call, group: Record, ident: str) -> Record:
    user = call.store.root("um/users").get(ident)
    if user is None:
        raise not_found()
    call.touch(user)
    group.linked("users")[user.id] = user
    user.linked("groups")[group.id] = group
    call.on_undo(lambda: _part(group, user))
    return user


def remove_user(call: Call, group: Record, user: Record) -> None:
    call.touch(user)
    _part(group, user)


def _part(group: Record, user: Record) -> None:
    group.linked("users").pop(user.id, None)
    user.linked("groups").pop(group.id, None)


def group_resources(group: Record) -> list[Record]:
    """What a group shares, as resources."""
    assert group.store is not None
    found = []
    for share in group.children.get("shares", {}).values():
        record = _shareable(group, share.id)
        if record is not None:
            found.append(as_resource(record))
    return found


# Shares


def _shareable(group: Record, ident: str) -> Record | None:
    assert group.store is not None
    for name, _rest in SHARED_TYPES.values():
        record = group.store.root(name).get(ident)
        if record is not None:
            return record
    return None


def create_share(call: Call, group: Record, ident: str) -> Answer:
    """``POST .../shares/{resource}``: the id comes from the path. Once more, it sets the permissions (inferred)."""
    may_manage_users(call)
    if _shareable(group, ident) is None:
        raise not_found()
    draft = checked_draft(call, call.cloud.table["share"], call.json(optional=True), group)
    known = group.collection("shares").get(ident)
    if known is not None and call.body.strip():
        return update(call, known, replace=True)
    share = known or call.new(draft, "shares", group, ident)
    headers = call.submit(immediate=True)
    return Answer(202, call.renderer.resource(share, call.depth), headers)


def update_share(call: Call, share: Record) -> Answer:
    """A PUT without a body answers the permissions as they are."""
    if not call.body.strip():
        return Answer(200, call.renderer.resource(share, call.depth))
    return update(call, share, replace=True)


# Resources


def _resource_metadata(record: Record, base: str, depth: int) -> dict[str, Any]:
    shared: Record = record.private["of"]
    return standard_metadata(shared, int(base[-1]))


def as_resource(record: Record, store: Contract | None = None) -> Record:
    """A resource as the user management shows it: its type, its name, the groups it is shared with.

    ``store`` is the contract that asks, where the resource belongs to none.
    """
    store = record.store or store
    found = Record(RESOURCE, record.id, f"/um/resources/{record.type}/{record.id}", None, store)
    found.type = record.type
    found.private["of"] = record
    found.properties = {
        "name": record.properties.get("name"),
        "secAuthProtection": record.properties.get("secAuthProtection"),
    }
    return found


def resource_groups(resource: Record) -> list[Record]:
    assert resource.store is not None
    groups = resource.store.root("um/groups").values()
    return [group for group in groups if resource.id in group.children.get("shares", {})]


RESOURCE = Row(
    "resource",
    "resource",
    {},
    rest=None,
    volatile=True,
    links=(Link("groups", resource_groups),),
    hooks=Hooks(metadata=_resource_metadata),
)


def list_resources(call: Call, kind: str | None = None) -> Answer:
    may_manage_users(call)
    names = SHARED_TYPES if kind is None else {kind: _shared_type(call, kind)}
    records = [
        as_resource(record)
        for name, since in names.values()
        if since <= call.version
        for record in call.store.root(name).values()
    ]
    path = "/um/resources" if kind is None else f"/um/resources/{kind}"
    return listing(call, None, "resources", path, records)


def _shared_type(call: Call, kind: str) -> tuple[str, int]:
    found = SHARED_TYPES.get(kind)
    if found is None or found[1] > call.version:
        raise not_found()
    return found


def read_resource(call: Call, kind: str, ident: str) -> Answer:
    may_manage_users(call)
    record = call.store.find(_shared_type(call, kind)[0], ident)
    if record is None:
        raise not_found()
    return read(call, as_resource(record, call.store))
