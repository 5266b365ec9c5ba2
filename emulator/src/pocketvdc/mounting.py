# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator under a ``requests`` session, without a socket."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import IncompleteRead, RemoteDisconnected
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.http import http_date
from werkzeug.test import create_environ

from .app import CONNECTION, create_app
from .cloud import Cloud

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session
    from urllib3 import HTTPResponse

URL = "http://emulator.test"


class CutShort(BytesIO):
    """A body that ends before all of it came, as `http.client` tells it."""

    def read(self, size: int | None = -1) -> bytes:
        raise IncompleteRead(self.getvalue())


class _Service:
    """A cloud at a URL, asked without a socket."""

    def __init__(self, cloud: Cloud, url: str) -> None:
        self.cloud = cloud
        self.url = url
        self.app = create_app(cloud, (urlsplit(url).hostname or "",))

    def ask(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | str | None
    ) -> HTTPResponse:
        """The answer to a request for a path with its query.

        Raises urllib3's ProtocolError where the connection is lost or, as the body is read, ends too soon.
        """
        from urllib3 import HTTPResponse
        from urllib3.exceptions import ProtocolError

        path, _mark, query = target.partition("?")
        environ = create_environ(
            method=method, base_url=self.url, path=path, query_string=query, headers=dict(headers),
            data=(body.encode() if isinstance(body, str) else body) or b"",
        )  # fmt: skip
        environ["REMOTE_ADDR"] = "127.0.0.1"
        status = ""
        fields: list[tuple[str, str]] = []

        def start_response(line: str, given: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal status, fields
            status, fields = line, given
            return lambda data: None

        # Not through a helper that copies the environ: it tells what happens to the connection.
        data = b"".join(self.app(environ, start_response))
        if environ.get(CONNECTION) == "drop":
            raise ProtocolError(
                "Connection aborted.", RemoteDisconnected("the emulator closed the connection")
            )
        half = environ.get(CONNECTION) == "half"
        sent = CutShort(data[: len(data) // 2]) if half else BytesIO(data)
        code, _rest, reason = status.partition(" ")
        dated = {"Date": http_date(self.cloud.now()), **dict(fields)}  # as an HTTP server adds it
        return HTTPResponse(
            sent, headers=dated, status=int(code), reason=reason, preload_content=False,
            request_method=method,
        )  # fmt: skip


def mount(session: Session, cloud: Cloud, url: str = URL) -> None:
    """Let ``session`` reach the cloud at ``url``. Needs the package ``requests``."""
    from requests import ConnectionError as Lost
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import ProtocolError

    service = _Service(cloud, url)

    class Adapter(HTTPAdapter):
        def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            try:
                raw = service.ask(str(request.method), request.path_url, request.headers, request.body)
            except ProtocolError as error:
                raise Lost(error, request=request) from error
            return self.build_response(request, raw)

    session.mount(url, Adapter())
