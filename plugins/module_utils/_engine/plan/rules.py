# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a service demands of one kind of object, said once: for a single one and for one within a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import CloudError
from ..schema.field import Field
from ..schema.resource import Child
from ..service import Item
from .compare import Change
from .facts import Facts
from .pairing import Node, Pairs, pair
from .steps import Key, Parents, Path, Step, Url


class At(NamedTuple):
    """Where an object of a plan is: its path in the tree, its address, and the ids of what is above it.

    ``change`` is what it needs by itself.
    """

    path: Path
    item: Url
    parents: Parents
    change: Change

    @property
    def name(self) -> str:
        change = self.change
        return str((change.before or change.after or {}).get(change.resource.identity) or "")

    def step(self, verb: str, method: str, *suffix: Any, **more: Any) -> Step:
        """A call about the object, at its address or below it."""
        step = Step(verb, self.path, self.change.resource, method, (*self.item, *suffix), name=self.name)
        return step.but(**more)

    def key(self, verb: str, *below: str) -> Key:
        return verb, (*self.path, *below)


class Rules:
    """The rules of a kind of object that needs none of its own; those of others override what differs.

    All of it is pure. ``want`` are the options given, a node of a tree; ``have`` is the object's result, None if there
    is none. ``options`` are options beside the fields, which a node may hold too. ``resolves`` names the options in
    which `want` itself puts ids in place of names.
    """

    options: tuple[Field, ...] = ()
    resolves: tuple[str, ...] = ()

    def described(self, node: Node) -> Node:
        """The node, with options that belong together combined, before anything is read. Raises InvalidOption."""
        return node

    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        """The node as it is compared and sent: a new value, with what follows from what the task says."""
        return want

    def compared(self, want: Node, have: Item, facts: Facts) -> Item:
        """The object as it is compared with the node, where the service knows something by another name."""
        return have

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        """Raise CloudError for what the service would refuse."""

    def hopeless(self, have: Item, facts: Facts) -> CloudError | None:
        """Why nothing can be done with the object but to delete it; a task with ``replace`` makes it anew."""
        return None

    def guard(self, have: Item, facts: Facts) -> None:
        """Raise CloudError for what must not be deleted."""

    def goes_along(self, have: Item, child: Child, each: Item, facts: Facts) -> bool:
        """Whether the service deletes what is in a collection together with the object."""
        return True

    def resend(self, want: Node, have: Item | None, facts: Facts) -> tuple[str, ...]:
        """The secrets that are sent although they cannot be compared."""
        return ()

    def pair(
        self, child: Child, wants: Sequence[Node], have: Item | None, path: Path, facts: Facts
    ) -> tuple[Pairs, list[Item]]:
        """Which present object each described one of a collection below is, and what nobody described."""
        return pair(child, wants, (have or {}).get(child.name) or ())

    def body(self, body: Any, want: Node, change: Change) -> Any:
        """The body of a creation or an update, with what belongs to it beside the fields."""
        return body

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """All calls that the object needs, in their order; ``steps`` are those of its fields and of what is in it."""
        return steps


COMMON = Rules()
RulesByKind = Mapping[str, Rules]
