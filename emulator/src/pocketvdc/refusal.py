# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a control call answers when it makes no sense."""

from __future__ import annotations


class Refused(Exception):
    """A control call that makes no sense: HTTP status and text."""

    def __init__(self, status: int, text: str):
        super().__init__(text)
        self.status = status
