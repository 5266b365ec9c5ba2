# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach the platform: options first, then ``NETFOUNDRY_*``, then an API account's file (contract section 2)."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._engine.clock import Clock
from .._engine.errors import InvalidOption
from .._engine.http.transport import Auth as Caller
from .._engine.http.transport import Transport
from .._engine.schema.field import Field
from .._engine.settings import HTTP, Http, address, exposed, token_text, utf8
from ..version import COLLECTION_VERSION
from .auth import Account, Auth, environment_of

DEFAULT_ENVIRONMENT = "production"
DEFAULT_FILE = "credentials.json"
FOLDERS = (".", "~/.netfoundry", "/netfoundry", "~/.config/netfoundry")
TRIPLE = ("client_id", "password", "oauth_url")
EXAMPLE_URL = "https://gateway.production.netfoundry.io"
EXAMPLE_OAUTH_URL = "https://netfoundry-production-xfjiye.auth.us-east-1.amazoncognito.com/oauth2/token"
INSTEAD = "credentials, or client_id and password"
HINT = "Check the API account, or the token, and the environment variables that hold them"

CONNECTION = (
    Field(
        "api_url",
        help=(
            "Base URL of the gateway, without the root of a service, such as "
            "V(https://gateway.production.netfoundry.io).",
            "By default it is derived from the credentials.",
        ),
    ),
    Field(
        "credentials",
        "path",
        help=(
            "File of an API account, as downloaded from the console: JSON with C(clientId), C(password) "
            "and C(authenticationUrl).",
            "If it is not the path of a file, it is searched for in the current directory, "
            "C(~/.netfoundry), C(/netfoundry) and C(~/.config/netfoundry).",
            f"If no credentials are given, V({DEFAULT_FILE}) is searched for there. A file that does not contain an API "
            "account, such as that of another service, is skipped with a warning.",
        ),
    ),
    Field("client_id", help="Client id of an API account, instead of O(credentials)."),
    Field("password", secret=True, help="Password of the API account O(client_id)."),
    Field("oauth_url", help="Full URL of the token endpoint of the API account O(client_id)."),
    Field(
        "token",
        secret=True,
        help=(
            "Bearer token. It is used until it expires, and renewed after that if an API account is given "
            "as well.",
            "Credentials given as options win over those from the environment.",
        ),
    ),
    Field(
        "token_cache",
        "path",
        help="File that keeps the token of an API account for later tasks, and that only its owner can "
        "read. By default the token is only kept in memory, and each task obtains its own.",
    ),
    *HTTP,
)
VARIABLES = {"credentials": "NETFOUNDRY_API_ACCOUNT", "token": "NETFOUNDRY_API_TOKEN"}


def variables(option: str) -> tuple[str]:
    """The environment variable behind an option."""
    return (VARIABLES.get(option, f"NETFOUNDRY_{option.upper()}"),)


@dataclass(frozen=True)
class Connection:
    """All that is needed to call the platform; made by `resolve`."""

    url: str
    environment: str
    account: Account | None = None
    token: str = field(default="", repr=False)
    token_cache: Path | None = None
    http: Http = Http()
    skipped: tuple[str, ...] = ()  # a warning for each file with the usual name that contains no API account

    @classmethod
    def resolve(cls, options: Mapping[str, Any], environ: Mapping[str, str]) -> Connection:
        """From options (None or "": not given), environment and files. Raises InvalidOption."""

        def find(name: str) -> Any:
            for value in (options.get(name), *(environ.get(variable) for variable in variables(name))):
                if value not in (None, ""):
                    return value
            return None

        for each in CONNECTION:
            if each.name in options and not each.secret:
                each.check(options[each.name], 0)
        account, token, skipped = _credentials(options, environ)
        environment = (account and account.environment) or environment_of(token) or DEFAULT_ENVIRONMENT
        url = str(find("api_url") or f"https://gateway.{environment}.netfoundry.io")
        parts = address("api_url", url, EXAMPLE_URL, INSTEAD)
        cache = find("token_cache")
        return cls(
            url=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",
            environment=environment,
            account=account,
            token=token,
            token_cache=Path(str(cache)).expanduser() if cache else None,
            http=Http.resolve(find),
            skipped=skipped,
        )

    @property
    def warnings(self) -> list[str]:
        """What its user should know."""
        found = [*self.skipped, *exposed("api_url", self.url)]
        return [*found, *exposed("oauth_url", self.account.oauth_url)] if self.account else found

    def secrets(self) -> set[str]:
        """What must not appear in any output, as far as it is known before the first call."""
        found = {self.token} - {""}
        return found | self.account.credentials.secrets() if self.account else found

    def auth(self, clock: Clock | None = None, tell: Callable[[str], None] = lambda token: None) -> Auth:
        """Who calls, with tokens as they are needed; ``tell`` learns each new one."""
        ask = None
        if self.account is not None:
            parts = address("oauth_url", self.account.oauth_url, EXAMPLE_OAUTH_URL, INSTEAD)
            ask = _transport(f"{parts.scheme}://{parts.netloc}", self.account.credentials, self.http, clock)
        scope = f"https://gateway.{self.environment}.netfoundry.io//ignore-scope"
        return Auth(self.token, self.account, ask, scope, self.url, self.token_cache, tell)

    def transport(self, auth: Auth, connections: int = 4, clock: Clock | None = None) -> Transport:
        return _transport(self.url, auth, self.http, clock, connections)


def _transport(url: str, auth: Caller, http: Http, clock: Clock | None, connections: int = 1) -> Transport:
    return Transport(
        url,
        auth,
        f"profitbricks.cloud/{COLLECTION_VERSION} Python/{platform.python_version()}",
        headers={"Accept": "application/hal+json, application/json"},
        verify=http.verify,
        timeout=http.timeout,
        retries=http.retries,
        connections=connections,
        clock=clock,
        hints={401: HINT},
    )


def _credentials(
    options: Mapping[str, Any], environ: Mapping[str, str]
) -> tuple[Account | None, str, tuple[str, ...]]:
    """The API account and the ready-made token, at least one of which exists, and warnings about skipped files."""
    token = str(options.get("token") or "")
    account = _given_account(options, environ)
    skipped: tuple[str, ...] = ()
    if account is None and not token:
        token = environ.get(*variables("token"), "")
    if account is None:
        account, skipped = _other_account(environ, needed=not token)
    return account, token_text("token", token) if token else "", skipped


def _given_account(options: Mapping[str, Any], environ: Mapping[str, str]) -> Account | None:
    """The API account that options name; what is missing of the three may stand in the environment."""
    if any(options.get(name) for name in TRIPLE):
        found = {name: str(options.get(name) or environ.get(*variables(name), "")) for name in TRIPLE}
        return _whole(found)
    path = options.get("credentials")
    return _from_file("credentials", str(path)) if path else None


def _other_account(environ: Mapping[str, str], needed: bool) -> tuple[Account | None, tuple[str, ...]]:
    """The API account from the environment, or from a file with the usual name (contract section 2.2).

    Returns a warning, too, for each file with that name that belongs to another service.
    """
    (variable,) = variables("credentials")
    if environ.get(variable):
        return _from_file(variable, environ[variable]), ()
    found = {name: environ.get(*variables(name), "") for name in TRIPLE}
    if any(found.values()):
        return _whole(found), ()
    skipped: tuple[str, ...] = ()
    for path in _candidates(DEFAULT_FILE):
        try:
            return _account_in("credentials", path), skipped
        except InvalidOption as error:
            skipped = (*skipped, f"{error}; the file is skipped")
    if needed:
        advice = (
            "No credentials: give credentials, or client_id, password and oauth_url, or token, as options or as "
            f"NETFOUNDRY_API_ACCOUNT and so on in the environment, or put {DEFAULT_FILE} into {', '.join(FOLDERS)}"
        )
        raise InvalidOption(". ".join((advice, *skipped)))
    return None, skipped


def _whole(found: Mapping[str, str]) -> Account:
    missing = [name for name in TRIPLE if not found[name]]
    if missing:
        names = " and ".join(missing)
        where = " and ".join(variables(each)[0] for each in missing)
        raise InvalidOption(
            f"{names}: not set; give {'them as options' if len(missing) > 1 else 'the option'}, or set {where}"
        )
    return Account(**{name: utf8(name, text) for name, text in found.items()})


def _candidates(name: str) -> list[Path]:
    """The files of this name in the folders where API accounts are kept; Ansible may have put a folder before it."""
    places = (Path(folder).expanduser() / Path(name).name for folder in FOLDERS)
    return [path for path in places if path.is_file()]


def _from_file(option: str, name: str) -> Account:
    path = Path(name).expanduser()
    found = path if path.is_file() else next(iter(_candidates(name)), None)
    if found is None:
        raise InvalidOption(f"{option}: there is no file {name}, neither there nor in {', '.join(FOLDERS)}")
    return _account_in(option, found)


def _account_in(option: str, path: Path) -> Account:
    """The API account in a file. Raises InvalidOption if it contains something else."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise InvalidOption(f"{option}: {path} cannot be read as JSON") from None
    keys = ("clientId", "password", "authenticationUrl")
    lacking = [key for key in keys if not isinstance(data, dict) or not data.get(key)]
    if lacking:
        raise InvalidOption(
            f"{option}: {path} is not the file of an API account: it has no {', '.join(lacking)}"
        )
    return Account(*(utf8(option, str(data[key])) for key in keys))
