# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an empty environment to a data center in a minute, as a reader of the READMEs goes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from integration.example_worlds import KEY
from integration.inventory_fixtures import COLLECTIONS
from integration.pocketvdc_wheel import ROOT, fetch, install, wheel

CHROMIUM = shutil.which("chromium")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# The first playbook, and the commands that run it.
((NAME, PLAYBOOK),) = re.findall(
    r"^### A first playbook\n\n```yaml\n# (\S+)\n(.*?)^```$", README, re.M | re.S
)
RUNS = re.findall(rf"^\$ (ansible-playbook {NAME} .*?)(?: +#.*)?$", README, re.M)
SECONDS = 60.0
SCRIPT = """
set -e
pocketvdc serve > url 2> log &
echo $! > pid
eval "$(pocketvdc env ansible)"
"""


def clean(folder: Path, environment: Path) -> dict[str, str]:
    """The environment of somebody who has Ansible, the collection, and nothing of ours."""
    foreign = ("ANSIBLE_", "PROFITBRICKS_", "IONOS_", "POCKETVDC_", "PYTHON")
    own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    (folder / "ansible.cfg").touch()
    return {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "HOME": str(folder),
        "NO_PROXY": "127.0.0.1",
        "PATH": os.pathsep.join(
            [str(environment / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        ),
        "XDG_RUNTIME_DIR": str(folder),
    }


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder, which the emulator that was started in it does not outlive."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        yield path
        if (path / "pid").exists():
            process = int((path / "pid").read_text(encoding="utf-8"))
            os.kill(process, 15)
            ends = time.monotonic() + 20
            while (path / f"pocketvdc/{process}.json").exists() and time.monotonic() < ends:
                time.sleep(0.05)


def test_an_empty_environment_has_a_data_center_within_a_minute(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(str(wheel(tmp_path)))  # what only the network decides the speed of
    (folder / ".ssh").mkdir()
    (folder / ".ssh" / "id_ed25519.pub").write_text(KEY, encoding="utf-8")
    (folder / NAME).write_text(PLAYBOOK, encoding="utf-8")
    environment = folder / "venv"
    begun = time.monotonic()
    install(environment, str(wheel(folder)))
    done = subprocess.run(
        ["sh", "-c", "\n".join([SCRIPT, *RUNS])],
        cwd=folder,
        env=clean(folder, environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    url = (folder / "url").read_text(encoding="utf-8").strip()
    page = requests.get(f"{url}/_emulator/", timeout=10)
    picture = ROOT / ".build" / "screenshots" / "empty-environment.png"
    if CHROMIUM:
        shoot(f"{url}/_emulator/", picture, folder)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(f"\n  from an empty environment to a data center: {seconds:.1f} s of {SECONDS:.0f}", flush=True)
    assert seconds < SECONDS
    assert "pocketvdc" in page.text
    first, second = re.findall(r"ok=3 +changed=(\d) .*failed=0", done.stdout)
    assert (first, second) == ("3", "0")
    status = requests.get(f"{url}/_emulator/status", timeout=10).json()
    assert status["resources"] == {
        "datacenter": 1,
        "lan": 1,
        "server": 1,
        "volume": 1,
        "nic": 1,
        "firewall-rule": 1,
    }
    assert not CHROMIUM or picture.stat().st_size > 10_000


def shoot(url: str, picture: Path, folder: Path) -> None:
    """A screenshot of a page, once its events have come."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    words = [
        "--headless=new",
        "--disable-gpu",
        "--window-size=1280,900",
        f"--user-data-dir={folder / 'chromium'}",
    ]
    words += ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [str(CHROMIUM), *words, "--timeout=3000", f"--screenshot={picture}", url]
    subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)


def test_the_environment_has_nothing_that_the_wheel_does_not_ask_for(folder: Path, tmp_path: Path) -> None:
    """Neither the collection nor this checkout: each command comes from the wheel, and starts without the tests' packages."""
    fetch(str(wheel(tmp_path)))
    environment = folder / "venv"
    install(environment, str(wheel(folder)))
    python = environment / "bin" / "python"
    ask = "import pocketvdc, importlib.metadata as m; print(pocketvdc.__file__); print(*sorted(d.name.lower() for d in m.distributions()))"
    said = subprocess.run([python, "-c", ask], cwd=folder, env=clean(folder, environment), capture_output=True, text=True,
                          check=True).stdout.splitlines()  # fmt: skip
    assert said[0].startswith(str(environment))
    assert {"pocketvdc", "click", "werkzeug", "pyyaml", "cryptography"} <= set(said[1].split())
    assert not {"ansible-core", "requests", "pytest", "asyncssh"} & set(said[1].split())
    helped = subprocess.run([environment / "bin" / "pocketvdc", "--help"], env=clean(folder, environment),
                            capture_output=True, text=True, check=True).stdout  # fmt: skip
    for command in re.findall(r"^  ([a-z-]+)  ", helped, re.M):
        subprocess.run([environment / "bin" / "pocketvdc", command, "--help"], env=clean(folder, environment),
                       capture_output=True, check=True)  # fmt: skip
    refused = subprocess.run([environment / "bin" / "pocketvdc", "serve", "--ssh", "--public-net", "127.8.0.0/16"],
                             env=clean(folder, environment), capture_output=True, text=True, check=False)  # fmt: skip
    assert refused.returncode == 2 and 'pip install "pocketvdc[ssh]"' in refused.stderr
