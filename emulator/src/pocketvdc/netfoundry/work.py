# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Executions: the work that a write starts, and the three forms it is shown in (contract section 4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from .errors import conflict
from .state import Entity, Execution, moment
from .table import Hooks, Row, Values

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform


def start(
    call: Call,
    entity: Entity,
    verb: str,
    done: Callable[[], None],
    undo: Callable[[], None],
    *,
    shows: str = "",
) -> Execution:
    """Begin the work that a write asks for.

    :param shows: the status of the entity meanwhile; a creation goes through NEW and PROVISIONING.
    """
    platform = call.platform
    execution = Execution(EXECUTIONS, platform.new_id(), entity, call.now)
    noun = entity.row.noun
    execution.values = {
        "name": f"{verb} {noun}",
        "description": f"{verb.lower()} {noun.lower()} {entity.name}",
        "resourceId": entity.id,
    }
    execution.created_by = call.caller.id if call.caller is not None else None
    execution.success = "FINISHED" if verb == "Create" else "SUCCESS"
    execution.failure, execution.done, execution.undo = call.failure, done, undo

    def begin() -> None:
        if shows and not entity.gone:
            entity.status = shows

    def progress() -> None:
        if verb == "Create" and not entity.gone:
            entity.status = "PROVISIONING"

    platform.run(execution, begin, progress)
    return execution


def fail(entity: Entity) -> None:
    """What is left of an entity whose work has failed."""
    entity.status = "ERROR"


def stillborn(entity: Entity) -> None:
    """What is left of an entity whose creation has failed: nothing can be done with it but to delete it."""
    fail(entity)
    entity.private["stillborn"] = True


def is_stillborn(entity: Entity) -> bool:
    return bool(entity.private.get("stillborn"))


def provision(platform: Platform, entity: Entity) -> None:
    """A creation is complete."""
    entity.private.pop("stillborn", None)
    entity.status = "PROVISIONED"
    if entity.row.ziti and entity.ziti_id is None:
        entity.ziti_id = platform.new_ziti_id()
    if entity.row.hooks.ready is not None:
        entity.row.hooks.ready(platform, entity)


def become(entity: Entity, status: str) -> None:
    entity.status = status


def transition(call: Call, entity: Entity, verb: str, needed: str, result: str) -> Execution:
    """Suspend or resume: work that ends in another status."""
    if entity.status != needed:
        raise conflict(f"{entity.row.noun} {entity.id} is {entity.status}, not {needed}")
    return start(call, entity, verb, partial(become, entity, result), partial(fail, entity))


def heal(call: Call, entity: Entity) -> Execution:
    """The healing workflow, which the service starts by itself (section 4.1); it completes a creation too."""
    whole = not is_stillborn(entity)
    done = partial(become, entity, "PROVISIONED") if whole else partial(provision, call.platform, entity)
    return start(call, entity, "Replace", done, partial(fail, entity), shows="REPLACING")


# The forms, newest first (sections 4.2 to 4.4)


def _view(call: Call, execution: Entity, shown: Values) -> None:
    assert isinstance(execution, Execution)
    shown.update(execution.values, status=execution.state(call.now))


def _view_2022(call: Call, execution: Entity, shown: Values) -> None:
    shown.update(state=_old_state(shown.pop("status")), component="core", processId=execution.id)


def _old_state(status: str) -> str:
    return {"NEW": "STARTED", "SUCCESS": "FINISHED"}.get(status, status)


def process(call: Call, execution: Execution) -> Values:
    """The oldest form: one step stands for all of the work."""
    status = _old_state(execution.state(call.now))
    status = "STARTED" if status == "RUNNING" else status
    target = execution.target
    verb, _blank, noun = execution.name.partition(" ")
    word = noun.title().replace(" ", "")
    times = {
        "started": moment(execution.starts),
        "finished": moment(execution.ends) if execution.finished else None,
    }
    step_id = execution.id[:-4] + "0001"
    step = {
        "id": step_id,
        "processId": execution.id,
        "stepName": f"{verb.lower()}{word}",
        "stepDescription": execution.values["description"],
        "methodName": verb.lower(),
        "status": status,
        **times,
        "parallelIds": [],
        "parallelSteps": [],
    }
    context = {
        "networkId": execution.network_id,
        "name": target.name,
        "createdBy": target.created_by,
        "ownerIdentity": target.created_by,
        "zitiId": target.ziti_id,
        f"{word[:1].lower()}{word[1:]}Id": target.id,
    }
    return {
        "id": execution.id,
        "processorName": f"{verb}{word}",
        "startStepName": step["stepName"],
        "status": status,
        **times,
        "payload": None,
        "stepIds": [step_id],
        "steps": [step],
        "args": {"__process_id__": execution.id, "context": context},
    }


EXECUTIONS = Row(
    "executions",
    "Execution",
    "executionList",
    verbs="LR",
    ziti=False,
    unique="",
    confined=True,
    hooks=Hooks(view=_view),
)
PROCESS_EXECUTIONS = Row(
    "process-executions",
    "Process Execution",
    "processExecutionList",
    verbs="LR",
    of=("executions",),
    ziti=False,
    unique="",
    hooks=Hooks(view=_view_2022),
)
