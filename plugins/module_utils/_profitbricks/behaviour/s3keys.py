# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of users for the object storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field
from ..._engine.service import Item, Write
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.users import S3KEY

FRESH = ("created",)


def _identify(cloud: Cloud, options: Mapping[str, Any]) -> Mapping[str, Any]:
    if options.get("state") in FRESH and options.get("id") not in (None, ""):
        raise InvalidOption(
            "id: the service gives a new S3 key its own; leave the option out with state=created"
        )
    return options


def _arrange(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    """A new key is made without a body, and is active (contract section 10.20)."""
    if change.verb != "create":
        return writes
    create, *rest = writes
    active = change.deferred.get("active") is not False
    return [replace(create, body=None, shows={"active": active}), *([] if active else rest)]


def _secret(situation: Situation[Cloud], item: Item | None, outcome: Outcome) -> None:
    created = situation.answers.get("create") or {}
    outcome.extra["secret_key"] = S3KEY.properties(created).get("secretKey")


S3KEYS = Kind(
    PROFITBRICKS,
    S3KEY,
    states=(
        (
            "created",
            "a new S3 key is made each time the task runs, whatever keys the user has, such as to replace one without a "
            "gap",
        ),
    ),
    fresh=FRESH,
    identify=_identify,
    results=(
        Field(
            "secret_key",
            help="The secret of a key that the task has made, V(null) where it has made none. It is returned this once: "
            "keep it, and set C(no_log) on the task.",
        ),
    ),
    arrange=_arrange,
    conclude=_secret,
)
