# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large networks in the emulated NetFoundry: making and reading them costs in proportion to their size."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from pocketvdc import Cloud
from pocketvdc.netfoundry.testing import NetFoundryApi
from pocketvdc.testing import Clock

FEW, MANY = 500, 2000
# Four times as much may take four times as long, three times over for a busy machine; by the square it is 16.
LINEAR = MANY / FEW * 3


@dataclass(frozen=True)
class Overlay:
    """A network with so many new endpoints whose executions are still under way, after half of their time."""

    api: NetFoundryApi
    clock: Clock
    network: str
    size: int

    def pages(self, path: str) -> list[Any]:
        pages = range(-(-self.size // 200))
        return [item for page in pages for item in self.api.items(f"{path}&size=200&page={page}")]


def overlay(size: int) -> Overlay:
    clock = Clock()
    api = NetFoundryApi(Cloud(clock=clock, seed=1))
    network = api.network()
    api.read(f"networks/{network}")
    api.control("POST", "settings", {"provision_seconds": 10})
    for number in range(size):
        api.make("endpoints", name=f"e{number:04}", networkId=network, attributes=[f"#{number % 10}"])
    clock.advance(5)
    return Overlay(api, clock, network, size)


def read_executions(found: Overlay) -> None:
    query = f"executions?networkId={found.network}&sort=createdAt,desc&name=Create Endpoint"
    executions = found.pages(query)
    assert len({each["id"] for each in executions}) == found.size
    assert {each["status"] for each in executions} == {"RUNNING"}
    assert len(found.pages(f"{query}&status=RUNNING")) == found.size
    assert found.pages(f"{query}&status=FINISHED") == []
    found.clock.advance(5)
    assert len(found.pages(f"{query}&status=FINISHED")) == found.size


def read_endpoints(found: Overlay) -> None:
    found.clock.advance(5)
    query = f"endpoints?networkId={found.network}&sort=name,asc&typeId=Device"
    endpoints = found.pages(query)
    assert [each["name"] for each in endpoints] == [f"e{number:04}" for number in range(found.size)]
    assert all(each["jwt"] for each in endpoints)
    [one] = found.api.items(f"{query}&name=E{found.size - 1:04}")
    assert one["id"] == endpoints[-1]["id"]


def delete(found: Overlay) -> None:
    found.clock.advance(5)
    for endpoint in found.pages(f"endpoints?networkId={found.network}"):
        assert found.api.delete(f"endpoints/{endpoint['id']}").status == 202
    found.clock.advance(10)
    assert found.api.items(f"endpoints?networkId={found.network}") == []


def cost(work: Callable[[], object]) -> float:
    """Seconds of the processor; whatever else runs on the machine counts little."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.parametrize("work", [read_executions, read_endpoints, delete])
def test_a_large_network_costs_in_proportion(work: Callable[[Overlay], None]) -> None:
    making, working = {}, {}
    for size in (FEW, MANY):
        begun = time.process_time()
        found = overlay(size)
        making[size] = time.process_time() - begun
        working[size] = cost(partial(work, found))
    assert making[MANY] < LINEAR * making[FEW]
    assert working[MANY] < LINEAR * working[FEW]


def test_another_large_network_costs_a_small_one_nothing() -> None:
    large = overlay(MANY)
    large.clock.advance(5)
    small = large.api.network("small")
    large.clock.advance(10)
    ident = large.api.make("endpoints", name="one", networkId=small)
    large.clock.advance(10)
    looked = cost(lambda: [large.api.items(f"executions?networkId={small}") for _each in range(20)])
    whole = cost(lambda: [large.api.items(f"executions?networkId={large.network}") for _each in range(20)])
    assert looked * 10 < whole
    assert [each["resourceId"] for each in large.api.items(f"executions?networkId={small}")] == [small, ident]
