# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource is said once: its path, its parents and its fields.

From a `Resource` come the options of a module, the body of a request, the decoded result, the comparison and the
documentation. Nothing here knows Ansible or a vendor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

from .addresses import text_key
from .errors import InvalidOption, several

NEWEST = 99
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_UUID = re.compile(UUID)
_ABOVE = re.compile(r"\{(\w+)\}")  # the kinds that a path names


def is_uuid(value: object) -> bool:
    return _UUID.fullmatch(str(value)) is not None


def camel(name: str) -> str:
    """``port_range_start`` -> ``portRangeStart``."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True, eq=False, repr=False)
class Field:
    """One property of a resource, or one option of a module that no property stands behind.

    ``name`` is the option and the key of the result, ``wire`` the service's name for it (camelCase of ``name`` if
    left out; with dots between them, the names of the objects around it come first). ``type``, ``elements`` and
    ``choices`` are Ansible's words. Given and None clears the field where it is ``nullable``.
    """

    name: str
    type: str = "str"
    help: str | tuple[str, ...] = ""
    wire: str = ""
    elements: str = ""
    options: tuple[Field, ...] = ()
    choices: tuple[str, ...] = ()
    # the known values of a list that the service keeps extending: any other value is passed on, with a warning
    growing: tuple[str, ...] = ()
    default: Any = None
    required: bool = False  # the task must name it
    needed: bool = False  # to create one
    mutable: bool = True
    grows: bool = False  # a number that may only become larger
    read_only: bool = False  # in results, never an option
    write_only: bool = False  # sent on creation; the service never shows it again
    secret: bool = False  # write_only, and kept out of logs and results
    nullable: bool = False  # an explicit null, or "", clears it
    # equal, named (of objects, and lists of them, only what the task names of each), set, tags (a set whose case
    # matters), text (case and form of an address do not matter), automatic ([]: one of the service's choice), assigned
    # (as text; AUTO: any), told (as text, where the service shows it at all)
    compare: str = "equal"
    key: Callable[[Any], str] = (
        text_key  # one spelling of values that mean the same, where case does not matter
    )
    keys: tuple[str, ...] = ()  # what tells objects of a list apart, where their order does not matter
    initial: Any = None  # what a new one gets that names none, because the service wants to be told
    # what the service shows, where it is not simply found under the wire's name; takes the properties
    derived: Callable[[Mapping[str, Any]], Any] | None = None
    blank: tuple[Any, ...] = ()  # values that the service may show as null
    on_create: bool = True  # False: the service takes it only in updates
    minimum: int | None = None
    maximum: int | None = None
    multiple: int | None = None
    pattern: str = ""  # what a value must match as a whole
    pattern_help: str = ""
    # the value that is sent, of what the task gives, where these differ; takes the option's name for an InvalidOption
    parse: Callable[[str, Any], Any] | None = None
    variable: str = ""  # environment variable that stands in for the option
    refers: str = ""  # kind of the object whose name or id the option takes
    shown_type: str = ""  # Ansible's word for what results hold, where it is not ``type``
    alias: bool = False  # another name by which people may call an object
    unit: str = ""  # of a number, as messages show it
    reference: bool = False  # on the wire an object {"id": ...}
    hidden: bool = (
        False  # neither option nor result: the vendor's code sets it while it resolves other options
    )
    metadata: bool = False  # found beside the properties, in the metadata
    beside: bool = False  # found beside the properties, on the object itself, as its type is
    since: int = 0
    until: int = NEWEST
    sample: Any = None

    @cached_property
    def wire_name(self) -> str:
        return self.wire or camel(self.name)

    @cached_property
    def wire_path(self) -> tuple[str, ...]:
        return tuple(self.wire_name.split("."))

    @cached_property
    def plain(self) -> bool:
        """Whether the service shows it under one name."""
        return self.derived is None and len(self.wire_path) == 1

    def shown_in(self, properties: Mapping[str, Any]) -> Any:
        """What the service shows of it, not yet decoded."""
        if self.plain:
            return properties.get(self.wire_name)
        if self.derived is not None:
            return self.derived(properties)
        found: Any = properties
        for name in self.wire_path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    @property
    def folds(self) -> bool:
        """Whether case does not matter in it."""
        return self.compare == "text"

    @property
    def compared(self) -> bool:
        """Whether the service shows what was set, so that it can be compared."""
        return not (self.read_only or self.write_only or self.secret)

    def known(self, version: int) -> bool:
        return self.since <= version <= self.until

    # -- values -------------------------------------------------------------------------------------------------

    def check(self, value: Any, version: int) -> None:
        """Raise InvalidOption, naming the option and the rule, for a value that the service would refuse."""
        if not self.known(version):
            raise InvalidOption(f"{self.name}: {self._versions()}, and api_url addresses version {version}")
        if value is None or value == "":
            return
        values = value if isinstance(value, list) else [value]
        if self.keys:
            self._check_apart(values)
        for each in values:
            self._check_one(each, version)
        self.parsed(value)

    def parsed(self, value: Any) -> Any:
        """The value that is meant by what the task gives. Raises InvalidOption."""
        if self.growing:
            return next((one for one in self.growing if one.lower() == str(value).lower()), value)
        return value if self.parse is None or value in (None, "") else self.parse(self.name, value)

    def _check_apart(self, values: Sequence[Mapping[str, Any]]) -> None:
        seen: set[tuple[str, ...]] = set()
        for each in values:
            mark = self._mark(each)
            if mark in seen:
                names = " and ".join(f"{key} {each.get(key)!r}" for key in self.keys)
                raise InvalidOption(f"{self.name}: {names} is listed twice")
            seen.add(mark)

    def _versions(self) -> str:
        if self.since == self.until:
            return f"the service accepts this option only in version {self.since} of its API"
        if self.until != NEWEST:
            return f"the service takes this option up to version {self.until} of its API"
        return f"the service takes this option from version {self.since} of its API on"

    def _check_one(self, value: Any, version: int) -> None:
        shown = "the given value" if self.secret else self.measured(value)
        if isinstance(value, dict):
            for field in self.options:
                if value.get(field.name) is not None:
                    field.check(value[field.name], version)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if self.minimum is not None and value < self.minimum:
                raise InvalidOption(
                    f"{self.name}: {shown} is below the minimum, {self.measured(self.minimum)}"
                )
            if self.maximum is not None and value > self.maximum:
                raise InvalidOption(
                    f"{self.name}: {shown} is above the maximum, {self.measured(self.maximum)}"
                )
            if self.multiple and value % self.multiple:
                raise InvalidOption(
                    f"{self.name}: {shown} is not a multiple of {self.measured(self.multiple)}"
                )
        if self.pattern and isinstance(value, str) and not re.fullmatch(self.pattern, value):
            raise InvalidOption(f"{self.name}: {shown} is not {self.pattern_help}")

    def measured(self, value: Any) -> str:
        """A value as messages show it."""
        return f"{value!r} {self.unit}" if self.unit and value is not None else repr(value)

    def encode(self, value: Any) -> Any:
        """The wire form of an option's value."""
        if value is None or (value == "" and (self.nullable or (self.shown_type or self.type) != "str")):
            return None
        if self.reference:
            return {"id": value} if value else None
        if self.options:
            if isinstance(value, list):
                return [encode(self.options, each) for each in value]
            return encode(self.options, value)
        return value

    def decode(self, value: Any) -> Any:
        """The result's form of what the service shows."""
        if value is None:
            return [] if self.type == "list" else None
        if self.reference:
            return value.get("id") if isinstance(value, dict) else value
        if self.options:
            if isinstance(value, list):
                return [decode(self.options, each) for each in value]
            return decode(self.options, value)
        if self.type == "int" and isinstance(value, float) and value.is_integer():
            return int(value)
        return value

    def same(self, want: Any, have: Any) -> bool:
        """Whether ``have``, as decoded, already is what was asked for."""
        if want in (None, "", []) and have in (None, "", []):
            return True
        if have is None and want in self.blank:
            return True
        if self.compare == "automatic" and want == []:
            # The service keeps one address of its own choice when none is asked for.
            return len(have) <= 1
        if self.compare == "told" and have is None:
            return True
        if want is None or have is None:
            return want is have
        if self.compare == "named":
            return self._same_as_named(want, have)
        if self.compare == "tags":
            return set(want) == set(have)
        if self.compare == "assigned" and want == "AUTO":
            return True
        if self.compare in ("set", "automatic"):
            return sorted(map(self._spelled, want)) == sorted(map(self._spelled, have))
        if self.compare in ("text", "assigned", "told"):
            return self.key(want) == self.key(have)
        return bool(want == have)

    def _same_as_named(self, want: Any, have: Any) -> bool:
        if isinstance(want, list):
            return len(want) == len(have) and all(
                other is not None and self._same_as_named(one, other)
                for one, other in zip(want, self._partners(want, have), strict=True)
            )
        return all(f.same(want[f.name], have.get(f.name)) for f in self.options if f.name in want)

    def _partners(self, want: Sequence[Any], have: Sequence[Any]) -> list[Any]:
        """For each wanted object of a list the present one that it means, or None."""
        if not self.keys:
            return [*have[: len(want)], *[None] * (len(want) - len(have))]
        present = {self._mark(each): each for each in have}
        return [present.get(self._mark(each)) for each in want]

    def _mark(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        """What tells an object of a list apart."""
        return tuple(f.key(value.get(f.name) or "") for f in self.options if f.name in self.keys)

    def _spelled(self, value: Any) -> str:
        """One spelling of an element of a set."""
        if not isinstance(value, dict):
            return self.key(value)
        keys = {f.name: f.key for f in self.options if f.folds}
        given = sorted((name, each) for name, each in value.items() if each is not None)
        return repr([(name, keys.get(name, str)(each)) for name, each in given])

    def named(self, value: Any) -> Any:
        """Without the parts of objects that the task does not name, which Ansible shows as None."""
        if self.compare != "named" or not value:
            return value
        if isinstance(value, list):
            return [self.named(each) for each in value]
        return {f.name: f.named(value[f.name]) for f in self.options if value.get(f.name) is not None}

    def filled(self, want: Any, have: Any) -> Any:
        """The value to send: parts of objects that the task does not name stay as they are."""
        if self.compare != "named" or not want or not have:
            return want
        if isinstance(want, list):
            pairs = zip(want, self._partners(want, have), strict=True)
            return [self.filled(one, other) for one, other in pairs]
        kept = {f.name: have.get(f.name) for f in self.options if have.get(f.name) is not None}
        return {
            **kept,
            **{f.name: f.filled(want[f.name], have.get(f.name)) for f in self.options if f.name in want},
        }


def encode(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The wire's properties of the given options."""
    properties: dict[str, Any] = {}
    for field in fields:
        if field.name in values:
            target, (*around, last) = properties, field.wire_path
            for name in around:
                target = target.setdefault(name, {})
            target[last] = field.encode(values[field.name])
    return properties


def decode(fields: Sequence[Field], properties: Mapping[str, Any]) -> dict[str, Any]:
    """The result's keys of the wire's properties; a key that the service left out is None."""
    return {f.name: f.decode(f.shown_in(properties)) for f in fields}


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
    replaceable: bool = False  # whether all that it is can be declared anew, with PUT
    filtered: bool = True  # whether its lists can be narrowed by a property
    listed_whole: bool = True  # whether a list shows as much of one as a read by its id
    since: int = 0
    embedded: bool = True  # a read of the parent can show the collection too
    unlisted: tuple[str, ...] = ()  # kinds of parents of which no read shows it
    given_id: bool = False  # the task says the id of a new one, which is that of another object
    id_option: bool = True  # False: its identity takes the id too, and no option of its own does
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
            raise InvalidOption(f"id: {value!r} is not the {self.id_help} of {self.one}")

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
        for child in self.children:
            if child.creatable and child.name in options:
                want[child.name] = [
                    child.resource.want({k: v for k, v in each.items() if v is not None}, version)
                    for each in options[child.name]
                ]
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
