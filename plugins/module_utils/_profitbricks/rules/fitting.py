# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a plan fits: what the service is certain to refuse, or may refuse, before anything is changed (contract section 16).

A whole data center is looked at before it is built. The service itself refuses a single object before
anything has changed, so single objects are only looked at in check mode. Each kind brings along the checks that it needs.

Only what is certain to be refused is a problem. What a plan frees is available to it, whatever the order of its steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

from ..._engine.errors import CloudError
from ..._engine.plan.planner import Plan
from ..._engine.plan.steps import Step
from ..._engine.service import Item
from .facts import CloudFacts

Trees: TypeAlias = tuple[Item, Item]
"""An object before and after a plan, in a tree of what its checks look at."""


class DoesNotFit(CloudError):
    """A plan that the service would refuse; ``problems`` has one sentence for each problem."""

    def __init__(self, problems: Sequence[str], advice: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(f"The plan does not fit: {'; '.join(problems)}. Nothing was changed{advice}")

    def facts(self) -> dict[str, Any]:
        return {"problems": list(self.problems)}


@dataclass
class Preview:
    """A plan, with the `Trees` of its object.

    ``thorough``: whether to look, too, at what takes a request of its own to know.
    """

    facts: CloudFacts
    plan: Plan
    before: Item
    after: Item
    thorough: bool = False

    @property
    def steps(self) -> Sequence[Step]:
        return self.plan.steps


Check: TypeAlias = Callable[[Preview], Iterable[str]]


class Checks(NamedTuple):
    """What is looked at in a plan, in the order in which it is told.

    All is certain to be refused but the ``doubts``, and what a single object ``lacks``: that has a task of its own, which
    may come before this one.
    """

    limits: tuple[Check, ...] = ()
    location: tuple[Check, ...] = ()
    addresses: tuple[Check, ...] = ()
    lacks: tuple[Check, ...] = ()
    doubts: tuple[Check, ...] = ()


def problems_of(preview: Preview, checks: Checks, whole: bool = False) -> list[str]:
    """All that stands in the way; none as long as something is to be read. Doubts become warnings of the facts."""

    def told(some: Iterable[Check], thorough: bool = False) -> list[str]:
        seen = replace(preview, thorough=thorough)
        return [text for check in some for text in check(seen)]

    problems, addresses = told(checks.limits), told(checks.addresses)
    located = told(checks.location, preview.facts.check_mode)
    if problems or addresses or located:
        # Nothing will be done, so that another request does no harm, and all is told as in check mode.
        located = told(checks.location, thorough=True)
    problems += [*located, *addresses]
    facts, lacks = preview.facts, told(checks.lacks)
    if facts.open:
        return []
    doubts = told(checks.doubts)
    if whole:
        problems += lacks
    else:
        doubts += [f"{each}; the service refuses it unless an earlier task changes that" for each in lacks]
    facts.warnings += [f"preflight: {each}" for each in doubts]
    return problems


def would_fit(facts: Any, plan: Plan, surroundings: Callable[[Any, Item], Trees], checks: Checks) -> None:
    """Raise DoesNotFit for the plan of a single object, whose trees the ``surroundings`` of its result after it are."""
    if not plan.steps or plan.after is None:
        return
    before, after = surroundings(facts, plan.after)
    problems = problems_of(Preview(facts, plan, before, after), checks)
    if problems:
        raise DoesNotFit(problems)


def by_itself(facts: CloudFacts, after: Item) -> Trees:
    """An object whose checks look at nothing else."""
    name, have = facts.resource.plural, facts.have
    return {name: [have]} if have else {}, {name: [after]}


def sets(option: str, have: Item | None, after: Item) -> bool:
    """Whether a plan gives an object another value of an option."""
    return bool(after.get(option) != (have or {}).get(option))


def by_id(items: Iterable[Item]) -> dict[Any, Item]:
    return {each["id"]: each for each in items if each.get("id")}
