# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Images: what a name or an alias stands for, in the location of a data center."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._engine.errors import AmbiguousName, NotFound
from ..._engine.schema.field import is_uuid
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.images import IMAGE, SNAPSHOT
from ..resources.locations import metro_region
from .inside import InsideFacts
from .volume_facts import VolumeFacts


def find_image(
    facts: InsideFacts,
    name: str,
    option: str = "image",
    sources: Sequence[Resource] = (IMAGE, SNAPSHOT),
    image_type: str = "",
) -> Item | None:
    """An image or snapshot of the data center's location, by name, as a result; with ``image_type`` one of that type.

    None as long as something is still to be read. Raises NotFound, naming the ``option``, and AmbiguousName.
    """
    where = (("imageType", image_type),) if image_type else ()
    for source in sources:
        items = (source.decode(item, {}) for item in facts.items(source, {}, name=name, where=where))
        found = [
            each
            for each in items
            if each["name"] == name and (not image_type or each.get("image_type") == image_type)
        ]
        if facts.open:
            return None
        if found:
            return _here(facts, source, option, name, found)
    labels = " or ".join(source.label for source in sources)
    all_items = [(source, facts.items(source, {}, where=where)) for source in sources]
    names = [each for source, items in all_items for item in items for each in source.called(item)]
    raise NotFound(labels, option, name, advice="profitbricks_image_info lists the images", names=names)


def _here(facts: InsideFacts, source: Resource, option: str, name: str, found: list[Item]) -> Item | None:
    if facts.found.missing:
        # Where the data center will be, nobody knows.
        return found[0]
    location = facts.location
    own = [each for each in found if each["location"] == location]
    here = own or [each for each in found if each["location"] == metro_region(location)]
    if len(here) > 1:
        raise AmbiguousName(source.label, option, name, [each["id"] for each in here])
    if here or facts.open:
        return here[0] if here else None
    elsewhere = ", ".join(sorted({str(each["location"]) for each in found}))
    raise NotFound("image", option, name, f"location {location}", f"it is in {elsewhere}")


def named_image(facts: VolumeFacts, named: str) -> Item | None:
    """What a UUID, a name or an alias stands for, as a result; None where that cannot be told."""
    if ":" in named:
        # The aliases of the metro region: a location within it has no public images of its own.
        home = metro_region(facts.location)
        items = (IMAGE.decode(item, {}) for item in facts.items(IMAGE, {}, where=(("location", home),)))
        found = [each for each in items if named.lower() in _aliases(each) and each["location"] == home]
        return found[0] if found else None
    if not is_uuid(named):
        return find_image(facts, named)
    found_by_id = facts.image(named.lower())
    if found_by_id is None and not facts.open:
        item = facts.item(SNAPSHOT, {}, named.lower())
        return SNAPSHOT.decode(item, {}) if item else None
    return found_by_id


def image_by_id(facts: VolumeFacts, image_id: str) -> Item | None:
    """The image or snapshot of an id, as a result; None where that is not read (yet). Raises NotFound."""
    found = named_image(facts, image_id) if facts.compares_images else None
    if found is not None or facts.open or not facts.compares_images:
        return found
    # A list that stood in for several images holds only those of one location.
    item = facts.item(IMAGE, {}, image_id)
    if item is None and not facts.open:
        advice = "profitbricks_image_info and profitbricks_snapshot_info list what there is"
        raise NotFound("image or snapshot", "image", image_id, advice=advice)
    return IMAGE.decode(item, {}) if item else None


def other_image(named: str, image: Item | None) -> str | None:
    """The name of an image (as a result; None: it is not listed any more) that the name or alias surely does not mean.

    Aliases move on to newer images, and an image that they have left may lose its last one: then nobody knows.
    """
    if image is None:
        return None
    name, wanted = str(image["name"]), named.lower()
    family, colon, tag = wanted.partition(":")
    if not colon:
        return None if wanted == name.lower() else name
    aliases = _aliases(image)
    was_latest = tag.startswith("latest") and any(each.startswith(f"{family}:") for each in aliases)
    return None if not aliases or wanted in aliases or was_latest else name


def _aliases(image: Item) -> list[str]:
    return [str(each).lower() for each in image["image_aliases"] or ()]


def aliases_are_shown(version: int) -> bool:
    known: Any = IMAGE.by_name["image_aliases"]
    return bool(known.known(version))
