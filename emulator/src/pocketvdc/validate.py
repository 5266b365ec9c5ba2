# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service refuses: types, required fields, enumerations, ranges (contract sections 7 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import ServiceError
from .store import Record
from .table import NEWEST, Field, Row

if TYPE_CHECKING:
    from .registry import Table

Messages = list[tuple[str, str]]
ROOT = "(root)"
READ_ONLY = "Attribute is read-only"
FOREIGN = "Attribute not allowed in resource definition"
# What the service adds to the properties of a resource.
ENVELOPE = ("href", "type", "metadata")


@dataclass
class Draft:
    """A checked creation that nobody has carried out yet.

    ``properties`` are the values sent, in their proper types; ``children`` the nested creations and
    ``linked`` the ids of existing resources, by collection. ``parent`` is the record it will live in,
    or ``above`` the draft of that record.
    """

    row: Row
    path: str
    parent: Record | None
    above: Draft | None
    properties: dict[str, Any] = field(default_factory=dict)
    children: dict[str, list[Draft]] = field(default_factory=dict)
    linked: dict[str, list[str]] = field(default_factory=dict)
    messages: Messages = field(default_factory=list)

    def where(self, name: str) -> str:
        return f"{self.path}.properties.{name}"

    def refuse(self, name: str, text: str, code: str = "100") -> None:
        self.messages.append(told(f"{self.path}.properties", name, text, code))

    def refuse_backend(self, text: str) -> None:
        self.messages.append(("200", text))

    def require(self, name: str) -> None:
        self.refuse(name, f"Attribute '{name}' is required")


def told(where: str, name: str, text: str, code: str = "100") -> tuple[str, str]:
    """The message about a field; texts of the backend, with code 200, name no field."""
    return code, text if code == "200" else f"[{where}.{name}] {text}"


# What a rule is about: something to be created, or something that exists.
Site = Draft | Record


class Wrong(Exception):
    """A value that is not of its field's type; the text says what was expected."""


def coerce(value: Any, spec: Field, version: int, where: str, messages: Messages) -> Any:
    """The value in its proper JSON type; strings that hold a number or a boolean are accepted."""
    if value is None:
        return None
    return _COERCE[spec.type](value, spec, version, where, messages)


def _string(value: Any, *_rest: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise Wrong("a string")


def _integer(value: Any, *_rest: Any) -> int:
    if isinstance(value, str):
        try:
            return int(value.strip())
        except ValueError:
            raise Wrong("an integer") from None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 1e15 or value % 1:
        raise Wrong("an integer")
    return int(value)


def _number(value: Any, *_rest: Any) -> float:
    if isinstance(value, str):
        try:
            value = float(value.strip())
        except ValueError:
            raise Wrong("a number") from None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 1e15:
        raise Wrong("a number")
    return int(value) if value == int(value) else value


def _boolean(value: Any, *_rest: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    raise Wrong("a boolean")


def _strings(value: Any, *_rest: Any) -> list[str]:
    if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
        raise Wrong("a list of strings")
    return list(value)


def _map(value: Any, *_rest: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Wrong("an object")
    return {str(key): _string(item) for key, item in value.items()}


def _reference(value: Any, *_rest: Any) -> str | None:
    """References arrive as ``{"id": ...}`` or, from old clients, as the bare id; kept as the id."""
    ident = value.get("id") if isinstance(value, dict) else value
    if ident is None:
        return None
    if not isinstance(ident, str):
        raise Wrong("a reference with an id")
    return ident


def _object(value: Any, spec: Field, version: int, where: str, messages: Messages) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("an object")
    given = _fields(value, spec.fields, version, where, messages)
    found = {}
    for sub in spec.fields:
        if sub.known(version) and sub.mode != "ignore":
            found[sub.name] = given.get(sub.name, sub.initial())
            if version in sub.required and found[sub.name] is None:
                messages.append(("100", f"[{where}.{sub.name}] Attribute '{sub.name}' is required"))
    return found


def _objects(value: Any, spec: Field, version: int, where: str, messages: Messages) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise Wrong("a list of objects")
    return [_object(item, spec, version, f"{where}.[{i}]", messages) for i, item in enumerate(value)]


_COERCE = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "strings": _strings,
    "map": _map,
    "reference": _reference,
    "object": _object,
    "objects": _objects,
}


def _broken_rule(value: Any, spec: Field, version: int) -> tuple[str, str] | None:
    """Code and text of the first rule of its field that a value breaks."""
    if spec.values is not None and value not in spec.values:
        known = ", ".join(name for name, since in spec.values.items() if since <= version)
        return "109", f"Attribute value '{value}' not allowed. Expected one of [{known}]"
    if spec.values is not None and spec.values[value] > version:
        known = ", ".join(name for name, since in spec.values.items() if since <= version)
        return "109", f"Attribute value '{value}' not allowed. Expected one of [{known}]"
    largest = spec.largest(version)
    if spec.minimum is not None and value < spec.minimum:
        return "100", f"Attribute '{spec.name}' must not be less than {spec.minimum}"
    if largest is not None and value > largest:
        return "100", f"Attribute '{spec.name}' must not be greater than {largest}"
    if spec.length is not None and len(value) > spec.length:
        return "100", f"Attribute '{spec.name}' must not be longer than {spec.length} characters"
    if spec.rule is not None and (text := spec.rule(value)):
        return "100", text
    return None


def _fields(
    given: Mapping[str, Any],
    fields: tuple[Field, ...],
    version: int,
    where: str,
    messages: Messages,
    *,
    flat: bool = False,
) -> dict[str, Any]:
    """The fields of an object in their proper types, checked in the order of the table.

    What is read-only or unknown is refused (contract section 7.1), below ``(root)`` itself where the body is
    ``flat``; null is not (inferred). v4 and v5 pass over what another version knows: their clients do not
    tell versions apart (inferred).
    """
    found: dict[str, Any] = {}
    known = {spec.name: spec for spec in fields if spec.known(version)}
    others = {spec.name for spec in fields if version < NEWEST}
    alien = ROOT if flat else where
    for name in (*(name for name in known if name in given), *(name for name in given if name not in known)):
        spec, value, place = known.get(name), given[name], f"{where}.{name}"
        if spec is None or spec.mode in ("read", "ignore"):
            if value is not None and (code := _alien(name, spec, others, flat=flat)):
                messages.append((code, f"[{alien}.{name}] {READ_ONLY if code == '105' else FOREIGN}"))
            continue
        try:
            value = _canonical(coerce(value, spec, version, place, messages), spec)
        except Wrong as error:
            messages.append(("100", f"[{place}] Attribute '{name}' must be {error}"))
            continue
        if value is not None and (broken := _broken_rule(value, spec, version)):
            messages.append((broken[0], f"[{place}] {broken[1]}"))
            continue
        found[name] = value
    return found


def _alien(name: str, spec: Field | None, others: set[str], *, flat: bool) -> str | None:
    """The code for what a body may not hold; None for what is let pass."""
    if spec is not None:
        return "105" if spec.mode == "read" else None
    if flat and name in ("id", *ENVELOPE):
        return None if name == "id" else "105"
    return None if name in others else "106"


def _canonical(value: Any, spec: Field) -> Any:
    """Values of enumerations are accepted in any case; an empty string clears some fields (contract section 17)."""
    if value == "" and spec.clears:
        return None
    if spec.values is not None and isinstance(value, str) and value not in spec.values:
        return next((name for name in spec.values if name.lower() == value.lower()), value)
    return value


_NOT_REFERRED = ("properties", "metadata", "entities")  # in the order of the service's messages


def alien_keys(body: Mapping[str, Any], path: str = ROOT, *, reference: bool = False) -> Messages:
    """What the object around the properties may not hold: 105, 106 and, in a reference, 107 (contract section 7.1).

    The ``id`` is let pass (inferred): clients name with it what they link.
    """
    found = [("105", f"[{path}.{name}] {READ_ONLY}") for name in ENVELOPE if body.get(name) is not None]
    if reference:
        text = "Attribute not allowed in resource reference"
        found += [("107", f"[{path}.{name}] {text}") for name in _NOT_REFERRED if name in body]
    known = ("id", *ENVELOPE, "properties", "entities")
    found += [("106", f"[{path}.{name}] {FOREIGN}") for name in body if name not in known]
    return found


def properties_of(body: Any, *, required: bool = True) -> Mapping[str, Any]:
    """The ``properties`` of an envelope."""
    if not isinstance(body, dict):
        raise ServiceError(422, [("100", f"[{ROOT}] An object is expected")])
    properties = body.get("properties")
    if properties is None and not required:
        return {}
    if not isinstance(properties, dict):
        raise ServiceError(422, [("100", f"[{ROOT}.properties] Attribute 'properties' is required")])
    return properties


def draft(
    table: Table,
    row: Row,
    body: Any,
    version: int,
    *,
    parent: Record | None = None,
    above: Draft | None = None,
    path: str = ROOT,
    messages: Messages | None = None,
) -> Draft:
    """Check a creation and everything nested in it; problems are collected in ``messages``."""
    messages = messages if messages is not None else []
    result = Draft(row, path, parent, above, messages=messages)
    given = properties_of(body, required=not row.body_optional)
    messages += alien_keys(body, path)
    if row.hooks.first is not None:
        row.hooks.first(result, given)
    result.properties = _fields(given, row.fields, version, f"{path}.properties", messages)
    for spec in row.field_map(version).values():
        missing = version in spec.required and result.properties.get(spec.name) is None
        if missing and not any(text.startswith(f"[{result.where(spec.name)}") for _rest, text in messages):
            result.require(spec.name)
    entities = body.get("entities")
    if isinstance(entities, dict):
        nested(table, result, entities, version)
    return result


def nested(table: Table, result: Draft, entities: Mapping[str, Any], version: int) -> None:
    """Check the nested collections of a creation. Collections that cannot be nested are ignored."""
    for entity in table.nestable(result.row.kind, version):
        value = entities.get(entity.name)
        items = value.get("items") if isinstance(value, dict) else value
        if items is None:
            continue
        if not isinstance(items, list):
            where = f"{result.path}.entities.{entity.name}"
            result.messages.append(("100", f"[{where}] A collection with items is expected"))
            continue
        for i, item in enumerate(items):
            place = f"{result.path}.entities.{entity.name}.items.[{i}]"
            if not isinstance(item, dict):
                result.messages.append(("100", f"[{place}] An object is expected"))
            elif item.get("id") is not None and entity.link is not None:
                result.linked.setdefault(entity.name, []).append(str(item["id"]))
            elif entity.row is not None:
                child = draft(
                    table, entity.row, item if "properties" in item else {"properties": {}, **item}, version,
                    above=result, path=place, messages=result.messages,
                )  # fmt: skip
                result.children.setdefault(entity.name, []).append(child)
            else:
                result.messages.append(("100", f"[{place}.id] Attribute 'id' is required"))


def changes(record: Record, given: Any, version: int, *, replace: bool) -> dict[str, Any]:
    """The values that an update sets, checked.

    A PATCH gives the flat properties; null clears. A PUT (``replace``) also resets what it leaves out.
    Immutable fields are refused unless they repeat the present value.
    """
    if not isinstance(given, dict):
        raise ServiceError(422, [("100", f"[{ROOT}] An object is expected")])
    messages: Messages = []
    where = f"{ROOT}.properties"
    known = record.row.field_map(version)
    found = _fields(given, record.row.fields, version, where, messages, flat=not replace)
    for name, value in list(found.items()):
        spec = known[name]
        if spec.mode in ("create", "once"):
            same = spec.mode == "create" and not spec.secret and value == record.properties.get(name)
            if value is not None and not same:
                messages.append(("100", f"[{where}.{name}] Attribute '{name}' is immutable"))
            del found[name]
        elif value is None and spec.secret:
            del found[name]
        elif value is None:
            if spec.required or spec.put_required:
                messages.append(("100", f"[{where}.{name}] Attribute '{name}' is required"))
            found[name] = spec.initial()
    if replace:
        for name, spec in known.items():
            if version in spec.put_required and given.get(name) is None:
                messages.append(("100", f"[{where}.{name}] Attribute '{name}' is required"))
            elif spec.mode == "rw" and name not in given and not (spec.kept or spec.secret or spec.required):
                found[name] = spec.initial()
    if messages:
        raise ServiceError(422, messages)
    return found
