# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules of one kind of object are made of: its resource, and named functions for what is special."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from .clock import Deadline, Progress
from .reconcile import Change
from .resource import Field, Resource
from .service import Item, Place, Service, Write

S = TypeVar("S", bound=Service)


class Provider(NamedTuple):
    """A vendor: ``name`` begins the names of its modules, ``title`` names it in their documentation.

    ``connect`` makes the service of a module's parameters and the environment, and adds to the set what no output
    may hold; ``variables`` gives the environment variables behind an option of the connection.
    """

    name: str
    title: str
    connection: tuple[Field, ...]
    resources: Mapping[str, Resource]
    variables: Callable[[str], tuple[str, ...]]
    connect: Callable[[Mapping[str, Any], Mapping[str, str], set[str], Progress | None], Service]


class Waiting(NamedTuple):
    """Whether to wait for requests, and for how many seconds at most."""

    wait: bool = True
    seconds: float = 600.0

    @classmethod
    def asked(cls, options: Mapping[str, Any]) -> Waiting:
        """As the options ``wait`` and ``wait_timeout`` say."""
        return cls(bool(options.get("wait", True)), float(options.get("wait_timeout") or 600))


@dataclass
class Outcome:
    """What a task did, or in check mode would do.

    ``result`` is the object afterwards, None when there is none; ``actions`` names the writes in their order.
    """

    changed: bool
    result: Item | None
    diff: dict[str, Any]
    actions: list[str] = field(default_factory=list)
    request_id: str | None = None
    warnings: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Situation(Generic[S]):
    """All that a special function may look at.

    ``have`` is the object's result before the task, None if there is none; ``answers`` holds what the service said to
    each write, by its verb.
    """

    cloud: S
    resource: Resource
    options: Mapping[str, Any]
    state: str
    place: Place
    have: Item | None
    check_mode: bool = False
    answers: dict[str, Item] = field(default_factory=dict)


class Query(NamedTuple):
    """What an info module can search by beside id and name.

    ``narrow`` gives filters ({wire name: text}) for the service, ``matches`` decides on a result.
    """

    options: tuple[Field, ...] = ()
    narrow: Callable[[Mapping[str, Any]], dict[str, str]] = lambda options: {}
    matches: Callable[[Mapping[str, Any], Item], bool] = lambda options, result: True


class Detail(NamedTuple):
    """What an info module adds to each object only when ``option`` is set: it costs requests, or is a secret.

    ``fields`` describe the keys, ``read`` gives them for an object's result.
    """

    option: Field
    fields: tuple[Field, ...]
    read: Callable[[Any, Item], Item]


def _nothing(situation: Situation[Any]) -> None:
    return None


def _no_change(situation: Situation[Any], want: dict[str, Any]) -> None:
    return None


def _nothing_more(situation: Situation[Any], item: Item | None, outcome: Outcome) -> None:
    return None


def _at_once(situation: Situation[Any], deadline: Deadline) -> None:
    return None


def _as_planned(situation: Situation[Any], change: Change, writes: list[Write]) -> list[Write]:
    return writes


@dataclass(frozen=True, eq=False, repr=False)
class Kind:
    """One kind of object, and what its modules have beyond the common.

    ``options`` no property stands behind, ``states`` beside present and absent, each with its explanation, and
    ``results`` of its own. ``complete`` adds to results what the version does not show; ``resolve`` turns names in
    the wanted fields into ids, and ``identify`` those in the options that say which object is meant, before it is
    looked for (NotFound: it does not exist); ``check`` refuses what cannot work; ``fresh`` are the states that make
    another object, whatever is there; ``always`` names secrets to send again; ``before_delete`` guards; ``arrange``
    adds and orders the writes, ``prepare`` waits before them for what they need, where the task waits at all; ``extra``
    gives the ``results``, ``conclude`` those that are only known at the end, when it gets the object as the service
    shows it (None: not read, or gone).

    ``details`` are what the info module adds to each object when it is asked to.

    ``variant`` is the resource as the options mean it, where they choose between collections. ``more`` is what the
    info module tells beside the objects, described by ``info_results``.

    Where the whole task is another, ``manage`` does it in place of `task.ensure`, and ``search`` the reading in
    place of `query.read`; ``fields`` and ``info_fields`` then are all options, where those of the resource do not
    fit.
    """

    provider: Provider
    resource: Resource
    options: tuple[Field, ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    results: tuple[Field, ...] = ()
    variant: Callable[[Resource, Mapping[str, Any]], Resource] = lambda resource, options: resource
    complete: Callable[[Any, Mapping[str, str], list[Item]], None] = lambda cloud, parents, results: None
    identify: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = lambda cloud, options: options
    resolve: Callable[[Situation[Any], dict[str, Any]], None] = _no_change
    check: Callable[[Situation[Any], dict[str, Any]], None] = _no_change
    fresh: tuple[str, ...] = ()
    always: Callable[[Situation[Any]], tuple[str, ...]] = lambda situation: ()
    before_delete: Callable[[Situation[Any]], None] = _nothing
    prepare: Callable[[Situation[Any], Deadline], None] = _at_once
    arrange: Callable[[Situation[Any], Change, list[Write]], list[Write]] = _as_planned
    extra: Callable[[Situation[Any]], dict[str, Any]] = lambda situation: {}
    conclude: Callable[[Situation[Any], Item | None, Outcome], None] = _nothing_more
    query: Query | None = None
    details: tuple[Detail, ...] = ()
    manage: Callable[[Any, Kind, Mapping[str, Any], bool], Outcome] | None = None
    search: Callable[[Any, Kind, Mapping[str, Any]], list[Item]] | None = None
    fields: tuple[Field, ...] | None = None
    info_fields: tuple[Field, ...] | None = None
    info_results: tuple[Field, ...] = ()
    more: Callable[[Any, Mapping[str, Any]], dict[str, Any]] = lambda cloud, options: {}

    def decode(self, cloud: Service, items: list[Item], parents: Mapping[str, str]) -> list[Item]:
        """The results of objects below the same parents, with what this version of the API shows elsewhere."""
        results = [self.resource.decode(item, parents) for item in items]
        self.complete(cloud, parents, results)
        return results
