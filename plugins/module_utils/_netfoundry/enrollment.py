# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One-time enrollment tokens (contract sections 8.3 and 8.4)."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

from .._engine.files import check_folder, check_name, holds_private, write_private
from .._engine.outcome import Outcome, Task
from .._engine.plan.facts import Facts
from .._engine.schema.field import Field
from .._engine.schema.resource import Resource
from .._engine.service import Item
from .behaviour.inside import Inside
from .client import Cloud
from .resources.endpoints import ENDPOINT
from .rules.endpoints import TOKEN

OPTIONS = (
    Field(
        "return_jwt",
        "bool",
        default=False,
        help="Whether to return the one-time enrollment token as RV(jwt). Set C(no_log) on the task, "
        "because the token is a secret until it is used.",
    ),
    Field(
        "jwt_file",
        "path",
        help="File for the one-time enrollment token, which only its owner can read, on the host that runs "
        "the module. In a folder, the file is named after the object and ends in C(.jwt). It is "
        "written unless it already contains the token, and left alone once the token has been used.",
    ),
)
RESULTS = (
    Field(
        "jwt",
        help="The one-time enrollment token, with O(return_jwt=true) and until it is used; V(null) "
        "otherwise.",
        sample=None,
    ),
    Field(
        "jwt_expires",
        help="When the one-time enrollment token expires, in UTC, according to the token; V(null) if there is none.",
        sample="2026-11-03T09:17:01Z",
    ),
)
WRITTEN = "write_jwt_file"
END_OF_TIME = 253_402_300_799.0  # of dates that can be written
SHORT = 12 * 3600.0  # seconds that a token should still be good for, so that somebody has the time to use it


class Enrolling(Inside):
    """What has a one-time enrollment token."""

    def look(self, task: Task[Cloud]) -> Facts:
        """Refuse a file that cannot be written, before anything is sent."""
        path = task.options.get("jwt_file")
        if path and not task.absent:
            # In a folder, the object's name is the file's.
            for option in ("jwt_file", "name"):
                check_name(option, str(task.options.get(option) or ""))
            check_folder("jwt_file", Path(path), task.check_mode)
        facts = super().look(task)
        ends = ends_at((task.item or {}).get("jwt"))
        facts.found.known[TOKEN] = {"short": ends is not None and ends - task.cloud.service_time() < SHORT}
        return facts

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        """Hand the token out as the options say."""
        options, token = task.options, (task.item or {}).get("jwt")
        outcome.extra["jwt"] = token if options.get("return_jwt") and outcome.result is not None else None
        ends = ends_at(token) if outcome.result is not None else None
        outcome.extra["jwt_expires"] = _text(ends) if ends is not None else None
        if outcome.result is not None:
            outcome.warnings += _short(self.resource, outcome.result, ends, task.cloud.service_time())
        if not options.get("jwt_file") or outcome.result is None:
            return
        path = Path(options["jwt_file"])
        outcome.warnings += check_folder("jwt_file", path, task.check_mode)
        if path.is_dir():
            path /= f"{str(outcome.result['name']).replace('/', '_')}.jwt"
        # A new object has its token when the service is done with it, which check mode cannot see.
        foretold = task.check_mode and facts.have is None and task.waiting.wait
        if not foretold and (not token or holds_private(path, token)):
            return
        if not task.check_mode:
            write_private("jwt_file", path, str(token))
        outcome.changed = True
        outcome.actions.append(WRITTEN)


def ends_at(token: str | None) -> float | None:
    """When a token ends, in seconds since the epoch, as its claim ``exp`` says; None where nothing does."""
    parts = str(token or "").split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        ends = float(claims["exp"])
    except (IndexError, KeyError, TypeError, ValueError, OverflowError):
        return None
    return ends if 0 < ends < END_OF_TIME else None


def _text(ends: float) -> str:
    return datetime.fromtimestamp(ends, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _short(resource: Resource, result: Item, ends: float | None, now: float) -> list[str]:
    """A warning if a token has expired or is about to."""
    if ends is None or ends - now >= SHORT:
        return []
    when = f"expired at {_text(ends)}" if ends <= now else f"expires soon, at {_text(ends)}"
    advice = (
        "renew=true creates a new one"
        if resource is ENDPOINT
        else "delete the router and create it again to get another"
    )
    return [f"The enrollment token of the {resource.label} {result['name']} {when}; {advice}"]
