# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls that do not leave the process, made before Ansible forks its workers.

Python takes several times as long to do something for the first time. Each worker runs one task, and is a copy of the
process that loads the plugin: what that has done before is not new to the worker.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import (
    Credentials,
    Transport,
)

ADDRESS = "http://rehearsal.invalid"
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"items": []}'
TIMES = 8  # from then on, Python has specialized the code


def rehearse() -> None:
    """Make calls that are answered from memory. If that fails, nothing is lost: each task says what it lacks."""
    with suppress(Exception):
        transport = Transport(ADDRESS, Credentials(token="rehearsal"), "rehearsal")
        # A proxy of the environment would be asked for the host.
        transport.session.trust_env = False
        manager: Any = transport.session.adapters["http://"].poolmanager  # type: ignore[attr-defined]
        pools = manager.pool_classes_by_scheme
        manager.pool_classes_by_scheme = {"http": _answering(pools["http"])}
        for _attempt in range(TIMES):
            transport.call("GET", "")
        transport.close()


def _answering(pool: Any) -> Any:
    """A class of urllib3's pools whose connections lead nowhere and answer all the same."""

    class Connection(pool.ConnectionCls):
        def connect(self) -> None:
            self.sock, self.far = socket.socketpair()

        def request(self, *args: Any, **options: Any) -> None:
            super().request(*args, **options)
            self.far.sendall(ANSWER)

        def close(self) -> None:
            if self.sock:
                self.far.close()
            super().close()

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})
