# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of resources: one row for each kind (contract section 10)."""

from __future__ import annotations

from ..behaviour.labels import GLOBAL
from ..behaviour.management import RESOURCE
from ..queue import ROW as REQUEST
from ..registry import Table
from . import compute, images, kubernetes, management, network, networking

TABLE = Table(
    (
        *compute.ROWS,
        *network.ROWS,
        *images.ROWS,
        *management.ROWS,
        *networking.ROWS,
        *kubernetes.ROWS,
        REQUEST,
        RESOURCE,
        GLOBAL,
    )
)
