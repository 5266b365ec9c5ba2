# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual data centers."""

from __future__ import annotations

from ...engine.errors import InvalidOption
from ...engine.kind import Kind, Situation
from ...engine.resource import Field
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.compute import DATACENTER

CONTENTS = ("servers", "volumes", "lans", "loadbalancers")


def _guard_contents(situation: Situation[Cloud]) -> None:
    """A data center goes with all that it holds: only when the user says so."""
    if situation.options.get("force") or situation.have is None:
        return
    item = situation.cloud.get(DATACENTER.item_path({}, situation.have["id"]), 2)
    held = []
    for entity, collection in (item.get("entities") or {}).items():
        items = (collection or {}).get("items") or []
        if items:
            names = [str((each.get("properties") or {}).get("name") or each["id"]) for each in items]
            shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
            held.append(f"{entity}: {shown}")
    if held:
        raise InvalidOption(
            f"force: the data center {situation.have['name']} still holds {'; '.join(held)}. All of it would be lost; "
            "delete it with force=true, or remove these first"
        )


FORCE = Field(
    "force",
    "bool",
    default=False,
    help="With O(state=absent): delete the data center even though it still holds something. Without it, the error lists "
    "what would be lost.",
)


DATACENTERS = Kind(PROFITBRICKS, DATACENTER, options=(FORCE,), before_delete=_guard_contents)
