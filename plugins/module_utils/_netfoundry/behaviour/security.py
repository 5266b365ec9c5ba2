# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Posture checks and certificate authorities."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.reconcile import Change
from ..._engine.resource import Field
from ..._engine.service import Item, Write
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.security import CERTIFICATE_AUTHORITY, POSTURE_CHECK, plain_pem

# What each type of posture check looks at (contract section 8.12).
LOOKS_AT = {
    "OS": "operating_systems",
    "MAC": "mac_addresses",
    "DOMAIN": "domains",
    "PROCESS": "process",
    "PROCESS_MULTI": "processes",
}
MFA = ("timeout_seconds", "prompt_on_wake", "prompt_on_unlock", "ignore_legacy_endpoints")


def _check_posture(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    kind = want.get("type") or (situation.have or {}).get("type")
    needed = LOOKS_AT.get(str(kind))
    if situation.have is None and needed and not want.get(needed):
        raise InvalidOption(f"{needed}: needed to create a posture check of type {kind}")
    own = (needed,) if kind != "MFA" else MFA
    for name in (*LOOKS_AT.values(), *MFA):
        if want.get(name) not in (None, []) and name not in own:
            raise InvalidOption(f"{name}: it does not go with type {kind}")


POSTURE_CHECKS = Kind(NETFOUNDRY, POSTURE_CHECK, check=_check_posture)

# -- certificate authorities --------------------------------------------------------------------------------------

VERIFICATION = Field(
    "verification_certificate",
    help="A certificate in PEM form that the authority has signed, and whose common name is the authority's "
    "C(verification_token). It verifies the authority; nothing happens where that is done already.",
)
RETURN_JWT = Field(
    "return_jwt",
    "bool",
    default=False,
    help="Whether to return the network's token, with which endpoints enroll by certificate, as RV(jwt).",
)
JWT = Field("jwt", help="The network's token, with O(return_jwt=true); V(null) otherwise.", sample=None)


def _resolve_authority(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    if "cert_pem" in want:
        want["cert_pem"] = plain_pem(want["cert_pem"])


def _check_authority(situation: Situation[Cloud], want: dict[str, Any]) -> None:
    after = {**(situation.have or {}), **want}
    if not (after.get("auto_ca_enrollment_enabled") or after.get("ott_ca_enrollment_enabled")):
        raise InvalidOption(
            "auto_ca_enrollment_enabled: this or ott_ca_enrollment_enabled must be true; otherwise nobody can enroll"
        )


def _verify(situation: Situation[Cloud], change: Change, writes: list[Write]) -> list[Write]:
    certificate = situation.options.get("verification_certificate")
    if situation.state == "present" and certificate and not (situation.have or {}).get("verified"):
        path = f"{CERTIFICATE_AUTHORITY.item_path({}, '{id}')}/verify"
        what = f"{CERTIFICATE_AUTHORITY.label} {(change.after or {}).get('name')}"
        writes.append(Write("verify", what, "POST", path, plain_pem(certificate), shows={"verified": True}))
    return writes


def _conclude_authority(situation: Situation[Cloud], item: Item | None, outcome: Outcome) -> None:
    wanted = situation.options.get("return_jwt") and outcome.result is not None
    outcome.extra["jwt"] = (item or {}).get("jwt") if wanted else None


CERTIFICATE_AUTHORITIES = Kind(
    NETFOUNDRY,
    CERTIFICATE_AUTHORITY,
    options=(VERIFICATION, RETURN_JWT),
    results=(JWT,),
    resolve=_resolve_authority,
    check=_check_authority,
    arrange=_verify,
    conclude=_conclude_authority,
)
