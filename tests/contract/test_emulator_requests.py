# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests of the emulated API: how they queue, what they change when, how they fail, how they are listed."""

from __future__ import annotations

import pytest

from pocketvdc import Cloud
from pocketvdc.testing import Api, Clock, ident

NOWHERE = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def cloud(clock: Clock) -> Cloud:
    return Cloud(provision_seconds=10, clock=clock, seed=7)


def fault(api: Api, **values: object) -> None:
    assert api.post("/_emulator/faults", values).status == 200


def status(api: Api, path: str) -> str:
    return str(api.get(path).json["metadata"]["status"])


def state(api: Api, path: str) -> str:
    return str(api.get(path).json["metadata"]["state"])


def test_life_of_a_request(api: Api, clock: Clock) -> None:
    reply = api.post("/datacenters", {"properties": {"name": "dc", "location": "de/fra"}})
    assert reply.status == 202
    assert reply.headers["Location"].endswith("/status")
    assert reply.json["metadata"]["state"] == "BUSY"
    first = api.get(reply.request).json
    assert first["type"] == "request-status"
    assert (first["metadata"]["status"], first["metadata"]["message"]) == ("QUEUED", None)
    clock.advance(2)
    assert status(api, reply.request) == "RUNNING"
    assert state(api, f"/datacenters/{reply.id}") == "BUSY"
    clock.advance(8)
    done = api.get(reply.request).json["metadata"]
    assert (done["status"], done["message"]) == ("DONE", "Request has been successfully executed")
    assert [(t["target"]["id"], t["target"]["type"], t["status"]) for t in done["targets"]] == [
        (reply.id, "datacenter", "DONE")
    ]
    assert state(api, f"/datacenters/{reply.id}") == "AVAILABLE"


def test_without_time_the_answer_is_busy_and_the_request_done(clock: Clock) -> None:
    api = Api(Cloud(clock=clock))
    reply = api.post("/datacenters", {"properties": {"name": "dc", "location": "de/fra"}})
    assert reply.json["metadata"]["state"] == "BUSY"
    assert status(api, reply.request) == "DONE"
    assert state(api, f"/datacenters/{reply.id}") == "AVAILABLE"


def test_one_data_center_works_in_order_others_at_the_same_time(api: Api, clock: Clock) -> None:
    one, two = api.datacenter("one"), api.datacenter("two")
    clock.advance(10)
    first = api.post(f"{one}/lans", {"properties": {"name": "a"}})
    second = api.post(f"{one}/lans", {"properties": {"name": "b"}})
    beside = api.post(f"{two}/lans", {"properties": {"name": "c"}})
    clock.advance(10)
    assert [status(api, r.request) for r in (first, second, beside)] == ["DONE", "QUEUED", "DONE"]
    assert (state(api, one), state(api, two)) == ("BUSY", "AVAILABLE")
    clock.advance(10)
    assert status(api, second.request) == "DONE"
    assert state(api, one) == "AVAILABLE"


def test_resource_is_there_until_its_deletion_is_done(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    clock.advance(10)
    reply = api.delete(path)
    assert (reply.status, reply.text) == (202, "")
    assert state(api, path) == "BUSY"
    clock.advance(10)
    assert api.get(path).status == 404
    assert status(api, reply.request) == "DONE"
    assert api.delete(path).status == 404


def test_change_behind_a_deletion_fails(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    server = api.server(path)
    clock.advance(20)
    api.delete(path)
    late = api.patch(server, {"name": "late"})
    assert late.status == 202
    clock.advance(20)
    assert status(api, late.request) == "FAILED"


def test_values_that_come_with_provisioning(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    server, nic = api.server(path), ""
    nic = api.make(f"{server}/nics", lan=1)
    assert api.properties(server)["vmState"] is None
    assert (api.properties(nic)["ips"], api.properties(nic)["mac"]) == (None, None)
    clock.advance(30)
    assert api.properties(server)["vmState"] == "RUNNING"
    assert api.properties(nic)["mac"].startswith("02:01:")
    assert api.properties(nic)["ips"][0].startswith("10.")


def test_etag_and_version_move_on(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    clock.advance(10)
    before = api.get(path).json
    assert before["properties"]["version"] == 1
    api.make(f"{path}/lans", name="lan")
    clock.advance(10)
    after = api.get(path).json
    assert after["properties"]["version"] == 2
    assert after["metadata"]["etag"] != before["metadata"]["etag"]


def test_composite_names_every_target(api: Api, clock: Clock) -> None:
    nic = {"properties": {"lan": 3}}
    server = {"properties": {"cores": 1, "ram": 1024}, "entities": {"nics": {"items": [nic]}}}
    body = {"properties": {"location": "de/fra"}, "entities": {"servers": {"items": [server]}}}
    reply = api.post("/datacenters", body)
    clock.advance(10)
    targets = [t["target"]["type"] for t in api.outcome(reply)["targets"]]
    assert sorted(targets) == ["datacenter", "lan", "nic", "server"]
    path = f"/datacenters/{reply.id}"
    assert api.properties(path)["version"] == 2
    assert api.properties(f"{path}/lans/3")["public"] is False


def test_fault_makes_a_creation_fail(api: Api, clock: Clock) -> None:
    fault(api, kind="fail_request", method="POST")
    reply = api.post("/datacenters", {"properties": {"location": "de/fra"}})
    assert reply.status == 202
    clock.advance(10)
    outcome = api.outcome(reply)
    assert (outcome["status"], outcome["message"]) == ("FAILED", "[VDC-5-0] An unexpected error occurred")
    assert api.get(f"/datacenters/{reply.id}").status == 404


def test_fault_takes_an_update_back(api: Api, clock: Clock) -> None:
    path = api.datacenter("before")
    fault(api, kind="fail_request", method="PATCH", message="[VDC-5-601] contact support")
    reply = api.patch(path, {"name": "after"})
    assert api.properties(path)["name"] == "after"
    clock.advance(20)
    assert api.outcome(reply)["message"] == "[VDC-5-601] contact support"
    assert api.properties(path)["name"] == "before"


def test_fault_keeps_what_was_to_be_deleted(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    fault(api, kind="fail_request", method="DELETE")
    reply = api.delete(path)
    clock.advance(20)
    assert status(api, reply.request) == "FAILED"
    assert state(api, path) == "AVAILABLE"


def test_failed_attachment_is_undone(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    server, volume = api.server(path), api.volume(path)
    clock.advance(30)
    fault(api, kind="fail_request", method="POST")
    assert api.post(f"{server}/volumes", {"id": volume.rsplit("/", 1)[1]}).status == 202
    clock.advance(10)
    assert api.get(f"{server}/volumes").json["items"] == []
    assert api.post(f"{server}/volumes", {"id": volume.rsplit("/", 1)[1]}).status == 202
    clock.advance(10)
    assert api.properties(volume)["deviceNumber"] == 1


def test_image_of_another_location_fails_the_request(api: Api, clock: Clock) -> None:
    images = api.get("/images?depth=1&filter.location=us/las&filter.imageType=HDD").json["items"]
    image = next(i for i in images if i["properties"]["licenceType"] == "LINUX")["id"]
    path = api.datacenter()
    clock.advance(10)
    body = {"properties": {"size": 100, "image": image, "imagePassword": "abc123XYZ"}}
    reply = api.post(f"{path}/volumes", body)
    assert reply.status == 202
    clock.advance(10)
    assert api.outcome(reply)["message"] == (
        f"[VDC-5-622] Image {image} is from location us/las "
        "but Virtual Data Center is from another location de/fra"
    )
    assert api.get(f"{path}/volumes").json["items"] == []


def test_stored_request(api: Api) -> None:
    body = {"properties": {"name": "dc", "location": "de/fra"}}
    reply = api.post("/datacenters", body, headers={"Content-Type": "application/json"})
    path = reply.request.removesuffix("/status")
    found = api.get(path).json
    assert found["metadata"]["requestStatus"]["id"].endswith("/status")
    assert "metadata" not in found["metadata"]["requestStatus"]
    assert api.get(f"{path}?depth=1").json["metadata"]["requestStatus"]["metadata"]["status"] == "QUEUED"
    assert found["properties"]["method"] == "POST"
    assert found["properties"]["url"] == "http://localhost/cloudapi/v6/datacenters"
    assert '"location": "de/fra"' in found["properties"]["body"]
    assert found["properties"]["headers"]["content-type"] == "application/json"
    assert "demo-token" not in api.get(path).text


def test_list_of_requests(api: Api, clock: Clock) -> None:
    made = []
    for name in "abc":
        made.append(api.post("/datacenters", {"properties": {"name": name, "location": "de/fra"}}))
        clock.advance(6)
    ids = [reply.request.split("/")[2] for reply in made]

    def listed(query: str) -> list[str]:
        return [item["id"] for item in api.get(f"/requests?{query}").json["items"]]

    assert listed("") == ids[::-1]
    assert listed("filter.status=DONE") == [ids[1], ids[0]]
    assert listed("filter.status=RUNNING") == [ids[2]]
    assert listed("filter.createdAfter=2023-11-14 22:13:25") == ids[:0:-1]
    assert listed("filter.createdBefore=2023-11-14 22:13:25") == [ids[0]]
    assert listed("depth=1&filter.method=post&filter.body=%22b%22") == [ids[1]]
    assert listed("depth=1&filter.url=nowhere") == []
    assert listed("depth=1&filter.requestStatus=done") == [ids[1], ids[0]]
    assert listed("limit=1&offset=1") == [ids[1]]
    full = api.get("/requests?depth=2&filter.createdAfter=2023-11-14 22:13:25").json["items"]
    assert [i["metadata"]["requestStatus"]["metadata"]["status"] for i in full] == ["RUNNING", "DONE"]
    assert api.get("/requests?filter.createdAfter=yesterday").status == 422


def test_requests_are_ones_own(api: Api, cloud: Cloud) -> None:
    reply = api.post("/datacenters", {"properties": {"location": "de/fra"}})
    other = Api(cloud, login="other-token")
    assert other.get("/requests").json["items"] == []
    assert other.get(reply.request).status == 404


def test_refused_write_leaves_nothing_behind(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    clock.advance(10)
    assert api.post(f"{path}/servers", {"properties": {"cores": 1, "ram": 1000}}).status == 422
    assert api.post(f"{path}/lans/1/nics", {"id": NOWHERE}).status == 404
    assert state(api, path) == "AVAILABLE"
    assert len(api.get("/requests").json["items"]) == 1


def test_user_management_takes_effect_at_once(api: Api) -> None:
    reply = api.post("/um/groups", {"properties": {"name": "g"}})
    assert reply.status == 202
    assert status(api, reply.request) == "DONE"
    gone = api.delete(f"/um/groups/{reply.id}")
    assert gone.status == 202
    assert api.get(f"/um/groups/{reply.id}").status == 404


def test_failed_update_keeps_what_others_changed(api: Api, clock: Clock) -> None:
    path = api.datacenter()
    server = api.server(path)
    nic = api.make(f"{server}/nics", lan=1, name="before")
    fault(api, kind="fail_request")
    assert api.patch(nic, {"name": "after"}).status == 202
    clock.advance(60)
    found = api.properties(nic)
    assert found["name"] == "before"
    assert found["mac"] is not None and len(found["ips"]) == 1


# A change that follows another one before that is DONE (contract section 11, item 6)


@pytest.fixture
def joined(api: Api, clock: Clock) -> dict[str, tuple[str, str]]:
    """Paths of collections, and the id of what is in each of them."""
    disc = api.get("/images?depth=1&filter.imageType=CDROM&filter.location=de/fra").json["items"][0]["id"]
    dc = api.datacenter()
    server, volume = api.server(dc), api.volume(dc)
    nic, balancer = api.make(f"{server}/nics", lan=1), api.make(f"{dc}/loadbalancers", name="lb")
    found = {
        "volume": (f"{server}/volumes", ident(volume)),
        "disc": (f"{server}/cdroms", disc),
        "balanced NIC": (f"{balancer}/balancednics", ident(nic)),
    }
    for path, member in found.values():
        assert api.post(path, {"id": member}).status == 202
    clock.advance(100)
    return found


@pytest.mark.parametrize("kind", ["volume", "disc", "balanced NIC"])
def test_what_was_taken_out_is_put_back_behind_that(
    api: Api, clock: Clock, joined: dict[str, tuple[str, str]], kind: str
) -> None:
    path, member = joined[kind]
    assert api.delete(f"{path}/{member}").status == 202
    assert api.post(path, {"id": member}).status == 202
    clock.advance(20)
    assert api.get(f"{path}/{member}").status == 200


def test_a_volume_moves_to_another_server_behind_its_detachment(
    api: Api, clock: Clock, joined: dict[str, tuple[str, str]]
) -> None:
    path, member = joined["volume"]
    dc = path.rsplit("/servers", 1)[0]
    other, third = api.server(dc), api.server(dc)
    clock.advance(20)
    assert api.post(f"{other}/volumes", {"id": member}).codes == ["200"]
    assert api.delete(f"{path}/{member}").status == 202
    assert api.post(f"{other}/volumes", {"id": member}).status == 202
    assert api.post(f"{third}/volumes", {"id": member}).codes == ["200"]
    clock.advance(20)
    assert api.get(f"{path}/{member}").status == 404
    assert api.properties(f"{other}/volumes/{member}")["bootServer"] == ident(other)
    assert api.properties(other)["bootVolume"]["id"] == member


def test_a_volume_leaves_with_a_server_that_is_deleted(
    api: Api, clock: Clock, joined: dict[str, tuple[str, str]]
) -> None:
    path, member = joined["volume"]
    server = path.rsplit("/", 1)[0]
    other = api.server(server.rsplit("/servers", 1)[0])
    clock.advance(10)
    assert api.delete(server).status == 202
    assert api.post(f"{other}/volumes", {"id": member}).status == 202
    clock.advance(20)
    assert api.properties(f"{other}/volumes/{member}")["bootServer"] == ident(other)


def test_a_volume_stays_where_its_detachment_fails(
    api: Api, clock: Clock, joined: dict[str, tuple[str, str]]
) -> None:
    path, member = joined["volume"]
    other = api.server(path.rsplit("/servers", 1)[0])
    clock.advance(10)
    fault(api, kind="fail_request", method="DELETE", path="volumes")
    assert api.delete(f"{path}/{member}").status == 202
    assert api.post(f"{other}/volumes", {"id": member}).status == 202
    clock.advance(20)
    assert api.get(f"{other}/volumes/{member}").status == 404
    assert api.properties(f"{path}/{member}")["bootServer"] == ident(path.rsplit("/", 1)[0])
