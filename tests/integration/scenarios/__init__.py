# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios of all resource modules: each family's file here has its own ``SCENARIOS``, by kind."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from .scenario import Clearing, Scenario

__all__ = ["SCENARIOS", "Clearing", "Scenario"]


def _all() -> dict[str, Scenario]:
    found: dict[str, Scenario] = {}
    for module in pkgutil.iter_modules(__path__):
        found.update(getattr(import_module(f"{__name__}.{module.name}"), "SCENARIOS", {}))
    return found


SCENARIOS = _all()
