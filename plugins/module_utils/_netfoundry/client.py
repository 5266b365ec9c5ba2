# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The NetFoundry platform as this collection uses it: read, find, write, wait (contract sections 3 and 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .._engine.clock import Clock, Deadline, Progress
from .._engine.errors import (
    ApiError,
    ConnectionFailed,
    InvalidOption,
    NotFound,
    OperationFailed,
    OperationTimeout,
    Unanswered,
)
from .._engine.http.transport import Answer, Transport
from .._engine.operation import Operation, Status, Watch
from .._engine.plan.steps import Call
from .._engine.resource import UUID, Resource
from .._engine.service import Found, Item, Selector, own_selector, selector
from .connection import Connection
from .login import Login
from .resources import RESOURCES
from .states import BROKEN, PROGRESS

# Where an answer links to the work that it has begun, newest generation first (contract sections 4.2 and 4.5).
LINKS = ("execution", "executions", "process", "process-execution", "process-executions")
WORK = re.compile(rf"/(core/v2/[\w-]+/{UUID}(?:\?.*)?)$")
EXECUTIONS = "core/v2/executions"
RECENT = 200  # executions that are read to find those that are awaited
ACCEPTED = 202  # the HTTP status of what goes on in the background
FORGIVING = 30.0  # seconds in which the platform may not yet know the work that it has accepted

# Parameters that stand in for properties, where the collection does not honour these (contract section 3.5).
PARAMETERS = {"network": {"name": "findByName", "networkGroupId": "findByNetworkGroupId"}}
EMBED = {"edge_router": {"embed": "host"}}


class Cloud:
    """One connection to the platform, and all reading and writing that knows its conventions."""

    version = 2

    def __init__(
        self,
        connection: Connection,
        login: Login | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.connection = connection
        self.progress = progress
        self.clock = clock or Clock()
        self.login = login or connection.login(clock=self.clock)
        self.transport = transport or connection.transport(self.login, clock=self.clock)
        self._work: dict[str, tuple[str, float]] = {}
        self._looks: dict[str, Callable[[float], Status]] = {}

    @property
    def caller(self) -> str:
        return ""

    @property
    def retries(self) -> int:
        return self.connection.http.retries

    @property
    def resources(self) -> Mapping[str, Resource]:
        return RESOURCES

    # -- reading ------------------------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        deadline: Deadline | None = None,
    ) -> Answer:
        """One call; a kept token that the platform no longer takes is renewed. Raises CloudError."""
        try:
            return self.transport.call(method, path, query, body, deadline)
        except ApiError as error:
            if error.status != 401 or not self.login.forget():
                raise
        return self.transport.call(method, path, query, body, deadline)

    def get(self, path: str, query: Mapping[str, Any] | None = None, deadline: Deadline | None = None) -> Any:
        return self.call("GET", path, query, deadline=deadline).data

    def find(self, resource: Resource, item_id: str, deadline: Deadline | None = None) -> Item | None:
        """An object by its id; None where there is none, or none any more: deleted ones stay readable."""
        return self._read(resource.item_path({}, item_id), EMBED.get(resource.kind), deadline)

    def _read(self, path: str, query: Mapping[str, Any] | None, deadline: Deadline | None) -> Item | None:
        try:
            item = self.get(path, query, deadline) or {}
        except ApiError as error:
            if error.status == 404:
                return None
            raise
        return None if item.get("deletedAt") or item.get("status") == "DELETED" else item

    def items(
        self, resource: Resource, parents: Mapping[str, str], filters: Mapping[str, str] | None = None
    ) -> list[Item]:
        """All items of a collection below the known parents, page after page (contract sections 3.3 to 3.5).

        ``filters`` ({wire name: text}) narrow the answer where the service can; the caller still compares.
        """
        stand_ins = PARAMETERS.get(resource.kind, {})
        wanted = {owner.wire: parents[owner.kind] for owner in resource.owners if owner.kind in parents}
        if resource.filtered:
            wanted.update(filters or {})
        query: dict[str, Any] = {stand_ins.get(name, name): value for name, value in wanted.items()}
        query.update(EMBED.get(resource.kind, {}))
        if resource.page_limit:
            query.update(size=resource.page_limit, sort=f"{resource.identity},asc")
        found: dict[str, Item] = {}
        page = 0
        while True:
            data = self.get(resource.collection_path({}), {**query, "page": page} if page else query)
            # By id, because an object created or deleted meanwhile moves the pages.
            found.update((item["id"], item) for item in listed(data))
            page += 1
            if page >= pages(data):
                return list(found.values())

    # -- finding ------------------------------------------------------------------------------------------------

    def locate(self, resource: Resource, options: Mapping[str, Any], tree: bool = False) -> Found:
        """Find the object and its parents, each with one read at most.

        Raises NotFound for a parent that does not exist and AmbiguousName for a name that several objects bear.
        """
        own = own_selector(resource, options)
        place = Found(self._above(resource, options))
        place.item = self._own(resource, own, place.parents)
        if place.item is None:
            self._check_above(resource, options, place.parents)
        for owner in resource.owners:
            if place.item is not None and place.item.get(owner.wire):
                place.parents[owner.kind] = place.item[owner.wire]
        return place

    def locate_all(
        self,
        resource: Resource,
        options: Mapping[str, Any],
        filters: Mapping[str, str] | None = None,
        tree: bool = False,
    ) -> tuple[list[Item], Found]:
        """All objects below the named parents, and where they are."""
        place = Found(self._above(resource, options))
        items = self.items(resource, place.parents, filters)
        if not items:
            self._check_above(resource, options, place.parents)
        if resource.listed_whole:
            return items, place
        whole = (self.find(resource, item["id"]) for item in items)
        return [item for item in whole if item is not None], place

    def marks(self, resource: Resource, options: Mapping[str, Any], place: Found) -> Mapping[str, Any]:
        """No mark of a resource here is another object's id."""
        return options

    def sibling(self, kind: str, option: str, value: Any, place: Found) -> str:
        """The id of an object of the same network that an option gives by name or id; names are read once."""
        wanted = selector(RESOURCES[kind], option, value)
        if wanted.by_id:
            return wanted.value
        if kind not in place.known:
            place.known[kind] = {"items": self.items(wanted.resource, place.parents)}
        item = wanted.pick(place.known[kind]["items"])
        if item is None:
            raise NotFound(wanted.resource.label, option, value, "the network")
        return str(item["id"])

    def _above(self, resource: Resource, options: Mapping[str, Any]) -> dict[str, str]:
        """The ids of the owners that the options name, by kind."""
        found = {}
        for owner in resource.owners:
            parent, given = RESOURCES[owner.kind], options.get(owner.kind)
            if given not in (None, ""):
                wanted = selector(parent, owner.kind, given)
                found[owner.kind] = wanted.value if wanted.by_id else self._named(wanted, options)["id"]
            elif owner.required:
                raise InvalidOption(f"{owner.kind}: the name or id of the {parent.label} is needed")
        return found

    def _named(self, wanted: Selector, options: Mapping[str, Any]) -> Item:
        above = self._above(wanted.resource, options)
        item = wanted.pick(self.items(wanted.resource, above, _filters(wanted)))
        if item is None:
            raise NotFound(wanted.resource.label, wanted.option, wanted.value)
        return item

    def _own(self, resource: Resource, own: Selector, parents: Mapping[str, str]) -> Item | None:
        if own.by_id:
            item = self.find(resource, own.value)
            return item if item is not None and _belongs(resource, item, parents) else None
        item = own.pick(self.items(resource, parents, _filters(own)))
        return item if item is None or resource.listed_whole else self.find(resource, item["id"])

    def _check_above(
        self, resource: Resource, options: Mapping[str, Any], parents: Mapping[str, str]
    ) -> None:
        """An owner given by an id was not read yet: where nothing is found below it, it may not exist."""
        for owner in resource.owners:
            parent = RESOURCES[owner.kind]
            by_id = owner.kind in parents and parent.is_id(options.get(owner.kind))
            if by_id and self.find(parent, parents[owner.kind]) is None:
                raise NotFound(parent.label, owner.kind, options[owner.kind])

    # -- writing ------------------------------------------------------------------------------------------------

    def send(self, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """Make one write. Returns the platform's answer and what to wait for (contract section 4.5).

        Raises Unanswered when it cannot be known whether it was taken, OperationTimeout when time ran out.
        """
        what = f"{write.verb} of {write.what}"
        try:
            answer = self.call(write.method, write.path, write.query, write.body, deadline)
        except ConnectionFailed as error:
            if deadline.left() <= 0:
                raise OperationTimeout(what, None, deadline.seconds, "") from error
            raise
        except ApiError as error:
            return {}, self._leaving(write, error, deadline)
        said: Item = answer.data if isinstance(answer.data, dict) else {}
        if write.verb == "create" and "id" not in said:
            raise Unanswered(f"The service accepted the {what} and did not say its id. Run the task again")
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
        item = None if refusal.status == 404 else self._read(write.path, None, deadline)
        if item is None:
            return None
        if _status(item) != "DELETING":
            raise refusal
        return self._ending(write)

    def _ending(self, write: Call) -> Operation:
        """A deletion that nothing but the object itself tells of."""
        operation = Operation(f"{write.verb} of {write.what}", lambda seconds: self._end(write.path, seconds))
        self._looks[f"{write.verb} {write.what}"] = operation.read
        return operation

    def _operation(self, item: Item, what: str) -> Operation | None:
        """What an answer says that goes on: an execution, or else the object's own status."""
        path = next(_work(item.get("_links") or {}), None)
        if path is not None:
            work_id = path.partition("?")[0].rsplit("/", 1)[-1]
            self._work[work_id] = (path, self.clock.now())
            return Operation(what, lambda seconds: self._progress(work_id, seconds), work_id)
        own = next(_work({"execution": (item.get("_links") or {}).get("self")}), None)
        if own is None or str(item.get("status")) not in PROGRESS:
            return None
        return Operation(what, lambda seconds: self._life(own, seconds))

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Executions that are awaited together, each added by its id, with one read a round."""
        return Watch(self._statuses, deadline, progress=progress or self.progress)

    def _statuses(self, work_ids: Sequence[str], seconds: float) -> dict[str, Status]:
        """The status of executions by one list of the latest; of the oldest alone where that cannot tell."""
        oldest = work_ids[0]
        if oldest in self._looks:
            return {oldest: self._looks[oldest](seconds)}
        work_ids = [each for each in work_ids if each in self._work]
        paths = {self._work[each][0].partition("?")[0].rpartition("/")[0] for each in work_ids}
        if len(work_ids) == 1 or paths != {EXECUTIONS}:
            return {oldest: self._progress(oldest, seconds)}
        deadline = Deadline.after(self.clock, seconds)
        query = {"size": RECENT, "sort": "createdAt,desc"}
        recent = {each["id"]: each for each in listed(self.get(EXECUTIONS, query, deadline))}
        found = {each: _work_status(recent[each]) for each in work_ids if each in recent}
        return found or {oldest: self._progress(oldest, deadline.left())}

    def _progress(self, work_id: str, seconds: float) -> Status:
        """One look at an execution, or at the older forms of one (contract sections 4.2 to 4.4)."""
        path, accepted = self._work[work_id]
        try:
            work = self.get(path, deadline=Deadline.after(self.clock, seconds)) or {}
        except ApiError as error:
            if error.status in (403, 404) and self.clock.now() - accepted < FORGIVING:
                return Status(says="accepted")
            raise
        return _work_status(work)

    def _life(self, path: str, seconds: float) -> Status:
        """One look at an object whose status alone tells."""
        try:
            item = self.get(path, deadline=Deadline.after(self.clock, seconds)) or {}
        except ApiError as error:
            if error.status == 404:
                return Status(done=True, says="DELETED")
            raise
        says = str(item.get("status") or "")
        done = bool(item.get("deletedAt")) or says not in PROGRESS
        return Status(done and says not in BROKEN, says in BROKEN, says)

    def _end(self, path: str, seconds: float) -> Status:
        """One look at an object that is being deleted and has neither an execution nor a status."""
        gone = self._read(path, None, Deadline.after(self.clock, seconds)) is None
        return Status(done=gone, says="" if gone else "still there")

    def busy(self, resource: Resource, item: Item) -> bool:
        """Whether it is still being made, changed or deleted: by its status, or else until the network knows it."""
        if item.get("status"):
            return item["status"] in PROGRESS
        return "zitiId" in item and item["zitiId"] is None

    def settled(
        self, resource: Resource, parents: Mapping[str, str], item_id: str, deadline: Deadline
    ) -> Item | None:
        """The object once nothing more is pending on it; None if it is gone. Raises OperationFailed for a broken one."""
        # What is done may be read, be it in the last moment.
        item = self.find(resource, item_id, Deadline.after(self.clock, max(1.0, deadline.left())))

        def read(seconds: float) -> Status:
            nonlocal item
            item = self.find(resource, item_id, Deadline.after(self.clock, seconds))
            return Status(done=item is None or not self.busy(resource, item), says=_status(item))

        if item is not None and self.busy(resource, item):
            Operation(f"Waiting for {resource.label} {item_id}", read).wait(deadline, progress=self.progress)
        if _status(item) in BROKEN:
            raise OperationFailed(f"The {resource.label} {item_id}", None, f"its status is {_status(item)}")
        return item


# -- the platform's forms -----------------------------------------------------------------------------------------


def listed(data: Any) -> list[Item]:
    """The items of a collection in any of its forms (contract section 3.3)."""
    if isinstance(data, dict):
        embedded = data.get("_embedded")
        data = next(iter(embedded.values()), []) if isinstance(embedded, dict) else data.get("content")
    return [item for item in data or [] if isinstance(item, dict)]


def pages(data: Any) -> int:
    """How many pages the collection has."""
    if not isinstance(data, dict):
        return 1
    page = data.get("page")
    return int((page if isinstance(page, dict) else data).get("totalPages") or 1)


def _work(links: Mapping[str, Any]) -> Iterator[str]:
    """The paths of single pieces of work among links; those to collections of them do not end in an id."""
    for name in LINKS:
        found = links.get(name)
        for link in found if isinstance(found, list) else [found]:
            match = WORK.search(str((link or {}).get("href") or ""))
            if match:
                yield match.group(1)


def _work_status(work: Item) -> Status:
    says = str(work.get("status") or work.get("state") or "")
    # The platform gives no reason, only what it was about (contract section 4.3).
    about = str(work.get("description") or work.get("name") or "no description")
    said = f"its execution ended as FAILED ({about})"
    return Status(says in ("FINISHED", "SUCCESS"), says == "FAILED", says, said)


def _status(item: Item | None) -> str:
    return str((item or {}).get("status") or "")


def _filters(wanted: Selector) -> dict[str, str]:
    mark = wanted.resource.by_name.get(wanted.mark)
    return {mark.wire_name: wanted.value} if mark is not None else {}


def _belongs(resource: Resource, item: Item, parents: Mapping[str, str]) -> bool:
    return all(
        item.get(owner.wire) in (None, parents.get(owner.kind, item.get(owner.wire)))
        for owner in resource.owners
    )


def only(items: Sequence[Item], option: str, label: str) -> Item:
    """The one item that there is, which need not be named. Raises InvalidOption."""
    if len(items) == 1:
        return items[0]
    names = ", ".join(sorted(str(item.get("shortName") or item.get("name")) for item in items)) or "none"
    raise InvalidOption(f"{option}: there are {len(items)} {label}s ({names}), so that one must be named")
