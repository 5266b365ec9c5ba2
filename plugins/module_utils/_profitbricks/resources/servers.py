# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers and their volumes (contract sections 10.3 and 10.7)."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.schema.checks import between, matches
from ..._engine.schema.comparison import any_if_auto, as_text
from ..._engine.schema.field import Field, plain_id
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES, backup, datacenters  # pylint: disable=unused-import  # noqa: F401  named below
from .access import public_keys
from .common import BIOS, COMMON, LICENCES, hot_plug
from .images import IMAGE
from .machines import MACHINE

VOLUME = Resource(
    kind="volume",
    path="datacenters/{datacenter}/volumes",
    label="volume",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the volume.", sample="web-01-boot"),
        Field(
            "size",
            "int",
            unit="GB",
            grows=True,
            checks=(between(1),),
            help=(
                "Size in GB. A volume can only grow; the partitions on it are not changed.",
                "Needed to create one, except with O(disk_type=DAS) and for the volume of a GPU server.",
            ),
            sample=20,
        ),
        Field(
            "disk_type",
            wire="type",
            growing=("HDD", "SSD", "SSD Standard", "SSD Premium", "DAS"),
            mutable=False,
            help="Type of storage. The service defaults to V(HDD). It cannot be changed later.",
            sample="SSD",
        ),
        Field(
            "bus",
            choices=("VIRTIO", "IDE"),
            blank=("VIRTIO", "IDE"),
            help="Bus type. The service defaults to V(VIRTIO), and only returns it once the volume has "
            "been attached.",
            sample="VIRTIO",
        ),
        Field(
            "image",
            mutable=False,
            compare=as_text,
            refers="image",
            parse=plain_id,
            help=(
                "Image or snapshot that the volume is made from: UUID, name or alias (such as "
                "V(ubuntu:latest)) of an image, or UUID or name of a snapshot. It must be in the location "
                "of the data center.",
                "An image other than the one that the volume was made from is an error, because the "
                "service cannot change it. UUIDs are always compared; names and aliases are compared by "
                "M(profitbricks.cloud.profitbricks_datacenter), and otherwise only looked up when the "
                "volume is created.",
            ),
            sample="4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d",
        ),
        Field("image_alias", hidden=True, write_only=True, since=4, help=""),
        Field(
            "licence_type",
            growing=LICENCES,
            help="Licence of the operating system, for a volume without O(image); otherwise the image "
            "determines it. V(RHEL), V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, "
            "V(WINDOWS2022) version 5.",
            sample="LINUX",
        ),
        Field(
            "image_password",
            secret=True,
            checks=(
                matches(
                    r"[a-zA-Z0-9]{8,50}",
                    "a password that the service accepts: 8 to 50 characters of a-z, A-Z and 0-9",
                ),
            ),
            help="Password of the first user on a volume made from a public image: 8 to 50 letters and "
            "digits. Only sent when the volume is created, and never compared.",
        ),
        Field(
            "ssh_keys",
            "list",
            elements="str",
            write_only=True,
            parse=public_keys,
            help=(
                "Public SSH keys of the first user on a volume made from a public Linux image: the keys "
                "themselves, which the lookup P(ansible.builtin.file#lookup) reads from a file. One entry "
                "may contain several keys, one per line.",
                "Sent when the volume is created, and never compared.",
            ),
        ),
        Field(
            "user_data",
            "raw",
            secret=True,
            since=5,
            help=(
                "Cloud-init configuration for an image that supports it: text in base64, plain text with "
                "O(encode_user_data), or a dictionary, which becomes C(#cloud-config) in YAML.",
                "Only sent when the volume is created, and never compared. If cloud-init would not "
                "recognize its first line, there is a warning.",
            ),
        ),
        Field(
            "availability_zone",
            blank=("AUTO",),
            choices=("AUTO", "ZONE_1", "ZONE_2", "ZONE_3"),
            mutable=False,
            help="Availability zone of the volume. Zones other than V(AUTO) work with O(disk_type=HDD) and "
            "O(disk_type=SSD Standard), in some locations with other SSDs, and never with O(disk_type=DAS). It cannot be "
            "changed later.",
            sample="AUTO",
        ),
        *hot_plug(
            "cpu_hot_plug",
            "ram_hot_plug",
            "nic_hot_plug",
            "nic_hot_unplug",
            "disc_virtio_hot_plug",
            "disc_virtio_hot_unplug",
        ),
        Field(
            "backupunit_id",
            compare=as_text,
            refers="backupunit",
            since=5,
            mutable=False,
            help="Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot be changed "
            "later.",
            sample=None,
        ),
        Field(
            "boot_order",
            since=6,
            choices=("AUTO", "NONE", "PRIMARY"),
            compare=any_if_auto,
            help="Whether a server boots from it. If one volume is V(PRIMARY), all others must be V(NONE).",
            sample="AUTO",
        ),
        *BIOS,
        Field(
            "server_id",
            wire="bootServer",
            read_only=True,
            help="UUID of the server that the volume is attached to.",
            sample="3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56",
        ),
        Field(
            "device_number",
            "int",
            read_only=True,
            help="Position among the devices of the server, starting at 1.",
            sample=1,
        ),
        Field("pci_slot", "int", read_only=True, since=6, help="PCI slot of the volume.", sample=5),
        Field(
            "application_type",
            read_only=True,
            since=6,
            help="Application that is part of the image.",
            sample="UNKNOWN",
        ),
        *COMMON,
    ),
)


GPU = Resource(
    kind="gpu",
    path="datacenters/{datacenter}/servers/{server}/gpus",
    label="graphics card",
    since=6,
    fields=(
        Field("name", read_only=True, help="Name of the card.", sample="NVIDIA H200 1"),
        Field("vendor", read_only=True, help="Vendor of the card.", sample="NVIDIA Corporation"),
        Field("model", read_only=True, help="Model of the card.", sample="NVIDIA H200"),
        Field("type", read_only=True, help="How the server uses it.", sample="passthrough"),
    ),
)

SERVER = replace(
    MACHINE,
    children=(
        Child(
            "volumes",
            "volumes",
            VOLUME,
            creatable=True,
            help="Volumes of the server. Missing ones are created and attached, for a new server in the "
            "same request; different ones are changed, others left alone.",
        ),
        *MACHINE.children,
        Child("cdroms", "cdroms", IMAGE, ids=True, help="UUIDs of the attached CD-ROM images."),
    ),
)

RESOURCES.update({r.kind: r for r in (VOLUME, SERVER)})
