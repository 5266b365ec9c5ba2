# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules of one kind of object do: its resource, its rules, and what differs from the common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from .errors import ApiError, CloudError, NotFound
from .outcome import Detail, Outcome, Provider, Query, S, Task, Tree
from .plan.description import describe
from .plan.facts import Facts
from .plan.rules import RulesByKind
from .plan.steps import Ref
from .schema.field import Field, is_uuid
from .schema.resource import Resource
from .service import Found, Item, Selector, needs_tree, own_selector

if TYPE_CHECKING:
    from .apply import Applied
    from .plan.planner import Plan
    from .plan.steps import Key, Step

Ensure: TypeAlias = Callable[[Any, "Behaviour[Any]", Mapping[str, Any], bool], Outcome]
Reading: TypeAlias = Callable[[Any, "Behaviour[Any]", Mapping[str, Any]], list[Item]]


@dataclass(eq=False, repr=False)
class Behaviour(Generic[S]):
    """One kind of object, and what its modules do. Kinds that differ override the methods that differ.

    ``rules`` are those of the resource and of what is nested in it, by kind. ``options`` are those that neither a
    field nor a rule brings, ``states`` those beside present and absent, each with its explanation, ``results`` what is
    returned beside the object. ``always_creates`` names the states that make another object, whatever is there.

    An info module searches by ``query``, adds ``details`` to each object when it is asked to, and tells ``info_results``
    beside the objects. ``fields`` and ``info_fields`` are all options, where those of the resource do not fit;
    ``more_info_fields`` come to those. ``tree`` says what is returned of a whole tree.
    """

    provider: Provider
    resource: Resource
    rules: RulesByKind = field(default_factory=dict)
    options: tuple[Field, ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    results: tuple[Field, ...] = ()
    always_creates: tuple[str, ...] = ()
    query: Query | None = None
    details: tuple[Detail, ...] = ()
    fields: tuple[Field, ...] | None = None
    info_fields: tuple[Field, ...] | None = None
    more_info_fields: tuple[Field, ...] = ()
    info_results: tuple[Field, ...] = ()
    tree: Tree | None = None

    # -- the whole ----------------------------------------------------------------------------------------------------

    # The function that does it is passed in: modules that manage come without what only reading needs, and vice versa.

    def manage(self, cloud: S, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """Do the task of the module that manages one object, with `task.ensure`. Raises CloudError."""
        return ensure(cloud, self, options, check_mode)

    def search(self, cloud: S, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The objects that an info module returns, as results, with `query.read`. Raises CloudError."""
        return read(cloud, self, options)

    def beside(self, cloud: S, options: Mapping[str, Any]) -> dict[str, Any]:
        """What an info module tells beside the objects: its ``info_results``."""
        return {}

    # -- looking ------------------------------------------------------------------------------------------------------

    def collection_for(self, options: Mapping[str, Any]) -> Resource:
        """The resource as the options mean it, where they choose between collections."""
        return self.resource

    def identified(self, cloud: S, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """The options with ids in place of the names that say which object is meant. Raises NotFound."""
        return options

    def completed(self, cloud: S, parents: Mapping[str, str], results: list[Item]) -> None:
        """Add to results what this version of the API shows elsewhere."""

    def decode(self, cloud: S, items: list[Item], parents: Mapping[str, str]) -> list[Item]:
        """The results of objects below the same parents."""
        results = [self.resource.decode(item, parents) for item in items]
        self.completed(cloud, parents, results)
        return results

    def look(self, task: Task[S]) -> Facts:
        """Find the object: the reading that comes before any plan. Raises CloudError."""
        cloud, options = task.cloud, task.options
        resource = self.collection_for(options).placed(options)
        resource.exists_in(cloud.version)
        if options.get("replace"):
            resource = replace(resource, update_method="PUT")
        if not task.absent:
            # Before any request: what no request could succeed with.
            self.described(resource, options, cloud.version)
        try:
            options = self.identified(cloud, options)
            found = self._found(task, resource, options)
        except NotFound as error:
            found = self._foreseen_place(task, resource, error)
        task.item = found.item
        return self.provider.facts(
            version=cloud.version,
            resource=resource,
            resources=cloud.resources,
            options=options,
            state=task.state,
            found=found,
            have=self.decode(cloud, [found.item], found.parents)[0] if found.item else None,
            busy=bool(found.item) and cloud.busy(resource, found.item or {}),
            check_mode=task.check_mode,
            caller=cloud.caller,
        )

    def _foreseen_place(self, task: Task[S], resource: Resource, error: NotFound) -> Found:
        """Where the object would be below a parent that is not there, in check mode: an earlier task would create it.

        Nothing can be deleted there. Raises the error where it is about something else.
        """
        if task.absent:
            return Found({})
        above, resources = resource.parents, task.cloud.resources
        rehearsed = (
            task.check_mode and self.provider.facts.rehearses and error.option in resource.lineage(resources)
        )
        if not rehearsed or not resources[error.option].writable or is_uuid(task.options.get(error.option)):
            raise error
        missing = f"{task.cloud.resources[error.option].label} {task.options[error.option]}"
        return Found({kind: Ref((kind, str(task.options[kind]))) for kind in above}, missing=missing)

    def _found(self, task: Task[S], resource: Resource, options: Mapping[str, Any]) -> Found:
        rules = self.rules.get(resource.kind)
        more = (*(rules.options if rules else ()), *self.options)
        tree = needs_tree(task.cloud.resources, resource, more, options)
        if task.state in self.always_creates:
            return task.cloud.locate_all(resource, options, tree=tree)[1]
        return task.cloud.locate(resource, options, tree=tree)

    # -- planning: pure -----------------------------------------------------------------------------------------------

    def described(self, resource: Resource, options: Mapping[str, Any], version: int) -> Item:
        """The node of what the task wants: options checked one by one. Raises InvalidOption."""
        node = describe(self.rules, resource, options, version)
        for each in self.options:
            if options.get(each.name) is not None:
                each.check(options[each.name], version)
                node[each.name] = options[each.name]
        return node

    def plan(self, facts: Facts) -> Plan:
        """What the task comes to. Raises CloudError."""
        from .plan.planner import Planner

        want = None if facts.state == "absent" else self.wanted(facts)
        found = Planner(facts, self.rules).single(want, self.options)
        if facts.check_mode:
            self.provider.foresee(facts, found)
        return found

    def wanted(self, facts: Facts) -> Item:
        """What the task wants of its object. Raises CloudError."""
        resource, options, have = facts.resource, facts.options, facts.have
        if have is None:
            own = own_selector(resource, options)
            if own.by_id and not resource.given_id:
                raise NotFound(resource.label, own.option, own.value)
        want = self.described(resource, options, facts.version)
        if have is not None and str(want.get(resource.identity)).lower() == have["id"]:
            # The identifying option held the id, which is no new name.
            del want[resource.identity]
        return want

    def foreseen(self, facts: Facts, plan: Plan) -> Outcome:
        """What the task would do: the outcome in check mode, and the beginning of it otherwise."""
        from .plan.show import difference, titled

        diff = titled(
            difference(facts.resource, facts.have, plan.after), facts.resource, facts.have, plan.after
        )
        if facts.options.get("protect") and facts.state == "absent" and facts.have is not None:
            from .plan.protect import warnings  # here, because only what deletes needs it

            facts.warnings += warnings(facts.options, facts.resource, facts.have)
        restarts = {step.restart for step in plan.steps} - {None}
        if restarts:
            diff["after"]["restart"] = True in restarts
        return Outcome(bool(plan.steps), plan.after, diff, [step.action for step in plan.steps])

    # -- doing --------------------------------------------------------------------------------------------------------

    def approve(self, task: Task[S], facts: Facts, plan: Plan) -> None:
        """Raise CloudError for a plan that is not the one that was agreed on; roots can be held to one."""

    def approve_rest(self, task: Task[S], planned: Collection[Key], left: Sequence[Step]) -> None:
        """The same for what is left after a lost answer, of which ``planned`` was approved."""

    def concurrency(self, task: Task[S]) -> int:
        """How many calls are made at the same time; 0: each is awaited before the next."""
        return 0

    def failure(self, done: Sequence[Step], applied: Applied) -> CloudError:
        """What to raise where steps failed."""
        step, error = applied.failures()[0]
        if step.key in applied.answers and isinstance(error, ApiError):
            # What was refused is a look at what became of it.
            error.add_note(f"The service had accepted the {step}: run the task again")
        if done:
            error.add_note(f"Done before: {', '.join(map(str, done))}")
        return error

    def read_back(
        self, task: Task[S], facts: Facts, plan: Plan, applied: Applied, outcome: Outcome
    ) -> tuple[Facts, Plan | None]:
        """Complete the outcome with the object as it is now; the facts, and what is still to be done, if anything."""
        cloud, resource, parents = task.cloud, facts.resource, facts.found.parents
        item_id = str(applied.ids.get(()) or (facts.have or {}).get("id") or "")
        task.item = None
        if outcome.result is None:
            if task.waiting.wait and resource.stateful and item_id:
                _await_end(task, facts, item_id)
            return facts, None
        if task.waiting.wait:
            created = self._created_by_name(task, facts, plan)
            task.item = cloud.settled(resource, parents, item_id, task.deadline, created)
        elif [step.verb for step in plan.steps] == ["create"]:
            task.item = applied.answers.get(plan.steps[0].key)
        if task.item is None:
            outcome.result["id"] = item_id
            return facts, None
        outcome.result = self.decode(cloud, [task.item], parents)[0]
        if task.waiting.wait:
            from .apply import not_taken
            from .doubles import refuse_doubles

            result = outcome.result
            refuse_doubles(resource, facts.have, result, plan.steps, task.ids.values())
            outcome.warnings += not_taken(plan.steps, lambda path: None if path else result)
        return facts, None

    def _created_by_name(self, task: Task[S], facts: Facts, plan: Plan) -> Selector | None:
        """The name of the object that was created, unless it is one of many by intent, or lists show less of it."""
        resource = facts.resource
        created = any(step.verb == "create" and not step.path for step in plan.steps)
        if not created or resource.given_id or not resource.listed_whole or task.state in self.always_creates:
            return None
        own = own_selector(resource, facts.options)
        return own if own.mark == resource.identity and not own.by_id else None

    def results_of(self, task: Task[S], facts: Facts, outcome: Outcome) -> None:
        """Add the ``results``, and whatever else is only known at the end."""


def _await_end(task: Task[Any], facts: Facts, item_id: str) -> None:
    """Wait until the service knows a deleted object no more."""
    from .operation import Operation, Status

    cloud, resource, parents = task.cloud, facts.resource, facts.found.parents

    def read(_seconds: float) -> Status:
        return Status(done=cloud.settled(resource, parents, item_id, task.deadline) is None)

    if not read(task.deadline.left()).done:
        what = f"delete of {resource.label} {item_id}"
        Operation(what, read).wait(task.deadline, progress=cloud.progress)
