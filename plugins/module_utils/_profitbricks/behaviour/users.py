# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of the account and the groups that they are in; either side can say who is in what."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..._engine.resource import Field
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import GROUP, USER
from ..rules.users import GroupRules, UserRules

UPDATE_PASSWORD = Field(
    "update_password",
    choices=("on_create", "always"),
    default="on_create",
    help="V(on_create) sets O(user_password) for a new user only; V(always) sets it each time, and says changed each time, "
    "because the service does not tell passwords.",
)


def _append(option: str) -> Field:
    return Field(
        "append",
        "bool",
        default=False,
        help=f"Whether O({option}) only adds. Otherwise those that are not listed are taken out.",
    )


GROUPS_OF_USER = Field(
    "groups",
    "list",
    elements="str",
    help=(
        "Names or UUIDs of the groups that the user is in; no others, unless O(append) is set. An empty list takes the "
        "user out of all.",
        "Left out, they stay as they are. M(profitbricks.cloud.profitbricks_group) can say the same from its side.",
    ),
)
USERS_OF_GROUP = Field(
    "users",
    "list",
    elements="str",
    help=(
        "E-mail addresses or UUIDs of the users in the group; no others, unless O(append) is set. An empty list takes "
        "all out.",
        "Left out, they stay as they are. M(profitbricks.cloud.profitbricks_user) can say the same from its side.",
    ),
)

USERS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS,
    USER,
    {USER.kind: UserRules("user_password")},
    options=(UPDATE_PASSWORD, GROUPS_OF_USER, _append("groups")),
)
GROUPS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS, GROUP, {GROUP.kind: GroupRules()}, options=(USERS_OF_GROUP, _append("users"))
)
