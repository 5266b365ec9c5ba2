# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call over HTTP: what is sent, what is repeated, and what errors say."""

from __future__ import annotations

import email.utils
import ssl
import threading
import time
import traceback
from datetime import UTC, datetime
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidSchema
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import LONGEST_PAUSE, Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    BadAnswer,
    CloudError,
    ConnectionFailed,
    InvalidOption,
    Unanswered,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.request import (
    IDEMPOTENT,
    Answer,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.retry import retry_seconds
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.tls import BUNDLES
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import (
    Credentials,
    RateLimit,
    Transport,
)
from unit.scripted import POOL, URL, FakeClock, Reply, Script, Sent, transport

OK = Reply(body={"id": "x"})
ODD_ZONE = f"Mon, 30 Nov 2026 10:00:00 +{'9' * 30}"


def refused() -> Exception:
    text = "Failed to establish a new connection: [Errno 111] Connection refused"
    return NewConnectionError(POOL, text)  # type: ignore[arg-type]


def connect_timeout() -> Exception:
    return ConnectTimeoutError(POOL, "Connection to service.test timed out")


def aborted() -> Exception:
    gone = RemoteDisconnected("Remote end closed connection without response")
    return ProtocolError("Connection aborted.", gone)


def read_timeout() -> Exception:
    return ReadTimeoutError(POOL, "/x", "Read timed out. (read timeout=30)")


def bad_certificate() -> Exception:
    cause = ssl.SSLCertVerificationError(
        1, "[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate (_ssl.c:1)"
    )
    return SSLError(cause)


def error_body(code: str, text: str, status: int = 422) -> dict[str, object]:
    return {"httpStatus": status, "messages": [{"errorCode": code, "message": text}]}


# -- what is sent -------------------------------------------------------------------------------------------------


def test_a_call_carries_agent_credentials_query_and_compact_json() -> None:
    script = Script(OK)
    answer = transport(script).call("POST", "datacenters", {"depth": 1}, {"properties": {"name": "shop"}})
    sent = script.sent[0]
    assert (sent.method, sent.url) == ("POST", f"{URL}/datacenters?depth=1")
    assert sent.body == {"properties": {"name": "shop"}}
    assert sent.headers["User-Agent"] == "agent/1"
    assert sent.headers["Authorization"] == "Bearer token-of-the-test"
    assert sent.headers["Content-Type"] == sent.headers["Accept"] == "application/json"
    assert [each.raw for each in script.sent] == [b'{"properties":{"name":"shop"}}']
    assert (answer.status, answer.data) == (200, {"id": "x"})


def test_a_call_without_a_body_claims_no_content_type() -> None:
    script = Script(OK)
    transport(script).call("GET", "datacenters")
    assert "Content-Type" not in script.sent[0].headers


def test_basic_credentials_may_hold_any_letter() -> None:
    script = Script(OK)
    transport(script, auth=Credentials(username="ada@example.com", password="gr\u00fc\u00df:e")).call(
        "GET", "x"
    )
    expected = "Basic YWRhQGV4YW1wbGUuY29tOmdyw7zDnzpl"
    assert script.sent[0].headers["Authorization"] == expected


def test_a_netrc_file_does_not_replace_the_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine service.test login mallory password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    script = Script(OK)
    transport(script).call("GET", "x")
    assert script.sent[0].headers["Authorization"] == "Bearer token-of-the-test"


def opened(url: str, **options: Any) -> HTTPAdapter:
    """The connections of a transport that nothing has been scripted for."""
    made = Transport(url, Credentials(token="token-of-the-test"), "agent/1", **options)
    adapter = made.session.get_adapter(url)
    assert isinstance(adapter, HTTPAdapter)
    return adapter


def context(verify: bool | str) -> ssl.SSLContext:
    """What its connections check certificates with, by a proxy as without one."""
    adapter = opened("https://service.test", verify=verify)
    found = adapter.poolmanager.connection_pool_kw["ssl_context"]
    assert adapter.proxy_manager_for("http://proxy.test").connection_pool_kw["ssl_context"] is found
    assert isinstance(found, ssl.SSLContext)
    return found


def trusted(verify: bool | str) -> set[str]:
    """The organizations whose certificates are trusted; none where nothing is checked."""
    made = context(verify)
    assert (made.verify_mode is ssl.CERT_REQUIRED) == made.check_hostname == (verify is not False)
    subjects: list[Any] = [each["subject"] for each in made.get_ca_certs()]
    names = [dict(pair[0] for pair in each) for each in subjects]
    return {name.get("organizationalUnitName") or name.get("organizationName", "") for name in names}


def authority(folder: Path, name: str) -> str:
    path = folder / f"{name}.pem"
    trustme.CA(organization_unit_name=name).cert_pem.write_to_path(path)
    return str(path)


def test_the_certificate_is_checked_as_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, bundle = authority(tmp_path, "mine"), authority(tmp_path, "bundle")
    for variable in BUNDLES:
        monkeypatch.delenv(variable, raising=False)
    assert len(trusted(True)) > 20
    assert trusted(mine) == {"mine"}
    assert trusted(False) == set()
    # A bundle of the environment replaces the default trust only, never a choice of the user.
    for variable in reversed(BUNDLES[1:]):
        monkeypatch.setenv(variable, bundle)
        assert (trusted(True), trusted(mine), trusted(False)) == ({"bundle"}, {"mine"}, set())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", mine)
    assert trusted(True) == {"mine"}


def test_all_connections_share_what_they_trust() -> None:
    assert context(True) is context(True)


def test_a_folder_of_authorities_is_taken_as_such(tmp_path: Path) -> None:
    # OpenSSL looks into the folder when it needs one; a file would have been read at once.
    assert trusted(str(tmp_path)) == set()


@pytest.mark.parametrize("option", ["ca_path", *BUNDLES])
def test_certificates_that_cannot_be_read_say_who_named_them(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("no certificate\n", encoding="utf-8")
    for variable in BUNDLES:
        monkeypatch.delenv(variable, raising=False)
    if option != "ca_path":
        monkeypatch.setenv(option, str(junk))
    with pytest.raises(InvalidOption, match=f"^{option}: no TLS certificates can be read from {junk}"):
        opened("https://service.test", verify=str(junk) if option == "ca_path" else True)
    plain = opened("http://service.test", verify=str(junk))
    assert "ssl_context" not in plain.poolmanager.connection_pool_kw


# -- proxies ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the tests names none."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("environ", "url", "proxy"),
    [
        ({}, "http://service.test", None),
        ({"https_proxy": "http://proxy.test:3128"}, "https://service.test", "http://proxy.test:3128"),
        ({"HTTPS_PROXY": "proxy.test:3128"}, "https://service.test", "http://proxy.test:3128"),
        ({"https_proxy": "http://proxy.test:3128"}, "http://service.test", None),
        ({"all_proxy": "http://proxy.test:3128"}, "http://service.test", "http://proxy.test:3128"),
        ({"http_proxy": "http://proxy.test:3128", "no_proxy": ".test"}, "http://service.test", None),
        ({"no_proxy": "elsewhere"}, "http://service.test", None),
    ],
    ids=["none", "https", "capitals, no scheme", "the other scheme", "all", "except", "exceptions alone"],
)
def test_a_proxy_of_the_environment_is_used(
    environ: dict[str, str], url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    made = Transport(url, Credentials(token="token-of-the-test"), "agent/1", retries=0)
    asked: list[HTTPConnectionPool] = []

    def note(pool: HTTPConnectionPool, *args: Any, **options: Any) -> None:
        asked.append(pool)
        raise aborted()

    monkeypatch.setattr(HTTPConnectionPool, "urlopen", note)
    with pytest.raises(ConnectionFailed):
        made.call("GET", "x")
    (found,) = (each.proxy for each in asked)
    assert (found.url if found else None) == proxy


def test_the_environment_is_looked_into_once_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(url: str, **options: Any) -> dict[str, str]:
        looked.append(url)
        return {"http": "http://proxy.test:3128"} if "service" in url else {}

    asked: list[str | None] = []

    def note(pool: HTTPConnectionPool, *args: Any, **options: Any) -> None:
        asked.append(pool.proxy.url if pool.proxy else None)
        raise aborted()

    monkeypatch.setattr("requests.sessions.get_environ_proxies", look)
    monkeypatch.setattr(HTTPConnectionPool, "urlopen", note)
    made = Transport("http://service.test/v6", Credentials(token="token-of-the-test"), "agent/1", retries=0)
    for url in ("http://service.test/v6", "http://service.test/v6", "http://elsewhere.test/v6"):
        made.base_url = url
        with pytest.raises(ConnectionFailed):
            made.call("GET", "x")
    assert looked == ["http://service.test/v6/x", "http://elsewhere.test/v6/x"]
    assert asked == ["http://proxy.test:3128"] * 2 + [None]


def no_pysocks(*args: Any, **options: Any) -> Any:
    """What requests has in the place of the class where PySocks is not installed."""
    raise InvalidSchema("Missing dependencies for SOCKS support.")


@pytest.mark.parametrize(
    ("proxy", "said"),
    [
        ("socks5://proxy.test", "SOCKS"),
        ("http://ada:hush@proxy.test:port", ""),
        ("gopher://ada:hush@proxy.test", ""),
    ],
    ids=["without PySocks", "no port", "no such scheme"],
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(
    proxy: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", proxy)
    monkeypatch.setattr("requests.adapters.SOCKSProxyManager", no_pysocks)
    with pytest.raises(
        ConnectionFailed, match="^The proxy on the way to http://service.test cannot be used"
    ) as caught:
        Transport("http://service.test", Credentials(token="t"), "agent/1").call("GET", "x")
    assert said in str(caught.value) and "Check the proxy variables" in str(caught.value)
    assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_a_call_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None, str | None]] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Proxy-Authorization"], self.headers["Authorization"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"id": "x"}')

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the output of tests is not its place."""

    with HTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("http_proxy", f"http://ada:secret@127.0.0.1:{server.server_port}")
        made = Transport(URL, Credentials(token="token-of-the-test"), "agent/1")
        assert made.call("GET", "datacenters", {"depth": 1}).data == {"id": "x"}
        made.close()
        server.shutdown()
    assert asked == [(f"{URL}/datacenters?depth=1", "Basic YWRhOnNlY3JldA==", "Bearer token-of-the-test")]


def test_each_call_is_noted_with_its_status() -> None:
    made = transport(Script(Reply(503), OK))
    made.call("GET", "x")
    assert made.calls == [("GET", "x", 503), ("GET", "x", 200)]


def test_an_answer_without_a_body_has_no_data() -> None:
    assert transport(Script(Reply(202, b""))).call("DELETE", "x").data is None


# -- what is repeated ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize("method", sorted(IDEMPOTENT))
def test_an_idempotent_call_is_repeated_after_a_passing_refusal(method: str, status: int) -> None:
    script = Script(Reply(status), Reply(status), OK)
    assert transport(script).call(method, "x").status == 200
    assert len(script.sent) == 3


@pytest.mark.parametrize(
    "failure", [refused, connect_timeout, aborted, read_timeout], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("method", sorted(IDEMPOTENT))
def test_an_idempotent_call_is_repeated_after_a_lost_connection(method: str, failure: object) -> None:
    assert callable(failure)
    script = Script(failure(), failure(), OK)
    assert transport(script).call(method, "x").status == 200
    assert len(script.sent) == 3


@pytest.mark.parametrize(
    "step",
    [
        Reply(429),
        Reply(429, headers={"Retry-After": "1"}),
        Reply(503, headers={"Retry-After": "1"}),
        refused(),
    ]
    + [connect_timeout()],
    ids=["429", "429 with Retry-After", "503 with Retry-After", "refused", "connect timeout"],
)
def test_a_post_is_repeated_where_the_service_surely_did_not_take_it(step: Reply | Exception) -> None:
    script = Script(step, OK)
    assert transport(script).call("POST", "x", body={}).status == 200
    assert len(script.sent) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_post_is_not_repeated_where_the_service_may_have_taken_it(status: int) -> None:
    script = Script(Reply(status), OK)
    with pytest.raises(ApiError) as caught:
        transport(script).call("POST", "x", body={})
    assert caught.value.status == status
    assert len(script.sent) == 1


@pytest.mark.parametrize(
    "step",
    [
        aborted(),
        read_timeout(),
        Reply(202, {"id": "x"}, missing=100),
        Reply(202, b"<html>"),
    ],
    ids=["aborted", "read timeout", "half", "not JSON"],
)
def test_a_post_whose_answer_is_lost_is_unanswered_and_not_repeated(step: Reply | Exception) -> None:
    script = Script(step, OK)
    with pytest.raises(Unanswered):
        transport(script).call("POST", "x", body={})
    assert len(script.sent) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 415, 422, 500, 501])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_a_lasting_refusal_is_not_repeated(method: str, status: int) -> None:
    script = Script(Reply(status, error_body("100", "no", status)), OK)
    with pytest.raises(ApiError) as caught:
        transport(script).call(method, "x")
    assert caught.value.status == status
    assert len(script.sent) == 1


@pytest.mark.parametrize("retries", [0, 1, 4])
def test_it_gives_up_after_so_many_repetitions(retries: int) -> None:
    script = Script(Reply(503))
    with pytest.raises(ApiError, match="raise api_retries"):
        transport(script, retries=retries).call("GET", "x")
    assert len(script.sent) == retries + 1


def test_a_bad_certificate_is_not_tried_again() -> None:
    script = Script(bad_certificate())
    with pytest.raises(ConnectionFailed):
        transport(script).call("GET", "x")
    assert len(script.sent) == 1


def test_half_an_answer_to_a_read_is_read_again() -> None:
    script = Script(Reply(body={"id": "x"}, missing=7), OK)
    assert transport(script).call("GET", "x").data == {"id": "x"}
    assert len(script.sent) == 2


# -- pauses -------------------------------------------------------------------------------------------------------


def test_pauses_double_within_a_fifth() -> None:
    clock = FakeClock()
    with pytest.raises(ApiError):
        transport(Script(Reply(503)), clock).call("GET", "x")
    assert len(clock.slept) == 4
    for number, pause in enumerate(clock.slept):
        assert 0.8 <= pause / (0.5 * 2**number) <= 1.2


@pytest.mark.parametrize(("asked", "pause"), [("0", 0.0), ("7", 7.0), ("3600", LONGEST_PAUSE)])
def test_retry_after_is_obeyed_within_reason(asked: str, pause: float) -> None:
    clock = FakeClock()
    transport(Script(Reply(429, headers={"Retry-After": asked}), OK), clock).call("GET", "x")
    assert clock.slept == [pause]


def test_retry_after_may_be_a_date() -> None:
    assert retry_seconds(email.utils.formatdate(time.time() + 20, usegmt=True)) == pytest.approx(20, abs=2)
    assert retry_seconds(email.utils.formatdate(time.time() - 20, usegmt=True)) == 0.0


@pytest.mark.parametrize("value", [None, "", "soon", "-3", "\u00b2", ODD_ZONE])
def test_an_unreadable_retry_after_is_none(value: str | None) -> None:
    assert retry_seconds(value) is None


@pytest.mark.parametrize(
    ("headers", "moment"),
    [
        ({"Date": "Mon, 30 Nov 2026 10:00:00 GMT"}, datetime(2026, 11, 30, 10, tzinfo=UTC)),
        ({"Date": "Mon, 30 Nov 2026 10:00:00 +0200"}, datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ({"Date": "Mon, 30 Nov 2026 10:00:00 -0000"}, datetime(2026, 11, 30, 10, tzinfo=UTC)),
        ({"Date": "soon"}, None),
        ({"Date": ODD_ZONE}, None),
        ({}, None),
    ],
    ids=str,
)
def test_an_answer_is_dated_by_the_clock_of_the_service(
    headers: dict[str, str], moment: datetime | None
) -> None:
    assert Answer(200, headers, None).date == moment


def test_a_429_without_retry_after_is_repeated_after_a_pause_of_our_own() -> None:
    clock = FakeClock()
    transport(Script(Reply(429), OK), clock).call("GET", "x")
    assert 0.4 <= clock.slept[0] <= 0.6


def test_no_pause_outlasts_the_deadline() -> None:
    clock = FakeClock()
    script = Script(Reply(503, headers={"Retry-After": "20"}))
    deadline = Deadline.after(clock, 3)
    with pytest.raises(CloudError):
        transport(script, clock).call("GET", "x", deadline=deadline)
    assert sum(clock.slept) == 3
    assert len(script.sent) <= 2


def test_a_call_may_last_no_longer_than_the_deadline() -> None:
    clock = FakeClock()
    script = Script(OK)
    made = transport(script, clock, timeout=30.0)
    made.call("GET", "x")
    made.call("GET", "x", deadline=Deadline.after(clock, 4))
    made.call("GET", "x", deadline=Deadline.after(clock, 100))
    assert [sent.timeout for sent in script.sent] == [30.0, 4.0, 30.0]


def limits(remaining: object) -> dict[str, str]:
    return {"X-RateLimit-Limit": "120", "X-RateLimit-Burst": "50", "X-RateLimit-Remaining": str(remaining)}


def test_it_slows_down_before_the_rate_limit_is_reached() -> None:
    clock = FakeClock()
    made = transport(Script(Reply(headers=limits(1))), clock)
    made.call("GET", "x")
    assert clock.slept == []
    made.call("GET", "x")
    assert clock.slept == [0.5]


def test_calls_of_several_threads_take_turns_once_the_allowance_is_spent() -> None:
    limit = RateLimit()
    assert limit.start(now=100.0) == 0.0
    limit.end(limits(4))
    assert [limit.start(now=100.0) for _call in range(5)] == [0.0, 0.0, 0.0, 0.5, 1.0]
    limit.end(None)
    limit.end(limits(0))
    assert limit.start(now=101.2) == pytest.approx(0.5)
    assert limit.under_way == 4


@pytest.mark.parametrize("headers", [limits(49), limits("many"), {}, {"X-RateLimit-Limit": "0"}])
def test_it_does_not_slow_down_without_need(headers: dict[str, str]) -> None:
    clock = FakeClock()
    made = transport(Script(Reply(headers=headers)), clock)
    made.call("GET", "x")
    made.call("GET", "x")
    assert clock.slept == []


# -- what errors say ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (refused, ["Cannot connect to http://service.test", "Connection refused", "Check api_url"]),
        (connect_timeout, ["Cannot connect to http://service.test", "timed out", "Check api_url"]),
        (aborted, ["GET x", "lost or cut short", "closed connection", "Try again"]),
        (
            lambda: Reply(missing=7),
            ["GET x", "lost or cut short: it ended before it was complete", "Try again"],
        ),
        (read_timeout, ["did not answer GET x in time", "api_timeout"]),
        (bad_certificate, ["TLS failure", "self-signed", "ca_path"]),
        (lambda: LocationParseError("no host"), ["api_url", "not a usable address"]),
        (lambda: ProxyError("Unable to connect to proxy", OSError("no route")), ["proxy", "no route"]),
    ],
    ids=["refused", "connect timeout", "aborted", "half", "read timeout", "certificate", "url", "proxy"],
)
def test_a_failed_connection_says_what_to_change(failure: object, words: list[str]) -> None:
    assert callable(failure)
    with pytest.raises(ConnectionFailed) as caught:
        transport(Script(failure()), retries=0).call("GET", "x")
    text = str(caught.value)
    assert not [word for word in words if word not in text], text
    assert "\n" not in text and " at 0x" not in text and "MaxRetryError" not in text


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(422, error_body("100", "Attribute 'size' is required")), "Attribute 'size' is required"),
        (
            Reply(
                422, {"messages": [{"errorCode": "1", "message": "a"}, {"errorCode": "2", "message": "b"}]}
            ),
            "a; b",
        ),
        (Reply(404, b""), "The service gave no reason"),
        (Reply(500, b"Internal fault\nsecond line"), "Internal fault"),
        (Reply(500, {"odd": 1}), '{"odd": 1}'),
        (Reply(500, {"errors": ["no such", "nor that"], "status": {"code": 500}}), "no such; nor that"),
        (Reply(500, {"status": 500, "error": "Server Error", "message": "it broke"}), "it broke"),
        (Reply(400, [{"message": "too long"}]), "too long"),
        (Reply(400, {"error": "invalid_client"}), "invalid_client"),
        (Reply(500, {"messages": "odd"}), '{"messages": "odd"}'),
        (Reply(500, []), "[]"),
        (
            Reply(502, b"<html>\nBad Gateway", {"Content-Type": "text/html"}),
            "The service sent an HTML page instead of JSON",
        ),
        (
            Reply(302, b"", {"Location": "https://login.example.com/"}),
            "The service redirects to https://login.example.com/",
        ),
        (Reply(304, b""), "The service redirects to elsewhere"),
    ],
    ids=[
        "one",
        "two",
        "empty",
        "text",
        "other JSON",
        "errors",
        "framework",
        "array",
        "OAuth",
        "odd messages",
        "list",
        "html",
        "redirect",
        "304",
    ],
)
def test_a_refusal_says_what_the_service_said(reply: Reply, said: str) -> None:
    script = Script(reply)
    with pytest.raises(ApiError) as caught:
        transport(script, retries=0).call("GET", "datacenters/1")
    text = str(caught.value)
    assert text.startswith(said)
    assert f" (GET datacenters/1: HTTP {reply.status}" in text
    assert "\n" not in text
    assert len(script.sent) == 1


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "username and password, or token"),
        (403, "is not allowed to do this"),
        (302, "Check that api_url is the base URL of the API"),
        (503, "try later"),
    ],
)
def test_a_refusal_says_what_to_do_about_it(status: int, hint: str) -> None:
    with pytest.raises(ApiError, match=hint):
        transport(Script(Reply(status, b"")), retries=0).call("GET", "x")


@pytest.mark.parametrize("status", [400, 404, 405, 500])
def test_a_refusal_on_a_page_says_to_check_the_address(status: int) -> None:
    page = Reply(status, b"<html>", {"Content-Type": "text/html; charset=utf-8"})
    with pytest.raises(ApiError, match=r"Check that api_url is the base URL of the API$"):
        transport(Script(page), retries=0).call("GET", "x")


def test_a_refusal_s_facts_are_machine_readable() -> None:
    reply = Reply(422, error_body("200", "[VDC-5-1080] IP is still in use."), {"X-Request-Id": "r-1"})
    with pytest.raises(
        ApiError, match=r"^\[VDC-5-1080\] IP is still in use \(DELETE x: HTTP 422, code 200, request r-1\)$"
    ) as caught:
        transport(Script(reply)).call("DELETE", "x")
    assert caught.value.facts() == {"http_status": 422, "error_codes": ["200"], "request_id": "r-1"}


def test_an_answer_that_is_not_json_says_to_check_the_address() -> None:
    reply = Reply(200, b"<html>welcome</html>", {"Content-Type": "text/html"})
    with pytest.raises(ConnectionFailed, match=r"not JSON \(text/html\). Check that api_url"):
        transport(Script(reply)).call("GET", "x")


@pytest.mark.parametrize("step", [refused(), aborted(), Reply(401), Reply(200, b"<html>"), bad_certificate()])
def test_no_error_holds_the_credentials(step: Reply | Exception) -> None:
    with pytest.raises(CloudError) as caught:
        transport(Script(step), retries=0).call(
            "POST", "x", body={"properties": {"password": "pw-of-a-user"}}
        )
    shown = f"{caught.value} {caught.value.facts()} {caught.value!r}"
    assert "token-of-the-test" not in shown and "pw-of-a-user" not in shown


def test_a_form_is_sent_as_one_and_asked_again_where_its_answer_was_lost() -> None:
    script = Script(read_timeout(), Reply(502, b""), Reply(200, {"token": "t"}))
    answer = transport(script).call("POST", "token", form={"grant_type": "client_credentials"}, asks=True)
    assert answer.data == {"token": "t"}
    sent = [(each.headers["Content-Type"], each.body) for each in script.sent]
    assert sent == [("application/x-www-form-urlencoded", b"grant_type=client_credentials")] * 3


def test_a_vendor_s_own_hint_takes_the_place_of_the_common_one() -> None:
    script = Script(Reply(401, b""))
    with pytest.raises(ApiError, match=r"Ask your administrator$"):
        transport(script, hints={401: "Ask your administrator"}).call("GET", "x")


def test_what_the_credentials_raise_is_raised() -> None:
    class Locked(Credentials):
        def header(self) -> str:
            raise InvalidOption("token: it has expired")

    made = transport(Script(Reply()), auth=Locked())
    for _twice in range(2):
        with pytest.raises(InvalidOption, match="expired"):
            made.call("GET", "x")
    assert made._limit.under_way == 0


# -- answers that are none ----------------------------------------------------------------------------------------


def no_answer(data: Any) -> None:
    if data != {"id": "x"}:
        raise BadAnswer("it is odd")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(body=b""), "did not answer GET x properly: it is empty"),
        (Reply(body=None), "did not answer GET x properly: it is empty"),
        (Reply(body={}), "did not answer GET x properly: it is odd"),
        (Reply(body=b'{"id": "x"'), "to GET x is incomplete or not valid JSON"),
        (Reply(body=b'{"id": NaN}'), "to GET x is incomplete or not valid JSON"),
        (Reply(body=b"\xff"), "to GET x is incomplete or not valid JSON"),
        (Reply(body=b"[" * 100_000), "nested too deeply"),
    ],
    ids=["nothing", "null", "odd", "half", "NaN", "no text", "deep"],
)
def test_what_is_no_answer_is_asked_for_again_and_then_told(reply: Reply, says: str) -> None:
    script = Script(reply, OK)
    assert transport(script).call("GET", "x", expects=no_answer).data == {"id": "x"}
    assert len(script.sent) == 2
    script = Script(reply)
    with pytest.raises(BadAnswer) as caught:
        transport(script).call("GET", "x", expects=no_answer)
    assert says in str(caught.value) and "\n" not in str(caught.value)
    assert len(script.sent) == 5


def test_a_page_of_something_else_is_not_asked_for_again() -> None:
    script = Script(Reply(body=b"<html>", headers={"Content-Type": "text/html"}))
    with pytest.raises(BadAnswer, match="Check that api_url is the base URL of the API"):
        transport(script).call("GET", "x")
    assert len(script.sent) == 1


def test_half_an_answer_is_not_blamed_on_the_address() -> None:
    with pytest.raises(BadAnswer, match="is incomplete or not valid JSON. Try again$"):
        transport(Script(Reply(body=b'{"items": [')), retries=0).call("GET", "x")


def test_a_post_that_is_answered_with_no_answer_may_have_taken_effect() -> None:
    script = Script(Reply(202, {}), OK)
    with pytest.raises(Unanswered, match="did not answer POST x properly: it is odd"):
        transport(script).call("POST", "x", body={}, expects=no_answer)
    assert len(script.sent) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_at_a_post_says_that_it_may_have_taken_effect(status: int) -> None:
    with pytest.raises(ApiError, match="may have carried it out all the same"):
        transport(Script(Reply(status, b"")), retries=0).call("POST", "x", body={})
    with pytest.raises(ApiError) as caught:
        transport(Script(Reply(status, b"")), retries=0).call("GET", "x")
    assert "all the same" not in str(caught.value)


def test_a_gateway_s_page_does_not_say_that_something_is_missing() -> None:
    page = {"Content-Type": "text/html"}
    for headers, missing in ((page, False), ({}, True)):
        with pytest.raises(ApiError) as caught:
            transport(Script(Reply(404, b"", headers))).call("GET", "x")
        assert caught.value.missing is missing


# -- bounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", ["0.001", "1e-300", "nan", "inf", "-1", "\u00b2"])
@pytest.mark.parametrize("remaining", ["0", "-5", "nan", "-inf"])
def test_no_limit_of_a_service_stops_a_call_for_long(limit: str, remaining: str) -> None:
    clock = FakeClock()
    headers = {"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": remaining}
    made = transport(Script(Reply(headers=headers)), clock)
    for _call in range(3):
        made.call("GET", "x")
    assert sum(clock.slept) <= 2 * LONGEST_PAUSE
    begun = clock.now()
    made.call("GET", "x", deadline=Deadline.after(clock, 1))
    assert clock.now() - begun <= 1


@pytest.mark.parametrize("value", ["\u00b2", "nan", "inf", "1e9", "Fri, 99 Foo 2026", "9" * 400])
def test_an_odd_retry_after_stops_no_call_for_long(value: str) -> None:
    clock = FakeClock()
    transport(Script(Reply(503, headers={"Retry-After": value}), OK), clock).call("GET", "x")
    assert len(clock.slept) == 1 and clock.slept[0] <= LONGEST_PAUSE


def test_a_silent_service_is_given_up_in_time_and_not_in_silence() -> None:
    clock = FakeClock()
    told: list[tuple[str, str]] = []

    def hang(sent: Sent) -> None:
        clock.time += sent.timeout

    made = transport(
        Script(read_timeout(), on_send=hang),
        clock,
        progress=lambda what, says, _seconds: told.append((what, says)),
    )
    begun = clock.now()
    with pytest.raises(ConnectionFailed, match="Raise api_timeout, or try later"):
        made.call("GET", "datacenters")
    assert clock.now() - begun <= 61
    assert told == [("GET datacenters", "repeated, try 2")]


def test_what_wait_timeout_ends_is_not_blamed_on_api_timeout() -> None:
    clock = FakeClock()

    def hang(sent: Sent) -> None:
        clock.time += sent.timeout

    with pytest.raises(ConnectionFailed, match="Try later, or raise wait_timeout"):
        transport(Script(read_timeout(), on_send=hang), clock).call(
            "GET", "x", deadline=Deadline.after(clock, 5)
        )
