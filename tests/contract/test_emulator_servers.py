# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of servers, what reads back of them, and what they boot from (contract sections 10.3 to 10.6)."""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc.testing import Api, Reply, ident

ALIAS = {"imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"}
CUBES_XS = "15c6dd2f-02d2-4987-b439-9a58dd59ecc3"
SIZE = {"cores": 1, "ram": 1024}


def create(api: Api, dc: str, properties: dict[str, Any], *volumes: dict[str, Any]) -> Reply:
    """Ask for a server with volumes of its own."""
    items = [{"properties": volume} for volume in volumes]
    body = {"properties": properties, "entities": {"volumes": {"items": items}}}
    return api.post(f"{dc}/servers", body)


def cube(api: Api, dc: str, **properties: Any) -> Reply:
    given = {"name": "cube", "type": "CUBE", "templateUuid": CUBES_XS, **properties}
    return create(api, dc, given, {"type": "DAS", "licenceType": "LINUX", **ALIAS})


def made(api: Api, dc: str, reply: Reply) -> str:
    assert reply.status == 202, reply.text
    return f"{dc}/servers/{reply.id}"


# What reads back


def test_the_hostname_is_the_name_unless_given(api: Api, dc: str) -> None:
    """[live test] 10.3: filled on reads, null in the creation's answer (11 items 18 and 19)."""
    reply = api.post(f"{dc}/servers", {"properties": {"name": "Web server_1", **SIZE}})
    assert reply.json["properties"]["hostname"] is None
    server = made(api, dc, reply)
    assert api.properties(server)["hostname"] == "Web server_1"
    assert api.properties(api.server(dc, name="web", hostname="other"))["hostname"] == "other"


def test_a_hostname_that_was_read_can_be_written_back(api: Api, dc: str) -> None:
    """Clients repeat whole objects; what the service itself has filled in is no error; "" clears it (inferred)."""
    server = api.server(dc, name="Web server_1")
    assert api.patch(server, {"cores": 4, "hostname": "Web server_1"}).status == 202
    assert api.patch(server, {"hostname": "Not_this"}).status == 422
    assert api.patch(server, {"hostname": ""}).status == 202
    assert api.properties(server)["hostname"] is None


@pytest.mark.parametrize("hostname", ["-x", "a_b", "A", "a" * 64])
def test_refused_hostnames(api: Api, dc: str, hostname: str) -> None:
    """[documented] 10.3: a-z, 0-9 and -, no leading minus, 63 characters at most."""
    refused = api.post(f"{dc}/servers", {"properties": {"hostname": hostname, **SIZE}})
    assert (refused.status, "hostname" in refused.message) == (422, True)


def test_a_creation_does_not_tell_the_state_of_the_machine(api: Api, dc: str) -> None:
    """10.3: vmState is null in the answer to a POST, then RUNNING."""
    reply = api.post(f"{dc}/servers", {"properties": SIZE})
    assert reply.json["properties"]["vmState"] is None
    assert api.properties(made(api, dc, reply))["vmState"] == "RUNNING"


@pytest.mark.parametrize(("kind", "family"), [("CUBE", "AMD_EPYC"), ("VCPU", "INTEL_SKYLAKE")])
def test_the_service_fills_the_cpu_family(api: Api, dc: str, kind: str, family: str) -> None:
    """CUBE [recorded, 2023], VCPU [live test] 10.3 and 17 no. 19: on reads, though it must not be sent."""
    reply = (
        cube(api, dc) if kind == "CUBE" else api.post(f"{dc}/servers", {"properties": {"type": kind, **SIZE}})
    )
    assert reply.json["properties"]["cpuFamily"] is None
    assert api.properties(made(api, dc, reply))["cpuFamily"] == family


@pytest.mark.parametrize("given", [{}, {"cpuFamily": ""}, {"cpuFamily": None}])
def test_the_default_family_is_one_of_the_location(api: Api, given: dict[str, Any]) -> None:
    """[documented] 10.3, [live test] 17 no. 23: also for an empty string or null."""
    server = api.server(api.datacenter(location="us/las"), **given)
    assert api.properties(server)["cpuFamily"] == "INTEL_XEON"
    assert api.patch(server, {"cpuFamily": ""}).status == 202
    assert api.properties(server)["cpuFamily"] == "INTEL_XEON"


@pytest.mark.parametrize("version", [4, 5])
def test_the_default_family_of_old_versions(api: Api, dc: str, version: int) -> None:
    """10.3: AMD_OPTERON in v4 and v5, where the location has any."""
    old = Api(api.cloud, version)
    assert old.properties(old.server(dc))["cpuFamily"] == "AMD_OPTERON"
    assert old.properties(old.server(api.datacenter(location="fr/par")))["cpuFamily"] == "INTEL_SKYLAKE"


# CPU families and sizes of a location


@pytest.mark.parametrize("family", ["AMD_OPTERON", "INTEL_XEON", "Z80"])
def test_a_family_that_the_location_lacks_is_refused(api: Api, family: str) -> None:
    """[thread, 2021] 10.3: creation and update; the code is unknown, 109 is the one of enumerations."""
    dc = api.datacenter(location="fr/par")
    refused = api.post(f"{dc}/servers", {"properties": {"cpuFamily": family, **SIZE}})
    assert (refused.status, refused.codes) == (422, ["109"])
    assert refused.message.endswith("Expected one of [INTEL_SKYLAKE, INTEL_ICELAKE]")
    assert api.patch(api.server(dc), {"cpuFamily": family}).status == 422


@pytest.mark.parametrize(("name", "value"), [("cores", 52), ("ram", 245760 + 256)])
def test_what_a_family_cannot_be(api: Api, name: str, value: int) -> None:
    """[recorded, 2023] 16.3: a server above the location's maxCores or maxRam fails."""
    dc = api.datacenter(location="us/las")
    for family in ({}, {"cpuFamily": "INTEL_SKYLAKE"}):
        refused = api.post(f"{dc}/servers", {"properties": {**SIZE, **family, name: value}})
        assert (refused.status, refused.message.startswith(f"[(root).properties.{name}]")) == (422, True)
    assert api.patch(api.server(dc), {name: value}).status == 422


# Cubes, VCPU and GPU servers


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"nicMultiQueue": True}, "106", "[(root).properties.nicMultiQueue] Attribute not allowed in resource definition"),
        ({"nicMultiQueue": False}, "106", "Attribute not allowed in resource definition"),
        ({"availabilityZone": "ZONE_1"}, "109", "Expected one of [AUTO]"),
        ({"cores": 1}, "100", "'cores' is not allowed"),
        ({"ram": 1024}, "100", "'ram' is not allowed"),
        ({"cpuFamily": "AMD_EPYC"}, "200", "[VDC-5-1921] The attribute 'cpuFamily' must not be provided for Cube"),
    ],
)  # fmt: skip
def test_what_a_cube_may_not_have(api: Api, dc: str, given: dict[str, Any], code: str, text: str) -> None:
    """nicMultiQueue [recorded, ctl PR#602, 2025] 7.1; the rest 10.3."""
    refused = cube(api, dc, **given)
    assert (refused.status, refused.codes[0]) == (422, code)
    assert text in refused.message


def test_a_cube_can_be_written_back(api: Api, dc: str) -> None:
    """What was read of a template's size is no change."""
    server = made(api, dc, cube(api, dc, availabilityZone="AUTO"))
    found = api.properties(server)
    same = {name: found[name] for name in ("name", "cores", "ram", "cpuFamily", "hostname")}
    assert api.patch(server, {**same, "name": "renamed"}).status == 202
    assert api.patch(server, {"nicMultiQueue": True}).codes == ["106"]
    assert api.patch(server, {"cpuFamily": "INTEL_SKYLAKE"}).codes == ["200"]


def test_a_cube_takes_licence_and_image(api: Api, dc: str) -> None:
    """[live test] 10.7: licenceType beside an image; the image's counts (inferred)."""
    reply = create(
        api, dc, {"type": "CUBE", "templateUuid": CUBES_XS}, {"type": "DAS", "licenceType": "OTHER", **ALIAS}
    )
    server = made(api, dc, reply)
    (volume,) = api.get(f"{server}/volumes?depth=1").json["items"]
    assert (volume["properties"]["licenceType"], volume["properties"]["size"]) == ("LINUX", 30)


@pytest.mark.parametrize(("kind", "status"), [("ENTERPRISE", 422), ("VCPU", 422), ("CUBE", 202)])
def test_who_can_be_suspended(api: Api, dc: str, kind: str, status: int) -> None:
    """[documented] 10.4: suspend and resume are for Cubes, start and stop for the others; code unknown."""
    reply = (
        cube(api, dc) if kind == "CUBE" else api.post(f"{dc}/servers", {"properties": {"type": kind, **SIZE}})
    )
    server = made(api, dc, reply)
    assert [api.post(f"{server}/{name}").status for name in ("suspend", "resume")] == [status] * 2
    others = 202 if status == 422 else 422
    assert [api.post(f"{server}/{name}").status for name in ("stop", "start")] == [others] * 2


def gpu_template(api: Api) -> str:
    found = api.get("/templates?depth=1").json["items"]
    return str(next(item["id"] for item in found if item["properties"]["gpus"]))


@pytest.mark.parametrize("location", ["de/fra/2", "de/fra"])
def test_power_of_a_gpu_server(api: Api, location: str) -> None:
    """Unsettled (13 item 18): a client suspends and resumes it, the newest documentation starts and stops it."""
    dc = api.datacenter(location=location)
    server = made(api, dc, create(api, dc, {"type": "GPU", "templateUuid": gpu_template(api)}, ALIAS))
    for action, state in (
        ("suspend", "SUSPENDED"), ("resume", "RUNNING"), ("stop", "SHUTOFF"), ("start", "RUNNING"),
    ):  # fmt: skip
        assert api.post(f"{server}/{action}").status == 202
        assert api.properties(server)["vmState"] == state
    assert api.properties(server)["cpuFamily"]


def test_the_volume_of_a_gpu_server(api: Api) -> None:
    """[documented] 10.3: SSD Premium, or no type; it goes with the server."""
    dc = api.datacenter(location="de/fra/2")
    given = {"type": "GPU", "templateUuid": gpu_template(api)}
    server = made(api, dc, create(api, dc, given, ALIAS))
    (volume,) = api.get(f"{server}/volumes?depth=1").json["items"]
    assert (volume["properties"]["type"], volume["properties"]["size"]) == ("SSD Premium", 1024)
    path = f"{dc}/volumes/{volume['id']}"
    assert api.delete(path).codes == ["200"]
    more = api.volume(dc)
    assert api.post(f"{server}/volumes", {"id": ident(more)}).status == 202
    assert api.delete(server).status == 202
    assert [api.get(one).status for one in (path, more)] == [404, 200]
    refused = create(api, dc, given, {"type": "HDD", **ALIAS})
    assert (refused.status, "SSD Premium" in refused.message) == (422, True)
    assert api.post(f"{dc}/servers", {"properties": given}).codes == ["200"]


@pytest.mark.parametrize("given", [{"cpuFamily": "AMD_EPYC"}, {"availabilityZone": "ZONE_2"}, {"cores": 4}])
def test_what_a_gpu_server_may_not_have(api: Api, given: dict[str, Any]) -> None:
    """[documented] 10.3."""
    dc = api.datacenter(location="de/fra/2")
    assert create(api, dc, {"type": "GPU", "templateUuid": gpu_template(api), **given}, ALIAS).status == 422


def test_a_location_without_cards_has_no_gpu_servers(api: Api) -> None:
    """[documented] 10.2: gpuArchitecture tells the cards that servers can have; the answer is unknown (inferred)."""
    dc = api.datacenter(location="us/las")
    refused = create(api, dc, {"type": "GPU", "templateUuid": gpu_template(api)}, ALIAS)
    assert (refused.status, "templateUuid" in refused.message) == (422, True)


# Confidential computing


def confidential_image(api: Api) -> str:
    (found,) = api.get("/images?depth=1&filter.requiredFeatures=SEV-SNP").json["items"]
    return str(found["id"])


def confidential(api: Api, dc: str, volume: dict[str, Any] | None = None, **properties: Any) -> Reply:
    disc = {"size": 10, "image": confidential_image(api), **(volume or {})}
    return create(api, dc, {"name": "secret", "ram": 4096, **properties}, disc)


def test_a_confidential_image_makes_a_confidential_server(api: Api, dc: str) -> None:
    """[documented, 2026] 10.3: no field asks for it; the volume boots it for good."""
    server = made(api, dc, confidential(api, dc))
    found = api.properties(server)
    assert found["enabledFeatures"] == ["SEV-SNP"]
    offers = {cpu["cpuFamily"]: cpu["enabledFeatures"] for cpu in api.properties(dc)["cpuArchitecture"]}
    assert offers[found["cpuFamily"]] == ["SEV-SNP"]
    (volume,) = api.get(f"{server}/volumes?depth=1").json["items"]
    assert (volume["id"], volume["properties"]["bootOrder"]) == (found["bootVolume"]["id"], "PRIMARY")
    path = f"{dc}/volumes/{volume['id']}"
    assert api.patch(path, {"bootOrder": "NONE"}).status == 422
    assert api.delete(f"{server}/volumes/{volume['id']}").status == 422
    other = api.volume(dc)
    assert api.patch(server, {"bootVolume": {"id": ident(other)}}).status == 422
    assert api.patch(server, {"name": "renamed"}).status == 202


@pytest.mark.parametrize("change", [{"cores": 8}, {"ram": 8192}, {"cpuFamily": "INTEL_XEON"}])
def test_what_stays_of_a_confidential_server(api: Api, dc: str, change: dict[str, Any]) -> None:
    """[documented, 2026] 7.3 and 10.3."""
    server = made(api, dc, confidential(api, dc))
    assert api.patch(server, change).status == 422
    (name,) = change
    assert api.patch(server, {name: api.properties(server)[name]}).status == 202


@pytest.mark.parametrize(
    ("volume", "properties"),
    [
        ({}, {"cores": 64}),
        ({}, {"cpuFamily": "AMD_EPYC"}),
        ({}, {"type": "VCPU", "cores": 2}),
        ({"bootOrder": "NONE"}, {}),
    ],
)
def test_refused_confidential_servers(
    api: Api, dc: str, volume: dict[str, Any], properties: dict[str, Any]
) -> None:
    """[documented, 2026] 10.3."""
    assert confidential(api, dc, volume, **properties).status == 422


def test_a_confidential_image_wants_its_server(api: Api, dc: str) -> None:
    """[documented, 2026] 10.3: one volume, in the same request, where the location has it."""
    disc = {"size": 10, "image": confidential_image(api)}
    assert api.post(f"{dc}/volumes", {"properties": disc}).status == 422
    assert api.post(f"{api.server(dc)}/volumes", {"properties": disc}).status == 422
    assert create(api, dc, {"ram": 4096}, disc, disc).status == 422
    assert create(api, api.datacenter(location="us/las"), {"ram": 4096}, disc).status == 422


# What stays


@pytest.mark.parametrize(
    ("name", "value"), [("availabilityZone", "ZONE_2"), ("type", "VCPU"), ("templateUuid", CUBES_XS)]
)
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_what_stays_of_a_server(api: Api, dc: str, method: str, name: str, value: str) -> None:
    """[documented] 7.3 and 10.3; code and text are unknown."""
    server = api.server(dc, availabilityZone="ZONE_1")
    before = api.properties(server)
    body = {name: value} if method == "PATCH" else {"properties": {**SIZE, name: value}}
    refused = api.call(method, server, body)
    assert (refused.status, name in refused.message) == (422, True)
    assert api.properties(server) == before


def test_the_storage_of_a_cube_goes_with_it(api: Api, dc: str) -> None:
    """[documented, 2026] 10.3: whether deleteVolumes is given or not; other volumes stay unless it is."""
    for query, status in (("", 200), ("?deleteVolumes=true", 404)):
        server = made(api, dc, cube(api, dc))
        (storage,) = api.get(f"{server}/volumes").json["items"]
        more = api.volume(dc)
        assert api.post(f"{server}/volumes", {"id": ident(more)}).status == 202
        assert api.delete(f"{server}{query}").status == 202
        assert [api.get(one).status for one in (f"{dc}/volumes/{storage['id']}", more)] == [404, status]


# Boot devices


def test_without_its_boot_disc_a_server_has_no_boot_device(api: Api, dc: str) -> None:
    """[live test] 17 no. 15: bootVolume and bootCdrom null although volumes are attached."""
    server, volume = api.server(dc), api.volume(dc)
    assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    disc = api.get("/images?depth=1&filter.location=de/fra&filter.imageType=CDROM").json["items"][0]["id"]
    assert api.patch(server, {"bootCdrom": {"id": disc}}).status == 202
    assert api.delete(f"{server}/cdroms/{disc}").status == 202
    found = api.properties(server)
    assert (found["bootVolume"], found["bootCdrom"]) == (None, None)
    assert len(api.get(f"{server}/volumes").json["items"]) == 1
    assert api.patch(server, {"bootVolume": {"id": ident(volume)}}).status == 202
    assert api.properties(server)["bootVolume"]["id"] == ident(volume)


def test_boot_order_none_takes_the_boot_volume_away(api: Api, dc: str) -> None:
    """[live test, client's code] 17 no. 16; told to boot from it again, it has an order again (inferred)."""
    server, volume = api.server(dc), api.volume(dc)
    assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    assert api.patch(volume, {"bootOrder": "NONE"}).status == 202
    assert api.properties(server)["bootVolume"] is None
    assert api.properties(volume)["bootOrder"] == "NONE"
    assert api.patch(server, {"bootVolume": {"id": ident(volume)}}).status == 202
    assert api.properties(server)["bootVolume"]["id"] == ident(volume)
    assert api.properties(volume)["bootOrder"] == "AUTO"


def test_boot_order_primary_makes_the_boot_volume(api: Api, dc: str) -> None:
    """(inferred) 10.7: PRIMARY wants all others to be NONE, and is what the server boots from."""
    server, (one, two) = api.server(dc), (api.volume(dc), api.volume(dc))
    for volume in (one, two):
        assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    assert api.patch(two, {"bootOrder": "PRIMARY"}).status == 422
    assert api.patch(one, {"bootOrder": "NONE"}).status == 202
    assert api.patch(two, {"bootOrder": "PRIMARY"}).status == 202
    assert api.properties(server)["bootVolume"]["id"] == ident(two)


def test_a_server_boots_from_the_next_volume_that_it_may(api: Api, dc: str) -> None:
    """(inferred) 13 no. 13: one that has the order NONE is passed over when the boot volume goes."""
    server, discs = api.server(dc), [api.volume(dc) for _each in range(3)]
    for disc in discs:
        assert api.post(f"{server}/volumes", {"id": ident(disc)}).status == 202
    assert api.patch(discs[1], {"bootOrder": "NONE"}).status == 202
    assert api.delete(discs[0]).status == 202
    assert api.properties(server)["bootVolume"]["id"] == ident(discs[2])


def test_slots_go_to_volumes_first(api: Api, dc: str) -> None:
    """[recorded, 2023] 10.1.2: PCI slot 5 to the volume of a composite server, 6 to its NIC."""
    body = {
        "properties": SIZE,
        "entities": {
            "nics": {"items": [{"properties": {"lan": 1}}]},
            "volumes": {"items": [{"properties": {"size": 1, "licenceType": "OTHER"}}]},
        },
    }
    server = made(api, dc, api.post(f"{dc}/servers", body))
    tree = api.get(f"{server}?depth=2").json["entities"]
    slots = [tree[name]["items"][0]["properties"]["pciSlot"] for name in ("volumes", "nics")]
    assert slots == [5, 6]


# Shapes of v4


def test_v4_shows_the_boot_volume_whole(api: Api, dc: str) -> None:
    """[recorded, 2016/17] 4: at depth 2 and more; v5 and v6 have the bare reference at every depth."""
    server, volume = api.server(dc), api.volume(dc)
    assert api.post(f"{server}/volumes", {"id": ident(volume)}).status == 202
    bare = {"id", "type", "href"}
    for version, depth, keys in (
        (4, 1, bare), (4, 2, bare | {"metadata", "properties"}), (5, 3, bare), (6, 3, bare),
    ):  # fmt: skip
        found = Api(api.cloud, version).get(f"{server}?depth={depth}").json
        assert set(found["properties"]["bootVolume"]) == keys, (version, depth)


def test_v4_leaves_entities_out_of_a_creation(api: Api, dc: str) -> None:
    """[recorded, 2016] 3: the key is missing, not null."""
    reply = Api(api.cloud, 4).post(f"{dc}/servers", {"properties": {"name": "s", **SIZE}})
    assert "entities" not in reply.json


def test_v4_shows_an_existing_volume_as_a_reference(api: Api, dc: str) -> None:
    """[recorded, 2016] 10.1.2: what was named by its id stays bare in the answer."""
    volume = api.volume(dc)
    new = {"properties": {"size": 1, "licenceType": "OTHER"}}
    body = {"properties": SIZE, "entities": {"volumes": {"items": [{"id": ident(volume)}, new]}}}
    items = Api(api.cloud, 4).post(f"{dc}/servers", body).json["entities"]["volumes"]["items"]
    by_id = {item["id"]: set(item) for item in items}
    assert by_id.pop(ident(volume)) == {"id", "type", "href"}
    assert all("properties" in keys for keys in by_id.values())


# What the contract counts


def test_cores_count_while_an_enterprise_server_runs(api: Api, dc: str) -> None:
    """(inferred) 16.1: running servers of type ENTERPRISE."""

    def used() -> tuple[int, int]:
        limits = api.get("/contracts").json["items"][0]["properties"]["resourceLimits"]
        return limits["coresProvisioned"], limits["ramProvisioned"]

    server = api.server(dc, cores=3, ram=4096)
    made(api, dc, cube(api, dc))
    assert used() == (3, 4096)
    assert api.post(f"{server}/stop").status == 202
    assert used() == (0, 0)
    api.cloud.settings.limits["coresPerContract"] = 4
    other = api.server(dc, cores=2)
    assert api.post(f"{server}/start").codes == ["200"]
    assert api.delete(other).status == 202
    assert api.post(f"{server}/start").status == 202
    assert used() == (3, 4096)


def test_a_family_in_any_case(api: Api, dc: str) -> None:
    """[live test] 17 no. 14: enumerations in any case, those of the location, too; it reads as the service spells it."""
    server = api.server(dc, cpuFamily="intel_skylake")
    assert api.properties(server)["cpuFamily"] == "INTEL_SKYLAKE"
    assert api.patch(server, {"cpuFamily": "Amd_Epyc"}).status == 202
    assert api.properties(server)["cpuFamily"] == "AMD_EPYC"
