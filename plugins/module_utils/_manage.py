# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that manage one object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import (  # pylint: disable=unused-import
    _fast_start,  # noqa: F401  (first, for it makes the rest load faster)
    _python,  # noqa: F401  (before what an older Python cannot read)
)
from ._engine.behaviour import Behaviour
from ._engine.clock import Deadline
from ._engine.outcome import Waiting
from ._engine.service import Service
from ._engine.task import ensure
from ._interface import task_fields
from ._module import Edge, run_edge

# What tasks of any kind import only once they need it.
LATER = (
    "_engine.apply",
    "_engine.doubles",
    "_engine.http.failures",
    "_engine.http.retry",
    "_engine.lost",
    "_engine.operation",
    "_engine.plan.protect",
)


def execute(
    kind: Behaviour[Any], options: Mapping[str, Any], check_mode: bool, cloud: Service
) -> dict[str, Any]:
    """Manage one object: the whole of a resource's module, free of Ansible. Raises CloudError."""
    cloud.obey(Deadline.after(cloud.clock, Waiting.asked(options).seconds))
    outcome = kind.manage(cloud, options, check_mode, ensure)
    return {
        "changed": outcome.changed,
        kind.resource.kind: outcome.result,
        "actions": outcome.actions,
        "request_id": outcome.request_id,
        "diff": outcome.diff,
        "warnings": outcome.warnings,
        **outcome.extra,
    }


def managing(kind: Behaviour[Any]) -> Edge:
    """The edge of the module that manages objects of a kind."""
    return Edge(kind, task_fields(kind), execute, (*LATER, *kind.provider.later))


def run(kind: Behaviour[Any]) -> None:
    """Be the module that manages objects of a kind."""
    run_edge(managing(kind))
