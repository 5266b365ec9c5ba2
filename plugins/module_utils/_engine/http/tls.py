# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS: what the certificates of a service are checked with.

Apart from `transport`, because a service without TLS needs none of it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from ssl import CERT_NONE, CERT_REQUIRED, SSLContext, VerifyMode

from ..errors import InvalidOption

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def context(verify: bool | str) -> SSLContext:
    """What connections are made with; all share it, because to load it takes longer than a call.

    ``verify`` is False to check nothing, True for the certificates that `requests` trusts, or a path of others. Raises
    InvalidOption.
    """
    if verify is False:
        return _new(CERT_NONE)
    if verify is not True:
        return _trusting("ca_path", verify)
    for variable in BUNDLES:
        if path := os.environ.get(variable):
            return _trusting(variable, path)
    from certifi import where

    return _trusting("certifi", where())


def preload() -> None:
    """Load what most connections need, for processes that are forked from this one."""
    with suppress(ImportError, InvalidOption):  # which those that need it tell
        context(True)


def _new(checks: VerifyMode) -> SSLContext:
    from urllib3.util.ssl_ import create_urllib3_context

    return create_urllib3_context(cert_reqs=checks)


@lru_cache
def _trusting(option: str, path: str) -> SSLContext:
    made = _new(CERT_REQUIRED)
    try:
        made.load_verify_locations(**{"capath" if os.path.isdir(path) else "cafile": path})
    except OSError as error:
        raise InvalidOption(f"{option}: no certificates for TLS can be read from {path}: {error}") from None
    return made
