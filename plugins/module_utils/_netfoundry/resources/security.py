# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What devices must fulfil, and whose certificates count: posture checks and authorities (contract sections 8.12, 8.13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.schema.checks import between, matches
from ..._engine.schema.comparison import as_set, as_tags, by_parts
from ..._engine.schema.field import Field
from . import RESOURCES
from .common import ATTRIBUTES, COMMON, SEMANTIC, TAG_FORM, in_network, name_of, told
from .networks import NETWORK

SYSTEMS = ("Windows", "WindowsServer", "macOS", "iOS", "Android", "Linux")
PROGRAM = (
    Field("os_type", required=True, choices=SYSTEMS, help="Operating system.", sample="Linux"),
    Field("path", required=True, help="Path of the program.", sample="/usr/bin/agent"),
    Field(
        "hashes", "list", elements="str", compare=as_set, help="SHA-256 hashes that it may have.", sample=[]
    ),
)

POSTURE_CHECK = in_network(
    kind="posture_check",
    path="core/v2/posture-checks",
    label="posture check",
    about=("The vendor only documents part of what the service expects.",),
    fields=(
        name_of("posture check", "managed laptops"),
        ATTRIBUTES,
        Field(
            "type",
            needed=True,
            mutable=False,
            choices=("OS", "MAC", "DOMAIN", "PROCESS", "PROCESS_MULTI", "MFA"),
            derived=lambda properties: properties.get("type") or properties.get("typeId"),
            help="Type of the check. It cannot be changed later.",
            sample="OS",
        ),
        Field(
            "operating_systems",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("type",),
            help="With O(type=OS): the operating systems that pass.",
            options=(
                Field("type", required=True, choices=SYSTEMS, help="Operating system.", sample="Windows"),
                Field(
                    "versions",
                    "list",
                    elements="str",
                    compare=as_set,
                    help="Versions that pass, by default all.",
                    sample=[],
                ),
            ),
        ),
        Field(
            "mac_addresses",
            "list",
            elements="str",
            compare=as_set,
            checks=(matches(r"([0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}", "a MAC address"),),
            help="With O(type=MAC): the addresses that pass, as a set.",
            sample=[],
        ),
        Field(
            "domains",
            "list",
            elements="str",
            compare=as_set,
            help="With O(type=DOMAIN): names of the Active Directory domains that pass, as a set.",
            sample=[],
        ),
        Field(
            "process",
            "dict",
            compare=by_parts,
            help="With O(type=PROCESS): the program that must be running.",
            options=(*PROGRAM, Field("signer_fingerprint", help="Fingerprint of its signer.", sample=None)),
        ),
        Field(
            "processes",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("os_type", "path"),
            help="With O(type=PROCESS_MULTI): the programs of which any or all must be running, depending "
                 "on O(semantic).",
            options=(
                *PROGRAM,
                Field("signer_fingerprints", "list", elements="str", compare=as_set, help="Fingerprints that its signer may have.",
                      sample=[]),
            ),
        ),
        SEMANTIC,
        Field(
            "timeout_seconds",
            "int",
            checks=(between(-1),),
            help="With O(type=MFA): for how many seconds a second factor is valid; V(-1) means forever.",
            sample=-1,
        ),
        Field(
            "prompt_on_wake",
            "bool",
            help="With O(type=MFA): whether it is required again after the device wakes up.",
            sample=False,
        ),
        Field(
            "prompt_on_unlock",
            "bool",
            help="With O(type=MFA): whether it is required again after the device is unlocked.",
            sample=False,
        ),
        Field(
            "ignore_legacy_endpoints",
            "bool",
            help="With O(type=MFA): whether to accept endpoints whose software does not support a second factor.",
            sample=False,
        ),
        *COMMON,
    ),
)  # fmt: skip


def plain_pem(text: Any) -> Any:
    """A certificate as text with one line end at its end, whatever surrounds it."""
    return f"{text.strip()}\n" if isinstance(text, str) else text


def _pem(properties: Mapping[str, Any]) -> Any:
    return plain_pem(properties.get("certPem"))


CERTIFICATE_AUTHORITY = in_network(
    kind="certificate_authority",
    path="core/v2/certificate-authorities",
    label="certificate authority",
    plural="certificate_authorities",
    fields=(
        name_of("certificate authority", "ACME CA"),
        Field(
            "cert_pem",
            needed=True,
            mutable=False,
            derived=_pem,
            help="Certificate of the authority in PEM format. It cannot be changed later.",
            sample="-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n",
        ),
        Field(
            "auto_ca_enrollment_enabled",
            "bool",
            help="Whether endpoints enroll with a certificate alone, without having been created first. This or "
            "O(ott_ca_enrollment_enabled) must be true.",
            sample=True,
        ),
        Field(
            "ott_ca_enrollment_enabled",
            "bool",
            help="Whether endpoints that were created first enroll with a token and a certificate.",
            sample=False,
        ),
        Field("auth_enabled", "bool", help="Whether its certificates can be used to connect.", sample=True),
        Field(
            "endpoint_attributes",
            "list",
            elements="str",
            compare=as_tags,
            checks=(TAG_FORM,),
            help="Role attributes, as a set, of the endpoints that enroll with a certificate.",
            sample=["#by_certificate"],
        ),
        Field(
            "identity_name_format",
            help="Names of the endpoints that enroll with a certificate, with the variables C([caName]), "
                 "C([caId]), C([commonName]), C([requestedName]) and C([identityId]). The service defaults "
                 "to V([caName]-[commonName]).",
            sample="[caName]-[commonName]",
        ),
        told("verification_token", "The common name that O(verification_certificate) must have.", "3RreW5SmNT"),
        told("verified", "Whether it is verified. Endpoints can only enroll if it is.", False, "bool"),
        told("fingerprint", "Fingerprint of the certificate.", None),
        *COMMON,
    ),
)  # fmt: skip

RESOURCES.update({r.kind: r for r in (NETWORK, POSTURE_CHECK, CERTIFICATE_AUTHORITY)})
