# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Living clients read a resource, change one value and send all that they know of it back (contract section 7.1).

What is not read-only must be taken, and must change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from contract.schema.spec import Operation, operations, property_schemas
from contract.schema.world import BASE, POOL, World, session_of
from pocketvdc import Cloud
from pocketvdc.rows import TABLE
from pocketvdc.testing import Api

ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"}
SIZE = {"cores": 1, "ram": 1024}


def templated(api: Api, kind: str, disc: dict[str, Any]) -> str:
    template = next(
        item["id"]
        for item in api.get("/templates?depth=1").json["items"]
        if bool(item["properties"]["gpus"]) is (kind == "GPU")
    )
    body = {
        "properties": {"name": "s", "type": kind, "templateUuid": template},
        "entities": {"volumes": {"items": [{"properties": {"name": "v", **disc, **ALIAS}}]}},
    }
    dc = api.datacenter()
    return f"{dc}/servers/{api.post(f'{dc}/servers', body).id}"


def attached(api: Api) -> tuple[str, str]:
    dc = api.datacenter()
    server, volume = api.server(dc), api.make(f"{dc}/volumes", name="v", size=10, **ALIAS)
    assert api.post(f"{server}/volumes", {"id": volume.rsplit("/", 1)[1]}).status == 202
    return server, volume


def snapshot(api: Api) -> str:
    return f"/snapshots/{api.post(f'{api.volume(api.datacenter())}/create-snapshot', b'').id}"


def image(api: Api) -> str:
    images = api.get("/images?depth=1&filter.public=false").json["items"]
    return f"/images/{images[0]['id']}"


MADE: dict[str, Callable[[Api], str]] = {
    "datacenter": lambda api: api.datacenter(),
    "server": lambda api: attached(api)[0],
    "server, VCPU": lambda api: api.server(api.datacenter(), type="VCPU"),
    "server, CUBE": lambda api: templated(api, "CUBE", {"type": "DAS"}),
    "server, GPU": lambda api: templated(api, "GPU", {}),
    "volume": lambda api: attached(api)[1],
    "volume, loose": lambda api: api.volume(api.datacenter()),
    "snapshot": snapshot,
    "image": image,
    "ipblock": lambda api: api.make("/ipblocks", location="de/fra", size=1),
}


# v4 does not update IP blocks.
CASES = [(case, version) for case in MADE for version in (4, 5, 6) if (case, version) != ("ipblock", 4)]


def known(api: Api, path: str, kind: str, version: int) -> dict[str, Any]:
    """What a client sends of a resource that it has read: all but what the service alone sets."""
    fields = TABLE[kind].field_map(version)
    found = Api(api.cloud, version).properties(path)
    return {name: value for name, value in found.items() if fields[name].mode != "read"}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize(("case", "version"), CASES)
def test_what_was_read_can_be_written_back(cloud: Cloud, case: str, version: int, method: str) -> None:
    kind = case.partition(",")[0]
    newest, api = Api(cloud), Api(cloud, version)
    path = MADE[case](newest)
    before = newest.properties(path)
    sent = known(newest, path, kind, version)
    reply = api.call(method, path, sent if method == "PATCH" else {"properties": sent})
    assert reply.status == 202, reply.text
    assert api.outcome(reply)["status"] == "DONE"
    changed = {name: value for name, value in newest.properties(path).items() if value != before[name]}
    assert {**changed, "version": None} == {"version": None}


def test_a_loose_volume_that_was_written_back_boots_its_server(cloud: Cloud) -> None:
    """It reads NONE while it is loose, which says nothing about later (inferred)."""
    api = Api(cloud)
    dc = api.datacenter()
    server, volume = api.server(dc), api.volume(dc)
    assert api.patch(volume, known(api, volume, "volume", 6)).status == 202
    assert api.post(f"{server}/volumes", {"id": volume.rsplit("/", 1)[1]}).status == 202
    assert api.properties(volume)["bootOrder"] == "AUTO"
    assert api.properties(server)["bootVolume"]["id"] == volume.rsplit("/", 1)[1]


# The others, as the machine-readable contract has them. A pool takes back neither its name nor scaling that is off
# (contract section 10.28).
UPDATES = [
    operation
    for operation in operations()
    if operation.method in ("PATCH", "PUT") and property_schemas(operation)
]
NOT_TAKEN = {f"PUT {POOL}": ("name", "autoScaling")}


@pytest.fixture(scope="module")
def world() -> World:
    return World(session_of(Cloud(seed=1)), BASE).build()


@pytest.mark.parametrize("operation", UPDATES, ids=str)
def test_each_update_takes_what_was_read(world: World, operation: Operation) -> None:
    """(inferred) From 7.1: what is marked read-only is left out, all else is taken, and changes nothing."""
    before = world.call("GET", operation.path).json()["properties"]
    left_out = NOT_TAKEN.get(str(operation), ())
    sent = {
        name: before[name]
        for name, schema in property_schemas(operation).items()
        if name in before and not schema.get("readOnly") and name not in left_out
    }
    body = sent if operation.method == "PATCH" else {"properties": sent}
    answer = world.call(operation.method, operation.path, body)
    assert answer.status_code in (200, 202), answer.text
    after = world.call("GET", operation.path).json()["properties"]
    assert {**after, "version": before.get("version")} == {**before, "version": before.get("version")}
