# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: which objects an info module returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .addresses import text_key
from .errors import InvalidOption, NotFound
from .outcome import Query
from .schema.comparison import equal
from .schema.field import UUID
from .schema.resource import Resource
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
        narrow = {**_narrowing(kind, options), **query.narrow(options)}
        items, place = cloud.locate_all(resource, options, narrow, tree)
    options = cloud.with_resolved_identity(resource, options, place)
    results = kind.decode(cloud, items, place.parents)
    return [result for result in results if query.matches(options, result)]


def check_filters(resource: Resource, filters: Mapping[str, Any]) -> None:
    """Raise InvalidOption for a filter by what no result has."""
    known = {"id", *(f.name for f in resource.shown), *(f"{kind}_id" for kind in resource.ancestors)}
    known |= {f"{owner.kind}_id" for owner in resource.owners} | {child.name for child in resource.children}
    for name in filters:
        if name not in known:
            raise InvalidOption(
                f"filters: the results have no key {name}; they have {', '.join(sorted(known))}"
            )


def passes(filters: Mapping[str, Any], result: Item) -> bool:
    """Whether a result has the values that the filters name."""
    return all(_has(result.get(name), value) for name, value in filters.items())


def _has(have: Any, value: Any) -> bool:
    if isinstance(have, list) and not isinstance(value, list):
        return any(_has(each, value) for each in have)
    return have is value if None in (have, value) else text_key(have) == text_key(value)


def _narrowing(kind: Behaviour[Any], options: Mapping[str, Any]) -> dict[str, str]:
    """The filters that the service has too: of texts that it keeps as they are given."""
    if not kind.provider.narrows:
        return {}
    filters = options.get("filters") or {}
    return {
        field.wire_name: str(filters[field.name])
        for field in kind.resource.shown
        if filters.get(field.name) not in (None, "")
        and field.plain
        and (field.shown_type or field.type, field.compare, field.key) == ("str", equal, text_key)
        and not (field.metadata or field.beside or field.reference or field.derived)
    }


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


def given_ids(resource: Resource, options: Mapping[str, Any]) -> list[str] | None:
    """The ids of requests that a task names, each once; None if it names none. Raises InvalidOption."""
    if options.get("id") is None:
        return None
    ids = list(dict.fromkeys(str(each).lower() for each in options["id"]))
    for each in ids:
        if not resource.is_id(each):
            raise InvalidOption(
                f"id: {each!r} is not the UUID of a request; use select() to leave out the results of tasks that changed "
                "nothing"
            )
    return ids
