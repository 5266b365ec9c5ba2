# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes clusters, node pools and nodes of the emulated API: their states, rules and addresses."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from pocketvdc.testing import Api, Clock, ident

SECONDS = 10


@pytest.fixture
def cluster(api: Api) -> str:
    return api.make("/k8s", name="c")


def pool_of(dc: str, **values: Any) -> dict[str, Any]:
    return {
        "name": "pool", "datacenterId": ident(dc), "nodeCount": 2, "coresCount": 1, "ramSize": 2048,
        "availabilityZone": "AUTO", "storageType": "HDD", "storageSize": 100, **values,
    }  # fmt: skip


def reserve(api: Api, size: int, location: str = "de/fra") -> tuple[str, list[str]]:
    block = api.make("/ipblocks", location=location, size=size)
    return block, api.properties(block)["ips"]


def slow(api: Api) -> None:
    """From now on provisioning takes SECONDS."""
    api.cloud.settings.provision_seconds = SECONDS


def later(api: Api) -> None:
    clock = api.cloud.clock
    assert isinstance(clock, Clock)
    clock.advance(SECONDS)


def state(api: Api, path: str) -> str:
    return str(api.get(path).json["metadata"]["state"])


def nodes(api: Api, pool: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"{pool}/nodes?depth=1").json["items"]
    return found


def fail_next(api: Api, method: str, path: str) -> None:
    fault = {"kind": "fail_request", "method": method, "path": path, "message": "no room"}
    assert api.post("/_emulator/faults", fault).status == 200


# States


def test_states_of_a_cluster(api: Api) -> None:
    slow(api)
    cluster = f"/k8s/{api.post('/k8s', {'properties': {'name': 'c'}}).id}"
    assert state(api, cluster) == "DEPLOYING"
    assert "DEPLOYING" in api.put(cluster, {"properties": {"name": "x"}}).message
    assert api.get(f"{cluster}/kubeconfig").status == 404
    later(api)
    assert state(api, cluster) == "ACTIVE"
    assert api.put(cluster, {"properties": {"name": "x"}}).json["metadata"]["state"] == "UPDATING"
    assert "not active" in api.put(cluster, {"properties": {"name": "y"}}).message
    assert api.get(f"{cluster}/kubeconfig").status == 404
    later(api)
    assert (state(api, cluster), api.properties(cluster)["name"]) == ("ACTIVE", "x")
    assert api.get(f"{cluster}/kubeconfig").status == 200
    assert api.delete(cluster).status == 202
    assert state(api, cluster) == "DESTROYING"
    assert "marked for deletion" in api.put(cluster, {"properties": {"name": "y"}}).message
    later(api)
    assert api.get(cluster).status == 404


def test_states_of_a_pool(api: Api, dc: str, cluster: str) -> None:
    slow(api)
    pools = f"{cluster}/nodepools"
    reply = api.post(pools, {"properties": pool_of(dc)})
    pool = f"{pools}/{reply.id}"
    assert (reply.json["metadata"]["state"], nodes(api, pool)) == ("DEPLOYING", [])
    assert api.put(pool, {"properties": {"nodeCount": 3}}).codes == ["200"]
    later(api)
    assert (state(api, pool), len(nodes(api, pool))) == ("ACTIVE", 2)
    assert api.put(pool, {"properties": {"nodeCount": 1}}).json["metadata"]["state"] == "UPDATING"
    assert len(nodes(api, pool)) == 2
    later(api)
    assert len(nodes(api, pool)) == 1
    (node,) = nodes(api, pool)
    assert api.post(f"{pool}/nodes/{node['id']}/replace").status == 202
    assert state(api, f"{pool}/nodes/{node['id']}") == "REBUILDING"
    later(api)
    (new,) = nodes(api, pool)
    assert (new["id"] != node["id"], new["metadata"]["state"]) == (True, "READY")
    assert api.delete(pool).status == 202
    assert (state(api, pool), nodes(api, pool)[0]["metadata"]["state"]) == ("DESTROYING", "TERMINATING")
    refused = [api.put(pool, {"properties": {"nodeCount": 3}}), api.delete(pool)]
    for reply in refused:
        assert reply.codes == ["200"]
        assert "already marked for deletion. Current state of the resource is DESTROYING." in reply.message
    later(api)
    assert api.get(pool).status == 404


def test_pools_are_not_nested(api: Api, dc: str) -> None:
    pools = {"nodepools": {"items": [{"properties": pool_of(dc)}]}}
    reply = api.post("/k8s", {"properties": {"name": "c"}, "entities": pools})
    assert reply.status == 202
    assert api.get(f"/k8s/{reply.id}/nodepools").json["items"] == []


def test_a_pool_wants_an_active_cluster(api: Api, dc: str) -> None:
    slow(api)
    cluster = f"/k8s/{api.post('/k8s', {'properties': {'name': 'c'}}).id}"
    refused = api.post(f"{cluster}/nodepools", {"properties": pool_of(dc)})
    assert "Current state of the resource is DEPLOYING" in refused.message
    later(api)
    api.make(f"{cluster}/nodepools", **pool_of(dc))
    assert api.delete(cluster).codes == ["200"]


@pytest.mark.parametrize("kind", ["cluster", "pool"])
def test_failures_are_states(api: Api, dc: str, cluster: str, kind: str) -> None:
    collection, body = "/k8s", {"name": "c"}
    update: dict[str, Any] = {"name": "renamed"}
    if kind == "pool":
        collection, body, update = f"{cluster}/nodepools", pool_of(dc), {"nodeCount": 3}
    fail_next(api, "POST", collection)
    path = f"{collection}/{api.post(collection, {'properties': body}).id}"
    assert state(api, path) == "FAILED"
    assert "Current state of the resource is FAILED." in api.put(path, {"properties": update}).message
    assert api.delete(path).status == 202
    path = api.make(collection, **body)
    before = api.properties(path)
    fail_next(api, "PUT", path)
    reply = api.put(path, {"properties": update})
    assert api.outcome(reply)["message"] == "no room"
    assert (state(api, path), api.properties(path)) == ("FAILED_UPDATING", before)
    fail_next(api, "DELETE", path)
    assert api.delete(path).status == 202
    assert state(api, path) == "FAILED_DESTROYING"
    refused = api.put(path, {"properties": update})
    assert "marked for deletion. Current state of the resource is FAILED_DESTROYING." in refused.message
    assert api.delete(path).status == 202
    assert api.get(path).status == 404


def test_a_refused_creation_leaves_nothing(api: Api, cluster: str) -> None:
    assert api.post("/_emulator/settings", {"limits": {"k8sClusterLimitTotal": 1}}).status == 200
    assert api.post("/k8s", {"properties": {"name": "second"}}).codes == ["200"]
    assert [item["id"] for item in api.get("/k8s").json["items"]] == [ident(cluster)]


# Clusters


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"name": "-x"}, "'name' has at most 63"),
        ({"name": None}, "'name' is required"),
        (
            {"k8sVersion": "0.1.0"},
            "[VDC-14-1830] Operation cannot be executed because the K8s version 0.1.0 is not viable for ",
        ),
        ({"public": False}, "'location' is required"),
        ({"public": False, "location": "de/fra"}, "'natGatewayIp' is required"),
        ({"public": False, "location": "xx/y", "natGatewayIp": "203.0.113.9"}, "'xx/y' does not exist"),
        ({"public": False, "location": "de/fra", "natGatewayIp": "203.0.113.9"}, "not reserved"),
        ({"nodeSubnet": "10.0.0.0/24"}, "prefix /16"),
        ({"apiSubnetAllowList": ["everybody"]}, "not an IP address or subnet"),
        ({"s3Buckets": [{"name": "a"}, {"name": "b"}]}, "one bucket"),
        ({"maintenanceWindow": {"dayOfTheWeek": "Someday", "time": "10:00:00"}}, "Sunday]"),
        ({"maintenanceWindow": {"dayOfTheWeek": "Monday", "time": "25:00:00"}}, "HH:mm:ss"),
    ],
)
def test_refused_clusters(api: Api, values: dict[str, Any], text: str) -> None:
    reply = api.post("/k8s", {"properties": {"name": "c", **values}})
    assert reply.status == 422
    assert text in reply.message
    assert api.get("/k8s").json["items"] == []


def test_allow_list_has_prefixes(api: Api) -> None:
    cluster = api.make("/k8s", name="c", apiSubnetAllowList=["198.51.100.7", "10.0.0.0/8", "2001:db8::1"])
    assert api.properties(cluster)["apiSubnetAllowList"] == [
        "198.51.100.7/32",
        "10.0.0.0/8",
        "2001:db8::1/128",
    ]
    api.put(cluster, {"properties": {"name": "c", "apiSubnetAllowList": ["198.51.100.8"]}})
    assert api.properties(cluster)["apiSubnetAllowList"] == ["198.51.100.8/32"]
    api.put(cluster, {"properties": {"name": "c", "apiSubnetAllowList": []}})
    assert api.properties(cluster)["apiSubnetAllowList"] == []


def test_upgrades(api: Api, dc: str) -> None:
    old, middle, new = api.get("/k8s/versions").json
    cluster = api.make("/k8s", name="c", k8sVersion=old)
    pools = f"{cluster}/nodepools"
    assert (
        f"not viable for nodepools in cluster. Available versions are [{old}]"
        in api.post(pools, {"properties": pool_of(dc, k8sVersion=new)}).message
    )
    pool = api.make(pools, **pool_of(dc))
    assert (api.properties(pool)["k8sVersion"], api.properties(pool)["availableUpgradeVersions"]) == (old, [])
    assert api.properties(cluster)["viableNodePoolVersions"] == [old]
    assert "not viable" in api.put(pool, {"properties": {"nodeCount": 2, "k8sVersion": middle}}).message
    assert api.put(cluster, {"properties": {"name": "c", "k8sVersion": middle}}).status == 202
    assert api.properties(cluster)["availableUpgradeVersions"] == [new]
    assert api.properties(cluster)["viableNodePoolVersions"] == [old, middle]
    assert api.properties(pool)["availableUpgradeVersions"] == [middle]
    assert api.put(pool, {"properties": {"nodeCount": 2, "k8sVersion": middle}}).status == 202
    assert {node["properties"]["k8sVersion"] for node in nodes(api, pool)} == {middle}
    assert "An upgrade" in api.put(cluster, {"properties": {"name": "c", "k8sVersion": old}}).message
    assert "An upgrade" in api.put(pool, {"properties": {"nodeCount": 2, "k8sVersion": old}}).message


def test_private_cluster(api: Api, dc: str) -> None:
    block, (ip,) = reserve(api, 1)
    private = {"public": False, "location": "de/fra", "natGatewayIp": ip, "nodeSubnet": "10.9.0.0/16"}
    cluster = api.make("/k8s", name="c", **private)
    (entry,) = api.properties(block)["ipConsumers"]
    assert (entry["ip"], entry["k8sClusterUuid"], entry["k8sNodePoolUuid"]) == (ip, ident(cluster), None)
    assert "still in use" in api.post("/k8s", {"properties": {"name": "d", **private}}).message
    elsewhere = api.datacenter("there", "us/las")
    refused = api.post(f"{cluster}/nodepools", {"properties": pool_of(elsewhere)})
    assert "the cluster in de/fra" in refused.message
    api.make(f"{cluster}/nodepools", **pool_of(dc))
    assert "is immutable" in api.put(cluster, {"properties": {"name": "c", "public": True}}).message
    assert api.delete(block).codes == ["200"]


@pytest.mark.parametrize("first", ["gateway", "cluster"])
def test_a_nat_gateway_and_a_private_cluster_share_an_address(api: Api, dc: str, first: str) -> None:
    """[live test] A private cluster is made with the address of a NAT gateway; the other way round (inferred)."""
    block, ips = reserve(api, 2)

    def make(kind: str) -> str:
        if kind == "gateway":
            return api.make(f"{dc}/natgateways", name="g", publicIps=ips)
        return api.make("/k8s", name="c", public=False, location="de/fra", natGatewayIp=ips[0])

    made = {kind: make(kind) for kind in sorted(("gateway", "cluster"), reverse=first == "gateway")}
    again = api.post(f"{dc}/natgateways", {"properties": {"name": "h", "publicIps": ips[:1]}})
    assert "still in use" in again.message
    assert api.delete(made["cluster"]).status == api.delete(made["gateway"]).status == 202
    assert api.delete(block).status == 202


def test_kubeconfig_of_each_version(api: Api, cluster: str) -> None:
    path = f"{cluster}/kubeconfig"
    for kind in ("application/yaml", "application/x-yaml"):
        reply = api.get(path, headers={"Accept": kind})
        assert reply.text.startswith("apiVersion: v1\n")
        assert ident(cluster) in reply.text
    assert api.get(path, headers={"Accept": "application/json"}).json["kind"] == "Config"
    wrapped = Api(api.cloud, 5).get(path).json
    assert (wrapped["type"], wrapped["properties"]["kubeconfig"][:10]) == ("kubeconfig", "apiVersion")
    assert Api(api.cloud, 4).get(path).status == 404


def test_a_kubeconfig_is_one(api: Api, cluster: str) -> None:
    """[documented] 10.27: one document, as YAML, as JSON and wrapped; its context names what is in it."""
    path = f"{cluster}/kubeconfig"
    config = api.get(path, headers={"Accept": "application/json"}).json
    assert yaml.safe_load(api.get(path, headers={"Accept": "application/yaml"}).text) == config
    wrapped = Api(api.cloud, 5).get(path).json["properties"]["kubeconfig"]
    assert yaml.safe_load(wrapped) == config
    (context,) = [one["context"] for one in config["contexts"] if one["name"] == config["current-context"]]
    assert [one["name"] for one in config["clusters"]] == [context["cluster"]]
    assert [one["name"] for one in config["users"]] == [context["user"]]
    assert config["users"][0]["user"]["token"] and config["clusters"][0]["cluster"]["server"]


# Node pools


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"datacenterId": "fake"}, "Data center 'fake' does not exist"),
        ({"nodeCount": 0}, "must not be less than 1"),
        ({"ramSize": 2500}, "multiple of 1024"),
        ({"ramSize": 1024}, "must not be less than 2048"),
        ({"storageSize": 9}, "must not be less than 10"),
        ({"storageType": "TAPE"}, "[HDD, SSD, ESSENTIAL, PERFORMANCE]"),
        ({"availabilityZone": "ZONE_3"}, "[AUTO, ZONE_1, ZONE_2]"),
        ({"cpuFamily": "Z80"}, "Expected one of ["),
        (
            {"k8sVersion": "0.1.0"},
            "[VDC-14-1830] Operation cannot be executed because the K8s version 0.1.0 is not viable for ",
        ),
        ({"autoScaling": {"minNodeCount": 0, "maxNodeCount": 3}}, "1 <= minNodeCount"),
        ({"autoScaling": {"minNodeCount": 3, "maxNodeCount": 2}}, "1 <= minNodeCount"),
        ({"autoScaling": {"minNodeCount": 1, "maxNodeCount": 1}}, "nodeCount <= maxNodeCount"),
        ({"lans": [{"id": 7}]}, "LAN 7 does not exist"),
        ({"lans": [{"id": 1, "routes": [{"network": "x", "gatewayIp": "10.0.0.1"}]}]}, "'x' is not a subnet"),
        (
            {"lans": [{"id": 1, "routes": [{"network": "10.0.0.0/24", "gatewayIp": "x"}]}]},
            "is not an IP address",
        ),
        # [documented, vendor, 2026] Each of a route's two parts may be left out, not both.
        ({"lans": [{"id": 1, "routes": [{}]}]}, "A route needs 'network' or 'gatewayIp'"),
        ({"publicIps": ["198.51.100.1", "198.51.100.2", "198.51.100.3"]}, "not reserved"),
    ],
)
def test_refused_pools(api: Api, dc: str, cluster: str, values: dict[str, Any], text: str) -> None:
    api.make(f"{dc}/lans")
    reply = api.post(f"{cluster}/nodepools", {"properties": pool_of(dc, **values)})
    assert reply.status == 422
    assert text in reply.message


def test_public_addresses_of_nodes(api: Api, dc: str, cluster: str) -> None:
    block, ips = reserve(api, 5)
    pools = f"{cluster}/nodepools"
    assert "needs 3 addresses" in api.post(pools, {"properties": pool_of(dc, publicIps=ips[:2])}).message
    scaling = {"minNodeCount": 1, "maxNodeCount": 3}
    scaled = pool_of(dc, publicIps=ips[:3], autoScaling=scaling)
    assert "needs 4 addresses" in api.post(pools, {"properties": scaled}).message
    pool = api.make(pools, **pool_of(dc, publicIps=ips[:3]))
    assert [node["properties"]["publicIP"] for node in nodes(api, pool)] == ips[:2]
    consumers = api.properties(block)["ipConsumers"]
    assert [(entry["ip"], entry["k8sNodePoolUuid"]) for entry in consumers] == [
        (ip, ident(pool)) for ip in ips[:3]
    ]
    assert {entry["k8sClusterUuid"] for entry in consumers} == {ident(cluster)}
    assert api.put(pool, {"properties": {"nodeCount": 3}}).status == 422
    assert api.put(pool, {"properties": {"nodeCount": 2, "publicIps": ips[2:]}}).status == 202
    assert set(node["properties"]["publicIP"] for node in nodes(api, pool)) <= set(ips[2:])
    assert api.delete(pool).status == 202
    assert api.delete(block).status == 202


def test_autoscaling(api: Api, dc: str, cluster: str) -> None:
    pool = api.make(
        f"{cluster}/nodepools",
        **pool_of(dc, nodeCount=1, autoScaling={"minNodeCount": "2", "maxNodeCount": "4"}),
    )
    assert (api.properties(pool)["nodeCount"], len(nodes(api, pool))) == (2, 2)
    assert api.properties(pool)["autoScaling"] == {"minNodeCount": 2, "maxNodeCount": 4}
    assert api.put(pool, {"properties": {"nodeCount": 5}}).status == 202
    assert len(nodes(api, pool)) == 2
    assert api.put(pool, {"properties": {"nodeCount": 5, "autoScaling": {}}}).status == 202
    assert len(nodes(api, pool)) == 5


def test_metadata_of_a_node(api: Api, dc: str, cluster: str) -> None:
    """[v5, recorded, 2020] The date of the last software update has milliseconds."""
    (node,) = nodes(api, api.make(f"{cluster}/nodepools", **pool_of(dc, nodeCount=1)))
    assert node["metadata"].keys() == {
        "etag", "createdDate", "lastModifiedDate", "state", "lastSoftwareUpdatedDate",
    }  # fmt: skip
    assert re.fullmatch(r"[\d-]+T[\d:]+\.\d{3}Z", node["metadata"]["lastSoftwareUpdatedDate"])


def test_versions_of_the_interface(api: Api, dc: str, cluster: str) -> None:
    v5 = Api(api.cloud, 5)
    assert set(v5.properties(cluster)).isdisjoint({"public", "location", "natGatewayIp", "nodeSubnet"})
    assert "'cpuFamily' is required" in v5.post(f"{cluster}/nodepools", {"properties": pool_of(dc)}).message
    pool = v5.make(f"{cluster}/nodepools", **pool_of(dc, cpuFamily="INTEL_SKYLAKE"))
    assert "serverType" not in v5.properties(pool)
    assert api.properties(pool)["serverType"] == "DedicatedCore"
