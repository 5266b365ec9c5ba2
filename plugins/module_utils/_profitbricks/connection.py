# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach the service: options first, then ``PROFITBRICKS_*``, then ``IONOS_*`` (contract sections 1 and 2)."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .._engine.clock import Clock
from .._engine.errors import InvalidOption
from .._engine.http.transport import Credentials, Transport
from .._engine.resource import Field
from .._engine.settings import HTTP, Http, address, exposed, token_text
from ..version import COLLECTION_VERSION

DEFAULT_URL = "https://api.ionos.com/cloudapi/v6"
VERSIONS = (4, 5, 6)
_VERSION = re.compile(r"/v(\d+)$")

CONTRACT_NUMBER = Field(
    "contract_number",
    help="Contract to work on, for users who have several. Otherwise the service ignores it.",
    pattern=r"\d+",
    pattern_help="a number",
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
    CONTRACT_NUMBER,
    *HTTP,
)
SECRETS = ("username", "password", "token")
NEW_PASSWORD = "password is that of the user who logs in; a new user's password is given as user_password"


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

    @classmethod
    def resolve(cls, options: Mapping[str, Any], environ: Mapping[str, str]) -> Connection:
        """From options (None or "": not given) and environment. Raises InvalidOption."""

        def find(name: str) -> Any:
            for value in (options.get(name), *(environ.get(variable) for variable in variables(name))):
                if value not in (None, ""):
                    return value
            return None

        url, version = _base(str(find("api_url") or DEFAULT_URL))
        for field in CONNECTION:
            if field.name in options and not field.secret:
                field.check(options[field.name], version)
        contract_number = str(find("contract_number") or "")
        CONTRACT_NUMBER.check(contract_number, version)
        http = Http.resolve(find)
        return cls(
            url=url,
            version=version,
            credentials=_credentials(options, environ),
            contract_number=contract_number,
            verify=http.verify,
            timeout=http.timeout,
            retries=http.retries,
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
            timeout=self.timeout,
            retries=self.retries,
            connections=connections,
            clock=clock,
        )


def _base(url: str) -> tuple[str, int]:
    """The base address without a trailing slash, and the version it speaks."""
    parts = address("api_url", url, DEFAULT_URL, "username and password, or token")
    path = parts.path.rstrip("/") or "/cloudapi/v6"
    match = _VERSION.search(path)
    version = int(match.group(1)) if match else VERSIONS[-1]
    if version not in VERSIONS:
        raise InvalidOption(f"api_url: version {version} of the API is not supported; use one of v4, v5, v6")
    return f"{parts.scheme}://{parts.netloc}{path}", version


def _credentials(options: Mapping[str, Any], environ: Mapping[str, str]) -> Credentials:
    """The first place that holds a token or a user with a password wins; a half pair may be completed further on."""
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
            return Credentials(username=username, password=password)
        if place["token"]:
            return Credentials(token=token_text("token", place["token"]))
    if username or password:
        missing = "password" if username else "username"
        text = f"{missing}: given with neither the option nor {' or '.join(variables(missing))}"
        raise InvalidOption(f"{text}. {NEW_PASSWORD}" if "user_password" in options and password else text)
    raise InvalidOption(
        "No credentials: give token, or username and password, as options or as PROFITBRICKS_TOKEN, or "
        "PROFITBRICKS_USERNAME and PROFITBRICKS_PASSWORD, in the environment"
    )
