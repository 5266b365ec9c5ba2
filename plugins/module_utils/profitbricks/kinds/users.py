# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of the account."""

from __future__ import annotations

from ...engine.errors import InvalidOption
from ...engine.kind import Kind, Situation
from ...engine.resource import Field
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import USER


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


USERS = Kind(
    PROFITBRICKS, USER, options=(UPDATE_PASSWORD,), always=_password_always, before_delete=_guard_self
)
