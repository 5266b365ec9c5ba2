# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where data centers and reserved addresses can be (contract section 10.2)."""

from __future__ import annotations

from ..._engine.schema.checks import matches
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import FEATURES

LOCATION = Resource(
    kind="location",
    path="locations",
    label="location",
    id_pattern=r"[a-z]+(/[a-z0-9]+){1,2}",
    id_help="id such as de/fra or de/fra/2",
    id_sample="de/fra",
    fields=(
        Field("name", read_only=True, help="Name of the city, in lower case.", sample="frankfurt"),
        Field(
            "metro_region",
            read_only=True,
            since=6,
            help="The location whose images, snapshots and addresses can be used here, too. A location that is not part of "
            "another one returns its own id.",
            sample="de/fra",
        ),
        FEATURES,
        Field(
            "image_aliases",
            "list",
            elements="str",
            read_only=True,
            alias=True,
            help="Aliases of images that volumes in this location can be made from.",
            sample=["ubuntu:latest", "debian:12"],
        ),
        Field(
            "cpu_architecture",
            "list",
            elements="dict",
            read_only=True,
            since=6,
            help="CPU families of the location, and the maximum size of a server with each.",
            options=(
                Field("cpu_family", read_only=True, help="Name of the CPU family.", sample="INTEL_SKYLAKE"),
                Field(
                    "max_cores",
                    "int",
                    read_only=True,
                    help="Maximum number of cores of one server.",
                    sample=51,
                ),
                Field(
                    "max_ram",
                    "int",
                    read_only=True,
                    help="Maximum memory of one server, in MB.",
                    sample=237568,
                ),
                Field("vendor", read_only=True, help="Vendor of the CPUs.", sample="GenuineIntel"),
                Field(
                    "enabled_features",
                    "list",
                    elements="str",
                    read_only=True,
                    help="Features of the CPUs; with V(SEV-SNP), confidential servers are possible.",
                    sample=[],
                ),
            ),
        ),
        Field(
            "gpu_architecture",
            "list",
            elements="dict",
            read_only=True,
            since=6,
            help="Graphics cards that servers of type C(GPU) can have in the location.",
            options=(
                Field("vendor", read_only=True, help="Vendor of the card.", sample="NVIDIA Corporation"),
                Field("model", read_only=True, help="Model of the card.", sample="NVIDIA H200"),
            ),
        ),
    ),
)
IS_LOCATION = matches(
    LOCATION.id_pattern, "the id of a location such as de/fra; profitbricks_location_info lists them"
)


def metro_region(location: str) -> str:
    """The location whose images, snapshots and addresses can be used in a location (contract section 10.2)."""
    return "/".join(location.split("/")[:2])


RESOURCES.update({LOCATION.kind: LOCATION})
