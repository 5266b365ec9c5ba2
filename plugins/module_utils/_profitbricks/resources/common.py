# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields that several resources have."""

from __future__ import annotations

import re
from typing import Any

from ..._engine import addresses
from ..._engine.schema.field import Field
from ..._engine.schema.resource import children

STATE = Field(
    "state",
    read_only=True,
    metadata=True,
    help="Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).",
    sample="AVAILABLE",
)
HISTORY = (
    Field(
        "created_date",
        read_only=True,
        metadata=True,
        help="When it was created, in UTC.",
        sample="2026-11-02T09:17:01Z",
    ),
    Field("created_by", read_only=True, metadata=True, help="Who created it.", sample="demo@example.com"),
    Field(
        "last_modified_date",
        read_only=True,
        metadata=True,
        help="When it was last changed, in UTC.",
        sample="2026-11-02T09:18:40Z",
    ),
    Field(
        "last_modified_by",
        read_only=True,
        metadata=True,
        help="Who last changed it.",
        sample="demo@example.com",
    ),
)
COMMON = (STATE, *HISTORY)

FEATURES = Field(
    "features",
    "list",
    elements="str",
    read_only=True,
    help="Features of the location.",
    sample=["SSD", "MULTIPLE_CPU"],
)

# What an option refers to that takes an address, or the place of one in a reserved block: web.0 is the first of web.
ADDRESS = "address"
RESERVED_HELP = (
    "An address from a reserved block can also be given by its position: V(web.0) is the "
    "first address of the IP block web."
)

PRIVATE_IPS = "Private addresses with their subnet, such as V(10.7.222.225/24). The service chooses one in a free subnet."

_IN_BLOCK = re.compile(r"(?P<block>[^/:]+)\.(?P<place>\d+)")


def place_in_block(value: str) -> tuple[str, int] | None:
    """The IP block and the place in it that a text such as ``web.0`` names; None for an address."""
    named = _IN_BLOCK.fullmatch(value)
    if named is None or not re.search(r"[^\d.]", named["block"]):
        return None
    return named["block"], int(named["place"])


def reserved(option: str, value: Any) -> Any:
    """An address, or the place of one in a reserved block. Raises InvalidOption."""
    if isinstance(value, list):
        return [reserved(option, each) for each in value]
    return value if place_in_block(str(value)) else addresses.address(option, value)


# The vendor extends these lists from time to time.
CPU_FAMILIES = ("AMD_OPTERON", "AMD_EPYC", "INTEL_XEON", "INTEL_SKYLAKE", "INTEL_ICELAKE")
LICENCES = (
    "LINUX",
    "RHEL",
    "WINDOWS",
    "WINDOWS2016",
    "WINDOWS2019",
    "WINDOWS2022",
    "WINDOWS2025",
    "OTHER",
    "UNKNOWN",
)
MAC = r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"


def hot_plug(*names: str) -> tuple[Field, ...]:
    """The flags that say what may change while a server runs."""
    words = {"cpu": "CPU cores", "ram": "memory", "nic": "a NIC"}
    fields = []
    for name in names:
        device, *bus, action = name.removesuffix("_plug").removesuffix("_unplug").split("_")
        verb = "removed" if name.endswith("_unplug") else "added"
        what = words.get(device) or f"a {bus[0].upper()} volume"
        fields.append(
            Field(
                name,
                "bool",
                help=f"Whether {what} can be {verb} without a reboot.",
                sample=verb == "added",
            )
        )
    return tuple(fields)


SECURITY_GROUPS = Field(
    "security_groups",
    "list",
    elements="str",
    read_only=True,
    beside=True,
    since=6,
    derived=lambda item: [each["id"] for each in children(item, "securitygroups")],
    help="UUIDs of its security groups.",
    sample=[],
)

# What the operating system sees of a volume, be it its image's.
BIOS = (
    Field(
        "expose_serial",
        "bool",
        since=6,
        help="Whether the operating system sees the serial number of the volume.",
        sample=False,
    ),
    Field(
        "require_legacy_bios",
        "bool",
        since=6,
        help="Whether the volume needs a legacy BIOS to boot.",
        sample=True,
    ),
)
