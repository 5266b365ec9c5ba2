# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pytest plugin of pocketvdc: its example, as a reader would run it, and what the fixture is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from pocketvdc.faults import BadFault
from pocketvdc.pytest import Pocket, pocketvdc

ROOT = Path(__file__).resolve().parents[2]
(EXAMPLE,) = re.findall(
    r"```python\n(.*?)```", (ROOT / "emulator" / "README.md").read_text(encoding="utf-8"), re.S
)
PLAYBOOK = """\
- hosts: localhost
  gather_facts: false
  tasks:
    - profitbricks.cloud.profitbricks_datacenter:
        name: shop
        location: de/fra
"""
DC = {"properties": {"name": "one", "location": "de/fra"}}

__all__ = ["pocketvdc"]


def create(pocketvdc: Pocket) -> int:
    headers = {"Authorization": f"Bearer {pocketvdc.env['PROFITBRICKS_TOKEN']}"}
    url = f"{pocketvdc.env['PROFITBRICKS_API_URL']}/datacenters"
    return requests.post(url, json=DC, headers=headers, timeout=10).status_code


def test_the_example_works(tmp_path: Path) -> None:
    assert len([line for line in EXAMPLE.splitlines() if line.strip()]) <= 10
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["pocketvdc.pytest"]\n', encoding="utf-8")
    (tmp_path / "test_shop.py").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "shop.yml").write_text(PLAYBOOK, encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": path,
            "PYTHONPATH": str(ROOT / "emulator" / "src"),
            "PROFITBRICKS_TOKEN": "real",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_what_is_asked_is_noted(pocketvdc: Pocket) -> None:
    assert create(pocketvdc) == 202
    requests.get(pocketvdc.env["IONOS_API_URL"], timeout=10)
    assert [call["method"] for call in pocketvdc.requests()] == ["POST", "GET"]
    assert [call["path"] for call in pocketvdc.requests(writes=True)] == ["/cloudapi/v6/datacenters"]
    pocketvdc.forget()
    assert pocketvdc.requests() == []


@pytest.mark.parametrize("_time", [1, 2])
def test_each_test_has_a_cloud_of_its_own(pocketvdc: Pocket, _time: int) -> None:
    assert pocketvdc.requests() == []
    assert create(pocketvdc) == 202
    assert len(pocketvdc.cloud.contracts[31000001].root("datacenters")) == 1


def test_faults_strike(pocketvdc: Pocket) -> None:
    pocketvdc.fault("status", path="datacenters", status=507)
    assert [create(pocketvdc) for _each in range(2)] == [507, 202]
    with pytest.raises(BadFault, match="kind must be one of"):
        pocketvdc.fault("nonsense")


def test_time_passes_at_once(pocketvdc: Pocket) -> None:
    pocketvdc.cloud.settings.provision_seconds = 600
    create(pocketvdc)
    before = pocketvdc.clock()
    assert pocketvdc.cloud.line.heap
    pocketvdc.clock.advance(days=1)
    assert not pocketvdc.cloud.line.heap
    assert pocketvdc.clock() - before >= 24 * 3600


def test_nothing_of_the_callers_own_accounts_is_left(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    for name in ("PROFITBRICKS_PASSWORD", "IONOS_TOKEN", "IONOS_CONFIG_FILE", "NETFOUNDRY_API_TOKEN"):
        monkeypatch.setenv(name, "real")
    made: Pocket = request.getfixturevalue("pocketvdc")
    assert "real" not in made.env.values()
    assert made.env["PATH"] == os.environ["PATH"]
