# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels: below a resource by key, and all of them under ``/labels`` by URN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..call import Answer, Call
from ..errors import backend, not_found
from ..listing import listing
from ..operations import read
from ..permissions import sees
from ..store import Contract, Record, date
from ..table import Hooks, Row
from ..validate import Draft

LABELLED = ("datacenters", "images", "snapshots", "ipblocks")


def ident(call: Call, draft: Draft, parent: Record | None) -> str:
    return str(draft.properties["key"])


def check(call: Call, draft: Draft) -> None:
    key = draft.properties.get("key")
    if draft.parent is not None and key in draft.parent.children.get("labels", {}):
        # A key is there once (inferred).
        raise backend(f"[VDC-5-1990] Label '{key}' already exists on {draft.parent.type} {draft.parent.id}.")
    if key is not None and "/" in key:
        draft.refuse("key", "Attribute 'key' must not contain '/'")


def metadata(label: Record, base: str, depth: int) -> dict[str, Any]:
    return {
        "etag": label.etag,
        "createdDate": date(label.created),
        "createdBy": label.created_by,
        "createdByUserId": label.created_by_id,
        "lastModifiedDate": date(label.modified),
        "lastModifiedBy": label.modified_by,
        "lastModifiedByUserId": label.modified_by_id,
    }


GLOBAL = Row("global-label", "label", {}, rest=None, volatile=True, hooks=Hooks(metadata=metadata))


def _everywhere(store: Contract) -> Iterator[Record]:
    """All labels of a contract."""
    for name in LABELLED:
        for top in store.root(name).values():
            yield from top.children.get("labels", {}).values()
            for below in ("servers", "volumes"):
                for record in top.children.get(below, {}).values():
                    yield from record.children.get("labels", {}).values()


def _global(label: Record, base: str) -> Record:
    """The label as ``/labels`` shows it."""
    owner = label.parent
    assert owner is not None
    urn = f"urn:label:{owner.type}:{owner.id}:{label.id}"
    found = Record(GLOBAL, urn, f"/labels/{urn}", None, label.store)
    for name in (
        "created",
        "created_by",
        "created_by_id",
        "modified",
        "modified_by",
        "modified_by_id",
        "revision",
    ):
        setattr(found, name, getattr(label, name))
    found.properties = {
        **label.properties,
        "resourceId": owner.id,
        "resourceType": owner.type,
        "resourceHref": base + owner.path,
    }
    return found


def _seen(call: Call) -> list[Record]:
    found = []
    for label in _everywhere(call.store):
        if sees(call, label.top):
            found.append(_global(label, call.base))
    return found


def list_all(call: Call) -> Answer:
    return listing(call, None, "labels", "/labels", _seen(call))


def read_one(call: Call, urn: str) -> Answer:
    for label in _seen(call):
        if label.id == urn:
            return read(call, label)
    raise not_found()
