# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parse inventory sources one after another in one process, and print as JSON what becomes of each.

For each file named on the command line: the names of its hosts, or the error's text and the hosts there are in spite of it.
"""

from __future__ import annotations

import json
import sys

from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, inventory_loader


def parsed(path: str) -> dict[str, object]:
    inventory = InventoryData()
    error = ""
    plugin = inventory_loader.get(f"profitbricks.cloud.{path.split('.')[-2]}")
    try:
        plugin.parse(inventory, DataLoader(), path, cache=False)
    except AnsibleError as caught:
        error = str(caught)
    except Exception as caught:
        error = f"bare {type(caught).__name__}: {caught}"
    return {"error": error, "hosts": list(inventory.hosts)}


if __name__ == "__main__":
    init_plugin_loader()
    json.dump({path: parsed(path) for path in sys.argv[1:]}, sys.stdout)
