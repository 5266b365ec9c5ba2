# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual data centers (contract section 10.1)."""

from __future__ import annotations

from ..._engine.schema.checks import matches
from ..._engine.schema.comparison import as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import COMMON, FEATURES
from .locations import IS_LOCATION, LOCATION

DATACENTER = Resource(
    kind="datacenter",
    path="datacenters",
    label="data center",
    page_limit=1000,
    fields=(
        Field(
            "name",
            checks=(
                matches(
                    r"[^@/\\,'\"|]+",
                    "a name that the service accepts: it must not contain any of @ / \\ , ' \" |",
                ),
            ),
            help="Name of the data center.",
            sample="shop",
        ),
        Field("description", help="Description of the data center.", sample="Web shop, production"),
        Field(
            "location",
            needed=True,
            mutable=False,
            checks=(IS_LOCATION,),
            help=(
                "Where the data center is, such as V(de/fra) or V(us/las); M(profitbricks.cloud.profitbricks_location_info) "
                "lists the locations.",
                "It cannot be changed later.",
            ),
            sample="de/fra",
        ),
        Field(
            "sec_auth_protection",
            "bool",
            help="Whether only users with two-factor authentication may work on it.",
            sample=False,
        ),
        Field("version", "int", read_only=True, help="Increases with each change to its contents.", sample=3),
        FEATURES,
        LOCATION.by_name["cpu_architecture"],
        LOCATION.by_name["gpu_architecture"],
        Field(
            "ipv6_cidr_block",
            read_only=True,
            since=6,
            help="Block of IPv6 addresses of the data center.",
            sample="2001:db8:1200::/56",
        ),
        Field(
            "default_security_group",
            wire="defaultSecurityGroupId",
            since=6,
            nullable=True,
            compare=as_text,
            on_create=False,
            refers="security_group",
            help="Name or UUID of the default security group of its servers; an empty string removes "
            "it. It may be one of O(security_groups).",
            sample=None,
        ),
        *COMMON,
    ),
)

RESOURCES.update({DATACENTER.kind: DATACENTER})
