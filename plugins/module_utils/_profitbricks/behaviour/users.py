# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of the account and the groups that they are in; either side can say who is in what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.addresses import text_key
from ..._engine.behaviour import Behaviour, Ensure, Reading
from ..._engine.errors import ApiError
from ..._engine.outcome import Outcome
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..client import Cloud
from ..connection import NEW_PASSWORD
from ..provider import PROFITBRICKS
from ..resources.users import GROUP, USER
from ..rules.users import GroupRules, UserRules

UPDATE_PASSWORD = Field(
    "update_password",
    choices=("on_create", "always"),
    default="on_create",
    help="V(on_create) only sets O(user_password) for a new user. V(always) sets it each time and reports "
    "a change each time, because the service does not return passwords.",
)


def _append(option: str) -> Field:
    return Field(
        "append",
        "bool",
        default=False,
        help=f"Whether O({option}) only adds. Otherwise those that are not listed are removed.",
    )


GROUPS_OF_USER = Field(
    "groups",
    "list",
    elements="str",
    help=(
        "Names or UUIDs of the groups that the user belongs to; the user leaves all others unless "
        "O(append) is set. An empty list removes the user from all.",
        "If left out, they do not change. M(profitbricks.cloud.profitbricks_group) can do the same from "
        "the group's side.",
    ),
)
USERS_OF_GROUP = Field(
    "users",
    "list",
    elements="str",
    help=(
        "E-mail addresses or UUIDs of the users in the group; all others are removed unless O(append) is "
        "set. An empty list removes all.",
        "If left out, they do not change. M(profitbricks.cloud.profitbricks_user) can do the same from the "
        "user's side.",
    ),
)


def _listing(resource: Resource, collection: str, value: Any, results: list[Item]) -> list[Item]:
    """The results that list, in a collection of such objects, the one with this name or id; all without a value."""
    if value in (None, ""):
        return results
    marks = ("id", resource.identity)
    return [
        each
        for each in results
        if any(text_key(one[mark]) == text_key(value) for one in each[collection] for mark in marks)
    ]


class Users(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """A password that stands alone was probably meant for the user of the task."""
        try:
            return super().manage(cloud, options, check_mode, ensure)
        except ApiError as error:
            if error.status == 401 and options.get("password") and not options.get("username"):
                error.hint = f"{error.hint}. {NEW_PASSWORD}" if error.hint else NEW_PASSWORD
            raise

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        return _listing(GROUP, "groups", options.get("group"), super().search(cloud, options, read))


class Groups(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        return _listing(USER, "users", options.get("user"), super().search(cloud, options, read))


USERS = Users(
    PROFITBRICKS,
    USER,
    {USER.kind: UserRules("user_password")},
    options=(UPDATE_PASSWORD, GROUPS_OF_USER, _append("groups")),
    more_info_fields=(Field("group", help="Only users in the group with this name or UUID."),),
)
GROUPS = Groups(
    PROFITBRICKS,
    GROUP,
    {GROUP.kind: GroupRules()},
    options=(USERS_OF_GROUP, _append("users")),
    more_info_fields=(Field("user", help="Only groups with the user of this e-mail address or UUID."),),
)
