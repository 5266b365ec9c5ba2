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
        platform.entities["roles"][each.values["roleId"]]
        for each in platform.entities["identity-roles"].values()
        if each.deleted is None and each.values["identityId"] == identity.id
    ]


def granted(platform: Platform, identity: Entity) -> list[tuple[str, str, tuple[str, ...]]]:
    """The single actions that are granted to an identity: type of resource, action and path."""
    return [
        (*grant.private["action"], tuple(grant.values["path"]))
        for grant in platform.entities["identity-resource-actions"].values()
        if grant.deleted is None and grant.values["identityId"] == identity.id
    ]


def revoke_all(platform: Platform, entity: Entity) -> None:
    """What was granted goes with the role, and with who had it."""
    for kind in ("identity-roles", "identity-resource-actions"):
        for each in list(platform.entities[kind].values()):
            if entity.id in (each.values["identityId"], each.values.get("roleId")) and each.deleted is None:
                platform.remove(each)
