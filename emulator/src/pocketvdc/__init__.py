# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A local cloud for tests and rehearsals: ProfitBricks' API v4, v5 and v6 over one state, and NetFoundry.

Run it with ``pocketvdc serve``, or use it from Python::

    from pocketvdc import Cloud, Server

    with Server(Cloud()) as server:
        ...  # server.url + "/cloudapi/v6", demo@example.com / demo-password

See ``pocketvdc.netfoundry`` for the overlay network's services.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import create_app
    from .cloud import Cloud
    from .mounting import mount
    from .server import Server

__version__ = "0.1.0"

__all__ = ["Cloud", "Server", "create_app", "mount"]

_HOMES = {"Cloud": "cloud", "Server": "server", "create_app": "app", "mount": "mounting"}


def __getattr__(name: str) -> Any:
    """Load what is asked for only then: most commands need none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
