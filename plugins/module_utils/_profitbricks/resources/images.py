# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What volumes and CD-ROM drives are filled from, and where (contract sections 10.2, 10.8 and 10.9)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import BIOS, COMMON, LICENCES, hot_plug

# What images and snapshots pass on to the volumes that are made of them.
INHERITED = (
    *hot_plug(
        "cpu_hot_plug",
        "cpu_hot_unplug",
        "ram_hot_plug",
        "ram_hot_unplug",
        "nic_hot_plug",
        "nic_hot_unplug",
        "disc_virtio_hot_plug",
        "disc_virtio_hot_unplug",
        "disc_scsi_hot_plug",
        "disc_scsi_hot_unplug",
    ),
    *BIOS,
    Field(
        "application_type",
        read_only=True,
        since=6,
        help="Application that is part of it.",
        sample="UNKNOWN",
    ),
)


IMAGE = Resource(
    kind="image",
    path="images",
    label="image",
    title="Change and delete private images of the ProfitBricks cloud",
    about=(
        "Private images are uploaded to the service by FTP; no module creates them. The provider's public "
        "images cannot be changed.",
    ),
    fields=(
        Field("name", help="Name of the image.", sample="Ubuntu-24.04-LTS-server-2026-10-01"),
        Field("description", help="Description of the image.", sample=""),
        Field("location", read_only=True, help="Location in which the image can be used.", sample="de/fra"),
        Field("size", "float", read_only=True, help="Size in GB.", sample=2.0),
        Field(
            "image_type",
            read_only=True,
            choices=("HDD", "CDROM", "UNKNOWN"),
            help="V(HDD) for an image to make volumes from, V(CDROM) for one to attach to a server.",
            sample="HDD",
        ),
        Field("licence_type", growing=LICENCES, help="Licence of the operating system.", sample="LINUX"),
        Field(
            "required_features",
            "list",
            elements="str",
            read_only=True,
            since=6,
            help="Features that the CPU of a server must have to use it; V(SEV-SNP) makes the server a confidential one.",
            sample=[],
        ),
        Field(
            "public", "bool", read_only=True, help="Whether the provider offers it to everyone.", sample=True
        ),
        Field(
            "image_aliases",
            "list",
            elements="str",
            read_only=True,
            alias=True,
            since=5,
            help="Aliases of the image.",
            sample=["ubuntu:latest", "ubuntu:24.04"],
        ),
        Field(
            "cloud_init",
            since=5,
            choices=("NONE", "V1"),
            help="Whether the image supports user data.",
            sample="V1",
        ),
        *INHERITED,
        *COMMON,
    ),
)

SNAPSHOT = Resource(
    kind="snapshot",
    path="snapshots",
    label="snapshot",
    title="Create, change, restore and delete snapshots of the ProfitBricks cloud",
    about=(
        "A snapshot keeps the contents of a volume at one moment. It outlives the volume and the data "
        "center, and new volumes in the same location can be made from it.",
        "The service does not say which volume a snapshot was taken from. If there is already one of this "
        "name, no new one is created.",
    ),
    fields=(
        Field("name", help="Name of the snapshot.", sample="before-upgrade"),
        Field("description", help="Description of the snapshot.", sample=""),
        Field(
            "location", read_only=True, help="Location in which the snapshot can be used.", sample="de/fra"
        ),
        Field("size", "float", read_only=True, help="Size in GB.", sample=20),
        Field(
            "sec_auth_protection",
            "bool",
            help="Whether only users with two-factor authentication may use the snapshot.",
            sample=False,
        ),
        Field(
            "licence_type",
            growing=LICENCES,
            help="Licence of the operating system; by default that of the volume.",
            sample="LINUX",
        ),
        *INHERITED,
        *COMMON,
    ),
)


RESOURCES.update({r.kind: r for r in (IMAGE, SNAPSHOT)})
