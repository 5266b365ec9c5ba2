# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that builds an overlay network with a working service, and the inventory beside it."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pocketvdc import Cloud, Server
from pocketvdc.netfoundry.testing import NetFoundryApi, credentials_file
from processes import worked

ROOT = Path(__file__).resolve().parents[2]
RECAP = re.compile(r"^localhost +: ok=(\d+) +changed=(\d+) +unreachable=0 +failed=0", re.M)
TOKENS = ["Desktop.jwt", "Exit Tunneler.jwt", "Laptop.jwt", "Mobile.jwt"]


@dataclass
class Overlay:
    """Runs Ansible's commands with an API account of an emulator."""

    server: Server
    folder: Path

    @property
    def api(self) -> NetFoundryApi:
        return NetFoundryApi(self.server.cloud)

    @property
    def tokens(self) -> Path:
        """Where the tokens are, which no project shares."""
        return self.folder / ".netfoundry" / "tokens" / "overlay-demo"

    def run(self, *arguments: str) -> str:
        """What one of Ansible's commands prints; it must succeed."""
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ANSIBLE_", "NETFOUNDRY_", "PROFITBRICKS_"))
        }
        collections = os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".build" / "dev"))
        environment = {
            **own,
            "ANSIBLE_COLLECTIONS_PATH": collections,
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_NOCOLOR": "true",
            "HOME": str(self.folder),
            "PWD": str(self.folder),
            "NETFOUNDRY_API_URL": self.server.url,
            "NETFOUNDRY_API_ACCOUNT": str(self.folder / "credentials.json"),
        }
        return worked([sys.executable, "-m", "ansible", *arguments], self.folder, environment)

    def changed(self, *arguments: str) -> int:
        """How many tasks of the playbook changed something."""
        found = RECAP.search(self.run("playbook", "profitbricks.cloud.overlay_demo", *arguments))
        assert found is not None
        return int(found[2])


@pytest.fixture
def overlay(tmp_path: Path) -> Iterator[Overlay]:
    with Server(Cloud()) as server:
        credentials_file(server.url, tmp_path)
        yield Overlay(server, tmp_path)


def test_the_demo_builds_a_network_with_a_working_service(overlay: Overlay) -> None:
    assert overlay.changed() == 7
    assert overlay.changed() == 0
    assert not list(overlay.folder.glob("*.jwt"))
    assert sorted(path.name for path in overlay.tokens.iterdir()) == TOKENS
    assert overlay.tokens.stat().st_mode & 0o777 == 0o700
    api = overlay.api
    assert [each["name"] for each in api.items("networks")] == ["overlay-demo"]
    services = {each["name"]: each["model"] for each in api.items("services")}
    assert services["Echo Service"]["clientIngress"] == {"host": "echo.netfoundry", "port": 80}
    (router,) = api.items("edge-routers")
    assert services["Echo Service"]["edgeRouterHosts"][0]["edgeRouterId"] == router["id"]
    (app_wan,) = api.items("app-wans")
    assert app_wan["endpointAttributes"] == ["#work_from_anywhere"]


def test_the_demo_is_foretold_on_a_fresh_account(overlay: Overlay) -> None:
    assert overlay.changed("--check") == 7
    assert overlay.api.items("networks") == [] and not overlay.tokens.exists()
    overlay.changed()
    assert overlay.changed("--check", "--diff") == 0


def test_a_token_that_was_used_is_not_written_again(overlay: Overlay) -> None:
    overlay.changed()
    laptop = next(each for each in overlay.api.items("endpoints") if each["name"] == "Laptop")
    overlay.api.control("POST", "netfoundry/enroll", {"id": laptop["id"]})
    for path in overlay.tokens.glob("*.jwt"):
        path.unlink()
    assert overlay.changed() == 1
    assert sorted(path.name for path in overlay.tokens.glob("*.jwt")) == [
        name for name in TOKENS if name != "Laptop.jwt"
    ]


def test_the_inventory_beside_it_lists_what_the_demo_made(overlay: Overlay) -> None:
    overlay.changed("-e", '{"overlay_regions": ["us-west-1", "us-east-1"], "overlay_token_folder": ""}')
    assert not overlay.tokens.exists()
    path = str(ROOT / "playbooks" / "inventory" / "netfoundry.yml")
    found = json.loads(overlay.run("inventory", "-i", path, "--list"))
    assert sorted(found["waiting"]["hosts"]) == ["Desktop", "Exit Tunneler", "Laptop", "Mobile"]
    assert sorted(found["hosted_routers"]["hosts"]) == [
        "Hosted Router us-east-1 [AWS]",
        "Hosted Router us-west-1 [AWS]",
    ]
