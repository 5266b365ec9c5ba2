# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that a test asks for, and the journal of calls."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from types import NoneType
from typing import Any

from .faultkinds import KINDS
from .queue import UNEXPECTED

HANG_SECONDS = 60.0
MOST_CALLS = 200_000  # of the journal
MOST_BODIES = 300  # whose bodies are kept
MOST_TEXT = 4096  # bytes of one
_WORDS = r"\w*(?:password|passwd|secret|token|jwt|privatekey|userdata|kubeconfig|sshkeys|registrationkey)\w*"
_SECRET = re.compile(
    rf'("{_WORDS}"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|\Z|\\\Z)|\[[^\]]*(?:\]|\Z))', re.IGNORECASE
)
_OF_FORM = re.compile(rf"((?:^|&){_WORDS}=)[^&\s]*", re.IGNORECASE)
_OF_YAML = re.compile(rf"^([ -]*{_WORDS}: ).*$", re.IGNORECASE | re.MULTILINE)


class BadFault(ValueError):
    """A fault that makes no sense; the text says why."""


@dataclass
class Fault:
    """One fault.

    :param kind: ``status`` answers an error; ``html`` a 502 page; ``slow`` waits first; ``hang`` waits and
        closes the connection; ``drop_before`` closes it at once, without effect; ``drop_after`` closes it
        after the effect, without an answer; ``half`` sends half of the answer; ``fail_request`` accepts a
        write whose request then ends FAILED.
    :param method: a method, or ``*``.
    :param path: regular expression, searched in the path.
    :param times: how many calls it strikes; 0 means for ever.
    :param skip: how many matching calls pass first.
    :param status, code, message, retry_after: of a ``status``; ``message`` also of a ``fail_request``.
    :param seconds: how long a ``slow`` (1 where omitted) or ``hang`` (60) takes.
    """

    kind: str
    method: str = "*"
    path: str = ""
    times: int = 1
    skip: int = 0
    status: int = 503
    retry_after: int | None = None
    code: str | None = None
    message: str | None = None
    seconds: float | None = None
    hits: int = 0

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Fault:
        if not isinstance(data, Mapping) or data.get("kind") not in KINDS:
            raise BadFault(f"kind must be one of {', '.join(KINDS)}")
        unknown = set(data) - set(cls.__dataclass_fields__) | ({"hits"} & set(data))
        if unknown:
            raise BadFault(f"unknown keys: {', '.join(sorted(unknown))}")
        fault = cls(**{k: v for k, v in data.items() if v is not None or k == "retry_after"})
        for name in ("times", "skip", "status"):
            if not isinstance(getattr(fault, name), int) or getattr(fault, name) < 0:
                raise BadFault(f"{name} must be a number, 0 or more")
        if not isinstance(fault.seconds, (int, float, NoneType)) or (fault.seconds or 0) < 0:
            raise BadFault("seconds must be a number, 0 or more")
        try:
            re.compile(fault.path)
        except (re.error, TypeError) as error:
            raise BadFault(f"path is not a regular expression: {error}") from None
        return fault

    @property
    def delay(self) -> float:
        """Seconds that a slow or hanging call takes."""
        return self.seconds if self.seconds is not None else 1.0 if self.kind == "slow" else HANG_SECONDS

    @property
    def failure(self) -> str:
        """The message of a request that this fault makes fail."""
        return self.message or UNEXPECTED

    def applies(self, method: str, path: str) -> bool:
        if self.kind == "fail_request" and method in ("GET", "HEAD"):
            return False  # only writes have a request
        return self.method in ("*", method) and re.search(self.path, path) is not None


class Faults:
    """The faults in force, in the order they were added."""

    def __init__(self) -> None:
        self.items: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.items.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for a call, if any; used-up faults are gone."""
        for fault in list(self.items):
            if not fault.applies(method, path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            if fault.times and fault.hits >= fault.times:
                self.items.remove(fault)
            return fault
        return None

    def clear(self) -> None:
        self.items.clear()

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.items]


class Journal:
    """The calls that came in, oldest first."""

    def __init__(self) -> None:
        self.calls: deque[dict[str, Any]] = deque(maxlen=MOST_CALLS)
        self.noted = 0
        self._bodies: deque[tuple[int, bytes, bytes]] = deque(maxlen=MOST_BODIES)

    def note(self, *, asked: bytes, answered: bytes, **call: Any) -> None:
        """Note a call; of the last ones also what was asked and answered, without secrets."""
        self.noted += 1
        self.calls.append(call)
        self._bodies.append((self.noted, asked[:MOST_TEXT], answered[:MOST_TEXT]))

    def exchange(self, number: int) -> dict[str, str] | None:
        """What was asked and answered in a call; None where that is no longer, or not yet, known."""
        for known, asked, answered in self._bodies:
            if known == number:
                return {"asked": redacted(asked), "answered": redacted(answered)}
        return None

    def since(self, number: int) -> list[dict[str, Any]]:
        """The calls after the first ``number`` ones of all that were ever noted."""
        missed = max(0, self.noted - max(0, number))
        return list(islice(self.calls, max(0, len(self.calls) - missed), None))

    def clear(self) -> None:
        self.calls.clear()
        self._bodies.clear()


def redacted(body: bytes) -> str:
    """The text of a body, in which passwords, tokens and keys are left out; also where it is cut off in one of them."""
    text = body.decode("utf-8", "replace")
    return _OF_YAML.sub(r"\1***", _OF_FORM.sub(r"\1***", _SECRET.sub(r'\1"***"', text)))
