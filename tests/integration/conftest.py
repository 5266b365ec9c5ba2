# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the integration tests: the emulator on a socket, and ansible-playbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator import Cloud, Server
from integration.runner import Runner


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One emulator for all tests of a worker."""
    with Server(Cloud()) as server:
        yield server


@pytest.fixture
def play(server: Server, tmp_path: Path) -> Runner:
    """Runs tasks against an account that is new for each test."""
    server.cloud.reset()
    return Runner(server.cloud, server.url, tmp_path)
