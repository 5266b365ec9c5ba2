# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans know of NICs: how they are named, and what shares their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..._engine.errors import AmbiguousName, NotFound
from ..._engine.plan.steps import Ref
from ..._engine.schema.resource import children
from ..resources.nics import NIC
from .inside import InsideFacts


class NicFacts(InsideFacts):
    """`InsideFacts` for kinds that have to do with NICs, which are named as server/nic, by a name that only one has, or by UUID."""

    def id_of(self, kind: str, option: str, value: Any) -> str | Ref:
        return self.nic(option, str(value)) if kind == NIC.kind else super().id_of(kind, option, value)

    def nic(self, option: str, value: str) -> str | Ref:
        """The id of a NIC. Raises NotFound, and AmbiguousName."""
        if NIC.is_id(value):
            return value.lower()
        found = list(dict.fromkeys(nic for mark, nic in self.nics() if mark == value))
        if len(found) > 1:
            raise AmbiguousName(NIC.label, option, value, map(str, found))
        if not found and self.found.missing:
            return Ref((NIC.kind, value))
        if not found:
            advice = "name it as server/nic, or by its UUID"
            raise NotFound(
                NIC.label, option, value, "the data center", advice, (mark for mark, _nic in self.nics())
            )
        return found[0]

    def nics(self) -> Iterator[tuple[str, str | Ref]]:
        """All that each NIC of the data center may be called, with its id."""
        from ..resources.machines import MACHINE  # here, because few tasks name a NIC

        for server in self.here(self.resources[MACHINE.kind], depth=3):
            for nic in children(server, NIC.collection):
                names = MACHINE.properties(server).get("name"), NIC.properties(nic).get("name")
                yield from ((mark, str(nic["id"])) for mark in nic_marks(server["id"], nic["id"], *names))

    def balancer_addresses(self, nic_id: str) -> list[str]:
        """The addresses of the load balancers that a NIC shares the load of (contract section 10.14)."""
        from ..resources.loadbalancers import (
            LOADBALANCER,  # here, because few tasks take an address from a NIC
        )

        return [
            str(LOADBALANCER.properties(item).get("ip"))
            for item in self.here(LOADBALANCER, depth=2)
            if nic_id in [nic["id"] for nic in children(item, "balancednics")]
        ]


def nic_marks(server_id: Any, nic_id: Any, server: Any, nic: Any) -> Iterator[str]:
    """All that a NIC may be called, given ids and names of its server and itself."""
    if nic:
        yield str(nic)
    for above in (server, server_id):
        for own in (nic, nic_id):
            if above and own:
                yield f"{above}/{own}"
