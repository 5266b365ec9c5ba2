# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refusals of the service, translated into the options of the task (contract section 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .._engine.errors import ApiError, Message, did_you_mean
from .._engine.plan.steps import Step
from .._engine.schema.field import Field
from .._engine.schema.resource import Resource

# ``[(root).entities.volumes.items.[0].properties.imageAlias] 'imageAlias' not found``: where in the body, and what.
_POINTER = re.compile(r"\[\(root\)((?:\.\w+|\.\[\d+\])+)\] *(.*)", re.S)
_PART = re.compile(r"\.\[?(\w+)")
ALIAS = "image_alias"  # the field that carries an image given by its alias

Known = Callable[[str], Iterable[str]]


def in_options(error: ApiError, step: Step, known: Known) -> ApiError:
    """The refusal of a step, with the object and the option instead of the path into the request body.

    ``known`` returns the values that an option accepts, from which to suggest one similar to the task's.
    """
    said = [_translated(message, step, known) for message in error.messages]
    told = ApiError(
        error.status, said, error.method, error.path, error.request_id, error.hint, foreign=error.foreign
    )
    return told if said != list(error.messages) else error


def _translated(message: Message, step: Step, known: Known) -> Message:
    found = _POINTER.fullmatch(message.text)
    named = _named(step.resource, step.body, _PART.findall(found[1])) if found else None
    if found is None or named is None:
        return message
    names, field, value = named
    option = "image" if field.name == ALIAS else field.name
    plain = (
        value
        if isinstance(value, str) and not (field.secret or field.write_only and field.name != ALIAS)
        else ""
    )
    text = found[2].rstrip(". ").replace(f"'{field.wire_name}'", repr(plain or option))
    more = did_you_mean(plain, known(option)) if plain else ""
    if field.unit and value is not None:
        more = f"; the task gives {field.measured(value)}"
    where = "/".join((*step.path, *names))
    return Message(message.code, f"{where}: {option}: {text}{more}" if where else f"{option}: {text}{more}")


def _named(resource: Resource, body: Any, parts: list[str]) -> tuple[list[str], Field, Any] | None:
    """The path below the step's object, the field and the value sent; None for a pointer that leads to no field."""
    names: list[str] = []
    while len(parts) > 3 and parts[0] == "entities":
        _entities, entity, _items, place, *parts = parts
        child = next((each for each in resource.children if each.entity == entity), None)
        items = _inside(_inside(_inside(body, "entities"), entity), "items")
        if child is None or not isinstance(items, list) or not place.isdigit() or int(place) >= len(items):
            return None
        resource, body = child.resource, items[int(place)]
        name = _inside(_inside(body, "properties"), resource.by_name[resource.identity].wire_name)
        names += [child.name, str(name or place)]
    if len(parts) < 2 or parts[0] != "properties":
        return None
    field = next((each for each in resource.writable if each.wire_name == parts[1]), None)
    if field is None:
        return None
    return names, field, _inside(_inside(body, "properties") or body, parts[1])


def _inside(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None
