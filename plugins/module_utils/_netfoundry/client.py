# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The NetFoundry platform as this collection uses it: read, find, write, wait (contract sections 3 and 4)."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from math import inf
from typing import TYPE_CHECKING, Any

from .._engine.clock import Clock, Deadline, Progress
from .._engine.errors import ApiError, CloudError, InvalidOption, NotFound
from .._engine.http.request import Answer, Request
from .._engine.http.transport import Transport
from .._engine.schema.resource import Resource
from .._engine.service import Found, Item, Selector, own_selector, selector
from .answers import IDENTITIES, check_collection, check_either, check_item, listed, page_count
from .auth import Auth
from .connection import Connection
from .resources import RESOURCES
from .resources.networks import NETWORK
from .states import AT_ONCE, busy, managed_elsewhere

if TYPE_CHECKING:
    from .._engine.operation import Operation, Watch
    from .._engine.plan.steps import Call, Step
    from .executions import Executions

# Parameters that stand in for properties, where the collection does not honour these (contract section 3.5).
PARAMETERS = {"network": {"name": "findByName", "networkGroupId": "findByNetworkGroupId"}}
RESOURCE_TYPES, RESOURCE_ACTIONS = "auth/v1/resource-types", "auth/v1/resource-actions"
EMBED = {"edge_router": {"embed": "host"}}


class Cloud:
    """One connection to the platform, and all reading and writing that knows its conventions."""

    version = 2

    def __init__(
        self,
        connection: Connection,
        auth: Auth | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.connection = connection
        self.progress = progress
        self.clock = clock or Clock()
        self.auth = auth or connection.auth(clock=self.clock)
        self.transport = transport or connection.transport(self.auth, clock=self.clock)
        self.transport.progress = self._tell
        self.networks: dict[str, Item] = {}  # by id, as last read when looking them up by name
        self._dated: datetime | None = None  # when the platform last answered, if it told
        self._newer: dict[str, None] = {}  # warnings about networks that another version of Core manages

    @property
    def warnings(self) -> list[str]:
        return [*self.connection.warnings, *self._newer]

    @property
    def retries(self) -> int:
        return self.connection.http.retries

    @property
    def timeout(self) -> float:
        return self.transport.timeout

    @property
    def caller(self) -> str:
        return ""

    @property
    def resources(self) -> Mapping[str, Resource]:
        return RESOURCES

    def obey(self, deadline: Deadline) -> None:
        """End all calls by then that have no deadline of their own."""
        self.transport.deadline = deadline
        self.auth.obey(deadline, self._tell)

    def _tell(self, what: str, says: str, seconds: float) -> None:
        """What is told while a service gives no answer."""
        if self.progress:
            self.progress(what, says, seconds)

    # -- reading ------------------------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        deadline: Deadline | None = None,
    ) -> Answer:
        """One call; a token that the platform does not take is renewed once. Raises CloudError."""
        return self._make(Request(method, path, query, body, deadline))

    def _make(self, request: Request) -> Answer:
        used = self.auth.header()
        try:
            answer = self.transport.make(request)
        except ApiError as error:
            if error.status != 401 or not self.auth.forget(used):
                raise
            answer = self.transport.make(request)
        self._dated = answer.date
        return answer

    def service_time(self) -> float:
        """Seconds since the epoch when the platform last answered, by its own clock if it told the time."""
        return self._dated.timestamp() if self._dated else time.time()

    def get(
        self,
        path: str,
        query: Mapping[str, Any] | None = None,
        deadline: Deadline | None = None,
        expects: Callable[[Any], Any] = check_either,
    ) -> Any:
        """An object or a list; what ``expects`` makes sure of."""
        return self._make(Request("GET", path, query, deadline=deadline, expects=expects)).data

    def find(self, resource: Resource, item_id: str, deadline: Deadline | None = None) -> Item | None:
        """An object by its id; None where there is none, or none any more: deleted ones stay readable."""
        return self.read(resource.item_path({}, item_id), EMBED.get(resource.kind), deadline, resource)

    def read(
        self,
        path: str,
        query: Mapping[str, Any] | None,
        deadline: Deadline | None,
        resource: Resource | None = None,
    ) -> Item | None:
        try:
            item: Item = self.get(path, query, deadline, partial(check_item, resource=resource))
        except ApiError as error:
            if error.missing:
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
        path = resource.collection_path({})
        read = list(self.pages(path, query, resource))
        if not read and resource.kind == "identity":
            # There may be none of one type or organization. That there are none at all is no answer.
            list(self.pages(IDENTITIES, {}, resource))
        found = [each for each in read if _belongs(resource, each, parents)]
        for owner in resource.owners:
            # An owner that is not given may be any within the objects that are given above it.
            above = {each.kind for each in RESOURCES[owner.kind].owners} & parents.keys()
            if above and owner.kind not in parents:
                there = {each["id"] for each in self.items(RESOURCES[owner.kind], parents)}
                found = [each for each in found if each.get(owner.wire) in there]
        return found

    def pages(
        self,
        path: str,
        query: Mapping[str, Any],
        resource: Resource | None = None,
        deadline: Deadline | None = None,
        most: int = 0,
    ) -> Iterator[Item]:
        """The items of all pages, or of the first ``most``; each once, though objects come and go meanwhile."""
        expects = partial(check_collection, path=path, resource=resource, narrowed=bool(query))
        seen: set[str] = set()
        for page in itertools.count():
            data = self.get(path, {**query, "page": page} if page else query, deadline, expects)
            fresh = {mark: item for item in listed(data) if (mark := _mark(item)) not in seen}
            yield from fresh.values()
            seen.update(fresh)
            # A page that brings nothing new is the last, whatever it says.
            if not fresh or page + 1 >= min(page_count(data), most or inf):
                return

    # -- finding ------------------------------------------------------------------------------------------------

    def locate(self, resource: Resource, options: Mapping[str, Any], tree: bool = False) -> Found:
        """Find the object and its parents, each with one read at most.

        Raises NotFound for a parent that does not exist and AmbiguousName for a name that several objects bear.
        """
        own = own_selector(resource, options)
        place = Found(self.above(resource, options))
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
        place = Found(self.above(resource, options))
        items = self.items(resource, place.parents, filters)
        if not items:
            self._check_above(resource, options, place.parents)
        if resource.listed_whole:
            return items, place
        whole = (self.find(resource, item["id"]) for item in items)
        return [item for item in whole if item is not None], place

    def with_resolved_identity(
        self, resource: Resource, options: Mapping[str, Any], place: Found
    ) -> Mapping[str, Any]:
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
            names = [name for each in place.known[kind]["items"] for name in wanted.resource.called(each)]
            raise NotFound(wanted.resource.label, option, value, "the network", names=names)
        return str(item["id"])

    def above(self, resource: Resource, options: Mapping[str, Any]) -> dict[str, str]:
        """The ids of the owners that the options name, by kind."""
        found = {}
        for owner in resource.owners:
            parent, given = RESOURCES[owner.kind], options.get(owner.kind)
            if given not in (None, ""):
                wanted = selector(parent, owner.kind, given)
                found[owner.kind] = wanted.value if wanted.by_id else self._named(wanted, options)["id"]
            elif owner.required:
                raise InvalidOption(f"{owner.kind}: the name or id of the {parent.label} is needed")
            else:
                found.update(self.above(parent, options))
        return found

    def _named(self, wanted: Selector, options: Mapping[str, Any]) -> Item:
        above = self.above(wanted.resource, options)
        item = meant(wanted, self.items(wanted.resource, above, _filters(wanted)))
        if item is None:
            names: list[str] = []
            with suppress(CloudError):
                names = [
                    n for each in self.items(wanted.resource, above) for n in wanted.resource.called(each)
                ]
            raise NotFound(wanted.resource.label, wanted.option, wanted.value, names=names)
        if wanted.resource is NETWORK:
            self.networks[str(item["id"])] = item
            self.note_version(item)
        return item

    def note_version(self, network: Item) -> None:
        """Warn, once, about a network whose contents no list of Core v2 shows (contract section 8.15)."""
        said = managed_elsewhere(network)
        if said:
            self._newer[f"{said}; its contents are not shown"] = None

    def named(self, kind: str, options: Mapping[str, Any]) -> Item:
        """The object of a kind that the option of that name refers to, by name or id. Raises NotFound, AmbiguousName."""
        wanted = selector(RESOURCES[kind], kind, options[kind])
        if not wanted.by_id:
            return self._named(wanted, options)
        item = self.find(wanted.resource, wanted.value)
        if item is None:
            raise NotFound(wanted.resource.label, kind, options[kind])
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
            if owner.kind in parents and parent.is_id(options.get(owner.kind)):
                item = self.find(parent, parents[owner.kind])
                if item is None:
                    raise NotFound(parent.label, owner.kind, options[owner.kind])
                self.note_version(item)
            if owner.kind not in parents:
                self._check_above(parent, options, parents)

    @cached_property
    def offered(self) -> list[tuple[Item, list[Item]]]:
        """The types of resources, each with the actions that can be granted on it (contract section 6.2)."""
        kinds = list(self.pages(RESOURCE_TYPES, {}))
        queries = [{"resourceTypeId": str(kind["id"])} for kind in kinds]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            actions = pool.map(lambda query: list(self.pages(RESOURCE_ACTIONS, query)), queries)
            return list(zip(kinds, actions, strict=True))

    # -- writing ------------------------------------------------------------------------------------------------

    def explained(self, error: CloudError, step: Step) -> CloudError:
        return error

    @cached_property
    def executions(self) -> Executions:
        """What writes, and waits for what it has begun."""
        from .executions import Executions  # here, because runs without a change do not need it

        return Executions(self)

    def send(self, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """Make one write. Returns the platform's answer and what to wait for (contract section 4.5).

        Raises Unanswered when it cannot be known whether it was taken, OperationTimeout when time ran out.
        """
        return self.executions.send(write, deadline)

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Executions that are awaited together, each added by its id, with few reads a round."""
        return self.executions.watch(deadline, progress)

    def busy(self, resource: Resource, item: Item) -> bool:
        return busy(item)

    def settled(
        self,
        resource: Resource,
        parents: Mapping[str, str],
        item_id: str,
        deadline: Deadline,
        created: Selector | None = None,
    ) -> Item | None:
        """The object once nothing more is pending on it; None if it is gone. Raises OperationFailed for a broken one.

        The platform itself holds names apart, whatever was ``created`` at the same time.
        """
        return self.executions.settled(resource, parents, item_id, deadline)


def _mark(item: Item) -> str:
    """What identifies an item of a list: places and versions have no id (contract sections 7.3 and 7.4)."""
    return str(item.get("id") or sorted((name, str(value)) for name, value in item.items()))


def meant(wanted: Selector, items: Sequence[Item]) -> Item | None:
    """The item that a text refers to, by its identifying field or its alternative name. Raises AmbiguousName."""
    item, other = wanted.pick(items), wanted.resource.fallback
    if item is None and other and not wanted.by_id:
        return wanted._replace(mark=other).pick(items)
    return item


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
    raise InvalidOption(f"{option}: there are {len(items)} {label}s ({names}); name one of them")
