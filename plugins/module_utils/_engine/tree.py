# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nested resources in one task: a pure plan of steps, and steps carried out at the same time.

A tree is the result of a root object that holds the results of its children, as `Resource.decode` makes it. A
description is what a user wants of it: nested mappings of options, called nodes here. Both name an object by its path,
such as ``("servers", "web-01", "nics", "public")``; the root's is empty.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from .clock import Deadline, Progress
from .errors import (
    AmbiguousName,
    ApiError,
    CloudError,
    ImmutableField,
    InvalidOption,
    NotFound,
    OperationFailed,
    Unanswered,
)
from .operation import Operation, Watch
from .reconcile import Change, plan
from .resource import Child, Resource
from .service import Item, Service, Write
from .writes import update_body

Path = tuple[str, ...]
Key = tuple[str, Path]
Node = dict[str, Any]


@dataclass(frozen=True)
class Ref:
    """Stands for the id of the object at a path that is yet to be created; ``number``: sent as an integer."""

    path: Path
    number: bool = False

    def __str__(self) -> str:
        return "/".join(self.path[1::2])

    def of(self, ids: Mapping[Path, str]) -> str | int:
        """The id itself. Raises KeyError while it is not known."""
        return int(ids[self.path]) if self.number else ids[self.path]


Url: TypeAlias = "tuple[str | Ref, ...]"
Parents = Mapping[str, Any]  # by kind the id, or a `Ref`


@dataclass(frozen=True)
class Made:
    """What a creation brings along: the object at ``path``, and by the wire's name of each collection those below."""

    path: Path
    below: Mapping[str, tuple[Made, ...]] = field(default_factory=dict)

    def paths(self) -> Iterator[Path]:
        yield self.path
        for each in self.below.values():
            for made in each:
                yield from made.paths()

    def ids(self, answer: Mapping[str, Any], name_of: Callable[[Mapping[str, Any]], str]) -> dict[Path, str]:
        """The ids that the answer to the creation tells; objects are known by their name, else by their place."""
        found = {self.path: str(answer["id"])} if answer.get("id") is not None else {}
        for entity, made in self.below.items():
            items = ((answer.get("entities") or {}).get(entity) or {}).get("items") or []
            names = [name_of(item) for item in items]
            for place, each in enumerate(made):
                if names.count(each.path[-1]) == 1:
                    found.update(each.ids(items[names.index(each.path[-1])], name_of))
                elif len(items) == len(made):
                    found.update(each.ids(items[place], name_of))
        return found


@dataclass(frozen=True)
class Step:
    """One call of a plan. ``before`` and ``after`` are what it changes, without secrets, None where there is nothing.

    ``url`` and ``body`` may hold a `Ref`, which makes the step wait for the one that creates it; ``waits_for`` names
    further steps to be done before.
    """

    verb: str
    path: Path
    label: str
    method: str
    url: Url
    body: Any = None
    query: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    made: Made | None = None
    waits_for: tuple[Key, ...] = ()
    safe: bool = False

    @property
    def key(self) -> Key:
        return self.verb, self.path

    @property
    def what(self) -> str:
        return f"{self.label} {'/'.join(self.path[1::2])}".rstrip()

    def __str__(self) -> str:
        return f"{self.verb} of {self.what}"

    def told(self) -> dict[str, Any]:
        """The step as results show it."""
        fields = sorted(self.after or {}) if self.verb == "update" else []
        name = self.path[-1] if self.path else str((self.after or {}).get("name") or "")
        return {"verb": self.verb, "path": "/".join(self.path), "name": name, "fields": fields}

    def refs(self) -> Iterator[Ref]:
        yield from _refs(self.url)
        yield from _refs(self.body)

    def write(self, ids: Mapping[Path, str]) -> Write:
        """The call, once all that it refers to is there. Raises KeyError before."""
        path = "/".join(str(_filled(part, ids)) for part in self.url)
        return Write(
            self.verb, self.what, self.method, path, _filled(self.body, ids), self.query, safe=self.safe
        )


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


def url(template: str, parents: Parents) -> Url:
    """A resource's path with the ids of its parents, which may be yet to come."""
    return tuple(
        parents[part[1:-1]] if part.startswith("{") else part for part in template.split("/") if part
    )


# -- deciding -----------------------------------------------------------------------------------------------------


class Unplannable(CloudError):
    """A description that cannot be reached: ``str()`` names every reason, each with its path."""

    def __init__(self, problems: Sequence[tuple[Path, CloudError]]) -> None:
        self.problems = tuple(problems)
        said = [f"{'/'.join(path)}: {_reason(error)}" if path else _reason(error) for path, error in problems]
        advice = (
            ". Leave these options out or set them to the present values, or delete the objects and create them anew"
            if any(isinstance(error, ImmutableField) for _path, error in problems)
            else ""
        )
        super().__init__(f"Nothing was changed. {'; '.join(said)}{advice}")


def _reason(error: CloudError) -> str:
    if isinstance(error, ImmutableField):
        said = ", ".join(
            f"{option} (is {have!r}, wanted {want!r})" for option, have, want in error.differences
        )
        return f"the service cannot change {said}"
    return str(error)


class Planner:
    """Decides what a tree needs, and collects it in ``steps``; ``unmanaged`` are paths that nobody described.

    ``purge`` names the collections from which what is not listed is deleted, or says ``all``. A vendor's subclass says
    what is special about its resources, in `prepare`, `check`, `follow` and `inside`.
    """

    def __init__(self, purge: Collection[str] = ()) -> None:
        self._purge = frozenset(purge)
        self.steps: list[Step] = []
        self.unmanaged: list[str] = []
        self.problems: list[tuple[Path, CloudError]] = []

    # -- what a vendor may say --

    def prepare(self, resource: Resource, want: Node, path: Path) -> Node:
        """The node with ids, or a `Ref`, in place of the names of other objects."""
        return want

    def check(self, resource: Resource, want: Node, have: Item | None, path: Path) -> None:
        """Raise CloudError for what the service would refuse."""

    def source(self, resource: Resource, want: Node) -> Node:
        """The node of an object to be created, as it is sent."""
        return want

    def follow(self, resource: Resource, want: Node, path: Path, item: Url, parents: Parents) -> None:
        """Add what a new object needs beyond its creation: here the fields that only an update takes."""
        later = {f.name: want[f.name] for f in resource.writable if f.name in want and not f.on_create}
        if later:
            self.update(Change(resource, "update", None, None, later), path, item, parents)

    def inside(
        self, resource: Resource, want: Node, have: Item, path: Path, parents: Parents
    ) -> dict[str, list[Item]]:
        """Plan the collections below an object that is there; their predicted results."""
        return {
            child.name: self.branch(child, want.get(child.name), have[child.name], path, parents)
            for child in resource.children
            if child.creatable
        }

    # -- the walk --

    def branch(
        self,
        child: Child,
        wants: Sequence[Node] | None,
        haves: Sequence[Item],
        at: Path,
        parents: Parents,
    ) -> list[Item]:
        """Plan one collection of the object at ``at``; its predicted results. None: nothing of it is described."""
        prepared = [self._prepared_alone(child.resource, want, (*at, child.name)) for want in wants or ()]
        pairs, rest = pair(child, prepared, haves, at)
        after = []
        for want, have in pairs:
            path = (*at, child.name, name_of(child.resource, want))
            # What is in an object that is there is planned, and prepared, as a branch of its own.
            want = want if have is not None else self._with_prepared(child.resource, want, path)
            after.append(self.node(child, want, have, path, parents))
        return after + self.leftover(child, rest, at, parents, listed=wants is not None)

    def node(
        self,
        child: Child,
        want: Node,
        have: Item | None,
        path: Path,
        parents: Parents,
    ) -> Item:
        """Plan one object and all in it; the predicted result."""
        resource = child.resource
        if have is None:
            return self.create(resource, want, path, parents, url(resource.path, parents))
        change = self.decide(resource, want, have, path)
        item = (*url(resource.path, parents), str(have["id"]))
        if change.patch:
            self.update(change, path, item, parents)
        below = {**parents, resource.kind: str(have["id"])}
        return {**(change.after or have), **self.inside(resource, want, have, path, below)}

    def leftover(
        self,
        child: Child,
        rest: Sequence[Item],
        at: Path,
        parents: Parents,
        listed: bool,
    ) -> list[Item]:
        """Delete what is not listed where that is wanted, else report it; what stays."""
        if listed and self.purges(child.name):
            for have in sorted(rest, key=lambda each: natural(name_of(child.resource, each)), reverse=True):
                self.delete(child, have, at, parents)
            return []
        self.unmanaged += ["/".join((*at, child.name, name_of(child.resource, have))) for have in rest]
        return list(rest)

    def purges(self, collection: str) -> bool:
        return collection in self._purge or "all" in self._purge

    # -- steps --

    def decide(self, resource: Resource, want: Node, have: Item | None, path: Path) -> Change:
        """What one object needs by itself; a problem is noted, and then nothing."""
        nested = {child.name for child in resource.children}
        # A new object's children are part of its creation; those of an old one are planned one by one.
        own = {name: value for name, value in want.items() if have is None or name not in nested}
        try:
            self.check(resource, want, have, path)
            return plan(resource, own, have)
        except CloudError as error:
            self.problems.append((path, error))
            return Change(resource, "none", have, have or resource.decode({}, {}))

    def create(
        self,
        resource: Resource,
        want: Node,
        path: Path,
        parents: Parents,
        collection: Url,
        waits_for: tuple[Key, ...] = (),
    ) -> Item:
        """Create an object and all that is in it with one call, and what that call cannot do after it."""
        change = self.decide(resource, want, None, path)
        body = self.body(resource, want, path, parents)
        shown, made = shown_node(resource, want), made_of(resource, want, path)
        self.steps.append(
            Step(
                "create",
                path,
                resource.label,
                "POST",
                collection,
                body,
                after=shown,
                made=made,
                waits_for=waits_for,
            )
        )
        self._follow_all(resource, want, path, parents)
        return dict(without_refs(change.after or {}))

    def body(self, resource: Resource, want: Node, path: Path, parents: Parents) -> dict[str, Any]:
        """What creates an object with all that is in it; what cannot be is noted."""
        initial = {f.name: f.initial for f in resource.writable if f.initial is not None}
        try:
            own = self.source(resource, {**initial, **want})
        except CloudError as error:
            self.problems.append((path, error))
            own = want
        below = {**parents, resource.kind: Ref(path)}
        entities = {
            child.entity: {
                "items": [
                    self.body(child.resource, each, (*path, child.name, name_of(child.resource, each)), below)
                    for each in want[child.name]
                ]
            }
            for child in resource.children
            if child.creatable and want.get(child.name)
        }
        nested = {child.name for child in resource.children}
        body = resource.body({name: value for name, value in own.items() if name not in nested}, parents)
        return {**body, "entities": entities} if entities else body

    def update(
        self,
        change: Change,
        path: Path,
        item: Url,
        parents: Parents,
        waits_for: tuple[Key, ...] = (),
    ) -> None:
        """Send the fields of a change."""
        resource, have = change.resource, change.before or {}
        visible = {f.name for f in resource.shown}
        after = {name: without_refs(value, str) for name, value in change.patch.items() if name in visible}
        self.steps.append(
            Step(
                "update",
                path,
                resource.label,
                resource.update_method,
                item,
                update_body(change, parents),
                before={name: have.get(name) for name in after},
                after=after,
                waits_for=waits_for,
            )
        )

    def delete(
        self,
        child: Child,
        have: Item,
        at: Path,
        parents: Parents,
        waits_for: tuple[Key, ...] = (),
    ) -> None:
        resource = child.resource
        path = (*at, child.name, name_of(resource, have))
        item = (*url(resource.path, parents), str(have["id"]))
        before = shown_item(resource, have)
        self.steps.append(
            Step(
                "delete", path, resource.label, "DELETE", item, before=before, waits_for=waits_for, safe=True
            )
        )

    def _follow_all(self, resource: Resource, want: Node, path: Path, parents: Parents) -> None:
        self.follow(resource, want, path, (*url(resource.path, parents), Ref(path)), parents)
        below = {**parents, resource.kind: Ref(path)}
        for child in resource.children:
            for each in want.get(child.name) or () if child.creatable else ():
                self._follow_all(
                    child.resource, each, (*path, child.name, name_of(child.resource, each)), below
                )

    def _prepared(self, resource: Resource, want: Node, at: Path) -> Node:
        """The node and all in it, prepared; a problem is noted."""
        want = self._prepared_alone(resource, want, at)
        return self._with_prepared(resource, want, (*at, name_of(resource, want)))

    def _prepared_alone(self, resource: Resource, want: Node, at: Path) -> Node:
        path = (*at, name_of(resource, want))
        try:
            return self.prepare(resource, want, path)
        except CloudError as error:
            self.problems.append((path, error))
            return want

    def _with_prepared(self, resource: Resource, want: Node, path: Path) -> Node:
        """The node with all in it prepared."""
        nested = {
            child.name: [
                self._prepared(child.resource, each, (*path, child.name)) for each in want[child.name]
            ]
            for child in resource.children
            if child.creatable and want.get(child.name)
        }
        return {**want, **nested}


def pair(
    child: Child, wants: Sequence[Node], haves: Sequence[Item], at: Path
) -> tuple[list[tuple[Node, Item | None]], list[Item]]:
    """Each listed object with the present one that it means, and the present ones that nobody listed.

    They are known by id where one is given, else by name, else by the resource's second mark. Raises InvalidOption for
    one listed twice, AmbiguousName, and NotFound for an id that is not there.
    """
    resource = child.resource
    known: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for have in haves:
        for mark in ("id", resource.identity, resource.fallback):
            if mark and have.get(mark) not in (None, ""):
                known[mark, str(have[mark]).lower() if mark == "id" else str(have[mark])].append(have)
    option = "/".join((*at, child.name))
    taken: dict[str, str] = {}
    listed: set[tuple[str, str]] = set()
    pairs: list[tuple[Node, Item | None]] = []
    for want in wants:
        mark, value = marked(resource, want, option)
        if (mark, value) in listed:
            raise InvalidOption(f"{option}: the {resource.label} {value!r} is listed twice")
        listed.add((mark, value))
        found = known.get((mark, value), [])
        if len(found) > 1:
            raise AmbiguousName(resource.label, option, value, [str(each["id"]) for each in found])
        if not found and mark == "id":
            raise NotFound(resource.label, f"{option}.id", value, advice="leave the id out to create one")
        meant = found[0] if found else None
        if meant is not None and taken.setdefault(str(meant["id"]), value) != value:
            raise InvalidOption(
                f"{option}: {taken[str(meant['id'])]!r} and {value!r} are the same {resource.label}"
            )
        pairs.append((want, meant))
    return pairs, [have for have in haves if str(have["id"]) not in taken]


def marked(resource: Resource, want: Node, option: str) -> tuple[str, str]:
    """By which field a listed object is known, and its value there."""
    for mark in ("id", resource.identity, resource.fallback):
        if mark and want.get(mark) not in (None, ""):
            value = str(want[mark])
            return mark, value.lower() if mark == "id" else value
    raise InvalidOption(f"{option}: each {resource.label} needs a {resource.identity}")


def name_of(resource: Resource, each: Mapping[str, Any]) -> str:
    """What a path calls an object, wanted or present: its name, else its second mark or its id."""
    if each.get(resource.identity) not in (None, ""):
        return str(each[resource.identity])
    if resource.fallback and each.get(resource.fallback) not in (None, ""):
        return f"{resource.fallback} {each[resource.fallback]}"
    return str(each.get("id") or "")


def made_of(resource: Resource, want: Node, path: Path) -> Made:
    """What the creation of a node brings along."""
    below = {
        child.entity: tuple(
            made_of(child.resource, each, (*path, child.name, name_of(child.resource, each)))
            for each in want[child.name]
        )
        for child in resource.children
        if child.creatable and want.get(child.name)
    }
    return Made(path, below)


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key to sort names by, in which numbers count: web-9 comes before web-10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name))


def needs(steps: Sequence[Step]) -> dict[Key, set[Key]]:
    """For each step, which others must be done before it."""
    makers = {path: step.key for step in steps if step.made for path in step.made.paths()}
    keys = {step.key for step in steps}
    found = {}
    for step in steps:
        asked = {makers[ref.path] for ref in step.refs() if ref.path in makers} | set(step.waits_for)
        found[step.key] = (asked & keys) - {step.key}
    return found


# -- showing ------------------------------------------------------------------------------------------------------


def without_refs(value: Any, show: Callable[[Ref], Any] = lambda ref: None) -> Any:
    """The value with what can be shown in place of references; nothing is known of ids to come."""
    if isinstance(value, Ref):
        return show(value)
    if isinstance(value, Mapping):
        return {name: without_refs(each, show) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_refs(each, show) for each in value]
    return value


def shown_node(resource: Resource, want: Node) -> dict[str, Any]:
    """A node without its secrets; collections by name."""
    visible = {f.name for f in resource.shown}
    shown = {
        name: without_refs(value, str) for name, value in want.items() if name in visible and value != []
    }
    return {**shown, **_shown_below(resource, want, shown_node)}


def shown_item(resource: Resource, have: Item) -> dict[str, Any]:
    """What a description could say of a present object; collections by name."""
    named = [f.name for f in resource.shown if not f.read_only]
    shown = {name: have[name] for name in named if have.get(name) not in (None, [], "")}
    return {**shown, **_shown_below(resource, have, shown_item)}


def _shown_below(
    resource: Resource, each: Mapping[str, Any], show: Callable[[Resource, dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    return {
        child.name: {name_of(child.resource, one): show(child.resource, one) for one in each[child.name]}
        for child in resource.children
        if child.creatable and each.get(child.name)
    }


def difference(steps: Iterable[Step]) -> dict[str, str]:
    """Before and after of the whole tree as YAML, only what the steps change; empty texts for no steps."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        _put(before, step.path, step.before)
        _put(after, step.path, step.after)
    return {"before": to_yaml(before), "after": to_yaml(after)}


def _put(tree: dict[str, Any], path: Path, value: Mapping[str, Any] | None) -> None:
    if value is None:
        return
    here: dict[str, Any] = tree
    for part in path:
        here = here.setdefault(part, {})
    here.update(value)


PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./ -]*(?<! )")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "none"}


def to_yaml(value: Any, indent: str = "") -> str:
    """Block YAML of plain values, without a library that a module's Python may lack; an empty mapping is no text."""
    lines: list[str] = []
    for name, each in value.items():
        if isinstance(each, Mapping) and each:
            lines.append(f"{indent}{_scalar(name)}:\n{to_yaml(each, indent + '  ')}")
        elif isinstance(each, list) and each:
            lines.append(f"{indent}{_scalar(name)}:\n")
            lines += [_entry(one, indent + "  ") for one in each]
        else:
            lines.append(f"{indent}{_scalar(name)}: {_scalar(each)}\n")
    return "".join(lines)


def _entry(value: Any, indent: str) -> str:
    if isinstance(value, Mapping) and value:
        return f"{indent}- {to_yaml(value, indent + '  ')[len(indent) + 2 :]}"
    return f"{indent}- {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    """Plain where that is surely text, else quoted; what is no text as JSON, which YAML reads too."""
    if not isinstance(value, str):
        return json.dumps(value)
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    return (
        '"'
        + "".join(ESCAPES.get(each, each if each.isprintable() else f"\\U{ord(each):08x}") for each in value)
        + '"'
    )


# -- doing --------------------------------------------------------------------------------------------------------


class Watching(Service, Protocol):
    """A service whose operations can be awaited together."""

    def watch(self, deadline: Deadline, progress: Progress | None = None) -> Watch:
        """Operations that are awaited together, each added by the id of its request."""


@dataclass
class Applied:
    """What became of the steps of a plan.

    ``unclear`` are steps whose answer was lost, and ``left`` those that could not begin because of them or of a
    failure: a new plan tells what of them is still to be done.
    """

    done: list[Step] = field(default_factory=list)
    failed: list[tuple[Step, CloudError]] = field(default_factory=list)
    unclear: list[tuple[Step, CloudError]] = field(default_factory=list)
    left: list[Step] = field(default_factory=list)
    ids: dict[Path, str] = field(default_factory=dict)
    request_ids: dict[Key, str] = field(default_factory=dict)
    request_id: str | None = None


class StepsFailed(CloudError):
    """Some steps failed. The rest was done; what depends on them was not begun."""

    def __init__(self, applied: Sequence[Step], outcome: Applied) -> None:
        self.applied = tuple(applied)
        self.outcome = outcome
        reasons = [f"{step}: {error}" for step, error in outcome.failed]
        left = f". Not begun because of that: {', '.join(map(str, outcome.left))}" if outcome.left else ""
        done = (
            f". Done: {len(self.applied)} of {len(self.applied) + len(reasons) + len(outcome.left)} steps; "
            "run the task again to do the rest"
        )
        super().__init__(f"{'; '.join(reasons)}{left}{done}")

    def facts(self) -> dict[str, Any]:
        failed = [
            {
                **step.told(),
                "request_id": getattr(error, "request_id", None) or self.outcome.request_ids.get(step.key),
                "message": str(error),
            }
            for step, error in self.outcome.failed
        ]
        return {
            "changed": bool(self.applied),
            "applied": [step.told() for step in self.applied],
            "failed_steps": failed,
            "left_steps": [step.told() for step in self.outcome.left],
            "request_id": failed[0]["request_id"] if failed else None,
        }


def apply(
    cloud: Watching,
    steps: Sequence[Step],
    deadline: Deadline,
    wait: bool = True,
    concurrency: int = 8,
    name_of: Callable[[Mapping[str, Any]], str] = lambda item: "",
) -> Applied:
    """Carry out the steps of a plan: those that depend on no other at the same time, up to ``concurrency`` calls.

    Each step begins once all that it needs is done. All that is under way is awaited together; without ``wait`` only
    what another step needs. ``name_of`` reads an object's name from the service's answer. Raises no CloudError:
    what went wrong is in the result.
    """
    return _Work(cloud, steps, deadline, wait, name_of).run(max(1, concurrency))


class _Work:
    def __init__(
        self,
        cloud: Watching,
        steps: Sequence[Step],
        deadline: Deadline,
        wait: bool,
        name_of: Callable[[Mapping[str, Any]], str],
    ) -> None:
        self._cloud = cloud
        self._deadline = deadline
        self._wait = wait
        self._name_of = name_of
        self._total = len(steps)
        self._open = {step.key: step for step in steps}
        self._needs = needs(steps)
        self._needed_by: dict[Key, list[Key]] = defaultdict(list)
        for key, asked in self._needs.items():
            for each in asked:
                self._needed_by[each].append(key)
        self._under_way: dict[str, Step] = {}
        self._watch = cloud.watch(deadline, self._progress if cloud.progress else None)
        self.outcome = Applied()

    def run(self, concurrency: int) -> Applied:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(concurrency)
        try:
            while True:
                ready = [step for key, step in self._open.items() if not self._needs[key]]
                if ready:
                    for step in ready:
                        del self._open[step.key]
                    send = map if concurrency == 1 or len(ready) == 1 else pool.map
                    for step, answer in zip(ready, send(self._send, ready), strict=True):
                        self._sent(step, answer)
                elif self._under_way:
                    self._round()
                else:
                    break
        finally:
            # What has not begun when the task is interrupted shall not begin any more.
            pool.shutdown(cancel_futures=True)
        self.outcome.left += self._open.values()
        return self.outcome

    def _send(self, step: Step) -> tuple[Item, Operation | None] | CloudError:
        try:
            return self._cloud.send(step.write(self.outcome.ids), self._deadline)
        except CloudError as error:
            return error
        except KeyError:
            return Unanswered(f"The service did not say the id of what the {step} refers to")

    def _sent(self, step: Step, answer: tuple[Item, Operation | None] | CloudError) -> None:
        if isinstance(answer, CloudError):
            # A gateway's error says as little about a POST as a lost connection does.
            lost = isinstance(answer, Unanswered) or (
                step.method == "POST" and isinstance(answer, ApiError) and answer.status in (502, 503, 504)
            )
            (self.outcome.unclear if lost else self.outcome.failed).append((step, answer))
            return
        item, operation = answer
        if step.made is not None:
            self.outcome.ids.update(step.made.ids(item, self._name_of))
        if operation is None:
            self._done(step)
            return
        request_id = operation.request_id or f"{step.verb} {step.what}"
        self.outcome.request_id = self.outcome.request_ids[step.key] = request_id
        if self._wait or self._needed_by[step.key]:
            self._under_way[request_id] = step
            self._watch.add(request_id, str(step), operation.request_id)
        else:
            self._done(step)

    def _round(self) -> None:
        try:
            ended = self._watch.round()
        except CloudError as error:
            # Too late, or the service does not answer: nothing is known of what is under way.
            self.outcome.failed += [(step, error) for step in self._under_way.values()]
            self._under_way.clear()
            return
        for request_id, status in ended.items():
            step = self._under_way.pop(request_id)
            if status.failed:
                said = status.message or "the service gave no reason"
                self.outcome.failed.append((step, OperationFailed(str(step), request_id, said)))
            else:
                self._done(step)

    def _done(self, step: Step) -> None:
        self.outcome.done.append(step)
        for key in self._needed_by[step.key]:
            self._needs[key].discard(step.key)

    def _progress(self, what: str, says: str, seconds: float) -> None:
        if self._cloud.progress is not None:
            done = len(self.outcome.done)
            self._cloud.progress(what, f"{done} of {self._total} steps done", seconds)
