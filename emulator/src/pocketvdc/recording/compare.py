# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two answers say the same kind of thing: their keys, types and states, not their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# Keys whose values are states.
STATES = ("state", "status", "vmState")
# States that pass: which of them a read meets is a matter of its moment.
PASSING = frozenset((
    "BUSY", "QUEUED", "RUNNING", "NEW", "PROVISIONING", "UPDATING", "DELETING", "DEPLOYING", "STARTED", "DESTROYING",
    "REPLACING", "REBUILDING", "TERMINATING",
))  # fmt: skip
# What the service repeats of a client's request: the recording has another client's.
_OF_CLIENTS = {"headers"}
IDENT = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\bs3key-\d+\b",
    re.IGNORECASE,
)
_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "list",
    dict: "object",
}


@dataclass(frozen=True)
class Found:
    """One thing that differs.

    :param what: ``status``, ``keys``, ``types`` or ``states``.
    :param where: the path of keys in the answer, ``[]`` for the elements of a list; empty for a status.
    """

    what: str
    where: str
    recorded: Any
    here: Any


class Ids:
    """What the ids, addresses and keys of a recording are called here."""

    def __init__(self) -> None:
        self._here: dict[str, str] = {}
        self._taken: set[str] = set()

    def __contains__(self, ident: str) -> bool:
        return ident in self._here

    def learn(self, recorded: Any, here: Any) -> None:
        """Take what stands at the same place of two answers for the same."""
        if isinstance(recorded, dict) and isinstance(here, dict):
            for name in recorded.keys() & here.keys():
                self.learn(recorded[name], here[name])
        elif isinstance(recorded, list) and isinstance(here, list):
            for one, other in self.pairs(recorded, here):
                self.learn(one, other)
        elif isinstance(recorded, str) and isinstance(here, str):
            one, other = IDENT.findall(recorded), _idents(here, recorded)
            if len(one) == len(other):
                for name, new in zip(one, other, strict=True):
                    if name not in self._here and new not in self._taken:
                        self._here[name] = new
                        self._taken.add(new)

    def translate(self, value: Any) -> Any:
        """The same, with the names of here."""
        if isinstance(value, dict):
            return {self.translate(name): self.translate(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.translate(each) for each in value]
        if isinstance(value, str):
            return IDENT.sub(lambda found: self._here.get(found[0], found[0]), value)
        return value

    def unknown(self, value: Any) -> list[str]:
        """The ids in it that nothing here is known to be."""
        return [each for each in IDENT.findall(str(value)) if each.count("-") == 4 and each not in self._here]

    def pairs(self, recorded: Sequence[Any], here: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Elements of two lists that are the same: by id, then by type and name, else by place in lists as long."""
        left, right = list(recorded), list(here)
        for name_one, name_other in ((self._called, _ident), (_named, _named)):
            others: dict[Any, Any] = {name_other(each): each for each in right}
            others.pop(None, None)
            for one in list(left):
                if (other := others.pop(name_one(one), None)) is not None:
                    left.remove(one)
                    right.remove(other)
                    yield one, other
        if len(left) == len(right) and not any(map(_named, (*left, *right))):
            yield from zip(left, right, strict=True)

    def _called(self, recorded: Any) -> str | None:
        """The id here of an object of the recording."""
        return self._here.get(_ident(recorded) or "")


def differences(recorded: Any, here: Any, ids: Ids, reads: bool) -> list[Found]:
    """What differs between two bodies, each kind of place once."""
    return list(dict.fromkeys(_differ(recorded, here, ids, reads, "")))


def passing(value: Any) -> bool:
    """Whether anything in an answer is in a state that passes."""
    if isinstance(value, dict):
        return any(_passes(name, each) or passing(each) for name, each in value.items())
    return isinstance(value, list) and any(map(passing, value))


def _passes(name: str, state: Any) -> bool:
    """Whether it is a state that passes; a virtual machine that is RUNNING is at rest."""
    return name in ("state", "status") and isinstance(state, str) and state in PASSING


def _differ(recorded: Any, here: Any, ids: Ids, reads: bool, where: str) -> Iterator[Found]:
    one, other = _TYPES[type(recorded)], _TYPES[type(here)]
    if one != other:
        yield Found("types", where, one, other)
    elif isinstance(recorded, dict):
        for name in sorted(recorded.keys() ^ here.keys()):
            if IDENT.fullmatch(name):
                continue  # of a map by id
            yield Found("keys", f"{where}.{name}".lstrip("."), name in recorded, name in here)
        for name in sorted((recorded.keys() & here.keys()) - _OF_CLIENTS):
            at = f"{where}.{name}".lstrip(".")
            if name in STATES and _states_differ(name, recorded[name], here[name], reads):
                yield Found("states", at, recorded[name], here[name])
            yield from _differ(recorded[name], here[name], ids, reads, at)
    elif isinstance(recorded, list):
        yield from _lists(recorded, here, ids, reads, f"{where}[]")


def _lists(recorded: list[Any], here: list[Any], ids: Ids, reads: bool, where: str) -> Iterator[Found]:
    pairs = list(ids.pairs(recorded, here))
    met = [id(one) for one, _other in pairs]
    for one in recorded:
        if id(one) not in met and (_ident(one) or "") in ids:
            yield Found("keys", f"{where}.{one.get('type', 'object')}", True, False)
    if not pairs and recorded and here:
        pairs = [(recorded[0], here[0])]
    for one, other in pairs:
        yield from _differ(one, other, ids, reads, where)


def _states_differ(name: str, recorded: Any, here: Any, reads: bool) -> bool:
    if not isinstance(recorded, str) or not isinstance(here, str) or recorded == here:
        return False
    return not (reads and (_passes(name, recorded) or _passes(name, here)))


def _idents(here: str, recorded: str) -> list[str]:
    """The ids of a text here; where one is a key of S3, the whole text is its id."""
    return [here] if recorded.startswith("s3key-") else IDENT.findall(here)


def _ident(value: Any) -> str | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _named(value: Any) -> tuple[Any, Any, str] | None:
    """What names an object to people, if anything does."""
    if not isinstance(value, dict):
        return None
    properties = value.get("properties")
    of = properties if isinstance(properties, dict) else value
    name = of.get("name")
    return (value.get("type"), of.get("location"), name) if isinstance(name, str) else None
