# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes, and where they are attached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.schema.field import Field
from ..._engine.schema.resource import children
from ..._engine.service import Item, selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.datacenters import DATACENTER
from ..resources.servers import SERVER, VOLUME
from ..rules.volume_facts import VolumeFacts
from ..rules.volumes import ATTACH, VolumeRules

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


class Volumes(Behaviour[Cloud]):
    def completed(self, cloud: Cloud, parents: Mapping[str, str], results: list[Item]) -> None:
        """Before version 6 a volume does not say where it is attached: the servers do."""
        if cloud.version >= 6 or not results:
            return
        servers = cloud.items(SERVER, parents, 2)
        attached = {item["id"]: server["id"] for server in servers for item in children(server, "volumes")}
        for volume in results:
            volume["server_id"] = attached.get(volume["id"])

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        found = super().search(cloud, options, read)
        if not found or options.get(SERVER.kind) in (None, ""):
            return found
        wanted = selector(SERVER, SERVER.kind, options[SERVER.kind])
        if wanted.by_id:
            server_id = wanted.value
        else:
            parents = {DATACENTER.kind: str(found[0]["datacenter_id"])}
            server = wanted.pick(cloud.items(SERVER, parents, 1, {"name": wanted.value}))
            server_id = str(server["id"]) if server else ""
        return [volume for volume in found if server_id and volume["server_id"] == server_id]


def foresee(facts: VolumeFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.devices import of_servers, of_volumes, with_server  # here, because only check mode needs it
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import of_contract, unread
    from ..rules.offers import of_location

    checks = Checks(limits=(of_contract, of_servers, of_volumes), location=(of_location,), doubts=(unread,))
    would_fit(facts, plan, with_server, checks)


VOLUMES = Volumes(
    PROFITBRICKS._replace(facts=VolumeFacts, foresee=foresee),
    VOLUME,
    {VOLUME.kind: VolumeRules()},
    options=(ATTACH,),
    more_info_fields=(
        Field(SERVER.kind, help="Only volumes that are attached to the server with this name or UUID."),
    ),
)
