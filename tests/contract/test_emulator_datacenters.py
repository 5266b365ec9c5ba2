# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data centers and the locations they are in (contract sections 10.1 and 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest

from pocketvdc.testing import Api, ident

CHILD = "de/fra/2"
ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"}


# Version


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_creation_does_not_tell_version_and_features(api: Api, version: int) -> None:
    """[v4, recorded, 2016] 10.1 and 11 item 18: null and [] in the answer to a POST, then 1 and the location's."""
    api = Api(api.cloud, version)
    made = api.post("/datacenters", {"properties": {"name": "dc", "location": "de/fra"}})
    assert (made.json["properties"]["version"], made.json["properties"]["features"]) == (None, [])
    found = api.properties(f"/datacenters/{made.id}")
    assert found["version"] == 1
    assert found["features"] == api.properties("/locations/de/fra")["features"]


CHANGES: dict[str, Callable[[Api, str], Any]] = {
    "a renaming": lambda api, dc: api.patch(dc, {"name": "renamed"}),
    "a PUT": lambda api, dc: api.put(dc, {"properties": {"description": "other"}}),
    "a first LAN": lambda api, dc: api.post(f"{dc}/lans", {"properties": {"public": False}}),
    "a server": lambda api, dc: api.post(f"{dc}/servers", {"properties": {"cores": 1, "ram": 1024}}),
    "a volume": lambda api, dc: api.post(
        f"{dc}/volumes", {"properties": {"size": 1, "licenceType": "OTHER"}}
    ),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_the_version_grows_with_every_change(api: Api, dc: str, change: str) -> None:
    """[documented] 10.1: its own changes included, and those inside it."""
    assert CHANGES[change](api, dc).status == 202
    assert api.properties(dc)["version"] == 2


def test_a_composite_creation_shows_version_two(api: Api) -> None:
    """[documented] 10.1."""
    servers = {"items": [{"properties": {"name": "s", "cores": 1, "ram": 1024}}]}
    body = {"properties": {"location": "de/fra"}, "entities": {"servers": servers}}
    assert api.properties(f"/datacenters/{api.post('/datacenters', body).id}")["version"] == 2


def test_a_failed_change_makes_no_version(api: Api, dc: str) -> None:
    fault = {"kind": "fail_request", "method": "PATCH", "path": dc, "message": "[VDC-5-0] no"}
    assert api.post("/_emulator/faults", fault).status == 200
    assert api.patch(dc, {"name": "renamed"}).status == 202
    assert (api.properties(dc)["name"], api.properties(dc)["version"]) == ("dc", 1)


# IPv6


def test_each_data_center_has_a_56_at_once(api: Api) -> None:
    """[live test] 10.1 and 17 no. 2: in the creation's answer and on the first read; no two are the same."""
    made = [
        api.post("/datacenters", {"properties": {"name": "dc", "location": location}}).json
        for location in ("es/vit", "us/las")
    ]
    blocks = [one["properties"]["ipv6CidrBlock"] for one in made]
    assert {ip_network(block).prefixlen for block in blocks} == {56}
    assert len(set(blocks)) == 2
    assert [api.properties(f"/datacenters/{one['id']}")["ipv6CidrBlock"] for one in made] == blocks


@pytest.mark.parametrize(
    "change", [{"ipv6CidrBlock": "2001:db8:0:100::/56"}, {"version": 7}, {"features": []}]
)
def test_what_nobody_changes_of_a_data_center(api: Api, dc: str, change: dict[str, Any]) -> None:
    """[documented] 10.1: it can be neither changed nor removed; read-only attributes are refused (7.1)."""
    before = api.properties(dc)
    assert api.patch(dc, change).codes == ["105"]
    assert api.put(dc, {"properties": change}).codes == ["105"]
    assert api.properties(dc) == before


def test_there_are_blocks_for_more_than_a_few_hundred(api: Api) -> None:
    blocks = [api.cloud.addresses.prefix() for _each in range(600)]
    assert len(set(blocks)) == 600
    assert all(ip_network(block).prefixlen == 56 for block in blocks)


# Default security group


def test_a_default_group_has_rules(api: Api) -> None:
    """[documented] 10.1 and 10.35: predefined rules, and an ordinary member of the list."""
    dc = api.make("/datacenters", location="de/fra", createDefaultSecurityGroup=True)
    group = api.properties(dc)["defaultSecurityGroupId"]
    assert [item["id"] for item in api.get(f"{dc}/securitygroups").json["items"]] == [group]
    assert api.get(f"{dc}/securitygroups/{group}/rules").json["items"]
    assert "createDefaultSecurityGroup" not in api.properties(dc)


def test_an_update_makes_a_default_group_only_where_there_is_none(api: Api, dc: str) -> None:
    """[documented] 10.1."""
    for _each in range(2):
        assert api.patch(dc, {"createDefaultSecurityGroup": True}).status == 202
    assert len(api.get(f"{dc}/securitygroups").json["items"]) == 1


def test_the_empty_string_takes_the_default_group_away(api: Api, dc: str) -> None:
    """[live test] 17 no. 9."""
    assert api.patch(dc, {"createDefaultSecurityGroup": True}).status == 202
    assert api.patch(dc, {"defaultSecurityGroupId": ""}).status == 202
    assert api.properties(dc)["defaultSecurityGroupId"] is None
    assert len(api.get(f"{dc}/securitygroups").json["items"]) == 1


# Locations


def test_metadata_of_a_location(api: Api) -> None:
    """[v4, recorded, 2016] 3.1: v4 has none."""
    assert "metadata" not in Api(api.cloud, 4).get("/locations/de/fra").json
    assert api.get("/locations/de/fra").json["metadata"]["state"] == "AVAILABLE"


@pytest.mark.parametrize("path", ["/locations/de/fra%2F2", f"/locations/{CHILD}"])
def test_a_child_location_is_read_with_either_slash(api: Api, path: str) -> None:
    """[documented] 10.2 and 9 item 20: clients escape the slash; whether the bare one is served is unknown."""
    found = api.get(path).json
    assert (found["id"], found["properties"]["metroRegion"]) == (CHILD, "de/fra")
    assert found["href"].endswith("/locations/de/fra/2")


def test_a_classic_location_is_its_own_metro_region(api: Api) -> None:
    """[documented] 10.2."""
    assert api.properties("/locations/us/las")["metroRegion"] == "us/las"
    assert "metroRegion" not in Api(api.cloud, 5).properties("/locations/us/las")


def test_the_region_lists_child_locations(api: Api) -> None:
    assert CHILD in {item["id"] for item in api.get("/locations/de").json["items"]}
    assert api.get("/locations/de/fra/3").status == 404


def test_images_of_the_metro_region_are_used_in_a_child_location(api: Api) -> None:
    """[documented] 10.2: images, aliases, discs and snapshots of the parent."""
    dc = api.datacenter(location=CHILD)
    volume = api.make(f"{dc}/volumes", size=10, **ALIAS)
    found = api.properties(volume)["image"]
    assert api.properties(f"/images/{found}")["location"] == "de/fra"
    by_id = {"properties": {"size": 10, "image": found, "imagePassword": "abc123XYZ"}}
    assert api.outcome(api.post(f"{dc}/volumes", by_id))["status"] == "DONE"
    disc = api.get("/images?depth=1&filter.location=de/fra&filter.imageType=CDROM").json["items"][0]["id"]
    assert api.post(f"{api.server(dc)}/cdroms", {"id": disc}).status == 202
    snapshot = api.post(f"{api.volume(api.datacenter())}/create-snapshot", b"")
    copy = api.post(f"{dc}/volumes", {"properties": {"size": 10, "image": snapshot.id}})
    assert api.outcome(copy)["status"] == "DONE"
    restored = api.post(f"{volume}/restore-snapshot", {"properties": {"snapshotId": snapshot.id}})
    assert restored.status == 202


def test_images_of_a_child_location_are_not_its_parents(api: Api) -> None:
    """(inferred) The rule has one direction only."""
    snapshot = api.post(f"{api.volume(api.datacenter(location=CHILD))}/create-snapshot", b"")
    made = api.post(f"{api.datacenter()}/volumes", {"properties": {"size": 10, "image": snapshot.id}})
    assert "[VDC-5-622]" in api.outcome(made)["message"]


def test_addresses_of_the_metro_region_serve_a_child_location(api: Api) -> None:
    """[documented] 10.2: no IP blocks in de/fra/2; the vendor's example uses one of de/fra there."""
    refused = api.post("/ipblocks", {"properties": {"location": CHILD, "size": 1}})
    assert (refused.status, "location" in refused.message) == (422, True)
    ip = api.properties(api.make("/ipblocks", location="de/fra", size=1))["ips"][0]
    dc = api.datacenter(location=CHILD)
    lan = api.make(f"{dc}/lans", public=True)
    nic = api.make(f"{api.server(dc)}/nics", lan=int(ident(lan)), ips=[ip])
    assert api.properties(nic)["ips"] == [ip]


def test_a_child_location_has_no_private_clusters(api: Api) -> None:
    """[documented, 2026] 10.2."""
    given = {"name": "c", "public": False, "location": CHILD, "natGatewayIp": "203.0.113.1"}
    refused = api.post("/k8s", {"properties": given})
    assert (refused.status, "[(root).properties.location]" in refused.message) == (422, True)


def test_a_data_center_offers_what_its_location_offers(api: Api) -> None:
    """[documented] 10.1 and 16.3."""
    location = api.properties("/locations/de/fra")
    found = api.properties(api.datacenter())
    for name in ("cpuArchitecture", "gpuArchitecture"):
        assert found[name] == location[name]
    assert api.properties(api.datacenter(location="fr/par"))["gpuArchitecture"] == []


def test_a_creation_names_no_default_group(api: Api) -> None:
    """[documented] 10.1: not accepted in a POST, for its groups come after it; the code is (inferred)."""
    values = {"location": "de/fra", "defaultSecurityGroupId": "00000000-0000-0000-0000-000000000000"}
    reply = api.post("/datacenters", {"properties": values})
    assert (reply.status, reply.codes) == (422, ["106"])
    assert api.post("/datacenters", {"properties": {**values, "defaultSecurityGroupId": None}}).status == 202
