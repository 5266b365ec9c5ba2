# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the machine-readable contract lets a client send, the answer is one that it has.

Bodies are made of the contract's own schemas: those that a test would send, with some properties exchanged for others
of the right form, or for values that no form allows. The examples are the same in each run.
"""

from __future__ import annotations

from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.schema.spec import (
    ERROR,
    Operation,
    operations,
    property_schemas,
    required_properties,
    violations,
)
from contract.schema.world import BASE, HOST, PREPARATIONS, World, body_for, session_of
from pocketvdc import Cloud

READS = [operation for operation in operations() if operation.method == "GET"]
BODIES = [operation for operation in operations() if property_schemas(operation)]
ODD: tuple[Any, ...] = (None, "", "x", -1, 0, 2**40, 1.5, True, [], {}, [{}], ["x"], {"id": "x"})
TEXTS = (
    "",
    "x",
    "AUTO",
    "de/fra",
    "10.0.0.5",
    "10.0.0.0/24",
    "203.0.113.7",
    "2001:db8::1",
    "1.33.7",
    "a" * 70,
)
FEW = settings(max_examples=10)


def values_of(schema: dict[str, Any], level: int = 0) -> st.SearchStrategy[Any]:
    """Values that a schema of the contract allows, by its type, and now and then some that it does not."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "integer" or kind == "number":
        return st.sampled_from([1, 2, 22, 256, 2048, 65536])
    if kind == "boolean":
        return st.booleans()
    if kind == "array" and level < 3:
        return st.lists(values_of(schema["items"], level + 1), max_size=2)
    if kind == "object" and level < 3:
        optional = {name: values_of(part, level + 1) for name, part in schema.get("properties", {}).items()}
        return st.fixed_dictionaries({}, optional=optional)
    return st.sampled_from(TEXTS)


def changes_of(operation: Operation) -> st.SearchStrategy[dict[str, Any]]:
    """Up to three properties of the operation's body, with values for them."""
    schemas = property_schemas(operation)
    names = st.lists(st.sampled_from(sorted(schemas)), min_size=1, max_size=3, unique=True)
    value = {name: st.one_of(values_of(schema), st.sampled_from(ODD)) for name, schema in schemas.items()}
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: value[name] for name in chosen}))


@pytest.fixture(scope="module")
def session() -> requests.Session:
    return session_of(Cloud(seed=1))


@pytest.fixture(scope="module")
def reading(session: requests.Session) -> World:
    return build(session)


def build(session: requests.Session) -> World:
    session.post(f"{HOST}/_emulator/reset").raise_for_status()
    return World(session, BASE).build()


def check(operation: Operation, answer: requests.Response, sent: Any) -> None:
    """A success as the contract has it, or an error of the service."""
    assert answer.status_code < 500, (sent, answer.text)
    if answer.status_code >= 400:
        assert violations(ERROR, answer.json()) == [], (sent, answer.text)
        return
    assert answer.status_code == operation.status, (sent, answer.text)
    if operation.answer is not None and answer.content.strip() not in (b"", b"{}"):
        assert violations(operation.answer, answer.json()) == [], sent


@pytest.mark.parametrize("operation", BODIES, ids=str)
def test_bodies(session: requests.Session, operation: Operation) -> None:
    world = build(session)
    PREPARATIONS.get(str(operation), lambda world: None)(world)

    @FEW
    @given(changes_of(operation))
    def run(changes: dict[str, Any]) -> None:
        body: dict[str, Any] = (
            body_for(operation.method, operation.path, required_properties(operation), world) or {}
        )
        if operation.method == "PATCH":
            body = {**body, **changes}
        elif "id" not in body and "ids" not in body:
            body = {**body, "properties": {**body.get("properties", {}), **changes}}
        else:
            body = {"properties": changes}
        check(operation, world.call(operation.method, operation.path, body), body)
        read = next((o for o in READS if o.path == operation.path), None)
        if read is not None:
            query: dict[str, Any] = {"depth": 2} if "depth" in read.parameters else {}
            check(read, world.call("GET", read.path, None, **query), body)

    run()


QUERIES = {
    "depth": st.sampled_from(["", "0", "3", "10", "11", "-1", "x"]),
    "limit": st.sampled_from(["", "0", "1", "99999", "x"]),
    "offset": st.sampled_from(["", "0", "7", "-1", "x"]),
    "orderBy": st.sampled_from(["name", "createdDate", "nonsense", ""]),
    "maxResults": st.sampled_from(["1", "0", "x"]),
    "pretty": st.sampled_from(["true", "false", "x"]),
    "filter.name": st.sampled_from(["x", "", "%"]),
    "filter.createdAfter": st.sampled_from(["2020-01-01 00:00:00", "yesterday"]),
}


@pytest.mark.parametrize("operation", READS, ids=str)
def test_queries(reading: World, operation: Operation) -> None:
    @FEW
    @given(st.fixed_dictionaries({}, optional=QUERIES))
    def run(query: dict[str, Any]) -> None:
        answer = reading.call("GET", operation.path, None, **query)
        if operation.path.endswith("/kubeconfig"):
            assert answer.status_code < 500
        else:
            check(operation, answer, query)

    run()
