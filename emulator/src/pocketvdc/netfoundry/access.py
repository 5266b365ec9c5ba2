# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles and grants allow (sections 5.4 and 6.1).

A role covers everything whose path begins with its own. Admin roles allow changes, read-only ones do not.
To create, delete or grant takes a role on what is around the object; so who administers one network can
neither delete it nor let others in. A grant allows one action on one type of resource below its path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import forbidden
from .state import Entity
from .table import Row

if TYPE_CHECKING:
    from .call import Call

Path = tuple[str, ...]


def _below(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def sees_by_role(call: Call, entity: Entity) -> bool:
    """Whether the caller may read, with all that is inside: by any role on it, around it or inside it."""
    own = entity.path
    return entity.organization == call.organization and any(
        _below(own, path) or _below(path, own) for path in call.places
    )


def sees(call: Call, entity: Entity) -> bool:
    """Whether the caller may read: by a role, or by a grant for its type, or for something inside it."""
    if entity.organization != call.organization:
        return False
    if entity.row.root != "core/v2" or sees_by_role(call, entity):
        return True
    own, around = entity.path, entity.row.scope != "network"
    return any(
        (_below(own, path) and (kind, action) == (entity.row.type_code, "read"))
        or (around and _below(path, own))
        for kind, action, path in call.grants
    )


def require_read(call: Call, entity: Entity) -> None:
    if not sees(call, entity):
        raise forbidden(f"Access Denied: {entity.row.noun} {entity.id}")


def _administers(call: Call, organization: str, path: Path) -> bool:
    return organization == call.organization and any(
        role.private["admin"] and _below(path, tuple(role.values["path"])) for role in call.roles
    )


def require_admin(call: Call, organization: str, path: Path) -> None:
    """403 unless the caller administers what is at the path."""
    if not _administers(call, organization, path):
        raise forbidden("Access Denied: no role of the caller allows this")


def require(call: Call, row: Row, action: str, organization: str, path: Path) -> None:
    """403 unless the caller administers what is at the path, or has a grant for the action."""
    if _administers(call, organization, path):
        return
    for kind, granted, above in call.grants if organization == call.organization else ():
        if (kind, granted) == (row.type_code, action) and _below(path, above):
            return
    raise forbidden("Access Denied: no role or grant of the caller allows this")


def require_change(call: Call, entity: Entity) -> None:
    require(call, entity.row, "update", entity.organization, entity.path)


def require_delete(call: Call, entity: Entity) -> None:
    require(call, entity.row, "delete", entity.organization, entity.scope)
