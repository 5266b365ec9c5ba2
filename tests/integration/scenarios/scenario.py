# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a resource module is walked with through its promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue import KINDS
from integration.runner import Runner

PASSWORD = "sEcret4pass"
NAMES = {
    "organization": "DEMO",
    "network_group": "DEMOGROUP",
    "datacenter": "shop",
    "server": "web",
    "user": "ada@example.com",
}  # other parents are called front


@dataclass(frozen=True)
class Clearing:
    """An option that can be emptied: what it is set to first, what empties it, and the result's key and value then."""

    option: str
    first: Any
    empty: Any
    key: str
    cleared: tuple[Any, ...] = (None, "", [])


Make = Callable[[Runner, Mapping[str, str]], str]


@dataclass(frozen=True)
class Scenario:
    """One resource: how it is created, changed, emptied, and what it refuses.

    ``create`` holds the options beside the parents, ``fixed`` an immutable one with (present, wanted), ``twin`` the
    properties of two objects of the same name, "twin", that another client made, or a function that makes one and
    returns its id. ``given`` makes what the objects need beside the shop, whose ids by kind it is told; what it returns
    are ids of parents, and variables of the tasks.
    ``unawaited`` holds what one that is made while others are must have otherwise.
    ``another`` tells one that is made later from the first, where a longer mark cannot.
    ``lookups`` are the reads beyond the others that name what a new one is made of, ``posts`` the pattern of the
    path that creates one. ``told`` are options of every task, ``named`` the most requests of an unchanged one that
    gives names. ``lacks`` says why nothing of it can be emptied, or no two can bear one name.
    """

    create: Mapping[str, Any]
    change: Mapping[str, Any] = field(default_factory=dict)
    clearing: Clearing | None = None
    fixed: tuple[str, Any, Any] | None = None
    twin: Mapping[str, Any] | Make | None = None
    secrets: tuple[str, ...] = ()
    slow: bool = True  # whether the service takes time for it
    mark: str = "name"
    given: Callable[[Runner, Mapping[str, str]], Mapping[str, str]] = lambda play, ids: {}
    unawaited: Mapping[str, Any] = field(default_factory=dict)
    another: Mapping[str, Any] = field(default_factory=dict)
    rests: str = "AVAILABLE"  # its state when the service is done with it
    requests: bool = True  # whether the service answers with a request to wait for
    lookups: int = 0
    posts: str = ""
    lacks: str = ""
    provider: str = "profitbricks"
    told: Mapping[str, Any] = field(default_factory=dict)
    named: int = 2
    reason: str = "[VDC-5-601] no luck"  # what the error says of a request that fails

    def parents(self, kind: str) -> dict[str, str]:
        """The options that name what an object of this kind is below."""
        return {
            parent: NAMES.get(parent, "front") for parent in KINDS[f"{self.provider}_{kind}"].resource.parents
        }

    def world(self, play: Runner) -> tuple[dict[str, str], dict[str, str]]:
        """Make what the objects need: the ids of parents and others by kind, and variables of the tasks."""
        ids = play.shop()
        made = self.given(play, ids)
        images = (image for image in play.call("GET", "images?depth=1")["items"])
        cdrom = next(
            image["id"]
            for image in images
            if image["properties"]["imageType"] == "CDROM" and image["properties"]["location"] == "de/fra"
        )
        pcc = play.call("POST", "pccs", {"properties": {"name": "cross"}})["id"]
        return {**ids, **made}, {"cdrom": cdrom, "pcc": pcc, **made}

    @property
    def renamed(self) -> Any:
        """What the object is called after the change."""
        return self.change.get(self.mark, self.create.get(self.mark))

    @property
    def name(self) -> dict[str, Any]:
        """The option that names the object; none where it is the only one of its kind."""
        return {self.mark: self.create[self.mark]} if self.mark else {}

    @property
    def later(self) -> dict[str, Any]:
        """The options of another one, made when the first is gone."""
        longer = {self.mark: f"later{self.create[self.mark]}"} if self.mark else {}
        return {**self.create, **longer, **self.another}
