# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator under a ``requests`` session, without a socket."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.http import http_date
from werkzeug.test import create_environ

from .app import CONNECTION, create_app
from .cloud import Cloud

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session


def mount(session: Session, cloud: Cloud, url: str = "http://emulator.test") -> None:
    """Let ``session`` reach the cloud at ``url``. Needs the package ``requests``."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPResponse

    app = create_app(cloud)

    class Adapter(HTTPAdapter):
        def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            body = request.body.encode() if isinstance(request.body, str) else request.body
            environ = create_environ(
                method=request.method, base_url=url, path=request.path_url.partition("?")[0],
                query_string=request.path_url.partition("?")[2],
                headers=dict(request.headers.items()), data=body or b"",
            )  # fmt: skip
            environ["REMOTE_ADDR"] = "127.0.0.1"
            status = ""
            headers: list[tuple[str, str]] = []

            def start_response(line: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
                nonlocal status, headers
                status, headers = line, fields
                return lambda data: None

            # Not through a helper that copies the environ: it tells what happens to the connection.
            data = b"".join(app(environ, start_response))
            if environ.get(CONNECTION) == "drop":
                raise requests.ConnectionError("the emulator closed the connection", request=request)
            if environ.get(CONNECTION) == "half":
                data = data[: len(data) // 2]
            code, _rest, reason = status.partition(" ")
            dated = {"Date": http_date(cloud.now()), **dict(headers)}  # as an HTTP server adds it
            raw = HTTPResponse(
                BytesIO(data), headers=dated, status=int(code), reason=reason, preload_content=False,
                request_method=request.method, enforce_content_length=True,
            )  # fmt: skip
            return self.build_response(request, raw)

    session.mount(url, Adapter())
