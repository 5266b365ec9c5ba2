# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call and its answer, as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from ..clock import Deadline

IDEMPOTENT = frozenset({"GET", "PUT", "PATCH", "DELETE"})


class Request(NamedTuple):
    """One call. A ``form`` is sent in place of a body; text as a body is sent as it is, anything else as JSON.

    Whether a call only ``asks``, and so may be made twice, its method tells where nobody else does. ``accept`` names a
    media type to get in place of JSON, as text. ``expects`` is given the answer's data, and raises BadAnswer where that is no answer.
    """

    method: str
    path: str
    query: Mapping[str, Any] | None = None
    body: Any = None
    deadline: Deadline | None = None
    form: Mapping[str, str] | None = None
    asks: bool | None = None
    accept: str = ""
    expects: Callable[[Any], Any] | None = None

    @property
    def repeatable(self) -> bool:
        """Whether it may be made twice."""
        return self.method in IDEMPOTENT if self.asks is None else self.asks

    @property
    def asking(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET" if self.asks is None else self.asks

    @property
    def target(self) -> str:
        """Its path with its query."""
        return f"{self.path}?{urlencode(self.query, doseq=True)}" if self.query else self.path

    def content(self) -> tuple[bytes | None, dict[str, str]]:
        """Its body as it is sent, and the headers that say what that is."""
        if self.form is not None:
            sent, kind = urlencode(self.form), "application/x-www-form-urlencoded"
        elif self.body is None:
            return None, {}
        elif isinstance(self.body, str):
            sent, kind = self.body, "text/plain"
        else:
            sent, kind = json.dumps(self.body, separators=(",", ":")), "application/json"
        return sent.encode(), {"Content-Type": kind}


class Answer(NamedTuple):
    """A successful answer: ``data`` is the decoded JSON body, or the text of another; None where there was none."""

    status: int
    headers: Mapping[str, str]
    data: Any

    @property
    def date(self) -> datetime | None:
        """When it was given, by the clock of the service; None where that does not say."""
        return header_date(self.headers.get("Date"))


def header_date(text: str | None) -> datetime | None:
    """The moment that a header names, in UTC, as it is meant without a zone, too; None for what names none."""
    try:
        moment = parsedate_to_datetime(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
