# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cloud as text, and back: the file of ``pocketvdc snapshot`` and ``serve --state``.

The text is lines of JSON. The first one tells the format, the version that wrote it, when, and how much there is of
each kind; each line after it is one object, and the last one says how many there were, so that a file that was cut
off is noticed. Objects name each other by number, and only those of ``_CLASSES`` are made: no code is in a file.
"""

from __future__ import annotations

import json
import random
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any

from . import __version__
from .addresses import Addresses, Pool
from .cloud import Cloud, Settings
from .netfoundry import tokens as keys
from .netfoundry.accounts import Logins
from .netfoundry.platform import Platform
from .netfoundry.platform import Settings as PlatformSettings
from .netfoundry.rows import ROWS
from .netfoundry.state import Entity, Execution
from .netfoundry.table import Row as OverlayRow
from .queue import Line, Request
from .registry import Table
from .store import Contract, Record, date
from .table import Row
from .tokens import Token

FORMAT = 1
_CLASSES: dict[str, type] = {
    "Addresses": Addresses,
    "Contract": Contract,
    "Entity": Entity,
    "Execution": Execution,
    "Line": Line,
    "Logins": Logins,
    "Platform": Platform,
    "PlatformSettings": PlatformSettings,
    "Pool": Pool,
    "Record": Record,
    "Request": Request,
    "Settings": Settings,
    "Token": Token,
}
_NAMES = {kind: name for name, kind in _CLASSES.items()}
# What is no state: work that is left to do, of which there is none, and ways to ask the cloud.
_LEFT_OUT = {
    "Execution": {"done", "undo"},
    "Logins": {"_now", "_new_id"},
    "Platform": {"now", "seconds", "page_limit", "agenda"},
    "Record": {"cached"},
    "Request": {"cached", "done", "undo", "failed", "doomed", "_busy"},
}
# Of the cloud itself.
_STATE = (
    "addresses", "ahead", "contracts", "holders", "line", "mails", "netfoundry", "random", "settings", "token_key",
    "tokens",
)  # fmt: skip


class BadSnapshot(ValueError):
    """The text is no snapshot that this version can read; the message says why."""


class UnderWay(Exception):
    """Work is under way, which no file can hold."""


def save(cloud: Cloud) -> str:
    """The cloud as text. UnderWay while a request or an execution is not finished."""
    with cloud.lock:
        cloud.settle()
        if many := under_way(cloud):
            raise UnderWay(f"work is under way: {many} steps are left")
        writer = _Writer(cloud)
        state = {name: writer.value(getattr(cloud, name)) for name in _STATE}
        lines = list(writer.lines())
    head = {"format": FORMAT, "pocketvdc": __version__, "saved": date(cloud.now()), "counts": counts(cloud)}
    last = {
        "objects": len(lines),
        "cloud": state,
        "key": keys.exported(),
        "rate_limit": cloud.settings.rate_limit,
    }
    return "".join(f"{json.dumps(line)}\n" for line in (head, *lines, last))


def load(cloud: Cloud, text: str) -> None:
    """Give the cloud the state of a text; journal and faults stay. BadSnapshot leaves it as it was."""
    head, lines, last = _parts(text)
    if head.get("format") != FORMAT:
        raise BadSnapshot(f"it has the format {head.get('format')}, and this version reads {FORMAT}")
    try:
        if last["objects"] != len(lines):
            raise BadSnapshot(f"it is cut off: {len(lines)} of {last['objects']} objects are there")
        with cloud.lock:
            reader = _Reader(cloud, lines)
            state = {name: reader.value(last["cloud"][name]) for name in _STATE}
            for name, value in state.items():
                setattr(cloud, name, value)
            cloud.limit_rate(last["rate_limit"])
            keys.adopt(last["key"])
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        if isinstance(error, BadSnapshot):
            raise
        raise BadSnapshot(f"it is damaged: {type(error).__name__} {error}") from None


def head_of(line: str) -> dict[str, Any]:
    """What the first line of a snapshot tells. BadSnapshot when it is none."""
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    if not isinstance(head, dict) or "pocketvdc" not in head:
        raise BadSnapshot("it is no snapshot of pocketvdc")
    return head


def under_way(cloud: Cloud) -> int:
    """How many requests, and steps of executions, are left to do."""
    return len(cloud.line.heap) + cloud.netfoundry.agenda.left


def counts(cloud: Cloud) -> dict[str, int]:
    """How many resources of each kind there are that somebody made."""
    found: Counter[str] = Counter()
    for contract in cloud.contracts.values():
        for name, root in contract.roots.items():
            if name not in ("requests", "um/users", "images"):
                found.update(each.row.kind for record in root.values() for each in record.below())
    for kind in ("networks", "endpoints", "edge-routers", "services"):
        found[kind] += sum(entity.deleted is None for entity in cloud.netfoundry.entities[kind].values())
    return {kind: many for kind, many in sorted(found.items()) if many}


def _parts(text: str) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    first, _end, rest = text.partition("\n")
    head = head_of(first)
    try:
        lines = [json.loads(line) for line in rest.splitlines()]
    except ValueError:
        raise BadSnapshot("a line of it is not JSON") from None
    if not lines or not all(isinstance(line, dict) for line in lines) or "cloud" not in lines[-1]:
        raise BadSnapshot("it is cut off: the last line is missing")
    return head, lines[:-1], lines[-1]


def _attributes(kind: type, thing: Any) -> Iterator[str]:
    """The names of all that an object holds, with slots or without."""
    left_out = {name for each in kind.__mro__ for name in _LEFT_OUT.get(each.__name__, ())}
    slots = [name for each in kind.__mro__ for name in getattr(each, "__slots__", ())]
    yield from (name for name in slots or vars(thing) if name not in left_out and hasattr(thing, name))


class _Writer:
    """Numbers objects as they are met, and writes each once."""

    def __init__(self, cloud: Cloud):
        self.cloud = cloud
        self.numbers: dict[int, int] = {}
        self.met: deque[Any] = deque()
        self.shared = {
            id(record): (collection, ident)
            for collection in ("locations", "images", "templates")
            for ident, record in cloud.shared(collection).items()
        }

    def lines(self) -> Iterator[dict[str, Any]]:
        while self.met:
            thing = self.met.popleft()
            kind = type(thing)
            state = {name: self._attribute(thing, name) for name in _attributes(kind, thing)}
            yield {"class": _NAMES[kind], "state": state}

    def _attribute(self, thing: Any, name: str) -> Any:
        value = getattr(thing, name)
        # These are kept by identity, which is another one next time.
        return self.value(list(value.values()) if name == "_targets" else value)

    def value(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            if all(isinstance(name, str) and name != "$" for name in value):
                return {name: self.value(each) for name, each in value.items()}
            return _tagged("map", [[self.value(name), self.value(each)] for name, each in value.items()])
        for kind, tag, plain in _PLAIN:
            if isinstance(value, kind):
                return _tagged(tag, plain(self, value))
        return self._reference(value)

    def _reference(self, value: Any) -> Any:
        if value is self.cloud:
            return _tagged("cloud", None)
        if id(value) in self.shared:
            return _tagged("shared", list(self.shared[id(value)]))
        if type(value) not in _NAMES:
            raise TypeError(f"a snapshot cannot hold a {type(value).__name__}")
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.numbers)
            self.met.append(value)
        return _tagged("ref", self.numbers[id(value)])


def _tagged(tag: str, content: Any) -> dict[str, Any]:
    return {"$": [tag, content]}


def _row(writer: _Writer, row: Any) -> list[str]:
    return ["overlay" if isinstance(row, OverlayRow) else "compute", row.kind]


def _items(writer: _Writer, items: Any) -> list[Any]:
    return [writer.value(each) for each in items]


# How values are written that JSON does not know.
_PLAIN: tuple[tuple[Any, str, Callable[[_Writer, Any], Any]], ...] = (
    (tuple, "tuple", _items),
    ((set, frozenset), "set", lambda writer, items: sorted(_items(writer, items), key=str)),
    (bytes, "bytes", lambda _writer, value: value.hex()),
    (IPv4Network, "network", lambda _writer, value: str(value)),
    (random.Random, "random", lambda _writer, value: value.getstate()),
    ((Row, OverlayRow), "row", _row),
)


class _Reader:
    """Makes all objects first, and gives them their state then."""

    def __init__(self, cloud: Cloud, lines: list[dict[str, Any]]):
        self.cloud = cloud
        self.table: Table = cloud.table
        self.things: list[Any] = []
        for line in lines:
            if line["class"] not in _CLASSES:
                raise BadSnapshot(f"it holds a {line['class']}, which this version does not know")
            self.things.append(self._empty(_CLASSES[line["class"]]))
        for thing, line in zip(self.things, lines, strict=True):
            self._fill(thing, line["state"])

    def _empty(self, kind: type) -> Any:
        if kind is Platform:
            return self.cloud.new_platform()
        made: Any = object.__new__(kind)
        if kind is Request:
            made.done, made.undo, made.failed, made.doomed, made._busy = [], [], [], bool, {}
        elif kind is Execution:
            made.done = made.undo = bool
        elif kind is Logins:
            made._now, made._new_id = self.cloud.now, lambda: self.cloud.netfoundry.new_id()
        if isinstance(made, Record):
            made.cached = None
        return made

    def _fill(self, thing: Any, state: Mapping[str, Any]) -> None:
        for name, written in state.items():
            value = self.value(written)
            if name == "_targets":
                value = {id(record): record for record in value}
            object.__setattr__(thing, name, value)

    def value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) != {"$"}:
            return {name: self.value(each) for name, each in value.items()}
        tag, content = value["$"]
        return _READ[tag](self, content)

    def row(self, content: list[str]) -> Any:
        family, kind = content
        return ROWS[kind] if family == "overlay" else self.table[kind]


def _random(reader: _Reader, state: Any) -> random.Random:
    made = random.Random()
    version, internal, following = state
    made.setstate((version, tuple(internal), following))
    return made


_READ: dict[str, Callable[[_Reader, Any], Any]] = {
    "bytes": lambda _reader, content: bytes.fromhex(content),
    "cloud": lambda reader, _content: reader.cloud,
    "map": lambda reader, content: {reader.value(name): reader.value(each) for name, each in content},
    "network": lambda _reader, content: IPv4Network(content),
    "random": _random,
    "ref": lambda reader, content: reader.things[content],
    "row": _Reader.row,
    "set": lambda reader, content: {reader.value(each) for each in content},
    "shared": lambda reader, content: reader.cloud.shared(content[0])[content[1]],
    "tuple": lambda reader, content: tuple(reader.value(each) for each in content),
}
