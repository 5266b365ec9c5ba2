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
from faults import FaultProxy
from pocketvdc.faults import Fault
from pocketvdc.mounting import URL
from unit.scripted import FakeClock

DEMO = Credentials(username="demo@example.com", password="demo-password")
TIMES = 20  # how much faster than time the proxied walks go
API_TIMEOUT = 2.0  # seconds that a call may take
LONGEST = 0.3  # seconds that the proxy keeps a call or an answer: six, as the clients see it

# What the proxy does. A creation that the network doubles is two to the service, which nobody can mend.
TO_CREATE = ("drop_before", "drop_after", "slow", "held", "truncate", "refuse")
TO_READ = (*TO_CREATE, "double")
TO_CHANGE = (*TO_READ, "late")
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
        """No more trouble, once all that is late has come."""
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

    def lead(self, session: object) -> None:
        """Let a client's session reach the service."""


class Mounted(Way):
    """The emulator's own faults, on a clock that jumps."""

    KINDS = ("drop_before", "drop_after", "half", "html", "status", "fail_request")

    def __init__(self, seed: int) -> None:
        clock = FakeClock()
        clock.time = 1_790_000_000.0
        service = pocketvdc.Cloud(provision_seconds=2.0, clock=clock.now, seed=seed)
        super().__init__(service, clock, URL, random.Random(seed))
        self.added: list[Fault] = []

    def storm(self, rate: float) -> None:
        for _each in range(self.chance.randint(0, round(rate * 20))):
            kind = self.chance.choice(self.KINDS)
            status = self.chance.choice((429, 500, 502, 503, 504))
            method = self.chance.choice(("GET", "POST", "PATCH", "PUT", "DELETE", "*"))
            skip = self.chance.randint(0, 6)
            self.added.append(Fault(kind, method, status=status, skip=skip, retry_after=1))
            self.service.faults.add(self.added[-1])

    def calm(self) -> None:
        for fault in self.added:
            self.note(fault.kind, fault.hits)
        self.added.clear()
        self.service.faults.clear()

    def lead(self, session: object) -> None:
        pocketvdc.mount(session, self.service, self.url)  # type: ignore[arg-type]


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
            seconds = self.chance.uniform(0, LONGEST)
            self.proxy.add(Trouble(kind, method, path, seconds=seconds, status=status))

    def calm(self) -> None:
        self.proxy.calm()
        self.proxy.settle()
        for call in self.proxy.calls:
            if call.kind:
                self.note(f"proxy: {call.kind}")
        self.proxy.calls.clear()
        self.proxy.delivered.clear()


@contextmanager
def proxied(seed: int) -> Iterator[Proxied]:
    service = pocketvdc.Cloud(provision_seconds=0.02, seed=seed)
    with pocketvdc.Server(service) as server, FaultProxy(server.url, seed) as proxy:
        yield Proxied(seed, proxy, service)
