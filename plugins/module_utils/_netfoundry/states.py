# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The statuses of objects (contract section 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# While something is done to a resource, and where that went wrong.
PROGRESS = frozenset({"NEW", "PROVISIONING", "UPDATING", "REPLACING", "DELETING"})
BROKEN = frozenset({"ERROR"})

# How work ends (contract section 4.2).
SUCCEEDED = frozenset({"FINISHED", "SUCCESS"})
FAILED = "FAILED"
RECENT = 1000  # executions that a page holds, newest first, of those read to find what is meant
AT_ONCE = 4  # reads at the same time, where many small ones are needed
FORBIDDEN = 403  # where an account may administer a network, and not list what is done to it


def status_of(item: Mapping[str, Any] | None) -> str:
    return str((item or {}).get("status") or "")


def busy(item: Mapping[str, Any]) -> bool:
    """Whether it is still being made, changed or deleted: by its status, or else until the network knows it."""
    return _under_way(item, "zitiId")


def busy_result(have: Mapping[str, Any]) -> bool:
    """The same of an object as results show it."""
    return _under_way(have, "ziti_id")


def _under_way(item: Mapping[str, Any], known: str) -> bool:
    return item["status"] in PROGRESS if item.get("status") else known in item and item[known] is None


def newest(network: str) -> dict[str, str]:
    """The query for what was done in a network, the newest first."""
    return {"size": str(RECENT), "sort": "createdAt,desc", "networkId": network}


# -- versions ---------------------------------------------------------------------------------------------------

NEWER = 8  # from this version on, networks are managed by Core v3 (contract section 8.15)


def is_newer(version: Any) -> bool:
    """Whether networks of this version are managed by Core v3."""
    major = str(version or "").partition(".")[0]
    return major.isdecimal() and int(major) >= NEWER


def managed_elsewhere(network: Mapping[str, Any]) -> str:
    """A message about a network, given as an item or a result, that Core v3 manages; empty for any other."""
    version = network.get("productVersion") or network.get("product_version")
    if not is_newer(version):
        return ""
    name = network.get("name")
    return f"network: {name} has version {version}, and networks of version {NEWER} and later are managed by Core v3"
