# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A callback that records each task's result and the calls it made at the emulator, a JSON line each."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: record
type: aggregate
short_description: Records results and calls for the tests
description:
  - Writes a line for each task into the file that E(RECORD_FILE) names.
  - Takes the calls from the journal of the emulator at E(RECORD_EMULATOR), and empties it.
  - Before a task that E(RECORD_BEFORE) names, makes the calls of the control path that are given there.
requirements:
  - nothing
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "record"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self.before = json.loads(os.environ["RECORD_BEFORE"])
        self.started = 0.0

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        for name, body in self.before.get(task.get_name(), ()):
            _control("POST", name, body)
        _control("DELETE", "journal")
        self.started = time.monotonic()

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write(result, "ok")

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._write(result, "failed")

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._write(result, "unreachable")

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._write(result, "skipped")

    def _write(self, result: Any, status: str) -> None:
        seconds = time.monotonic() - self.started
        # ansible-core 2.19 renamed these.
        task = getattr(result, "task", None) or result._task
        values = getattr(result, "result", None) or result._result
        calls = _control("GET", "journal")["items"]
        record = {
            "name": task.get_name(),
            "status": status,
            "seconds": seconds,
            "result": values,
            "calls": calls,
        }
        with open(os.environ["RECORD_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(record, default=str) + "\n")


def _control(method: str, name: str, body: Any = None) -> dict[str, Any]:
    """A call of the emulator's control path."""
    url = f"{os.environ['RECORD_EMULATOR']}/_emulator/{name}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        said: dict[str, Any] = json.load(answer)
    return said
