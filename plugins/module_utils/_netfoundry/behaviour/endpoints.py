# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Endpoints and edge routers."""

from __future__ import annotations

from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.checks import matches
from ..._engine.schema.field import Field
from .. import enrollment
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from ..rules.endpoints import CALLER, is_yes
from ..rules.endpoints import ENDPOINT_RULES as RULES

RENEW = Field(
    "renew",
    "bool",
    default=False,
    help="Whether to delete and recreate an endpoint that was never enrolled, if its enrollment token has "
    "expired or expires within 12 hours. This is the only way to get a new token. The endpoint keeps "
    "its name and attributes, and gets a new O(id).",
)
SHARE = Field(
    "share",
    "list",
    elements="str",
    checks=(
        matches(r"(?i:true|yes|on|false|no|off)|[^@\s]+@[^@\s]+", "an e-mail address, or true or false"),
    ),
    help="E-mail addresses to send the enrollment token to when the task creates or recreates the "
    "endpoint. V(true) stands for the address of the account that runs the task, V(false) for nobody. Nothing is sent "
    "for an existing one.",
)


class Endpoints(enrollment.Enrolling):
    def look(self, task: Task[Cloud]) -> Facts:
        """Ask for the caller's own address only where a token may be mailed to it."""
        facts, options = super().look(task), task.options
        anew = facts.have is None or options.get("renew") or options.get("replace")
        if anew and not task.absent and any(is_yes(each) for each in options.get("share") or ()):
            from ..caller import who_calls  # here, because most tasks need none of it

            caller = who_calls(task.cloud)
            facts.found.known[CALLER] = {"address": caller.get("email") or caller.get("contact_email")}
        return facts


ENDPOINTS = Endpoints(
    NETFOUNDRY,
    ENDPOINT,
    RULES,
    options=(*enrollment.OPTIONS, RENEW, SHARE),
    results=enrollment.RESULTS,
)

# -- edge routers -------------------------------------------------------------------------------------------------

NEW_KEY = Field(
    "new_registration_key",
    "bool",
    default=False,
    help="Whether to create a new registration key for a router that you host yourself, and to return it "
    "as RV(registration_key). It invalidates the previous one, so that the task reports a change each "
    "time.",
)
KEY_RESULTS = (
    Field(
        "registration_key",
        help="The new registration key, with O(new_registration_key=true); V(null) otherwise.",
        sample=None,
    ),
    Field("registration_key_expires_at", help="When the new registration key expires, in UTC.", sample=None),
)


class EdgeRouters(enrollment.Enrolling):
    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        super().results_of(task, facts, outcome)
        answer = task.answers.get(NEW_KEY.name, {})
        outcome.extra["registration_key"] = answer.get("registrationKey")
        outcome.extra["registration_key_expires_at"] = answer.get("expiresAt")


EDGE_ROUTERS = EdgeRouters(
    NETFOUNDRY,
    EDGE_ROUTER,
    RULES,
    options=(*enrollment.OPTIONS, NEW_KEY),
    results=(*enrollment.RESULTS, *KEY_RESULTS),
)
