# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens to log in with, which a service of their own makes (contract section 14)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES

TOKEN = Resource(
    kind="token",
    path="tokens",
    label="token",
    identity="",
    flat=True,
    title="Create, renew and revoke tokens for logging in to the ProfitBricks cloud",
    about=(
        "A token logs in as the user who created it, without a password, until it expires or is revoked. The service "
        "shows it once; after that, it lists only ids and dates.",
        "Tokens come from a service of their own, on the same host as O(api_url).",
        "Users with several contracts choose one with O(contract_number). Users with two-factor authentication can "
        "only create and revoke tokens in the service's web console.",
    ),
    fields=(
        Field(
            "created_date",
            read_only=True,
            help="When it was created, in UTC.",
            sample="2026-11-02T09:17:01Z",
        ),
        Field(
            "expiration_date",
            read_only=True,
            help="When it expires, in UTC.",
            sample="2027-11-02T09:17:01Z",
        ),
    ),
)


RESOURCES.update({TOKEN.kind: TOKEN})
