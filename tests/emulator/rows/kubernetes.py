# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cross connects, backup units, Kubernetes."""

from __future__ import annotations

from ..table import Row

ROWS: tuple[Row, ...] = ()
