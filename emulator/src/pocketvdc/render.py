# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From records to answers: the depth algorithm (contract section 4) and the JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from .store import Record, date

if TYPE_CHECKING:
    from .registry import Table


def standard_metadata(record: Record, version: int) -> dict[str, Any]:
    """The usual metadata. User ids came with v5."""
    found: dict[str, Any] = {
        "etag": record.etag,
        "createdDate": date(record.created),
        "createdBy": record.created_by,
    }
    if version >= 5:
        found["createdByUserId"] = record.created_by_id
    found["lastModifiedDate"] = date(record.modified)
    found["lastModifiedBy"] = record.modified_by
    if version >= 5:
        found["lastModifiedByUserId"] = record.modified_by_id
    if record.rest is not None:
        found["state"] = record.state
    return found


class Renderer:
    """Builds answers for one API version below one base URL. Dictionaries it returns must not be changed."""

    def __init__(self, table: Table, base: str, version: int):
        self.table = table
        self.base = base
        self.version = version

    def reference(self, record: Record) -> dict[str, Any]:
        return {"id": record.id, "type": record.type, "href": self.base + record.path}

    def parts(self, record: Record, depth: int) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """Metadata and properties, from the record's cache where they depend on the record alone."""
        key = (self.base, record.revision, record.pending > 0)
        if record.cached is not None and record.cached[0] == key:
            return record.cached[1], record.cached[2]
        row = record.row
        if row.metadata_since > self.version:
            metadata = None
        elif row.hooks.metadata is not None:
            metadata = row.hooks.metadata(record, self.base, depth)
        else:
            metadata = standard_metadata(record, self.version)
        stored = record.properties
        if row.fields:
            properties = {name: stored.get(name) for name in row.served(self.version)}
        else:
            properties = dict(stored)
        if row.hooks.view is not None:
            row.hooks.view(record, properties, self.base)
        if not row.volatile:
            record.cached = (key, metadata, properties)
        return metadata, properties

    def resource(self, record: Record, depth: int) -> dict[str, Any]:
        metadata, properties = self.parts(record, depth)
        found: dict[str, Any] = {"id": record.id, "type": record.type, "href": self.base + record.path}
        if metadata is not None:
            found["metadata"] = metadata
        found["properties"] = properties
        if self.version == 4 and depth >= 2 and record.row.hooks.expanded is not None:
            expanded = record.row.hooks.expanded(record)
            found["properties"] = properties | {name: self._whole(one) for name, one in expanded.items()}
        entities = self.table.entities(record.row.kind, self.version)
        if entities:
            found["entities"] = {
                entity.name: self.collection(
                    f"{record.id}/{entity.name}",
                    f"{record.path}/{entity.name}",
                    entity.records(record) if depth > 0 else (),
                    depth - 1,
                )
                for entity in entities
            }
        return found

    def _whole(self, record: Record) -> dict[str, Any]:
        """A reference with what is known about the resource (contract section 4)."""
        metadata, properties = self.parts(record, 0)
        return {**self.reference(record), "metadata": metadata, "properties": properties}

    def collection(self, ident: str, path: str, records: Iterable[Record], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {"id": ident, "type": "collection", "href": self.base + path}
        if depth == 0:
            found["items"] = [self.reference(record) for record in records]
        elif depth > 0:
            found["items"] = [self.resource(record, depth - 1) for record in records]
        return found

    def echo(self, record: Record, nested: dict[str, list[Any]]) -> dict[str, Any]:
        """The answer to a creation: the tree that was sent, and no more.

        ``nested`` holds, by collection, pairs of a record and its own nested ones; None instead of those says
        that the record was there before, which v4 shows as a bare reference (contract section 10.1.2).
        """
        found = self.resource(record, 0)
        if "entities" not in found:
            return found
        found["entities"] = {
            name: {
                "id": f"{record.id}/{name}",
                "type": "collection",
                "href": f"{self.base}{record.path}/{name}",
                "items": [
                    self.reference(child)
                    if below is None and self.version == 4
                    else self.echo(child, below or {})
                    for child, below in items
                ],
            }
            for name, items in nested.items()
        } or None
        if self.version == 4 and not nested:
            del found["entities"]  # missing, not null (contract section 3)
        return found


def to_json(value: Any, *, pretty: bool) -> str:
    """JSON text: compact, or in the service's form, ``"key" : value`` and two blanks a level."""
    if not pretty:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    parts: list[str] = []
    _write(value, "\n", parts)
    return "".join(parts)


_scalar = json.JSONEncoder(ensure_ascii=False, separators=(", ", " : ")).encode


@cache
def _encoder(line: str) -> Callable[[Any], str]:
    """Writes the scalar members of an object, one on each line, by a single call of the C encoder."""
    return json.JSONEncoder(ensure_ascii=False, separators=("," + line, " : ")).encode


def _write(value: Any, line: str, parts: list[str]) -> None:
    """Append the text of ``value``; ``line`` is the line break with the indentation around it."""
    kind = type(value)
    if kind is dict:
        if value:
            _write_object(value, line, parts)
        else:
            parts.append("{ }")
    elif kind in (list, tuple):
        lead = "[ "
        for item in value:
            parts.append(lead)
            _write(item, line, parts)
            lead = ", "
        parts.append(" ]" if value else "[ ]")
    else:
        parts.append(_scalar(value))


def _write_object(value: dict[str, Any], line: str, parts: list[str]) -> None:
    inner = line + "  "
    encode = _encoder(inner)
    lead, following = "{" + inner, "," + inner
    scalars: dict[str, Any] = {}
    for key, item in value.items():
        kind = type(item)
        if kind is not dict and kind is not list and kind is not tuple:
            scalars[key] = item
            continue
        if scalars:
            parts.append(lead + encode(scalars)[1:-1])
            lead, scalars = following, {}
        parts.append(f"{lead}{_scalar(key)} : ")
        _write(item, inner, parts)
        lead = following
    if scalars:
        parts.append(lead + encode(scalars)[1:-1])
    parts.append(line + "}")
