# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an object says of itself: whether the service is still at work on it (contract section 3.2)."""

from __future__ import annotations

from .._engine.service import Item

# The states of objects while the service works on them; of Kubernetes there are many.
AT_WORK = {
    "BUSY",
    *("DEPLOYING", "UPDATING", "DESTROYING", "HIBERNATING", "MAINTENANCE"),
    *("PROVISIONING", "PROVISIONED", "REBUILDING", "TERMINATING"),
}


def state_of(item: Item | None) -> str:
    """The service's word for the state of an object."""
    return str(((item or {}).get("metadata") or {}).get("state") or "")


def busy(item: Item | None) -> bool:
    """Whether the service is still at work on an object."""
    return state_of(item) in AT_WORK
