# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a request to an answer: tokens, routing, errors (contract sections 1.4, 2.4 and 3.7)."""

from __future__ import annotations

import json
import traceback
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Request

from ..call import Answer
from ..faults import Fault
from .call import Call
from .errors import NetFoundryError, OAuthError, body_of
from .paths import OF_SERVICE, TOKEN_PATHS, plain
from .routing import Route, url_map
from .state import Entity

if TYPE_CHECKING:
    from ..cloud import Cloud


class Exchange:
    """One call to any service of NetFoundry, or to its token endpoint."""

    def __init__(self, cloud: Cloud, request: Request, body: bytes, fault: Fault | None):
        self.cloud = cloud
        self.platform = cloud.netfoundry
        self.request = request
        self.body = body
        self.fault = fault
        self.path = plain(request.path)
        found = OF_SERVICE.fullmatch(self.path)
        self.root = found[1] if found is not None else ""
        self.caller: Entity | None = None
        self.headers: dict[str, str] = {}

    @property
    def who(self) -> str | None:
        """Who asks, for the journal."""
        return self.caller.name if self.caller is not None else None

    def answer(self) -> Answer:
        with self.cloud.lock:
            try:
                self.cloud.settle()
                found = self._log_in() if self.path in TOKEN_PATHS else self._dispatch()
            except NetFoundryError as error:
                return self._refusal(error)
            except Exception:
                # A mistake of the emulator: the client sees a fault of the service, the terminal sees why.
                traceback.print_exc()
                return self._refusal(NetFoundryError(500))
            return _compact(found)

    def faulty(self, fault: Fault) -> Answer:
        """An error that a test asked for."""
        texts = [fault.message] if fault.message else []
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return self._refusal(NetFoundryError(fault.status, *texts, headers=headers))

    def _refusal(self, error: NetFoundryError) -> Answer:
        body, content_type = body_of(error, self.root, self.platform.now(), self.platform.new_id())
        return _compact(Answer(error.status, body, error.headers, content_type))

    # Tokens

    def _log_in(self) -> Answer:
        if self.request.method != "POST":
            raise NetFoundryError(405)
        given = self._credentials()
        if given.get("grant_type") != "client_credentials":
            raise OAuthError(400, "unsupported_grant_type")
        client_id, secret = str(given.get("client_id", "")), str(given.get("client_secret", ""))
        seconds = self.platform.settings.access_seconds
        token = self.platform.logins.log_in(client_id, secret, str(given.get("scope") or ""), seconds)
        if token is None:
            raise OAuthError(401 if self.request.authorization else 400, "invalid_client")
        return Answer(200, {"access_token": token, "expires_in": seconds, "token_type": "Bearer"})

    def _credentials(self) -> dict[str, Any]:
        """The form of the token request; accounts of the older kind send JSON."""
        if self.request.mimetype == "application/json":
            try:
                data = json.loads(self.body)
            except (ValueError, RecursionError):
                data = None
            return data if isinstance(data, dict) else {}
        form = Request.from_values(
            data=self.body, content_type=self.request.content_type, method="POST"
        ).form.to_dict()
        basic = self.request.authorization
        if basic is not None and basic.type == "basic":
            form.update(client_id=basic.username or "", client_secret=basic.password or "")
        return form

    def _authenticate(self) -> Entity:
        given = self.request.authorization
        if given is not None and given.type == "bearer" and given.token:
            found = self.platform.logins.by_token(given.token)
            if found is not None:
                return found
        raise NetFoundryError(401)

    def _limit(self, caller: Entity) -> None:
        passed, headers = self.cloud.rate.take(int(caller.organization[:8], 16))
        if not passed:
            retry = {"Retry-After": headers["Retry-After"]}
            raise NetFoundryError(429, "Too Many Requests", headers=retry)

    # Services

    def _dispatch(self) -> Answer:
        method = "GET" if self.request.method == "HEAD" else self.request.method
        try:
            route, values = url_map().bind("").match(self.path, method)
        except NotFound:
            route, values = None, {}
        except MethodNotAllowed:
            route, values = 405, {}
        if not (isinstance(route, Route) and route.open):
            self.caller = self._authenticate()
            self._limit(self.caller)
        if not isinstance(route, Route):
            raise NetFoundryError(route or 404)
        call = Call(
            self.platform,
            self.request.host_url.rstrip("/"),
            method,
            self.path,
            self.request.args,
            self.request.query_string.decode("latin-1"),
            dict(self.request.headers.items()),
            self.body,
            self.caller,
        )
        if self.fault is not None and self.fault.kind == "fail_request":
            call.failure = self.fault.failure
        return route.run(call, **values)


def _compact(answer: Answer) -> Answer:
    """The payload as the text that is sent."""
    if answer.payload is not None:
        answer.payload = json.dumps(answer.payload, separators=(",", ":"), ensure_ascii=False)
        answer.raw = True
    return answer
