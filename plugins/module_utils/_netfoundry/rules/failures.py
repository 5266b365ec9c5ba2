# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of objects whose making or changing went wrong at the service (contract sections 4.1 to 4.3)."""

from __future__ import annotations

from ..._engine.errors import CloudError, OperationFailed
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.networks import EXECUTION
from ..states import BROKEN, FAILED, SUCCEEDED, newest
from .attributes import Attributed


class MadeLater(Attributed):
    """The rules of what the service makes after its answer, and may fail to make."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(resource)
        self.kind = resource.kind

    def hopeless(self, have: Item, facts: Facts) -> CloudError | None:
        """The failed creation. After a failed update, an object can be changed as before."""
        broken = have.get("status") in BROKEN
        unborn = "ziti_id" in have and not have["ziti_id"]
        if not broken and (have.get("status") or not unborn):
            return None
        network = str(have.get("network_id") or have["id"])
        query = tuple(newest(network).items())
        works = [
            work for work in facts.items(EXECUTION, {}, also=query) if work.get("resourceId") == have["id"]
        ]
        if any(work.get("status") in SUCCEEDED for work in works):
            return None
        failed = [work for work in works if work.get("status") == FAILED and (unborn or _creates(work))]
        if not failed and not (broken and unborn):
            return None
        work = failed[-1] if failed else {}
        said = f"its execution ended as FAILED ({work.get('description') or 'no description'})"
        return OperationFailed(
            f"The creation of {facts.resources[self.kind].label} {have.get('name')} {have['id']}",
            str(work["id"]) if work else None,
            f"{said if work else 'its status is ERROR'}; it can only be deleted, with state=absent, or "
            "recreated, with replace=true",
        )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """A failed update is sent again, though nothing differs: one that succeeds mends the object."""
        have = at.change.before or {}
        own = any(step.path == at.path for step in steps)
        if own or have.get("status") not in BROKEN:
            return steps
        return [
            at.step("update", "PATCH", body={"name": have["name"]}, shows={"status": "PROVISIONED"}),
            *steps,
        ]


def _creates(work: Item) -> bool:
    return any(str(work.get(name)).lower().startswith("create") for name in ("name", "description"))
