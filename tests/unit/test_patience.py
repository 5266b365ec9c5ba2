# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a task may take where the service is silent or slow: ``wait_timeout``, whichever module it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest, ReadTimeout, Response, Session

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.apply import StepsFailed
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    ConnectionFailed,
    NotBegun,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import execute_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import Cloud as Platform
from catalogue import KINDS
from integration.scenarios import SCENARIOS
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.test_lost import Stage

LIMIT = 7  # seconds that a task may take
SLACK = 3  # seconds: what has been done may be read in the last moment
PACES = {"silent": 1000.0, "slow": 1.5, "steady": 0.9}  # seconds until an answer comes


def slow_down(world: Mounted | Overlay, seconds: float) -> None:
    """Let each answer take so long from now on, for whoever is that patient."""
    cloud, clock = world.cloud, world.clock

    def slowed(session: Session) -> None:
        send: Callable[..., Response] = session.send

        def slow(request: PreparedRequest, timeout: float, **options: Any) -> Response:
            clock.time += min(seconds, timeout)
            if timeout < seconds:
                raise ReadTimeout
            return send(request, timeout=timeout, **options)

        session.send = slow  # type: ignore[method-assign,assignment]

    slowed(cloud.transport.session)
    if isinstance(cloud, Platform) and cloud.auth._ask is not None:
        slowed(cloud.auth._ask.session)


def ends(stage: Stage, pace: str, work: Callable[[], Any]) -> None:
    """It ends in time, and where there is no answer with an error that names the option."""
    slow_down(stage.world, PACES[pace])
    begun = stage.world.clock.now()
    try:
        work()
    except CloudError as error:
        assert "wait_timeout" in str(error)
    else:
        assert pace != "silent"
    assert stage.world.clock.now() - begun <= LIMIT + SLACK


@pytest.mark.parametrize(
    ("mode", "pace"),
    [*(("as a rule", pace) for pace in PACES), ("without waiting", "steady"), ("in check mode", "slow")],
)
@pytest.mark.parametrize("kind", SCENARIOS)
def test_a_task_ends_in_time(kind: str, mode: str, pace: str) -> None:
    stage = Stage(kind, 0.0)
    subject = KINDS[f"{stage.scenario.provider}_{kind}"]
    options = {**stage.options, "wait": mode != "without waiting", "wait_timeout": LIMIT}
    ends(stage, pace, lambda: execute(subject, options, mode == "in check mode", stage.world.cloud))


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("kind", SCENARIOS)
def test_reading_ends_in_time(kind: str, pace: str) -> None:
    stage = Stage(kind, 0.0)
    subject = KINDS[f"{stage.scenario.provider}_{kind}"]
    options = {**stage.above, "wait_timeout": LIMIT}
    ends(stage, pace, lambda: execute_info(subject, options, False, stage.world.cloud))


LANS = [f"lan-{number}" for number in range(1, 13)]


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("wait", [True, False])
def test_a_tree_says_what_was_not_begun_in_time_and_the_next_task_does_it(
    wait: bool, concurrency: int
) -> None:
    world = Mounted()
    options = {"name": "shop", "location": "de/fra", "concurrency": concurrency}
    world.run("datacenter", **options)
    options["lans"] = [{"name": name} for name in LANS]
    slow_down(world, 1.0)
    start = world.clock.now()
    with pytest.raises(StepsFailed) as caught:
        world.run("datacenter", **options, wait=wait, wait_timeout=LIMIT)
    # This clock adds up the seconds of what is sent at the same time.
    assert world.clock.now() - start <= LIMIT + concurrency - 1
    done, failed, left = (caught.value.facts()[name] for name in ("applied", "failed_steps", "left_steps"))
    # Which of those that are sent at the same time come too late is theirs to settle.
    begun, late = [
        [step["name"] for step in steps] for steps in ((failed, left) if wait else (done, failed + left))
    ]
    assert late == [name for name in LANS if name not in begun]
    made, sent = len(begun), [f"create of LAN {name}" for name in begun]
    said = str(caught.value)
    assert made == len(world.writes)
    if wait:
        assert said.startswith(f"{sent[0]}, {sent[1]}, {sent[2]} and {made - 3} more were not finished")
        assert f". Not begun because of that: create of LAN {late[0]}, " in said
        assert said.endswith(f"create of LAN {late[-1]}. Done: 0 of 12 steps, {made} more accepted")
        assert not done and caught.value.facts()["request_id"]
    else:
        assert said.startswith(
            f"create of LAN {late[0]} was not started within wait_timeout={LIMIT} seconds. Run the task again, or raise "
            f"wait_timeout. Not begun because of that: create of LAN {late[1]}, "
        )
        assert said.endswith(f"create of LAN {late[-1]}. Done: {made} of 12 steps")
        assert len(failed) == 1
    assert len(done) + len(failed) + len(left) == len(LANS)
    assert len(world.run("datacenter", **options)["plan"]) == len(LANS) - len(done if not wait else failed)
    assert not world.run("datacenter", **options)["changed"]


def test_an_object_whose_reads_take_all_the_time_is_not_begun() -> None:
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    slow_down(world, 0.5)
    with pytest.raises(
        NotBegun, match="^create of LAN front was not started within wait_timeout=1 seconds. Run "
    ):
        world.run("lan", datacenter="shop", name="front", wait_timeout=1)
    assert not world.writes


def test_no_read_begins_once_time_is_over() -> None:
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    world.cloud = world.client(6)
    slow_down(world, 0.01)
    world.cloud.obey(Deadline.after(world.clock, 1.0))
    with pytest.raises(
        ConnectionFailed, match="^Time ran out before GET .* Try later, or raise wait_timeout$"
    ):
        for _read in range(200):
            world.cloud.get("datacenters")
