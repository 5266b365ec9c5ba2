# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever goes away with a task: the tree that check mode returns is the one that the real run returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.mounted import Mounted

Options = dict[str, Any]
Change = Callable[[Options], Any]
Naming = Callable[[Options, dict[str, str]], Any]

# What each write counts up or dates anew.
MARKS = ("version", "etag", "last_modified_date", "last_modified_by")
SIZE = {"cores": 1, "ram": 1024}
CDROM = "debian-12.7.0-amd64-netinst.iso"


def disk(name: str) -> Options:
    return {"name": name, "size": 5, "licence_type": "OTHER"}


def site(ips: list[str], version: int) -> Options:
    """Two servers that share a LAN, its failover group, a balancer and security groups, and all that they hold."""
    front = {"name": "front", "lan": "public", "ips": ips[:1]}
    back = {"name": "back", "lan": "private"}
    groups = {"security_groups": ["web"]} if version >= 6 else {}
    found: Options = {
        "name": "shop",
        "location": "de/fra",
        "lans": [
            {"name": "public", "public": True, "ip_failover": [{"ip": ips[0], "nic_id": "a/front"}]},
            {"name": "private"},
        ],
        "volumes": [disk("loose"), disk("spare")],
        "servers": [
            {
                "name": "a",
                **SIZE,
                **groups,
                "nics": [{**front, **groups}, back],
                "volumes": [disk("a1"), disk("a2")],
                "boot_volume": "a1",
                "labels": {"role": "web"},
            },
            {"name": "b", **SIZE, "nics": [front, back], "volumes": [disk("b1")], "boot_cdrom": CDROM},
        ],
        "loadbalancers": [{"name": "lb", "balanced_nics": ["a/back", "b/back"]}],
    }
    if version >= 6:
        gateway = {"name": "out", "public_ips": ips[1:], "lans": [{"lan": "private"}]}
        rule = {"name": "all", "source_subnet": "10.0.0.0/8", "public_ip": ips[1]}
        found["security_groups"] = [{"name": "web"}, {"name": "idle"}]
        found["default_security_group"] = "idle"
        found["nat_gateways"] = [{**gateway, "rules": [rule]}]
    return found


def a_server(site: Options) -> None:
    site["servers"].pop(0)
    del site["lans"], site["loadbalancers"]


def a_server_in_no_list_but_its_own(site: Options) -> None:
    servers = site["servers"][1:]
    site.clear()
    site.update(name="shop", servers=servers)


def a_nic_of_a_balancer(site: Options) -> None:
    site["servers"][0]["nics"].pop()
    del site["loadbalancers"]


def the_nic_of_a_failover_group(site: Options) -> None:
    site["servers"][0]["nics"].pop(0)
    del site["lans"]


def a_lan(site: Options) -> None:
    site["lans"].pop()
    site["loadbalancers"] = []
    site.pop("nat_gateways", None)
    site |= {"nat_gateways": []} if "security_groups" in site else {}
    for server in site["servers"]:
        server["nics"].pop()


def a_boot_volume(site: Options) -> None:
    site["servers"][0]["volumes"].pop(0)
    del site["servers"][0]["boot_volume"]


def all_volumes_of_a_server(site: Options) -> None:
    site["servers"][0]["volumes"].clear()
    del site["servers"][0]["boot_volume"]


def a_boot_volume_from_its_server(site: Options) -> None:
    a_boot_volume(site)
    site["volumes"].append({"name": "a1"})


def all_volumes_from_their_server(site: Options) -> None:
    all_volumes_of_a_server(site)
    site["volumes"] += [{"name": "a1"}, {"name": "a2"}]


def volumes_of_the_data_center(site: Options) -> None:
    site["volumes"].clear()


def a_cdrom(site: Options) -> None:
    site["servers"][1]["boot_cdrom"] = ""


def labels(site: Options) -> None:
    site["servers"][0]["labels"].clear()


def security_groups(site: Options) -> None:
    site.update(security_groups=[], default_security_group="")
    for each in (site["servers"][0], site["servers"][0]["nics"][0]):
        each["security_groups"] = []


def security_groups_in_no_list_but_their_own(site: Options) -> None:
    site.clear()
    site.update(name="shop", security_groups=[])


def a_server_from_a_security_group(site: Options) -> None:
    site["servers"][0]["security_groups"] = ["idle"]
    site["servers"][0]["nics"][0]["security_groups"] = []


def a_gateway(site: Options) -> None:
    site["nat_gateways"].clear()


def the_rule_of_a_gateway(site: Options) -> None:
    site["nat_gateways"][0]["rules"].clear()


def everything(site: Options) -> None:
    site.update(dict.fromkeys((*site.keys() - {"name", "location", "default_security_group"},), []))
    site |= {"default_security_group": ""} if "security_groups" in site else {}


BEFORE_6 = [
    a_server,
    a_server_in_no_list_but_its_own,
    a_nic_of_a_balancer,
    the_nic_of_a_failover_group,
    a_lan,
    a_boot_volume,
    all_volumes_of_a_server,
    a_boot_volume_from_its_server,
    all_volumes_from_their_server,
    volumes_of_the_data_center,
    a_cdrom,
    labels,
    everything,
]
SINCE_6 = [
    security_groups,
    security_groups_in_no_list_but_their_own,
    a_server_from_a_security_group,
    a_gateway,
    the_rule_of_a_gateway,
]
CASES = [(5, each) for each in BEFORE_6] + [(6, each) for each in (*BEFORE_6, *SINCE_6)]


@pytest.mark.parametrize(
    ("version", "change"), CASES, ids=[f"{change.__name__}-{version}" for version, change in CASES]
)
def test_what_goes_away_is_foretold_as_it_comes(version: int, change: Change) -> None:
    mounted = Mounted(version=version)
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    options = site(ips, version)
    assert mounted.run("datacenter", **options)["warnings"] == []
    change(options)
    foretold, real = (way("datacenter", **options, purge=["all"]) for way in (mounted.check, mounted.run))
    assert real["changed"] and real["warnings"] == []
    assert unmarked(foretold["tree"]) == unmarked(real["tree"])
    assert foretold["plan"] == real["plan"] and foretold["diff"] == real["diff"]


def test_the_volumes_of_a_server_that_goes_are_left_as_foretold() -> None:
    mounted = Mounted()
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    mounted.run("datacenter", **site(ips, 6))
    options = {"name": "shop", "servers": [], "purge": ["servers"]}
    foretold, real = (way("datacenter", **options)["tree"] for way in (mounted.check, mounted.run))
    assert {each["name"] for each in real["volumes"]} == {"loose", "spare", "a1", "a2", "b1"}
    assert unmarked(foretold) == unmarked(real)


def test_a_nic_that_changes_its_lan_is_told_in_the_new_one() -> None:
    mounted = Mounted()
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    options = {**site(ips, 6), "loadbalancers": [], "nat_gateways": []}
    mounted.run("datacenter", **options)
    options["lans"].append({"name": "new"})
    options["servers"][0]["nics"][1]["lan"] = "new"
    foretold, real = (way("datacenter", **options)["tree"]["lans"] for way in (mounted.check, mounted.run))
    assert {each["name"]: sorted(each["nics"]) for each in foretold} == {
        each["name"]: sorted(each["nics"]) for each in real
    }


# -- failover groups that end -----------------------------------------------------------------------------------------


def ended(site: Options, *leaving: str) -> Options:
    """The site without the failover group and these servers."""
    site["lans"][0]["ip_failover"] = []
    servers = [each for each in site["servers"] if each["name"] not in leaving]
    return {**site, "servers": servers, "loadbalancers": [], "purge": ["all"]}


@pytest.mark.parametrize("leaving", ["b", "ab"])
@pytest.mark.parametrize("seconds", [0.0, 5.0])
def test_a_failover_group_ends_once_those_that_share_its_address_are_gone(
    leaving: str, seconds: float
) -> None:
    mounted = Mounted()
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    options = {**site(ips, 6), "loadbalancers": []}
    mounted.run("datacenter", **options)
    mounted.service.settings.provision_seconds = seconds
    options = ended(options, *leaving)
    foretold, real = (way("datacenter", **options) for way in (mounted.check, mounted.run))
    assert real["warnings"] == [] and unmarked(foretold["tree"]) == unmarked(real["tree"])
    assert real["tree"]["lans"][0]["ip_failover"] == []
    assert not mounted.run("datacenter", **options)["changed"]


@pytest.mark.parametrize("leaving", ["", "a"])
def test_none_ends_while_a_nic_keeps_its_address(leaving: str) -> None:
    mounted = Mounted()
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    options = site(ips, 6)
    mounted.run("datacenter", **options)
    options = ended(options, *leaving)
    said = f"lans/public/ip_failover: the NIC b/front still has the address {ips[0]}; take it from the NIC as well"
    for way in (mounted.check, mounted.run):
        with pytest.raises(CloudError, match=said):
            way("datacenter", **options)
        assert mounted.writes == []
    # By itself, an earlier task may have taken it.
    single = {"datacenter": "shop", "name": "public", "ip_failover": []}
    (warning,) = mounted.check("lan", **single)["warnings"]
    assert f"the NIC b/front still has the address {ips[0]}" in warning
    mounted.run("ipblock", name="more", location="de/fra", size=1)
    options["servers"][-1]["nics"][0]["ips"] = ["more.0"]
    assert mounted.run("datacenter", **options)["warnings"] == []
    assert not mounted.run("datacenter", **options)["changed"]


# -- what refers to it by an id ----------------------------------------------------------------------------------------


def ids(tree: Options) -> dict[str, str]:
    """The ids of what is in a tree by name; of NICs by server/nic."""
    found = {
        each["name"]: each["id"]
        for collection in ("lans", "security_groups", "volumes", "servers")
        for each in tree[collection]
    }
    return found | {
        f"{server['name']}/{nic['name']}": nic["id"] for server in tree["servers"] for nic in server["nics"]
    }


def balanced(site: Options, known: dict[str, str]) -> None:
    site["servers"][1]["nics"].pop()
    site["loadbalancers"][0]["balanced_nics"] = [known["a/back"], known["b/back"].upper()]


def balanced_with_its_server(site: Options, known: dict[str, str]) -> None:
    site["servers"].pop()
    site["loadbalancers"][0]["balanced_nics"] = [known["b/back"], "a/back"]


def balanced_anew(site: Options, known: dict[str, str]) -> None:
    site["servers"].pop()
    site["loadbalancers"] = [{"name": "new", "balanced_nics": [known["b/back"]]}]


def failing_over(site: Options, known: dict[str, str]) -> None:
    site["servers"].pop(0)
    site["loadbalancers"].clear()
    site["lans"][0]["ip_failover"][0]["nic_id"] = known["a/front"]


def grouped(site: Options, known: dict[str, str]) -> None:
    site["security_groups"].pop(0)
    site["servers"][0]["security_groups"] = [known["web"].upper()]
    site["servers"][0]["nics"][0]["security_groups"] = []


def grouped_below(site: Options, known: dict[str, str]) -> None:
    site["security_groups"].pop(0)
    site["servers"][0]["security_groups"] = []
    site["servers"][0]["nics"][0]["security_groups"] = ["idle", known["web"]]


def by_default(site: Options, known: dict[str, str]) -> None:
    site["security_groups"].pop()
    site["default_security_group"] = known["idle"]


def behind_a_gateway(site: Options, known: dict[str, str]) -> None:
    a_lan(site)
    site["nat_gateways"] = [{"name": "out", "lans": [{"lan": known["private"]}]}]


def balancing(site: Options, known: dict[str, str]) -> None:
    a_lan(site)
    lans = {"listener_lan": "public", "target_lan": known["private"]}
    site["network_load_balancers"] = [{"name": "nlb", **lans}]


def joined(site: Options, known: dict[str, str]) -> None:
    a_lan(site)
    site["servers"][0]["nics"].append({"name": "back", "lan": known["private"]})


def booted(site: Options, known: dict[str, str]) -> None:
    site["volumes"].pop()
    site["servers"][0]["boot_volume"] = known["spare"]


REFUSED: dict[Naming, str] = {
    balanced: "loadbalancers/lb: balanced_nics: purge would delete the NIC b/back",
    balanced_with_its_server: "loadbalancers/lb: balanced_nics: purge would delete the NIC b/back",
    balanced_anew: "loadbalancers/new: balanced_nics: purge would delete the NIC b/back",
    failing_over: "lans/public: ip_failover.nic_id: purge would delete the NIC a/front",
    grouped: "servers/a: security_groups: purge would delete the security group web",
    grouped_below: "servers/a/nics/front: security_groups: purge would delete the security group web",
    by_default: "default_security_group: purge would delete the security group idle",
    behind_a_gateway: "nat_gateways/out: lans.lan: purge would delete the LAN private",
    balancing: "network_load_balancers/nlb: target_lan: purge would delete the LAN private",
    joined: "lans/private: purge would delete the LAN, but NICs are left in it: a/back",
    booted: "servers/a: boot_volume: purge would delete the volume spare",
}


@pytest.mark.parametrize("change", REFUSED, ids=lambda change: change.__name__)
def test_nothing_refers_by_its_id_to_what_the_same_task_deletes(
    change: Naming,
) -> None:
    mounted = Mounted()
    ips = mounted.run("ipblock", name="shop", location="de/fra", size=2)["ipblock"]["ips"]
    options = site(ips, 6)
    change(options, ids(mounted.run("datacenter", **options)["tree"]))
    for way in (mounted.check, mounted.run):
        with pytest.raises(CloudError, match=f"^{REFUSED[change]}; list it in "):
            way("datacenter", **options, purge=["all"])
        assert mounted.writes == []
    assert mounted.check("datacenter", **options)["warnings"] == []


def unmarked(value: Any) -> Any:
    """A tree without what each write marks, and lists in an order that does not matter."""
    if isinstance(value, list):
        return sorted(map(unmarked, value), key=str)
    if isinstance(value, dict):
        return {name: unmarked(each) for name, each in value.items() if name not in MARKS}
    return value
