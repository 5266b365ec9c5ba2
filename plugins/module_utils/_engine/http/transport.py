# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP: one pool of connections with authentication, TLS, retries, rate limits and a log of what was sent.

The pool is urllib3's, on which `requests` itself stands: half of what a module takes to load `requests` is left out.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlencode

from ..clock import Clock, Deadline
from ..errors import CloudError, ConnectionFailed, MissingLibrary, Unanswered

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

try:
    import urllib3
    from urllib3.exceptions import HTTPError
except (
    ImportError
) as error:  # reported by Transport, so that documentation and argument checks work without it
    _missing: ImportError | None = error
else:
    _missing = None

IDEMPOTENT = frozenset({"GET", "PUT", "PATCH", "DELETE"})
TRANSIENT = frozenset({429, 502, 503, 504})
PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})


class Login(Protocol):
    """Who calls."""

    def header(self) -> str:
        """What the header Authorization says; asked anew for each call."""


@dataclass(frozen=True)
class Credentials:
    """A user with a password, or a bearer token. Never shown."""

    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def secrets(self) -> set[str]:
        """What must not appear in any output."""
        return {secret for secret in (self.password, self.token) if secret}

    def header(self) -> str:
        if self.token:
            return f"Bearer {self.token}"
        pair = f"{self.username}:{self.password}".encode()
        return "Basic " + base64.b64encode(pair).decode()


class Answer(NamedTuple):
    """A successful answer: ``data`` is the decoded JSON body, or the text of another; None where there was none."""

    status: int
    headers: Mapping[str, str]
    data: Any


@dataclass
class RateLimit:
    """What the service last said about its limit (contract section 8), and how many calls are under way meanwhile.

    Once the allowance is spent, the calls of all threads take turns, one each interval of the limit.
    """

    per_minute: float = 0.0
    remaining: float | None = None
    under_way: int = 0
    turn: float = 0.0  # on the clock: when the last call that had to wait may start

    def start(self, now: float) -> float:
        """Seconds to let pass before the next call, so that it is not refused; `end` must follow."""
        ahead, self.under_way = self.under_way, self.under_way + 1
        if self.remaining is None or self.per_minute <= 0 or self.remaining - ahead >= 2:
            return 0.0
        self.turn = max(now, self.turn) + 60.0 / self.per_minute
        return self.turn - now

    def end(self, headers: Mapping[str, str] | None) -> None:
        """Note the headers of an answer; None where there was none."""
        self.under_way -= 1
        if headers is None:
            return
        try:
            self.per_minute = float(headers["X-RateLimit-Limit"])
            self.remaining = float(headers["X-RateLimit-Remaining"])
        except (KeyError, ValueError):
            self.remaining = None


class Transport:
    """Calls to one service below one base URL.

    ``timeout`` is the seconds one call may take to connect and between two parts of its answer, ``retries`` how
    often a call is repeated that failed for a passing reason. ``verify`` is True, False or a path of certificates.
    ``hints`` say what to do about an HTTP status, where the vendor knows better than `failures.HINTS`.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Login,
        user_agent: str,
        headers: Mapping[str, str] | None = None,
        verify: bool | str = True,
        timeout: float = 30.0,
        retries: int = 4,
        connections: int = 4,
        clock: Clock | None = None,
        hints: Mapping[int, str] | None = None,
    ) -> None:
        if _missing is not None:
            raise MissingLibrary(f"The Python library requests is needed: {_missing}")
        self.base_url = base_url
        self.timeout = timeout
        self.retries = retries
        self.clock = clock or Clock()
        self.calls: list[tuple[str, str, int]] = []
        self.credentials = credentials
        self._hints = hints or {}
        self._limit = RateLimit()
        self._lock = threading.Lock()
        self.headers = {
            "User-Agent": user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            **(headers or {}),
        }
        self.pool = _pool(base_url, verify, connections)

    def close(self) -> None:
        """Close the connections; a later call opens others."""
        self.pool.clear()

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        deadline: Deadline | None = None,
        form: Mapping[str, str] | None = None,
        asks: bool = False,
        accept: str = "",
    ) -> Answer:
        """One call, repeated where that is safe; one that only ``asks`` always is. A ``form`` is sent in place of a body.
        ``accept`` names a media type to get in place of JSON, as text.

        Raises ApiError for a refusal, ConnectionFailed when the service cannot be reached, Unanswered when a POST
        was sent and its answer lost.
        """
        for attempt in range(self.retries + 1):
            last = attempt == self.retries
            self._pace(deadline)
            try:
                response = self._send(method, path, query, body, deadline, form, accept)
            except CloudError as error:
                with self._lock:
                    self._limit.end(None)
                if not isinstance(error, ConnectionFailed):
                    raise  # from the credentials, which may need calls of their own
                from .failures import permanent, refused

                safe = method in IDEMPOTENT or asks or (not isinstance(error, Unanswered) and refused(error))
                if last or not safe or permanent(error) or _over(deadline):
                    raise
                self._rest(None, attempt, deadline)
                if _over(deadline):
                    raise
                continue
            self._note(method, path, response)
            passing = response.status in TRANSIENT and (asks or _repeatable(method, response))
            if last or not passing or _over(deadline):
                break
            self._rest(response.headers.get("Retry-After"), attempt, deadline)
            if _over(deadline):
                break
        return self._answer(method, path, response, bool(accept))

    # -- one call -----------------------------------------------------------------------------------------------

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        deadline: Deadline | None,
        form: Mapping[str, str] | None,
        accept: str,
    ) -> BaseHTTPResponse:
        timeout = self.timeout if deadline is None else max(0.05, min(self.timeout, deadline.left()))
        headers = {**self.headers, "Authorization": self.credentials.header()}
        if accept:
            headers["Accept"] = accept
        sent, content_type = _sent(body, form)
        if content_type:
            headers["Content-Type"] = content_type
        asked = f"?{urlencode(query, doseq=True)}" if query else ""
        try:
            return self.pool.request(
                method,
                f"{self.base_url}/{path}{asked}",
                body=sent,
                headers=headers,
                timeout=timeout,
                retries=False,
                redirect=False,
                enforce_content_length=True,  # which older releases of urllib3 leave out
            )
        except (HTTPError, OSError) as error:
            from .failures import no_answer  # here, because most runs need none of it

            raise no_answer(self.base_url, method, path, error) from error

    def _answer(self, method: str, path: str, response: BaseHTTPResponse, as_text: bool) -> Answer:
        if not 200 <= response.status < 300:
            from .failures import refusal

            raise refusal(method, path, response, self._hints)
        if not response.data:
            return Answer(response.status, response.headers, None)
        if as_text:
            return Answer(response.status, response.headers, response.data.decode("utf-8", "replace"))
        try:
            return Answer(response.status, response.headers, json.loads(response.data))
        except ValueError:
            from .failures import unreadable

            raise unreadable(self.base_url, method, path, response) from None

    # -- pauses -------------------------------------------------------------------------------------------------

    def _note(self, method: str, path: str, response: BaseHTTPResponse) -> None:
        with self._lock:
            self.calls.append((method, path, response.status))
            self._limit.end(response.headers)

    def _pace(self, deadline: Deadline | None) -> None:
        with self._lock:
            pause = self._limit.start(self.clock.now())
        if pause:
            self.clock.sleep(pause if deadline is None else min(pause, deadline.left()))

    def _rest(self, retry_after: str | None, attempt: int, deadline: Deadline | None) -> None:
        from .failures import LONGEST_PAUSE, retry_pause, retry_seconds

        asked = retry_seconds(retry_after)
        pause = retry_pause(attempt) if asked is None else min(asked, LONGEST_PAUSE)
        self.clock.sleep(pause if deadline is None else min(pause, deadline.left()))


def _sent(body: Any, form: Mapping[str, str] | None) -> tuple[bytes | None, str]:
    """A body as it is sent, and what it is: text as it is, a form encoded, anything else as JSON."""
    if form is not None:
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    if body is None:
        return None, ""
    if isinstance(body, str):
        return body.encode(), "text/plain"
    return json.dumps(body, separators=(",", ":")).encode(), "application/json"


def _pool(base_url: str, verify: bool | str, connections: int) -> PoolManager:
    """Connections to a service, by way of a proxy where the environment names one.

    Raises InvalidOption, and ConnectionFailed for a proxy that cannot be one.
    """
    trust: dict[str, Any] = {}
    if base_url.startswith("https:"):
        from .tls import context

        trust["ssl_context"] = context(verify)
    # Elsewhere than on Linux the system's settings may name a proxy too.
    if sys.platform != "linux" or any(name.lower() in PROXIES for name in os.environ):
        from .proxies import through_proxy

        if proxied := through_proxy(base_url, connections, trust):
            return proxied
    return urllib3.PoolManager(maxsize=connections, **trust)


def _over(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.left() <= 0


def _repeatable(method: str, response: BaseHTTPResponse) -> bool:
    """Whether the service surely did not act on the call it refused."""
    if method in IDEMPOTENT or response.status == 429:
        return True
    return response.status == 503 and "Retry-After" in response.headers
