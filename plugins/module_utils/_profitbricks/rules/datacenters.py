# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data centers, and what is in them beside servers (contract section 10.1)."""

from __future__ import annotations

from collections.abc import Sequence

from ..._engine.errors import InvalidOption
from ..._engine.plan.pairing import Node, Pairs
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Step
from ..._engine.schema.resource import Child
from ..._engine.service import Item
from ..resources.balancing import ALB
from ..resources.datacenters import DATACENTER
from ..resources.kubernetes import K8S_NODEPOOL
from ..resources.servers import SERVER, VOLUME
from .labels import LABELS, labelled, with_texts
from .locations import check_location
from .nodes import MANAGED, node_pools
from .volume_facts import VolumeFacts
from .volumes import mark_of


class DatacenterRules(Rules):
    options = (LABELS,)

    def want(self, want: Node, have: Item | None, facts: VolumeFacts, path: Path) -> Node:  # type: ignore[override]
        return with_texts(want)

    def check(self, want: Node, have: Item | None, facts: VolumeFacts) -> None:  # type: ignore[override]
        check_location(want, have, facts)

    def pair(  # type: ignore[override]
        self, child: Child, wants: Sequence[Node], have: Item | None, path: Path, facts: VolumeFacts
    ) -> tuple[Pairs, list[Item]]:
        if child.resource is not VOLUME or facts.volumes is None:
            return super().pair(child, wants, have, path, facts)
        found = {mark_of(node): there for node, there in facts.volumes.loose}
        pairs: Pairs = []
        for node in wants:
            there = found.get(mark_of(node))
            given_up = there is not None and facts.volumes.is_given_up(there)
            pairs.append(({**node, "server": ""} if given_up else node, there))
        return pairs, [each for each in facts.volumes.rest if not each["server_id"]]

    def guard(self, have: Item, facts: VolumeFacts) -> None:  # type: ignore[override]
        """A data center goes with all that it holds: only when the user says so."""
        if facts.options.get("force"):
            return
        item = facts.item(DATACENTER, {}, have["id"], depth=2) or {}
        present = {
            entity: (collection or {}).get("items") or []
            for entity, collection in (item.get("entities") or {}).items()
        }
        if facts.version >= ALB.since:
            # They are no entity of the data center (contract section 10.1), and may have outlived their LANs.
            present[ALB.collection] = facts.items(ALB, {DATACENTER.kind: have["id"]})
        if present.get(SERVER.collection):
            # Where no server is, there is no node either.
            pools = [pool for _cluster, pool in node_pools(facts, have["id"])]
            present[f"{K8S_NODEPOOL.plural} {MANAGED}"] = pools
        own = (DATACENTER.kind,)
        options = {each.collection: each.plural for each in facts.resources.values() if each.parents == own}
        held = []
        for entity, items in present.items():
            if items:
                names = [str((each.get("properties") or {}).get("name") or each["id"]) for each in items]
                shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
                held.append(f"{options.get(entity, entity)}: {shown}")
        if held:
            raise InvalidOption(
                f"force: the data center {have['name']} still contains {'; '.join(held)}. All of that "
                "would be lost; set force to true to delete it anyway, or delete these first"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: VolumeFacts) -> list[Step]:  # type: ignore[override]
        return [*steps, *labelled(want, at, facts)]
