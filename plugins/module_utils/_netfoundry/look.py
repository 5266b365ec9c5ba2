# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading what plans ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .._engine.errors import ApiError
from .._engine.plan.facts import Facts, Read
from .._engine.plan.steps import Call
from .._engine.service import Found, Item
from .client import Cloud, only
from .resources.networks import EXECUTION, NETWORK, NETWORK_GROUP


def answer(cloud: Cloud, reads: Sequence[Read], found: Found) -> dict[Read, list[Item]]:
    """What the platform says to reads; several names of one collection take one read of all of it. Raises CloudError."""
    alike: dict[Read, list[Read]] = defaultdict(list)
    for read in reads:
        alike[read._replace(name="")].append(read)
    answers = {}
    for whole, several in alike.items():
        items = _read(cloud, several[0] if len(several) == 1 else whole)
        answers.update(dict.fromkeys(several, items))
    return answers


def _read(cloud: Cloud, read: Read) -> list[Item]:
    resource = read.resource
    if read.item_id:
        known = cloud.networks.get(read.item_id) if resource is NETWORK else None
        item = known or cloud.find(resource, read.item_id)
        return [item] if item else []
    if read.also:
        try:
            # For executions, the newest page is enough.
            return list(
                cloud.pages(resource.path, dict(read.also), resource, most=int(resource is EXECUTION))
            )
        except ApiError as error:
            # Who may see objects may not see what was done to them, or what is offered.
            if (read.lenient or resource is EXECUTION) and error.status in (403, 404):
                return []
            raise
    mark = resource.by_name.get(resource.identity)
    filters = {mark.wire_name: read.name} if read.name and mark else {}
    return cloud.items(resource, dict(read.parents), filters)


def with_group(cloud: Cloud, facts: Facts) -> None:
    """A new network needs a group: the only one, where the task names none."""
    parents = facts.found.parents
    if facts.have is None and NETWORK_GROUP.kind not in parents:
        group = only(cloud.items(NETWORK_GROUP, parents), NETWORK_GROUP.kind, NETWORK_GROUP.label)
        parents[NETWORK_GROUP.kind] = group["id"]


def taken(cloud: Cloud, calls: Sequence[Call], seconds: float) -> bool:
    """The platform keeps no list of requests by their bodies."""
    return False
