# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Info modules: all, by id, by name, in check mode, with few requests, and an empty list where there is none."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

CHECK = {"check_mode": True}
NOWHERE = "00000000-0000-4000-8000-000000000000"
PARENTS = {
    "datacenter": [],
    "lan": ["datacenter"],
    "server": ["datacenter"],
    "volume": ["datacenter"],
    "nic": ["datacenter", "server"],
    "firewall_rule": ["datacenter", "server", "nic"],
}
NAMES = {"datacenter": "shop", "server": "web", "nic": "front", "lan": "public", "volume": "boot"}
NAMES["firewall_rule"] = "ssh"


@pytest.mark.parametrize("version", [4, 5, 6])
def test_each_reads_all_one_or_none(play: Runner, version: int) -> None:
    ids = play.shop()
    tasks = []
    for kind, parents in PARENTS.items():
        info = f"{kind}_info"
        by_names = {parent: NAMES[parent] for parent in parents}
        by_ids = {parent: ids[parent] for parent in parents}
        unknown = "99" if kind == "lan" else NOWHERE
        tasks += [
            task(f"{kind}: all", info, **by_names),
            task(f"{kind}: all, in check mode", info, CHECK, **by_ids),
            task(f"{kind}: by name", info, **by_names, name=NAMES[kind]),
            task(f"{kind}: by id", info, **by_ids, id=ids[kind]),
            task(f"{kind}: by id as name", info, **by_ids, name=ids[kind]),
            task(f"{kind}: no such name", info, **by_names, name="nowhere"),
            task(f"{kind}: no such id", info, **by_ids, id=unknown),
            task(f"{kind}: no id", info, **by_ids, id="not an id"),
        ]
        tasks += [task(f"{kind}: no such {each}", info, **{**by_names, each: "nowhere"}) for each in parents]
    done = play(tasks, version=version)
    for kind, parents in PARENTS.items():
        plural = f"{kind}s"
        everything = done[f"{kind}: all"][plural]
        assert done[f"{kind}: all, in check mode"][plural] == everything
        (one,) = done[f"{kind}: by id"][plural]
        assert one["id"] == ids[kind] and one["name"] == NAMES[kind] and one in everything
        assert done[f"{kind}: by name"][plural] == [one]
        # The number of a LAN may as well be the name of another.
        assert done[f"{kind}: by id as name"][plural] == ([] if kind == "lan" else [one])
        for name in ("no such name", "no such id"):
            assert done[f"{kind}: {name}"][plural] == []
        assert done[f"{kind}: no id"].msg.startswith("id: 'not an id' is not the ")
        for parent in parents:
            assert done[f"{kind}: no such {parent}"].msg.startswith(f"{parent}: there is no")
    for each in done:
        # What is not found costs one read more, for the names that are much like the wanted one.
        missing = ": no such" in each.name
        assert each.writes == [] and len(each.calls) <= (
            2 if (version == 6 or "volume" not in each.name) and not missing else 3
        )
        assert each.status == "failed" or not each.changed


@pytest.mark.parametrize("version", [4, 6])
def test_nics_of_a_lan_by_its_name_or_number(play: Runner, version: int) -> None:
    ids = play.shop()
    done = play(
        [
            task("by name", "nic_info", datacenter="shop", server="web", lan="public"),
            task("by number", "nic_info", datacenter=ids["datacenter"], server=ids["server"], lan="1"),
            task(
                "by ids and a name",
                "nic_info",
                datacenter=ids["datacenter"],
                server=ids["server"],
                lan="public",
            ),
            task("no such LAN", "nic_info", datacenter="shop", server="web", lan="nowhere"),
        ],
        version=version,
    )
    for name in ("by name", "by number", "by ids and a name"):
        assert [each["name"] for each in done[name]["nics"]] == ["front"]
        # Version 4 shows no more than five levels in one answer.
        assert len(done[name].calls) <= (2 if version == 6 else 3)
    assert done["no such LAN"].msg.startswith("lan: there is no LAN 'nowhere'")


def test_users(play: Runner) -> None:
    done = play(
        [
            task("all", "user_info"),
            task("by email", "user_info", CHECK, email="DEMO@example.com"),
            task("no such email", "user_info", email="nobody@example.com"),
        ]
    )
    (demo,) = done["by email"]["users"]
    # Each task is a login of this user.
    (listed,) = [
        {**user, "last_login": demo["last_login"]}
        for user in done["all"]["users"]
        if user["id"] == demo["id"]
    ]
    assert demo["email"] == "demo@example.com" and demo == listed
    assert "password" not in str(demo) and done["no such email"]["users"] == []


@pytest.mark.parametrize("version", [4, 5, 6])
def test_locations(play: Runner, version: int) -> None:
    done = play(
        [
            task("all", "location_info"),
            task("by id", "location_info", CHECK, id="de/fra"),
            task("by name", "location_info", name="Frankfurt"),
            task("by id as name", "location_info", name="de/fra"),
            task("no such name", "location_info", name="atlantis"),
            task("no such id", "location_info", id="xx/yyy"),
            task("no id", "location_info", id="frankfurt"),
        ],
        version=version,
    )
    everything = done["all"]["locations"]
    assert {"de/fra", "de/fkb", "us/las", "us/ewr"} <= {each["id"] for each in everything}
    (frankfurt,) = done["by id"]["locations"]
    assert done["by name"]["locations"] == done["by id as name"]["locations"] == [frankfurt]
    assert "ubuntu:latest" in frankfurt["image_aliases"]
    assert bool(frankfurt["cpu_architecture"]) is (version == 6)
    if version == 6:
        keys = {"cpu_family", "enabled_features", "max_cores", "max_ram", "vendor"}
        assert set(frankfurt["cpu_architecture"][0]) == keys
    assert done["no such name"]["locations"] == done["no such id"]["locations"] == []
    assert done["no id"].msg == "id: 'frankfurt' is not the id such as de/fra or de/fra/2 of a location"
    assert all(len(each.calls) <= 1 for each in done)


@pytest.mark.parametrize("version", [4, 5, 6])
def test_images_by_part_of_the_name_location_type_licence_and_alias(play: Runner, version: int) -> None:
    one = play.call(
        "GET", "images?depth=1&filter.name=ubuntu-22.04&filter.location=de/fra&filter.imageType=HDD"
    )
    ubuntu = one["items"][0]
    play.cloud.add_image({"name": "my-own", "size": 3, "location": "us/las", "imageType": "HDD"}, None)
    done = play(
        [
            task("all", "image_info"),
            task("part of the name", "image_info", name="uBuNtU-22"),
            task("location", "image_info", CHECK, location="us/las"),
            task("type", "image_info", image_type="CDROM"),
            task("licence", "image_info", licence_type="WINDOWS2019" if version > 4 else "WINDOWS2016"),
            task("several", "image_info", name="ubuntu-22.04", location="de/fra", image_type="HDD"),
            task("own", "image_info", public=False),
            task("public", "image_info", public=True),
            task("id", "image_info", id=ubuntu["id"]),
            task("none", "image_info", name="no such image"),
            task("alias", "image_info", alias="ubuntu:22.04", location="de/fra", image_type="HDD"),
        ],
        version=version,
    )
    everything = done["all"]["images"]
    assert len(everything) > 100

    def found(name: str) -> list[str]:
        return sorted(each["id"] for each in done[name]["images"])

    def wanted(**values: object) -> list[str]:
        return sorted(
            each["id"] for each in everything if all(each[key] == value for key, value in values.items())
        )

    by_name = sorted(each["id"] for each in everything if "ubuntu-22" in each["name"].lower())
    assert found("part of the name") == by_name and by_name
    assert found("location") == wanted(location="us/las") and found("type") == wanted(image_type="CDROM")
    licence = "WINDOWS2019" if version > 4 else "WINDOWS2016"
    assert found("licence") == wanted(licence_type=licence) and found("licence")
    assert found("several") == [ubuntu["id"]] == found("id")
    assert "my-own" in [each["name"] for each in done["own"]["images"]] and found("own") == wanted(
        public=False
    )
    assert found("public") == wanted(public=True)
    assert found("none") == []
    if version == 4:
        assert done["alias"].msg.startswith("alias: the service accepts this option from version 5")
    else:
        assert found("alias") == [ubuntu["id"]]
    assert all(len(each.calls) <= 1 and each.writes == [] for each in done)


def test_a_module_defaults_group_gives_all_modules_their_connection(play: Runner) -> None:
    """The runner itself uses it; without it a task has no credentials."""
    done = play([task("with", "datacenter_info"), task("without", "datacenter_info", token="")], defaults={})
    assert done["with"].msg.startswith("No credentials: give token, or username and password")
    assert done["without"].msg == done["with"].msg
    assert play([task("given", "datacenter_info")])["given"]["datacenters"] == []
    for group in ("profitbricks.cloud.profitbricks", "profitbricks.cloud.all"):
        defaults = {f"group/{group}": {"api_url": play.api(), "token": "demo-token"}}
        done = play([task("in a task", "datacenter_info", {"module_defaults": defaults})], defaults={})
        assert done["in a task"]["datacenters"] == []
