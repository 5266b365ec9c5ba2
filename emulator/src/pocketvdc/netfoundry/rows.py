# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: one row for each kind of resource (contract sections 5 to 8)."""

from __future__ import annotations

from typing import Any

from ..table import Field
from . import configs, endpoints, identities, networks, roles, routers, security, services
from .checks import attributes, choice, filled, policy_list
from .places import PROVIDERS
from .table import REQUIRED, Action, Hooks, Row
from .work import EXECUTIONS, PROCESS_EXECUTIONS

NAME = Field("name", required=REQUIRED, rule=filled)
SEMANTIC = choice("semantic", "AnyOf", "AllOf", default="AnyOf")
ROUTER_PROVIDERS = (*PROVIDERS, "OCP", "ALICLOUD", "NETFOUNDRY")
IDENTITY: dict[str, Any] = {
    "root": "identity/v1",
    "envelope": "array",
    "ziti": False,
    "scope": "organization",
}
AUTHORIZATION: dict[str, Any] = {**IDENTITY, "root": "auth/v1", "unique": ""}


def read(name: str, type: str = "string", default: Any = None) -> Field:
    """A property that is the service's own."""
    return Field(name, type, default, mode="read")


def create(name: str, type: str = "string", default: Any = None, *, required: bool = False) -> Field:
    """A property that never changes."""
    return Field(name, type, default, required=REQUIRED if required else (), mode="create")


def request(name: str, type: str = "string", *, required: bool = False) -> Field:
    """A property of creations that is never read back."""
    return Field(name, type, required=REQUIRED if required else (), mode="request")


def flag(name: str, default: bool = False) -> Field:
    return Field(name, "boolean", default)


_ALL = (
    # Core
    Row(
        "network-groups",
        "Network Group",
        "networkGroupList",
        (
            NAME,
            Field("shortName", required=REQUIRED, mode="create", rule=filled),
            read("organizationId"),
            read("billingAccountId"),
        ),
        verbs="LCRPD",
        scope="organization",
        ziti=False,
        synchronous=True,
        codes=(201, 200, 202),
        unique="shortName",
        find_by={"findByNetworkGroupId": "id", "name": "name"},
        hooks=Hooks(
            build=networks.build_group, ready=networks.group_ready, check_delete=networks.check_group_delete
        ),
    ),
    Row(
        "networks",
        "Network",
        "networkList",
        (
            NAME,
            create("networkGroupId", required=True),
            choice("size", "small", "medium", "large", mode="create"),
            create("productVersion"),
            create("provider"),
            create("region"),
            request("locationCode"),
            request("networkConfigMetadataId"),
            create("o365BreakoutCategory", default="NONE"),
            read("networkController", "json"),
        ),
        scope="group",
        status=True,
        ziti=False,
        find_by={"findByName": "name", "findByNetworkGroupId": "networkGroupId"},
        actions=(Action("suspend", networks.suspend), Action("resume", networks.resume)),
        hooks=Hooks(
            check=networks.check,
            ready=networks.ready,
            removed=networks.removed,
            view=networks.view,
            links=networks.links,
        ),
    ),
    Row(
        "network-controllers",
        "Network Controller",
        "networkControllerList",
        (
            read("name"),
            read("domainName"),
            read("hostId"),
        ),
        verbs="LR",
        status=True,
        ziti=False,
        host=True,
        actions=(
            Action("secrets", networks.privileged, "GET", writes=False),
            Action("session", networks.privileged, "GET", writes=False),
        ),
    ),
    Row(
        "hosts",
        "Host",
        "hostList",
        (
            read("provider"),
            read("region"),
            read("ipAddress"),
            read("port", "integer"),
            read("size"),
            read("providerInstanceId"),
            read("dataCenterId"),
            read("locationMetadataId"),
            read("userData"),
        ),
        verbs="LR",
        ziti=False,
        sortable=False,
        unique="",
    ),
    Row(
        "endpoints",
        "Endpoint",
        "endpointList",
        (
            NAME,
            attributes(),
            request("enrollmentMethod", "json", required=True),
            Field("sessionIdentityId"),
            read("jwt"),
            read("jwtExpiresAt"),
            read("typeId"),
            read("type"),
            *(
                read(name, "boolean", False)
                for name in ("hasApiSession", "hasEdgeRouterConnection", "sessionActive", "mfaEnabled")
            ),
            *(
                read(name)
                for name in (
                    "os",
                    "osVersion",
                    "osRelease",
                    "arch",
                    "appId",
                    "appVersion",
                    "version",
                    "revision",
                    "branch",
                    "syncId",
                    "syncResourceId",
                )
            ),
        ),
        actions=(Action("share", endpoints.share_one),),
        hooks=Hooks(check=endpoints.check, check_delete=endpoints.check_delete, ready=endpoints.ready),
    ),
    Row(
        "edge-routers",
        "Edge Router",
        "edgeRouterList",
        (
            NAME,
            attributes(),
            choice("provider", *ROUTER_PROVIDERS, mode="create"),
            request("locationCode"),
            read("region"),
            create("dataCenterId"),
            Field("linkListener", "boolean", False, required=REQUIRED),
            flag("tunnelerEnabled"),
            flag("noTraversal"),
            create("hostSize"),
            read("online", "boolean", False),
            read("verified", "boolean", False),
            read("jwt"),
            read("registration", "json"),
            read("hostId"),
            read("productVersion"),
        ),
        status=True,
        host=True,
        shows=routers.is_v2,
        actions=(Action("registration-key", routers.rotate_key),),
        hooks=Hooks(
            check=routers.check,
            build=routers.build,
            ready=routers.ready,
            updated=routers.updated,
            links=routers.links,
        ),
    ),
    Row(
        "edge-router-policies",
        "Edge Router Policy",
        "edgeRouterPolicyList",
        (NAME, policy_list("endpointAttributes"), policy_list("edgeRouterAttributes"), SEMANTIC),
        synchronous=True,
    ),
    Row(
        "services",
        "Service",
        "serviceList",
        (
            NAME,
            attributes(),
            Field("encryptionRequired", "boolean", True, required=REQUIRED),
            choice("modelType", *services.MODELS, mode="create"),
            Field("model", "json"),
            request("configs", "json"),
            request("edgeRouterAttributes", "strings"),
            read("configIdByConfigTypeId", "json"),
            read("authority"),
        ),
        hooks=Hooks(check=services.check, ready=services.ready, updated=services.updated, form=services.form),
    ),
    Row(
        "service-policies",
        "Service Policy",
        "servicePolicyList",
        (
            NAME,
            choice("type", "Bind", "Dial", required=True, mode="create"),
            choice("semantic", "AnyOf", "AllOf", default="AnyOf", required=True),
            policy_list("serviceAttributes"),
            policy_list("endpointAttributes"),
            policy_list("postureCheckAttributes"),
            read("authority"),
        ),
        synchronous=True,
    ),
    Row(
        "service-edge-router-policies",
        "Service Edge Router Policy",
        "serviceEdgeRouterPolicyList",
        (
            NAME,
            choice("semantic", "AnyOf", "AllOf", default="AnyOf", required=True),
            policy_list("serviceAttributes"),
            policy_list("edgeRouterAttributes"),
            read("authority"),
        ),
        synchronous=True,
    ),
    Row(
        "app-wans",
        "AppWAN",
        "appWanList",
        (
            NAME,
            policy_list("endpointAttributes"),
            policy_list("serviceAttributes"),
            policy_list("postureCheckAttributes", required=False),
        ),
        synchronous=True,
        codes=(200, 200, 202),
    ),
    Row(
        "posture-checks",
        "Posture Check",
        "postureCheckList",
        (
            NAME,
            attributes(),
            choice("type", *security.POSTURE_TYPES, required=True, mode="create"),
            Field(
                "operatingSystems",
                "objects",
                fields=(
                    choice("type", *security.OPERATING_SYSTEMS, required=True),
                    Field("versions", "strings", ()),
                ),
            ),
            Field("macAddresses", "strings"),
            Field("domains", "strings"),
            Field("process", "object", fields=security.PROCESS),
            Field("processes", "objects", fields=security.PROCESS_MULTI),
            SEMANTIC,
            Field("timeoutSeconds", "integer", -1, minimum=-1),
            flag("promptOnWake"),
            flag("promptOnUnlock"),
            flag("ignoreLegacyEndpoints"),
        ),
        hooks=Hooks(check=security.check_posture, view=security.view_posture),
    ),
    Row(
        "certificate-authorities",
        "Certificate Authority",
        "certificateAuthorityList",
        (
            NAME,
            create("certPem", required=True),
            flag("autoCaEnrollmentEnabled"),
            flag("ottCaEnrollmentEnabled"),
            flag("authEnabled"),
            attributes("endpointAttributes"),
            Field("identityNameFormat", default="[caName]-[commonName]"),
            read("verificationToken"),
            read("verified", "boolean", False),
            read("fingerprint"),
            read("jwt"),
        ),
        actions=(Action("verify", security.verify),),
        hooks=Hooks(
            check=security.check_authority, build=security.build_authority, ready=security.authority_ready
        ),
    ),
    Row(
        "configs",
        "Config",
        "configList",
        (
            NAME,
            create("configTypeId"),
            request("configTypeName"),
            Field("data", "json", required=REQUIRED),
        ),
        hooks=Hooks(check=configs.check, check_delete=configs.check_delete, form=configs.form),
    ),
    Row(
        "config-types",
        "Config Type",
        "configTypeList",
        (NAME, Field("schema", "json")),
        hooks=Hooks(check_delete=configs.check_type_delete),
    ),
    Row(
        "terminators",
        "Terminator",
        "terminatorList",
        (
            create("serviceId", required=True),
            create("edgeRouterId", required=True),
            Field("binding", required=REQUIRED),
            Field("address", required=REQUIRED),
            choice("precedence", "default", "required", "failed", default="default"),
            Field("cost", "integer", 0, minimum=0, maximum=65535),
        ),
        sortable=False,
        unique="",
    ),
    EXECUTIONS,
    PROCESS_EXECUTIONS,
    # Identity
    Row(
        "organizations",
        "Organization",
        fields=(
            read("label"),
            read("name"),
            read("active", "boolean", True),
            read("mfaProvider", default="None"),
            read("identityProviders", "json", ()),
        ),
        verbs="LR",
        find_by={"name": "name", "mfaProviders": "mfaProvider"},
        hooks=Hooks(view=identities.view_organization),
        **{**IDENTITY, "unique": "label"},
    ),
    Row(
        "identities",
        "Identity",
        verbs="LR",
        of=("api-account-identities", "user-identities"),
        sortable=False,
        **IDENTITY,
    ),
    Row(
        "api-account-identities",
        "API Account",
        fields=(
            NAME,
            Field("description"),
            Field("contactEmail"),
            flag("active", True),
            read("auth0ClientId"),
            read("awsCognitoClientId"),
        ),
        verbs="LCRPD",
        synchronous=True,
        codes=(201, 200, 204),
        sortable=False,
        hooks=Hooks(
            build=identities.build_account,
            view=identities.view,
            removed=roles.revoke_all,
            answer=identities.answer_account,
        ),
        **IDENTITY,
    ),
    Row(
        "user-identities",
        "User",
        fields=(NAME, create("email", required=True), flag("active", True)),
        verbs="LCRPD",
        synchronous=True,
        codes=(201, 200, 204),
        sortable=False,
        hooks=Hooks(build=identities.build_user, view=identities.view, removed=roles.revoke_all),
        **{**IDENTITY, "unique": "email"},
    ),
    # Authorization
    Row(
        "roles",
        "Role",
        fields=(read("name"), read("description"), read("organizationId"), read("path", "json", ())),
        verbs="LR",
        matches=identities.roles_matching,
        hooks=Hooks(removed=roles.revoke_all),
        **{**AUTHORIZATION, "envelope": "content"},
    ),
    Row(
        "identity-roles",
        "Role Assignment",
        fields=(create("identityId", required=True), create("roleId", required=True)),
        verbs="LCRD",
        synchronous=True,
        codes=(201, 200, 204),
        guarded=True,
        hooks=Hooks(check=identities.check_grant, check_delete=identities.check_revoke),
        **AUTHORIZATION,
    ),
    Row(
        "identity-resource-actions",
        "Grant",
        fields=(
            create("identityId", required=True),
            create("resourceActionId", required=True),
            create("path", "strings", ()),
        ),
        verbs="CRD",
        synchronous=True,
        codes=(201, 200, 204),
        hooks=Hooks(check=identities.check_action, build=identities.build_action),
        **AUTHORIZATION,
    ),
    Row("grants", "Grant", verbs="L", of=("identity-resource-actions",), **AUTHORIZATION),
)

ROWS: dict[str, Row] = {row.kind: row for row in _ALL}
