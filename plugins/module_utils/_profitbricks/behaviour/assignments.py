# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups of a server or a NIC (contract section 10.35)."""

from __future__ import annotations

from ..._engine.kind import Situation
from ..._engine.resource import Field
from ..._engine.service import Write
from ..client import Cloud
from ..resources.security import SECURITY_GROUP

ASSIGN = Field(
    "security_groups",
    "list",
    elements="str",
    since=6,
    refers=SECURITY_GROUP.kind,
    help="Names or UUIDs of all security groups that it shall have; an empty list takes all away.",
)


def assigned(situation: Situation[Cloud]) -> list[Write]:
    """The call that replaces the set of groups, where the task names another one."""
    if ASSIGN.name not in situation.options:
        return []
    cloud, resource, place = situation.cloud, situation.resource, situation.place
    ASSIGN.check(situation.options[ASSIGN.name], cloud.version)
    want = [
        cloud.sibling(SECURITY_GROUP.kind, ASSIGN.name, each, place)
        for each in situation.options[ASSIGN.name]
    ]
    have = situation.have or {}
    if set(want) == set(have.get(ASSIGN.name) or ()):
        return []
    path = resource.item_path(place.parents, str(have.get("id") or "{id}"))
    what = f"security groups of {resource.label} {have.get('name') or situation.options.get('name') or ''}"
    return [
        Write(
            "assign",
            what.rstrip(),
            "PUT",
            f"{path}/securitygroups",
            {"ids": want},
            shows={ASSIGN.name: want},
            safe=True,
        )
    ]
