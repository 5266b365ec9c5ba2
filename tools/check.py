# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run several make targets as the parts of one check, and sum them up.

    python -m tools.check lint unit ...

The parts follow one another, and their output is shown as it comes. ansible-test sanity, slow and of one
process, runs beside them; its output is shown in one piece. A failed part does not stop the others.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build" / "logs"
BESIDE = "sanity"
# The line that pytest closes with: ==== 12 passed, 1 failed in 3.21s ====
CLOSING = re.compile(rb"^=+ (.*\b(?:passed|failed|error|errors|no tests ran)\b.*?) in [\d.]+s.* =+$", re.M)


@dataclass
class Part:
    """A make target under way, or done: its log, and what became of it."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]
    started: float
    ended: float = 0.0

    @property
    def failed(self) -> bool:
        return self.process.returncode != 0

    @property
    def line(self) -> str:
        """Result, name, time, and the count of pytest where the part has one."""
        counts = CLOSING.findall(self.log.read_bytes())
        count = counts[-1].decode() if counts else ""
        verdict = "FAILED" if self.failed else "ok"
        return f"{verdict:<8}{self.name:<14}{self.ended - self.started:7.1f} s   {count}".rstrip()


def make_environment() -> dict[str, str]:
    """The environment without the job server of the calling make, whose pipes are not handed down."""
    environment = dict(os.environ)
    flags = environment.get("MAKEFLAGS", "").split(" ")
    environment["MAKEFLAGS"] = " ".join(flag for flag in flags if not flag.startswith(("-j", "--jobserver")))
    return environment


def start(name: str) -> Part:
    """Start `make name`, all of its output going to a log."""
    log = LOGS / f"{name}.log"
    command = [os.environ.get("MAKE", "make"), "--no-print-directory", name]
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=make_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Part(name, log, process, time.monotonic())


def copy(source: IO[bytes]) -> None:
    """Show what has come into a log since the last look."""
    while chunk := source.read(65536):
        sys.stdout.buffer.write(chunk)
    sys.stdout.flush()


def follow(part: Part) -> None:
    """Show the output of a part until it ends."""
    print(f"\n---- {part.name} ----", flush=True)
    with open(part.log, "rb") as source:
        while part.process.poll() is None:
            copy(source)
            time.sleep(0.2)
        copy(source)
    part.ended = part.ended or time.monotonic()


def note_end(part: Part | None) -> None:
    """Take the time of a part that ended while another was shown."""
    if part and not part.ended and part.process.poll() is not None:
        part.ended = time.monotonic()


def check(names: list[str]) -> list[Part]:
    """Run the parts and return them, in the order in which they were shown."""
    parts: list[Part] = []
    try:
        beside = start(BESIDE) if BESIDE in names else None
        if beside:
            parts.append(beside)
            print(f"{BESIDE} runs beside the other parts and is shown after them")
        for name in names:
            if name != BESIDE:
                part = start(name)
                parts.append(part)
                follow(part)
                print(part.line, flush=True)
                note_end(beside)
        if beside:
            follow(beside)
            print(beside.line, flush=True)
    finally:
        for part in parts:
            if part.process.poll() is None:
                part.process.terminate()
                part.process.wait()
    return sorted(parts, key=lambda part: names.index(part.name))


def main() -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    parts = check(sys.argv[1:])
    print("\n---- summary ----")
    for part in parts:
        print(part.line)
    failed = [part.name for part in parts if part.failed]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "All checks passed"
    print(f"{verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
