# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Endpoints: their one-time token, and what enrollment does to it (contract section 8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Answer
from . import access
from .errors import invalid, not_found
from .state import Entity, moment
from .table import Values
from .tokens import has_ended

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform

METHODS = ("ott", "ottca", "updb")


def check(call: Call, endpoint: Entity | None, values: Values, problems: list[str]) -> None:
    if endpoint is None:
        method = values["enrollmentMethod"]
        if not isinstance(method, dict) or not any(method.get(name) for name in METHODS):
            problems.append(
                f"[body.enrollmentMethod] One of {', '.join(METHODS)} is required, such as {{'ott': true}}"
            )
    elif endpoint.values["typeId"] == "Router":
        _check_router(call, endpoint, values)


def _check_router(call: Call, endpoint: Entity, values: Values) -> None:
    """Only the attributes of a router's endpoint can be changed, and only by PATCH."""
    changed = {name for name, value in values.items() if value != endpoint.values.get(name)}
    if call.method == "PUT" or changed - {"attributes"}:
        raise invalid(f"Endpoint {endpoint.id} belongs to an edge router; only its attributes can be changed")


def check_delete(call: Call, endpoint: Entity) -> None:
    if endpoint.values["typeId"] == "Router":
        raise invalid(f"Endpoint {endpoint.id} belongs to an edge router and goes with it")


def ready(platform: Platform, endpoint: Entity) -> None:
    endpoint.values.update(
        typeId="Device",
        jwt=platform.enrollment(endpoint, "ott"),
        jwtExpiresAt=moment(platform.now() + platform.settings.enrollment_seconds),
    )


def enroll(endpoint: Entity) -> None:
    """The device has used its token and is connected."""
    endpoint.values.update(
        jwt=None,
        jwtExpiresAt=None,
        type="ziti-sdk-c",
        os="linux",
        arch="x86_64",
        version="0.31.0",
        appId="ziti-edge-tunnel",
        appVersion="0.20.0",
        hasApiSession=True,
        hasEdgeRouterConnection=True,
        sessionActive=True,
    )


def share(call: Call) -> Answer:
    """Send enrollment tokens by mail; they go no further than ``Platform.mails``."""
    entries = call.json()
    if not isinstance(entries, list) or not entries:
        raise invalid("The request body is not a list of mails")
    call.platform.mails += [_mail(call, entry) for entry in entries]
    return Answer(202)


def share_one(call: Call, endpoint: Entity) -> Answer:
    """The same for one endpoint, which the path names."""
    call.platform.mails.append(_mail(call, {**call.object(), "id": endpoint.id}))
    return Answer(202)


def _mail(call: Call, entry: Any) -> Values:
    """A mail as it would be sent; 400 where there is no token that could be used (inferred)."""
    if not isinstance(entry, dict) or not entry.get("toList") or not entry.get("id"):
        raise invalid("A mail needs toList and id")
    endpoint = call.platform.entities["endpoints"].get(str(entry["id"]))
    if endpoint is None or endpoint.deleted is not None:
        raise not_found("Endpoint", str(entry["id"]))
    access.require_change(call, endpoint)
    jwt = endpoint.values["jwt"]
    if jwt is None or has_ended(jwt, call.now):
        raise invalid(f"Endpoint {endpoint.id} has no enrollment token that can be used")
    return {"to": entry["toList"], "subject": entry.get("subject"), "endpoint": endpoint.name, "jwt": jwt}
