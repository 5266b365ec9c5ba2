# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who acts, and what they may do: organizations, identities and roles (contract sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ..._engine.resource import Field, Resource
from . import RESOURCES
from .common import told

TYPES = {"UserIdentity": "user", "ApiAccountIdentity": "api_account"}


def _moment(name: str, properties: Mapping[str, Any]) -> Any:
    """A time of the identity service, which counts seconds since 1970, in the form of the other services."""
    value = properties.get(name)
    if not isinstance(value, Mapping):
        return value
    return datetime.fromtimestamp(float(value.get("epochSecond") or 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _when(name: str, wire: str, help: str, sample: Any) -> Field:
    return Field(name, read_only=True, derived=partial(_moment, wire), help=help, sample=sample)


CREATED = _when("created_at", "createdAt", "When it was created, in UTC.", "2026-11-02T09:17:01Z")
UPDATED = _when("updated_at", "updatedAt", "When it was last changed, in UTC.", None)

ORGANIZATION = Resource(
    kind="organization",
    path="identity/v1/organizations",
    label="organization",
    flat=True,
    filtered=False,
    identity="label",
    fallback="name",
    id_sample="aaaaaaaa-0000-4000-8000-000000000001",
    fields=(
        told("label", "Short name, which is part of the console's URL.", "ACME"),
        told("name", "Display name.", "ACME Corporation"),
        told("active", "Whether it is active.", True, "bool"),
        told("mfa_provider", "Provider of the second factor for its users.", "None"),
        CREATED,
        UPDATED,
    ),
)


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
            compare="text",
            pattern=r"[^@\s]+@[^@\s]+",
            pattern_help="an e-mail address",
            help="E-mail address, which identifies a user. Needed to create a user. It cannot be changed "
                 "later.",
            sample="ada@example.com",
        ),
        Field(
            "name",
            needed=True,
            compare="text",
            help="Name, which identifies an API account; case does not matter.",
            sample="ci-bot",
        ),
        Field("description", help="Description of an API account.", sample="pipeline account"),
        Field("contact_email", help="E-mail address of the person responsible for an API account.", sample="ops@example.com"),
        Field("active", "bool", help="Whether it can log in. The service defaults to V(true).", sample=True),
        told("organization_id", "UUID of the organization.", "aaaaaaaa-0000-4000-8000-000000000001"),
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
        "The vendor does not document how roles are assigned to identities; verify it before you rely on it.",
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

RESOURCES.update({r.kind: r for r in (ORGANIZATION, IDENTITY, ROLE)})
