# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cross connects, which join private LANs of several data centers (contract section 10.25)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import COMMON

PCC = Resource(
    kind="pcc",
    path="pccs",
    label="cross connect",
    since=5,
    about=(
        "A cross connect joins private LANs of several data centers in one location. LANs join and leave "
        "it with the option C(pcc) of M(profitbricks.cloud.profitbricks_lan).",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field("name", help="Name of the cross connect.", sample="shop-backend"),
        Field("description", help="Description of the cross connect.", sample="Databases of all shops"),
        Field(
            "peers",
            "list",
            elements="dict",
            read_only=True,
            help="The LANs that it joins.",
            options=(
                Field("id", help="Number of the LAN in its data center.", sample="2"),
                Field("name", help="Name of the LAN.", sample="backend"),
                Field(
                    "datacenter_id",
                    help="UUID of the data center.",
                    sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c",
                ),
                Field("datacenter_name", help="Name of the data center.", sample="shop"),
                Field("location", help="Location of the data center.", sample="de/fra"),
            ),
        ),
        Field(
            "connectable_datacenters",
            "list",
            elements="dict",
            read_only=True,
            help="The data centers whose LANs can join. The first LAN that joins determines the location.",
            options=(
                Field(
                    "id",
                    help="UUID of the data center.",
                    sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c",
                ),
                Field("name", help="Name of the data center.", sample="shop"),
                Field("location", help="Location of the data center.", sample="de/fra"),
            ),
        ),
        *COMMON,
    ),
)


RESOURCES.update({PCC.kind: PCC})
