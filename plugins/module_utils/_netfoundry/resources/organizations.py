# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations, to which everything else belongs (contract section 5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Owner, Resource
from . import RESOURCES
from .common import told


def _moment(name: str, properties: Mapping[str, Any]) -> Any:
    """A time of the identity service, given in seconds since 1970, in the format of the other services."""
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

IN_ORGANIZATION = (
    Owner(
        "organization",
        "organizationId",
        required=False,
        help="By default, all organizations that the credentials give access to are searched; usually there is only one.",
        variable="NETFOUNDRY_ORGANIZATION",
    ),
)

RESOURCES.update({ORGANIZATION.kind: ORGANIZATION})
