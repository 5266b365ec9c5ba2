# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook diagram.yml and the filter topology, run by Ansible against the emulator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from integration.runner import COLLECTIONS, TOKEN, Runner

RECAP = re.compile(r"changed=(\d+) .*failed=(\d+)")


@dataclass(frozen=True)
class Outcome:
    """What a run of the playbook printed, how many tasks changed something, and the requests that it made."""

    code: int
    output: str
    requests: list[str]

    @property
    def changed(self) -> int:
        assert self.code == 0, self.output
        found = RECAP.search(self.output)
        assert found is not None, self.output
        return int(found[1])


def diagram(play: Runner, *options: str, **variables: str) -> Outcome:
    """Run the playbook in the test's folder on the data center that ``Runner.shop`` makes."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "IONOS_"))}
    (play.folder / "ansible.cfg").touch()
    environment = {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "ANSIBLE_CONFIG": str(play.folder / "ansible.cfg"),
        "ANSIBLE_HOME": str(play.folder / "home"),
        "ANSIBLE_NOCOLOR": "1",
        "PROFITBRICKS_API_URL": play.api(),
        "PROFITBRICKS_TOKEN": TOKEN,
    }
    named = {"datacenter_name": "shop", **variables}
    extra = [word for item in named.items() for word in ("-e", "=".join(item))]
    play.cloud.journal.clear()
    done = subprocess.run(
        [sys.executable, "-m", "ansible", "playbook", "profitbricks.cloud.diagram", *options, *extra],
        cwd=play.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    calls = [f"{call['method']} {call['path']}" for call in play.cloud.journal.calls]
    return Outcome(done.returncode, done.stdout + done.stderr, calls)


def words(path: Path) -> set[str]:
    """The texts of an SVG that are shown."""
    root = ElementTree.parse(path).getroot()
    return {element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")}


def test_the_picture_is_written_once_and_again_when_the_data_center_changes(play: Runner) -> None:
    ids = play.shop()
    first = diagram(play)
    assert first.changed == 1
    picture = play.folder / "shop.svg"
    assert {"shop", "Internet", "web", "boot", "front", "back", "public", "private", "TCP 22"} <= words(
        picture
    )

    before = picture.read_bytes()
    assert diagram(play).changed == 0
    assert picture.read_bytes() == before

    rule = {"properties": {"name": "http", "protocol": "TCP", "portRangeStart": 80, "portRangeEnd": 80}}
    nic = f"datacenters/{ids['datacenter']}/servers/{ids['server']}/nics/{ids['nic']}"
    play.call("POST", f"{nic}/firewallrules", rule)
    assert diagram(play).changed == 1
    assert "TCP 22, TCP 80" in words(picture)


def test_it_takes_four_reads_and_no_write(play: Runner) -> None:
    play.shop()
    requests = diagram(play).requests
    assert len(requests) == 4
    assert {request.split()[0] for request in requests} == {"GET"}


def test_check_mode_foretells_and_writes_no_file(play: Runner) -> None:
    play.shop()
    assert diagram(play, "--check", "--diff").changed == 1
    assert not (play.folder / "shop.svg").exists()
    assert diagram(play).changed == 1
    assert diagram(play, "--check").changed == 0


@pytest.mark.parametrize(
    ("form", "name", "start"),
    [("mermaid", "shop.mmd", "flowchart TB\n"), ("dot", "shop.dot", "graph datacenter {\n")],
)
def test_the_other_formats_have_a_file_of_their_own(play: Runner, form: str, name: str, start: str) -> None:
    play.shop()
    assert diagram(play, diagram_format=form, diagram_direction="TB", diagram_title="Plan").changed == 1
    written = (play.folder / name).read_text(encoding="utf-8")
    assert written.startswith(start)
    assert "Plan" in written and "web" in written


def test_the_file_can_be_anywhere(play: Runner) -> None:
    play.shop()
    (play.folder / "docs").mkdir()
    assert diagram(play, diagram_path="docs/site.svg").changed == 1
    assert "web" in words(play.folder / "docs" / "site.svg")


def test_a_data_center_that_is_not_there_is_named(play: Runner) -> None:
    done = diagram(play, datacenter_name="shpo")
    assert done.code == 2
    assert "No data centers are called shpo. Name another one with -e datacenter_name=..." in done.output


def test_a_name_that_looks_like_a_template_stays_what_it_is(play: Runner) -> None:
    ids = play.shop()
    name = '{{ lookup("pipe", "id") }}<script>'
    play.call("PATCH", f"datacenters/{ids['datacenter']}/servers/{ids['server']}", {"name": name})
    assert diagram(play, diagram_title="Odd").changed == 1
    titles = ElementTree.parse(play.folder / "shop.svg").getroot().iter("{http://www.w3.org/2000/svg}title")
    assert any((title.text or "").startswith(name) for title in titles)


def test_bad_input_fails_in_one_line(tmp_path: Path) -> None:
    expression = "{{ [1] | profitbricks.cloud.topology }}"
    command = [sys.executable, "-m", "ansible", "adhoc", "localhost", "-m", "ansible.builtin.debug"]
    done = subprocess.run(
        [*command, "-a", f"msg='{expression}'"],
        cwd=tmp_path,
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS, "ANSIBLE_NOCOLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "topology: the data center must be a dictionary, not a list" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
