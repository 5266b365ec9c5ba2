# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: filters, order, pages (contract section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from .call import Answer, Call
from .errors import ServiceError
from .queue import Request
from .store import Record
from .table import Row

# Filters that act on the record itself and so need no depth.
_REQUEST_FILTERS = ("status", "createdAfter", "createdBefore")


def listing(
    call: Call,
    row: Row | None,
    ident: str,
    path: str,
    records: Sequence[Record],
    *,
    paged: tuple[int, ...] | None = None,
) -> Answer:
    """Answer a collection: filtered, ordered, one page of it, at the depth asked for."""
    depth = call.depth
    found = _filtered(call, records, depth)
    order = call.query.get("orderBy")
    if order and call.version >= 6:
        found = sorted(found, key=lambda record: _text(_value(call, record, order)).lower())
    if call.query.get("maxResults") and call.version >= 6:
        found = found[: call.number("maxResults", 0, 1)]
    if call.version not in (paged if paged is not None else row.paged if row else ()):
        return Answer(200, call.renderer.collection(ident, path, found, depth))
    default, largest = row.page_size if row else (1000, 10000)
    offset, limit = _page(call, default, largest)
    body = call.renderer.collection(ident, path, found[offset : offset + limit], depth)
    body["offset"] = offset
    body["limit"] = limit
    body["_links"] = _page_links(call.base + path, offset, limit, len(found))
    return Answer(200, body)


def _page(call: Call, default: int, largest: int) -> tuple[int, int]:
    """Offset and limit. A limit above the largest page is cut to it (inferred)."""
    if call.cloud.settings.page_limit is not None:
        largest = min(largest, call.cloud.settings.page_limit)
    offset = call.number("offset", 0, 0)
    return offset, min(call.number("limit", default, 1), largest)


def _page_links(href: str, offset: int, limit: int, total: int) -> dict[str, str]:
    links = {}
    if offset > 0:
        links["prev"] = f"{href}?offset={max(0, offset - limit)}&limit={limit}"
    links["self"] = f"{href}?offset={offset}&limit={limit}"
    if offset + limit < total:
        links["next"] = f"{href}?offset={offset + limit}&limit={limit}"
    return links


def _filtered(call: Call, records: Sequence[Record], depth: int) -> list[Record]:
    found = list(records)
    is_requests = bool(found) and isinstance(found[0], Request)
    for name, wanted in call.query.items():
        if not name.startswith("filter."):
            continue
        key = name[len("filter.") :]
        if is_requests and key in _REQUEST_FILTERS and call.version >= 5:
            found = _request_filter(call, found, key, wanted)
        elif depth > 0 and call.version >= 6:
            # At depth 0 no properties are loaded, so there is nothing to compare with.
            low = wanted.lower()
            found = [record for record in found if low in _text(_value(call, record, key)).lower()]
    return found


def _request_filter(call: Call, records: Iterable[Record], key: str, wanted: str) -> list[Record]:
    if key == "status":
        state = wanted.upper()
        return [r for r in records if isinstance(r, Request) and r.status(call.now) == state]
    moment = _moment(key, wanted)
    if key == "createdAfter":
        return [record for record in records if record.created > moment]
    return [record for record in records if record.created < moment]


def _moment(key: str, text: str) -> float:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        text_ = f"[(query).filter.{key}] Attribute 'filter.{key}' must have the form yyyy-MM-dd HH:mm:ss"
        raise ServiceError(422, [("100", text_)]) from None


def _value(call: Call, record: Record, name: str) -> Any:
    """A property or an entry of the metadata, by wire name; None when there is no such thing."""
    if name == "id":
        return record.id
    sought = record.row.hooks.sought
    if sought is not None and (value := sought(record, name)) is not None:
        return value
    metadata, properties = call.renderer.parts(record, 0)
    return properties.get(name, (metadata or {}).get(name))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
