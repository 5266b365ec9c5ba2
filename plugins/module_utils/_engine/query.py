# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: which objects an info module returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import NotFound
from .outcome import Query
from .resource import UUID, Resource
from .service import Item, Service, needs_tree

if TYPE_CHECKING:
    from .behaviour import Behaviour


def read(cloud: Service, kind: Behaviour[Any], options: Mapping[str, Any]) -> list[Item]:
    """All objects that the options ask for, as results; an empty list when there is none.

    Raises NotFound when a parent does not exist, and other CloudErrors.
    """
    resource = kind.collection_for(options).placed(options)
    resource.exists_in(cloud.version)
    try:
        options = kind.identified(cloud, options)
    except NotFound:
        return []
    query = kind.query or _by_name(resource)
    wanted = str(options.get("id") or "")
    if wanted:
        resource.must_be_id(wanted)
    for field in query.options:
        if options.get(field.name) is not None:
            field.check(options[field.name], cloud.version)
    if wanted:
        place = cloud.locate(resource, options)
        items = [place.item] if place.item else []
    else:
        tree = needs_tree(cloud.resources, resource, (), options)
        items, place = cloud.locate_all(resource, options, query.narrow(options), tree)
    options = cloud.marks(resource, options, place)
    results = kind.decode(cloud, items, place.parents)
    return [result for result in results if query.matches(options, result)]


def add_details(
    cloud: Service, kind: Behaviour[Any], options: Mapping[str, Any], results: list[Item]
) -> None:
    """Add to results what the options ask for of each object."""
    for detail in kind.details:
        if options.get(detail.option.name):
            detail.option.check(True, cloud.version)
            for result in results:
                result.update(detail.read(cloud, result))


def _by_name(resource: Resource) -> Query:
    """The common case: the marks by which people know an object."""
    marks = [mark for mark in (resource.identity, resource.fallback) if mark]

    def is_id(value: Any) -> bool:
        # A name may well be a number, as the id of a LAN is.
        return resource.id_pattern == UUID and resource.is_id(value)

    def narrow(options: Mapping[str, Any]) -> dict[str, str]:
        value = options.get(resource.identity)
        if not value or is_id(value):
            return {}
        return {resource.by_name[resource.identity].wire_name: str(value)}

    def matches(options: Mapping[str, Any], result: Item) -> bool:
        for mark in marks:
            value = options.get(mark)
            if value in (None, ""):
                continue
            if mark == resource.identity and is_id(value) and str(value).lower() == result["id"]:
                continue
            have = result.get(mark)
            if have is None or not resource.by_name[mark].same(str(value), str(have)):
                return False
        return True

    return Query(narrow=narrow, matches=matches)
