# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's version, as galaxy.yml says it (a test holds the two together)."""

from __future__ import annotations

COLLECTION_VERSION = "1.0.0"
