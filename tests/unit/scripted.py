# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins of the unit tests: a clock that jumps, and a service that says what it is told to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter
from urllib3.response import HTTPResponse

from ansible_collections.profitbricks.cloud.plugins.module_utils.engine.clock import Clock
from ansible_collections.profitbricks.cloud.plugins.module_utils.engine.transport import (
    Credentials,
    Login,
    Transport,
)

URL = "http://service.test/cloudapi/v6"


class FakeClock(Clock):
    """Time passes only while someone sleeps; ``slept`` holds each pause in seconds."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

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
    strict: bool = True  # whether the HTTP library itself notices missing bytes


@dataclass(frozen=True)
class Sent:
    """One call as it left the client."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any
    timeout: float
    verify: bool | str


class Script(BaseAdapter):
    """A requests adapter that gives its steps in turn, the last one for ever: replies, or exceptions to raise."""

    def __init__(
        self, *steps: Reply | Exception, on_send: Callable[[Sent], None] = lambda sent: None
    ) -> None:
        super().__init__()
        self.steps = list(steps)
        self.sent: list[Sent] = []
        self.on_send = on_send

    def send(self, request: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        body = json.loads(request.body) if request.body else None
        sent = Sent(request.method, request.url, request.headers, body, options["timeout"], options["verify"])
        self.sent.append(sent)
        self.on_send(sent)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return _response(request, step)

    def close(self) -> None:
        """Nothing is open."""


def _response(request: Any, reply: Reply) -> requests.Response:
    content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(content) + reply.missing),
        **reply.headers,
    }
    raw = HTTPResponse(
        io.BytesIO(content),
        headers=headers,
        status=reply.status,
        preload_content=False,
        request_method=request.method,
        enforce_content_length=reply.strict,
    )
    response = requests.adapters.HTTPAdapter().build_response(request, raw)
    response.content  # noqa: B018 - read now, as requests does without stream
    return response


def transport(
    script: Script,
    clock: Clock | None = None,
    credentials: Login | None = None,
    url: str = URL,
    **options: Any,
) -> Transport:
    """A transport that talks to the script."""
    credentials = credentials or Credentials(token="token-of-the-test")
    made = Transport(url, credentials, "agent/1", clock=clock or FakeClock(), **options)
    made.session.mount("http://", script)
    made.session.mount("https://", script)
    return made
