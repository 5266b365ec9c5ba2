# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may work on the account, and on what (contract sections 10.15 to 10.20)."""

from __future__ import annotations

from ..._engine.schema.checks import matches
from ..._engine.schema.comparison import as_text
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Child, Resource
from . import RESOURCES
from .common import COMMON

RESOURCE_TYPES = ("datacenter", "image", "snapshot", "ipblock", "pcc", "backupunit", "k8s")

RESOURCE_TYPE = Field(
    "type",
    beside=True,
    read_only=True,
    help="Type of the resource: V(datacenter), V(image), V(snapshot), V(ipblock), and since version 5 of "
    "the API V(pcc), V(backupunit) and V(k8s).",
    sample="datacenter",
)
RESOURCE_NAME = Field("name", read_only=True, help="Name of the resource.", sample="shop")

# What a group's and a user's result shows of each other: not in turn what belongs to that.
GROUP_OF_USER = Resource(
    kind="group",
    path="um/groups",
    label="group",
    fields=(Field("name", read_only=True, help="Name of the group.", sample="operators"),),
)
USER_OF_GROUP = Resource(
    kind="user",
    path="um/users",
    label="user",
    identity="email",
    fields=(
        Field("email", read_only=True, compare=as_text, help="E-mail address.", sample="ada@example.com"),
        Field("firstname", read_only=True, help="First name.", sample="Ada"),
        Field("lastname", read_only=True, help="Last name.", sample="Lovelace"),
    ),
)
RESOURCE_OF_GROUP = Resource(
    kind="resource",
    path="um/resources",
    label="resource",
    fields=(RESOURCE_TYPE, RESOURCE_NAME),
)

USER = Resource(
    kind="user",
    path="um/users",
    label="user",
    page_limit=100,
    identity="email",
    update_method="PUT",
    fields=(
        Field(
            "email",
            needed=True,
            compare=as_text,
            checks=(matches(r"[^@\s]+@[^@\s]+", "an e-mail address"),),
            help="E-mail address, which identifies the user and is used to log in. To change it, give "
            "O(id) as well.",
            sample="ada@example.com",
        ),
        Field("firstname", needed=True, help="First name.", sample="Ada"),
        Field("lastname", needed=True, help="Last name.", sample="Lovelace"),
        Field(
            "user_password",
            wire="password",
            secret=True,
            needed=True,
            help="Password of the user; not to be confused with O(password), with which the task logs in. "
            "Needed to create a user; for an existing one see O(update_password).",
        ),
        Field(
            "administrator",
            "bool",
            help="Whether the user is an administrator of the contract.",
            sample=False,
        ),
        Field(
            "force_sec_auth",
            "bool",
            help="Whether the user must use two-factor authentication.",
            sample=False,
        ),
        Field(
            "active",
            "bool",
            since=5,
            help="Whether the user can log in. The service defaults to V(true).",
            sample=True,
        ),
        Field(
            "sec_auth_active",
            "bool",
            read_only=True,
            help="Whether the user uses two-factor authentication.",
            sample=False,
        ),
        Field(
            "s3_canonical_user_id",
            read_only=True,
            since=5,
            help="The user's id in the object storage.",
            sample=None,
        ),
        Field(
            "created_date",
            read_only=True,
            metadata=True,
            help="When the user was created, in UTC.",
            sample="2026-11-02T09:17:01Z",
        ),
        Field(
            "last_login",
            read_only=True,
            metadata=True,
            help="When the user last logged in, in UTC.",
            sample=None,
        ),
    ),
    children=(Child("groups", "groups", GROUP_OF_USER, help="The groups that the user belongs to."),),
)


def _privilege(name: str, help: str, since: int = 0, wire: str = "") -> Field:
    return Field(name, "bool", wire=wire, since=since, help=f"Whether its users may {help}.", sample=False)


GROUP = Resource(
    kind="group",
    path="um/groups",
    label="group",
    update_method="PUT",
    about=(
        "A group gives its users privileges and access to shared resources "
        "(M(profitbricks.cloud.profitbricks_share)). Administrators of the contract need neither.",
        "Deleting a group does not delete its users or what was shared with it.",
    ),
    fields=(
        Field(
            "name",
            needed=True,
            help="Name of the group, unique in the contract.",
            sample="operators",
        ),
        _privilege("create_datacenter", "create data centers", wire="createDataCenter"),
        _privilege("create_snapshot", "create snapshots"),
        _privilege("reserve_ip", "reserve IP blocks"),
        _privilege("access_activity_log", "read the activity log"),
        _privilege("create_pcc", "create cross connects", 5),
        _privilege("s3_privilege", "use the object storage", 5),
        _privilege("create_backup_unit", "create backup units", 5),
        _privilege("create_internet_access", "connect LANs to the internet", 5),
        _privilege("create_k8s_cluster", "create Kubernetes clusters", 5),
        _privilege("create_flow_log", "create flow logs", 6),
        _privilege("access_and_manage_monitoring", "use and manage the monitoring", 6),
        _privilege("access_and_manage_certificates", "use and manage certificates", 6),
        _privilege("manage_dbaas", "manage databases", 6, wire="manageDBaaS"),
        _privilege("access_and_manage_dns", "use and manage DNS zones", 6),
        _privilege("manage_registry", "manage container registries", 6),
        _privilege("manage_dataplatform", "manage the data platform", 6),
        _privilege("access_and_manage_logging", "use and manage the logging", 6),
        _privilege("access_and_manage_cdn", "use and manage the content delivery network", 6),
        _privilege("access_and_manage_vpn", "use and manage VPN gateways", 6),
        _privilege("access_and_manage_api_gateway", "use and manage API gateways", 6),
        _privilege("access_and_manage_kaas", "use and manage KaaS", 6),
        _privilege("access_and_manage_network_file_storage", "use and manage network file storage", 6),
        _privilege("access_and_manage_ai_model_hub", "use and manage the hub of AI models", 6),
        _privilege("access_and_manage_iam_resources", "use and manage identities and access", 6),
        _privilege("create_network_security_groups", "create network security groups", 6),
    ),
    children=(
        Child("users", "users", USER_OF_GROUP, help="The users in the group."),
        Child("resources", "resources", RESOURCE_OF_GROUP, help="What is shared with the group."),
    ),
)

RESOURCE = Resource(
    kind="resource",
    path="um/resources",
    label="resource",
    title="Read which resources of the ProfitBricks cloud can be shared with groups",
    fields=(
        RESOURCE_TYPE,
        RESOURCE_NAME,
        Field(
            "sec_auth_protection",
            "bool",
            read_only=True,
            help="Whether only users with two-factor authentication have access; V(null) if that cannot be "
            "set.",
            sample=False,
        ),
        *COMMON,
    ),
    children=(Child("groups", "groups", GROUP_OF_USER, help="The groups that it is shared with."),),
)

SHARE = Resource(
    kind="share",
    path="um/groups/{group}/shares",
    label="share",
    identity="resource",
    given_id=True,
    update_method="PUT",
    title="Share resources of the ProfitBricks cloud with groups",
    about=(
        "A share gives the users of a group access to a resource: a data center with everything in it, a "
        "private image, a snapshot, an IP block, a cross connect, a backup unit or a Kubernetes cluster. A "
        "share has the UUID of its resource.",
    ),
    fields=(
        Field(
            "edit_privilege",
            "bool",
            help="Whether the users of the group may change the resource. A new share gets V(false) by "
            "default.",
            sample=False,
        ),
        Field(
            "share_privilege",
            "bool",
            help="Whether the users of the group may share the resource with others. A new share gets "
            "V(false) by default.",
            sample=False,
        ),
    ),
)

S3KEY = Resource(
    kind="s3key",
    path="um/users/{user}/s3keys",
    label="S3 key",
    plural="s3keys",
    since=5,
    identity="",
    lone=True,
    id_pattern=r"[A-Za-z0-9]+",
    id_help="access key",
    id_sample="00b1fd2d7a4bcd0e8b5a",
    update_method="PUT",
    title="Create, change and delete keys of users for the object storage of the ProfitBricks cloud",
    about=(
        "An S3 key is a pair of an access key, which identifies it, and a secret. A user can have five of "
        "them. The service creates the first one together with the user, and that one is not active.",
        "Needs version 5 or 6 of the API.",
    ),
    fields=(
        Field(
            "active",
            "bool",
            on_create=False,
            help="Whether the object storage accepts the key. A new one is active.",
            sample=True,
        ),
        Field(
            "created_date",
            read_only=True,
            metadata=True,
            help="When it was created, in UTC.",
            sample="2026-11-02T09:17:01",
        ),
    ),
)


RESOURCES.update({r.kind: r for r in (USER, GROUP, RESOURCE, SHARE, S3KEY)})
