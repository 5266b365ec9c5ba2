# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan knows, and how it asks for more.

A plan is pure: it reads nothing. What it needs beyond the task's own object it asks of its `Facts`, which answer from
what was read, and note as a `Read` what was not. Whoever makes the plan has the reads carried out and plans again,
until nothing is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from ..errors import CHECK, NotFound
from ..schema.field import Field
from ..schema.resource import Resource
from ..service import Found, Item, Selector, selector
from .steps import Path, Ref

if TYPE_CHECKING:
    from .protect import Going


class Read(NamedTuple):
    """Something to be read: a collection below its parents, or one object of it where ``item_id`` is given.

    ``name`` says that only objects of that name are wanted, ``depth`` how deep the answer has to be, ``also`` holds
    parameters that the collection has of its own, and ``where`` filters ({wire name: text}) for a list that stands in
    for several reads of single objects. What the user may not see counts as none where the read is ``lenient``.
    """

    resource: Resource
    parents: tuple[tuple[str, str], ...] = ()
    item_id: str = ""
    name: str = ""
    depth: int = 1
    also: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    lenient: bool = False


@dataclass(eq=False, repr=False)
class Facts:
    """All that a plan may know.

    ``options`` are what the task says, with ids in place of the names that say which object is meant; ``have`` is the
    object's result before the task, None if there is none; ``found`` says where it is. ``busy``: the service is still
    at work on it. ``answers`` hold what was read for the plan, ``open`` what it asked for since. A plan tells in
    ``unmanaged`` the paths of what is there and nobody described, in ``warnings`` what a user should know, and in
    ``unheard`` the values that it passes on without knowing them, for a refusal to name as well.
    """

    # Whether a plan can be made for check mode below a parent that is not there.
    rehearses: ClassVar[bool] = False
    # The totals of a tree, by name: the collection and the field to add up.
    measures: ClassVar[Mapping[str, tuple[str, str]]] = {}

    version: int
    resource: Resource
    resources: Mapping[str, Resource]
    options: Mapping[str, Any]
    state: str
    found: Found
    have: Item | None = None
    busy: bool = False
    check_mode: bool = False
    caller: str = ""
    answers: dict[Read, list[Item]] = field(default_factory=dict)
    open: list[Read] = field(default_factory=list)
    unmanaged: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)

    def purges(self, collection: str) -> bool:
        """Whether what is there of a collection and not listed is deleted."""
        purge = self.options.get("purge") or ()
        return collection in purge or "all" in purge

    def called(self, resource: Resource, have: Item, path: Path) -> tuple[Path, ...]:
        """All paths by which a user may know an existing object, that of the plan first."""
        return (path,)

    def spare(self, going: Sequence[Going]) -> None:
        """Raise CloudError if a deletion would remove anything protected: the object, or its contents."""
        from .protect import spare  # here, because only what deletes needs it

        spare(self.options.get("protect") or (), going)

    # -- asking -------------------------------------------------------------------------------------------------

    def ask(self, read: Read) -> list[Item]:
        """The wire's items that a read tells; none as long as it is open, and of what is yet to come."""
        if any(isinstance(each, Ref) for each in (read.item_id, *dict(read.parents).values())):
            return []
        answer = self.answers.get(read)
        if answer is None and read.lenient:
            # What the user may see, a stricter read has told in full.
            answer = self.answers.get(read._replace(lenient=False))
        if answer is not None:
            return answer
        if read not in self.open:
            self.open.append(read)
        return []

    def items(self, resource: Resource, parents: Mapping[str, str], **more: Any) -> list[Item]:
        """The wire's items of a collection."""
        return self.ask(Read(resource, tuple(parents.items()), **more))

    def item(self, resource: Resource, parents: Mapping[str, str], item_id: str, **more: Any) -> Item | None:
        """One object as the wire shows it; None where there is none."""
        found = self.ask(Read(resource, tuple(parents.items()), item_id, **more))
        return found[0] if found else None

    @staticmethod
    def name_of(item: Mapping[str, Any]) -> str:
        """The name of an object as the service's answer to its creation shows it, where it shows what is in it."""
        return ""

    # -- names --------------------------------------------------------------------------------------------------

    def refers(self, kind: str) -> bool:
        """Whether options that refer to this kind take a name in place of what the service takes."""
        return kind in self.resources

    def id_of(self, kind: str, option: str, value: Any) -> str | Ref:
        """The id of the object that an option gives by name or id. Raises NotFound, and AmbiguousName."""
        resource = self.resources[kind]
        wanted = selector(resource, option, value)
        return wanted.value if wanted.by_id else self.named(wanted)

    def named(self, wanted: Selector) -> str | Ref:
        """The id of the object that is meant by its name, among those of the same data center or network."""
        resource = wanted.resource
        parents = self.around(resource)
        items = self.items(resource, parents, name=wanted.value)
        item = wanted.pick(items)
        if item is None and parents and self.found.missing:
            return Ref((resource.kind, wanted.value))
        if item is None:
            raise self.missing(wanted, parents, *self.nowhere(resource))
        return str(item["id"])

    def missing(
        self, wanted: Selector, parents: Mapping[str, str], where: str = "", advice: str = CHECK
    ) -> NotFound:
        """The error for a missing object; reads all of its kind, to suggest similar names."""
        resource = wanted.resource
        # As long as a read is open, the object may still turn up.
        items = [] if wanted.by_id or self.open else self.items(resource, parents)
        names = [name for item in items for name in resource.called(item)]
        return NotFound(resource.label, wanted.option, wanted.value, where, advice, names)

    def in_words(self, kind: str, value: Any) -> Any:
        """The name of an object in place of its id, as far as something read for the plan tells it."""
        if isinstance(value, Ref):
            return str(value)
        read = (item for each, items in self.answers.items() if each.resource.kind == kind for item in items)
        names = (self.name_of(item) for item in read if item.get("id") == value)
        return next(names, "") or value

    def around(self, resource: Resource) -> dict[str, str]:
        """The ids of the parents below which objects of another kind are looked for."""
        return {kind: self.found.parents[kind] for kind in resource.parents if kind in self.found.parents}

    def nowhere(self, resource: Resource) -> tuple[str, str]:
        """Where there is no object of that name, and what to do about it."""
        return f"the {self.resources[resource.parents[0]].label}" if resource.parents else "", CHECK


def with_ids(
    fields: Sequence[Field], values: Mapping[str, Any], facts: Facts, but: Sequence[str] = (), above: str = ""
) -> dict[str, Any]:
    """The values of options with ids in place of the names of other objects, in nested options too; ``but`` are left."""
    found = dict(values)
    for each in fields:
        given = values.get(each.name)
        if given in (None, "", []) or each.name in but:
            continue
        option = f"{above}{each.name}"
        if each.options and isinstance(given, list):
            found[each.name] = [with_ids(each.options, one, facts, (), f"{option}.") for one in given]
        elif each.options:
            found[each.name] = with_ids(each.options, given, facts, (), f"{option}.")
        elif facts.refers(each.refers):
            found[each.name] = _ids(each, option, given, facts)
    return found


class Reference(NamedTuple):
    """That an option names another object: of which kind, and its id."""

    kind: str
    option: str
    value: Any


def references(fields: Sequence[Field], values: Mapping[str, Any], above: str = "") -> Iterator[Reference]:
    """All that options refer to, those of nested ones too."""
    for each in fields:
        given, option = values.get(each.name) or (), f"{above}{each.name}"
        for one in given if isinstance(given, list) else (given,) if given else ():
            if each.options:
                yield from references(each.options, one, f"{option}.")
            elif each.refers:
                yield Reference(each.refers, option, one)


def _ids(each: Field, option: str, given: Any, facts: Facts) -> Any:
    values = [
        facts.id_of(each.refers, option, value) for value in (given if isinstance(given, list) else [given])
    ]
    # Two names of one object are one.
    found = [_as_number(value) if each.shown_type == "int" else value for value in dict.fromkeys(values)]
    return found if isinstance(given, list) else found[0]


def _as_number(value: Any) -> int | Ref:
    return Ref(value.path, number=True) if isinstance(value, Ref) else int(value)
