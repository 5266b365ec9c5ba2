# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Web Tokens: access tokens of API accounts, and the one-time tokens of enrollment.

They are signed with RS256 by a key that each process makes for itself on first use, so an access token
outlives a reset of the emulator, but not the emulator. Only then is the library for it loaded, which takes a
tenth of the time that the emulator needs to start.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

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
    if _ADOPTED:
        return _ADOPTED[0]
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    return generate_private_key(public_exponent=65537, key_size=2048)


# The key of another process, whose tokens stay good where its state went on.
_ADOPTED: list[RSAPrivateKey] = []


def exported() -> str | None:
    """The key as PEM, for another process; None where nothing has been signed yet."""
    if not _ADOPTED and not _the_key.cache_info().currsize:
        return None
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def adopt(pem: str | None) -> None:
    """Sign with the key of another process from now on. ValueError when it is none."""
    if pem is None:
        return
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the key is not one of RSA")
    with _MAKING:
        _ADOPTED[:] = [key]
        _the_key.cache_clear()
        claims_of.cache_clear()


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def sign(claims: Mapping[str, Any]) -> str:
    """The claims as a signed token."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

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
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    text, _dot, signature = token.rpartition(".")
    try:
        _key().public_key().verify(_bytes(signature), text.encode(), PKCS1v15(), SHA256())
        claims: Mapping[str, Any] = json.loads(_bytes(text.split(".")[1]))
    except (InvalidSignature, ValueError, IndexError):
        return None
    return claims
