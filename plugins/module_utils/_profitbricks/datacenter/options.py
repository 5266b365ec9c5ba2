# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center with all in it, as a user describes it: the options of the module itself.

`parse` turns a description into nodes, and `write` makes one of what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.plan.file import PLAN_OPTIONS
from ..._engine.plan.protect import protect_option
from ..._engine.plan.rules import COMMON, RulesByKind
from ..._engine.schema.checks import between
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from ..resources.balancing import ALB, ALB_RULE, NLB, NLB_RULE
from ..resources.datacenters import DATACENTER
from ..resources.flowlogs import FLOWLOG
from ..resources.kubernetes import K8S_NODEPOOL
from ..resources.lans import LAN
from ..resources.loadbalancers import LOADBALANCER
from ..resources.nat_gateways import NAT_GATEWAY, NAT_GATEWAY_RULE
from ..resources.nics import NIC
from ..resources.security import SECURITY_GROUP
from ..resources.servers import SERVER, VOLUME
from ..rules.balancing import BALANCING_RULES
from ..rules.datacenters import DatacenterRules
from ..rules.labels import LABELS
from ..rules.lans import LanRules
from ..rules.loadbalancers import LOADBALANCER_RULES
from ..rules.nat_gateways import NAT_GATEWAY_RULES
from ..rules.security import SECURITY_GROUP_RULES
from ..rules.servers import SERVER_RULES

LABELLED = (DATACENTER, SERVER, VOLUME)
KINDS = (
    "servers",
    "volumes",
    "lans",
    "nics",
    "firewall_rules",
    "loadbalancers",
    "security_groups",
    "nat_gateways",
    "network_load_balancers",
    "application_load_balancers",
    "rules",
    "flow_logs",
    "labels",
)


def _flow_logs(of: Resource) -> Child:
    """The flow logs of an object, which it has whether or not a read of it shows them."""
    path = f"{of.path}/{{{of.kind}}}/flowlogs"
    flow_log = replace(
        FLOWLOG, path=path, elsewhere=(), unlisted=(), embedded=of.kind not in FLOWLOG.unlisted
    )
    return Child(
        "flow_logs",
        FLOWLOG.collection,
        flow_log,
        creatable=True,
        apart=True,
        help=f"Flow logs of the {of.label}. Missing ones are created, different ones changed, others left "
        "alone.",
    )


def _with_rules(of: Resource, rule: Resource) -> Resource:
    """A gateway or balancer with its rules and flow logs, each made by a request of its own."""
    rules = Child(
        "rules",
        rule.collection,
        rule,
        creatable=True,
        apart=True,
        help=f"Rules of the {of.label}. Missing ones are created, different ones changed, others left alone.",
    )
    return replace(of, children=(rules, _flow_logs(of)))


# What is in a data center, as it is described: with what their own modules leave to other modules.
# Names of LANs are at hand where the whole was read.
LAN_OF_NIC = (
    Field("lan_name", read_only=True, help="Name of the LAN.", sample="public"),
    Field("lan_public", "bool", read_only=True, help="Whether the LAN is public.", sample=True),
)
SITE_NIC = replace(NIC, fields=(*NIC.fields, *LAN_OF_NIC), children=(*NIC.children, _flow_logs(NIC)))
POOL_OF_SERVER = Field(
    "k8s_nodepool",
    read_only=True,
    help="Name of the Kubernetes node pool that the server belongs to; V(null) for other servers.",
    sample=None,
)
SITE_SERVER = replace(
    SERVER,
    fields=(*SERVER.fields, POOL_OF_SERVER),
    children=tuple(
        child._replace(resource=SITE_NIC) if child.resource is NIC else child for child in SERVER.children
    ),
)
SITE_POOL = replace(
    K8S_NODEPOOL,
    fields=tuple(
        each for each in K8S_NODEPOOL.fields if each.name in ("name", "node_count", "k8s_version", "state")
    ),
    embedded=False,
)
SITE = replace(
    DATACENTER,
    children=(
        Child(
            "lans",
            "lans",
            LAN,
            creatable=True,
            help="LANs of the data center. Missing ones are created, different ones changed, others left "
            "alone unless O(purge) names them.",
        ),
        Child(
            "volumes",
            "volumes",
            VOLUME,
            creatable=True,
            help="Volumes of the data center apart from those of its O(servers). One that is attached to a "
            "server whose list of volumes does not include it is detached. A name that is also in the list of a server "
            "is refused, unless a volume of that name is in both places already.",
        ),
        Child(
            "security_groups",
            SECURITY_GROUP.collection,
            SECURITY_GROUP,
            creatable=True,
            apart=True,
            help="Security groups of the data center, each with its rules. O(servers) and their NICs name "
            "them in C(security_groups).",
        ),
        Child(
            "servers",
            "servers",
            SITE_SERVER,
            creatable=True,
            help="Servers of the data center, each with its volumes, NICs and firewall rules. A missing "
            "one is created with all of them in one request.",
        ),
        Child(
            "loadbalancers",
            "loadbalancers",
            LOADBALANCER,
            creatable=True,
            help="Load balancers of the data center.",
        ),
        Child(
            "nat_gateways",
            NAT_GATEWAY.collection,
            _with_rules(NAT_GATEWAY, NAT_GATEWAY_RULE),
            creatable=True,
            apart=True,
            help="NAT gateways of the data center, each with its rules.",
        ),
        Child(
            "network_load_balancers",
            NLB.collection,
            _with_rules(NLB, NLB_RULE),
            creatable=True,
            apart=True,
            help="Network load balancers of the data center, each with its forwarding rules.",
        ),
        Child(
            "application_load_balancers",
            ALB.collection,
            _with_rules(ALB, ALB_RULE),
            creatable=True,
            apart=True,
            help="Application load balancers of the data center, each with its forwarding rules. In a data "
            "center with at least two LANs, they take one more request, and another one for each "
            "existing load balancer.",
        ),
        # What the service manages: read where servers are there that nobody described, and never written.
        Child("k8s_nodepools", "k8s_nodepools", SITE_POOL),
    ),
)


# -- options ------------------------------------------------------------------------------------------------------

COUNT = Field(
    "count",
    "int",
    checks=(between(0, 10000),),
    help="How many servers like this to have. The name must then contain a placeholder for the number, "
    "which starts at 1: V(web-%02d) becomes V(web-01), V(web-02) and so on. The host name, and the "
    "names, addresses and user data of the volumes and NICs, may contain one as well; C(%%d) stands "
    "for a literal C(%d). With a lower count, the servers with the highest numbers are deleted if "
    "C(purge) names servers.",
)
POWER = Field(
    "state",
    choices=("running", "stopped"),
    help="Whether the server is running. V(stopped) powers it off without a shutdown, and suspends a CUBE "
    "server. By default a new server is running.",
)
CHANGED_HELP: dict[tuple[str, str], str | tuple[str, ...]] = {
    (
        SERVER.kind,
        "boot_volume",
    ): "Name or UUID of the volume to boot from, of its own O(volumes) or of those of the data "
    "center, which is then attached.",
    (
        SERVER.kind,
        "name",
    ): "Name of the server; with O(count) the pattern of their names, such as V(web-%02d).",
    (NIC.kind, "lan"): (
        "Name or number of the LAN; a name must exist or be listed in C(lans).",
        "If the NIC has no name, it also identifies the NIC of the server.",
    ),
}
EXTRAS: dict[str, tuple[Field, ...]] = {SERVER.kind: (COUNT, POWER)}
RULES: RulesByKind = {
    **SERVER_RULES,
    **LOADBALANCER_RULES,
    **BALANCING_RULES,
    **NAT_GATEWAY_RULES,
    **SECURITY_GROUP_RULES,
    LAN.kind: LanRules(),
    DATACENTER.kind: DatacenterRules(),
}


def _own_id(resource: Resource) -> Field:
    return Field(
        "id",
        help=f"The {resource.id_help} of an existing {resource.label}. Only needed to rename it, or if it "
        "has no name or shares its name with another one.",
    )


def _changed(resource: Resource, field: Field) -> Field:
    help_text = CHANGED_HELP.get((resource.kind, field.name))
    return field if help_text is None else replace(field, help=help_text)


def nested_fields(resource: Resource) -> tuple[Field, ...]:
    """The options of one listed object."""
    own = (_changed(resource, field) for field in resource.writable if not field.hidden)
    more = RULES.get(resource.kind, COMMON).options
    return (*own, _own_id(resource), *EXTRAS.get(resource.kind, ()), *more, *collections(resource))


def collections(resource: Resource) -> tuple[Field, ...]:
    """The options that list what is below a resource."""
    return tuple(
        Field(
            child.name,
            "list",
            elements="dict",
            since=child.resource.since,
            help=child.help,
            options=nested_fields(child.resource),
        )
        for child in resource.children
        if child.creatable
    )


PURGE = Field(
    "purge",
    "list",
    elements="str",
    choices=(*KINDS, "all"),
    help=(
        "Kinds of objects to delete if they exist but are not listed; V(all) stands for every kind. "
        "Without it nothing is deleted, and RV(unmanaged) lists what is not described.",
        "It only applies to lists that are given, even empty ones: without O(lans), no LAN is deleted.",
        "A volume is deleted with everything on it. The volumes of a deleted server are only deleted with "
        "V(volumes) or V(all).",
    ),
)
CONCURRENCY = Field(
    "concurrency",
    "int",
    default=8,
    checks=(between(1, 50),),
    help="How many requests to send at the same time, if contents are described. The service works on the "
    "requests for one data center one after the other.",
)
RETURN_TREE = Field(
    "return_tree",
    "bool",
    default=True,
    help="Whether to return RV(tree), which is long for a large data center.",
)
PREFLIGHT = Field(
    "preflight",
    "bool",
    default=True,
    help=(
        "Whether to check, before anything is changed, that the plan fits: that it stays within the limits of the contract "
        "(cores, memory, storage, gateways, balancers), of servers (cores, memory, volumes, NICs) and of security groups, "
        "that the location has the CPU families, images, zones and graphics cards, that public addresses are reserved "
        "there and free, that rules of NAT gateways and failover groups use addresses of their gateway or NIC, and that "
        "nothing gets a second flow log. A single error lists all problems, with figures.",
        "This takes one request for the contract if the plan creates or enlarges anything with a limit, and one each for the "
        "location, IP blocks, templates and images if the plan refers to them and they have not been read anyway. If "
        "the user may not read the contract, there is a warning, and its limits are not checked.",
    ),
)
PROTECT = protect_option("lans/private", "volumes")
CONTENTS = collections(SITE)
TREE_OPTIONS = (*CONTENTS, PURGE, PROTECT, PREFLIGHT, *PLAN_OPTIONS, CONCURRENCY, RETURN_TREE)


# Of the data center itself, what names something in it.
DEFAULT_GROUP = DATACENTER.by_name["default_security_group"]


def describes_contents(options: Mapping[str, Any]) -> bool:
    """Whether a task says more than the data center's own fields can without what is in it."""
    return any(options.get(field.name) is not None for field in (*CONTENTS, LABELS, DEFAULT_GROUP))
