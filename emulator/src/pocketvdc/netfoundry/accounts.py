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


MOST_BYTES = 10_000  # of an API account file
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
    """Write an API account file that only its owner can read, in the place of an older one of an emulator at most.

    OSError when that is impossible, FileExistsError when something else is there.
    """
    if _is_ours(path):
        os.unlink(path)
    # Exclusively: neither a file that came meanwhile is overwritten, nor one that a link leads to.
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        said = "there is something that no emulator wrote"
        raise FileExistsError(error.errno, said, str(path)) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)
        json.dump(content, file, indent=2)
        file.write("\n")


def _is_ours(path: str | Path) -> bool:
    """Whether the file is one that an emulator wrote: nothing but a ready-made account."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, encoding="utf-8") as file:
            said = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return False
    url = str(said.get("authenticationUrl", "")) if isinstance(said, dict) else ""
    return said in [credentials(url.removesuffix("/oauth2/token"), each) for each in READY_MADE]


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
