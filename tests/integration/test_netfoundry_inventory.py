# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The overlay's inventory with the real ansible-inventory: what becomes a host, its variables, groups and requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.inventory.netfoundry import EXAMPLES
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.hosts import FACTS
from integration.inventory_fixtures import INJECTED, UUID, Inventory, Listing
from integration.warm import Pythons
from pocketvdc import Cloud, Server
from pocketvdc.netfoundry.testing import NetFoundryApi, credentials_file

PLUGIN = "profitbricks.cloud.netfoundry"
NAME = "test.netfoundry.yml"
LABORATORY = "lab net"


@dataclass
class Overlay:
    """Two networks with endpoints and edge routers, and commands with a configuration of the plugin."""

    inventory: Inventory
    api: NetFoundryApi
    credentials: str

    def list(self, config: Mapping[str, Any] | None = None, **environ: str) -> Listing:
        """``ansible-inventory --list`` with these options; its calls without those for tokens."""
        defaults = {"plugin": PLUGIN, "api_url": self.inventory.url, "credentials": self.credentials}
        path = self.inventory.write(yaml.safe_dump({**defaults, **(config or {})}), NAME)
        done = self.inventory.run("inventory", "-i", str(path), "--list", **environ)
        calls = [call for call in done.calls if "oauth2" not in call]
        return Listing(done.code, done.stdout, done.stderr, calls)

    def fails(self, config: Mapping[str, Any]) -> str:
        done = self.list(config, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true")
        assert done.code != 0 and "Traceback" not in done.stderr, done.stdout
        return done.said


@pytest.fixture
def overlay(tmp_path: Path, pythons: Pythons) -> Any:
    with Server(Cloud()) as server:
        api = NetFoundryApi(server.cloud)
        net, lab = api.network("net"), api.network(LABORATORY)
        api.make("endpoints", networkId=net, name="laptop", attributes=["#work_from_anywhere", "#managed-pc"])
        api.make("endpoints", networkId=net, name="exit1", attributes=["#exits"])
        api.make("endpoints", networkId=lab, name="laptop")
        api.make("endpoints", networkId=lab, name=INJECTED)
        place = {"provider": "AWS", "locationCode": "us-west-2", "linkListener": True}
        api.make("edge-routers", networkId=net, name="oregon", attributes=["#hosted"], **place)
        api.make("edge-routers", networkId=net, name="branch")
        yield Overlay(
            Inventory(server.cloud, server.url, tmp_path, pythons),
            api,
            str(credentials_file(server.url, tmp_path)),
        )


def test_endpoints_and_routers_become_hosts_with_three_requests(overlay: Overlay) -> None:
    listing = overlay.list()
    assert listing.calls == [
        "GET /core/v2/networks",
        "GET /core/v2/endpoints",
        "GET /core/v2/edge-routers",
    ] or sorted(listing.calls) == [
        "GET /core/v2/edge-routers",
        "GET /core/v2/endpoints",
        "GET /core/v2/networks",
    ]
    named = [host for host in listing.hosts if not host.startswith("laptop")]
    assert named == sorted(["exit1", "oregon", "branch", INJECTED])
    assert len([host for host in listing.hosts if host.startswith("laptop_")]) == 2
    for variables in listing.vars.values():
        assert {f"netfoundry_{fact}" for fact in FACTS} <= set(variables)
    assert "eyJ" not in listing.stdout and "Several hosts share one of these names" in listing.said


def test_the_variables_tell_state_and_place(overlay: Overlay) -> None:
    found = overlay.list({"networks": ["NET"]}).vars
    assert set(found) == {"laptop", "exit1", "oregon", "branch"}
    oregon, branch, laptop = found["oregon"], found["branch"], found["laptop"]
    assert (oregon["netfoundry_kind"], oregon["netfoundry_provider"]) == ("edge_router", "AWS")
    assert (oregon["netfoundry_enrolled"], branch["netfoundry_enrolled"]) == (True, False)
    assert oregon["netfoundry_ip_address"].startswith("192.0.2.") and branch["netfoundry_ip_address"] is None
    assert (laptop["netfoundry_kind"], laptop["netfoundry_type"]) == ("endpoint", "Device")
    assert laptop["netfoundry_network"] == "net" and laptop["netfoundry_enrolled"] is False
    assert laptop["netfoundry_attributes"] == ["#work_from_anywhere", "#managed-pc"]
    ident = overlay.api.items("endpoints?name=exit1")[0]["id"]
    overlay.api.control("POST", "netfoundry/enroll", {"id": ident})
    assert overlay.list({"networks": ["net"]}).vars["exit1"]["netfoundry_enrolled"] is True


def test_attributes_make_groups(overlay: Overlay) -> None:
    listing = overlay.list({"networks": ["net"]})
    assert listing.group("work_from_anywhere") == listing.group("managed_pc") == ["laptop"]
    assert (listing.group("exits"), listing.group("hosted")) == (["exit1"], ["oregon"])
    prefixed = overlay.list({"networks": ["net"], "attribute_group_prefix": "role_"})
    assert prefixed.group("role_exits") == ["exit1"] and "exits" not in prefixed.data
    assert "exits" not in overlay.list({"networks": ["net"], "attribute_groups": False}).data


def test_networks_groups_and_kinds_are_chosen(overlay: Overlay) -> None:
    lab = overlay.list({"networks": [LABORATORY], "kinds": ["endpoint"]})
    assert sorted(lab.hosts) == sorted(["laptop", INJECTED])
    assert lab.calls == ["GET /core/v2/networks", "GET /core/v2/endpoints"]
    routers = overlay.list({"network_group": "demogroup", "kinds": ["edge_router"]})
    assert routers.hosts == ["branch", "oregon"]
    assert "networks: there is no network 'nowhere'; there are: lab net, net" in overlay.fails(
        {"networks": ["nowhere"]}
    )
    assert "there is no network group 'nobody'" in overlay.fails({"network_group": "nobody"})


def test_routers_are_reached_by_their_address(overlay: Overlay) -> None:
    config = {"networks": ["net"], "connect_with": ["ip_address"], "hosts_without_address": "drop"}
    listing = overlay.list(config)
    assert listing.hosts == ["oregon"]
    assert listing.vars["oregon"]["ansible_host"] == listing.vars["oregon"]["netfoundry_ip_address"]


def test_filters_names_and_composed_variables(overlay: Overlay) -> None:
    config = {
        "networks": ["net"],
        "filters": [{"exclude": "netfoundry_kind == 'edge_router'"}],
        "hostnames": ["netfoundry_name ~ '.overlay'"],
        "compose": {"waits": "not netfoundry_enrolled"},
        "keyed_groups": [{"prefix": "kind", "key": "netfoundry_kind"}],
    }
    listing = overlay.list(config)
    assert listing.hosts == listing.group("kind_endpoint") == ["exit1.overlay", "laptop.overlay"]
    assert listing.vars["laptop.overlay"]["waits"] is True


@pytest.mark.parametrize(("rule", "ending"), [("id", f"_{UUID}"), ("number", "_2")])
def test_no_host_is_called_as_a_group_or_as_the_controller(overlay: Overlay, rule: str, ending: str) -> None:
    names = {"all", "ungrouped", "localhost", "127.0.0.1", "kind_endpoint"}
    net = overlay.api.network("awkward")
    for name in {*names, "free"}:
        overlay.api.make("endpoints", networkId=net, name=name)
    listing = overlay.list(
        {
            "networks": ["awkward"],
            "hostname_duplicates": rule,
            "keyed_groups": [{"prefix": "kind", "key": "netfoundry_kind"}],
        }
    )
    wanted = {host: listing.vars[host]["netfoundry_name"] for host in listing.hosts}
    assert sorted(wanted.values()) == sorted({*names, "free"}) and wanted["free"] == "free"
    assert all(re.fullmatch(re.escape(name) + ending, host) for host, name in wanted.items() if name in names)
    assert sorted(listing.group("kind_endpoint")) == sorted(wanted)
    assert listing.stderr.count("WARNING") == 1 and "A host cannot have the name of a group" in listing.said


def test_a_cache_answers_the_second_time_and_to_nobody_else(overlay: Overlay) -> None:
    cached = {
        "networks": ["net"],
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(overlay.inventory.folder / "cache"),
    }
    first, second = overlay.list(cached), overlay.list(cached)
    assert first.calls and second.calls == [] and second.vars == first.vars
    assert overlay.list({**cached, "kinds": ["endpoint"]}).calls


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"network": "net"}, "network: there is no such option"),
        ({"concurrency": 0}, "concurrency: 0 is below the minimum, 1"),
        ({"credentials": "nowhere.json"}, "nowhere.json, neither there nor in ., ~/.netfoundry"),
        ({"api_url": "gateway"}, "api_url: this is not an http or https address"),
        ({"hostnames": ["nmae"]}, "hostnames: there is no host variable nmae"),
    ],
)
def test_what_cannot_work_is_told_in_one_line(overlay: Overlay, config: dict[str, Any], said: str) -> None:
    assert said in overlay.fails(config)


def test_the_examples_work(overlay: Overlay) -> None:
    for example in yaml.safe_load_all(EXAMPLES):
        if example:
            options = {key: value for key, value in example.items() if key not in ("credentials", "networks")}
            cache = {"cache_connection": str(overlay.inventory.folder / "cache")}
            listing = overlay.list({**options, **(cache if "cache" in options else {})})
            assert listing.hosts
