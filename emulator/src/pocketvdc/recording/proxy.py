# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy on this machine that hands requests on to a service, and notes what was asked and answered."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from ..control import is_local
from .file import Exchange, Writer
from .scrub import Scrubber, login

TIMEOUT = 300
MOST_BYTES = 16 * 1024 * 1024  # of a request's body
# Between two neighbours only, or made anew here. Answers are asked for without compression, to be read.
_NOT_HANDED_ON = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "trailer", "transfer-encoding",
    "upgrade", "host", "content-length", "accept-encoding",
))  # fmt: skip
_WITHOUT_BODY = (204, 304)
# What names the service as it is known to clients, which must come back to the proxy.
_TEXTS = ("application/json", "application/hal+json", "text/")


@dataclass(frozen=True)
class Upstream:
    """The service: ``https`` or ``http``, its host, port, and how its certificate is checked."""

    scheme: str
    host: str
    port: int | None
    context: ssl.SSLContext | None = None

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def connect(self) -> HTTPConnection:
        if self.scheme == "http":
            return HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        return HTTPSConnection(self.host, self.port, timeout=TIMEOUT, context=self.context)


@dataclass(frozen=True)
class Reply:
    """An answer of the service."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True  # the client has left

    def __getattr__(self, name: str) -> Any:
        """Whatever the method is, it is handed on."""
        if name.startswith("do_"):
            return self._hand_on
        raise AttributeError(name)

    def _hand_on(self) -> None:
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return self._say(411, "a request body needs a Content-Length")
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            return self._say(413, f"a request body may have at most {MOST_BYTES} bytes")
        if not self.path.startswith("/") or self.path.startswith("/_emulator"):
            return self._say(404, "only requests to the service are passed on")
        body = self.rfile.read(int(length))
        try:
            reply = self._ask(body)
        except (OSError, HTTPException) as error:
            return self._say(502, f"{self.server.upstream.origin}: {error or type(error).__name__}")
        self.server.note(self.command, self.path, dict(self.headers.items()), body, reply)
        self._answer(reply)

    def _ask(self, body: bytes) -> Reply:
        upstream = self.server.upstream
        connection = upstream.connect()
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", upstream.authority)
            connection.putheader("Accept-Encoding", "identity")
            for name, value in self.headers.items():
                if name.lower() not in _NOT_HANDED_ON:
                    connection.putheader(name, value)
            if body or "Content-Length" in self.headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Reply(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def _answer(self, reply: Reply) -> None:
        """Give the client what the service said, with addresses that lead here."""
        there, here = self.server.upstream.origin, self.server.url
        body = reply.body
        if reply.header("Content-Type").startswith(_TEXTS):
            body = body.replace(there.encode(), here.encode())
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in _NOT_HANDED_ON:
                self.send_header(name, value.replace(there, here))
        if reply.status not in _WITHOUT_BODY:
            length = reply.header("Content-Length") if self.command == "HEAD" else ""
            self.send_header("Content-Length", length or str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _say(self, status: int, text: str) -> None:
        """What the proxy itself has to say; a recording has none of it."""
        headers = [("Content-Type", "application/json")]
        self._answer(Reply(status, headers, json.dumps({"error": f"pocketvdc record: {text}"}).encode()))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the recording is the log."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, upstream: Upstream, port: int, writer: Writer):
        self.upstream = upstream
        self.writer = writer
        self.scrubber = Scrubber(upstream.origin)
        self.guard = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def note(self, method: str, target: str, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        """Write an exchange. What both sides show to be secret is known before the first word is written."""
        path, _mark, query = target.partition("?")
        scrub = self.scrubber
        with self.guard:
            scrub.learn([*headers.items(), *reply.headers])
            for data in (body, reply.body):
                scrub.learn_data(data)
            self.writer.add(
                Exchange(
                    method=method,
                    path=scrub.path(path),
                    query=scrub.query(query),
                    login=login(headers),
                    asked=scrub.body(body, headers.get("Content-Type", "")),
                    status=reply.status,
                    headers=scrub.headers({name.title(): value for name, value in reply.headers}),
                    answered=scrub.body(reply.body, reply.header("Content-Type")),
                    seconds=self.writer.elapsed(),
                )
            )


class Proxy:
    """Listens on the loopback address for as long as a ``with`` lasts.

    :param port: 0 takes a free one; see ``url``.
    :raises OSError: when the port cannot be listened on.
    """

    def __init__(self, upstream: Upstream, writer: Writer, port: int = 0):
        self._listener = _Listener(upstream, port, writer)
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.1}, name="record", daemon=True
        )

    @property
    def url(self) -> str:
        return self._listener.url

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()


def upstream(url: str, cafile: str | None = None) -> Upstream:
    """The service at a URL, of which scheme, host and port count.

    :raises ValueError: when it is no such URL, or would have credentials travel unencrypted to another machine.
    :raises OSError: when the certificate file cannot be used.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is not the URL of a service, such as https://api.ionos.com")
    if parts.username is not None or parts.query:
        raise ValueError("the URL must have no user, password or query")
    port = parts.port
    if parts.scheme == "http":
        if not (parts.hostname == "localhost" or is_local(parts.hostname)):
            raise ValueError(f"{url}: credentials go to other machines by https only")
        return Upstream("http", parts.hostname, port)
    return Upstream("https", parts.hostname, port, ssl.create_default_context(cafile=cafile))
