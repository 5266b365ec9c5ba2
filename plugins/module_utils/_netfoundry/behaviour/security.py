# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Posture checks and certificate authorities."""

from __future__ import annotations

from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.field import Field
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.security import CERTIFICATE_AUTHORITY, POSTURE_CHECK
from ..rules.security import SECURITY_RULES as RULES
from .inside import Inside

POSTURE_CHECKS = Inside(NETFOUNDRY, POSTURE_CHECK, RULES)

# -- certificate authorities --------------------------------------------------------------------------------------

RETURN_JWT = Field(
    "return_jwt",
    "bool",
    default=False,
    help="Whether to return the network's token, which endpoints need to enroll with a certificate, as "
    "RV(jwt).",
)
JWT = Field("jwt", help="The network's token, with O(return_jwt=true); V(null) otherwise.", sample=None)


class Authorities(Inside):
    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        wanted = task.options.get("return_jwt") and outcome.result is not None
        outcome.extra["jwt"] = (task.item or {}).get("jwt") if wanted else None


CERTIFICATE_AUTHORITIES = Authorities(
    NETFOUNDRY,
    CERTIFICATE_AUTHORITY,
    RULES,
    options=(RETURN_JWT,),
    results=(JWT,),
)
