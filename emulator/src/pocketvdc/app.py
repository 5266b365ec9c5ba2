# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WSGI application: from a client's bytes to an answer's bytes."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import MethodNotAllowed, NotFound, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Request

from . import netfoundry, page, tokens
from .call import Answer, Call
from .cloud import Cloud
from .control import PREFIX, control, is_local, why_refused
from .errors import ServiceError, not_found, unauthorized
from .faults import Fault
from .render import to_json
from .routing import Route, url_map
from .store import Record

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Set in the environ to tell the server what to do with the connection: "drop", "half", or "close" after the answer.
CONNECTION = "pocketvdc.connection"
# Set in the environ by a server that sends what an answer yields as it comes, and by an answer that goes on and on.
STREAMS = "pocketvdc.streams"
STREAM = "pocketvdc.stream"
MOST_BYTES = 16 * 1024 * 1024  # of a body
MOST_SNAPSHOT = 1024 * 1024 * 1024

_API = re.compile(r"/cloudapi/v([456])(?:/(.*))?", re.DOTALL)
_OPEN = {
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "*",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "X-Frame-Options": "SAMEORIGIN",
    "Server": "nginx",
}
_HTML = (
    "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n"
    "<p>The service is temporarily unavailable.</p>\n</body>\n</html>\n"
)
_HTML_ANSWER = Answer(502, _HTML, content_type="text/html", raw=True)
_TOO_LARGE = Answer(413, {"error": f"the body is larger than {MOST_BYTES} bytes"})  # (inferred)


def create_app(cloud: Cloud, hosts: Collection[str] = ()) -> WSGIApplication:
    """The cloud as a WSGI application; ``hosts`` are the names by which control calls may reach it beside loopback's."""
    return App(cloud, hosts)


class App:
    """One instance serves all versions of the API, the token service, NetFoundry and the control path."""

    def __init__(self, cloud: Cloud, hosts: Collection[str] = ()):
        self.cloud = cloud
        self.hosts = frozenset(host.lower() for host in hosts)
        self.map = url_map(cloud.table)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        body = _body(request)
        if body is None:
            # What is left of the body must not be taken for the next request.
            environ[CONNECTION] = "close"
            return _send(start_response, request, _TOO_LARGE, {})
        if request.path.startswith(PREFIX):
            if request.path == f"{PREFIX}events" and request.method == "GET" and environ.get(STREAMS):
                return self._events(environ, start_response, request)
            return _send(start_response, request, self._control(request, body), {})
        started = time.perf_counter()
        fault = self._fault(request)
        exchange = self._exchange(request, body, fault)
        dropped = fault is not None and fault.kind in ("drop_before", "hang")
        if dropped:
            answer = Answer(0)
        elif fault is not None and fault.kind in ("status", "html"):
            answer = _HTML_ANSWER if fault.kind == "html" else exchange.faulty(fault)
        else:
            answer = exchange.answer()
        text = b"" if dropped or answer.payload is None else _encode(answer, request)
        with self.cloud.lock:
            self.cloud.journal.note(
                method=request.method,
                path=request.path,
                query=request.query_string.decode("latin-1"),
                status=None if dropped else answer.status,
                seconds=round(time.perf_counter() - started, 6),
                user_agent=request.headers.get("User-Agent", ""),
                user=exchange.who,
                asked=body,
                answered=text,
            )
        if dropped or (fault is not None and fault.kind == "drop_after"):
            environ[CONNECTION] = "drop"
        elif fault is not None and fault.kind == "half":
            environ[CONNECTION] = "half"
        return _send(start_response, request, answer, exchange.headers, text)

    def _events(
        self, environ: WSGIEnvironment, start_response: StartResponse, request: Request
    ) -> Iterable[bytes]:
        refused = why_refused(request, self.hosts, False)
        if refused is not None:
            return _send(start_response, request, refused, {})
        environ[STREAM] = True
        start_response("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
        return page.events(self.cloud)

    def _control(self, request: Request, body: bytes) -> Answer:
        refused = why_refused(request, self.hosts, bool(body))
        if refused is not None:
            return refused
        query = request.args.to_dict()
        return control(self.cloud, request.method, request.path, body, request.host_url.rstrip("/"), query)

    def _exchange(
        self, request: Request, body: bytes, fault: Fault | None
    ) -> _Exchange | netfoundry.Exchange:
        if not tokens.serves(request.path) and netfoundry.serves(request.path):
            return netfoundry.Exchange(self.cloud, request, body, fault)
        return _Exchange(self, request, body, fault)

    def _fault(self, request: Request) -> Fault | None:
        with self.cloud.lock:
            fault = self.cloud.faults.take(request.method, request.path)
        if fault is not None and fault.kind in ("slow", "hang"):
            time.sleep(fault.delay)
        return fault


class _Exchange:
    """One call to the API or to the token service."""

    def __init__(self, app: App, request: Request, body: bytes, fault: Fault | None):
        self.app = app
        self.cloud = app.cloud
        self.request = request
        self.body = body
        self.fault = fault
        self.user: Record | None = None
        self.token: tokens.Token | None = None
        self.headers = {**_OPEN, **app.cloud.rate.headers()}

    @property
    def who(self) -> str | None:
        """The user, for the journal."""
        return self.user.properties["email"] if self.user is not None else None

    def faulty(self, fault: Fault) -> Answer:
        """An error that a test asked for."""
        code = fault.code or str(fault.status)
        text = fault.message or HTTP_STATUS_CODES.get(fault.status, "Error")
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return Answer(fault.status, ServiceError(fault.status, [(code, text)]).body(), headers)

    def answer(self) -> Answer:
        with self.cloud.lock:
            try:
                self.cloud.settle()
                return self._dispatch()
            except ServiceError as error:
                return Answer(error.status, error.body(), error.headers)
            except Exception:
                # A mistake of the emulator: the client sees a fault of the service, the terminal sees why.
                traceback.print_exc()
                return Answer(500, ServiceError(500, [("500", "Internal Server Error")]).body())

    def _dispatch(self) -> Answer:
        path = self.request.path
        found = _API.fullmatch(path)
        if found is not None and not found[2] and self.request.method in ("GET", "HEAD"):
            return self._info(int(found[1]))
        self.user = self._authenticate()
        if self.user is None:
            raise unauthorized()
        self._limit()
        if tokens.serves(path):
            service = tokens.Service(self.cloud, self.user, self.token, self.request.host_url.rstrip("/"))
            return service.answer(
                self.request.method, path, self.request.args.to_dict(), dict(self.request.headers.items())
            )
        if found is None:
            raise not_found()
        if not found[2]:
            raise ServiceError(405, [("405", f"Method {self.request.method} is not allowed")])
        return self._api(int(found[1]), f"/{found[2]}")

    def _info(self, version: int) -> Answer:
        return Answer(
            200, {"href": f"{self._base(version)}/", "name": "CLOUD API", "version": f"{version}.0"}
        )

    def _base(self, version: int) -> str:
        return f"{self.request.host_url}cloudapi/v{version}"

    def _authenticate(self) -> Record | None:
        given = self.request.authorization
        if given is None:
            return None
        user = None
        if given.type == "basic":
            user = self.cloud.by_password(given.username or "", given.password or "")
        elif given.type == "bearer" and given.token is not None:
            self.token = self.cloud.by_token(given.token)
            user = self.token.user if self.token is not None else None
        if user is not None:
            user = self.cloud.in_contract(user, self.request.headers.get("X-Contract-Number"))
            user.private["login"] = self.cloud.now()
        return user

    def _limit(self) -> None:
        assert self.user is not None and self.user.store is not None
        passed, headers = self.cloud.rate.take(self.user.store.number)
        self.headers.update(headers)
        if not passed:
            raise ServiceError(429, [("429", "Rate limit exceeded")])  # code (inferred)

    def _api(self, version: int, path: str) -> Answer:
        assert self.user is not None
        method = "GET" if self.request.method == "HEAD" else self.request.method
        try:
            route, values = self.app.map.bind("", script_name="").match(path, method)
        except NotFound:
            raise not_found() from None
        except MethodNotAllowed:
            raise ServiceError(405, [("405", f"Method {method} is not allowed")]) from None
        if not isinstance(route, Route) or not route.since <= version <= route.until:
            raise not_found()
        call = Call(
            self.cloud,
            self.user,
            version,
            self._base(version),
            method,
            path,
            self.request.args.to_dict(),
            dict(self.request.headers.items()),
            self.body,
        )
        if self.fault is not None and self.fault.kind == "fail_request":
            call.failure = self.fault.failure
        try:
            return route.run(call, dict(values))
        except Exception:
            call.abandon()
            raise


def _body(request: Request) -> bytes | None:
    """The body; None where it is too large."""
    whole = request.path == f"{PREFIX}snapshot" and is_local(request.remote_addr)
    most = MOST_SNAPSHOT if whole else MOST_BYTES
    request.max_content_length = most + 1  # one more, for a body in chunks is cut there and no error
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return None
    return body if len(body) <= most else None


def _encode(answer: Answer, request: Request) -> bytes:
    if answer.raw:
        return str(answer.payload).encode(errors="backslashreplace")
    pretty = request.args.get("pretty", "true").strip().lower() not in ("false", "0")
    # A lone surrogate of a client's string goes back as the escape it came as.
    return to_json(answer.payload, pretty=pretty).encode(errors="backslashreplace")


def _send(
    start_response: StartResponse,
    request: Request,
    answer: Answer,
    headers: dict[str, str],
    text: bytes | None = None,
) -> Iterable[bytes]:
    if text is None:
        text = b"" if answer.payload is None else _encode(answer, request)
    fields: dict[str, Any] = {**headers, **answer.headers}
    if answer.status != 304:
        fields["Content-Type"] = answer.content_type
        fields["Content-Length"] = str(len(text))
    status = answer.status or 500
    start_response(f"{status} {HTTP_STATUS_CODES.get(status, 'Unknown')}", list(fields.items()))
    return [b"" if request.method == "HEAD" else text]
