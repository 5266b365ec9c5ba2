# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Web Tokens: access tokens of API accounts, and the one-time tokens of enrollment.

They are signed with RS256 by a key that each process makes for itself on first use, so an access token
outlives a reset of the emulator, but not the emulator.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

USER_POOL = "us-east-1_EMULATOR"
ISSUER = f"https://cognito-idp.us-east-1.amazonaws.com/{USER_POOL}"
# Cognito wants a scope that is not empty; clients read the environment back out of it (section 2.4).
SCOPE = "https://gateway.production.netfoundry.io//ignore-scope"
# How long a one-time token can be used (inferred).
ENROLLMENT_SECONDS = 24 * 3600


_MAKING = Lock()


def _key() -> RSAPrivateKey:
    # A cache lets two threads that ask first make a key each.
    with _MAKING:
        return _the_key()


@cache
def _the_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def sign(claims: Mapping[str, Any]) -> str:
    """The claims as a signed token."""
    head = {"alg": "RS256", "typ": "JWT"}
    text = ".".join(_part(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
    return f"{text}.{_part(_key().sign(text.encode(), PKCS1v15(), SHA256()))}"


def has_ended(token: str | None, now: float) -> bool:
    """Whether a one-time token is there and can no longer be used."""
    claims = claims_of(token) if token is not None else None
    return claims is not None and claims["exp"] <= now


@lru_cache(maxsize=256)
def claims_of(token: str) -> Mapping[str, Any] | None:
    """The claims of a token that this process has signed; None for any other text."""
    text, _dot, signature = token.rpartition(".")
    try:
        _key().public_key().verify(_bytes(signature), text.encode(), PKCS1v15(), SHA256())
        claims: Mapping[str, Any] = json.loads(_bytes(text.split(".")[1]))
    except (InvalidSignature, ValueError, IndexError):
        return None
    return claims
