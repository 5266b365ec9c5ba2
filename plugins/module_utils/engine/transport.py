# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP: one `requests` session with authentication, TLS, retries, rate limits and a log of what was sent."""

from __future__ import annotations

import base64
import email.utils
import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .errors import ApiError, CloudError, ConnectionFailed, Message, MissingLibrary, Unanswered
from .operation import Clock, Deadline

if TYPE_CHECKING:
    import requests

try:
    import requests as _requests
except (
    ImportError
) as error:  # reported by Transport, so that documentation and argument checks work without it
    _requests = None  # type: ignore[assignment]
    _missing: ImportError | None = error
else:
    _missing = None

IDEMPOTENT = frozenset({"GET", "PUT", "PATCH", "DELETE"})
TRANSIENT = frozenset({429, 502, 503, 504})
LONGEST_PAUSE = 30.0


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


@dataclass(frozen=True)
class Answer:
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
    ``hints`` say what to do about an HTTP status, where the vendor knows better than `HINTS`.
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
        self._verify = verify
        self._hints = {**HINTS, **(hints or {})}
        self._limit = RateLimit()
        self._lock = threading.Lock()
        self.session = _requests.Session()
        adapter = _requests.adapters.HTTPAdapter(pool_maxsize=connections)
        self.session.mount("https://", adapter)
        self.session.mount("http://", adapter)
        # A callable, because requests lets ~/.netrc overwrite a header that is merely set.
        self.session.auth = _authorize(credentials)
        self.session.headers.update(
            {"User-Agent": user_agent, "Accept": "application/json", **(headers or {})}
        )

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
                safe = method in IDEMPOTENT or asks or (not isinstance(error, Unanswered) and _refused(error))
                if last or not safe or _permanent(error) or _over(deadline):
                    raise
                self._rest(None, attempt, deadline)
                if _over(deadline):
                    raise
                continue
            self._note(method, path, response)
            passing = response.status_code in TRANSIENT and (asks or _repeatable(method, response))
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
    ) -> requests.Response:
        timeout = self.timeout if deadline is None else max(0.05, min(self.timeout, deadline.left()))
        headers = {} if body is None else {"Content-Type": _content_type(body)}
        if accept:
            headers["Accept"] = accept
        try:
            response = self.session.request(
                method,
                f"{self.base_url}/{path}",
                params=query,
                data=form if body is None else _sent(body),
                headers=headers,
                timeout=timeout,
                verify=self._verify,
                allow_redirects=False,
            )
            _whole(response)
        except OSError as error:  # which requests' own exceptions are too
            raise self._failure(method, path, error) from error
        return response

    def _failure(self, method: str, path: str, error: OSError) -> ConnectionFailed:
        exceptions = _requests.exceptions
        where = self.base_url
        if isinstance(error, exceptions.SSLError):
            text = (
                f"TLS failure with {where}: {_reason(error)}. Check that api_url names the right host and port; for a "
                "service with a certificate of your own, give its authority's file with ca_path"
            )
        elif isinstance(error, (exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.MissingSchema)):
            text = f"api_url: {where} is not a usable address: {error}"
        elif isinstance(error, exceptions.ProxyError):
            text = f"The proxy on the way to {where} failed: {_reason(error)}. Check the proxy variables"
        elif not_sent(error):
            text = f"Cannot connect to {where}: {_reason(error)}. Check api_url and the network"
        elif isinstance(error, exceptions.Timeout):
            text = f"{where} gave no answer to {method} {path} in time ({_reason(error)}). Raise api_timeout, or try later"
        else:
            text = (
                f"The answer of {where} to {method} {path} was lost or cut short: {_reason(error)}. Try again"
            )
        kind = Unanswered if method == "POST" and not not_sent(error) else ConnectionFailed
        return kind(text)

    def _answer(self, method: str, path: str, response: requests.Response, as_text: bool) -> Answer:
        if not 200 <= response.status_code < 300:
            raise self._refusal(method, path, response)
        if not response.content:
            return Answer(response.status_code, response.headers, None)
        if as_text:
            return Answer(response.status_code, response.headers, response.content.decode("utf-8", "replace"))
        try:
            return Answer(response.status_code, response.headers, json.loads(response.content))
        except ValueError:
            kind = Unanswered if method == "POST" else ConnectionFailed
            raise kind(
                f"{self.base_url} answered {method} {path} with something that is not JSON "
                f"({response.headers.get('Content-Type', 'no content type')}). Check that api_url is the API's base"
            ) from None

    def _refusal(self, method: str, path: str, response: requests.Response) -> ApiError:
        status = response.status_code
        if 300 <= status < 400:
            target = response.headers.get("Location", "elsewhere")
            said = [Message("", f"the service redirects to {target}")]
        else:
            said = _messages(response)
        return ApiError(
            status,
            said,
            method,
            path,
            request_id=response.headers.get("X-Request-Id"),
            hint=self._hints.get(status, "Check api_url" if 300 <= status < 400 else ""),
        )

    # -- pauses -------------------------------------------------------------------------------------------------

    def _note(self, method: str, path: str, response: requests.Response) -> None:
        with self._lock:
            self.calls.append((method, path, response.status_code))
            self._limit.end(response.headers)

    def _pace(self, deadline: Deadline | None) -> None:
        with self._lock:
            pause = self._limit.start(self.clock.now())
        if pause:
            self.clock.sleep(pause if deadline is None else min(pause, deadline.left()))

    def _rest(self, retry_after: str | None, attempt: int, deadline: Deadline | None) -> None:
        asked = retry_seconds(retry_after)
        pause = min(
            asked if asked is not None else 0.5 * 2**attempt * random.uniform(0.8, 1.2), LONGEST_PAUSE
        )
        self.clock.sleep(pause if deadline is None else min(pause, deadline.left()))


HINTS = {
    401: "Check username and password, or token, and the environment variables that give them",
    403: "The credentials are valid, but their user may not do this",
    429: "The service's rate limit is reached: run fewer tasks at once, or raise api_retries",
    502: "The service is unavailable for the moment: try later, or raise api_retries",
    503: "The service is unavailable for the moment: try later, or raise api_retries",
    504: "The service is unavailable for the moment: try later, or raise api_retries",
}


def _content_type(body: Any) -> str:
    return "text/plain" if isinstance(body, str) else "application/json"


def _sent(body: Any) -> str:
    """A body as it is sent: text as it is, anything else as JSON."""
    return body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))


def _authorize(credentials: Login) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    def authorize(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = credentials.header()
        return request

    return authorize


def _whole(response: requests.Response) -> None:
    """Raise when fewer bytes came than were announced, which older urllib3 releases let pass."""
    announced = response.headers.get("Content-Length", "")
    raw = getattr(response.raw, "tell", None)
    if (
        announced.isdigit()
        and raw is not None
        and response.request.method != "HEAD"
        and raw() < int(announced)
    ):
        raise _requests.exceptions.ChunkedEncodingError(f"{raw()} of {announced} bytes came")


def retry_pause(attempt: int) -> float:
    """Seconds before a call is repeated for the first (0), second (1) ... time: half a second, doubled each time."""
    return min(0.5 * float(2**attempt) * random.uniform(0.8, 1.2), LONGEST_PAUSE)


def _over(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.left() <= 0


def _repeatable(method: str, response: requests.Response) -> bool:
    """Whether the service surely did not act on the call it refused."""
    if method in IDEMPOTENT or response.status_code == 429:
        return True
    return response.status_code == 503 and "Retry-After" in response.headers


def not_sent(error: BaseException | None) -> bool:
    """Whether a request failed before anything of it reached the service."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    while error is not None and not isinstance(error, (NewConnectionError, ConnectTimeoutError)):
        error = _inner(error)
    return error is not None


def _refused(error: ConnectionFailed) -> bool:
    return not_sent(error.__cause__)


def _permanent(error: ConnectionFailed) -> bool:
    """Whether repeating the call cannot help."""
    exceptions = _requests.exceptions
    return isinstance(
        error.__cause__,
        (exceptions.SSLError, exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.MissingSchema),
    )


def _reason(error: BaseException) -> str:
    """The innermost cause of a library's exception, without the names and addresses of its objects."""
    inner = _inner(error)
    if inner is not None:
        return _reason(inner)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    # Some of urllib3's exceptions have two arguments: the connection, and what happened.
    text = re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", str(error.args[-1]) if error.args else "")
    return (
        re.sub(r"^(Failed to establish a new connection): \[Errno -?\d+\] ", "", text) or type(error).__name__
    )


def _inner(error: BaseException) -> BaseException | None:
    """The exception that another one carries, as urllib3 and requests wrap them."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, BaseException):
        return reason
    return next((each for each in error.args if isinstance(each, BaseException)), None)


def _messages(response: requests.Response) -> list[Message]:
    """The service's messages (contract section 7); of another body the first line that can be read."""
    try:
        said = _said(json.loads(response.content))
    except ValueError:
        said = []
    if said:
        return said
    if "html" in response.headers.get("Content-Type", ""):
        return [Message("", f"an HTML page instead of JSON ({response.reason})")]
    return [Message("", response.text.strip().splitlines()[0][:200])] if response.text.strip() else []


def _said(body: Any) -> list[Message]:
    """The messages in a body: a list of them, by itself or in the object under ``messages`` or ``errors``; else the
    object's own ``message`` or, as OAuth has it, ``error``.
    """
    if isinstance(body, dict):
        listed = body.get("messages") or body.get("errors")
        if not isinstance(listed, list):
            text = body.get("message") or body.get("error_description") or body.get("error")
            return [Message("", str(text))] if text else []
        body = listed
    if not isinstance(body, list):
        return []
    return [
        Message(str(each.get("errorCode") or ""), str(each.get("message") or ""))
        if isinstance(each, dict)
        else Message("", str(each))
        for each in body
    ]


def retry_seconds(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date; None when there is none or it is unreadable."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
