# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that takes every connection and never answers: all that asks it ends in time, and says why."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from integration.runner import COLLECTIONS, task

LIMIT = 7  # seconds that reading may take: longer than the five after which silence is told
START = 8  # seconds that Ansible takes besides
LOGIN = {"token": "demo-token"}
ACCOUNT = {"client_id": "demo-account", "password": "demo-secret"}
ENDED = re.compile(
    r"http://127\.0\.0\.1:\d+\S* did not answer (GET|POST) \S+ in time\. Try later, or raise wait_timeout"
)
WAITING = re.compile(r"(GET|POST) \S+: no complete answer yet, [5-7] s")


class Said(NamedTuple):
    """What a command printed, and the seconds that it took."""

    stdout: str
    stderr: str
    seconds: float


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a service that the system alone takes connections for."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def begun(program: str, *words: str, folder: Path, **environ: str) -> subprocess.Popen[str]:
    """A program of Ansible, under way."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANSIBLE_", "PROFITBRICKS_", "IONOS_", "NETFOUNDRY_"))
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ansible", program, *words],
        env={
            **own,
            "HOME": str(folder),
            "ANSIBLE_HOME": str(folder / ".ansible"),
            "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_FORKS": "10",
            **environ,
        },
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], since: float) -> Said:
    stdout, stderr = process.communicate(timeout=60)
    return Said(stdout, stderr, time.monotonic() - since)


def asking(url: str) -> dict[str, dict[str, Any]]:
    """Tasks of all sorts, by the name of the host that has it."""
    overlay = {"network": "net", "api_url": url, **LOGIN}
    cloud = {"api_url": f"{url}/cloudapi/v6", **LOGIN}
    account = {"network": "net", "api_url": url, **ACCOUNT, "oauth_url": f"{url}/oauth2/token"}
    return {
        "module": task("x", "lan", datacenter="shop", name="front", **cloud),
        "in_check_mode": task("x", "lan", {"check_mode": True}, datacenter="shop", name="front", **cloud),
        "not_waiting": task("x", "lan", datacenter="shop", name="front", wait=False, **cloud),
        "tree": task("x", "datacenter", name="shop", location="de/fra", servers=[{"name": "web"}], **cloud),
        "info": task("x", "server_info", datacenter="shop", **cloud),
        "overlay": task("x", "netfoundry_endpoint", name="laptop", **overlay),
        "overlay_tree": task(
            "x", "netfoundry_network", name="net", endpoints=[{"name": "a"}], **_but(overlay, "network")
        ),
        "overlay_info": task("x", "netfoundry_endpoint_info", **overlay),
        "account": task("x", "netfoundry_endpoint_info", **account),
    }


def _but(options: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in options.items() if key != name}


def test_tasks_end_in_time(silent: str, tmp_path: Path) -> None:
    tasks = asking(silent)
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    hosts, playbook = tmp_path / "hosts.json", tmp_path / "play.json"
    hosts.write_text(json.dumps({"all": {"hosts": dict.fromkeys(tasks, local)}}), encoding="utf-8")
    plays = [{**each, "when": f"inventory_hostname == '{host}'"} for host, each in tasks.items()]
    play = {"hosts": "all", "gather_facts": False, "strategy": "free", "tasks": plays}
    playbook.write_text(json.dumps([play]), encoding="utf-8")
    times = {f"{vendor}_WAIT_TIMEOUT": str(LIMIT) for vendor in ("PROFITBRICKS", "NETFOUNDRY")}
    since = time.monotonic()
    said = ended(begun("playbook", "-i", str(hosts), str(playbook), folder=tmp_path, **times), since)
    assert said.seconds < LIMIT + START
    for host in tasks:
        failure = re.search(rf"\[{host}\]: FAILED! => (.*)$", said.stdout, re.MULTILINE)
        assert failure and ENDED.fullmatch(json.loads(failure[1])["msg"]), said.stdout
        told = re.findall(rf"^  {host}: (.*)$", said.stderr, re.MULTILINE)
        assert told and all(WAITING.fullmatch(each) for each in told), said.stderr


def test_inventories_end_in_time(silent: str, tmp_path: Path) -> None:
    since, running = time.monotonic(), {}
    for vendor, path in (("profitbricks", "/cloudapi/v6"), ("netfoundry", "")):
        options: dict[str, Any] = {
            "plugin": f"profitbricks.cloud.{vendor}",
            "api_url": silent + path,
            **LOGIN,
        }
        variables = {"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true"}
        if vendor == "profitbricks":
            options["wait_timeout"] = LIMIT
        else:
            variables["NETFOUNDRY_WAIT_TIMEOUT"] = str(LIMIT)
        file = tmp_path / f"test.{vendor}.yml"
        file.write_text(yaml.safe_dump(options), encoding="utf-8")
        running[vendor] = begun("inventory", "-i", str(file), "--list", folder=tmp_path, **variables)
    for process in running.values():
        said = ended(process, since)
        assert said.seconds < LIMIT + START and process.returncode
        assert ENDED.search(" ".join(said.stderr.split())) and "Traceback" not in said.stderr
        assert re.search(rf"^  {WAITING.pattern}$", said.stderr, re.MULTILINE), said.stderr
