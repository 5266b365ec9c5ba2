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

from urllib3 import HTTPResponse, PoolManager

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Clock
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import (
    Credentials,
    Login,
    Transport,
)
from emulator.mount import CutShort

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


@dataclass(frozen=True)
class Sent:
    """One call as it left the client."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any  # what JSON says; of anything else its bytes
    raw: bytes | None
    timeout: float


class Script(PoolManager):
    """Connections that give their steps in turn, the last one for ever: replies, or exceptions to raise."""

    def __init__(
        self, *steps: Reply | Exception, on_send: Callable[[Sent], None] = lambda sent: None
    ) -> None:
        super().__init__()
        self.steps = list(steps)
        self.sent: list[Sent] = []
        self.on_send = on_send

    def urlopen(self, method: str, url: str, redirect: bool = True, **options: Any) -> HTTPResponse:  # type: ignore[override]
        text = options.get("body")
        as_json = options["headers"].get("Content-Type") == "application/json"
        sent = Sent(
            method,
            url,
            options["headers"],
            json.loads(text or b"") if as_json else text,
            text,
            options["timeout"],
        )
        self.sent.append(sent)
        self.on_send(sent)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
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
    )


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
    made.pool = script
    return made
