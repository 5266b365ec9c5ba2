# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong, as exceptions whose text tells a person what to change."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple


def several(label: str) -> str:
    """The label of more than one: images, IP blocks, policies."""
    return re.sub(r"(?<=[^aeiou])y$", "ie", label) + "s"


LONGEST_VALUE = 200  # characters of a value that messages show whole


def quoted(value: object) -> str:
    """A value as messages show it; of a long text its beginning, and its length."""
    text = repr(value)
    if len(text) <= LONGEST_VALUE or not isinstance(value, str):
        return text
    return f"{value[: LONGEST_VALUE // 4] + '...'!r} ({len(value)} characters)"


class CloudError(Exception):
    """Base of all errors of the collection; ``str()`` is one line fit for a user.

    ``secrets`` are texts of the task that turned out to be secret, which no output may hold. ``accepted``: the service
    had accepted a change before the error, the last one as ``last_request``. ``warnings``: those of the plan and of the
    connection.
    """

    secrets: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    accepted: bool = False
    last_request: str | None = None

    def facts(self) -> dict[str, Any]:
        """Machine-readable details for a failed task's result."""
        return {}


class InvalidOption(CloudError):
    """An option holds what the service cannot take; found before anything was sent."""

    def __init__(self, text: str, secrets: tuple[str, ...] = ()) -> None:
        self.secrets = secrets
        super().__init__(text)


@contextmanager
def within(option: str, name: object = None, part: bool = False) -> Iterator[None]:
    """Let what is wrong with an option in another one say where that is.

    As ``servers/web-01: ram: ...`` with the ``name`` of an object of a list, as ``nics/ips: ...`` if it has none, and as
    ``client_ingress.port: ...`` where it is ``part`` of a value.
    """
    try:
        yield
    except InvalidOption as error:
        raise InvalidOption(below(option, name, str(error), part), error.secrets) from None


def below(option: str, name: object, text: str, part: bool = False) -> str:
    """A text that begins with an option inside another one, with where that is."""
    joint = "." if part else ": " if name and "/" not in text.partition(": ")[0] else "/"
    return f"{option}/{name}{joint}{text}" if name else f"{option}{joint}{text}"


class ConnectionFailed(CloudError):
    """The service could not be reached, or its answer was lost or unreadable.

    ``passing``: the same call may succeed a moment later. ``sent``: something of it may have reached the service.
    """

    def __init__(self, text: str, passing: bool = True, sent: bool = True) -> None:
        self.passing = passing
        self.sent = sent
        super().__init__(text)


class Unanswered(ConnectionFailed):
    """A write was sent and its answer lost: it may have taken effect."""


class BadAnswer(ConnectionFailed):
    """The service answered a call with what is no answer to it: nothing at all, or of another shape."""


class MissingLibrary(CloudError):
    """A Python library cannot be imported by the Python that runs this."""

    def __init__(self, library: str, cause: ImportError) -> None:
        python = sys.executable
        super().__init__(
            f"The Python library {library} cannot be imported by {python} ({cause}); install it there: "
            f"{python} -m pip install {library}"
        )


class Message(NamedTuple):
    """One entry of the service's ``messages`` list (contract section 7)."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"[{self.code}] {self.text}" if self.code else self.text


class ApiError(CloudError):
    """The service refused a call.

    ``status`` is the HTTP status, ``messages`` what the service said, ``hint`` what the caller may change. ``foreign``: it was
    not the service that spoke, but something between.
    """

    def __init__(
        self,
        status: int,
        messages: Sequence[Message],
        method: str = "",
        path: str = "",
        request_id: str | None = None,
        hint: str = "",
        foreign: bool = False,
    ) -> None:
        self.foreign = foreign
        self.status = status
        self.messages = tuple(messages)
        self.method = method
        self.path = path
        self.request_id = request_id
        self.hint = hint
        super().__init__(status, method, path)

    @property
    def missing(self) -> bool:
        """Whether the service itself says that there is no such thing; a gateway's page knows nothing of it."""
        return self.status == 404 and not self.foreign

    def __str__(self) -> str:
        said = "; ".join(message.text.rstrip(". ") for message in self.messages if message.text)
        codes = [message.code for message in self.messages if message.code]
        facts = [f"HTTP {self.status}"]
        if codes:
            facts.append(f"code{'s' if len(codes) > 1 else ''} {', '.join(codes)}")
        if self.request_id:
            facts.append(f"request {self.request_id}")
        text = f"{said or 'The service gave no reason'} ({self.method} {self.path}: {', '.join(facts)})"
        return f"{text}. {self.hint}" if self.hint else text

    def facts(self) -> dict[str, Any]:
        return {
            "http_status": self.status,
            "error_codes": [message.code for message in self.messages if message.code],
            "request_id": self.request_id,
        }


ALIKE, MUCH_LESS = (
    0.65,
    0.08,
)  # similarity up to 1: the least to suggest, and how far below the best one it may be
CHECK = "check the name or id, or create it first"


class TooLong(ApiError):
    """The service refused the address of a call as too long; ``text`` is its longest part, the value of an option."""

    def __init__(self, status: int, text: str, method: str, path: str, request_id: str | None = None) -> None:
        self.text = text
        self.option = ""
        said = Message("", f"a text of {len(text)} characters is too long for the service")
        super().__init__(status, [said], method, path, request_id)

    def found_in(self, options: Mapping[str, Any]) -> None:
        """Name the option that gives the text."""
        self.option = _place(self.text, options)

    def __str__(self) -> str:
        return f"{self.option}: {super().__str__()}" if self.option else super().__str__()


def _place(text: str, options: Mapping[str, Any]) -> str:
    """Where options hold a text; empty if nowhere."""
    for option, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and text.casefold() in each.casefold():
                return option
            inner = _place(text, each) if isinstance(each, Mapping) else ""
            if inner:
                name = each.get("name") if isinstance(value, list) else None
                return below(option, None if text in str(name) else name, inner, part=value is each)
    return ""


class NotFound(CloudError):
    """Nothing of that kind has the name or id that an option gives.

    ``names`` are those that were read anyway: ``meant`` asks whether one much like it was meant, if any.
    """

    def __init__(
        self,
        label: str,
        option: str,
        value: object,
        where: str = "",
        advice: str = CHECK,
        names: Iterable[str] = (),
    ) -> None:
        self.option = option
        place = f" in {where}" if where else ""
        self.meant = did_you_mean(str(value)[:LONGEST_VALUE], names)
        super().__init__(f"{option}: there is no {label} {quoted(value)}{place}{self.meant}; {advice}")


def did_you_mean(value: str, names: Iterable[str]) -> str:
    """A question with the names most similar to the value, the best first, or nothing; case does not matter."""
    from difflib import SequenceMatcher  # here, because only an error needs it

    known = {name.lower(): name for name in names if name and name != value}
    alike = sorted(
        ((SequenceMatcher(None, value.lower(), each).ratio(), each) for each in known), reverse=True
    )
    near = [repr(known[each]) for ratio, each in alike[:3] if ratio > max(ALIKE, alike[0][0] - MUCH_LESS)]
    return f" (did you mean {' or '.join(near)}?)" if near else ""


class AmbiguousName(CloudError):
    """Several objects answer to one name; the text lists their ids."""

    def __init__(self, label: str, option: str, value: object, ids: Iterable[str]) -> None:
        self.ids = sorted(ids)
        super().__init__(
            f"{option}: {len(self.ids)} {several(label)} match {quoted(value)}; name one by its id: {', '.join(self.ids)}"
        )

    def facts(self) -> dict[str, Any]:
        return {"ids": self.ids}


class Doubled(CloudError):
    """Somebody else created an object of the same name at the same time; ``ids`` are those of all, the oldest first."""

    def __init__(self, label: str, option: str, value: object, ids: Sequence[str]) -> None:
        self.ids = list(ids)
        keep, *rest = self.ids
        super().__init__(
            f"{option}: {len(self.ids)} {several(label)} are called {value!r}, because another task created one at the same time. "
            f"Keep {keep}, which is the oldest, and delete with state=absent: {', '.join(rest)}"
        )

    def facts(self) -> dict[str, Any]:
        return {"ids": self.ids}


class ImmutableField(CloudError):
    """The service cannot change these fields of an existing object.

    ``differences`` holds (option, value now, value wanted), the values as texts.
    """

    def __init__(self, label: str, name: str, differences: Iterable[tuple[str, str, str]]) -> None:
        self.differences = tuple(differences)
        said = ", ".join(f"{option} (is {have}, wanted {want})" for option, have, want in self.differences)
        super().__init__(
            f"The service cannot change the existing {label} {name}: {said}. Leave the option out or set "
            f"it to the present value, or delete the {label} with state=absent and create it again"
        )


def _of_request(request_id: str | None) -> str:
    """Some work has no request of its own: the state of the object tells of it."""
    return f" (request {request_id})" if request_id else ""


class OperationFailed(CloudError):
    """The service accepted a request and then could not carry it out."""

    def __init__(self, what: str, request_id: str | None, message: str) -> None:
        self.request_id = request_id
        super().__init__(f"{what} failed: {message}{_of_request(request_id)}")

    def facts(self) -> dict[str, Any]:
        return {"request_id": self.request_id}


class OperationsFailed(CloudError):
    """Several requests were awaited, and some could not be carried out.

    ``failures`` holds (what, request id, the service's message).
    """

    def __init__(self, failures: Sequence[tuple[str, str, str]]) -> None:
        self.failures = tuple(failures)
        count = len(self.failures)
        said = "; ".join(f"{what}: {message} (request {each})" for what, each, message in self.failures)
        super().__init__(f"{count} request{'s' if count > 1 else ''} failed: {said}")

    def facts(self) -> dict[str, Any]:
        return {"failed_requests": [{"id": each, "message": said} for _what, each, said in self.failures]}


class OutOfTime(CloudError):
    """``wait_timeout`` is over; ``request_id`` is that of what goes on at the service, if anything does."""

    def __init__(self, text: str, request_id: str | None = None) -> None:
        self.request_id = request_id
        super().__init__(text)

    def facts(self) -> dict[str, Any]:
        return {"request_id": self.request_id}


class OperationTimeout(OutOfTime):
    """A request was not finished within ``wait_timeout``; it goes on at the service."""

    def __init__(
        self, what: str, request_id: str | None, seconds: float, says: str, several: bool = False
    ) -> None:
        super().__init__(
            f"{what} {'were' if several else 'was'} not finished after wait_timeout={seconds:g} seconds; the service last said {says or 'nothing'}"
            f"{_of_request(request_id)}. It continues there: run the task again later, or raise wait_timeout",
            request_id,
        )


class NotBegun(OutOfTime):
    """``wait_timeout`` was over before a write was sent."""

    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(
            f"{what} was not started within wait_timeout={seconds:g} seconds. Run the task again, or raise wait_timeout"
        )
