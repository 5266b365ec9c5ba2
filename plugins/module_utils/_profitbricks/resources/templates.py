# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates, the sizes of CUBE and GPU servers (contract section 10.24)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES

TEMPLATE = Resource(
    kind="template",
    path="templates",
    label="template",
    since=6,
    about=(
        "A template is the size of a server of type C(CUBE) or C(GPU): cores, memory, and the volume that comes with "
        "it. One with graphics cards is for servers of type C(GPU), one without for those of type C(CUBE).",
        "Needs version 6 of the API.",
    ),
    fields=(
        Field("name", read_only=True, help="Name of the template.", sample="CUBES S"),
        Field("cores", "int", read_only=True, help="Number of CPU cores.", sample=1),
        Field("ram", "int", read_only=True, help="Memory in MB.", sample=2048),
        Field("storage_size", "int", read_only=True, help="Size of the volume in GB.", sample=50),
        Field(
            "storage_type",
            read_only=True,
            help="Type of the volume; V(null) means C(DAS), as for CUBE servers.",
            sample=None,
        ),
        Field(
            "gpus",
            "list",
            elements="dict",
            read_only=True,
            help="The graphics cards of a server of type C(GPU).",
            options=(
                Field("vendor", read_only=True, help="Vendor of the cards.", sample="NVIDIA Corporation"),
                Field("model", read_only=True, help="Model of the cards.", sample="NVIDIA H200"),
                Field("type", read_only=True, help="How the server uses them.", sample="passthrough"),
                Field("count", "int", read_only=True, help="Number of the cards.", sample=1),
            ),
        ),
        Field(
            "category", read_only=True, help="Category of the template, if it has one.", sample="Basic Cube"
        ),
    ),
)


RESOURCES.update({TEMPLATE.kind: TEMPLATE})
