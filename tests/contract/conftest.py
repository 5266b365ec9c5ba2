# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cloud for each test, and clients of it; a module whose tests need another one has a fixture of the same name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pocketvdc import Cloud, Server
from pocketvdc.testing import Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cloud(clock: Clock) -> Cloud:
    return Cloud(clock=clock, seed=7)


@pytest.fixture
def api(cloud: Cloud) -> Api:
    return Api(cloud)


@pytest.fixture
def dc(api: Api) -> str:
    """The path of an empty data center."""
    return api.datacenter()


@pytest.fixture
def server() -> Iterator[Server]:
    """A cloud of its own behind a socket."""
    with Server(Cloud()) as running:
        yield running
