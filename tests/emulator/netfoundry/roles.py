# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles: made by the service for each organization, group and network, and granted to identities (section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .state import Entity

if TYPE_CHECKING:
    from .platform import Platform

_LEVELS = ("Organization", "Network Group", "Network")


def make(platform: Platform, entity: Entity) -> None:
    """The admin and the read-only role on an organization, group or network; they go when it does."""
    level = _LEVELS[len(entity.path)]
    for title, admin in (("Admin", True), ("Read-only", False)):
        role = platform.make(
            "roles",
            entity.organization,
            (),
            {
                "name": f"{level} {title} - {entity.name}",
                "description": f"{'manage' if admin else 'read'} {level.lower()} {entity.name}",
                "organizationId": entity.organization,
                "path": list(entity.path),
            },
            None,
        )
        role.private["admin"] = admin
        platform.own(entity, role)


def grant_first(platform: Platform, identity: Entity) -> None:
    """What a new identity can do: everything in its organization and the groups there are (section 5.4)."""
    for role in list(platform.entities["roles"].values()):
        around = role.organization == identity.organization and len(role.values["path"]) < 2
        if around and role.private["admin"] and role.deleted is None:
            values = {"identityId": identity.id, "roleId": role.id}
            platform.make("identity-roles", identity.organization, (), values, None)


def of(platform: Platform, identity: Entity) -> list[Entity]:
    """The roles of an identity."""
    return [
        platform.entities["roles"][granted.values["roleId"]]
        for granted in platform.entities["identity-roles"].values()
        if granted.deleted is None and granted.values["identityId"] == identity.id
    ]


def revoke_all(platform: Platform, entity: Entity) -> None:
    """What was granted goes with the role, and with who had it."""
    for granted in list(platform.entities["identity-roles"].values()):
        values = granted.values
        if entity.id in (values["identityId"], values["roleId"]) and granted.deleted is None:
            platform.remove(granted)
