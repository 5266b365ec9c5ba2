# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Posture checks and certificate authorities (contract section 8.12)."""

from __future__ import annotations

import re
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Path, Step
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.security import CERTIFICATE_AUTHORITY, POSTURE_CHECK, plain_pem
from .attributes import Attributed

# What each type of posture check looks at (contract section 8.12).
LOOKS_AT = {
    "OS": "operating_systems",
    "MAC": "mac_addresses",
    "DOMAIN": "domains",
    "PROCESS": "process",
    "PROCESS_MULTI": "processes",
}
MFA = ("timeout_seconds", "prompt_on_wake", "prompt_on_unlock", "ignore_legacy_endpoints")


def fitting(check: Node) -> Node:
    """A posture check without options of other types, which the service may return."""
    other = {*LOOKS_AT.values(), *MFA} - _own(check.get("type"))
    return {name: value for name, value in check.items() if name not in other}


def _own(kind: Any) -> set[str]:
    """The options that belong to a type."""
    return {*MFA} if kind == "MFA" else {LOOKS_AT[kind]} if kind in LOOKS_AT else set()


class PostureRules(Attributed):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        super().check(want, have, facts)
        kind = want.get("type") or (have or {}).get("type")
        needed = LOOKS_AT.get(str(kind))
        if have is None and needed and not want.get(needed):
            raise InvalidOption(f"{needed}: needed to create a posture check of type {kind}")
        for name in (*LOOKS_AT.values(), *MFA):
            if want.get(name) not in (None, []) and name not in _own(kind):
                raise InvalidOption(f"{name}: it cannot be used with type {kind}")


CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+-----END CERTIFICATE-----", re.DOTALL)
VERIFICATION = Field(
    "verification_certificate",
    help="A certificate in PEM format that the authority has signed, with the authority's "
    "C(verification_token) as its common name. It verifies the authority; nothing happens if it is "
    "already verified.",
)


class AuthorityRules(Attributed):
    def __init__(self, resource: Resource) -> None:
        super().__init__(resource)
        self.options = (*self.options, VERIFICATION)

    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        want = super().want(want, have, facts, path)
        return {**want, "cert_pem": plain_pem(want["cert_pem"])} if "cert_pem" in want else want

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        super().check(want, have, facts)
        after = {**(have or {}), **want}
        if not (after.get("auto_ca_enrollment_enabled") or after.get("ott_ca_enrollment_enabled")):
            raise InvalidOption(
                "auto_ca_enrollment_enabled: this or ott_ca_enrollment_enabled must be true, or nobody "
                "could enroll"
            )
        for name in ("cert_pem", VERIFICATION.name):
            # Without the value, which may be a key that was taken for the certificate.
            if want.get(name) and not CERTIFICATE.search(str(want[name])):
                raise InvalidOption(
                    f"{name}: this is not a certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----"
                )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        certificate = want.get(VERIFICATION.name)
        verified = (at.change.before or {}).get("verified")
        if at.change.verb == "delete" or not certificate or verified:
            return steps
        body = plain_pem(certificate)
        return [*steps, at.step("verify", "POST", "verify", body=body, shows={"verified": True})]


SECURITY_RULES = {
    POSTURE_CHECK.kind: PostureRules(POSTURE_CHECK),
    CERTIFICATE_AUTHORITY.kind: AuthorityRules(CERTIFICATE_AUTHORITY),
}
