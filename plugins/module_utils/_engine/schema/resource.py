# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource is said once: its path, its parents and its fields.

From a `Resource` come the options of a module, the body of a request, the decoded result, the comparison and the
documentation. Nothing here knows Ansible or a vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

from ..errors import InvalidOption, quoted, several
from .field import UUID, Field, encode, is_uuid

_ABOVE = re.compile(r"\{(\w+)\}")  # the kinds that a path names


class Child(NamedTuple):
    """A collection below a resource that its result shows.

    ``entity`` is its name on the wire; with ``ids`` the result lists ids alone. ``creatable``: a module of the
    parent takes ``name`` as an option to create them along with it, ``apart`` by calls of their own; ``chosen``: as one
    that says which of those that exist belong to it.
    """

    name: str
    entity: str
    resource: Resource
    ids: bool = False
    creatable: bool = False
    chosen: bool = False
    apart: bool = False
    help: str = ""


class Owner(NamedTuple):
    """A parent that no path names: a body names its id as ``wire``, and so does the filter of a list."""

    kind: str
    wire: str
    required: bool = True  # the task must name it
    help: str = ""
    variable: str = ""  # environment variable that stands in for the option


@dataclass(frozen=True, eq=False, repr=False)
class Resource:
    """A kind of object of the service.

    ``kind`` is the key of a module's result and the name of the option by which children name it, ``plural`` the
    key of an info module's result. ``path`` is that of the collection, in which ``{server}`` stands for the id of
    the parent of that kind; ``elsewhere`` holds the other paths of a collection that several kinds of objects have.
    """

    kind: str
    path: str
    label: str
    fields: tuple[Field, ...]
    plural: str = ""
    elsewhere: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    identity: str = "name"  # the field by which people know one
    fallback: str = ""  # a second field to know one by, when the first is not given
    id_pattern: str = UUID
    id_help: str = "UUID"
    id_sample: str = "15f67991-0f51-4efc-a8ad-ef1fb31a480c"
    page_limit: int = 0  # items a page may hold; 0: the collection comes whole
    update_method: str = "PATCH"
    owners: tuple[Owner, ...] = ()  # parents that the path does not name
    repeats: tuple[str, ...] = ()  # fields that the service wants in each update, whatever it changes
    replaceable: bool = False  # whether PUT can replace the whole of it
    filtered: bool = True  # whether its lists can be narrowed by a property
    listed_whole: bool = True  # whether a list shows as much of one as a read by its id
    since: int = 0
    embedded: bool = True  # a read of the parent can show the collection too
    unlisted: tuple[str, ...] = ()  # kinds of parents of which no read shows it
    given_id: bool = False  # the task says the id of a new one, which is that of another object
    id_option: bool = True  # False: the option of its identity takes the id too
    stateful: bool = False  # its own state, more than a request, tells whether the service is done with it
    lone: bool = False  # without a mark, the only one below the parents is meant
    flat: bool = False  # on the wire the fields stand beside the id, without an envelope around them
    title: str = ""  # what its module does, in a line, where "create, change and delete" is not it
    about: tuple[str, ...] = ()  # what a reader of the module's documentation should know first

    def __post_init__(self) -> None:
        if not self.plural:
            object.__setattr__(self, "plural", f"{self.kind}s")

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The kinds of all objects above it, outermost first."""
        return (*_ABOVE.findall(self.path), *(owner.kind for owner in self.owners))

    def lineage(self, resources: Mapping[str, Resource]) -> tuple[str, ...]:
        """The kinds of all objects above it, and of their owners."""
        higher = (kind for owner in self.owners for kind in resources[owner.kind].lineage(resources))
        return (*higher, *self.parents)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all its collections, in an order that `placed` does not change."""
        return tuple(sorted((self.path, *self.elsewhere), key=lambda path: (-path.count("{"), path)))

    @cached_property
    def ancestors(self) -> tuple[str, ...]:
        """The kinds of all objects that may be above one, wherever it is."""
        elsewhere = (kind for path in self.paths for kind in self.placed_in(path))
        return tuple(dict.fromkeys((*self.parents, *elsewhere)))

    def placed(self, options: Mapping[str, Any]) -> Resource:
        """The resource in that of its collections whose parents the options name. Raises InvalidOption."""
        if not self.elsewhere:
            return self
        given = {kind for kind in self.ancestors if options.get(kind) not in (None, "")}
        for path in self.paths:
            if given == set(self.placed_in(path)):
                return replace(
                    self,
                    path=path,
                    elsewhere=tuple(each for each in self.paths if each != path),
                    embedded=self.embedded and self.placed_in(path)[-1] not in self.unlisted,
                )
        ways = ", ".join(" with ".join(reversed(self.placed_in(path))) for path in self.paths)
        raise InvalidOption(
            f"{', '.join(sorted(given)) or self.parents[-1]}: say what the {self.label} belongs to with "
            f"one of these: {ways}"
        )

    def placed_in(self, path: str) -> tuple[str, ...]:
        """The kinds of the objects above one of its collections."""
        return tuple(_ABOVE.findall(path))

    def exists_in(self, version: int) -> None:
        """Raise InvalidOption where the version of the API has no such objects."""
        if version < self.since:
            raise InvalidOption(
                f"api_url: the service has {self.several} from version {self.since} of its API on, and api_url "
                f"addresses version {version}"
            )

    @cached_property
    def collection(self) -> str:
        """The last part of the path, by which a parent names the collection too."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def one(self) -> str:
        """The label behind "a" or "an", as it is spoken: an image, an IP block, a user, a LAN, a CD-ROM."""
        spoken = re.match(r"[aeio]|[AEIO][a-z]|(?!NAT|NIC)[AEFHIMNORSX][A-Z0-9]", self.label)
        return f"{'an' if spoken else 'a'} {self.label}"

    @property
    def several(self) -> str:
        """The label of more than one: images, IP blocks, policies."""
        return several(self.label)

    def is_id(self, value: object) -> bool:
        if self.id_pattern == UUID:
            return is_uuid(value)
        return bool(re.fullmatch(self.id_pattern, str(value)))

    def must_be_id(self, value: object) -> None:
        """Raise InvalidOption for an option ``id`` that cannot be one."""
        if not self.is_id(value):
            raise InvalidOption(f"id: {quoted(value)} is not the {self.id_help} of {self.one}")

    def collection_path(self, parents: Mapping[str, str]) -> str:
        """Path of the collection below the parents, given as {kind: id}."""
        return self.path.format_map(parents)

    def item_path(self, parents: Mapping[str, str], item_id: str) -> str:
        """Path of one object. In an id with slashes, only the first one separates path segments, as in de/fra%2F2."""
        head, slash, rest = item_id.partition("/")
        return f"{self.collection_path(parents)}/{head}{slash}{quote(rest, safe='')}"

    def called(self, item: Mapping[str, Any]) -> list[str]:
        """All names of an object: its own, and its aliases."""
        marks = [f for f in self.fields if f.name == self.identity or f.alias]
        values = [f.decode(f.shown_in(self.properties(item))) for f in marks]
        flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
        return [str(each) for each in flat if each]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.read_only)

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        """The fields that a result holds."""
        return tuple(field for field in self.fields if not (field.write_only or field.secret or field.hidden))

    @cached_property
    def depth(self) -> int:
        """The depth at which a read of one object shows all that its result holds (contract section 4)."""
        return max((1 if child.ids else 2 + child.resource.depth for child in self.children), default=0)

    def properties(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """The part of the wire's object that holds the fields."""
        return item if self.flat else item.get("properties") or {}

    def wrap(self, properties: dict[str, Any]) -> dict[str, Any]:
        """The wire's object around fields."""
        return properties if self.flat else {"properties": properties}

    def decode(self, item: Mapping[str, Any], parents: Mapping[str, str]) -> dict[str, Any]:
        """The result of one object as the service sent it: the same keys whatever it left out."""
        properties = self.properties(item)
        metadata = item if self.flat else item.get("metadata") or {}
        result: dict[str, Any] = {"id": item.get("id")}
        for field in self.shown:
            source = metadata if field.metadata else item if field.beside else properties
            result[field.name] = field.decode(field.shown_in(source))
        where = (
            parents if all(above in parents for above in self.parents) else self._whereabouts(item, parents)
        )
        for above in self.ancestors:
            result[f"{above}_id"] = where.get(above)
        for owner in self.owners:
            result[f"{owner.kind}_id"] = properties.get(owner.wire) or parents.get(owner.kind)
        below = {**parents, self.kind: str(item.get("id"))}
        for child in self.children:
            items = children(item, child.entity)
            result[child.name] = [i["id"] if child.ids else child.resource.decode(i, below) for i in items]
        return result

    def _whereabouts(self, item: Mapping[str, Any], parents: Mapping[str, str]) -> Mapping[str, str]:
        """The ids of the parents of an object that is listed elsewhere, as its address tells them."""
        match = self._address.search(str(item.get("href") or ""))
        return {**(match.groupdict() if match else {}), **parents}

    @cached_property
    def _address(self) -> re.Pattern[str]:
        return re.compile(_ABOVE.sub(r"(?P<\1>[^/]+)", self.path))

    def complete(self, item: Mapping[str, Any]) -> bool:
        """Whether a read went deep enough to show all that the result holds."""
        for child in self.children:
            if not child.resource.embedded:
                continue
            entity = (item.get("entities") or {}).get(child.entity)
            if entity is None or "items" not in entity:
                return False
            if not child.ids and not all(
                "properties" in i and child.resource.complete(i) for i in entity["items"]
            ):
                return False
        return True

    def want(self, options: Mapping[str, Any], version: int) -> dict[str, Any]:
        """The fields that a task names, checked; a field left out is not in it.

        Raises InvalidOption for a value that no request could succeed with.
        """
        want: dict[str, Any] = {}
        for field in self.writable:
            if field.name in options:
                field.check(options[field.name], version)
                want[field.name] = field.named(field.parsed(options[field.name]))
        return want

    def ownership(self, parents: Mapping[str, str]) -> dict[str, str]:
        """What a body says of the parents that the path does not name."""
        return {owner.wire: parents[owner.kind] for owner in self.owners if owner.kind in parents}

    def body(self, want: Mapping[str, Any], parents: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The body that creates one, with what is nested in it (contract section 10.1.2)."""
        fields = encode([f for f in self.writable if f.on_create], want)
        body = self.wrap({**(self.ownership(parents) if parents else {}), **fields})
        entities = {
            child.entity: {"items": [child.resource.body(each) for each in want[child.name]]}
            for child in self.children
            if want.get(child.name)
        }
        return {**body, "entities": entities} if entities else body


def children(item: Mapping[str, Any], entity: str) -> list[dict[str, Any]]:
    """The items of a nested collection; none when the read did not go that deep."""
    collection = (item.get("entities") or {}).get(entity) or {}
    return collection.get("items") or []


def walk(resource: Resource) -> Iterator[Resource]:
    """The resource and all below it."""
    yield resource
    for child in resource.children:
        yield from walk(child.resource)
