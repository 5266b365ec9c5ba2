# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator that runs, as the commands reach it."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from functools import update_wrapper
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from . import running

USUAL = "http://127.0.0.1:8080"
TIMEOUT = 30
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Refused(click.ClickException):
    """The emulator refuses the order."""

    exit_code = 1


class Unreachable(click.ClickException):
    """No emulator answers."""

    exit_code = 3


class Remote:
    """The control path of an emulator.

    :param url: its base URL; None finds the emulator that was started last.
    :param cafile: PEM file to check its certificate with.
    """

    def __init__(self, url: str | None, cafile: str | None):
        self._given = url, cafile
        self._find()

    def _find(self) -> None:
        url, cafile = self._given
        found = None if url else running.newest()
        self.url = (url or (found[0] if found else USUAL)).rstrip("/")
        self.cafile = cafile or (found[1] if found else None)

    def get(self, what: str) -> Any:
        return json.loads(self.call("GET", what))

    def post(self, what: str, data: Any = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        return json.loads(self.call("POST", what, body))

    def call(
        self, method: str, what: str, body: bytes | None = None, kind: str = "application/json"
    ) -> bytes:
        """The body of the answer. Refused with what the emulator says, Unreachable where none answers."""
        headers = {"Content-Type": kind} if body else {}
        status, _headers, content = self.ask(method, f"/_emulator/{what}", headers, body)
        if status != 200:
            raise Refused(_said(content) or f"{self.url} answers {status}")
        return content

    def ask(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of any answer. Unreachable where none comes."""
        connection = self._connection()
        try:
            connection.request(method, target, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, HTTPException) as error:
            raise Unreachable(f"no emulator answers at {self.url}: {error or type(error).__name__}") from None
        finally:
            connection.close()

    def wait(self, seconds: float) -> None:
        """Until it answers, for so many seconds at most."""
        ends = time.monotonic() + seconds
        while True:
            try:
                self.call("GET", "health")
                return
            except Unreachable:
                if time.monotonic() >= ends:
                    raise
            time.sleep(0.05)
            self._find()

    def _connection(self) -> HTTPConnection:
        try:
            parts = urlsplit(self.url)
            port, host = parts.port, parts.hostname
        except ValueError:
            port = host = None
        if parts.scheme not in ("http", "https") or not host:
            raise click.UsageError(f"--url {self.url} is not the URL of an emulator, such as {USUAL}")
        if parts.scheme == "http":
            return HTTPConnection(host, port, timeout=TIMEOUT)
        try:
            return HTTPSConnection(
                host, port, timeout=TIMEOUT, context=ssl.create_default_context(cafile=self.cafile)
            )
        except (OSError, ssl.SSLError) as error:
            raise click.UsageError(f"--cafile {self.cafile} cannot be used: {error}") from None


def _said(content: bytes) -> str:
    try:
        return str(json.loads(content)["error"])
    except (ValueError, KeyError, TypeError):
        return ""


def remote(command: _Command) -> Callable[..., Any]:
    """Options that name the emulator; the command is given it as ``cloud``."""

    def run(*args: Any, url: str | None, cafile: str | None, **kwargs: Any) -> Any:
        return command(*args, cloud=Remote(url, cafile), **kwargs)

    for add in (
        click.option("--cafile", metavar="FILE", help="Certificate to verify it with, if it serves https."),
        click.option(
            "--url",
            metavar="URL",
            envvar="POCKETVDC_URL",
            help="The emulator; by default POCKETVDC_URL, or the one that was started last.",
        ),
    ):
        run = add(run)
    return update_wrapper(run, command)


as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


def show(data: Any, as_json: bool, *lines: str) -> None:
    """Write the data, or the lines that tell the same to people."""
    if as_json:
        click.echo(json.dumps(data, indent=2))
    else:
        for line in lines:
            click.echo(line)


def moment(seconds: float) -> str:
    """A point in time for people."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
