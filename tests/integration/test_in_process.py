# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task inside Ansible's worker and the same task as a module of its own do and tell the same, to the letter."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from integration.runner import ROOT, TOKEN, Results, Runner, Task, plain_environment, task
from integration.scenarios import SCENARIOS as WALKS
from integration.warm import Pythons
from pocketvdc import Cloud, Server
from processes import ended

MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
IMAGE_PASSWORD = "hushhushvolume"
USER_PASSWORD = "hush-hush-user-1"
SECRETS = (TOKEN, "demo-password", IMAGE_PASSWORD, USER_PASSWORD)
CHECK = {"check_mode": True}
DC = {"datacenter": "shop"}
WEB = {**DC, "server": "web"}
PUBLIC = {**WEB, "nic": "public"}
WORKERS = {"k8s_cluster": "shop", "k8s_nodepool": "workers"}
NODE = {"name": "{{ nodes.k8s_nodes[0].name }}"}
ACTION = {"identity": "demo-client", "resource_type": "endpoint", "action": "create"}
GRANT = {"identity": "demo-client", "role": "Organization Read-only - Demo Organization"}
OWN_IMAGE = {"name": "own", "location": "de/fra", "size": 2}

FOUNDATION = [
    task("a data center", "datacenter", name="shop", location="de/fra"),
    task("a LAN", "lan", **DC, name="front", public=True),
    task(
        "a server", "server", **DC, name="web", cores=1, ram=1024, nics=[{"name": "public", "lan": "front"}]
    ),
]


@pytest.fixture(scope="module")
def frozen() -> Iterator[Server]:
    """An emulator whose ids, addresses and dates are the same after each reset."""
    with Server(Cloud(clock=lambda: 1_700_000_000.0, seed=1)) as server:
        yield server


@pytest.fixture
def play(frozen: Server, pythons: Pythons, tmp_path: Path) -> Runner:
    return Runner(frozen.cloud, frozen.url, tmp_path, pythons)


def scenario(module: str, marks: dict[str, Any], first: dict[str, Any], then: dict[str, Any]) -> list[Task]:
    """All that can become of a task of one resource, in the order that gets it there."""
    whole = {**marks, **first}
    return [
        task("creation, checked", module, CHECK, **whole),
        task("creation", module, **whole),
        task("unchanged", module, **whole),
        task("change, checked", module, CHECK, **marks, **then),
        task("change", module, **marks, **then),
        task("information", f"{module}_info", **marks),
        task("all information", f"{module}_info", **{name: marks[name] for name in marks if name in PUBLIC}),
        task("unknown option", module, **whole, colour="blue"),
        task("wrong type", module, **whole, wait_timeout="soon"),
        task("wrong choice", module, **{**whole, "state": "perhaps"}),
        task("wrong value", module, **{**whole, "wait_timeout": 0}),
        task("missing", module, state="present"),
        task("wrong credentials", module, **whole, token="hush-wrong-token"),
        task("deletion, checked", module, CHECK, **marks, state="absent"),
        task("deletion", module, **marks, state="absent"),
        task("gone", module, **marks, state="absent"),
    ]


SCENARIOS: dict[str, list[Task]] = {
    "datacenter": scenario(
        "datacenter", {"name": "other"}, {"location": "us/las"}, {"description": "A second one"}
    ),
    "lan": [
        *FOUNDATION[:1],
        *scenario("lan", {**DC, "name": "back"}, {"public": False}, {"public": True, "pcc": None}),
    ],
    "server": [
        *FOUNDATION[:2],
        *scenario(
            "server",
            {**DC, "name": "db"},
            {
                "cores": 1,
                "ram": 1024,
                "boot_volume": "boot",
                "volumes": [
                    {
                        "name": "boot",
                        "size": 5,
                        "image": "ubuntu:24.04",
                        "disk_type": "HDD",
                        "image_password": IMAGE_PASSWORD,
                    }
                ],
                "nics": [{"lan": "front", "firewall_rules": [{"name": "ssh", "protocol": "TCP"}]}],
            },
            {"cores": 2, "ram": 2048},
        ),
        task(
            "bad nested option",
            "server",
            **DC,
            name="db",
            volumes=[{"image_password": IMAGE_PASSWORD, "sise": 1}],
        ),
        task(
            "bad nested value",
            "server",
            **DC,
            name="db",
            cores=1,
            ram=1024,
            volumes=[{"name": "x", "size": 0, "image": "ubuntu:24.04", "image_password": IMAGE_PASSWORD}],
        ),
    ],
    "volume": [
        *FOUNDATION[:1],
        *scenario(
            "volume",
            {**DC, "name": "data"},
            {
                "size": 5,
                "image": "ubuntu:24.04",
                "image_password": IMAGE_PASSWORD,
                "ssh_keys": ["ssh-ed25519 AAAA"],
            },
            {"size": 10},
        ),
        task(
            "password in an error",
            "volume",
            **DC,
            name="x",
            size=1,
            image="ubuntu:24.04",
            image_password=f"{IMAGE_PASSWORD}!",
        ),
    ],
    "nic": [
        *FOUNDATION,
        *scenario(
            "nic", {**WEB, "name": "back"}, {"lan": 2, "dhcp": False}, {"ips": ["10.7.222.11"], "dhcp": True}
        ),
    ],
    "firewall_rule": [
        *FOUNDATION,
        *scenario(
            "firewall_rule",
            {**PUBLIC, "name": "http"},
            {"protocol": "TCP", "port_range_start": 80, "port_range_end": 80, "source_ip": "198.51.100.7"},
            {"source_ip": None, "port_range_end": 81},
        ),
    ],
    "volume_attachment": [
        *FOUNDATION,
        task("a volume", "volume", **DC, name="data", size=1, licence_type="OTHER"),
        *scenario("volume_attachment", {**WEB, "volume": "data"}, {}, {}),
    ],
    "cdrom_attachment": [
        *FOUNDATION,
        *scenario("cdrom_attachment", {**WEB, "cdrom": "debian-12.7.0-amd64-netinst.iso"}, {}, {}),
        task("no CD-ROM", "cdrom_attachment", **WEB, cdrom="nowhere"),
    ],
    "snapshot": [
        *FOUNDATION[:1],
        task("a volume", "volume", **DC, name="data", size=1, licence_type="OTHER"),
        *scenario("snapshot", {"name": "new"}, {**DC, "volume": "data"}, {"description": "Some"}),
        task("nothing to restore", "snapshot", **DC, name="new", volume="data", state="restored"),
    ],
    "loadbalancer": [
        *FOUNDATION,
        *scenario(
            "loadbalancer", {**DC, "name": "new"}, {"balanced_nics": ["web/public"]}, {"balanced_nics": []}
        ),
        task("no NIC", "loadbalancer", **DC, name="new", balanced_nics=["web/nowhere"]),
    ],
    "ipblock": scenario("ipblock", {"name": "new"}, {"location": "de/fra", "size": 1}, {"size": 2}),
    "user": scenario(
        "user",
        {"email": "ada@example.com"},
        {"firstname": "Ada", "lastname": "Lovelace", "user_password": USER_PASSWORD},
        {"firstname": "Augusta", "user_password": f"{USER_PASSWORD}2", "update_password": "always"},
    ),
    "group": scenario(
        "group", {"name": "ops"}, {"reserve_ip": True, "users": ["demo@example.com"]}, {"users": []}
    ),
    "share": [
        *FOUNDATION[:1],
        task("a group", "group", name="ops"),
        *scenario(
            "share",
            {"group": "ops", "resource": "shop", "resource_type": "datacenter"},
            {"edit_privilege": True},
            {"share_privilege": True},
        ),
        task("resources", "resource_info", type="datacenter"),
    ],
    "s3key": [
        task("the first key, deleted", "s3key", user="demo@example.com", state="absent"),
        *scenario("s3key", {"user": "demo@example.com"}, {"active": True}, {"active": False}),
    ],
    "label": [
        *FOUNDATION[:1],
        *scenario("label", {**DC, "key": "env"}, {"value": "production"}, {"value": "test"}),
        task("all labels", "label_info"),
        task("on two things", "label", **DC, snapshot="x", key="env", value="production"),
    ],
    "request": [
        *FOUNDATION[:1],
        task("all requests", "request_info"),
        task("the newest, awaited", "request_info", CHECK, limit=1, wait=True, wait_timeout=5),
        task("wrong id", "request_info", id=["x"]),
        task("wrong wait", "request_info", wait=True, wait_timeout=0),
    ],
    "contract": [task("the contract", "contract_info"), task("checked", "contract_info", CHECK)],
    "image": [
        task("some", "image_info", name="ubuntu", location="de/fra"),
        task("none", "image_info", name="no such image"),
        task("wrong choice", "image_info", image_type="TAPE"),
        task("wrong id", "image_info", id="x"),
        task("no creation", "image", name="new"),
        task(
            "own", "image", {"before": [("images", {"properties": OWN_IMAGE})]}, name="own", cpu_hot_plug=True
        ),
        task("own again", "image", name="own", cpu_hot_plug=True),
        task("own deleted", "image", name="own", state="absent"),
    ],
    "pcc": scenario("pcc", {"name": "backend"}, {"description": "Databases"}, {"description": ""}),
    "backupunit": scenario(
        "backupunit",
        {"name": "unit"},
        {"email": "backup@example.com", "backupunit_password": USER_PASSWORD},
        {"email": "admin@example.com"},
    ),
    "k8s_cluster": [
        *scenario(
            "k8s_cluster",
            {"name": "shop"},
            {"maintenance_window": {"day_of_the_week": "Sunday", "time": "03:00:00"}},
            {"k8s_version": "1.34.3", "api_subnet_allow_list": ["198.51.100.7"]},
        ),
        task("versions", "k8s_version_info"),
    ],
    "k8s_nodepool": [
        *FOUNDATION[:2],
        task("a cluster", "k8s_cluster", name="shop"),
        *scenario(
            "k8s_nodepool",
            {"k8s_cluster": "shop", "name": "workers"},
            {
                "datacenter": "shop",
                "node_count": 1,
                "cores_count": 1,
                "ram_size": 2048,
                "storage_type": "SSD",
                "storage_size": 20,
                "availability_zone": "AUTO",
                "lans": [{"lan": "front"}],
            },
            {"node_count": 2, "labels": {"role": "web"}},
        ),
        task("with nodes", "k8s_nodepool_info", k8s_cluster="shop", nodes=True),
    ],
    "k8s_node": [
        *FOUNDATION[:1],
        task("a cluster", "k8s_cluster", name="shop"),
        task(
            "a node pool",
            "k8s_nodepool",
            **{"k8s_cluster": "shop", "name": "workers", "datacenter": "shop", "node_count": 2},
            **{"cores_count": 1, "ram_size": 2048, "storage_type": "SSD", "storage_size": 20},
            availability_zone="AUTO",
        ),
        task("nodes", "k8s_node_info", {"register": "nodes"}, **WORKERS),
        task("checked", "k8s_node", CHECK, **WORKERS, **NODE, state="replaced"),
        task("replaced", "k8s_node", **WORKERS, **NODE, state="replaced"),
        task("there", "k8s_node", **WORKERS, **NODE),
        task("no such node", "k8s_node", **WORKERS, name="nowhere"),
        task("deleted", "k8s_node", **WORKERS, **NODE, state="absent"),
        task("gone", "k8s_node", **WORKERS, **NODE, state="absent"),
    ],
    "k8s_config": [
        task("a cluster", "k8s_cluster", name="shop"),
        task("checked", "k8s_config", CHECK, k8s_cluster="shop", dest="{{ kubeconfig }}"),
        task("written", "k8s_config", k8s_cluster="shop", dest="{{ kubeconfig }}"),
        task("unchanged", "k8s_config", k8s_cluster="shop", dest="{{ kubeconfig }}"),
        task("no folder", "k8s_config", k8s_cluster="shop", dest="{{ kubeconfig }}/nowhere/config"),
        task("no cluster", "k8s_config", k8s_cluster="other", dest="{{ kubeconfig }}"),
        task("none named", "k8s_config", dest="{{ kubeconfig }}"),
        task("deleted", "k8s_config", dest="{{ kubeconfig }}", state="absent"),
        task("gone", "k8s_config", dest="{{ kubeconfig }}", state="absent"),
    ],
    "token": [
        task("checked", "token", CHECK, state="created", ttl=3600),
        task("made", "token", {"register": "made"}, state="created", ttl=3600),
        task("kept", "token", dest="{{ kubeconfig }}"),
        task("listed", "token_info"),
        task("dropped", "token", dest="{{ kubeconfig }}", state="absent"),
        task("no folder", "token", dest="{{ kubeconfig }}/nowhere/token"),
        task("revoked", "token", id="{{ made.token.id }}", state="absent"),
        task("gone", "token", id="{{ made.token.id }}", state="absent"),
    ],
    "template": [task("all", "template_info"), task("one", "template_info", CHECK, name="CUBES S")],
    "location": [
        task("all", "location_info"),
        task("checked", "location_info", CHECK, name="frankfurt"),
        task("wrong id", "location_info", id="Frankfurt"),
    ],
    "netfoundry_role": [
        task("roles", "netfoundry_role_info"),
        task("organization", "netfoundry_organization_info"),
        task("versions", "netfoundry_network_version_info", active=True),
        task("regions", "netfoundry_region_info", provider="AWS"),
        task("no such region", "netfoundry_region_info", provider="AWS", location_code="nowhere"),
        task("granted, checked", "netfoundry_role", CHECK, **GRANT),
        task("granted", "netfoundry_role", **GRANT),
        task("granted again", "netfoundry_role", **GRANT),
        task("taken", "netfoundry_role", **GRANT, state="absent"),
        task("wrong role", "netfoundry_role", **{**GRANT, "role": "Emperor"}),
    ],
    "netfoundry_grant": [
        task("actions", "netfoundry_grant_info", resource_type="endpoint"),
        task("granted, checked", "netfoundry_grant", CHECK, **ACTION),
        task("granted", "netfoundry_grant", **ACTION),
        task("granted again", "netfoundry_grant", **ACTION),
        task("all requests", "netfoundry_request_info"),
        task("wrong id", "netfoundry_request_info", id=["x"]),
        task("taken", "netfoundry_grant", **ACTION, state="absent"),
        task("wrong action", "netfoundry_grant", **{**ACTION, "action": "crown"}),
    ],
}


def seen(results: Results) -> dict[str, Any]:
    """What a playbook sees of each task, and what the service saw; each run has a credentials file of its own.

    The candidate of ansible-core 2.22 leaves a mark of its own in what is registered of a module.
    """
    text = re.sub(r"/run-\d+/", "/run/", json.dumps(_seen(results)))
    whole: dict[str, Any] = json.loads(text.replace('"ansible_parsed": true, ', ""))
    return whole


def _seen(results: Results) -> dict[str, Any]:
    return {
        done.name: {
            "status": done.status,
            "result": {name: value for name, value in done.result.items() if not name.startswith("_ansible")},
            "calls": [(call["method"], call["path"], call["status"]) for call in done.calls],
        }
        for done in results
    }


def both(
    play: Runner,
    tasks: Sequence[Task],
    *,
    variables: Mapping[str, Any] | None = None,
    given: Callable[[Runner], Mapping[str, Any]] = lambda play: {},
    **more: Any,
) -> tuple[Results, Results]:
    """The tasks inside the worker, and on a new account as modules; ``given`` makes what they need."""
    found = []
    for in_process in (True, False):
        play.cloud.reset()
        made = {**(variables or {}), **given(play)}
        found.append(play(tasks, in_process=in_process, variables=made, **more))
    return found[0], found[1]


# The modules that have no scenario here do what they do in the walk through the promises.
WALKED = sorted(set(WALKS) - set(SCENARIOS))


def walked(kind: str) -> list[Task]:
    walk = WALKS[kind]
    module = f"{walk.provider}_{kind}"
    marks = {**walk.parents(kind), **walk.told, **walk.name}
    change = {name: value for name, value in walk.change.items() if name != walk.mark}
    return scenario(module.removeprefix("profitbricks_"), marks, dict(walk.create), change)


def given(kind: str, play: Runner) -> Mapping[str, Any]:
    return WALKS[kind].world(play)[1]


def test_every_module_has_a_scenario() -> None:
    used = {
        key.removeprefix("profitbricks.cloud.")
        for tasks in [*SCENARIOS.values(), *map(walked, WALKED)]
        for each in tasks
        for key in each
    }
    assert set(MODULES) <= used


@pytest.mark.parametrize("kind", sorted([*SCENARIOS, *WALKED]))
def test_scenario_is_the_same_both_ways(kind: str, play: Runner) -> None:
    # Results hold the options by default before ansible-core 2.21 only.
    shown = {"ansible_inject_invocation": True, "kubeconfig": str(play.folder / "kubeconfig")}
    tasks = SCENARIOS.get(kind) or walked(kind)
    inside, module = both(
        play,
        tasks,
        arguments=["--diff", "-vvv"],
        variables=shown,
        given=partial(given, kind) if kind in WALKED else lambda play: {},
    )
    assert all("invocation" in done.result for results in (inside, module) for done in results)
    assert len(list(inside)) == len(tasks)
    assert all(done.changed for done in inside if done.name in ("creation", "granted"))
    assert "EXEC" not in inside.output
    assert "EXEC" in module.output
    assert seen(inside) == seen(module)
    for output in (inside.output, module.output, json.dumps([seen(inside), seen(module)])):
        assert not [secret for secret in SECRETS if secret in output]


# Has a forked process write down what it loads of the collection.
WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("ansible_collections.profitbricks."):
            with open(os.environ["LOADED"], "a") as file:
                print(name, file=file)

os.register_at_fork(after_in_child=lambda: sys.meta_path.insert(0, Watch()))
"""


@pytest.mark.parametrize(
    "kind",
    ["endpoint", "k8s_nodepool", "loadbalancer", "nat_gateway", "server", "share", "volume_attachment"],
)
def test_a_worker_finds_loaded_what_it_needs(kind: str, play: Runner) -> None:
    play.cloud.reset()
    usual = ("creation", "unchanged", "change", "deletion")
    (play.folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    loaded = play.folder / "loaded"
    loaded.touch()
    results = play(
        [each for each in walked(kind) if each["name"] in usual],
        variables=dict(given(kind, play)),
        environ={"PYTHONPATH": str(play.folder), "LOADED": str(loaded)},
    )
    assert not loaded.read_text(encoding="utf-8")
    assert {each.name for each in results if each.changed} >= {"creation", "deletion"}


# -- keywords and ways to start a task -------------------------------------------------------------------------------


def parts(output: str) -> dict[str, str]:
    """What was printed of each task."""
    pieces = re.split(r"^TASK \[(.*?)\] \*+", output, flags=re.M)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def as_modules(results: Results) -> set[str]:
    """The tasks that started a process, as a run with -vvv tells."""
    return {name for name, text in parts(results.output).items() if " EXEC " in text}


BACK = {"profitbricks.cloud.profitbricks_lan": {**DC, "name": "back", "public": False}}
KEYWORDS = [
    *FOUNDATION[:1],
    task("loop", "lan", {"loop": ["one", "two", "one"]}, **DC, name="{{ item }}"),
    task(
        "loop with a failure",
        "lan",
        {"loop": ["three", "{{ 'x' * 3 }}"]},
        **DC,
        name="{{ item }}",
        pcc="{{ item }}",
    ),
    task("register", "lan_info", {"register": "found"}, **DC),
    {"name": "registered", "ansible.builtin.debug": {"var": "found"}},
    {"name": "used", "ansible.builtin.debug": {"msg": "{{ found.lans | map(attribute='name') | sort }}"}},
    task(
        "until",
        "lan_info",
        {"register": "tried", "until": "tried.lans | length > 5", "retries": 2, "delay": 0},
        **DC,
    ),
    task("run once", "lan_info", {"run_once": True}, **DC, name="one"),
    task("skipped", "lan", {"when": False}, **DC, name="never"),
    task("failed_when", "location_info", {"failed_when": "true"}, name="frankfurt"),
    task("changed_when", "location_info", {"changed_when": "true"}, name="frankfurt"),
    task("no_log", "user_info", {"no_log": True}, email="demo@example.com"),
    task("defaults", "lan", {"module_defaults": BACK}),
    task("defaults of another module", "datacenter_info", {"module_defaults": BACK}),
    task(
        "templated",
        "lan",
        **DC,
        name="{{ ['f', 'ive'] | join }}",
        public="{{ 1 == 1 }}",
        wait_timeout="{{ 60 }}",
    ),
    task("omitted", "lan", **DC, name="six", public="{{ omit }}", pcc="{{ omit }}"),
]


def test_keywords_are_the_same_both_ways(play: Runner) -> None:
    inside, module = both(play, KEYWORDS, arguments=["--diff", "-vvv"])
    assert {done.name for done in inside} == {each["name"] for each in KEYWORDS}
    assert as_modules(inside) == set()
    assert seen(inside) == seen(module)
    assert [each["changed"] for each in inside["loop"]["results"]] == [True, True, False]
    assert inside["until"].result["attempts"] == 2
    assert inside["defaults"]["lan"]["name"] == "back"
    assert len(inside["defaults of another module"]["datacenters"]) == 1


def test_rounds_of_a_loop_are_told_apart_by_what_each_leaves_out(play: Runner) -> None:
    rounds = [{"ip": "192.0.2.7"}, {}, {"ip": None}, {}]
    rule = task(
        "rule",
        "firewall_rule",
        {"loop": rounds},
        **DC,
        server="web",
        nic="public",
        name="ssh",
        protocol="TCP",
        source_ip="{{ item.ip if 'ip' in item else omit }}",
    )
    inside, module = both(play, [*FOUNDATION, rule])
    assert seen(inside) == seen(module)
    told = [(each["changed"], each["firewall_rule"]["source_ip"]) for each in inside["rule"]["results"]]
    assert told == [(True, "192.0.2.7"), (False, "192.0.2.7"), (True, None), (False, None)]


def test_whole_play_in_check_mode_is_the_same_both_ways(play: Runner) -> None:
    tasks = [*FOUNDATION[:1], task("information", "datacenter_info"), task("a user", "user_info")]
    inside, module = both(play, tasks, arguments=["--check", "--diff", "-vvv"])
    assert seen(inside) == seen(module)
    assert inside["a data center"].changed
    assert inside["information"]["datacenters"] == []


def test_what_is_not_local_goes_through_the_module(play: Runner, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    other = {"ansible_python_interpreter": str(python)}
    other_connection = {"ansible_connection": "ssh"}
    asynchronous = {"async": 60, "poll": 1, "vars": {"ansible_async_dir": str(tmp_path / "async")}}
    tasks = [
        task("here", "location_info", name="frankfurt"),
        task("environment", "location_info", {"environment": {"LANGUAGE": "en"}}, name="frankfurt"),
        task("async", "location_info", asynchronous, name="frankfurt"),
        task("interpreter", "location_info", {"vars": other}, name="frankfurt"),
        task("discovered", "location_info", {"vars": {"ansible_python_interpreter": "auto_silent"}}),
        task("become", "location_info", {"become": True, "become_method": "su"}, name="frankfurt"),
        task(
            "connection", "location_info", {"connection": "ssh", "ignore_unreachable": True}, name="frankfurt"
        ),
        task(
            "become by variable",
            "location_info",
            {"vars": {"ansible_become": True, "ansible_become_method": "su"}},
        ),
        task(
            "connection by variable", "location_info", {"vars": other_connection, "ignore_unreachable": True}
        ),
        task("here again", "location_info", name="frankfurt"),
    ]
    unreachable = {"ansible_ssh_args": "-F /dev/null", "ansible_host": "127.0.0.1", "ansible_port": 1}
    results = play(tasks, arguments=["-vvv"], variables=unreachable)
    assert as_modules(results) == {each["name"] for each in tasks} - {"here", "here again"}
    for name in ("environment", "async", "interpreter", "here again"):
        assert results[name]["locations"] == results["here"]["locations"]


def test_environment_of_a_task_reaches_it(play: Runner) -> None:
    given = {"environment": {"PROFITBRICKS_TOKEN": TOKEN}}
    results = play([task("given", "location_info", given), task("not given", "location_info")], defaults={})
    assert results["given"]["locations"]
    assert "No credentials" in results["not given"].msg


def ansible(play: Runner, in_process: bool, program: str, *words: str) -> str:
    """The output of a program of Ansible that was not given an inventory of localhost."""
    return outputs(play, in_process, program, *words)[0]


def outputs(play: Runner, in_process: bool, program: str, *words: str) -> tuple[str, str]:
    """Its stdout and stderr."""
    environ = {
        **{name: value for name, value in plain_environment().items() if name != "ANSIBLE_CALLBACKS_ENABLED"},
        "ANSIBLE_HOME": str(play.folder / "home"),
        "PROFITBRICKS_API_URL": play.api(),
        "PROFITBRICKS_IN_PROCESS": "1" if in_process else "0",
        "PROFITBRICKS_TOKEN": TOKEN,
    }
    done = ended([sys.executable, "-m", "ansible", program, *words], play.folder, environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr


def test_delegated_to_the_controller_it_runs_inside_the_worker(play: Runner) -> None:
    """In a play on hosts that are elsewhere; the implicit localhost has the controller's own Python."""
    hosts = {
        f"host-{number}": {"ansible_connection": "ssh", "ansible_host": "192.0.2.1"} for number in (1, 2)
    }
    inventory, playbook = play.folder / "hosts.json", play.folder / "delegated.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
    local = {"delegate_to": "localhost"}
    tasks = [
        task("once", "datacenter", {**local, "run_once": True}, name="shop", location="de/fra"),
        task("for each", "lan", local, **DC, name="{{ inventory_hostname }}"),
        task("for all", "lan_info", {**local, "run_once": True}, **DC),
    ]
    playbook.write_text(
        json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]), encoding="utf-8"
    )
    for in_process in (True, False):
        play.cloud.reset()
        told = parts(ansible(play, in_process, "playbook", "-vvv", "-i", str(inventory), str(playbook)))
        assert {name for name, text in told.items() if " EXEC " in text} == (
            set() if in_process else {"once", "for each", "for all"}
        )
        assert "changed: [host-1 -> localhost]" in told["for each"]
        assert sorted(re.findall(r'"name": "(host-\d)"', told["for all"])) == ["host-1", "host-2"]


def test_ad_hoc_is_the_same_both_ways(play: Runner) -> None:
    words = [
        "localhost",
        "-vvv",
        "-m",
        "profitbricks.cloud.profitbricks_location_info",
        "-a",
        "name=frankfurt",
    ]
    inside, module = (ansible(play, in_process, "adhoc", *words) for in_process in (True, False))
    assert " EXEC " not in inside
    assert " EXEC " in module
    begin = "localhost | SUCCESS"
    assert inside[inside.index(begin) :] == module[module.index(begin) :]
    assert '"id": "de/fra"' in inside


# -- what may go wrong, and what is told while it lasts --------------------------------------------------------------


class Nonsense(BaseHTTPRequestHandler):
    """A service whose answers are none."""

    def do_GET(self) -> None:
        body = b'{"items": [1]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def test_an_answer_that_is_none_fails_the_task_alone(play: Runner) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Nonsense) as service:
        Thread(target=service.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{service.server_address[1]}"
        broken = task("broken", "datacenter", name="x", api_url=url, api_retries=1)
        tasks = [broken, task("after it", "location_info")]
        for arguments in ([], ["-vvv"]):
            inside, module = both(play, tasks, arguments=arguments)
            for results in (inside, module):
                assert (
                    "did not answer GET datacenters properly: it has a number instead"
                    in results["broken"].msg
                )
                assert results["broken"].msg.endswith("check api_url")
                assert results["after it"].status == "ok"
            assert inside["broken"].msg == module["broken"].msg
            # It is no fault of the collection, so nothing of its inside is shown.
            assert "Traceback" not in inside.output
        service.shutdown()


BROKEN = """
import requests

send = requests.Session.request


def request(self, method, url, **options):
    if "//broken." in url:
        raise TypeError("unforeseen")
    return send(self, method, url, **options)


requests.Session.request = request
"""


def test_an_unforeseen_error_fails_the_task_alone(play: Runner, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN, encoding="utf-8")
    tasks = [
        task("broken", "datacenter", name="x", api_url="http://broken.invalid"),
        task("after it", "location_info"),
    ]
    for arguments in ([], ["-vvv"]):
        inside, module = both(play, tasks, arguments=arguments, environ={"PYTHONPATH": str(tmp_path)})
        for results in (inside, module):
            assert results["broken"].msg == (
                "Unexpected TypeError: unforeseen. This is a bug in the collection; please report it"
            )
            assert results["after it"].status == "ok"
        # Where the module shows one, the version of Ansible decides.
        assert ("Traceback" in inside.output) is bool(arguments)


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_a_secret_of_the_environment_is_not_shown(play: Runner, in_process: bool) -> None:
    """Ansible knows the secrets among a task's options; those of the environment it has to be told."""
    play.cloud.reset()
    playbook = play.folder / "echo.json"
    echo = task(
        "echo", "datacenter", name="shop", location="de/fra", description=f"login with {TOKEN}, please"
    )
    playbook.write_text(
        json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": [echo]}]), encoding="utf-8"
    )
    # Not with -vvv, which shows what a task is given.
    stdout, stderr = outputs(play, in_process, "playbook", "-v", "--diff", str(playbook))
    assert "login with " in stdout and TOKEN not in stdout + stderr


def test_progress_is_told_in_plain_lines(server: Server, pythons: Pythons, tmp_path: Path) -> None:
    server.cloud.reset()
    play = Runner(server.cloud, server.url, tmp_path, pythons)
    server.cloud.settings.provision_seconds = 1.8
    place = {"location": "de/fra"}
    tasks = [
        task("told", "datacenter", name="one", **place),
        task("not wanted", "datacenter", name="two", **place, progress=False),
    ]
    line = re.compile(r"^  creating data center one: (queued|running), [12] s$", re.M)
    told = play(tasks)
    assert line.search(parts(told.output)["told"])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", told.output)
    assert "data center two" not in told.output

    quiet = play([task("told", "datacenter", name="three", **place)], environ={"PROFITBRICKS_PROGRESS": "0"})
    assert quiet["told"].changed
    assert "data center three" not in quiet.output

    server.cloud.settings.provision_seconds = 0.5
    quick = play([task("told", "datacenter", name="four", **place)])
    assert quick["told"].changed
    assert "data center four" not in quick.output


def test_progress_says_whose_it_is_and_leaves_stdout_to_callbacks(
    server: Server, pythons: Pythons, tmp_path: Path
) -> None:
    server.cloud.reset()
    play = Runner(server.cloud, server.url, tmp_path, pythons)
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    hosts, playbook = tmp_path / "hosts.json", tmp_path / "sites.json"
    hosts.write_text(json.dumps({"all": {"hosts": {"north": local, "south": local}}}), encoding="utf-8")
    one = task("site", "datacenter", name="{{ inventory_hostname }}", location="de/fra")
    playbook.write_text(
        json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [one]}]), encoding="utf-8"
    )
    server.cloud.settings.provision_seconds = 1.8
    stdout, stderr = outputs(play, True, "playbook", "-i", str(hosts), str(playbook))
    assert "changed: [north]" in stdout and "creating" not in stdout
    for host in ("north", "south"):
        assert re.search(rf"^  {host}: creating data center {host}: (queued|running), [12] s$", stderr, re.M)
