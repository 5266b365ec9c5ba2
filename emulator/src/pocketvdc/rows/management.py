# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, groups, shares, s3 keys, labels."""

from __future__ import annotations

from ..behaviour import labels, management, s3keys
from ..table import Action, Field, Hooks, Link, Row

ALL = (4, 5, 6)

PRIVILEGES = {
    4: ("createDataCenter", "createSnapshot", "reserveIp", "accessActivityLog"),
    5: ("createPcc", "s3Privilege", "createBackupUnit", "createInternetAccess", "createK8sCluster"),
    6: (
        "createFlowLog", "accessAndManageMonitoring", "accessAndManageCertificates", "manageDBaaS",
        "accessAndManageDns", "manageRegistry", "manageDataplatform", "accessAndManageLogging",
        "accessAndManageCdn", "accessAndManageVpn", "accessAndManageApiGateway", "accessAndManageKaas",
        "accessAndManageNetworkFileStorage", "accessAndManageAiModelHub", "accessAndManageIamResources",
        "createNetworkSecurityGroups",
    ),
}  # fmt: skip

USER = Row(
    "user",
    "user",
    {"": "um/users"},
    (
        Field("firstname", required=ALL, put_required=ALL),
        Field("lastname", required=ALL, put_required=ALL),
        Field("email", required=ALL, put_required=ALL, rule=management.mail_rule),
        Field("password", required=ALL, secret=True, served=False),
        Field("administrator", "boolean", False, put_required=(4,)),
        Field("forceSecAuth", "boolean", False, put_required=(4,)),
        Field("secAuthActive", "boolean", False, keep=True),
        Field("s3CanonicalUserId", since=5, mode="read"),
        Field("active", "boolean", True, since=5),
    ),
    verbs="LCRPD",
    rest=None,
    paged=(5, 6),
    page_size=(100, 100),
    immediate=True,
    volatile=True,
    links=(
        Link("owns", management.user_owns, gettable=False),
        Link("groups", management.user_groups, gettable=False),
    ),
    actions=(Action("s3ssourl", s3keys.sso_url, "GET", 200, since=5),),
    hooks=Hooks(
        check=management.check_user,
        build=management.build_user,
        check_update=management.check_user_update,
        updated=management.user_updated,
        check_delete=management.check_user_delete,
        removed=management.user_removed,
        metadata=management.user_metadata,
    ),
)

GROUP = Row(
    "group",
    "group",
    {"": "um/groups"},
    (
        Field("name", required=ALL, put_required=ALL),
        *(
            Field(name, "boolean", False, since=since)
            for since, names in PRIVILEGES.items()
            for name in names
        ),
    ),
    verbs="LCRPD",
    rest=None,
    immediate=True,
    links=(
        Link(
            "users",
            management.group_users,
            attach=management.add_user,
            detach=management.remove_user,
            gettable=False,
        ),
        Link("resources", management.group_resources, gettable=False),
    ),
    hooks=Hooks(
        removed=management.group_removed,
        metadata=lambda record, base, depth: None,
    ),
)

SHARE = Row(
    "share",
    "resource",
    {"group": "shares"},
    (
        Field("editPrivilege", "boolean", False),
        Field("sharePrivilege", "boolean", False),
    ),
    verbs="LRD",  # POST and PUT name the resource in the path: routes of their own
    rest=None,
    entity=False,
    immediate=True,
    body_optional=True,
    hooks=Hooks(metadata=lambda record, base, depth: None),
)

S3KEY = Row(
    "s3key",
    "s3key",
    {"user": "s3keys"},
    (
        Field("secretKey", mode="read"),
        Field("active", "boolean", True),
    ),
    verbs="LCRPD",
    since=5,
    rest=None,
    entity=False,
    immediate=True,
    create_status=200,
    body_optional=True,
    hooks=Hooks(ident=s3keys.ident, check=s3keys.check, build=s3keys.build, metadata=s3keys.metadata),
)

LABEL = Row(
    "label",
    "label",
    {
        "datacenter": "labels",
        "server": "labels",
        "volume": "labels",
        "ipblock": "labels",
        "snapshot": "labels",
        "image": "labels",
    },
    (
        Field("key", required=(5, 6), mode="create"),
        Field("value", required=(5, 6)),
    ),
    verbs="LCRPD",
    since=5,
    under_since={"image": 6},
    rest=None,
    entity=False,
    plain=True,
    create_status=201,
    paged=(5,),
    hooks=Hooks(ident=labels.ident, check=labels.check, metadata=labels.metadata),
)

ROWS = (USER, GROUP, SHARE, S3KEY, LABEL)
