# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a client sends, the emulated API answers with an error of the service, never with a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pocketvdc.rows import TABLE
from pocketvdc.table import VERSIONS, Row
from pocketvdc.testing import Api

ODD: tuple[Any, ...] = (
    None, "", " ", "x", "x" * 2000, "0", "-1", "1e3", "true", "\u0000", 0, -1, 1.5, 1e300, 2**70, True, [], [None],
    [[]], ["x"], {}, {"id": None}, {"id": 7}, {"id": "x"}, [{}], [{"id": {}}],
)  # fmt: skip
# What a creation of each kind needs, so that one odd field at a time is what is wrong.
SOUND: dict[str, dict[str, Any]] = {
    "datacenter": {"name": "dc", "location": "de/fra"},
    "server": {"name": "s", "cores": 1, "ram": 1024},
    "volume": {"name": "v", "size": 5, "licenceType": "OTHER"},
    "nic": {"lan": 1},
    "firewall-rule": {"protocol": "TCP"},
    "ipblock": {"location": "de/fra", "size": 1},
    "user": {"firstname": "a", "lastname": "b", "email": "a@example.com", "password": "secret-secret"},
    "group": {"name": "g"},
    "label": {"key": "k", "value": "v"},
    "pcc": {"name": "p"},
    "backupunit": {"name": "b", "password": "p", "email": "e@example.com"},
    "k8s": {"name": "c"},
    "natgateway": {"name": "n"},
    "natgateway-rule": {"name": "r", "sourceSubnet": "10.0.0.0/24", "publicIp": "203.0.113.1"},
    "networkloadbalancer": {"name": "n", "listenerLan": 1, "targetLan": 2},
    "applicationloadbalancer": {"name": "n", "listenerLan": 1, "targetLan": 2},
    "target-group": {"name": "t", "algorithm": "RANDOM", "protocol": "HTTP"},
    "security-group": {"name": "s"},
    "flow-log": {"name": "f", "action": "ALL", "direction": "INGRESS", "bucket": "b"},
}
CREATABLE = [row for row in TABLE.rows.values() if "C" in row.verbs and row.under]


def sound(api: Api, row: Row, path: str) -> dict[str, Any]:
    """Values that can be created in the collection ``path``, and what they refer to."""
    values = SOUND.get(row.kind, {})
    datacenter = path.rsplit("/", 1)[0]
    if row.kind == "natgateway":
        block = api.make("/ipblocks", location="de/fra", size=1)
        return {**values, "publicIps": api.properties(block)["ips"]}
    if "listenerLan" in values:
        for public in (True, False):
            api.make(f"{datacenter}/lans", public=public)
    return values


def parent_of(api: Api, row: Row) -> str:
    """Path of a collection in which a row's resources can be created."""
    parent, name = next(iter(row.under.items()))
    if not parent:
        return f"/{name}"
    above = TABLE[parent]
    path = parent_of(api, above)
    return f"{api.make(path, **sound(api, above, path))}/{name}"


def bodies(row: Row, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for spec in row.fields:
        for value in ODD:
            yield spec.name, {**values, spec.name: value}


@pytest.mark.parametrize("row", CREATABLE, ids=lambda row: row.kind)
def test_odd_fields(api: Api, row: Row) -> None:
    path = parent_of(api, row)
    for name, properties in bodies(row, sound(api, row, path)):
        reply = api.post(path, {"properties": properties})
        assert reply.status in (200, 201, 202, 422), (name, properties[name], reply.text)
        if reply.status == 422:
            assert set(reply.codes) <= {"100", "105", "106", "109", "200", "326"}
        else:
            item = f"{path}/{reply.id}"
            if "M" in row.verbs:
                answer = api.patch(item, {name: properties[name]})
                assert answer.status in (202, 422), (name, properties[name], answer.text)
            assert api.get(f"{item}?depth=3").status == 200
            api.delete(item)


NESTING = [row.kind for row in CREATABLE if any(TABLE.nestable(row.kind, version) for version in VERSIONS)]


@pytest.mark.parametrize("kind", NESTING)
def test_odd_entities(api: Api, kind: str) -> None:
    row = TABLE[kind]
    path = parent_of(api, row)
    values = sound(api, row, path)
    names = [entity.name for entity in TABLE.nestable(kind, 6)]
    assert names
    for name in names:
        for value in ODD:
            for entities in ({name: value}, {name: {"items": value}}, {name: {"items": [value]}}):
                body = {"properties": values, "entities": entities}
                reply = api.post(path, body)
                assert reply.status in (202, 404, 422), (body, reply.text)
                if reply.status == 202:
                    api.delete(f"{path}/{reply.id}")


@pytest.mark.parametrize(
    "body",
    [
        *ODD,
        {"properties": None},
        {"properties": "x"},
        {"properties": [1]},
        {"properties": {"snapshotId": [{}]}},
    ],
    ids=repr,
)
def test_odd_bodies(api: Api, body: Any) -> None:
    dc = api.datacenter()
    volume, server = api.volume(dc), api.server(dc)
    for method, path in (
        ("POST", "/datacenters"),
        ("PATCH", dc),
        ("PUT", dc),
        ("PUT", server),
        ("POST", f"{server}/volumes"),
        ("POST", f"{server}/cdroms"),
        ("PUT", f"{server}/securitygroups"),
        ("POST", f"{volume}/create-snapshot"),
        ("POST", f"{volume}/restore-snapshot"),
        ("POST", "/um/groups"),
    ):
        reply = api.call(method, path, json.dumps(body).encode())
        assert reply.status in (202, 400, 404, 422), (method, path, reply.text)
    api.delete(dc)


@pytest.mark.parametrize(
    "query",
    [
        "depth=&offset=&limit=",
        "filter.=x",
        "filter.name=",
        "orderBy=",
        "orderBy=nonsense",
        "maxResults=x",
        "%00=%ff",
    ],
)
def test_odd_queries(api: Api, query: str) -> None:
    for path in ("/datacenters", "/requests", "/images", "/um/users", "/labels"):
        assert api.get(f"{path}?{query}").status in (200, 422)
