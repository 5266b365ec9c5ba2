# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc ssh NAME`` against an emulator that serves SSH: logins, commands, and how they end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from contract.schema.world import AUTH
from contract.test_ssh import make_key

NET = "127.43.0.0/24"


class Site:
    """An emulator in a process of its own, with the servers web and db, and twice twin; and a key for them."""

    def __init__(self, folder: Path, url: str):
        self.folder = folder
        self.url = url
        self.api = f"{url}/cloudapi/v6"
        key = make_key(folder / "id")
        body = {
            "properties": {"name": "site", "location": "de/fra"},
            "entities": {
                "lans": {"items": [{"properties": {"name": "front", "public": True}}]},
                "servers": {"items": [_server(name, key) for name in ("web", "db", "twin", "twin")]},
            },
        }
        answer = requests.post(f"{self.api}/datacenters", json=body, auth=AUTH, timeout=10)
        answer.raise_for_status()
        self.path = f"{self.api}/datacenters/{answer.json()['id']}/servers"

    def id_of(self, name: str) -> str:
        found = requests.get(f"{self.path}?depth=1", auth=AUTH, timeout=10).json()["items"]
        return str(next(each["id"] for each in found if each["properties"]["name"] == name))

    def ssh(self, *words: str, key: str = "id", text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pocketvdc",
                "ssh",
                "--url",
                self.url,
                "-i",
                str(self.folder / key),
                *words,
            ],
            env={
                **os.environ,
                "HOME": str(self.folder),
                "PYTHONPATH": os.pathsep.join(sys.path),
                "SSH_AUTH_SOCK": "",
            },
            input=text,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


def _server(name: str, key: str) -> dict[str, object]:
    boot = {"name": f"{name}-boot", "size": 10, "type": "HDD", "imageAlias": "ubuntu:24.04", "sshKeys": [key]}
    entities = {
        "volumes": {"items": [{"properties": boot}]},
        "nics": {"items": [{"properties": {"lan": 1}}]},
    }
    return {"properties": {"name": name, "cores": 1, "ram": 1024}, "entities": entities}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("ssh")
    with socket.socket() as probe:
        probe.bind(("127.43.0.1", 0))
        port = str(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", "serve", "--ssh", "--ssh-port", port, "--public-net", NET],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_RUNTIME_DIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = Site(folder, process.stdout.readline().strip())
        ends = time.monotonic() + 20
        while found.ssh("db", "true").returncode and time.monotonic() < ends:
            time.sleep(0.1)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_a_command_runs_on_the_server_of_that_name(site: Site) -> None:
    for name in ("web", "db"):
        done = site.ssh(name, "echo $USER at $HOSTNAME")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"root at {name}\n", "")


def test_a_server_is_found_by_its_id_and_a_user_can_be_named(site: Site) -> None:
    done = site.ssh("-l", "ada", site.id_of("web"), "echo $USER at $HOSTNAME")
    assert (done.returncode, done.stdout) == (0, "ada at web\n")


def test_a_login_without_a_command_is_a_shell(site: Site) -> None:
    done = site.ssh("web", text="cd /; pwd; echo here; exit 7\n")
    assert done.returncode == 7
    assert done.stdout.splitlines() == ["/", "here"]


def test_the_exit_code_and_both_outputs_are_those_of_the_command(site: Site) -> None:
    done = site.ssh("web", "echo out; echo err >&2; exit 42")
    assert (done.returncode, done.stdout, done.stderr) == (42, "out\n", "err\n")
    assert site.ssh("web", "cat", text="sent").stdout == "sent"


def test_options_behind_the_name_are_the_commands_own(site: Site) -> None:
    assert site.ssh("web", "printf", "%s-", "-l", "--json").stdout == "-l---json-"


def test_another_key_does_not_open_it(site: Site) -> None:
    make_key(site.folder / "other")
    done = site.ssh("web", "true", key="other")
    assert done.returncode == 255 and "Permission denied" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("nobody", "no server has the name or id nobody"), ("twin", "2 servers have the name or id twin")],
)
def test_a_name_that_is_not_one_server_is_told(site: Site, name: str, said: str) -> None:
    done = site.ssh(name, "true")
    assert (done.returncode, done.stderr) == (1, f"pocketvdc: {said}\n")


def test_a_server_that_is_stopped_cannot_be_logged_in_to(site: Site) -> None:
    address = f"{site.path}/{site.id_of('db')}"
    requests.post(f"{address}/stop", auth=AUTH, timeout=10).raise_for_status()
    done = site.ssh("db", "true")
    assert (done.returncode, done.stderr) == (1, "pocketvdc: db is not running\n")
    requests.post(f"{address}/start", auth=AUTH, timeout=10).raise_for_status()
    ends = time.monotonic() + 20
    while (done := site.ssh("db", "echo back")).returncode and time.monotonic() < ends:
        time.sleep(0.1)
    assert done.stdout == "back\n"
