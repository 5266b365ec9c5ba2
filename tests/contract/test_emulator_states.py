# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states that each kind of resource passes through while it is created, changed and deleted.

Contract sections 3.2 and 6, for everything that has a ``metadata.state``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from contract.schema.spec import Operation, operations, required_properties
from contract.schema.world import BASE, DC, PREPARATIONS, World, body_for, session_of
from pocketvdc import Cloud
from pocketvdc.testing import Clock

SECONDS = 10
BUSY = ("BUSY", "AVAILABLE")
# Kinds with words of their own; all others are BUSY, then AVAILABLE.
PHASES = {
    "POST /k8s": ("DEPLOYING", "ACTIVE"),
    "PUT /k8s": ("UPDATING", "ACTIVE"),
    "DELETE /k8s": ("DESTROYING", ""),
}
# Collections of resources without a state (contract section 3.1), and of members that live elsewhere.
STATELESS = (
    "/labels",
    "/s3keys",
    "/um/",
    "/balancednics",
    "/cdroms",
    "/lans/{lanId}/nics",
    "/servers/{serverId}/volumes",
)


def phases(operation: Operation) -> tuple[str, str]:
    found = PHASES.get(f"{operation.method} {operation.path[:4]}", BUSY)
    return found if operation.method != "DELETE" else (found[0], "")


def item_of(collection: str) -> str | None:
    """The path of a member of a collection."""
    found = (o.path for o in operations() if o.method == "GET" and o.path.rpartition("/{")[0] == collection)
    return next(found, None)


@dataclass
class Slow:
    """An account whose writes take SECONDS on a clock that is moved by hand."""

    world: World
    clock: Clock

    def state(self, item: str) -> str | None:
        answer = self.world.call("GET", item)
        return None if answer.status_code == 404 else str(answer.json()["metadata"]["state"])

    def wait(self) -> None:
        self.clock.advance(SECONDS)


Begin = Callable[[Operation], Slow]


@pytest.fixture
def begin() -> Begin:
    """Builds an account, does what an operation needs before it, and slows the cloud down."""

    def build(operation: Operation) -> Slow:
        clock = Clock()
        cloud = Cloud(clock=clock)
        world = World(session_of(cloud), BASE).build()
        PREPARATIONS.get(str(operation), lambda world: None)(world)
        cloud.settings.provision_seconds = SECONDS
        return Slow(world, clock)

    return build


def stateful(method: str, suffix: str) -> list[Operation]:
    return [
        operation
        for operation in operations()
        if operation.method == method
        and operation.path.endswith("}") is (suffix == "}")
        and not any(part in operation.path for part in STATELESS)
        and (suffix == "}" or item_of(operation.path) is not None)
    ]


@pytest.mark.parametrize("operation", stateful("POST", ""), ids=str)
def test_creation(begin: Begin, operation: Operation) -> None:
    slow = begin(operation)
    item = item_of(operation.path)
    assert item is not None
    during, after = phases(operation)
    answer = slow.world.create(operation.path)
    assert (answer["metadata"]["state"], slow.state(item)) == (during, during)
    slow.wait()
    assert slow.state(item) == after


@pytest.mark.parametrize("operation", [*stateful("PATCH", "}"), *stateful("PUT", "}")], ids=str)
def test_update(begin: Begin, operation: Operation) -> None:
    slow = begin(operation)
    during, after = phases(operation)
    body = body_for(operation.method, operation.path, required_properties(operation), slow.world)
    answer = slow.world.call(operation.method, operation.path, body)
    assert answer.status_code == 202, answer.text
    assert (answer.json()["metadata"]["state"], slow.state(operation.path)) == (during, during)
    slow.wait()
    assert slow.state(operation.path) == after


@pytest.mark.parametrize("operation", stateful("DELETE", "}"), ids=str)
def test_deletion(begin: Begin, operation: Operation) -> None:
    slow = begin(operation)
    during = "TERMINATING" if operation.path.endswith("{nodeId}") else phases(operation)[0]
    assert slow.world.call("DELETE", operation.path).status_code == 202
    assert slow.state(operation.path) == during
    slow.wait()
    assert slow.state(operation.path) is None


@pytest.mark.parametrize("operation", stateful("PATCH", "}"), ids=str)
def test_a_data_center_is_busy_with_what_it_holds(begin: Begin, operation: Operation) -> None:
    slow = begin(operation)
    inside = operation.path.startswith(DC)
    slow.world.call("PATCH", operation.path, body_for("PATCH", operation.path, (), slow.world))
    assert slow.state(DC) == ("BUSY" if inside else "AVAILABLE")
    slow.wait()
    assert slow.state(DC) == "AVAILABLE"
