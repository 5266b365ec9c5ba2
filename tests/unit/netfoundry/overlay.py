# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated overlay under the collection's client, without a socket and without waiting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pocketvdc
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import execute_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.auth import Account
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.connection import (
    Connection,
)
from catalogue import KINDS
from pocketvdc.faults import Fault
from unit.mounted import fit_for_ansible
from unit.scripted import FakeClock

URL = "http://emulator.test"
ACCOUNT = Account("demo-client", "demo-secret", f"{URL}/oauth2/token")
NET = "net"
DEMO = Connection(URL, "production", ACCOUNT)


class Overlay:
    """A new account with the network ``net``, a client for it, and the calls that were made.

    ``seconds`` is what the platform takes for each piece of work, on a clock that passes only while someone sleeps;
    ``links`` is the generation in which its answers name that work.
    """

    def __init__(self, seconds: float = 0.0, links: str = "execution", connection: Connection = DEMO) -> None:
        self.clock = FakeClock()
        self.clock.time = 1_790_000_000.0
        self.service = pocketvdc.Cloud(provision_seconds=0.0, clock=self.clock.now, seed=1)
        auth = connection.auth(clock=self.clock)
        assert auth._ask is not None
        auth._now = self.clock.now
        self.cloud = Cloud(connection, auth, clock=self.clock)
        for made in (auth._ask, self.cloud.transport):
            pocketvdc.mount(made.session, self.service, URL)
        self.network = self.run("network", name=NET)["network"]["id"]
        self.service.settings.provision_seconds = seconds
        self.service.netfoundry.settings = replace(self.service.netfoundry.settings, links=links)

    def run(self, kind: str, **options: Any) -> dict[str, Any]:
        """What the module of this kind does with the options."""
        self.service.journal.clear()
        return fit_for_ansible(
            execute(KINDS[f"netfoundry_{kind}"], self._placed(kind, options), False, self.cloud)
        )

    def check(self, kind: str, **options: Any) -> dict[str, Any]:
        """What it says in check mode."""
        self.service.journal.clear()
        return fit_for_ansible(
            execute(KINDS[f"netfoundry_{kind}"], self._placed(kind, options), True, self.cloud)
        )

    def info(self, kind: str, **options: Any) -> list[dict[str, Any]]:
        """What the info module of this kind reads."""
        self.service.journal.clear()
        subject = KINDS[f"netfoundry_{kind}"]
        found = execute_info(subject, self._placed(kind, options), False, self.cloud)
        return list(found[subject.resource.plural])

    def _placed(self, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        parents = KINDS[f"netfoundry_{kind}"].resource.parents
        return {"network": NET, **options} if "network" in parents else options

    def fault(self, kind: str, method: str = "*", path: str = "", **more: Any) -> None:
        self.service.faults.add(Fault(kind, method, path, **more))

    @property
    def calls(self) -> list[str]:
        """``METHOD path`` of each call since the last task began, without those for tokens."""
        made = [(each["method"], each["path"]) for each in self.service.journal.calls]
        return [f"{method} {path}" for method, path in made if path != "/oauth2/token"]

    @property
    def reads(self) -> list[str]:
        return [call for call in self.calls if call.startswith("GET") and "/executions/" not in call]

    @property
    def writes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith("GET")]
