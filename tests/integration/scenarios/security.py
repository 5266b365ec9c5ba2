# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security groups, their rules, and flow logs."""

from __future__ import annotations

from collections.abc import Mapping

from integration.runner import Runner

from .scenario import Clearing, Scenario


def group(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """A security group ``front``."""
    path = f"datacenters/{ids['datacenter']}/securitygroups"
    return {"security_group": play.call("POST", path, {"properties": {"name": "front"}})["id"]}


SCENARIOS = {
    "security_group": Scenario(
        create={
            "name": "new",
            "description": "before",
            "rules": [{"name": "ping", "protocol": "ICMP", "icmp_type": 8, "icmp_code": 0}],
        },
        change={"description": "after"},
        clearing=Clearing("description", "some", "", "description"),
        twin={"name": "twin"},
    ),
    "security_group_rule": Scenario(
        create={"name": "new", "protocol": "TCP", "port_range_start": 80, "port_range_end": 80},
        change={"port_range_end": 90},
        clearing=Clearing("source_ip", "198.51.100.7", None, "source_ip"),
        fixed=("protocol", "TCP", "UDP"),
        twin={"name": "twin", "protocol": "ANY"},
        given=group,
    ),
    "flowlog": Scenario(
        create={"name": "new", "action": "REJECTED", "direction": "INGRESS", "bucket": "shop-logs"},
        change={},
        fixed=("action", "REJECTED", "ALL"),
        lacks="an object has one flow log, and needs all that it has",
        unawaited={"nic": "back"},
    ),
}
