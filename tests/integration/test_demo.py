# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: what it shows, how it fails, and that it leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pocketvdc import Server
from processes import worked
from tools import demo

ROOT = Path(__file__).resolve().parents[2]

FAILING = """\
- hosts: localhost
  gather_facts: false
  tasks:
    - name: Break
      ansible.builtin.fail:
        msg: the cloud is out of clouds
"""
RESTLESS = """\
- hosts: localhost
  gather_facts: false
  tasks:
    - name: Change something each time
      ansible.builtin.command: "true"
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, of this process and of those it starts; its path is short, as is usual.

    That of pytest, longer, was made before and stays outside of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


@pytest.fixture
def process(temporary: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(ROOT / "tools" / "demo.py"), "--provision-seconds", "0.1"]
    own = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield own
    if own.poll() is None:
        own.send_signal(signal.SIGTERM)
    own.communicate(timeout=30)


def left_running(folder: Path) -> list[str]:
    """The command lines of processes whose folder for temporary files is this one, or in it."""
    mark = b"\0TMPDIR=" + os.fsencode(folder)
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in b"\0" + (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_the_demo_shows_all_steps_and_leaves_nothing(process: subprocess.Popen[str], temporary: Path) -> None:
    output, _errors = process.communicate(timeout=300)
    assert process.returncode == 0, output
    steps, _mark, summary = output.partition("What was shown\n")
    assert re.findall(r"^(\d+)\. ", steps, re.M) == [str(number) for number in range(1, 12)]
    lines = summary.splitlines()
    assert [re.sub(r"^ +(\d+)\. .* ([\d.]+) s {3}", r"\1 ", line) for line in lines[1:11]] == [
        "2 changed=2, requests: " + line_requests(lines[1], writing=2),
        "3 changed=0, requests: " + line_requests(lines[2], writing=0),
        "4 3 hosts, requests: 2, writing: 0",
        "5 39 variables",
        "6 3 hosts, changed=3",
        "7 data centers: 1, requests: 1, writing: 0",
        "8 changed=6, enrollment tokens: 4, requests: " + line_requests(lines[7], writing=11),
        "9 changed=0, requests: " + line_requests(lines[8], writing=0),
        "10 5 hosts, requests: 3, writing: 0",
        "11 changed=3, requests: " + line_requests(lines[10], writing=3),
    ]
    assert re.fullmatch(r"All in \d+ s, on the local cloud; nothing is left behind\.", lines[11])
    assert [line.strip() for line in lines[-len(demo.NEXT_COMMANDS) :]] == list(demo.NEXT_COMMANDS)
    assert list(temporary.iterdir()) == []
    assert left_running(temporary) == []


def test_what_it_closes_with_works_without_an_account(server: Server, tmp_path: Path) -> None:
    server.cloud.reset()
    port = demo.CLOUD_COMMAND.partition("PORT=")[2]
    own = {name: value for name, value in os.environ.items() if not demo.FOREIGN.search(name)}
    commands = "\n".join(demo.NEXT_COMMANDS).replace(f"http://127.0.0.1:{port}", server.url)
    environment = {**own, "HOME": str(tmp_path), "NO_PROXY": "*"}
    assert "trial-site in de/fra" in worked(["sh", "-ec", commands], ROOT, environment)


def line_requests(line: str, writing: int) -> str:
    """The end of a line of the summary as it must be; how often a request is polled depends on the time it took."""
    found = re.search(r"requests: (\d+)", line)
    assert found, line
    return f"{found[1]}, writing: {writing}"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_demo_leaves_nothing(
    process: subprocess.Popen[str], temporary: Path, number: signal.Signals, code: int
) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "Create the data center" in line:
            break
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == code
    assert list(temporary.iterdir()) == []
    assert left_running(temporary) == []


@pytest.fixture
def signals() -> Iterator[None]:
    """Gives this process the handler back that the demo replaces."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize(
    ("playbook", "reason"),
    [
        (FAILING, "ansible-playbook ended with code 2:"),
        (RESTLESS, "the second run says changed=1, it must be 0"),
    ],
    ids=["failing", "restless"],
)
def test_a_step_that_fails_fails_the_demo_with_the_reason(
    playbook: str,
    reason: str,
    temporary: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    collection = tmp_path / "ansible_collections" / "profitbricks" / "cloud"
    (collection / "playbooks" / "inventory").mkdir(parents=True)
    (collection / "playbooks" / "site.yml").write_text(playbook, encoding="utf-8")
    for name in ("profitbricks.yml", "netfoundry.yml"):
        shutil.copy(ROOT / "playbooks" / "inventory" / name, collection / "playbooks" / "inventory")
    monkeypatch.setattr(demo, "COLLECTIONS", tmp_path)
    monkeypatch.setattr(demo, "INSTALLED", collection)
    monkeypatch.setattr("sys.argv", ["demo.py", "--provision-seconds", "0"])

    assert demo.main() == 1
    output, errors = capfd.readouterr()
    assert f"The demo failed: {reason}" in errors
    assert ("the cloud is out of clouds" in errors) is (playbook == FAILING)
    assert "What was shown" not in output
    assert list(temporary.iterdir()) == []


def test_a_long_path_for_temporary_files_has_no_room_for_shared_connections() -> None:
    assert "ControlMaster" in demo.surroundings(Path("/tmp/pb-demo-12345678"))["ANSIBLE_SSH_ARGS"]
    assert "ControlMaster" not in demo.surroundings(Path("/" + "long/" * 15))["ANSIBLE_SSH_ARGS"]


@pytest.mark.usefixtures("signals")
def test_a_demo_without_the_collection_says_how_to_install_it(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "INSTALLED", temporary / "nowhere")
    monkeypatch.setattr("sys.argv", ["demo.py"])
    assert demo.main() == 1
    assert "the collection is not installed in .build/collections; run: make demo" in capfd.readouterr().err
