# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All rows together: who lives below whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .store import Record
from .table import VERSIONS, Link, Row


@dataclass(frozen=True)
class Entity:
    """A collection below a resource: resources it owns (``row`` alone) or links to others (``link``)."""

    name: str
    row: Row | None
    link: Link | None
    since: int
    until: int
    shown: bool
    order: int

    def records(self, record: Record) -> Iterable[Record]:
        if self.link is not None:
            return self.link.members(record)
        return record.children.get(self.name, {}).values()

    def known(self, version: int) -> bool:
        return self.since <= version <= self.until


def _nestable(entity: Entity) -> bool:
    if entity.link is not None:
        return entity.link.attach is not None
    return entity.row is not None and entity.row.nestable and "C" in entity.row.verbs


class Table:
    """Looks up rows by kind and collections by the kind of their parent."""

    def __init__(self, rows: Iterable[Row]):
        self.rows = {row.kind: row for row in rows}
        self._all: dict[str, dict[str, Entity]] = {kind: {} for kind in self.rows}
        for row in sorted(self.rows.values(), key=lambda row: row.order):
            for parent, name in row.under.items():
                if parent:
                    self._all[parent][name] = Entity(
                        name,
                        row,
                        None,
                        row.known_since(parent),
                        VERSIONS[-1],
                        row.entity and parent not in row.unlisted,
                        row.order,
                    )
        for row in self.rows.values():
            for link in row.links:
                member = self.rows.get(link.member) if link.create else None
                self._all[row.kind][link.name] = Entity(
                    link.name, member, link, max(link.since, row.since), link.until, link.entity, link.order
                )
        self._shown = {
            (kind, version): [e for e in below.values() if e.shown and e.known(version)]
            for kind, below in self._all.items()
            for version in VERSIONS
        }

        self._nestable = {
            key: sorted(filter(_nestable, shown), key=lambda entity: entity.order)
            for key, shown in self._shown.items()
        }

    def __getitem__(self, kind: str) -> Row:
        return self.rows[kind]

    def below(self, kind: str) -> Iterable[Entity]:
        """Every collection below a kind, whatever the version."""
        return self._all[kind].values()

    def entities(self, kind: str, version: int) -> list[Entity]:
        """The collections that answers of one version show as ``entities``."""
        return self._shown[kind, version]

    def nestable(self, kind: str, version: int) -> list[Entity]:
        """The collections that a creation may carry, in the order in which they are made."""
        return self._nestable[kind, version]
