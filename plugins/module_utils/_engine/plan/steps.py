# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls of a plan: what each sends, what it needs before, and what it changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from ..schema.resource import Resource
from .compare import Change

Path: TypeAlias = tuple[str, ...]
"""Where an object is in its tree, such as ``("servers", "web-01", "nics", "public")``; the root's is empty."""
Key: TypeAlias = tuple[str, Path]


@dataclass(frozen=True)
class Ref:
    """Stands for the id of the object at a path that is yet to be created; ``number``: sent as an integer."""

    path: Path
    number: bool = False

    def __str__(self) -> str:
        return "/".join(self.path[1::2])

    def __repr__(self) -> str:
        """As messages show a value: the name that the task gives."""
        return repr(str(self))

    def of(self, ids: Mapping[Path, str]) -> str | int:
        """The id itself. Raises KeyError while it is not known."""
        return int(ids[self.path]) if self.number else ids[self.path]


Url: TypeAlias = "tuple[str | Ref, ...]"
Parents: TypeAlias = Mapping[str, Any]
"""By kind the id, or a `Ref`."""


class Call(NamedTuple):
    """One call that changes something, as it is sent.

    ``safe``: it is repeated when its answer is lost. ``form``: the body is sent as a form, where the service takes no
    JSON.
    """

    verb: str
    what: str
    method: str
    path: str
    body: Any = None
    query: Mapping[str, Any] | None = None
    safe: bool = False
    form: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Creation:
    """What a creation brings along: the object at ``path``, and by the wire's name of each collection those below."""

    path: Path
    below: Mapping[str, tuple[Creation, ...]] = field(default_factory=dict)

    def paths(self) -> Iterator[Path]:
        yield self.path
        for each in self.below.values():
            for created in each:
                yield from created.paths()

    def ids(self, answer: Mapping[str, Any], name_of: Callable[[Mapping[str, Any]], str]) -> dict[Path, str]:
        """The ids that the answer to the creation tells; objects are known by their name, else by their place."""
        found = {self.path: str(answer["id"])} if answer.get("id") is not None else {}
        for entity, created in self.below.items():
            items = ((answer.get("entities") or {}).get(entity) or {}).get("items") or []
            names = [name_of(item) for item in items]
            for place, each in enumerate(created):
                if names.count(each.path[-1]) == 1:
                    found.update(each.ids(items[names.index(each.path[-1])], name_of))
                elif len(items) == len(created):
                    found.update(each.ids(items[place], name_of))
        return found


class Rest(NamedTuple):
    """An object that must be at rest before a step begins."""

    resource: Resource
    parents: Mapping[str, str]
    item_id: str


@dataclass(frozen=True, eq=False, repr=False)
class Step:
    """One call of a plan.

    ``url`` and ``body`` may hold a `Ref`, which makes the step wait for the one that creates it; ``waits_for`` names
    further steps to be done before, ``rests`` objects that must be at rest, where the task waits at all. ``before``
    and ``after`` are what diffs show of it, without secrets, None where there is nothing; ``shows`` is what it changes
    in the object's result beside its fields, and ``change`` what it changes of these. ``name`` is the object's, where its path does not tell.
    ``sealed`` names the options whose values are never shown, ``goes_with`` holds the paths of what the service deletes
    with the object, and ``restart`` says whether a running server restarts, if that is known. ``twin`` tells
    it from another step that does the same at the same path: it is the object's id, or a word.
    """

    verb: str
    path: Path
    resource: Resource
    method: str
    url: Url
    body: Any = None
    name: str = ""
    label: str = ""
    query: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    shows: Mapping[str, Any] = field(default_factory=dict)
    change: Change | None = None
    creation: Creation | None = None
    waits_for: tuple[Key, ...] = ()
    rests: tuple[Rest, ...] = ()
    safe: bool = False
    form: bool = False
    sealed: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()
    restart: bool | None = None
    twin: str = ""

    @property
    def key(self) -> Key:
        return self.verb, (*self.path, self.twin) if self.twin else self.path

    @property
    def what(self) -> str:
        name = "/".join(self.path[1::2]) or self.name
        return f"{self.label or self.resource.label} {name}".rstrip()

    @property
    def action(self) -> str:
        """The step in a word: what is created in the task's object is named by its kind."""
        return f"create_{self.resource.kind}" if self.verb == "create" and self.path else self.verb

    def __str__(self) -> str:
        return f"{self.verb} of {self.what}"

    def as_result(self) -> dict[str, Any]:
        """The step as results show it."""
        fields = sorted(self.after or {}) if self.verb == "update" else []
        name = self.path[-1] if self.path else str((self.after or {}).get("name") or "")
        told = {"verb": self.verb, "path": "/".join(self.path), "name": name, "fields": fields}
        return told if self.restart is None else {**told, "restart": self.restart}

    def but(self, **changes: Any) -> Step:
        """The step with something changed."""
        return replace(self, **changes)

    def refs(self) -> Iterator[Ref]:
        yield from _refs(self.url)
        yield from _refs(self.body)

    def call(self, ids: Mapping[Path, str]) -> Call:
        """The call, once all that it refers to is there. Raises KeyError before."""
        path = "/".join(str(_filled(part, ids)) for part in self.url)
        body = _filled(self.body, ids)
        return Call(self.verb, self.what, self.method, path, body, self.query, self.safe, self.form)


def _refs(value: Any) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _refs(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _refs(each)


def _filled(value: Any, ids: Mapping[Path, str]) -> Any:
    """The value with ids in place of references."""
    if isinstance(value, Ref):
        return value.of(ids)
    if isinstance(value, Mapping):
        return {name: _filled(each, ids) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_filled(each, ids) for each in value]
    return value


def without_refs(value: Any, show: Callable[[Ref], Any] = lambda ref: None) -> Any:
    """The value with what can be shown in place of references; nothing is known of ids to come."""
    if isinstance(value, Ref):
        return show(value)
    if isinstance(value, Mapping):
        return {name: without_refs(each, show) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_refs(each, show) for each in value]
    return value


def url(template: str, parents: Parents) -> Url:
    """A resource's path with the ids of its parents, which may be yet to come."""
    return tuple(
        parents[part[1:-1]] if part.startswith("{") else part for part in template.split("/") if part
    )


def needs(steps: Sequence[Step]) -> dict[Key, set[Key]]:
    """For each step, which others must be done before it."""
    makers = {path: step.key for step in steps if step.creation for path in step.creation.paths()}
    keys = {step.key for step in steps}
    found = {}
    for step in steps:
        asked = {makers[ref.path] for ref in step.refs() if ref.path in makers} | set(step.waits_for)
        found[step.key] = (asked & keys) - {step.key}
    return found


def stuck(steps: Sequence[Step]) -> list[Step]:
    """The steps that wait for each other, and could never begin."""
    waits = needs(steps) if len(steps) > 1 else {}
    left, count = set(waits), 0
    while len(left) != count:
        count = len(left)
        left = {key for key in left if waits[key] & left}
    count = 0
    while len(left) != count:  # what merely waits for them is not at fault
        count = len(left)
        left &= {key for each in left for key in waits[each]}
    return [step for step in steps if step.key in left]


def distinct(steps: Sequence[Step]) -> list[Step]:
    """The steps, each with a unique key. A step that waits for one of several objects of one name waits for all."""
    keys: dict[Key, list[Key]] = {}
    found = []
    for step in steps:
        known = keys.setdefault(step.key, [])
        if known:
            step = step.but(twin=str(step.url[-1]))
        known.append(step.key)
        found.append(step)
    return [
        step.but(waits_for=tuple(key for each in step.waits_for for key in keys.get(each, [each])))
        for step in found
    ]


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key to sort names by, in which numbers count: web-9 comes before web-10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name))
