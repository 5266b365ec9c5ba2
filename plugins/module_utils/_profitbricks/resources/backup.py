# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backup units (contract section 10.26)."""

from __future__ import annotations

from ..._engine.schema.checks import matches
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import COMMON

BACKUPUNIT = Resource(
    kind="backupunit",
    path="backupunits",
    label="backup unit",
    since=5,
    about=(
        "A backup unit is an account at the provider's backup service, with its own password and e-mail "
        "address. C(backupunit_id) of M(profitbricks.cloud.profitbricks_volume) assigns a volume to it.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field(
            "name",
            mutable=False,
            checks=(matches(r"[A-Za-z0-9]+", "a name that the service accepts: letters and digits"),),
            help="Name of the backup unit: letters and digits, unique in the contract. It cannot be changed later.",
            sample="shop",
        ),
        Field(
            "backupunit_password",
            wire="password",
            secret=True,
            needed=True,
            help="Password of the backup unit. O(update_password) says whether to set that of an existing "
            "one.",
        ),
        Field(
            "email",
            needed=True,
            help="E-mail address of the backup unit, which does not have to belong to a user.",
            sample="backup@example.com",
        ),
        *COMMON,
    ),
)


RESOURCES.update({BACKUPUNIT.kind: BACKUPUNIT})
