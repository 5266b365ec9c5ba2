# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inventory knows of servers: which are read, with how many requests, and what is told of each."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.hosts import (
    DETAILS,
    FACTS,
    Endpoint,
    addresses,
    choose,
    describe,
    read,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.datacenters import (
    DATACENTER,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.images import IMAGE
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.servers import SERVER
from unit.mounted import Mounted

SHOP, LAB, OTHER_LAB = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "abc")
DATACENTERS = [
    {"id": SHOP, "properties": {"name": "shop", "location": "de/fra"}},
    {"id": LAB, "properties": {"name": "lab", "location": "de/txl"}},
    {"id": OTHER_LAB, "properties": {"name": "lab", "location": "us/las"}},
]


# -- which data centers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "datacenters, locations, chosen",
    [
        ([], [], [SHOP, LAB, OTHER_LAB]),
        (["shop"], [], [SHOP]),
        ([LAB.upper(), "shop", "shop"], [], [SHOP, LAB]),
        ([], ["de/txl", "us/las"], [LAB, OTHER_LAB]),
        (["shop", LAB], ["de/txl"], [LAB]),
        ([], ["gb/lhr"], []),
    ],
)
def test_names_ids_and_locations_limit_what_is_read(
    datacenters: list[str], locations: list[str], chosen: list[str]
) -> None:
    assert [item["id"] for item in choose(DATACENTERS, datacenters, locations)] == chosen


def test_an_unknown_data_center_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(
        InvalidOption, match="datacenters: there is no data center 'shpo'; there are: lab, lab, shop"
    ):
        choose(DATACENTERS, ["shpo"], [])


def test_a_long_list_of_data_centers_is_cut() -> None:
    many = [{"id": str(n), "properties": {"name": f"dc{n:02}"}} for n in range(25)]
    with pytest.raises(InvalidOption, match=r"dc00, dc01.*dc19 and 5 more$"):
        choose(many, ["x"], [])


def test_an_account_without_data_centers_says_so() -> None:
    with pytest.raises(InvalidOption, match="there are: none"):
        choose([], ["x"], [])


def test_a_name_of_several_data_centers_is_an_error_with_their_ids() -> None:
    with pytest.raises(AmbiguousName, match=f"datacenters: 2 data centers match 'lab'.*{LAB}, {OTHER_LAB}"):
        choose(DATACENTERS, ["lab"], [])


def test_a_location_that_cannot_exist_is_an_error() -> None:
    with pytest.raises(InvalidOption, match="locations: 'frankfurt' is not the id such as"):
        choose(DATACENTERS, [], ["frankfurt"])


# -- one server ---------------------------------------------------------------------------------------------------


def nic(lan: int, ips: list[str | None] | None, **properties: Any) -> dict[str, Any]:
    return {"id": f"nic-{lan}", "properties": {"lan": lan, "ips": ips, **properties}}


def tree(*servers: dict[str, Any]) -> dict[str, Any]:
    """A data center with a public LAN 1, a private LAN 2, and these servers."""
    lans = [
        {"id": "1", "properties": {"name": "public", "public": True}},
        {"id": "2", "properties": {"name": "backend", "public": False}},
    ]
    return {
        "id": SHOP,
        "properties": {"name": "shop", "location": "de/fra"},
        "entities": {"lans": {"items": lans}, "servers": {"items": list(servers)}},
    }


def server(nics: list[dict[str, Any]] | None = None, **properties: Any) -> dict[str, Any]:
    entities = {} if nics is None else {"nics": {"items": nics}}
    return {"id": "server-1", "properties": properties, "entities": entities}


def only(item: dict[str, Any]) -> dict[str, Any]:
    (host,) = describe(tree(item), [item])
    return host


@pytest.mark.parametrize(
    "item",
    [
        {"id": "server-1"},
        {"id": "server-1", "properties": None, "metadata": None, "entities": None},
        server(),
        server([]),
        server([nic(1, None), nic(7, []), nic(2, [None])]),
        server([{"id": "nic-1", "type": "nic"}]),
        server([nic(1, ["203.0.113.9"], ipv6Ips=None)], name="", bootVolume={"id": "gone"}, bootCdrom=None),
        server(metadata={"state": "BUSY"}),
    ],
)
def test_whatever_the_service_leaves_out_the_keys_are_the_same(item: dict[str, Any]) -> None:
    host = only(item)
    assert tuple(host) == FACTS
    assert json.loads(json.dumps(host)) == host
    assert host["image"] is None and host["licence_type"] is None
    assert [
        isinstance(host[name], list) for name in ("public_ipv4", "private_ipv4", "ipv6", "nics", "volumes")
    ]


def test_nics_tell_their_lan_and_the_lan_tells_what_is_public() -> None:
    host = only(server([nic(1, ["127.21.0.5", "2001:db8::5"], mac="02:01:00:00:00:01"), nic(2, ["8.8.8.8"])]))
    assert [(n["lan"], n["lan_name"], n["lan_public"]) for n in host["nics"]] == [
        (1, "public", True),
        (2, "backend", False),
    ]
    assert host["nics"][0]["mac"] == "02:01:00:00:00:01"
    assert host["public_ipv4"] == ["127.21.0.5"]
    assert host["private_ipv4"] == ["8.8.8.8"]
    assert host["ipv6"] == ["2001:db8::5"]


def test_without_the_lan_the_address_itself_decides() -> None:
    host = only(server([nic(9, ["10.9.0.1", "198.51.100.300", "9.9.9.9"])]))
    assert host["nics"][0]["lan_name"] is None
    assert host["public_ipv4"] == ["9.9.9.9"]
    assert host["private_ipv4"] == ["10.9.0.1", "198.51.100.300"]


def test_devices_come_in_the_order_of_their_numbers() -> None:
    host = only(
        server(
            [
                nic(2, ["10.0.0.2"], deviceNumber=2),
                nic(2, ["10.0.0.1"], deviceNumber=1, ipv6Ips=["2001:db8::1"]),
            ]
        )
    )
    assert host["private_ipv4"] == ["10.0.0.1", "10.0.0.2"]
    assert host["ipv6"] == ["2001:db8::1"]
    without_numbers = only(server([nic(2, ["10.0.0.2"], pciSlot=7), nic(2, ["10.0.0.1"], pciSlot=6)]))
    assert without_numbers["private_ipv4"] == ["10.0.0.1", "10.0.0.2"]


def test_image_and_licence_are_those_of_the_boot_volume() -> None:
    volumes = [
        {"id": "data", "properties": {"licenceType": "OTHER", "deviceNumber": 2}},
        {"id": "boot", "properties": {"image": "image-1", "licenceType": "LINUX", "deviceNumber": 1}},
    ]
    item = server(bootVolume={"id": "boot"})
    item["entities"]["volumes"] = {"items": volumes}
    host = only(item)
    assert (host["boot_volume"], host["image"], host["licence_type"]) == ("boot", "image-1", "LINUX")
    assert [(volume["id"], volume["server_id"]) for volume in host["volumes"]] == [
        ("boot", "server-1"),
        ("data", "server-1"),
    ]


def test_addresses_of_no_nics() -> None:
    assert addresses([]) == {"public_ipv4": [], "private_ipv4": [], "ipv6": []}


# -- what to connect to -------------------------------------------------------------------------------------------

REACHABLE = server(
    [
        nic(2, ["10.0.0.5"], deviceNumber=1),
        nic(1, ["203.0.113.5", "2001:db8::5"], deviceNumber=2),
        nic(3, ["10.3.0.5"], deviceNumber=3),
    ],
    name="web",
)


@pytest.mark.parametrize(
    "text, address",
    [
        ("public_ipv4", "203.0.113.5"),
        ("private_ipv4", "10.0.0.5"),
        ("private_ipv4:backend", "10.0.0.5"),
        ("private_ipv4:2", "10.0.0.5"),
        ("private_ipv4:3", "10.3.0.5"),
        ("private_ipv4:public", None),
        ("private_ipv4:none such", None),
        ("public_ipv4:backend", None),
        ("ipv6", "2001:db8::5"),
        ("ipv6:public", "2001:db8::5"),
        ("name", "web"),
    ],
)
def test_endpoints(text: str, address: str | None) -> None:
    assert Endpoint.parse(text).of(only(REACHABLE)) == address


def test_a_server_without_nics_and_name_has_no_endpoint() -> None:
    host = only(server())
    assert [Endpoint.parse(kind).of(host) for kind in Endpoint.KINDS] == [None] * 4


@pytest.mark.parametrize("text", ["", "public", "public_ipv4:", "name:x", "PUBLIC_IPV4", ":backend"])
def test_an_endpoint_that_is_none(text: str) -> None:
    with pytest.raises(
        InvalidOption, match="connect_with: .* is none of public_ipv4, private_ipv4, ipv6, name"
    ):
        Endpoint.parse(text)


# -- requests -----------------------------------------------------------------------------------------------------


def account(mounted: Mounted, datacenters: int, servers: int) -> None:
    """Fill an account with data centers of ``servers`` servers with two NICs each."""
    for number in range(datacenters):
        nested = [
            {
                "properties": {"name": f"s{each:04}", "cores": 1, "ram": 1024},
                "entities": {"nics": {"items": [{"properties": {"lan": lan}} for lan in (1, 2)]}},
            }
            for each in range(servers)
        ]
        lans = [{"properties": {"name": "public", "public": True}}, {"properties": {"name": "backend"}}]
        body = {
            "properties": {"name": f"dc{number}", "location": "de/fra"},
            "entities": {"servers": {"items": nested}, "lans": {"items": lans}},
        }
        mounted.cloud.transport.call("POST", "datacenters", body=body)
    mounted.service.journal.clear()


@pytest.mark.parametrize("version", [4, 5, 6])
@pytest.mark.parametrize("datacenters", [0, 1, 5])
def test_it_costs_one_request_and_one_a_data_center(version: int, datacenters: int) -> None:
    mounted = Mounted()
    account(mounted, datacenters, 2)
    hosts = read(mounted.client(version), concurrency=3)
    assert len(hosts) == 2 * datacenters
    assert len(mounted.calls) == 1 + datacenters
    assert all(host["nics"][0]["lan_name"] == "public" for host in hosts)
    assert all(len(host["private_ipv4"]) == 1 for host in hosts)


def test_data_centers_that_are_not_asked_for_are_not_read() -> None:
    mounted = Mounted()
    account(mounted, 3, 1)
    (host,) = read(mounted.cloud, datacenters=["dc1"])
    assert (host["datacenter"], host["location"]) == ("dc1", "de/fra")
    assert len(mounted.calls) == 2


def test_pages_of_data_centers_are_followed() -> None:
    mounted = Mounted()
    account(mounted, 5, 1)
    mounted.service.settings.page_limit = 2
    assert len(read(mounted.cloud)) == 5
    assert len(mounted.calls) == 3 + 5


def test_a_data_center_that_vanishes_meanwhile_has_no_hosts() -> None:
    mounted = Mounted()
    account(mounted, 2, 1)
    gone = mounted.cloud.transport.call("GET", "datacenters").data["items"][0]["id"]
    mounted.fault("status", "GET", f"datacenters/{gone}", status=404)
    assert len(read(mounted.cloud)) == 1


def test_a_refusal_ends_the_reading() -> None:
    mounted = Mounted(retries=0)
    account(mounted, 9, 1)
    mounted.fault("status", "GET", "datacenters/", status=403, times=0)
    with pytest.raises(ApiError, match="HTTP 403"):
        read(mounted.cloud, concurrency=1)
    assert len(mounted.calls) == 2


def test_nested_servers_that_come_in_pages_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract infers that nested lists come whole; an answer that says otherwise loses nobody."""
    mounted = Mounted()
    account(mounted, 1, 7)
    mounted.service.settings.page_limit = 3
    call = mounted.cloud.transport.call

    def cut(method: str, path: str, *args: Any, **more: Any) -> Any:
        answer = call(method, path, *args, **more)
        servers = answer.data.get("entities", {}).get("servers", {})
        if "items" in servers:
            del servers["items"][3:]
            servers.update(offset=0, limit=3)
        return answer

    monkeypatch.setattr(mounted.cloud.transport, "call", cut)
    hosts = read(mounted.cloud)
    assert sorted(host["name"] for host in hosts) == [f"s{n:04}" for n in range(7)]
    assert all(host["public_ipv4"] and host["nics"][1]["lan_name"] == "backend" for host in hosts)
    assert len(mounted.calls) == 2 + 3


@pytest.mark.parametrize("version", [5, 6])
def test_labels_of_all_cost_one_request_more_and_only_on_demand(version: int) -> None:
    mounted = Mounted()
    account(mounted, 2, 2)
    first, second = mounted.cloud.items(DATACENTER, {})
    (server, _other) = mounted.cloud.items(SERVER, {"datacenter": first["id"]})
    path = f"datacenters/{first['id']}"
    for bearer, key, value in (
        (path, "owner", "ada"),
        (f"{path}/servers/{server['id']}", "env", "production"),
        (f"{path}/servers/{server['id']}", "role", "web"),
    ):
        label = {"properties": {"key": key, "value": value}}
        mounted.cloud.transport.call("POST", f"{bearer}/labels", body=label)
    mounted.service.journal.clear()
    plain = read(mounted.client(version))
    assert all(host["labels"] == host["datacenter_labels"] == {} for host in plain)
    assert len(mounted.calls) == 3
    mounted.service.journal.clear()
    hosts = read(mounted.client(version), also=["labels"])
    assert len(mounted.calls) == 4 and sum(call.endswith("labels") for call in mounted.calls) == 1
    for host in hosts:
        own = host["id"] == server["id"]
        assert host["labels"] == ({"env": "production", "role": "web"} if own else {})
        assert host["datacenter_labels"] == ({"owner": "ada"} if host["datacenter_id"] == first["id"] else {})
    assert second["id"] in {host["datacenter_id"] for host in hosts}


@pytest.mark.parametrize("detail", ["labels", "kubernetes"])
def test_an_old_version_of_the_api_does_not_have_them(detail: str) -> None:
    with pytest.raises(
        InvalidOption, match=r"api_url: the service has [A-Za-z ]+s from version 5 of its API on"
    ):
        read(Mounted(4).cloud, also=[detail])


@pytest.mark.parametrize("version", [4, 5, 6])
def test_images_are_named_for_one_request_more(version: int) -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    disk = {"size": 10, "disk_type": "HDD"}
    for name, volume in (
        ("web", {**disk, "image": "ubuntu:24.04", "image_password": "abc123XYZ"}),
        ("blank", {**disk, "licence_type": "OTHER"}),
        ("bare", None),
    ):
        volumes = {"volumes": [{"name": f"{name}-boot", **volume}]} if volume else {}
        mounted.run("server", datacenter="shop", name=name, cores=1, ram=1024, **volumes)
    mounted.service.journal.clear()
    hosts = {host["name"]: host for host in read(mounted.client(version), also=["images"])}
    assert len(mounted.calls) == 3 and sum(call.endswith("images") for call in mounted.calls) == 1
    web = hosts["web"]
    (image,) = (each for each in mounted.cloud.items(IMAGE, {}) if each["id"] == web["image"])
    assert web["image_name"] == image["properties"]["name"]
    assert version == 4 or "ubuntu:24.04" in web["image_aliases"]
    for name in ("blank", "bare"):
        assert (hosts[name]["image_name"], hosts[name]["image_aliases"]) == (None, [])
    mounted.service.journal.clear()
    assert {host["image_name"] for host in read(mounted.client(version))} == {None}
    assert len(mounted.calls) == 2


def test_nodes_are_told_from_other_servers() -> None:
    """By name, by public address or by id, each in the data center of their pool alone."""
    mounted = Mounted()
    pool = {"node_count": 2, "cores_count": 1, "ram_size": 2048, "storage_type": "HDD", "storage_size": 100}
    mounted.run("k8s_cluster", name="shop")
    for name in ("shop", "lab"):
        mounted.run("datacenter", name=name, location="de/fra")
    mounted.run(
        "k8s_nodepool",
        k8s_cluster="shop",
        name="workers",
        datacenter="shop",
        availability_zone="AUTO",
        **pool,
    )
    nodes = mounted.info("k8s_node", k8s_cluster="shop", k8s_nodepool="workers")
    node = nodes[0]["name"]
    for datacenter, name in (("shop", "web"), ("lab", node)):
        mounted.run("server", datacenter=datacenter, name=name, cores=1, ram=1024)
    mounted.service.journal.clear()
    hosts = read(mounted.cloud, also=["kubernetes"])
    managed = {(host["datacenter"], host["name"]) for host in hosts if host["managed_by"] == "kubernetes"}
    assert ("shop", node) in managed and not {("shop", "web"), ("lab", node)} & managed
    assert {host["managed_by"] for host in hosts} == {"kubernetes", None}
    assert len(mounted.calls) == 3 + 2
    mounted.service.journal.clear()
    assert {host["managed_by"] for host in read(mounted.cloud, ["lab"], also=["kubernetes"])} == {None}
    assert len(mounted.calls) == 2 + 1, (
        "pools in data centers that are not read are not asked for their nodes"
    )


@pytest.mark.parametrize(
    ("own", "managed"),
    [
        ({"id": "node-1"}, True),
        ({"name": "workers-1"}, True),
        ({"public_ipv4": ["192.0.2.9", "192.0.2.1"]}, True),
        ({"private_ipv4": ["10.0.0.1"]}, False),
        ({"name": "workers-1", "datacenter_id": "other"}, False),
        ({}, False),
    ],
)
def test_what_a_node_is_known_by(own: dict[str, Any], managed: bool) -> None:
    told = {"name": "workers-1", "publicIP": "192.0.2.1", "privateIP": "10.0.0.1"}
    pool = {"id": "pool", "properties": {"datacenterId": SHOP}}
    lists = {
        "k8s": [{"id": "c", "entities": {"nodepools": {"items": [pool]}}}],
        "k8s/{k8s_cluster}/nodepools/{k8s_nodepool}/nodes": [{"id": "node-1", "properties": told}],
    }
    cloud: Any = SimpleNamespace(items=lambda resource, *_more: lists[resource.path])
    _resource, nodes = DETAILS["kubernetes"]
    server = {"id": "x", "name": "web", "datacenter_id": SHOP, "public_ipv4": [], **own}
    assert nodes(cloud, [SHOP])(server) == {"managed_by": "kubernetes" if managed else None}
