# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins of the unit tests: a clock that jumps, and a service that says what it is told to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, Retry
from urllib3.exceptions import HTTPError

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Clock
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import (
    Auth,
    Credentials,
    Transport,
)
from pocketvdc.mounting import CutShort

POOL = HTTPConnectionPool("service.test")
URL = "http://service.test/cloudapi/v6"


class FakeClock(Clock):
    """Time passes only while someone sleeps; ``slept`` holds each pause in seconds."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def date(self) -> datetime:
        return datetime.fromtimestamp(self.time, UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass(frozen=True)
class Reply:
    """One answer: ``body`` is bytes, or a value sent as JSON; ``missing`` bytes are announced and never come."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0


@dataclass(frozen=True)
class Sent:
    """One call as it left the client."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any  # what JSON says; of anything else its bytes
    raw: bytes | None
    timeout: float


class Script(HTTPAdapter):
    """Connections that give their steps in turn, the last one for ever: replies, or exceptions of urllib3 to raise."""

    def __init__(
        self, *steps: Reply | Exception, on_send: Callable[[Sent], None] = lambda sent: None
    ) -> None:
        super().__init__()
        self.steps = list(steps)
        self.sent: list[Sent] = []
        self.on_send = on_send

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        text = request.body
        assert text is None or isinstance(text, bytes)
        as_json = request.headers.get("Content-Type") == "application/json"
        sent = Sent(
            str(request.method),
            str(request.url),
            dict(request.headers),
            json.loads(text or b"") if as_json else text,
            text,
            options["timeout"],
        )
        self.sent.append(sent)
        self.on_send(sent)
        return super().send(request, *args, **options)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        return self

    get_connection = get_connection_with_tls_context  # what older releases of requests call

    def urlopen(self, method: str, url: str, retries: Retry, **options: Any) -> HTTPResponse:
        """What `requests` asks urllib3 for."""
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, HTTPError) and not isinstance(step, ValueError):
            retries.increment(method, url, error=step, _pool=POOL)  # raises, as urllib3 does
        if isinstance(step, Exception):
            raise step
        return _response(method, step)


def _response(method: str, reply: Reply) -> HTTPResponse:
    content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(content) + reply.missing),
        **reply.headers,
    }
    return HTTPResponse(
        CutShort(content) if reply.missing else io.BytesIO(content),
        headers=headers,
        status=reply.status,
        request_method=method,
        preload_content=False,
    )


def transport(
    script: Script,
    clock: Clock | None = None,
    auth: Auth | None = None,
    url: str = URL,
    **options: Any,
) -> Transport:
    """A transport that talks to the script."""
    auth = auth or Credentials(token="token-of-the-test")
    made = Transport(url, auth, "agent/1", clock=clock or FakeClock(), **options)
    made.session.mount(url, script)
    return made


def intercept(made: Transport, hook: Callable[[PreparedRequest, Callable[[], Response]], Response]) -> None:
    """Have ``hook`` make each call of a transport: it is given what is sent and a function that sends it."""
    send = made.session.send

    def hooked(request: PreparedRequest, **options: Any) -> Response:
        return hook(request, lambda: send(request, **options))

    made.session.send = hooked  # type: ignore[method-assign]
