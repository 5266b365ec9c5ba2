# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to a service at its worst: without a socket, where time jumps, and through a proxy, where it passes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from requests import PreparedRequest, Response, Session

import pocketvdc
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Clock
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.settings import Http
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.auth import Account
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import Cloud as Overlay
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.connection import (
    Connection as OverlayConnection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from faults import Fault as Trouble
from faults import FaultProxy, LateCalls
from pocketvdc.faults import Fault
from pocketvdc.mounting import URL
from unit.scripted import FakeClock

DEMO = Credentials(username="demo@example.com", password="demo-password")
TIMES = 10  # how much faster than time the proxied walks go; more is more than a busy machine can do
API_TIMEOUT = 10.0  # seconds that a call may take
LATEST = 2 * API_TIMEOUT  # seconds after which a call arrives at most that its client believes lost
LONGEST = (
    1.3 * API_TIMEOUT / TIMES
)  # real seconds that the proxy keeps a call or an answer: some calls time out
SPARE = 0.1  # real seconds: where time is real, nothing is exact
SETTLING = 5.0  # seconds in which the service carries out what came last

# What the proxy does. A creation that the network doubles is two to the service, which nobody can mend.
TO_READ = ("drop_before", "drop_after", "slow", "held", "drip", "drip_body", "truncate", "refuse", "double")
TO_CHANGE = (*TO_READ, "late")
TO_CREATE = tuple(kind for kind in TO_CHANGE if kind != "double")
KINDS = {"GET": TO_READ, "POST": TO_CREATE}


class FastClock(Clock):
    """Time that passes ``TIMES`` times as fast."""

    def now(self) -> float:
        return time.monotonic() * TIMES

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds / TIMES)


@dataclass
class Way:
    """A service, the clock of its clients, and where they find it; a task's trouble begins with `storm`."""

    service: pocketvdc.Cloud
    clock: Clock
    url: str
    chance: random.Random
    done: dict[str, int] = field(default_factory=dict)

    def storm(self, rate: float) -> None:
        """Let about this part of the calls to come go wrong."""
        raise AssertionError("each way has its own")

    def calm(self) -> None:
        """No more trouble, once all that is late has come and the service is done with it."""
        raise AssertionError("each way has its own")

    def note(self, kind: str, times: int = 1) -> None:
        self.done[kind] = self.done.get(kind, 0) + times

    def profitbricks(self) -> Cloud:
        connection = Connection(f"{self.url}/cloudapi/v6", 6, DEMO, timeout=API_TIMEOUT)
        cloud = Cloud(connection, clock=self.clock)
        self.lead(cloud.transport.session)
        return cloud

    def netfoundry(self) -> Overlay:
        account = Account("demo-client", "demo-secret", f"{self.url}/oauth2/token")
        connection = OverlayConnection(self.url, "production", account, http=Http(timeout=API_TIMEOUT))
        auth = connection.auth(clock=self.clock)
        auth._now = self.service.now
        cloud = Overlay(connection, auth, clock=self.clock)
        for made in (auth._ask, cloud.transport):
            assert made is not None
            self.lead(made.session)
        return cloud

    def lead(self, session: Session) -> None:
        """Let a client's session reach the service."""


class Mounted(Way):
    """The emulator's own faults, and calls that it gets late, on a clock that jumps."""

    KINDS = ("drop_before", "drop_after", "half", "html", "status", "fail_request")
    LATE = ("POST", "POST", "PATCH", "PUT", "DELETE")

    def __init__(self, seed: int) -> None:
        clock = FakeClock()
        clock.time = 1_790_000_000.0
        service = pocketvdc.Cloud(provision_seconds=2.0, clock=clock.now, seed=seed)
        super().__init__(service, clock, URL, random.Random(seed))
        self.added: list[Fault] = []
        self.late = LateCalls(clock)

    def storm(self, rate: float) -> None:
        for _each in range(self.chance.randint(0, round(rate * 20))):
            kind = self.chance.choice(self.KINDS)
            status = self.chance.choice((429, 500, 502, 503, 504))
            method = self.chance.choice(("GET", "POST", "PATCH", "PUT", "DELETE", "*"))
            skip = self.chance.randint(0, 6)
            self.added.append(Fault(kind, method, status=status, skip=skip, retry_after=1))
            self.service.faults.add(self.added[-1])
        for _each in range(self.chance.randint(0, round(rate * 6))):
            seconds = self.chance.uniform(0, LATEST)
            status = self.chance.choice((0, 0, 502, 504))
            method, skip = self.chance.choice(self.LATE), self.chance.randint(0, 3)
            self.late.add(Trouble("late", method, seconds=seconds, status=status, skip=skip))

    def calm(self) -> None:
        self.late.calm()
        self.late.settle()
        if self.late.lost:
            self.clock.sleep(SETTLING)
        for call in self.late.lost:
            self.note(f"late {call.method}")
        self.late.lost.clear()
        for fault in self.added:
            self.note(fault.kind, fault.hits)
        self.added.clear()
        self.service.faults.clear()

    def lead(self, session: Session) -> None:
        pocketvdc.mount(session, self.service, self.url)
        self.late.lead(session, self.url)


class Proxied(Way):
    """A proxy between the clients and the emulator; see `faults`."""

    PATHS = ("", "", "requests", "executions", "servers", "lans", "volumes", "nics", "endpoints", "services")

    def __init__(self, seed: int, proxy: FaultProxy, service: pocketvdc.Cloud) -> None:
        super().__init__(service, FastClock(), proxy.url, random.Random(seed))
        self.proxy = proxy

    def storm(self, rate: float) -> None:
        for _each in range(self.chance.randint(0, round(rate * 20))):
            method = self.chance.choice(("GET", "POST", "PATCH", "PUT", "DELETE"))
            kind = self.chance.choice(KINDS.get(method, TO_CHANGE))
            status = self.chance.choice((429, 500, 502, 503, 504))
            path = self.chance.choice(self.PATHS)
            seconds = self.chance.uniform(0, LATEST / TIMES - SPARE if kind == "late" else LONGEST)
            self.proxy.add(Trouble(kind, method, path, seconds=seconds, status=status))

    def lead(self, session: Session) -> None:
        send = session.send

        def hasty(request: PreparedRequest, timeout: float, **options: Any) -> Response:
            return send(request, timeout=timeout / TIMES, **options)

        session.send = hasty  # type: ignore[method-assign,assignment]

    def calm(self) -> None:
        self.proxy.calm()
        self.proxy.settle()
        if any(call.kind == "late" for call in self.proxy.calls):
            self.clock.sleep(SETTLING)
        for call in self.proxy.calls:
            if call.kind:
                self.note(
                    f"proxy: {call.kind} {call.method}" if call.kind == "late" else f"proxy: {call.kind}"
                )
        self.proxy.calls.clear()
        self.proxy.delivered.clear()


@contextmanager
def proxied(seed: int) -> Iterator[Proxied]:
    service = pocketvdc.Cloud(provision_seconds=0.02, seed=seed)
    with pocketvdc.Server(service) as server, FaultProxy(server.url, seed) as proxy:
        yield Proxied(seed, proxy, service)
