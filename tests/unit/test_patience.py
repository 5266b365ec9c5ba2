# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a task may take where the service is silent or slow: no longer than ``wait_timeout``, whichever module it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest, ReadTimeout, Response, Session

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import execute_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import Cloud as Platform
from catalogue import KINDS
from integration.scenarios import SCENARIOS
from unit.test_lost import Stage

LIMIT = 7  # seconds that a task may take
SLACK = 3  # seconds: what has been done may be read in the last moment
PACES = {"silent": 1000.0, "slow": 1.5}  # seconds until an answer comes


def slow_down(stage: Stage, seconds: float) -> None:
    """Let each answer take so long from now on, for whoever is that patient."""
    cloud, clock = stage.world.cloud, stage.world.clock

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
    slow_down(stage, PACES[pace])
    begun = stage.world.clock.now()
    try:
        work()
    except CloudError as error:
        assert "wait_timeout" in str(error)
    else:
        assert pace == "slow"
    assert stage.world.clock.now() - begun <= LIMIT + SLACK


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("kind", SCENARIOS)
def test_a_task_ends_in_time(kind: str, pace: str) -> None:
    stage = Stage(kind, 0.0)
    ends(stage, pace, lambda: stage.world.run(kind, **stage.options, wait_timeout=LIMIT))


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("kind", SCENARIOS)
def test_reading_ends_in_time(kind: str, pace: str) -> None:
    stage = Stage(kind, 0.0)
    subject = KINDS[f"{stage.scenario.provider}_{kind}"]
    options = {**stage.above, "wait_timeout": LIMIT}
    ends(stage, pace, lambda: execute_info(subject, options, False, stage.world.cloud))
