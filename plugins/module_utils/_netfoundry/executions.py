# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing to the platform, and waiting for the executions that it begins (contract section 4).

Apart from `client`, because runs without a change need none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from .._engine.clock import Clock, Deadline, Progress, last_moment
from .._engine.errors import ApiError, ConnectionFailed, OperationFailed, OperationTimeout, Unanswered
from .._engine.http.request import Answer
from .._engine.operation import GRACE, Operation, Status, Watch, ended_by
from .._engine.plan.steps import Call
from .._engine.schema.field import UUID
from .._engine.schema.resource import Resource
from .._engine.service import Item
from .answers import check_item, check_work
from .resources.networks import EXECUTION
from .states import AT_ONCE, BROKEN, FAILED, FORBIDDEN, PROGRESS, RECENT, SUCCEEDED, busy, newest, status_of

# Where an answer links to the work that it has begun, newest generation first (contract sections 4.2 and 4.5).
LINKS = ("execution", "executions", "process", "process-execution", "process-executions")
WORK = re.compile(rf"/(core/v2/[\w-]+/{UUID}(?:\?.*)?)$")
EXECUTIONS = EXECUTION.path
ACCEPTED = 202  # the HTTP status of what goes on in the background
FORGIVING = 30.0  # seconds in which the platform may not yet know the work that it has accepted


class Reader(Protocol):
    """What calls and reads: the client, as far as it is needed here."""

    clock: Clock
    progress: Progress | None

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        deadline: Deadline | None = None,
    ) -> Answer:
        """One call."""

    def get(
        self,
        path: str,
        query: Mapping[str, Any] | None = None,
        deadline: Deadline | None = None,
        expects: Callable[[Any], Any] = check_item,
    ) -> Any:
        """What the platform shows at a path."""

    def read(self, path: str, query: Mapping[str, Any] | None, deadline: Deadline | None) -> Item | None:
        """An object at a path; None where there is none, or none any more."""

    def find(self, resource: Resource, item_id: str, deadline: Deadline | None = None) -> Item | None:
        """An object by its id; None where there is none, or none any more."""

    def pages(
        self,
        path: str,
        query: Mapping[str, Any],
        resource: Resource | None = None,
        deadline: Deadline | None = None,
        most: int = 0,
    ) -> Iterator[Item]:
        """The items of all pages of a collection, or of the first ``most``."""


class Executions:
    """The writes of one connection, and what is awaited of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._work: dict[str, tuple[str, float]] = {}  # by id: the path, and when it was accepted
        self._networks: set[str] = set()  # ids of the networks with executions to wait for
        self._looks: dict[str, Callable[[float], Status]] = {}
        self._looked: dict[str, int] = {}  # how often each was read on its own
        self._refused = False  # whether the caller may not list them

    def send(self, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """Make one write. Returns the platform's answer and what to wait for (contract section 4.5).

        Raises Unanswered when it cannot be known whether it was taken, OperationTimeout when time ran out.
        """
        what = f"{write.verb} of {write.what}"
        try:
            answer = self._reader.call(write.method, write.path, write.query, write.body, deadline)
        except ConnectionFailed as error:
            if deadline.left() <= GRACE:
                raise OperationTimeout(what, None, deadline.seconds, "") from error
            raise
        except ApiError as error:
            return {}, self._leaving(write, error, deadline)
        said: Item = answer.data if isinstance(answer.data, dict) else {}
        if write.verb == "create" and not isinstance(said.get("id"), str):
            raise Unanswered(f"The service accepted the {what} and did not return its id. Run the task again")
        operation = self._operation(said, what)
        if operation is None and write.method == "DELETE" and answer.status == ACCEPTED:
            operation = self._ending(write)
        if operation is not None and operation.request_id is None:
            self._looks[f"{write.verb} {write.what}"] = operation.read
        return said, operation

    def _leaving(self, write: Call, refusal: ApiError, deadline: Deadline) -> Operation | None:
        """What to wait for where a deletion is refused because there was one before; None: it is gone.

        Raises the refusal where it has another reason.
        """
        if write.method != "DELETE" or refusal.status not in (400, 404, 409):
            raise refusal
        item = None if refusal.missing else self._reader.read(write.path, None, deadline)
        if item is None:
            return None
        # What has no status says who deletes it before it says when.
        if status_of(item) != "DELETING" and not item.get("deletedBy"):
            raise refusal
        return self._ending(write)

    def _ending(self, write: Call) -> Operation:
        """A deletion that nothing but the object itself tells of."""
        operation = Operation(f"{write.verb} of {write.what}", lambda seconds: self._end(write.path, seconds))
        self._looks[f"{write.verb} {write.what}"] = operation.read
        return operation

    def _operation(self, item: Item, what: str) -> Operation | None:
        """What an answer says that goes on: an execution, or else the object's own status."""
        links = item.get("_links")
        links = links if isinstance(links, dict) else {}
        path = next(_work(links), None)
        if path is not None:
            work_id = path.partition("?")[0].rsplit("/", 1)[-1]
            self._work[work_id] = (path, self._reader.clock.now())
            self._note(item.get("networkId"))
            return Operation(what, lambda seconds: self._progress(work_id, seconds), work_id)
        own = next(_work({"execution": links.get("self")}), None)
        if own is None or str(item.get("status")) not in PROGRESS:
            return None
        return Operation(what, lambda seconds: self._life(own, seconds))

    def accepted(self, work_id: str, network: str | None) -> None:
        """Register an execution that another task began, to wait for it; ``network`` is the id of its network."""
        self._work[work_id] = (f"{EXECUTIONS}/{work_id}", self._reader.clock.now())
        self._note(network)

    def _note(self, network: Any) -> None:
        if isinstance(network, str) and network:
            self._networks.add(network)

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Executions that are awaited together, each added by its id, with few reads a round."""
        return Watch(self._statuses, deadline, progress=progress or self._reader.progress)

    def _statuses(self, work_ids: Sequence[str], seconds: float) -> dict[str, Status]:
        """The status of executions, from the lists of their networks and, for those not listed, one by one.

        The latter are read in concurrent batches, for as long as a batch contains any that has ended.
        """
        deadline = Deadline.after(self._reader.clock, seconds)
        executions = [
            each for each in work_ids if self._work.get(each, ("",))[0].startswith(f"{EXECUTIONS}/")
        ]
        found = self._recent(executions, deadline) if len(executions) > 1 and not self._refused else {}
        left = sorted(
            (each for each in work_ids if each not in found), key=lambda each: self._looked.get(each, 0)
        )
        while left and deadline.left() > 0:
            batch, left = left[:AT_ONCE], left[AT_ONCE:]
            seen = self._look_at(batch, deadline)
            found.update(seen)
            if not any(status.done or status.failed for status in seen.values()):
                break
        return found

    def _look_at(self, work_ids: Sequence[str], deadline: Deadline) -> dict[str, Status]:
        for each in work_ids:
            self._looked[each] = self._looked.get(each, 0) + 1
        if len(work_ids) == 1:
            return {work_ids[0]: self._look(work_ids[0], deadline.left())}
        with ThreadPoolExecutor(len(work_ids)) as pool:
            statuses = pool.map(lambda each: self._look(each, deadline.left()), work_ids)
            return dict(zip(work_ids, statuses, strict=True))

    def _look(self, work_id: str, seconds: float) -> Status:
        return self._looks[work_id](seconds) if work_id in self._looks else self._progress(work_id, seconds)

    def _recent(self, work_ids: Sequence[str], deadline: Deadline) -> dict[str, Status]:
        """The status of executions in the lists of their networks; none if the caller may not read those."""
        awaited, found = set(work_ids), dict[str, Status]()
        for network in sorted(self._networks):
            most = 1 + len(awaited) // RECENT
            try:
                for each in self._reader.pages(EXECUTIONS, newest(network), deadline=deadline, most=most):
                    if each["id"] in awaited:
                        check_work(each)
                        found[each["id"]] = _work_status(each)
                    if len(found) == len(awaited):
                        return found
            except ApiError as error:
                if error.status != FORBIDDEN:
                    raise
                self._refused = True
                break
        return found

    def _progress(self, work_id: str, seconds: float) -> Status:
        """One look at an execution, or at the older forms of one (contract sections 4.2 to 4.4)."""
        path, accepted = self._work[work_id]
        try:
            work = self._reader.get(
                path, deadline=Deadline.after(self._reader.clock, seconds), expects=check_work
            )
        except ApiError as error:
            if error.status in (403, 404) and self._reader.clock.now() - accepted < FORGIVING:
                return Status(says="accepted")
            raise
        self._note(work.get("networkId"))
        return _work_status(work)

    def _life(self, path: str, seconds: float) -> Status:
        """One look at an object whose status alone tells."""
        try:
            item = self._reader.get(
                path, deadline=Deadline.after(self._reader.clock, seconds), expects=check_item
            )
        except ApiError as error:
            if error.missing:
                return Status(done=True, says="DELETED")
            raise
        says = str(item.get("status") or "")
        done = bool(item.get("deletedAt")) or says not in PROGRESS
        return Status(done and says not in BROKEN, says in BROKEN, says)

    def _end(self, path: str, seconds: float) -> Status:
        """One look at an object that is being deleted and has neither an execution nor a status."""
        gone = self._reader.read(path, None, Deadline.after(self._reader.clock, seconds)) is None
        return Status(done=gone, says="" if gone else "still there")

    def settled(
        self, resource: Resource, parents: Mapping[str, str], item_id: str, deadline: Deadline
    ) -> Item | None:
        """The object once nothing more is pending on it; None if it is gone. Raises OperationFailed for a broken one."""
        last, what = last_moment(deadline), f"{resource.label} {item_id}"
        latest = next(reversed(self._work), None)
        with ended_by(
            deadline, lambda: OperationTimeout(what, latest, deadline.seconds, "that its work is done")
        ):
            item = self._reader.find(resource, item_id, last)

        def read(seconds: float) -> Status:
            nonlocal item
            item = self._reader.find(resource, item_id, Deadline.after(self._reader.clock, seconds))
            return Status(done=item is None or not busy(item), says=status_of(item))

        if item is not None and busy(item):
            Operation(f"Waiting for {what}", read).wait(deadline, progress=self._reader.progress)
        if status_of(item) in BROKEN:
            raise OperationFailed(f"The {resource.label} {item_id}", None, f"its status is {status_of(item)}")
        return item


def _work(links: Mapping[str, Any]) -> Iterator[str]:
    """The paths of single pieces of work among links; those to collections of them do not end in an id."""
    for name in LINKS:
        found = links.get(name)
        for link in found if isinstance(found, list) else [found]:
            match = WORK.search(str(link.get("href") or "") if isinstance(link, dict) else "")
            if match:
                yield match.group(1)


def _work_status(work: Item) -> Status:
    says = str(work.get("status") or work.get("state") or "")
    # The platform gives no reason, only what it was about (contract section 4.3).
    about = str(work.get("description") or work.get("name") or "no description")
    said = f"its execution ended as FAILED ({about})"
    return Status(says in SUCCEEDED, says == FAILED, says, said)
