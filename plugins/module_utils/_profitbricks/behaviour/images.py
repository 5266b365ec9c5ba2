# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Images and the locations that offer them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.behaviour import Behaviour
from ..._engine.outcome import Query
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.images import IMAGE
from ..resources.locations import LOCATION
from ..rules.labelled import LabelledFacts
from ..rules.own_images import ImageRules


def _image_filters(options: Mapping[str, Any]) -> dict[str, str]:
    wires = {
        name: IMAGE.by_name[name].wire_name for name in ("name", "location", "image_type", "licence_type")
    }
    return {wire: str(options[name]) for name, wire in wires.items() if options.get(name)}


def _image_matches(options: Mapping[str, Any], image: Item) -> bool:
    name, alias, public = options.get("name"), options.get("alias"), options.get("public")
    exact = all(
        IMAGE.by_name[each].parsed(options[each]) == image[each]
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


IMAGES: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS._replace(facts=LabelledFacts),
    IMAGE,
    {IMAGE.kind: ImageRules()},
    query=Query(
        options=(
            Field("name", help="Only images whose name contains this text; case does not matter."),
            Field("location", help="Only images of this location, such as V(de/fra)."),
            Field("image_type", choices=("HDD", "CDROM"), help="Only images for volumes, or only CD-ROMs."),
            Field(
                "licence_type",
                growing=IMAGE.by_name["licence_type"].growing,
                help="Only images with this licence.",
            ),
            Field(
                "alias",
                since=5,
                help="Only images with this alias, such as V(ubuntu:latest); not in version 4 of the API.",
            ),
            Field("public", "bool", help="Only the provider's public images, or only private ones."),
        ),
        narrow=_image_filters,
        matches=_image_matches,
    ),
)
LOCATIONS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS,
    LOCATION,
    query=Query(
        options=(Field("name", help="Only the location with this name, such as V(frankfurt), or id."),),
        matches=_location_matches,
    ),
)
