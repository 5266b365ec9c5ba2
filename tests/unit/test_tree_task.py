# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole data center in one task, against the emulator: requests, failures, interruptions, and what it refuses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
import yaml
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.apply import StepsFailed
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    CloudError,
    InvalidOption,
    NotFound,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.planner import (
    Planner,
    Unplannable,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter import planner
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.options import (
    SITE as KIND,
)
from unit.mounted import Mounted
from unit.scripted import intercept

PASSWORD = "secret12pw"
SSH = {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
SITE: dict[str, Any] = {
    "name": "shop",
    "location": "de/fra",
    "labels": {"env": "production"},
    "lans": [{"name": "public", "public": True}, {"name": "private", "public": False}],
    "volumes": [{"name": "spare", "size": 5, "licence_type": "OTHER"}],
    "servers": [
        {
            "name": "web-%02d",
            "count": 2,
            "cores": 2,
            "ram": 2048,
            "boot_volume": "boot",
            "volumes": [
                {"name": "data", "size": 4, "licence_type": "OTHER"},
                {"name": "boot", "size": 10, "image": "ubuntu:latest", "image_password": PASSWORD},
            ],
            "nics": [
                {"name": "front", "lan": "public", "firewall_active": True, "firewall_rules": [SSH]},
                {"name": "back", "lan": "private"},
            ],
        },
        {"name": "db", "cores": 1, "ram": 1024, "state": "stopped", "nics": [{"lan": "private"}]},
    ],
    "loadbalancers": [{"name": "front", "balanced_nics": ["web-01/front", "web-02/front"]}],
}
SERVER = SITE["servers"][0]


def site(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SITE), **changes}


def steps(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["verb"], each["path"]) for each in result["plan"]]


def writing(calls: list[str]) -> list[str]:
    """Methods and collections of writes, without ids."""
    return [f"{call.split()[0]} {call.split()[1].split('/')[-1]}" for call in calls]


# -- requests ----------------------------------------------------------------------------------------------------


def test_a_new_data_center_is_one_request_and_what_that_cannot_do() -> None:
    mounted = Mounted(seconds=2.0)
    created = mounted.run("datacenter", **SITE)
    assert created["changed"] and created["warnings"] == []
    first, *rest = mounted.writes
    assert first == "POST datacenters"
    assert sorted(call.rsplit("/", 1)[-1] for call in rest) == ["labels", "loadbalancers", "stop"]
    assert created["datacenter"]["state"] == "AVAILABLE" and "servers" not in created["datacenter"]
    servers = {each["name"]: each for each in created["tree"]["servers"]}
    assert list(servers) == ["web-01", "web-02", "db"] and servers["db"]["vm_state"] == "SHUTOFF"
    web = servers["web-01"]
    assert next(each["name"] for each in web["volumes"] if each["id"] == web["boot_volume"]) == "boot"
    assert len(created["tree"]["volumes"]) == 5


@pytest.mark.parametrize("by_id", [False, True], ids=["by name", "by id"])
def test_unchanged_it_takes_one_read_one_of_balancers_and_one_of_the_image_that_is_named(
    by_id: bool,
) -> None:
    """No read of a data center shows application load balancers, which only one with two LANs can have."""
    mounted = Mounted()
    plain = {name: value for name, value in SITE.items() if name != "labels"}
    created = mounted.run("datacenter", **plain)
    assert [call.split()[0] for call in mounted.calls].count(
        "GET"
    ) == 7  # there is none, the contract, the location for its aliases, 2 polls, the result
    path = f"datacenters/{created['datacenter']['id']}"
    where = [f"GET {path}" if by_id else "GET datacenters", f"GET {path}/applicationloadbalancers"]
    if by_id:
        plain["id"] = created["datacenter"]["id"]
        del plain["name"]
    (image,) = {volume["image"] for volume in created["tree"]["volumes"] if volume["image"]}
    assert steps(mounted.run("datacenter", **plain)) == []
    assert mounted.calls == [*where, f"GET images/{image}"]
    plain = copy.deepcopy(plain)
    plain["servers"][0]["volumes"][1]["image"] = image
    assert steps(mounted.run("datacenter", **plain)) == []
    assert mounted.calls == where


def test_unchanged_each_object_is_planned_once_whatever_has_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mounted = Mounted()
    plain = {name: value for name, value in SITE.items() if name != "labels"}
    mounted.run("datacenter", **plain)
    planned, decide = [], Planner.decide

    def noted(self: Planner, resource: Any, want: Any, have: Any, path: Any) -> Any:
        planned.append(path)
        return decide(self, resource, want, have, path)

    monkeypatch.setattr(Planner, "decide", noted)
    assert steps(mounted.run("datacenter", **plain)) == []
    assert ("servers", "web-02", "volumes", "boot") in planned
    assert len(planned) == len(set(planned))


@pytest.mark.parametrize("second", ["servers/b/volumes", "volumes", "servers/a/volumes"])
def test_a_volume_that_is_listed_twice_by_its_id_is_refused(second: str) -> None:
    mounted = Mounted()
    free = {"name": "free", "size": 10, "licence_type": "OTHER"}
    servers = [{"name": name, "cores": 1, "ram": 1024} for name in ("a", "b")]
    made = mounted.run("datacenter", name="shop", location="de/fra", servers=servers, volumes=[free])
    (volume,) = made["tree"]["volumes"]
    again = {"id": volume["id"].upper()}
    site: dict[str, Any] = {"name": "shop", "servers": [{"name": "a", "volumes": [{"id": volume["id"]}]}]}
    if second == "volumes":
        site["volumes"] = [again]
    elif second == "servers/a/volumes":
        site["servers"][0]["volumes"].append(again)
    else:
        site["servers"].append({"name": "b", "volumes": [again]})
    for form in (mounted.check, mounted.run):
        with pytest.raises(InvalidOption, match=f"^{second}: the volume {volume['id']} is also listed in "):
            form("datacenter", **site)
        assert mounted.writes == []


def blank(*names: str) -> list[dict[str, Any]]:
    return [{"name": each, "size": 10, "licence_type": "OTHER"} for each in names]


@pytest.mark.parametrize(
    ("servers", "free", "described", "loose", "says"),
    [
        (
            {"a": []},
            ["v"],
            {"a": ["v"]},
            ["v"],
            "volumes: the volume 'v' is also listed in servers/a/volumes",
        ),
        (
            {"a": ["v"]},
            [],
            {"a": ["v"]},
            ["v"],
            "volumes: the volume 'v' is also listed in servers/a/volumes",
        ),
        ({"a": []}, [], {"a": ["v"]}, ["v"], "volumes: the volume 'v' is also listed in servers/a/volumes"),
        (
            {"a": []},
            ["v"],
            {"new": ["v"]},
            ["v"],
            "volumes: the volume 'v' is also listed in servers/new/volumes",
        ),
        # Two volumes of the name, and the third would be new.
        (
            {"a": ["v"]},
            ["v"],
            {"a": ["v"], "new": ["v"]},
            ["v"],
            "volumes: .*also listed in servers/new/volumes",
        ),
        # One that changes hands at the same time.
        (
            {"a": ["v"]},
            [],
            {"a": [], "b": ["v"]},
            ["v"],
            "volumes: the volume 'v' is also listed in servers/b/volu",
        ),
        # By its id and by its name.
        (
            {"a": ["v"]},
            [],
            {"a": ["v", "id of v"]},
            [],
            "servers/a/volumes: the volume .* also listed in servers/a",
        ),
        (
            {"a": []},
            ["v"],
            {"a": ["id of v"]},
            ["v"],
            "volumes: the volume 'v' is also listed in servers/a/volumes",
        ),
        (
            {"a": []},
            ["v"],
            {"a": ["v"]},
            ["id of v"],
            "volumes: the volume 'v' is also listed in servers/a/volumes",
        ),
        # Servers may each have one of the name, if there is no doubt which.
        (
            {"a": []},
            ["v"],
            {"a": ["v"], "b": ["v"]},
            [],
            "servers/a/volumes: .* is listed for several servers",
        ),
        ({"a": []}, ["v"], {"a": ["v", "v"]}, [], "servers/a/volumes: the volume 'v' is listed twice"),
    ],
)
def test_a_name_in_two_places_does_not_silently_make_a_second_volume(
    servers: dict[str, list[str]],
    free: list[str],
    described: dict[str, list[str]],
    loose: list[str],
    says: str,
) -> None:
    mounted, plain = Mounted(), {"cores": 1, "ram": 1024}
    there = [{"name": name, **plain, "volumes": blank(*own)} for name, own in servers.items()]
    base = {"name": "shop", "location": "de/fra"}
    made = mounted.run("datacenter", **base, servers=there, volumes=[])["tree"]["volumes"]
    for each in blank(*(f"free {name}" for name in free)):
        spare = mounted.run("volume", datacenter="shop", **each)["volume"]
        mounted.run("volume", datacenter="shop", id=spare["id"], name=each["name"][5:])
        made.append({**spare, "name": each["name"][5:]})
    ids = {f"id of {each['name']}": each["id"].upper() for each in made}

    def entry(mark: str) -> dict[str, Any]:
        return {"id": ids[mark]} if mark in ids else blank(mark)[0]

    wanted = [{"name": n, **plain, "volumes": [entry(v) for v in own]} for n, own in described.items()]
    for form in (mounted.check, mounted.run):
        with pytest.raises(CloudError, match=f"^{says}"):
            form("datacenter", **base, servers=wanted, volumes=[entry(each) for each in loose])
        assert mounted.writes == []


def test_a_name_in_two_places_is_two_volumes_that_are_there() -> None:
    mounted, plain = Mounted(), {"cores": 1, "ram": 1024}
    servers = [{"name": name, **plain, "volumes": blank("v")} for name in ("a", "b")]
    options = {"name": "shop", "location": "de/fra", "servers": servers, "volumes": blank("other")}
    (other,) = (
        each["id"]
        for each in mounted.run("datacenter", **options)["tree"]["volumes"]
        if each["name"] == "other"
    )
    options["volumes"] = [{"id": other, "name": "w"}]
    assert steps(mounted.run("datacenter", **options)) == [("update", "volumes/w")]
    mounted.run("volume", datacenter="shop", id=other, name="v")
    for same in (blank("v"), [{"id": other}]):
        options["volumes"] = same
        assert steps(mounted.run("datacenter", **options)) == []
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert steps(mounted.run("datacenter", **description)) == []


def collections(resource: Resource, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The options of a data center that list objects, each with those that it is nested in."""
    for child in resource.children:
        if child.creatable:
            yield (*above, child.name)
            yield from collections(child.resource, (*above, child.name))


@pytest.mark.parametrize("path", list(collections(KIND)), ids="/".join)
def test_a_name_that_is_listed_twice_is_refused_wherever_names_are_listed(path: tuple[str, ...]) -> None:
    mounted = Mounted()
    needed: dict[str, dict[str, Any]] = {
        "nics": {"lan": "1"},
        "nat_gateways": {"public_ips": ["203.0.113.9"]},
    }
    described: list[dict[str, Any]] = [{"name": "same"}, {"name": "same"}]
    for above, below in zip(path[-2::-1], path[:0:-1], strict=True):
        described = [{"name": "up", **needed.get(above, {}), below: described}]
    where = "/".join(f"{each}/up" for each in path[:-1])
    for form in (mounted.check, mounted.run):
        with pytest.raises(CloudError, match=f"{where}(/|: |){path[-1]}: the .* 'same' is listed twice"):
            form("datacenter", name="shop", location="de/fra", **{path[0]: described})
        assert mounted.writes == []


def test_without_contents_it_reads_none() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    again = mounted.run("datacenter", name="shop", purge=["all"])
    assert mounted.calls == ["GET datacenters"] and not again["changed"]
    assert again["tree"] is None and again["plan"] == [] and again["unmanaged"] == []


def test_independent_steps_are_awaited_together() -> None:
    mounted = Mounted(seconds=2.0)
    mounted.run("datacenter", name="shop", location="de/fra")
    begun = mounted.clock.now()
    result = mounted.run("datacenter", **SITE)
    assert result["warnings"] == []
    polls = [call for call in mounted.calls if call.startswith("GET requests")]
    assert len(mounted.writes) == 9
    assert len([call for call in polls if call != "GET requests"]) < len(polls) / 2
    assert len(polls) < 2.5 * (mounted.clock.now() - begun)


@pytest.mark.parametrize("version", [4, 5])
def test_older_versions_do_the_same(version: int) -> None:
    mounted = Mounted(version=version)
    options = {name: value for name, value in SITE.items() if version > 4 or name != "labels"}
    mounted.run("datacenter", **options)
    again = mounted.run("datacenter", **options)
    # The data center by its name, it and its servers whole; labels and the aliases of an image came with 5.
    assert len(mounted.calls) == (5 if version > 4 else 3)
    assert steps(again) == [] and len(again["tree"]["servers"][0]["nics"]) == 2
    attached = [each for each in again["tree"]["volumes"] if each["server_id"]]
    assert len(attached) == 4


def test_a_problem_deep_inside_what_is_there_is_told_once() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    wrong = site()
    wrong["servers"][0]["nics"][0]["lan"] = "pbulic"
    with pytest.raises(Unplannable) as caught:
        mounted.run("datacenter", **wrong)
    both = "servers/web-01/nics/front, servers/web-02/nics/front"
    assert str(caught.value).count(f"{both}: lan: there is no LAN 'pbulic'") == 1


# -- images ------------------------------------------------------------------------------------------------------


def disk(image: str | None, **more: Any) -> dict[str, Any]:
    """A data center with a server that boots from a volume made of an image."""
    boot = {"name": "boot", "size": 10, "image": image, "image_password": PASSWORD, **more}
    server = {"name": "web", "cores": 1, "ram": 1024, "volumes": [boot]}
    return {"name": "shop", "location": "de/fra", "servers": [server]}


def images(mounted: Mounted) -> dict[str, Any]:
    """The properties of the images of the location, by the first alias."""
    common = mounted.service.shared("images").values()
    here = [each.properties for each in common if each.properties["location"] == "de/fra"]
    return {each["imageAliases"][0]: each for each in here if each["imageAliases"]}


@pytest.mark.parametrize("version", [5, 6])
@pytest.mark.parametrize("image", ["debian:latest", "ubuntu:22.04", "Debian-12-server-2024-09-01"])
def test_another_image_than_the_volume_got_is_refused_with_all_that_cannot_change(
    image: str, version: int
) -> None:
    mounted = Mounted(version)
    mounted.run("datacenter", **disk("ubuntu:latest", disk_type="HDD"))
    before = mounted.info("datacenter", name="shop")
    for way in (mounted.check, mounted.run):
        with pytest.raises(Unplannable) as caught:
            way("datacenter", **disk(image, disk_type="SSD"))
        text = str(caught.value)
        assert "servers/web/volumes/boot" in text and "disk_type (is 'HDD', wanted 'SSD')" in text
        assert f"image (is 'Ubuntu-24.04-LTS-server-2026-03-01', wanted '{image}')" in text
        assert mounted.writes == []
    assert mounted.info("datacenter", name="shop") == before


@pytest.mark.parametrize(
    "image",
    ["ubuntu:latest", "Ubuntu:24.04", "Ubuntu-24.04-LTS-server-2026-03-01"],
    ids=["alias", "other", "name"],
)
def test_all_names_of_the_image_that_the_volume_got_are_the_same(image: str) -> None:
    mounted = Mounted()
    mounted.run("datacenter", **disk("ubuntu:24.04"))
    assert steps(mounted.run("datacenter", **disk(image))) == []


def test_the_latest_of_then_need_not_be_the_latest_of_now() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **disk("ubuntu:latest"))
    images(mounted)["ubuntu:24.04"]["imageAliases"] = ["ubuntu:24.04"]
    assert steps(mounted.run("datacenter", **disk("ubuntu:latest"))) == []
    with pytest.raises(Unplannable, match="wanted 'debian:latest'"):
        mounted.run("datacenter", **disk("debian:latest"))


@pytest.mark.parametrize("image", ["ubuntu:latest", "debian:latest", "Debian-12-server-2024-09-01"])
def test_an_image_that_the_provider_has_withdrawn_is_compared_with_nothing(image: str) -> None:
    mounted = Mounted()
    tree = mounted.run("datacenter", **disk("ubuntu:latest"))["tree"]
    del mounted.service.shared("images")[tree["volumes"][0]["image"]]
    assert steps(mounted.run("datacenter", **disk(image))) == []


def test_an_image_without_aliases_is_not_known_by_one() -> None:
    """The provider took them away, for a newer build of the same."""
    mounted = Mounted()
    mounted.run("datacenter", **disk("ubuntu:22.04"))
    images(mounted)["ubuntu:22.04"]["imageAliases"] = []
    assert steps(mounted.run("datacenter", **disk("ubuntu:22.04"))) == []


@pytest.mark.parametrize("by_id", [True, False])
@pytest.mark.parametrize("where", ["server", "loose", "new server"])
def test_images_of_present_and_of_new_volumes_are_read_as_one_list(where: str, by_id: bool) -> None:
    mounted = Mounted()
    site = disk("ubuntu:latest")
    site["volumes"] = [{"name": "loose", "size": 5, "licence_type": "OTHER"}]
    mounted.run("datacenter", **site)
    ids = {each["name"]: each["id"] for each in mounted.info("image", location="de/fra")}
    image = ids["Debian-12-server-2024-09-01"] if by_id else "debian:12"
    disks = {"server": site["servers"][0]["volumes"], "loose": site["volumes"], "new server": []}
    disks[where].append({"name": "new", "size": 10, "image": image, "image_password": PASSWORD})
    if where == "new server":
        site["servers"].append({**site["servers"][0], "name": "db", "volumes": disks[where]})
    assert mounted.check("datacenter", **site)["changed"]
    assert [call for call in mounted.calls if call.startswith("GET images")] == ["GET images"]


def test_several_images_are_read_as_one_list() -> None:
    mounted = Mounted()
    two = disk("ubuntu:latest")
    two["servers"].append({**copy.deepcopy(two["servers"][0]), "name": "db"})
    two["servers"][1]["volumes"][0]["image"] = "debian:12"
    mounted.run("datacenter", **two)
    assert steps(mounted.run("datacenter", **two)) == []
    assert mounted.calls == ["GET datacenters", "GET images"]
    two["servers"][0]["volumes"][0]["image"] = "debian:12"
    two["servers"][1]["volumes"][0]["image"] = "ubuntu:latest"
    with pytest.raises(Unplannable) as caught:
        mounted.run("datacenter", **two)
    assert "servers/web/volumes/boot" in str(caught.value) and "servers/db/volumes/boot" in str(caught.value)


def test_a_volume_that_was_made_of_no_image_is_not_made_of_one_later() -> None:
    mounted = Mounted()
    blank = disk(None, licence_type="LINUX")
    del blank["servers"][0]["volumes"][0]["image_password"]
    mounted.run("datacenter", **blank)
    with pytest.raises(Unplannable, match=r"image \(is None, wanted 'ubuntu:latest'\)"):
        mounted.run("datacenter", **disk("ubuntu:latest"))
    assert mounted.calls == ["GET datacenters"]


# -- check mode and diff -----------------------------------------------------------------------------------------


def test_check_mode_tells_the_plan_and_the_difference_without_secrets() -> None:
    mounted = Mounted()
    checked = mounted.check("datacenter", **SITE)
    assert mounted.writes == [] and checked["changed"]
    assert steps(checked) == [
        ("create", ""),
        ("create", "labels/env"),
        ("stop", "servers/db"),
        ("create", "loadbalancers/front"),
    ]
    assert PASSWORD not in str(checked)
    assert steps(mounted.run("datacenter", **SITE)) == steps(checked)

    grown = site()
    grown["servers"][0]["nics"][0]["firewall_rules"][0] = SSH | {"port_range_end": 23}
    grown["servers"][0]["cores"] = 4
    checked = mounted.check("datacenter", **grown)
    assert checked["plan"][1] == {
        "verb": "update",
        "path": "servers/web-01/nics/front/firewall_rules/ssh",
        "name": "ssh",
        "fields": ["port_range_end"],
        "brings": [],
    }
    for side, cores, port in (("before", 2, 22), ("after", 4, 23)):
        rules = [{"name": "ssh", "port_range_end": port}]
        web = {"cores": cores, "nics": [{"name": "front", "firewall_rules": rules}]}
        servers = [{"name": name, **web} for name in ("web-01", "web-02")]
        assert yaml.safe_load(checked["diff"][side]) == {"servers": servers}
        assert ("# no restart\n" in checked["diff"][side]) is (side == "after")


def test_a_plan_names_all_that_a_creation_brings_in_the_words_of_the_task() -> None:
    mounted = Mounted()
    checked = mounted.check("datacenter", **SITE)
    brings = "2 LANs, 5 volumes, 3 servers, 5 NICs, 2 firewall rules"
    assert checked["actions"][0] == f"create data center shop: {brings}"
    first = checked["plan"][0]
    assert len(first["brings"]) == 2 + 5 + 3 + 5 + 2
    assert {"lans/public", "servers/web-02/nics/front/firewall_rules/ssh", "servers/db/nics/lan 2"} <= set(
        first["brings"]
    )
    assert checked["diff"]["before"] == "" and checked["diff"]["after_header"] == "data center shop"
    # All that is neither a secret nor a number of servers is what the task says.
    told = yaml.safe_load(checked["diff"]["after"])
    web = {name: each for name, each in copy.deepcopy(SERVER).items() if name != "count"}
    del web["volumes"][1]["image_password"]
    assert told == {
        **SITE,
        "servers": [{**web, "name": "web-01"}, {**web, "name": "web-02"}, SITE["servers"][1]],
    }
    more = [*SITE["servers"], {"name": "new", "cores": 1, "ram": 1024, "nics": [{"lan": "public"}]}]
    mounted.run("datacenter", **SITE)
    checked = mounted.check("datacenter", **site(servers=more))
    assert checked["actions"] == ["create servers/new: 1 NIC"]
    assert checked["plan"][0]["brings"] == ["servers/new/nics/lan 1"]


def test_what_is_yet_to_come_is_nowhere_in_what_was_there_before() -> None:
    mounted = Mounted()
    mounted.run("ipblock", name="reserved", location="de/fra", size=1)
    new = site(default_security_group="base", security_groups=[{"name": "base"}])
    new["lans"][0]["ip_failover"] = [{"ip": "reserved.0", "nic_id": "web-01/front"}]
    new["servers"][0] |= {"security_groups": ["base"]}
    new["servers"][0]["nics"][0] |= {"ips": ["reserved.0"], "security_groups": ["base"]}
    assert mounted.check("datacenter", **new)["diff"]["before"] == ""
    # The same of what comes into a data center that is there, which alone has changed.
    mounted.run("datacenter", name="shop", location="de/fra")
    later = yaml.safe_load(mounted.check("datacenter", **new)["diff"]["before"])
    assert later == {"default_security_group": None}


def test_a_difference_tells_other_objects_by_their_names() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    changed = site(lans=[*SITE["lans"], {"name": "third"}], volumes=[], labels={"env": "test"})
    changed["servers"][0]["nics"][1]["lan"] = "third"
    changed["servers"][0]["volumes"][0]["size"] = 5
    changed["servers"][1]["volumes"] = [{"name": "spare"}]
    changed["loadbalancers"][0]["balanced_nics"] = ["web-01/front", "db/back"]
    changed["servers"][1]["nics"].append({"name": "back", "lan": "public"})
    diff = mounted.check("datacenter", **changed)["diff"]
    before, after = (yaml.safe_load(diff[side]) for side in ("before", "after"))
    assert before["loadbalancers"] == [{"name": "front", "balanced_nics": ["web-02/front"]}]
    assert after["loadbalancers"] == [{"name": "front", "balanced_nics": ["db/back"]}]
    assert before["labels"] == {"env": "production"} and after["labels"] == {"env": "test"}
    sizes = [{"name": "data", "size": 4}], [{"name": "data", "size": 5}]
    web = {"name": "web-01", "volumes": sizes[0], "nics": [{"name": "back", "lan": "private"}]}
    assert before["servers"][0] == web
    assert after["servers"][0] == {**web, "volumes": sizes[1], "nics": [{"name": "back", "lan": "third"}]}
    assert after["servers"][-1] == {
        "name": "db",
        "nics": [{"name": "back", "lan": "public"}],
        "volumes": [{"name": "spare"}],
    }


def test_what_is_deleted_is_told_by_the_names_of_what_it_belonged_to() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    gone = mounted.check("datacenter", name="shop", servers=[], loadbalancers=[], purge=["all"])["diff"]
    assert gone["after"] == ""
    told = yaml.safe_load(gone["before"])
    assert told["loadbalancers"][0]["balanced_nics"] == ["web-01/front", "web-02/front"]
    assert {nic["lan"] for server in told["servers"] for nic in server["nics"]} == {"public", "private"}


def test_the_predicted_tree_is_what_comes() -> None:
    mounted = Mounted()
    for options in (site(), site(servers=[{**SERVER, "count": 3, "cores": 3}], purge=["servers"])):
        foreseen = mounted.check("datacenter", **options)["tree"]
        tree = mounted.run("datacenter", **options)["tree"]
        assert {each["name"] for each in foreseen["servers"]} == {each["name"] for each in tree["servers"]}
        assert sorted(str(each["name"]) for each in foreseen["volumes"]) == sorted(
            str(each["name"]) for each in tree["volumes"]
        )
        assert [each["cores"] for each in foreseen["servers"]] == [each["cores"] for each in tree["servers"]]


# -- count and purge ---------------------------------------------------------------------------------------------


def test_a_higher_count_adds_and_a_lower_one_deletes_only_with_purge_the_highest_first() -> None:
    mounted = Mounted()
    base = {"name": "shop", "location": "de/fra"}
    server = {"name": "n%d", "cores": 1, "ram": 1024}
    mounted.run("datacenter", **base, servers=[{**server, "count": 9}])
    more = mounted.run("datacenter", **base, servers=[{**server, "count": 11}])
    assert steps(more) == [("create", "servers/n10"), ("create", "servers/n11")]
    fewer = mounted.run("datacenter", **base, servers=[{**server, "count": 8}])
    assert steps(fewer) == [] and fewer["unmanaged"] == ["servers/n10", "servers/n11", "servers/n9"]
    purged = mounted.run("datacenter", **base, servers=[{**server, "count": 8}], purge=["servers"])
    assert steps(purged) == [("delete", f"servers/n{number}") for number in (11, 10, 9)]


def test_purge_deletes_only_the_kinds_it_names_and_only_from_given_lists() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    left = site(servers=[{"name": "web-01", "nics": [{"name": "front"}]}], loadbalancers=[])
    del left["volumes"], left["labels"]
    plan = mounted.check("datacenter", **left, purge=["servers"])
    assert steps(plan) == [("delete", "servers/web-02"), ("delete", "servers/db")]
    assert plan["unmanaged"] == [
        "loadbalancers/front",
        "servers/web-01/nics/back",
        "servers/web-01/nics/front/firewall_rules/ssh",
        "servers/web-01/volumes/boot",
        "servers/web-01/volumes/data",
        "volumes/boot",
        "volumes/data",
        "volumes/spare",
    ]
    plan = mounted.run("datacenter", **left, purge=["nics", "loadbalancers"])
    assert steps(plan) == [("delete", "loadbalancers/front"), ("delete", "servers/web-01/nics/back")]


def test_a_lan_goes_after_the_nics_in_it() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    left = site(lans=[{"name": "public"}], servers=[], loadbalancers=[])
    purged = mounted.run("datacenter", **left, purge=["all"])
    assert purged["warnings"] == [] and purged["tree"]["servers"] == []
    assert [each["name"] for each in purged["tree"]["lans"]] == ["public"]


# -- references --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "named", "number"),
    [
        (None, ["5"], "1"),
        (None, ["2", "1"], "2"),  # a number that a LAN has means that LAN, whatever another is called
        ([], ["5"], "1"),
        (["a"], ["5"], "2"),
        (["a", "5"], ["a"], "2"),
        (["a"], ["1"], "1"),
        (["a"], ["a"], "5"),  # the service creates it
    ],
)
def test_digits_mean_a_lan_by_its_number_or_else_by_its_name(
    there: list[str] | None, named: list[str], number: str
) -> None:
    mounted = Mounted()
    if there is not None:
        mounted.run("datacenter", name="shop", location="de/fra", lans=[{"name": each} for each in there])
    lan = next((each for each in (*named, *(there or ())) if each.isdigit()), "5")
    nics = [{"name": "n", "lan": lan}]
    options: dict[str, Any] = {"name": "shop", "location": "de/fra", "lans": [{"name": n} for n in named]}
    options["servers"] = [{"name": "web", "cores": 1, "ram": 1024, "nics": nics}]
    done = mounted.run("datacenter", **options)
    if lan in named or there and lan in there:
        assert [str(nic["lan"]) for nic in done["tree"]["servers"][0]["nics"]] == [number]
    assert steps(mounted.run("datacenter", **options)) == []


def test_a_volume_moves_from_one_server_to_another() -> None:
    mounted = Mounted()
    base = {"name": "shop", "location": "de/fra"}
    plain = {"cores": 1, "ram": 1024}
    disk = {"name": "disk", "size": 3, "licence_type": "OTHER"}
    one, two = {"name": "one", **plain}, {"name": "two", **plain}
    mounted.run("datacenter", **base, servers=[{**one, "volumes": [disk]}, {**two, "volumes": []}])
    moved = mounted.run("datacenter", **base, servers=[{**one, "volumes": []}, {**two, "volumes": [disk]}])
    assert steps(moved) == [("detach", "servers/one/volumes/disk"), ("attach", "servers/two/volumes/disk")]
    assert moved["tree"]["volumes"][0]["server_id"] == moved["tree"]["servers"][1]["id"]

    three = {"name": "three", **plain, "volumes": [disk], "boot_volume": "disk"}
    moved = mounted.run("datacenter", **base, servers=[{**two, "volumes": []}, three])
    assert steps(moved) == [("detach", "servers/two/volumes/disk"), ("create", "servers/three")]
    tree = {each["name"]: each for each in moved["tree"]["servers"]}
    assert tree["three"]["boot_volume"] == moved["tree"]["volumes"][0]["id"]
    assert len(moved["tree"]["volumes"]) == 1


@pytest.mark.parametrize(
    "own", [{}, {"volumes": []}, {"volumes": [{"name": "own", "size": 2, "licence_type": "OTHER"}]}]
)
def test_a_volume_of_the_data_center_to_boot_from_is_attached(own: dict[str, Any]) -> None:
    mounted = Mounted()
    server = {"name": "web", "cores": 1, "ram": 1024, "boot_volume": "disk", **own}
    disk = {"name": "disk", "size": 3, "licence_type": "OTHER"}
    options = {"name": "shop", "location": "de/fra", "servers": [server], "volumes": [disk]}
    tree = mounted.run("datacenter", **options)["tree"]
    (made,) = [each["id"] for each in tree["volumes"] if each["name"] == "disk"]
    assert tree["servers"][0]["boot_volume"] == made
    assert steps(mounted.run("datacenter", **options)) == []
    server["boot_volume"] = made.upper()
    assert steps(mounted.run("datacenter", **options)) == []


def test_a_volume_to_boot_from_by_its_id_is_not_another_of_its_name() -> None:
    mounted = Mounted()
    options: dict[str, Any] = {"name": "shop", "location": "de/fra"}
    servers = [{"name": "web", "cores": 1, "ram": 1024}]
    made = mounted.run("datacenter", **options, servers=servers, volumes=blank("data", "more"))["tree"]
    data, more = (each["id"] for each in made["volumes"])
    mounted.run("volume", datacenter="shop", id=more, name="data")
    options |= {"servers": [{"name": "web", "boot_volume": data}], "volumes": [{"id": more}]}
    (server,) = mounted.run("datacenter", **options)["tree"]["servers"]
    assert server["boot_volume"] == data and [each["id"] for each in server["volumes"]] == [data]
    assert steps(mounted.run("datacenter", **options)) == []


def two_servers_that_boot() -> tuple[Mounted, dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """A data center with two servers, the descriptions of both, and three volumes: each has one, and one is spare."""
    mounted = Mounted()
    disks = [{"name": each, "size": 3, "licence_type": "OTHER"} for each in ("root", "other", "spare")]
    plain = {"cores": 1, "ram": 1024}
    web = {"name": "web", **plain, "boot_volume": "root", "volumes": disks[:1]}
    db = {"name": "db", **plain, "volumes": disks[1:2]}
    mounted.run("datacenter", name="shop", location="de/fra", servers=[web, db], volumes=disks[2:])
    return mounted, web, db, disks


@pytest.mark.parametrize(
    ("of_web", "of_db", "loose", "because"),
    [
        ({"volumes": []}, {}, [], "purge would delete the volume root; list it in volumes"),
        ({"boot_volume": "spare"}, {}, [], "purge would delete the volume spare; list it in volumes"),
        ({"boot_volume": "other"}, {}, None, "the volume other stays attached to the server db"),
        ({"boot_volume": "other"}, None, None, "the volume other stays attached to the server db"),
        ({"boot_volume": "other"}, {"volumes": []}, [], "purge would delete the volume other"),
    ],
)
def test_a_server_cannot_boot_from_a_volume_that_the_same_task_takes_from_it(
    of_web: dict[str, Any], of_db: dict[str, Any] | None, loose: list[Any] | None, because: str
) -> None:
    mounted, web, db, _disks = two_servers_that_boot()
    servers = [{**web, **of_web}] + ([] if of_db is None else [{**db, **of_db}])
    options = {"name": "shop", "servers": servers, "volumes": loose, "purge": ["volumes"]}
    for do in (mounted.check, mounted.run):
        with pytest.raises(Unplannable, match=f"servers/web: boot_volume: {because}"):
            do("datacenter", **options)
        assert mounted.writes == []


@pytest.mark.parametrize("kind", ["server", "datacenter"])
def test_an_empty_boot_volume_is_none(kind: str) -> None:
    mounted, web, _db, _disks = two_servers_that_boot()
    options: dict[str, Any] = {"datacenter": "shop", "name": "web", "boot_volume": ""}
    if kind == "datacenter":
        options = {"name": "shop", "servers": [{**web, "boot_volume": ""}]}
    foreseen = mounted.check(kind, **options)
    assert mounted.run(kind, **options)["diff"] == foreseen["diff"]
    assert [call.split()[0] for call in mounted.writes] == ["PATCH"]
    assert mounted.info("server", datacenter="shop", name="web")[0]["boot_volume"] is None
    assert not mounted.run(kind, **options)["changed"]


def test_the_end_of_the_service_s_work_is_seen_within_a_second() -> None:
    mounted = Mounted(seconds=2.0)
    begun = mounted.clock.now()
    server = {"cores": 1, "ram": 1024, "volumes": blank("boot-%02d")}
    servers = [{"name": "web-%02d", "count": 10, **server}]
    mounted.run("datacenter", name="shop", location="de/fra", servers=servers)
    assert [call.split()[0] for call in mounted.writes] == ["POST"]
    assert 2 <= mounted.clock.now() - begun < 3


# By server, the volumes that it has and boots from the first of, and what is then described: the boot volume ("-": not
# named) and the volumes.
HANDED_ON: dict[str, tuple[dict[str, str], dict[str, tuple[str, str]]]] = {
    "two swap": ({"a": "x", "b": "y"}, {"a": ("y", "y"), "b": ("x", "x")}),
    "two swap, listed the other way round": ({"a": "x", "b": "y"}, {"b": ("x", "x"), "a": ("y", "y")}),
    "two swap, and keep another": ({"a": "xd", "b": "ye"}, {"a": ("y", "yd"), "b": ("x", "xe")}),
    "two swap, one is told": ({"a": "x", "b": "y"}, {"a": ("y", "y"), "b": ("-", "x")}),
    "two swap, none is told": ({"a": "x", "b": "y"}, {"a": ("-", "y"), "b": ("-", "x")}),
    "two swap what they do not boot from": ({"a": "xd", "b": "ye"}, {"a": ("x", "xe"), "b": ("y", "yd")}),
    "three in a ring": ({"a": "x", "b": "y", "c": "z"}, {"a": ("y", "y"), "b": ("z", "z"), "c": ("x", "x")}),
    "a ring and a tail": (
        {"a": "x", "b": "y", "c": "zw", "d": "v"},
        {"a": ("y", "y"), "b": ("x", "x"), "c": ("w", "w"), "d": ("z", "zv")},
    ),
    "a chain": ({"a": "xd", "b": "y", "c": "z"}, {"a": ("d", "d"), "b": ("x", "x"), "c": ("y", "yz")}),
    "to one that boots from another": ({"a": "xd", "b": "y"}, {"a": ("d", "d"), "b": ("y", "yx")}),
    "to one that boots from it": ({"a": "xd", "b": "y"}, {"a": ("d", "d"), "b": ("x", "yx")}),
    "from one that is left without": ({"a": "x", "b": "y"}, {"a": ("-", ""), "b": ("x", "yx")}),
    "from one that shall have none": ({"a": "x", "b": "y"}, {"a": ("", ""), "b": ("x", "yx")}),
    "from one with another that shall have none": ({"a": "xd", "b": "y"}, {"a": ("", "d"), "b": ("x", "yx")}),
    "for one, and none for the other": ({"a": "x", "b": "y"}, {"a": ("", "y"), "b": ("x", "x")}),
}


def handed_on(case: str, by_id: bool) -> tuple[Mounted, dict[str, Any]]:
    """A data center as it is before one of `HANDED_ON`, and what is described then."""
    before, after = HANDED_ON[case]
    mounted, plain = Mounted(seconds=1.0), {"cores": 1, "ram": 1024}
    made = mounted.run(
        "datacenter",
        name="shop",
        location="de/fra",
        servers=[
            {"name": name, **plain, "volumes": [{"name": v, "size": 3, "licence_type": "OTHER"} for v in own]}
            for name, own in before.items()
        ],
    )["tree"]
    ids = {each["name"]: each["id"].upper() for each in (*made["volumes"], *made["servers"])}
    mark = "id" if by_id else "name"
    meant = ids if by_id else {name: name for name in ids}
    servers: list[dict[str, Any]] = [
        {mark: meant[name], "volumes": [{mark: meant[each]} for each in own]}
        for name, (_boot, own) in after.items()
    ]
    for server, (boot, _own) in zip(servers, after.values(), strict=True):
        server |= {} if boot == "-" else {"boot_volume": meant.get(boot, "")}
    return mounted, {"name": "shop", "servers": servers}


def booting(result: dict[str, Any]) -> dict[str, tuple[str | None, list[str]]]:
    """By server, the names of the volume that it boots from and of all that it has."""
    names = {each["id"]: each["name"] for each in result["tree"]["volumes"]}
    return {
        each["name"]: (names.get(each["boot_volume"]), sorted(volume["name"] for volume in each["volumes"]))
        for each in result["tree"]["servers"]
    }


@pytest.mark.parametrize("by_id", [False, True], ids=["by name", "by id"])
@pytest.mark.parametrize("case", HANDED_ON)
def test_boot_volumes_change_hands_in_one_run(case: str, by_id: bool) -> None:
    mounted, options = handed_on(case, by_id)
    foreseen = mounted.check("datacenter", **options)
    assert foreseen["changed"] and mounted.writes == []
    done = mounted.run("datacenter", **options)
    assert done["warnings"] == [] and done["plan"] == foreseen["plan"]
    assert len(mounted.writes) == len(done["plan"])
    there, expected = booting(done), booting(foreseen)
    for name, (boot, own) in HANDED_ON[case][1].items():
        assert there[name][1] == expected[name][1] == sorted(own)
        if boot == "-":
            # Which one it boots from then, the service decides.
            assert expected[name][0] is None
        else:
            assert there[name][0] == expected[name][0] == (boot or None)
    assert not mounted.run("datacenter", **options)["changed"] and mounted.writes == []


def test_boot_volumes_change_hands_one_step_after_the_other() -> None:
    mounted, options = handed_on("three in a ring", False)
    options["concurrency"] = 1
    assert mounted.run("datacenter", **options)["changed"]
    assert not mounted.run("datacenter", **options)["changed"]


def test_a_boot_volume_leaves_once_its_server_boots_from_another_unless_that_cannot_be() -> None:
    mounted, options = handed_on("a chain", False)
    mounted.run("datacenter", **options)
    assert [call.split()[0] for call in mounted.writes] == ["PATCH", *["DELETE", "POST", "PATCH"] * 2]
    mounted, options = handed_on("three in a ring", False)
    mounted.run("datacenter", **options)
    assert [call.split()[0] for call in mounted.writes] == ["DELETE", "POST", "PATCH"] * 3


def test_steps_that_would_wait_for_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    mounted, options = handed_on("two swap", False)

    def in_a_circle(steps: list[Any], _holders: Any) -> list[Any]:
        return [
            step.but(waits_for=(*step.waits_for, ("update", step.path[:2])))
            if step.verb == "detach"
            else step
            for step in steps
        ]

    monkeypatch.setattr(planner, "in_turn", in_a_circle)
    for do in (mounted.check, mounted.run):
        with pytest.raises(
            CloudError, match="update of server a, detach of volume b/y, .*wait for each other"
        ):
            do("datacenter", **options)
        assert mounted.writes == []


def test_a_lan_is_not_purged_while_nics_stay_in_it() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    lans, servers = [{"name": "public"}], [{"name": "db", "nics": []}]
    options: dict[str, Any] = {"name": "shop", "lans": lans, "servers": servers, "purge": ["lans", "nics"]}
    for do in (mounted.check, mounted.run):
        with pytest.raises(CloudError) as caught:
            do("datacenter", **options)
        says = "lans/private: purge would delete the LAN, but NICs are left in it: web-01/back, web-02/back; list it"
        assert says in str(caught.value) and mounted.writes == []
    options["servers"] = [
        {"name": "web-%02d", "count": 2, "nics": [{"name": "back", "lan": "public"}]},
        *servers,
    ]
    foreseen = mounted.check("datacenter", **options)
    assert foreseen["plan"] == mounted.run("datacenter", **options)["plan"]
    assert ("delete", "lans/private") in steps(foreseen)
    assert not mounted.run("datacenter", **options)["changed"]


def test_what_cannot_be_repeated_is_not_said_to_have_changed_nothing() -> None:
    mounted = Mounted()
    made = mounted.run("datacenter", **SITE)["tree"]
    lan = next(each["id"] for each in made["lans"] if each["name"] == "public")
    nic = {"name": "front", "lan": "public"}
    servers = [{"name": "web-01", "nics": [nic]}]
    renamed = mounted.run("datacenter", name="shop", lans=[{"id": lan, "name": "outside"}], servers=servers)
    assert steps(renamed) == [("update", "lans/outside")]
    (warning,) = renamed["warnings"]
    assert "there is no LAN 'public'" in warning and "Nothing was changed" not in warning


def test_a_volume_of_a_server_that_is_not_described_stays_where_it_is() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    grown = mounted.run(
        "datacenter", name="shop", volumes=[{"name": "spare", "size": 6}], servers=[{"name": "web-01"}]
    )
    assert steps(grown) == [("update", "volumes/spare")]


def test_a_failover_group_follows_the_nic_that_it_names() -> None:
    mounted = Mounted()
    address = mounted.cloud.transport.call(
        "POST", "ipblocks", body={"properties": {"location": "de/fra", "size": 1}}
    ).data["properties"]["ips"][0]
    group = {"ip": address, "nic_id": "web/front"}
    options = {
        "name": "shop",
        "location": "de/fra",
        "lans": [{"name": "public", "public": True, "ip_failover": [group]}],
        "servers": [
            {
                "name": "web",
                "cores": 1,
                "ram": 1024,
                "nics": [{"name": "front", "lan": "public", "ips": [address]}],
            }
        ],
    }
    created = mounted.run("datacenter", **options)
    assert writing(mounted.writes) == ["POST datacenters", "PATCH 1"] and created["warnings"] == []
    nic = created["tree"]["servers"][0]["nics"][0]["id"]
    assert created["tree"]["lans"][0]["ip_failover"] == [{"ip": address, "nic_id": nic}]
    assert steps(mounted.run("datacenter", **options)) == []
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert description["lans"][0]["ip_failover"] == [group]
    assert description["servers"][0]["nics"][0]["ips"] == [address]
    assert steps(mounted.run("datacenter", **description)) == []


def test_failover_groups_follow_the_addresses_that_nics_get_and_give_up() -> None:
    mounted = Mounted()
    mounted.run("ipblock", name="web", location="de/fra", size=2)
    lan = {"name": "public", "public": True}

    def told(groups: list[Any], **ips: list[str]) -> dict[str, Any]:
        servers = [
            {"name": name, "cores": 1, "ram": 1024, "nics": [{"name": "front", "lan": "public", "ips": each}]}
            for name, each in ips.items()
        ]
        return {
            "name": "shop",
            "location": "de/fra",
            "lans": [{**lan, "ip_failover": groups}],
            "servers": servers,
        }

    mounted.run("datacenter", **told([], master=[], slave=[]))
    group = {"ip": "web.0", "nic_id": "master/front"}
    for options, updates in (
        (told([group], master=["web.0"], slave=["web.0"]), ["nics", "nics", "lans"]),
        (told([{**group, "ip": "web.1"}], master=["web.1"], slave=["web.1"]), ["nics", "nics", "lans"]),
        (told([], master=["web.1"], slave=["web.0"]), ["nics", "lans"]),
    ):
        assert mounted.check("datacenter", **options)["plan"] == mounted.run("datacenter", **options)["plan"]
        assert [call.split("/")[-2] for call in mounted.writes] == updates
        assert not mounted.run("datacenter", **options)["changed"]


@pytest.mark.parametrize("renamed", ["server", "nic", "both"])
def test_a_nic_is_named_as_the_task_renames_it(renamed: str) -> None:
    mounted = Mounted()
    mounted.run("ipblock", name="web", location="de/fra", size=1)
    nic = {"name": "front", "lan": "public", "ips": ["web.0"]}
    server = {"name": "web", "cores": 1, "ram": 1024, "nics": [nic]}
    lan = {"name": "public", "public": True}
    made = mounted.run("datacenter", name="shop", location="de/fra", lans=[lan], servers=[server])["tree"][
        "servers"
    ][0]
    if renamed != "nic":
        server |= {"id": made["id"], "name": "shop"}
    if renamed != "server":
        nic |= {"id": made["nics"][0]["id"], "name": "outside"}
    mark = f"{server['name']}/{nic['name']}"
    options = {
        "name": "shop",
        "lans": [{**lan, "ip_failover": [{"ip": "web.0", "nic_id": mark}]}],
        "servers": [server],
        "loadbalancers": [{"name": "front", "balanced_nics": [mark]}],
    }
    foreseen = mounted.check("datacenter", **options)
    done = mounted.run("datacenter", **options)
    assert done["plan"] == foreseen["plan"] and done["warnings"] == []
    assert done["tree"]["lans"][0]["ip_failover"][0]["nic_id"] == made["nics"][0]["id"]
    assert done["tree"]["loadbalancers"][0]["balanced_nics"] == [made["nics"][0]["id"]]
    assert not mounted.run("datacenter", **options)["changed"]


@pytest.mark.parametrize("other", [{"name": "other", "public_ip": "web.0"}, None], ids=["moved", "deleted"])
def test_a_gateway_gives_up_an_address_once_no_rule_uses_it(other: dict[str, Any] | None) -> None:
    mounted = Mounted()
    mounted.run("ipblock", name="web", location="de/fra", size=2)
    one, two = (
        {"name": name, "source_subnet": f"10.{n}.0.0/16", "public_ip": f"web.{n}"}
        for n, name in enumerate(("all", "other"))
    )
    gateway = {
        "name": "out",
        "public_ips": ["web.0", "web.1"],
        "lans": [{"lan": "private"}],
        "rules": [one, two],
    }
    lans = [{"name": "private"}]
    mounted.run("datacenter", name="shop", location="de/fra", lans=lans, nat_gateways=[gateway])
    gateway |= {"public_ips": ["web.0"], "rules": [one, *([other] if other else [])]}
    options = {"name": "shop", "nat_gateways": [gateway], "purge": ["rules"]}
    foreseen = mounted.check("datacenter", **options)
    assert foreseen["plan"] == mounted.run("datacenter", **options)["plan"] and len(foreseen["plan"]) == 2
    assert not mounted.run("datacenter", **options)["changed"]


def test_a_flow_log_takes_the_place_of_another() -> None:
    mounted = Mounted()
    log = {"action": "ALL", "direction": "INGRESS", "bucket": "logs"}

    def told(name: str) -> dict[str, Any]:
        nic = {"name": "front", "lan": "public", "flow_logs": [{"name": name, **log}]}
        server = {"name": "web", "cores": 1, "ram": 1024, "nics": [nic]}
        lans = [{"name": "public", "public": True}]
        return {
            "name": "shop",
            "location": "de/fra",
            "lans": lans,
            "servers": [server],
            "purge": ["flow_logs"],
        }

    mounted.run("datacenter", **told("one"))
    foreseen = mounted.check("datacenter", **told("two"))
    assert foreseen["plan"] == mounted.run("datacenter", **told("two"))["plan"]
    assert [call.split()[0] for call in mounted.writes] == ["DELETE", "POST"]
    assert not mounted.run("datacenter", **told("two"))["changed"]


def test_objects_without_a_name_or_with_a_shared_one_are_described_by_id() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    datacenter = mounted.info("datacenter", name="shop")[0]["id"]
    for _each in range(2):
        body = {"properties": {"name": "twin", "size": 1, "licenceType": "OTHER"}}
        mounted.cloud.transport.call("POST", f"datacenters/{datacenter}/volumes", body=body)
    mounted.cloud.transport.call("POST", f"datacenters/{datacenter}/lans", body={"properties": {}})
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert [each["name"] for each in description["volumes"] if "id" in each] == ["twin", "twin"]
    assert [each["id"] for each in description["lans"] if "name" not in each] == ["3"]
    again = mounted.run("datacenter", **description)
    assert steps(again) == [] and again["unmanaged"] == []
    with pytest.raises(AmbiguousName, match="2 volumes match 'twin'"):
        mounted.run("datacenter", name="shop", volumes=[{"name": "twin", "size": 2}])


def test_servers_of_a_template_are_suspended_and_described() -> None:
    mounted = Mounted()
    cube = {
        "name": "cube",
        "type": "CUBE",
        "template": "CUBES XS",
        "state": "stopped",
        "volumes": [{"name": "disk", "disk_type": "DAS", "licence_type": "LINUX"}],
    }
    vcpu = {"name": "vcpu", "type": "VCPU", "cores": 1, "ram": 1024}
    options = {"name": "shop", "location": "de/fra", "servers": [cube, vcpu]}
    created = mounted.run("datacenter", **options)
    assert created["warnings"] == [] and writing(mounted.writes) == ["POST datacenters", "POST suspend"]
    assert steps(mounted.run("datacenter", **options)) == []
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert steps(mounted.run("datacenter", **description)) == []
    assert steps(mounted.run("datacenter", **{**description, "name": "copy"})) == [
        ("create", ""),
        ("suspend", "servers/cube"),
    ]
    started = {**options, "servers": [{**cube, "state": "running"}]}
    mounted.run("datacenter", **started)
    assert writing(mounted.writes) == ["POST resume"]
    gone = mounted.run("datacenter", name="shop", servers=[], purge=["servers"])
    assert gone["tree"]["volumes"] == [] and gone["warnings"] == []


def test_cross_connects_blocks_and_cd_roms_are_named_as_elsewhere() -> None:
    mounted = Mounted()
    pcc = mounted.run("pcc", name="joint")["pcc"]["id"]
    cdrom = mounted.info("image", image_type="CDROM", location="de/fra")[0]["id"]
    server = {"name": "web", "cores": 1, "ram": 1024, "boot_cdrom": cdrom}
    lans = [{"name": "joined", "pcc": "joint"}, {"name": "six", "ipv6_cidr_block": "AUTO"}]
    options = {"name": "shop", "location": "de/fra", "lans": lans, "servers": [server]}
    created = mounted.run("datacenter", **options)
    assert created["warnings"] == [] and len(mounted.writes) == 1
    assert created["tree"]["lans"][0]["pcc"] == pcc and created["tree"]["servers"][0]["cdroms"] == [cdrom]
    assert steps(mounted.run("datacenter", **options)) == []
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert steps(mounted.run("datacenter", **description)) == []

    mounted.run("datacenter", **{**options, "servers": [{"name": "db", "cores": 1, "ram": 1024}]})
    later = {**options, "servers": [{**server, "name": "db"}]}
    assert steps(mounted.run("datacenter", **later)) == [("attach", "servers/db"), ("update", "servers/db")]
    assert steps(mounted.run("datacenter", **later)) == []


def test_a_balancer_s_address_does_not_count_as_one_of_its_nics() -> None:
    mounted = Mounted()
    block = mounted.run("ipblock", name="block", location="de/fra", size=2)["ipblock"]["ips"]
    nic = {"name": "front", "lan": "public", "ips": [block[1]]}
    server = {"name": "web", "cores": 1, "ram": 1024, "nics": [nic]}
    balancer = {"name": "lb", "ip": block[0], "balanced_nics": ["web/front"]}
    options = {
        "name": "shop",
        "location": "de/fra",
        "lans": [{"name": "public", "public": True}],
        "servers": [server],
        "loadbalancers": [balancer],
    }
    created = mounted.run("datacenter", **options)
    assert created["warnings"] == []
    assert set(created["tree"]["servers"][0]["nics"][0]["ips"]) == set(block)
    assert steps(mounted.run("datacenter", **options)) == []
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    assert description["servers"][0]["nics"][0]["ips"] == [block[1]]
    assert description["loadbalancers"][0]["ip"] == block[0]
    assert steps(mounted.run("datacenter", **description)) == []


# -- what it refuses ---------------------------------------------------------------------------------------------


def test_all_that_cannot_change_is_told_at_once_and_nothing_is_written() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    wrong = site(location="us/las", volumes=[{"name": "spare", "size": 5, "disk_type": "SSD"}])
    wrong["servers"][1]["type"] = "VCPU"
    wrong["servers"][0]["cores"] = 5
    for work in (mounted.run, mounted.check):
        with pytest.raises(Unplannable) as caught:
            work("datacenter", **wrong)
        assert mounted.writes == []
        for said in (
            "location (is 'de/fra', wanted 'us/las')",
            "volumes/spare: ",
            "servers/db: ",
            "disk_type",
        ):
            assert said in str(caught.value)


def test_a_lan_that_is_deleted_is_none_to_join() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    wrong = site(lans=[{"name": "public"}])
    with pytest.raises(Unplannable, match="lan: there is no LAN 'private'"):
        mounted.run("datacenter", **wrong, purge=["lans"])
    assert mounted.writes == []


def test_lost_answers_are_told_beside_what_failed() -> None:
    mounted = Mounted(retries=0)
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.fault("drop_before", "POST", r"/volumes$")
    mounted.fault("status", "POST", r"/lans$", status=422, code="100", message="no")
    with pytest.raises(StepsFailed) as caught:
        mounted.run("datacenter", **SITE, concurrency=1)
    failed = {each["path"] for each in caught.value.facts()["failed_steps"]}
    assert failed == {"lans/public", "volumes/spare"}


@pytest.mark.parametrize(
    ("changes", "error", "text"),
    [
        ({"servers": [{"name": "web", "count": 2}]}, InvalidOption, "needs a placeholder for the number"),
        ({"lans": [{"name": "a"}, {"name": "a"}]}, InvalidOption, "lans: the LAN 'a' is listed twice"),
        ({"servers": [{"name": "x", "cores": 1}]}, Unplannable, "servers/x: ram: needed to create"),
        (
            {"servers": [{"name": "x", "cores": 1, "ram": 1024, "nics": [{"name": "n", "lan": "nowhere"}]}]},
            Unplannable,
            "servers/x/nics/n: lan: there is no LAN 'nowhere'",
        ),
        (
            {"servers": [{"name": "x", "cores": 1, "ram": 1024, "volumes": [{"name": "v", "size": 1}]}]},
            Unplannable,
            "servers/x/volumes/v: image: give an image",
        ),
        (
            {"loadbalancers": [{"name": "l", "balanced_nics": ["web/eth0"]}], "servers": []},
            Unplannable,
            "loadbalancers/l: balanced_nics: there is no NIC 'web/eth0'",
        ),
        ({"lans": [{"id": "7", "name": "a"}]}, NotFound, "lans.id: there is no LAN '7'"),
        ({"servers": [{"name": "x", "cores": 0, "ram": 1024}]}, InvalidOption, "cores: 0 is below"),
    ],
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_what_cannot_work_is_refused_before_anything_is_written(
    there: bool, changes: dict[str, Any], error: type[CloudError], text: str
) -> None:
    mounted = Mounted()
    base = {"name": "shop", "location": "de/fra"}
    if there:
        mounted.run("datacenter", **base)
    with pytest.raises(error) as caught:
        mounted.run("datacenter", **base, **changes)
    assert text in str(caught.value) and mounted.writes == []


# -- failures ----------------------------------------------------------------------------------------------------


def test_a_failed_step_leaves_the_rest_to_be_done_and_a_rerun_does_what_is_left() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.fault("fail_request", "POST", r"/lans$", skip=1, message="[VDC-5-0] no LAN today")
    with pytest.raises(StepsFailed) as caught:
        mounted.run("datacenter", **SITE, concurrency=1)
    facts = caught.value.facts()
    assert facts["changed"]
    (failed,) = facts["failed_steps"]
    assert failed["path"] == "lans/private" and failed["request_id"] and "no LAN today" in failed["message"]
    assert {each["path"] for each in facts["applied"]} == {"labels/env", "volumes/spare", "lans/public"}
    left = [(each["verb"], each["path"]) for each in facts["left_steps"]]
    assert ("create", "servers/web-01") in left and ("create", "loadbalancers/front") in left
    assert "no LAN today" in str(caught.value) and failed["request_id"] in str(caught.value)

    again = mounted.run("datacenter", **SITE)
    assert {path for _verb, path in steps(again)} == {path for _verb, path in left} | {"lans/private"}
    assert steps(mounted.run("datacenter", **SITE)) == []


def test_a_refused_step_is_told_too() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    mounted.fault("status", "PATCH", r"/volumes/", status=422, code="100", message="not that size")
    changed = site(volumes=[{"name": "spare", "size": 6}], lans=[{"name": "public", "public": False}])
    with pytest.raises(StepsFailed) as caught:
        mounted.run("datacenter", **changed)
    assert [each["path"] for each in caught.value.facts()["applied"]] == ["lans/public"]
    assert "not that size" in caught.value.facts()["failed_steps"][0]["message"]


@pytest.mark.parametrize("kind", ["drop_after", "half"])
@pytest.mark.parametrize("path", [r"datacenters$", r"/lans$", r"/servers$", r"/loadbalancers$", r"/stop$"])
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_a_lost_answer_makes_nothing_twice(there: bool, path: str, kind: str) -> None:
    mounted = Mounted(seconds=2.0)
    if there:
        mounted.run("datacenter", name="shop", location="de/fra")
    mounted.fault(kind, "POST", path)
    result = mounted.run("datacenter", **SITE)
    assert result["warnings"] == []
    assert [each["name"] for each in mounted.info("datacenter")] == ["shop"]
    tree = result["tree"]
    assert [len(tree[name]) for name in ("lans", "servers", "volumes", "loadbalancers")] == [2, 3, 5, 1]
    assert steps(mounted.run("datacenter", **SITE)) == []


def test_an_answer_that_is_lost_time_and_again_fails_the_task() -> None:
    mounted = Mounted(retries=2)
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.fault("drop_before", "POST", r"/lans$", times=0)
    with pytest.raises(StepsFailed, match="create of LAN"):
        mounted.run("datacenter", **SITE)


def test_what_takes_too_long_fails_with_what_was_done() -> None:
    mounted = Mounted(seconds=20.0)
    mounted.service.settings.provision_seconds = 0.0
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.service.settings.provision_seconds = 20.0
    with pytest.raises(StepsFailed, match="not finished after wait_timeout=30 seconds") as caught:
        mounted.run("datacenter", **SITE, wait_timeout=30)
    applied = [each["path"] for each in caught.value.facts()["applied"]]
    assert applied and len(applied) < len(steps(mounted.check("datacenter", **SITE))) + len(applied)
    mounted.clock.sleep(600)
    mounted.run("datacenter", **SITE, wait_timeout=600)
    assert steps(mounted.run("datacenter", **SITE)) == []


def test_without_waiting_only_what_others_need_is_awaited() -> None:
    mounted = Mounted(seconds=5.0)
    begun = mounted.clock.now()
    lans = {"name": "shop", "location": "de/fra", "lans": [{"name": "a"}, {"name": "b"}]}
    result = mounted.run("datacenter", **lans, wait=False)
    assert mounted.clock.now() - begun < 1 and result["tree"]["state"] == "BUSY"
    assert result["request_id"]
    mounted.run("datacenter", **SITE, wait=False)
    assert mounted.clock.now() - begun > 10


def test_progress_tells_how_many_steps_are_done() -> None:
    mounted = Mounted(seconds=3.0)
    told: list[tuple[str, str]] = []
    mounted.cloud.progress = lambda what, says, seconds: told.append((what, says))
    mounted.run("datacenter", **SITE)
    assert ("create of data center shop", "0 of 4 steps done") in told
    assert any(says.startswith("3 of 4") or says.startswith("2 of 4") for _what, says in told)


# -- interruptions -----------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone."""


def kill(mounted: Mounted, number: int, after: bool) -> None:
    """Let the process die at its call of this number, before or after it takes effect."""
    calls = count(1)

    def fatal(_request: PreparedRequest, go: Callable[[], Response]) -> Response:
        last = next(calls) == number
        if last and not after:
            raise Killed
        answer = go()
        if last:
            raise Killed
        return answer

    intercept(mounted.cloud.transport, fatal)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_killed_at_any_request_a_rerun_converges(there: bool, after: bool) -> None:
    """A build is killed at each of its requests in turn; what is there in the end is the same, and once."""

    def build() -> Mounted:
        mounted = Mounted(seconds=1.0)
        if there:
            mounted.run("datacenter", name="shop", location="de/fra")
        return mounted

    for number in count(1):
        mounted = build()
        kill(mounted, number, after)
        try:
            mounted.run("datacenter", **SITE, concurrency=1)
        except Killed:
            mounted.cloud = mounted.client(6)
        else:
            break
        again = mounted.run("datacenter", **SITE)
        assert again["warnings"] == []
        assert [each["name"] for each in mounted.info("datacenter")] == ["shop"]
        tree = again["tree"]
        counts = [len(tree[name]) for name in ("lans", "servers", "volumes", "loadbalancers")]
        assert counts == [2, 3, 5, 1], number
        assert steps(mounted.run("datacenter", **SITE)) == []
    assert number > 10


@pytest.mark.parametrize("name", ["boot", ""])
def test_of_several_objects_of_one_name_each_is_deleted(name: str) -> None:
    """Volumes of several servers, and NICs without a name of one LAN, which waits for all of them."""
    mounted = Mounted()
    disk_of = {"name": "boot", "size": 5, "licence_type": "OTHER"}
    servers = [
        {"name": f"web-{number}", "cores": 1, "ram": 1024, "volumes": [disk_of]} for number in range(3)
    ]
    base = {"name": "shop", "location": "de/fra", "lans": [{"name": "in", "public": False}]}
    tree = mounted.run("datacenter", **base, servers=servers)["tree"]
    for server in tree["servers"]:
        home = f"datacenters/{tree['id']}/servers/{server['id']}/nics"
        for _twice in range(2):
            mounted.cloud.transport.call("POST", home, body={"properties": {"name": name, "lan": 1}})
    kept = [{"name": "web-0", "volumes": [], "nics": []}]
    done = mounted.run(
        "datacenter",
        name="shop",
        lans=[],
        volumes=[],
        servers=kept,
        purge=["servers", "volumes", "nics", "lans"],
    )
    assert done["warnings"] == []
    assert done["tree"]["volumes"] == done["tree"]["lans"] == done["tree"]["servers"][0]["nics"] == []
    assert len({call for call in mounted.writes if "/volumes/" in call}) == 3
