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
    title="Make, renew and revoke tokens to log in to the ProfitBricks cloud with",
    about=(
        "A token stands for the user who makes it, without a password, until it ends or is revoked. The service "
        "shows it once, and lists only ids and dates afterwards.",
        "Tokens come from a service beside the API, on the same host as O(api_url).",
        "Users of several contracts name one with O(contract_number). For users with two-factor authentication the "
        "service makes and revokes tokens in its web console only.",
    ),
    fields=(
        Field(
            "created_date",
            read_only=True,
            help="When it was made, in UTC.",
            sample="2026-11-02T09:17:01Z",
        ),
        Field(
            "expiration_date",
            read_only=True,
            help="When it ends, in UTC.",
            sample="2027-11-02T09:17:01Z",
        ),
    ),
)


RESOURCES.update({TOKEN.kind: TOKEN})
