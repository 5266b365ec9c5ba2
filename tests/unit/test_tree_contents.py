# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways, balancers, security groups and flow logs within a whole data center, and what is in one beside them."""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.options import (
    KINDS,
    SITE,
    SITE_NIC,
    SITE_SERVER,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.parse import (
    parse_description,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.hosts import read
from pocketvdc.rows import TABLE
from unit.mounted import Mounted
from unit.test_tree_site import Killed, killing

Options = dict[str, Any]

SITE_GATEWAYS = ("nat_gateways", "network_load_balancers", "application_load_balancers")
LOG = {"name": "refused", "action": "REJECTED", "direction": "INGRESS", "bucket": "logs"}
SSH = {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
TARGET = {"ip": "10.0.0.9", "port": 8080, "weight": 1}


def reserved(mounted: Mounted, size: int = 3, name: str = "shop") -> list[str]:
    return list(mounted.run("ipblock", name=name, location="de/fra", size=size)["ipblock"]["ips"])


def full(ips: list[str], target_group: str = "web") -> Options:
    """A data center that holds every kind."""
    nic = {"name": "front", "lan": "public", "security_groups": ["web"], "flow_logs": [LOG]}
    http = {"name": "all", "type": "FORWARD", "target_group": target_group}
    return {
        "name": "shop",
        "location": "de/fra",
        "lans": [{"name": "public", "public": True}, {"name": "inner"}, {"name": "deep"}],
        "security_groups": [
            {"name": "web", "description": "What may come in", "rules": [SSH]},
            {"name": "idle"},
        ],
        "servers": [
            {"name": "a1", "cores": 1, "ram": 1024, "nics": [nic], "security_groups": ["web", "idle"]},
        ],
        "nat_gateways": [
            {
                "name": "way-out",
                "public_ips": [ips[0]],
                "lans": [{"lan": "inner"}],
                "rules": [{"name": "all", "source_subnet": "10.0.0.0/8", "public_ip": ips[0]}],
                "flow_logs": [LOG],
            }
        ],
        "network_load_balancers": [
            {
                "name": "tcp",
                "listener_lan": "public",
                "target_lan": "inner",
                "ips": [ips[1]],
                "rules": [
                    {
                        "name": "https",
                        "algorithm": "ROUND_ROBIN",
                        "protocol": "TCP",
                        "listener_ip": ips[1],
                        "listener_port": 443,
                        "targets": [TARGET],
                    }
                ],
                "flow_logs": [LOG],
            }
        ],
        "application_load_balancers": [
            {
                "name": "http",
                "listener_lan": "public",
                "target_lan": "deep",
                "ips": [ips[2]],
                "rules": [
                    {
                        "name": "http",
                        "protocol": "HTTP",
                        "listener_ip": ips[2],
                        "listener_port": 80,
                        "http_rules": [http],
                    }
                ],
                "flow_logs": [LOG],
            }
        ],
    }


def built() -> tuple[Mounted, Options]:
    mounted = Mounted()
    mounted.run("target_group", name="web", algorithm="ROUND_ROBIN", protocol="HTTP", targets=[TARGET])
    site = full(reserved(mounted))
    assert mounted.run("datacenter", **site)["warnings"] == []
    return mounted, site


def steps(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["verb"], each["path"]) for each in result["plan"]]


# -- building, and building again -----------------------------------------------------------------------------------


def test_everything_is_built_in_one_task_and_a_rerun_changes_nothing() -> None:
    mounted, site = built()
    again = mounted.run("datacenter", **site)
    assert steps(again) == [] and mounted.writes == [] and again["unmanaged"] == []
    (server,) = again["tree"]["servers"]
    groups = {each["id"]: each["name"] for each in again["tree"]["security_groups"]}
    assert {groups[each] for each in server["security_groups"]} == {"web", "idle"}
    assert [groups[each] for each in server["nics"][0]["security_groups"]] == ["web"]
    for name in ("nat_gateways", "network_load_balancers", "application_load_balancers"):
        (each,) = again["tree"][name]
        assert len(each["rules"]) == len(each["flow_logs"]) == 1, name


def test_the_same_is_added_to_a_data_center_that_is_there_and_check_mode_foretells_it() -> None:
    mounted = Mounted()
    mounted.run("target_group", name="web", algorithm="ROUND_ROBIN", protocol="HTTP", targets=[TARGET])
    site = full(reserved(mounted))
    mounted.run("datacenter", name="shop", location="de/fra")
    checked = mounted.check("datacenter", **site)
    assert mounted.writes == []
    done = mounted.run("datacenter", **site)
    assert steps(done) == steps(checked) and done["warnings"] == [] and done["diff"] == checked["diff"]
    assert len(mounted.writes) == len(done["plan"])
    assert steps(mounted.run("datacenter", **site)) == []


@pytest.mark.parametrize(
    ("collection", "change"),
    [
        ("security_groups", {"description": "another"}),
        ("nat_gateways", {"name": "way-out", "lans": []}),
        ("network_load_balancers", {"central_logging": True}),
        ("application_load_balancers", {"central_logging": True}),
    ],
)
def test_a_change_takes_exactly_one_step(collection: str, change: Options) -> None:
    mounted, site = built()
    changed = copy.deepcopy(site)
    changed[collection][0].update(change)
    result = mounted.run("datacenter", **changed)
    assert steps(result) == [("update", f"{collection}/{site[collection][0]['name']}")]
    assert steps(mounted.run("datacenter", **changed)) == []


@pytest.mark.parametrize(
    ("collection", "inner"),
    [
        ("security_groups", "rules"),
        *((name, inner) for name in SITE_GATEWAYS for inner in ("rules", "flow_logs")),
    ],
)
def test_what_is_below_is_told_when_it_is_not_listed_and_purged_by_its_kind(
    collection: str, inner: str
) -> None:
    mounted, site = built()
    left = copy.deepcopy(site)
    (gone,) = left[collection][0][inner]
    left[collection][0][inner] = []
    path = f"{collection}/{left[collection][0]['name']}/{inner}/{gone['name']}"
    told = mounted.run("datacenter", **left)
    assert steps(told) == [] and told["unmanaged"] == [path]
    assert steps(mounted.run("datacenter", **left, purge=[inner])) == [("delete", path)]
    assert mounted.run("datacenter", **left)["unmanaged"] == []


def test_all_of_it_goes_with_purge_gateways_before_their_lans() -> None:
    mounted, site = built()
    emptied: Options = {child.name: [] for child in SITE.children}
    purged = mounted.run("datacenter", name="shop", **emptied, purge=["all"])
    assert purged["warnings"] == []
    assert {child.name: purged["tree"][child.name] for child in SITE.children} == emptied
    order = [path.split("/")[0] for _verb, path in steps(purged)]
    assert order.index("lans") > max(order.index(name) for name in SITE_GATEWAYS)


def test_a_group_that_goes_is_not_meant_by_its_name() -> None:
    mounted, site = built()
    with pytest.raises(CloudError, match="security_groups: there is no security group 'idle'"):
        mounted.check("datacenter", **{**site, "security_groups": site["security_groups"][:1]}, purge=["all"])


def test_older_versions_refuse_what_they_do_not_have() -> None:
    mounted = Mounted(version=5)
    for name in (*SITE_GATEWAYS, "security_groups"):
        with pytest.raises(CloudError, match=f"^{name}: the service accepts this option from version 6"):
            mounted.run("datacenter", name="shop", location="de/fra", **{name: []})


# -- nothing is left out --------------------------------------------------------------------------------------------


def test_what_is_there_and_not_described_is_told_for_every_kind() -> None:
    mounted, site = built()
    plain = {name: site[name] for name in ("name", "location", "lans")}
    told = mounted.run("datacenter", **plain, servers=[{"name": "a1", "nics": [{"name": "front"}]}])
    assert steps(told) == []
    assert told["unmanaged"] == [
        "application_load_balancers/http",
        "nat_gateways/way-out",
        "network_load_balancers/tcp",
        "security_groups/idle",
        "security_groups/web",
        "servers/a1/nics/front/flow_logs/refused",
        "servers/a1/nics/front/security_groups/web",
        "servers/a1/security_groups/idle",
        "servers/a1/security_groups/web",
    ]


def test_a_cdrom_that_nobody_described_is_told() -> None:
    mounted, site = built()
    image = mounted.info("image", location="de/fra", image_type="CDROM")[0]["id"]
    mounted.run("cdrom_attachment", datacenter="shop", server="a1", cdrom=image)
    told = mounted.run("datacenter", **site)
    assert told["unmanaged"] == [f"servers/a1/cdroms/{image}"]


# What the contract lists below objects (sections 10.1, 10.3 and 10.12), and a description says in another way.
OTHERWISE = {
    ("server", "cdroms"),  # told as unmanaged, see above
    ("server", "securitygroups"),  # the option security_groups
    ("nic", "securitygroups"),
    ("server", "gpus"),  # they come with the template of the server and can only be read
}


@pytest.mark.parametrize(
    ("kind", "resource"),
    [("datacenter", SITE), ("server", SITE_SERVER), ("nic", SITE_NIC)],
    ids=["datacenter", "server", "nic"],
)
def test_every_entity_of_the_contract_is_described_and_so_is_told_and_purged(
    kind: str, resource: Any
) -> None:
    entities = {each.name for each in TABLE.entities(kind, 6)}
    assert len(entities) > 1
    described = {child.entity: child for child in resource.children if child.creatable}
    assert {each for each in entities if (kind, each) not in OTHERWISE} <= set(described)
    assert {child.name for child in described.values()} <= set(KINDS)
    if kind == "datacenter":
        assert "applicationloadbalancers" in described  # no entity, but in it all the same


# -- Kubernetes -----------------------------------------------------------------------------------------------------


POOL = {"cores_count": 2, "ram_size": 4096, "storage_type": "SSD", "storage_size": 100}
POOL |= {"node_count": 2, "availability_zone": "AUTO"}
WEB = {"name": "web", "cores": 1, "ram": 1024}


def with_pool(servers: int = 1) -> tuple[Mounted, list[str]]:
    """A data center with servers of its own and a node pool; the names of its nodes, which are servers too."""
    mounted = Mounted()
    own = [{**WEB, "name": f"web-{number}"} for number in range(servers)]
    mounted.run("datacenter", name="shop", location="de/fra", servers=own)
    mounted.run("k8s_cluster", name="cluster")
    mounted.run("k8s_nodepool", k8s_cluster="cluster", name="workers", datacenter="shop", **POOL)
    nodes = mounted.info("k8s_node", k8s_cluster="cluster", k8s_nodepool="workers")
    return mounted, sorted(each["name"] for each in nodes)


def test_node_pools_are_told_as_managed_by_kubernetes_and_never_purged() -> None:
    mounted, nodes = with_pool()
    empty: Options = {"lans": [], "servers": [], "volumes": [], "loadbalancers": []}
    purged = mounted.run("datacenter", name="shop", **empty, purge=["all"])
    assert steps(purged) == [("delete", "servers/web-0")] and purged["warnings"] == []
    mark = "(managed by Kubernetes)"
    servers = [f"servers/{each} {mark}" for each in nodes]
    assert purged["unmanaged"] == [f"k8s_nodepools/workers {mark}", f"lans/k8s {mark}", *servers]
    tree = purged["tree"]
    assert [(each["name"], each["node_count"]) for each in tree["k8s_nodepools"]] == [("workers", 2)]
    assert {each["name"]: each["k8s_nodepool"] for each in tree["servers"]} == dict.fromkeys(nodes, "workers")
    assert mounted.run("datacenter", name="shop", **empty, purge=["all"])["tree"] == tree
    with pytest.raises(CloudError, match=r"nodepools \(managed by Kubernetes\): workers"):
        mounted.run("datacenter", name="shop", state="absent")


@pytest.mark.parametrize(
    "change",
    [
        {"cores": 8},
        {"state": "stopped"},
        {"labels": {"role": "node"}},
        {"nics": [{"name": "more", "lan": "k8s"}]},
        {"nics": [{"name": "k8s", "dhcp": False}]},
        {"volumes": []},
        {"volumes": [{"name": "more", "size": 5, "licence_type": "OTHER"}]},
    ],
    ids=str,
)
def test_a_listed_node_is_never_planned_over(change: Options) -> None:
    mounted, nodes = with_pool()
    told = f"servers/{nodes[0]}: the server {nodes[0]} is a node of the Kubernetes node pool workers, and only Kubernetes"
    site = {"name": "shop", "servers": [{"name": nodes[0], **change}], "purge": ["all"]}
    with pytest.raises(CloudError, match=re.escape(told)) as error:
        mounted.run("datacenter", **site)
    assert mounted.writes == [] and str(error.value).count("is a node") == 1
    assert steps(mounted.run("datacenter", name="shop", servers=[{"name": nodes[0]}])) == []


def test_the_volume_of_a_node_is_not_planned_over_either() -> None:
    mounted, nodes = with_pool()
    boot = mounted.info("volume", datacenter="shop", name=nodes[0])[0]["id"]
    with pytest.raises(CloudError, match="is a node of the Kubernetes node pool workers"):
        mounted.run("datacenter", name="shop", volumes=[{"id": boot, "size": 200}])
    assert mounted.writes == []


def test_a_description_leaves_nodes_to_kubernetes() -> None:
    mounted, _nodes = with_pool(2)
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert [each["name"] for each in description["servers"]] == ["web-0", "web-1"]
    assert steps(mounted.run("datacenter", **description)) == []


def test_all_that_is_in_a_data_center_is_read_in_one_task() -> None:
    mounted, site = built()
    (found,) = mounted.info("datacenter", name="shop", tree=True)
    assert found["tree"] == mounted.run("datacenter", **site)["tree"]
    with pytest.raises(CloudError, match="^tree: it cannot be combined with as_description"):
        mounted.info("datacenter", name="shop", tree=True, as_description=True)


def test_only_what_may_be_there_is_looked_for_before_a_data_center_is_deleted() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra", lans=[{"name": "one"}])
    with pytest.raises(CloudError, match="lans: one"):
        mounted.run("datacenter", name="shop", state="absent")
    assert len(mounted.calls) == 4 and "GET labels" in mounted.calls
    mounted.run("datacenter", name="shop", servers=[WEB])
    with pytest.raises(CloudError, match="servers: web"):
        mounted.run("datacenter", name="shop", state="absent")
    assert len(mounted.calls) == 5 and mounted.calls[-1] == "GET k8s"


# -- descriptions ---------------------------------------------------------------------------------------------------


def test_a_description_holds_all_of_it_by_names_and_builds_the_same_elsewhere() -> None:
    mounted, _site = built()
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert steps(mounted.run("datacenter", **description)) == [] and mounted.writes == []
    text = json.dumps(description)
    groups = mounted.info("security_group", datacenter="shop") + mounted.info("target_group")
    assert not [each["id"] for each in groups if each["id"] in text]
    assert description["nat_gateways"][0]["lans"][0]["lan"] == "inner"
    assert description["servers"][0]["security_groups"] == ["idle", "web"]

    others = reserved(mounted, name="copy")
    for old, new in zip(mounted.info("ipblock", name="shop")[0]["ips"], others, strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    copied = json.loads(text) | {"name": "copy"}
    assert mounted.run("datacenter", **copied)["warnings"] == []
    (same,) = mounted.info("datacenter", name="copy", as_description=True)
    assert without_chosen(same) == without_chosen(copied)


def described(mounted: Mounted, name: str = "shop", **options: Any) -> Options:
    (found,) = mounted.info("datacenter", name=name, as_description=True, **options)
    return found


def test_a_description_calls_everything_by_a_name_that_tells_it() -> None:
    mounted = Mounted()
    mounted.run("pcc", name="joint")
    mounted.run("backupunit", name="safe", backupunit_password="Secret12pw", email="a@example.com")
    cdrom = mounted.info("image", location="de/fra", image_type="CDROM")[0]
    boot = {"size": 10, "image": "ubuntu:latest", "image_password": "secret12pw", "backupunit_id": "safe"}
    cube: Options = {"name": "cube", "type": "CUBE", "template": "Basic Cube XS"}
    cube["volumes"] = [{"name": "das", "disk_type": "DAS", "licence_type": "OTHER"}]
    site: Options = {
        "name": "shop",
        "location": "de/fra",
        "lans": [{"name": "inner", "pcc": "joint"}],
        "servers": [
            {**WEB, "boot_volume": "boot", "volumes": [{"name": "boot", **boot}]},
            {**WEB, "name": "live", "boot_cdrom": cdrom["name"]},
            cube,
        ],
    }
    mounted.run("datacenter", **site)
    found = described(mounted)
    assert found["lans"] == [{"name": "inner", "pcc": "joint"}]
    servers = {each["name"]: each for each in found["servers"]}
    (volume,) = servers["web"]["volumes"]
    assert volume == {"name": "boot", "size": 10, "image": "ubuntu:24.04", "backupunit_id": "safe"}
    assert servers["live"]["boot_cdrom"] == cdrom["name"]
    assert servers["cube"]["template"] == "Basic Cube XS" and "template_uuid" not in servers["cube"]
    assert steps(mounted.run("datacenter", **found)) == []
    volume["image_password"] = "secret12pw"
    assert mounted.run("datacenter", **found | {"name": "copy"})["warnings"] == []
    del volume["image_password"]
    assert described(mounted, "copy") == found | {"name": "copy"}


def test_an_image_without_an_alias_and_names_that_several_bear_stay_uuids() -> None:
    mounted = Mounted()
    groups = [{"name": "twin"}, {"name": "other"}]
    mounted.run("datacenter", name="shop", location="de/fra", security_groups=groups)
    other = mounted.info("security_group", datacenter="shop", name="other")[0]["id"]
    image = next(
        each
        for each in mounted.info("image", location="de/fra", image_type="HDD")
        if not each["image_aliases"]
    )
    boot = {"name": "boot", "size": 20, "image": image["id"]}
    server = {**WEB, "security_groups": ["other"], "volumes": [boot]}
    mounted.run("datacenter", name="shop", servers=[server])
    mounted.run("security_group", datacenter="shop", id=other, name="twin")
    found = described(mounted)
    assert found["servers"][0]["security_groups"] == [other]
    assert found["servers"][0]["volumes"][0]["image"] == image["id"]
    assert steps(mounted.run("datacenter", **found)) == []


def test_defaults_are_left_out_unless_they_are_asked_for() -> None:
    mounted, _site = built()
    short, whole = described(mounted), described(mounted, defaults=True)
    assert whole["lans"][0] == {"name": "deep", "public": False} and short["lans"][0] == {"name": "deep"}
    nic: Options = whole["servers"][0]["nics"][0]
    usual = {"dhcp": True, "firewall_active": False, "firewall_type": "INGRESS"}
    assert {name: nic[name] for name in usual} == usual and not set(usual) & set(
        short["servers"][0]["nics"][0]
    )
    assert whole["servers"][0]["state"] == "running" and "state" not in short["servers"][0]
    assert steps(mounted.run("datacenter", **whole)) == steps(mounted.run("datacenter", **short)) == []


def test_so_are_those_of_what_options_consist_of() -> None:
    mounted, site = built()
    (tcp,) = site["network_load_balancers"]
    target = {"ip": "10.0.0.5", "port": 80, "weight": 2}
    patient = {"name": "patient", "algorithm": "RANDOM", "protocol": "TCP", "listener_port": 91}
    patient |= {"listener_ip": tcp["ips"][0], "health_check": {"retries": 9}}
    checked = {
        **target,
        "port": 81,
        "proxy_protocol": "v1",
        "health_check": {"check": True, "maintenance": True},
    }
    tcp["rules"].append({**patient, "targets": [target, checked]})
    (http,) = site["application_load_balancers"]
    moved = {"name": "moved", "type": "REDIRECT", "location": "https://example.com"}
    gone = {"name": "gone", "type": "STATIC", "response_message": "Gone."}
    path = {"type": "PATH", "condition": "STARTS_WITH", "value": "/old"}
    rules = [{**moved, "conditions": [path]}, gone, {**moved, "name": "seen", "status_code": 303}]
    rules.append({**gone, "name": "still", "status_code": 200})
    listener = {"protocol": "HTTP", "listener_ip": http["ips"][0], "listener_port": 92}
    http["rules"].append({"name": "more", **listener, "http_rules": rules})
    mounted.run("datacenter", **site)
    short, whole = described(mounted), described(mounted, defaults=True)
    rule = next(each for each in short["network_load_balancers"][0]["rules"] if each["name"] == "patient")
    assert rule == {**patient, "targets": [target, checked]}
    assert "health_check" not in next(
        each for each in short["network_load_balancers"][0]["rules"] if each["name"] != "patient"
    )
    rule = next(each for each in short["application_load_balancers"][0]["rules"] if each["name"] == "more")
    assert rule["http_rules"] == rules
    rule = next(each for each in whole["network_load_balancers"][0]["rules"] if each["name"] == "patient")
    assert rule["health_check"] == {
        "client_timeout": 50000,
        "connect_timeout": 5000,
        "target_timeout": 50000,
        "retries": 9,
    }
    assert [each["proxy_protocol"] for each in rule["targets"]] == ["none", "v1"]
    rule = next(each for each in whole["application_load_balancers"][0]["rules"] if each["name"] == "more")
    assert [each["status_code"] for each in rule["http_rules"]] == [301, 503, 303, 200]
    assert steps(mounted.run("datacenter", **whole)) == steps(mounted.run("datacenter", **short)) == []


def test_a_copy_is_told_in_one_message_what_it_needs_before_anything_is_written() -> None:
    mounted, site = built()
    boot = {"name": "boot", "size": 10, "image": "ubuntu:latest", "image_password": "secret12pw"}
    site["lans"].append({"name": "six", "public": True, "ipv6_cidr_block": "AUTO"})
    site["servers"] += [{**WEB, "name": f"web-{n}", "volumes": [boot]} for n in range(3)]
    site["servers"][0]["nics"].append({"name": "fixed", "lan": "public", "ips": reserved(mounted, 1, "nics")})
    mounted.run("datacenter", **site)
    with pytest.raises(CloudError) as error:
        mounted.run("datacenter", **described(mounted) | {"name": "copy"})
    assert mounted.writes == []
    message = str(error.value)
    volumes = ", ".join(f"servers/web-{n}/volumes/boot" for n in range(3))
    assert f"{volumes}: image_password: a public image needs image_password, ssh_keys or user_data" in message
    assert (
        "lans/six: ipv6_cidr_block: each new data center gets its own IPv6 block from the service" in message
    )
    used = "is in use in the data center shop; give another reserved address"
    for path, option in (
        ("servers/a1/nics/fixed", "ips"),
        ("nat_gateways/way-out", "public_ips"),
        ("network_load_balancers/tcp", "ips"),
        ("application_load_balancers/http", "ips"),
    ):
        assert re.search(rf"{path}: {option}: [0-9.]+ {re.escape(used)}", message), path
    assert "properties" not in message and message.count("Nothing was changed") == 1


def test_a_public_image_by_its_uuid_needs_access_too_and_one_of_ones_own_does_not() -> None:
    mounted = Mounted()
    mounted.run(
        "datacenter",
        name="shop",
        location="de/fra",
        volumes=[{"name": "v", "size": 5, "licence_type": "OTHER"}],
    )
    kept = mounted.run("snapshot", datacenter="shop", volume="v", name="kept")["snapshot"]["id"]
    image = mounted.info("image", location="de/fra", image_type="HDD")[0]["id"]
    for form in ("volume", "datacenter"):

        def options(source: str, form: str = form) -> Options:
            volume: Options = {"name": "new", "size": 30, "image": source}
            return (
                {"datacenter": "shop", **volume}
                if form == "volume"
                else {"name": "shop", "volumes": [volume]}
            )

        with pytest.raises(CloudError, match="image_password: a public image needs image_password"):
            mounted.run(form, **options(image))
        assert mounted.writes == []
        assert mounted.check(form, **options(kept))["changed"]


def without_chosen(value: Any) -> Any:
    """A description without the addresses that the service chose."""
    if isinstance(value, dict):
        chosen = ("gateway_ips", "lb_private_ips")
        return {name: without_chosen(each) for name, each in value.items() if name not in chosen}
    return [without_chosen(each) for each in value] if isinstance(value, list) else value


# -- reserved addresses by their place in a block -------------------------------------------------------------------


def test_every_address_may_be_named_by_its_place_in_a_block() -> None:
    mounted = Mounted()
    mounted.run("target_group", name="web", algorithm="ROUND_ROBIN", protocol="HTTP", targets=[TARGET])
    ips = reserved(mounted, size=5)
    site = full([f"shop.{place}" for place in range(5)])
    site["servers"][0]["nics"][0]["ips"] = ["shop.3"]
    mounted.run("datacenter", **site)
    site["lans"][0]["ip_failover"] = [{"ip": "shop.3", "nic_id": "a1/front"}]
    site["loadbalancers"] = [{"name": "classic", "ip": "shop.4"}]
    done = mounted.run("datacenter", **site)
    assert done["warnings"] == [] and steps(mounted.run("datacenter", **site)) == []
    tree = done["tree"]
    assert tree["servers"][0]["nics"][0]["ips"] == [ips[3]]
    assert [each["ip"] for each in tree["lans"][0]["ip_failover"]] == [ips[3]]
    assert tree["loadbalancers"][0]["ip"] == ips[4]
    assert tree["nat_gateways"][0]["rules"][0]["public_ip"] == ips[0]
    single = {"datacenter": "shop", "server": "a1", "name": "front"}
    assert not mounted.run("nic", **single, ips=["shop.3"])["changed"]


@pytest.mark.parametrize(
    ("ip", "words"),
    [
        ("none.0", "ips: there is no IP block 'none'"),
        ("shop.3", "ips: the IP block shop has no shop.3: the last of its addresses is shop.2"),
    ],
)
def test_an_address_that_no_block_has_is_refused_before_anything_is_written(ip: str, words: str) -> None:
    mounted, _site = built()
    nic = {"name": "front", "lan": "public", "ips": [ip]}
    with pytest.raises(CloudError) as caught:
        mounted.run("datacenter", name="shop", servers=[{"name": "a1", "nics": [nic]}])
    assert words in str(caught.value) and mounted.writes == []


def test_of_two_blocks_of_one_name_the_one_of_the_location_is_meant() -> None:
    mounted = Mounted()
    mounted.run("ipblock", name="other", location="us/las", size=1)
    far = mounted.info("ipblock", name="other")[0]["id"]
    (here,) = reserved(mounted, size=1)
    mounted.run("ipblock", id=far, name="shop")
    nic = {"name": "front", "lan": "public", "ips": ["shop.0"]}
    servers = [{"name": "a1", "cores": 1, "ram": 1024, "nics": [nic]}]
    lans = [{"name": "public", "public": True}]
    done = mounted.run("datacenter", name="shop", location="de/fra", lans=lans, servers=servers)
    assert done["tree"]["servers"][0]["nics"][0]["ips"] == [here]


def test_a_rehearsal_takes_addresses_of_a_block_that_an_earlier_task_would_reserve() -> None:
    mounted = Mounted()
    foreseen = mounted.check("ipblock", name="new", location="de/fra", size=2)["ipblock"]["ips"]
    assert foreseen == ["new.0", "new.1"]
    site = full([*foreseen, "new.0"])
    del site["application_load_balancers"]
    checked = mounted.check("datacenter", **site)
    assert checked["changed"] and mounted.writes == []
    assert "public_ips: the IP block new does not exist yet; predicted as if it did" in checked["warnings"]
    assert checked["tree"]["nat_gateways"][0]["public_ips"] == ["new.0"]


# -- results --------------------------------------------------------------------------------------------------------


def test_a_server_tells_its_addresses_as_the_inventory_does() -> None:
    mounted = Mounted()
    made = mounted.run(
        "datacenter", name="shop", location="de/fra", lans=[{"name": "out", "public": True}, {"name": "in"}]
    )
    assert made["datacenter"]["cpu_architecture"][0]["cpu_family"]
    nics = [{"name": "a", "lan": "out"}, {"name": "b", "lan": "in"}]
    server = mounted.run("server", datacenter="shop", name="s", cores=1, ram=1024, nics=nics)["server"]
    (host,) = read(mounted.cloud)
    for kind in ("public_ipv4", "private_ipv4"):
        assert len(server[kind]) == 1 and server[kind] == host[kind]
    tree = mounted.run("datacenter", name="shop", servers=[])["tree"]
    assert tree["servers"][0]["public_ipv4"] == host["public_ipv4"]
    assert [(nic["lan_name"], nic["lan_public"]) for nic in tree["servers"][0]["nics"]] == [
        ("out", True),
        ("in", False),
    ]


def test_the_tree_is_left_out_where_nobody_wants_it() -> None:
    mounted, site = built()
    short = mounted.run("datacenter", **site, return_tree=False)
    assert short["tree"] is None and short["plan"] == [] and short["datacenter"]["name"] == "shop"
    assert mounted.check("datacenter", **site, return_tree=False)["tree"] is None


# -- servers of one pattern -----------------------------------------------------------------------------------------


def pattern(**nic: Any) -> Options:
    """Two servers of one entry, each with a NIC in the private LAN."""
    server = {
        "name": "web-%02d",
        "count": 2,
        "cores": 1,
        "ram": 1024,
        "nics": [{"name": "b", "lan": "in", **nic}],
    }
    return {"name": "shop", "location": "de/fra", "lans": [{"name": "in"}], "servers": [server]}


def test_each_server_of_a_pattern_gets_its_own_address_host_name_and_user_data() -> None:
    mounted = Mounted()
    site = pattern(ips=["10.0.0.1%d"])
    text = "#cloud-config\nhostname: web-%02d # made on $(date +%%d)\n"
    boot = {"name": "boot", "size": 10, "image": "ubuntu:latest"}
    boot["user_data"] = base64.b64encode(text.encode()).decode()
    site["servers"][0] |= {"hostname": "host-%d", "volumes": [boot]}
    tree = mounted.run("datacenter", **site)["tree"]
    assert [each["hostname"] for each in tree["servers"]] == ["host-1", "host-2"]
    assert [each["nics"][0]["ips"] for each in tree["servers"]] == [["10.0.0.11"], ["10.0.0.12"]]
    # The service shows no user data: what was sent is what the description was made of.
    nodes = parse_description(site, 6)["servers"]
    sent = [base64.b64decode(each["volumes"][0]["user_data"]).decode() for each in nodes]
    assert sent == [f"#cloud-config\nhostname: web-{n} # made on $(date +%d)\n" for n in ("01", "02")]


def test_each_server_of_a_pattern_gets_its_number_in_user_data_of_any_form() -> None:
    forms: list[dict[str, Any]] = [
        {"user_data": {"hostname": "web-%02d", "runcmd": [["echo", "%d of 2", 7]]}},
        {"user_data": "#cloud-config\nhostname: web-%02d\n", "encode_user_data": True},
    ]
    for form in forms:
        site = pattern()
        site["servers"][0]["volumes"] = [{"name": "boot", "size": 10, "image": "x", **form}]
        nodes = parse_description(site, 6)["servers"]
        sent = [
            yaml.safe_load(base64.b64decode(each["volumes"][0]["user_data"]))["hostname"] for each in nodes
        ]
        assert sent == ["web-01", "web-02"]


def test_user_data_that_is_no_text_stays_as_it_is() -> None:
    site = pattern()
    packed = base64.b64encode(b"\x1f\x8b%d").decode()
    site["servers"][0]["volumes"] = [{"name": "boot", "size": 10, "image": "x", "user_data": packed}]
    assert [each["volumes"][0]["user_data"] for each in parse_description(site, 6)["servers"]] == [packed] * 2


def test_one_private_address_for_two_servers_is_refused_and_a_public_one_may_fail_over() -> None:
    mounted = Mounted()
    with pytest.raises(
        CloudError, match="servers: web-01/b and web-02/b would both have the address 10.0.0.9; with"
    ):
        mounted.run("datacenter", **pattern(ips=["10.0.0.9"]))
    assert mounted.calls == []
    assert parse_description(pattern(ips=["203.0.113.9"]), 6)["servers"]
    apart = pattern(ips=["10.0.0.9"])
    apart["servers"] = [{"name": name, "nics": [{"lan": name, "ips": ["10.0.0.9"]}]} for name in ("1", "2")]
    assert parse_description(apart, 6)["servers"]


# -- the default security group -------------------------------------------------------------------------------------


def test_the_default_security_group_is_named_described_and_taken_away() -> None:
    mounted = Mounted()
    site: Options = {"name": "shop", "location": "de/fra", "security_groups": [{"name": "web"}]}
    checked = mounted.check("datacenter", **site, default_security_group="web")
    created = mounted.run("datacenter", **site, default_security_group="web")
    assert steps(created) == steps(checked)
    assert steps(created) == [("create", ""), ("update", ""), ("create", "security_groups/web")]
    (group,) = created["tree"]["security_groups"]
    assert created["datacenter"]["default_security_group"] == group["id"] and created["warnings"] == []
    (described,) = mounted.info("datacenter", name="shop", as_description=True)
    assert described["default_security_group"] == "web"
    assert steps(mounted.run("datacenter", **described)) == []
    # Named alone, or as one that the same task creates; a group that goes is not the default any more.
    assert not mounted.run("datacenter", name="shop", default_security_group=group["id"])["changed"]
    other: Options = {"security_groups": [{"name": "new"}], "default_security_group": "new", "purge": ["all"]}
    checked = mounted.check("datacenter", name="shop", **other)
    changed = mounted.run("datacenter", name="shop", **other)
    assert steps(changed) == steps(checked) and changed["diff"] == checked["diff"]
    assert [verb for verb, _path in steps(changed)] == ["update", "create", "delete"]
    assert mounted.calls.index(mounted.writes[-1]) > mounted.calls.index(
        next(each for each in mounted.writes if each.startswith("PATCH"))
    )
    assert steps(mounted.run("datacenter", name="shop", default_security_group="")) == [("update", "")]
    assert mounted.info("datacenter", name="shop")[0]["default_security_group"] is None
    assert steps(mounted.run("datacenter", name="shop", default_security_group="")) == []


def test_a_default_security_group_that_is_not_there_is_refused_before_anything_is_written() -> None:
    mounted = Mounted()
    for _there in range(2):
        with pytest.raises(CloudError, match="^default_security_group: .*none"):
            mounted.run("datacenter", name="shop", location="de/fra", default_security_group="none")
        assert mounted.writes == []
        mounted.run("datacenter", name="shop", location="de/fra")
    assert mounted.run("datacenter", name="shop", default_security_group="any", state="absent")["changed"]


@pytest.mark.parametrize("mark", ["old/front", "web/back", "back"])
@pytest.mark.parametrize(
    "uses",
    [
        lambda mark: {"loadbalancers": [{"name": "lb", "balanced_nics": ["web/front", mark]}]},
        lambda mark: {"lans": [{"name": "public", "ip_failover": [{"ip": "203.0.113.1", "nic_id": mark}]}]},
    ],
    ids=["balanced", "failover"],
)
def test_nothing_names_a_nic_that_the_plan_deletes(mark: str, uses: Callable[[str], Options]) -> None:
    mounted = Mounted()
    front, back = ({"name": name, "lan": "public"} for name in ("front", "back"))
    size = {"cores": 1, "ram": 1024}
    servers = [{"name": "web", **size, "nics": [front, back]}, {"name": "old", **size, "nics": [front]}]
    base: Options = {"name": "shop", "location": "de/fra", "lans": [{"name": "public", "public": True}]}
    there = mounted.run("datacenter", **base, servers=servers, return_tree=True)["tree"]["servers"][0]
    # Renamed, it is not the one that goes.
    left = {"purge": ["servers", "nics"], "servers": [{**servers[0], "nics": [front]}]}
    new = {**base, **left, **uses(mark)}
    for way in (mounted.check, mounted.run):
        with pytest.raises(CloudError, match=f"there is no NIC '{mark}' in the data center"):
            way("datacenter", **new)
        assert mounted.writes == []
    left["servers"] = [{**servers[0], "id": there["id"], "name": "www", "nics": [front]}]
    assert mounted.check("datacenter", **{**base, **left, **uses("www/front")})["changed"]


# -- addresses that change hands --------------------------------------------------------------------------------------


def lettered(mounted: Mounted, *worlds: Any) -> list[Any]:
    """Options with reserved addresses in place of "A", "B" and "C"."""
    text = json.dumps(worlds)
    for letter, ip in zip("ABC", reserved(mounted), strict=True):
        text = text.replace(f'"{letter}"', f'"{ip}"')
    return list(json.loads(text))


def gateway(name: str, *ips: str, rule: str = "") -> Options:
    rules = [{"name": "all", "source_subnet": "10.0.0.0/8", "public_ip": rule}] if rule else []
    return {"name": name, "public_ips": list(ips), "lans": [], "rules": rules}


def balancer(name: str, *ips: str) -> Options:
    return {"name": name, "listener_lan": "public", "target_lan": "inner", "ips": list(ips)}


def with_nic(*ips: str) -> Options:
    nic = {"name": "front", "lan": "public", "ips": list(ips)}
    return {"servers": [{"name": "web", "cores": 1, "ram": 1024, "nics": [nic]}]}


@pytest.mark.parametrize("seconds", [0.0, 2.0])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"nat_gateways": [gateway("out", "A", "B")]},
            {"nat_gateways": [gateway("out", "A"), gateway("new", "B")]},
        ),
        (
            {"nat_gateways": [gateway("out", "A", "B")]},
            {"nat_gateways": [gateway("out", "A")], "network_load_balancers": [balancer("in", "B")]},
        ),
        (
            {"nat_gateways": [], "network_load_balancers": [balancer("in", "A")]},
            {"nat_gateways": [gateway("out", "A")], "network_load_balancers": []},
        ),
        (
            {"nat_gateways": [gateway("out", "A")], "application_load_balancers": []},
            {"nat_gateways": [], "application_load_balancers": [balancer("in", "A")]},
        ),
        (
            {"application_load_balancers": [balancer("in", "A")], "network_load_balancers": [balancer("in", "B")]},
            {"application_load_balancers": [balancer("in", "C")], "network_load_balancers": [balancer("in", "A")]},
        ),
        (with_nic("A"), {**with_nic("C"), "nat_gateways": [gateway("out", "A")]}),
        (with_nic("A"), {"servers": [], "nat_gateways": [gateway("out", "A")]}),
        ({**with_nic("C"), "nat_gateways": [gateway("out", "A")]}, {**with_nic("A"), "nat_gateways": []}),
    ],
)  # fmt: skip
def test_an_address_is_taken_once_it_is_free(before: Options, after: Options, seconds: float) -> None:
    mounted = Mounted(seconds=seconds)
    base: Options = {"name": "shop", "location": "de/fra", "purge": ["all"]}
    base["lans"] = [{"name": "public", "public": True}, {"name": "inner"}]
    old, new = ({**base, **each} for each in lettered(mounted, before, after))
    mounted.run("datacenter", **old)
    checked = mounted.check("datacenter", **new)
    done = mounted.run("datacenter", **new)
    assert steps(done) == steps(checked) and done["warnings"] == []
    again = mounted.run("datacenter", **new)
    assert steps(again) == [] and again["unmanaged"] == []


@pytest.mark.parametrize(
    ("before", "after", "circle"),
    [
        (
            {"nat_gateways": [gateway("one", "A"), gateway("two", "B")]},
            {"nat_gateways": [gateway("one", "B"), gateway("two", "A")]},
            ("nat_gateways/one", "nat_gateways/two"),
        ),
        (
            {"nat_gateways": [gateway("one", "A"), gateway("two", "B"), gateway("three", "C")]},
            {"nat_gateways": [gateway("one", "B"), gateway("two", "C"), gateway("three", "A")]},
            ("nat_gateways/one", "nat_gateways/two", "nat_gateways/three"),
        ),
        (
            {"nat_gateways": [gateway("one", "A", rule="A"), gateway("two", "B", rule="B")]},
            {"nat_gateways": [gateway("one", "B", rule="B"), gateway("two", "A", rule="A")]},
            ("nat_gateways/one", "nat_gateways/two"),
        ),
        (
            {"nat_gateways": [gateway("one", "A", "B")], "network_load_balancers": [balancer("in", "C")]},
            {"nat_gateways": [gateway("one", "C")], "network_load_balancers": [balancer("in", "A", "B")]},
            ("nat_gateways/one", "network_load_balancers/in"),
        ),
        (
            {**with_nic("A"), "nat_gateways": [gateway("one", "B")]},
            {**with_nic("B"), "nat_gateways": [gateway("one", "A")]},
            ("servers/web/nics/front", "nat_gateways/one"),
        ),
    ],
    ids=["two", "three", "with rules", "with a balancer", "with a NIC"],
)
def test_those_that_exchange_addresses_do_not_wait_for_each_other_and_may_be_refused(
    before: Options, after: Options, circle: tuple[str, ...]
) -> None:
    mounted = Mounted()
    base: Options = {"name": "shop", "location": "de/fra"}
    base["lans"] = [{"name": "public", "public": True}, {"name": "inner"}]
    old, new = ({**base, **each} for each in lettered(mounted, before, after))
    mounted.run("datacenter", **old)
    (warning,) = mounted.check("datacenter", **new)["warnings"]
    named, advice = warning.removeprefix("preflight: ").split(" would exchange addresses, ")
    assert set(named.split(" and ")) == set(circle)
    assert advice.startswith("which the service may refuse; first give one of them another address")
    with pytest.raises(CloudError, match="is still in use") as caught:
        mounted.run("datacenter", **new)
    assert warning in caught.value.warnings
    assert mounted.check("datacenter", **new, preflight=False)["warnings"] == []


def test_addresses_that_are_handed_on_in_a_row_are_no_exchange() -> None:
    mounted = Mounted()
    a, b, c = reserved(mounted)
    base = {"name": "shop", "location": "de/fra"}
    mounted.run("datacenter", **base, nat_gateways=[gateway("one", a), gateway("two", b)])
    done = mounted.run("datacenter", **base, nat_gateways=[gateway("one", b), gateway("two", c)])
    assert done["warnings"] == []


@pytest.mark.parametrize("seconds", [0.0, 2.0])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((gateway("out", "A", rule="A"),), (gateway("out", "B", rule="B"),)),
        ((gateway("out", "A", rule="A"),), (gateway("out", "A", "B", rule="B"),)),
        ((gateway("out", "A", "B", rule="A"),), (gateway("out", "B", rule="B"),)),
        ((gateway("out", "A", "B", rule="A"),), (gateway("out", "B", "C", rule="C"),)),
        ((gateway("out", "A"),), (gateway("out", "B", rule="B"),)),
        ((gateway("out", "A", rule="A"),), (gateway("out", "B"),)),
    ],
)
def test_a_gateway_has_the_addresses_of_its_rules_at_any_time(
    before: tuple[Options], after: tuple[Options], seconds: float
) -> None:
    mounted = Mounted(seconds=seconds)
    base = {"name": "shop", "location": "de/fra", "purge": ["all"]}
    old, new = ({**base, "nat_gateways": each} for each in lettered(mounted, before, after))
    mounted.run("datacenter", **old)
    checked = mounted.check("datacenter", **new)
    done = mounted.run("datacenter", **new)
    assert steps(done) == steps(checked) and done["warnings"] == [] and done["diff"] == checked["diff"]
    again = mounted.run("datacenter", **new)
    assert steps(again) == [] and mounted.writes == []
    (found,) = again["tree"]["nat_gateways"]
    assert sorted(found["public_ips"]) == sorted(new["nat_gateways"][0]["public_ips"])


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_gateway_whose_addresses_were_half_replaced_is_finished_by_a_rerun(
    number: int, before: bool
) -> None:
    mounted = Mounted()
    old, new, _other = reserved(mounted)
    base = {"name": "shop", "location": "de/fra"}
    mounted.run("datacenter", **base, nat_gateways=[gateway("out", old, rule=old)])
    changed = {**base, "nat_gateways": [gateway("out", new, rule=new)]}
    killing(mounted, number, before)
    with pytest.raises(Killed):
        mounted.run("datacenter", **changed, concurrency=1)
    mounted.cloud = mounted.client(6)
    (found,) = mounted.run("datacenter", **changed)["tree"]["nat_gateways"]
    assert (found["public_ips"], found["rules"][0]["public_ip"]) == ([new], new)
    assert steps(mounted.run("datacenter", **changed)) == []


@pytest.mark.parametrize("seconds", [0.0, 2.0])
@pytest.mark.parametrize("collection", SITE_GATEWAYS[1:])
@pytest.mark.parametrize("after", [1, 2])
def test_a_balancer_has_the_addresses_of_its_rules_when_they_change(
    collection: str, after: int, seconds: float
) -> None:
    """``after``: how many addresses it has then, of which the rule uses the last."""
    mounted = Mounted(seconds=seconds)
    mounted.run("target_group", name="web", algorithm="ROUND_ROBIN", protocol="HTTP", targets=[TARGET])
    ips = reserved(mounted, 5)
    site = full(ips)
    mounted.run("datacenter", **site)
    (each,) = site[collection]
    each["ips"] = [*each["ips"], ips[4]][-after:]
    each["rules"][0]["listener_ip"] = ips[4]
    done = mounted.run("datacenter", **site)
    assert {path for _verb, path in steps(done)} == {
        f"{collection}/{each['name']}",
        f"{collection}/{each['name']}/rules/{each['rules'][0]['name']}",
    }
    assert done["warnings"] == []
    # The rule waits for the balancer, which it listens for.
    first, second = (mounted.calls.index(call) for call in mounted.writes)
    assert collection.replace("_", "") in mounted.calls[first] and "rules" not in mounted.calls[first]
    assert second - first > 1
    assert steps(mounted.run("datacenter", **site)) == []
