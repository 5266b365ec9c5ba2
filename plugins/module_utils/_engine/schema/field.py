# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields: a property of a resource or an option of a module, with how it is checked, sent, read and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..addresses import text_key
from ..errors import InvalidOption, quoted, within
from .checks import Check
from .comparison import Compare, as_text, by_parts, equal, mark_of, partners

NEWEST = 99
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_UUID = re.compile(UUID)


def is_uuid(value: object) -> bool:
    return _UUID.fullmatch(str(value)) is not None


# Beside the options of an object that a pattern describes: its name as the task spells it.
SPELLED = "name as spelled"


def spelled(options: Mapping[str, Any]) -> object:
    """What the task calls the object that options describe, for messages."""
    return options.get(SPELLED) or options.get("name")


def plain_id(_option: str, value: Any) -> Any:
    """A UUID as services write it, in lower case; a name as it is."""
    return str(value).lower() if is_uuid(value) else value


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
    compare: Compare = equal  # whether what the service shows is what was asked for
    # one spelling of values that mean the same, where case does not matter
    key: Callable[[Any], str] = text_key
    keys: tuple[str, ...] = ()  # what tells objects of a list apart, where their order does not matter
    initial: Any = None  # for a new object without one, because the service insists on a value
    # what the service shows, where it is not simply found under the wire's name; takes the properties
    derived: Callable[[Mapping[str, Any]], Any] | None = None
    blank: tuple[Any, ...] = ()  # values that the service may show as null
    on_create: bool = True  # False: the service takes it only in updates
    checks: tuple[Check, ...] = ()  # what a value must be
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
        return self.compare is as_text

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
            mark = mark_of(self, each)
            if mark in seen:
                names = " and ".join(f"{key} {each.get(key)!r}" for key in self.keys)
                raise InvalidOption(f"{self.name}: {names} is listed twice")
            seen.add(mark)

    def _versions(self) -> str:
        if self.since == self.until:
            return f"the service accepts this option only in version {self.since} of its API"
        if self.until != NEWEST:
            return f"the service accepts this option up to version {self.until} of its API"
        return f"the service accepts this option from version {self.since} of its API"

    def _check_one(self, value: Any, version: int) -> None:
        shown = "the given value" if self.secret else self.measured(value)
        if isinstance(value, dict):
            self._check_parts(value, version)
        for check in self.checks:
            if complaint := check(self, value):
                raise InvalidOption(f"{self.name}: {shown} {complaint}")

    def _check_parts(self, value: Mapping[str, Any], version: int) -> None:
        """Check the options in a value; the error says where the one at fault is."""
        listed = self.type == "list"
        with within(self.name, spelled(value) if listed else None, part=not listed):
            for field in self.options:
                if value.get(field.name) is not None:
                    field.check(value[field.name], version)

    def measured(self, value: Any) -> str:
        """A value as messages show it."""
        return f"{value!r} {self.unit}" if self.unit and value is not None else quoted(value)

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
        return self.compare(self, want, have)

    def named(self, value: Any) -> Any:
        """Without the parts of objects that the task does not name, which Ansible shows as None."""
        if self.compare is not by_parts or not value:
            return value
        if isinstance(value, list):
            return [self.named(each) for each in value]
        return {f.name: f.named(value[f.name]) for f in self.options if value.get(f.name) is not None}

    def filled(self, want: Any, have: Any) -> Any:
        """The value to send: parts of objects that the task does not name stay as they are."""
        if self.compare is not by_parts or not want or not have:
            return want
        if isinstance(want, list):
            pairs = zip(want, partners(self, want, have), strict=True)
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
