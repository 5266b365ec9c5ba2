# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: which objects an info module returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..engine.errors import InvalidOption
from ..engine.resource import UUID, Field, Resource
from .behaviour import decode
from .client import Cloud, Item, Place
from .resources import IMAGE, LAN, LOCATION, RESOURCES
from .task import names_siblings


@dataclass(frozen=True)
class Query:
    """What an info module can search by beside id and name.

    ``narrow`` gives filters ({wire name: text}) for the service, ``matches`` decides on a result.
    """

    options: tuple[Field, ...] = ()
    narrow: Callable[[Mapping[str, Any]], dict[str, str]] = lambda options: {}
    matches: Callable[[Mapping[str, Any], Item], bool] = lambda options, result: True


def read(cloud: Cloud, resource: Resource, options: Mapping[str, Any]) -> list[Item]:
    """All objects that the options ask for, as results; an empty list when there is none.

    Raises NotFound when a parent does not exist, and other CloudErrors.
    """
    query = QUERIES.get(resource.kind) or _by_name(resource)
    wanted = str(options.get("id") or "")
    if wanted and not resource.is_id(wanted):
        raise InvalidOption(f"id: {wanted!r} is not the {resource.id_help} of a {resource.label}")
    for field in query.options:
        if options.get(field.name) is not None:
            field.check(options[field.name], cloud.version)
    if wanted:
        place = cloud.locate(resource, options)
        items = [place.item] if place.item else []
    else:
        tree = names_siblings(resource, (), options)
        items, place = cloud.locate_all(resource, options, query.narrow(options), tree)
    options = _with_lan(cloud, resource, options, place)
    results = decode(cloud, resource, items, place.parents)
    return [result for result in results if query.matches(options, result)]


def _with_lan(
    cloud: Cloud, resource: Resource, options: Mapping[str, Any], place: Place
) -> Mapping[str, Any]:
    """The options with the number of a LAN in place of its name."""
    mark = resource.by_name.get(resource.fallback)
    if mark is None or mark.refers != LAN.kind or options.get(mark.name) in (None, ""):
        return options
    return {**options, mark.name: cloud.lan(mark.name, options[mark.name], place)}


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


def _image_filters(options: Mapping[str, Any]) -> dict[str, str]:
    wires = {
        name: IMAGE.by_name[name].wire_name for name in ("name", "location", "image_type", "licence_type")
    }
    return {wire: str(options[name]) for name, wire in wires.items() if options.get(name)}


def _image_matches(options: Mapping[str, Any], image: Item) -> bool:
    name, alias, public = options.get("name"), options.get("alias"), options.get("public")
    exact = all(
        image[each] == options[each]
        for each in ("location", "image_type", "licence_type")
        if options.get(each)
    )
    return (
        exact
        and (not name or str(name).lower() in str(image["name"] or "").lower())
        and (not alias or alias in image["image_aliases"])
        and (public is None or image["public"] is public)
    )


def _location_matches(options: Mapping[str, Any], location: Item) -> bool:
    name = options.get("name")
    return not name or str(name).lower() in (str(location["name"]).lower(), str(location["id"]).lower())


QUERIES: dict[str, Query] = {
    IMAGE.kind: Query(
        options=(
            Field("name", help="Only images whose name contains this text; case does not matter."),
            Field("location", help="Only images of this location, such as V(de/fra)."),
            Field("image_type", choices=("HDD", "CDROM"), help="Only images for volumes, or only CD-ROMs."),
            Field(
                "licence_type",
                choices=RESOURCES["image"].by_name["licence_type"].choices,
                help="Only images with this licence.",
            ),
            Field(
                "alias",
                since=5,
                help="Only images with this alias, such as V(ubuntu:latest); not in version 4 of the API.",
            ),
            Field(
                "public", "bool", help="Only images that the provider offers to everyone, or only one's own."
            ),
        ),
        narrow=_image_filters,
        matches=_image_matches,
    ),
    LOCATION.kind: Query(
        options=(Field("name", help="Only the location with this name, such as V(frankfurt), or id."),),
        matches=_location_matches,
    ),
}
