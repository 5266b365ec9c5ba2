# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A snapshot holds the whole state: what is read from it, and what can be done with it, is what was before."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from contract.schema.world import BASE, World, session_of
from pocketvdc import Cloud
from pocketvdc.netfoundry.testing import NetFoundryApi
from pocketvdc.snapshot import BadSnapshot, UnderWay, load, save
from pocketvdc.testing import Api, Clock

DC = {"properties": {"name": "one", "location": "de/fra"}}
COLLECTIONS = (
    "datacenters", "ipblocks", "snapshots", "images", "labels", "k8s", "pccs", "backupunits", "um/users", "um/groups",
    "requests", "contracts",
)  # fmt: skip


def everything(cloud: Cloud) -> Iterator[tuple[str, tuple[int, object]]]:
    """All that an account can read, by its path."""
    session = session_of(cloud)
    for name in COLLECTIONS:
        answer = session.get(f"{BASE}/{name}", params={"depth": "7"})
        yield name, (answer.status_code, answer.json())


def of_overlay(cloud: Cloud) -> list[object]:
    api = NetFoundryApi(cloud)
    kinds = ("networks", "endpoints", "edge-routers", "services", "app-wans")
    return [api.read(f"/core/v2/{kind}") for kind in kinds]


@pytest.fixture(scope="module")
def full() -> Cloud:
    """A cloud with one of everything, of both services."""
    cloud = Cloud(clock=Clock(), seed=1)
    World(session_of(cloud), BASE).build()
    api = NetFoundryApi(cloud)
    api.network("ACME Net")
    return cloud


@pytest.fixture(scope="module")
def again(full: Cloud) -> Cloud:
    """Another cloud, in which the first one goes on."""
    cloud = Cloud(clock=Clock(), seed=2)
    load(cloud, save(full))
    return cloud


def test_all_that_can_be_read_is_the_same(full: Cloud, again: Cloud) -> None:
    before = dict(everything(full))
    assert {status for status, _body in before.values()} == {200}
    assert dict(everything(again)) == before


def test_the_overlay_is_the_same(full: Cloud, again: Cloud) -> None:
    assert of_overlay(again) == of_overlay(full)


def test_the_same_writes_have_the_same_answers(full: Cloud, again: Cloud) -> None:
    """Counters, addresses in use, and the source of ids are part of the state."""
    session, other = session_of(full), session_of(again)
    for body in (DC, DC):
        first, second = (each.post(f"{BASE}/datacenters", json=body) for each in (session, other))
        assert (second.status_code, second.json()) == (first.status_code, first.json())
    block = {"properties": {"location": "de/fra", "size": 2}}
    ips = [each.post(f"{BASE}/ipblocks", json=block).json()["properties"]["ips"] for each in (session, other)]
    assert ips[0] == ips[1]


def test_a_second_snapshot_is_the_same_text(full: Cloud) -> None:
    cloud = Cloud(clock=full.clock)
    text = save(full)
    load(cloud, text)
    assert save(cloud) == text


def test_what_is_deleted_after_loading_is_gone_with_all_that_it_held(full: Cloud) -> None:
    cloud = Cloud(clock=full.clock)
    load(cloud, save(full))
    session = session_of(cloud)
    for kind in ("k8s", "datacenters"):
        for found in session.get(f"{BASE}/{kind}").json()["items"]:
            for pool in session.get(f"{BASE}/k8s/{found['id']}/nodepools").json().get("items", ()):
                session.delete(f"{BASE}/k8s/{found['id']}/nodepools/{pool['id']}").raise_for_status()
            session.delete(f"{BASE}/{kind}/{found['id']}").raise_for_status()
        assert session.get(f"{BASE}/{kind}").json()["items"] == []


def test_tokens_stay_good() -> None:
    cloud, other = Cloud(seed=1), Cloud(seed=2)
    made = Api(cloud).call("GET", "/auth/v1/tokens/generate").json["token"]
    access = NetFoundryApi(cloud).headers["Authorization"].split()[1]
    load(other, save(cloud))
    assert other.by_token(made) is not None
    assert other.netfoundry.logins.by_token(access) is not None


def test_the_clock_stays_ahead() -> None:
    cloud, other = Cloud(clock=Clock()), Cloud(clock=Clock())
    cloud.advance(3600)
    load(other, save(cloud))
    assert other.now() == cloud.now()


def test_work_under_way_cannot_be_saved() -> None:
    clock = Clock()
    cloud = Cloud(provision_seconds=5, clock=clock)
    assert Api(cloud).post("/datacenters", DC).status == 202
    with pytest.raises(UnderWay, match="1 steps are left"):
        save(cloud)
    clock.advance(5)
    assert save(cloud)


def changed(text: str, number: int, **values: object) -> str:
    lines = text.splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **values})
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: "", "no snapshot of pocketvdc"),
        (lambda text: "[1]\n", "no snapshot of pocketvdc"),
        (lambda text: changed(text, 0, format=99), "format 99"),
        (lambda text: text.rpartition('{"objects"')[0], "cut off"),
        (lambda text: text.splitlines()[0] + "\n" + "\n".join(text.splitlines()[2:]), "cut off"),
        (lambda text: text.replace("{", "", 3), "no snapshot"),
        (lambda text: changed(text, 1, **{"class": "Popen"}), "a Popen, which this version does not know"),
        (lambda text: changed(text, -1, cloud={}), "damaged"),
        (lambda text: text.replace('["ref", 3]', '["ref", 99999]'), "damaged"),
    ],
)
def test_what_is_no_snapshot_is_refused_and_changes_nothing(full: Cloud, damage: object, said: str) -> None:
    assert callable(damage)
    cloud = Cloud(clock=Clock(), seed=1)
    before = save(cloud)
    with pytest.raises(BadSnapshot, match=said):
        load(cloud, damage(save(full)))
    assert save(cloud) == before
