# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What identities may do: roles, and grants of single actions (contract section 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from ..._engine.behaviour import Behaviour, Ensure, Reading
from ..._engine.clock import Deadline
from ..._engine.errors import NotFound
from ..._engine.outcome import Outcome, Waiting
from ..._engine.plan.steps import Call
from ..._engine.schema.field import Field, is_uuid
from ..._engine.service import Item
from ..client import RESOURCE_ACTIONS, RESOURCE_TYPES, Cloud
from ..provider import NETFOUNDRY
from ..resources.identities import GRANT, IDENTITY, ROLE
from ..resources.networks import NETWORK, NETWORK_GROUP
from ..resources.organizations import IN_ORGANIZATION
from .identities import find_identity, one_of

WHO = Field("identity", required=True, help="E-mail address, name or UUID of the identity.")
ORGANIZATION = Field(
    "organization",
    variable=IN_ORGANIZATION[0].variable,
    help="Label, name or UUID of the organization of the identity, network group and network, if the credentials give "
    f"access to several. If not set, the environment variable E({IN_ORGANIZATION[0].variable}) is used.",
)
WHOSE = Field("identity_id", help="UUID of the identity.", sample=IDENTITY.id_sample)


class Permission(NamedTuple):
    """A permission to grant or revoke.

    ``what`` is its name in messages; ``collection`` and ``body`` create it; ``given`` is its id if the identity already
    has it, ``shown`` the result and ``said`` the diff.
    """

    what: str
    collection: str
    body: Item
    given: str | None
    shown: Item
    said: Item


def _bring(
    cloud: Cloud, options: Mapping[str, Any], wanted: Permission, check_mode: bool
) -> tuple[Outcome, str | None]:
    """Grant a permission or revoke it; the outcome, and the id of the permission, which may be gone."""
    absent, given = options.get("state") == "absent", wanted.given
    if bool(given) != absent:
        return Outcome(False, None if absent else wanted.shown, {"before": {}, "after": {}}), given
    if given:
        write = Call("delete", wanted.what, "DELETE", f"{wanted.collection}/{given}")
        outcome = Outcome(True, None, {"before": wanted.said, "after": {}}, ["delete"])
    else:
        write = Call("create", wanted.what, "POST", wanted.collection, wanted.body)
        outcome = Outcome(True, wanted.shown, {"before": {}, "after": wanted.said}, ["create"])
    if not check_mode:
        answer = cloud.send(write, Deadline.after(cloud.clock, Waiting.asked(options).seconds))[0]
        given = answer.get("id")
    return outcome, given


T = TypeVar("T")
# What an earlier task of a play in check mode would create, by option; roles come along with networks and groups.
MADE = {each.kind: each.label for each in (IDENTITY, NETWORK_GROUP, NETWORK, ROLE)}
OF = " - "  # between a role's name and the network or group that it comes along with


class Named:
    """What a task names; in check mode, what is not there yet is taken for granted with a warning.

    :ivar warnings: what was taken for granted.
    """

    def __init__(self, options: Mapping[str, Any], check_mode: bool) -> None:
        self._options = options
        self._rehearses = check_mode and options.get("state") != "absent"
        self.warnings: list[str] = []

    def find(self, look: Callable[[], T]) -> T | None:
        """What ``look`` finds; None for what an earlier task would create. Raises NotFound."""
        try:
            return look()
        except NotFound as error:
            value = str(self._options.get(error.option))
            whole = error.option != ROLE.kind or (OF in value and not _limits(self._options))
            if not self._rehearses or error.option not in MADE or is_uuid(value) or not whole:
                raise
            self.warnings.append(f"{MADE[error.option]} {value} does not exist yet; predicted as if it did")
            return None


def _limits(options: Mapping[str, Any]) -> str:
    """The name of what a permission is limited to, as the task says it; empty for the organization."""
    return str(options.get(NETWORK.kind) or options.get(NETWORK_GROUP.kind) or "")


def _scope(cloud: Cloud, options: Mapping[str, Any]) -> list[str] | None:
    """The path of the network or group that a permission is limited to; None if no option names one."""
    if options.get(NETWORK.kind):
        network = cloud.named(NETWORK.kind, options)
        return [str(network["networkGroupId"]), str(network["id"])]
    if options.get(NETWORK_GROUP.kind):
        return [str(cloud.named(NETWORK_GROUP.kind, options)["id"])]
    return None


# -- roles --------------------------------------------------------------------------------------------------------

ASSIGNMENTS = "auth/v1/identity-roles"
SIZE = 3000  # with a smaller page the service has lost the last one (contract section 3.4)

ROLE_FIELDS = (
    Field(
        "state",
        choices=("present", "absent"),
        default="present",
        help=("V(present): the identity has the role.", "V(absent): the identity does not have the role."),
    ),
    WHO,
    Field(
        "role",
        required=True,
        help=(
            "Name or UUID of the role, such as V(Network Admin - ACME Net).",
            "With O(network) or O(network_group), the name up to the dash is enough, such as V(Network Admin).",
        ),
    ),
    ORGANIZATION,
    Field(
        "network_group",
        help="Name or UUID of the network group that the role applies to, or that contains O(network).",
    ),
    Field("network", help="Name or UUID of the network that the role applies to."),
)
ROLE_RESULTS = (
    WHOSE,
    Field(
        "assignment_id",
        help="UUID of the assignment of the role to the identity; V(null) if there is none.",
        sample="e1e1e1e1-0000-4000-8000-000000000001",
    ),
)
ROLE_INFO = (
    Field("name", help="Only roles whose name contains this text; case does not matter."),
    Field("identity", help="Only roles that the identity with this e-mail address, name or UUID has."),
    ORGANIZATION,
)


class Roles(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """Give a role to an identity, or take it away."""
        named = Named(options, check_mode)
        try:
            identity = named.find(lambda: find_identity(cloud, options)) or {"id": None}
            role = named.find(lambda: _find_role(cloud, options)) or _coming(options)
        except NotFound:
            if options.get("state") != "absent":
                raise
            return _nothing(identity_id=None, assignment_id=None)
        had = _assignments(cloud, identity["id"]) if not named.warnings else []
        wanted = Permission(
            what=f"role {role['name']} of {options['identity']}",
            collection=ASSIGNMENTS,
            body={"identityId": identity["id"], "roleId": role["id"]},
            given=next((str(each["id"]) for each in had if each.get("roleId") == role["id"]), None),
            shown={**ROLE.decode(role, {}), **({} if role["id"] else {"path": None})},
            said={"identity": options["identity"], "role": role["name"]},
        )
        outcome, assignment = _bring(cloud, options, wanted, check_mode)
        outcome.extra.update(identity_id=identity["id"], assignment_id=assignment)
        outcome.warnings += named.warnings
        return outcome

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The roles that the options ask for. By identity, the service itself finds none for API accounts."""
        found = [ROLE.decode(each, {}) for each in _roles(cloud)]
        if options.get("name"):
            found = [each for each in found if str(options["name"]).lower() in str(each["name"]).lower()]
        if options.get("identity"):
            identity = find_identity(cloud, options)
            had = {each.get("roleId") for each in _assignments(cloud, identity["id"])}
            found = [each for each in found if each["id"] in had]
        return found


def _nothing(**extra: None) -> Outcome:
    return Outcome(False, None, {"before": {}, "after": {}}, extra=extra)


def _coming(options: Mapping[str, Any]) -> Item:
    """The role that comes along with a network or group that is not there yet."""
    role, place = str(options[ROLE.kind]), _limits(options)
    return {"id": None, "name": role if OF in role else f"{role}{OF}{place}"}


def _find_role(cloud: Cloud, options: Mapping[str, Any]) -> Item:
    wanted = str(options["role"]).lower()
    scope = _scope(cloud, options)

    def means(item: Item) -> bool:
        name = str(item.get("name") or "").lower()
        if scope is None:
            return wanted in (str(item["id"]).lower(), name)
        within = item.get("path")
        in_scope = within is None or [str(each) for each in within] == scope
        return in_scope and wanted in (str(item["id"]).lower(), name, name.partition(OF)[0])

    found = [item for item in _roles(cloud) if means(item)]
    return one_of(found, ROLE.label, "role", options["role"])


def _roles(cloud: Cloud) -> list[Item]:
    return list(cloud.pages(ROLE.path, {"size": SIZE}, ROLE))


def _assignments(cloud: Cloud, identity_id: str) -> list[Item]:
    found = cloud.pages(ASSIGNMENTS, {"identityId": identity_id})
    return [each for each in found if each.get("identityId", identity_id) == identity_id]


ROLES = Roles(
    NETFOUNDRY,
    ROLE,
    fields=ROLE_FIELDS,
    results=ROLE_RESULTS,
    info_fields=ROLE_INFO,
)

# -- grants of single actions -------------------------------------------------------------------------------------

GRANTS_PATH = "auth/v1/grants"

TYPE = Field(
    "resource_type",
    required=True,
    help="Code or UUID of the type of resource, such as V(user-identity); M(profitbricks.cloud.netfoundry_grant_info) lists "
    "them.",
)
ACTION = Field(
    "action",
    required=True,
    help="Code or UUID of the action on resources of that type, such as V(update-reset-mfa).",
)
GRANT_FIELDS = (
    Field(
        "state",
        choices=("present", "absent"),
        default="present",
        help=("V(present): the identity has the grant.", "V(absent): the identity does not have the grant."),
    ),
    WHO,
    TYPE,
    ACTION,
    ORGANIZATION,
    Field(
        "network_group",
        help="Name or UUID of the network group to which the grant is limited, or that contains O(network). Without "
        "either, it applies to the whole organization.",
    ),
    Field("network", help="Name or UUID of the network to which the grant is limited."),
)
GRANT_INFO = (
    Field("identity", help="Only grants of the identity with this e-mail address, name or UUID."),
    Field("resource_type", help="Only grants for this type of resource, by its code or UUID."),
    Field("action", help="Only grants of this action, by its code."),
    ORGANIZATION,
)
OFFERED = Field(
    "resource_types",
    "list",
    elements="dict",
    options=(
        Field("code", help="Code of the type of resource.", sample="user-identity"),
        Field("actions", "list", elements="str", help="Codes of its actions.", sample=["update-reset-mfa"]),
    ),
    help="What can be granted.",
)


class Grants(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """Grant a single action to an identity, or revoke it."""
        named = Named(options, check_mode)
        try:
            identity = named.find(lambda: find_identity(cloud, options)) or {"id": None}
            path = named.find(lambda: _scope(cloud, options) or [])
        except NotFound:
            if options.get("state") != "absent":
                raise
            return _nothing(identity_id=None)
        kind = _coded(cloud, RESOURCE_TYPES, {}, "resource type", TYPE.name, options)
        action = _coded(
            cloud, RESOURCE_ACTIONS, {"resourceTypeId": kind["id"]}, "action", ACTION.name, options
        )
        query = {"identityId": identity["id"], "resourceActionId": action["id"]}
        given = _grants(cloud, query) if not named.warnings else []
        has = next((each for each in given if [str(one) for one in each.get("path") or ()] == path), None)
        body = {"identityId": identity["id"], "resourceActionId": action["id"], "path": path}
        wanted = Permission(
            what=f"grant of {action['code']} on {kind['code']} to {options['identity']}",
            collection=GRANT.path,
            body=body,
            given=str(has["id"]) if has else None,
            shown={
                **_grant({**body, **(has or {})}, kind["code"], action["code"]),
                **({} if path is not None else {"path": None}),
            },
            said={"identity": options["identity"], "grant": f"{action['code']} on {kind['code']}"},
        )
        outcome, grant_id = _bring(cloud, options, wanted, check_mode)
        if outcome.result is not None:
            outcome.result["id"] = grant_id
        outcome.extra["identity_id"] = identity["id"]
        outcome.warnings += named.warnings
        return outcome

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The grants that the options ask for."""
        query = {"identityId": find_identity(cloud, options)["id"]} if options.get("identity") else {}
        known = {
            str(action["id"]): (str(kind["code"]), str(action["code"]))
            for kind, actions in _offered(cloud, options)
            for action in actions
        }
        wanted = options.get("action")
        found = [
            _grant(each, *known.get(str(each.get("resourceActionId")), (None, None)))
            for each in _grants(cloud, query)
        ]
        kinds = {kind for kind, _action in known.values()}
        return [
            each
            for each in found
            if wanted in (None, "", each[ACTION.name])
            and (not options.get(TYPE.name) or each[TYPE.name] in kinds)
        ]

    def beside(self, cloud: Cloud, options: Mapping[str, Any]) -> dict[str, Any]:
        """What can be granted."""
        offered = _offered(cloud, options)
        return {
            OFFERED.name: [
                {"code": kind["code"], "actions": [each["code"] for each in actions]}
                for kind, actions in offered
            ]
        }


def _coded(
    cloud: Cloud, path: str, query: Mapping[str, str], label: str, option: str, options: Mapping[str, Any]
) -> Item:
    """What a code or a UUID means. Raises NotFound."""
    items, wanted = list(cloud.pages(path, query)), str(options[option]).lower()
    found = [each for each in items if wanted in (str(each["id"]).lower(), str(each.get("code")).lower())]
    if not found:
        raise NotFound(label, option, options[option], names=[str(each.get("code")) for each in items])
    return found[0]


def _offered(cloud: Cloud, options: Mapping[str, Any]) -> list[tuple[Item, list[Item]]]:
    """The types of resources, or the one that the options name, each with its actions."""
    if options.get(TYPE.name):
        kind = _coded(cloud, RESOURCE_TYPES, {}, "resource type", TYPE.name, options)
        return [each for each in cloud.offered if each[0]["id"] == kind["id"]]
    return cloud.offered


def _grants(cloud: Cloud, query: Mapping[str, str]) -> list[Item]:
    return [
        each
        for each in cloud.pages(GRANTS_PATH, query, GRANT)
        if all(each.get(name, value) == value for name, value in query.items())
    ]


def _grant(item: Mapping[str, Any], kind: str | None, action: str | None) -> Item:
    return {**GRANT.decode(item, {}), TYPE.name: kind, ACTION.name: action}


GRANTS = Grants(
    NETFOUNDRY,
    GRANT,
    fields=GRANT_FIELDS,
    results=(WHOSE,),
    info_fields=GRANT_INFO,
    info_results=(OFFERED,),
)
