# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the owner of a certificate authority does by hand, for the examples.

``example_certificates.py FOLDER`` writes ``ca.key`` and ``ca.pem``; with a verification token as second argument it
writes ``verification.pem``, which that authority has signed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM = serialization.Encoding.PEM


def certificate(name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey) -> bytes:
    """A certificate for ``key`` with that common name, issued by ``ACME CA``; in PEM form."""
    subject, issuer = (
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in (name, "ACME CA")
    )
    begin = datetime.now(UTC)
    made = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(begin).not_valid_after(begin + timedelta(days=1))
    return made.sign(signer, hashes.SHA256()).public_bytes(PEM)


def create() -> tuple[bytes, bytes]:
    """A new authority: its key and its certificate, in PEM form."""
    key = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(PEM, *plain), certificate("ACME CA", key, key)


def sign(signer: bytes, token: str) -> bytes:
    """A certificate for a token, signed with the key of an authority."""
    key = serialization.load_pem_private_key(signer, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return certificate(token, ec.generate_private_key(ec.SECP256R1()), key)


def main(folder: Path, *tokens: str) -> None:
    key, authority = folder / "ca.key", folder / "ca.pem"
    if not tokens:
        for path, content in zip((key, authority), create(), strict=True):
            path.write_bytes(content)
    for token in tokens:
        (folder / "verification.pem").write_bytes(sign(key.read_bytes(), token))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
