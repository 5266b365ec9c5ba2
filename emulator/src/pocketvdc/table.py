# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a resource is described: fields, rows, links, actions.

A row is all the grammar needs to serve a resource with every generic operation: its collections,
its fields and, where the service does something special, functions. A new resource costs one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .call import Call
    from .store import Record
    from .validate import Draft, Site

# A new record and, by collection, what was created or linked below it.
Built = tuple["Record", dict[str, list[Any]]]

VERSIONS = (4, 5, 6)
NEWEST = 6

# Rules that are broken: the field, the text and, where it is not 100, the code.
Broken = Iterable[tuple[str, ...]]

# Any enumeration maps its values to the API version that introduced them.
Enum = Mapping[str, int]


def enum(*values: str, since: int = 4) -> dict[str, int]:
    """An enumeration whose values are all known since one API version."""
    return dict.fromkeys(values, since)


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a resource, as it appears on the wire.

    :param type: ``string``, ``integer``, ``number``, ``boolean``, ``strings``, ``map``, ``reference``,
        ``object`` or ``objects``; the last two are described by ``fields``.
    :param required: API versions in which a creation without it is refused.
    :param put_required: API versions in which a PUT without it is refused.
    :param mode: ``rw``; ``create`` (immutable afterwards); ``once`` (no update may
        even repeat it); ``read`` (refused as read-only); ``ignore`` (what is
        sent has no effect); ``request`` (accepted, never served).
    :param secret: accepted and kept privately; always read as null.
    :param served: False for a secret that answers do not even name.
    :param keep: a PUT that leaves it out does not reset it.
    :param clears: an empty string is as good as null.
    :param maximum: the largest value, or one for each API version.
    """

    name: str
    type: str = "string"
    default: Any = None
    required: tuple[int, ...] = ()
    put_required: tuple[int, ...] = ()
    values: Enum | None = None
    minimum: float | None = None
    maximum: float | Mapping[int, float] | None = None
    length: int | None = None
    since: int = 4
    until: int = NEWEST
    mode: str = "rw"
    secret: bool = False
    served: bool = True
    keep: bool = False
    clears: bool = False
    fields: tuple[Field, ...] = ()
    rule: Callable[[Any], str | None] | None = None

    def known(self, version: int) -> bool:
        return self.since <= version <= self.until

    @property
    def kept(self) -> bool:
        """Whether it stays where a PUT leaves it out; names always do (contract section 9, item 19)."""
        return self.keep or self.name == "name"

    def initial(self) -> Any:
        """The default of a new record; lists are declared as tuples and must not be shared."""
        return list(self.default) if isinstance(self.default, tuple) else self.default

    def largest(self, version: int) -> float | None:
        return self.maximum[version] if isinstance(self.maximum, Mapping) else self.maximum


@dataclass(frozen=True, slots=True)
class Link:
    """A collection of resources that belong elsewhere, such as the volumes attached to a server.

    ``members`` answers the records; ``attach`` and ``detach`` are absent where the service has no such
    operation; ``replace`` sets the whole collection. ``create`` lets a POST with ``properties`` create the
    member in the same step. ``gettable`` says whether single members have a path, ``readable`` and
    ``routed`` whether the collection can be listed by itself and has a path at all. Nested members are made in
    the ``order`` that they have among all nested creations.
    """

    name: str
    members: Callable[[Record], Iterable[Record]]
    member: str = ""
    attach: Callable[[Call, Record, str], Record] | None = None
    detach: Callable[[Call, Record, Record], None] | None = None
    create: Callable[[Call, Record, Draft], Built] | None = None
    replace: Callable[[Call, Record, list[str]], None] | None = None
    gettable: bool = True
    readable: bool = True
    routed: bool = True
    entity: bool = True
    order: int = 9
    since: int = 4
    until: int = NEWEST
    paged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An operation below one resource that is not one of its collections.

    ``run`` answers a record, a plain JSON value, or None for an empty body.
    """

    name: str
    run: Callable[[Call, Record], Any]
    method: str = "POST"
    status: int = 202
    since: int = 4


@dataclass(frozen=True, slots=True)
class Hooks:
    """The places where a resource differs from the generic operations. Each one is optional.

    :param ident: chooses the id of a new record (LAN numbers, label keys).
    :param first: what is refused before the values of the fields are looked at; gets the draft and the values sent.
    :param rules: what values of several fields or other resources forbid, as names of fields, texts and, where it is
        not 100, codes; asked for creations with the draft, for updates with the record, and all values as they will be.
    :param check: further rules of a creation.
    :param build: derived values of a new record, at acceptance.
    :param ready: derived values when the creation is DONE.
    :param check_update: further rules of an update; gets the record and the changed values.
    :param updated: effects of an update at acceptance; gets the record and its old properties.
    :param settled: effects when the update is DONE; gets the record and its old properties.
    :param check_delete: raises when the resource must not be deleted.
    :param removed: clears what points at a resource that is gone.
    :param view: replaces stored values in answers (references, computed lists).
    :param expanded: resources that v4 shows whole where others show a reference, by property.
    :param metadata: builds the metadata where they differ from the usual ones.
    :param select: applies query parameters of its own to a list.
    :param sought: the value that a filter on a name compares with.
    """

    ident: Callable[[Call, Draft, Record | None], str] | None = None
    first: Callable[[Draft, Mapping[str, Any]], None] | None = None
    rules: Callable[[Call, Site, Mapping[str, Any]], Broken] | None = None
    check: Callable[[Call, Draft], None] | None = None
    build: Callable[[Call, Record, Draft], None] | None = None
    ready: Callable[[Call, Record], None] | None = None
    check_update: Callable[[Call, Record, dict[str, Any]], None] | None = None
    updated: Callable[[Call, Record, dict[str, Any]], None] | None = None
    settled: Callable[[Call, Record, dict[str, Any]], None] | None = None
    check_delete: Callable[[Call, Record], None] | None = None
    removed: Callable[[Record], None] | None = None
    view: Callable[[Record, dict[str, Any], str], None] | None = None
    expanded: Callable[[Record], Mapping[str, Record]] | None = None
    metadata: Callable[[Record, str, int], dict[str, Any] | None] | None = None
    sought: Callable[[Record, str], Any] | None = None
    select: Callable[[Call, list[Record]], list[Record]] | None = None


@dataclass(frozen=True)
class Row:
    """One kind of resource.

    :param kind: the name other rows call it by.
    :param type: the ``type`` string on the wire.
    :param under: collection name by parent kind; ``""`` is the root of the API (a path such as
        ``um/users`` is fine there).
    :param verbs: which of L(ist) C(reate) R(ead) P(UT) M(PATCH) D(elete) exist.
    :param verb_since: API version of a verb that came later than the resource.
    :param under_since: API version of a collection, by parent kind, that came later than the resource.
    :param metadata_since: API version in which its answers first have metadata.
    :param rest: ``metadata.state`` when nothing is pending; None for resources without a state.
    :param phases: ``metadata.state`` while it is created, updated, deleted.
    :param failed: ``metadata.state`` after a failed creation, update, deletion; without them a failed write is
        taken back and leaves no trace.
    :param entity: whether answers name its collection among the ``entities`` of the parent.
    :param unlisted: kinds of parents that do not, although their paths exist.
    :param nestable: whether the creation of a parent may carry it.
    :param order: nested creations run in this order.
    :param paged: API versions in which its lists are paged.
    :param unpaged: kinds of parents below which its lists are never paged.
    :param page_size: default and largest page.
    :param immediate: changes take effect at once; their request is DONE at once.
    :param plain: creations answer 201, updates and deletions 200, without a request (labels).
    :param volatile: its answers depend on other resources and must not be cached.
    :param create_status: status code of a creation.
    :param body_optional: a creation needs no body, or none with ``properties``.
    :param replaceable: collections of owned resources that a PUT replaces when it carries them.
    """

    kind: str
    type: str
    under: Mapping[str, str]
    fields: tuple[Field, ...] = ()
    verbs: str = "LCRPMD"
    since: int = 4
    verb_since: Mapping[str, int] = field(default_factory=dict)
    under_since: Mapping[str, int] = field(default_factory=dict)
    metadata_since: int = 4
    rest: str | None = "AVAILABLE"
    phases: tuple[str, str, str] = ("BUSY", "BUSY", "BUSY")
    failed: tuple[str, str, str] | None = None
    entity: bool = True
    unlisted: tuple[str, ...] = ()
    nestable: bool = True
    order: int = 5
    paged: tuple[int, ...] = ()
    unpaged: tuple[str, ...] = ()
    page_size: tuple[int, int] = (1000, 10000)
    immediate: bool = False
    plain: bool = False
    volatile: bool = False
    create_status: int = 202
    body_optional: bool = False
    replaceable: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()
    hooks: Hooks = Hooks()

    def known_since(self, parent: str = "", verb: str = "") -> int:
        return max(self.since, self.under_since.get(parent, 0), self.verb_since.get(verb, 0))

    def field_map(self, version: int) -> dict[str, Field]:
        """The fields that one API version knows, by wire name."""
        cache: dict[int, dict[str, Field]] = self.__dict__.setdefault("_field_maps", {})
        found = cache.get(version)
        if found is None:
            found = cache[version] = {f.name: f for f in self.fields if f.known(version)}
        return found

    def served(self, version: int) -> tuple[str, ...]:
        """Names of the properties that answers of one API version hold, in order."""
        cache: dict[int, tuple[str, ...]] = self.__dict__.setdefault("_served", {})
        found = cache.get(version)
        if found is None:
            found = cache[version] = tuple(
                f.name for f in self.fields if f.known(version) and f.served and f.mode != "request"
            )
        return found
