# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole data centers that are made at random: created, read back, changed, described, and killed while they are built.

The environment variable RANDOM_DATA_CENTERS says how many of them each test makes; of changes, all together.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response

from unit.mounted import Mounted
from unit.scripted import intercept
from unit.test_aftermath import unmarked

Site = dict[str, Any]
Steps = list[tuple[str, str]]
Draw = Callable[[st.SearchStrategy[Any]], Any]
MANY = int(os.environ.get("RANDOM_DATA_CENTERS", "10"))
QUICK = settings(max_examples=MANY)

LANS = ("public", "private", "backup")
GATEWAYS = ("nat_gateways", "network_load_balancers", "application_load_balancers")
NEW = ("security_groups", *GATEWAYS)


@st.composite
def rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for name in draw(st.lists(st.sampled_from(["ssh", "http", "ping", "any"]), max_size=3, unique=True)):
        rule: dict[str, Any] = {"name": name, "protocol": "TCP"}
        if name == "ping":
            rule |= {"protocol": "ICMP", "icmp_type": draw(st.sampled_from([0, 8]))}
        elif name == "any":
            rule |= {"protocol": "ANY", "source_ip": draw(st.sampled_from(["198.51.100.7", "192.0.2.1"]))}
        else:
            port = draw(st.integers(1, 60000))
            rule |= {"port_range_start": port, "port_range_end": port + 1}
        listed.append(rule)
    return listed


@st.composite
def volumes(draw: st.DrawFn, prefix: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for name in draw(st.lists(st.sampled_from(["boot", "data", "logs"]), max_size=2, unique=True)):
        volume: dict[str, Any] = {"name": f"{prefix}{name}", "size": draw(st.integers(10, 20))}
        if draw(st.booleans()):
            volume |= {"image": "ubuntu:latest", "image_password": "secret12pw"}
        else:
            volume |= {"licence_type": "OTHER", "disk_type": draw(st.sampled_from(["HDD", "SSD"]))}
        listed.append(volume | draw(LABELS))
    return listed


@st.composite
def more_servers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Servers that take their size from a template."""
    disk = {"name": "direct", "disk_type": "DAS", "licence_type": "OTHER"}
    cube = {"name": "cube", "type": "CUBE", "template": "Basic Cube XS", "volumes": [disk], "nics": []}
    return [{**cube, "security_groups": []}] if draw(st.booleans()) else []


def failover(site: Site, draw: st.DrawFn) -> None:
    """Give a NIC of a public LAN, that no balancer has, a reserved address that may move on."""
    public = [each["name"] for each in site["lans"] if each["public"]]
    balanced = [nic for each in site["loadbalancers"] for nic in each["balanced_nics"]]
    found = [
        (f"{server['name']}/{nic['name']}", nic)
        for server in site["servers"]
        for nic in server["nics"]
        if nic["lan"] in public and f"{server['name']}/{nic['name']}" not in balanced
    ]
    some: bool = draw(st.booleans())
    if found and some:
        name, nic = draw(st.sampled_from(found))
        nic["ips"] = ADDRESSES[3:4]
        lan = next(each for each in site["lans"] if each["name"] == nic["lan"])
        lan["ip_failover"] = [{"ip": ADDRESSES[3], "nic_id": name}]


# Addresses of an IP block that `account` reserves; no gateway shares one with another.
ADDRESSES = [f"reserved.{place}" for place in range(5)]
LOG = {"name": "log", "action": "ALL", "direction": "INGRESS", "bucket": "logs"}
TARGET = {"ip": "10.0.0.9", "port": 80, "weight": 1}


def account(version: int = 6) -> Mounted:
    """An account with what data centers refer to."""
    mounted = Mounted(version=version)
    mounted.run("ipblock", name="reserved", location="de/fra", size=len(ADDRESSES))
    if version > 5:
        mounted.run("target_group", name="web", algorithm="RANDOM", protocol="HTTP", targets=[TARGET])
    mounted.run("pcc", name="joint")
    return mounted


LABELS: st.SearchStrategy[Site] = st.sampled_from([{}, {"labels": {"role": "a"}}, {"labels": {"role": "b"}}])
CDROM = "debian-12.7.0-amd64-netinst.iso"


@st.composite
def gateways(draw: st.DrawFn, groups: list[str]) -> Site:
    """What is in a data center from version 6 of the API on, by collection; each gateway with a LAN of its own."""
    nat_rule = {"name": "all", "source_subnet": "10.0.0.0/8", "public_ip": ADDRESSES[0]}
    way_out = {"name": "nat", "public_ips": ADDRESSES[:1], "lans": [{"lan": "inner"}], "rules": [nat_rule]}
    both = {"listener_lan": "outer", "target_lan": "inner"}
    listener = {"name": "in", "listener_port": draw(st.integers(1, 60000))}
    tcp = {
        **listener,
        "listener_ip": ADDRESSES[1],
        "protocol": "TCP",
        "algorithm": "RANDOM",
        "targets": [TARGET],
    }
    http = {"name": "any", "type": "FORWARD", "target_group": "web"}
    web = {**listener, "listener_ip": ADDRESSES[2], "protocol": "HTTP", "http_rules": [http]}
    several: dict[str, Any] = {
        "nat_gateways": way_out,
        "network_load_balancers": {"name": "nlb", **both, "ips": ADDRESSES[1:2], "rules": [tcp]},
        "application_load_balancers": {"name": "alb", **both, "ips": ADDRESSES[2:3], "rules": [web]},
    }
    found: Site = {"security_groups": [{"name": each, "rules": draw(rules())} for each in groups]}
    for name, each in several.items():
        each["rules"] = draw(st.sampled_from([each["rules"], []]))
        each["flow_logs"] = draw(st.sampled_from([[LOG], []]))
        found[name] = draw(st.sampled_from([[each], []]))
    return found


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """The options of a data center; names of volumes may be the same on several servers."""
    lans = draw(st.lists(st.sampled_from(LANS), min_size=1, unique=True))
    groups = draw(st.lists(st.sampled_from(["web", "strict"]), max_size=2, unique=True))
    some_groups = st.lists(st.sampled_from(groups), unique=True) if groups else st.builds(list)
    servers = []
    for name in draw(st.lists(st.sampled_from(["web-1", "web-2", "db"]), max_size=3, unique=True)):
        prefix = draw(st.sampled_from(["", f"{name}-"]))
        disks = draw(volumes(prefix))
        nics = [
            {"name": nic, "lan": draw(st.sampled_from(lans)), "firewall_rules": draw(rules())}
            | {"security_groups": draw(some_groups), "flow_logs": draw(st.sampled_from([[LOG], []]))}
            | draw(st.sampled_from([{}, {"firewall_active": True, "firewall_type": "BIDIRECTIONAL"}]))
            for nic in draw(st.lists(st.sampled_from(["front", "back"]), max_size=2, unique=True))
        ]
        server: dict[str, Any] = {"name": name, "cores": draw(st.integers(1, 4)), "ram": 2048}
        server |= {"volumes": disks, "nics": nics, "security_groups": draw(some_groups)}
        boots: bool = draw(st.booleans())
        device: bool = draw(st.booleans())
        if disks and boots:
            server["boot_volume"] = draw(st.sampled_from(disks))["name"]
        elif device:
            server["boot_cdrom"] = CDROM
        if draw(st.booleans()):
            server["state"] = draw(st.sampled_from(["running", "stopped"]))
        if draw(st.booleans()):
            server["hostname"] = f"host-{name}"
        servers.append(server | draw(LABELS))
    servers += draw(more_servers())
    first = [
        f"{server['name']}/{nic['name']}"
        for server in servers
        for nic in server["nics"][:1]
        if nic["lan"] == lans[0]
    ]
    balancers = [
        {"name": f"lb-{number}", "dhcp": draw(st.booleans()), "balanced_nics": [nic]}
        for number, nic in enumerate(draw(st.permutations(first))[:2])
    ]
    if draw(st.booleans()):
        balancers.append({"name": "idle", "balanced_nics": []})
    site = {
        "name": "shop",
        "location": "de/fra",
        "description": draw(st.sampled_from(["", "made at random"])),
        **draw(LABELS),
        "lans": [
            *({"name": lan, "public": draw(st.booleans())} for lan in lans),
            *draw(st.sampled_from([[], [{"name": "joined", "public": False, "pcc": "joint"}]])),
            {"name": "outer", "public": True},
            {"name": "inner", "public": False},
        ],
        "volumes": draw(volumes("loose-")),
        "servers": servers,
        "loadbalancers": balancers,
        **draw(gateways(groups)),
    }
    has_default: bool = draw(st.booleans())
    if groups and has_default:
        site["default_security_group"] = draw(st.sampled_from(groups))
    failover(site, draw)
    return site


def before_6(site: Site) -> Site:
    """The site as far as older versions of the API have it."""
    newer = (*NEW, "default_security_group")
    older = {name: each for name, each in copy.deepcopy(site).items() if name not in newer}
    older["servers"] = plain(older)
    for server in older["servers"]:
        for each in (server, *server["nics"]):
            for option in ("security_groups", "flow_logs", "hostname", "firewall_type"):
                each.pop(option, None)
    return older


def plain(site: Site) -> list[Site]:
    """The servers whose size is their own."""
    return [each for each in site["servers"] if "type" not in each]


# -- changes of a site, each with the steps that it takes ----------------------------------------------------------


def described(site: Site, draw: Draw) -> Steps:
    site["description"] = "another"
    return [("update", "")]


def turnable(site: Site) -> list[Site]:
    """The LANs that need not be public, as one with failover must."""
    return [each for each in site["lans"] if each["name"] in LANS and not each.get("ip_failover")]


def lan_turned(site: Site, draw: Draw) -> Steps:
    lan = draw(st.sampled_from(turnable(site)))
    lan["public"] = not lan["public"]
    return [("update", f"lans/{lan['name']}")]


def lan_added(site: Site, draw: Draw) -> Steps:
    site["lans"].append({"name": "extra"})
    return [("create", "lans/extra")]


def server_grown(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(plain(site)))
    server["cores"] += 1
    return [("update", f"servers/{server['name']}")]


def server_added(site: Site, draw: Draw) -> Steps:
    nics = [{"name": "front", "lan": site["lans"][0]["name"]}]
    disks = [{"name": "new-boot", "size": 5, "licence_type": "LINUX"}]
    site["servers"].append({"name": "new", "cores": 1, "ram": 1024, "nics": nics, "volumes": disks})
    return [("create", "servers/new")]


def server_switched(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(plain(site)))
    off = server.get("state") == "stopped"
    server["state"] = "running" if off else "stopped"
    return [("start" if off else "stop", f"servers/{server['name']}")]


def volume_grown(site: Site, draw: Draw) -> Steps:
    server, volume = draw(
        st.sampled_from([(server, volume) for server in plain(site) for volume in server["volumes"]])
    )
    volume["size"] += 5
    return [("update", f"servers/{server['name']}/volumes/{volume['name']}")]


def volume_added(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(plain(site)))
    server["volumes"].append({"name": "another", "size": 3, "licence_type": "OTHER"})
    return [("create", f"servers/{server['name']}/volumes/another")]


def volume_attached(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(plain(site)))
    volume = site["volumes"].pop()
    server["volumes"].append(volume)
    return [("attach", f"servers/{server['name']}/volumes/{volume['name']}")]


def volume_detached(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from([each for each in plain(site) if each["volumes"]]))
    server.pop("boot_volume", None)
    volume = server["volumes"].pop()
    others = [each["name"] for one in site["servers"] for each in one["volumes"]]
    # Where several volumes have the name, it must say which one is meant.
    if volume["name"] in others:
        server["volumes"].append(volume)
        return []
    site["volumes"].append(volume)
    return [("detach", f"servers/{server['name']}/volumes/{volume['name']}")]


def nic_changed(site: Site, draw: Draw) -> Steps:
    server, nic = draw(
        st.sampled_from([(server, nic) for server in site["servers"] for nic in server["nics"]])
    )
    nic["dhcp"] = False
    return [("update", f"servers/{server['name']}/nics/{nic['name']}")]


def nic_added(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(plain(site)))
    site["lans"].append({"name": "extra"})
    server["nics"].append({"name": "more", "lan": "extra"})
    return [("create", "lans/extra"), ("create", f"servers/{server['name']}/nics/more")]


def rule_changed(site: Site, draw: Draw) -> Steps:
    found = [
        (server, nic, rule)
        for server in site["servers"]
        for nic in server["nics"]
        for rule in nic["firewall_rules"]
    ]
    server, nic, rule = draw(st.sampled_from(found))
    rule["source_mac"] = "02:01:00:00:00:01"
    return [("update", f"servers/{server['name']}/nics/{nic['name']}/firewall_rules/{rule['name']}")]


def rule_added(site: Site, draw: Draw) -> Steps:
    server, nic = draw(
        st.sampled_from([(server, nic) for server in site["servers"] for nic in server["nics"]])
    )
    nic["firewall_rules"].append({"name": "gre", "protocol": "GRE"})
    return [("create", f"servers/{server['name']}/nics/{nic['name']}/firewall_rules/gre")]


def label_changed(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from([each for each in plain(site) if "labels" in each]))
    server["labels"] = {"role": "c"}
    return [("update", f"servers/{server['name']}/labels/role")]


def label_added(site: Site, draw: Draw) -> Steps:
    site["labels"] = {**site.get("labels", {}), "env": "production"}
    return [("create", "labels/env")]


def volume_labelled(site: Site, draw: Draw) -> Steps:
    volume = draw(st.sampled_from(site["volumes"]))
    volume["labels"] = {**volume.get("labels", {}), "env": "production"}
    return [("create", f"volumes/{volume['name']}/labels/env")]


def default_group_changed(site: Site, draw: Draw) -> Steps:
    site["security_groups"].append({"name": "new"})
    site["default_security_group"] = "new"
    return [("create", "security_groups/new"), ("update", "")]


def failover_ended(site: Site, draw: Draw) -> Steps:
    lan = next(each for each in site["lans"] if each.get("ip_failover"))
    lan["ip_failover"] = []
    return [("update", f"lans/{lan['name']}")]


def lan_left(site: Site, draw: Draw) -> Steps:
    lan = next(each for each in site["lans"] if each["name"] == "joined")
    lan["pcc"] = ""
    return [("update", "lans/joined")]


def cube_suspended(site: Site, draw: Draw) -> Steps:
    site["servers"][-1]["state"] = "stopped"
    return [("suspend", "servers/cube")]


def balancer_changed(site: Site, draw: Draw) -> Steps:
    balancer = draw(st.sampled_from(site["loadbalancers"]))
    balancer["dhcp"] = not balancer.get("dhcp", True)
    return [("update", f"loadbalancers/{balancer['name']}")]


def balancer_emptied(site: Site, draw: Draw) -> Steps:
    balancer = draw(st.sampled_from([each for each in site["loadbalancers"] if each["balanced_nics"]]))
    nic = balancer["balanced_nics"].pop()
    return [("detach", f"loadbalancers/{balancer['name']}/balanced_nics/{nic}")]


def group_joined(site: Site, draw: Draw) -> Steps:
    server = draw(st.sampled_from(site["servers"]))
    site["security_groups"].append({"name": "new", "rules": [{"name": "any", "protocol": "ANY"}]})
    server["security_groups"].append("new")
    return [("create", "security_groups/new"), ("assign", f"servers/{server['name']}")]


def group_described(site: Site, draw: Draw) -> Steps:
    group = draw(st.sampled_from(site["security_groups"]))
    group["description"] = "another"
    return [("update", f"security_groups/{group['name']}")]


def gateway_added(site: Site, draw: Draw) -> Steps:
    site["nat_gateways"] = [{"name": "new", "public_ips": ADDRESSES[:1], "lans": [], "flow_logs": [LOG]}]
    return [("create", "nat_gateways/new"), ("create", "nat_gateways/new/flow_logs/log")]


def gateway_readdressed(site: Site, draw: Draw) -> Steps:
    (gateway,) = site["nat_gateways"]
    gateway["public_ips"] = ADDRESSES[4:]
    for rule in gateway["rules"]:
        rule["public_ip"] = ADDRESSES[4]
    # Where a rule moves as well, the gateway has both addresses in between.
    moved = [("update", "nat_gateways/nat"), ("update", "nat_gateways/nat/rules/all")]
    return [("update", "nat_gateways/nat"), *(moved if gateway["rules"] else [])]


def address_handed_over(site: Site, draw: Draw) -> Steps:
    (balancer,) = site["network_load_balancers"]
    balancer["ips"] = ADDRESSES[4:]
    for rule in balancer["rules"]:
        rule["listener_ip"] = ADDRESSES[4]
    site["nat_gateways"].append({"name": "new", "public_ips": ADDRESSES[1:2], "lans": []})
    listens = [("update", "network_load_balancers/nlb/rules/in")] if balancer["rules"] else []
    return [("update", "network_load_balancers/nlb"), *listens, ("create", "nat_gateways/new")]


def flow_log_added(site: Site, draw: Draw) -> Steps:
    server, nic = draw(
        st.sampled_from([(s, nic) for s in site["servers"] for nic in s["nics"] if not nic["flow_logs"]])
    )
    nic["flow_logs"] = [LOG]
    return [("create", f"servers/{server['name']}/nics/{nic['name']}/flow_logs/log")]


def nothing(site: Site, draw: Draw) -> Steps:
    for name in ("lans", "servers", "volumes", "loadbalancers", *NEW):
        site[name] = draw(st.permutations(site[name]))
    return []


Change = Callable[[Site, Draw], Steps]
CHANGES: tuple[Change, ...] = (
    described, lan_turned, lan_added, server_grown, server_added, server_switched, volume_grown, volume_added,
    volume_attached, volume_detached, nic_changed, nic_added, rule_changed, rule_added, label_changed, label_added,
    volume_labelled, default_group_changed, failover_ended, lan_left, cube_suspended,
    balancer_changed, balancer_emptied, group_joined, group_described, gateway_added, gateway_readdressed,
    address_handed_over, flow_log_added, nothing,
)  # fmt: skip


def possible(site: Site, change: Change) -> bool:
    """Whether the site has what the change is about."""
    servers = plain(site)
    nics = [nic for server in servers for nic in server["nics"]]
    asked: dict[Change, bool] = {
        server_grown: bool(servers),
        server_switched: bool(servers),
        volume_added: bool(servers),
        nic_added: bool(servers),
        volume_grown: any(server["volumes"] for server in servers),
        volume_detached: any(server["volumes"] for server in servers),
        volume_attached: bool(servers and site["volumes"]),
        nic_changed: bool(nics),
        rule_added: bool(nics),
        rule_changed: any(nic["firewall_rules"] for nic in nics),
        label_changed: any("labels" in server for server in servers),
        lan_turned: bool(turnable(site)),
        volume_labelled: bool(site["volumes"]),
        failover_ended: any(each.get("ip_failover") for each in site["lans"]),
        lan_left: any(each["name"] == "joined" for each in site["lans"]),
        cube_suspended: len(servers) < len(site["servers"]),
        balancer_changed: bool(site["loadbalancers"]),
        group_joined: bool(servers),
        group_described: bool(site["security_groups"]),
        gateway_added: not site["nat_gateways"],
        gateway_readdressed: bool(site["nat_gateways"]),
        address_handed_over: bool(site["network_load_balancers"]),
        flow_log_added: any(not nic["flow_logs"] for nic in nics),
        balancer_emptied: any(each["balanced_nics"] for each in site["loadbalancers"]),
    }
    return asked.get(change, True)


def steps(result: dict[str, Any]) -> Steps:
    return [(each["verb"], each["path"]) for each in result["plan"]]


# -- the round ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@settings(QUICK, max_examples=max(10, -(-MANY // len(CHANGES))))
@given(data=st.data())
def test_a_change_takes_exactly_its_steps(change: Change, data: st.DataObject) -> None:
    site = data.draw(sites().filter(lambda each: possible(each, change)))
    mounted = account()
    created = mounted.run("datacenter", **site)
    assert created["changed"] and created["warnings"] == []

    expected = change(site := copy.deepcopy(site), data.draw)
    checked = mounted.check("datacenter", **site)
    assert mounted.writes == []
    assert sorted(steps(checked)) == sorted(expected)
    changed = mounted.run("datacenter", **site)
    assert len(mounted.writes) == len(expected) and changed["warnings"] == []
    assert steps(changed) == steps(checked) and changed["diff"] == checked["diff"]
    again = mounted.run("datacenter", **site)
    assert steps(again) == [] and not again["changed"] and mounted.writes == [] and again["unmanaged"] == []
    assert again["diff"] == {"before": "", "after": ""} and again["tree"] == changed["tree"]


@QUICK
@given(site=sites(), version=st.sampled_from([5, 6]))
def test_a_description_fed_back_changes_nothing_and_makes_the_same_elsewhere(
    site: Site, version: int
) -> None:
    mounted = account(version)
    if version < 6:
        site = before_6(site)
    mounted.run("datacenter", **site)
    (description,) = mounted.info("datacenter", name="shop", as_description=True)
    again = mounted.run("datacenter", **description)
    assert steps(again) == [] and mounted.writes == [] and again["unmanaged"] == []

    mounted.run("ipblock", name="others", location="de/fra", size=len(ADDRESSES))
    blocks = {each["name"]: each["ips"] for each in mounted.info("ipblock")}
    text = json.dumps(description)
    for old, new in zip(blocks["reserved"], blocks["others"], strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    description = json.loads(text)
    copied = copy.deepcopy(description) | {"name": "copy"}
    for volume in (*copied["volumes"], *(each for server in copied["servers"] for each in server["volumes"])):
        if "image" in volume:  # the service does not tell passwords
            volume["image_password"] = "secret12pw"
    assert mounted.run("datacenter", **copied)["warnings"] == []
    (same,) = mounted.info("datacenter", name="copy", as_description=True)
    assert without_automatic(same) == without_automatic(description | {"name": "copy"})


def without_automatic(description: Site) -> Site:
    """A description without the addresses that the service chose."""
    copied = copy.deepcopy(description)
    for each in (*copied["loadbalancers"], *(nic for server in copied["servers"] for nic in server["nics"])):
        each.pop("ip", None)
        each.pop("ips", None)
    for each in copied.get("nat_gateways", ()):
        for lan in each.get("lans", ()):
            lan.pop("gateway_ips")
    for name in GATEWAYS[1:]:
        for each in copied.get(name, ()):
            each.pop("lb_private_ips")
    return copied


@QUICK
@given(site=sites(), data=st.data())
def test_what_is_not_listed_any_more_is_told_or_with_purge_deleted(site: Site, data: st.DataObject) -> None:
    mounted = account()
    mounted.run("datacenter", **site)
    servers = data.draw(st.lists(st.sampled_from(site["servers"]), unique_by=id)) if site["servers"] else []
    gone = [each for each in site["servers"] if each not in servers]
    left = {**copy.deepcopy(site), "servers": servers}
    names = [each["name"] for each in gone]
    for lan in left["lans"]:
        if lan.get("ip_failover") and lan["ip_failover"][0]["nic_id"].split("/")[0] in names:
            lan["ip_failover"] = []
    for balancer in left["loadbalancers"]:
        balancer["balanced_nics"] = [
            nic for nic in balancer["balanced_nics"] if nic.split("/")[0] not in names
        ]
    kept = mounted.run("datacenter", **left)
    assert {verb for verb, _path in steps(kept)} <= {"detach", "update"}
    assert set(kept["unmanaged"]) == {f"servers/{each['name']}" for each in gone}

    foretold = mounted.check("datacenter", **left, purge=["all"])["tree"]
    purged = mounted.run("datacenter", **left, purge=["all"])
    assert unmarked(foretold) == unmarked(purged["tree"])
    assert {path for verb, path in steps(purged) if verb == "delete"} == {
        *(f"servers/{each['name']}" for each in gone),
        *(f"volumes/{volume['name']}" for each in gone if each in plain(site) for volume in each["volumes"]),
    }
    assert purged["warnings"] == []
    again = mounted.run("datacenter", **left, purge=["all"])
    assert steps(again) == [] and again["unmanaged"] == []
    assert len(again["tree"]["servers"]) == len(servers)

    emptied: Site = dict.fromkeys(("lans", "volumes", "servers", "loadbalancers", *NEW), [])
    assert mounted.run("datacenter", name="shop", **emptied, purge=["all"])["warnings"] == []
    tree = mounted.run("datacenter", name="shop", **emptied)["tree"]
    assert {name: tree[name] for name in emptied} == emptied


# -- interruptions -----------------------------------------------------------------------------------------------


@settings(QUICK, max_examples=MANY if MANY > 10 else 2)
@given(site=sites(), before=st.booleans())
def test_killed_at_any_write_a_rerun_converges(site: Site, before: bool) -> None:
    whole = account()
    whole.run("datacenter", **site)
    writes = len(whole.writes)
    expected = finished(whole, site)
    for number in range(1, writes + 1):
        mounted = account()
        killing(mounted, number, before)
        with pytest.raises(Killed):
            mounted.run("datacenter", **site, concurrency=1)
        mounted.cloud = mounted.client(6)
        assert mounted.run("datacenter", **site)["warnings"] == []
        assert finished(mounted, site) == expected, number


def finished(mounted: Mounted, site: Site) -> Site:
    """The description of a site in which nothing is left to be done, and which is there once."""
    assert steps(mounted.run("datacenter", **site)) == [] and mounted.writes == []
    (description,) = mounted.info("datacenter", name=site["name"], as_description=True)
    return without_automatic(description)


class Killed(BaseException):
    """The process is gone."""


def killing(mounted: Mounted, number: int, before: bool) -> None:
    """Have the task killed at one of its writes, before it reaches the service or after."""
    writes = iter(range(1, number + 1))

    def fatal(request: PreparedRequest, go: Callable[[], Response]) -> Response:
        last = request.method != "GET" and next(writes) == number
        if last and before:
            raise Killed
        answer = go()
        if last:
            raise Killed
        return answer

    intercept(mounted.cloud.transport, fatal)
