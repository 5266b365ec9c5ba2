# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan sends, and the location that it sends it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..._engine.errors import did_you_mean
from ..._engine.plan.pairing import name_of
from ..._engine.plan.steps import Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.datacenters import DATACENTER
from ..resources.locations import LOCATION, metro_region
from .facts import CloudFacts
from .inside import InsideFacts


class Sent(NamedTuple):
    """An object that a plan creates or changes: its path in words, its kind, and the properties as they are sent.

    ``before`` is its result, None for a new one.
    """

    where: str
    kind: str
    wire: Mapping[str, Any]
    before: Item | None = None

    @property
    def at(self) -> str:
        """How a sentence about it begins."""
        return f"{self.where}: " if self.where else ""


def sent(steps: Sequence[Step]) -> list[Sent]:
    """What the steps of a plan send, with what is nested in it."""
    found: list[Sent] = []
    for step in steps:
        body = step.body if isinstance(step.body, Mapping) else {}
        if step.verb == "create":
            found += _created(step.resource, "/".join(step.path), body)
        elif step.verb == "update":
            wire = body.get("properties", body)
            before = dict((step.change and step.change.before) or {})
            found.append(Sent("/".join(step.path), step.resource.kind, wire, before))
    return found


def _created(resource: Resource, where: str, body: Mapping[str, Any]) -> Iterator[Sent]:
    wire = body.get("properties") or {}
    yield Sent(where, resource.kind, wire)
    entities = body.get("entities") or {}
    for child in resource.children:
        for item in (entities.get(child.entity) or {}).get("items") or ():
            if "properties" not in item:
                continue  # a reference to what is there
            inner = item["properties"]
            own = name_of(child.resource, {"name": inner.get("name"), "lan": inner.get("lan")})
            yield from _created(child.resource, f"{where}/{child.name}/{own}".lstrip("/"), item)


class Home:
    """The location of a plan, as far as it is known; it is read when it is asked for."""

    def __init__(self, facts: CloudFacts) -> None:
        self._facts = facts

    @property
    def location(self) -> str:
        """Its id; empty as long as it is not read, and where an earlier task would create the data center."""
        return str((self.site or {}).get("location") or self._facts.options.get("location") or "")

    @property
    def site(self) -> Item | None:
        """The data center; None for a new one."""
        facts = self._facts
        if facts.resource.kind == DATACENTER.kind:
            return facts.have
        if not isinstance(facts, InsideFacts) or facts.found.missing:
            return None
        item = facts.datacenter if DATACENTER.kind in facts.found.parents else None
        return DATACENTER.decode(item, {}) if item else None

    def place(self, location: str) -> Item | None:
        """A location as a result; of the list, where that was read."""
        for read, items in self._facts.answers.items():
            if read.resource.kind == LOCATION.kind and not read.item_id:
                return next((LOCATION.decode(each, {}) for each in items if each["id"] == location), None)
        item = self._facts.item(LOCATION, {}, location) if location else None
        return LOCATION.decode(item, {}) if item else None

    def told(self, name: str) -> Any:
        """What the data center, or else its location, tells of itself; None where nobody does."""
        shown = (self.site or {}).get(name)
        if shown or self.site is not None:
            return shown
        return (self.place(self.location) or {}).get(name)

    @property
    def families(self) -> dict[str, Item]:
        return {
            each["cpu_family"]: each for each in self.told("cpu_architecture") or () if each.get("cpu_family")
        }

    def aliases(self) -> list[str]:
        """The aliases of images here; a location within another one has those of that one, too (contract section 10.2)."""
        found: list[str] = []
        for location in dict.fromkeys((self.location, metro_region(self.location))):
            found += (self.place(location) or {}).get("image_aliases") or ()
        return found

    def lacks_alias(self, alias: str) -> str:
        """That there is no image of an alias here, in a sentence; an empty text where there is one, or nobody knows."""
        known = self.aliases()
        if not known or alias.lower() in map(str.lower, known):
            return ""
        meant = did_you_mean(alias, known)
        return f"{alias!r} not found in location {self.location!r} of the data center{meant}"

    def reaches(self, location: Any) -> bool:
        """Whether images, snapshots and addresses of a location can be used here."""
        return location in (self.location, metro_region(self.location))
