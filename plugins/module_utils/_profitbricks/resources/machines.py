# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers, without what they store: for all that has to do with them and their NICs (contract section 10.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.schema.checks import between, matches, multiple_of
from ..._engine.schema.comparison import any_if_auto, as_text
from ..._engine.schema.field import UUID, Field, plain_id
from ..._engine.schema.resource import Child, Resource, children
from ..addresses import addresses as addresses_of
from . import RESOURCES, datacenters  # pylint: disable=unused-import  # noqa: F401  named below
from .common import COMMON, CPU_FAMILIES, SECURITY_GROUPS
from .nics import NIC


def _addresses_shown(kind: str, text: str, sample: list[str]) -> Field:
    """The addresses of one kind that the NICs of a server have, as the inventory tells them."""

    def shown(item: Mapping[str, Any]) -> list[str]:
        nics = (each.get("properties") or {} for each in children(item, "nics"))
        each = (
            {"ips": n.get("ips") or (), "ipv6_ips": n.get("ipv6Ips") or (), "lan_public": None} for n in nics
        )
        return addresses_of(each)[kind]

    help_text = f"{text} of its NICs, as in the inventory."
    return Field(
        kind,
        "list",
        elements="str",
        read_only=True,
        beside=True,
        derived=shown,
        help=help_text,
        sample=sample,
    )


TEMPLATED = (
    "CUBE",
    "GPU",
)  # types of servers whose template determines their size, and that of the volume that comes with them

MACHINE = Resource(
    kind="server",
    path="datacenters/{datacenter}/servers",
    label="server",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the server.", sample="web-01"),
        Field(
            "hostname",
            since=6,
            nullable=True,
            checks=(
                matches(
                    r"(?!-)[a-z0-9-]{1,63}", "a host name: up to 63 of a-z, 0-9 and -, not beginning with -"
                ),
            ),
            help="Host name of the server.",
            sample=None,
        ),
        Field(
            "cores",
            "int",
            checks=(between(1),),
            help="Number of CPU cores. Needed to create one, except with O(type=CUBE), with O(type=GPU) and for a "
            "confidential server, whose image determines it.",
            sample=2,
        ),
        Field(
            "ram",
            "int",
            unit="MB",
            checks=(
                between(256),
                multiple_of(256),
            ),
            help="Memory in MB, a multiple of 256, and at least 1024 if a volume of the server has RAM hot "
            "plug. Needed to create one, except with O(type=CUBE) and O(type=GPU).",
            sample=4096,
        ),
        Field(
            "cpu_family",
            growing=CPU_FAMILIES,
            help="CPU family, such as V(INTEL_SKYLAKE); M(profitbricks.cloud.profitbricks_location_info) "
            "lists those of a location. Changing it restarts the server. Not with O(type=CUBE), "
            "O(type=VCPU) or O(type=GPU), nor for a confidential server.",
            sample="INTEL_SKYLAKE",
        ),
        Field(
            "availability_zone",
            choices=("AUTO", "ZONE_1", "ZONE_2"),
            compare=any_if_auto,
            mutable=False,
            help="Availability zone of the server; V(AUTO) leaves the choice to the service. It cannot be changed later.",
            sample="AUTO",
        ),
        Field(
            "type",
            since=6,
            mutable=False,
            growing=("ENTERPRISE", "CUBE", "VCPU", "GPU"),
            help="Type of server. The service defaults to V(ENTERPRISE). It cannot be changed later.",
            sample="ENTERPRISE",
        ),
        Field(
            "template_uuid",
            since=6,
            mutable=False,
            compare=as_text,
            checks=(matches(UUID, "a UUID"),),
            parse=plain_id,
            help="UUID of the template for the size of a server with O(type=CUBE) or O(type=GPU), which need one; "
            "M(profitbricks.cloud.profitbricks_template_info) lists them. It cannot be changed later.",
            sample=None,
        ),
        Field(
            "nic_multi_queue",
            "bool",
            since=6,
            help="Whether NICs use multiple queues. Changing it restarts the server.",
            sample=False,
        ),
        Field(
            "boot_volume",
            reference=True,
            refers="volume",
            parse=plain_id,
            help="Name or UUID of the volume to boot from. If it is not attached to the server yet, it is "
            "attached first. For a new server it can be the name of one of O(volumes).",
            sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1",
        ),
        Field(
            "boot_cdrom",
            reference=True,
            refers="image",
            parse=plain_id,
            help="Name or UUID of the CD-ROM image to boot from, in the location of the data center. If it "
            "is not attached to the server yet, it is attached first. A name takes one more request.",
            sample=None,
        ),
        Field(
            "enabled_features",
            "list",
            elements="str",
            read_only=True,
            since=6,
            help="CPU features that the server uses; V(SEV-SNP) for a confidential server.",
            sample=[],
        ),
        Field(
            "vm_state",
            read_only=True,
            help="State of the virtual machine, such as V(RUNNING), V(SHUTOFF) or V(SUSPENDED).",
            sample="RUNNING",
        ),
        _addresses_shown("public_ipv4", "Public IPv4 addresses", ["203.0.113.17"]),
        _addresses_shown("private_ipv4", "Private IPv4 addresses", ["10.7.222.11"]),
        _addresses_shown("ipv6", "IPv6 addresses", []),
        SECURITY_GROUPS,
        *COMMON,
    ),
    children=(
        Child(
            "nics",
            "nics",
            NIC,
            creatable=True,
            help="NICs of the server. Missing ones are created, for a new server in the same request; "
            "different ones are changed, others left alone.",
        ),
    ),
)

# `servers`, where it is loaded, enters them with their volumes.
RESOURCES.update({MACHINE.kind: MACHINE})
