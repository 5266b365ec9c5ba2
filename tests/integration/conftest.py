# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the integration tests: the emulator on a socket, and Ansible's commands."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration import playbook_lab
from integration.playbook_lab import PUBLIC_NET, ROOT, SSH, Ansible
from integration.runner import Runner
from integration.warm import Pythons, WarmPythons
from pocketvdc import Cloud, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One emulator for all tests of a worker."""
    with Server(Cloud()) as server:
        yield server


@pytest.fixture(scope="session")
def pythons() -> Iterator[Pythons]:
    """Pythons that are ready at once. The path of a socket must be short."""
    with tempfile.TemporaryDirectory() as folder, WarmPythons(Path(folder)) as pythons:
        yield pythons


@pytest.fixture
def play(server: Server, pythons: Pythons, tmp_path: Path) -> Runner:
    """Runs tasks against an account that is new for each test."""
    server.cloud.reset()
    return Runner(server.cloud, server.url, tmp_path, pythons)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[playbook_lab.Cloud]:
    with socket.socket() as probe:
        probe.bind(("127.21.0.1", 0))
        ssh_port = probe.getsockname()[1]
    options = ["--ssh", "--ssh-port", str(ssh_port), "--public-net", PUBLIC_NET]
    log = tmp_path_factory.mktemp("emulator") / "errors"
    with open(log, "w", encoding="utf-8") as errors:
        emulator = subprocess.Popen(
            [sys.executable, "-m", "pocketvdc", "serve", *options],
            env={**os.environ, "PYTHONPATH": str(ROOT / "emulator" / "src")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert emulator.stdout is not None
        url = emulator.stdout.readline().strip()
        assert url, log.read_text(encoding="utf-8")
        yield playbook_lab.Cloud(url, ssh_port)
    finally:
        emulator.terminate()
        emulator.communicate(timeout=20)


@pytest.fixture
def cloud(process: playbook_lab.Cloud) -> playbook_lab.Cloud:
    process.reset()
    return process


@pytest.fixture
def sockets() -> Iterator[str]:
    """A folder for the sockets of shared SSH connections, whose paths must be short."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder


@pytest.fixture
def ansible(cloud: playbook_lab.Cloud, tmp_path: Path, sockets: str) -> Ansible:
    key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "tests", "-f", str(tmp_path / "id")]
    subprocess.run(key, check=True)
    (tmp_path / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "IONOS_"))}
    return Ansible(
        tmp_path,
        {
            **own,
            "ANSIBLE_COLLECTIONS_PATH": os.environ.get(
                "ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".build" / "dev")
            ),
            "ANSIBLE_CONFIG": str(tmp_path / "ansible.cfg"),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_PIPELINING": "true",
            "ANSIBLE_SSH_ARGS": f"{SSH} -o ControlMaster=auto -o ControlPersist=20s",
            "ANSIBLE_SSH_CONTROL_PATH_DIR": sockets,
            "PROFITBRICKS_API_URL": f"{cloud.url}/cloudapi/v6",
            "PROFITBRICKS_USERNAME": "demo@example.com",
            "PROFITBRICKS_PASSWORD": "demo-password",
        },
    )
