# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may work on the account (contract section 10.17)."""

from __future__ import annotations

from ...engine.resource import Field, Resource
from . import RESOURCES

USER = Resource(
    kind="user",
    path="um/users",
    label="user",
    page_limit=100,
    identity="email",
    update_method="PUT",
    fields=(
        Field(
            "email",
            needed=True,
            compare="text",
            pattern=r"[^@\s]+@[^@\s]+",
            pattern_help="an e-mail address",
            help="E-mail address, by which the user is known and logs in. Give O(id) as well to change it.",
            sample="ada@example.com",
        ),
        Field("firstname", needed=True, help="First name.", sample="Ada"),
        Field("lastname", needed=True, help="Last name.", sample="Lovelace"),
        Field(
            "user_password",
            wire="password",
            secret=True,
            needed=True,
            help="Password of the user; O(password) is the one to log in with. Needed to create a user; for an existing one "
            "see O(update_password).",
        ),
        Field(
            "administrator", "bool", help="Whether the user may do everything on the contract.", sample=False
        ),
        Field("force_sec_auth", "bool", help="Whether the user must use two-factor login.", sample=False),
        Field(
            "active",
            "bool",
            since=5,
            help="Whether the user can log in. The service takes V(true).",
            sample=True,
        ),
        Field(
            "sec_auth_active",
            "bool",
            read_only=True,
            help="Whether the user uses two-factor login.",
            sample=False,
        ),
        Field(
            "s3_canonical_user_id",
            read_only=True,
            since=5,
            help="The user's id in the object storage.",
            sample=None,
        ),
        Field(
            "created_date",
            read_only=True,
            metadata=True,
            help="When the user was created, in UTC.",
            sample="2026-11-02T09:17:01Z",
        ),
        Field(
            "last_login",
            read_only=True,
            metadata=True,
            help="When the user last logged in, in UTC.",
            sample=None,
        ),
    ),
)


RESOURCES.update({r.kind: r for r in (USER,)})
