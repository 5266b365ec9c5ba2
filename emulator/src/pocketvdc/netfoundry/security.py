# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posture checks and certificate authorities (contract sections 8.12 and 8.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..table import Field
from .checks import choice
from .errors import invalid
from .state import Entity
from .table import REQUIRED, Values

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from .call import Call
    from .platform import Platform

# What each type of posture check looks at, and so needs.
POSTURE_TYPES: dict[str, tuple[str, ...]] = {
    "OS": ("operatingSystems",),
    "MAC": ("macAddresses",),
    "DOMAIN": ("domains",),
    "PROCESS": ("process",),
    "PROCESS_MULTI": ("processes",),
    "MFA": (),
}
OPERATING_SYSTEMS = ("Windows", "WindowsServer", "macOS", "iOS", "Android", "Linux")
_PROGRAM = (
    choice("osType", *OPERATING_SYSTEMS, required=True),
    Field("path", required=REQUIRED),
    Field("hashes", "strings", ()),
)
PROCESS = (*_PROGRAM, Field("signerFingerprint"))
PROCESS_MULTI = (*_PROGRAM, Field("signerFingerprints", "strings", ()))
# Fields that belong to one type alone, besides those that it needs.
_FURTHER = {
    "PROCESS_MULTI": ("semantic",),
    "MFA": ("timeoutSeconds", "promptOnWake", "promptOnUnlock", "ignoreLegacyEndpoints"),
}


def fields_of(posture_type: str) -> tuple[str, ...]:
    return (*POSTURE_TYPES[posture_type], *_FURTHER.get(posture_type, ()))


def check_posture(call: Call, posture: Entity | None, values: Values, problems: list[str]) -> None:
    kind = values["type"] if posture is None else posture.values["type"]
    present = values if posture is None else {**posture.values, **values}
    for name in POSTURE_TYPES[kind]:
        if not present.get(name):
            problems.append(f"[body.{name}] Attribute '{name}' is required for type {kind}")


def view_posture(call: Call, posture: Entity, shown: Values) -> None:
    """Only the fields of its own type."""
    kept = fields_of(posture.values["type"])
    for other in POSTURE_TYPES:
        for name in fields_of(other):
            if name not in kept:
                shown.pop(name, None)


def check_authority(call: Call, authority: Entity | None, values: Values, problems: list[str]) -> None:
    present = values if authority is None else {**authority.values, **values}
    if not (present["autoCaEnrollmentEnabled"] or present["ottCaEnrollmentEnabled"]):
        problems.append(
            "[body.autoCaEnrollmentEnabled] One of 'autoCaEnrollmentEnabled' and 'ottCaEnrollmentEnabled' "
            "must be true"
        )
    if authority is None and _certificate(values["certPem"]) is None:
        problems.append("[body.certPem] Attribute 'certPem' must be a certificate in PEM form")


def _certificate(text: str) -> Certificate | None:
    from cryptography.x509 import load_pem_x509_certificate

    try:
        return load_pem_x509_certificate(text.encode())
    except ValueError:
        return None


def build_authority(call: Call, authority: Entity) -> None:
    from cryptography.hazmat.primitives.hashes import SHA1

    certificate = _certificate(authority.values["certPem"])
    assert certificate is not None
    # Not for security: the fingerprint of the certificate, as the controller has always written it.
    authority.values["fingerprint"] = certificate.fingerprint(SHA1()).hex()
    authority.values["verificationToken"] = call.platform.random_text(10).replace(".", "0").replace("-", "1")


def authority_ready(platform: Platform, authority: Entity) -> None:
    authority.values["jwt"] = platform.enrollment(authority, "ca")


def verify(call: Call, authority: Entity) -> Values:
    """Takes a client certificate that the authority has signed for its verification token."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509.oid import NameOID

    root = _certificate(authority.values["certPem"])
    given = _certificate(call.body.decode("utf-8", "replace"))
    if root is None or given is None:
        raise invalid("The request body is not a certificate in PEM form")
    names = [name.value for name in given.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if authority.values["verificationToken"] not in names:
        raise invalid("The common name of the certificate is not the verification token")
    try:
        given.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        raise invalid("The certificate authority has not signed the certificate") from None
    authority.values["verified"] = True
    return {"id": authority.id, "verified": True}
