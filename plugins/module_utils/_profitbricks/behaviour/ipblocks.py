# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP blocks: addresses that are reserved, named and released."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Situation
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.network import IPBLOCK


def _check_name(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    have, name = situation.have, want.get("name")
    if situation.cloud.version < 5 and have is not None and name not in (None, have["name"]):
        raise InvalidOption(
            "name: version 4 of the API cannot rename an IP block; set api_url to a newer one"
        )


def _guard_use(situation: Situation[Cloud]) -> None:
    """The service refuses to release what is in use; here the error says who uses it."""
    have = situation.have or {}
    if have.get("ip_consumers"):
        users = ", ".join(f"{each['ip']} by {_user(each)}" for each in have["ip_consumers"])
        raise InvalidOption(
            f"state: the IP block {have['name']} is still in use: {users}. Take its addresses away first"
        )


def _user(consumer: Item) -> str:
    if consumer["server_id"]:
        server = consumer["server_name"] or consumer["server_id"]
        return f"the server {server} in the data center {consumer['datacenter_name'] or consumer['datacenter_id']}"
    if consumer["k8s_cluster_id"]:
        return f"the Kubernetes cluster {consumer['k8s_cluster_id']}"
    return f"the data center {consumer['datacenter_name'] or consumer['datacenter_id']}"


IPBLOCKS = Kind(PROFITBRICKS, IPBLOCK, check=_check_name, before_delete=_guard_use)
