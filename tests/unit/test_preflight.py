# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preflight: what does not fit is told before anything is written, and nothing else is."""

from __future__ import annotations

import copy
import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.rules.fitting import DoesNotFit
from unit.mounted import Mounted
from unit.refusing import refusal
from unit.test_tree_site import account, sites

# How many random data centers; more of them in long runs.
WORLDS = int(os.environ.get("PREFLIGHT_WORLDS", "10"))

DISK = {"name": "data", "size": 10, "licence_type": "OTHER"}
RULES = [
    {"name": f"rule-{number}", "protocol": "TCP", "port_range_start": number, "port_range_end": number}
    for number in range(1, 4)
]
SITE: dict[str, Any] = {
    "name": "shop",
    "location": "de/fra",
    "lans": [{"name": "public", "public": True}],
    "volumes": [],
    "security_groups": [],
    "servers": [
        {"name": "web", "cores": 2, "ram": 2048, "volumes": [DISK], "nics": [{"name": "a", "lan": "public"}]}
    ],
}


def site(**server: Any) -> dict[str, Any]:
    options = copy.deepcopy(SITE)
    options["servers"][0] |= server
    return options


def limited(mounted: Mounted, **limits: int) -> Mounted:
    mounted.service.settings.limits.update(limits)
    return mounted


def refused(mounted: Mounted, **options: Any) -> tuple[str, ...]:
    """The problems, the same in check mode and without it, and nothing written."""
    found = set()
    for run in (mounted.check, mounted.run):
        with pytest.raises(DoesNotFit) as caught:
            run("datacenter", **options)
        assert mounted.writes == []
        assert caught.value.facts() == {"problems": list(caught.value.problems)}
        assert "Nothing was changed" in str(caught.value)
        found.add(caught.value.problems)
    (problems,) = found
    return problems


NICS = [{"name": f"nic-{number}", "lan": "public"} for number in range(24)]
DISKS = [{**DISK, "name": f"disk-{number}"} for number in range(10)]
LIMITS = [
    ({"coresPerContract": 3}, site(cores=4), "cores: 0 of 3 used, this plan adds 4: 1 too many"),
    ({"ramPerContract": 4096}, site(ram=6144), "MB of RAM: 0 of 4096 used, this plan adds 6144: 2048 too many"),
    ({"hddLimitPerContract": 5000}, site(), "MB of HDD storage: 0 of 5000 used, this plan adds 10240: 5240 too many"),
    (
        {"ssdLimitPerContract": 5000},
        site(volumes=[{**DISK, "disk_type": "SSD Premium"}]),
        "MB of SSD storage: 0 of 5000 used, this plan adds 10240: 5240 too many",
    ),
    ({"coresPerServer": 3}, site(cores=4), "servers/web: cores: 4, but a server can have at most 3"),
    ({"ramPerServer": 1024}, site(ram=2048), "servers/web: ram: 2048 MB, but a server can have at most 1024 MB"),
    ({"hddLimitPerVolume": 5120}, site(), "volumes/data: size: 10 GB, but a volume of its type can have at most 5 GB"),
    (
        {"ssdLimitPerVolume": 5120},
        site(volumes=[{**DISK, "disk_type": "SSD"}]),
        "volumes/data: size: 10 GB, but a volume of its type can have at most 5 GB",
    ),
    (
        {"natGatewayLimitTotal": 0},
        {**SITE, "nat_gateways": [{"name": "nat", "public_ips": ["reserved.0"]}]},
        "NAT gateways: 0 of 0 used, this plan adds 1: 1 too many",
    ),
    (
        {"nlbLimitTotal": 0},
        {**SITE, "lans": [*SITE["lans"], {"name": "in", "public": False}],
         "network_load_balancers": [{"name": "nlb", "listener_lan": "public", "target_lan": "in"}]},
        "network load balancers: 0 of 0 used, this plan adds 1: 1 too many",
    ),
    (
        {"securityGroupsPerVdc": 1},
        {**SITE, "security_groups": [{"name": "a"}, {"name": "b"}]},
        "security_groups: 2 security groups, but there can be at most 1",
    ),
    (
        {"rulesPerSecurityGroup": 2},
        {**SITE, "security_groups": [{"name": "a", "rules": RULES}]},
        "security_groups/a: 3 rules, but there can be at most 2",
    ),
    ({}, site(nics=NICS), "servers/web: 25 volumes and NICs, but a server can have at most 24"),
    ({}, site(nics=NICS[:15], volumes=DISKS), "servers/web: 25 volumes and NICs, but a server can have at most 24"),
    ({}, site(cpu_family="INTEL_OTHER"), "servers/web: cpu_family: the location has no 'INTEL_OTHER'"),
]  # fmt: skip


@pytest.mark.parametrize("there", [False, True], ids=["new", "grown"])
@pytest.mark.parametrize(("limits", "options", "problem"), LIMITS)
def test_every_limit_is_foreseen_that_the_service_holds(
    there: bool, limits: dict[str, int], options: dict[str, Any], problem: str
) -> None:
    mounted = account()
    if there:
        mounted.run("datacenter", name="shop", location="de/fra")
    limited(mounted, **limits)
    (found,) = refused(mounted, **options)
    assert found.startswith(problem)
    # The service refuses it in fact.
    with pytest.raises(CloudError) as caught:
        mounted.run("datacenter", **options, preflight=False)
    assert mounted.writes != [] and not isinstance(caught.value, DoesNotFit)


def test_what_others_use_counts() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **{**site(cores=6), "name": "other"})
    limited(mounted, coresPerContract=10)
    assert refused(mounted, **site(cores=5)) == ("cores: 6 of 10 used, this plan adds 5: 1 too many",)
    assert mounted.run("datacenter", **site(cores=4))["changed"]


def test_what_is_enlarged_and_started_counts() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **site(state="stopped"))
    limited(mounted, coresPerContract=1)
    assert refused(mounted, **site(state="running")) == ("cores: 0 of 1 used, this plan adds 2: 1 too many",)
    limited(mounted, coresPerContract=2)
    mounted.run("datacenter", **site(state="running"))
    assert refused(mounted, **site(cores=3)) == ("cores: 2 of 2 used, this plan adds 1: 1 too many",)
    limited(mounted, hddLimitPerContract=10240)
    problems = refused(mounted, **site(cores=3, volumes=[{**DISK, "size": 20}]))
    assert problems == (
        "cores: 2 of 2 used, this plan adds 1: 1 too many",
        "MB of HDD storage: 10240 of 10240 used, this plan adds 10240: 10240 too many",
    )


def test_what_is_beyond_a_limit_already_is_left_alone() -> None:
    """Only what a plan makes or enlarges is held against the limits."""
    mounted = Mounted()
    mounted.run("datacenter", **site(cores=8))
    limited(mounted, coresPerContract=4, coresPerServer=4, hddLimitPerVolume=1024, hddLimitPerContract=1024)
    assert not mounted.run("datacenter", **site(cores=8))["changed"]
    assert mounted.run("datacenter", **site(cores=3), description="other")["changed"]


def test_where_the_unit_is_not_certain_it_is_a_warning() -> None:
    mounted = limited(Mounted(), hddLimitPerContract=10_100)
    checked = mounted.check("datacenter", **SITE)
    assert checked["warnings"] == [
        "preflight: MB of HDD storage: 0 of 10100 used, this plan adds 10240: 140 too many, unless the service counts "
        "1000 MB as a GB"
    ]


def test_all_problems_are_told_at_once() -> None:
    mounted = limited(Mounted(), coresPerContract=1, ramPerServer=1024, hddLimitPerVolume=1024)
    assert len(refused(mounted, **SITE)) == 3


@pytest.mark.parametrize("there", [False, True], ids=["new", "grown"])
def test_what_cannot_be_planned_is_told_with_what_does_not_fit(there: bool) -> None:
    mounted = limited(Mounted(), coresPerContract=1)
    if there:
        mounted.run("datacenter", name="shop", location="de/fra")
    cube = {"name": "cube", "type": "CUBE", "template": "NO SUCH"}
    options = {
        **SITE,
        "servers": [*SITE["servers"], cube, {"name": "b", "cores": 1, "ram": 1024, "nics": [{"lan": "x"}]}],
    }
    text = refusal(mounted, "datacenter", **options)
    assert "servers/cube: template: there is no template 'NO SUCH'" in text and "servers/b" in text
    assert "cores: 0 of 1 used, this plan adds 3: 2 too many" in text and text.endswith("Nothing was changed")
    with pytest.raises(CloudError) as caught:
        mounted.run("datacenter", **options, preflight=False)
    assert "too many" not in str(caught.value) and "GET contracts" not in mounted.calls


def test_a_refused_plan_has_its_images_looked_at_as_in_check_mode() -> None:
    mounted = limited(Mounted(), coresPerContract=1)
    small = {"name": "small", "size": 1, "image": "ubuntu:latest", "image_password": "invented12pw"}
    problems = refused(mounted, **{**SITE, "volumes": [small]})
    assert problems[0].startswith("cores: ") and problems[1].startswith(
        "volumes/small: size: 1 GB, but the image"
    )


def test_who_may_not_read_the_contract_is_told_and_goes_on() -> None:
    mounted = Mounted()
    mounted.fault("status", "GET", r"/contracts", status=403, times=2)
    for run in (mounted.check, mounted.run):
        done = run("datacenter", **SITE)
        assert done["changed"] and done["warnings"][0].startswith(
            "preflight: this user cannot read the contract"
        )


@pytest.mark.parametrize("version", [4, 5, 6])
def test_every_version_has_a_contract(version: int) -> None:
    mounted = limited(Mounted(version), coresPerContract=1)
    options = {name: value for name, value in SITE.items() if version > 5 or name != "security_groups"}
    assert refused(mounted, **options) == ("cores: 0 of 1 used, this plan adds 2: 1 too many",)


def contracts(mounted: Mounted) -> int:
    return mounted.calls.count("GET contracts")


def test_it_takes_one_request_and_only_where_something_grows() -> None:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    assert contracts(mounted) == 1
    for changed in (
        SITE,
        {**SITE, "description": "other"},
        site(cores=1),
        site(cores=1, nics=[*SITE["servers"][0]["nics"], {"name": "b", "lan": "public"}]),
        site(cores=1, state="stopped"),
    ):
        mounted.run("datacenter", **changed)
        assert contracts(mounted) == 0
    for changed in (site(cores=4), site(volumes=[{**DISK, "size": 20}])):
        mounted.run("datacenter", **changed)
        assert contracts(mounted) == 1
    mounted.run("datacenter", **site(cores=8, volumes=[{**DISK, "size": 20}]), preflight=False)
    assert contracts(mounted) == 0
    assert not any("locations" in call for call in mounted.calls)
    mounted.check("datacenter", **{**site(cpu_family="INTEL_XEON"), "name": "new", "location": "us/las"})
    assert mounted.calls.count("GET locations/us/las") == 1


def use(mounted: Mounted) -> dict[str, int]:
    limits: dict[str, int] = mounted.info("contract")[0]["resource_limits"]
    return limits


FIGURES = {
    "coresPerContract": "cores_provisioned",
    "ramPerContract": "ram_provisioned",
    "hddLimitPerContract": "hdd_volume_provisioned",
    "ssdLimitPerContract": "ssd_volume_provisioned",
    "nlbLimitTotal": "nlb_provisioned",
    "natGatewayLimitTotal": "nat_gateway_provisioned",
}


@settings(max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(site=sites(), data=st.data())
def test_what_the_service_takes_is_no_problem_and_what_it_refuses_is_one(
    site: Any, data: st.DataObject
) -> None:
    """With limits that just about hold what the data center needs."""
    generous = account()
    generous.run("datacenter", **site, preflight=False)
    used = use(generous)
    limits = {
        name: max(0, used[figure] + data.draw(st.sampled_from([-1, 0, 0, 0, 1]), label=name))
        for name, figure in FIGURES.items()
    }
    world, twin = limited(account(), **limits), limited(account(), **limits)
    try:
        foretold = world.check("datacenter", **site)
        warned, fits = any("preflight" in each for each in foretold["warnings"]), True
    except DoesNotFit:
        warned, fits = False, False
    try:
        twin.run("datacenter", **site, preflight=False)
        taken = True
    except CloudError:
        taken = False
    assert fits == taken or warned, (limits, fits, taken)


def test_another_user_is_told_of_the_right() -> None:
    """A user without rights over the contract goes on, as the service does not show it."""
    mounted = Mounted()
    mounted.run("user", email="eve@example.com", firstname="Eve", lastname="E", user_password="invented12pw")
    mounted.run("group", name="makers", create_data_center=True, users=["eve@example.com"])
    mounted.cloud = mounted.client(6, Credentials(username="eve@example.com", password="invented12pw"))
    done = mounted.check("datacenter", **SITE)
    assert done["changed"] and "this user cannot read the contract" in done["warnings"][0]


def test_a_site_of_ten_servers_takes_two_requests_more() -> None:
    """One for the contract and one for the location, however many servers there are; none where nothing changes."""
    disk = {"size": 10, "image": "ubuntu:latest", "image_password": "invented12pw"}
    servers = [
        {
            **{"name": f"web-{number}", "cores": 1, "ram": 1024, "cpu_family": "INTEL_XEON"},
            "volumes": [{"name": f"boot-{number}", **disk}],
            "nics": [{"name": "front", "lan": "public"}],
        }
        for number in range(10)
    ]
    whole = {"name": "shop", "location": "de/fra", "lans": SITE["lans"], "servers": servers}
    taken = {}
    for preflight in (False, True):
        mounted = Mounted()
        mounted.run("datacenter", **whole, preflight=preflight)
        taken[preflight] = mounted.calls
        assert not mounted.run("datacenter", **whole, preflight=preflight)["changed"]
        assert len(mounted.calls) == 2
    assert Counter(taken[True]) - Counter(taken[False]) == Counter(["GET contracts", "GET locations/de/fra"])
