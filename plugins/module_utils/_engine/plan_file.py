# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plan files: written in check mode, followed without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import InvalidOption
from .files import write_private
from .outcome import Task
from .plan.facts import Facts
from .plan.file import PlanChanged, differences, document, from_text, to_text, too_old
from .plan.pairing import name_of
from .plan.planner import Plan
from .plan.show import in_words
from .plan.steps import Key, Step
from .schema.resource import Resource


def hold(task: Task[Any], facts: Facts, plan: Plan) -> None:
    """In check mode, write the plan to the file; otherwise raise CloudError unless it is the one in the file."""
    path, most = Path(task.options["plan_file"]), task.options.get("plan_max_age")
    now = task.cloud.clock.date()
    if task.check_mode:
        write_private("plan_file", path, to_text(document(facts, plan, now if most else None)))
        return
    then = from_text(_read(path), str(path))
    if most:
        too_old(then, str(path), int(most), now)
    resource, have = facts.resource, facts.have
    found = differences(
        then, document(facts, plan), lambda path: _at(path, resource, have, facts), resource.label
    )
    if found:
        raise PlanChanged(str(path), found)


def only_planned(task: Task[Any], planned: Collection[Key], left: Sequence[Step]) -> None:
    """Raise PlanChanged if a plan made after a lost answer has a step that the file does not."""
    news = [str(step) for step in left if step.key not in planned]
    if news:
        raise PlanChanged(
            str(task.options["plan_file"]),
            [f"{each} would be needed now, but is not in the plan" for each in news],
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InvalidOption(
            f"plan_file: {path} does not exist; make the plan with --check, and have it reviewed"
        ) from None
    except OSError as error:
        raise InvalidOption(f"plan_file: {path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InvalidOption(f"plan_file: {path} is not a text file: {error}") from None


def _at(
    path: str, resource: Resource, tree: Mapping[str, Any] | None, facts: Facts
) -> Mapping[str, Any] | None:
    """The object at a path of a tree, whose names may contain slashes, in the words of a plan; None if there is none."""
    if tree is None:
        return None
    if not path:
        return {**tree, **in_words(resource.shown, tree, facts)}
    for child in resource.children:
        for each in (tree.get(child.name) or ()) if child.creatable else ():
            own = f"{child.name}/{name_of(child.resource, each)}"
            if path == own or path.startswith(f"{own}/"):
                found = _at(path[len(own) + 1 :], child.resource, each, facts)
                if found is not None:
                    return found
    return None
