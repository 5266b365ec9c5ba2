# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cross connects, backup units, Kubernetes."""

from __future__ import annotations

from ..behaviour import backup, consumers, crossconnects, management, nodes
from ..behaviour import kubernetes as k8s
from ..table import Action, Field, Hooks, Row, enum
from .compute import ZONES

NEWER = (5, 6)
STORAGE = {**enum("HDD", "SSD"), **enum("ESSENTIAL", "PERFORMANCE", since=6)}
EFFECTS = enum("NoSchedule", "NoExecute", "PreferNoSchedule", since=6)
PHASES = ("DEPLOYING", "UPDATING", "DESTROYING")
FAILED = ("FAILED", "FAILED_UPDATING", "FAILED_DESTROYING")

PCC = Row(
    "pcc",
    "pcc",
    {"": "pccs"},
    (
        Field("name", required=NEWER),
        Field("description"),
        Field("peers", "objects", mode="read"),
        Field("connectableDatacenters", "objects", mode="read"),
    ),
    verbs="LCRMD",
    since=5,
    volatile=True,
    hooks=Hooks(
        view=crossconnects.view, check_delete=crossconnects.check_delete, metadata=crossconnects.metadata
    ),
)

BACKUP_UNIT = Row(
    "backupunit",
    "backupunit",
    {"": "backupunits"},
    (
        Field("name", required=NEWER, mode="create", rule=backup.name_rule),
        Field("password", required=NEWER, secret=True),
        Field("email", required=NEWER, keep=True, rule=management.mail_rule),
    ),
    since=5,
    actions=(Action("ssourl", backup.sso_url, "GET", 200),),
    hooks=Hooks(check=backup.check),
)

_WINDOW = Field(
    "maintenanceWindow",
    "object",
    keep=True,
    fields=(
        Field(
            "dayOfTheWeek",
            required=NEWER,
            values=enum("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ),
        Field("time", required=NEWER, rule=k8s.time_rule),
    ),
)

CLUSTER = Row(
    "k8s",
    "k8s",
    {"": "k8s"},
    (
        Field("name", required=NEWER, put_required=NEWER, rule=k8s.name_rule),
        Field("k8sVersion", keep=True),
        _WINDOW,
        Field("availableUpgradeVersions", "strings", mode="read"),
        Field("viableNodePoolVersions", "strings", mode="read"),
        Field("public", "boolean", True, since=6, mode="create"),
        Field("location", since=6, mode="create"),
        Field("natGatewayIp", since=6, mode="create"),
        Field("nodeSubnet", since=6, mode="create"),
        Field("apiSubnetAllowList", "strings", keep=True),
        Field("s3Buckets", "objects", keep=True, fields=(Field("name", required=NEWER),)),
    ),
    verbs="LCRPD",
    since=5,
    rest="ACTIVE",
    phases=PHASES,
    failed=FAILED,
    actions=(Action("kubeconfig", k8s.kubeconfig, "GET", 200),),
    hooks=Hooks(
        rules=k8s.rules,
        build=k8s.build,
        ready=k8s.ready,
        check_update=k8s.check_update,
        updated=k8s.updated,
        check_delete=k8s.check_delete,
        removed=consumers.removed,
    ),
)

NODE_POOL = Row(
    "nodepool",
    "nodepool",
    {"k8s": "nodepools"},
    (
        Field("name", required=NEWER, mode="once", rule=k8s.name_rule),
        Field("datacenterId", required=NEWER, mode="create"),
        Field("nodeCount", "integer", required=NEWER, put_required=NEWER, minimum=1),
        Field("cpuFamily", required=(5,), mode="create"),
        Field(
            "serverType",
            default="DedicatedCore",
            values=enum("DedicatedCore", "VCPU", since=6),
            since=6,
            keep=True,
        ),
        Field("coresCount", "integer", required=NEWER, minimum=1, mode="create"),
        Field("ramSize", "integer", required=NEWER, minimum=2048, mode="create", rule=k8s.ram_rule),
        Field("availabilityZone", required=NEWER, values=ZONES, mode="create"),
        Field("storageType", required=NEWER, values=STORAGE, mode="create"),
        Field("storageSize", "integer", required=NEWER, minimum=10, mode="create"),
        Field("k8sVersion", keep=True),
        _WINDOW,
        Field(
            "autoScaling",
            "object",
            keep=True,
            fields=(
                Field("minNodeCount", "integer", minimum=0),
                Field("maxNodeCount", "integer", minimum=0),
            ),
        ),
        Field(
            "lans",
            "objects",
            keep=True,
            fields=(
                Field("id", "integer", required=NEWER),
                Field("dhcp", "boolean", True, since=6),
                Field("routes", "objects", (), since=6, fields=(Field("network"), Field("gatewayIp"))),
                Field("datacenterId", since=6, mode="ignore"),  # for the operator's own use
            ),
        ),
        Field("labels", "map", keep=True),
        Field("annotations", "map", keep=True),
        Field(
            "taints",
            "objects",
            since=6,
            keep=True,
            length=50,
            fields=(
                Field("key", required=(6,)),
                Field("value"),
                Field("effect", required=(6,), values=EFFECTS),
            ),
        ),
        Field("publicIps", "strings", keep=True),
        Field("availableUpgradeVersions", "strings", mode="read"),
    ),
    verbs="LCRPD",
    since=5,
    rest="ACTIVE",
    phases=PHASES,
    failed=FAILED,
    volatile=True,
    nestable=False,
    hooks=Hooks(
        rules=k8s.pool_rules,
        check=k8s.check_pool,
        build=k8s.build_pool,
        ready=k8s.pool_ready,
        check_update=k8s.check_pool_update,
        updated=consumers.updated,
        settled=k8s.resize_pool,
        check_delete=k8s.check_pool_delete,
        removed=consumers.removed,
        view=k8s.view_pool,
    ),
)

NODE = Row(
    "node",
    "node",
    {"nodepool": "nodes"},
    (
        Field("name", mode="read"),
        Field("publicIP", mode="read"),
        Field("privateIP", mode="read"),
        Field("k8sVersion", mode="read"),
    ),
    verbs="LRD",
    since=5,
    rest="READY",
    entity=False,
    phases=("PROVISIONING", "REBUILDING", "TERMINATING"),
    volatile=True,
    actions=(Action("replace", k8s.replace_node),),
    hooks=Hooks(metadata=k8s.node_metadata, check_delete=k8s.check_node_delete, removed=nodes.drop),
)

ROWS = (PCC, BACKUP_UNIT, CLUSTER, NODE_POOL, NODE)
