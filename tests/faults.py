# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy that does to calls what networks and gateways do: it loses, delays, doubles, cuts and changes them.

It stands between a client and the emulator, because the emulator's own faults are seen by the emulator: here the service
carries out late, or twice, what the client believes lost. Used so::

    with FaultProxy(server.url, seed=7) as proxy:
        proxy.add(Fault("late", "POST", "datacenters", seconds=0.5))     # cut off, and carried out half a second later
        proxy.add(Fault("double", "POST", times=0))                      # each POST arrives twice, from now on
        proxy.add(Fault("replace", path=r"/servers\\b", body=b"{}"))       # an answer that is none
        proxy.storm(0.2, ("drop_before", "drop_after", "late"), "POST")  # one of five POSTs, by the seed's chance
        run(api_url=f"{proxy.url}/cloudapi/v6")
        proxy.settle()                                                   # until what is late has arrived
        assert [each.kind for each in proxy.calls if each.method == "POST"] == ["late", "double"]

Where there is no socket and time jumps, `LateCalls` does the first of these.
"""

from __future__ import annotations

import math
import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from types import TracebackType
from typing import Any, ClassVar
from urllib.parse import urlsplit

from requests import ConnectionError as Lost
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse
from urllib3.exceptions import ProtocolError

from unit.scripted import FakeClock

DROPS = 200  # in which an answer comes that drips
KINDS = {
    "late": "the client is cut off at once, and the call delivered after ``seconds``",
    "slow": "the call is delivered after ``seconds``, while the client waits for as long as it likes",
    "held": "the call is delivered at once, and its answer held back for ``seconds``",
    "double": "the call is delivered twice, and the first answer handed on",
    "drop_before": "the client is cut off, and nothing delivered",
    "drop_after": "the call is delivered, and the client cut off",
    "drip": "the call is delivered, and its answer handed on bit by bit, the whole of it in ``seconds``",
    "drip_body": "as drip, after the headers in one piece",
    "truncate": "the call is delivered, and half of its answer handed on",
    "replace": "the call is delivered, and its answer changed as ``status``, ``headers``, ``body`` and ``change`` say",
    "refuse": "nothing is delivered, and the answer is ``status`` with ``headers`` and ``body``",
}
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass(frozen=True)
class Reply:
    """An answer of the service, or what the client gets in its place."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class Fault:
    """What is done to the calls of a ``method`` whose path and query hold the regular expression ``path``.

    ``kind`` is one of `KINDS`, ``times`` how many calls it is done to; 0: all. ``skip`` such calls pass first. ``status`` 0
    and ``body`` None leave the service's own.
    """

    kind: str
    method: str = "*"
    path: str = ""
    times: int = 1
    skip: int = 0
    seconds: float = 0.0
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    change: Callable[[Reply], Reply] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(KINDS)}")

    def means(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and re.search(self.path, path) is not None

    def changed(self, reply: Reply) -> Reply:
        """The answer that the client gets in place of the service's."""
        kept = tuple(
            each for each in reply.headers if each[0].lower() not in {n.lower() for n, _v in self.headers}
        )
        body = reply.body if self.body is None else self.body
        made = Reply(self.status or reply.status, (*kept, *self.headers), body)
        return self.change(made) if self.change else made


def _take(faults: list[Fault], method: str, path: str) -> Fault | None:
    """The first of the faults that means a call; it is one time less in the list."""
    for index, fault in enumerate(faults):
        if not fault.means(method, path):
            continue
        if fault.skip:
            faults[index] = replace(fault, skip=fault.skip - 1)
            continue
        if fault.times == 1:
            del faults[index]
        elif fault.times:
            faults[index] = replace(fault, times=fault.times - 1)
        return fault
    return None


@dataclass(frozen=True)
class Call:
    """A call of the client, and what was done to it: a fault's kind, or nothing."""

    method: str
    path: str
    kind: str = ""


@dataclass
class _Storm:
    rate: float
    kinds: Sequence[str]
    method: str
    seconds: float


@dataclass
class FaultProxy:
    """A proxy for the service at ``upstream``, on a port of its own; ``url`` is its address.

    ``calls`` are those that came, ``delivered`` those that reached the service, both in their order.
    """

    upstream: str
    seed: int = 0
    calls: list[Call] = field(default_factory=list)
    delivered: list[Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._faults: list[Fault] = []
        self._storm: _Storm | None = None
        self._lock = threading.Lock()
        self._done = threading.Condition(self._lock)
        self._under_way = 0
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FaultProxy:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.settle()
        self._server.shutdown()
        self._server.server_close()

    def add(self, fault: Fault) -> None:
        """Do this to calls to come, before faults that were added later."""
        with self._lock:
            self._faults.append(fault)

    def storm(self, rate: float, kinds: Sequence[str], method: str = "*", seconds: float = 0.2) -> None:
        """Do one of these, by chance, to this part of the calls that no added fault means; those that take time take up
        to ``seconds``.
        """
        with self._lock:
            self._storm = _Storm(rate, kinds, method, seconds)

    def calm(self) -> None:
        """No more faults from now on."""
        with self._lock:
            self._faults.clear()
            self._storm = None

    def settle(self) -> None:
        """Wait until all that was begun has ended, be it late or slow."""
        with self._done:
            self._done.wait_for(lambda: not self._under_way)

    # -- one call -----------------------------------------------------------------------------------------------

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """While something may still be delivered."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._done:
                self._under_way -= 1
                self._done.notify_all()

    def fault_for(self, method: str, path: str) -> Fault | None:
        """What is done to a call, which is noted."""
        with self._lock:
            fault = _take(self._faults, method, path) or self._blown(method)
            self.calls.append(Call(method, path, fault.kind if fault else ""))
            return fault

    def _blown(self, method: str) -> Fault | None:
        storm = self._storm
        if storm is None or storm.method not in ("*", method) or self._chance.random() >= storm.rate:
            return None
        seconds = self._chance.uniform(0, storm.seconds)
        return Fault(self._chance.choice(storm.kinds), seconds=seconds, status=503)

    def deliver(self, method: str, path: str, headers: dict[str, str], body: bytes, kind: str) -> Reply:
        """Hand a call on to the service."""
        parts = urlsplit(self.upstream)
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        with self._lock:
            self.delivered.append(Call(method, path, kind))
        try:
            connection.request(method, path, body or None, {**headers, "Connection": "close"})
            answer = connection.getresponse()
            shown = tuple(each for each in answer.getheaders() if each[0].lower() not in HOP)
            return Reply(answer.status, shown, answer.read())
        finally:
            connection.close()


class _Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    proxy: ClassVar[FaultProxy]
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        with self.proxy.under_way():
            self._serve()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # The host stays the service's own, so that the addresses in its answers are.
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        fault = self.proxy.fault_for(self.command, self.path)
        call = (self.command, self.path, headers, body, fault.kind if fault else "")
        if fault is None:
            self._hand_on(self.proxy.deliver(*call))
        elif fault.kind in ("late", "drop_before"):
            self._cut()
            if fault.kind == "late":
                time.sleep(fault.seconds)
                self.proxy.deliver(*call)
        elif fault.kind == "refuse":
            self._hand_on(fault.changed(Reply(503)))
        else:
            self._after(fault, call)

    def _after(self, fault: Fault, call: tuple[str, str, dict[str, str], bytes, str]) -> None:
        """What is done to a call that is delivered while the client waits."""
        if fault.kind == "slow":
            time.sleep(fault.seconds)
        reply = self.proxy.deliver(*call)
        if fault.kind == "double":
            self.proxy.deliver(*call)
        if fault.kind == "held":
            time.sleep(fault.seconds)
        if fault.kind == "drop_after":
            self._cut()
        elif fault.kind == "truncate":
            self._hand_on(reply, whole=False)
        elif fault.kind.startswith("drip"):
            self._drip(reply, fault)
        else:
            self._hand_on(fault.changed(reply) if fault.kind == "replace" else reply)

    def _drip(self, reply: Reply, fault: Fault) -> None:
        head, said = _head(reply), reply.body
        if fault.kind == "drip":
            head, said = b"", head + said
        size = max(1, len(said) // DROPS)
        drops = [said[begin : begin + size] for begin in range(0, len(said), size)]
        try:
            self.wfile.write(head)
            for drop in drops:
                time.sleep(fault.seconds / len(drops))
                self.wfile.write(drop)
        except OSError:
            self.close_connection = True

    def _hand_on(self, reply: Reply, whole: bool = True) -> None:
        head = _head(reply)
        try:
            self.wfile.write(head + (reply.body if whole else reply.body[: len(reply.body) // 2]))
        except OSError:
            self.close_connection = True  # the client has left, as clients do
        if not whole:
            self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output of tests is not its place."""


def _head(reply: Reply) -> bytes:
    """All of an answer that comes before its body."""
    lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {value}" for name, value in reply.headers)]
    lines.append(f"Content-Length: {len(reply.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


class LateCalls:
    """Calls that a mounted service gets late, on a clock that jumps.

    Of a call that a fault means the client hears at once that its connection is lost, or the fault's ``status``; the
    service gets it ``seconds`` later, or never where these are infinite. ``lost`` are those calls, and ``arrived`` how
    many of them the service got.
    """

    def __init__(self, clock: FakeClock) -> None:
        self._clock, self._sleep = clock, clock.sleep
        self._faults: list[Fault] = []
        self._due: list[tuple[float, BaseAdapter, PreparedRequest]] = []
        self._lock = threading.RLock()
        self.lost: list[Call] = []
        self.arrived = 0
        clock.sleep = self._pass  # type: ignore[method-assign]

    def add(self, fault: Fault) -> None:
        """Do this to calls to come, before faults that were added later."""
        self._faults.append(fault)

    def calm(self) -> None:
        """No more faults from now on."""
        self._faults.clear()

    def settle(self) -> None:
        """Let the time pass until all that is late has come."""
        moments = [due for due, _adapter, _request in self._due if due != math.inf]
        if moments:
            self._pass(max(0.0, max(moments) - self._clock.now()))

    def lead(self, session: Session, url: str) -> None:
        """Stand between a session and the service that is mounted at ``url``."""
        session.mount(url, _Losing(self, session.get_adapter(url)))

    def take(self, adapter: BaseAdapter, request: PreparedRequest) -> Fault | None:
        """The fault that is done to a call, which then is under way."""
        with self._lock:
            fault = _take(self._faults, str(request.method), request.path_url)
            if fault is None:
                return None
            self.lost.append(Call(str(request.method), request.path_url, fault.kind))
            self._due.append((self._clock.now() + fault.seconds, adapter, request))
            return fault

    def _pass(self, seconds: float) -> None:
        """Sleep; what is due meanwhile arrives when it is due."""
        with self._lock:
            until = self._clock.now() + seconds
            while True:
                soon = [each for each in self._due if each[0] <= until]
                if not soon:
                    break
                first = min(soon, key=lambda each: each[0])
                self._due.remove(first)
                due, adapter, request = first
                self._sleep(max(0.0, due - self._clock.now()))
                self.arrived += 1
                try:
                    adapter.send(request)
                except Lost:
                    continue  # its answer has nobody to go to, be it as it may
            self._sleep(max(0.0, until - self._clock.now()))


class _Losing(HTTPAdapter):
    """What stands before the adapter of a mounted service."""

    def __init__(self, late: LateCalls, behind: BaseAdapter) -> None:
        super().__init__()
        self._late, self._behind = late, behind

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        fault = self._late.take(self._behind, request)
        if fault is None:
            return self._behind.send(request, *args, **options)
        if not fault.status:
            raise Lost(
                ProtocolError("Connection aborted.", ConnectionResetError(104, "reset")), request=request
            )
        said = HTTPResponse(BytesIO(fault.body or b""), status=fault.status, preload_content=False)
        return self.build_response(request, said)
