# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of faults, apart from what carries them out, for the command line to load quickly."""

KINDS = ("status", "drop_before", "drop_after", "half", "slow", "hang", "fail_request", "html")
