# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run commands, some at the same time, and say what came of each."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The tools of antsibull write a log into the home directory, which is nobody's but the caller's.
LOGGING = {"HOME": str(ROOT / ".build" / "home")}


@dataclass(frozen=True)
class Job:
    """A command with a name; it runs in the root of the checkout, its standard input closed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of a job: exit code, seconds, and both output streams as one text."""

    name: str
    code: int
    seconds: float
    output: str

    @property
    def verdict(self) -> str:
        """One line: result, name, time."""
        return f"{'ok' if self.code == 0 else 'FAILED':<8}{self.name:<24}{self.seconds:6.1f} s"


def run(job: Job) -> Outcome:
    """Run one job to its end."""
    start = time.monotonic()
    done = subprocess.run(
        job.command,
        cwd=ROOT,
        env={**os.environ, **job.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(job.name, done.returncode, time.monotonic() - start, done.stdout)


def run_all(jobs: Iterable[Job], at_once: int = 2) -> list[Outcome]:
    """Run jobs, printing a line as each ends, and the output of those that fail."""
    outcomes = []
    with ThreadPoolExecutor(at_once) as pool:
        for future in as_completed([pool.submit(run, job) for job in jobs]):
            outcome = future.result()
            outcomes.append(outcome)
            print(outcome.verdict, flush=True)
            if outcome.code:
                print(outcome.output.rstrip() + "\n", flush=True)
    return outcomes
