# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """How often, and how much of everything."""

    rounds: int = 3
    kinds: tuple[str, ...] = ()  # of the modules that are measured; all if left out
    servers: int = 10
    sites: int = 3
    provision_seconds: tuple[float, ...] = (0.5, 2.0, 10.0)
    inventory: tuple[int, ...] = (100, 1000, 10000)
    inventories: int = 3
    trees: tuple[int, ...] = (10, 100, 1000)
    endpoints: tuple[int, ...] = (500, 1000, 2000)  # of overlay networks
    awaited: tuple[int, ...] = (500, 2000)  # new endpoints
    starts: int = 10  # of the emulator
    reads: int = 2000
    clients: int = 200  # at once


MAIN = ("datacenter", "lan", "server", "volume", "nic", "firewall_rule", "user", "endpoint")
QUICK = Scale(2, MAIN, 2, 2, (0.5, 2.0), (100, 1000), 2, (10, 100), (100, 200, 400), (200,), 5, 500)
