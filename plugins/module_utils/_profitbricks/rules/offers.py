# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a location has what a plan makes servers and volumes of: images, templates with their cards, zones (contract
sections 10.2 and 16.3).

What a plan sends is looked at, so that only new objects and new values are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ..._engine.schema.field import is_uuid
from ..._engine.service import Item
from ..resources.images import IMAGE, SNAPSHOT
from ..resources.servers import SERVER, VOLUME
from ..resources.templates import TEMPLATE
from .fitting import Preview
from .images import named_image
from .sending import Home, Sent, sent
from .volume_facts import VolumeFacts

SSD_ZONES = "ssd-storage-zoning"
ZONED = ("HDD", "SSD Standard")  # have zones everywhere


def of_location(preview: Preview) -> Iterator[str]:
    """What a plan needs, and the location does not have; if ``thorough``, also whether images that only an alias names fit
    into their volumes, which takes a request.
    """
    facts = cast("VolumeFacts", preview.facts)
    home = Home(facts)
    for each in sent(preview.steps):
        if each.kind == VOLUME.kind and each.before is None:
            yield from _of_volume(facts, home, each, preview.thorough)
        elif each.kind == SERVER.kind and each.before is None:
            yield from _of_server(facts, home, each)


# -- servers ------------------------------------------------------------------------------------------------------------


def _of_server(facts: VolumeFacts, home: Home, server: Sent) -> Iterator[str]:
    template = server.wire.get("templateUuid")
    if not template:
        return
    items = {item["id"]: TEMPLATE.decode(item, {}) for item in facts.items(TEMPLATE, {})}
    if not items:
        return
    if template not in items:
        yield f"{server.at}template_uuid: there is no template {template!r}"
        return
    wanted = [each["model"] for each in items[template]["gpus"] or ()]
    cards = {each["model"] for each in (home.told("gpu_architecture") if wanted else None) or ()}
    missing = [each for each in wanted if each not in cards]
    if missing and home.location:
        yield f"{server.at}template_uuid: the location has no graphics cards of model {missing[0]}"


# -- volumes ------------------------------------------------------------------------------------------------------------


def _of_volume(facts: VolumeFacts, home: Home, volume: Sent, thorough: bool) -> Iterator[str]:
    wire, kind = volume.wire, volume.wire.get("type") or "HDD"
    zone = wire.get("availabilityZone")
    if zone not in (None, "AUTO") and kind not in ZONED:
        features = home.told("features")
        if features and SSD_ZONES not in features:
            yield f"{volume.at}availability_zone: the location has no zones for volumes of type {kind}; set AUTO"
    alias, named = wire.get("imageAlias"), wire.get("image")
    if alias and (missing := home.lacks_alias(str(alias))):
        yield f"{volume.at}image: {missing}"
    image = _image(facts, str(named or (alias if thorough else "") or ""))
    if image is None:
        return
    if home.location and not home.reaches(image["location"]):
        yield (
            f"{volume.at}image: {image['name']} is in location {image['location']}, and cannot be used in "
            f"{home.location}"
        )
    least, size = image.get("size"), wire.get("size")
    if least and size and size < least:
        yield f"{volume.at}size: {size} GB, but the image {image['name']} needs at least {least:g} GB"


def _image(facts: VolumeFacts, named: str) -> Item | None:
    """The image or snapshot that is meant by an id or alias, as a result; out of what was read, where that shows it."""
    if not named:
        return None
    if is_uuid(named):
        for read, items in facts.answers.items():
            resource = {IMAGE.kind: IMAGE, SNAPSHOT.kind: SNAPSHOT}.get(read.resource.kind)
            found = [item for item in items if resource and item["id"] == named and "properties" in item]
            if found and resource:
                return resource.decode(found[0], {})
    return named_image(facts, named)
