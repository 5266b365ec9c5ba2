# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token service beside the API (contract section 14)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .call import Answer
from .errors import ServiceError, forbidden, not_found
from .store import Record, date

if TYPE_CHECKING:
    from .cloud import Cloud

PATH = "/auth/v1/tokens"
YEAR = 365 * 24 * 3600
CRITERIA = ("ALL", "EXPIRED", "CURRENT")


@dataclass(frozen=True)
class Token:
    """A bearer token. Those of the accounts' file have neither an id nor an end, and no list shows them."""

    text: str
    user: Record
    ident: str = ""
    created: float = 0.0
    ends: float | None = None

    def ended(self, now: float) -> bool:
        return self.ends is not None and self.ends <= now


def serves(path: str) -> bool:
    return path == PATH or path.startswith(f"{PATH}/")


def make(cloud: Cloud, user: Record, ttl: int) -> Token:
    """A new token, a JWT whose ``kid`` is its id."""
    now, ident = cloud.now(), cloud.new_id()
    payload = {"iss": "ionoscloud", "iat": int(now), "exp": int(now) + ttl, "identity": _identity(user)}
    token = Token(jwt(cloud, ident, payload), user, ident, now, now + ttl)
    cloud.tokens[token.text] = token
    return token


def jwt(cloud: Cloud, ident: str, payload: Mapping[str, Any]) -> str:
    """A signed JWT whose ``kid`` is ``ident``."""
    signed = f"{_part({'typ': 'JWT', 'kid': ident, 'alg': 'HS256'})}.{_part(payload)}"
    return f"{signed}.{_base64(hmac.new(cloud.token_key, signed.encode(), hashlib.sha256).digest())}"


def _identity(user: Record) -> dict[str, Any]:
    """Who the token is for. The names of roles and privileges are inferred."""
    assert user.store is not None
    groups = user.linked("groups").values()
    administrator = bool(user.properties["administrator"])
    role = "owner" if user is user.store.owner else "admin" if administrator else "user"
    privileges = {name for group in groups for name, value in group.properties.items() if value is True}
    return {
        "uuid": user.id,
        "contractNumber": user.store.number,
        "role": role,
        "privileges": sorted(privileges),
    }


def _part(value: Any) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Service:
    """One call of a user; ``current`` is the token that made it, None where it came with a password."""

    def __init__(self, cloud: Cloud, user: Record, current: Token | None, host: str):
        self.cloud = cloud
        self.user = user
        self.current = current
        self.host = host

    def answer(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        self._check_user(headers)
        name = path[len(PATH) + 1 :]
        if name == "generate" and method == "GET":
            return Answer(200, {"token": make(self.cloud, self.user, _seconds(query)).text})
        if method not in ("GET", "DELETE") or name == "generate":
            raise ServiceError(405, [("405", f"Method {method} is not allowed")])
        found = self._one(name) if name else None
        if method == "DELETE":
            for token in [found] if found is not None else list(self._chosen(query)):
                del self.cloud.tokens[token.text]
            return Answer(200, {"success": True})
        if found is not None:
            return Answer(200, self._entry(found))
        return Answer(200, {"tokens": [self._entry(token) for token in self._own()]})

    def _check_user(self, headers: Mapping[str, str]) -> None:
        """Users of several contracts name one; with two factors, tokens are made and deleted elsewhere."""
        if self.user.properties["secAuthActive"]:
            raise forbidden("Access Denied: the token manager of the console is for users with two factors")
        held = self.cloud.holders.get(self.user.properties["email"].lower(), {})
        if len(held) > 1 and "X-Contract-Number" not in headers:
            raise forbidden("Access Denied: the header X-Contract-Number is required")

    def _own(self) -> list[Token]:
        return [token for token in self.cloud.tokens.values() if token.user is self.user and token.ident]

    def _one(self, ident: str) -> Token:
        try:
            uuid.UUID(ident)
        except ValueError:
            raise ServiceError(422, [("422", f"'{ident}' is not the id of a token")]) from None
        for token in self._own():
            if token.ident == ident:
                return token
        raise not_found()

    def _chosen(self, query: Mapping[str, str]) -> Iterable[Token]:
        criteria = query.get("criteria", "").upper()
        if criteria not in CRITERIA:
            raise ServiceError(422, [("422", f"Parameter 'criteria' must be one of [{', '.join(CRITERIA)}]")])
        if criteria == "CURRENT":
            if self.current is None:
                raise not_found()
            return [self.current]
        now = self.cloud.now()
        return [token for token in self._own() if criteria == "ALL" or token.ended(now)]

    def _entry(self, token: Token) -> dict[str, Any]:
        return {
            "id": token.ident,
            "href": f"{self.host}{PATH}/{token.ident}",
            "createdDate": date(token.created),
            "expirationDate": date(token.ends or 0.0),
        }


def _seconds(query: Mapping[str, str]) -> int:
    text = query.get("ttl", "")
    if not text:
        return YEAR
    if not text.isdecimal() or not 0 < int(text) <= YEAR:
        raise ServiceError(422, [("422", f"Parameter 'ttl' must be a number of seconds, {YEAR} at most")])
    return int(text)
