# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ProfitBricks API as this collection uses it: read, find, write, wait (contract sections 3 to 6)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from .._engine.clock import Clock, Deadline, Progress
from .._engine.errors import ApiError, CloudError, NotFound
from .._engine.http.transport import Transport
from .._engine.schema.resource import Resource, children
from .._engine.service import Found, Item, Selector, own_selector, parent_selectors, selector
from .answers import check_collection, check_either, check_item
from .connection import Connection
from .resources import DATACENTER_KIND, LAN_KIND, LOCATION_KIND, RESOURCES
from .states import busy

if TYPE_CHECKING:
    from datetime import datetime

    from .._engine.operation import Operation, Watch
    from .._engine.plan.steps import Call, Step
    from .requests_api import Requests


class Cloud:
    """One connection to the service, and all reading and writing that knows its conventions."""

    def __init__(
        self,
        connection: Connection,
        transport: Transport | None = None,
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.connection = connection
        self.progress = progress
        self.clock = clock or Clock()
        self.transport = transport or connection.transport(clock=self.clock)
        self.transport.progress = self._tell

    @property
    def version(self) -> int:
        return self.connection.version

    @property
    def warnings(self) -> list[str]:
        return self.connection.warnings

    @property
    def retries(self) -> int:
        return self.connection.retries

    @property
    def timeout(self) -> float:
        return self.transport.timeout

    @property
    def caller(self) -> str:
        return self.connection.credentials.username

    @property
    def resources(self) -> Mapping[str, Resource]:
        return RESOURCES

    @property
    def deepest(self) -> int:
        """The largest depth that this version documents (contract section 4)."""
        return 10 if self.version >= 6 else 5

    def obey(self, deadline: Deadline) -> None:
        """End all calls by then that have no deadline of their own."""
        self.transport.deadline = deadline

    def _tell(self, what: str, says: str, seconds: float) -> None:
        """What is told while a service gives no answer."""
        if self.progress:
            self.progress(what, says, seconds)

    # -- reading ------------------------------------------------------------------------------------------------

    def get(
        self,
        path: str,
        depth: int = 0,
        deadline: Deadline | None = None,
        resource: Resource | None = None,
    ) -> Item:
        """An object, or a collection of them, that is there."""
        return self._get(path, depth, deadline, partial(check_either, resource=resource))

    def find(
        self,
        path: str,
        resource: Resource | None,
        depth: int = 0,
        deadline: Deadline | None = None,
    ) -> Item | None:
        """An object, which has to look as the resource says; None where the service knows nothing of that path."""
        try:
            return self._get(
                path, depth, deadline, partial(check_item, resource=resource, depth=min(depth, self.deepest))
            )
        except ApiError as error:
            if error.missing:
                return None
            raise

    def _get(self, path: str, depth: int, deadline: Deadline | None, expects: Callable[[Any], None]) -> Item:
        query = {"depth": min(depth, self.deepest), "pretty": "false"}
        return dict(self.transport.call("GET", path, query, deadline=deadline, expects=expects).data)

    def items(
        self,
        resource: Resource,
        parents: Mapping[str, str],
        depth: int = 1,
        filters: Mapping[str, str] | None = None,
        most: int = 0,
        also: Mapping[str, Any] | None = None,
        deadline: Deadline | None = None,
    ) -> list[Item]:
        """All items of a collection, page after page (contract section 5); with ``most`` no more than the first.

        ``filters`` ({wire name: text}) narrow the answer where the version can; the caller still compares. ``also`` are
        parameters that this collection has of its own.
        """
        path = resource.collection_path(parents)
        query: dict[str, Any] = {"depth": min(depth, self.deepest), "pretty": "false", **(also or {})}
        if filters and self.version >= 6:
            query.update({f"filter.{name}": value for name, value in filters.items()})
        paged = bool(resource.page_limit) and self.version >= 5
        if paged:
            query["limit"] = min(resource.page_limit, most or resource.page_limit)
        expects = partial(check_collection, resource=resource, depth=min(depth, self.deepest))
        found: dict[str, Item] = {}
        offset = 0
        while True:
            if offset:
                query["offset"] = offset
            data = self.transport.call("GET", path, query, deadline=deadline, expects=expects).data
            page, before = data["items"], len(found)
            # By id, because an object created or deleted meanwhile moves the pages.
            found.update((item["id"], item) for item in page)
            offset += len(page)
            more = "next" in (data.get("_links") or {}) or (
                paged and len(page) >= (data.get("limit") or resource.page_limit)
            )
            # A page that brings nothing new is the last, whatever it says.
            if len(found) == before or not more or 0 < most <= len(found):
                return list(found.values())[: most or None]

    # -- finding ------------------------------------------------------------------------------------------------

    def locate(self, resource: Resource, options: Mapping[str, Any], tree: bool = False) -> Found:
        """Find the object and its parents with at most two reads.

        With ``tree`` the whole data center is read, for names of its other objects. Raises NotFound for a parent
        that does not exist and AmbiguousName for a name that several objects bear.
        """
        own = own_selector(resource, options)
        place = Found({})
        chain = self._start(resource, options, place, tree)
        mark = resource.by_name.get(own.mark)
        if mark and mark.refers and not RESOURCES[mark.refers].is_id(own.value):
            place.parents.setdefault(DATACENTER_KIND, chain[0].value)
            own = own._replace(value=self.lan(own.option, own.value, place))
        place.item = own.pick(self._candidates(chain, resource, own, place))
        if place.item is not None and not resource.complete(place.item):
            path = resource.item_path(place.parents, place.item["id"])
            place.item = self.find(path, resource, resource.depth)
        return place

    def locate_all(
        self,
        resource: Resource,
        options: Mapping[str, Any],
        filters: Mapping[str, str] | None = None,
        tree: bool = False,
    ) -> tuple[list[Item], Found]:
        """All objects below the named parents, and where they are; with at most two reads.

        ``tree`` as in `locate`.
        """
        place = Found({})
        chain = self._start(resource, options, place, tree)
        items = self._candidates(chain, resource, None, place, filters)
        if all(resource.complete(item) for item in items):
            return items, place
        return self.items(resource, place.parents, 1 + resource.depth, filters), place

    def sibling(self, kind: str, option: str, value: Any, place: Found) -> str:
        """The id of an object of the same data center that an option gives by name or id."""
        wanted = selector(RESOURCES[kind], option, value)
        if wanted.by_id:
            return wanted.value
        if place.tree is not None:
            items = children(place.tree, wanted.resource.collection)
        else:
            above = selector(RESOURCES[DATACENTER_KIND], DATACENTER_KIND, place.parents[DATACENTER_KIND])
            items = self._below([above], 1, wanted.resource, place.parents, 1, self.filters(wanted))
        return self._chosen(wanted, items, place)

    def lan(self, option: str, value: Any, place: Found) -> str:
        """As `sibling`, for a LAN: one task may name several, so their list is read whole, and once."""
        resource = RESOURCES[LAN_KIND]
        wanted = selector(resource, option, value)
        if wanted.by_id or place.tree is not None:
            return self.sibling(LAN_KIND, option, value, place)
        home = place.known.setdefault(DATACENTER_KIND, {"id": place.parents[DATACENTER_KIND]})
        entities = home.setdefault("entities", {})
        if resource.collection not in entities:
            above = selector(RESOURCES[DATACENTER_KIND], DATACENTER_KIND, place.parents[DATACENTER_KIND])
            entities[resource.collection] = {
                "items": self._below([above], 1, resource, place.parents, 1, None)
            }
        return self._chosen(wanted, children(home, resource.collection), place)

    def _chosen(self, wanted: Selector, items: Sequence[Item], place: Found) -> str:
        item = wanted.pick(items)
        if item is None:
            raise self._missing(wanted, place.parents, "the data center")
        return str(item["id"])

    def with_resolved_identity(
        self, resource: Resource, options: Mapping[str, Any], place: Found
    ) -> Mapping[str, Any]:
        """The options with the number of a LAN in place of its name."""
        mark = resource.by_name.get(resource.fallback)
        if mark is None or mark.refers != LAN_KIND or options.get(mark.name) in (None, ""):
            return options
        return {**options, mark.name: self.lan(mark.name, options[mark.name], place)}

    def _start(
        self, resource: Resource, options: Mapping[str, Any], place: Found, tree: bool
    ) -> list[Selector]:
        """The parents, the outermost by its id, or all where none can show the collection; with ``tree`` read what
        is below the outermost, deep enough for the object.
        """
        chain = parent_selectors(RESOURCES, resource, options)
        if not resource.embedded:
            return self._by_ids(chain, place if tree else None)
        if not chain or chain[0].by_id:
            return chain
        first = chain[0]
        item = self._existing(first, first.pick(self.items(first.resource, {}, 1, self.filters(first))), {})
        place.known[first.resource.kind] = item
        if tree:
            depth = max(2, 2 * len(chain) + resource.depth)
            path = first.resource.item_path({}, item["id"])
            place.tree = self._existing(first, self.find(path, first.resource, depth), {})
        return [first._replace(value=item["id"], mark="id"), *chain[1:]]

    def _by_ids(self, chain: Sequence[Selector], place: Found | None = None) -> list[Selector]:
        """The parents by their ids, with one read below the first of them that is named, and one of each that no read of
        its parent shows; where the first is the data center, ``place`` gets it with what is in it.
        """
        found = [*itertools.takewhile(lambda wanted: wanted.by_id, chain)]
        named = chain[len(found) :]
        if not named:
            return found
        parents = {wanted.resource.kind: wanted.value for wanted in found}
        depth = max(2 * len(named) - 1, 3 if place else 1)
        items = self._below(chain, len(found), named[0].resource, parents, depth, self.filters(named[0]))
        for wanted, inner in itertools.zip_longest(named, named[1:]):
            item = self._existing(wanted, wanted.pick(items), parents)
            if place and wanted is chain[0]:
                place.tree = item
            found.append(wanted._replace(value=item["id"], mark="id"))
            parents[wanted.resource.kind] = item["id"]
            if inner and not inner.resource.embedded:
                items = self._below(found, len(found), inner.resource, parents, 1, self.filters(inner))
            elif inner:
                items = children(item, inner.resource.collection)
        return found

    def _candidates(
        self,
        chain: Sequence[Selector],
        resource: Resource,
        own: Selector | None,
        place: Found,
        filters: Mapping[str, str] | None = None,
    ) -> list[Item]:
        """The objects among which the wanted one is, below the parents in ``chain``; fills ``place.parents``."""
        parents, index = place.parents, 0
        if place.tree is not None and resource.embedded:
            parents[DATACENTER_KIND] = place.tree["id"]
            return self._descend(chain[1:], place.tree, resource, place)
        while index < len(chain) and chain[index].by_id:
            parents[chain[index].resource.kind] = chain[index].value
            index += 1
        if index == len(chain):
            # Where the task says the id of a new one, only a list tells it from a missing parent.
            if own is not None and own.by_id and not resource.given_id:
                path = resource.item_path(parents, own.value)
                item = self.find(path, resource, resource.depth)
                return [item] if item else []
            own_filters = self.filters(own) if own else filters
            return self._below(chain, index, resource, parents, 1 + resource.depth, own_filters)
        here = chain[index]
        depth = 1 + 2 * (len(chain) - index) + resource.depth
        items = self._below(chain, index, here.resource, parents, depth, self.filters(here))
        item = self._existing(here, here.pick(items), parents)
        parents[here.resource.kind], place.known[here.resource.kind] = item["id"], item
        return self._descend(chain[index + 1 :], item, resource, place)

    def _below(
        self,
        chain: Sequence[Selector],
        index: int,
        resource: Resource,
        parents: Mapping[str, str],
        depth: int,
        filters: Mapping[str, str] | None,
    ) -> list[Item]:
        try:
            return self.items(resource, parents, depth, filters)
        except ApiError as error:
            if error.missing and index:
                raise _not_below(chain[:index]) from None
            raise

    def _descend(self, chain: Sequence[Selector], item: Item, resource: Resource, place: Found) -> list[Item]:
        """Walk down a nested answer to the collection of ``resource``."""
        for wanted in chain:
            items = children(item, wanted.resource.collection)
            item = self._among(wanted, items)
            place.parents[wanted.resource.kind], place.known[wanted.resource.kind] = item["id"], item
        return children(item, resource.collection)

    def filters(self, wanted: Selector) -> dict[str, str] | None:
        mark = wanted.resource.by_name.get(wanted.mark)
        return {mark.wire_name: wanted.value} if mark and not mark.refers else None

    # -- writing ------------------------------------------------------------------------------------------------

    @cached_property
    def requests(self) -> Requests:
        """What writes, and waits for what it has begun."""
        from .requests_api import Requests  # here, because runs without a change do not need it

        return Requests(self)

    def send(self, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """Make one write. Returns the service's answer and what to wait for (contract section 6).

        Raises Unanswered when it cannot be known whether the service took it, OperationTimeout when time ran out.
        """
        return self.requests.send(write, deadline)

    def explained(self, error: CloudError, step: Step) -> CloudError:
        if not isinstance(error, ApiError) or error.status not in (400, 422):
            return error
        from .refusals import in_options

        return in_options(error, step, self._words)

    def _words(self, option: str) -> list[str]:
        """The values of an option that the locations list: their own ids, or the aliases of their images."""
        location = RESOURCES.get(LOCATION_KIND)
        if location is None or option not in (LOCATION_KIND, "image"):
            return []
        if option == "image":
            return self._names(location, {})
        return [str(item["id"]) for item in self._all(location, {})]

    def _names(self, resource: Resource, parents: Mapping[str, str]) -> list[str]:
        """All names of the objects of a collection."""
        return [name for item in self._all(resource, parents) for name in resource.called(item)]

    def _all(self, resource: Resource, parents: Mapping[str, str]) -> list[Item]:
        """A collection, for an error message; empty if it cannot be read."""
        with suppress(CloudError):
            return self.items(resource, parents)
        return []

    def _missing(
        self,
        wanted: Selector,
        parents: Mapping[str, str],
        where: str = "",
        all_items: Sequence[Item] | None = None,
    ) -> NotFound:
        """The error for a missing object; ``all_items`` are those of its collection, if they were read."""
        if wanted.by_id:
            names = []
        elif all_items is not None:
            names = [name for item in all_items for name in wanted.resource.called(item)]
        else:
            names = self._names(wanted.resource, parents)
        return NotFound(wanted.resource.label, wanted.option, wanted.value, where, names=names)

    def _existing(self, wanted: Selector, item: Item | None, parents: Mapping[str, str]) -> Item:
        if item is None:
            raise self._missing(wanted, parents)
        return item

    def _among(self, wanted: Selector, items: Sequence[Item]) -> Item:
        """The item of a whole collection that is wanted. Raises NotFound."""
        item = wanted.pick(items)
        if item is None:
            raise self._missing(wanted, {}, all_items=items)
        return item

    def operation(self, request_id: str, what: str) -> Operation:
        """A request of the service as something to wait for (contract section 6.2)."""
        return self.requests.operation(request_id, what)

    def accepted(self, request_id: str, moment: datetime) -> None:
        """Note when the service took a request, by its own clock: `watch` then finds it in a list."""
        self.requests.moments[request_id] = moment

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Requests that are awaited together, each added by its id, with one read a round."""
        return self.requests.watch(deadline, progress)

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
        """The object once nothing more is pending on it; None if it is gone. ``created`` is the name that it was just
        created by, where the service lets several objects have one.

        Raises OperationFailed where its own state says that the service could not carry out what was asked, and Doubled
        where somebody else created another of the name meanwhile.
        """
        return self.requests.settled(resource, parents, item_id, deadline, created)


def _not_below(chain: Sequence[Selector]) -> NotFound:
    """The service does not tell which of several ids in one path it does not know."""
    *above, last = chain
    where = " of ".join(f"the {each.resource.label} {each.value!r}" for each in reversed(above))
    return NotFound(last.resource.label, last.option, last.value, where)
