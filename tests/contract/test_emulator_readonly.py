# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no body may hold, for each write of the machine-readable contract (contract section 7.1)."""

from __future__ import annotations

from typing import Any

import pytest

from contract.schema.spec import Operation, operations, property_schemas, required_properties
from contract.schema.world import BASE, World, body_for, session_of
from pocketvdc import Cloud

WRITES = [operation for operation in operations() if property_schemas(operation)]
SHOWN = [
    (operation, name)
    for operation in WRITES
    for name, schema in property_schemas(operation).items()
    if schema.get("readOnly") and schema.get("type") is not None
]


@pytest.fixture(scope="module")
def world() -> World:
    return World(session_of(Cloud(seed=1)), BASE).build()


def refusals(world: World, operation: Operation, name: str, value: Any) -> list[tuple[str, str]]:
    """Codes and texts that a write with one more property is refused with."""
    body = body_for(operation.method, operation.path, required_properties(operation), world) or {}
    if operation.method == "PATCH":
        body = {**body, name: value}
    else:
        body = {"properties": {**body.get("properties", {}), name: value}}
    answer = world.call(operation.method, operation.path, body)
    assert answer.status_code == 422, answer.text
    return [(one["errorCode"], one["message"]) for one in answer.json()["messages"]]


def place(operation: Operation, name: str) -> str:
    return f"[(root).{name}]" if operation.method == "PATCH" else f"[(root).properties.{name}]"


@pytest.mark.parametrize(("operation", "name"), SHOWN, ids=lambda value: f"7.1 (inferred) {value}")
def test_what_is_marked_read_only_is_refused(world: World, operation: Operation, name: str) -> None:
    """(inferred) 7.1: 105; the path is flat for PATCH, enveloped for POST and PUT."""
    found = refusals(world, operation, name, "x")
    assert ("105", f"{place(operation, name)} Attribute is read-only") in found


@pytest.mark.parametrize("operation", WRITES, ids=lambda value: f"7.1 (inferred) {value}")
def test_what_the_service_does_not_know_is_refused(world: World, operation: Operation) -> None:
    """(inferred) 7.1: 106, in each write."""
    text = "Attribute not allowed in resource definition"
    assert ("106", f"{place(operation, 'colour')} {text}") in refusals(world, operation, "colour", "red")
