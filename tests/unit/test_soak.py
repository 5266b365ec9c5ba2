# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The soak: a short one holds, and it sees what it is there to see."""

from __future__ import annotations

import pytest

from pocketvdc.faults import Fault
from pocketvdc.testing import Api
from soak.__main__ import soak
from soak.walks import Broken, Datacenter, Network
from soak.ways import Mounted


def test_a_short_soak_holds() -> None:
    told: list[str] = []
    said = soak(10, 1, told.append)
    assert said.startswith("converged, nothing doubled, nothing lost, no request left open: ")
    assert len(told) >= 4  # a line for each walk: both services, both ways


def settled() -> Datacenter:
    """A walk that wants a server in a data center, and has it."""
    walk = Datacenter(Mounted(1))
    walk.there, walk.lans = True, ["lan1"]
    walk.servers = [walk.server("web1")]
    walk.about_block = False
    walk.check(*walk.task())
    return walk


def other(walk: Datacenter) -> Api:
    """Somebody else in the same account."""
    return Api(walk.way.service)


@pytest.mark.parametrize("name", ["block", "other"])
def test_what_is_doubled_is_seen(name: str) -> None:
    walk = settled()
    other(walk).make("/ipblocks", name=name, location="de/fra", size=1)
    with pytest.raises(Broken, match=f"doubled Counter.*{name}"):
        walk.check(*walk.task())


def test_what_is_lost_is_seen() -> None:
    walk = settled()
    task = walk.task()
    walk.block = True
    with pytest.raises(Broken, match="lost Counter.*block"):
        walk.check(*task)


def test_what_is_left_open_is_seen() -> None:
    walk = settled()
    api = other(walk)
    block = api.make("/ipblocks", name="block", location="de/fra", size=1)
    walk.way.service.line.settle(walk.way.clock.now() + 10)
    walk.block = True
    api.patch(block, {"name": "block"})
    with pytest.raises(Broken, match="left open"):
        walk.check(*walk.task())


def test_what_does_not_converge_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = settled()
    kind, options = walk.task()
    monkeypatch.setattr(walk, "run", lambda *_rest, **_more: {"changed": True, "actions": ["update"]})
    with pytest.raises(Broken, match="does not converge"):
        walk.check(kind, options)


def test_what_fails_without_trouble_is_seen() -> None:
    walk = Network(Mounted(1))
    walk.there = True
    walk.way.service.faults.add(Fault("status", status=500, times=0))
    with pytest.raises(Broken, match="HTTP 500"):
        walk.check(*walk.task())
