# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The types of configurations (contract section 8.14)."""

from __future__ import annotations

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.service import Item
from ..resources.services import CONFIG_TYPE

# The types that each network has.
CONFIG_TYPES = ("ziti-tunneler-client.v1", "ziti-tunneler-server.v1", "intercept.v1", "host.v1")


def check_config_types(want: Node, have: Item | None, facts: Facts) -> None:
    """Refuse types of configurations that the network of a new service does not have. Raises NotFound."""
    others = [each["type"] for each in want.get("configs") or () if each["type"] not in CONFIG_TYPES]
    if have is not None or not others or facts.found.missing:
        return
    known = [
        *CONFIG_TYPES,
        *(str(item["name"]) for item in facts.items(CONFIG_TYPE, facts.around(CONFIG_TYPE))),
    ]
    for name in others:
        if name not in known:
            advice = "correct the name; no module creates types"
            raise NotFound(CONFIG_TYPE.label, "configs.type", name, "the network", advice, known)
