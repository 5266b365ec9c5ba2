# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing to the ProfitBricks API, and waiting for the requests that it makes of writes (contract section 6).

Apart from `client`, because runs without a change need none of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from .._engine.answers import an_object
from .._engine.clock import Clock, Deadline, Progress, last_moment
from .._engine.errors import (
    ApiError,
    BadAnswer,
    ConnectionFailed,
    Doubled,
    OperationFailed,
    OperationTimeout,
    Unanswered,
)
from .._engine.http.transport import Transport
from .._engine.operation import GRACE, Operation, Status, Watch, ended_by
from .._engine.plan.steps import Call
from .._engine.schema.resource import Resource
from .._engine.service import Item, Selector
from .answers import check_collection, check_item
from .states import busy, state_of

REQUEST_ID = re.compile(r"/requests/([-A-Fa-f0-9]+)")


class Reader(Protocol):
    """What reads: the client, as far as it is needed here."""

    transport: Transport
    clock: Clock
    progress: Progress | None

    @property
    def version(self) -> int:
        """Version of the API that is spoken."""

    def get(self, path: str, depth: int = 0, deadline: Deadline | None = None) -> Item:
        """What the service shows at a path."""

    def find(
        self,
        path: str,
        resource: Resource | None,
        depth: int = 0,
        deadline: Deadline | None = None,
    ) -> Item | None:
        """An object; None where the service knows nothing of that path."""

    def items(
        self,
        resource: Resource,
        parents: Mapping[str, str],
        depth: int = 1,
        filters: Mapping[str, str] | None = None,
        *,
        deadline: Deadline | None = None,
    ) -> list[Item]:
        """All items of a collection; of those that ``filters`` mean, where the version can tell."""

    def filters(self, wanted: Selector) -> dict[str, str] | None:
        """How a collection is narrowed to what a selector means."""


class Requests:
    """The writes of one connection. ``moments``: when the service took requests, by their ids and its own clock."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.moments: dict[str, datetime] = {}
        self._latest: str | None = None  # the request of the last write

    def send(self, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """As `client.Cloud.send`."""
        what = f"{write.verb} of {write.what}"
        for again in (write.safe, False):
            try:
                body, form = (None, write.body) if write.form else (write.body, None)
                answer = self._reader.transport.call(
                    write.method, write.path, write.query, body, deadline, form
                )
                break
            except ConnectionFailed as error:
                if deadline.left() <= GRACE:
                    raise OperationTimeout(what, None, deadline.seconds, "") from error
                if not (again and isinstance(error, Unanswered)):
                    raise
            except ApiError as error:
                if write.method == "DELETE" and error.missing:
                    return {}, None
                raise
        match = REQUEST_ID.search(answer.headers.get("Location", ""))
        self._latest = match.group(1) if match else None
        if match and (taken := answer.date):
            # A request without a moment is awaited by itself.
            self.moments[match.group(1)] = taken
        data = answer.data if isinstance(answer.data, dict) else {}
        if write.verb == "create" and not isinstance(data.get("id"), str):
            raise Unanswered(f"The service accepted the {what} and did not return its id. Run the task again")
        if write.verb == "create":
            _check_created(what, data)
        return data, self.operation(match.group(1), what) if match else None

    def operation(self, request_id: str, what: str) -> Operation:
        """As `client.Cloud.operation`."""
        return Operation(what, lambda seconds: self._status(request_id, seconds), request_id)

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """As `client.Cloud.watch`."""
        return Watch(self._statuses, deadline, progress=progress or self._reader.progress)

    def settled(
        self,
        resource: Resource,
        parents: Mapping[str, str],
        item_id: str,
        deadline: Deadline,
        created: Selector | None = None,
    ) -> Item | None:
        """As `client.Cloud.settled`."""
        reader, path = self._reader, resource.item_path(parents, item_id)
        last = last_moment(deadline)
        what = f"{resource.label} {item_id}"
        with ended_by(
            deadline, lambda: OperationTimeout(what, self._latest, deadline.seconds, "that its work is done")
        ):
            item = self.among(created, parents, item_id, last) if created else None
            item = item or reader.find(path, resource, resource.depth, last)

        def read(seconds: float) -> Status:
            nonlocal item
            item = reader.find(path, resource, resource.depth, Deadline.after(reader.clock, seconds))
            return Status(done=not busy(item), says=state_of(item))

        if busy(item):
            Operation(f"Waiting for {what}", read, self._latest).wait(deadline, progress=reader.progress)
        _raise_failed(resource, item_id, item)
        return item

    def among(
        self,
        created: Selector,
        parents: Mapping[str, str],
        item_id: str,
        deadline: Deadline,
    ) -> Item | None:
        """A new object, out of one read of all that have its name: no more than a read of it alone. Raises Doubled."""
        reader, resource = self._reader, created.resource
        if reader.version < 6:  # which cannot list those of one name
            return None
        listed = reader.items(
            resource, parents, 1 + resource.depth, reader.filters(created), deadline=deadline
        )
        alike = created.all(listed)
        if len(alike) > 1:
            alike.sort(key=lambda each: (str((each.get("metadata") or {}).get("createdDate")), each["id"]))
            raise Doubled(resource.label, created.option, created.value, [each["id"] for each in alike])
        return next((each for each in alike if each["id"] == item_id), None)

    def _statuses(self, request_ids: Sequence[str], seconds: float) -> dict[str, Status]:
        """The status of requests with one read: of the oldest alone where the version cannot list the recent ones."""
        reader, oldest = self._reader, request_ids[0]
        moments = [self.moments[each] for each in request_ids if each in self.moments]
        if reader.version < 6 or len(request_ids) == 1 or len(moments) < len(request_ids):
            return {oldest: self._status(oldest, seconds)}
        since = min(moments).astimezone(UTC) - timedelta(seconds=2)
        query = {
            "depth": 2,
            "pretty": "false",
            "limit": 1000,
            "filter.createdAfter": since.strftime("%Y-%m-%d %H:%M:%S"),
        }
        deadline = Deadline.after(reader.clock, seconds)
        data = reader.transport.call(
            "GET", "requests", query, deadline=deadline, expects=_check_requests
        ).data
        listed = {item["id"]: item for item in data["items"]}
        found = {
            each: _request_status((listed[each].get("metadata") or {}).get("requestStatus") or {})
            for each in request_ids
            if each in listed
        }
        return found or {oldest: self._status(oldest, deadline.left())}

    def _status(self, request_id: str, seconds: float) -> Status:
        deadline = Deadline.after(self._reader.clock, seconds)
        return _request_status(self._reader.get(f"requests/{request_id}/status", deadline=deadline))


def _check_created(what: str, data: Item) -> None:
    """Refuse an answer to a creation that cannot tell what else was created. Raises Unanswered."""
    try:
        check_item(data)
    except BadAnswer as error:
        raise Unanswered(f"The {what} was not answered properly: {error}. Run the task again") from None


def _check_requests(data: Any) -> None:
    check_collection(data)
    for item in data["items"]:
        status = an_object((item.get("metadata") or {}).get("requestStatus"), "requestStatus")
        an_object(status.get("metadata"), "metadata")


def _request_status(item: Item) -> Status:
    metadata = item.get("metadata") or {}
    status = str(metadata.get("status") or "")
    return Status(status == "DONE", status == "FAILED", status, str(metadata.get("message") or ""))


def _raise_failed(resource: Resource, item_id: str, item: Item | None) -> None:
    state = state_of(item)
    if state.startswith("FAILED"):
        name = ((item or {}).get("properties") or {}).get(resource.identity) or item_id
        raise OperationFailed(
            f"{resource.label} {name}",
            None,
            f"its state is {state}; delete it, or ask the provider's support",
        )
