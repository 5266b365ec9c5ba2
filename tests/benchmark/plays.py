# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that are measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .lab import Task

PING = "ping"
DEBUG = "debug"
VERBS = ("create", "unchanged", "update", "delete")
DC = {"datacenter": "bench"}
WEB = {**DC, "server": "web"}
PUBLIC = {**WEB, "nic": "public"}
TCP = {"protocol": "TCP", "port_range_start": 80}

# Of each resource: what says which one is meant, what it is created with, and what an update changes.
RESOURCES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "datacenter": ({"name": "other"}, {"location": "us/las"}, {"description": "updated"}),
    "lan": ({**DC, "name": "back"}, {"public": False}, {"public": True}),
    "server": ({**DC, "name": "db"}, {"cores": 1, "ram": 1024}, {"cores": 2}),
    "volume": ({**DC, "name": "data"}, {"size": 5, "licence_type": "OTHER"}, {"size": 6}),
    "nic": ({**WEB, "name": "back"}, {"lan": 1}, {"dhcp": False}),
    "firewall_rule": ({**PUBLIC, "name": "http"}, {**TCP, "port_range_end": 80}, {"port_range_end": 81}),
    "user": (
        {"email": "user{round}@example.com"},
        {"firstname": "Ada", "lastname": "Lovelace", "user_password": "bench-password-1"},
        {"firstname": "Augusta"},
    ),
}


def task(name: str, module: str, options: Mapping[str, Any], loop: Sequence[Any] = ()) -> Task:
    """A task of this collection; ``module`` without ``profitbricks_``."""
    task: Task = {"name": name, f"profitbricks.cloud.profitbricks_{module}": dict(options)}
    return {**task, "loop": list(loop)} if loop else task


def baselines() -> list[Task]:
    return [
        {"name": PING, "ansible.builtin.ping": {}},
        {"name": DEBUG, "ansible.builtin.debug": {"msg": "nothing"}},
    ]


def foundation() -> list[Task]:
    """What the other tasks need: a data center, a LAN, and a server with a NIC."""
    server = {**DC, "name": "web", "cores": 1, "ram": 1024, "nics": [{"name": "public", "lan": 1}]}
    return [
        task("foundation", "datacenter", {"name": "bench", "location": "de/fra"}),
        task("foundation", "lan", {**DC, "name": "front", "public": True}),
        task("foundation", "server", server),
    ]


def life(resource: str, round: int) -> list[Task]:
    """The creation of an object, a rerun of that, an update and the deletion; named ``resource verb``."""
    marks, first, change = RESOURCES[resource]
    # The service takes the address of a deleted user no second time.
    marks = {name: value.replace("{round}", str(round)) for name, value in marks.items()}
    options = ({**marks, **first}, {**marks, **first}, {**marks, **change}, {**marks, "state": "absent"})
    return [task(f"{resource} {verb}", resource, each) for verb, each in zip(VERBS, options, strict=True)]


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
