# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Target groups, and what they have in common with balancers (contract section 10.33)."""

from __future__ import annotations

from ..._engine import addresses
from ..._engine.schema.checks import between
from ..._engine.schema.comparison import as_text, by_parts
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import COMMON

ALGORITHMS = ("ROUND_ROBIN", "LEAST_CONNECTION", "RANDOM", "SOURCE_IP")

ALGORITHM = Field(
    "algorithm",
    needed=True,
    choices=ALGORITHMS,
    help="How to choose a target for each connection.",
    sample="ROUND_ROBIN",
)

TARGET = (
    Field(
        "ip",
        required=True,
        parse=addresses.address,
        compare=as_text,
        help="Address of the target.",
        sample="10.7.222.11",
    ),
    Field("port", "int", required=True, checks=(between(1, 65535),), help="Port of the target.", sample=8080),
    Field(
        "weight",
        "int",
        required=True,
        checks=(between(0, 256),),
        help="Its share of the traffic, relative to the weights of the other targets; V(0) gives it none.",
        sample=1,
    ),
    Field(
        "proxy_protocol",
        choices=("none", "v1", "v2", "v2ssl"),
        help="Version of the proxy protocol, which tells the target where a connection comes from. The "
        "service defaults to V(none).",
        sample="none",
    ),
)


def milliseconds(name: str, text: str, sample: int) -> Field:
    return Field(name, "int", checks=(between(0),), help=f"{text}, in milliseconds.", sample=sample)


RETRIES = Field(
    "retries",
    "int",
    checks=(between(0, 65535),),
    help="How often to retry a connection to a target.",
    sample=3,
)

TARGET_GROUP = Resource(
    kind="target_group",
    path="targetgroups",
    label="target group",
    since=6,
    page_limit=200,
    fields=(
        Field("name", help="Name of the target group.", sample="web"),
        ALGORITHM,
        Field(
            "protocol",
            initial="HTTP",
            choices=("HTTP",),
            help="Protocol of the targets. A new group gets V(HTTP) by default.",
            sample="HTTP",
        ),
        Field(
            "protocol_version",
            choices=("HTTP1", "HTTP2"),
            help="HTTP version of the targets.",
            sample="HTTP1",
        ),
        Field(
            "targets",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("ip", "port"),
            help="All targets that requests are forwarded to. What is left out of an existing one does not "
            "change.",
            options=(
                *TARGET,
                Field(
                    "health_check_enabled",
                    "bool",
                    help="Whether to check the health of the target. The service defaults to V(true).",
                    sample=True,
                ),
                Field(
                    "maintenance_enabled",
                    "bool",
                    help="Whether the target is under maintenance and gets no new requests. The service "
                    "defaults to V(false).",
                    sample=False,
                ),
            ),
        ),
        Field(
            "health_check",
            "dict",
            compare=by_parts,
            help="How to check the health of the targets.",
            options=(
                milliseconds("check_timeout", "How long a check may take", 60000),
                milliseconds("check_interval", "Time between two checks", 2000),
                RETRIES,
            ),
        ),
        Field(
            "http_health_check",
            "dict",
            compare=by_parts,
            help="The request that checks the health of a target.",
            options=(
                Field("path", help="Path of the request.", sample="/health"),
                Field(
                    "method",
                    choices=("HEAD", "PUT", "POST", "GET", "TRACE", "PATCH", "OPTIONS"),
                    help="Method of the request.",
                    sample="GET",
                ),
                Field(
                    "match_type",
                    required=True,
                    choices=("STATUS_CODE", "RESPONSE_BODY"),
                    help="Part of the response to compare.",
                    sample="STATUS_CODE",
                ),
                Field(
                    "response",
                    required=True,
                    help="Value to compare it with, such as V(200).",
                    sample="200",
                ),
                Field("regex", "bool", help="Whether it is a regular expression.", sample=False),
                Field("negate", "bool", help="Whether to negate the comparison.", sample=False),
            ),
        ),
        *COMMON,
    ),
)

RESOURCES.update({TARGET_GROUP.kind: TARGET_GROUP})
