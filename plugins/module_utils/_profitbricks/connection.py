# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach the service: options first, then ``PROFITBRICKS_*``, then ``IONOS_*`` (contract sections 1 and 2).

If none of these contains any credentials, the configuration file of the vendor's tools is read (section 15).
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .._engine.clock import Clock
from .._engine.errors import InvalidOption
from .._engine.http.transport import Credentials, Transport
from .._engine.schema.checks import matches
from .._engine.schema.field import Field
from .._engine.settings import HTTP, Http, address, boolean, exposed, token_text, utf8
from ..version import COLLECTION_VERSION

if TYPE_CHECKING:
    from .vendor_file import Login

DEFAULT_URL = "https://api.ionos.com/cloudapi/v6"
VERSIONS = (4, 5, 6)
_VERSION = re.compile(r"/v(\d+)$")

CONTRACT_NUMBER = Field(
    "contract_number",
    help="Contract to work on, for users who have several. Otherwise the service ignores it.",
    checks=(matches(r"\d+", "a number"),),
)

CONNECTION = (
    Field(
        "api_url",
        help=(
            "Base URL of the API. Its last part, C(v4), C(v5) or C(v6), is the version of the API; a URL "
            "without a path gets C(/cloudapi/v6).",
            f"By default V({DEFAULT_URL}).",
        ),
    ),
    Field("username", help="E-mail address of the user to log in as, together with O(password)."),
    Field("password", secret=True, help="Password of O(username)."),
    Field(
        "token",
        secret=True,
        help=(
            "Bearer token, instead of O(username) and O(password).",
            "Credentials given as options win over those from the environment; if one place has both "
            "kinds, the token wins.",
        ),
    ),
    Field(
        "use_config_file",
        "bool",
        help=(
            "Whether to read the configuration file of the vendor's own tools, if neither the options nor the environment "
            "contain any credentials. By default it is read.",
            "Its current profile provides the credentials and, unless O(api_url) is set, the endpoint with its TLS "
            "settings. The authentication guide lists the places that are searched for the file.",
        ),
    ),
    CONTRACT_NUMBER,
    *HTTP,
)
SECRETS = ("username", "password", "token")
NEW_PASSWORD = "password is the one to log in with; give a new user's password as user_password"


def variables(option: str) -> tuple[str, str]:
    """The environment variables behind an option, in the order in which they are asked."""
    return f"PROFITBRICKS_{option.upper()}", f"IONOS_{option.upper()}"


class Connection(NamedTuple):
    """All that is needed to call the service; made by `resolve`."""

    url: str
    version: int
    credentials: Credentials
    contract_number: str = ""
    verify: bool | str = True
    timeout: float = 30.0
    retries: int = 4
    authorities: str = ""  # PEM, to trust in addition to the others

    @classmethod
    def resolve(cls, options: Mapping[str, Any], environ: Mapping[str, str]) -> Connection:
        """From options (None or "": not given), environment and the vendor's file.

        Raises InvalidOption, and MissingLibrary where that file cannot be read without one.
        """

        def find(name: str) -> Any:
            for value in (options.get(name), *(environ.get(variable) for variable in variables(name))):
                if value not in (None, ""):
                    return value
            return None

        credentials, endpoint = _credentials(options, environ), None
        if credentials is None:
            login = _login(find, environ)
            if login.credentials is None:
                raise _missing(login.why)
            credentials, endpoint = login.credentials, login.endpoint
        origin = "use_config_file: the endpoint" if endpoint and endpoint.url else "api_url"
        url, version = _base(origin, (endpoint and endpoint.url) or str(find("api_url") or DEFAULT_URL))
        for field in CONNECTION:
            if field.name in options and not field.secret:
                field.check(options[field.name], version)
        contract_number = str(find("contract_number") or "")
        CONTRACT_NUMBER.check(contract_number, version)
        http = Http.resolve(find)
        said = any(find(name) is not None for name in ("validate_certs", "ca_path"))
        return cls(
            url=url,
            version=version,
            credentials=credentials,
            contract_number=contract_number,
            verify=endpoint.verify if endpoint and not said else http.verify,
            timeout=http.timeout,
            retries=http.retries,
            authorities=endpoint.authorities if endpoint and not find("ca_path") else "",
        )

    @property
    def auth_url(self) -> str:
        """Base URL of the token service, which is on the same host (contract section 14)."""
        return f"{_VERSION.sub('', self.url).removesuffix('/cloudapi')}/auth/v1"

    @property
    def warnings(self) -> list[str]:
        """What its user should know."""
        return exposed("api_url", self.url)

    def transport(self, connections: int = 8, clock: Clock | None = None) -> Transport:
        headers = {"X-Contract-Number": self.contract_number} if self.contract_number else {}
        return Transport(
            self.url,
            self.credentials,
            f"profitbricks.cloud/{COLLECTION_VERSION} Python/{platform.python_version()}",
            headers=headers,
            verify=self.verify,
            authorities=self.authorities,
            timeout=self.timeout,
            retries=self.retries,
            connections=connections,
            clock=clock,
        )


def _base(option: str, url: str) -> tuple[str, int]:
    """The base address without a trailing slash, and the version it speaks."""
    parts = address(option, url, DEFAULT_URL, "username and password, or token")
    path = parts.path.rstrip("/") or "/cloudapi/v6"
    match = _VERSION.search(path)
    version = int(match.group(1)) if match else VERSIONS[-1]
    if version not in VERSIONS:
        raise InvalidOption(f"{option}: version {version} of the API is not supported; use one of v4, v5, v6")
    return f"{parts.scheme}://{parts.netloc}{path}", version


def _credentials(options: Mapping[str, Any], environ: Mapping[str, str]) -> Credentials | None:
    """The first place with a token or a user and password wins; half a pair may be completed by a later one.

    None if there is nothing anywhere.
    """
    places = [
        {name: str(options.get(name) or "") for name in SECRETS},
        *({name: environ.get(variables(name)[i], "") for name in SECRETS} for i in range(2)),
    ]
    username = password = ""
    for place in places:
        if place["token"] and not (username or password):
            return Credentials(token=token_text("token", place["token"]))
        username, password = username or place["username"], password or place["password"]
        if username and password:
            return Credentials(username=utf8("username", username), password=utf8("password", password))
        if place["token"]:
            return Credentials(token=token_text("token", place["token"]))
    if username or password:
        missing = "password" if username else "username"
        text = f"{missing}: not set; give the option, or set {' or '.join(variables(missing))}"
        raise InvalidOption(f"{text}. {NEW_PASSWORD}" if "user_password" in options and password else text)
    return None


def _login(find: Callable[[str], Any], environ: Mapping[str, str]) -> Login:
    """The login in the configuration file of the vendor's tools, unless that must not be read."""
    from .vendor_file import Login, read_login  # here, because only tasks without other credentials need it

    if not boolean(find("use_config_file"), "use_config_file"):
        return Login()
    return read_login(environ, leads=not find("api_url"))


def _missing(why: str) -> InvalidOption:
    text = (
        "No credentials: give token, or username and password, as options or as PROFITBRICKS_TOKEN, or "
        "PROFITBRICKS_USERNAME and PROFITBRICKS_PASSWORD, in the environment"
    )
    return InvalidOption(f"{text}. The configuration file has none either: {why}" if why else text)
