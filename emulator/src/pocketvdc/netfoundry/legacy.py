# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of REST v1 that outlived it: network groups under their older name (contract section 7.2)."""

from __future__ import annotations

from datetime import UTC, datetime

from ..call import Answer
from . import operations as op
from .access import sees
from .call import Call
from .errors import invalid
from .rows import ROWS
from .state import Entity
from .table import Values

_GROUPS = "network-groups"


def _date(seconds: float) -> str:
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return f"{text[:-3]}+0000"


def _group(call: Call, group: Entity) -> Values:
    href = call.href(f"/rest/v1/{_GROUPS}/{group.id}")
    return {
        "id": group.id,
        "name": group.name,
        "organizationShortName": group.values["shortName"],
        "mfaRequired": False,
        "zitiEnabled": True,
        "awsAutoScalingGatewayEnabled": False,
        "deleted": group.deleted is not None,
        "billingAccountId": group.values["billingAccountId"],
        "ownerIdentityId": group.created_by,
        "defaultAzureVirtualWanId": None,
        "createdAt": _date(group.created),
        "updatedAt": _date(group.updated),
        "_links": {
            "self": {"href": href},
            "networks": {"href": f"{href}/networks"},
            "azureSubscription": {"href": f"{href}/azureSubscriptions"},
        },
    }


def list_groups(call: Call) -> Answer:
    """Pages are counted from 1 here, a known mistake of the service."""
    groups = [
        group
        for group in call.platform.entities[_GROUPS].values()
        if group.deleted is None and sees(call, group)
    ]
    number, size = _number(call, "page", 1), _number(call, "size", max(1, len(groups)))
    pages = max(1, -(-len(groups) // size))
    page = [_group(call, group) for group in groups[(number - 1) * size : number * size]]
    found: Values = {"_embedded": {"organizations": page}} if page else {}
    href = call.href(f"/rest/v1/{_GROUPS}?page=")
    found["_links"] = {"first": {"href": f"{href}1"}, "last": {"href": f"{href}{pages}"}}
    found["page"] = {"number": number, "size": size, "totalElements": len(groups), "totalPages": pages}
    return Answer(200, found)


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name)
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise invalid(f"Parameter '{name}' must be a number, 1 or more")
    return int(text)


def read_group(call: Call, ident: str) -> Answer:
    return Answer(200, _group(call, op.find_alive(call, ROWS[_GROUPS], ident)))
