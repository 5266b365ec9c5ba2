# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Play the requests of a recording against an emulator, and see what it answers else.

What a recording creates has other ids here: those of both answers are noted side by side, and later requests are sent
with the ids of here. Requests that need what the recording does not create are passed over. What was left out is
replaced by something of its kind, so that a password that the service refused is not noticed here.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from .. import netfoundry, tokens
from ..netfoundry.paths import TOKEN_PATHS
from .compare import Found, Ids, differences, passing
from .file import Body, Exchange
from .scrub import LEFT_OUT

READS = ("GET", "HEAD", "OPTIONS")
PAUSE = 0.1
TOO_MANY = 429
_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInventedInventedInventedInventedInvented12345"
# What is sent in the place of what was left out.
_STAND_INS: dict[str, Any] = {
    "imagePassword": "Invented12pw",
    "password": "Invented-Pass-1",
    "sshKeys": [_KEY],
    "userData": base64.b64encode(b"#cloud-config\n").decode(),
}

Answer = tuple[int, Mapping[str, str], bytes]


class Target(Protocol):
    """An emulator."""

    def get(self, what: str) -> Any:
        """Ask its control path."""

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Send a request to the services that it emulates."""


@dataclass(frozen=True)
class Difference:
    """What one answer says else; ``number`` counts the exchanges of the recording from 1."""

    number: int
    method: str
    path: str
    found: Found


@dataclass
class Report:
    """What became of a recording: how many requests were played, and numbers and reasons of those passed over."""

    played: int = 0
    passed: list[tuple[int, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


class Player:
    """Plays one recording.

    :param seconds: how long to wait for what the emulator has under way, at each read.
    """

    def __init__(self, target: Target, seconds: float, sleep: Callable[[float], None] = time.sleep):
        self._target = target
        self._seconds = seconds
        self._sleep = sleep
        self._ids = Ids()

    def play(self, exchanges: Sequence[Exchange]) -> Report:
        report = Report()
        later = _repeated(exchanges)
        for number, exchange in enumerate(exchanges, 1):
            if reason := self._reason(exchange, number in later):
                report.passed.append((number, reason))
                continue
            report.played += 1
            for found in self._compare(exchange):
                report.differences.append(Difference(number, exchange.method, exchange.path, found))
        return report

    def _reason(self, exchange: Exchange, repeated: bool) -> str:
        """Why a request is passed over; empty where it is played."""
        if repeated:
            return "polled again later"
        if exchange.status == TOO_MANY:
            return "refused by the rate limit"
        asked = exchange.asked or {}
        if "left_out" in asked:
            return "its body was not recorded"
        if LEFT_OUT in exchange.path or LEFT_OUT in str(exchange.query):
            return "its URL was not recorded in full"
        given = (exchange.path, exchange.query, asked)
        if exchange.status < 400 and (unknown := self._ids.unknown(given)):
            return f"{unknown[0]} does not appear earlier in the recording"
        return ""

    def _compare(self, exchange: Exchange) -> list[Found]:
        status, headers, answered = self._settled(exchange)
        if status != exchange.status:
            return [Found("status", "", exchange.status, status)]
        self._ids.learn(exchange.headers.get("Location", ""), headers.get("Location", ""))
        recorded = exchange.answered
        if recorded is None or "json" not in recorded:
            return []
        here = _value(answered)
        self._ids.learn(recorded["json"], here)
        return differences(recorded["json"], here, self._ids, exchange.method in READS)

    def _settled(self, exchange: Exchange) -> Answer:
        """The answer of the emulator; of a read whose recorded one is at rest, once this one is, too."""
        waits = exchange.method in READS and not passing((exchange.answered or {}).get("json"))
        ends = time.monotonic() + self._seconds
        while True:
            answer = self._ask(exchange)
            if not waits or time.monotonic() >= ends or not passing(_value(answer[2])):
                return answer
            self._sleep(PAUSE)

    # What is sent

    def _ask(self, exchange: Exchange) -> Answer:
        path = quote(self._ids.translate(exchange.path), safe="/:@!$&'()*+,;=~")
        query = urlencode([(name, value) for name, value in self._ids.translate(exchange.query)])
        headers = self._login(exchange)
        body = self._body(exchange.asked, headers)
        return self._target.ask(exchange.method, f"{path}?{query}" if query else path, headers, body)

    def _body(self, asked: Body | None, headers: dict[str, str]) -> bytes | None:
        if asked is None:
            return None
        asked = self._ids.translate(_filled(asked))
        if "form" in asked:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            named = {"client_id": self._overlay["clientId"], "client_secret": self._overlay["password"]}
            return urlencode(
                {**asked["form"], **{n: v for n, v in named.items() if n in asked["form"]}}
            ).encode()
        headers["Content-Type"] = "application/json"
        return json.dumps(asked["json"]).encode()

    def _login(self, exchange: Exchange) -> dict[str, str]:
        """A login of the kind that was recorded; one that fails where it did."""
        if exchange.login == "none":
            return {}
        overlay = netfoundry.serves(exchange.path) and not tokens.serves(exchange.path)
        user, password = self._overlay_login if overlay else self._account_login
        if exchange.status == 401:
            password = "wrong"
        elif exchange.login == "bearer":
            return {"Authorization": f"Bearer {self._overlay_token if overlay else self._token}"}
        return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}

    @cached_property
    def _account(self) -> dict[str, Any]:
        return dict(self._target.get("accounts")["items"][0])

    @property
    def _account_login(self) -> tuple[str, str]:
        return self._account["email"], self._account["password"]

    @cached_property
    def _token(self) -> str:
        """The account's own, or a new one where it has none."""
        if self._account["token"]:
            return str(self._account["token"])
        user, password = self._account_login
        basic = base64.b64encode(f"{user}:{password}".encode()).decode()
        _status, _headers, body = self._target.ask(
            "GET", "/auth/v1/tokens/generate", {"Authorization": f"Basic {basic}"}, None
        )
        return str(_value(body)["token"])

    @cached_property
    def _overlay(self) -> dict[str, str]:
        return dict(self._target.get("netfoundry/credentials"))

    @property
    def _overlay_login(self) -> tuple[str, str]:
        return self._overlay["clientId"], self._overlay["password"]

    @cached_property
    def _overlay_token(self) -> str:
        basic = base64.b64encode(":".join(self._overlay_login).encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        _status, _headers, body = self._target.ask(
            "POST", TOKEN_PATHS[0], headers, b"grant_type=client_credentials"
        )
        return str(_value(body)["access_token"])


def _repeated(exchanges: Sequence[Exchange]) -> set[int]:
    """The numbers of reads that are asked again before anything is written: polls, of which the last one counts."""
    found: set[int] = set()
    later: set[tuple[str, str, str]] = set()
    for number in range(len(exchanges), 0, -1):
        exchange = exchanges[number - 1]
        if exchange.method not in READS:
            later.clear()
            continue
        mark = (exchange.method, exchange.path, json.dumps(exchange.query))
        if mark in later:
            found.add(number)
        later.add(mark)
    return found


def _filled(value: Any, name: str = "") -> Any:
    """A body with something in the place of what was left out."""
    if value == LEFT_OUT or value == [LEFT_OUT] and name in _STAND_INS:
        return _STAND_INS.get(name, "invented")
    if isinstance(value, dict):
        return {key: _filled(each, key) for key, each in value.items()}
    return [_filled(each, name) for each in value] if isinstance(value, list) else value


def _value(body: bytes) -> Any:
    """The JSON of a body; None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
