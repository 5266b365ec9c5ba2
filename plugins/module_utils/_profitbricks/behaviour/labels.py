# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Labels, of one object or of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.errors import InvalidOption
from ..._engine.outcome import Query
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources import RESOURCES, images, ipblocks, servers  # pylint: disable=unused-import  # noqa: F401  what can have labels
from ..resources.labels import ALL_LABELS, LABEL


class Labels(Behaviour[Cloud]):
    def identified(self, cloud: Cloud, options: Mapping[str, Any]) -> Mapping[str, Any]:
        if options.get("image") not in (None, "") and cloud.version < 6:
            raise InvalidOption(
                f"image: images have labels from version 6 of the API on, and api_url addresses version {cloud.version}"
            )
        return options

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The labels of the object that the options name; without one, all that the user sees."""
        if any(options.get(name) not in (None, "") for name in LABEL.ancestors):
            return super().search(cloud, options, read)
        LABEL.exists_in(cloud.version)
        wanted = {"id": options.get("id"), "key": options.get("key"), "value": options.get("value")}
        narrow = {name: str(wanted[name]) for name in ("key", "value") if wanted[name]}
        results = [everywhere(item) for item in cloud.items(ALL_LABELS, {}, 1, narrow)]
        return [
            result
            for result in results
            if wanted["id"] in (None, "", result["id"]) and _matches(options, result)
        ]


def everywhere(item: Item) -> Item:
    """The result of a label as the list of all shows it: by a URN, with a link to what it is on."""
    properties = item.get("properties") or {}
    collections = {
        resource.collection: kind for kind, resource in RESOURCES.items() if kind in LABEL.ancestors
    }
    link = re.findall(rf"/({'|'.join(collections)})/([^/?]+)", str(properties.get("resourceHref") or ""))
    parents = {collections[name]: each for name, each in link}
    parents.setdefault(str(properties.get("resourceType")), str(properties.get("resourceId")))
    return {**LABEL.decode(item, parents), "id": properties.get("key")}


def _matches(options: Mapping[str, Any], label: Item) -> bool:
    return all(options.get(name) in (None, "", label[name]) for name in ("key", "value"))


LABELS = Labels(
    PROFITBRICKS,
    LABEL,
    query=Query(
        options=(
            Field("key", help="Only labels with this key."),
            Field("value", help="Only labels with this value."),
        ),
        matches=_matches,
    ),
)
