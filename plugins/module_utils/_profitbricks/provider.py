# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ProfitBricks as a vendor: what its modules have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._engine.clock import Progress
from .._engine.outcome import Provider
from .._engine.settings import secrets_in, wants_progress
from .client import Cloud
from .connection import CONNECTION, Connection, variables
from .resources import RESOURCES
from .rules.facts import CloudFacts

if TYPE_CHECKING:
    from .._engine.plan.facts import Read
    from .._engine.plan.steps import Call
    from .._engine.service import Found, Item


def connect(
    params: Mapping[str, Any], environ: Mapping[str, str], secrets: set[str], progress: Progress | None
) -> Cloud:
    """The service that parameters and environment address. Raises InvalidOption."""
    secrets.update(secrets_in(str(params.get("api_url") or "")))
    connection = Connection.resolve(params, environ)
    secrets.update(connection.credentials.secrets())
    wanted = wants_progress(params.get("progress"), environ, "PROFITBRICKS_PROGRESS")
    return Cloud(connection, progress=progress if wanted else None)


def answer(cloud: Cloud, reads: Sequence[Read], found: Found) -> dict[Read, list[Item]]:
    """What the service says to the reads of a plan. Raises CloudError."""
    from . import look  # here, because many plans ask for nothing

    return look.answer(cloud, reads, found)


def taken(cloud: Cloud, calls: Sequence[Call], seconds: float) -> bool:
    """Whether the service knows of a request for one of the calls, made not longer ago than that many seconds."""
    from . import look  # here, because only a lost answer needs it

    return look.taken(cloud, calls, seconds)


PROFITBRICKS = Provider(
    "profitbricks",
    "the ProfitBricks cloud",
    CONNECTION,
    RESOURCES,
    variables,
    connect,
    answer,
    taken,
    CloudFacts,
    narrows=True,
    later=(
        "_profitbricks.addresses",
        "_profitbricks.look",
        "_profitbricks.requests_api",
        "_profitbricks.resources.labels",
        "_profitbricks.resources.machines",
        "_profitbricks.rules.protect",
        "_profitbricks.rules.restarts",
        "_profitbricks.rules.volume_plan",
    ),
)
