# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode below what an earlier task of the play would create."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
    NotFound,
)
from unit.mounted import Mounted

IN_SHOP = {"datacenter": "shop"}
ON_WEB = {**IN_SHOP, "server": "web"}
WEB = {**IN_SHOP, "name": "web", "cores": 1, "ram": 1024}
BOOT = {"name": "boot", "size": 10, "image": "ubuntu:22.04", "image_password": "secret12pw"}
TASKS: list[tuple[str, dict[str, Any]]] = [
    ("lan", {**IN_SHOP, "name": "public", "public": True}),
    (
        "server",
        {**IN_SHOP, "name": "web", "cores": 1, "ram": 1024, "volumes": [BOOT], "nics": [{"lan": "public"}]},
    ),
    (
        "server",
        {**IN_SHOP, "name": "db", "cores": 1, "ram": 1024, "security_groups": ["web"], "state": "stopped"},
    ),
    ("volume", {**IN_SHOP, "name": "data", "size": 10, "licence_type": "OTHER", "server": "web"}),
    ("nic", {**ON_WEB, "name": "front", "lan": "public", "ips": ["shop.0"]}),
    ("firewall_rule", {**ON_WEB, "nic": "front", "name": "ssh", "protocol": "TCP"}),
    ("loadbalancer", {**IN_SHOP, "name": "lb", "balanced_nics": ["web/front"]}),
    ("security_group", {**IN_SHOP, "name": "web"}),
    ("nat_gateway", {**IN_SHOP, "name": "out", "public_ips": ["shop.0"], "lans": [{"lan": "public"}]}),
    (
        "application_load_balancer",
        {**IN_SHOP, "name": "alb", "listener_lan": "public", "target_lan": "private"},
    ),
]


@pytest.mark.parametrize(("kind", "options"), TASKS, ids=[f"{kind} {each['name']}" for kind, each in TASKS])
def test_what_an_earlier_task_would_create_is_taken_for_granted_with_a_warning(
    kind: str, options: dict[str, Any]
) -> None:
    mounted = Mounted()
    foreseen = mounted.check(kind, **options)
    assert foreseen["changed"] and foreseen[kind]["name"] == options["name"] and mounted.writes == []
    assert "data center shop does not exist yet; predicted as if it did" in foreseen["warnings"]
    with pytest.raises(NotFound, match="^datacenter: there is no data center 'shop'"):
        mounted.run(kind, **options)


def test_a_missing_server_is_taken_for_granted_too_but_not_what_no_request_could_succeed_with() -> None:
    mounted = Mounted()
    mounted.shop()
    nic = {"datacenter": "shop", "server": "new", "name": "front", "lan": "1"}
    assert mounted.check("nic", **nic)["warnings"] == [
        "server new does not exist yet; predicted as if it did"
    ]
    with pytest.raises(InvalidOption, match="^port_range_end: "):
        mounted.check(
            "firewall_rule",
            datacenter="shop",
            server="new",
            nic="x",
            name="r",
            **{"protocol": "TCP", "port_range_start": 1},
        )


def test_a_missing_uuid_is_no_object_that_a_task_would_create() -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(NotFound):
        Mounted().check("nic", datacenter=nobody, server="web", name="front", lan="public")


def test_so_is_the_data_center_of_a_node_pool_and_the_lans_in_it() -> None:
    mounted = Mounted()
    mounted.run("k8s_cluster", name="k8s")
    size = {"cores_count": 2, "ram_size": 4096, "storage_size": 20, "storage_type": "SSD", "node_count": 1}
    pool = {"k8s_cluster": "k8s", "name": "pool", **IN_SHOP, **size, "lans": [{"lan": "back"}]}
    pool |= {"availability_zone": "AUTO", "cpu_family": "INTEL_SKYLAKE"}
    checked = mounted.check("k8s_nodepool", **pool)
    assert checked["changed"] and checked["warnings"] == [
        "datacenter: data center shop does not exist yet; predicted as if it did"
    ]
    with pytest.raises(NotFound, match="there is no data center 'shop'"):
        mounted.run("k8s_nodepool", **pool)
    assert mounted.writes == []


def test_a_volume_is_attached_to_what_an_earlier_task_would_create() -> None:
    mounted = Mounted()
    options = {**ON_WEB, "volume": "data"}
    checked = mounted.check("volume_attachment", **options)
    assert checked["changed"] and checked["volume_attachment"]["volume"] == "data"
    assert checked["warnings"] == ["data center shop does not exist yet; predicted as if it did"]
    # There is the data center, and no server in it.
    mounted.run("datacenter", name="shop", location="de/fra", lans=[])
    assert mounted.check("volume_attachment", **options)["changed"]
    mounted.run("server", **WEB)
    with pytest.raises(NotFound, match="there is no volume 'data' in the data center"):
        mounted.check("volume_attachment", **options)


def test_a_target_group_that_an_earlier_task_would_create_is_taken_for_granted_too() -> None:
    mounted = Mounted()
    lans = [{"name": "public", "public": True}, {"name": "private"}]
    balancer = {"name": "alb", "listener_lan": "public", "target_lan": "private"}
    mounted.run(
        "datacenter", name="shop", location="de/fra", lans=lans, application_load_balancers=[balancer]
    )
    rule: dict[str, Any] = {
        "name": "http",
        "protocol": "HTTP",
        "listener_ip": "10.0.0.9",
        "listener_port": 80,
    }
    rule["http_rules"] = [{"name": "all", "type": "FORWARD", "target_group": "web"}]
    single = "application_load_balancer_rule", {**IN_SHOP, "application_load_balancer": "alb", **rule}
    whole = "datacenter", {"name": "shop", "application_load_balancers": [{"name": "alb", "rules": [rule]}]}
    for kind, options in (single, whole):
        checked = mounted.check(kind, **options)
        expected = "target group web does not exist yet; predicted as if it did"
        assert checked["changed"] and [each for each in checked["warnings"] if expected in each]
        with pytest.raises(CloudError, match="there is no target group 'web'"):
            mounted.run(kind, **options)
        assert mounted.writes == []


def test_a_change_to_what_an_earlier_task_would_create_is_shown_by_its_name() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    mounted.run("volume", **IN_SHOP, name="data", size=10, image="ubuntu:22.04", image_password="secret12pw")
    checked = mounted.check("lan", **IN_SHOP, name="private", pcc="joint")
    assert checked["diff"]["after"] == {"pcc": "joint"} and checked["lan"]["pcc"] is None
    whole = mounted.check("datacenter", name="shop", lans=[{"name": "private", "pcc": "joint"}])
    assert "pcc: joint" in whole["diff"]["after"]
    # What cannot change cannot be changed to that either.
    with pytest.raises(CloudError, match="backupunit_id \\(is None, wanted 'safe'\\)"):
        mounted.check("volume", **IN_SHOP, name="data", backupunit_id="safe")
    assert not mounted.check("lan", **IN_SHOP, id=ids["lan"])["changed"]


def test_a_rule_may_turn_to_a_target_group_that_an_earlier_task_would_create() -> None:
    mounted = Mounted()
    mounted.shop()
    target = {"ip": "10.0.0.9", "port": 80, "weight": 1}
    mounted.run("target_group", name="web", algorithm="RANDOM", protocol="HTTP", targets=[target])
    balancer = {**IN_SHOP, "name": "alb", "listener_lan": "public", "target_lan": "private"}
    mounted.run("application_load_balancer", **balancer)
    rule: dict[str, Any] = {**IN_SHOP, "application_load_balancer": "alb", "name": "http", "protocol": "HTTP"}
    rule |= {"listener_ip": "10.0.0.9", "listener_port": 80}
    all_to = {"name": "all", "type": "FORWARD"}
    mounted.run("application_load_balancer_rule", **rule, http_rules=[{**all_to, "target_group": "web"}])
    checked = mounted.check(
        "application_load_balancer_rule", **rule, http_rules=[{**all_to, "target_group": "new"}]
    )
    assert checked["warnings"] == [
        "http_rules.target_group: target group new does not exist yet; predicted as if it did"
    ]
    assert [each["target_group"] for each in checked["diff"]["after"]["http_rules"]] == ["new"]
