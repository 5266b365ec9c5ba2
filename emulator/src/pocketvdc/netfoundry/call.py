# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of a client to NetFoundry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from . import roles
from .errors import NetFoundryError, invalid
from .state import Entity

if TYPE_CHECKING:
    from .platform import Platform


@dataclass
class Call:
    """A call in progress. The cloud's lock is held while it is worked on.

    :ivar base: scheme and authority; every href starts with it.
    :ivar caller: the identity that asks; None where no token is needed.
    :ivar failure: why the execution that this write starts is going to fail, when a test wants that.
    """

    platform: Platform
    base: str
    method: str
    path: str
    query: MultiDict[str, str]
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    caller: Entity | None = None
    failure: str | None = None
    now: float = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.platform.now()

    @property
    def identity(self) -> Entity:
        """The identity that asks, where one must."""
        if self.caller is None:
            raise NetFoundryError(401)
        return self.caller

    @property
    def organization(self) -> str:
        return self.identity.organization

    @cached_property
    def roles(self) -> list[Entity]:
        """What the caller may do, as it is when first asked for."""
        return roles.of(self.platform, self.identity)

    @cached_property
    def asked(self) -> dict[str, str]:
        """The parameters of the query, the first of each name."""
        return self.query.to_dict()

    @cached_property
    def places(self) -> list[tuple[str, ...]]:
        """The paths of the caller's roles."""
        return [tuple(role.values["path"]) for role in self.roles]

    @cached_property
    def grants(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """What single actions are granted to the caller: type of resource, action and path."""
        return roles.granted(self.platform, self.identity)

    def href(self, path: str) -> str:
        return f"{self.base}{path}"

    def json(self) -> Any:
        """The body, whatever its declared type."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise invalid("The request body is not valid JSON") from None

    def object(self) -> dict[str, Any]:
        found = self.json()
        if not isinstance(found, dict):
            raise invalid("The request body is not an object")
        return found

    @property
    def form(self) -> str | None:
        """``create`` or ``update`` where that form of a resource is asked for (section 3.6)."""
        accept = self.headers.get("Accept", "")
        return next((form for form in ("create", "update") if f";as={form}" in accept.replace(" ", "")), None)
