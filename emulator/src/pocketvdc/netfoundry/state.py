# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state: entities, and executions, which are the work that is under way on them."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from .table import Row

# How much of its time an execution cannot be seen yet, first 404 and then 403 (section 4.2; shares inferred).
UNKNOWN_SHARE = 0.05
HIDDEN_SHARE = 0.1
STARTED_SHARE = 0.3


def moment(seconds: float | None) -> str | None:
    """A point in time as Core writes it."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(seconds: float | None) -> dict[str, int] | None:
    """A point in time as Identity writes it."""
    if seconds is None:
        return None
    whole = int(seconds)
    return {"epochSecond": whole, "nano": round((seconds - whole) * 1e6) * 1000}


class Entity:
    """One object of any service.

    ``values`` hold properties by wire name, ``private`` what is never shown. ``scope`` is the path of what
    it is a member of: (), (group,) or (group, network). ``created_by`` None marks the service's own work.
    ``idle_at`` is when the last execution on it ends.
    """

    __slots__ = (
        "created", "created_by", "deleted", "deleted_by", "id", "idle_at", "leaving", "organization",
        "private", "row", "scope", "status", "updated", "values", "ziti_id",
    )  # fmt: skip

    def __init__(self, row: Row, ident: str, organization: str, scope: tuple[str, ...], now: float):
        self.row = row
        self.id = ident
        self.organization = organization
        self.scope = scope
        self.values: dict[str, Any] = {}
        self.private: dict[str, Any] = {}
        self.status = "NEW"
        self.ziti_id: str | None = None
        self.created = self.updated = self.idle_at = now
        self.created_by: str | None = None
        self.deleted: float | None = None
        self.deleted_by: str | None = None
        self.leaving = False

    def __repr__(self) -> str:
        return f"<{self.row.noun} {self.id}>"

    @property
    def name(self) -> str:
        return str(self.values.get("name"))

    @property
    def network_id(self) -> str | None:
        """The network it is a member of."""
        return self.scope[1] if len(self.scope) > 1 else None

    @property
    def gone(self) -> bool:
        """Whether its deletion is complete."""
        return self.deleted is not None and not self.leaving

    @property
    def path(self) -> tuple[str, ...]:
        """Its place for roles: a group and a network are places of their own."""
        return (*self.scope, self.id) if self.row.kind in ("networks", "network-groups") else self.scope


class Execution(Entity):
    """Work on one entity. ``done`` runs when it ends well, ``undo`` when ``failure`` says why it does not."""

    __slots__ = ("done", "ends", "failure", "finished", "link", "starts", "success", "target", "undo")

    def __init__(self, row: Row, ident: str, target: Entity, now: float):
        super().__init__(row, ident, target.organization, target.path, now)
        self.target = target
        self.starts = self.ends = now
        self.failure: str | None = None
        self.finished = False
        self.success = "FINISHED"
        self.done: Callable[[], None] = _nothing
        self.undo: Callable[[], None] = _nothing

    def state(self, now: float) -> str:
        """NEW, STARTED, RUNNING, then FINISHED or SUCCESS, or FAILED."""
        if self.finished:
            return "FAILED" if self.failure else self.success
        gone = (now - self.starts) / (self.ends - self.starts or 1)
        return "NEW" if gone < HIDDEN_SHARE else "STARTED" if gone < STARTED_SHARE else "RUNNING"

    def refusal(self, now: float) -> int | None:
        """HTTP status while it cannot be seen yet."""
        if self.finished:
            return None
        gone = (now - self.created) / (self.ends - self.created or 1)
        return 404 if gone < UNKNOWN_SHARE else 403 if gone < HIDDEN_SHARE else None

    def finish(self) -> None:
        """Apply what it was for, or take it back; nothing where its network took the target along."""
        self.finished = True
        self.updated = self.ends
        if not self.target.gone:
            self.target.updated = self.ends
            (self.undo if self.failure else self.done)()


def _nothing() -> None:
    """What most work has to undo."""


class Agenda:
    """What happens when. Nothing runs in the background: whoever looks first settles what is due."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, when: float, step: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._heap, (when, self._count, step))

    @property
    def left(self) -> int:
        """How many steps are still to come."""
        return len(self._heap)

    def settle(self, now: float) -> None:
        while self._heap and self._heap[0][0] <= now:
            heapq.heappop(self._heap)[2]()
