# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task needs of a service, whichever it is: finding objects, writing, waiting.

How objects are named is decided here; how they are read and written, each vendor's client knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from .clock import Clock, Deadline, Progress
from .errors import AmbiguousName, CloudError, InvalidOption
from .schema.field import UUID, Field, is_uuid
from .schema.resource import Resource

if TYPE_CHECKING:
    from .operation import Operation, Watch
    from .plan.steps import Call, Step

Item = dict[str, Any]


class Selector(NamedTuple):
    """How an option names an object: by id, by the value of the field ``mark``, or, without a mark, as the only one."""

    resource: Resource
    option: str
    value: str
    mark: str = "id"

    @property
    def by_id(self) -> bool:
        return self.mark == "id"

    def pick(self, items: Sequence[Item]) -> Item | None:
        """The item that is meant, or None. Raises AmbiguousName when several are."""
        found = self.all(items)
        if len(found) > 1:
            ids = [item["id"] for item in found]
            raise AmbiguousName(self.resource.label, self.option, self.value or "any", ids)
        return found[0] if found else None

    def all(self, items: Sequence[Item]) -> list[Item]:
        """The items that may be meant."""
        return [item for item in items if self._means(item)]

    def _means(self, item: Item) -> bool:
        if self.by_id:
            return str(item.get("id")).lower() == self.value.lower()
        if not self.mark:
            return True
        mark = self.resource.by_name[self.mark]
        have = mark.decode(mark.shown_in(self.resource.properties(item)))
        return have is not None and mark.same(self.value, str(have))


@dataclass(eq=False, repr=False)
class Found:
    """Where a task works: ids of the parents by kind, and the object itself if it is there.

    ``tree`` is the data center with all in it, if it had to be read; ``known`` holds, by kind, what was read of other objects on the way.
    ``missing`` names a parent that is not there, where check mode goes on as if it were; all parents are then yet to come.
    """

    parents: dict[str, Any]
    item: Item | None = None
    tree: Item | None = None
    known: dict[str, Item] = field(default_factory=dict)
    missing: str = ""


class Service(Protocol):
    """One connection to a service. All of it raises CloudError."""

    clock: Clock
    progress: Progress | None

    @property
    def version(self) -> int:
        """Version of the API that is spoken."""

    @property
    def warnings(self) -> Sequence[str]:
        """What a user should know of the connection."""

    @property
    def retries(self) -> int:
        """How often a call is repeated that failed for a passing reason."""

    @property
    def timeout(self) -> float:
        """Seconds that one call may take."""

    @property
    def resources(self) -> Mapping[str, Resource]:
        """The service's resources by kind."""

    def obey(self, deadline: Deadline) -> None:
        """End all calls by then that have no deadline of their own; `last_moment` is left to each."""

    def locate(self, resource: Resource, options: Mapping[str, Any], tree: bool = False) -> Found:
        """Find the object and its parents; with ``tree`` also what else is in its data center."""

    def locate_all(
        self,
        resource: Resource,
        options: Mapping[str, Any],
        filters: Mapping[str, str] | None = None,
        tree: bool = False,
    ) -> tuple[list[Item], Found]:
        """All objects below the parents that the options name, and where they are."""

    def with_resolved_identity(
        self, resource: Resource, options: Mapping[str, Any], place: Found
    ) -> Mapping[str, Any]:
        """The options with ids in place of names, where a mark of the resource is another object's id."""

    @property
    def caller(self) -> str:
        """The user that calls, where the credentials tell."""

    def send(self, call: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
        """Make one write; returns the service's answer and what to wait for."""

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Operations that are awaited together, each added by the id of its request."""

    def busy(self, resource: Resource, item: Item) -> bool:
        """Whether something is still pending on an object that was read."""

    def explained(self, error: CloudError, step: Step) -> CloudError:
        """Why a step was refused, in terms of the task's options if the service's message can be translated."""

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


def parent_selectors(
    resources: Mapping[str, Resource], resource: Resource, options: Mapping[str, Any]
) -> list[Selector]:
    """How a task's options name the parents of what it is about, outermost first."""
    selectors = []
    for kind in resource.parents:
        if options.get(kind) in (None, ""):
            raise InvalidOption(f"{kind}: the name or id of the {resources[kind].label} is needed")
        selectors.append(selector(resources[kind], kind, options[kind]))
    return selectors


def selector(resource: Resource, option: str, value: Any) -> Selector:
    """An option that takes a name or an id."""
    text = str(value)
    if resource.is_id(text):
        return Selector(resource, option, _plain_id(resource, text))
    return Selector(resource, option, text, resource.identity)


def _plain_id(resource: Resource, value: str) -> str:
    """An id as the service writes it: only UUIDs may be given in capitals."""
    return value.lower() if resource.id_pattern == UUID else value


def own_selector(resource: Resource, options: Mapping[str, Any]) -> Selector:
    """How a task's options name the object that it is about. Raises InvalidOption when they do not."""
    if options.get("id") not in (None, ""):
        value = str(options["id"])
        resource.must_be_id(value)
        return Selector(resource, "id", _plain_id(resource, value))
    name = options.get(resource.identity)
    if name not in (None, ""):
        if is_uuid(name) and resource.id_pattern == UUID:
            return Selector(resource, resource.identity, str(name).lower())
        return Selector(resource, resource.identity, str(name), resource.identity)
    if resource.fallback and options.get(resource.fallback) not in (None, ""):
        return Selector(resource, resource.fallback, str(options[resource.fallback]), resource.fallback)
    if resource.lone:
        return Selector(resource, "id", "", mark="")
    marks = " or ".join(mark for mark in (resource.identity, resource.fallback, "id") if mark)
    raise InvalidOption(f"{marks}: give one of them, to say which {resource.label} is meant")


def needs_tree(
    resources: Mapping[str, Resource], resource: Resource, more: Sequence[Field], options: Mapping[str, Any]
) -> bool:
    """Whether an option names another object of the data center by its name, so that its id must be looked up."""
    return _names_others(resources, (*resource.writable, *more), options) or any(
        needs_tree(resources, child.resource, (), nested)
        for child in resource.children
        if child.creatable
        for nested in options.get(child.name) or ()
    )


def _names_others(
    resources: Mapping[str, Resource], fields: Sequence[Field], options: Mapping[str, Any]
) -> bool:
    for each in fields:
        target, given = resources.get(each.refers), options.get(each.name)
        values = given if isinstance(given, list) else [given]
        if target and target.parents and not all(v in (None, "") or target.is_id(v) for v in values):
            return True
        if any(isinstance(v, Mapping) and _names_others(resources, each.options, v) for v in values):
            return True
    return False
