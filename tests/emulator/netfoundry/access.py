# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles allow (sections 5.4 and 6.1).

A role covers everything whose path begins with its own. Admin roles allow changes, read-only ones do not.
To create, delete or grant takes a role on what is around the object; so who administers one network can
neither delete it nor let others in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import forbidden
from .state import Entity

if TYPE_CHECKING:
    from .call import Call

Path = tuple[str, ...]


def sees(call: Call, entity: Entity) -> bool:
    """Whether the caller may read: by any role on it, around it or inside it."""
    if entity.organization != call.organization:
        return False
    if entity.row.root != "core/v2":
        return True
    own = entity.path
    return any(own[: len(path)] == path or path[: len(own)] == own for path in call.places)


def require_read(call: Call, entity: Entity) -> None:
    if not sees(call, entity):
        raise forbidden(f"Access Denied: {entity.row.noun} {entity.id}")


def require_admin(call: Call, organization: str, path: Path) -> None:
    """403 unless the caller administers what is at the path."""
    if organization == call.organization:
        for role in call.roles:
            above = tuple(role.values["path"])
            if role.private["admin"] and path[: len(above)] == above:
                return
    raise forbidden("Access Denied: no role of the caller allows this")


def require_change(call: Call, entity: Entity) -> None:
    require_admin(call, entity.organization, entity.path)


def require_delete(call: Call, entity: Entity) -> None:
    require_admin(call, entity.organization, entity.scope)
