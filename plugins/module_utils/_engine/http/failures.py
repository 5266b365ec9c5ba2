# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What went wrong with a call: said so that a person can act on it, and whether and when to try again.

Apart from `transport`, because a run without failures needs none of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from http.client import IncompleteRead
from typing import Any
from urllib.parse import unquote

from ..errors import ApiError, BadAnswer, ConnectionFailed, Message, TooLong, Unanswered
from .request import Request

with suppress(ImportError):  # without requests no session is opened, and so no call fails
    from requests import Response, exceptions
    from requests.utils import get_environ_proxies, select_proxy
    from urllib3.exceptions import NewConnectionError, ReadTimeoutError  # which those of requests hold

HINTS = {
    401: "Check username and password, or token, and the environment variables that hold them",
    403: "The credentials are valid, but the user is not allowed to do this",
    429: "The service's rate limit was reached: run fewer tasks at once, or raise api_retries",
    502: "The service is temporarily unavailable: try later, or raise api_retries",
    503: "The service is temporarily unavailable: try later, or raise api_retries",
    504: "The service is temporarily unavailable: try later, or raise api_retries",
}
TOO_LONG = (414, 431)
LONGEST_TEXT = 1000  # characters of a message of the service
ELSEWHERE = "Check that api_url is the base URL of the API"
LATE = "Try later, or raise wait_timeout"
UNCLEAR = "The service may have carried it out all the same: check before you run the task again"


# -- what to raise -----------------------------------------------------------------------------------------------


def no_answer(where: str, request: Request, error: OSError | ValueError) -> ConnectionFailed:
    """What to raise for a call to ``where`` that failed before its answer was whole."""
    call, reason = f"{request.method} {request.path}", _reason(error)
    sent = not _not_sent(error)
    passing = True
    if isinstance(error, exceptions.SSLError):
        passing = False
        text = (
            f"TLS failure with {where}: {reason}. Check that api_url names the right host and port; if the service "
            "uses your own certificate authority, name its file in ca_path"
        )
    elif isinstance(error, ValueError) and not isinstance(error, exceptions.InvalidHeader):
        passing = sent = False
        text = _unusable(where, error)
    elif isinstance(error, exceptions.ProxyError):
        text = f"The proxy on the way to {where} failed: {reason}. Check the proxy variables"
    elif not sent:
        text = f"Cannot connect to {where}: {reason}. Check api_url and the network"
    elif _holds(error, (exceptions.Timeout, ReadTimeoutError)):
        late = request.deadline is not None and request.deadline.left() <= 0
        text = f"{where} did not answer {call} in time. "
        text += LATE if late else "Raise api_timeout, or try later"
    else:
        text = f"The answer of {where} to {call} was lost or cut short: {reason}. Try again"
    kind = ConnectionFailed if request.method != "POST" or not sent else Unanswered
    return kind(text, passing, sent)


def too_late(where: str, request: Request) -> ConnectionFailed:
    """What to raise in place of a call for which no time is left."""
    text = f"Time ran out before {request.method} {request.path} could be sent to {where}. {LATE}"
    return ConnectionFailed(text, passing=False, sent=False)


def _unusable(where: str, error: ValueError) -> str:
    """An address that no connection can be made to. That of a proxy may hold a password."""
    if not select_proxy(where, get_environ_proxies(where, no_proxy=None)):
        return f"api_url: {where} is not a usable address: {error}"
    why = f": {error}" if isinstance(error, exceptions.InvalidSchema) else ""
    return f"The proxy on the way to {where} cannot be used{why}. Check the proxy variables"


def refusal(request: Request, response: Response, hints: Mapping[int, str]) -> ApiError:
    """What to raise for an answer that is no success; ``hints`` win over `HINTS`."""
    status = response.status_code
    if status in TOO_LONG and (too_long := _too_long(request, response)):
        return too_long
    if 300 <= status < 400:
        target = response.headers.get("Location", "elsewhere")
        said = [Message("", f"The service redirects to {target}")]
    else:
        said = _messages(response)
    # A page that no gateway in trouble sent: api_url leads to something else than the API.
    elsewhere = 300 <= status < 400 or _is_page(response)
    hint = {**HINTS, **hints}.get(status, ELSEWHERE if elsewhere else "")
    if status >= 500 and not request.repeatable:
        hint = ". ".join(filter(None, (UNCLEAR, hint)))
    return ApiError(
        status,
        said,
        request.method,
        request.path,
        request_id=response.headers.get("X-Request-Id"),
        hint=hint,
        foreign=_is_page(response),
    )


def _too_long(request: Request, response: Response) -> TooLong | None:
    """What to raise where a text of the task made the address too long; None where it was something else, as headers."""
    parts = request.path.split("/")
    longest = max(range(len(parts)), key=lambda place: len(parts[place]))
    texts = [unquote(parts[longest]), *map(str, (request.query or {}).values())]
    text = max(texts, key=len)
    if len(text) <= LONGEST_TEXT:
        return None
    if len(parts[longest]) > LONGEST_TEXT:
        parts[longest] = "..."
    request_id = response.headers.get("X-Request-Id")
    return TooLong(response.status_code, text, request.method, "/".join(parts), request_id)


def unreadable(where: str, request: Request, response: Response, error: Exception) -> ConnectionFailed:
    """What to raise for a success whose body is no answer to the call."""
    call, said = f"{request.method} {request.path}", response.headers.get("Content-Type", "no content type")
    page = isinstance(error, ValueError) and "json" not in said
    if page:
        text = f"{where} answered {call} with something that is not JSON ({said}). {ELSEWHERE}"
    elif isinstance(error, ValueError):
        text = f"The answer of {where} to {call} is incomplete or not valid JSON. Try again"
    elif isinstance(error, RecursionError):
        text = f"{where} answered {call} with JSON that is nested too deeply to be an answer"
    else:
        text = f"{where} did not answer {call} properly: {error}. Try again; if that does not help, check api_url"
    if request.repeatable:
        return BadAnswer(text, passing=not page)
    return Unanswered(text)


# -- causes ------------------------------------------------------------------------------------------------------


def _not_sent(error: BaseException) -> bool:
    """Whether a call failed before anything of it reached the service."""
    return _holds(error, (exceptions.ConnectTimeout, NewConnectionError))


def _holds(error: BaseException | None, kinds: tuple[type[BaseException], ...]) -> bool:
    """Whether the exception is of one of these kinds, or one that it carries is."""
    while error is not None and not isinstance(error, kinds):
        error = _inner(error)
    return error is not None


def _reason(error: BaseException) -> str:
    """The innermost cause of a library's exception, without the names and addresses of its objects."""
    inner = _inner(error)
    if inner is not None:
        return _reason(inner)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, IncompleteRead):  # which holds the part that came, secrets and all
        return "it ended before it was complete"
    # Some of urllib3's exceptions have two arguments: the connection, and what happened.
    text = re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", str(error.args[-1]) if error.args else "")
    return (
        re.sub(r"^(Failed to establish a new connection): \[Errno -?\d+\] ", "", text) or type(error).__name__
    )


def _inner(error: BaseException) -> BaseException | None:
    """The exception that another one carries, as urllib3 wraps them."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, BaseException):
        return reason
    return next((each for each in error.args if isinstance(each, BaseException)), None)


def _messages(response: Response) -> list[Message]:
    """The service's messages (contract section 7); of another body the first line that can be read."""
    try:
        said = _said(json.loads(response.content))
    except (ValueError, RecursionError):
        said = []
    if said:
        return said
    if _is_page(response):
        return [Message("", f"The service sent an HTML page instead of JSON ({response.reason})")]
    text = response.content.decode("utf-8", "replace").strip()
    return [Message("", _line(text.splitlines()[0])[:200])] if text else []


def _is_page(response: Response) -> bool:
    return "html" in response.headers.get("Content-Type", "")


def _said(body: Any) -> list[Message]:
    """The messages in a body: a list of them, by itself or in the object under ``messages`` or ``errors``; else the
    object's own ``message`` or, as OAuth has it, ``error``.
    """
    if isinstance(body, dict):
        listed = body.get("messages") or body.get("errors")
        if not isinstance(listed, list):
            text = body.get("message") or body.get("error_description") or body.get("error")
            return [Message("", _line(text))] if text else []
        body = listed
    if not isinstance(body, list):
        return []
    return [
        Message(_line(each.get("errorCode") or ""), _line(each.get("message") or ""))
        if isinstance(each, dict)
        else Message("", _line(each))
        for each in body
    ]


def _line(said: Any) -> str:
    """Part of an error's text, which is one line and no page."""
    return " ".join(str(said).split())[:LONGEST_TEXT]
