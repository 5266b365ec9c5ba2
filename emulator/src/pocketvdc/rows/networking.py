# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAT gateways, network and application load balancers, target groups, flow logs, security groups."""

from __future__ import annotations

from ..behaviour import consumers, gateways, nodes, secgroups
from ..table import Field, Hooks, Link, Row, enum

V6 = (6,)
ALGORITHMS = enum("ROUND_ROBIN", "LEAST_CONNECTION", "RANDOM", "SOURCE_IP", since=6)
PROXY = enum("none", "v1", "v2", "v2ssl", since=6)
HIGHEST_PORT = 65535


def port(name: str, required: tuple[int, ...] = V6) -> Field:
    return Field(name, "integer", required=required, minimum=1, maximum=HIGHEST_PORT, since=6)


FLOW_LOG = Row(
    "flow-log",
    "flow-log",
    dict.fromkeys(("nic", "natgateway", "networkloadbalancer", "applicationloadbalancer"), "flowlogs"),
    (
        Field("name", required=V6),
        Field("action", required=V6, values=enum("ACCEPTED", "REJECTED", "ALL", since=6), mode="create"),
        Field(
            "direction",
            required=V6,
            values=enum("INGRESS", "EGRESS", "BIDIRECTIONAL", since=6),
            mode="create",
        ),
        Field("bucket", required=V6, mode="create"),
    ),
    since=6,
    unlisted=("applicationloadbalancer",),
    order=0,
    paged=V6,
    unpaged=("networkloadbalancer", "applicationloadbalancer"),
    hooks=Hooks(check=gateways.flow_log_check),
)

NAT_GATEWAY = Row(
    "natgateway",
    "natgateway",
    {"datacenter": "natgateways"},
    (
        Field("name", required=V6),
        Field("publicIps", "strings", required=V6),
        Field(
            "lans",
            "objects",
            (),
            keep=True,
            fields=(Field("id", "integer", required=V6), Field("gatewayIps", "strings")),
        ),
    ),
    since=6,
    order=7,
    hooks=Hooks(
        rules=gateways.gateway_rules,
        build=consumers.build,
        ready=gateways.gateway_ready,
        check_update=gateways.gateway_update,
        updated=consumers.updated,
        settled=gateways.gateway_settled,
        removed=consumers.removed,
    ),
)

NAT_RULE = Row(
    "natgateway-rule",
    "natgateway-rule",
    {"natgateway": "rules"},
    (
        Field("name", required=V6),
        Field("type", default="SNAT", values=enum("SNAT", since=6)),
        Field("protocol", default="ALL", values=enum("TCP", "UDP", "ICMP", "ALL", since=6)),
        Field("sourceSubnet", required=V6),
        Field("publicIp", required=V6),
        Field("targetSubnet"),
        Field("targetPortRange", "object", fields=(port("start", ()), port("end", ()))),
    ),
    since=6,
    order=-1,
    hooks=Hooks(rules=gateways.nat_rules),
)

_BALANCER_FIELDS = (
    Field("name", required=V6),
    Field("listenerLan", "integer", required=V6, minimum=1),
    Field("ips", "strings", (), keep=True),
    Field("targetLan", "integer", required=V6, minimum=1),
    Field("lbPrivateIps", "strings", (), keep=True),
    Field("centralLogging", "boolean", False),
    Field("loggingFormat"),
)

_BALANCER_HOOKS = Hooks(
    rules=gateways.balancer_rules,
    build=consumers.build,
    ready=gateways.balancer_ready,
    updated=consumers.updated,
    settled=gateways.balancer_settled,
    removed=consumers.removed,
)

NLB = Row(
    "networkloadbalancer",
    "networkloadbalancer",
    {"datacenter": "networkloadbalancers"},
    _BALANCER_FIELDS,
    since=6,
    order=6,
    paged=V6,
    hooks=_BALANCER_HOOKS,
)

NLB_RULE = Row(
    "networkloadbalancer-rule",
    "forwarding-rule",
    {"networkloadbalancer": "forwardingrules"},
    (
        Field("name", required=V6),
        Field("algorithm", required=V6, values=ALGORITHMS),
        Field("protocol", required=V6, values=enum("HTTP", "TCP", since=6)),
        Field("listenerIp", required=V6),
        port("listenerPort"),
        Field(
            "healthCheck",
            "object",
            keep=True,
            fields=(
                Field("clientTimeout", "integer", 50000),
                Field("connectTimeout", "integer", 5000),
                Field("targetTimeout", "integer", 50000),
                Field("retries", "integer", 3, minimum=0, maximum=65535),
            ),
        ),
        Field(
            "targets",
            "objects",
            (),
            fields=(
                Field("ip", required=V6),
                port("port"),
                Field("weight", "integer", 1, required=V6, minimum=0, maximum=256),
                Field("proxyProtocol", default="none", values=PROXY),
                Field(
                    "healthCheck",
                    "object",
                    fields=(
                        Field("check", "boolean", True),
                        Field("checkInterval", "integer", 2000),
                        Field("maintenance", "boolean", False),
                    ),
                ),
            ),
        ),
    ),
    since=6,
    order=1,
    hooks=Hooks(
        rules=gateways.tcp_rules,
        check=nodes.check_rule,
        ready=gateways.tcp_ready,
        check_update=nodes.check_rule_update,
    ),
)

ALB = Row(
    "applicationloadbalancer",
    "applicationloadbalancer",
    {"datacenter": "applicationloadbalancers"},
    _BALANCER_FIELDS,
    since=6,
    entity=False,
    order=6,
    paged=V6,
    hooks=_BALANCER_HOOKS,
)

_CONDITION = (
    Field(
        "type",
        required=V6,
        values=enum("HEADER", "PATH", "QUERY", "METHOD", "HOST", "COOKIE", "SOURCE_IP", since=6),
    ),
    Field(
        "condition",
        values=enum("EXISTS", "CONTAINS", "EQUALS", "MATCHES", "STARTS_WITH", "ENDS_WITH", since=6),
    ),
    Field("negate", "boolean", False),
    Field("key"),
    Field("value"),
)

ALB_RULE = Row(
    "applicationloadbalancer-rule",
    "forwarding-rule",
    {"applicationloadbalancer": "forwardingrules"},
    (
        Field("name", required=V6),
        Field("protocol", required=V6, values=enum("HTTP", since=6)),
        Field("listenerIp", required=V6),
        port("listenerPort"),
        Field("clientTimeout", "integer"),
        Field("serverCertificates", "strings", ()),
        Field(
            "httpRules",
            "objects",
            (),
            fields=(
                Field("name", required=V6),
                Field("type", required=V6, values=enum("FORWARD", "STATIC", "REDIRECT", since=6)),
                Field("targetGroup"),
                Field("dropQuery", "boolean"),
                Field("location"),
                Field("statusCode", "integer"),
                Field("responseMessage"),
                Field("contentType"),
                Field("conditions", "objects", (), fields=_CONDITION),
            ),
        ),
    ),
    since=6,
    order=1,
    hooks=Hooks(rules=gateways.http_rules, ready=gateways.http_ready, settled=gateways.http_settled),
)

TARGET_GROUP = Row(
    "target-group",
    "target-group",
    {"": "targetgroups"},
    (
        Field("name", required=V6),
        Field("algorithm", required=V6, values=ALGORITHMS),
        Field("protocol", required=V6, values=enum("HTTP", since=6)),
        Field("protocolVersion", values=enum("HTTP1", "HTTP2", since=6)),
        Field(
            "targets",
            "objects",
            (),
            fields=(
                Field("ip", required=V6),
                port("port"),
                Field("weight", "integer", required=V6, minimum=0, maximum=256),
                Field("proxyProtocol", default="none", values=PROXY),
                Field("healthCheckEnabled", "boolean", True),
                Field("maintenanceEnabled", "boolean", False),
            ),
        ),
        Field(
            "healthCheck",
            "object",
            fields=(
                Field("checkTimeout", "integer"),
                Field("checkInterval", "integer", 2000),
                Field("retries", "integer", 3, minimum=0, maximum=65535),
            ),
        ),
        Field(
            "httpHealthCheck",
            "object",
            fields=(
                Field("path", default="/"),
                Field(
                    "method", values=enum("HEAD", "PUT", "POST", "GET", "TRACE", "PATCH", "OPTIONS", since=6)
                ),
                Field("matchType", required=V6, values=enum("STATUS_CODE", "RESPONSE_BODY", since=6)),
                Field("response", required=V6),
                Field("regex", "boolean", False),
                Field("negate", "boolean", False),
            ),
        ),
    ),
    since=6,
    paged=V6,
    page_size=(100, 200),
    hooks=Hooks(rules=gateways.target_rules, check_delete=gateways.target_group_delete),
)

SECURITY_GROUP = Row(
    "security-group",
    "security-group",
    {"datacenter": "securitygroups"},
    (
        Field("name", required=V6, length=60),
        Field("description", length=300),
    ),
    since=6,
    order=0,
    paged=V6,
    replaceable=("rules",),
    links=(
        Link("nics", secgroups.nics_of, gettable=False, routed=False),
        Link("servers", secgroups.servers_of, gettable=False, routed=False),
    ),
    hooks=Hooks(check=secgroups.check, removed=secgroups.removed),
)

ROWS = (FLOW_LOG, NAT_GATEWAY, NAT_RULE, NLB, NLB_RULE, ALB, ALB_RULE, TARGET_GROUP, SECURITY_GROUP)
