# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong credentials and addresses, TLS, and a service that does not work: one line each, and no secret shown.

What is wrong with the objects themselves is in test_bad_input.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.tls import BUNDLES
from integration.runner import COLLECTIONS, SECRETS, Results, Runner, Task, task
from pocketvdc import Server

SECRET = "hunter2Secret"  # in options that should not hold one, or as a wrong one
DC = {"name": "new", "location": "de/fra"}
PAIR = base64.b64encode(b"demo@example.com:demo-password").decode()
LOGIN = {"token": "", "username": "demo@example.com"}


@dataclass(frozen=True)
class Case:
    """A task that has to fail: its module and options, words of its error, and faults of the service before it.

    ``writes`` are those that the task had to try, because only the service could tell.
    """

    module: str
    options: Mapping[str, Any]
    words: tuple[str, ...]
    faults: tuple[dict[str, Any], ...] = ()
    writes: tuple[str, ...] = ()


def case(module: str, words: str | Sequence[str], /, **options: Any) -> Case:
    return Case(module, options, (words,) if isinstance(words, str) else tuple(words))


def broken(words: Sequence[str], /, *faults: dict[str, Any], **options: Any) -> Case:
    """A read of a service that does not work."""
    return Case("datacenter_info", {"api_retries": 0, **options}, tuple(words), faults)


CREDENTIALS = {
    "a wrong token": case("datacenter", ["401", "token"], **DC, token=SECRET),
    "a wrong password": case("datacenter", ["401", "username and password"], **DC, **LOGIN, password=SECRET),
    "an unknown user": case(
        "datacenter", "401", **DC, token="", username="nobody@example.com", password=SECRET
    ),
    "a user without password": case("datacenter", "password: not set; give the option", **DC, **LOGIN),
    "a password without user": case(
        "datacenter", "username: not set; give the option", **DC, token="", password=SECRET
    ),
    "no credentials": case(
        "datacenter", "No credentials: give token, or username and password", **DC, token=""
    ),
    "a token of two lines": case("datacenter", "token: ", **DC, token=f"{SECRET}\nsecond"),
    "a token of other letters": case("datacenter", "token: ", **DC, token=f"{SECRET}\u2013"),
    "a contract number that is none": case(
        "datacenter", "contract_number: 'mine' is not a number", **DC, contract_number="mine"
    ),
    "a user without rights": Case(
        "datacenter",
        {**DC, **LOGIN, "username": "guest@example.com", "password": SECRET},
        ("403",),
        writes=("POST",),
    ),
}

URLS = {
    "no address": case(
        "datacenter", "api_url: this is not an http or https address", **DC, api_url="nonsense"
    ),
    "another scheme": case("datacenter", "api_url: this is not", **DC, api_url="ftp://127.0.0.1/cloudapi/v6"),
    "a bad port": case(
        "datacenter", "api_url: this is not", **DC, api_url="http://127.0.0.1:port/cloudapi/v6"
    ),
    "credentials in it": case(
        "datacenter",
        "api_url: it must not contain credentials",
        **DC,
        api_url=f"https://demo:{SECRET}@127.0.0.1/cloudapi/v6",
    ),
    "credentials and no scheme": case(
        "datacenter", "api_url: this is not", **DC, api_url=f"demo:{SECRET}@127.0.0.1/cloudapi/v6"
    ),
    "a slash in the password": case(
        "datacenter", "api_url: this is not", **DC, api_url=f"https://demo:a/{SECRET}@127.0.0.1/cloudapi/v6"
    ),
    "a token before the host": case(
        "datacenter",
        "api_url: it must not contain credentials",
        **DC,
        api_url=f"https://{SECRET}@127.0.0.1/cloudapi/v6",
    ),
    "a token in a query": case(
        "datacenter",
        "api_url: it must end after the path",
        **DC,
        api_url=f"https://127.0.0.1/cloudapi/v6?token={SECRET}",
    ),
    "a token behind it": case(
        "datacenter",
        "api_url: it must end after the path",
        **DC,
        api_url=f"https://127.0.0.1/cloudapi/v6#{SECRET}",
    ),
    "a query in it": case(
        "datacenter", "api_url: it must end after the path", **DC, api_url="http://127.0.0.1/v6?a=b"
    ),
    "an old version": case(
        "datacenter", "version 3 of the API is not supported", **DC, api_url="http://127.0.0.1/cloudapi/v3"
    ),
    "a wrong path": case("datacenter", ["404"], **DC, api_url="{{ base }}/elsewhere/v6"),
    "another service": case("datacenter", ["not JSON", "api_url"], **DC, api_url="{{ website }}/cloudapi/v6"),
    "a redirect": case(
        "datacenter",
        ["redirects to https://elsewhere.example/", "api_url"],
        **DC,
        api_url="{{ website }}/moved/v6",
    ),
    "an unknown host": case(
        "datacenter", ["Cannot connect", "api_url"], **DC, api_url="http://host.invalid", api_retries=0
    ),
    "a closed port": case(
        "datacenter", ["Cannot connect", "refused", "api_url"], **DC, api_url="{{ closed }}", api_retries=0
    ),
    "a negative timeout": case("datacenter", "api_timeout: ", **DC, api_timeout=-1),
    "no timeout": case("datacenter", "api_timeout: ", **DC, api_timeout=0),
    "negative retries": case("datacenter", "api_retries: -1 is below", **DC, api_retries=-1),
    "too many retries": case("datacenter", "api_retries: 1000 is above", **DC, api_retries=1000),
}

TLS = {
    "an unknown authority": case("datacenter", ["TLS failure", "ca_path"], **DC, api_url="{{ tls }}"),
    "another host's certificate": case(
        "datacenter",
        ["TLS failure", "api_url"],
        **DC,
        api_url="{{ tls_of_another }}",
        ca_path="{{ authority }}",
    ),
    "https to a port without": case(
        "datacenter", ["TLS failure"], **DC, api_url="{{ base | replace('http:', 'https:') }}"
    ),
    "http to a port with": case(
        "datacenter",
        ["lost or cut short"],
        **DC,
        api_url="{{ tls | replace('https:', 'http:') }}",
        api_retries=0,
    ),
    "no file of authorities": case(
        "datacenter", ["ca_path", "/no/such/file"], **DC, api_url="{{ tls }}", ca_path="/no/such/file"
    ),
    "a file that is none": case(
        "datacenter", ["ca_path"], **DC, api_url="{{ tls }}", ca_path="{{ no_certificate }}"
    ),
}


def fault(kind: str, /, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "method": "GET", "path": "datacenters", **more}


SERVICE = {
    "half a response": broken(["lost or cut short", "Try again"], fault("half")),
    "a connection closed": broken(["lost or cut short", "Try again"], fault("drop_before")),
    "a gateway's page": broken(["502", "HTML page", "try later"], fault("html")),
    "a service that is down": broken(["503", "try later", "api_retries"], fault("status", status=503)),
    "a service that is down for long": broken(
        ["503", "try later"], fault("status", status=503, retry_after=0, times=3), api_retries=2
    ),
    "a fault of the service": broken(["500"], fault("status", status=500, message="Internal server error")),
    "a fault that shows what was sent": broken(
        ["500", "odd header"],
        fault("status", status=500, message=f"odd header: Basic {PAIR}"),
        **LOGIN,
        password="demo-password",
    ),
    "the rate limit": broken(["429", "fewer tasks"], fault("status", status=429, retry_after=1)),
    "a refusal": broken(
        ["403", "is not allowed to do this"], fault("status", status=403, code="451", message="Access Denied")
    ),
    "no answer": broken(["did not answer", "api_timeout"], fault("hang", seconds=2), api_timeout=0.3),
    "a request that fails": Case(
        "datacenter",
        DC,
        ("create of data center new failed", "[VDC-5-0] An unexpected error occurred"),
        ({"kind": "fail_request", "method": "POST", "path": "datacenters"},),
        ("POST",),
    ),
    "a refused write": Case(
        "datacenter",
        DC,
        ("not today (POST ", "HTTP 422, code 200"),
        (
            {
                "kind": "status",
                "method": "POST",
                "path": "datacenters",
                "status": 422,
                "code": "200",
                "message": "not today",
            },
        ),
        ("POST",),
    ),
    "a write whose answer is lost for good": Case(
        "datacenter",
        {**DC, "api_retries": 0, "api_timeout": 1},
        ("create of data center new: the answer was lost", "may have been created", "Run the task again"),
        ({"kind": "drop_before", "method": "POST", "path": "datacenters"},),
        ("POST",),
    ),
}

GROUPS: dict[str, dict[str, Case]] = {
    "credentials": CREDENTIALS,
    "urls": URLS,
    "tls": TLS,
    "service": SERVICE,
}


# -- servers that are no help -------------------------------------------------------------------------------------


class Website(BaseHTTPRequestHandler):
    """Some other service than the API."""

    def do_GET(self) -> None:
        moved = self.path.startswith("/moved/")
        body = b"<html><body>Welcome</body></html>"
        self.send_response(302 if moved else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if moved:
            self.send_header("Location", "https://elsewhere.example/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def website() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Website)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def tls_server(server: Server, authority: trustme.CA, name: str) -> Server:
    """The same cloud behind TLS, with a certificate for ``name``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return Server(server.cloud, ssl_context=context)


@pytest.fixture(scope="module")
def places(
    server: Server, website: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The addresses and files that the cases name."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    (folder / "text.pem").write_text("no certificate\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    with (
        tls_server(server, authority, "127.0.0.1") as own,
        tls_server(server, authority, "other.example") as other,
    ):
        yield {
            "base": server.url,
            "v5": f"{server.url}/cloudapi/v5",
            "website": website,
            "closed": f"http://127.0.0.1:{closed}",
            "tls": own.url,
            "tls_of_another": other.url,
            "authority": str(folder / "authority.pem"),
            "no_certificate": str(folder / "text.pem"),
        }


# -- the tests ----------------------------------------------------------------------------------------------------


def tasks_of(group: Mapping[str, Case]) -> list[Task]:
    return [
        task(
            name,
            each.module,
            {"before": [("faults", fault) for fault in each.faults]},
            **each.options,
        )
        for name, each in group.items()
    ]


WAYS = [(group, True) for group in GROUPS] + [(group, False) for group in ("credentials", "urls", "tls")]


@pytest.mark.parametrize(
    ("group", "in_process"),
    WAYS,
    ids=[group if inside else f"{group}, as a module" for group, inside in WAYS],
)
def test_bad_connection(group: str, in_process: bool, play: Runner, places: dict[str, str]) -> None:
    play.shop()
    guest = {"email": "guest@example.com", "firstname": "G", "lastname": "Uest", "password": SECRET}
    play.call("POST", "um/users", {"properties": guest})
    done = play(
        tasks_of(GROUPS[group]), variables=places, arguments=["-vvvv", "--diff"], in_process=in_process
    )
    problems = [problem for name, each in GROUPS[group].items() for problem in look_at(name, each, done)]
    assert not problems, "\n".join(problems)
    assert [each["properties"]["name"] for each in play.call("GET", "datacenters?depth=1")["items"]] == [
        "shop"
    ]
    assert "Traceback" not in done.output
    for secret in (*SECRETS, SECRET, PAIR):
        assert secret not in done.output, done.output[max(0, done.output.index(secret) - 500) :][:700]


def look_at(name: str, expected: Case, done: Results) -> Iterator[str]:
    """What is wrong with one case; all are looked at before the test fails."""
    each = done[name]
    if each.status != "failed":
        yield f"{name}: did not fail"
        return
    if "\n" in each.msg or len(each.msg) > 600:
        yield f"{name}: not one line: {each.msg!r}"
    yield from (f"{name}: no {word!r} in {each.msg!r}" for word in expected.words if word not in each.msg)
    if "Unexpected" in each.msg or "MODULE FAILURE" in each.msg:
        yield f"{name}: not expected by the module: {each.msg!r}"
    if each.writes != list(expected.writes):
        yield f"{name}: writes {each.writes} instead of {list(expected.writes)}"


ENVIRONMENTS: dict[str, tuple[dict[str, str], str]] = {
    "a timeout": (
        {"PROFITBRICKS_API_TIMEOUT": "soon"},
        "api_timeout: 'soon', from the environment, is not a number",
    ),
    "retries": ({"IONOS_API_RETRIES": "-1"}, "api_retries: "),
    "a switch": (
        {"PROFITBRICKS_VALIDATE_CERTS": "maybe"},
        "validate_certs: 'maybe', from the environment, is neither true nor false",
    ),
    "a number": ({"PROFITBRICKS_CONTRACT_NUMBER": "mine"}, "contract_number: 'mine' is not a number"),
    "an address": ({"PROFITBRICKS_API_URL": "nonsense"}, "api_url: this is not an http or https address"),
    "half a login": (
        {"PROFITBRICKS_USERNAME": "demo@example.com", "PROFITBRICKS_TOKEN": ""},
        "password: not set; give the option",
    ),
    "a wrong token": ({"IONOS_TOKEN": SECRET, "PROFITBRICKS_TOKEN": ""}, "HTTP 401"),
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_bad_environment(name: str, play: Runner) -> None:
    environ, text = ENVIRONMENTS[name]
    environ = {"PROFITBRICKS_API_URL": play.api(), "PROFITBRICKS_TOKEN": SECRETS[0], **environ}
    done = play(
        [task("read", "datacenter_info", api_url="")], environ=environ, defaults={}, arguments=["-vvv"]
    )
    assert text in done["read"].msg and "\n" not in done["read"].msg
    assert SECRET not in done.output and SECRETS[0] not in done.output


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_a_certificate_of_one_s_own_authority_is_taken(
    in_process: bool, play: Runner, places: dict[str, str]
) -> None:
    done = play(
        [
            task("with its authority", "datacenter_info", api_url="{{ tls }}", ca_path="{{ authority }}"),
            task("unchecked", "datacenter_info", api_url="{{ tls }}", validate_certs=False),
            task(
                "unchecked, another host",
                "datacenter_info",
                api_url="{{ tls_of_another }}",
                validate_certs=False,
            ),
            # What one task leaves unchecked, the next does not.
            task("checked again", "datacenter_info", api_url="{{ tls }}"),
        ],
        variables=places,
        in_process=in_process,
    )
    # The user said so, and need not be told with each task.
    assert "Unverified" not in done.output and "errantly" not in done.output
    for name in ("with its authority", "unchecked", "unchecked, another host"):
        assert done[name]["datacenters"] == []
    assert done["checked again"].msg.startswith("TLS failure")


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_requests_without_certifi_trusts_what_its_packager_says(
    in_process: bool, play: Runner, places: dict[str, str], tmp_path: Path
) -> None:
    """Distributions package it so: no certifi, and the system's certificates in the place of those it carries."""
    packaged = tmp_path / "packaged"
    shutil.copytree(Path(requests.__file__).parent, packaged / "requests")
    (packaged / "requests" / "certs.py").write_text(f"def where():\n    return {places['authority']!r}\n")
    (packaged / "certifi.py").write_text("raise ImportError('No module named certifi')\n")
    done = play(
        [task("read", "datacenter_info", api_url="{{ tls }}")],
        variables=places,
        environ={"PYTHONPATH": str(packaged), **dict.fromkeys(BUNDLES, "")},
        in_process=in_process,
    )
    assert done["read"].status == "ok", done["read"].msg


# -- libraries ----------------------------------------------------------------------------------------------------


@pytest.fixture(params=["requests", "urllib3"])
def lacking(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, str]]:
    """A library that Python does not have, and an environment where that is so."""
    name = str(request.param)
    (tmp_path / "shadow").mkdir()
    text = f"raise ModuleNotFoundError(\"No module named '{name}'\", name='{name}')"
    (tmp_path / "shadow" / f"{name}.py").write_text(text, encoding="utf-8")
    return name, {"PYTHONPATH": str(tmp_path / "shadow")}


@pytest.mark.parametrize("in_process", [True, False])
def test_a_missing_library_is_named_with_the_way_out(
    play: Runner, lacking: tuple[str, dict[str, str]], in_process: bool
) -> None:
    name, environ = lacking
    told = play([task("read", "datacenter_info")], environ=environ, in_process=in_process)["read"].msg
    assert told == (
        f"The Python library {name} cannot be imported by {sys.executable} (No module named '{name}'); install it "
        f"there: {sys.executable} -m pip install {name}"
    )


def test_the_inventory_names_a_missing_library(tmp_path: Path, lacking: tuple[str, dict[str, str]]) -> None:
    name, environ = lacking
    source = tmp_path / "test.profitbricks.yml"
    source.write_text("plugin: profitbricks.cloud.profitbricks\ntoken: x\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ansible", "inventory", "-i", str(source), "--list"],
        env={**os.environ, **environ, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert f"The Python library {name} cannot be imported by" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
