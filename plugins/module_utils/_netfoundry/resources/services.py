# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services: what a network offers, and how clients reach it (contract sections 8.6 to 8.9)."""

from __future__ import annotations

from ..._engine.schema.checks import between
from ..._engine.schema.comparison import as_set, as_text, by_parts
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import CONFIG_KIND, RESOURCES
from .common import ATTRIBUTES, COMMON, IN_NETWORK, PAGE, in_network, mentions, name_of
from .endpoints import EDGE_ROUTER, ENDPOINT

PROTOCOLS = ("tcp", "udp")


def _port(name: str, help: str, required: bool = False, wire: str = "") -> Field:
    return Field(
        name, "int", wire=wire, required=required, checks=(between(1, 65535),), help=help, sample=443
    )


RANGE = (_port("low", "First port.", required=True), _port("high", "Last port.", required=True))


def _ranges(name: str, help: str) -> Field:
    return Field(
        name, "list", elements="dict", options=RANGE, compare=by_parts, keys=("low", "high"), help=help
    )


def _protocols(name: str, help: str) -> Field:
    return Field(name, "list", elements="str", choices=PROTOCOLS, compare=as_set, help=help, sample=["tcp"])


def _hosts(name: str, help: str, sample: list[str]) -> Field:
    return Field(name, "list", elements="str", compare=as_set, help=help, sample=sample)


CLIENT_INGRESS = Field(
    "client_ingress",
    "dict",
    wire="model.clientIngress",
    compare=by_parts,
    help="What clients connect to: one O(client_ingress.host) and O(client_ingress.port), or lists of each "
         "in an advanced service.",
    options=(
        Field("host", help="Domain name or IPv4 address.", sample="portal.example.com"),
        _port("port", "Port."),
        _hosts("addresses", "Domain names and IPv4 addresses of an advanced service.", ["portal.example.com"]),
        _ranges("ports", "Port ranges of an advanced service."),
        _protocols("protocols", "Protocols of an advanced service."),
    ),
)  # fmt: skip
SERVER_EGRESS = Field(
    "server_egress",
    "dict",
    wire="model.serverEgress",
    compare=by_parts,
    help=(
        "What the hosting endpoints forward to: protocol, host and port.",
        "In an advanced service each of the three is either fixed, or taken from the client if it is "
        "allowed. By default everything in O(client_ingress) is forwarded.",
    ),
    options=(
        Field("protocol", choices=PROTOCOLS, help="Protocol.", sample="tcp"),
        Field("host", help="Domain name or address of the server.", sample="10.0.0.5"),
        _port("port", "Port of the server."),
        Field("forward_protocol", "bool", help="Whether to use the client's protocol.", sample=False),
        _protocols("allowed_protocols", "Protocols that may be forwarded."),
        Field("forward_host", "bool", help="Whether to use the host that the client asked for.", sample=False),
        _hosts("allowed_hosts", "Hosts that may be forwarded to.", ["10.0.0.5"]),
        Field("forward_port", "bool", help="Whether to use the port that the client asked for.", sample=False),
        _ranges("allowed_port_ranges", "Port ranges that may be forwarded."),
    ),
)  # fmt: skip
EDGE_ROUTER_HOSTS = Field(
    "edge_router_hosts",
    "list",
    elements="dict",
    wire="model.edgeRouterHosts",
    compare=by_parts,
    keys=("edge_router",),
    help="Edge routers that host the service, and the server that each of them forwards to.",
    options=(
        Field(
            "edge_router",
            wire="edgeRouterId",
            required=True,
            refers="edge_router",
            help="Name or UUID of the edge router; results have the UUID.",
            sample="38e52f43-0000-4000-8000-0000000000aa",
        ),
        Field("protocol", wire="serverEgress.protocol", choices=PROTOCOLS, required=True, help="Protocol.", sample="tcp"),
        Field("host", wire="serverEgress.host", required=True, help="Domain name or address of the server.", sample="10.0.0.5"),
        _port("port", "Port of the server.", required=True, wire="serverEgress.port"),
    ),
)  # fmt: skip

SERVICE = in_network(
    kind="service",
    path="core/v2/services",
    label="service",
    fields=(
        name_of("service", "portal"),
        ATTRIBUTES,
        Field(
            "encryption_required",
            "bool",
            initial=True,
            help="Whether to encrypt it end to end. A new service gets V(true) by default.",
            sample=True,
        ),
        Field(
            "model_type",
            choices=(
                "TunnelerToSdk",
                "TunnelerToEndpoint",
                "TunnelerToEdgeRouter",
                "AdvancedTunnelerToEndpoint",
            ),
            mutable=False,
            help="How clients and server are connected. By default it follows from the other options. It "
            "cannot be changed later.",
            sample="TunnelerToEndpoint",
        ),
        CLIENT_INGRESS,
        SERVER_EGRESS,
        EDGE_ROUTER_HOSTS,
        mentions(
            "bind_endpoint_attributes",
            "Endpoints that host the service",
            ["@exit1"],
            wire="model.bindEndpointAttributes",
            initial=None,
        ),
        mentions(
            "edge_router_attributes",
            "Edge routers that may carry the service, by default V(#all)",
            ["#all"],
            wire="model.edgeRouterAttributes",
            initial=None,
        ),
        Field(
            "configs",
            "list",
            elements="dict",
            compare=by_parts,
            keys=("type",),
            help="Configurations instead of a model, at most one of each type, such as V(intercept.v1) and "
            "V(host.v1). Their names and contents can be changed later, but not their types. Such a "
            "service is only carried by the routers that a "
            "M(profitbricks.cloud.netfoundry_service_edge_router_policy) allows it.",
            options=(
                Field(
                    "name",
                    required=True,
                    compare=as_text,
                    help="Name of the configuration, unique in the network.",
                    sample="portal-intercept",
                ),
                Field(
                    "type",
                    required=True,
                    wire="configTypeName",
                    help="Type of the configuration.",
                    sample="intercept.v1",
                ),
                Field(
                    "data",
                    "dict",
                    required=True,
                    help="Contents of the configuration, in the form that its type requires. They are "
                    "compared as a whole.",
                    sample={
                        "protocols": ["tcp"],
                        "addresses": ["portal.acme"],
                        "portRanges": [{"low": 80, "high": 80}],
                    },
                ),
            ),
        ),
        *COMMON,
    ),
)

# What a service of configurations is made of; its modules manage it.
CONFIG = Resource(
    kind=CONFIG_KIND,
    path="core/v2/configs",
    label="configuration",
    page_limit=PAGE,
    flat=True,
    owners=IN_NETWORK,
    fields=(name_of("configuration", "portal-intercept"),),
)
CONFIG_TYPE = Resource(
    kind="config_type",
    path="core/v2/config-types",
    label="type of configurations",
    page_limit=PAGE,
    flat=True,
    owners=IN_NETWORK,
    fields=(name_of("type", "intercept.v1"),),
)

RESOURCES.update({r.kind: r for r in (EDGE_ROUTER, ENDPOINT, SERVICE, CONFIG, CONFIG_TYPE)})
