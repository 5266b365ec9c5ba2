# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations, identities and roles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..._engine.behaviour import Behaviour
from ..._engine.clock import Deadline
from ..._engine.errors import AmbiguousName, ApiError, InvalidOption, NotFound
from ..._engine.outcome import Outcome, Query, Task, Waiting
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import Rules
from ..._engine.plan.steps import Call
from ..._engine.resource import Field, Resource
from ..._engine.service import Found, Item, selector
from ..answers import listed
from ..client import Cloud
from ..files import write_private
from ..provider import NETFOUNDRY
from ..resources.identities import IDENTITY, ORGANIZATION, ROLE
from ..resources.networks import NETWORK, NETWORK_GROUP

# -- organizations ------------------------------------------------------------------------------------------------

# In this order the vendor's own client asks who it is (contract section 5.1).
SELF = ("identities", "api-account-identities", "user-identities")
CALLER = Field(
    "caller",
    "dict",
    options=(Field("id", help="UUID of the identity.", sample=IDENTITY.id_sample), *IDENTITY.shown),
    help="The identity that the credentials belong to.",
)


class Organizations(Behaviour[Cloud]):
    def beside(self, cloud: Cloud, options: Mapping[str, Any]) -> dict[str, Any]:
        """Who we are."""
        for kind in SELF:
            try:
                return {"caller": IDENTITY.decode(cloud.get(f"identity/v1/{kind}/self"), {})}
            except ApiError as error:
                if error.status not in (403, 404) or kind == SELF[-1]:
                    raise
        raise AssertionError("the last answer returns or raises")


ORGANIZATIONS = Organizations(NETFOUNDRY, ORGANIZATION, info_results=(CALLER,))

# -- identities ---------------------------------------------------------------------------------------------------

PATHS = {"user": "identity/v1/user-identities", "api_account": "identity/v1/api-account-identities"}
TYPE = Field(
    "type",
    required=True,
    choices=tuple(PATHS),
    help="Whether it is a user, identified by O(email), or an API account, identified by O(name).",
)
FILE = Field(
    "credentials_file",
    "path",
    help="File for the credentials of a new API account, which only its owner can read, in the format of "
    "O(credentials). The service only returns them when it creates the account.",
)
RETURN = Field(
    "return_credentials",
    "bool",
    default=False,
    help="Whether to return the credentials of a new API account as RV(credentials). Set C(no_log) on the "
    "task. A new API account needs this or O(credentials_file).",
)
CREDENTIALS = Field(
    "credentials",
    "dict",
    help="The credentials of an API account that the task created, with O(return_credentials=true); V(null) otherwise.",
)
FILE_KEYS = ("name", "clientId", "password", "authenticationUrl")
OF_ACCOUNTS = ("description", "contact_email", "credentials_file", "return_credentials")


class IdentityRules(Rules):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        options = facts.options
        if options["type"] == "user":
            for name in OF_ACCOUNTS:
                if options.get(name) not in (None, "", False):
                    raise InvalidOption(f"{name}: it is for API accounts only")
            return
        if want.get("email"):
            raise InvalidOption("email: an API account has none of its own; give contact_email")
        if have is None and not options.get("credentials_file") and not options.get("return_credentials"):
            raise InvalidOption(
                "credentials_file: the service tells the credentials of a new API account only once; say with this option, or "
                "with return_credentials, where they shall go"
            )


class Identities(Behaviour[Cloud]):
    def collection_for(self, options: Mapping[str, Any]) -> Resource:
        """The collection that the type chooses, and the mark by which its identities are known."""
        if not options.get("type"):
            return self.resource
        mark = "email" if options["type"] == "user" else "name"
        return replace(self.resource, path=PATHS[options["type"]], identity=mark, fallback="")

    def look(self, task: Task[Cloud]) -> Facts:
        """Refuse a file that cannot be written, before anything is sent."""
        path = task.options.get("credentials_file")
        account = task.options.get("type") == "api_account" and not task.absent
        if account and path and not Path(path).parent.is_dir():
            raise InvalidOption(f"credentials_file: there is no folder {Path(path).parent}")
        return super().look(task)

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        answer = task.answers.get("create") or {}
        outcome.extra["credentials"] = None
        if not answer.get("clientId"):
            return
        given = {key: answer.get(key) for key in FILE_KEYS}
        if task.options.get("credentials_file"):
            path = Path(task.options["credentials_file"])
            write_private("credentials_file", path, f"{json.dumps(given, indent=2)}\n")
        if task.options.get("return_credentials"):
            outcome.extra["credentials"] = given


def _same_identity(options: Mapping[str, Any], result: Item) -> bool:
    names = ("type", "email", "name")
    return all(
        options.get(name) in (None, "") or str(options[name]).lower() == str(result[name] or "").lower()
        for name in names
    )


IDENTITIES = Identities(
    NETFOUNDRY,
    IDENTITY,
    {IDENTITY.kind: IdentityRules()},
    options=(TYPE, FILE, RETURN),
    results=(CREDENTIALS,),
    query=Query(
        options=(
            Field("type", choices=tuple(PATHS), help="Only users, or only API accounts."),
            Field("email", help="Only the identities with this e-mail address."),
            Field("name", help="Only the identities with this name."),
        ),
        matches=_same_identity,
    ),
)

# -- roles --------------------------------------------------------------------------------------------------------

ASSIGNMENTS = "auth/v1/identity-roles"
SIZE = 3000  # with a smaller page the service has lost the last one (contract section 3.4)

WHO = Field("identity", required=True, help="E-mail address, name or UUID of the identity.")
WHAT = Field(
    "role",
    required=True,
    help=(
        "Name or UUID of the role, such as V(Network Admin - ACME Net).",
        "With O(network) or O(network_group), the name up to the dash is enough, such as V(Network Admin).",
    ),
)
SCOPE = (
    Field(
        "network_group",
        help="Name or UUID of the network group that the role applies to, or that contains O(network).",
    ),
    Field("network", help="Name or UUID of the network that the role applies to."),
)
ROLE_FIELDS = (
    Field(
        "state",
        choices=("present", "absent"),
        default="present",
        help=("V(present): the identity has the role.", "V(absent): the identity does not have the role."),
    ),
    WHO,
    WHAT,
    *SCOPE,
)
ROLE_RESULTS = (
    Field("identity_id", help="UUID of the identity.", sample="d0d0d0d0-0000-4000-8000-00000000000a"),
    Field(
        "assignment_id",
        help="UUID of the assignment of the role to the identity; V(null) if there is none.",
        sample="e1e1e1e1-0000-4000-8000-000000000001",
    ),
)


class Roles(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool) -> Outcome:
        return _manage_role(cloud, options, check_mode)

    def search(self, cloud: Cloud, options: Mapping[str, Any]) -> list[Item]:
        """The roles that the options ask for. By identity, the service itself finds none for API accounts."""
        found = [ROLE.decode(each, {}) for each in roles(cloud)]
        if options.get("name"):
            found = [each for each in found if str(options["name"]).lower() in str(each["name"]).lower()]
        if options.get("identity"):
            identity = find_identity(cloud, options["identity"])
            had = {each.get("roleId") for each in _assignments(cloud, identity["id"])}
            found = [each for each in found if each["id"] in had]
        return found


def _manage_role(cloud: Cloud, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """Give a role to an identity, or take it away (contract section 6.2)."""
    absent = options.get("state") == "absent"
    try:
        identity = find_identity(cloud, options["identity"])
        role = _find_role(cloud, options)
    except NotFound:
        if absent:
            return Outcome(
                False, None, {"before": {}, "after": {}}, extra={"identity_id": None, "assignment_id": None}
            )
        raise
    given = next(
        (each for each in _assignments(cloud, identity["id"]) if each.get("roleId") == role["id"]), None
    )
    shown = ROLE.decode(role, {})
    said = {"identity": options["identity"], "role": shown["name"]}
    extra = {"identity_id": identity["id"], "assignment_id": given and given.get("id")}
    what = f"role {shown['name']} of {options['identity']}"
    if bool(given) != absent:
        return Outcome(False, None if absent else shown, {"before": {}, "after": {}}, extra=extra)
    if given:
        write = Call("delete", what, "DELETE", f"{ASSIGNMENTS}/{given['id']}")
        outcome = Outcome(True, None, {"before": said, "after": {}}, ["delete"], extra=extra)
    else:
        body = {"identityId": identity["id"], "roleId": role["id"]}
        write = Call("create", what, "POST", ASSIGNMENTS, body)
        outcome = Outcome(True, shown, {"before": {}, "after": said}, ["create"], extra=extra)
    if not check_mode:
        answer = cloud.send(write, Deadline.after(cloud.clock, Waiting.asked(options).seconds))[0]
        extra["assignment_id"] = answer.get("id")
    return outcome


def find_identity(cloud: Cloud, value: Any) -> Item:
    """An identity by UUID, e-mail address or name. Raises NotFound, and AmbiguousName."""
    text = str(value)
    if IDENTITY.is_id(text):
        item = cloud.find(IDENTITY, text.lower())
        found = [item] if item else []
    else:
        items = cloud.items(IDENTITY, {})
        users = [each for each in items if IDENTITY.decode(each, {})["type"] == "user"]
        # The address of an API account is that of a person, who may be a user as well.
        found = [each for each in users if str(each.get("email") or "").lower() == text.lower()]
        found = found or [each for each in items if str(each.get("name") or "").lower() == text.lower()]
    return _one(found, IDENTITY.label, "identity", value)


def _find_role(cloud: Cloud, options: Mapping[str, Any]) -> Item:
    wanted = str(options["role"]).lower()
    scope = _scope(cloud, options)

    def means(item: Item) -> bool:
        name = str(item.get("name") or "").lower()
        if scope is None:
            return wanted in (str(item["id"]).lower(), name)
        within = item.get("path")
        in_scope = within is None or [str(each) for each in within] == scope
        return in_scope and wanted in (str(item["id"]).lower(), name, name.partition(" - ")[0])

    found = [item for item in roles(cloud) if means(item)]
    return _one(found, ROLE.label, "role", options["role"])


def _scope(cloud: Cloud, options: Mapping[str, Any]) -> list[str] | None:
    """The path of what the role is for; None where its name alone says it."""
    if options.get("network"):
        place = cloud.locate(NETWORK, {**options, **_own(NETWORK, options["network"])})
        return [str(_existing(place, NETWORK, options)["networkGroupId"]), str((place.item or {})["id"])]
    if options.get("network_group"):
        place = cloud.locate(NETWORK_GROUP, _own(NETWORK_GROUP, options["network_group"]))
        return [str(_existing(place, NETWORK_GROUP, options)["id"])]
    return None


def _own(resource: Resource, value: Any) -> dict[str, Any]:
    """The option by which an object is located: the value is its id or its name."""
    chosen = selector(resource, resource.kind, value)
    return {"id" if chosen.by_id else resource.identity: chosen.value}


def _existing(place: Found, resource: Resource, options: Mapping[str, Any]) -> Item:
    if place.item is None:
        raise NotFound(resource.label, resource.kind, options[resource.kind])
    return place.item


def _one(found: list[Item], label: str, option: str, value: Any) -> Item:
    if not found:
        raise NotFound(label, option, value)
    if len(found) > 1:
        raise AmbiguousName(label, option, value, [str(each["id"]) for each in found])
    return found[0]


def roles(cloud: Cloud) -> list[Item]:
    return listed(cloud.get(ROLE.path, {"size": SIZE}))


def _assignments(cloud: Cloud, identity_id: str) -> list[Item]:
    found = listed(cloud.get(ASSIGNMENTS, {"identityId": identity_id}))
    return [each for each in found if each.get("identityId", identity_id) == identity_id]


ROLE_INFO = (
    Field("name", help="Only roles whose name contains this text; case does not matter."),
    Field("identity", help="Only roles that the identity with this e-mail address, name or UUID has."),
)


ROLES = Roles(
    NETFOUNDRY,
    ROLE,
    fields=ROLE_FIELDS,
    results=ROLE_RESULTS,
    info_fields=ROLE_INFO,
)
