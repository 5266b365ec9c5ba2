# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways, balancers, security groups and flow logs within a whole data center, and what is in one beside them."""

from __future__ import annotations

import base64
import copy
import json
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
        with pytest.raises(CloudError, match=f"^{name}: the service takes this option from version 6"):
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


def test_node_pools_are_told_as_managed_by_kubernetes_and_never_purged() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.run("k8s_cluster", name="cluster")
    pool = {"cores_count": 2, "ram_size": 4096, "storage_type": "SSD", "storage_size": 100}
    pool |= {"node_count": 2, "availability_zone": "AUTO"}
    mounted.run("k8s_nodepool", k8s_cluster="cluster", name="workers", datacenter="shop", **pool)
    own = {"name": "web", "cores": 1, "ram": 1024}
    # The service shows nodes as servers, which it named.
    present = mounted.info("server", datacenter="shop")
    for node in mounted.info("k8s_node", k8s_cluster="cluster", k8s_nodepool="workers"):
        if node["name"] not in [each["name"] for each in present]:
            mounted.run("server", **{**own, "datacenter": "shop", "name": node["name"]})
    purged = mounted.run("datacenter", name="shop", servers=[own], volumes=[], purge=["all"])
    assert steps(purged) == [("create", "servers/web")]
    marked = [each for each in purged["unmanaged"] if each.endswith(" (managed by Kubernetes)")]
    assert marked[0] == "k8s_nodepools/workers (managed by Kubernetes)" and len(marked) == 3
    assert all(each.startswith("servers/") for each in marked[1:])
    assert not [each for each in purged["unmanaged"] if each.startswith("servers/") and each not in marked]
    assert len(purged["tree"]["servers"]) == 3
    with pytest.raises(CloudError, match=r"nodepools \(managed by Kubernetes\): workers"):
        mounted.run("datacenter", name="shop", state="absent")


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
    assert "public_ips: IP block new does not exist yet; predicted as if it did" in checked["warnings"]
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
        CloudError, match="servers: web-01/b and web-02/b shall both have the address 10.0.0.9; with"
    ):
        mounted.run("datacenter", **pattern(ips=["10.0.0.9"]))
    assert mounted.calls == []
    assert parse_description(pattern(ips=["203.0.113.9"]), 6)["servers"]
    apart = pattern(ips=["10.0.0.9"])
    apart["servers"] = [{"name": name, "nics": [{"lan": name, "ips": ["10.0.0.9"]}]} for name in ("1", "2")]
    assert parse_description(apart, 6)["servers"]
