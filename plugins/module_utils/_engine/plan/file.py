# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plan as a document, for people to review and for a later task to follow.

Its schema is docs/schema/plan-1.json. It contains what diffs show, and therefore no secrets: only the names of the
options that are set to one (``sealed``). The same plan always produces the same text, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from ..errors import CloudError, InvalidOption
from ..schema.checks import between
from ..schema.field import Field
from .facts import Facts
from .planner import Plan
from .steps import Ref, Step

FORMAT = "profitbricks.cloud/plan"
VERSION = 1
# The other properties of a step, as messages call them; reported if nothing else in the step differs.
REST = {
    "call": "the request",
    "sealed": "the list of hidden options",
    "restart": "restart",
    "goes_with": "the list of what is deleted with it",
}
HEADER = ("kind", "name", "state", "api_version")
SHOWN = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ")  # in a text, in the document

Document: TypeAlias = dict[str, Any]
Known: TypeAlias = Callable[[str], "Mapping[str, Any] | None"]
"""The object at a path as it is now; None if there is none."""

PLAN_FILE = Field(
    "plan_file",
    "path",
    help=(
        "With C(--check), the plan is written to this file, as JSON for P(ansible.builtin.from_json#filter) and "
        "P(profitbricks.cloud.plan_text#filter). Only the owner of the file can read it. It contains no secrets, only the "
        "names of the options that are set to one. The same plan always produces the same file.",
        "Without C(--check), the file must exist, and the task must be about to do exactly what it says: the same steps, "
        "from the same values. If not, nothing is changed, and the error lists every difference.",
        "Values of options that the service does not show, such as passwords, are not compared.",
    ),
)
PLAN_MAX_AGE = Field(
    "plan_max_age",
    "int",
    checks=(between(1),),
    help="Maximum age of the plan in O(plan_file), in seconds. With C(--check), the file also records when it was made.",
)
PLAN_OPTIONS = (PLAN_FILE, PLAN_MAX_AGE)


class PlanChanged(CloudError):
    """What a task would do differs from its plan file; ``differences`` has one sentence for each difference."""

    def __init__(self, path: str, differences: Sequence[str]) -> None:
        self.differences = tuple(differences)
        super().__init__(
            f"plan_file: {path} does not match what would be done now. Nothing was changed. {'; '.join(differences)}. "
            "Make a new plan with --check, and have it reviewed"
        )

    def facts(self) -> dict[str, Any]:
        return {"differences": list(self.differences)}


# -- writing ------------------------------------------------------------------------------------------------------------


def document(facts: Facts, plan: Plan, made: datetime | None = None) -> Document:
    """The plan of a task; ``made`` is the time to record in it, if any."""
    name = (facts.have or plan.after or {}).get(facts.resource.identity) or facts.options.get("name")
    return {
        "format": FORMAT,
        "version": VERSION,
        **({"made": made.strftime(SHOWN[1])} if made else {}),
        "kind": facts.resource.kind,
        "name": name,
        "id": (facts.have or {}).get("id"),
        "state": facts.state,
        "api_version": facts.version,
        "sums": {"before": sums(facts, facts.have), "after": sums(facts, plan.after)},
        "steps": [_step(step) for step in plan.steps],
        "unmanaged": sorted(plan.unmanaged),
    }


def sums(facts: Facts, tree: Mapping[str, Any] | None) -> dict[str, int]:
    """How many objects of each kind a tree contains, and the totals of its `measures`; nothing that is not known."""
    known = tree or {}
    own = (child.name for child in facts.resource.children if child.creatable)
    found = {name: len(known[name]) for name in own if name in known}
    for name, (collection, field) in facts.measures.items():
        if collection in known:
            found[name] = sum(int(each.get(field) or 0) for each in known[collection])
    return found


def _step(step: Step) -> Document:
    return {
        "verb": step.verb,
        "path": "/".join(step.path),
        "kind": step.resource.kind,
        "name": step.what,
        "call": f"{step.method} {'/'.join(_part(part) for part in step.url)}",
        "before": step.before if step.before is None else dict(step.before),
        "after": step.after if step.after is None else dict(step.after),
        "sealed": list(step.sealed),
        "restart": step.restart,
        "goes_with": list(step.goes_with),
    }


def _part(part: str | Ref) -> str:
    return f"{{{'/'.join(part.path)}}}" if isinstance(part, Ref) else part


def to_text(plan: Document) -> str:
    return json.dumps(plan, indent=2, ensure_ascii=False) + "\n"


# -- reading ------------------------------------------------------------------------------------------------------------


def from_text(text: str, path: str) -> Document:
    """The document in a plan file. Raises InvalidOption if it is not a plan, or one of an unknown version."""
    try:
        plan = json.loads(text)
    except ValueError as error:
        raise InvalidOption(f"plan_file: {path} is not valid JSON: {error}") from None
    return checked(plan, path)


def checked(plan: Any, path: str) -> Document:
    """Data that was already read, if it is a plan. Raises InvalidOption otherwise."""
    if not isinstance(plan, dict) or plan.get("format") != FORMAT:
        raise InvalidOption(f"plan_file: {path} is not a plan of this collection")
    if plan.get("version") != VERSION:
        raise InvalidOption(
            f"plan_file: {path} is a plan of version {plan.get('version')}, but this release of the collection reads "
            f"version {VERSION}; make a new one with --check"
        )
    steps = plan.get("steps")
    if not isinstance(steps, list) or not all(_is_step(step) for step in steps):
        raise InvalidOption(f"plan_file: the steps in {path} are not valid; make a new plan with --check")
    return plan


def _is_step(step: Any) -> bool:
    return (
        isinstance(step, dict)
        and all(isinstance(step.get(name), str) for name in ("verb", "path", "call"))
        and all(isinstance(step.get(name), (dict, type(None))) for name in ("before", "after"))
    )


def too_old(plan: Document, path: str, most: int, now: datetime) -> None:
    """Raise InvalidOption for a plan that is older than ``most`` seconds, or does not record its time."""
    try:
        made = datetime.strptime(str(plan["made"]), SHOWN[1]).replace(tzinfo=now.tzinfo)
    except (KeyError, ValueError):
        raise InvalidOption(
            f"plan_max_age: {path} does not record when it was made; make a new plan with --check and plan_max_age"
        ) from None
    age = (now - made).total_seconds()
    if age > most:
        raise InvalidOption(
            f"plan_max_age: {path} was made {made:{SHOWN[0]}} UTC, {age:.0f} seconds ago, and may be at most {most} "
            "seconds old; make a new plan with --check"
        )


# -- comparing ------------------------------------------------------------------------------------------------------------


def differences(then: Document, now: Document, known: Known, label: str) -> list[str]:
    """The differences between two plans, as sentences; empty if they are the same. ``label``: that of their object."""
    found = [
        f"{name} is {_word(now.get(name))} in the task, but {_word(then.get(name))} in the plan"
        for name in HEADER
        if then.get(name) != now.get(name)
    ]
    another = then.get("id") != now.get("id")
    if another:
        found.append(_another(f"{label} {now['name']}", then.get("id"), now.get("id"), known("")))
    before, after = _by_key(then["steps"]), _by_key(now["steps"])
    for key, step in before.items():
        if another and not step["path"]:
            # That says it all.
            continue
        found += _changed(step, after[key], known) if key in after else _needless(step, known)
    for key, step in after.items():
        if key not in before:
            found += _unforeseen(step, known)
    if not found and then["steps"] != now["steps"]:
        found.append("the steps are in a different order")
    return found


def _another(what: str, then: Any, now: Any, have: Mapping[str, Any] | None) -> str:
    """That the object of a task is there and was not, the other way round, or another one of its name."""
    if then is None:
        return f"{what} already exists (id {now}){_since(have)}"
    if now is None:
        return f"{what} no longer exists (id {then})"
    return f"{what} is not the one of the plan: its id is {now}, and was {then}"


def _by_key(steps: Sequence[Document]) -> dict[tuple[str, str, int], Document]:
    """Steps by their verb and path; a number tells objects of the same name apart."""
    found: dict[tuple[str, str, int], Document] = {}
    for step in steps:
        number = sum(key[:2] == (step["verb"], step["path"]) for key in found)
        found[step["verb"], step["path"], number] = step
    return found


def _changed(then: Document, now: Document, known: Known) -> list[str]:
    """The differences in a step that both plans have."""
    path, have = then["path"], known(then["path"])
    old, new = then["before"] or {}, now["before"] or {}
    found = []
    for name in dict.fromkeys((*old, *new)):
        if name not in old:
            found.append(_added(path, name, now, have))
        elif name not in new or old[name] != new[name]:
            found.append(_was(path, name, old[name], new.get(name, (have or {}).get(name)), have))
    told = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    old, new = then["after"] or {}, now["after"] or {}
    for name in dict.fromkeys((*old, *new)):
        if name not in told and old.get(name) != new.get(name):
            wanted = f"{_word(new.get(name))} in the task, but {_word(old.get(name))} in the plan"
            found.append(f"{_at(path, name)} is set to {wanted}")
    for name, what in REST.items():
        if not found and then.get(name) != now.get(name):
            now_word, then_word = _word(now.get(name)), _word(then.get(name))
            found.append(f"{path or then['name']}: {what} is now {now_word}, but {then_word} in the plan")
    return found


def _needless(step: Document, known: Known) -> list[str]:
    """Why a step of the plan would not be made now."""
    path, have = step["path"], known(step["path"])
    doing = f"{step['verb']} of {step['name']}"
    # Labels are in no tree.
    label = "/labels/" in f"/{path}"
    if step["verb"] == "create" and not label:
        if have is None:
            return [f"{doing} is in the plan, but not in the task"]
        return [f"{path or step['name']} already exists (id {have['id']}){_since(have)}"]
    if have is None and step["verb"] in ("update", "delete") and not label:
        return [f"{path or step['name']} no longer exists"]
    moved = [
        _was(path, name, was, (have or {}).get(name), have)
        for name, was in (step["before"] or {}).items()
        if step["verb"] == "update" and have is not None and name in have and have[name] != was
    ]
    return moved or [f"{doing} is in the plan, but no longer needed{_since(have)}"]


def _unforeseen(step: Document, known: Known) -> list[str]:
    """What a step that is not in the plan would do."""
    path, have = step["path"], known(step["path"])
    if step["verb"] == "update" and step["after"]:
        return [_added(path, name, step, have) for name in step["after"]]
    return [f"{step['verb']} of {step['name']} would be needed now, but is not in the plan{_since(have)}"]


def _was(path: str, name: str, was: Any, now: Any, have: Mapping[str, Any] | None) -> str:
    return f"{_at(path, name)} was {_word(was)} when the plan was made, and is now {_word(now)}{_since(have)}"


def _added(path: str, name: str, step: Document, have: Mapping[str, Any] | None) -> str:
    now, wanted = ((step[side] or {}).get(name) for side in ("before", "after"))
    return f"{_at(path, name)} is {_word(now)} and would become {_word(wanted)}, which is not in the plan{_since(have)}"


def _at(path: str, name: str) -> str:
    return f"{path} {name}".lstrip()


def _word(value: Any) -> str:
    return (
        value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def _since(have: Mapping[str, Any] | None) -> str:
    """When and by whom an object was last changed, if the service returns that."""
    when = (have or {}).get("last_modified_date") or (have or {}).get("updated_at")
    by = (have or {}).get("last_modified_by")
    if not when:
        return ""
    try:
        shown = datetime.fromisoformat(str(when)).strftime(SHOWN[0])
    except ValueError:
        shown = str(when)
    return f"; changed {shown} by {by}" if by else f"; changed {shown}"
