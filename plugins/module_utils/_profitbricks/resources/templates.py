# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates, the sizes of CUBE servers (contract section 10.24)."""

from __future__ import annotations

from ..._engine.resource import Field, Resource
from . import RESOURCES

TEMPLATE = Resource(
    kind="template",
    path="templates",
    label="template",
    since=6,
    about=(
        "A template is the size of a server of type C(CUBE): cores, memory, and the volume of type C(DAS) "
        "that comes with it.",
        "Needs version 6 of the API.",
    ),
    fields=(
        Field("name", read_only=True, help="Name of the template.", sample="CUBES S"),
        Field("cores", "int", read_only=True, help="Number of CPU cores.", sample=1),
        Field("ram", "int", read_only=True, help="Memory in MB.", sample=2048),
        Field("storage_size", "int", read_only=True, help="Size of the volume in GB.", sample=50),
        Field(
            "category", read_only=True, help="Category of the template, if it has one.", sample="Basic Cube"
        ),
    ),
)


RESOURCES.update({TEMPLATE.kind: TEMPLATE})
