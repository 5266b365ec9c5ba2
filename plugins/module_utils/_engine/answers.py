# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether what a service sent is what was asked for: nothing else may be taken for an object, nor for "nothing there".

The vendors know what their answers look like around an object; what is in one, its resource says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from .errors import BadAnswer
from .schema.field import Field
from .schema.resource import Resource

WORDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}
# What Ansible's types are on the wire.
WIRE: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "path": (str,),
    "int": (int, float),
    "float": (int, float),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
}


def word(value: Any) -> str:
    """What a value is, as people say it."""
    return "null" if value is None else WORDS.get(type(value), "something else")


def an_object(value: Any, name: str) -> Mapping[str, Any]:
    """An object, which may be left out. Raises BadAnswer, as all here do."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadAnswer(f"{name} is {word(value)} instead of an object")
    return value


def a_list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadAnswer(f"{name} is {word(value)} instead of a list")
    return value


def an_item(value: Any) -> dict[str, Any]:
    """An object of the service, which has an id."""
    if not isinstance(value, dict):
        raise BadAnswer(f"it has {word(value)} instead of an object")
    if not (isinstance(value.get("id"), str) and value["id"]):
        raise BadAnswer("an object in it has no id")
    return value


class _Part(NamedTuple):
    """Fields that stand at one place of an object: those of one plain value by the types it may have, and the others."""

    plain: tuple[tuple[str, tuple[type, ...]], ...]
    others: tuple[Field, ...]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> _Part:
        known = [each for each in fields if each.derived is None and not each.write_only]
        plain = [
            each for each in known if not (each.reference or each.options or each.elements) and each.plain
        ]
        kinds = [(each.wire_name, WIRE.get(each.shown_type or each.type)) for each in plain]
        return cls(
            tuple((name, (*types, type(None))) for name, types in kinds if types),
            tuple(each for each in known if each not in plain),
        )

    def check(self, source: Mapping[str, Any]) -> None:
        for name, kinds in self.plain:
            if type(source.get(name)) not in kinds:
                raise BadAnswer(f"{name} is {word(source[name])} instead of {WORDS[kinds[0]]}")
        for field in self.others:
            value = source.get(field.wire_name) if field.plain else _within(field, source)
            if value is not None:
                _check_value(field, value)


def sound(resource: Resource, item: Mapping[str, Any]) -> None:
    """Refuse an object whose fields are not of their types; null and what is left out pass."""
    properties, metadata, beside = _parts(resource)
    source = an_object(resource.properties(item), "properties")
    properties.check(source)
    for owner in resource.owners:
        if not isinstance(source.get(owner.wire), (str, type(None))):
            raise BadAnswer(f"{owner.wire} is {word(source[owner.wire])} instead of text")
    metadata.check(an_object(item.get("metadata"), "metadata"))
    beside.check(item)


@lru_cache(maxsize=256)
def _parts(resource: Resource) -> tuple[_Part, _Part, _Part]:
    """The fields among the properties, in the metadata, and beside these; a flat object has one place for all."""
    if resource.flat:
        return _Part.of(resource.fields), _Part.of(()), _Part.of(())
    return (
        _Part.of(each for each in resource.fields if not (each.metadata or each.beside)),
        _Part.of(each for each in resource.fields if each.metadata),
        _Part.of(each for each in resource.fields if each.beside),
    )


@lru_cache(maxsize=256)
def _inner(field: Field) -> _Part:
    return _Part.of(field.options)


def _within(field: Field, source: Mapping[str, Any]) -> Any:
    for name in field.wire_path[:-1]:
        source = an_object(source.get(name), name)
    return source.get(field.wire_path[-1])


def _check_value(field: Field, value: Any) -> None:
    if field.reference:
        _check_reference(field, value)
        return
    kinds = WIRE.get(field.shown_type or field.type)
    if kinds is None:
        return
    if type(value) not in kinds:
        raise BadAnswer(f"{field.wire_name} is {word(value)} instead of {WORDS[kinds[0]]}")
    if field.options:
        for each in value if isinstance(value, list) else [value]:
            _inner(field).check(an_object(each, field.wire_name))
    elif field.elements and (inner := WIRE.get(field.elements)):
        for each in value:
            if type(each) not in inner:
                raise BadAnswer(f"{field.wire_name} holds {word(each)} instead of {WORDS[inner[0]]}")


def _check_reference(field: Field, value: Any) -> None:
    """Another object, by its id alone or by itself."""
    found = value.get("id") if isinstance(value, dict) else value
    if not (isinstance(found, str) and found):
        raise BadAnswer(f"{field.wire_name} refers to no object")


def an_object_at_all(value: Any) -> None:
    """An object that has no id, and is not left out."""
    if not isinstance(value, dict):
        raise BadAnswer(f"the answer is {word(value)} instead of an object")


def a_list_of_texts(value: Any) -> None:
    for each in a_list(value, "the answer"):
        if not isinstance(each, str):
            raise BadAnswer(f"an element of the list is {word(each)} instead of text")
