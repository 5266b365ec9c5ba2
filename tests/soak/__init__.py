# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A soak: random tasks against services at their worst, for as long as one likes.

Run it with ``make soak MINUTES=30``. Each walk builds, changes, purges and reruns what it likes, while calls and
answers are lost, late, doubled, cut and refused. In the end the account has to be as described, without anything doubled
or lost, no request may be left open, and the memory has to be as it was.
"""
