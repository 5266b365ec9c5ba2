# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one flow log that a NIC, a gateway or a balancer can have (contract section 10.34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..._engine.service import Item
from .facts import CloudFacts
from .fitting import Preview, Trees


def with_other_logs(facts: CloudFacts, after: Item) -> Trees:
    """A new flow log, with those that its owner has."""
    resource = facts.resource  # as it is placed: at a NIC, a gateway or a balancer
    present = facts.items(resource, facts.found.parents) if facts.have is None else ()
    logs = [resource.decode(each, {}) for each in present]
    return {"flow_logs": logs}, {"flow_logs": [*logs, after]}


def second_log(preview: Preview) -> Iterator[str]:
    return more_than_one([("", preview.before)], [("", preview.after)])


def more_than_one(before: Iterable[tuple[str, Item]], after: Iterable[tuple[str, Item]]) -> Iterator[str]:
    """Owners that would get more than one log. Each comes with the beginning of a sentence about it."""
    there = {owner.get("id"): len(owner.get("flow_logs") or ()) for _where, owner in before}
    for where, owner in after:
        logs = owner.get("flow_logs") or ()
        if len(logs) > max(1, there.get(owner.get("id"), 0)):
            names = " and ".join(sorted(str(each["name"]) for each in logs))
            yield f"{where}flow_logs: there can be only one, not {names}"
