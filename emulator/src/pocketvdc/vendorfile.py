# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's configuration file for an emulator that runs (contract section 15)."""

from __future__ import annotations

from pathlib import Path

import yaml

from .accounts import READY_MADE, Account

NAME = "emulator"


def config_file(url: str, account: Account = READY_MADE[0], certificate: Path | None = None) -> str:
    """The text of the file that leads the vendor's Go programs to the emulator at ``url`` with ``account``.

    The API has two names in it: programs of the vendor write one and read the other.

    :param certificate: PEM file of the authority to trust, where the emulator serves https.
    """
    credentials = {"username": account.email, "password": account.password}
    if account.token:
        credentials["token"] = account.token
    environment = {
        "name": NAME,
        **({"certificateAuthData": certificate.read_text(encoding="utf-8")} if certificate else {}),
        "products": [
            {"name": name, "endpoints": [{"name": f"{url.rstrip('/')}{path}", "skipTlsVerify": False}]}
            for name, path in (("cloud", "/cloudapi/v6"), ("compute", "/cloudapi/v6"), ("auth", "/auth/v1"))
        ],
    }
    text: str = yaml.safe_dump(
        {
            "version": 1.0,
            "currentProfile": NAME,
            "profiles": [{"name": NAME, "environment": NAME, "credentials": credentials}],
            "environments": [environment],
            "failover": {"strategy": "none"},
        },
        sort_keys=False,
    )
    return text
