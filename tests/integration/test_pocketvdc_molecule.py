# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Molecule scenario of the emulator: a role on emulated servers, from nothing to nothing."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from integration import playbook_lab
from integration.playbook_lab import ROOT, Ansible
from processes import ended

EXAMPLE = ROOT / "emulator" / "examples" / "molecule"
SEQUENCE = ["destroy", "syntax", "create", "converge", "idempotence", "verify", "destroy"]


class Project:
    """A copy of the example, and molecule in it."""

    def __init__(self, folder: Path, ansible: Ansible):
        self.folder = folder / "project"
        shutil.copytree(EXAMPLE, self.folder)
        self.state = folder / "state"
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        own = {name: value for name, value in ansible.environment.items() if name != "ANSIBLE_SSH_ARGS"}
        self.environment = {
            **own,
            "MOLECULE_EPHEMERAL_DIRECTORY": str(self.state),
            "NO_COLOR": "1",
            "PATH": path,
        }

    def molecule(self, *words: str, code: int = 0) -> str:
        done = ended([sys.executable, "-m", "molecule", *words], self.folder, self.environment, 400)
        output = done.stdout + done.stderr
        assert done.returncode == code, output
        return output

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(ansible: Ansible, tmp_path: Path) -> Project:
    return Project(tmp_path, ansible)


def made(cloud: playbook_lab.Cloud) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{cloud.url}/_emulator/status", timeout=10).json()["resources"]
    return found


def test_a_role_is_tested_from_nothing_to_nothing(project: Project, cloud: playbook_lab.Cloud) -> None:
    output = project.molecule("test")
    assert re.findall(r"default > (\w+): Executed: Successful", output) == SEQUENCE
    assert re.search(r"actions=7 +successful=7 .*failed=0", output)
    first, second = re.findall(
        r"^TASK \[greeting : Write the greeting\] \**\n(\w+): \[web-0[12]\]\n", output, re.M
    )
    assert (first, second) == ("changed", "ok")
    assert made(cloud) == {}
    assert cloud.writes()[0] == "POST" and not list(project.state.glob("id_ed25519*"))


def test_a_scenario_goes_step_by_step(project: Project, cloud: playbook_lab.Cloud) -> None:
    """What is made stays until it is destroyed, can be logged in to, and a role that is wrong is noticed."""
    project.molecule("create")
    assert made(cloud)["server"] == 2
    login = yaml.safe_load((project.state / "instance_config.yml").read_text(encoding="utf-8"))
    assert [(each["instance"], each["port"]) for each in login] == [
        ("web-01", cloud.ssh_port),
        ("web-02", cloud.ssh_port),
    ]
    assert len({each["address"] for each in login}) == 2
    project.edit("roles/greeting/templates/greeting.j2", "inventory_hostname", "'nobody'")
    project.molecule("converge")
    assert "Assertion failed" in project.molecule("verify", code=2)
    project.edit("roles/greeting/templates/greeting.j2", "'nobody'", "now(fmt='%f')")
    assert "Idempotence test failed" in project.molecule("idempotence", code=1)
    project.molecule("destroy")
    assert made(cloud) == {}
