# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deciding what one object and all in it need: a walk over nested objects, of which a single one is the smallest case.

A tree is the result of a root object that holds the results of its children, as `Resource.decode` makes it. A
description is what a user wants of it: nested mappings of options, called nodes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..errors import CloudError, ImmutableField, did_you_mean
from ..schema.field import Field
from ..schema.resource import Child, Resource
from ..service import Item
from .compare import Change, plan, update_body
from .facts import Facts, with_ids
from .pairing import Node, Pairs, name_of
from .rules import COMMON, At, Rules, RulesByKind
from .show import Listed, in_words, sealed
from .steps import Creation, Key, Parents, Path, Ref, Step, Url, natural, url, without_refs

if TYPE_CHECKING:
    from .protect import Going

T = TypeVar("T")


class Plan(NamedTuple):
    """The calls to make, in their order, and the object as it will be; None if there is none then.

    ``unmanaged`` are the paths of what is there and nobody described.
    """

    steps: tuple[Step, ...]
    after: Item | None
    unmanaged: tuple[str, ...] = ()


class Planned(NamedTuple):
    """What a part of a plan comes to: the predicted result, and the calls that lead there."""

    after: Any
    steps: list[Step]


class New(NamedTuple):
    """An object that its creation, or that of what is above it, brings along.

    ``steps`` are what it needs beyond that, ``before`` what must be done before it.
    """

    at: At
    after: Item
    body: Any
    creation: Creation
    steps: list[Step]
    before: list[Step]


class Unplannable(CloudError):
    """A description that cannot be reached: ``str()`` names every reason, each with its path."""

    def __init__(self, problems: Sequence[tuple[Path, CloudError]]) -> None:
        self.problems = tuple(problems)
        paths: dict[str, list[str]] = {}
        for path, error in problems:
            paths.setdefault(_reason(error), []).append("/".join(path))
        # What several objects lack is said once.
        reasons = [": ".join(filter(None, (", ".join(several), each))) for each, several in paths.items()]
        advice = (
            ". Leave these options out or set them to the present values, or delete the objects and create them anew"
            if any(isinstance(error, ImmutableField) for _path, error in problems)
            else ""
        )
        self.reasons = f"{'; '.join(reasons)}{advice}"
        super().__init__(f"{self.reasons}. Nothing was changed")


def _reason(error: CloudError) -> str:
    if isinstance(error, ImmutableField):
        differences = ", ".join(
            f"{option} (is {have}, wanted {want})" for option, have, want in error.differences
        )
        return f"the service cannot change {differences}"
    return str(error)


# Slips in names, which the service accepts.
SLIPS = (
    (re.compile(r"^\s|\s$"), "begins or ends with a space"),
    (re.compile(r"\{\{|\{%|%\}|\}\}"), "contains a template that was not evaluated"),
    (re.compile(r"%0?\d*d"), "contains a number placeholder, which only works with count"),
)


class Planner:
    """Decides what an object and all in it need; problems are collected, each with the path of the object that has it."""

    def __init__(self, facts: Facts, rules: RulesByKind) -> None:
        self.facts = facts
        self._rules = rules
        self.unmanaged = facts.unmanaged = []
        facts.warnings, facts.unheard = [], []
        self.problems: list[tuple[Path, CloudError]] = []
        self._told: dict[Path, Node] = {}

    def rules(self, resource: Resource) -> Rules:
        return self._rules.get(resource.kind, COMMON)

    def single(self, want: Node | None, options: Sequence[Field] = ()) -> Plan:
        """The plan for one object, and for what is listed in it; None: it shall not exist.

        ``options`` are what its node holds beside fields and the options of its rules. Raises CloudError.
        """
        facts, resource = self.facts, self.facts.resource
        parents: Parents = facts.found.parents
        planned = Planned(None, [])
        if want is not None:
            given = want
            node = self.attempt((), given, lambda: with_ids(options, given, facts))
            node = self.resolved(resource, node, ())
            planned = self.root(resource, node, parents, url(resource.path, parents))
        elif facts.have is not None:
            planned = Planned(None, self.delete(resource, facts.have, (), parents))
        if len(self.problems) == 1:
            path, error = self.problems[0]
            if path:
                error.args = (f"{'/'.join(path)}: {error}",)
            raise error
        self.must_be_possible()
        return Plan(tuple(planned.steps), planned.after)

    def must_be_possible(self) -> None:
        """Raise CloudError with all that stands in the way."""
        if (
            len(self.problems) == 1
            and not self.problems[0][0]
            and not isinstance(self.problems[0][1], ImmutableField)
        ):
            raise self.problems[0][1]
        if self.problems:
            raise Unplannable(self.problems)

    # -- the walk ---------------------------------------------------------------------------------------------------

    def root(self, resource: Resource, want: Node, parents: Parents, home: Url) -> Planned:
        """Plan the object that the task is about, be it there or not."""
        have = self.facts.have
        if have is not None and self.is_hopeless(resource, have, ()):
            return self.anew(resource, want, have, (), parents, home)
        node = self.completed(resource, want, have, ())
        if have is None:
            return self.create(resource, node, (), parents, home)
        return self.present(resource, node, have, (), parents)

    def is_hopeless(self, resource: Resource, have: Item, path: Path) -> bool:
        """Whether an object that is there is to be made anew; where the task does not want that, it has a problem."""
        reason = self.attempt(path, None, lambda: self.rules(resource).hopeless(have, self.facts))
        if reason is not None and not self.facts.options.get("replace"):
            self.problems.append((path, reason))
        return reason is not None

    def anew(
        self, resource: Resource, want: Node, have: Item, path: Path, parents: Parents, home: Url
    ) -> Planned:
        """Delete an object, and create it as if it had not been there."""
        gone = self.delete(resource, have, path, parents)
        node = self.completed(resource, want, None, path)
        created = self.create(resource, node, path, parents, home, tuple(step.key for step in gone))
        return Planned(created.after, [*gone, *created.steps])

    def present(self, resource: Resource, want: Node, have: Item, path: Path, parents: Parents) -> Planned:
        """Plan one object that is there, and all in it."""
        item = (*url(resource.path, parents), str(have["id"]))
        change = self.decide(resource, want, have, path)
        at = At(path, item, parents, change)
        steps = [self.updating(at, want)] if change.patch else []
        after = dict(change.after or have)
        for child in resource.children:
            if child.creatable and child.name in have:
                planned = self.branch(child, want, at)
                after[child.name] = planned.after
                steps += planned.steps
        return self.special(at, want, after, steps)

    def branch(self, child: Child, want: Node, above: At) -> Planned:
        """Plan one collection of an object that is there; ``after`` is the list of its predicted results."""
        have, path = above.change.before, above.path
        parents = {**above.parents, above.change.resource.kind: above.item[-1]}
        pairs, rest = self.paired(above.change.resource, child, want, have, path)
        after, steps = [], []
        for node, there in pairs:
            own = (*path, child.name, name_of(child.resource, node))
            home = _home(child, above, parents)
            if there is None:
                planned = self.create(child.resource, node, own, parents, home)
            elif self.is_hopeless(child.resource, there, own):
                planned = self.anew(child.resource, node, there, own, parents, home)
            else:
                planned = self.present(child.resource, node, there, own, parents)
            after.append(planned.after)
            steps += planned.steps
        left = self.leftover(child, rest, path, parents, want.get(child.name) is not None)
        return Planned(after + left.after, steps + left.steps)

    def paired(
        self, resource: Resource, child: Child, want: Node, have: Any, path: Path
    ) -> tuple[Pairs, list[Item]]:
        """The listed objects of a collection, each with the present one that it means, and what nobody listed."""

        def own(node: Node) -> Path:
            return (*path, child.name, name_of(child.resource, node))

        nodes = [self.resolved(child.resource, each, own(each)) for each in want.get(child.name) or ()]
        nobody: tuple[Pairs, list[Item]] = ([], [])
        pairs, rest = self.attempt(
            path, nobody, lambda: self.rules(resource).pair(child, nodes, have, path, self.facts), own=False
        )
        return [
            (self.completed(child.resource, node, there, own(node)), there) for node, there in pairs
        ], rest

    def leftover(
        self, child: Child, rest: Sequence[Item], at: Path, parents: Parents, listed: bool
    ) -> Planned:
        """Delete what is not listed where that is wanted, else report it; ``after`` is what stays."""
        paths = {str(have["id"]): (*at, child.name, name_of(child.resource, have)) for have in rest}
        if listed and self.facts.purges(child.name):
            ordered = sorted(rest, key=lambda each: natural(name_of(child.resource, each)), reverse=True)
            steps = [self.delete(child.resource, have, paths[str(have["id"])], parents) for have in ordered]
            return Planned([], [step for each in steps for step in each])
        self.unmanaged += ["/".join(path) for path in paths.values()]
        return Planned(list(rest), [])

    # -- one object -------------------------------------------------------------------------------------------------

    def resolved(self, resource: Resource, want: Node, path: Path) -> Node:
        """The node with ids in place of the names of other objects."""
        rules = self.rules(resource)
        fields = (*resource.writable, *rules.options)
        self._told[path] = want
        return self.attempt(path, want, lambda: with_ids(fields, want, self.facts, rules.resolves))

    def completed(self, resource: Resource, want: Node, have: Item | None, path: Path) -> Node:
        """The node with what follows from what it says."""
        return self.attempt(path, want, lambda: self.rules(resource).want(want, have, self.facts, path))

    def decide(self, resource: Resource, want: Node, have: Item | None, path: Path) -> Change:
        """What one object needs by itself; where there is a problem, nothing."""
        nested = {child.name for child in resource.children}
        own = {name: value for name, value in want.items() if name not in nested}
        rules = self.rules(resource)

        def decided() -> Change:
            self.note_unknown(resource, own, have, path)
            self.note_slip(resource, own, have, path)
            rules.check(want, have, self.facts)
            compared = have if have is None else rules.compared(want, have, self.facts)
            return plan(resource, own, compared, rules.resend(want, have, self.facts))

        return self.attempt(path, Change(resource, "none", have, have or resource.decode({}, {})), decided)

    def note_unknown(self, resource: Resource, want: Node, have: Item | None, path: Path) -> None:
        """Warn of new values of lists that the service adds to: they may be newer than the collection, or mistyped."""
        for field in resource.writable:
            value = want.get(field.name)
            new = have is None or have.get(field.name) != value
            if field.growing and new and value not in (None, "", *field.growing):
                where = "/".join((*path, field.name))
                known = f"({', '.join(field.growing)}){did_you_mean(str(value), field.growing)}"
                self.facts.unheard.append(
                    f"{where}: {value!r} is none of the values that the collection knows {known}; it is sent as it is"
                )

    def note_slip(self, resource: Resource, want: Node, have: Item | None, path: Path) -> None:
        """Warn of a new name that looks like a slip: later tasks would not find the object by the name that was meant."""
        name = want.get(resource.identity)
        if isinstance(name, str) and (have is None or have.get(resource.identity) != name):
            where = "/".join((*path, resource.identity))
            self.facts.warnings += [f"{where}: {name!r} {what}" for slip, what in SLIPS if slip.search(name)]

    def create(
        self,
        resource: Resource,
        want: Node,
        path: Path,
        parents: Parents,
        home: Url,
        waits_for: tuple[Key, ...] = (),
    ) -> Planned:
        """Create an object and all that is in it with one call, and what that call cannot do after it."""
        new = self.compose(resource, want, path, parents)
        step = Step(
            "create",
            path,
            resource,
            "POST",
            home,
            new.body,
            name=str(want.get(resource.identity) or ""),
            after=self.told(resource, want, path),
            sealed=tuple(sealed(resource, want)),
            change=new.at.change,
            creation=new.creation,
            waits_for=(*waits_for, *(each.key for each in new.before)),
        )
        planned = self.special(new.at, want, new.after, [step, *new.steps])
        return Planned(planned.after, [*new.before, *planned.steps])

    def compose(self, resource: Resource, want: Node, path: Path, parents: Parents) -> New:
        """What creates an object with all that is in it."""
        change = self.decide(resource, want, None, path)
        at = At(path, (*url(resource.path, parents), Ref(path)), parents, change)
        after: Item = dict(without_refs(change.after or {}))
        steps: list[Step] = []
        before: list[Step] = []
        entities, below = {}, {}
        if change.deferred:
            late = replace(change, verb="update", before=after, patch=change.deferred)
            steps.append(self.updating(at._replace(change=late), want))
        for child in resource.children:
            if not (child.creatable and want.get(child.name)):
                continue
            if child.apart:
                planned = self.branch(child, want, at)
                after[child.name] = planned.after
                steps += planned.steps
                continue
            news = [
                self._member(child, node, there, at)
                for node, there in self.paired(resource, child, want, None, path)[0]
            ]
            after[child.name] = [new.after for new in news]
            entities[child.entity] = {"items": [new.body for new in news]}
            below[child.entity] = tuple(new.creation for new in news)
            steps += [step for new in news for step in new.steps]
            before += [step for new in news for step in new.before]
        body = resource.body(change.patch, parents)
        body = self.rules(resource).body({**body, "entities": entities} if entities else body, want, change)
        return New(at, after, body, Creation(path, below), steps, before)

    def _member(self, child: Child, want: Node, have: Item | None, above: At) -> New:
        """What a new object holds from its beginning: a new one, or one that is there already."""
        path = (*above.path, child.name, name_of(child.resource, want))
        if have is None:
            parents = {**above.parents, above.change.resource.kind: Ref(above.path)}
            new = self.compose(child.resource, want, path, parents)
            planned = self.special(new.at, want, new.after, new.steps)
            return new._replace(after=planned.after, steps=planned.steps)
        planned = self.present(child.resource, want, have, path, above.parents)
        body = {"id": str(have["id"])}
        return New(above, planned.after, body, Creation(path), [], planned.steps)

    def updating(self, at: At, want: Node) -> Step:
        """Send the fields of a change."""
        change = at.change
        resource, have = change.resource, change.before or {}
        after = in_words(resource.shown, change.patch, self.facts)
        return at.step(
            "update",
            resource.update_method,
            body=self.rules(resource).body(update_body(change, at.parents), want, change),
            before=in_words(resource.shown, {name: have.get(name) for name in after}, self.facts),
            after=after,
            sealed=tuple(sealed(resource, change.patch)),
            change=change,
        )

    def delete(self, resource: Resource, have: Item, path: Path, parents: Parents) -> list[Step]:
        """Delete an object with all that is in it."""
        self.attempt(path, None, lambda: self._may_go(resource, have, path))
        item = (*url(resource.path, parents), str(have["id"]))
        at = At(path, item, parents, Change(resource, "delete", have, None))
        along = tuple(each.path for each in self.going(resource, have, path) if each.along)
        step = at.step("delete", "DELETE", before=self.seen(resource, have), safe=True, goes_with=along)
        return self.special(at, {}, {}, [step]).steps

    def _may_go(self, resource: Resource, have: Item, path: Path) -> None:
        """Raise CloudError for what must not be deleted, by itself or with what goes along."""
        self.facts.spare(tuple(self.going(resource, have, path)))
        self.rules(resource).guard(have, self.facts)

    def going(self, resource: Resource, have: Item, path: Path, along: bool = False) -> Iterator[Going]:
        """An object that is deleted, and all that the service deletes with it."""
        from .protect import Going  # here, because only what deletes needs it

        yield Going(resource, have, self.facts.called(resource, have, path), along)
        for child in resource.children:
            for each in (have.get(child.name) or ()) if child.creatable and not child.ids else ():
                if self.rules(resource).goes_along(have, child, each, self.facts):
                    own = (*path, child.name, name_of(child.resource, each))
                    yield from self.going(child.resource, each, own, True)

    # -- what diffs show ----------------------------------------------------------------------------------------------

    def told(self, resource: Resource, want: Node, path: Path) -> dict[str, Any]:
        """What a new object is, in the words of the task and without its secrets, with what is made together with it."""
        told = self._told.get(path, want)
        shown = {each.name for each in self._shown(resource)}
        own = {name: value for name, value in told.items() if name in shown and value != []}
        for child in resource.children:
            if child.creatable and not child.apart and want.get(child.name):
                below = {name_of(child.resource, each): each for each in want[child.name]}
                own[child.name] = Listed(
                    (name, self.told(child.resource, each, (*path, child.name, name)))
                    for name, each in below.items()
                )
        return without_refs(own, str) if path not in self._told else own

    def seen(self, resource: Resource, have: Item) -> dict[str, Any]:
        """What a description could say of a present object, and of all in it."""
        given = {name: value for name, value in have.items() if value not in (None, [], "")}
        own = in_words(self._shown(resource), given, self.facts)
        for child in resource.children:
            if child.creatable and have.get(child.name):
                own[child.name] = Listed(
                    (name_of(child.resource, each), self.seen(child.resource, each))
                    for each in have[child.name]
                )
        return own

    def _shown(self, resource: Resource) -> list[Field]:
        """The options of an object that are no secrets, and say what it is like."""
        fields = (each for each in resource.shown if not each.read_only)
        return [*fields, *(each for each in self.rules(resource).options if each.type != "bool")]

    def special(self, at: At, want: Node, after: Item, steps: list[Step]) -> Planned:
        """The steps of an object with those that its rules add, and the result with what these change."""
        rules = self.rules(at.change.resource)
        steps = self.attempt(at.path, steps, lambda: rules.steps(steps, want, at, self.facts))
        for step in steps:
            if step.resource is at.change.resource:
                after = {**after, **step.shows}
        return Planned(after, steps)

    def attempt(self, path: Path, otherwise: T, work: Callable[[], T], own: bool = True) -> T:
        """What the work makes; a problem is noted. What an object has of its ``own`` is left once it has a problem."""
        if own and any(path == each for each, _error in self.problems):
            return otherwise
        try:
            return work()
        except CloudError as error:
            self.problems.append((path, error))
            return otherwise


def _home(child: Child, above: At, parents: Parents) -> Url:
    """The collection in which a new child is created: that of its own path, if it is below the parent."""
    if above.change.resource.kind in child.resource.parents:
        return url(child.resource.path, parents)
    return (*above.item, child.entity)
