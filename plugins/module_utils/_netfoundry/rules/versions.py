# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of versions (contract section 7.4)."""

from __future__ import annotations

import re


def version_key(text: str) -> list[int]:
    """A key by which versions sort as numbers: 7.3.94-34108 comes after 7.3.9."""
    return [int(part) for part in re.findall(r"\d+", text)]
