# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identities and roles: who acts, and what for (contract sections 5 and 6)."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from ..call import Answer
from . import access, roles
from .checks import like
from .errors import NetFoundryError, conflict, invalid, not_found
from .places import Catalogue, stable_id
from .state import Entity
from .table import Values

if TYPE_CHECKING:
    from .call import Call

_LETTERS = string.ascii_lowercase + string.digits


def build_account(call: Call, identity: Entity) -> None:
    """A new API account can log in at once."""
    platform = call.platform
    login = platform.random_text(26, _LETTERS), platform.random_text(40, _LETTERS)
    platform.logins.admit(identity, *login)
    roles.grant_first(platform, identity)


def answer_account(call: Call, identity: Entity, shown: Values) -> None:
    """The only answer that holds the secret."""
    shown.update(clientId=identity.private["client_id"], password=identity.private["password"])


def build_user(call: Call, identity: Entity) -> None:
    roles.grant_first(call.platform, identity)


def view(call: Call, identity: Entity, shown: Values) -> None:
    """The tenant is the organization (section 5.1)."""
    shown.update(organizationId=identity.organization, tenantId=identity.organization)
    shown["type"] = "UserIdentity" if identity.row.kind == "user-identities" else "ApiAccountIdentity"
    if identity.row.kind == "api-account-identities":
        shown["email"] = shown["contactEmail"]
        shown["authenticationUrl"] = call.href("/oauth2/token")


def view_organization(call: Call, organization: Entity, shown: Values) -> None:
    shown["deleted"] = organization.deleted is not None


# Roles


def find_role(call: Call, ident: object) -> Entity:
    role = call.platform.entities["roles"].get(str(ident))
    if role is None or role.deleted is not None or role.organization != call.organization:
        raise not_found("Role", str(ident))
    return role


def find_identity(call: Call, ident: object) -> Entity:
    for kind in ("user-identities", "api-account-identities"):
        found = call.platform.entities[kind].get(str(ident))
        if found is not None and found.deleted is None and found.organization == call.organization:
            return found
    raise not_found("Identity", str(ident))


def _require_grant(call: Call, role: Entity) -> None:
    """Nobody grants a role without administering what is around its place."""
    access.require_admin(call, call.organization, tuple(role.values["path"][:-1]))


def check_grant(call: Call, granted: Entity | None, values: Values, problems: list[str]) -> None:
    identity, role = find_identity(call, values["identityId"]), find_role(call, values["roleId"])
    _require_grant(call, role)
    if role in roles.of(call.platform, identity):
        raise conflict(f"Identity {identity.id} has role {role.id} already")


def check_revoke(call: Call, granted: Entity) -> None:
    _require_grant(call, call.platform.entities["roles"][granted.values["roleId"]])


def roles_matching(call: Call, role: Entity) -> bool:
    """The filters of roles. By identity, they find nothing for API accounts (section 6.2)."""
    query = call.query
    for parameter, name in (("nameLike", "name"), ("descriptionLike", "description")):
        text = query.get(parameter)
        if text and not like(f"%{text}%", role.values[name]):
            return False
    ident = query.get("identityId")
    if not ident:
        return True
    user = call.platform.entities["user-identities"].get(ident)
    return user is not None and role in roles.of(call.platform, user)


# Resource actions: single permissions, which a path limits

# Only update-reset-mfa of a user-identity is known; other types and actions follow the resources (inferred).
_IN_NETWORKS = (
    "app-wan", "certificate-authority", "config", "config-type", "edge-router", "edge-router-policy",
    "endpoint", "posture-check", "service", "service-edge-router-policy", "service-policy", "terminator",
)  # fmt: skip
RESOURCE_ACTIONS: dict[str, tuple[str, ...]] = {
    "organization": ("read", "update"),
    "user-identity": ("create", "read", "update", "delete", "update-reset-mfa"),
    "api-account-identity": ("create", "read", "update", "delete"),
    "network-group": ("create", "read", "update", "delete"),
    "network": ("create", "read", "update", "delete"),
    "role": ("read", "grant", "revoke"),
    **dict.fromkeys(_IN_NETWORKS, ("create", "read", "update", "delete")),
}


def resource_types(call: Call) -> list[Values]:
    return [{"id": stable_id("type", code), "code": code} for code in RESOURCE_ACTIONS]


# Type and action by id.
_ACTIONS = {
    stable_id("action", kind, code): (kind, code)
    for kind, codes in RESOURCE_ACTIONS.items()
    for code in codes
}


def resource_actions(call: Call) -> list[Values]:
    return [
        {"id": ident, "code": code, "resourceTypeId": stable_id("type", kind)}
        for ident, (kind, code) in _ACTIONS.items()
    ]


def tenants(call: Call) -> list[Values]:
    return [{"id": call.organization}]


CATALOGUES = (
    Catalogue("resource-types", "", resource_types, root="auth/v1", envelope="array"),
    Catalogue("resource-actions", "", resource_actions, root="auth/v1", envelope="array"),
    Catalogue("tenants", "", tenants, root="identity/v1", envelope="array"),
)


def check_action(call: Call, granted: Entity | None, values: Values, problems: list[str]) -> None:
    find_identity(call, values["identityId"])
    if values["resourceActionId"] not in _ACTIONS:
        raise invalid(f"There is no resource action {values['resourceActionId']}")


def build_action(call: Call, granted: Entity) -> None:
    granted.private["action"] = _ACTIONS[granted.values["resourceActionId"]]


def caller(call: Call, kinds: tuple[str, ...]) -> Entity:
    """Who asks, if it is of one of the kinds."""
    if call.identity.row.kind not in kinds:
        raise NetFoundryError(404, "The caller is no such identity")
    return call.identity


def log_out(call: Call) -> Answer:
    token = call.headers.get("Authorization", "").partition(" ")[2]
    call.platform.logins.log_out(token)
    return Answer(200, {"loggedOut": True})
