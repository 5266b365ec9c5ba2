# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin under the real ansible-inventory, over a socket: every option, and what it costs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from ansible_collections.profitbricks.cloud.plugins.inventory.profitbricks import EXAMPLES
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.hosts import FACTS
from integration.inventory_fixtures import (
    INJECTED,
    PASSWORD,
    TOKEN,
    UUID,
    Inventory,
    World,
    datacenter,
    fill,
    server,
)
from integration.warm import Pythons
from pocketvdc import Cloud, Server


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[Server, World]]:
    """An account that all tests of this file read and none changes, made on a clock on which no two are equally old."""
    clock = count(1_790_000_000).__next__
    with Server(Cloud(clock=clock)) as running:
        yield running, fill(running.url)


@pytest.fixture
def world(service: tuple[Server, World]) -> World:
    return service[1]


@pytest.fixture
def inventory(service: tuple[Server, World], tmp_path: Path, pythons: Pythons) -> Iterator[Inventory]:
    running, _world = service
    yield Inventory(running.cloud, running.url, tmp_path, pythons)
    running.cloud.faults.clear()


# -- what is listed -----------------------------------------------------------------------------------------------


def test_all_servers_are_hosts_for_one_request_and_one_a_data_center(
    inventory: Inventory, world: World
) -> None:
    done = inventory.list({"datacenters": ["shop", *world.labs]})
    assert sorted(done.calls) == sorted(
        ["GET v6/datacenters", *(f"GET v6/datacenters/{each}" for each in (world.shop, *world.labs))]
    )
    names = sorted(re.sub(UUID, "ID", host) for host in done.hosts)
    assert names == sorted(["web-01_ID", "web-01_ID", "web-02", "db-01", "idle", "ID", INJECTED])
    user_agents = {call["user_agent"] for call in inventory.cloud.journal.calls}
    assert all(agent.startswith("profitbricks.cloud/") for agent in user_agents)


def test_host_variables_are_complete_and_clean(inventory: Inventory, world: World) -> None:
    done = inventory.list({"datacenters": ["shop"]})
    for variables in done.vars.values():
        assert set(variables) - {"ansible_host"} == {f"profitbricks_{fact}" for fact in FACTS}
        assert "__ansible" not in json.dumps(variables)
    web = {name.removeprefix("profitbricks_"): value for name, value in done.vars["web-01"].items()}
    assert re.fullmatch(UUID, web["id"])
    assert (web["datacenter"], web["datacenter_id"], web["location"]) == ("shop", world.shop, "de/fra")
    assert (web["cores"], web["ram"], web["state"], web["vm_state"]) == (2, 4096, "AVAILABLE", "RUNNING")
    assert (web["availability_zone"], web["type"], web["licence_type"]) == ("AUTO", "ENTERPRISE", "LINUX")
    boot, data = web["volumes"]
    assert (boot["id"], boot["image"], boot["size"]) == (web["boot_volume"], web["image"], 10)
    assert (data["name"], data["server_id"]) == ("web-01-data", web["id"])
    public, private = web["nics"]
    assert (public["lan"], public["lan_name"], public["lan_public"]) == (1, "public", True)
    assert (private["lan"], private["lan_name"], private["lan_public"]) == (2, "backend", False)
    assert re.fullmatch(r"(\w\w:){5}\w\w", public["mac"])
    assert web["public_ipv4"] == public["ips"] == [web["ansible_host"]]
    assert web["private_ipv4"] == private["ips"]


@pytest.mark.parametrize("version", [4, 5])
def test_older_versions_of_the_api_tell_the_same(inventory: Inventory, version: int) -> None:
    done = inventory.list({"datacenters": ["shop"], "api_url": f"{inventory.url}/cloudapi/v{version}"})
    web = done.vars["web-01"]
    assert [nic["lan_name"] for nic in web["profitbricks_nics"]] == ["public", "backend"]
    assert (web["profitbricks_datacenter"], web["profitbricks_licence_type"]) == ("shop", "LINUX")
    assert web["ansible_host"] == web["profitbricks_public_ipv4"][0]
    assert set(web) - {"ansible_host"} == {f"profitbricks_{fact}" for fact in FACTS}
    assert len(done.calls) == 2


def test_graph_and_host(inventory: Inventory) -> None:
    config = str(inventory.write({"datacenters": ["shop"]}, "inventory.profitbricks.yaml"))
    graph = inventory.run("inventory", "-i", config, "--graph")
    assert graph.code == 0 and {"|--web-01", "|--idle"} <= set(graph.stdout.split())
    host = inventory.run("inventory", "-i", config, "--host", "db-01")
    assert host.data["profitbricks_private_ipv4"] == [host.data["profitbricks_nics"][0]["ips"][0]]


def test_a_file_of_another_name_is_not_for_this_plugin(inventory: Inventory) -> None:
    config = inventory.write({}, "other.yml")
    done = inventory.run("inventory", "-i", str(config), "--list")
    assert done.calls == []
    assert "could not be verified by inventory plugin" in done.said


def test_an_account_without_data_centers_is_empty_for_one_request(inventory: Inventory) -> None:
    done = inventory.list({"token": "other-token"})
    assert (done.code, done.hosts, done.calls) == (0, [], ["GET v6/datacenters"])


# -- limits and filters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits, reads, hosts",
    [
        ({"datacenters": ["shop"]}, 1, {"web-01", "web-02", "db-01", "idle"}),
        ({"locations": ["de/fra"]}, 1, {"web-01", "web-02", "db-01", "idle"}),
        ({"locations": ["gb/lhr"]}, 0, set()),
    ],
)
def test_only_what_is_asked_for_is_read(
    inventory: Inventory, limits: dict[str, Any], reads: int, hosts: set[str]
) -> None:
    done = inventory.list(limits)
    assert (set(done.hosts), len(done.calls)) == (hosts, 1 + reads)


def test_a_data_center_by_id_and_by_location(inventory: Inventory, world: World) -> None:
    done = inventory.list({"datacenters": [world.labs[0], "shop"], "locations": ["de/txl"]})
    assert done.hosts == ["web-01"]
    assert done.calls == ["GET v6/datacenters", f"GET v6/datacenters/{world.labs[0]}"]


@pytest.mark.parametrize(
    "filters, hosts",
    [
        ([{"exclude": "profitbricks_ram >= 8192"}], ["db-01", "idle", "web-01"]),
        ([{"include": "profitbricks_name is match('web')"}, {"exclude": True}], ["web-01", "web-02"]),
        ([{"include": "profitbricks_public_ipv4 | length"}, {"exclude": True}], ["web-01", "web-02"]),
        (
            [
                {"include": "profitbricks_name == 'db-01'"},
                {"exclude": "not profitbricks_public_ipv4"},
                {"exclude": "profitbricks_nothing.at.all"},
                {"exclude": "'web-02' == profitbricks_name"},
            ],
            ["db-01", "web-01"],
        ),
        ([{"exclude": "'backend' in profitbricks_nics | map(attribute='lan_name')"}], ["idle"]),
    ],
)
def test_filters_decide_in_their_order(inventory: Inventory, filters: list[Any], hosts: list[str]) -> None:
    assert inventory.list({"datacenters": ["shop"], "filters": filters}).hosts == hosts


# -- names --------------------------------------------------------------------------------------------------------


def test_names_are_the_first_that_gives_something(inventory: Inventory, world: World) -> None:
    done = inventory.list(
        {
            "hostnames": [
                "profitbricks_nothing.at.all",
                "private_ipv4",
                "profitbricks_name ~ '.' ~ profitbricks_location.split('/')[1]",
            ],
            "filters": [{"exclude": "profitbricks_name == 'idle' or profitbricks_name is search('lookup')"}],
        }
    )
    private = [values["profitbricks_private_ipv4"] for values in done.vars.values()]
    unnamed = [host for host, name in done.facts("name").items() if not name]
    assert len(unnamed) == 1
    assert sorted(done.hosts) == sorted([*(each[0] for each in private if each), "web-01.txl", *unnamed])


def test_a_server_without_a_name_is_called_by_its_id(inventory: Inventory, world: World) -> None:
    done = inventory.list({"datacenters": [world.labs[1]]})
    (unnamed,) = (host for host in done.hosts if host != INJECTED)
    assert done.vars[unnamed]["profitbricks_id"] == unnamed


@pytest.mark.parametrize(
    "rule, pattern, warns",
    [("id", f"web-01_{UUID} web-01_{UUID} web-02", True), ("number", "web-01 web-01_2 web-02", False)],
)
def test_servers_of_one_name_are_never_merged(
    inventory: Inventory, rule: str, pattern: str, warns: bool
) -> None:
    filters = [{"include": "profitbricks_name is match('web')"}, {"exclude": True}]
    done = inventory.list({"hostname_duplicates": rule, "filters": filters})
    assert re.fullmatch(pattern, " ".join(done.hosts))
    assert ("share one of these names" in done.said) is warns
    again = inventory.list()
    assert again.vars == done.vars
    if rule == "number":
        assert done.vars["web-01"]["profitbricks_datacenter"] == "lab", "the older one keeps the name"


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory, pythons: Pythons) -> Iterator[Inventory]:
    """Servers that are called as Ansible's own groups and hosts, or as a group that options may make."""
    names = ("web", "all", "ungrouped", "localhost", "127.0.0.1", "::1", "large", "database", "db-1")
    with Server(Cloud()) as running:
        servers = [server(name, 1, disks=0, ram=8192 if name == "db-1" else 2048) for name in names]
        datacenter(running.url, "shop", "de/fra", servers)
        yield Inventory(running.cloud, running.url, tmp_path_factory.mktemp("awkward"), pythons)


GROUPING: dict[str, Any] = {
    "groups": {"large": "profitbricks_ram >= 8192"},
    "keyed_groups": [
        {"key": "'database' if profitbricks_name in ['database', 'db-1'] else ''", "separator": ""},
        {"key": "profitbricks_location", "prefix": "in", "parent_group": "web"},
    ],
    "filters": [{"exclude": "profitbricks_name in ['web', 'ungrouped']"}],
}


@pytest.mark.parametrize(
    "config, renamed",
    [
        ({}, {"all", "ungrouped", "localhost", "127.0.0.1", "::1"}),
        (
            {"groups": GROUPING["groups"]},
            {"all", "ungrouped", "localhost", "127.0.0.1", "::1", "large"},
        ),
        (
            {"keyed_groups": [{"key": "'database'", "separator": ""}]},
            {"all", "ungrouped", "localhost", "127.0.0.1", "::1", "database"},
        ),
        (
            {"keyed_groups": [{"key": "profitbricks_location", "prefix": "in", "parent_group": "web"}]},
            {"all", "ungrouped", "localhost", "127.0.0.1", "::1", "web"},
        ),
    ],
)
@pytest.mark.parametrize("rule", ["id", "number"])
def test_no_host_is_called_as_a_group_or_as_the_controller(
    awkward: Inventory, config: dict[str, Any], renamed: set[str], rule: str
) -> None:
    done = awkward.list({**config, "hostname_duplicates": rule})
    facts = done.facts("name")
    changed = {wanted for host, wanted in facts.items() if host != wanted}
    assert len(facts) == 9 and changed == renamed
    ending = f"_{UUID}" if rule == "id" else "_2"
    assert all(
        re.fullmatch(re.escape(facts[host]) + ending, host) for host in facts if facts[host] in renamed
    )
    assert done.stderr.count("WARNING") == 1
    assert "A host cannot have the name of a group" in done.said
    assert awkward.list({**config, "hostname_duplicates": rule}).data == done.data


def test_groups_have_their_members_whatever_hosts_are_called(awkward: Inventory) -> None:
    done = awkward.list({**GROUPING, "hostname_duplicates": "number"})
    assert done.group("large") == ["db-1"]
    assert done.group("database") == ["database_2", "db-1"]
    assert sorted(done.hosts) == sorted(done.group("in_de_fra")) and len(done.hosts) == 7
    assert done.data["web"]["children"] == ["in_de_fra"]


def test_names_that_only_groups_have_are_refused_where_no_name_may_change(awkward: Inventory) -> None:
    said = awkward.fails(
        {"hostname_duplicates": "error", "filters": [{"exclude": "profitbricks_name == 'all'"}]}
    )
    assert re.search(
        r"hostnames: the host of id \S+ would be called '(ungrouped|localhost|127.0.0.1|::1)'", said
    )


def test_groups_that_follow_the_names_of_their_hosts_come_to_an_end(awkward: Inventory) -> None:
    own = {"keyed_groups": [{"key": "inventory_hostname", "separator": ""}], "hostname_duplicates": "number"}
    assert "groups or keyed_groups create groups with the same names" in awkward.fails(own)


def test_groups_of_another_source_give_no_host_their_name(awkward: Inventory) -> None:
    (awkward.folder / "static.ini").write_text("[web]\nelsewhere\n[web:vars]\nsite=1\n", encoding="utf-8")
    config = str(
        awkward.write({"groups": {"chosen": "profitbricks_name == 'web' or tier | default('') == 'x'"}})
    )
    done = awkward.run("inventory", "-i", "static.ini", "-i", config, "--list")
    (renamed,) = done.group("chosen")
    assert re.fullmatch(f"web_{UUID}", renamed) and done.group("web") == ["elsewhere"]
    assert "site" not in done.vars[renamed]


def test_a_host_of_another_source_keeps_what_that_tells_of_it(awkward: Inventory) -> None:
    (awkward.folder / "tiers.ini").write_text("[shelf]\nweb tier=x\n", encoding="utf-8")
    groups = {"chosen": "tier | default('') == 'x'", "shelved": "'shelf' in group_names"}
    config = str(awkward.write({"groups": groups, "compose": {"again": "tier | default('none')"}}))
    done = awkward.run("inventory", "-i", "tiers.ini", "-i", config, "--list")
    assert done.group("chosen") == done.group("shelved") == done.group("shelf") == ["web"]
    assert done.vars["web"]["tier"] == "x" and done.vars["web"]["profitbricks_ram"] == 2048


# -- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted, fact",
    [
        ("public_ipv4", {"web-01": "public_ipv4", "web-02": "public_ipv4"}),
        ("private_ipv4", {"web-01": "private_ipv4", "web-02": "private_ipv4", "db-01": "private_ipv4"}),
        (
            "private_ipv4:backend",
            {"web-01": "private_ipv4", "web-02": "private_ipv4", "db-01": "private_ipv4"},
        ),
        (
            ["public_ipv4:public", "private_ipv4:2"],
            {"web-01": "public_ipv4", "web-02": "public_ipv4", "db-01": "private_ipv4"},
        ),
        ("ipv6", {}),
    ],
)
def test_what_to_connect_with(inventory: Inventory, wanted: Any, fact: dict[str, str]) -> None:
    done = inventory.list({"datacenters": ["shop"], "connect_with": wanted})
    assert done.hosts == ["db-01", "idle", "web-01", "web-02"]
    assert {
        host: values["ansible_host"] for host, values in done.vars.items() if "ansible_host" in values
    } == {host: done.vars[host][f"profitbricks_{name}"][0] for host, name in fact.items()}


def test_connecting_by_name_or_not_at_all(inventory: Inventory) -> None:
    done = inventory.list({"datacenters": ["shop"], "connect_with": ["name"], "hostnames": ["id"]})
    assert {values["ansible_host"] for values in done.vars.values()} == {"web-01", "web-02", "db-01", "idle"}
    done = inventory.list({"datacenters": ["shop"], "connect_with": []})
    assert not any("ansible_host" in values for values in done.vars.values())
    assert "WARNING" not in done.stderr


def test_hosts_without_an_address_stay_with_one_warning(inventory: Inventory) -> None:
    done = inventory.list({"datacenters": ["shop"]})
    assert "ansible_host" not in done.vars["db-01"] and "ansible_host" not in done.vars["idle"]
    assert done.stderr.count("WARNING") == 1
    assert re.search(r"No address that connect_with asks for: (db-01, idle|idle, db-01)\.", done.said)


def test_hosts_without_an_address_leave_by_option(inventory: Inventory) -> None:
    done = inventory.list({"datacenters": ["shop"], "hosts_without_address": "drop"})
    assert done.hosts == ["web-01", "web-02"]
    assert "WARNING" not in done.stderr


# -- variables and groups -----------------------------------------------------------------------------------------


def test_prefixes(inventory: Inventory) -> None:
    done = inventory.list({"datacenters": ["shop"], "hostvars_prefix": "cloud_"})
    assert {name for name in done.vars["web-01"] if name != "ansible_host"} == {
        f"cloud_{fact}" for fact in FACTS
    }
    done = inventory.list({"datacenters": ["shop"], "hostvars_prefix": ""})
    web = done.vars["web-01"]
    assert web["datacenter"] == "shop" and web["profitbricks_name"] == "web-01" and "name" not in web
    assert "reserved" not in done.said


def test_a_variable_by_its_name_remains_text_whatever_it_looks_like(tmp_path: Path, pythons: Pythons) -> None:
    names = ["True", "5", "1.5", "None", "[1]", "{'a': 1}", "web"]
    with Server(Cloud()) as running:
        datacenter(running.url, "shop", "de/fra", [server(name, 1, disks=0) for name in names])
        done = Inventory(running.cloud, running.url, tmp_path, pythons).list(
            {
                "compose": {"called": "profitbricks_name"},
                "keyed_groups": [{"key": "profitbricks_name", "prefix": "is"}],
            }
        )
    called = [each["called"] for each in done.vars.values()]
    # As ansible-core before 2.19 shows what is unsafe.
    assert sorted(each["__ansible_unsafe"] if isinstance(each, dict) else each for each in called) == sorted(
        names
    )
    assert {"is_True", "is_5", "is_web"} <= set(done.data)


def test_constructed_variables_and_groups(inventory: Inventory) -> None:
    done = inventory.list(
        {
            "datacenters": ["shop"],
            "compose": {
                "ansible_host": "profitbricks_private_ipv4[0]",
                "disk_gb": "profitbricks_volumes | map(attribute='size') | sum",
                "owner": "from_command_line",
                "undefined": "profitbricks_nothing.at.all",
            },
            "groups": {"large": "profitbricks_ram >= 8192", "with_disk": "disk_gb | int > 0"},
            "keyed_groups": [
                {"prefix": "lan", "key": "profitbricks_nics | map(attribute='lan_name') | list"},
                {"key": "profitbricks_location", "separator": ""},
            ],
            "use_extra_vars": True,
        },
        "-e",
        "from_command_line=me",
    )
    assert done.group("large") == ["web-02"]
    assert done.group("with_disk") == ["db-01", "web-01", "web-02"]
    assert done.group("lan_public") == ["web-01", "web-02"]
    assert done.group("lan_backend") == ["db-01", "web-01", "web-02"]
    assert done.group("de_fra") == ["db-01", "idle", "web-01", "web-02"]
    web = done.vars["web-01"]
    assert (web["ansible_host"], str(web["disk_gb"]), web["owner"]) == (
        web["profitbricks_private_ipv4"][0],
        "60",
        "me",
    )
    assert "undefined" not in web


HOPELESS = "profitbricks_nmae == 'web-01'"


@pytest.mark.parametrize(
    "config",
    [
        {"filters": [{"exclude": HOPELESS}]},
        {"hostnames": [HOPELESS, "name"]},
        {"compose": {"own": HOPELESS}},
        {"groups": {"own": HOPELESS}},
        {"keyed_groups": [{"key": HOPELESS}]},
    ],
    ids=lambda config: next(iter(config)),
)
def test_an_expression_that_nobody_can_evaluate_is_told(inventory: Inventory, config: dict[str, Any]) -> None:
    config = {"datacenters": ["shop"], "connect_with": [], **config}
    done = inventory.list(config)
    assert done.hosts == ["db-01", "idle", "web-01", "web-02"]
    assert done.stderr.count("WARNING") == 1
    (option,) = set(config) - {"datacenters", "connect_with"}
    assert f'test.profitbricks.yml: {option}: "{HOPELESS}" cannot be evaluated for any server: ' in done.said
    assert "'profitbricks_nmae' is undefined" in done.said
    assert "'profitbricks_nmae' is undefined" in inventory.fails({**config, "strict": True})


@pytest.mark.parametrize(
    "config",
    [
        {"filters": [{"exclude": "profitbricks_public_ipv4[0] == 'x'"}]},
        {"hostnames": ["profitbricks_public_ipv4[0]", "name"]},
        {"compose": {"own": "profitbricks_public_ipv4[0]"}},
        {"groups": {"own": "profitbricks_public_ipv4[0] == 'x'"}},
        {"keyed_groups": [{"key": "profitbricks_public_ipv4[0]"}]},
        # Nor one that looks for what no host happens to have.
        {"groups": {"own": "profitbricks_labels.env == 'x'"}, "compose": {"own": "profitbricks_ipv6[0]"}},
        {"keyed_groups": [{"key": "profitbricks_labels.env"}], "hostnames": ["profitbricks_ipv6[0]", "name"]},
        # What nobody is asked for is not known to be wrong.
        {"filters": [{"include": True}, {"exclude": HOPELESS}]},
        {"filters": [{"exclude": True}], "compose": {"own": HOPELESS}},
    ],
    ids=str,
)
def test_an_expression_that_serves_some_hosts_is_not(inventory: Inventory, config: dict[str, Any]) -> None:
    done = inventory.list({"datacenters": ["shop"], "connect_with": [], **config})
    assert done.code == 0 and "WARNING" not in done.stderr


# -- text from outside --------------------------------------------------------------------------------------------


def test_what_the_service_tells_is_never_evaluated(inventory: Inventory, world: World) -> None:
    inventory.write({"datacenters": [world.labs[1]], "compose": {"copied": "profitbricks_name"}})
    shown = {"var": "[inventory_hostname, profitbricks_name, profitbricks_volumes[0].name, copied]"}
    arguments = ["all", "-i", "test.profitbricks.yml", "-m", "ansible.builtin.debug", "-a", json.dumps(shown)]
    done = inventory.run("adhoc", *arguments, "-l", "!~^[0-9a-f-]{36}$")
    assert done.code == 0, done.stdout + done.stderr
    assert done.stdout.count("lookup('pipe'") >= 4
    assert not (inventory.folder / "pwned").exists()


# -- cache --------------------------------------------------------------------------------------------------------


def cached(inventory: Inventory, **more: Any) -> dict[str, Any]:
    folder = str(inventory.folder / "cache")
    return {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": folder, **more}


def test_a_cache_hit_makes_no_request(inventory: Inventory) -> None:
    first = inventory.list(cached(inventory))
    assert len(first.calls) == 4
    second = inventory.list()
    assert second.calls == []
    assert second.data == first.data
    narrowed = inventory.list(
        cached(inventory, filters=[{"exclude": "profitbricks_ram < 8192"}], connect_with="private_ipv4")
    )
    assert (narrowed.calls, narrowed.hosts) == ([], ["web-02"])
    (inventory.folder / "play.yml").write_text("- hosts: all\n  gather_facts: false\n", encoding="utf-8")
    command = ("playbook", "play.yml", "-i", "test.profitbricks.yml")
    assert inventory.run(*command).calls == []
    flushed = inventory.run(*command, "--flush-cache")
    assert len(flushed.calls) == 4
    files = "".join(path.read_text(encoding="utf-8") for path in (inventory.folder / "cache").iterdir())
    assert "web-02" in files and TOKEN not in files


def test_a_cache_of_another_account_or_scope_is_not_used(inventory: Inventory) -> None:
    inventory.list(cached(inventory))
    scoped = inventory.list(cached(inventory, datacenters=["shop"]))
    assert (len(scoped.calls), scoped.hosts) == (2, ["db-01", "idle", "web-01", "web-02"])
    other = inventory.list(cached(inventory, username="other@example.com", password="other-password"))
    assert (len(other.calls), other.hosts) == (1, [])


def test_a_cache_of_another_token_is_not_used(inventory: Inventory) -> None:
    inventory.list(cached(inventory, token=TOKEN))
    other = inventory.list(cached(inventory, token="other-token"))
    assert (len(other.calls), other.hosts) == (1, [])
    assert inventory.list().calls == []
    files = "".join(path.read_text(encoding="utf-8") for path in (inventory.folder / "cache").iterdir())
    assert TOKEN not in files and "other-token" not in files


BROKEN = {
    "null": b"null",
    "list": b"[]",
    "number": b"17",
    "truth": b"true",
    "text": b'"hosts"',
    "object": b'{"hosts": []}',
    "payload": b'{"__payload__": "[]"}',
    "payload of nothing": b'{"__payload__": "null"}',
    "empty": b"",
    "cut": b'{"sco',
    "binary": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("shape", BROKEN)
def test_a_cache_that_holds_something_else_is_read_anew(inventory: Inventory, shape: str) -> None:
    expected = inventory.list(cached(inventory, datacenters=["shop"]))
    (file,) = (inventory.folder / "cache").iterdir()
    file.write_bytes(BROKEN[shape])
    done = inventory.list()
    assert (done.data, len(done.calls)) == (expected.data, 2)
    again = inventory.list()
    assert (again.data, again.calls) == (expected.data, [])


# -- labels -------------------------------------------------------------------------------------------------------


def label(url: str, path: str, key: str, value: str) -> None:
    body = {"properties": {"key": key, "value": value}}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.post(f"{url}/cloudapi/v6/{path}/labels", json=body, headers=headers, timeout=20)
    answer.raise_for_status()


def test_labels_for_variables_filters_and_groups(tmp_path: Path, pythons: Pythons) -> None:
    with Server(Cloud()) as running:
        inventory = Inventory(running.cloud, running.url, tmp_path, pythons)
        shop = datacenter(running.url, "shop", "de/fra", [server(name, 1) for name in ("web", "db", "idle")])
        path = f"datacenters/{shop}"
        label(running.url, path, "owner", "ada")
        headers = {"Authorization": f"Bearer {TOKEN}"}
        listed = requests.get(
            f"{running.url}/cloudapi/v6/{path}/servers?depth=1", headers=headers, timeout=20
        )
        ids = {each["properties"]["name"]: each["id"] for each in listed.json()["items"]}
        label(running.url, f"{path}/servers/{ids['web']}", "env", "production")
        label(running.url, f"{path}/servers/{ids['db']}", "env", "{{ lookup('pipe', 'touch pwned') }}")
        label(running.url, f"{path}/servers/{ids['idle']}", "env", "unused")
        config: dict[str, Any] = {
            "labels": True,
            "filters": [{"exclude": "profitbricks_labels.env == 'unused'"}],
            "keyed_groups": [{"key": "profitbricks_labels.env", "prefix": "env"}],
            "groups": {"of_ada": "profitbricks_datacenter_labels.owner == 'ada'"},
            "compose": {"stage": "profitbricks_labels.env"},
        }
        done = inventory.list(config)
        assert done.hosts == ["db", "web"] and done.group("env_production") == ["web"]
        assert done.group("of_ada") == ["db", "web"] and done.vars["web"]["stage"] == "production"
        assert done.vars["web"]["profitbricks_labels"] == {"env": "production"}
        assert done.calls.count("GET v6/labels") == 1 and len(done.calls) == 3
        assert not (tmp_path / "pwned").exists()
        without = inventory.list({})
        assert without.hosts == ["db", "idle", "web"] and len(without.calls) == 2
        assert without.vars["web"]["profitbricks_labels"] == {}
        # The cache keeps them, and what was read without them is not taken for all.
        inventory.list(cached(inventory))
        assert len(inventory.list(cached(inventory, **config)).calls) == 3
        again = inventory.list(cached(inventory, **config))
        assert again.calls == [] and again.vars["web"]["profitbricks_labels"] == {"env": "production"}
        old = inventory.fails({**config, "api_url": f"{running.url}/cloudapi/v4"})
        assert "api_url: the service has labels from version 5 of its API on" in old


# -- credentials --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "config, environ",
    [
        ("", {"PROFITBRICKS_TOKEN": TOKEN}),
        ("", {"IONOS_TOKEN": TOKEN, "IONOS_CONTRACT_NUMBER": "31415926"}),
        ("token: ''\n", {"PROFITBRICKS_USERNAME": "demo@example.com", "IONOS_PASSWORD": PASSWORD}),
        ("username: demo@example.com\npassword: \"{{ lookup('env', 'SECRET') }}\"\n", {"SECRET": PASSWORD}),
        ("token: \"{{ lookup('env', 'UNSET') }}\"\n", {"PROFITBRICKS_TOKEN": TOKEN}),
    ],
)
def test_credentials_from_the_environment_and_templates(
    inventory: Inventory, config: str, environ: dict[str, str]
) -> None:
    text = f"plugin: profitbricks.cloud.profitbricks\n{config}"
    done = inventory.list(text, PROFITBRICKS_API_URL=inventory.url, **environ)
    assert len(done.hosts) == 7 and len(done.calls) == 4


def test_a_password_from_a_file(inventory: Inventory) -> None:
    folder = inventory.folder
    (folder / "plain").write_text(f"{PASSWORD}\n", encoding="utf-8")
    (folder / "script").write_text(f"#!/bin/sh\necho {PASSWORD}\n", encoding="utf-8")
    (folder / "script").chmod(0o755)
    (folder / "vault-password").write_text("correct horse", encoding="utf-8")
    (folder / "vaulted").write_text(PASSWORD, encoding="utf-8")
    vault = ("--vault-password-file", "vault-password")
    assert inventory.run("vault", "encrypt", *vault, "vaulted").code == 0
    assert PASSWORD not in (folder / "vaulted").read_text(encoding="utf-8")
    user = {"username": "demo@example.com", "datacenters": ["shop"]}
    for name in ("plain", "script", "vaulted"):
        assert len(inventory.list({**user, "password_file": name}, *vault).hosts) == 4
        done = inventory.list(None, *vault, "-vvv")
        assert PASSWORD not in done.stdout + done.stderr
    for variable in ("PROFITBRICKS_PASSWORD_FILE", "IONOS_PASSWORD_FILE"):
        assert len(inventory.list(user, **{variable: str(folder / "plain")}).hosts) == 4
    # Where the password or a token is there, the file does not matter.
    nowhere = {"IONOS_PASSWORD_FILE": "nowhere", "PROFITBRICKS_PASSWORD_FILE": "nowhere"}
    assert len(inventory.list({**user, "password": PASSWORD, "password_file": "nowhere"}).hosts) == 4
    assert len(inventory.list({"datacenters": ["shop"], "token": TOKEN}, **nowhere).hosts) == 4
    own = {"datacenters": ["shop"], "username": ""}
    assert len(inventory.list(own, **nowhere, PROFITBRICKS_TOKEN=TOKEN).hosts) == 4
    given = {"IONOS_PASSWORD": PASSWORD, "IONOS_PASSWORD_FILE": "nowhere"}
    assert len(inventory.list(user, **given).hosts) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, r"there is no file \S*secret"),
        ("", r"\S*secret cannot be read, or contains no password: "),
        ("#!/bin/sh\nexit 3\n", r"\S*secret cannot be read, or contains no password: "),
    ],
)
def test_a_password_file_without_a_password(inventory: Inventory, text: str | None, message: str) -> None:
    if text is not None:
        (inventory.folder / "secret").write_text(text, encoding="utf-8")
        (inventory.folder / "secret").chmod(0o755 if text else 0o600)
    user = {"username": "demo@example.com"}
    for option, said in (
        ("password_file", inventory.fails({**user, "password_file": "secret"})),
        ("IONOS_PASSWORD_FILE", inventory.fails(user, IONOS_PASSWORD_FILE="secret")),
    ):
        assert re.search(rf" {option}: {message}", said), said


TEMPLATED: dict[str, tuple[Any, Any]] = {
    # What the file says, and what it comes to.
    "datacenters": (["{{ site }}"], ["shop"]),
    "locations": (["de/{{ 'FRA' | lower }}"], ["de/fra"]),
    "connect_with": (["{{ 'private' }}_ipv4"], ["private_ipv4"]),
    "hosts_without_address": ("{{ 'drop' }}", "drop"),
    "hostname_duplicates": ("{{ 'number' }}", "number"),
    "hostvars_prefix": ("{{ site }}_", "shop_"),
    "labels": ("{{ 1 == 1 }}", True),
    "concurrency": ("{{ 1 + 1 }}", 2),
    "contract_number": ("{{ 31415926 }}", "31415926"),
    "api_retries": ("{{ 0 }}", 0),
    "api_timeout": ("{{ 7 }}", 7),
    "strict": ("{{ 1 == 2 }}", False),
    "leading_separator": ("{{ 1 == 2 }}", False),
    "cache": ("{{ 1 == 1 }}", True),
    "cache_plugin": ("{{ 'json' }}file", "jsonfile"),
    "cache_connection": ("cache-of-{{ site }}", "cache-of-shop"),
}
VARIABLES = ("-e", '{"site": "shop", "sites": ["shop"]}')


def test_every_option_takes_templates(inventory: Inventory) -> None:
    plain, templated = ({name: both[n] for name, both in TEMPLATED.items()} for n in (1, 0))
    own = {"keyed_groups": [{"key": "'x'", "prefix": ""}]}
    expected = inventory.list({**own, **plain}, *VARIABLES)
    assert (expected.hosts, expected.group("x")) == (["db-01", "web-01", "web-02"], expected.hosts)
    shutil.rmtree(inventory.folder / "cache-of-shop")
    done = inventory.list({**own, **templated}, *VARIABLES)
    assert (done.data, done.said) == (expected.data, expected.said)
    assert sorted(done.calls) == sorted(expected.calls) and len(done.calls) == 3
    assert list((inventory.folder / "cache-of-shop").iterdir())


@pytest.mark.parametrize("datacenters", ["{{ site }}, {{ site }}", "{{ sites }}", "{{ site ~ ',' ~ site }}"])
def test_a_list_may_come_from_one_template(inventory: Inventory, datacenters: str) -> None:
    assert len(inventory.list({"datacenters": datacenters}, *VARIABLES).calls) == 2


@pytest.mark.parametrize("option", ["datacenters", "concurrency", "labels", "cache_plugin"])
def test_a_template_that_cannot_be_evaluated_is_told_of_its_option(inventory: Inventory, option: str) -> None:
    said = inventory.fails({option: "{{ nothing_at_all }}"})
    assert f"{option}: the template cannot be evaluated: 'nothing_at_all' is undefined" in said


def test_options_from_extra_vars_and_vault(inventory: Inventory) -> None:
    (inventory.folder / "vault-password").write_text("correct horse", encoding="utf-8")
    vault = ("--vault-password-file", "vault-password")
    encrypted = inventory.run("vault", "encrypt_string", *vault, PASSWORD, "--name", "password").stdout
    text = f"plugin: profitbricks.cloud.profitbricks\napi_url: '{{{{ url }}}}'\nusername: demo@example.com\n{encrypted}"
    assert PASSWORD not in text and "!vault" in text
    done = inventory.list(text, *vault, "-e", f"url={inventory.url}", "-vvv")
    assert len(done.calls) == 4
    assert PASSWORD not in done.stdout + done.stderr


# -- large accounts -----------------------------------------------------------------------------------------------


def test_a_data_center_of_2500_servers_is_read_whole(tmp_path: Path, pythons: Pythons) -> None:
    with Server(Cloud(public_net="198.18.0.0/15")) as running:
        servers = [server(f"s{number:04}", 1, 2, disks=0) for number in range(2500)]
        datacenter(running.url, "large", "de/fra", servers)
        datacenter(running.url, "small", "de/fra", [server("last", 1)])
        running.cloud.settings.page_limit = 100
        done = Inventory(running.cloud, running.url, tmp_path, pythons).list({"concurrency": 1})
    assert len(done.hosts) == 2501 and len(done.calls) == 3
    assert all(values["ansible_host"] for values in done.vars.values())


def test_the_rate_limit_is_kept_by_all_readers_together(tmp_path: Path, pythons: Pythons) -> None:
    with Server(Cloud()) as running:
        for number in range(20):
            datacenter(running.url, f"dc{number}", "de/fra", [server(f"web-{number}", 1, disks=0)])
        running.cloud.limit_rate("600/5")
        done = Inventory(running.cloud, running.url, tmp_path, pythons).list({"api_retries": 0})
        statuses = [call["status"] for call in running.cloud.journal.calls]
    assert len(done.hosts) == 20 and statuses == [200] * 21


# -- while things change, and when they fail ----------------------------------------------------------------------


def test_what_is_being_made_is_listed(tmp_path: Path, pythons: Pythons) -> None:
    with Server(Cloud(provision_seconds=1000)) as running:
        datacenter(running.url, "shop", "de/fra", [server("web", 1)])
        done = Inventory(running.cloud, running.url, tmp_path, pythons).list({})
    assert done.vars["web"]["profitbricks_state"] == "BUSY"


def test_passing_faults_are_outlasted(inventory: Inventory) -> None:
    inventory.fault("status", "datacenters$", status=429, retry_after=0)
    inventory.fault("drop_before", "datacenters/", times=2)
    assert len(inventory.list({}).hosts) == 7


@pytest.mark.parametrize(
    "config, message",
    [
        (
            {"datacenters": ["nowhere"]},
            "datacenters: there is no data center 'nowhere'; there are: lab, lab, shop",
        ),
        ({"datacenters": ["lab"]}, "datacenters: 2 data centers match 'lab'; name one by its id:"),
        ({"locations": ["frankfurt"]}, "locations: 'frankfurt' is not the id such as"),
        ({"filters": [{"exclude": "x ="}]}, "filters: 'x =' is not a valid Jinja expression"),
        ({"filters": [{"only": "x"}]}, "filters: each entry must be one of include and exclude"),
        ({"filters": [{"include": "nothing.at.all"}], "strict": True}, "filters: 'nothing.at.all' cannot be"),
        ({"hostnames": ["nmae"]}, "hostnames: there is no host variable nmae"),
        (
            {"hostnames": ["nothing.at.all"], "strict": True},
            "hostnames: 'nothing.at.all' cannot be evaluated for server",
        ),
        ({"hostname_duplicates": "error"}, "hostnames: 2 hosts would be called 'web-01'"),
        ({"hostname_duplicates": "merge"}, "hostname_duplicates"),
        ({"connect_with": "public"}, "connect_with: 'public' is none of public_ipv4"),
        ({"hostvars_prefix": "my-"}, "hostvars_prefix: 'my-' cannot begin the name of a variable"),
        ({"concurrency": 0}, "concurrency: 0 is below the minimum, 1"),
        ({"filter": []}, "filter: there is no such option; ansible-doc -t inventory"),
        ({"keyed_groups": [{"key": "nothing.at.all"}], "strict": True}, "nothing.at.all"),
        ({"api_url": "ftp://example.com"}, "api_url: this is not an http or https address"),
        (
            {"api_url": "http://127.0.0.1:9", "api_retries": 0},
            "Cannot connect to http://127.0.0.1:9/cloudapi/v6",
        ),
        ({"token": "{{ nothing_at_all }}"}, "token: the template cannot be evaluated"),
        ({"token": ""}, "No credentials: give token, or username and password"),
        (
            {"username": "demo@example.com"},
            "password: not set; give the option, or set PROFITBRICKS_PASSWORD",
        ),
        (
            {"username": "demo@example.com", "password": "S3cretS3cret"},
            "(GET datacenters: HTTP 401, code 315)",
        ),
        ({"token": "S3cretS3cret", "api_retries": 0}, "Check username and password, or token"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_errors_say_what_to_change(inventory: Inventory, config: dict[str, Any], message: str) -> None:
    assert message in inventory.fails(config)


@pytest.mark.parametrize(
    "fault, message",
    [
        ({"kind": "half", "path": "datacenters/"}, "was lost or cut short"),
        ({"kind": "html", "path": "datacenters$"}, "an HTML page instead of JSON"),
        ({"kind": "status", "path": "datacenters/", "status": 403}, "the user is not allowed to do this"),
        ({"kind": "hang", "path": "datacenters/"}, "did not answer GET datacenters/"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_faults_of_the_service(inventory: Inventory, fault: dict[str, Any], message: str) -> None:
    inventory.fault(**fault, times=0)
    assert message in inventory.fails({"api_retries": 0, "api_timeout": 1, "concurrency": 1})


def test_tls_where_there_is_none(inventory: Inventory) -> None:
    secure = inventory.url.replace("http:", "https:")
    assert "TLS failure with https://127.0.0.1" in inventory.fails({"api_url": secure, "api_retries": 0})


def test_no_secret_is_shown(inventory: Inventory) -> None:
    config = {"username": "demo@example.com", "password": "S3cretS3cret", "api_retries": 0}
    done = inventory.list(config, "-vvv")
    assert "HTTP 401" in done.said and "S3cretS3cret" not in done.stdout + done.stderr
    done = inventory.list(
        {"token": "S3cretS3cret", "api_url": "http://127.0.0.1:9", "api_retries": 0}, "-vvv"
    )
    assert "Cannot connect" in done.said and "S3cretS3cret" not in done.stdout + done.stderr


# -- documentation ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "example",
    list(yaml.safe_load_all(EXAMPLES)),
    ids=["smallest", "production", "labels", "images", "private"],
)
def test_examples_run(inventory: Inventory, example: dict[str, Any]) -> None:
    environ = {"PROFITBRICKS_TOKEN": TOKEN, "SHOP_TOKEN": TOKEN, "PROFITBRICKS_API_URL": inventory.url}
    done = inventory.list(yaml.safe_dump(example), **environ)
    assert "web-02" in [host.split(".")[0] for host in done.hosts]
    assert "rror" not in done.stderr


def test_the_documentation_is_shown(inventory: Inventory) -> None:
    done = inventory.run("doc", "-t", "inventory", "profitbricks.cloud.profitbricks", "--json")
    (shown,) = done.data.values()
    assert set(shown["doc"]["options"]) >= {"filters", "token", "keyed_groups", "cache"}
    assert done.stderr == ""
