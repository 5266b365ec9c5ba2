# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clusters, pools and nodes as the contract's second edition has them (sections 10.27 to 10.29).

Each docstring names how strong the statement is, as the contract does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pocketvdc.testing import Api, Clock, Reply, ident

SECONDS = 10


@pytest.fixture
def cluster(api: Api) -> str:
    return api.make("/k8s", name="c")


@pytest.fixture
def pool(api: Api, dc: str, cluster: str) -> str:
    return api.make(f"{cluster}/nodepools", **pool_of(dc))


def pool_of(dc: str, **values: Any) -> dict[str, Any]:
    return {
        "name": "pool", "datacenterId": ident(dc), "nodeCount": 2, "coresCount": 2, "ramSize": 4096,
        "availabilityZone": "ZONE_1", "storageType": "SSD", "storageSize": 100, **values,
    }  # fmt: skip


def items(api: Api, path: str, depth: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"{path}?depth={depth}").json["items"]
    return found


def slow(api: Api) -> Callable[[], None]:
    """From now on provisioning takes its time, until what is returned is called."""
    api.cloud.settings.provision_seconds = SECONDS
    clock = api.cloud.clock
    assert isinstance(clock, Clock)
    return lambda: clock.advance(SECONDS)


def refusal(reply: Reply) -> tuple[int, str, str]:
    return reply.status, reply.codes[0], reply.message


# Clusters and pools


def test_a_cluster_does_not_tell_its_versions_before_it_is_active(api: Api) -> None:
    """[recorded, 2023] Null until the cluster is ACTIVE, also where no version was given."""
    done = slow(api)
    newest = api.get("/k8s/versions").json[-1]
    for given in ({}, {"k8sVersion": newest}):
        made = api.post("/k8s", {"properties": {"name": "c", **given}}).json
        names = ("k8sVersion", "availableUpgradeVersions", "viableNodePoolVersions")
        assert [made["properties"][name] for name in names] == [None] * 3
        assert [api.properties(f"/k8s/{made['id']}")[name] for name in names] == [None] * 3
        done()
        version = given.get("k8sVersion", api.get("/k8s/versions/default").json)
        assert api.properties(f"/k8s/{made['id']}")["k8sVersion"] == version


@pytest.mark.parametrize("kind", ["cluster", "pool"])
def test_a_window_is_set_by_the_service(api: Api, dc: str, cluster: str, kind: str) -> None:
    """[live test, 2022 and later] A maintenanceWindow that was not given."""
    path, body = ("/k8s", {"name": "d"}) if kind == "cluster" else (f"{cluster}/nodepools", pool_of(dc))
    made = api.post(path, {"properties": body}).json
    assert made["properties"]["maintenanceWindow"] is None
    window = api.properties(f"{path}/{made['id']}")["maintenanceWindow"]
    assert window["dayOfTheWeek"].endswith("day") and window["time"].endswith("Z")
    own = {"dayOfTheWeek": "Sunday", "time": "03:00:00Z"}
    named = api.make(path, **{**body, "name": "e", "maintenanceWindow": own})
    assert api.properties(named)["maintenanceWindow"] == own


def test_the_answer_to_a_new_pool(api: Api, dc: str, cluster: str) -> None:
    """[recorded, 2023] DEPLOYING, k8sVersion null, routes [] where none were given."""
    api.make(f"{dc}/lans", public=False)
    body = pool_of(dc, lans=[{"id": 1}], k8sVersion=api.get("/k8s/versions").json[0])
    made = api.post(f"{cluster}/nodepools", {"properties": body}).json
    assert made["metadata"]["state"] == "DEPLOYING"
    assert made["properties"]["k8sVersion"] is None
    assert made["properties"]["lans"] == [{"id": 1, "dhcp": True, "routes": []}]


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_a_pool_that_is_not_active(api: Api, dc: str, cluster: str, method: str) -> None:
    """[recorded, tf#579, 2024] of a DELETE; of an update (inferred)."""
    done = slow(api)
    pool = f"{cluster}/nodepools/{api.post(f'{cluster}/nodepools', {'properties': pool_of(dc)}).id}"
    body = None if method == "DELETE" else {"properties": {"nodeCount": 3}}
    assert refusal(api.call(method, pool, body)) == (
        422,
        "200",
        "[VDC-14-1832] Operation cannot be executed until Nodepool state is ACTIVE.",
    )
    done()
    assert api.call(method, pool, body).status == 202


def test_a_version_that_is_gone(api: Api, dc: str, cluster: str) -> None:
    """[recorded, tf PR#217, 2022; PR#490, 2023] With the list of versions; of a cluster the list is inferred."""
    lead = "[VDC-14-1830] Operation cannot be executed because the K8s version 1.2.3 is not viable for"
    known = api.get("/k8s/versions").json
    viable = api.properties(cluster)["viableNodePoolVersions"]
    of_cluster = f"{lead} cluster. Available versions are [{', '.join(known)}]"
    of_pool = f"{lead} nodepools in cluster. Available versions are [{', '.join(viable)}]"
    body = {"properties": {"name": "d", "k8sVersion": "1.2.3"}}
    assert refusal(api.post("/k8s", body)) == (422, "200", of_cluster)
    assert refusal(api.put(cluster, body)) == (422, "200", of_cluster)
    pools = f"{cluster}/nodepools"
    gone = pool_of(dc, k8sVersion="1.2.3")
    assert refusal(api.post(pools, {"properties": gone})) == (422, "200", of_pool)


def test_versions_of_2026(api: Api) -> None:
    """[documented] Supported minor versions of the year; the default is one of them."""
    known = api.get("/k8s/versions").json
    assert [version.rsplit(".", 1)[0] for version in known] == ["1.32", "1.33", "1.34"]
    assert api.get("/k8s/versions/default").json in known


def test_a_pool_has_no_other_name(api: Api, pool: str) -> None:
    """[documented, vendor, 2026] A PUT that holds the name is refused, though a cluster can be renamed."""
    reply = api.put(pool, {"properties": {"nodeCount": 2, "name": "pool"}})
    assert (reply.status, reply.message.endswith("'name' is immutable")) == (422, True)


def test_scaling_that_is_off(api: Api, dc: str, cluster: str) -> None:
    """[documented as tried live, vendor, 2026] Reads 0/0, which a PUT may not hold; [live test] {} is none."""
    off = {"minNodeCount": 0, "maxNodeCount": 0}
    pools = f"{cluster}/nodepools"
    plain = api.make(pools, **pool_of(dc))
    empty = api.make(pools, **pool_of(dc, name="empty", autoScaling={}))
    assert [api.properties(pool)["autoScaling"] for pool in (plain, empty)] == [off, off]
    reply = api.put(plain, {"properties": {"nodeCount": 2, "autoScaling": off}})
    assert (reply.status, reply.message) == (422, "autoScaling.minNodeCount must be > 0")
    assert reply.codes == ["110"]  # [recorded, ctl PR#422, 2024], with another text then
    scaling = {"minNodeCount": 1, "maxNodeCount": 3}
    assert api.put(plain, {"properties": {"nodeCount": 2, "autoScaling": scaling}}).status == 202
    assert api.put(plain, {"properties": {"nodeCount": 2}}).status == 202
    assert api.properties(plain)["autoScaling"] == scaling
    assert api.put(plain, {"properties": {"nodeCount": 2, "autoScaling": {}}}).status == 202
    assert api.properties(plain)["autoScaling"] == off


def test_the_number_of_nodes_of_a_pool_that_scales(api: Api, dc: str, cluster: str) -> None:
    """[documented, vendor, 2026] nodeCount is always required, and ignored while autoScaling is active."""
    scaling = {"minNodeCount": 1, "maxNodeCount": 3}
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, autoScaling=scaling))
    assert "'nodeCount' is required" in api.put(pool, {"properties": {"labels": {}}}).message
    assert api.put(pool, {"properties": {"nodeCount": 3}}).status == 202
    assert (api.properties(pool)["nodeCount"], len(items(api, f"{pool}/nodes"))) == (2, 2)


def test_taints(api: Api, dc: str, cluster: str) -> None:
    """[documented, 2026] key and effect are required, value is not; at most 50; a PUT replaces the list."""
    pools = f"{cluster}/nodepools"
    taint = {"key": "dedicated", "value": "gpu", "effect": "NoSchedule"}
    pool = api.make(pools, **pool_of(dc, taints=[taint, {"key": "old", "effect": "noexecute"}]))
    assert api.properties(pool)["taints"] == [taint, {"key": "old", "value": None, "effect": "NoExecute"}]
    for taints, text in (
        ([{"key": "a"}], "'effect' is required"),
        ([{"effect": "NoSchedule"}], "'key' is required"),
        ([{**taint, "effect": "Never"}], "[NoSchedule, NoExecute, PreferNoSchedule]"),
        ([taint] * 51, "'taints' must not be longer than 50"),
    ):
        assert text in api.post(pools, {"properties": pool_of(dc, taints=taints)}).message
    assert api.put(pool, {"properties": {"nodeCount": 2}}).status == 202
    assert len(api.properties(pool)["taints"]) == 2
    assert api.put(pool, {"properties": {"nodeCount": 2, "taints": []}}).status == 202
    assert api.properties(pool)["taints"] == []
    assert "taints" not in Api(api.cloud, 5).properties(pool)


@pytest.mark.parametrize("name", ["labels", "annotations"])
def test_a_put_replaces_what_it_gives(api: Api, dc: str, cluster: str, name: str) -> None:
    """[documented, vendor, 2026] {} empties, what is left out stays."""
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, **{name: {"a": "1", "b": "2"}}))
    for given, read in (({}, {"a": "1", "b": "2"}), ({name: {"c": "3"}}, {"c": "3"}), ({name: {}}, {})):
        assert api.put(pool, {"properties": {"nodeCount": 2, **given}}).status == 202
        assert api.properties(pool)[name] == read


def test_a_small_disk(api: Api, dc: str, cluster: str) -> None:
    """[live test] Section 17, item 13: 10 GB are accepted."""
    assert api.make(f"{cluster}/nodepools", **pool_of(dc, storageSize=10))


@pytest.mark.parametrize("kind", ["ESSENTIAL", "PERFORMANCE"])
def test_newer_classes_of_storage(api: Api, dc: str, cluster: str, kind: str) -> None:
    """[documented, vendor, 2026] Not in the SDK yet."""
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, storageType=kind))
    assert api.properties(pool)["storageType"] == kind
    (volume, _other) = items(api, f"{dc}/volumes")
    assert volume["properties"]["type"].startswith("SSD ")


def test_an_empty_cpu_family_of_a_pool(api: Api, dc: str, cluster: str) -> None:
    """[documented, 2026] Refused; code and text are inferred."""
    assert api.post(f"{cluster}/nodepools", {"properties": pool_of(dc, cpuFamily="")}).status == 422


# Nodes


def test_nodes_are_servers(api: Api, dc: str, pool: str) -> None:
    """[recorded, tf#203, 2022] Real servers, volumes and NICs of the data center; ids and values are inferred."""
    nodes = items(api, f"{pool}/nodes")
    servers = {server["id"]: server for server in items(api, f"{dc}/servers", 3)}
    assert set(servers) == {node["id"] for node in nodes}
    for node in nodes:
        found, entities = servers[node["id"]]["properties"], servers[node["id"]]["entities"]
        wanted = (node["properties"]["name"], 2, 4096, "ZONE_1", "RUNNING")
        assert (
            tuple(found[name] for name in ("name", "cores", "ram", "availabilityZone", "vmState")) == wanted
        )
        (volume,), (nic,) = entities["volumes"]["items"], entities["nics"]["items"]
        assert (volume["properties"]["size"], volume["properties"]["type"]) == (100, "SSD")
        assert volume["id"] == found["bootVolume"]["id"]
        assert nic["properties"]["ips"] == [node["properties"]["publicIP"]]
    assert len(items(api, f"{dc}/volumes")) == 2


def test_nodes_come_and_go_with_their_pool(api: Api, dc: str, pool: str) -> None:
    """[recorded, tf#203, 2022] They appear in the lists, and nothing is left of them (inferred)."""
    assert api.put(pool, {"properties": {"nodeCount": 3}}).status == 202
    assert len(items(api, f"{dc}/servers")) == 3
    assert api.put(pool, {"properties": {"nodeCount": 1}}).status == 202
    assert [len(items(api, f"{dc}/{kind}")) for kind in ("servers", "volumes", "lans")] == [1, 1, 1]
    assert api.delete(pool).status == 202
    assert [items(api, f"{dc}/{kind}") for kind in ("servers", "volumes", "lans")] == [[], [], []]
    assert api.delete(dc).status == 202


def test_nodes_are_in_the_lans_of_their_pool(api: Api, dc: str, cluster: str) -> None:
    """[documented] 10.28: existing LANs of the pool; a PUT replaces the list. Such LANs have NICs."""
    for _each in range(2):
        api.make(f"{dc}/lans", public=False)
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, nodeCount=1, lans=[{"id": 1}]))
    assert [len(items(api, f"{dc}/lans/{number}/nics")) for number in (1, 2)] == [1, 0]
    assert refusal(api.delete(f"{dc}/lans/1"))[2] == "[nics] Cannot delete lan which contains nics"
    assert api.put(pool, {"properties": {"nodeCount": 1, "lans": [{"id": 2}]}}).status == 202
    assert [len(items(api, f"{dc}/lans/{number}/nics")) for number in (1, 2)] == [0, 1]


def test_public_addresses_of_nodes(api: Api, dc: str, cluster: str, pool: str) -> None:
    """[recorded, 2020; live test, 2025/26] In a public cluster with or without reserved addresses."""
    assert all(node["properties"]["publicIP"] for node in items(api, f"{pool}/nodes"))
    block = api.make("/ipblocks", location="de/fra", size=3)
    ips = api.properties(block)["ips"]
    assert api.put(pool, {"properties": {"nodeCount": 2, "publicIps": ips}}).status == 202
    assert {node["properties"]["publicIP"] for node in items(api, f"{pool}/nodes")} < set(ips)
    entries = {entry["ip"]: entry for entry in api.properties(block)["ipConsumers"]}
    for node in items(api, f"{pool}/nodes"):
        entry = entries[node["properties"]["publicIP"]]
        assert (entry["serverId"], entry["k8sNodePoolUuid"]) == (node["id"], ident(pool))
        assert entry["k8sClusterUuid"] == ident(cluster)
    assert api.put(pool, {"properties": {"nodeCount": 2, "publicIps": []}}).status == 202
    assert all(node["properties"]["publicIP"] not in ips for node in items(api, f"{pool}/nodes"))
    assert api.delete(block).status == 202


def test_nodes_of_a_private_cluster(api: Api, dc: str) -> None:
    """(inferred) Without public addresses, in a private LAN."""
    (ip,) = api.properties(api.make("/ipblocks", location="de/fra", size=1))["ips"]
    cluster = api.make("/k8s", name="p", public=False, location="de/fra", natGatewayIp=ip)
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, nodeCount=1))
    (node,) = items(api, f"{pool}/nodes")
    (lan,) = items(api, f"{dc}/lans")
    (nic,) = items(api, f"{dc}/servers/{node['id']}/nics")
    assert (node["properties"]["publicIP"], lan["properties"]["public"]) == (None, False)
    assert nic["properties"]["ips"] == [node["properties"]["privateIP"]]


WRITES: dict[str, tuple[str, str, Any, str]] = {
    "update of a server": ("PATCH", "{server}", {"name": "mine"}, "Server"),
    "replacement of a server": ("PUT", "{server}", {"properties": {"cores": 1, "ram": 1024}}, "Server"),
    "deletion of a server": ("DELETE", "{server}", None, "Server"),
    "stop of a server": ("POST", "{server}/stop", None, "Server"),
    "new NIC": ("POST", "{server}/nics", {"properties": {"lan": 1}}, "Server"),
    "attachment to a server": ("POST", "{server}/volumes", {"id": "{loose}"}, "Server"),
    "detachment": ("DELETE", "{server}/volumes/{volume_id}", None, "Server"),
    "update of a volume": ("PATCH", "{volume}", {"size": 200}, "Volume"),
    "deletion of a volume": ("DELETE", "{volume}", None, "Volume"),
    "attachment of a volume": ("POST", "{other}/volumes", {"id": "{volume_id}"}, "Volume"),
    "update of a NIC": ("PATCH", "{nic}", {"name": "mine"}, "Nic"),
    "deletion of a NIC": ("DELETE", "{nic}", None, "Nic"),
    "new firewall rule": ("POST", "{nic}/firewallrules", {"properties": {"protocol": "ICMP"}}, "Nic"),
    "NIC into a LAN": ("POST", "{lan}/nics", {"id": "{nic_id}"}, "Nic"),
    "NIC behind a balancer": ("POST", "{balancer}/balancednics", {"id": "{nic_id}"}, "Nic"),
    "security groups": ("PUT", "{server}/securitygroups", {"ids": []}, "Server"),
    "data center": ("DELETE", "{dc}", None, "Server"),
}


@pytest.mark.parametrize("case", WRITES)
def test_what_kubernetes_manages(api: Api, dc: str, cluster: str, case: str) -> None:
    """[recorded, tf#203, 2022] 403 with 452; for the data center and what is below a NIC (inferred)."""
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, nodeCount=1))
    (node,) = items(api, f"{pool}/nodes")
    server = f"{dc}/servers/{node['id']}"
    (volume,), (nic,) = items(api, f"{server}/volumes"), items(api, f"{server}/nics")
    names = {
        "dc": dc, "server": server, "volume": f"{dc}/volumes/{volume['id']}", "volume_id": volume["id"],
        "nic": f"{server}/nics/{nic['id']}", "nic_id": nic["id"], "other": api.server(dc),
        "loose": ident(api.volume(dc)), "lan": api.make(f"{dc}/lans", public=False),
        "balancer": api.make(f"{dc}/loadbalancers", name="b"),
    }  # fmt: skip
    method, path, body, kind = WRITES[case]
    if isinstance(body, dict) and "id" in body:
        body = {"id": body["id"].format(**names)}
    managed = {"Server": node["id"], "Volume": volume["id"], "Nic": nic["id"]}[kind]
    before = api.get(f"{server}?depth=3").json
    reply = api.call(method, path.format(**names), body)
    assert refusal(reply) == (403, "452", f"Access Denied: {kind} {managed} is managed by k8s.")
    assert api.get(f"{server}?depth=3").json == before


def test_a_rule_that_targets_nodes(api: Api, dc: str, pool: str) -> None:
    """[recorded, tf#203, 2022] A rule of a network load balancer."""
    (node, _other) = items(api, f"{pool}/nodes")
    lan = int(ident(api.make(f"{dc}/lans", public=False)))
    balancer = api.make(
        f"{dc}/networkloadbalancers", name="b", listenerLan=lan, targetLan=lan, ips=["10.9.9.9"]
    )
    target = {"ip": node["properties"]["publicIP"], "port": 80, "weight": 1}
    values = {
        "name": "r",
        "algorithm": "RANDOM",
        "protocol": "TCP",
        "listenerIp": "10.9.9.9",
        "listenerPort": 80,
    }
    rules = f"{balancer}/forwardingrules"
    text = f"Access Denied: Server {node['id']} is managed by k8s."
    assert refusal(api.post(rules, {"properties": {**values, "targets": [target]}})) == (403, "452", text)
    rule = api.make(rules, **values)
    assert refusal(api.patch(rule, {"targets": [target]})) == (403, "452", text)
    assert api.patch(rule, {"targets": [{**target, "ip": "10.9.9.10"}]}).status == 202


def test_a_deleted_node_of_a_fixed_pool(api: Api, dc: str, pool: str) -> None:
    """[documented as seen live, vendor, 2026] The node goes first; the pool is filled up again."""
    done = slow(api)
    gone = items(api, f"{pool}/nodes")[0]["id"]
    assert api.delete(f"{pool}/nodes/{gone}").status == 202
    assert api.get(f"{pool}/nodes/{gone}").json["metadata"]["state"] == "TERMINATING"
    done()
    left = [node["id"] for node in items(api, f"{pool}/nodes")]
    assert (len(left), gone in left, api.properties(pool)["nodeCount"]) == (2, False, 2)
    assert sorted(server["id"] for server in items(api, f"{dc}/servers")) == sorted(left)


def test_a_deleted_node_of_a_pool_that_scales(api: Api, dc: str, cluster: str) -> None:
    """[documented, vendor, 2026] May stay smaller, but not below the least."""
    scaling = {"minNodeCount": 1, "maxNodeCount": 3}
    pool = api.make(f"{cluster}/nodepools", **pool_of(dc, autoScaling=scaling))
    first, last = items(api, f"{pool}/nodes")
    assert api.delete(f"{pool}/nodes/{first['id']}").status == 202
    assert (len(items(api, f"{pool}/nodes")), api.properties(pool)["nodeCount"]) == (1, 1)
    assert refusal(api.delete(f"{pool}/nodes/{last['id']}")) == (
        422,
        "200",
        "[VDC-14-1826] Operation failed, as last node can not be deleted from nodepool",
    )


def test_a_replaced_node(api: Api, dc: str, pool: str) -> None:
    """[documented, vendor, 2026] A new node joins first, then the old one is destroyed."""
    old = [node["id"] for node in items(api, f"{pool}/nodes")]
    assert api.post(f"{pool}/nodes/{old[0]}/replace").status == 202
    new = [node["id"] for node in items(api, f"{pool}/nodes")]
    assert (len(new), old[1] in new, old[0] in new) == (2, True, False)
    assert sorted(server["id"] for server in items(api, f"{dc}/servers")) == sorted(new)
