# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session of `requests` behind a connection: proxies as the environment says, certificates that are loaded once."""

from __future__ import annotations

import warnings
from http.cookiejar import DefaultCookiePolicy
from ssl import CERT_NONE, SSLContext
from typing import Any

from ..errors import MissingLibrary
from .patience import with_patience

try:
    from requests import PreparedRequest, Response, Session
    from requests.adapters import HTTPAdapter
except ImportError as error:
    MISSING: ImportError | None = error
    HTTPAdapter = Session = object  # type: ignore[assignment,misc]  # so that the module can be read all the same
else:
    MISSING = None


class Patient(HTTPAdapter):
    """Connections, by a proxy or without one, whose answers keep to what `patient` says."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        with_patience(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        return manager if known else with_patience(manager)


class Trusting(Patient):
    """Such over TLS, that are made with one context."""

    def __init__(self, context: SSLContext, connections: int) -> None:
        self._context = context
        super().__init__(pool_maxsize=connections)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, **options, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: the context knows what to trust, and would be told again for each connection."""

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        # A bundle of the environment is in the context already, where it is to be.
        return super().send(request, *args, **{**options, "verify": self._context.verify_mode != CERT_NONE})


class Settled(Session):
    """A session that looks up the environment's proxies and certificates once for each host; for each call it would take
    0.2 ms. All calls have to ask for the same settings.
    """

    def __init__(self) -> None:
        super().__init__()
        self._settled: dict[tuple[str, ...], Any] = {}

    def merge_environment_settings(self, url: Any, *given: Any) -> Any:
        host = tuple(url.split("/", 3)[:3])
        if host not in self._settled:
            self._settled[host] = super().merge_environment_settings(url, *given)
        return {**self._settled[host]}


def open_session(trust: SSLContext | None, connections: int) -> Session:
    """A session for one service, which opens its connections as they are needed; over TLS with what it trusts.

    Raises MissingLibrary.
    """
    if MISSING is not None:
        # Which may be one that requests itself needs.
        raise MissingLibrary((MISSING.name or "requests").partition(".")[0], MISSING)
    session = Settled()
    if trust is not None:
        session.mount("https://", Trusting(trust, connections))
    else:
        session.mount("http://", Patient(pool_maxsize=connections))
    # Who calls is said in the headers of each call: no .netrc may say otherwise, nor a cookie.
    session.auth = _unchanged
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if trust is not None and trust.verify_mode == CERT_NONE:
        # The user said so; urllib3 would remind of it with each connection, on stderr.
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")
    return session


def _unchanged(request: PreparedRequest) -> PreparedRequest:
    return request
