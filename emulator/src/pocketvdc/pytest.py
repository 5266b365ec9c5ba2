# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cloud for each test, in the process of the tests.

Name the plugin in ``conftest.py``::

    pytest_plugins = ["pocketvdc.pytest"]

Tests that ask for ``pocketvdc`` have a cloud that nobody else uses; see ``Pocket``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .cloud import Cloud
from .faults import Fault
from .netfoundry import credentials, write_credentials
from .server import Server

_READS = ("GET", "HEAD", "OPTIONS")
# Settings of the tools that this environment replaces, so that none of them leads to a real account.
_FOREIGN = ("PROFITBRICKS_", "IONOS_", "NETFOUNDRY_")


class Clock:
    """The time of a cloud."""

    def __init__(self, cloud: Cloud):
        self._cloud = cloud

    def __call__(self) -> float:
        """Seconds since the epoch."""
        return self._cloud.now()

    def advance(self, seconds: float = 0.0, *, days: float = 0.0) -> None:
        """Let time pass at once: what takes time is finished then, and tokens expire."""
        self._cloud.advance(seconds + days * 24 * 3600)


@dataclass(frozen=True)
class Pocket:
    """A cloud for one test.

    :ivar url: its base URL; the API is at ``/cloudapi/v6``.
    :ivar env: a whole environment for programs, ``os.environ`` with what leads Ansible, SDKs, and programs that know
        NetFoundry to this cloud, and nothing that leads elsewhere.
    :ivar clock: its time.
    :ivar cloud: the cloud itself, for ``settings`` for instance.
    """

    cloud: Cloud
    url: str
    env: dict[str, str]
    clock: Clock

    def requests(self, *, writes: bool = False) -> list[dict[str, Any]]:
        """The requests since the start or the last ``forget``, oldest first: ``method``, ``path``, ``query``, ``status``.

        :param writes: only those that can change something.
        """
        with self.cloud.lock:
            return [call for call in self.cloud.journal.calls if not (writes and call["method"] in _READS)]

    def forget(self) -> None:
        """Begin to note requests anew."""
        with self.cloud.lock:
            self.cloud.journal.clear()

    def fault(self, kind: str, **values: Any) -> None:
        """Make requests fail, see ``pocketvdc.faults.Fault``. BadFault, a ValueError, when it makes no sense."""
        with self.cloud.lock:
            self.cloud.faults.add(Fault.parse({"kind": kind, **values}))


@pytest.fixture
def pocketvdc(tmp_path: Path) -> Iterator[Pocket]:
    """A cloud for this test, see ``Pocket``."""
    cloud = Cloud()
    with Server(cloud) as server:
        account = tmp_path / "netfoundry.json"
        write_credentials(account, credentials(server.url))
        yield Pocket(cloud, server.url, _environment(cloud, server.url, account), Clock(cloud))


def _environment(cloud: Cloud, url: str, account: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    token = str(cloud.accounts[0].token)
    api = f"{url}/cloudapi/v6"
    return {
        **own,
        "PROFITBRICKS_API_URL": api,
        "PROFITBRICKS_TOKEN": token,
        "IONOS_API_URL": api,
        "IONOS_TOKEN": token,
        "NETFOUNDRY_API_URL": url,
        "NETFOUNDRY_API_ACCOUNT": str(account),
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
