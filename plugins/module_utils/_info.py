# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that read objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import (  # pylint: disable=unused-import
    _fast_start,  # noqa: F401  (first, for it makes the rest load faster)
    _python,  # noqa: F401  (before what an older Python cannot read)
)
from ._engine.behaviour import Behaviour
from ._engine.clock import Deadline
from ._engine.outcome import FILTERS, Query, Waiting, unused_waiting_fields
from ._engine.query import add_details, check_filters, passes, read
from ._engine.schema.field import Field
from ._engine.service import Service
from ._interface import parent_fields
from ._module import Edge, run_edge


def info_fields(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """The options of the module that reads objects of a kind, without those of the connection."""
    fields = (
        *_search_fields(kind),
        FILTERS,
        *kind.more_info_fields,
        *(detail.option for detail in kind.details),
    )
    known = {field.name for field in fields}
    return (*fields, *(each for each in unused_waiting_fields(kind.provider) if each.name not in known))


def _search_fields(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """The options that say which objects to read."""
    if kind.info_fields is not None:
        return kind.info_fields
    resource, query = kind.resource, kind.query or Query()
    marks = tuple(
        Field(mark, help=f"Only the {resource.label} with this {_in_words(kind, mark)}.")
        for mark in (resource.identity, resource.fallback)
        if mark and not query.options
    )
    parents = parent_fields(kind.provider.resources, resource)
    if not resource.id_option:
        known_by = f"name or {resource.id_help}"
        return (*parents, Field(resource.identity, help=f"Only the {resource.label} of this {known_by}."))
    own_id = Field("id", help=f"Only the {resource.label} with this {resource.id_help}.")
    return (*parents, own_id, *(query.options or marks))


def _in_words(kind: Behaviour[Any], option: str) -> str:
    """An option as a sentence names it."""
    refers = kind.resource.by_name[option].refers
    return kind.provider.resources[refers].label if refers else option.replace("_", " ")


def execute_info(
    kind: Behaviour[Any], options: Mapping[str, Any], check_mode: bool, cloud: Service
) -> dict[str, Any]:
    """Read objects: the whole of a resource's info module, free of Ansible. Raises CloudError."""
    cloud.obey(Deadline.after(cloud.clock, Waiting.asked(options).seconds))
    filters = options.get("filters") or {}
    check_filters(kind.resource, filters)
    found = [result for result in kind.search(cloud, options, read) if passes(filters, result)]
    add_details(cloud, kind, options, found)
    return {"changed": False, kind.resource.plural: found, **kind.beside(cloud, options)}


def reading(kind: Behaviour[Any]) -> Edge:
    """The edge of the module that reads objects of a kind."""
    return Edge(kind, info_fields(kind), execute_info)


def run_info(kind: Behaviour[Any]) -> None:
    """Be the module that reads objects of a kind."""
    run_edge(reading(kind))
