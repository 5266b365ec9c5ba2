# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module on a host whose Python is too old ends with one line that says so.

Imported before what such a Python cannot read. Written for any Python that Ansible itself runs modules with.
"""

from __future__ import annotations

import json
import sys

NEEDED = "3.11"

if sys.version_info < (3, 11):  # noqa: UP036
    found = f"{sys.executable} is {sys.version.split()[0]} on this host"
    text = (
        f"ansible_python_interpreter: the modules of profitbricks.cloud need Python {NEEDED}, and {found}. Name a newer "
        "one, or run the task on the controller with delegate_to: localhost"
    )
    sys.stdout.write(json.dumps({"failed": True, "msg": text}))
    raise SystemExit(1)
