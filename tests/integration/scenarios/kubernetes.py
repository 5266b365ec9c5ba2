# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes clusters and node pools."""

from __future__ import annotations

from collections.abc import Mapping

from integration.runner import Runner

from .scenario import Clearing, Scenario

POOL = {
    "node_count": 2,
    "cores_count": 2,
    "ram_size": 4096,
    "storage_type": "SSD",
    "storage_size": 100,
    "availability_zone": "AUTO",
}
# What could not be made stays, in the state FAILED, and keeps its name.
ANOTHER = {"name": "later{{ 1000000 | random }}"}


def cluster(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """A cluster ``front``, and the data center for its nodes."""
    return {
        "home": ids["datacenter"],
        "k8s_cluster": play.call("POST", "k8s", {"properties": {"name": "front"}})["id"],
    }


def twin_pool(play: Runner, ids: Mapping[str, str]) -> str:
    properties = {
        "name": "twin",
        "datacenterId": ids["datacenter"],
        "nodeCount": 1,
        "coresCount": 1,
        "ramSize": 2048,
        "storageType": "HDD",
        "storageSize": 20,
        "availabilityZone": "AUTO",
    }
    return str(play.call("POST", f"k8s/{ids['k8s_cluster']}/nodepools", {"properties": properties})["id"])


SCENARIOS = {
    "k8s_cluster": Scenario(
        create={
            "name": "new",
            "k8s_version": "1.33.7",
            "maintenance_window": {"day_of_the_week": "Sunday", "time": "03:00:00"},
        },
        change={"maintenance_window": {"day_of_the_week": "Monday", "time": "04:00:00"}},
        clearing=Clearing("api_subnet_allow_list", ["198.51.100.0/24"], [], "api_subnet_allow_list"),
        fixed=("public", True, False),
        twin={"name": "twin"},
        rests="ACTIVE",
        another=ANOTHER,
    ),
    "k8s_nodepool": Scenario(
        create={"name": "new", "datacenter": "{{ home }}", **POOL},
        change={"node_count": 3},
        clearing=Clearing(
            "lans",
            [{"lan": "private", "routes": [{"network": "10.9.0.0/16", "gateway_ip": "10.7.222.1"}]}],
            [],
            "lans",
        ),
        fixed=("cores_count", 2, 4),
        twin=twin_pool,
        given=cluster,
        rests="ACTIVE",
        another=ANOTHER,
    ),
}
