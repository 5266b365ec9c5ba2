# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP blocks (contract section 10.10)."""

from __future__ import annotations

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Step
from ..._engine.service import Item
from .facts import CloudFacts
from .locations import check_location


class IpBlockRules(Rules):
    def check(self, want: Node, have: Item | None, facts: CloudFacts) -> None:  # type: ignore[override]
        check_location(want, have, facts)
        name = want.get("name")
        if facts.version < 5 and have is not None and name not in (None, have["name"]):
            raise InvalidOption(
                "name: version 4 of the API cannot rename an IP block; set api_url to a newer one"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """In check mode a new block has as many addresses as it would get, each called as options may call it."""
        if at.change.verb != "create" or not facts.check_mode:
            return steps
        ips = [f"{want.get('name') or 'new'}.{place}" for place in range(want["size"])]
        return [step.but(shows={"ips": ips}) for step in steps]

    def guard(self, have: Item, facts: Facts) -> None:
        """The service refuses to release what is in use; here the error says who uses it."""
        if have["ip_consumers"]:
            users = ", ".join(f"{each['ip']} by {_user(each)}" for each in have["ip_consumers"])
            raise InvalidOption(
                f"state: the IP block {have['name']} is still in use: {users}. Remove its addresses there "
                "first"
            )


def _user(consumer: Item) -> str:
    if consumer["server_id"]:
        server = consumer["server_name"] or consumer["server_id"]
        return f"the server {server} in the data center {consumer['datacenter_name'] or consumer['datacenter_id']}"
    if consumer["k8s_cluster_id"]:
        return f"the Kubernetes cluster {consumer['k8s_cluster_id']}"
    return f"the data center {consumer['datacenter_name'] or consumer['datacenter_id']}"
