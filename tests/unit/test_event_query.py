# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an automation platform counts as managed nodes: each query over what the modules really return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jq
import pytest
import yaml

from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.test_foretold import POOL

ROOT = Path(__file__).resolve().parents[2]
QUERIES = yaml.safe_load((ROOT / "extensions" / "audit" / "event_query.yml").read_text(encoding="utf-8"))
PREFIX = "profitbricks.cloud."
MODULES = {path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")}
# What is managed and is no node: why.
NO_NODES = {
    "a part of a node": {
        "profitbricks_application_load_balancer_rule",
        "profitbricks_cdrom_attachment",
        "profitbricks_firewall_rule",
        "profitbricks_flowlog",
        "profitbricks_nat_gateway_rule",
        "profitbricks_network_load_balancer_rule",
        "profitbricks_nic",
        "profitbricks_target_group",
        "profitbricks_volume",
        "profitbricks_volume_attachment",
    },
    "has nodes, which its result does not name": {"profitbricks_k8s_cluster", "profitbricks_k8s_config"},
    "a network, or what is reserved or stored": {
        "netfoundry_network_group",
        "profitbricks_backupunit",
        "profitbricks_image",
        "profitbricks_ipblock",
        "profitbricks_lan",
        "profitbricks_pcc",
        "profitbricks_snapshot",
    },
    "a rule, a right or a name": {
        "netfoundry_app_wan",
        "netfoundry_certificate_authority",
        "netfoundry_edge_router_policy",
        "netfoundry_grant",
        "netfoundry_identity",
        "netfoundry_posture_check",
        "netfoundry_role",
        "netfoundry_service",
        "netfoundry_service_edge_router_policy",
        "netfoundry_service_policy",
        "profitbricks_group",
        "profitbricks_label",
        "profitbricks_s3key",
        "profitbricks_security_group",
        "profitbricks_security_group_rule",
        "profitbricks_share",
        "profitbricks_token",
        "profitbricks_user",
    },
}
# Standard names, as Ansible's developer guide lists them under "Resource reporting".
TYPES = {"virtual_machine", "auto_scaling_group", "load_balancer", "gateway", "router", "sd_wan"}

World = Mounted | Overlay
Options = Mapping[str, Any]
Named = set[tuple[str, str]]  # names and types of nodes


def counted(module: str, result: Options) -> list[dict[str, Any]]:
    """What the platform makes of one result: as it reads the file, without a record that has no canonical facts."""
    return list(jq.compile(QUERIES[PREFIX + module]["query"]).input(dict(result)).all())


def named(nodes: list[dict[str, Any]]) -> Named:
    return {(node["name"], node["facts"]["device_type"]) for node in nodes}


def site() -> Mounted:
    """A data center with two LANs, reserved addresses and a cluster."""
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    world.run("lan", datacenter="shop", name="public", public=True)
    world.run("lan", datacenter="shop", name="private", public=False)
    world.run("ipblock", name="addresses", location="de/fra", size=2)
    world.run("k8s_cluster", name="shop")
    return world


DC = {"datacenter": "shop"}
BALANCER = {**DC, "name": "front", "listener_lan": "public", "target_lan": "private"}
# By kind: the account, an object of it, a change, and the node in it.
SINGLE: dict[str, tuple[Callable[[], World], Options, Options, tuple[str, str]]] = {
    "server": (
        site,
        {**DC, "name": "web", "cores": 1, "ram": 1024},
        {"ram": 2048},
        ("web", "virtual_machine"),
    ),
    "k8s_nodepool": (site, POOL, {"node_count": 2}, ("workers", "auto_scaling_group")),
    "loadbalancer": (site, {**DC, "name": "old"}, {"dhcp": False}, ("old", "load_balancer")),
    "network_load_balancer": (
        site,
        BALANCER,
        {"listener_lan": "private", "target_lan": "public"},
        ("front", "load_balancer"),
    ),
    "application_load_balancer": (
        site,
        BALANCER,
        {"listener_lan": "private", "target_lan": "public"},
        ("front", "load_balancer"),
    ),
    "edge_router": (Overlay, {"name": "branch"}, {"attributes": ["#branches"]}, ("branch", "router")),
    "endpoint": (Overlay, {"name": "laptop"}, {"attributes": ["#staff"]}, ("laptop", "sd_wan")),
}


def vendor(world: World) -> str:
    return "profitbricks" if isinstance(world, Mounted) else "netfoundry"


@pytest.mark.parametrize("kind", SINGLE)
def test_a_task_counts_its_node_by_the_id_of_the_service(kind: str) -> None:
    begin, options, change, node = SINGLE[kind]
    world = begin()
    module = f"{vendor(world)}_{kind}"
    made = world.run(kind, **options)
    expected = {
        "name": node[0],
        "canonical_facts": {"id": made[kind]["id"]},
        "facts": {"device_type": node[1], "platform": vendor(world)},
    }
    assert counted(module, made) == [expected]
    assert counted(module, world.run(kind, **options)) == [expected], "unchanged"
    changed = world.run(kind, **{**options, **change})
    assert changed["changed"]
    assert counted(module, changed) == [expected]


@pytest.mark.parametrize("kind", SINGLE)
def test_check_mode_and_deletions_count_none(kind: str) -> None:
    begin, options, change, _node = SINGLE[kind]
    world = begin()
    module = f"{vendor(world)}_{kind}"
    assert counted(module, world.check(kind, **options)) == []
    world.run(kind, **options)
    marks = {name: value for name, value in options.items() if name in ("name", "datacenter", "k8s_cluster")}
    for rehearsed in ({**options, **change}, {**marks, "state": "absent"}):
        predicted = world.check(kind, **rehearsed)
        assert predicted["changed"]
        assert counted(module, predicted) == []
    assert counted(module, world.run(kind, **marks, state="absent")) == []
    assert counted(module, world.run(kind, **marks, state="absent")) == [], "gone already"


def test_a_gateway_is_counted() -> None:
    world = site()
    [block] = world.info("ipblock", name="addresses")
    options = {**DC, "name": "out", "public_ips": block["ips"][:1], "lans": [{"lan": "private"}]}
    assert counted("profitbricks_nat_gateway", world.check("nat_gateway", **options)) == []
    made = world.run("nat_gateway", **options)
    [node] = counted("profitbricks_nat_gateway", made)
    assert node["canonical_facts"] == {"id": made["nat_gateway"]["id"]}
    assert named([node]) == {("out", "gateway")}
    assert (
        counted("profitbricks_nat_gateway", world.run("nat_gateway", **DC, name="out", state="absent")) == []
    )


def test_a_node_of_a_cluster_is_counted_until_it_goes() -> None:
    world = site()
    world.run("k8s_nodepool", **POOL)
    [node] = world.info("k8s_node", k8s_cluster="shop", k8s_nodepool="workers")
    place = {"k8s_cluster": "shop", "k8s_nodepool": "workers", "name": node["name"]}
    found = counted("profitbricks_k8s_node", world.run("k8s_node", **place))
    assert [each["canonical_facts"]["id"] for each in found] == [node["id"]]
    assert counted("profitbricks_k8s_node", world.check("k8s_node", **place, state="replaced")) == []
    assert counted("profitbricks_k8s_node", world.run("k8s_node", **place, state="absent")) == []


def test_a_data_center_counts_the_nodes_that_its_task_describes() -> None:
    world = site()
    world.run("server", **DC, name="by-hand", cores=1, ram=1024)
    world.run("k8s_nodepool", **POOL)
    task = {
        "name": "shop",
        "servers": [{"name": "web", "cores": 1, "ram": 1024}, {"name": "db", "cores": 1, "ram": 1024}],
    }
    task["loadbalancers"] = [{"name": "old"}]
    assert counted("profitbricks_datacenter", world.check("datacenter", **task)) == []
    expected = {("web", "virtual_machine"), ("db", "virtual_machine"), ("old", "load_balancer")}
    for _time in range(2):
        done = world.run("datacenter", **task)
        found = counted("profitbricks_datacenter", done)
        assert named(found) == expected
        ids = {each["id"] for each in (*done["tree"]["servers"], *done["tree"]["loadbalancers"])}
        assert {node["canonical_facts"]["id"] for node in found} < ids
    alone = world.run("server", **DC, name="web", cores=1, ram=1024)
    assert counted("profitbricks_server", alone)[0] in found, "the same node by whichever module"
    assert counted("profitbricks_datacenter", world.run("datacenter", name="shop", description="x")) == []
    world.run("k8s_nodepool", k8s_cluster="shop", name="workers", state="absent")
    gone = world.run("datacenter", name="shop", state="absent", force=True)
    assert counted("profitbricks_datacenter", gone) == []


def test_a_network_counts_the_nodes_that_its_task_describes() -> None:
    world = Overlay()
    world.run("endpoint", name="by-hand")
    task = {"name": "net", "endpoints": [{"name": "laptop"}], "edge_routers": [{"name": "branch"}]}
    assert counted("netfoundry_network", world.check("network", **task)) == []
    for _time in range(2):
        found = counted("netfoundry_network", world.run("network", **task))
        assert named(found) == {("laptop", "sd_wan"), ("branch", "router")}
    assert counted("netfoundry_endpoint", world.run("endpoint", name="laptop"))[0] in found


@pytest.mark.parametrize("result", [{}, {"failed": True, "msg": "refused"}, {"changed": True, "results": []}])
@pytest.mark.parametrize("key", QUERIES)
def test_what_is_no_result_of_the_module_counts_none(key: str, result: Options) -> None:
    assert counted(key.removeprefix(PREFIX), result) == []


def test_each_module_is_counted_or_said_to_have_no_nodes() -> None:
    asked = {key.removeprefix(PREFIX) for key in QUERIES}
    managing = {name for name in MODULES if not name.endswith("_info")}
    without = set().union(*NO_NODES.values())
    assert managing == asked | without
    assert not asked & without


def test_the_types_are_standard_names() -> None:
    text = " ".join(entry["query"] for entry in QUERIES.values())
    assert all(set(entry) == {"query"} for entry in QUERIES.values())
    assert {name for name in TYPES if f'"{name}"' in text} == TYPES
