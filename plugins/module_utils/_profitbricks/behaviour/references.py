# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of other objects in the place of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.errors import AmbiguousName, NotFound
from ..._engine.kind import Situation
from ..._engine.resource import Resource, is_uuid
from ..._engine.service import Item, selector
from ..client import Cloud
from ..resources.compute import DATACENTER
from ..resources.images import IMAGE, SNAPSHOT


def account_wide(cloud: Cloud, resource: Resource, option: str, value: Any) -> str:
    """The id of an object that is below no other, from its name or id; a name costs one request. Raises NotFound."""
    wanted = selector(resource, option, value)
    if wanted.by_id:
        return wanted.value
    found = wanted.pick(cloud.items(resource, {}, 1, {"name": wanted.value}))
    if found is None:
        advice = f"profitbricks_{resource.kind}_info lists the {resource.label}s"
        raise NotFound(resource.label, option, wanted.value, advice=advice)
    return str(found["id"])


def resolve_lan(situation: Situation[Cloud], want: dict[str, Any], option: str = "lan") -> None:
    if want.get("lan") not in (None, ""):
        want["lan"] = int(situation.cloud.lan(option, want["lan"], situation.place))


def resolve_image(situation: Situation[Cloud], want: dict[str, Any], creating: bool) -> Item | None:
    """Turn the name or alias of an image into what the service takes; returns the image if it was looked up."""
    image = want.get("image")
    if image in (None, "") or is_uuid(image):
        return None
    del want["image"]
    if not creating:
        return None
    if ":" in str(image):
        want["image_alias"] = image
        return None
    found = find_image(situation, str(image))
    want["image"] = found["id"]
    return found


def other_image(named: str, image: Mapping[str, Any] | None) -> str | None:
    """The name of an image (as a result; None: it is not listed any more) that the name or alias surely does not mean.

    Aliases move on to newer images, and an image that they have left may lose its last one: then nobody knows.
    """
    if image is None:
        return None
    name, said = str(image["name"]), named.lower()
    family, colon, tag = said.partition(":")
    if not colon:
        return None if said == name.lower() else name
    aliases = [str(each).lower() for each in image["image_aliases"]]
    was_latest = tag.startswith("latest") and any(each.startswith(f"{family}:") for each in aliases)
    return None if not aliases or said in aliases or was_latest else name


def find_image(
    situation: Situation[Cloud],
    name: str,
    option: str = "image",
    sources: Sequence[Resource] = (IMAGE, SNAPSHOT),
    image_type: str = "",
) -> Item:
    """An image or snapshot of the data center's location, by name; with ``image_type`` only an image of that type.

    ``option`` is the one that names it.
    """
    cloud, place = situation.cloud, situation.place
    filters = {"name": name} | ({"imageType": image_type} if image_type else {})
    for source in sources:
        items = cloud.items(source, {}, 1, filters)
        found = [item for item in items if item["properties"].get("name") == name]
        if image_type:
            found = [item for item in found if item["properties"].get("imageType") == image_type]
        if not found:
            continue
        datacenter = place.known.get(DATACENTER.kind) or cloud.get(
            DATACENTER.item_path({}, place.parents[DATACENTER.kind])
        )
        location = datacenter["properties"]["location"]
        here = [item for item in found if item["properties"].get("location") == location]
        if len(here) > 1:
            raise AmbiguousName(source.label, option, name, [item["id"] for item in here])
        if here:
            return here[0]
        elsewhere = ", ".join(sorted({str(item["properties"].get("location")) for item in found}))
        raise NotFound("image", option, name, f"location {location}", f"it is in {elsewhere}")
    labels = " or ".join(source.label for source in sources)
    raise NotFound(labels, option, name, advice="profitbricks_image_info lists the images")
