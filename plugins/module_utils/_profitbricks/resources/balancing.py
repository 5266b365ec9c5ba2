# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gateways and balancers of a data center, and what they balance on (contract sections 10.30 to 10.33)."""

from __future__ import annotations

from ..._engine.resource import Child, Field, Resource
from . import RESOURCES, compute  # pylint: disable=unused-import  # noqa: F401  data centers and LANs are named below
from .common import COMMON

V6 = 6
PRIVATE_IPS = "Private addresses with their subnet, such as V(10.7.222.225/24). The service chooses one in a free subnet."


def port(name: str, text: str) -> Field:
    return Field(name, "int", needed=True, minimum=1, maximum=65535, help=text, sample=80)


def lan_number(name: str, text: str) -> Field:
    return Field(name, needed=True, refers="lan", shown_type="int", help=text, sample=2)


# -- NAT gateway ------------------------------------------------------------------------------------------------

NAT_GATEWAY_RULE = Resource(
    kind="nat_gateway_rule",
    path="datacenters/{datacenter}/natgateways/{nat_gateway}/rules",
    label="NAT gateway rule",
    since=V6,
    fields=(
        Field("name", help="Name of the rule.", sample="web"),
        Field(
            "type",
            choices=("SNAT",),
            help="What is translated: V(SNAT), the sources. The service takes it where none is named.",
            sample="SNAT",
        ),
        Field(
            "protocol",
            choices=("TCP", "UDP", "ICMP", "ALL"),
            help="Protocol of the packets. The service takes V(ALL) for a new rule that names none.",
            sample="TCP",
        ),
        Field(
            "source_subnet",
            needed=True,
            compare="text",
            help="Subnet in CIDR form from which packets are translated.",
            sample="10.7.222.0/24",
        ),
        Field(
            "public_ip",
            needed=True,
            compare="text",
            help="Address that the packets get: one of the gateway's.",
            sample="203.0.113.10",
        ),
        Field(
            "target_subnet",
            compare="text",
            help="Subnet in CIDR form to which packets are translated; the service takes any where none is named.",
            sample="203.0.113.0/24",
        ),
        Field(
            "target_port_range",
            "dict",
            compare="named",
            help="Ports to which packets are translated, not with O(protocol=ICMP).",
            options=(
                Field("start", "int", minimum=1, maximum=65535, help="First port.", sample=80),
                Field("end", "int", minimum=1, maximum=65535, help="Last port.", sample=443),
            ),
        ),
        *COMMON,
    ),
)

NAT_GATEWAY = Resource(
    kind="nat_gateway",
    path="datacenters/{datacenter}/natgateways",
    label="NAT gateway",
    since=V6,
    fields=(
        Field("name", help="Name of the NAT gateway.", sample="way-out"),
        Field(
            "public_ips",
            "list",
            elements="str",
            needed=True,
            compare="set",
            help="Reserved addresses of the data center's location; M(profitbricks.cloud.profitbricks_ipblock) reserves them.",
            sample=["203.0.113.10"],
        ),
        Field(
            "lans",
            "list",
            elements="dict",
            compare="named",
            keys=("lan",),
            help="Private LANs whose servers use the gateway: all of them, an empty list for none.",
            options=(
                Field(
                    "lan",
                    wire="id",
                    required=True,
                    refers="lan",
                    shown_type="int",
                    help="Name or number of the LAN.",
                    sample=2,
                ),
                Field(
                    "gateway_ips",
                    "list",
                    elements="str",
                    compare="set",
                    help=f"The gateway's addresses in the LAN. {PRIVATE_IPS}",
                    sample=["10.7.222.225/24"],
                ),
            ),
        ),
        *COMMON,
    ),
    children=(Child("rules", "rules", NAT_GATEWAY_RULE, help="Rules of the NAT gateway."),),
)

# -- balancers ----------------------------------------------------------------------------------------------------


def balancer_fields(label: str) -> tuple[Field, ...]:
    """The fields of a network or application load balancer."""
    return (
        Field("name", help=f"Name of the {label}.", sample="front"),
        lan_number("listener_lan", "Name or number of the LAN in which it listens."),
        lan_number("target_lan", "Name or number of the private LAN to which it forwards."),
        Field(
            "ips",
            "list",
            elements="str",
            compare="set",
            help="Addresses at which it listens: reserved ones in a public LAN, others in a private one.",
            sample=["203.0.113.10"],
        ),
        Field(
            "lb_private_ips",
            "list",
            elements="str",
            compare="set",
            help=f"Its addresses in the O(target_lan). {PRIVATE_IPS}",
            sample=["10.7.222.225/24"],
        ),
        Field(
            "central_logging",
            "bool",
            help="Whether it logs to the provider's central logging.",
            sample=False,
        ),
        Field(
            "logging_format",
            help="Format of the lines that are logged.",
            sample=None,
        ),
        *COMMON,
    )


ALGORITHMS = ("ROUND_ROBIN", "LEAST_CONNECTION", "RANDOM", "SOURCE_IP")
ALGORITHM = Field(
    "algorithm",
    needed=True,
    choices=ALGORITHMS,
    help="How a target is chosen for each connection.",
    sample="ROUND_ROBIN",
)
TARGET = (
    Field("ip", required=True, help="Address of the target.", sample="10.7.222.11"),
    Field("port", "int", required=True, minimum=1, maximum=65535, help="Port of the target.", sample=8080),
    Field(
        "weight",
        "int",
        required=True,
        minimum=0,
        maximum=256,
        help="Its share of the traffic beside the other targets' weights; V(0) gives it none.",
        sample=1,
    ),
    Field(
        "proxy_protocol",
        choices=("none", "v1", "v2", "v2ssl"),
        help="Version of the proxy protocol that tells the target where a connection comes from. The service takes V(none).",
        sample="none",
    ),
)


def milliseconds(name: str, text: str, sample: int) -> Field:
    return Field(name, "int", minimum=0, help=f"{text} in milliseconds.", sample=sample)


RETRIES = Field(
    "retries",
    "int",
    minimum=0,
    maximum=65535,
    help="How often a connection to a target is tried again.",
    sample=3,
)
LISTENER = (
    Field(
        "listener_ip",
        needed=True,
        compare="text",
        help="Address at which it listens: one of the load balancer's.",
        sample="203.0.113.10",
    ),
    port("listener_port", "Port at which it listens."),
)

NLB_RULE = Resource(
    kind="network_load_balancer_rule",
    path="datacenters/{datacenter}/networkloadbalancers/{network_load_balancer}/forwardingrules",
    label="forwarding rule",
    since=V6,
    fields=(
        Field("name", help="Name of the forwarding rule.", sample="https"),
        ALGORITHM,
        Field(
            "protocol",
            needed=True,
            choices=("TCP", "HTTP"),
            help="Protocol that is balanced: V(TCP); the service lists V(HTTP) too.",
            sample="TCP",
        ),
        *LISTENER,
        Field(
            "targets",
            "list",
            elements="dict",
            needed=True,
            compare="named",
            keys=("ip", "port"),
            help="Where connections are forwarded to: all targets. What is left out of one that is there stays as it is.",
            options=(
                *TARGET,
                Field(
                    "health_check",
                    "dict",
                    compare="named",
                    help="How the target's health is watched.",
                    options=(
                        Field("check", "bool", help="Whether it is watched.", sample=True),
                        milliseconds("check_interval", "Time between two looks", 2000),
                        Field(
                            "maintenance",
                            "bool",
                            help="Whether the target gets no new connections for now.",
                            sample=False,
                        ),
                    ),
                ),
            ),
        ),
        Field(
            "health_check",
            "dict",
            compare="named",
            help="How long things may last.",
            options=(
                milliseconds("client_timeout", "Longest silence of a client", 50000),
                milliseconds("connect_timeout", "Longest time to connect to a target", 5000),
                milliseconds("target_timeout", "Longest silence of a target", 50000),
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
    since=V6,
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
        help="What of a request is looked at.",
        sample="PATH",
    ),
    Field(
        "condition",
        choices=("EXISTS", "CONTAINS", "EQUALS", "MATCHES", "STARTS_WITH", "ENDS_WITH"),
        help="How it is compared; not with C(type=SOURCE_IP).",
        sample="STARTS_WITH",
    ),
    Field("negate", "bool", help="Whether the opposite is meant.", sample=False),
    Field(
        "key",
        help="Name of the header, cookie or query parameter, for these types only.",
        sample=None,
    ),
    Field(
        "value",
        help="What it is compared with; not for V(EXISTS), and a network in CIDR form for C(type=SOURCE_IP).",
        sample="/api",
    ),
)

ALB_RULE = Resource(
    kind="application_load_balancer_rule",
    path="datacenters/{datacenter}/applicationloadbalancers/{application_load_balancer}/forwardingrules",
    label="forwarding rule",
    since=V6,
    fields=(
        Field("name", help="Name of the forwarding rule.", sample="https"),
        Field(
            "protocol",
            needed=True,
            choices=("HTTP",),
            help="Protocol that is balanced.",
            sample="HTTP",
        ),
        *LISTENER,
        milliseconds("client_timeout", "Longest silence of a client", 50000),
        Field(
            "server_certificates",
            "list",
            elements="str",
            compare="set",
            help="UUIDs of certificates of the provider's certificate manager; with any, TLS is spoken.",
            sample=[],
        ),
        Field(
            "http_rules",
            "list",
            elements="dict",
            compare="named",
            keys=("name",),
            help="What is done with requests: all rules. What is left out of one that is there stays as it is. Rules of type "
            "V(FORWARD) are looked at after the others.",
            options=(
                Field("name", required=True, help="Name of the rule, unique in the list.", sample="api"),
                Field(
                    "type",
                    required=True,
                    choices=("FORWARD", "STATIC", "REDIRECT"),
                    help="V(FORWARD) to a target group, V(STATIC) answer, or V(REDIRECT).",
                    sample="FORWARD",
                ),
                Field(
                    "target_group",
                    refers="target_group",
                    help="Name or UUID of the target group, for V(FORWARD), which needs it. A name costs one request more.",
                    sample="5a029f4a-72e5-11ec-90d6-0242ac120003",
                ),
                Field(
                    "drop_query",
                    "bool",
                    help="Whether a V(REDIRECT) leaves the query out.",
                    sample=None,
                ),
                Field("location", help="Where a V(REDIRECT) leads; it needs it.", sample=None),
                Field(
                    "status_code",
                    "int",
                    minimum=200,
                    maximum=599,
                    help="Status of a V(REDIRECT): 301, 302, 303, 307 or 308; or of a V(STATIC) answer: 200 to 599.",
                    sample=None,
                ),
                Field("response_message", help="Text of a V(STATIC) answer; it needs it.", sample=None),
                Field("content_type", help="Content type of a V(STATIC) answer.", sample=None),
                Field(
                    "conditions",
                    "list",
                    elements="dict",
                    compare="named",
                    help="What a request must be for the rule to apply, in this order.",
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
    since=V6,
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

TARGET_GROUP = Resource(
    kind="target_group",
    path="targetgroups",
    label="target group",
    since=V6,
    page_limit=200,
    fields=(
        Field("name", help="Name of the target group.", sample="web"),
        ALGORITHM,
        Field(
            "protocol",
            needed=True,
            choices=("HTTP",),
            help="Protocol that the targets speak.",
            sample="HTTP",
        ),
        Field(
            "protocol_version",
            choices=("HTTP1", "HTTP2"),
            help="Version of HTTP that the targets speak.",
            sample="HTTP1",
        ),
        Field(
            "targets",
            "list",
            elements="dict",
            compare="named",
            keys=("ip", "port"),
            help="Where requests are forwarded to: all targets. What is left out of one that is there stays as it is.",
            options=(
                *TARGET,
                Field(
                    "health_check_enabled",
                    "bool",
                    help="Whether the target's health is watched. The service takes V(true).",
                    sample=True,
                ),
                Field(
                    "maintenance_enabled",
                    "bool",
                    help="Whether the target gets no new requests for now. The service takes V(false).",
                    sample=False,
                ),
            ),
        ),
        Field(
            "health_check",
            "dict",
            compare="named",
            help="How the targets' health is watched.",
            options=(
                milliseconds("check_timeout", "Longest time of one look", 60000),
                milliseconds("check_interval", "Time between two looks", 2000),
                RETRIES,
            ),
        ),
        Field(
            "http_health_check",
            "dict",
            compare="named",
            help="The request by which a target's health is looked at.",
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
                    help="What of the answer is compared.",
                    sample="STATUS_CODE",
                ),
                Field(
                    "response",
                    required=True,
                    help="What the answer is compared with, such as V(200).",
                    sample="200",
                ),
                Field("regex", "bool", help="Whether it is a regular expression.", sample=False),
                Field("negate", "bool", help="Whether the opposite means health.", sample=False),
            ),
        ),
        *COMMON,
    ),
)

RESOURCES.update(
    {r.kind: r for r in (NAT_GATEWAY_RULE, NAT_GATEWAY, NLB_RULE, NLB, ALB_RULE, ALB, TARGET_GROUP)}
)
