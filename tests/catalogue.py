# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All kinds of objects that the collection knows, found and not listed, so that none is left out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.behaviour import Behaviour as Kind

UTILS = "ansible_collections.profitbricks.cloud.plugins.module_utils"
ROOT = Path(__file__).resolve().parents[1] / "plugins" / "module_utils"


def _kinds() -> dict[str, Kind]:
    found = {}
    for path in sorted(ROOT.glob("*/behaviour/*.py")):
        module = import_module(f"{UTILS}.{'.'.join(path.with_suffix('').relative_to(ROOT).parts)}")
        for each in vars(module).values():
            if isinstance(each, Kind):
                found[f"{each.provider.name}_{each.resource.kind}"] = each
    return found


# By the name of the module that manages them, whether there is one or only an info module.
KINDS = _kinds()


def kind_of(module: str) -> Kind:
    """The kind that a module is about. Raises KeyError."""
    return KINDS[module] if module in KINDS else KINDS[module.removesuffix("_info")]
