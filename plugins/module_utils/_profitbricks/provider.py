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
    from .._engine.plan.planner import Plan
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


# What has a limit, uses an address or is one of few, or is made of something that a location may lack.
FORESEEN = (
    "application_load_balancer",
    "application_load_balancer_rule",
    "cdrom_attachment",
    "flowlog",
    "ipblock",
    "k8s_cluster",
    "k8s_nodepool",
    "lan",
    "loadbalancer",
    "nat_gateway",
    "nat_gateway_rule",
    "network_load_balancer",
    "network_load_balancer_rule",
    "nic",
    "security_group",
    "security_group_rule",
    "server",
    "volume",
    "volume_attachment",
)


def foresee(facts: CloudFacts, plan: Plan) -> None:
    """Raise DoesNotFit for the plan of a single object that exceeds a limit, or needs what its location lacks."""
    if plan.steps and facts.resource.kind in FORESEEN:
        from .rules.limits import would_fit  # here, because only check mode needs it, and not for every kind

        would_fit(facts, plan)


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
    foresee,
    narrows=True,
)
