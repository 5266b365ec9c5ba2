# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which paths are NetFoundry's, apart from what serves them: an emulator that is never asked for it loads no more."""

from __future__ import annotations

import re

TOKEN_PATHS = ("/oauth2/token", "/oauth/token")
OF_SERVICE = re.compile(r"/((?:core|identity|auth|rest|product-metadata)/v\d+)(/.*)?")


def plain(path: str) -> str:
    """Without the additional slashes that the service tolerates."""
    return re.sub("/+", "/", path)


def serves(path: str) -> bool:
    """Whether a path is NetFoundry's."""
    path = plain(path)
    return path in TOKEN_PATHS or OF_SERVICE.fullmatch(path) is not None
