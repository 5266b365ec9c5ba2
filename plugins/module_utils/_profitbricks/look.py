# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading what plans ask for, each thing once, out of what was read already where that shows it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from .._engine.errors import ApiError, NotFound
from .._engine.plan.facts import Read
from .._engine.plan.steps import Call
from .._engine.schema.resource import Resource, children
from .._engine.service import Found, Item
from .answers import check_collection
from .client import Cloud
from .resources import CONTRACT_KIND, DATACENTER_KIND, RESOURCES

RECENT = 200  # newest requests that are looked through
CLOCKS = 2.0  # seconds: the service tells whole ones


def answer(cloud: Cloud, reads: Sequence[Read], found: Found) -> dict[Read, list[Item]]:
    """What the service says to reads. Raises CloudError.

    Several names of one collection take one read of all of it, and so do several ids where a list may stand in.
    """
    alike: dict[Read, list[Read]] = defaultdict(list)
    for read in reads:
        alike[read._replace(name="", item_id="" if read.where else read.item_id)].append(read)
    answers = {}
    for whole, several in alike.items():
        if len(several) == 1:
            answers[several[0]] = _read(cloud, several[0], found)
            continue
        items = _read(cloud, whole, found)
        for each in several:
            answers[each] = [item for item in items if each.item_id in ("", item["id"])]
    return answers


def _read(cloud: Cloud, read: Read, found: Found) -> list[Item]:
    resource, parents = read.resource, dict(read.parents)
    resource.exists_in(cloud.version)
    if read.item_id:
        item = cloud.find(resource.item_path(parents, read.item_id), resource, read.depth)
        return [item] if item else []
    if not read.also and (shown := _shown(found, read)) is not None:
        return shown
    try:
        if resource.kind == CONTRACT_KIND:
            # Only from version 6 on is it a list, of one (contract section 10.21).
            answer = cloud.get(resource.path, read.depth, resource=resource)
            return list(answer.get("items", [answer]))
        filters = {**dict(read.where), **_filter(resource, read.name)}
        return cloud.items(resource, parents, read.depth, filters, also=dict(read.also))
    except ApiError as error:
        if error.status == 403 and read.lenient:
            return []
        if error.status == 404 and parents:
            raise _no_parent(parents) from None
        raise


def _shown(found: Found, read: Read) -> list[Item] | None:
    """The items of a collection that was read already, together with what is around it; None if it was not."""
    above = found.tree or found.known.get(DATACENTER_KIND)
    if above is None or dict(read.parents) != {DATACENTER_KIND: above["id"]}:
        return None
    if "items" not in ((above.get("entities") or {}).get(read.resource.collection) or {}):
        return None
    items = children(above, read.resource.collection)
    return items if all(_shows(item, read.depth) for item in items) else None


def _shows(item: Item, depth: int) -> bool:
    """Whether an item was read as deep as that."""
    if depth < 1:
        return True
    below = (item.get("entities") or {}).values() if depth > 1 else ()
    return "properties" in item and all(
        "items" in each and all(_shows(one, depth - 2) for one in each["items"]) for each in below
    )


def _filter(resource: Resource, name: str) -> dict[str, str]:
    return {resource.by_name[resource.identity].wire_name: name} if name else {}


def _no_parent(parents: Mapping[str, str]) -> NotFound:
    kind, value = list(parents.items())[-1]
    return NotFound(RESOURCES[kind].label, kind, value)


def taken(cloud: Cloud, calls: Sequence[Call], seconds: float) -> bool:
    """Whether one of the account's requests is one of the calls, made not longer ago (contract section 6.2)."""
    query = {"depth": 2, "pretty": "false", "limit": RECENT}
    try:
        answer = cloud.transport.call("GET", "requests", query, expects=check_collection)
    except ApiError:
        return False  # not everybody may read them
    return any(
        _is_one_of(calls, item.get("properties") or {})
        for item in answer.data["items"]
        if _age(item, answer.date) <= seconds + CLOCKS
    )


def _age(request: Item, now: datetime | None) -> float:
    """Seconds since a request was made; 0 if the service gives no time that can be parsed."""
    try:
        created = datetime.fromisoformat((request.get("metadata") or {})["createdDate"])
    except (KeyError, TypeError, ValueError):
        return 0.0
    created = created if created.tzinfo else created.replace(tzinfo=UTC)
    return (now - created).total_seconds() if now else 0.0


def _is_one_of(calls: Sequence[Call], request: Item) -> bool:
    path = urlsplit(str(request.get("url"))).path
    return any(
        request.get("method") == call.method
        and path.endswith(f"/{call.path}")
        and _same(request.get("body"), call.body)
        for call in calls
    )


def _same(shown: Any, sent: Any) -> bool:
    """Whether the body of a request is what was sent; where the service does not show it, it may be."""
    try:
        return not shown or json.loads(shown) == json.loads(json.dumps(sent))
    except (TypeError, ValueError):
        return True
