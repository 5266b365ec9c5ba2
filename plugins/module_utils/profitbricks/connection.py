# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to reach the service: options first, then ``PROFITBRICKS_*``, then ``IONOS_*`` (contract sections 1 and 2)."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..engine.errors import InvalidOption
from ..engine.operation import Clock
from ..engine.resource import Field
from ..engine.transport import Credentials, Transport
from ..version import COLLECTION_VERSION

DEFAULT_URL = "https://api.ionos.com/cloudapi/v6"
VERSIONS = (4, 5, 6)

CONTRACT_NUMBER = Field(
    "contract_number",
    help="Contract to work on, for users who hold several. Ignored by the service otherwise.",
    pattern=r"\d+",
    pattern_help="a number",
)

CONNECTION = (
    Field(
        "api_url",
        help=(
            "Base address of the API. Its last part, C(v4), C(v5) or C(v6), says which version is spoken; an address "
            "without a path gets C(/cloudapi/v6).",
            f"If not set, the environment is asked, and then V({DEFAULT_URL}) is taken.",
        ),
    ),
    Field("username", help="E-mail address of the user to log in as, together with O(password)."),
    Field("password", secret=True, help="Password of O(username)."),
    Field(
        "token",
        secret=True,
        help=(
            "Bearer token, in place of O(username) and O(password).",
            "Credentials given as options win over those of the environment; where both kinds come from one place, the "
            "token wins.",
        ),
    ),
    CONTRACT_NUMBER,
    Field(
        "validate_certs",
        "bool",
        help="Whether to check the service's TLS certificate. If not set anywhere, it is checked.",
    ),
    Field(
        "ca_path",
        "path",
        help="File with the certificates of authorities to trust, in place of those that Python's C(requests) trusts.",
    ),
    Field(
        "api_timeout",
        "float",
        minimum=0,
        help="Seconds to wait for the connection, and for each part of an answer. If not set anywhere, V(30).",
    ),
    Field(
        "api_retries",
        "int",
        minimum=0,
        maximum=20,
        help=(
            "How often to repeat a call that failed for a passing reason: a lost connection, or the HTTP status 429, "
            "502, 503 or 504. If not set anywhere, V(4).",
            "A call that creates something is repeated only where the service surely did not take it.",
        ),
    ),
)
SECRETS = ("username", "password", "token")


def variables(option: str) -> tuple[str, str]:
    """The environment variables behind an option, in the order in which they are asked."""
    return f"PROFITBRICKS_{option.upper()}", f"IONOS_{option.upper()}"


@dataclass(frozen=True)
class Connection:
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
        ca_path = find("ca_path")
        if ca_path and not os.path.exists(ca_path):
            raise InvalidOption(f"ca_path: there is no file {ca_path}")
        return cls(
            url=url,
            version=version,
            credentials=_credentials(options, environ),
            contract_number=contract_number,
            verify=(str(ca_path) if ca_path else True)
            if _boolean(find("validate_certs"), "validate_certs")
            else False,
            timeout=_seconds("api_timeout", find("api_timeout"), 30.0),
            retries=int(_number("api_retries", find("api_retries"), 4)),
        )

    def transport(self, connections: int = 4, clock: Clock | None = None) -> Transport:
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


def wants_progress(option: bool | None, environ: Mapping[str, str]) -> bool:
    """Whether to tell what a task waits for: the option's word, else the environment's, else yes."""
    return (
        option
        if option is not None
        else _boolean(environ.get("PROFITBRICKS_PROGRESS") or None, "PROFITBRICKS_PROGRESS")
    )


def password_in(url: str) -> set[str]:
    """A password that somebody put into an address, where it is refused, so that it can be kept out of sight."""
    match = re.search(r"://[^/@]*?:([^/]*)@", url)
    return {match.group(1)} if match and match.group(1) else set()


def _base(url: str) -> tuple[str, int]:
    """The base address without a trailing slash, and the version it speaks."""
    try:
        parts = urlsplit(url)
        # Reading the port checks it.
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise InvalidOption("api_url: this is not an http or https address, such as " + DEFAULT_URL)
    if parts.username or parts.password:
        raise InvalidOption("api_url: it must not hold credentials; use username and password, or token")
    if parts.query or parts.fragment:
        raise InvalidOption("api_url: it must end after the path, without ? or #")
    path = parts.path.rstrip("/") or "/cloudapi/v6"
    match = re.search(r"/v(\d+)$", path)
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
            return _bearer(place["token"])
        username, password = username or place["username"], password or place["password"]
        if username and password:
            return Credentials(username=username, password=password)
        if place["token"]:
            return _bearer(place["token"])
    if username or password:
        missing = "password" if username else "username"
        raise InvalidOption(f"{missing}: given with neither the option nor {' or '.join(variables(missing))}")
    raise InvalidOption(
        "No credentials: give token, or username and password, as options or as PROFITBRICKS_TOKEN, or "
        "PROFITBRICKS_USERNAME and PROFITBRICKS_PASSWORD, in the environment"
    )


def _bearer(token: str) -> Credentials:
    """A token, without the blanks and line ends that files have around it."""
    if not re.fullmatch(r"[!-~]+", token.strip()):
        raise InvalidOption(
            "token: it holds a blank, a line break or another character that no token has; check where it comes from"
        )
    return Credentials(token=token.strip())


def _boolean(value: Any, name: str) -> bool:
    if value is None or isinstance(value, bool):
        return value is not False
    text = str(value).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off"):
        return False
    raise InvalidOption(f"{name}: the environment variable must be true or false")


def _number(option: str, value: Any, default: float) -> float:
    if value is None:
        return default
    try:
        number = float(value)
    except ValueError:
        raise InvalidOption(f"{option}: the environment variable must be a number") from None
    if number < 0:
        raise InvalidOption(f"{option}: it must not be negative")
    return number


def _seconds(option: str, value: Any, default: float) -> float:
    seconds = _number(option, value, default)
    if seconds == 0:
        raise InvalidOption(f"{option}: it must be more than 0 seconds")
    return seconds
