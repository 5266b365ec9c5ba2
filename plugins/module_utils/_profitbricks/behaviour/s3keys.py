# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of users for the object storage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.behaviour import Behaviour
from ..._engine.errors import InvalidOption
from ..._engine.outcome import Outcome, Task
from ..._engine.plan.facts import Facts
from ..._engine.schema.field import Field
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import S3KEY
from ..rules.users import S3KeyRules

ALWAYS_CREATES = ("created",)


class S3Keys(Behaviour[Cloud]):
    def identified(self, cloud: Cloud, options: Mapping[str, Any]) -> Mapping[str, Any]:
        if options.get("state") in ALWAYS_CREATES and options.get("id") not in (None, ""):
            raise InvalidOption(
                "id: the service chooses the id of a new S3 key; leave the option out with state=created"
            )
        return options

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        created = task.answers.get("create") or {}
        outcome.extra["secret_key"] = S3KEY.properties(created).get("secretKey")


S3KEYS = S3Keys(
    PROFITBRICKS,
    S3KEY,
    {S3KEY.kind: S3KeyRules()},
    states=(
        (
            "created",
            "a new S3 key is created each time the task runs, no matter which keys the user has, for "
            "example to replace one without a gap",
        ),
    ),
    always_creates=ALWAYS_CREATES,
    results=(
        Field(
            "secret_key",
            help="The secret of a key that the task has created; V(null) if it has not created one. It is "
            "only returned this once: save it, and set C(no_log) on the task.",
        ),
    ),
)
