# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of a client: who asks, for what, and the request that a write starts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from .errors import ServiceError, bad_request, not_found
from .queue import Request
from .render import Renderer
from .store import Contract, Record, remove
from .validate import Draft

if TYPE_CHECKING:
    from .cloud import Cloud

# What a stored request does not repeat of the headers it came with.
_UNREPEATED = frozenset(("authorization", "cookie"))


@dataclass
class Answer:
    """What goes back: ``payload`` None is an empty body; a ``raw`` one is text that is sent as it is."""

    status: int
    payload: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    raw: bool = False


class Call:
    """A client's call in progress. The cloud's lock is held while it is worked on.

    :ivar base: absolute URL up to and including the version; every href starts with it.
    :ivar store: the contract of the user who asks.
    """

    def __init__(
        self,
        cloud: Cloud,
        user: Record,
        version: int,
        base: str,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
    ):
        assert user.store is not None
        self.cloud = cloud
        self.user = user
        self.store: Contract = user.store
        self.version = version
        self.base = base
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.now = cloud.now()
        self.failure: str | None = None
        # What the write makes, and what it changes with the properties before.
        self.created: list[Record] = []
        self.updated: list[tuple[Record, dict[str, Any]]] = []
        self._request: Request | None = None

    @property
    def renderer(self) -> Renderer:
        return Renderer(self.cloud.table, self.base, self.version)

    @property
    def depth(self) -> int:
        return self.number("depth", 0, 0, 10)

    def number(self, name: str, default: int, least: int, most: int | None = None) -> int:
        """An integer query parameter; 422 when it is no integer or out of range."""
        text = self.query.get(name)
        if text is None or text == "":
            return default
        try:
            value = int(text)
        except ValueError:
            raise ServiceError(
                422, [("100", f"[(query).{name}] Attribute '{name}' must be an integer")]
            ) from None
        if value < least or (most is not None and value > most):
            limit = f"between {least} and {most}" if most is not None else f"at least {least}"
            raise ServiceError(422, [("100", f"[(query).{name}] Attribute '{name}' must be {limit}")])
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        text = self.query.get(name)
        return default if text is None else text.strip().lower() in ("", "true", "1")

    def json(self, *, optional: bool = False) -> Any:
        """The body, whatever its declared type; 400 when it is not JSON."""
        if not self.body.strip():
            if optional:
                return {}
            raise bad_request("The request body is empty; JSON is expected")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise bad_request("The request body is not valid JSON") from None

    @property
    def request(self) -> Request:
        """The request this write is; made on first use."""
        if self._request is None:
            kept = {k.lower(): v for k, v in self.headers.items() if k.lower() not in _UNREPEATED}
            self._request = request = Request(
                self.cloud.new_id(),
                self.store,
                self.base + self.path,
                self.method,
                kept,
                self.body.decode("utf-8", "replace"),
            )
            request.created = request.modified = self.now
            request.created_by, request.created_by_id = self.user.properties["email"], self.user.id
        return self._request

    def abandon(self) -> None:
        """The write was refused after all: what it had begun is taken back."""
        if self._request is not None:
            self._request.release()
            for step in reversed(self._request.undo):
                step()
        for record in reversed(self.created):
            remove(record)

    def discard(self) -> None:
        """The write takes effect at once and leaves no request."""
        self.request.release()
        self._request = None

    def touch(self, record: Record, *, listed: bool = True) -> None:
        """This write changes ``record``, and with it the data center around it."""
        self.request.touch(record, listed=listed)
        above = record.above("datacenter")
        if above is not None and above is not record:
            self.request.touch(above, listed=False)

    def on_done(self, step: Callable[[], object]) -> None:
        self.request.done.append(step)

    def on_undo(self, step: Callable[[], object]) -> None:
        self.request.undo.append(step)

    def rests_after(self, record: Record, phase: int) -> None:
        """Which state a resource is in after a creation (0), update (1) or deletion (2) of a kind that can fail."""
        failed = record.row.failed
        if failed is None:
            return
        self.request.failed.append(partial(_rest, record, failed[phase]))
        self.on_done(partial(_rest, record, record.row.rest))

    def fail(self, message: str) -> None:
        """The write is accepted, and its request will end FAILED."""
        if self.request.failure is None:
            self.request.failure = message

    def submit(self, *, immediate: bool = False) -> dict[str, str]:
        """Start the request; answers the headers that name it. 422 where it exceeds the contract."""
        self.cloud.hold_to_limits(self)
        request = self.request
        if self.failure is not None:
            request.failure = self.failure
        # What the write does to a data center or in it makes a new version of that, its bare creation apart.
        made = {id(record) for record in self.created}
        datacenters = {
            above.id: above
            for record in request.busy
            if (above := record.above("datacenter")) is not None
            and not (above is record and id(record) in made)
        }
        for datacenter in datacenters.values():
            self.on_done(partial(_bump, datacenter))
        first = next(
            (r for r in request.busy if r.above("datacenter")), request.busy[0] if request.busy else None
        )
        key = (first.above("datacenter") or first.top).path if first else None
        seconds = 0.0 if immediate else self.cloud.settings.provision_seconds
        self.store.root("requests")[request.id] = request
        self.cloud.line.submit(request, key, self.now, seconds)
        return {"Location": f"{self.base}{request.path}/status"}

    def find(self, collection: str, ident: str) -> Record:
        found = self.store.find(collection, ident)
        if found is None:
            raise not_found()
        return found

    def new(self, draft_: Draft, collection: str, parent: Record | None, ident: str | None = None) -> Record:
        """Make the record of a checked creation, BUSY until the request is DONE."""
        row = draft_.row
        record = self.make(row, collection, parent, ident)
        values = draft_.properties
        for spec in row.fields:
            value = values.get(spec.name)
            if spec.secret or spec.mode == "request":
                if value is not None:
                    record.private[spec.name] = value
                if spec.secret:
                    record.properties[spec.name] = None
            else:
                record.properties[spec.name] = spec.initial() if value is None else value
        self.created.append(record)
        self.request.touch_new(record)
        if row.failed is None:
            self.on_undo(partial(remove, record))
        else:
            self.rests_after(record, 0)
        return record

    def make(self, row: Any, collection: str, parent: Record | None, ident: str | None = None) -> Record:
        """An empty record in its place."""
        ident = ident or self.cloud.new_id()
        path = f"{parent.path if parent else ''}/{collection}/{ident}"
        record = Record(row, ident, path, parent, self.store)
        record.created = record.modified = self.now
        record.created_by = record.modified_by = self.user.properties["email"]
        record.created_by_id = record.modified_by_id = self.user.id
        home = parent.collection(collection) if parent else self.store.root(collection)
        home[ident] = record
        return record


def _rest(record: Record, state: str | None) -> None:
    record.rest = state
    record.changed()


def _bump(datacenter: Record) -> None:
    """The data center, or something inside, is different."""
    properties = datacenter.properties
    datacenter.properties = {**properties, "version": (properties["version"] or 0) + 1}
    datacenter.changed()
