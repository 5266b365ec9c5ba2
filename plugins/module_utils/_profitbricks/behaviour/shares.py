# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be shared with groups, and the shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.errors import InvalidOption, NotFound
from ..._engine.outcome import Query
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource, children
from ..._engine.service import Item, Selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import GROUP, RESOURCE, RESOURCE_TYPES, SHARE
from ..rules.users import ShareRules

NEW_TYPES = ("pcc", "backupunit", "k8s")  # from version 5 of the API on


def _of_type(cloud: Cloud, option: str, kind: str) -> Resource:
    """The collection of the resources of one type. Raises InvalidOption."""
    if kind in NEW_TYPES and cloud.version < 5:
        raise InvalidOption(
            f"{option}: the service has resources of type {kind} from version 5 of its API on, and api_url addresses "
            f"version {cloud.version}"
        )
    return replace(RESOURCE, path=f"{RESOURCE.path}/{kind}")


# -- shares -------------------------------------------------------------------------------------------------------


class Shares(Behaviour[Cloud]):
    def identified(self, cloud: Cloud, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """The resource by its UUID, and the group too where the same read tells it."""
        name, kind = options.get("resource"), options.get("resource_type")
        if name in (None, "") or SHARE.is_id(name):
            return options
        if not kind:
            raise InvalidOption(
                f"resource_type: needed to find the resource {name!r} by its name; or give its UUID as resource"
            )
        source = _of_type(cloud, "resource_type", str(kind))
        wanted = Selector(source, "resource", str(name), source.identity)
        item = wanted.pick(cloud.items(source, {}, 1 + source.depth, {"name": str(name)}))
        if item is None:
            raise NotFound(f"resource of type {kind}", "resource", name)
        groups = [each["id"] for each in children(item, "groups") if _is(each, options.get("group"))]
        return {**options, "resource": item["id"], **({"group": groups[0]} if len(groups) == 1 else {})}


def _is(group: Item, name: Any) -> bool:
    return name not in (None, "") and GROUP.properties(group).get("name") == name


def _matches(options: Mapping[str, Any], share: Item) -> bool:
    wanted = options.get("resource")
    return wanted in (None, "") or str(wanted).lower() == share["id"]


SHARED = (
    Field(
        "resource",
        help="UUID of the shared resource, as O(id) is; or its name, together with O(resource_type).",
    ),
    Field("resource_type", choices=RESOURCE_TYPES, help="Type of O(resource), if that is a name."),
)

SHARES = Shares(
    PROFITBRICKS,
    SHARE,
    {SHARE.kind: ShareRules()},
    options=SHARED,
    query=Query(options=SHARED, matches=_matches),
)


# -- resources ----------------------------------------------------------------------------------------------------


class Resources(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """Below its type a resource can be read alone; without one, all are listed."""
        given = options.get("type")
        if given:
            typed = replace(self, resource=_of_type(cloud, "type", str(given)))
            return read(cloud, typed, options)
        wanted = str(options.get("id") or "").lower()
        found = super().search(cloud, {name: value for name, value in options.items() if name != "id"}, read)
        return [each for each in found if wanted in ("", each["id"])]


def _named(options: Mapping[str, Any], resource: Item) -> bool:
    return options.get("name") in (None, "", resource["name"])


RESOURCES = Resources(
    PROFITBRICKS,
    RESOURCE,
    query=Query(
        options=(
            Field("type", choices=RESOURCE_TYPES, help="Only resources of this type."),
            Field("name", help="Only resources with this name."),
        ),
        narrow=lambda options: {"name": str(options["name"])} if options.get("name") else {},
        matches=_named,
    ),
)
