# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API accounts and the tokens that they are given (contract sections 2.1 and 2.4 to 2.6)."""

from __future__ import annotations

import base64
import json
import math
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .._engine.clock import Deadline, Progress, last_moment
from .._engine.errors import BadAnswer, InvalidOption
from .._engine.files import write_private
from .._engine.http.transport import Credentials, Transport

MARGIN = 60.0  # seconds before its end in which a token is renewed already
LIFETIME = 3600.0  # seconds, where the platform does not say (contract section 2.4)


@dataclass(frozen=True)
class Account:
    """An API account: who asks for tokens, and where."""

    client_id: str
    password: str = field(repr=False)
    oauth_url: str

    @property
    def environment(self) -> str:
        """The environment that the token endpoint belongs to; empty where its address does not tell."""
        match = re.match(r"https://netfoundry-([^-./]+)[-.]", self.oauth_url)
        return match.group(1) if match else ""

    @property
    def credentials(self) -> Credentials:
        """What it asks for tokens with."""
        return Credentials(username=self.client_id, password=self.password)


@dataclass
class Token:
    """A bearer token and, as seconds since 1970, when it ends; None: nobody knows."""

    text: str = field(repr=False)
    expiry: float | None = None

    def good(self, now: float, margin: float = 0.0) -> bool:
        return bool(self.text) and (self.expiry is None or now < self.expiry - margin)


class Auth:
    """Who calls: a token, renewed from the API account shortly before its end.

    ``scope`` goes with requests for one, ``audience`` is the address it is good for, ``cache`` the file that keeps
    it, ``tell`` learns each new token. ``ask`` calls the account's token endpoint.
    """

    def __init__(
        self,
        token: str,
        account: Account | None,
        ask: Transport | None,
        scope: str,
        audience: str,
        cache: Path | None = None,
        tell: Callable[[str], None] = lambda token: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._token = Token(token, _expiry(token))
        self._account = account
        self._ask = ask
        self._scope = scope
        self._audience = audience
        self._cache = cache
        self._tell = tell
        self._now = now
        self._lock = threading.Lock()
        self._deadline: Deadline | None = None
        self._renewed_at = -math.inf  # when a token was last given up

    def header(self) -> str:
        """The header's value. Raises InvalidOption for a token past its end that nothing renews, and CloudError."""
        with self._lock:
            margin = MARGIN if self._account is not None else 0.0
            if not self._token.good(self._now(), margin):
                self._token = self._read_cache() or self._renewed()
            return f"Bearer {self._token.text}"

    def obey(self, deadline: Deadline, progress: Progress) -> None:
        """Ask for tokens until then only, or for a moment where a call may still be made; tell if none comes."""
        self._deadline = deadline
        if self._ask is not None:
            self._ask.progress = progress

    def forget(self, refused: str) -> bool:
        """Give up a token that the platform does not take, given as its header; whether another may be had.

        One that was just made in the place of another is not given up too.
        """
        with self._lock:
            if self._account is None or self._now() < self._renewed_at + MARGIN:
                return f"Bearer {self._token.text}" != refused
            self._renewed_at = self._now()
            self._token = Token("")
            if self._cache is not None:
                self._cache.unlink(missing_ok=True)
            return True

    def _renewed(self) -> Token:
        if self._ask is None or self._account is None:
            raise InvalidOption(
                "token: it has expired; get a new one, or give an API account with credentials, which "
                "renews tokens itself"
            )
        form = {"grant_type": "client_credentials", "scope": self._scope}
        path = urlsplit(self._account.oauth_url).path.lstrip("/")
        ends = None if self._deadline is None else last_moment(self._deadline)
        data = self._ask.call("POST", path, None, None, ends, form, asks=True, expects=_check_token).data
        token = Token(data["access_token"], self._now() + _seconds(data.get("expires_in")))
        self._tell(token.text)
        self._write_cache(token)
        return token

    # -- on disk ------------------------------------------------------------------------------------------------

    def _read_cache(self) -> Token | None:
        """The kept token, if it is for this account and address and good for a while."""
        if self._cache is None or self._account is None:
            return None
        try:
            kept = json.loads(self._cache.read_text(encoding="utf-8"))
            token = Token(str(kept["token"]), float(kept["expiry"]))
            mine = (kept["audience"], kept["client_id"]) == (self._audience, self._account.client_id)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if not mine or not token.good(self._now(), MARGIN):
            return None
        self._tell(token.text)
        return token

    def _write_cache(self, token: Token) -> None:
        if self._cache is None or self._account is None:
            return
        kept = {
            "token": token.text,
            "expiry": token.expiry,
            "audience": self._audience,
            "client_id": self._account.client_id,
        }
        write_private("token_cache", self._cache, json.dumps(kept))


def _check_token(data: Any) -> None:
    """What a token endpoint answers with. Raises BadAnswer."""
    token = data.get("access_token") if isinstance(data, dict) else None
    if not (isinstance(token, str) and re.fullmatch(r"[!-~]+", token)):
        raise BadAnswer("there is no token in it, so that oauth_url may not be a token endpoint")


def _seconds(said: Any) -> float:
    """How long a token is good for; where the platform does not say so in a number, as long as usual."""
    try:
        seconds = float(said)
    except (TypeError, ValueError, OverflowError):
        return LIFETIME
    return seconds if 0 < seconds < math.inf else LIFETIME


# -- what a token says of itself --------------------------------------------------------------------------------


def claims(token: str) -> Mapping[str, Any]:
    """The claims of a JSON Web Token, whose signature is not ours to check; empty for any other text."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def environment_of(token: str) -> str:
    """The environment that a token is good for; empty where it does not tell (contract section 2.5)."""
    said = claims(token)
    match = re.match(r"https://gateway\.([^./]+)\.netfoundry\.io", str(said.get("scope") or ""))
    if not match and ".auth0.com" in str(said.get("iss") or ""):
        match = re.match(r"https://netfoundry-([^./]+)\.auth0\.com", str(said["iss"]))
    return match.group(1) if match else ""


def _expiry(token: str) -> float | None:
    moment = claims(token).get("exp")
    return float(moment) if isinstance(moment, (int, float)) else None
