# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What went wrong with a call: said so that a person can mend it, and whether and when to try again.

Apart from `transport`, because a run without failures needs none of it.
"""

from __future__ import annotations

import email.utils
import json
import random
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import IncompleteRead
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, ConnectionFailed, Message, Unanswered

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

with suppress(ImportError):  # which Transport reports, before anything can fail
    from urllib3 import exceptions

LONGEST_PAUSE = 30.0
HINTS = {
    401: "Check username and password, or token, and the environment variables that give them",
    403: "The credentials are valid, but their user may not do this",
    429: "The service's rate limit is reached: run fewer tasks at once, or raise api_retries",
    502: "The service is unavailable for the moment: try later, or raise api_retries",
    503: "The service is unavailable for the moment: try later, or raise api_retries",
    504: "The service is unavailable for the moment: try later, or raise api_retries",
}


# -- what to raise -----------------------------------------------------------------------------------------------


def no_answer(where: str, method: str, path: str, error: Exception) -> ConnectionFailed:
    """What to raise for a call to ``where`` that failed before its answer was whole."""
    if isinstance(error, exceptions.SSLError):
        text = (
            f"TLS failure with {where}: {_reason(error)}. Check that api_url names the right host and port; for a "
            "service with a certificate of your own, give its authority's file with ca_path"
        )
    elif isinstance(error, exceptions.LocationValueError):
        text = f"api_url: {where} is not a usable address: {error}"
    elif isinstance(error, exceptions.ProxyError):
        text = f"The proxy on the way to {where} failed: {_reason(error)}. Check the proxy variables"
    elif not_sent(error):
        text = f"Cannot connect to {where}: {_reason(error)}. Check api_url and the network"
    elif isinstance(error, exceptions.TimeoutError):
        text = f"{where} gave no answer to {method} {path} in time ({_reason(error)}). Raise api_timeout, or try later"
    else:
        text = f"The answer of {where} to {method} {path} was lost or cut short: {_reason(error)}. Try again"
    kind = Unanswered if method == "POST" and not not_sent(error) else ConnectionFailed
    return kind(text)


def refusal(method: str, path: str, response: BaseHTTPResponse, hints: Mapping[int, str]) -> ApiError:
    """What to raise for an answer that is no success; ``hints`` win over `HINTS`."""
    status = response.status
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
        hint={**HINTS, **hints}.get(status, "Check api_url" if 300 <= status < 400 else ""),
    )


def unreadable(where: str, method: str, path: str, response: BaseHTTPResponse) -> ConnectionFailed:
    """What to raise for a success whose body is not JSON."""
    kind = Unanswered if method == "POST" else ConnectionFailed
    return kind(
        f"{where} answered {method} {path} with something that is not JSON "
        f"({response.headers.get('Content-Type', 'no content type')}). Check that api_url is the API's base"
    )


# -- trying again ------------------------------------------------------------------------------------------------


def retry_pause(attempt: int) -> float:
    """Seconds before a call is repeated for the first (0), second (1) ... time: half a second, doubled each time."""
    return min(0.5 * float(2**attempt) * random.uniform(0.8, 1.2), LONGEST_PAUSE)


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


# -- causes ------------------------------------------------------------------------------------------------------


def not_sent(error: BaseException | None) -> bool:
    """Whether a request failed before anything of it reached the service."""
    while error is not None and not isinstance(
        error, (exceptions.NewConnectionError, exceptions.ConnectTimeoutError)
    ):
        error = _inner(error)
    return error is not None


def refused(error: ConnectionFailed) -> bool:
    """As `not_sent`, of what `no_answer` was made from."""
    return not_sent(error.__cause__)


def permanent(error: ConnectionFailed) -> bool:
    """Whether repeating the call cannot help."""
    return isinstance(error.__cause__, (exceptions.SSLError, exceptions.LocationValueError))


def _reason(error: BaseException) -> str:
    """The innermost cause of a library's exception, without the names and addresses of its objects."""
    inner = _inner(error)
    if inner is not None:
        return _reason(inner)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, IncompleteRead):  # which holds the part that came, secrets and all
        return "it ended before all of it came"
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


def _messages(response: BaseHTTPResponse) -> list[Message]:
    """The service's messages (contract section 7); of another body the first line that can be read."""
    try:
        said = _said(json.loads(response.data))
    except ValueError:
        said = []
    if said:
        return said
    if "html" in response.headers.get("Content-Type", ""):
        return [Message("", f"an HTML page instead of JSON ({response.reason})")]
    text = response.data.decode("utf-8", "replace").strip()
    return [Message("", text.splitlines()[0][:200])] if text else []


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
