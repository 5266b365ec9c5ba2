# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API accounts: those that are ready at the start, their files, and their access tokens (contract section 2)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import tokens
from .state import Entity


@dataclass(frozen=True)
class Account:
    """An organization with one API account and one network group."""

    client_id: str
    password: str
    label: str
    organization: str
    group: str


READY_MADE = (
    Account("demo-client", "demo-secret", "DEMO", "Demo Organization", "DEMOGROUP"),
    Account("other-client", "other-secret", "OTHER", "Other Organization", "OTHERGROUP"),
)


def credentials(url: str, account: Account = READY_MADE[0]) -> dict[str, str]:
    """The file that the console would give (section 2.1), for an emulator at ``url``."""
    return {
        "name": account.client_id,
        "clientId": account.client_id,
        "password": account.password,
        "authenticationUrl": f"{url}/oauth2/token",
    }


def write_credentials(path: str | Path, content: Mapping[str, str]) -> None:
    """Write an API account file that only its owner can read. OSError when that is impossible."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)
        json.dump(content, file, indent=2)
        file.write("\n")


class Logins:
    """Who may log in, and with which token."""

    def __init__(self, now: Callable[[], float], new_id: Callable[[], str]):
        self._now = now
        self._new_id = new_id
        self._clients: dict[str, Entity] = {}
        self._logged_out: set[str] = set()

    def admit(self, identity: Entity, client_id: str, password: str) -> None:
        identity.private.update(client_id=client_id, password=password)
        identity.values["awsCognitoClientId"] = f"{tokens.USER_POOL}|{client_id}"
        self._clients[client_id] = identity

    def log_in(self, client_id: str, password: str, scope: str, seconds: int) -> str | None:
        """An access token for some seconds, or None when there is no such active account."""
        identity = self._clients.get(client_id)
        if identity is None or identity.private["password"] != password or not _active(identity):
            return None
        issued = int(self._now())
        return tokens.sign(
            {
                "sub": client_id,
                "token_use": "access",
                "scope": scope or tokens.SCOPE,
                "auth_time": issued,
                "iss": tokens.ISSUER,
                "exp": issued + seconds,
                "iat": issued,
                "version": 2,
                "jti": self._new_id(),
                "client_id": client_id,
            }
        )

    def by_token(self, token: str) -> Entity | None:
        """Whose token it is; None when it is expired or not good at all."""
        claims = tokens.claims_of(token)
        if claims is None or claims["exp"] <= self._now() or claims["jti"] in self._logged_out:
            return None
        identity = self._clients.get(claims.get("client_id", ""))
        return identity if identity is not None and _active(identity) else None

    def log_out(self, token: str) -> None:
        claims = tokens.claims_of(token)
        if claims is not None:
            self._logged_out.add(claims["jti"])


def _active(identity: Entity) -> bool:
    return identity.deleted is None and bool(identity.values["active"])
