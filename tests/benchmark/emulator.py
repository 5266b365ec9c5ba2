# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator itself: how soon it is up, what memory it takes, and how fast it answers."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pocketvdc

from .lab import HERE, TOKEN, Lab, tell
from .report import Results, Row, Seconds
from .scale import Scale

START = "emulator: start"
READS = "emulator: reads on one core"
LISTS = "emulator: lists"
CROWD = "emulator: clients at once"
NOTHING = "python -c pass"
MOST_START, MOST_MEMORY = 0.5, 50.0  # seconds, MiB
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
SOURCE = str(Path(pocketvdc.__file__).resolve().parents[1])


@dataclass
class Process:
    """An emulator in a process of its own, and how long it took until it answered."""

    url: str
    pid: int
    seconds: float

    @property
    def memory(self) -> float | None:
        """What it takes now, in MiB; None where the system does not tell."""
        try:
            lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            return None
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@contextmanager
def started(core: int | None = None) -> Iterator[Process]:
    """An emulator, on one core where one is named."""

    def bind() -> None:
        if core is not None:
            os.sched_setaffinity(0, {core})

    environment = {**os.environ, "PYTHONPATH": SOURCE}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", "serve"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=bind,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        Client(url).get("/_emulator/health")
        yield Process(url, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.communicate(timeout=30)


class Client:
    """A connection that stays."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        assert parts.hostname is not None
        self.connection = HTTPConnection(parts.hostname, parts.port, timeout=300)

    def get(self, path: str) -> bytes:
        return self.call("GET", path)

    def call(self, method: str, path: str, body: object = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, data, HEADERS)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 202):
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return content


def emulator(lab: Lab, scale: Scale, results: Results) -> None:
    """Its start beside a Python that does nothing, its answers beside a server that has them ready."""
    _start(lab, scale, results)
    _reads(scale, results)
    _lists(scale, results)
    _crowd(scale, results)


def _start(lab: Lab, scale: Scale, results: Results) -> None:
    seconds: list[float] = []
    busy: list[float] = []
    memory: list[float] = []
    nothing = []
    for number in range(scale.starts):
        tell(f"{START}, {number + 1} of {scale.starts}")
        nothing.append(lab.command(["-c", "pass"]))
        before = _children()
        with started() as process:
            seconds.append(process.seconds)
            memory.append(process.memory or 0.0)
        busy.append(_children() - before)
    bare = Seconds.of([each.seconds for each in nothing])
    results.rows.append(Row(START, NOTHING, bare, None, round(max(each.memory for each in nothing), 1)))
    results.rows.append(
        Row(START, "pocketvdc serve, until it answers", Seconds.of(seconds), None, round(max(memory), 1))
    )
    results.rows.append(Row(START, "pocketvdc serve, on the processor, with its end", Seconds.of(busy)))
    results.reach("emulator up", Seconds.of(seconds).median, MOST_START, "s")
    results.reach("memory of the emulator", max(memory), MOST_MEMORY, "MiB")


def _children() -> float:
    """Seconds that the processes which ended so far spent on the processor: the same on a machine that does much else."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reads(scale: Scale, results: Results) -> None:
    """One client, which waits for each answer. The emulator has a core of its own, where there are two."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    core = cores[-1] if len(cores) > 1 else None
    with started(core) as process:
        client = Client(process.url)
        body = {"properties": {"name": "bench", "location": "de/fra"}}
        path = f"/cloudapi/v6/datacenters/{json.loads(client.call('POST', '/cloudapi/v6/datacenters', body))['id']}"
        content = client.get(path)
        _read(results, scale, "a data center", lambda: client.get(path))
        _read(results, scale, "a list of one", lambda: client.get("/cloudapi/v6/datacenters?depth=1"))
    with ready(content) as url:
        bare = Client(url)
        _read(results, scale, "http.server with the answer at hand", lambda: bare.get("/"))


def _read(results: Results, scale: Scale, name: str, read: Callable[[], object]) -> None:
    runs = []
    for number in range(scale.rounds):
        tell(f"{READS}: {name}, {number + 1} of {scale.rounds}")
        begun = time.perf_counter()
        for _each in range(scale.reads):
            read()
        runs.append(time.perf_counter() - begun)
    seconds = Seconds.of(runs)
    rate = round(scale.reads / seconds.median)
    results.rows.append(Row(READS, f"{name}: {rate} a second", seconds, scale.reads))


@contextmanager
def ready(content: bytes) -> Iterator[str]:
    """The least that a server in Python does: the same answer to everything, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmark.emulator", str(len(content))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), SOURCE, *sys.path])},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _lists(scale: Scale, results: Results) -> None:
    """All servers of a large data center in one answer, beside writing the same as JSON."""
    count = scale.inventory[-1]
    with started() as process:
        client = Client(process.url)
        tell(f"{LISTS}: building {count} servers")
        servers = [{"properties": {"name": f"web-{i:05}", "cores": 1, "ram": 1024}} for i in range(count)]
        body = {
            "properties": {"name": "bench", "location": "de/fra"},
            "entities": {"servers": {"items": servers}},
        }
        made = json.loads(client.call("POST", "/cloudapi/v6/datacenters", body))["id"]
        path = f"/cloudapi/v6/datacenters/{made}/servers?depth=1&limit=10000&pretty=false"
        runs, bare = [], []
        for number in range(scale.rounds):
            tell(f"{LISTS}: {number + 1} of {scale.rounds}")
            begun = time.perf_counter()
            content = client.get(path)
            runs.append(time.perf_counter() - begun)
            found = json.loads(content)
            assert len(found["items"]) == count
            begun = time.perf_counter()
            json.dumps(found)
            bare.append(time.perf_counter() - begun)
        memory = process.memory
    results.rows.append(
        Row(LISTS, f"{count} servers, one answer", Seconds.of(runs), 1, memory and round(memory, 1))
    )
    results.rows.append(Row(LISTS, "json.dumps of the same", Seconds.of(bare)))


def _crowd(scale: Scale, results: Results) -> None:
    """Many clients that begin together: each makes a data center and reads it."""
    many = scale.clients
    with started() as process:
        gate = threading.Barrier(many + 1)
        done: list[bytes] = []

        def client() -> None:
            own = Client(process.url)
            gate.wait()
            body = {"properties": {"name": "bench", "location": "de/fra"}}
            made = json.loads(own.call("POST", "/cloudapi/v6/datacenters", body))["id"]
            done.append(own.get(f"/cloudapi/v6/datacenters/{made}"))

        def run(clients: int) -> float:
            done.clear()
            threads = [threading.Thread(target=client) for _each in range(clients)]
            for thread in threads:
                thread.start()
            gate.wait()
            begun = time.perf_counter()
            for thread in threads:
                thread.join()
            assert len(done) == clients
            return time.perf_counter() - begun

        tell(f"{CROWD}: {many}")
        together = [run(many) for _each in range(scale.rounds)]
        gate = threading.Barrier(2)
        alone = []
        for _each in range(scale.rounds):
            alone.append(sum(run(1) for _client in range(many)))
    results.rows.append(Row(CROWD, f"{many} together", Seconds.of(together), 2 * many))
    results.rows.append(Row(CROWD, f"{many} one after the other", Seconds.of(alone), 2 * many))


def _serve_ready(length: int) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(b"x" * length)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{listener.server_address[1]}", flush=True)
    listener.serve_forever()


if __name__ == "__main__":
    _serve_ready(int(sys.argv[1]))
