# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's page in a browser, while a playbook runs: what it shows without being loaded again, and a fault from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from contract.test_pocketvdc_page import Reader, browser
from integration.inventory_fixtures import COLLECTIONS
from pocketvdc.pytest import Pocket, pocketvdc

__all__ = ["browser", "pocketvdc"]

# Long enough for a browser to see what is under way, on a machine that does much else; and to meet a fault on the way.
PROVISION_SECONDS, LONG = 4.0, 10.0
PATIENCE = 120.0
PLAY = {
    "hosts": "localhost",
    "gather_facts": False,
    "tasks": [
        {"profitbricks.cloud.profitbricks_datacenter": {"name": "shop", "location": "de/fra"}},
        {"profitbricks.cloud.profitbricks_lan": {"datacenter": "shop", "name": "front", "public": True}},
        {
            "profitbricks.cloud.profitbricks_server": {
                "datacenter": "shop", "name": "web-01", "cores": 2, "ram": 2048, "nics": [{"name": "a", "lan": "front"}]
            }
        },
    ],
}  # fmt: skip


class Playing:
    """A playbook under way."""

    def __init__(self, pocketvdc: Pocket, folder: Path):
        (folder / "shop.yml").write_text(yaml.safe_dump([PLAY]), encoding="utf-8")
        (folder / "ansible.cfg").touch()
        self.log = folder / "log"
        environment = {
            **pocketvdc.env,
            "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ansible", "playbook", "shop.yml"],
                cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def ends_well(self) -> None:
        assert self.process.wait(120) == 0, self.log.read_text(encoding="utf-8")
        assert "ok=3" in self.log.read_text(encoding="utf-8")


@pytest.fixture
def reader(browser: webdriver.Chrome, pocketvdc: Pocket) -> Reader:
    pocketvdc.cloud.settings.provision_seconds = PROVISION_SECONDS
    found = Reader(browser, pocketvdc, PATIENCE)
    browser.execute_script("window.loadedOnce = true")
    return found


@pytest.fixture
def playing(reader: Reader, pocketvdc: Pocket, tmp_path: Path) -> Iterator[Playing]:
    found = Playing(pocketvdc, tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


def test_the_page_follows_a_playbook(reader: Reader, playing: Playing) -> None:
    """Each thing appears while the next one is still to come, in the page that was open before the playbook began."""
    assert "None yet" in reader.text("pictures")
    reader.sees("pictures", "shop")
    reader.sees("waiting", "POST /v6/datacenters")
    assert "web-01" not in reader.text("pictures") and playing.runs
    reader.sees("pictures", "LAN 1 front")
    assert "web-01" not in reader.text("pictures") and playing.runs
    reader.sees("pictures", "web-01")
    reader.sees("pictures", "BUSY")
    assert playing.runs
    reader.keep("page-while-a-playbook-runs.png")
    playing.ends_well()
    reader.sees("pictures", "RUNNING")
    reader.sees("waiting", "Nothing")
    assert reader.browser.execute_script("return window.loadedOnce") is True
    assert reader.complaints == []


def test_a_fault_is_switched_on_while_a_playbook_runs(
    reader: Reader, playing: Playing, pocketvdc: Pocket
) -> None:
    """The playbook meets it, goes on trying, and ends well when it is switched off again."""
    reader.sees("pictures", "shop")
    pocketvdc.cloud.settings.provision_seconds = LONG
    reader.sees("pictures", "web-01")
    form = reader.at("fault")
    Select(form.find_element(By.NAME, "kind")).select_by_value("status")
    form.find_element(By.NAME, "path").send_keys("requests/", Keys.ENTER)
    reader.sees("faults", "struck 1")
    reader.sees("journal", "503 GET /cloudapi/v6/requests/")
    assert playing.runs
    reader.at("off").click()
    reader.until(lambda: not reader.text("faults") and not reader.at("off").is_displayed())
    playing.ends_well()
    reader.sees("pictures", "RUNNING")
