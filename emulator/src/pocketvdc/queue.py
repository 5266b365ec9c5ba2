# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests and their time.

Every data center works on its requests one after the other; other resources each have a line of their
own. Nothing runs in the background: whoever looks first settles what is finished by then.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from typing import Any

from .store import Contract, Record, date, precise_date
from .table import Hooks, Row

SUCCESS = "Request has been successfully executed"
UNEXPECTED = "[VDC-5-0] An unexpected error occurred"
# How much of its time a request is QUEUED before it is RUNNING (inferred).
QUEUED_SHARE = 0.1


class Request(Record):
    """A request of the service: what was asked, which resources it touches, what is left to do.

    ``done`` runs when it succeeds, ``undo`` (last first) when it fails or was refused, ``failed`` only when it
    fails; ``failure`` is the message that it will fail with.
    """

    __slots__ = (
        "_busy",
        "_targets",
        "done",
        "doomed",
        "ends",
        "failed",
        "failure",
        "finished",
        "starts",
        "undo",
    )

    def __init__(
        self, ident: str, store: Contract, url: str, method: str, headers: Mapping[str, str], body: str
    ):
        super().__init__(ROW, ident, f"/requests/{ident}", None, store)
        self.properties = {"method": method, "headers": dict(headers), "body": body, "url": url}
        if method == "DELETE" and not body:
            del self.properties["body"]
        # By identity, in order: a composite creation touches thousands.
        self._targets: dict[int, Record] = {}
        self._busy: dict[int, Record] = {}
        self.done: list[Callable[[], object]] = []
        self.undo: list[Callable[[], object]] = []
        self.failed: list[Callable[[], object]] = []
        self.failure: str | None = None
        self.starts = self.ends = 0.0
        self.finished = False
        # A request for a resource that an earlier request of the line deletes can only fail.
        self.doomed: Callable[[], bool] = lambda: False

    def touch(self, record: Record, *, listed: bool = True) -> None:
        """The request changes ``record``: it is BUSY until then; listed ones are named as targets."""
        if id(record) not in self._busy:
            self._busy[id(record)] = record
            record.pending += 1
            record.changed()
        if listed:
            self._targets[id(record)] = record

    def touch_new(self, record: Record) -> None:
        """As ``touch``, for a record that cannot be known to the request yet."""
        self._busy[id(record)] = self._targets[id(record)] = record
        record.pending += 1

    @property
    def busy(self) -> list[Record]:
        return list(self._busy.values())

    @property
    def targets(self) -> list[Record]:
        return list(self._targets.values())

    def release(self) -> None:
        """Nothing is BUSY because of this request any more."""
        for record in self._busy.values():
            record.pending -= 1
            record.changed()
        self._busy = {}

    def status(self, now: float) -> str:
        if self.finished:
            return "FAILED" if self.failure else "DONE"
        return "QUEUED" if now < self.starts + QUEUED_SHARE * (self.ends - self.starts) else "RUNNING"

    def finish(self) -> None:
        """Apply what the request was for, or take it back."""
        if self.failure is None and self.doomed():
            self.failure = UNEXPECTED
        self.release()
        for step in self.done if self.failure is None else (*reversed(self.undo), *self.failed):
            step()
        self.done, self.undo, self.failed = [], [], []
        self.finished = True
        self.changed()


class Line:
    """All unfinished requests, by the time they end."""

    def __init__(self) -> None:
        self.heap: list[tuple[float, int, Request]] = []
        self.free_at: dict[str, float] = {}
        self.count = 0

    def submit(self, request: Request, key: str | None, now: float, seconds: float) -> None:
        """Put a request at the end of a line; ``key`` None means that nothing is ahead of it."""
        request.starts = max(now, self.free_at.get(key, now)) if key else now
        request.ends = request.starts + seconds
        if key:
            self.free_at[key] = request.ends
        self.count += 1
        heapq.heappush(self.heap, (request.ends, self.count, request))

    def settle(self, now: float) -> None:
        """Finish every request whose time has come, in order."""
        while self.heap and self.heap[0][0] <= now:
            heapq.heappop(self.heap)[2].finish()


def status_metadata(request: Request, base: str, now: float) -> dict[str, Any]:
    """``metadata`` of ``/requests/{id}/status``."""
    status = request.status(now)
    return {
        "status": status,
        "message": (request.failure or SUCCESS) if request.finished else None,
        "etag": request.etag,
        "targets": [
            {
                "target": {"id": record.id, "type": record.type, "href": base + record.path},
                "status": status,
            }
            for record in request.targets
        ],
    }


def status_object(request: Request, base: str, now: float, *, full: bool) -> dict[str, Any]:
    """The request-status object; a bare reference unless ``full``."""
    found: dict[str, Any] = {
        "id": f"{request.id}/status",
        "type": "request-status",
        "href": f"{base}{request.path}/status",
    }
    if full:
        found["metadata"] = status_metadata(request, base, now)
    return found


def _metadata(record: Record, base: str, depth: int) -> dict[str, Any]:
    assert isinstance(record, Request) and record.store is not None
    return {
        # Recorded with milliseconds in v4 (contract section 3).
        "createdDate": precise_date(record.created) if base.endswith("/v4") else date(record.created),
        "createdBy": record.created_by,
        "etag": record.etag,
        "requestStatus": status_object(record, base, record.store.cloud.now(), full=depth >= 1),
    }


def _sought(record: Record, name: str) -> Any:
    assert isinstance(record, Request) and record.store is not None
    if name in ("status", "requestStatus"):
        return record.status(record.store.cloud.now())
    return None


ROW = Row(
    "request",
    "request",
    {"": "requests"},
    verbs="LR",
    rest=None,
    paged=(5, 6),
    volatile=True,
    hooks=Hooks(metadata=_metadata, sought=_sought),
)
