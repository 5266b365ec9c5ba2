# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long tasks and the inventory take, beside baselines that are measured in the same run.

Run it with ``make bench``, or ``python -m benchmark`` with ``tests`` on the path.
"""
