# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of the cloud: records, and what one contract owns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .table import Row

if TYPE_CHECKING:
    from .cloud import Cloud

SYSTEM = "System"
NOBODY = "00000000-0000-0000-0000-000000000000"


def date(seconds: float) -> str:
    """A point in time as the service writes it: whole seconds, UTC."""
    return _date(int(seconds))


def precise_date(seconds: float) -> str:
    """The same with milliseconds, where recordings have them."""
    return f"{date(seconds)[:-1]}.{int(seconds % 1 * 1000):03}Z"


@lru_cache(maxsize=1024)
def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Record:
    """One resource. Children are indexed by collection and id, links by collection and id.

    ``properties`` hold wire names; ``private`` holds what is never served (passwords, counters).
    ``pending`` counts the unfinished requests that touch the resource.
    """

    __slots__ = (
        "alive", "cached", "children", "created", "created_by", "created_by_id", "id", "links", "modified",
        "modified_by", "modified_by_id", "parent", "path", "pending", "phase", "private", "properties",
        "rest", "revision", "row", "store", "type",
    )  # fmt: skip

    def __init__(self, row: Row, ident: str, path: str, parent: Record | None, store: Contract | None):
        self.row = row
        self.id = ident
        self.type = row.type
        self.path = path
        self.parent = parent
        self.store = store
        self.properties: dict[str, Any] = {}
        self.private: dict[str, Any] = {}
        self.children: dict[str, dict[str, Record]] = {}
        self.links: dict[str, dict[str, Record]] = {}
        self.created = self.modified = 0.0
        self.created_by = self.modified_by = SYSTEM
        self.created_by_id = self.modified_by_id = NOBODY
        self.rest = row.rest
        self.phase = row.phases[0]
        self.pending = 0
        self.revision = 1
        self.alive = True
        self.cached: tuple[Any, ...] | None = None

    def __repr__(self) -> str:
        return f"<{self.type} {self.id}>"

    @property
    def state(self) -> str | None:
        return self.phase if self.pending and self.rest is not None else self.rest

    @property
    def etag(self) -> str:
        return hashlib.md5(f"{self.id}:{self.revision}".encode(), usedforsecurity=False).hexdigest()

    def collection(self, name: str) -> dict[str, Record]:
        return self.children.setdefault(name, {})

    def linked(self, name: str) -> dict[str, Record]:
        return self.links.setdefault(name, {})

    def above(self, kind: str) -> Record | None:
        """The nearest ancestor of a kind, or the record itself."""
        here: Record | None = self
        while here is not None and here.row.kind != kind:
            here = here.parent
        return here

    def below(self) -> Iterator[Record]:
        """The record and everything it owns, parents first."""
        yield self
        for collection in self.children.values():
            for child in collection.values():
                yield from child.below()

    @property
    def top(self) -> Record:
        """The top-level resource that it is part of."""
        here = self
        while here.parent is not None:
            here = here.parent
        return here

    @property
    def leaving(self) -> bool:
        """Whether its deletion, or that of something around it, is accepted."""
        here: Record | None = self
        while here is not None:
            if not here.alive or "leaving" in here.private:
                return True
            here = here.parent
        return False

    def changed(self) -> None:
        """Something visible is different: a new etag, and cached answers are stale."""
        self.revision += 1
        self.cached = None

    def stamp(self, user: Record | None, now: float) -> None:
        """Note who changed it and when."""
        self.modified = now
        if user is not None:
            self.modified_by, self.modified_by_id = user.properties["email"], user.id
        self.changed()


class Contract:
    """Everything that belongs to one contract. ``roots`` are its top-level collections by path."""

    def __init__(self, cloud: Cloud, number: int):
        self.cloud = cloud
        self.number = number
        self.owner: Record | None = None
        self.roots: dict[str, dict[str, Record]] = {}
        # How much is left of each limited figure, at least: limit and rest.
        self.room: dict[str, tuple[int, int]] = {}
        # Addresses in use, by the ids of what holds them.
        self.consumers: dict[str, dict[str, Record]] = {}

    def root(self, collection: str) -> dict[str, Record]:
        return self.roots.setdefault(collection, {})

    def find(self, collection: str, ident: str) -> Record | None:
        """A top-level resource of this contract, or one that all contracts share."""
        found = self.root(collection).get(ident)
        return found if found is not None else self.cloud.shared(collection).get(ident)

    def unshare(self, ident: str) -> None:
        """No group shares a resource any more that is gone."""
        for group in self.root("um/groups").values():
            group.children.get("shares", {}).pop(ident, None)

    def all(self, collection: str) -> list[Record]:
        return [*self.cloud.shared(collection).values(), *self.root(collection).values()]


def remove(record: Record) -> None:
    """Take a record and everything below it out of the state. Gone already is fine."""
    if not record.alive:
        return
    for gone in reversed(list(record.below())):
        gone.alive = False
        if gone.row.hooks.removed is not None:
            gone.row.hooks.removed(gone)
    home = record.path.rsplit("/", 1)[0]
    if record.parent is not None:
        record.parent.children[home[len(record.parent.path) + 1 :]].pop(record.id, None)
    elif record.store is not None:
        record.store.root(home[1:]).pop(record.id, None)
        record.store.unshare(record.id)
