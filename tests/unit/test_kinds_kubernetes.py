# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes clusters and node pools: waiting by state, versions, limits, names, and what is told when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    ImmutableField,
    InvalidOption,
    NotFound,
    OperationFailed,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.kubernetes import (
    K8S_CLUSTER,
)
from unit.mounted import Mounted
from unit.scripted import intercept

POOL: Mapping[str, Any] = {
    "k8s_cluster": "shop",
    "name": "workers",
    "datacenter": "shop",
    "node_count": 2,
    "cores_count": 2,
    "ram_size": 4096,
    "storage_type": "SSD",
    "storage_size": 100,
    "availability_zone": "AUTO",
}
WORKERS = {"k8s_cluster": "shop", "name": "workers"}


def _forget_requests(mounted: Mounted) -> None:
    """Let the service tell of no request for Kubernetes (contract section 6.1)."""

    def forgetful(request: PreparedRequest, go: Callable[[], Response]) -> Response:
        response = go()
        if "/k8s" in str(request.url):
            response.headers.pop("Location", None)
        return response

    intercept(mounted.cloud.transport, forgetful)


def kubernetes(version: int = 6, seconds: float = 0.0, requests: bool = True) -> Mounted:
    """An account; without ``requests`` the service tells of no request for Kubernetes (contract section 6.1)."""
    mounted = Mounted(version, seconds)
    if not requests:
        _forget_requests(mounted)
    return mounted


def with_cluster(version: int = 6, **options: Any) -> Mounted:
    mounted = kubernetes(version)
    mounted.run("k8s_cluster", name="shop", **options)
    return mounted


def with_pool(version: int = 6, **options: Any) -> Mounted:
    mounted = with_cluster(version)
    mounted.run("datacenter", name="shop", location="de/fra")
    if version < 6:
        options = {"cpu_family": "INTEL_SKYLAKE", **options}
    mounted.run("k8s_nodepool", **{**POOL, **options})
    return mounted


def cluster(mounted: Mounted, **options: Any) -> dict[str, Any]:
    return mounted.run("k8s_cluster", **{"name": "shop", **options})


def pool(mounted: Mounted, **options: Any) -> dict[str, Any]:
    return mounted.run("k8s_nodepool", **{**WORKERS, **options})


# -- waiting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("requests", [True, False])
def test_a_cluster_is_awaited_until_it_is_active_and_until_it_is_gone(requests: bool) -> None:
    mounted = kubernetes(seconds=100, requests=requests)
    made = cluster(mounted)
    assert made["k8s_cluster"]["state"] == "ACTIVE" and bool(made["request_id"]) == requests
    changed = cluster(mounted, api_subnet_allow_list=["198.51.100.0/24"])
    assert changed["k8s_cluster"]["state"] == "ACTIVE" and mounted.writes[0].startswith("PUT k8s/")
    assert cluster(mounted, state="absent")["changed"]
    assert mounted.info("k8s_cluster") == []


def test_a_timeout_tells_the_state() -> None:
    mounted = kubernetes(seconds=100, requests=False)
    with pytest.raises(OperationTimeout) as caught:
        cluster(mounted, wait_timeout=20)
    assert "wait_timeout=20 seconds; the service last said DEPLOYING. It continues there" in str(caught.value)
    (found,) = mounted.info("k8s_cluster")
    assert found["state"] == "DEPLOYING"


def test_what_was_left_under_way_is_awaited_before_a_change() -> None:
    mounted = kubernetes(seconds=100, requests=False)
    left = cluster(mounted, wait=False)
    assert left["k8s_cluster"]["state"] == "DEPLOYING"
    assert cluster(mounted, wait=False)["k8s_cluster"]["state"] == "DEPLOYING"
    assert cluster(mounted, s3_buckets=[{"name": "audit"}])["k8s_cluster"]["s3_buckets"] == [
        {"name": "audit"}
    ]
    assert len(mounted.writes) == 1


def test_what_is_unchanged_is_awaited_too() -> None:
    mounted = kubernetes(seconds=100, requests=False)
    cluster(mounted, wait=False)
    again = cluster(mounted)
    assert not again["changed"] and again["k8s_cluster"]["state"] == "ACTIVE"


def test_a_new_node_pool_waits_for_its_cluster() -> None:
    mounted = kubernetes(seconds=100, requests=False)
    mounted.run("datacenter", name="shop", location="de/fra")
    by_id = cluster(mounted, wait=False)["k8s_cluster"]["id"]
    made = mounted.run("k8s_nodepool", **{**POOL, "k8s_cluster": by_id})
    assert made["k8s_nodepool"]["state"] == "ACTIVE" and len(mounted.writes) == 1


def test_what_fails_is_no_success_even_later() -> None:
    mounted = kubernetes(requests=False)
    mounted.fault("fail_request", "POST", "/k8s$")
    with pytest.raises(
        OperationFailed, match="^Kubernetes cluster shop failed: its state is FAILED; delete it"
    ):
        cluster(mounted)
    with pytest.raises(OperationFailed, match="its state is FAILED"):
        cluster(mounted)
    (warning,) = mounted.check("k8s_cluster", name="shop")["warnings"]
    assert warning == "The Kubernetes cluster shop is in the state FAILED"
    assert cluster(mounted, wait=False)["warnings"] == [warning]
    assert cluster(mounted, state="absent")["changed"] and mounted.info("k8s_cluster") == []


def test_a_deletion_that_fails_is_told() -> None:
    mounted = with_cluster()
    _forget_requests(mounted)
    mounted.fault("fail_request", "DELETE", "/k8s/")
    with pytest.raises(OperationFailed, match="its state is FAILED_DESTROYING"):
        cluster(mounted, state="absent")


def test_a_deletion_that_is_under_way_is_awaited_and_not_begun_again() -> None:
    mounted = kubernetes(seconds=100, requests=False)
    cluster(mounted)
    assert cluster(mounted, state="absent", wait=False)["changed"]
    (leaving,) = mounted.info("k8s_cluster")
    assert leaving["state"] == "DESTROYING"
    with pytest.raises(InvalidOption, match="^state: the Kubernetes cluster shop is being deleted; run"):
        cluster(mounted)
    assert not mounted.check("k8s_cluster", name="shop", state="absent")["changed"]
    assert len(mounted.info("k8s_cluster")) == 1
    gone = cluster(mounted, state="absent")
    assert not gone["changed"] and gone["k8s_cluster"] is None and mounted.writes == []
    assert mounted.info("k8s_cluster") == []


@pytest.mark.parametrize(
    ("states", "busy"),
    [
        (("BUSY", "DEPLOYING", "UPDATING", "DESTROYING", "HIBERNATING", "MAINTENANCE"), True),
        (("AVAILABLE", "ACTIVE", "SUSPENDED", "TERMINATED", "FAILED", "FAILED_UPDATING", "UNKNOWN"), False),
        (("PROVISIONING", "PROVISIONED", "REBUILDING", "TERMINATING"), True),
        (("READY",), False),
    ],
)
def test_states_of_work_and_of_rest(states: tuple[str, ...], busy: bool) -> None:
    cloud = kubernetes().cloud
    assert {cloud.busy(K8S_CLUSTER, {"metadata": {"state": state}}) for state in states} == {busy}


# -- clusters -----------------------------------------------------------------------------------------------------


def test_a_cluster_is_upgraded_and_does_not_go_back() -> None:
    mounted = with_cluster(k8s_version="1.33.7")
    foretold = mounted.check("k8s_cluster", name="shop", k8s_version="1.34.3")["k8s_cluster"]
    assert foretold["k8s_version"] == "1.34.3" and foretold["available_upgrade_versions"] is None
    upgraded = cluster(mounted, k8s_version="1.34.3")
    assert upgraded["changed"] and upgraded["k8s_cluster"]["k8s_version"] == "1.34.3"
    assert upgraded["k8s_cluster"]["available_upgrade_versions"] == []
    with pytest.raises(
        InvalidOption, match="^k8s_version: .* has 1.34.3 and cannot go back to 1.33.7; .* none"
    ):
        cluster(mounted, k8s_version="1.33.7")
    # The service raises the last part by itself.
    assert not cluster(mounted, k8s_version="1.34.1")["changed"]
    with pytest.raises(InvalidOption, match="^k8s_version: 'newest' is not a version"):
        cluster(mounted, k8s_version="newest")


def test_a_time_has_several_forms() -> None:
    window = {"day_of_the_week": "Sunday", "time": "03:00:00Z"}
    mounted = with_cluster(maintenance_window=window)
    assert not cluster(mounted, maintenance_window={**window, "time": "03:00:00"})["changed"]
    assert cluster(mounted, maintenance_window={**window, "time": "04:00:00"})["changed"]
    with pytest.raises(
        InvalidOption,
        match="^maintenance_window.time: '10800' is not a time such as 03:00:00, in UTC; quote it",
    ):
        cluster(mounted, maintenance_window={**window, "time": "10800"})


def test_addresses_of_the_allow_list_are_networks() -> None:
    mounted = with_cluster(api_subnet_allow_list=["198.51.100.7", "203.0.113.0/24"])
    assert not cluster(mounted, api_subnet_allow_list=["203.0.113.9/24", "198.51.100.7/32", "198.51.100.7"])[
        "changed"
    ]
    with pytest.raises(
        InvalidOption, match="^api_subnet_allow_list: 'office' is not an IP address or a network"
    ):
        cluster(mounted, api_subnet_allow_list=["office"])
    assert cluster(mounted, api_subnet_allow_list=[])["k8s_cluster"]["api_subnet_allow_list"] == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"public": False}, "location, nat_gateway_ip: needed to create a cluster with public=false"),
        ({"public": False, "location": "de/fra"}, "nat_gateway_ip: needed"),
        ({"node_subnet": "10.0.0.0/24"}, "node_subnet: '10.0.0.0/24' is not a network with the prefix /16"),
        (
            {"s3_buckets": [{"name": "a"}, {"name": "b"}]},
            "s3_buckets: the service accepts at most one bucket",
        ),
        ({"name": "-x"}, "name: '-x' is not a name that the service accepts"),
    ],
)
def test_cluster_rules(options: dict[str, Any], says: str) -> None:
    mounted = kubernetes()
    with pytest.raises(InvalidOption) as caught:
        cluster(mounted, **options)
    assert str(caught.value).startswith(says) and mounted.writes == []


def test_a_private_cluster() -> None:
    mounted = kubernetes()
    block = mounted.run("ipblock", name="nat", location="de/fra", size=1)["ipblock"]
    private = {"public": False, "location": "de/fra", "nat_gateway_ip": block["ips"][0]}
    made = cluster(mounted, **private, node_subnet="10.9.0.0/16")["k8s_cluster"]
    assert {name: made[name] for name in private} == private
    assert not cluster(mounted, **private)["changed"]


def test_a_cluster_with_node_pools_is_not_deleted() -> None:
    mounted = with_pool()
    with pytest.raises(
        InvalidOption, match="^state: the Kubernetes cluster shop still has node pools: workers"
    ):
        cluster(mounted, state="absent")
    assert mounted.writes == []
    pool(mounted, state="absent")
    assert cluster(mounted, state="absent")["changed"]


@pytest.mark.parametrize("version", [5, 6])
def test_the_kubeconfig_is_told_when_asked_for(version: int) -> None:
    mounted = with_cluster(version)
    (plain,) = mounted.info("k8s_cluster")
    assert "kubeconfig" not in plain and len(mounted.calls) == 1
    (asked,) = mounted.info("k8s_cluster", kubeconfig=True)
    assert asked["kubeconfig"].startswith("apiVersion: v1\nkind: Config\n") and len(mounted.calls) == 2


def test_there_are_versions_and_a_default() -> None:
    versions = kubernetes(5).info("k8s_version")
    assert [each["id"] for each in versions if each["default"]] == ["1.33.7"]
    assert len(versions) == 3


@pytest.mark.parametrize("kind", ["k8s_cluster", "k8s_version"])
def test_version_4_has_no_kubernetes(kind: str) -> None:
    mounted = kubernetes(4)
    with pytest.raises(
        InvalidOption, match="^api_url: the service has Kubernetes .*s from version 5 of its API on"
    ):
        mounted.info(kind)
    assert mounted.calls == []


# -- node pools ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [5, 6])
def test_a_node_pool_has_nodes(version: int) -> None:
    mounted = with_pool(version)
    assert not pool(mounted, node_count=2)["changed"]
    assert pool(mounted, node_count=3)["k8s_nodepool"]["node_count"] == 3
    (plain,) = mounted.info("k8s_nodepool", k8s_cluster="shop")
    assert "nodes" not in plain
    (asked,) = mounted.info("k8s_nodepool", k8s_cluster="shop", nodes=True)
    assert len(asked["nodes"]) == 3
    assert set(asked["nodes"][0]) == {"id", "name", "public_ip", "private_ip", "k8s_version", "state"}
    assert {node["state"] for node in asked["nodes"]} == {"READY"}


def test_data_center_and_lans_by_their_names() -> None:
    mounted = with_pool()
    mounted.run("lan", datacenter="shop", name="front", public=True)
    mounted.run("lan", datacenter="shop", name="back", public=False)
    route = {"network": "10.9.0.0/16", "gateway_ip": "10.7.222.1"}
    joined = pool(mounted, datacenter="shop", lans=[{"lan": "front", "dhcp": False, "routes": [route]}])
    (lan,) = joined["k8s_nodepool"]["lans"]
    assert lan == {"lan": 1, "dhcp": False, "routes": [route]}
    again = pool(mounted, datacenter="shop", lans=[{"lan": "front"}])
    assert not again["changed"] and len(mounted.calls) == 3
    # Without the data center's name the node pool tells where its LANs are.
    more = pool(mounted, lans=[{"lan": "back"}, {"lan": "1"}])["k8s_nodepool"]["lans"]
    assert sorted((each["lan"], each["dhcp"]) for each in more) == [(1, False), (2, True)]
    with pytest.raises(NotFound, match="^lans.lan: there is no LAN 'nowhere' in the data center"):
        pool(mounted, lans=[{"lan": "nowhere"}])
    with pytest.raises(NotFound, match="^datacenter: there is no data center 'other'"):
        pool(mounted, datacenter="other")
    mounted.run("datacenter", name="other", location="de/fra")
    with pytest.raises(ImmutableField, match="datacenter"):
        pool(mounted, datacenter="other")
    assert mounted.writes == []


def test_a_data_center_that_does_not_exist_by_its_id() -> None:
    mounted = with_cluster()
    nowhere = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(NotFound, match="^datacenter: there is no data center '0"):
        mounted.run("k8s_nodepool", **{**POOL, "datacenter": nowhere, "lans": [{"lan": "front"}]})


def test_the_service_may_scale_within_the_limits() -> None:
    mounted = with_pool(auto_scaling={"min_node_count": 2, "max_node_count": 5})
    pool(mounted, node_count=2)
    # The service scales: here, up to a least that is four for a while.
    (found,) = mounted.info("k8s_nodepool", k8s_cluster="shop")
    path = f"k8s/{found['k8s_cluster_id']}/nodepools/{found['id']}"
    for least in (4, 2):
        scaling = {"minNodeCount": least, "maxNodeCount": 5}
        body = {"properties": {"nodeCount": 2, "autoScaling": scaling}}
        mounted.cloud.transport.call("PUT", path, body=body)
    assert pool(mounted, node_count=4)["k8s_nodepool"]["node_count"] == 4
    assert not pool(mounted, node_count=2)["changed"]
    off = {"min_node_count": 0, "max_node_count": 0}
    assert pool(mounted, node_count=3, auto_scaling=off)["k8s_nodepool"]["node_count"] == 3
    assert not pool(mounted, node_count=3, auto_scaling=off)["changed"]


def test_scaling_that_was_never_on_is_off() -> None:
    mounted = with_pool()
    assert not pool(mounted, auto_scaling={"min_node_count": 0, "max_node_count": 0})["changed"]


@pytest.mark.parametrize("name", ["labels", "annotations"])
def test_labels_are_texts_and_can_be_emptied(name: str) -> None:
    mounted = with_pool()
    assert not pool(mounted, **{name: {}})["changed"]
    assert pool(mounted, **{name: {"tier": 1, "role": "web"}})["k8s_nodepool"][name] == {
        "tier": "1",
        "role": "web",
    }
    assert not pool(mounted, **{name: {"role": "web", "tier": "1"}})["changed"]
    assert pool(mounted, **{name: {"role": "web"}})["k8s_nodepool"][name] == {"role": "web"}
    assert not pool(mounted, **{name: {}})["k8s_nodepool"][name]
    assert not pool(mounted, **{name: {}})["changed"]


def test_taints_are_a_set_and_can_be_emptied() -> None:
    mounted = with_pool()
    taints = [
        {"key": "dedicated", "value": "web", "effect": "NoSchedule"},
        {"key": "spot", "effect": "PreferNoSchedule"},
    ]
    done = mounted.run("k8s_nodepool", **WORKERS, taints=taints)
    assert done["actions"] == ["update"]
    shown = done["k8s_nodepool"]["taints"]
    assert [(each["key"], each["value"], each["effect"]) for each in shown] == [
        ("dedicated", "web", "NoSchedule"),
        ("spot", None, "PreferNoSchedule"),
    ]
    for same in (taints, taints[::-1], shown):
        assert not mounted.run("k8s_nodepool", **WORKERS, taints=same)["changed"]
    emptied = mounted.run("k8s_nodepool", **WORKERS, taints=[])
    assert emptied["changed"] and emptied["k8s_nodepool"]["taints"] == []
    assert not mounted.run("k8s_nodepool", **WORKERS, taints=[])["changed"]


def test_nodes_have_reserved_addresses() -> None:
    mounted = with_pool()
    ips = mounted.run("ipblock", name="nodes", location="de/fra", size=3)["ipblock"]["ips"]
    with pytest.raises(InvalidOption, match="^public_ips: 3 addresses are needed, one more .*, not 2"):
        pool(mounted, public_ips=ips[:2])
    assert pool(mounted, public_ips=ips)["changed"]
    assert not pool(mounted, public_ips=ips[::-1])["changed"]


def test_a_node_pool_is_upgraded() -> None:
    mounted = with_pool()
    cluster(mounted, k8s_version="1.34.3")
    upgraded = pool(mounted, k8s_version="1.34.3")
    assert upgraded["k8s_nodepool"]["k8s_version"] == "1.34.3"
    with pytest.raises(
        InvalidOption, match="^k8s_version: the node pool workers has 1.34.3 and cannot go back"
    ):
        pool(mounted, k8s_version="1.32.11")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"auto_scaling": {"min_node_count": 3, "max_node_count": 2}},
            "auto_scaling: min_node_count 3 must be at least 1",
        ),
        (
            {"auto_scaling": {"min_node_count": 0, "max_node_count": 2}},
            "auto_scaling: min_node_count 0 must be at least 1",
        ),
        (
            {"node_count": 9, "auto_scaling": {"min_node_count": 1, "max_node_count": 2}},
            "node_count: 9 is above auto_scaling.max_node_count, 2",
        ),
        ({"ram_size": 3000}, "ram_size: 3000 MB is not a multiple of 1024 MB"),
        ({"storage_size": 9}, "storage_size: 9 GB is below the minimum, 10 GB"),
    ],
)
def test_node_pool_rules(options: dict[str, Any], says: str) -> None:
    mounted = with_cluster()
    mounted.run("datacenter", name="shop", location="de/fra")
    with pytest.raises(CloudError) as caught:
        mounted.run("k8s_nodepool", **{**POOL, **options})
    assert str(caught.value).startswith(says) and mounted.writes == []


def test_version_5_needs_a_cpu_family() -> None:
    mounted = with_cluster(5)
    mounted.run("datacenter", name="shop", location="de/fra")
    with pytest.raises(InvalidOption, match="^cpu_family: version 5 of the API needs it"):
        mounted.run("k8s_nodepool", **POOL)
