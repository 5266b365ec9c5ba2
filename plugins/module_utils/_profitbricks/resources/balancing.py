# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network and application load balancers, and their rules (contract sections 10.31 and 10.32)."""

from __future__ import annotations

from ..._engine import addresses
from ..._engine.schema.checks import between
from ..._engine.schema.comparison import as_set, as_text, by_parts
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES, datacenters, lans  # pylint: disable=unused-import  # noqa: F401  data centers and LANs are named below
from .common import ADDRESS, COMMON, PRIVATE_IPS, RESERVED_HELP, reserved
from .target_groups import ALGORITHM, RETRIES, TARGET, milliseconds


def port(name: str, text: str) -> Field:
    return Field(name, "int", needed=True, checks=(between(1, 65535),), help=text, sample=80)


def lan_number(name: str, text: str) -> Field:
    return Field(name, needed=True, refers="lan", shown_type="int", help=text, sample=2)


def balancer_fields(label: str) -> tuple[Field, ...]:
    """The fields of a network or application load balancer."""
    return (
        Field("name", help=f"Name of the {label}.", sample="front"),
        lan_number("listener_lan", "Name or number of the LAN on which it listens."),
        lan_number("target_lan", "Name or number of the private LAN that it forwards to."),
        Field(
            "ips",
            "list",
            elements="str",
            compare=as_set,
            parse=reserved,
            refers=ADDRESS,
            help="Addresses on which it listens: reserved ones in a public LAN, private ones in a private "
            f"LAN. {RESERVED_HELP}",
            sample=["203.0.113.10"],
        ),
        Field(
            "lb_private_ips",
            "list",
            elements="str",
            compare=as_set,
            parse=addresses.interface,
            key=addresses.private_key,
            help=f"Its addresses in the O(target_lan). {PRIVATE_IPS}",
            sample=["10.7.222.225/24"],
        ),
        Field(
            "central_logging",
            "bool",
            help="Whether it logs to the provider's central logging service.",
            sample=False,
        ),
        Field(
            "logging_format",
            help="Format of the log lines.",
            sample=None,
        ),
        *COMMON,
    )


LISTENER = (
    Field(
        "listener_ip",
        needed=True,
        compare=as_text,
        parse=reserved,
        refers=ADDRESS,
        help=f"Address on which it listens, one of the load balancer's. {RESERVED_HELP}",
        sample="203.0.113.10",
    ),
    port("listener_port", "Port on which it listens."),
)

NLB_RULE = Resource(
    kind="network_load_balancer_rule",
    path="datacenters/{datacenter}/networkloadbalancers/{network_load_balancer}/forwardingrules",
    label="forwarding rule",
    since=6,
    fields=(
        Field("name", help="Name of the forwarding rule.", sample="https"),
        ALGORITHM,
        Field(
            "protocol",
            needed=True,
            choices=("TCP", "HTTP"),
            help="Protocol of the connections, V(TCP); the service also lists V(HTTP).",
            sample="TCP",
        ),
        *LISTENER,
        Field(
            "targets",
            "list",
            elements="dict",
            needed=True,
            compare=by_parts,
            keys=("ip", "port"),
            help="All targets that connections are forwarded to. What is left out of an existing one does "
            "not change.",
            options=(
                *TARGET,
                Field(
                    "health_check",
                    "dict",
                    compare=by_parts,
                    help="How to check the health of the target.",
                    options=(
                        Field("check", "bool", help="Whether to check its health.", sample=True),
                        milliseconds("check_interval", "Time between two checks", 2000),
                        Field(
                            "maintenance",
                            "bool",
                            help="Whether the target is under maintenance and gets no new connections.",
                            sample=False,
                        ),
                    ),
                ),
            ),
        ),
        Field(
            "health_check",
            "dict",
            compare=by_parts,
            help="Timeouts and retries.",
            options=(
                milliseconds("client_timeout", "How long a client may be idle", 50000),
                milliseconds("connect_timeout", "How long connecting to a target may take", 5000),
                milliseconds("target_timeout", "How long a target may be idle", 50000),
                RETRIES,
            ),
        ),
        *COMMON,
    ),
)

NLB = Resource(
    kind="network_load_balancer",
    path="datacenters/{datacenter}/networkloadbalancers",
    label="network load balancer",
    since=6,
    page_limit=1000,
    fields=balancer_fields("network load balancer"),
    children=(
        Child(
            "forwarding_rules",
            "forwardingrules",
            NLB_RULE,
            help="Forwarding rules of the network load balancer.",
        ),
    ),
)

CONDITION = (
    Field(
        "type",
        required=True,
        choices=("HEADER", "PATH", "QUERY", "METHOD", "HOST", "COOKIE", "SOURCE_IP"),
        help="Part of the request to look at.",
        sample="PATH",
    ),
    Field(
        "condition",
        choices=("EXISTS", "CONTAINS", "EQUALS", "MATCHES", "STARTS_WITH", "ENDS_WITH"),
        help="How to compare it; not with C(type=SOURCE_IP).",
        sample="STARTS_WITH",
    ),
    Field("negate", "bool", help="Whether to negate the condition.", sample=False),
    Field(
        "key",
        help="Name of the header, cookie or query parameter; only with these types.",
        sample=None,
    ),
    Field(
        "value",
        help="Value to compare it with; not with V(EXISTS), and a network in CIDR notation with "
        "C(type=SOURCE_IP).",
        sample="/api",
    ),
)

ALB_RULE = Resource(
    kind="application_load_balancer_rule",
    path="datacenters/{datacenter}/applicationloadbalancers/{application_load_balancer}/forwardingrules",
    label="forwarding rule",
    since=6,
    fields=(
        Field("name", help="Name of the forwarding rule.", sample="https"),
        Field(
            "protocol",
            initial="HTTP",
            choices=("HTTP",),
            help="Protocol of the requests. A new rule gets V(HTTP) by default.",
            sample="HTTP",
        ),
        *LISTENER,
        milliseconds("client_timeout", "How long a client may be idle", 50000),
        Field(
            "server_certificates",
            "list",
            elements="str",
            compare=as_set,
            help="UUIDs of certificates in the provider's certificate manager. If there are any, the rule "
            "uses TLS.",
            sample=[],
        ),
        Field(
            "http_rules",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("name",),
            help="All rules for requests. What is left out of an existing one does not change. Rules of "
            "type V(FORWARD) are evaluated after the others.",
            options=(
                Field("name", required=True, help="Name of the rule, unique in the list.", sample="api"),
                Field(
                    "type",
                    required=True,
                    choices=("FORWARD", "STATIC", "REDIRECT"),
                    help="Action of the rule: V(FORWARD) to a target group, return a V(STATIC) response, "
                    "or V(REDIRECT).",
                    sample="FORWARD",
                ),
                Field(
                    "target_group",
                    refers="target_group",
                    help="Name or UUID of the target group; needed with V(FORWARD). A name takes one more "
                    "request.",
                    sample="5a029f4a-72e5-11ec-90d6-0242ac120003",
                ),
                Field(
                    "drop_query",
                    "bool",
                    help="Whether a V(REDIRECT) drops the query string.",
                    sample=None,
                ),
                Field("location", help="URL that a V(REDIRECT) leads to; needed with it.", sample=None),
                Field(
                    "status_code",
                    "int",
                    checks=(between(200, 599),),
                    help="Status code of a V(REDIRECT), which is 301, 302, 303, 307 or 308, or of a "
                    "V(STATIC) response, from 200 to 599.",
                    sample=None,
                ),
                Field("response_message", help="Body of a V(STATIC) response; needed with it.", sample=None),
                Field("content_type", help="Content type of a V(STATIC) response.", sample=None),
                Field(
                    "conditions",
                    "list",
                    elements="dict",
                    compare=by_parts,
                    help="Conditions for the rule to apply, in this order.",
                    options=CONDITION,
                ),
            ),
        ),
        *COMMON,
    ),
)

ALB = Resource(
    kind="application_load_balancer",
    path="datacenters/{datacenter}/applicationloadbalancers",
    label="application load balancer",
    since=6,
    page_limit=1000,
    embedded=False,
    fields=balancer_fields("application load balancer"),
    children=(
        Child(
            "forwarding_rules",
            "forwardingrules",
            ALB_RULE,
            help="Forwarding rules of the application load balancer.",
        ),
    ),
)


RESOURCES.update({r.kind: r for r in (NLB_RULE, NLB, ALB_RULE, ALB)})
