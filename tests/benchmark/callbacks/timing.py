# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A callback that writes when each task began and ended, a JSON line each."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: timing
type: aggregate
short_description: Records how long tasks take
description:
  - Writes a line for each task into the file that E(TIMING_FILE) names, in seconds since the epoch.
requirements:
  - nothing
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "timing"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._begun = time.time()

    def v2_runner_on_ok(self, result: Any) -> None:
        ended = time.time()
        # ansible-core 2.19 renamed these.
        task = getattr(result, "task", None) or result._task
        values = getattr(result, "result", None) or result._result
        changed = bool(values.get("changed"))
        record = {"name": task.get_name(), "begun": self._begun, "ended": ended, "changed": changed}
        with open(os.environ["TIMING_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
