# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every v6 operation of the emulator answers as the service's machine-readable contract says.

The contract's own list of operations drives the tests: each is called in an account that holds one of
everything, and its status, headers, media type and body are compared, unknown properties being failures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
import requests

from contract.schema.ladder import check_collection, check_resource
from contract.schema.spec import (
    ERROR,
    REQUEST_STATUS,
    Operation,
    is_collection,
    operations,
    required_properties,
    violations,
)
from contract.schema.world import BASE, DC, GROUP, HOST, PREPARATIONS, World, body_for, session_of
from pocketvdc import Cloud

NO_SUCH_ID = "00000000-0000-0000-0000-000000000000"
RATE_HEADERS = {"X-RateLimit-Remaining", "X-RateLimit-Limit", "X-RateLimit-Burst"}

READS = [operation for operation in operations() if operation.method == "GET"]
WRITES = [operation for operation in operations() if operation.method != "GET"]
WITH_ID = [operation for operation in operations() if "{" in operation.path]


@pytest.fixture(scope="module")
def session() -> requests.Session:
    return session_of(Cloud())


@pytest.fixture
def world(session: requests.Session) -> World:
    """A new account that holds one of everything."""
    session.post(f"{HOST}/_emulator/reset").raise_for_status()
    return World(session, BASE).build()


@pytest.fixture(scope="module")
def reading_world() -> World:
    """The same for tests that change nothing."""
    return World(session_of(Cloud()), BASE).build()


def check_answer(operation: Operation, answer: requests.Response) -> None:
    """Status, headers, media type and body of a success."""
    assert answer.status_code == operation.status, answer.text
    missing = {name for name in operation.headers - {"ETag"} if name not in answer.headers}
    assert not missing
    if operation.answer is None:
        assert answer.content.strip() in (b"", b"{}")
        return
    assert answer.headers["Content-Type"].partition(";")[0] in operation.media_types
    if len(operation.media_types) == 1:
        assert violations(operation.answer, answer.json()) == []
    else:  # a document in the format that was asked for, not a resource
        assert answer.text


def check_error(answer: requests.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == "application/json"
    assert set(answer.headers) >= RATE_HEADERS
    error = answer.json()
    assert violations(ERROR, error) == []
    assert error["httpStatus"] == status
    assert [message["errorCode"] for message in error["messages"]] == [code]


@pytest.mark.parametrize("depth", [None, 0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("operation", READS, ids=str)
def test_reads(reading_world: World, operation: Operation, depth: int | None) -> None:
    query: dict[str, Any] = {}
    if depth is not None and "depth" in operation.parameters:
        query["depth"] = depth
    answer = reading_world.call("GET", operation.path, **query)
    check_answer(operation, answer)
    if "ETag" in operation.headers and depth is None and (metadata := answer.json().get("metadata")):
        assert answer.headers["ETag"].strip('"') == metadata["etag"]


@pytest.mark.parametrize("operation", [o for o in READS if is_collection(o)], ids=str)
def test_lists_are_paged_as_the_contract_says(reading_world: World, operation: Operation) -> None:
    answer = reading_world.call("GET", operation.path, limit=1).json()
    if "limit" in operation.parameters:
        assert (answer["offset"], answer["limit"], len(answer["items"])) == (0, 1, 1)
        assert answer["_links"]["self"].endswith("?offset=0&limit=1")
    else:
        assert set(answer).isdisjoint({"offset", "limit", "_links"})


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_writes(world: World, operation: Operation) -> None:
    PREPARATIONS.get(str(operation), lambda world: None)(world)
    body = body_for(operation.method, operation.path, required_properties(operation), world)
    if operation.request is not None:
        assert violations(operation.request, body) == [], "the test itself sends what the contract forbids"
    answer = world.call(operation.method, operation.path, body)
    check_answer(operation, answer)
    if "Location" in operation.headers and operation.status == 202:
        check_request(world, answer.headers["Location"])
    if operation.method == "DELETE" and any(read.path == operation.path for read in READS):
        check_error(world.call("GET", operation.path), 404, "309")


def check_request(world: World, location: str) -> None:
    """A write names the status of its request, which is done at once here."""
    assert re.fullmatch(re.escape(BASE) + r"/requests/[0-9a-f-]{36}/status", location)
    status = world.session.get(location)
    assert violations(REQUEST_STATUS, status.json()) == []
    assert status.json()["metadata"]["status"] == "DONE", status.text


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
def test_an_answer_to_a_write_shows_a_busy_resource(world: World, method: str) -> None:
    operation = next(
        o for o in WRITES if (o.method, o.path) == (method, f"{DC}/servers" if method == "POST" else DC)
    )
    body = body_for(method, operation.path, (), world)
    answer = world.call(method, operation.path, body).json()
    assert answer["metadata"]["state"] == "BUSY"


# A request has a status in its metadata, contracts have no id: neither follows the ladder.
LADDER = [
    operation
    for operation in READS
    if "depth" in operation.parameters
    and operation.path not in ("/", "/contracts", "/requests/{requestId}/status")
    and not operation.path.startswith("/k8s/versions")
    and not operation.path.endswith(("/token", "/remoteconsole", "/kubeconfig"))
]


@pytest.mark.parametrize("depth", range(6))
@pytest.mark.parametrize("operation", LADDER, ids=str)
def test_depth(reading_world: World, operation: Operation, depth: int) -> None:
    answer = reading_world.call("GET", operation.path, depth=depth).json()
    check: Callable[[dict[str, Any], int], None] = (
        check_collection if answer["type"] == "collection" else check_resource
    )
    check(answer, depth)


@pytest.mark.parametrize("ident", [NO_SUCH_ID, "fake_id"], ids=["unknown", "malformed"])
@pytest.mark.parametrize("operation", WITH_ID, ids=str)
def test_an_id_that_is_none_is_not_found(reading_world: World, operation: Operation, ident: str) -> None:
    """Of the last object that the path names, before anything is said of the body (contract section 7)."""
    above, _brace, rest = operation.path.rpartition("{")
    path = f"{reading_world.path(above.rstrip('/'))}/{ident}{rest.partition('}')[2]}"
    body: dict[str, Any] | None = None if operation.request is None else {}
    answer = reading_world.session.request(operation.method, BASE + path, json=body)
    check_error(answer, 404, "309")


@pytest.mark.parametrize("operation", [o for o in operations() if o.path != "/"], ids=str)
def test_wrong_credentials_are_refused(reading_world: World, operation: Operation) -> None:
    path = re.sub(r"{\w+}", NO_SUCH_ID, operation.path)
    answer = reading_world.session.request(operation.method, BASE + path, auth=("demo@example.com", "wrong"))
    check_error(answer, 401, "315")


BODIES = [operation for operation in WRITES if operation.request is not None]
WITH_REQUIRED = [o for o in BODIES if o.method == "POST" and required_properties(o)]
# Below /k8s, "versions" is an id to the methods that it does not have itself.
PATHS = sorted({operation.path for operation in operations()} - {"/k8s/versions"})
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def check_error_shape(answer: requests.Response, status: int) -> None:
    """An error whose code the contract does not tell."""
    assert answer.status_code == status, answer.text
    assert violations(ERROR, answer.json()) == []
    assert answer.json()["httpStatus"] == status


@pytest.mark.parametrize("operation", WITH_REQUIRED, ids=str)
def test_missing_fields_are_named(reading_world: World, operation: Operation) -> None:
    answer = reading_world.call("POST", operation.path, {"properties": {}})
    check_error_shape(answer, 422)
    first = answer.json()["messages"][0]
    assert first["errorCode"] == "100"
    assert any(
        f"Attribute '{name}' is required" in first["message"] for name in required_properties(operation)
    )


@pytest.mark.parametrize("operation", BODIES, ids=str)
def test_a_body_that_is_no_json_is_refused(reading_world: World, operation: Operation) -> None:
    world = copy(reading_world)
    if operation.method == "POST":  # what is shared already cannot be shared
        world.ids = reading_world.ids | {GROUP + "/shares": reading_world.ids["/snapshots"]}
    url = BASE + world.path(operation.path)
    headers = {"Content-Type": "application/json"}
    answer = world.session.request(operation.method, url, data=b'{"properties": ', headers=headers)
    check_error_shape(answer, 400)


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_not_allowed(reading_world: World, path: str) -> None:
    known = {operation.method for operation in operations() if operation.path == path}
    for method in sorted(METHODS - known):
        check_error_shape(reading_world.call(method, path), 405)


def test_all_operations_of_the_contract_are_walked() -> None:
    assert len(READS) + len(WRITES) == len(operations()) == 266
