# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of the account and the groups that they are in; either side can say who is in what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.kind import Kind, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field, Resource
from ..._engine.service import Item, Selector, Write, selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import GROUP, GROUP_OF_USER, USER, USER_OF_GROUP


def _password_always(situation: Situation[Cloud]) -> tuple[str, ...]:
    if situation.options.get("update_password") == "always" and situation.options.get("user_password"):
        if situation.cloud.version < 5 and situation.have is not None:
            raise InvalidOption(
                "update_password: version 4 of the API cannot change the password of an existing user"
            )
        return ("user_password",)
    return ()


def _guard_self(situation: Situation[Cloud]) -> None:
    """A user that deletes itself locks itself out."""
    own = situation.cloud.connection.credentials.username
    email = str((situation.have or {}).get("email") or "")
    if own and own.lower() == email.lower():
        raise InvalidOption(
            f"email: {email} is the user that this task logs in as, and cannot delete itself; use the credentials of "
            "another administrator"
        )


UPDATE_PASSWORD = Field(
    "update_password",
    choices=("on_create", "always"),
    default="on_create",
    help="V(on_create) sets O(user_password) for a new user only; V(always) sets it each time, and says changed each time, "
    "because the service does not tell passwords.",
)


# -- membership ---------------------------------------------------------------------------------------------------


def _membership(
    situation: Situation[Cloud], option: str, resource: Resource, shown: Resource
) -> tuple[list[Item], list[Item]]:
    """What has to be joined and what to be parted from, as results, for an option that lists names and ids.

    Costs one request, and only where something that is listed is not among the present ones. Raises NotFound.
    """
    present: list[Item] = (situation.have or {}).get(option) or []
    chosen = [selector(resource, option, value) for value in situation.options[option]]
    wanted = {each["id"]: each for each in (_among(present, one) for one in chosen) if each}
    missing = [one for one in chosen if _among(present, one) is None]
    if missing:
        marks = {missing[0].mark: missing[0].value} if len(missing) == 1 and not missing[0].by_id else None
        items = situation.cloud.items(resource, {}, 1, marks)
        for one in missing:
            item = one.pick(items)
            if item is None:
                raise NotFound(resource.label, option, one.value)
            wanted[item["id"]] = shown.decode(item, {})
    ids = {each["id"] for each in present}
    parted = [] if situation.options.get("append") else [each for each in present if each["id"] not in wanted]
    return [each for each in wanted.values() if each["id"] not in ids], parted


def _among(present: Sequence[Item], wanted: Selector) -> Item | None:
    """The present one that is meant, among results."""
    mark = wanted.resource.by_name.get(wanted.mark)
    for each in present:
        have = str(each[wanted.mark])
        if mark.same(wanted.value, have) if mark else wanted.value == have:
            return each
    return None


def _arrange_user(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if change.verb == "delete" or "groups" not in situation.options:
        return writes
    joined, left = _membership(situation, "groups", GROUP, GROUP_OF_USER)
    user_id = str((situation.have or {}).get("id") or "{id}")
    shown = list((situation.have or {}).get("groups") or ())
    for group in joined:
        shown = [*shown, group]
        path, body = f"{GROUP.item_path({}, group['id'])}/users", {"id": user_id}
        what = f"group {group['name']}"
        writes.append(Write("join_group", what, "POST", path, body, shows={"groups": shown}, safe=True))
    for group in left:
        shown = [each for each in shown if each != group]
        path = f"{GROUP.item_path({}, group['id'])}/users/{user_id}"
        writes.append(Write("leave_group", f"group {group['name']}", "DELETE", path, shows={"groups": shown}))
    return writes


def _arrange_group(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    if change.verb == "delete" or "users" not in situation.options:
        return writes
    joined, left = _membership(situation, "users", USER, USER_OF_GROUP)
    path = f"{GROUP.item_path({}, str((situation.have or {}).get('id') or '{id}'))}/users"
    shown = list((situation.have or {}).get("users") or ())
    for user in joined:
        shown = [*shown, user]
        body: Mapping[str, Any] = {"id": user["id"]}
        what = f"user {user['email']}"
        writes.append(Write("add_user", what, "POST", path, body, shows={"users": shown}, safe=True))
    for user in left:
        shown = [each for each in shown if each != user]
        what, item = f"user {user['email']}", f"{path}/{user['id']}"
        writes.append(Write("remove_user", what, "DELETE", item, shows={"users": shown}))
    return writes


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

USERS = Kind(
    PROFITBRICKS,
    USER,
    options=(UPDATE_PASSWORD, GROUPS_OF_USER, _append("groups")),
    always=_password_always,
    before_delete=_guard_self,
    arrange=_arrange_user,
)
GROUPS = Kind(PROFITBRICKS, GROUP, options=(USERS_OF_GROUP, _append("users")), arrange=_arrange_group)
