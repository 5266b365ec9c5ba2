# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers: power, size, boot devices, what is nested in them, and what becomes of their volumes."""

from __future__ import annotations

from typing import Any

import pytest

from integration.runner import Runner, task

WEB = {"datacenter": "shop", "name": "web"}
PASSWORD = "sEcret4pass"
BLANK = {"size": 5, "licence_type": "OTHER"}


def image(play: Runner, kind: str = "HDD", number: int = 0, location: str = "de/fra") -> str:
    """The id of a public image."""
    found = [
        each["id"]
        for each in play.call("GET", "images?depth=1")["items"]
        if (each["properties"]["imageType"], each["properties"]["location"]) == (kind, location)
    ]
    return str(found[number])


@pytest.mark.parametrize("version", [4, 5, 6])
def test_power(play: Runner, version: int) -> None:
    play.shop()
    new = {"datacenter": "shop", "name": "db", "cores": 1, "ram": 1024}
    done = play(
        [
            task("runs already", "server", **WEB, state="running"),
            task("stop", "server", **WEB, state="stopped"),
            task("stop again", "server", **WEB, state="stopped"),
            task("present leaves power alone", "server", **WEB, state="present"),
            task("foretell start", "server", {"check_mode": True}, **WEB, state="running"),
            task("start", "server", **WEB, state="running"),
            task("foretell reset", "server", {"check_mode": True}, **WEB, state="restarted"),
            task("reset", "server", **WEB, state="restarted"),
            task("reset again", "server", **WEB, state="restarted"),
            task("more cores and stopped", "server", **WEB, cores=4, state="stopped"),
            task("reset of a stopped one starts it", "server", **WEB, state="restarted"),
            task("new and stopped", "server", **new, state="stopped"),
            task("new and stopped again", "server", **new, state="stopped"),
            task("absent", "server", **{**new, "state": "absent"}),
        ],
        version=version,
    )
    assert not done["runs already"].changed and done["runs already"].writes == []
    stopped = done["stop"]
    assert stopped.changed and stopped["actions"] == ["stop"]
    assert (stopped["server"]["vm_state"], stopped["server"]["state"]) == ("SHUTOFF", "INACTIVE")
    assert not done["stop again"].changed
    assert not done["present leaves power alone"].changed
    assert done["present leaves power alone"]["server"]["vm_state"] == "SHUTOFF"
    for name, verb in (("foretell start", "start"), ("foretell reset", "reboot")):
        assert done[name].changed and done[name]["actions"] == [verb] and done[name].writes == []
        assert done[name]["server"]["vm_state"] == "RUNNING"
    assert done["start"]["actions"] == ["start"] and done["start"]["server"]["vm_state"] == "RUNNING"
    for name in ("reset", "reset again"):
        assert done[name].changed and done[name]["actions"] == ["reboot"] and done[name].writes == ["POST"]
    both = done["more cores and stopped"]
    assert both["actions"] == ["stop", "update"] and both["server"]["cores"] == 4
    assert both["server"]["vm_state"] == "SHUTOFF"
    assert done["reset of a stopped one starts it"]["actions"] == ["start"]
    assert done["new and stopped"]["actions"] == ["create", "stop"]
    assert done["new and stopped"]["server"]["vm_state"] == "SHUTOFF"
    assert not done["new and stopped again"].changed
    assert done["absent"].changed


def test_size_and_kind(play: Runner) -> None:
    play.shop()
    new = {"datacenter": "shop", "name": "db", "cores": 1, "ram": 1024}
    done = play(
        [
            task(
                "whole",
                "server",
                **new,
                availability_zone="ZONE_1",
                cpu_family="INTEL_SKYLAKE",
                hostname="db-01",
            ),
            task(
                "whole again",
                "server",
                **new,
                availability_zone="ZONE_1",
                cpu_family="INTEL_SKYLAKE",
                hostname="db-01",
            ),
            task("smaller", "server", **{**new, "ram": 512}),
            task("odd", "server", **{**new, "ram": 1000}),
            task("tiny", "server", **{**new, "ram": 128}),
            task("hot plug", "server", **WEB, ram=768),
            task("another family", "server", **{**new, "cpu_family": "AMD_EPYC"}),
            task("no host name", "server", {"diff": True}, datacenter="shop", name="db", hostname=""),
            task("no host name again", "server", datacenter="shop", name="db", hostname=None),
            task("another kind", "server", **new, type="VCPU"),
            task("too many cores", "server", **{**new, "cores": 100000}),
        ]
    )
    whole = done["whole"]["server"]
    assert (whole["availability_zone"], whole["cpu_family"], whole["hostname"]) == (
        "ZONE_1",
        "INTEL_SKYLAKE",
        "db-01",
    )
    assert whole["type"] == "ENTERPRISE" and not done["whole again"].changed
    assert done["smaller"].changed and done["smaller"]["server"]["ram"] == 512
    assert done["odd"].msg == "ram: 1000 MB is not a multiple of 256 MB"
    assert done["tiny"].msg.startswith("ram: 128 MB is below the minimum, 256 MB")
    assert done["hot plug"].msg.startswith(
        "ram: the volume boot has RAM hot plug, which needs at least 1024 MB"
    )
    assert done["another family"].changed and done["another family"]["server"]["cpu_family"] == "AMD_EPYC"
    assert done["no host name"].diff == {"before": {"hostname": "db-01"}, "after": {"hostname": None}}
    assert not done["no host name again"].changed
    assert "type (is 'ENTERPRISE', wanted 'VCPU')" in done["another kind"].msg
    assert "cores" in done["too many cores"].msg
    for name in ("odd", "tiny", "hot plug", "another kind"):
        assert done[name].writes == []


def test_a_cube_takes_its_size_from_a_template(play: Runner) -> None:
    play.shop()
    template = play.call("GET", "templates")["items"][0]["id"]
    cube = {
        "datacenter": "shop",
        "name": "cube",
        "type": "CUBE",
        "template_uuid": template,
        "volumes": [{"name": "das", "disk_type": "DAS", "image": "ubuntu:22.04", "image_password": PASSWORD}],
        "nics": [{"name": "n", "lan": "public"}],
    }
    done = play(
        [
            task("create", "server", **cube),
            task("again", "server", **cube),
            task("suspend", "server", datacenter="shop", name="cube", state="stopped"),
            task("suspend again", "server", datacenter="shop", name="cube", state="stopped"),
            task("resume", "server", datacenter="shop", name="cube", state="running"),
            task("family", "server", datacenter="shop", name="cube", cpu_family="AMD_EPYC"),
            task("delete", "server", datacenter="shop", name="cube", state="absent"),
            task("volumes", "volume_info", datacenter="shop"),
        ]
    )
    made = done["create"]["server"]
    assert (
        made["type"] == "CUBE" and made["cores"] and made["ram"] and made["volumes"][0]["disk_type"] == "DAS"
    )
    assert not done["again"].changed
    assert done["suspend"]["actions"] == ["suspend"] and done["suspend"]["server"]["vm_state"] == "SUSPENDED"
    assert not done["suspend again"].changed
    assert done["resume"]["actions"] == ["resume"] and done["resume"]["server"]["vm_state"] == "RUNNING"
    assert done["family"].msg.startswith("cpu_family: it cannot be chosen for a server of type CUBE")
    assert [each["name"] for each in done["delete"]["deleted_volumes"]] == ["das"]
    assert [each["name"] for each in done["volumes"]["volumes"]] == ["boot"]


def test_boot_volume_or_cdrom_and_never_both(play: Runner) -> None:
    ids = play.shop()
    cdrom, other = image(play, "CDROM"), image(play, "CDROM", 1)
    done = play(
        [
            task(
                "a second volume", "volume", {"register": "second"}, datacenter="shop", name="second", **BLANK
            ),
            task("both", "server", **WEB, boot_volume="boot", boot_cdrom=cdrom),
            task("as it is", "server", **WEB, boot_volume="boot"),
            task("as it is, by id", "server", **WEB, boot_volume=ids["volume"]),
            task("foretell", "server", {"check_mode": True, "diff": True}, **WEB, boot_cdrom=cdrom),
            task("from CD-ROM", "server", {"diff": True}, **WEB, boot_cdrom=cdrom),
            task("from CD-ROM again", "server", **WEB, boot_cdrom=cdrom),
            task("from another CD-ROM", "server", **WEB, boot_cdrom=other),
            task("from a volume that is not attached yet", "server", **WEB, boot_volume="second"),
            task("the same again", "server", **WEB, boot_volume="second"),
            task("from one that does not exist", "server", **WEB, boot_volume="nowhere"),
            task("from an image of a volume", "server", **WEB, boot_cdrom=image(play)),
            task(
                "from a CD-ROM elsewhere", "server", **WEB, boot_cdrom=image(play, "CDROM", location="us/las")
            ),
        ]
    )
    assert done["both"].msg.startswith(
        "boot_cdrom: a server boots from either boot_volume or boot_cdrom, not from both"
    )
    for name in ("as it is", "as it is, by id", "from CD-ROM again", "the same again"):
        assert not done[name].changed and done[name].writes == [], name
    turned = done["from CD-ROM"]
    assert turned["actions"] == ["attach", "update"] == done["foretell"]["actions"]
    assert turned["server"]["boot_cdrom"] == cdrom and turned["server"]["boot_volume"] is None
    assert turned["server"]["cdroms"] == [cdrom] and len(turned["server"]["volumes"]) == 1
    assert turned.diff == done["foretell"].diff and done["foretell"].writes == []
    assert done["from another CD-ROM"]["server"]["boot_cdrom"] == other
    back = done["from a volume that is not attached yet"]
    assert back["actions"] == ["attach", "update"] and back["server"]["boot_cdrom"] is None
    assert back["server"]["boot_volume"] == done["a second volume"]["volume"]["id"]
    assert sorted(each["name"] for each in back["server"]["volumes"]) == ["boot", "second"]
    assert done["from one that does not exist"].msg.startswith("boot_volume: there is no volume 'nowhere'")
    assert done["from one that does not exist"].writes == []
    assert done["from an image of a volume"].status == done["from a CD-ROM elsewhere"].status == "failed"


@pytest.mark.parametrize("version", [4, 5, 6])
def test_all_that_is_nested_is_created_in_one_request(play: Runner, version: int) -> None:
    play.shop()
    rule = {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
    nested: dict[str, Any] = {
        "datacenter": "shop",
        "name": "db",
        "cores": 2,
        "ram": 2048,
        "volumes": [
            {"name": "data", **BLANK},
            {"name": "root", "size": 10, "image": "ubuntu:22.04", "image_password": PASSWORD},
        ],
        "boot_volume": "root",
        "nics": [
            {"name": "outside", "lan": "public", "firewall_active": True, "firewall_rules": [rule]},
            {"lan": "private", "ips": ["10.7.8.9"]},
        ],
    }
    grown = [{"name": "data", "size": 7}, {"name": "more", **BLANK}]
    more = [
        {
            "name": "outside",
            "firewall_rules": [{**rule, "port_range_end": 23}, {"name": "ping", "protocol": "ICMP"}],
        },
        {"lan": "private", "dhcp": False},
    ]
    short = {"datacenter": "shop", "name": "db"}
    done = play(
        [
            task("foretell", "server", {"check_mode": True, "diff": True}, **nested),
            task("create", "server", {"diff": True}, **nested),
            task("again", "server", **nested),
            task(
                "foretell more",
                "server",
                {"check_mode": True, "diff": True},
                **short,
                volumes=grown,
                nics=more,
            ),
            task("more", "server", {"diff": True}, **short, volumes=grown, nics=more),
            task("more again", "server", **short, volumes=grown, nics=more),
            task("nothing listed", "server", **short, volumes=[], nics=[]),
        ],
        version=version,
    )
    assert done["create"].writes == ["POST"] and done["create"].diff == done["foretell"].diff
    server = done["create"]["server"]
    assert {each["name"] for each in server["volumes"]} == {"data", "root"}
    boot = next(each for each in server["volumes"] if each["name"] == "root")
    assert server["boot_volume"] == boot["id"]
    nics = {each["lan"]: each for each in server["nics"]}
    assert nics[1]["firewall_rules"][0]["port_range_end"] == 22 and nics[1]["ips"]
    assert nics[2]["ips"] == ["10.7.8.9"] and nics[2]["mac"]
    assert not done["again"].changed and done["again"].writes == []
    changed = done["more"]
    assert changed["actions"] == done["foretell more"]["actions"] and done["foretell more"].writes == []
    assert sorted(changed["actions"]) == [
        "create_firewall_rule",
        "create_volume",
        "update",
        "update",
        "update",
    ]
    volumes = {each["name"]: each["size"] for each in changed["server"]["volumes"]}
    assert volumes == {"data": 7, "root": 10, "more": 5}
    nics = {each["lan"]: each for each in changed["server"]["nics"]}
    assert {each["name"]: each["port_range_end"] for each in nics[1]["firewall_rules"]} == {
        "ssh": 23,
        "ping": None,
    }
    assert nics[2]["dhcp"] is False and nics[1]["dhcp"] is True
    for name in ("more again", "nothing listed"):
        assert not done[name].changed and done[name].writes == [], name
    assert PASSWORD not in done.output


def test_a_change_of_name_never_touches_cores_or_ram(play: Runner) -> None:
    ids = play.shop()
    done = play(
        [
            task("rename", "server", {"diff": True}, datacenter="shop", id=ids["server"], name="renamed"),
            task("rename again", "server", datacenter="shop", id=ids["server"], name="renamed"),
            task("old name", "server_info", datacenter="shop", name="web"),
        ]
    )
    server = done["rename"]["server"]
    assert done["rename"].changed and done["rename"].writes == ["PATCH"]
    assert done["rename"].diff == {"before": {"name": "web"}, "after": {"name": "renamed"}}
    assert (server["name"], server["cores"], server["ram"], server["vm_state"]) == (
        "renamed",
        2,
        2048,
        "RUNNING",
    )
    assert not done["rename again"].changed and done["old name"]["servers"] == []


@pytest.mark.parametrize("version", [4, 5, 6])
def test_deleting_says_what_happens_to_volumes(play: Runner, version: int) -> None:
    ids = play.shop()
    db = {
        "datacenter": "shop",
        "name": "db",
        "cores": 1,
        "ram": 1024,
        "volumes": [{"name": "db-disk", **BLANK}],
    }
    gone = {"datacenter": "shop", "state": "absent"}
    done = play(
        [
            task("another", "server", **db),
            task("foretell", "server", {"check_mode": True}, **gone, name="db", delete_volumes=True),
            task("with volumes", "server", **gone, name="db", delete_volumes=True),
            task("without", "server", **gone, name="web"),
            task("gone", "server", **gone, name="web", delete_volumes=True),
            task("left", "volume_info", datacenter="shop"),
        ],
        version=version,
    )
    for name in ("foretell", "with volumes"):
        assert [each["name"] for each in done[name]["deleted_volumes"]] == ["db-disk"]
        assert done[name]["kept_volumes"] == []
    assert done["foretell"].writes == []
    assert done["without"]["kept_volumes"] == [{"id": ids["volume"], "name": "boot"}]
    assert done["without"]["deleted_volumes"] == []
    assert not done["gone"].changed
    (left,) = done["left"]["volumes"]
    assert (left["name"], left["server_id"]) == ("boot", None)


def test_a_new_server_may_boot_from_a_volume_that_exists(play: Runner) -> None:
    play.shop()
    new = {"datacenter": "shop", "name": "db", "cores": 1, "ram": 1024}
    done = play(
        [
            task("a volume", "volume", datacenter="shop", name="loose", **BLANK),
            task("create", "server", **new, boot_volume="loose"),
            task("again", "server", **new, boot_volume="loose"),
        ]
    )
    volume = done["a volume"]["volume"]["id"]
    assert done["create"]["server"]["boot_volume"] == volume
    assert [each["id"] for each in done["create"]["server"]["volumes"]] == [volume]
    assert not done["again"].changed
