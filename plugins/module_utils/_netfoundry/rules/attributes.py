# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Role attributes, and the objects that policies and services mention among them (contract, corrections, number 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import Rules
from ..._engine.plan.steps import Path
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.common import MENTION_FORM, MENTIONS, TAG_FORM
from .names import check_name

if TYPE_CHECKING:
    from .facts import NetworkFacts

ADVICE = "correct the name, or create it first; a role attribute begins with #"


class Attributed(Rules):
    """The rules of what has lists of role attributes: single ones come and go, and what is mentioned is there.

    Each object has a name of its own.
    """

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.lists = tuple(
            each for each in resource.writable if {TAG_FORM, MENTION_FORM}.intersection(each.checks)
        )
        if self.lists:
            self.options = (
                _some("append", self.lists, "add to the existing ones"),
                _some("remove", self.lists, "remove from the existing ones"),
            )

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        check_name(self.resource, want, have, facts)

    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        """The lists as they shall be, in the form in which they are sent."""
        found = {name: value for name, value in want.items() if name not in ("append", "remove")}
        append, remove = want.get("append") or {}, want.get("remove") or {}
        for each in self.lists:
            name, present = each.name, list((have or {}).get(each.name) or ())
            more, less = append.get(name) or (), remove.get(name) or ()
            if not (want.get(name) or more or less):
                continue
            listed = _present(each, want[name] or (), present, facts) if name in want else present
            listed = [*listed, *_present(each, more, present, facts, f"append.{name}")]
            gone = {_key(sent) for sent in _forms(each, less, present, facts)}
            found[name] = [one for one in dict.fromkeys(listed) if _key(one) not in gone]
        return found


def _some(name: str, lists: Sequence[Field], what: str) -> Field:
    return Field(
        name,
        "dict",
        help=f"Role attributes and names to {what}. Other entries are kept.",
        options=tuple(
            Field(
                each.name,
                "list",
                elements="str",
                checks=each.checks,
                help=f"Entries of C({each.name}).",
            )
            for each in lists
        ),
    )


def _key(sent: str | None) -> str | None:
    """What tells entries apart: the case of names does not matter."""
    return sent.lower() if sent is not None and sent.startswith("@") else sent


def _present(
    field: Field, values: Sequence[str], present: Sequence[str], facts: Facts, option: str = ""
) -> list[str]:
    """The entries as they are sent. Raises NotFound for a mention of what is not there."""
    found = []
    for value, sent in zip(values, _forms(field, values, present, facts), strict=True):
        if sent is None:
            resource = facts.resources[MENTIONS[field.name]]
            names = cast("NetworkFacts", facts).names(resource)
            raise NotFound(
                resource.label, option or field.name, value.removeprefix("@"), "the network", ADVICE, names
            )
        found.append(sent)
    return found


def _forms(field: Field, values: Sequence[Any], present: Sequence[str], facts: Facts) -> Iterable[str | None]:
    """Each entry as it is sent; None for a mention of what is not there."""
    known = {_key(each): each for each in present}
    for value in values:
        if value.startswith("#") or TAG_FORM in field.checks:
            yield value
            continue
        name = value.removeprefix("@")
        if f"@{name}".lower() in known:
            # What the object says already is left as it is, though what it means may be gone.
            yield known[f"@{name}".lower()]
            continue
        network = cast("NetworkFacts", facts)
        there = network.name_in(network.resources[MENTIONS[field.name]], name)
        yield None if there is None else f"@{there}"
