# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that are measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from integration.scenarios import SCENARIOS, Scenario

from .lab import Task

PING = "ping"
DEBUG = "debug"
VERBS = ("create", "unchanged", "update", "delete")
DC = {"datacenter": "bench"}


def task(name: str, module: str, options: Mapping[str, Any], loop: Sequence[Any] = ()) -> Task:
    """A task of this collection; ``module`` without ``profitbricks_``."""
    full = module if module.startswith("netfoundry_") else f"profitbricks_{module}"
    task: Task = {"name": name, f"profitbricks.cloud.{full}": dict(options)}
    return {**task, "loop": list(loop)} if loop else task


def baselines() -> list[Task]:
    return [
        {"name": PING, "ansible.builtin.ping": {}},
        {"name": DEBUG, "ansible.builtin.debug": {"msg": "nothing"}},
    ]


def life(kind: str, scenario: Scenario, round: int) -> list[Task]:
    """The creation of an object, a rerun of that, an update and the deletion; named as `label` and the verb."""
    # The service takes the address of a deleted user no second time.
    address = {"email": f"{round}-{scenario.create['email']}"} if scenario.mark == "email" else {}
    above = {**scenario.parents(kind), **scenario.told}
    new = {**above, **scenario.create, **address}
    found = {**above, **scenario.name, **address}
    last = {**found, scenario.mark: scenario.renamed, **address} if scenario.mark else found
    if scenario.mark in scenario.change:
        found["id"] = f"{{{{ made.{kind}.id }}}}"
    steps = {
        "create": new,
        "unchanged": new,
        "update": {**found, **scenario.change},
        "delete": {**last, "state": "absent"},
    }
    if not scenario.change:
        del steps["update"]
    tasks = [task(f"{label(kind)} {verb}", label(kind), options) for verb, options in steps.items()]
    tasks[0]["register"] = "made"
    return tasks


def label(kind: str) -> str:
    """The module of a kind, without ``profitbricks_``."""
    return f"{SCENARIOS[kind].provider}_{kind}".removeprefix("profitbricks_")


def site(servers: int) -> list[Task]:
    """A data center with two LANs, and servers with a boot volume, two NICs and three firewall rules each."""
    item = "{{ item }}"
    names = [f"web-{number:02}" for number in range(1, servers + 1)]
    nics = [[name, *nic] for name in names for nic in (("public", 1), ("private", 2))]
    rules = [
        [name, rule, port] for name in names for rule, port in (("ssh", 22), ("http", 80), ("https", 443))
    ]
    volume = {
        **DC,
        "name": f"{item}-boot",
        "size": 10,
        "image": "ubuntu:24.04",
        "ssh_keys": ["ssh-ed25519 AAAA"],
    }
    server = {**DC, "name": item, "cores": 2, "ram": 2048, "boot_volume": f"{item}-boot"}
    nic = {
        **DC,
        "server": "{{ item.0 }}",
        "name": "{{ item.1 }}",
        "lan": "{{ item.2 }}",
        "firewall_active": True,
    }
    rule = {
        **DC,
        "server": "{{ item.0 }}",
        "nic": "public",
        "name": "{{ item.1 }}",
        "protocol": "TCP",
        "port_range_start": "{{ item.2 }}",
        "port_range_end": "{{ item.2 }}",
    }
    return [
        task("data center", "datacenter", {"name": "bench", "location": "de/fra"}),
        task(
            "LANs",
            "lan",
            {**DC, "name": "{{ item.0 }}", "public": "{{ item.1 }}"},
            [["public", True], ["private", False]],
        ),
        task("boot volumes", "volume", volume, names),
        task("servers", "server", server, names),
        task("NICs", "nic", nic, nics),
        task("firewall rules", "firewall_rule", rule, rules),
    ]


def with_debug(tasks: Sequence[Task]) -> list[Task]:
    """The same play with ``debug`` in place of each task: what Ansible itself takes for it."""
    changed: list[Task] = []
    for each in tasks:
        (options,) = (value for key, value in each.items() if key.startswith("profitbricks.cloud."))
        kept: Task = {name: value for name, value in each.items() if name in ("name", "loop")}
        changed.append({**kept, "ansible.builtin.debug": {"msg": options}})
    return changed
