# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where it is measured: an emulator, and Ansible in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from integration.runner import Runner
from integration.scenarios import Scenario
from pocketvdc import Cloud, Server
from pocketvdc.faults import Journal
from pocketvdc.netfoundry.testing import credentials_file

HERE = Path(__file__).resolve().parent
COLLECTIONS = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(HERE.parents[1] / ".build" / "dev")
TOKEN = "demo-token"
Task = dict[str, Any]


class TimedJournal(Journal):
    """The emulator's journal, with the time at which each call was answered."""

    def note(self, **call: Any) -> None:
        super().note(at=time.time(), **call)


@dataclass(frozen=True)
class Timing:
    """One task: its name, seconds, and the calls that it made."""

    name: str
    seconds: float
    ended: float
    changed: bool
    calls: list[dict[str, Any]]


@dataclass(frozen=True)
class Finished:
    """One process: seconds from start to end, and its peak memory in MiB."""

    seconds: float
    memory: float


class Lab:
    """An account at the emulator that is new after each `reset`, and programs that use it."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.cloud = server.cloud
        self.url = server.url
        self.api = f"{server.url}/cloudapi/v6"
        self.folder = folder
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"
        self.reset()

    def reset(self, provision_seconds: float = 0.0, rate_limit: str | None = None) -> None:
        self.cloud.reset()
        self.cloud.settings.provision_seconds = provision_seconds
        self.cloud.limit_rate(rate_limit)
        self.cloud.journal = TimedJournal()

    @property
    def requests(self) -> int:
        """Calls since the last `forget`."""
        return len(self.cloud.journal.calls)

    def forget(self) -> None:
        self.cloud.journal.clear()

    def post(self, path: str, body: Mapping[str, Any]) -> None:
        """Create something, past Ansible and the journal."""
        self.session.post(f"{self.api}/{path}", json=body, timeout=300).raise_for_status()

    def command(self, words: Sequence[str | Path], environ: Mapping[str, str] | None = None) -> Finished:
        """Run a module or a program with this Python; it must succeed."""
        log = self.folder / "output"
        measured = subprocess.run(
            [sys.executable, HERE / "measure.py", log, sys.executable, *words],
            env={**self.environment(), **(environ or {})},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=True,
        )
        seconds, memory, code = json.loads(measured.stdout)
        if code:
            text = log.read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"{' '.join(map(str, words))} failed:\n{text[-3000:]}")
        return Finished(seconds, memory / 1024)

    def world(self, scenario: Scenario) -> Mapping[str, str]:
        """Make what the objects of a scenario need, past Ansible and the journal: variables of its tasks."""
        return scenario.world(Runner(self.cloud, self.url, self.folder))[1]

    def play(
        self, tasks: Sequence[Task], in_process: bool = True, variables: Mapping[str, Any] | None = None
    ) -> tuple[list[Timing], Finished]:
        """Run tasks on localhost."""
        playbook, record = self.folder / "playbook.json", self.folder / "timing.jsonl"
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": dict(variables or {}),
            "module_defaults": {
                "group/profitbricks.cloud.profitbricks": {"api_url": self.api, "token": TOKEN},
                "group/profitbricks.cloud.netfoundry": {
                    "api_url": self.url,
                    "credentials": str(credentials_file(self.url, self.folder)),
                },
            },
            "tasks": list(tasks),
        }
        playbook.write_text(json.dumps([play]), encoding="utf-8")
        record.write_text("", encoding="utf-8")
        self.forget()
        environ = {"TIMING_FILE": str(record), "PROFITBRICKS_IN_PROCESS": "1" if in_process else "0"}
        finished = self.command(["-m", "ansible", "playbook", playbook], environ)
        lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        return [self._timing(line) for line in lines], finished

    def _timing(self, line: Mapping[str, Any]) -> Timing:
        begun, ended = line["begun"], line["ended"]
        calls = [call for call in list(self.cloud.journal.calls) if begun <= call["at"] <= ended]
        return Timing(line["name"], ended - begun, ended, line["changed"], calls)

    def environment(self) -> dict[str, str]:
        """The caller's, without settings of Ansible, of the service and of Python."""
        # With PYTHONUNBUFFERED, Python reads the modules that Ansible pipes to it byte by byte.
        ours = ("ANSIBLE_", "PROFITBRICKS_", "IONOS_", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        configuration = self.folder / "ansible.cfg"
        configuration.touch()
        return {
            **kept,
            "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
            "ANSIBLE_CONFIG": str(configuration),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callbacks"),
            "ANSIBLE_CALLBACKS_ENABLED": "timing",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            # As plain as it gets: modules without a temporary folder for each.
            "ANSIBLE_PIPELINING": "1",
            "NO_PROXY": "127.0.0.1",
        }


def tell(text: str) -> None:
    """Where the benchmark is, apart from its results."""
    print(f"  {text}", file=sys.stderr, flush=True)


@contextmanager
def lab() -> Iterator[Lab]:
    with TemporaryDirectory(prefix="bench-") as folder, Server(Cloud()) as server:
        yield Lab(server, Path(folder))
