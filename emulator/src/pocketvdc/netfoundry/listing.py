# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: filters, order, pages, and the forms they come in (contract sections 3.3 to 3.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from .access import sees, sees_by_role
from .call import Call
from .checks import like
from .errors import FrameworkError, invalid
from .render import NOTHING, embedded, form, peek, show_as
from .state import Entity
from .table import Row, Values, singular

Item = TypeVar("Item")

# Parameters that are no filters.
_CONTROL = frozenset(("page", "size", "sort", "embed", "beta", "latitude", "longitude"))
# Properties to sort by that are numbers before they are texts.
_TIMES = {"createdAt": "created", "updatedAt": "updated"}
# Size of a page where only its number is asked for (inferred).
_DEFAULT_SIZE = 20


def entities(call: Call, row: Row) -> Values | list[Values]:
    """The answer to a list of entities."""
    if not row.sortable and "sort" in call.query:
        raise FrameworkError(500, f"No property {call.query['sort'].partition(',')[0]} found")
    found = [
        entity
        for entity in _seen(call, row)
        if (row.shows is None or row.shows(entity))
        and _matches(call, row, entity)
        and _in_sight(call, entity)
    ]
    create = call.form == "create" and row.envelope == "hal"
    key = f"create{row.key[:1].upper()}{row.key[1:]}" if create else row.key

    def whole(entity: Entity) -> Values:
        return embedded(call, entity, show_as(call, row, entity))

    def short(entity: Entity) -> Values:
        return {**form(call, entity, "create"), "_links": whole(entity)["_links"]}

    def value(entity: Entity, name: str) -> Any:
        return peek(call, row, entity, name)

    return collection(call, key, found, value, short if create else whole, row=row, envelope=row.envelope)


def _seen(call: Call, row: Row) -> Iterable[Entity]:
    """What the caller may see; who has a role in a network sees all that is in it."""
    network_id = call.asked.get("networkId") if row.scope == "network" else None
    found = call.platform.all(row, network_id)
    network = call.platform.entities["networks"].get(network_id or "")
    if network is not None and sees_by_role(call, network):
        return found
    return (entity for entity in found if sees(call, entity))


def _in_sight(call: Call, entity: Entity) -> bool:
    """Deleted entities appear only where they are asked for; executions only when they can be read."""
    if (entity.deleted is not None) != (call.asked.get("status") == "DELETED"):
        return False
    refusal = getattr(entity, "refusal", None)
    return refusal is None or refusal(call.now) is None


def _matches(call: Call, row: Row, entity: Entity) -> bool:
    """The filters that can be decided without showing the entity."""
    query = call.asked
    if row.scope == "network" and (query.get("networkId") or entity.network_id) != entity.network_id:
        return False
    if row.matches is not None:
        return row.matches(call, entity)
    if row.find_by is None:
        return not query.get("name") or like(query["name"], entity.values.get("name"))
    for parameter, name in row.find_by.items():
        wanted = query.get(parameter)
        if wanted and name == "name" and not like(wanted, entity.name):
            return False
        value = entity.id if name == "id" else entity.values.get(name)
        if wanted and name != "name" and wanted != value:
            return False
    return True


def _ignored(row: Row | None) -> frozenset[str]:
    """What has been dealt with, or is not honoured here."""
    found = {"networkId", "name", "status"} if row is not None else set()
    if row is not None and row.find_by is not None:
        found |= {*row.find_by, *row.find_by.values()}
    return _CONTROL | found


def collection(
    call: Call,
    key: str,
    items: Sequence[Item],
    value: Callable[[Item, str], Any],
    present: Callable[[Item], Values],
    row: Row | None = None,
    envelope: str = "hal",
) -> Values | list[Values]:
    """Filter by properties, sort, cut a page and wrap it.

    :param value: one property of an item, to filter and sort by, or NOTHING.
    :param present: an item as it goes into the answer.
    """
    found = _selected(call, items, value, row)
    if envelope == "array" and call.platform.settings.arrays:
        return [present(item) for item in found]
    if envelope == "hal":
        _sort(call, found, value)
    number, size = _page(call, len(found))
    page = [present(item) for item in found[number * size : (number + 1) * size]]
    counts = {
        "number": number,
        "size": size,
        "totalElements": len(found),
        "totalPages": -(-len(found) // size) if size else 1,
    }
    if envelope == "content":
        return {"content": page, **counts}
    key = key or paged_key(call.path)
    query = f"?{call.query_string}" if call.query_string else ""
    answer: Values = {"_embedded": {key: page}} if page else {}
    return {**answer, "_links": {"self": {"href": call.href(call.path + query)}}, "page": counts}


def paged_key(path: str) -> str:
    """The key of the items of a list that usually comes without one: ``userIdentityList`` (section 3.3)."""
    first, *more = singular(path.rstrip("/").rpartition("/")[2]).split("-")
    return "".join((first, *(word.title() for word in more), "List"))


def _selected(
    call: Call, items: Sequence[Item], value: Callable[[Item, str], Any], row: Row | None
) -> list[Item]:
    wanted = {name: call.query.getlist(name) for name in call.query if name not in _ignored(row)}
    status = call.query.get("status")
    if status and status != "DELETED":
        wanted["status"] = [status]
    return [
        item for item in items if all(_is_one_of(value(item, name), texts) for name, texts in wanted.items())
    ]


def _sort(call: Call, items: list[Item], value: Callable[[Item, str], Any]) -> None:
    """By each ``sort=property,direction``, the first one foremost."""
    for order in reversed(call.query.getlist("sort")):
        name, _comma, direction = order.partition(",")

        def key(item: Item, name: str = name) -> tuple[bool, Any]:
            if name in _TIMES and isinstance(item, Entity):
                return True, getattr(item, _TIMES[name])
            found = value(item, name)
            return found not in (None, NOTHING), str(found).casefold()

        items.sort(key=key, reverse=direction.lower() == "desc")


def _page(call: Call, total: int) -> tuple[int, int]:
    """Number and size of the page; everything where nothing is asked for, which is size 0 when empty."""
    number, size = _number(call, "page"), _number(call, "size")
    limit = call.platform.page_limit()
    if size is None:
        size = total if number is None and limit is None else _DEFAULT_SIZE
    return number or 0, min(size, limit) if limit is not None else size


def _number(call: Call, name: str) -> int | None:
    text = call.query.get(name)
    if not text:
        return None
    least = 1 if name == "size" else 0
    if not text.isdecimal() or int(text) < least:
        raise invalid(f"Parameter '{name}' must be a number, {least} or more")
    return int(text)


def _is_one_of(value: Any, texts: list[str]) -> bool:
    """Whether a property has one of the values that are asked for; an unknown one is ignored."""
    if value is NOTHING:
        return True
    if isinstance(value, bool):
        return str(value).lower() in (text.lower() for text in texts)
    return str(value) in texts
