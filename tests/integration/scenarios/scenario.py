# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a resource module is walked with through its promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PASSWORD = "sEcret4pass"


@dataclass(frozen=True)
class Clearing:
    """An option that can be emptied: what it is set to first, what empties it, and the result's key and value then."""

    option: str
    first: Any
    empty: Any
    key: str
    cleared: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Scenario:
    """One resource: how it is created, changed, emptied, and what it refuses.

    ``create`` holds the options beside the parents, ``fixed`` an immutable one with (present, wanted), ``twin`` the
    properties of two objects of the same name that another client made.
    """

    create: Mapping[str, Any]
    change: Mapping[str, Any]
    clearing: Clearing | None = None
    fixed: tuple[str, Any, Any] | None = None
    twin: Mapping[str, Any] | None = None
    secrets: tuple[str, ...] = ()
    slow: bool = True  # whether the service takes time for it
    mark: str = field(default="name")
