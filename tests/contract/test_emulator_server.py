# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as others run it: over a socket, from the command line, under a requests session."""

from __future__ import annotations

import gc
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.routing import Map
from werkzeug.test import Client

from contract.schema.world import AUTH
from pocketvdc import Cloud, Server, create_app, mount
from pocketvdc.accounts import BadAccounts, load
from pocketvdc.app import MOST_BYTES
from pocketvdc.faults import BadFault, Fault
from pocketvdc.rule import MatchedRule
from pocketvdc.testing import Api, Clock

TESTS = Path(__file__).parents[1]
DC = {"properties": {"name": "dc", "location": "de/fra"}}


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as found:
        found.auth = AUTH
        yield found


def fault(server: Server, **values: Any) -> None:
    requests.post(f"{server.url}/_emulator/faults", json=values, timeout=5).raise_for_status()


def journal(server: Server) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = requests.get(f"{server.url}/_emulator/journal", timeout=5).json()["items"]
    return items


def datacenters(server: Server, session: requests.Session) -> int:
    return len(session.get(f"{server.url}/cloudapi/v6/datacenters", timeout=5).json()["items"])


# Connections


def test_connection_persists(server: Server) -> None:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    headers = {"Authorization": "Bearer demo-token"}
    sockets = set()
    for method, body in (("GET", None), ("POST", b'{"properties": {"location": "de/fra"}}'), ("GET", None)):
        connection.request(method, "/cloudapi/v6/datacenters", body, headers)
        connection.getresponse().read()
        assert connection.sock is not None
        sockets.add(connection.sock.getsockname())
    connection.close()
    assert len(sockets) == 1


def test_answers_are_quick_and_many_at_once(server: Server) -> None:
    def work() -> None:
        with requests.Session() as own:
            own.auth = AUTH
            for _each in range(10):
                assert own.get(f"{server.url}/cloudapi/v6/locations", timeout=10).status_code == 200
                done.append(1)

    done: list[int] = []
    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _rest in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 40
    # Nagle's algorithm against delayed acknowledgements would cost 40 ms for each of them.
    assert (time.perf_counter() - started) / 40 < 0.04


def test_chunked_body(server: Server, session: requests.Session) -> None:
    parts = iter([b'{"properties": ', b'{"location": "de/fra"}}'])
    assert session.post(f"{server.url}/cloudapi/v6/datacenters", data=parts, timeout=5).status_code == 202


def test_head(server: Server, session: requests.Session) -> None:
    reply = session.head(f"{server.url}/cloudapi/v6/locations", timeout=5)
    assert (reply.status_code, reply.content) == (200, b"")
    assert datacenters(server, session) == 0


def test_href_names_the_host_that_was_asked(server: Server, session: requests.Session) -> None:
    url = f"{server.url}/cloudapi/v6/datacenters"
    assert session.get(url, timeout=5).json()["href"] == url
    seen = session.get(url, headers={"Host": "cloud.test:8080"}, timeout=5).json()["href"]
    assert seen == "http://cloud.test:8080/cloudapi/v6/datacenters"


def test_stop_closes_everything() -> None:
    server = Server(Cloud()).start()
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    connection.request("GET", "/cloudapi/v6/")
    connection.getresponse().read()
    server.stop()
    with pytest.raises((http.client.HTTPException, OSError)):
        connection.request("GET", "/cloudapi/v6/")
        connection.getresponse()
    with pytest.raises(OSError):
        socket.create_connection((server.host, server.port), timeout=1)


# Faults


def test_drop_before(server: Server, session: requests.Session) -> None:
    fault(server, kind="drop_before", method="POST")
    with pytest.raises(requests.ConnectionError):
        session.post(f"{server.url}/cloudapi/v6/datacenters", json=DC, timeout=5)
    assert datacenters(server, session) == 0
    assert journal(server)[0]["status"] is None


def test_drop_after(server: Server, session: requests.Session) -> None:
    fault(server, kind="drop_after", method="POST")
    with pytest.raises(requests.ConnectionError):
        session.post(f"{server.url}/cloudapi/v6/datacenters", json=DC, timeout=5)
    assert datacenters(server, session) == 1
    assert journal(server)[0]["status"] == 202


def test_half(server: Server, session: requests.Session) -> None:
    fault(server, kind="half", method="POST")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        session.post(f"{server.url}/cloudapi/v6/datacenters", json=DC, timeout=5)
    assert datacenters(server, session) == 1


def test_status(server: Server, session: requests.Session) -> None:
    fault(server, kind="status", status=429, retry_after=7, path="/datacenters", times=2)
    url = f"{server.url}/cloudapi/v6/datacenters"
    for _each in range(2):
        reply = session.get(url, timeout=5)
        assert (reply.status_code, reply.headers["Retry-After"]) == (429, "7")
        assert reply.json()["httpStatus"] == 429
    assert session.get(url, timeout=5).status_code == 200
    fault(server, kind="status", status=503, message="maintenance", code="77")
    reply = session.get(url, timeout=5)
    assert reply.json()["messages"] == [{"errorCode": "77", "message": "maintenance"}]
    assert "Retry-After" not in reply.headers


def test_html(server: Server, session: requests.Session) -> None:
    fault(server, kind="html")
    reply = session.get(f"{server.url}/cloudapi/v6/datacenters", timeout=5)
    assert (reply.status_code, reply.headers["Content-Type"]) == (502, "text/html")
    assert reply.text.startswith("<html>")


def test_slow_and_hang(server: Server, session: requests.Session) -> None:
    url = f"{server.url}/cloudapi/v6/datacenters"
    fault(server, kind="slow", seconds=0.3)
    started = time.perf_counter()
    assert session.get(url, timeout=5).status_code == 200
    assert time.perf_counter() - started >= 0.3
    fault(server, kind="hang", seconds=0.5)
    with pytest.raises(requests.Timeout):
        session.get(url, timeout=0.1)
    # Others are served meanwhile.
    assert requests.get(url, auth=AUTH, timeout=5).status_code == 200


def test_skip_and_for_ever(server: Server, session: requests.Session) -> None:
    url = f"{server.url}/cloudapi/v6/datacenters"
    fault(server, kind="status", status=500, skip=1, times=0, method="GET", path="datacenters$")
    assert [session.get(url, timeout=5).status_code for _rest in range(4)] == [200, 500, 500, 500]
    assert session.get(f"{server.url}/cloudapi/v6/locations", timeout=5).status_code == 200
    control = f"{server.url}/_emulator/faults"
    assert requests.get(control, timeout=5).json()["items"][0]["hits"] == 3
    assert requests.delete(control, timeout=5).json() == {"items": []}
    assert session.get(url, timeout=5).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "status", "times": -1},
        {"kind": "status", "path": "("},
        {"kind": "slow", "seconds": "long"},
        {"kind": "status", "colour": "red"},
    ],
)
def test_faults_that_make_no_sense(data: dict[str, Any]) -> None:
    with pytest.raises(BadFault):
        Fault.parse(data)


def test_mistake_of_the_emulator_is_a_fault_of_the_service(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    api = Api(Cloud())
    monkeypatch.setattr(api.cloud, "settle", lambda: 1 / 0)
    reply = api.get("/datacenters")
    assert (reply.status, reply.json["httpStatus"]) == (500, 500)
    assert "ZeroDivisionError" in capsys.readouterr().err


# Control path


def test_control_path(server: Server, session: requests.Session) -> None:
    root = f"{server.url}/_emulator"
    health = requests.get(f"{root}/health", timeout=5).json()
    assert health["status"] == "ok" and health["version"]
    session.post(f"{server.url}/cloudapi/v6/datacenters", json=DC, timeout=5)
    requests.post(f"{root}/settings", json={"provision_seconds": 9, "page_limit": 3}, timeout=5)
    fault(server, kind="html", times=0, path="nowhere")
    assert requests.get(f"{root}/settings", timeout=5).json() == {
        "provision_seconds": 9.0, "rate_limit": None, "page_limit": 3, "limits": {}, "lacks": [], "full": [],
    }  # fmt: skip
    assert requests.post(f"{root}/reset", timeout=5).status_code == 200
    assert requests.get(f"{root}/settings", timeout=5).json()["provision_seconds"] == 0
    assert requests.get(f"{root}/faults", timeout=5).json() == {"items": []}
    assert journal(server) == []
    assert datacenters(server, session) == 0


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("settings", b'{"provision_seconds": -1}', 400),
        ("settings", b'{"page_limit": 0}', 400),
        ("settings", b'{"rate_limit": "fast"}', 400),
        ("settings", b'{"speed": 1}', 400),
        ("settings", b"{", 400),
        ("settings", b"[]", 400),
        ("faults", b'{"kind": "x"}', 400),
        ("images", b'{"name": "x"}', 400),
        ("images", b'{"name": "x", "size": 1, "location": "moon"}', 400),
        ("nonsense", b"", 404),
        ("journal", b"", 405),
    ],
)
def test_refused_control_calls(path: str, body: bytes, status: int) -> None:
    reply = Api(Cloud()).post(f"/_emulator/{path}", body)
    assert reply.status == status
    assert reply.json["error"]


def test_control_is_for_this_machine_only() -> None:
    api = Api(Cloud())
    reply = api.client.get("/_emulator/health", environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    assert reply.status_code == 403
    assert api.client.get("/_emulator/health", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200


PAGE = {"Origin": "https://evil.example.com"}
FORM = {"Content-Type": "text/plain"}


@pytest.mark.parametrize(
    ("method", "what", "headers", "body", "status"),
    [
        # A page of another site, which a browser lets send this much.
        ("POST", "reset", PAGE, None, 403),
        ("POST", "reset", {"Origin": "null"}, None, 403),
        ("POST", "settings", {**PAGE, **FORM}, b"{}", 403),
        ("DELETE", "journal", PAGE, None, 403),
        ("GET", "netfoundry/credentials", PAGE, None, 403),
        # A page whose own name was made to resolve to loopback, which needs no Origin to read.
        ("GET", "journal", {"Host": "evil.example.com"}, None, 403),
        ("POST", "reset", {"Host": "evil.example.com:8080"}, None, 403),
        ("GET", "health", {"Host": "localhost.evil.example.com"}, None, 403),
        ("GET", "health", {"Host": "192.0.2.1"}, None, 403),
        ("GET", "health", {"Host": ""}, None, 403),
        # What a form can send.
        ("POST", "settings", FORM, b"{}", 415),
        ("POST", "settings", {"Content-Type": "application/x-www-form-urlencoded"}, b"{}", 415),
        ("POST", "settings", {}, b"{}", 415),
        # Programs on this machine.
        ("GET", "health", {"Host": "localhost:1"}, None, 200),
        ("GET", "health", {"Host": "LOCALHOST"}, None, 200),
        ("GET", "health", {"Host": "[::1]:8080"}, None, 200),
        ("GET", "health", {"Host": "127.8.0.1:8080"}, None, 200),
        ("POST", "settings", {"Content-Type": "application/json; charset=utf-8"}, b"{}", 200),
        ("POST", "reset", {}, None, 200),
        ("POST", "reset", FORM, b"", 200),
    ],
)
def test_control_is_for_programs_and_not_for_web_pages(
    server: Server, method: str, what: str, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    made = Api(server.cloud).datacenter()
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    connection.request(method, f"/_emulator/{what}", body, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    assert answer.status == status
    assert ("error" in said) == (status != 200)
    assert (Api(server.cloud).get(made).status == 200) == (what != "reset" or status != 200)


def test_the_address_given_is_a_host_of_control() -> None:
    client = Client(create_app(Cloud(), ("cloud.example.com",)))
    local = {"REMOTE_ADDR": "127.0.0.1"}
    for host, status in (("cloud.example.com", 200), ("Cloud.Example.com:80", 200), ("example.com", 403)):
        answer = client.get("/_emulator/health", headers={"Host": host}, environ_overrides=local)
        assert answer.status_code == status


LARGE = b" " * (MOST_BYTES + 1)


@pytest.mark.parametrize(
    "path", ["/cloudapi/v6/datacenters", "/core/v2/networks", "/oauth2/token", "/_emulator/faults"]
)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_have_a_limit(server: Server, path: str, chunked: bool) -> None:
    def parts() -> Iterator[bytes]:
        for start in range(0, len(LARGE), 1 << 16):
            yield LARGE[start : start + (1 << 16)]

    headers = {"Content-Type": "application/json", "Authorization": "Bearer demo-token"}
    with requests.Session() as session:
        reply = session.post(
            f"{server.url}{path}", parts() if chunked else LARGE, headers=headers, timeout=10
        )
        assert (reply.status_code, reply.headers["Connection"]) == (413, "close")
        assert session.get(f"{server.url}/_emulator/health", timeout=5).status_code == 200


def test_a_body_of_the_limit_is_taken(server: Server, session: requests.Session) -> None:
    body = json.dumps(DC).encode().ljust(MOST_BYTES)
    headers = {"Content-Type": "application/json"}
    reply = session.post(f"{server.url}/cloudapi/v6/datacenters", body, headers=headers, timeout=30)
    assert reply.status_code == 202


def test_reset_gives_memory_back() -> None:
    api = Api(Cloud())
    api.datacenter()
    (contract, *_others) = api.cloud.contracts.values()
    kept: list[Callable[[], object]] = [weakref.ref(contract), weakref.ref(api.cloud.netfoundry)]
    del contract, _others
    gc.disable()
    try:
        assert api.call("POST", "/_emulator/reset").status == 200
        assert [each() for each in kept] == [None, None]
    finally:
        gc.enable()


def test_journal(server: Server, session: requests.Session) -> None:
    session.headers["User-Agent"] = "walker/1"
    session.get(f"{server.url}/cloudapi/v6/datacenters?depth=1", timeout=5)
    requests.get(f"{server.url}/cloudapi/v6/locations", timeout=5)
    first, second = journal(server)
    assert first.pop("seconds") >= 0
    assert first == {
        "method": "GET", "path": "/cloudapi/v6/datacenters", "query": "depth=1", "status": 200,
        "user_agent": "walker/1", "user": "demo@example.com",
    }  # fmt: skip
    assert (second["status"], second["user"]) == (401, None)
    requests.delete(f"{server.url}/_emulator/journal", timeout=5)
    assert journal(server) == []


# Rate limit


def test_rate_limit() -> None:
    clock = Clock()
    api = Api(Cloud(clock=clock, rate_limit="120/3"))

    def call() -> tuple[int, str]:
        reply = api.get("/locations?depth=0")
        return reply.status, reply.headers["X-RateLimit-Remaining"]

    assert [call() for _rest in range(4)] == [(200, "2"), (200, "1"), (200, "0"), (429, "0")]
    reply = api.get("/locations")
    assert reply.headers["Retry-After"] == "1"
    assert (reply.headers["X-RateLimit-Limit"], reply.headers["X-RateLimit-Burst"]) == ("120", "3")
    assert reply.json["httpStatus"] == 429
    # Another contract has a bucket of its own.
    assert Api(api.cloud, login="other-token").get("/locations").status == 200
    clock.advance(1)
    assert [call()[0] for _rest in range(3)] == [200, 200, 429]
    clock.advance(600)
    assert call() == (200, "2")


def test_headers_without_a_limit() -> None:
    reply = Api(Cloud()).get("/locations")
    names = ("X-RateLimit-Limit", "X-RateLimit-Burst", "X-RateLimit-Remaining")
    assert [reply.headers[name] for name in names] == ["120", "50", "49"]


# Under a requests session


def test_mount(session: requests.Session) -> None:
    cloud = Cloud()
    mount(session, cloud)
    url = "http://emulator.test/cloudapi/v6/datacenters"
    made = session.post(url, json=DC)
    assert made.status_code == 202
    assert session.get(made.headers["Location"]).json()["metadata"]["status"] == "DONE"
    assert session.get(url, params={"depth": 1}).json()["items"][0]["properties"]["name"] == "dc"
    for kind, error in (
        ("drop_after", requests.ConnectionError),
        ("half", requests.exceptions.ChunkedEncodingError),
    ):
        session.post("http://emulator.test/_emulator/faults", json={"kind": kind})
        with pytest.raises(error):
            session.get(url)
    assert len(cloud.journal.calls) == 5


# Command line


def emulator(*args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", "serve", *args],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command_line(number: int) -> None:
    process = emulator("--provision-seconds", "0.5")
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        made = requests.post(f"{url}/cloudapi/v6/datacenters", json=DC, auth=AUTH, timeout=5)
        status = requests.get(made.headers["Location"], auth=AUTH, timeout=5).json()["metadata"]["status"]
        assert status in ("QUEUED", "RUNNING")
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out == ""
    assert "demo-password" in err and f"{url}/cloudapi/v6" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "args",
    [
        ("--port", "http"),
        ("--port", "99999"),
        ("--provision-seconds", "-1"),
        ("--public-net", "nonsense"),
        ("--rate-limit", "many"),
        ("--accounts", "/does/not/exist.yml"),
        ("--tls-key", "key.pem"),
        ("--ssh",),
        ("--tls-cert", "/does/not/exist.pem"),
        ("--host", "192.0.2.77"),
        ("--nonsense",),
    ],
)
def test_bad_arguments(args: tuple[str, ...]) -> None:
    process = emulator(*args)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1 and err.startswith("pocketvdc: ")
    assert args[0] in err


def test_a_port_that_is_taken_is_named() -> None:
    with Server(Cloud()) as running:
        port = running.url.rpartition(":")[2]
        process = emulator("--port", port)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert err == f"pocketvdc: --host 127.0.0.1 --port {port}: Address already in use\n"


@pytest.mark.parametrize(
    ("args", "warned"),
    [
        (("--host", "0.0.0.0"), ("demo@example.com", "demo-client")),
        (("--host", "::"), ("demo@example.com", "demo-client")),
        (("--host", "0.0.0.0", "--accounts", "accounts.yml"), ("demo-client",)),
        (("--host", "::1"), ()),
        (("--host", "localhost"), ()),
        ((), ()),
    ],
)
def test_who_listens_to_everyone_is_warned(
    tmp_path: Path, args: tuple[str, ...], warned: tuple[str, ...]
) -> None:
    accounts = tmp_path / "accounts.yml"
    accounts.write_text("accounts: [{email: a@example.com, password: long-and-random}]\n")
    process = emulator(*(str(accounts) if each == "accounts.yml" else each for each in args))
    try:
        assert process.stdout is not None and process.stdout.readline()
        process.terminate()
        _out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    lines = [line for line in err.splitlines() if line.startswith("warning: ")]
    assert len(lines) == bool(warned)
    for who in ("demo@example.com", "demo-client"):
        assert any(who in line for line in lines) == (who in warned)


def test_port_in_use(server: Server) -> None:
    process = emulator("--port", str(server.port))
    _rest, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert len(err.strip().splitlines()) == 1


def test_tls(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with Server(Cloud(), ssl_context=context) as running:
        assert running.url.startswith("https://")
        # A client that never finishes its handshake keeps nobody waiting.
        with socket.create_connection((running.host, running.port)):
            reply = requests.get(
                f"{running.url}/cloudapi/v6/datacenters", auth=AUTH, verify=str(cert), timeout=5
            )
        assert reply.status_code == 200
        assert reply.json()["href"].startswith("https://")
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{running.url}/cloudapi/v6/", timeout=5)


# Accounts


def test_accounts_file(tmp_path: Path) -> None:
    path = tmp_path / "accounts.yml"
    path.write_text(
        "accounts:\n"
        "  - {email: a@example.com, password: pa, contract: 5, token: ta}\n"
        "  - {email: b@example.com, password: 1234, contract: 5, administrator: false}\n"
        "  - {email: c@example.com, password: pc}\n"
    )
    cloud = Cloud(accounts=path)
    one, two, three = (Api(cloud, login=who) for who in ("ta", "b@example.com:1234", "c@example.com:pc"))
    one.datacenter()
    assert len(one.get("/datacenters").json["items"]) == 1
    assert len(one.get("/um/users").json["items"]) == 2
    assert two.get("/um/users").status == 403
    assert three.get("/datacenters").json["items"] == []
    assert Api(cloud, login="demo-token").get("/datacenters").status == 401


@pytest.mark.parametrize(
    "text",
    [
        "accounts: {",
        "[]",
        "accounts: []",
        "accounts: [x]",
        "accounts: [{email: a@example.com}]",
        "accounts: [{email: a@example.com, password: p, colour: red}]",
        "accounts: [{email: a@example.com, password: p, contract: x}]",
        "accounts: [{email: a@example.com, password: p}, {email: A@example.com, password: q}]",
    ],
)
def test_bad_accounts_files(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accounts.yml"
    path.write_text(text)
    with pytest.raises(BadAccounts) as error:
        load(path)
    assert "\n" not in str(error.value)


# Reachability and size


def test_reachable_servers() -> None:
    api = Api(Cloud(public_net="127.0.0.0/8"))
    volume = {"properties": {"size": 50, "imageAlias": "ubuntu:latest", "sshKeys": ["ssh-ed25519 AAAA"]}}
    nics = [{"properties": {"lan": 1}}, {"properties": {"lan": 2}}]
    server = {
        "properties": {"name": "web", "cores": 1, "ram": 1024},
        "entities": {"volumes": {"items": [volume]}, "nics": {"items": nics}},
    }
    body = {
        "properties": {"location": "de/fra"},
        "entities": {"lans": {"items": [{"properties": {"public": True}}]}, "servers": {"items": [server]}},
    }
    dc = f"/datacenters/{api.post('/datacenters', body).id}"
    (found,) = api.cloud.reachable_servers()
    assert (found.name, found.ssh_keys, found.running) == ("web", ("ssh-ed25519 AAAA",), True)
    assert len(found.addresses) == 1 and found.addresses[0].startswith("127.")
    assert not found.addresses[0].startswith("127.0.0.")
    api.post(f"{dc}/servers/{found.id}/stop")
    (stopped,) = api.cloud.reachable_servers()
    assert (stopped.running, stopped.addresses) == (False, ())
    api.delete(dc)
    assert api.cloud.reachable_servers() == []


def test_large_data_center_is_listed_quickly() -> None:
    api = Api(Cloud())
    nics = {"items": [{"properties": {"lan": 1}}, {"properties": {"lan": 2}}]}
    servers = [
        {"properties": {"name": f"s{i}", "cores": 1, "ram": 1024}, "entities": {"nics": nics}}
        for i in range(2500)
    ]
    body = {"properties": {"location": "de/fra"}, "entities": {"servers": {"items": servers}}}
    dc = f"/datacenters/{api.post('/datacenters', body).id}"
    for pretty in ("true", "false"):
        started = time.perf_counter()
        reply = api.get(f"{dc}/servers?depth=5&limit=10000&pretty={pretty}")
        seconds = time.perf_counter() - started
        assert reply.text.count('/firewallrules"') >= 2 * 2500
        assert seconds < 10


# The clock


@pytest.mark.parametrize(("body", "seconds"), [({"seconds": 90}, 90), ({"days": 2}, 172_800)])
def test_time_passes_when_a_test_wants_it(body: dict[str, int], seconds: int) -> None:
    clock = Clock()
    api = Api(Cloud(provision_seconds=60, clock=clock))
    made = api.post("/datacenters", {"properties": {"name": "dc", "location": "de/fra"}})
    assert api.outcome(made)["status"] == "QUEUED"
    assert api.call("POST", "/_emulator/clock", body).json == {"now": clock() + seconds, "ahead": seconds}
    assert api.outcome(made)["status"] == "DONE"
    assert api.call("GET", "/_emulator/clock").json["now"] == clock() + seconds
    api.call("POST", "/_emulator/reset")
    assert api.call("GET", "/_emulator/clock").json == {"now": clock(), "ahead": 0}


@pytest.mark.parametrize(
    "body",
    [
        {}, {"seconds": -1}, {"days": "1"}, {"days": True}, {"hours": 1}, {"seconds": 1, "days": 1},
        {"days": 1e300}, {"seconds": float("nan")}, {"seconds": float("inf")},
    ],
)  # fmt: skip
def test_refused_clocks(body: dict[str, Any]) -> None:
    api = Api(Cloud(clock=Clock()))
    assert api.call("POST", "/_emulator/clock", body).status == 400
    assert api.call("GET", "/_emulator/clock").json["ahead"] == 0


def test_answers_are_dated_by_the_emulators_clock() -> None:
    cloud = Cloud(clock=Clock(1_700_000_000.0))
    with Server(cloud) as server:
        first = requests.get(f"{server.url}/_emulator/health", timeout=5)
        requests.post(f"{server.url}/_emulator/clock", json={"days": 1}, timeout=5)
        second = requests.get(f"{server.url}/_emulator/health", timeout=5)
    assert first.headers["Date"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert second.headers["Date"] == "Wed, 15 Nov 2023 22:13:20 GMT"


# Its start


def test_the_overlay_is_loaded_when_it_is_asked_for() -> None:
    """It is a third of the emulator's code, and so of its start."""
    ask = """if True:
        import sys
        from pocketvdc import Cloud, Server
        from pocketvdc.testing import Api

        def loaded():
            return sorted(name for name in sys.modules if name.startswith("pocketvdc.netfoundry"))

        api = Api(Cloud())
        api.server(api.datacenter())
        assert api.post("/_emulator/clock", {"days": 1}).status == 200
        assert loaded() == ["pocketvdc.netfoundry", "pocketvdc.netfoundry.paths"], loaded()
        assert api.get("/_emulator/netfoundry/mails").json == {"items": []}
        assert "pocketvdc.netfoundry.platform" in loaded()
        assert api.get("/_emulator/netfoundry/nonsense").status == 404
    """
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_overlay_begins_once_however_many_ask_for_it_first() -> None:
    cloud = Cloud()
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(cloud.netfoundry)) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(each) for each in found}) == 1
    cloud.reset()
    assert cloud.netfoundry is not found[0]


def test_a_rule_that_is_only_matched_can_be_built_all_the_same() -> None:
    paths = Map([MatchedRule("/datacenters/<id>", endpoint="datacenter")]).bind("cloud.example")
    assert paths.match("/datacenters/a") == ("datacenter", {"id": "a"})
    assert paths.build("datacenter", {"id": "b"}) == "/datacenters/b"
