# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Security groups: firewall rules that servers and NICs share (contract section 10.35)."""

from __future__ import annotations

from ..._engine.schema.checks import matches
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES
from .common import COMMON
from .machines import MACHINE
from .nics import FIREWALL_RULE, NIC

SECURITY_GROUP_RULE = Resource(
    kind="security_group_rule",
    path="datacenters/{datacenter}/securitygroups/{security_group}/rules",
    label="security group rule",
    since=6,
    page_limit=1000,
    fields=FIREWALL_RULE.fields,
)

SECURITY_GROUP = Resource(
    kind="security_group",
    path="datacenters/{datacenter}/securitygroups",
    label="security group",
    since=6,
    page_limit=1000,
    about=(
        "The option C(security_groups) of M(profitbricks.cloud.profitbricks_server) and "
        "M(profitbricks.cloud.profitbricks_nic) assigns security groups.",
    ),
    fields=(
        Field(
            "name",
            checks=(matches(r".{1,60}", "a name of at most 60 characters"),),
            help="Name of the security group, at most 60 characters.",
            sample="web",
        ),
        Field(
            "description",
            checks=(matches(r"(?s).{0,300}", "a text of at most 300 characters"),),
            help="Description of the security group, at most 300 characters.",
            sample="What web servers let in",
        ),
        *COMMON,
    ),
    children=(
        Child(
            "rules",
            "rules",
            SECURITY_GROUP_RULE,
            creatable=True,
            help="Rules of the security group. Missing ones are created, different ones changed, others "
            "left alone.",
        ),
        Child(
            "servers", "servers", MACHINE, ids=True, help="UUIDs of the servers that have the security group."
        ),
        Child("nics", "nics", NIC, ids=True, help="UUIDs of the NICs that have the security group."),
    ),
)

RESOURCES.update({r.kind: r for r in (SECURITY_GROUP_RULE, SECURITY_GROUP)})
