# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The statuses of objects (contract section 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.errors import InvalidOption
from .._engine.resource import Resource

# While something is done to a resource, and where that went wrong.
PROGRESS = frozenset({"NEW", "PROVISIONING", "UPDATING", "REPLACING", "DELETING"})
BROKEN = frozenset({"ERROR"})


def status_of(item: Mapping[str, Any] | None) -> str:
    return str((item or {}).get("status") or "")


def busy(item: Mapping[str, Any]) -> bool:
    """Whether it is still being made, changed or deleted: by its status, or else until the network knows it."""
    if item.get("status"):
        return item["status"] in PROGRESS
    return "zitiId" in item and item["zitiId"] is None


def check_sound(resource: Resource, have: Mapping[str, Any] | None) -> None:
    """Refuse to build on an object that the platform failed to make. Raises InvalidOption."""
    if status_of(have) in BROKEN:
        raise InvalidOption(
            f"state: the {resource.label} {(have or {}).get('name')} is in the status {(have or {})['status']}, because the "
            "service failed with it; delete it with state=absent and create it anew"
        )
