# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a configuration file to Ansible's inventory, for a service that describes whatever a test wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.doc_fragments import constructed, inventory_cache

from ansible_collections.profitbricks.cloud.plugins.doc_fragments import profitbricks as connection
from ansible_collections.profitbricks.cloud.plugins.inventory import profitbricks
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._inventory import (
    Address,
    Host,
    HostsInventory,
    Read,
)

FACTS = ("id", "name", "created_date", "role", "ip", "labels")


def machine(number: int, name: str | None, **facts: Any) -> Host:
    """A description of a server, the older the lower its number."""
    plain: Host = {"role": "web", "ip": f"10.0.0.{number}", "labels": {}}
    return {"id": f"id-{number}", "name": name, "created_date": f"2026-01-0{number}", **plain, **facts}


class InventoryModule(HostsInventory):
    """A plugin whose service is a function; its name tells Ansible of what kind it is."""

    NAME = profitbricks.InventoryModule.NAME
    NOUN = "server"
    FACTS = FACTS
    BORN = "created_date"

    read: Read

    def source(self) -> tuple[list[Any], Read]:
        return [self.concurrency()], self.read

    def addresses(self) -> list[Address]:
        return [lambda host: host["ip"]] if self.texts("connect_with") != ["none"] else []


@pytest.fixture(scope="module", autouse=True)
def documented() -> None:
    """The options of the plugin, as Ansible's loader of plugins would read them."""
    fragments = (
        constructed.ModuleDocFragment,
        inventory_cache.ModuleDocFragment,
        connection.ModuleDocFragment,
    )
    texts = [profitbricks.DOCUMENTATION, *(fragment.DOCUMENTATION for fragment in fragments)]
    options = {name: option for text in texts for name, option in yaml.safe_load(text)["options"].items()}
    constants.config.initialize_plugin_configuration_definitions("inventory", InventoryModule.NAME, options)


class Told:
    """Ansible's display, which keeps what it is told."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.details: list[str] = []
        self.warning = self.warnings.append
        self.vvv = self.details.append


class Trial:
    """A plugin with a configuration file of its own; ``warnings`` is what it told last."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.profitbricks.yml"
        self.display = Told()
        self.reads = 0
        self.cache = folder / "cache"

    @property
    def warnings(self) -> list[str]:
        return self.display.warnings

    def __call__(
        self,
        hosts: Sequence[Host] | Callable[[], Any],
        inventory: InventoryData | None = None,
        *,
        refresh: bool = False,
        **config: Any,
    ) -> InventoryData:
        """Parse; ``hosts`` are what the service describes, or what is called in place of it."""
        whole = {
            "plugin": InventoryModule.NAME,
            "connect_with": "none",
            "cache_plugin": "jsonfile",
            "cache_connection": str(self.cache),
            **config,
        }
        self.file.write_text(yaml.safe_dump(whole), encoding="utf-8")
        plugin = InventoryModule()
        plugin.display = self.display = Told()
        plugin._load_name = plugin.ansible_name = InventoryModule.NAME
        plugin._redirected_names = [InventoryModule.NAME]

        def read() -> list[Host]:
            self.reads += 1
            return list(hosts() if callable(hosts) else hosts)

        plugin.read = read
        found = inventory or InventoryData()
        plugin.parse(found, DataLoader(), str(self.file), cache=not refresh)
        if config.get("cache"):
            plugin.update_cache_if_changed()
        found.reconcile_inventory()
        return found

    def fails(self, hosts: Sequence[Host] | Callable[[], Any] = (), **config: Any) -> str:
        """The error, without the path of the file that it begins with."""
        inventory = InventoryData()
        with pytest.raises(AnsibleParserError) as error:
            self(hosts, inventory, **config)
        text = str(error.value)
        assert text.startswith(f"{self.file}: ")
        assert not inventory.hosts
        return text.removeprefix(f"{self.file}: ")


@pytest.fixture
def parse(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def members(inventory: InventoryData) -> dict[str, list[str]]:
    """The hosts of each group that a plugin has made."""
    ours = set(inventory.groups) - {"all", "ungrouped"}
    return {name: sorted(host.name for host in inventory.groups[name].hosts) for name in sorted(ours)}


FLEET = [machine(1, "web-01"), machine(2, "web-02", ip=None), machine(3, "db-01", role="db")]


# -- hosts ----------------------------------------------------------------------------------------------------------


def test_hosts_have_their_facts_as_variables(parse: Trial) -> None:
    inventory = parse(FLEET)
    assert list(inventory.hosts) == ["web-01", "web-02", "db-01"]
    told = {name: value for name, value in inventory.hosts["db-01"].vars.items() if name.startswith("profit")}
    assert told == {f"profitbricks_{fact}": FLEET[2][fact] for fact in FACTS}
    assert parse.warnings == []


def test_addresses_are_what_ansible_connects_to_and_hosts_without_one_are_told(parse: Trial) -> None:
    inventory = parse(FLEET, connect_with="public")
    assert [host.vars.get("ansible_host") for host in inventory.hosts.values()] == [
        "10.0.0.1",
        None,
        "10.0.0.3",
    ]
    (warning,) = parse.warnings
    assert warning.startswith("No address that connect_with asks for: web-02. ")


def test_hosts_without_an_address_can_be_left_out(parse: Trial) -> None:
    inventory = parse(FLEET, connect_with="public", hosts_without_address="drop")
    assert list(inventory.hosts) == ["web-01", "db-01"]
    assert parse.warnings == []


@pytest.mark.parametrize(
    ("filters", "hosts"),
    [
        ([{"include": "profitbricks_role == 'db'"}, {"exclude": True}], ["db-01"]),
        ([{"exclude": "profitbricks_role == 'db'"}], ["web-01", "web-02"]),
        ([{"exclude": "profitbricks_labels.never"}], ["web-01", "web-02", "db-01"]),
        ([{"include": False}, {"exclude": "profitbricks_ip is none"}], ["web-01", "db-01"]),
    ],
)
def test_the_first_filter_that_is_true_decides(parse: Trial, filters: list[Any], hosts: list[str]) -> None:
    assert list(parse(FLEET, filters=filters).hosts) == hosts


# -- names ----------------------------------------------------------------------------------------------------------


def test_a_host_is_called_by_the_first_of_its_names_that_is_one(parse: Trial) -> None:
    fleet = [
        machine(1, "a", labels={"fqdn": "a.example"}),
        machine(2, "b", labels={"fqdn": []}),
        machine(3, None),
    ]
    inventory = parse(fleet, hostnames=["profitbricks_labels.fqdn", "name"])
    assert list(inventory.hosts) == ["a.example", "b", "id-3"]


@pytest.mark.parametrize(
    ("rule", "names", "warnings"), [("number", ["web", "web_2"], 0), ("id", ["web_id-1", "web_id-2"], 1)]
)
def test_servers_of_one_name_are_told_apart(parse: Trial, rule: str, names: list[str], warnings: int) -> None:
    inventory = parse([machine(2, "web"), machine(1, "web")], hostname_duplicates=rule)
    assert sorted(inventory.hosts) == names
    assert len(parse.warnings) == warnings
    assert all("Several servers share one of these names" in each for each in parse.warnings)


@pytest.mark.parametrize("rule", ["number", "id"])
def test_no_host_is_called_as_a_group_or_as_the_controller(parse: Trial, rule: str) -> None:
    fleet = [machine(1, "web"), machine(2, "localhost")]
    inventory = parse(fleet, hostname_duplicates=rule, groups={"web": "true"})
    assert not {"web", "localhost"} & set(inventory.hosts)
    assert members(inventory) == {"web": sorted(inventory.hosts)}
    (warning,) = parse.warnings
    assert warning.startswith("A host cannot have the name of a group or be called localhost")
    assert ("the id of the server" in warning) == (rule == "id")


def test_groups_that_follow_the_names_of_their_hosts_come_to_an_end(parse: Trial) -> None:
    own = {"keyed_groups": [{"key": "inventory_hostname", "separator": ""}], "hostname_duplicates": "number"}
    error = parse.fails([machine(1, "web")], **own)
    assert error.startswith(
        "hostnames: whatever the servers are called, groups or keyed_groups create groups"
    )


# -- expressions ----------------------------------------------------------------------------------------------------


def test_variables_and_groups_are_constructed(parse: Trial) -> None:
    inventory = parse(
        FLEET,
        compose={"where": "profitbricks_ip | default('nowhere', true)"},
        groups={"databases": "profitbricks_role == 'db'", "reachable": "profitbricks_ip is not none"},
        keyed_groups=[{"key": "profitbricks_role", "prefix": "role"}],
    )
    assert [host.vars["where"] for host in inventory.hosts.values()] == ["10.0.0.1", "nowhere", "10.0.0.3"]
    found = members(inventory)
    assert (found["databases"], found["role_web"]) == (["db-01"], ["web-01", "web-02"])
    assert parse.warnings == []


@pytest.mark.parametrize(
    ("option", "config"),
    [
        ("compose", {"compose": {"x": "nothing.at.all"}}),
        ("groups", {"groups": {"x": "nothing == 1"}}),
        ("keyed_groups", {"keyed_groups": [{"key": "nothing"}]}),
        ("filters", {"filters": [{"include": "nothing == 1"}]}),
        ("hostnames", {"hostnames": ["nothing ~ 1"]}),
    ],
)
def test_an_expression_that_serves_no_host_is_told_or_fails(
    parse: Trial, option: str, config: dict[str, Any]
) -> None:
    assert set(parse(FLEET, **config).hosts)
    (warning,) = parse.warnings
    assert warning.startswith(f"{parse.file}: {option}: ")
    assert "cannot be evaluated for any server" in warning and "add host" not in warning
    assert "nothing" in parse.fails(FLEET, strict=True, **config)


# -- options --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"datacentres": ["shop"]},
            "datacentres: there is no such option; ansible-doc -t inventory profitbricks.cloud",
        ),
        ({"concurrency": 0}, "concurrency: 0 is below the minimum, 1"),
        ({"concurrency": "{{ 1 - 1 }}"}, "concurrency: 0 is below the minimum, 1"),
        ({"datacenters": ["{{ nowhere }}"]}, "datacenters: the template cannot be evaluated: "),
        ({"hostvars_prefix": "1st_"}, "hostvars_prefix: '1st_' cannot begin the name of a variable"),
        ({"filters": [{"only": "x"}]}, "filters: "),
    ],
)
def test_what_is_wrong_with_options_is_told(parse: Trial, config: dict[str, Any], message: str) -> None:
    assert parse.fails(FLEET, **config).startswith(message)


def test_a_secret_is_read_from_a_file_or_a_program(parse: Trial, tmp_path: Path) -> None:
    parse(FLEET)
    plugin = InventoryModule()
    plugin.loader = DataLoader()
    secret = tmp_path / "secret"
    secret.write_text("hush-hush\n", encoding="utf-8")
    assert plugin.secret_in("password_file", str(secret)) == "hush-hush"
    secret.write_text("#!/bin/sh\necho from a program\n", encoding="utf-8")
    secret.chmod(0o700)
    assert plugin.secret_in("password_file", str(secret)) == "from a program"


def test_a_file_without_a_secret_is_told(tmp_path: Path) -> None:
    plugin = InventoryModule()
    plugin.loader = DataLoader()
    missing, empty = tmp_path / "missing", tmp_path / "empty"
    empty.touch()
    with pytest.raises(InvalidOption, match=f"^password_file: there is no file {missing}$"):
        plugin.secret_in("password_file", str(missing))
    with pytest.raises(
        InvalidOption, match=f"^password_file: {empty} cannot be read, or contains no password"
    ):
        plugin.secret_in("password_file", str(empty))


# -- the service ----------------------------------------------------------------------------------------------------


def test_an_answer_of_which_nothing_can_be_made_is_the_services_fault(parse: Trial) -> None:
    def answer() -> Any:
        raise KeyError("servers")

    assert parse.fails(answer) == (
        "profitbricks: the service's answer cannot be understood: KeyError: 'servers'"
    )


def test_a_bug_is_told_as_one(parse: Trial) -> None:
    """A description without a fact that every one has."""
    broken = [{"id": "id-1", "name": "web"}]
    assert parse.fails(broken) == (
        "Unexpected KeyError: 'created_date'. This is a bug in the collection; please report it"
    )


@pytest.mark.parametrize(
    ("config", "refresh", "reads"),
    [({}, False, 1), ({}, True, 2), ({"concurrency": 3}, False, 2), ({"cache": False}, False, 2)],
    ids=["same", "refreshed", "other options", "without"],
)
def test_a_cache_spares_the_service_what_was_asked_before(
    parse: Trial, config: dict[str, Any], refresh: bool, reads: int
) -> None:
    first = parse(FLEET, cache=True)
    second = parse(FLEET, refresh=refresh, **{"cache": True, **config})
    assert list(second.hosts) == list(first.hosts) == ["web-01", "web-02", "db-01"]
    assert parse.reads == reads


def test_a_cache_that_cannot_be_read_is_read_anew(parse: Trial) -> None:
    parse(FLEET, cache=True)
    (kept,) = parse.cache.iterdir()
    kept.write_text("{", encoding="utf-8")
    assert len(parse(FLEET, cache=True).hosts) == 3
    assert parse.reads == 2
    assert "the cache cannot be read" in "".join(parse.display.details)
