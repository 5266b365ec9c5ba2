# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NetFoundry as a vendor: what its modules have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.clock import Progress
from .._engine.outcome import Provider
from .._engine.settings import secrets_in, wants_progress
from .client import Cloud
from .connection import CONNECTION, Connection, variables
from .look import answer, taken
from .resources import RESOURCES
from .rules.facts import NetworkFacts


def connect(
    params: Mapping[str, Any], environ: Mapping[str, str], secrets: set[str], progress: Progress | None
) -> Cloud:
    """The platform that parameters and environment address. Raises InvalidOption."""
    for name in ("api_url", "oauth_url"):
        secrets.update(secrets_in(str(params.get(name) or "")))
    connection = Connection.resolve(params, environ)
    secrets.update(connection.secrets())
    wanted = wants_progress(params.get("progress"), environ, "NETFOUNDRY_PROGRESS")
    return Cloud(connection, connection.auth(tell=secrets.add), progress=progress if wanted else None)


NETFOUNDRY = Provider(
    "netfoundry",
    "the NetFoundry platform",
    CONNECTION,
    RESOURCES,
    variables,
    connect,
    answer,
    taken,
    NetworkFacts,
    later=("_netfoundry.executions",),
)
