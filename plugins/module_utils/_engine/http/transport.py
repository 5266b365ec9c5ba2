# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP: one session of `requests` with authentication, TLS, retries, rate limits and a log of what was sent."""

from __future__ import annotations

import base64
import copy
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, quote_plus

from ..clock import LONGEST_PAUSE, Clock, Deadline, Progress, last_moment
from ..errors import BadAnswer, CloudError, ConnectionFailed
from .patience import Patience, patient
from .request import Answer, Request

if TYPE_CHECKING:
    from ssl import SSLContext

    from requests import Response

TRANSIENT = frozenset({429, 502, 503, 504})
PATIENCE = 2  # time-outs that the repetitions of a call may go without any answer
SHORTEST = 0.05  # seconds that a call may take, however late it is


class Auth(Protocol):
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
        """What must not appear in any output: services echo what they are sent, escaped or as it is."""
        plain = {self.password, self.token}
        found = plain | {
            form(each) for each in plain for form in (quote, partial(quote, safe=""), quote_plus)
        }
        if self.password and not self.token:
            found |= {self._pair(), self._pair().rstrip("=")}
        return found - {""}

    def header(self) -> str:
        return f"Bearer {self.token}" if self.token else f"Basic {self._pair()}"

    def _pair(self) -> str:
        return base64.b64encode(f"{self.username}:{self.password}".encode()).decode()


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
        # A limit that would stop everything is no limit of a service that works.
        self.turn = min(max(now, self.turn) + 60.0 / self.per_minute, now + LONGEST_PAUSE)
        return self.turn - now

    def end(self, headers: Mapping[str, str] | None) -> None:
        """Note the headers of an answer; None where there was none."""
        self.under_way -= 1
        if headers is None:
            return
        self.remaining = None
        try:
            limit, remaining = (float(headers[f"X-RateLimit-{name}"]) for name in ("Limit", "Remaining"))
        except (KeyError, ValueError):
            return
        if isfinite(limit) and isfinite(remaining):
            self.per_minute, self.remaining = limit, remaining


class Transport:
    """Calls to one service below one base URL.

    ``timeout`` is the seconds one call may take to connect and between two parts of its answer, ``retries`` how
    often a call is repeated that failed for a passing reason. ``verify`` is True, False or a path of certificates,
    ``authorities`` is PEM to trust as well.
    ``hints`` say what to do about an HTTP status, where the vendor knows better than `failures.HINTS`. ``progress``
    is told of each repetition, and of an answer that does not come. ``deadline`` is the end of calls that have none of
    their own; once something was written, each of them has a moment all the same, to tell what came of it.
    """

    def __init__(
        self,
        base_url: str,
        auth: Auth,
        user_agent: str,
        headers: Mapping[str, str] | None = None,
        verify: bool | str = True,
        authorities: str = "",
        timeout: float = 30.0,
        retries: int = 4,
        connections: int = 4,
        clock: Clock | None = None,
        hints: Mapping[int, str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        from .session import open_session

        self.base_url = base_url
        self.timeout = timeout
        self.retries = retries
        self.clock = clock or Clock()
        self.progress = progress
        self.deadline: Deadline | None = None
        self._written = False
        self.calls: list[tuple[str, str, int]] = []
        self.auth = auth
        self._hints = hints or {}
        self._limit = RateLimit()
        self._lock = threading.Lock()
        self.session = open_session(_trust(base_url, verify, authorities), connections)
        self.session.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                **(headers or {}),
            }
        )

    def beside(self, base_url: str) -> Transport:
        """The same way to another service of the host."""
        found = copy.copy(self)
        found.base_url = base_url
        return found

    def close(self) -> None:
        """Close the connections; a later call opens others."""
        self.session.close()

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        deadline: Deadline | None = None,
        form: Mapping[str, str] | None = None,
        asks: bool | None = None,
        accept: str = "",
        expects: Callable[[Any], Any] | None = None,
    ) -> Answer:
        """Make one call, whose parts are those of a `Request`."""
        return self.make(Request(method, path, query, body, deadline, form, asks, accept, expects))

    def make(self, request: Request) -> Answer:
        """Make one call, repeated where that is safe.

        Raises ApiError for a refusal, ConnectionFailed when the service cannot be reached, BadAnswer when it answers
        with what is no answer, and Unanswered for either of these when a POST may have taken effect.
        """
        if request.deadline is None and self.deadline is not None:
            request = request._replace(
                deadline=last_moment(self.deadline) if self._written else self.deadline
            )
        if _over(request.deadline):
            from .failures import too_late

            raise too_late(self.base_url, request)
        self._written = self._written or not request.asking
        begun = self.clock.now()
        silence = Deadline.after(self.clock, PATIENCE * self.timeout)
        for attempt in range(self.retries + 1):
            asked: str | None = None
            self._pace(request.deadline)
            try:
                response = self._send(request, silence)
                silence = Deadline.after(self.clock, PATIENCE * self.timeout)
                if attempt == self.retries or not _passing(request, response) or _over(request.deadline):
                    return self._answer(request, response)
                asked = response.headers.get("Retry-After")
                failure: CloudError = self._refusal(request, response)
            except ConnectionFailed as error:
                safe = error.passing and (request.repeatable or not error.sent)
                if attempt == self.retries or not safe or _over(silence):
                    raise
                failure = error
            self._rest(asked, attempt, request.deadline)
            if _over(request.deadline):
                raise failure
            self._tell(request, f"repeated, try {attempt + 2}", begun)
        raise AssertionError("the last attempt returns or raises")

    # -- one call -----------------------------------------------------------------------------------------------

    def _send(self, request: Request, silence: Deadline) -> Response:
        limits = [self.timeout, silence.left()]
        if request.deadline is not None:
            limits.append(request.deadline.left())
        headers: Mapping[str, str] | None = None
        try:
            with patient(self._patience(request)):
                response = self._exchange(request, max(SHORTEST, min(limits)))
            headers = response.headers
            return response
        finally:
            with self._lock:
                self._limit.end(headers)
                if headers is not None:
                    self.calls.append((request.method, request.path, response.status_code))

    def _patience(self, request: Request) -> Patience:
        begun, ends = self.clock.now(), request.deadline
        if ends is not None:
            ends = Deadline.after(self.clock, max(SHORTEST, ends.left()))
        return Patience(ends, lambda: self._tell(request, "no complete answer yet", begun))

    def _tell(self, request: Request, says: str, begun: float) -> None:
        if self.progress:
            self.progress(f"{request.method} {request.path}", says, self.clock.now() - begun)

    def _exchange(self, request: Request, timeout: float) -> Response:
        sent, headers = request.content()
        headers["Authorization"] = self.auth.header()
        if request.accept:
            headers["Accept"] = request.accept
        try:
            response = self.session.request(
                request.method,
                f"{self.base_url}/{request.target}",
                data=sent,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            )
            response.raw.enforce_content_length = True  # which older releases of urllib3 leave out
            # Reads the answer.
            response.content  # noqa: B018  # pylint: disable=pointless-statement
        except (OSError, ValueError) as error:
            from .failures import no_answer  # here, because most runs need none of it

            # Without the cause, whose text may hold a proxy's password.
            raise no_answer(self.base_url, request, error) from None
        return response

    def _answer(self, request: Request, response: Response) -> Answer:
        if not 200 <= response.status_code < 300:
            raise self._refusal(request, response)
        return Answer(response.status_code, response.headers, self._data(request, response))

    def _data(self, request: Request, response: Response) -> Any:
        if request.accept and response.content:
            return response.content.decode("utf-8", "replace")
        try:
            data = json.loads(response.content, parse_constant=_not_json) if response.content else None
            if request.method == "GET" and data is None:
                raise BadAnswer("it is empty")
            if request.expects is not None:
                request.expects(data)
        except (ValueError, RecursionError, BadAnswer) as error:
            from .failures import unreadable

            raise unreadable(self.base_url, request, response, error) from None
        return data

    def _refusal(self, request: Request, response: Response) -> CloudError:
        from .failures import refusal

        return refusal(request, response, self._hints)

    # -- pauses -------------------------------------------------------------------------------------------------

    def _pace(self, deadline: Deadline | None) -> None:
        with self._lock:
            pause = self._limit.start(self.clock.now())
        if pause:
            self._sleep(pause, deadline)

    def _rest(self, retry_after: str | None, attempt: int, deadline: Deadline | None) -> None:
        from .retry import retry_pause, retry_seconds

        asked = retry_seconds(retry_after)
        self._sleep(retry_pause(attempt) if asked is None else asked, deadline)

    def _sleep(self, seconds: float, deadline: Deadline | None) -> None:
        self.clock.sleep(min(seconds, LONGEST_PAUSE, inf if deadline is None else deadline.left()))


def _trust(base_url: str, verify: bool | str, authorities: str) -> SSLContext | None:
    """What certificates are checked with; None for a service without TLS. Raises InvalidOption."""
    if not base_url.startswith("https:"):
        return None
    from .tls import context

    return context(verify, authorities)


def _over(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.left() <= 0


def _passing(request: Request, response: Response) -> bool:
    """Whether a refusal is worth a repetition, and the service surely did not act on the call."""
    status = response.status_code
    if status not in TRANSIENT:
        return False
    return request.repeatable or status == 429 or (status == 503 and "Retry-After" in response.headers)


def _not_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
