# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes and CD-ROMs as members of a server (contract sections 10.5 and 10.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .images import IMAGE
from .servers import VOLUME


def _seen(resource: Resource, *without: str) -> Iterator[Field]:
    """What results show of the object that is attached."""
    return (replace(f, read_only=True) for f in resource.shown if f.name not in ("name", *without))


VOLUME_ATTACHMENT = Resource(
    kind="volume_attachment",
    path="datacenters/{datacenter}/servers/{server}/volumes",
    label="volume attachment",
    page_limit=1000,
    identity="volume",
    given_id=True,
    id_option=False,
    title="Attach volumes to servers of the ProfitBricks cloud, and detach them",
    about=(
        "An attachment has the UUID of its volume. Deleting the attachment does not affect the volume.",
        "M(profitbricks.cloud.profitbricks_volume) can also attach a volume, with its option C(server), "
        "when it creates or changes it. This module is for volumes that are managed elsewhere.",
    ),
    fields=(
        Field(
            "volume",
            wire="name",
            required=True,
            help=(
                "Name or UUID of the volume, which must be in the same data center. Results have its name.",
                "If it is attached to another server, it is detached there first.",
            ),
            sample="web-01-data",
        ),
        *_seen(VOLUME, "server_id"),
    ),
)

CDROM_ATTACHMENT = Resource(
    kind="cdrom_attachment",
    path="datacenters/{datacenter}/servers/{server}/cdroms",
    label="CD-ROM attachment",
    page_limit=1000,
    identity="cdrom",
    given_id=True,
    id_option=False,
    title="Attach CD-ROM images to servers of the ProfitBricks cloud, and detach them",
    about=(
        "An attachment has the UUID of its image.",
        "Attaching and detaching a CD-ROM resets the server.",
    ),
    fields=(
        Field(
            "cdrom",
            wire="name",
            required=True,
            help=(
                "Name or UUID of a CD-ROM image, which must be in the location of the data center. Results "
                "have its name.",
                "M(profitbricks.cloud.profitbricks_image_info) lists them with C(image_type=CDROM).",
            ),
            sample="ubuntu-24.04.1-live-server-amd64.iso",
        ),
        *_seen(IMAGE),
    ),
)


RESOURCES.update({r.kind: r for r in (VOLUME_ATTACHMENT, CDROM_ATTACHMENT)})
