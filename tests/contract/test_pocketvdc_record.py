# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a recording has of an exchange, and what it never has; the proxy that writes it."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.schema.world import AUTH, World
from pocketvdc import Cloud, Server
from pocketvdc.netfoundry.accounts import credentials
from pocketvdc.netfoundry.rows import ROWS as OVERLAY
from pocketvdc.recording.file import BadRecording, Exchange, Writer, read
from pocketvdc.recording.names import is_secret, known
from pocketvdc.recording.proxy import MOST_BYTES, Proxy, upstream
from pocketvdc.recording.scrub import LEFT_OUT, Scrubber, login
from pocketvdc.rows import TABLE

ORIGIN = "https://api.example.com"
UUID = "15f67991-0f51-4efc-a8ad-ef1fb31a480c"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHiddenHiddenHiddenHiddenHidden1234567 me@home"
PEM = "-----BEGIN PRIVATE KEY-----\nMIIHidden\n-----END PRIVATE KEY-----"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJIaWRkZW4ifQ.SGlkZGVu"


@pytest.fixture
def scrub() -> Scrubber:
    return Scrubber(ORIGIN)


# Bodies


@pytest.mark.parametrize(
    "name",
    [
        "password", "imagePassword", "sshKeys", "userData", "token", "access_token", "refreshToken", "jwt",
        "client_secret", "secretKey", "kubeconfig", "privateKey", "registrationKey", "apiKey", "accessKey",
        "clientId", "awsCognitoClientId", "sessionId", "ssoUrl", "signature", "credentials", "passphrase",
        "verificationToken", "firstname", "lastName", "contractNumber", "s3CanonicalUserId",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Hidden", LEFT_OUT),
        (["Hidden", "Hidden"], [LEFT_OUT]),
        ({"Hidden": {"Hidden": "Hidden"}}, {LEFT_OUT: LEFT_OUT}),
        (4711, 0),
        (True, True),
        (None, None),
        ("", ""),
    ],
)
def test_fields_that_may_hold_a_secret_keep_their_type_alone(
    scrub: Scrubber, name: str, value: Any, kept: Any
) -> None:
    body = json.dumps({"properties": {name: value, "name": "web"}}).encode()
    assert scrub.body(body, "application/json") == {"json": {"properties": {name: kept, "name": "web"}}}


def test_each_secret_of_the_tables_is_one() -> None:
    secret = {field.name for row in TABLE.rows.values() for field in row.fields if field.secret}
    secret |= {field.name for row in OVERLAY.values() for field in row.fields if field.secret}
    assert {"imagePassword", "sshKeys", "userData", "password"} <= secret
    assert all(is_secret(name) and name.lower() not in known() for name in secret)


def test_a_text_in_a_field_that_is_not_known_is_left_out(scrub: Scrubber) -> None:
    """What a service will have one day is left out before anybody knows of it."""
    asked = {"name": "web", "invented": "Hidden", "list": ["Hidden"], "map": {"inner": "Hidden", "cores": 2}}
    kept = {"name": "web", "invented": LEFT_OUT, "list": [LEFT_OUT], "map": {"inner": LEFT_OUT, "cores": 2}}
    assert scrub.body(json.dumps(asked).encode(), "application/json") == {"json": kept}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (PEM, LEFT_OUT),
        (f"before {PEM} after", f"before {LEFT_OUT} after"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIHidden, cut", LEFT_OUT),
        (f"my {JWT}", f"my {LEFT_OUT}"),
        (KEY, LEFT_OUT),
        ("Authorization: Bearer Hidden", f"Authorization: {LEFT_OUT}"),
        ("it was Basic SGlkZGVuOkhpZGRlbg==", f"it was {LEFT_OUT}"),
        ("d41d8cd98f00b204e9800998ecf8427e", LEFT_OUT),
        ("Hidden7Hidden8Hidden9Hidden0", LEFT_OUT),
        ("AKIAHIDDENHIDDEN1", LEFT_OUT),
        ("ghp_HiddenHidden", LEFT_OUT),
        ("password=Hidden and more", f"password={LEFT_OUT} and more"),
        ("the token: 'Hidden'", f"the token: '{LEFT_OUT}'"),
        ("https://me:Hidden@example.com/x", "https://example.com"),
        ("see https://console.example.com/vnc/Hidden?ticket=Hidden", "see https://console.example.com"),
        ("https://console.example.com/#Hidden", "https://console.example.com"),
        (f"{ORIGIN}/cloudapi/v6/requests/{UUID}?token=Hidden#Hidden", f"/cloudapi/v6/requests/{UUID}"),
        (f"{ORIGIN}/cloudapi/v6/datacenters/{UUID}", f"/cloudapi/v6/datacenters/{UUID}"),
        ("Ada.Hidden@example.org", "person-1@example.com"),
        ("Ubuntu-24.04-LTS-server-2026-01-01", "Ubuntu-24.04-LTS-server-2026-01-01"),
        ("web-01 behind the balancer", "web-01 behind the balancer"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("02:01:0c:2e:4f:1a", "02:01:0c:2e:4f:1a"),
        (UUID, UUID),
    ],
)
def test_what_looks_like_a_secret_is_left_out_of_any_text(scrub: Scrubber, text: str, kept: str) -> None:
    assert scrub.value({"description": text}) == {"description": kept}
    assert scrub.value({"messages": [{"message": text}]}) == {"messages": [{"message": kept}]}


def test_a_body_inside_of_a_body_is_treated_as_one(scrub: Scrubber) -> None:
    """The service's requests repeat what was sent, as a text."""
    inner = json.dumps({"properties": {"name": "disk", "imagePassword": "Hidden"}})
    kept = scrub.value({"properties": {"body": inner, "headers": {"authorization": "Hidden", "host": "a"}}})
    assert json.loads(kept["properties"]["body"]) == {
        "properties": {"name": "disk", "imagePassword": LEFT_OUT}
    }
    assert kept["properties"]["headers"]["authorization"] == LEFT_OUT


def test_a_secret_that_was_seen_is_in_no_other_text(scrub: Scrubber) -> None:
    scrub.learn_data(b'{"properties": {"password": "hunter2", "body": "{\\"userData\\": \\"Sesame\\"}"}}')
    scrub.learn_data(b"grant_type=client&client_secret=Tiger-77")
    scrub.learn([("Authorization", f"Basic {base64.b64encode(b'ada:Lovelace').decode()}")])
    scrub.learn(
        [
            ("authorization", "Bearer opaque.1"),
            ("Cookie", "sid=Crumb1; a=Crumb2"),
            ("set-cookie", "sid=Crumb3; Path=/x"),
        ]
    )
    for secret in ("hunter2", "Sesame", "Tiger-77", "Lovelace", "opaque.1", "Crumb1", "Crumb2", "Crumb3"):
        assert scrub.text(f"'{secret}' is too weak") == f"'{LEFT_OUT}' is too weak"
        assert scrub.path(f"/labels/{secret}") == f"/labels/{LEFT_OUT}"
        assert scrub.query(f"name={secret}") == [["name", LEFT_OUT]]
        assert scrub.value({secret: 1}) == {LEFT_OUT: 1}


def test_whatever_is_neither_json_nor_a_form_is_only_measured(scrub: Scrubber) -> None:
    assert scrub.body(b"Hidden", "text/plain; charset=utf-8") == {"left_out": "text/plain", "bytes": 6}
    assert scrub.body(b"{cut", "application/json") == {"left_out": "application/json", "bytes": 4}
    assert scrub.body(b"Hidden", "Hidden with blanks") == {"left_out": "", "bytes": 6}
    assert scrub.body(b"", "application/json") is None
    form = b"grant_type=client_credentials&client_id=Hidden&client_secret=Hidden&more=Hidden"
    assert scrub.body(form, "application/x-www-form-urlencoded") == {
        "form": {
            "grant_type": "client_credentials",
            "client_id": LEFT_OUT,
            "client_secret": LEFT_OUT,
            "more": LEFT_OUT,
        }
    }


# Paths, queries, headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (f"/cloudapi/v6/datacenters/{UUID}/lans/1/nics", f"/cloudapi/v6/datacenters/{UUID}/lans/1/nics"),
        ("/cloudapi/v6/um/users", "/cloudapi/v6/um/users"),
        ("/cloudapi/v6/locations/de/fra%2F2", "/cloudapi/v6/locations/de/fra/2"),
        ("/cloudapi/v6/locations/de", "/cloudapi/v6/locations/de"),
        (f"/datacenters/{UUID}/labels/Team-7", f"/datacenters/{UUID}/labels/Team-7"),
        (f"/labels/urn:label:volume:{UUID}:a", f"/labels/urn:label:volume:{UUID}:a"),
        (
            "/cloudapi/v5/k8s/versions/1.31.2/compatibilities",
            "/cloudapi/v5/k8s/versions/1.31.2/compatibilities",
        ),
        ("/product-metadata/v2/download-urls.json", "/product-metadata/v2/download-urls.json"),
        ("/core/v2/edge-routers/register/H1DDENKEY", f"/core/v2/edge-routers/register/{LEFT_OUT}"),
        ("/core/v3/edge-router-registrations/Hidden", f"/core/v3/edge-router-registrations/{LEFT_OUT}"),
        (f"/x/{JWT}", f"/x/{LEFT_OUT}"),
        (f"/labels/{JWT}", f"/labels/{LEFT_OUT}"),
        ("/a/b@example.org", f"/a/{LEFT_OUT}"),
        ("/a%20b/c", f"/{LEFT_OUT}/c"),
    ],
)
def test_of_a_path_words_and_ids_are_kept(scrub: Scrubber, path: str, kept: str) -> None:
    assert scrub.path(path) == kept


def test_of_a_query_only_known_parameters_are_kept(scrub: Scrubber) -> None:
    kept = scrub.query(
        f"depth=2&filter.name=web&token=Hidden&invented=Hidden&filter.password=Hidden&name={JWT}&limit="
    )
    assert kept == [
        ["depth", "2"], ["filter.name", "web"], ["token", LEFT_OUT], ["invented", LEFT_OUT],
        ["filter.password", LEFT_OUT], ["name", LEFT_OUT], ["limit", ""],
    ]  # fmt: skip


def test_ids_of_s3_keys_have_other_names(scrub: Scrubber) -> None:
    """They are half of a login; wherever they are, the same one has the same name."""
    user = f"/cloudapi/v6/um/users/{UUID}"
    assert scrub.path(f"{user}/s3keys/00f5c2Hidden") == f"{user}/s3keys/s3key-1"
    shown = {"id": "00f5c2Hidden", "type": "s3key", "href": f"{ORIGIN}{user}/s3keys/00f5c2Hidden"}
    assert scrub.value(shown) == {"id": "s3key-1", "type": "s3key", "href": f"{user}/s3keys/s3key-1"}
    assert scrub.value({"id": "other", "type": "s3key"})["id"] == "s3key-2"


def test_the_same_address_is_the_same_person(scrub: Scrubber) -> None:
    found = [scrub.text(mail) for mail in ("a@b.example", "c@b.example", "A@b.example", "x a@b.example y")]
    assert found == [
        "person-1@example.com", "person-2@example.com", "person-1@example.com", "x person-1@example.com y"
    ]  # fmt: skip
    assert scrub.text(found[0]) == found[0]


def test_three_headers_are_kept(scrub: Scrubber) -> None:
    given = {
        "Location": f"{ORIGIN}/cloudapi/v6/requests/{UUID}/status?token=Hidden",
        "Retry-After": "3",
        "Allow": "GET",
        "Set-Cookie": "Hidden",
        "X-Trace": "Hidden",
    }
    assert scrub.headers(given) == {
        "Location": f"/cloudapi/v6/requests/{UUID}/status", "Retry-After": "3", "Allow": "GET"
    }  # fmt: skip


def test_of_a_login_its_kind_is_kept() -> None:
    given = ("Bearer Hidden", "basic SGlkZGVu", "Hidden", "")
    assert [login({"Authorization": each}) for each in given] == ["bearer", "basic", "other", "none"]
    assert login({}) == "none"


# Wherever a secret comes, and whatever it is

NAMES = st.text("abcdefghijklmnopqrstuvwxyzABCDEFXYZ_-0123456789", min_size=1, max_size=20)
HIDING_PLACES = ("bearer", "basic", "cookie", "set-cookie", "field", "list", "nested", "inner", "form")


@settings(max_examples=300)
@given(
    secret=st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789!$%.:;=+/-_ äß", min_size=6, max_size=60),
    place=st.sampled_from(HIDING_PLACES),
    field=st.sampled_from(["password", "token", "imagePassword", "clientSecret", "apiKey", "userData"]),
    around=st.dictionaries(NAMES, st.none() | st.booleans() | st.integers(), max_size=3),
    echo=st.sampled_from(["name", "description", "message", "invented"]),
)
def test_no_secret_is_written_wherever_it_comes(
    secret: str, place: str, field: str, around: dict[str, Any], echo: str
) -> None:
    """It is repeated in a text that is written otherwise, in a path and in a query."""
    # Neither blank at its ends, which a header loses, nor a word that the format itself has in it.
    secret = f"{secret.strip() or 'x'}Qq"
    basic = base64.b64encode(f"ada:{secret}".encode()).decode()
    headers = {
        "bearer": [("Authorization", f"Bearer {secret}")],
        "basic": [("Authorization", f"Basic {basic}")],
        "cookie": [("Cookie", f"sid={secret.replace(';', '')}")],
        "set-cookie": [("Set-Cookie", f"sid={secret.replace(';', '')}; Path=/")],
    }.get(place, [])
    if place in ("cookie", "set-cookie"):
        secret = secret.replace(";", "")
    bodies: dict[str, dict[str, Any]] = {
        "field": {field: secret},
        "list": {field: [1, secret]},
        "nested": {"properties": {field: {"deeper": [{"value": secret}]}}},
        "inner": {"body": json.dumps({field: secret})},
    }
    data = json.dumps({**around, **bodies.get(place, {}), echo: f"it is {secret}."}).encode()
    form = urlencode({field: secret}).encode() if place == "form" else b""
    scrub = Scrubber(ORIGIN)
    scrub.learn(headers)
    scrub.learn_data(data)
    scrub.learn_data(form)
    written = json.dumps(
        [
            scrub.body(data, "application/json"),
            scrub.body(form, "application/x-www-form-urlencoded"),
            scrub.query(urlencode({"name": secret, secret: "1"})),
            scrub.path(f"/labels/{quote(secret, safe='')}"),
            scrub.headers({"Location": f"{ORIGIN}/labels/{quote(secret, safe='')}", "Allow": secret}),
        ],
        ensure_ascii=False,
    )
    assert json.dumps(secret, ensure_ascii=False)[1:-1] not in written


# The file


EXCHANGE = Exchange("GET", "/a", [["depth", "1"]], "none", None, 200, {}, {"json": {"id": "1"}}, 0.5)


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    writer = Writer(file)
    writer.add(EXCHANGE)
    assert read(file) == [EXCHANGE]
    writer.add(EXCHANGE)
    writer.close()
    writer.add(EXCHANGE)
    assert read(file) == [EXCHANGE] * 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    head = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert (head["recording"], set(head)) == (1, {"pocketvdc", "recording", "began"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a recording"),
        ("nothing", "not a recording"),
        ("[]", "not a recording"),
        ('{"pocketvdc": "1", "saved": 1}', "not a recording"),
        ('{"recording": 99}', "format 99"),
        ('{"recording": 1}\n{"method": "GET"}', "line 2"),
        ('{"recording": 1}\n{"cut', "line 2"),
    ],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRecording, match=said):
        read(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadRecording, match="not a recording"):
        read(file)


# The proxy


class Recorded:
    """A proxy in front of a service, and the file that it writes."""

    def __init__(self, url: str, file: Path, cafile: str | None = None):
        self.file = file
        self.writer = Writer(file)
        self.proxy = Proxy(upstream(url, cafile), self.writer)

    def __enter__(self) -> Recorded:
        self.proxy.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.proxy.__exit__(*error)
        self.writer.close()

    @property
    def url(self) -> str:
        return self.proxy.url

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def recorded(server: Server, tmp_path: Path) -> Iterator[Recorded]:
    with Recorded(server.url, tmp_path / "a.jsonl") as found:
        yield found


class Outside(requests.Session):
    """A client whose control calls pass the proxy by."""

    def __init__(self, server: Server):
        super().__init__()
        self.auth = AUTH
        self.root = server.url

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        _proxy, mark, what = str(url).partition("/_emulator")
        return super().request(method, f"{self.root}{mark}{what}" if mark else url, *args, **kwargs)


def test_an_account_with_one_of_everything_leaves_no_secret(recorded: Recorded, server: Server) -> None:
    """Each collection is written and read, tokens and console addresses are fetched, and both logins are used."""
    client = Outside(server)
    world = World(client, f"{recorded.url}/cloudapi/v6").build()
    user = world.path("/um/users/{userId}")
    secrets = [
        "demo-password",
        "demo-secret",
        "demo-client",
        base64.b64encode(b"demo@example.com:demo-password").decode(),
    ]
    key = client.post(f"{world.url}{user}/s3keys").json()
    secrets += [key["id"], key["properties"]["secretKey"]]
    secrets.append(client.get(f"{recorded.url}/auth/v1/tokens/generate").json()["token"])
    server_path = world.path("/datacenters/{datacenterId}/servers/{serverId}")
    secrets.append(client.get(f"{world.url}{server_path}/token").json()["token"])
    secrets.append(client.get(f"{world.url}{server_path}/remoteconsole").json()["url"])
    secrets.append(client.get(f"{world.url}{user}/s3ssourl").json()["ssoUrl"])
    secrets.append(client.get(f"{world.url}{world.path('/k8s/{k8sClusterId}')}/kubeconfig").text[:200])
    account = credentials(recorded.url)
    login = account["clientId"], account["password"]
    form = {"grant_type": "client_credentials"}
    secrets.append(
        requests.post(account["authenticationUrl"], data=form, auth=login, timeout=5).json()["access_token"]
    )
    client.get(f"{world.url}/requests", params={"depth": 5})
    text = recorded.text
    sent = {value for row in server.cloud.contracts.values() for record in row.root("requests").values()
            for value in _secret_values(json.loads(record.properties.get("body") or "{}"))}  # fmt: skip
    assert len(sent) >= 2 and all(len(each) > 5 for each in secrets)
    assert [each for each in (*secrets, *sent) if each in text] == []
    assert "@example.com" in text and "demo@" not in text
    assert len(read(recorded.file)) == recorded.writer.exchanges >= 50


def _secret_values(body: Any, name: str = "") -> Iterator[str]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield from _secret_values(value, key)
    elif isinstance(body, list):
        for each in body:
            yield from _secret_values(each, name)
    elif isinstance(body, str) and is_secret(name) and len(body) > 3:
        yield body


def test_clients_are_led_back_to_the_proxy(recorded: Recorded, server: Server) -> None:
    url = f"{recorded.url}/cloudapi/v6/datacenters"
    answer = requests.post(
        url, json={"properties": {"name": "a", "location": "de/fra"}}, auth=AUTH, timeout=5
    )
    assert answer.status_code == 202
    assert answer.headers["Location"].startswith(recorded.url)
    assert answer.json()["href"].startswith(url)
    assert requests.get(answer.headers["Location"], auth=AUTH, timeout=5).status_code == 200
    assert server.url not in recorded.text and recorded.url not in recorded.text
    made, polled = read(recorded.file)
    assert made.headers["Location"] == polled.path
    assert (made.login, made.status, polled.asked) == ("basic", 202, None)
    head = requests.head(url, auth=AUTH, timeout=5)
    assert (head.status_code, head.content) == (200, b"") and int(head.headers["Content-Length"]) > 2


@contextmanager
def stub(
    answer: bytes, headers: dict[str, str] | None = None, status: int = 200
) -> Iterator[tuple[str, list[Any]]]:
    """A service that always says the same, and what it was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PATCH(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append((self.path, dict(self.headers.items()), body))
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_PATCH

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.server_address[1]}", asked
    finally:
        listener.shutdown()
        listener.server_close()


def test_requests_and_answers_are_handed_on_as_they_are(tmp_path: Path) -> None:
    with (
        stub(b'{"id": "1"}', {"X-RateLimit-Remaining": "7", "Set-Cookie": "a=Hidden"}) as service,
        Recorded(service[0], tmp_path / "a.jsonl") as recorded,
    ):
        url, asked = service
        headers = {"Authorization": "Bearer Hidden", "X-Contract-Number": "4711", "Cookie": "a=Hidden"}
        target = f"{recorded.url}/x%20y?depth=1&token=Hidden"
        answer = requests.patch(target, data=b'{"name": "n"}', headers=headers, timeout=5)
        path, sent, body = asked[0]
        assert (path, body) == ("/x%20y?depth=1&token=Hidden", b'{"name": "n"}')
        assert {name: sent[name] for name in headers} == headers
        assert sent["Host"] == url.removeprefix("http://")
        assert (answer.json(), answer.headers["X-RateLimit-Remaining"]) == ({"id": "1"}, "7")
        assert "Hidden" not in recorded.text and "4711" not in recorded.text
        assert read(recorded.file)[0].path == "/***"


def test_a_service_that_cannot_be_reached_is_told_and_not_recorded(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with Recorded(f"http://127.0.0.1:{nobody.getsockname()[1]}", tmp_path / "a.jsonl") as recorded:
            answer = requests.get(f"{recorded.url}/a", timeout=5)
            assert answer.status_code == 502
            assert answer.json()["error"].startswith("pocketvdc record: http://127.0.0.1:")
            assert read(recorded.file) == []


def test_what_the_proxy_does_not_hand_on(recorded: Recorded) -> None:
    def parts() -> Iterator[bytes]:
        yield b"{}"

    assert requests.post(f"{recorded.url}/a", data=parts(), timeout=5).status_code == 411
    large = {"Content-Length": str(MOST_BYTES + 1)}
    assert requests.post(f"{recorded.url}/a", headers=large, timeout=5).status_code == 413
    assert requests.get(f"{recorded.url}/_emulator/health", timeout=5).status_code == 404
    assert read(recorded.file) == []


def test_a_service_with_https(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Server(Cloud(), ssl_context=context) as server:
        with Recorded(server.url, tmp_path / "a.jsonl", str(tmp_path / "ca.pem")) as recorded:
            assert (
                requests.get(f"{recorded.url}/cloudapi/v6", timeout=5).json()["href"].startswith(recorded.url)
            )
        with Recorded(server.url, tmp_path / "b.jsonl") as untrusting:
            assert requests.get(f"{untrusting.url}/cloudapi/v6", timeout=5).status_code == 502
