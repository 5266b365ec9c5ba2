# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backup units, their passwords, and the way into them."""

from __future__ import annotations

from ..._engine.answers import an_object_at_all
from ..._engine.behaviour import Behaviour
from ..._engine.outcome import Detail
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.backup import BACKUPUNIT
from ..rules.users import PasswordRules


def _sso_url(cloud: Cloud, unit: Item) -> Item:
    answer = cloud.transport.call(
        "GET", f"{BACKUPUNIT.item_path({}, unit['id'])}/ssourl", expects=an_object_at_all
    )
    return {"sso_url": (answer.data or {}).get("ssoUrl")}


UPDATE_PASSWORD = Field(
    "update_password",
    choices=("on_create", "always"),
    default="on_create",
    help="V(on_create) only sets O(backupunit_password) for a new backup unit. V(always) sets it each time "
    "and reports a change each time, because the service does not return passwords.",
)

BACKUPUNITS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS,
    BACKUPUNIT,
    {BACKUPUNIT.kind: PasswordRules("backupunit_password")},
    options=(UPDATE_PASSWORD,),
    details=(
        Detail(
            Field(
                "sso_url",
                "bool",
                default=False,
                help="Whether to return the URL for logging in to each backup unit without a password, at "
                "the cost of one more request for each. It is a secret: set C(no_log) on the task.",
            ),
            (
                Field(
                    "sso_url",
                    help="The URL for logging in to the backup unit.",
                    sample="https://backup.example.com/?jwt=...",
                ),
            ),
            _sso_url,
        ),
    ),
)
