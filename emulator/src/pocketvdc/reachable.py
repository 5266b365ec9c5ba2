# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a server that can be logged in to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReachableServer:
    """One server of the cloud as SSH sees it; ``ssh_keys`` are lines as in an authorized_keys file."""

    id: str
    name: str
    addresses: tuple[str, ...]
    ssh_keys: tuple[str, ...]
    running: bool
