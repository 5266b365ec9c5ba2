# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creations whose answers are lost, and which the service carries out late: nothing is made twice.

LOST_TRIALS says how many trials of each kind are made.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import ApiError, Unanswered
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.lost import Undecided
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.scripted import FakeClock

TRIALS = int(os.environ.get("LOST_TRIALS", "8"))
TREE = {
    "name": "late",
    "lans": [{"name": "late"}],
    "servers": [{"name": "late", "cores": 1, "ram": 1024, "nics": [{"name": "n", "lan": "late"}]}],
}
KINDS: dict[str, dict[str, Any]] = {
    "datacenter": {"name": "late", "location": "de/fra"},
    "ipblock": {"name": "late", "location": "de/fra", "size": 1},
    "lan": {"datacenter": "shop", "name": "late"},
    "server": {"datacenter": "shop", "name": "late", "cores": 1, "ram": 1024},
    "volume": {"datacenter": "shop", "name": "late", "size": 1, "licence_type": "OTHER"},
    "tree": {**TREE, "location": "de/fra"},
    "server of a tree": {**TREE, "name": "shop"},
}


class Late:
    """Loses the answer to the first creation, which the service gets ``delay`` seconds after that; None: never."""

    def __init__(self, world: Any, delay: float | None, error: Exception, clock: FakeClock) -> None:
        self._send, self._sleep = world.cloud.send, clock.sleep
        self._delay, self._error, self._clock = delay, error, clock
        self._pending: list[tuple[float, Any]] = []
        self.lost = 0
        world.cloud.send = self._losing
        clock.sleep = self._delivering  # type: ignore[method-assign]

    def _losing(self, call: Any, deadline: Deadline) -> Any:
        if call.verb != "create" or self.lost:
            return self._send(call, deadline)
        self.lost = 1
        if self._delay is not None:
            self._pending.append((self._clock.now() + self._delay, call))
            self._deliver()
        raise self._error

    def _delivering(self, seconds: float) -> None:
        # What is due meanwhile arrives when it is due.
        until = self._clock.now() + seconds
        for due, _call in self._pending:
            if self._clock.now() < due <= until:
                self._sleep(due - self._clock.now())
                self._deliver()
        self._sleep(max(0.0, until - self._clock.now()))
        self._deliver()

    def _deliver(self) -> None:
        for due, call in list(self._pending):
            if due <= self._clock.now():
                self._pending.remove((due, call))
                self._send(call, Deadline.after(self._clock, 60))

    def deliver_all(self) -> None:
        for due, _call in list(self._pending):
            self._delivering(max(0.0, due - self._clock.now()))


def trials() -> Iterator[tuple[str, int]]:
    return ((kind, seed) for kind in KINDS for seed in range(TRIALS))


def losses(source: random.Random) -> Exception:
    return source.choice([Unanswered("lost"), ApiError(504, [], "POST", "x"), ApiError(502, [], "POST", "x")])


@pytest.mark.parametrize(("kind", "seed"), trials())
def test_a_creation_that_arrives_late_makes_one_object(kind: str, seed: int) -> None:
    source = random.Random(f"{kind} {seed}")
    world = Mounted(seconds=source.choice([0.0, 0.5]))
    world.run("datacenter", name="shop", location="de/fra")
    late = Late(world, source.uniform(0, 2 * world.cloud.timeout), losses(source), world.clock)
    module = kind if kind in ("ipblock", "lan", "server", "volume") else "datacenter"
    done = world.run(module, **KINDS[kind])
    late.deliver_all()
    assert done["changed"] and late.lost
    options = KINDS["server" if kind == "server of a tree" else kind]
    above = {"datacenter": "shop"} if module != "datacenter" and module != "ipblock" else {}
    if kind == "server of a tree":
        module, above = "server", {"datacenter": "shop"}
    named = [each for each in world.info(module, **above) if each["name"] == options["name"]]
    assert len(named) == 1
    assert not world.run("datacenter" if "tree" in kind else module, **KINDS[kind])["changed"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_an_overlay_s_endpoint_that_arrives_late_is_made_once(seed: int) -> None:
    source = random.Random(seed)
    overlay = Overlay()
    overlay.run("network", name="N", provider="AWS", region="us-east-1")
    late = Late(overlay, source.uniform(0, 2 * overlay.cloud.timeout), losses(source), overlay.clock)
    assert overlay.run("endpoint", network="N", name="late")["changed"]
    late.deliver_all()
    assert [each["name"] for each in overlay.info("endpoint", network="N")] == ["late"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_creation_that_never_arrives_is_made_after_all(kind: str) -> None:
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    Late(world, None, Unanswered("lost"), world.clock)
    module = kind if kind in ("ipblock", "lan", "server", "volume") else "datacenter"
    assert world.run(module, **KINDS[kind])["changed"]
    assert not world.run(module, **KINDS[kind])["changed"]


def test_what_cannot_be_decided_in_time_is_an_error_that_says_so_and_no_second_post() -> None:
    world = Mounted()
    late = Late(world, 3600.0, Unanswered("lost"), world.clock)
    with pytest.raises(
        Undecided, match="create of data center late: .* it may have been made. Run the task again"
    ):
        world.run("datacenter", **KINDS["datacenter"], wait_timeout=20)
    assert world.writes == [] and late.lost
    late.deliver_all()
    assert not world.run("datacenter", **KINDS["datacenter"])["changed"]


def test_a_request_that_the_service_tells_of_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The object does not show yet, but its request does (contract section 6.2)."""
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    late = Late(world, 0.0, Unanswered("lost"), world.clock)
    locate: Callable[..., Any] = world.cloud.locate

    def blind(resource: Any, options: Any, tree: bool = False) -> Any:
        found = locate(resource, options, tree)
        found.item = None if late.lost else found.item
        return found

    monkeypatch.setattr(world.cloud, "locate", blind)
    with pytest.raises(Undecided):
        world.run("volume", **KINDS["volume"])
    monkeypatch.undo()
    assert [each["name"] for each in world.info("volume", datacenter="shop")] == ["late"]
