# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a program, and print its seconds, its peak memory in KiB and its exit code.

A process of its own, because a program starts out with the peak memory of the one that starts it, and that of the
benchmark holds an emulator with all its servers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(log: str, *command: str) -> None:
    with open(log, "wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([seconds, usage.ru_maxrss, process.returncode]))


if __name__ == "__main__":
    main(*sys.argv[1:])
