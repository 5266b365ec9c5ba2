# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Identities, their roles and their grants (contract sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.schema.checks import matches
from ..._engine.schema.comparison import as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import told
from .organizations import CREATED, IN_ORGANIZATION, ORGANIZATION, UPDATED

TYPES = {"UserIdentity": "user", "ApiAccountIdentity": "api_account"}


def _type(properties: Mapping[str, Any]) -> Any:
    return TYPES.get(str(properties.get("type")), properties.get("type"))


IDENTITY = Resource(
    kind="identity",
    path="identity/v1/identities",
    label="identity",
    plural="identities",
    flat=True,
    filtered=False,
    identity="email",
    fallback="name",
    update_method="PUT",
    owners=IN_ORGANIZATION,
    id_sample="d0d0d0d0-0000-4000-8000-00000000000a",
    about=("The vendor only documents how to read identities, not how to manage them.",),
    fields=(
        Field(
            "type",
            read_only=True,
            derived=_type,
            help="V(user) or V(api_account).",
            sample="api_account",
        ),
        Field(
            "email",
            mutable=False,
            compare=as_text,
            checks=(matches(r"[^@\s]+@[^@\s]+", "an e-mail address"),),
            help="E-mail address, which identifies a user. Needed to create a user. It cannot be changed "
                 "later.",
            sample="ada@example.com",
        ),
        Field(
            "name",
            needed=True,
            compare=as_text,
            help="Name, which identifies an API account; case does not matter.",
            sample="ci-bot",
        ),
        Field("description", help="Description of an API account.", sample="pipeline account"),
        Field("contact_email", help="E-mail address of the person responsible for an API account.", sample="ops@example.com"),
        Field("active", "bool", help="Whether it can log in. The service defaults to V(true).", sample=True),
        told("oauth_url", "Token endpoint of an API account.", "https://login.example.com/oauth2/token",
             wire="authenticationUrl"),
        CREATED,
        UPDATED,
    ),
)  # fmt: skip

ROLE = Resource(
    kind="role",
    path="auth/v1/roles",
    label="role",
    flat=True,
    filtered=False,
    title="Assign roles to identities of the NetFoundry platform",
    id_sample="e0e0e0e0-0000-4000-8000-000000000001",
    about=(
        "The vendor does not document how roles are assigned to identities; verify it before you rely on it. Grants of "
        "single actions are documented, and M(profitbricks.cloud.netfoundry_grant) manages them.",
    ),
    fields=(
        told("name", "Name of the role, which says what it applies to.", "Network Admin - ACME Net"),
        told("description", "Description of the role.", "manage network ACME Net"),
        told("organization_id", "UUID of the organization.", "aaaaaaaa-0000-4000-8000-000000000001"),
        Field(
            "path",
            "list",
            elements="str",
            read_only=True,
            help="UUIDs of what the role applies to: none for the organization, that of a network group, "
            "or those of a group and a network in it.",
            sample=[],
        ),
    ),
)

GRANT = Resource(
    kind="grant",
    path="auth/v1/identity-resource-actions",
    label="grant",
    flat=True,
    filtered=False,
    identity="action",
    title="Grant single actions to identities of the NetFoundry platform",
    id_sample="e2e2e2e2-0000-4000-8000-000000000001",
    about=(
        "A grant allows an identity a single action on resources of one type, in the whole organization or in one network "
        "group or network. M(profitbricks.cloud.netfoundry_role) assigns roles, which combine many permissions.",
    ),
    fields=(
        told("identity_id", "UUID of the identity.", "d0d0d0d0-0000-4000-8000-00000000000a"),
        told("resource_type", "Code of the type of resource.", "user-identity"),
        told("action", "Code of the action.", "update-reset-mfa"),
        Field(
            "path",
            "list",
            elements="str",
            read_only=True,
            help="UUIDs of what the grant is limited to: that of a network group, or those of a group and one of its "
            "networks. Empty if the grant applies to the whole organization.",
            sample=[],
        ),
    ),
)

RESOURCES.update({r.kind: r for r in (ORGANIZATION, IDENTITY, ROLE, GRANT)})
