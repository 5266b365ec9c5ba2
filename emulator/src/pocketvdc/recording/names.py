# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which fields of the services may be written to a recording, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..netfoundry.rows import ROWS as OVERLAY
from ..rows import TABLE
from ..table import Field

# A field whose name has one of these in it is never written, whatever else is known of it.
SECRET = re.compile(
    r"pass(?:word|wd|phrase)|secret|token|jwt|credential|private_?key|api_?key|access_?key|registration_?key|ssh_?keys?"
    r"|user_?data|kubeconfig|cookie|session|signature|client_?id|authorization|sso_?url|^pin$|^otp$",
    re.IGNORECASE,
)
# Who somebody is: left out as well.
PERSONAL = frozenset(("firstname", "lastname", "contractnumber", "phone", "s3canonicaluserid"))
# Of the envelopes around resources, of errors, and of values that the tables do not describe.
_COMMON = (
    "id", "type", "href", "etag", "createdDate", "createdBy", "createdByUserId", "lastModifiedDate",
    "lastModifiedBy", "lastModifiedByUserId", "lastLogin", "state", "status", "requestStatus", "target",
    "targets", "message", "messages", "errorCode", "httpStatus", "method", "url", "body", "version",
    "name", "self", "next", "prev", "first", "last", "title", "profile", "error", "error_description",
    "errors", "code", "cause", "path", "timestamp", "detail", "createdAt", "updatedAt", "deletedAt",
    "deletedBy", "ownerIdentityId", "zitiId", "networkId", "networkGroupId", "organizationId",
    "identityId", "expirationDate", "address", "addresses", "host", "hostname", "hosts", "port", "ports",
    "protocol", "low", "high", "dayOfTheWeek", "time", "ip", "ips", "lan", "nicUuid", "key", "value",
    "values", "grant_type", "token_type", "scope", "resource", "resourceType", "operation",
    "bindEndpointAttributes", "edgeRouterAttributes", "edgeRouterId", "edgeRouterHosts", "configTypeName",
    "allowedAddresses", "allowedProtocols", "protocols", "terminators", "transport", "category", "tenantId",
)  # fmt: skip
# Names of query parameters whose values may be written; those of filters are names of fields.
_QUERY = (
    "depth", "pretty", "offset", "limit", "orderBy", "start", "end", "order", "page", "size", "sort",
    "embed", "as", "findByName", "name", "networkId", "findByNetworkId", "findByNetworkGroupId",
    "networkGroupId", "criteria", "ttl", "method", "status", "upgradeNeeded", "resourceId",
)  # fmt: skip


@cache
def known() -> frozenset[str]:
    """The names of all fields that both services have and that are no secret, in small letters."""
    named = {field.name for field in _all() if not field.secret}
    return frozenset(name.lower() for name in (*named, *_COMMON) if not is_secret(name))


@cache
def _secrets() -> frozenset[str]:
    return frozenset(field.name.lower() for field in _all() if field.secret)


def is_personal(name: str) -> bool:
    """Whether a field of this name tells who somebody is: left out, but no secret that other texts may not have."""
    return name.lower() in PERSONAL


def is_secret(name: str) -> bool:
    """Whether what is in a field of this name is left out, whatever it is."""
    return SECRET.search(name) is not None or name.lower() in _secrets() or is_personal(name)


def in_query(name: str) -> bool:
    """Whether the value of a query parameter may be written."""
    if name.startswith("filter."):
        return name.removeprefix("filter.").rpartition(".")[2].lower() in known()
    return name in _QUERY


def _all() -> Iterator[Field]:
    for row in TABLE.rows.values():
        yield from _fields(row.fields)
    for overlay in OVERLAY.values():
        yield from _fields(overlay.fields)


def _fields(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields(field.fields)
