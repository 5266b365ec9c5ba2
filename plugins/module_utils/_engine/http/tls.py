# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS: what the certificates of a service are checked with.

Loaded once and shared: `requests` would read its authorities anew for each connection, which takes longer than a call.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from ssl import CERT_NONE, PROTOCOL_TLS_CLIENT, SSLContext, create_default_context

from ..errors import InvalidOption

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def context(verify: bool | str, authorities: str = "") -> SSLContext:
    """What connections are made with.

    ``verify`` is False to check nothing, True for the certificates that `requests` trusts, or a path of others;
    ``authorities`` is PEM to trust as well. Raises InvalidOption.
    """
    if verify is False:
        unchecked = SSLContext(PROTOCOL_TLS_CLIENT)
        unchecked.check_hostname, unchecked.verify_mode = False, CERT_NONE
        return unchecked
    if verify is not True:
        return _trusting("ca_path", verify, authorities)
    for variable in BUNDLES:
        if path := os.environ.get(variable):
            return _trusting(variable, path, authorities)
    from requests.utils import DEFAULT_CA_BUNDLE_PATH  # certifi's, or what a packager has put in their place

    return _trusting("requests", DEFAULT_CA_BUNDLE_PATH, authorities)


def preload() -> None:
    """Load what most connections need, for processes that are forked from this one."""
    with suppress(ImportError, InvalidOption):  # which those that need it tell
        from . import session  # noqa: F401  # pylint: disable=unused-import

        context(True)


@lru_cache
def _trusting(option: str, path: str, authorities: str) -> SSLContext:
    folder, file = (path, None) if os.path.isdir(path) else (None, path)
    try:
        trusted = create_default_context(cafile=file, capath=folder)
    except OSError as error:
        raise InvalidOption(f"{option}: no TLS certificates can be read from {path}: {error}") from None
    try:
        if authorities:
            trusted.load_verify_locations(cadata=authorities)
    except (OSError, ValueError):
        raise InvalidOption(
            "certificateAuthData: the value in the configuration file is not a PEM certificate"
        ) from None
    return trusted
