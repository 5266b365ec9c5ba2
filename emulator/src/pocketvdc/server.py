# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP server: threads, connections that persist, and connections that break on request."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from .app import CONNECTION, STREAM, STREAMS, create_app
from .cloud import Cloud

LINGER_SECONDS = 2.0


class _Handler(WSGIRequestHandler):
    """HTTP/1.1 with keep-alive; every answer leaves in one piece, without Nagle's delay."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 0

    def setup(self) -> None:
        context = self.server.ssl_context
        if context is not None:
            # In the thread of the connection, so that a slow handshake blocks nobody else.
            plain = self.request
            self.request = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
            assert isinstance(self.server, _Listener)
            self.server.replace(plain, self.request)
            self.request.do_handshake()
        super().setup()

    def run_wsgi(self) -> None:
        self.environ = environ = self.make_environ()
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started[:] = [status, headers]
            return lambda data: None

        environ[STREAMS] = True
        parts = self.server.app(environ, start_response)
        if environ.get(STREAM):
            self._stream(parts, *started)
            return
        body = b"".join(parts)
        connection = environ.get(CONNECTION)
        if connection == "drop":
            self._break()
            return
        status, headers = started
        self.log_request(status.split()[0])
        if connection == "close":
            self.close_connection = True
        # By the emulator's time, which a test can move.
        assert isinstance(self.server, _Listener)
        date = self.date_time_string(self.server.now())
        head = [f"{self.protocol_version} {status}", f"Date: {date}"]
        head += [f"{name}: {value}" for name, value in headers]
        if self.close_connection:
            head.append("Connection: close")
        blob = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")
        if connection == "half":
            self.wfile.write(blob + body[: len(body) // 2])
            self._break()
            return
        self.wfile.write(blob + body)
        if connection == "close":
            self._linger()

    def _stream(self, parts: Iterable[bytes], status: str, headers: list[tuple[str, str]]) -> None:
        """Send what comes as it comes, until the client or the server has gone."""
        self.close_connection = True
        lines = [f"{self.protocol_version} {status}", *(f"{name}: {value}" for name, value in headers)]
        self.wfile.write("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        try:
            for part in parts:
                self.wfile.write(part)
        except OSError:
            return  # the client has left

    def _linger(self) -> None:
        """Take in what the client still sends, for a while: ended at once, the connection would take the answer with it."""
        ends = time.monotonic() + LINGER_SECONDS
        try:
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(LINGER_SECONDS)
            while time.monotonic() < ends and self.connection.recv(1 << 16):
                pass
        except OSError:
            return  # the client has left

    def _break(self) -> None:
        """End the connection in the middle."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the client was faster

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        self.close_connection = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Quiet: the journal knows what was called."""


class _Listener(ThreadedWSGIServer):
    daemon_threads = True

    def __init__(self, now: Callable[[], float], *args: Any, **kwargs: Any):
        self.now = now
        self.guard = threading.Lock()
        self.open: set[socket.socket] = set()
        self.wrapped: dict[socket.socket, socket.socket] = {}
        super().__init__(*args, **kwargs)

    def replace(self, plain: socket.socket, encrypted: ssl.SSLSocket) -> None:
        """A connection goes on under TLS."""
        with self.guard:
            self.wrapped[plain] = encrypted
            self.open.discard(plain)
            self.open.add(encrypted)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.guard:
            self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.guard:
            request = self.wrapped.pop(request, request)
            self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are no news; anything else is a mistake of ours worth seeing."""
        if not isinstance(sys.exc_info()[1], (OSError, ssl.SSLError)):
            super().handle_error(request, client_address)

    def close_all(self) -> None:
        with self.guard:
            remaining = list(self.open)
        for connection in remaining:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Server:
    """Serves a cloud over a socket for as long as a ``with`` lasts.

    :param port: 0 takes a free one; see ``url``.
    :param ssl_context: switches to https.
    :raises OSError: when the address cannot be listened on.
    """

    def __init__(
        self, cloud: Cloud, host: str = "127.0.0.1", port: int = 0, ssl_context: ssl.SSLContext | None = None
    ):
        self.cloud = cloud
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen(128)
            # Werkzeug takes the descriptor, and would end the process if it had to bind and could not.
            self._listener = _Listener(
                cloud.now, host, port, create_app(cloud, (host,)), _Handler, fd=listening.fileno()
            )
        finally:
            listening.close()
        self._listener.ssl_context = ssl_context
        self.host = host
        self.port: int = self._listener.server_address[1]
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.1}, name="emulator", daemon=True
        )

    @property
    def url(self) -> str:
        scheme = "https" if self._listener.ssl_context is not None else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close what is open."""
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.server_close()
        self._listener.close_all()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
