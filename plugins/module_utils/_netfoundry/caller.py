# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose credentials they are."""

from __future__ import annotations

from .._engine.errors import ApiError
from .._engine.service import Item
from .client import Cloud
from .resources.identities import IDENTITY

# In this order the vendor's own client asks who it is (contract section 5.1).
SELF = ("identities", "api-account-identities", "user-identities")


def who_calls(cloud: Cloud) -> Item:
    """The identity that the credentials belong to. Raises ApiError."""
    for kind in SELF:
        try:
            return IDENTITY.decode(cloud.get(f"identity/v1/{kind}/self"), {})
        except ApiError as error:
            if error.status not in (403, 404) or kind == SELF[-1]:
                raise
    raise AssertionError("the last answer returns or raises")
