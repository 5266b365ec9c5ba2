# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the connections of all vendors have in common: TLS, patience, addresses, tokens, and texts of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from math import isfinite, nan
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .errors import InvalidOption
from .schema.checks import between
from .schema.field import Field

HTTP = (
    Field(
        "validate_certs",
        "bool",
        help="Whether to verify the service's TLS certificate. By default it is verified.",
    ),
    Field(
        "ca_path",
        "path",
        help="File with the certificate authorities to trust, instead of those that the Python library "
        "C(requests) trusts.",
    ),
    Field(
        "api_timeout",
        "float",
        checks=(between(0),),
        help="Seconds to wait for a connection and for each part of a response, by default V(30).",
    ),
    Field(
        "api_retries",
        "int",
        checks=(between(0, 20),),
        help=(
            "How often to retry a call that failed for a temporary reason: a lost connection, or the HTTP "
            "status 429, 502, 503 or 504. By default V(4).",
            "A call that creates something is only repeated if the service certainly did not accept it.",
        ),
    ),
)
_SEPARATORS = re.compile(r"[?#&;]")
_ESCAPED = re.compile(r"%3a|%40", re.I)  # what a login is known by
_ENDS = re.compile(r"[/?#]")  # of the part that names the host
_TELLING = re.compile(r"token|key|pass|pw|secret|auth|sig|cred", re.I)
LONG = 8  # characters from which on a text in an address may be a secret, whatever it is called
_TOKEN = re.compile(r"[!-~]+")


class Http(NamedTuple):
    """How calls are made: ``verify`` is True, False or a file of certificates, ``timeout`` in seconds."""

    verify: bool | str = True
    timeout: float = 30.0
    retries: int = 4

    @classmethod
    def resolve(cls, find: Callable[[str], Any]) -> Http:
        """From what ``find`` tells of the options `HTTP`, None where nothing is set. Raises InvalidOption."""
        ca_path = find("ca_path")
        if ca_path and not os.path.exists(ca_path):
            raise InvalidOption(f"ca_path: there is no file {ca_path}")
        checked = boolean(find("validate_certs"), "validate_certs")
        timeout = number("api_timeout", find("api_timeout"), 30.0)
        if timeout == 0:
            raise InvalidOption("api_timeout: it must be more than 0 seconds")
        return cls(
            verify=(str(ca_path) if ca_path else True) if checked else False,
            timeout=timeout,
            retries=int(number("api_retries", find("api_retries"), 4)),
        )


def wants_progress(option: bool | None, environ: Mapping[str, str], variable: str) -> bool:
    """Whether to tell what a task waits for: the option's word, else the environment variable's, else yes."""
    return option if option is not None else boolean(environ.get(variable) or None, variable)


def secrets_in(url: str) -> set[str]:
    """What somebody put into an address that may be a secret. It is refused there, and has to be kept out of sight.

    The address need not be one: a password may hold any letter, and the scheme may be missing.
    """
    found = {*_logins_in(url), *_logins_in(_ESCAPED.sub(lambda mark: unquote(mark[0]), url))}
    rest = url.partition("://")[2] or url
    path, *others = _SEPARATORS.split(rest)
    for each in others:
        name, equals, value = each.partition("=")
        if equals and (len(value) >= LONG or _TELLING.search(name)):
            found.add(value)
        elif not equals and len(name) >= LONG:
            found.add(name)
    for each in path.split("/")[1:]:
        name, equals, value = each.partition("=")
        if equals and _TELLING.search(name):
            found.add(value)
    return {form for each in found if each for form in (each, unquote(each))}


def _logins_in(url: str) -> Iterator[str]:
    rest = url.partition("://")[2] or url
    before, at, host = rest.rpartition("@")
    user, colon, password = before.partition(":")
    yield password if colon and password else user
    # Without a host at all, what should be its port is a password.
    port = "" if at or host.startswith("[") else _ENDS.split(host)[0].partition(":")[2]
    if not port.isdecimal():
        yield port


def exposed(option: str, url: str) -> list[str]:
    """A warning where credentials go over the network as anybody can read them."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or host == "localhost" or host.endswith(".localhost"):
        return []
    with suppress(ValueError):
        if ip_address(host).is_loopback:
            return []
    return [
        (
            f"{option}: credentials are sent to {host} without TLS, so others on the network can read them; "
            "use https"
        )
    ]


def address(option: str, url: str, example: str, instead: str) -> SplitResult:
    """The parts of an http or https address. Raises InvalidOption; ``instead`` names the options for credentials."""
    try:
        parts = urlsplit(url)
        # Reading the port checks it.
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        # The zone of an address of IPv6 has a percent sign. Elsewhere it escapes what is no part of a host.
        usable = usable and ("%" not in parts.netloc or parts.netloc.startswith("["))
    except ValueError:
        usable = False
    if not usable:
        raise InvalidOption(f"{option}: this is not an http or https address, such as {example}")
    if parts.username or parts.password:
        raise InvalidOption(f"{option}: it must not contain credentials; use {instead}")
    if parts.query or parts.fragment:
        raise InvalidOption(f"{option}: it must end after the path, without ? or #")
    # In any other form: messages name the address, also where nothing masks them, as in inventories.
    if secrets_in(url):
        raise InvalidOption(f"{option}: its path seems to contain credentials; use {instead}")
    return parts


def token_text(option: str, token: str) -> str:
    """A token, without the blanks and line ends that files have around it."""
    if not _TOKEN.fullmatch(token.strip()):
        raise InvalidOption(
            f"{option}: it contains a space, a line break or another character that cannot be part of a "
            "token; check where it comes from"
        )
    return token.strip()


def utf8(option: str, text: str) -> str:
    """The text. Raises InvalidOption if it cannot be sent, such as one in another encoding from the environment."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidOption(
            f"{option}: it contains something that is not UTF-8 text; check where it comes from"
        ) from None
    return text


def time_limit(given: int | None, environ: Mapping[str, str], variable: str) -> int | None:
    """The seconds of ``wait_timeout``: the option's, else the environment variable's. Raises InvalidOption."""
    name = "wait_timeout"
    if given is None and environ.get(variable):
        given = int(number(name, environ[variable], 0))
    if given is not None and given < 1:
        raise InvalidOption(f"{name}: {given} is below the minimum, 1")
    return given


def boolean(value: Any, name: str) -> bool:
    """A boolean, or the text of an environment variable; true where nothing is set."""
    if value is None or isinstance(value, bool):
        return value is not False
    text = str(value).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off"):
        return False
    raise InvalidOption(f"{name}: {value!r}, from the environment, is neither true nor false")


def number(option: str, value: Any, default: float) -> float:
    if value is None:
        return default
    try:
        found = float(value)
    except ValueError:
        found = nan
    if not isfinite(found):
        raise InvalidOption(f"{option}: {value!r}, from the environment, is not a number")
    if found < 0:
        raise InvalidOption(f"{option}: it must not be negative")
    return found
